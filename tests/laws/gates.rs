//! Laws of gates (mechanisms 6.3).

use super::corrections::{from_any_settlement, in_any_batches};
use super::form::any_order;
use super::rewrite::*;
use super::sums::{Key, Owed, owed_at_last};
use super::time::later_rows_have_no_say;
use super::trial::{Trial, Verdict, cases, files, holds, law_of, same, settle};
use crate::support::arbitrary::gated;
use crate::support::day::Day;
use crate::support::oracle::calendar_of;
use crate::support::programme::*;
use std::collections::BTreeMap;

fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(gated(), cases(), seed, least, look);
}

fn gates(programme: &mut Programme) -> impl Iterator<Item = &mut Gate> {
    programme.contracts.iter_mut().flat_map(|contract| &mut contract.gates)
}

/// The charges that require a gate.
fn is_gated(contract: &Contract, charge: &Charge) -> bool {
    charge.requires.iter().any(|name| contract.gates.iter().any(|gate| gate.id == *name))
}

/// Whether anything is posted of a charge that requires a gate.
fn passes(programme: &Programme, output: &crate::support::output::Output) -> bool {
    programme.contracts.iter().any(|contract| {
        let mut gated = contract.charges.iter().filter(|charge| is_gated(contract, charge));
        gated.any(|charge| output.postings.iter().any(|row| row.contract == contract.id && row.charge == charge.id))
    })
}

/// Always, for gates with the same dates.
#[test]
fn n_tests_of_which_n_are_needed_are_n_gates() {
    law(160, &[("something passes", 60), ("several tests", 250)], |trial| {
        for gate in gates(&mut trial.programme) {
            gate.needs = gate.needs.filter(|_| trial.dice.below(2) == 0);
        }
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let of = |gate: &Gate| -> Vec<Gate> {
                let one = |(nth, test): (usize, &Test)| Gate {
                    id: format!("{}_{nth}", gate.id),
                    needs: None,
                    dates: gate.dates.clone(),
                    tests: vec![test.clone()],
                };
                gate.tests.iter().enumerate().map(one).collect()
            };
            let all = |gate: &&Gate| gate.needs.is_none_or(|needs| needs as usize == gate.tests.len());
            let split: Vec<(String, Vec<Gate>)> =
                contract.gates.iter().filter(all).map(|gate| (gate.id.clone(), of(gate))).collect();
            trial.tally.met("several tests", split.iter().any(|(_, gates)| gates.len() > 1));
            for charge in &mut contract.charges {
                let parts = |name: &String| match split.iter().find(|(id, _)| id == name) {
                    Some((_, gates)) => gates.iter().map(|gate| gate.id.clone()).collect(),
                    None => vec![name.clone()],
                };
                charge.requires = charge.requires.iter().flat_map(parts).collect();
            }
            contract.gates.extend(split.into_iter().flat_map(|(_, gates)| gates));
        }
        let before = trial.settle();
        trial.tally.met("something passes", passes(&trial.programme, &before));
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

fn granted(owed: &BTreeMap<Key, Owed>) -> BTreeMap<Key, i128> {
    owed.iter().map(|(key, one)| (key.clone(), one.granted)).collect()
}

/// Holds without variants and limits (constructed), settled to the end: every key is owed what it was, or nothing; so it is, too,
/// against what is owed without gates.
#[test]
fn to_need_more_opens_no_gate() {
    law(161, &[("less is owed", 25), ("the day moves", 60), ("gates take something", 100)], |trial| {
        without_limits(&mut trial.programme);
        without_variants(&mut trial.programme);
        let end = trial.end();
        let least = trial.programme.clone();
        for gate in gates(&mut trial.programme) {
            let needs = gate.needs.unwrap_or(gate.tests.len() as i64);
            gate.needs = Some(trial.dice.between(needs, gate.tests.len() as i64));
        }
        let mut open = least.clone();
        for contract in &mut open.contracts {
            let gates: Vec<String> = contract.gates.drain(..).map(|gate| gate.id).collect();
            contract.charges.iter_mut().for_each(|charge| charge.requires.retain(|name| !gates.contains(name)));
        }
        let [more, some, none] = [&trial.programme, &least, &open].map(|programme| owed_at_last(programme, end));
        let moved = |(key, one): (&Key, &Owed)| none.get(key).is_some_and(|before| before.earned_on < one.earned_on);
        trial.tally.met("less is owed", more.len() < some.len());
        trial.tally.met("gates take something", some.len() < none.len());
        trial.tally.met("the day moves", some.iter().any(moved));
        for (before, after) in [(&some, &more), (&none, &some)] {
            let (before, after) = (granted(before), granted(after));
            let kept = after.iter().all(|(key, amount)| before.get(key) == Some(amount));
            holds(kept, || format!("{before:#?}\n{after:#?}\n{}", files(&trial.programme)))?;
        }
        Ok(())
    });
}

/// Always, for a gate without dates.
#[test]
fn a_gate_that_stands_open_leaves_no_trace() {
    law(162, &[("a posting", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            contract.figures.push(Figure { id: "one".into(), form: Form::Value("1".into()), decimals: None });
            let side = [Side::AtLeast, Side::AtMost][trial.dice.below(2)];
            let test = Test::Figure { figure: "one".into(), side, of: "1".into(), tolerance: None };
            contract.gates.push(Gate { id: "open".into(), needs: None, dates: None, tests: vec![test] });
            for charge in &mut contract.charges {
                let place = trial.dice.below(charge.requires.len() + 1);
                charge.requires.insert(place, "open".into());
            }
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Always: `every` is short for its dates.
#[test]
fn every_so_often_is_the_list_of_those_dates() {
    law(163, &[("every", 200), ("something passes", 60)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let mut terms = contract.clone();
            for gate in &mut contract.gates {
                let Some(Dates::Every(every)) = gate.dates else { continue };
                (terms.settlement.every, terms.settlement.tail_periods) = (every, None);
                gate.dates = Some(Dates::On(calendar_of(&terms).into_iter().map(|(last, _)| last).collect()));
                trial.tally.met("every", true);
            }
        }
        trial.tally.met("something passes", passes(&changed, &before));
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Holds for gates that wait for nothing: on figures, and on what was not reached (constructed).
#[test]
fn judged_on_every_day_is_judged_on_the_own_day() {
    law(164, &[("a gate", 300), ("something passes", 40)], |trial| {
        for contract in &mut trial.programme.contracts {
            for gate in &mut contract.gates {
                gate.dates = None;
                for test in &mut gate.tests {
                    match test {
                        // No date, no last one.
                        Test::Figure { figure, .. } if figure == "lately" => *figure = "now".into(),
                        Test::Figure { .. } | Test::Suspended(_) => {}
                        Test::Charge { reached, .. } => *reached = false,
                        Test::Gate(_) => {
                            let (figure, of) = ("kept".into(), "10".into());
                            *test = Test::Figure { figure, side: Side::Above, of, tolerance: None };
                        }
                    }
                }
            }
        }
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let last = calendar_of(contract).last().unwrap().0;
            let days: Vec<Day> = (contract.starts.0..=last.0).map(Day).collect();
            for gate in &mut contract.gates {
                gate.dates = Some(Dates::On(days.clone()));
                trial.tally.met("a gate", true);
            }
        }
        let before = trial.settle();
        trial.tally.met("something passes", passes(&changed, &before));
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Always, for a tolerance that is a decimal.
#[test]
fn a_tolerance_is_a_lower_number() {
    law(165, &[("a tolerance", 200)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for test in gates(&mut changed).flat_map(|gate| &mut gate.tests) {
            let Test::Figure { of, tolerance, .. } = test else { continue };
            let Some(share) = tolerance.take_if(|share| !share.contains('/')) else { continue };
            *of = product(of, &share);
            trial.tally.met("a tolerance", true);
        }
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Of two numbers with at most three decimals each.
fn product(a: &str, b: &str) -> String {
    let thousandths = |text: &str| {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{part:0<3}").parse::<i64>().unwrap()
    };
    let millionths = thousandths(a) * thousandths(b);
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

/// Always, for a gate without dates that tests another one alone.
#[test]
fn a_gate_within_a_gate_is_that_gate() {
    law(166, &[("something passes", 80)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let ids: Vec<String> = contract.gates.iter().map(|gate| gate.id.clone()).collect();
            for charge in &mut contract.charges {
                for name in charge.requires.iter_mut().filter(|name| ids.contains(name)) {
                    *name = format!("{name}_outer");
                }
            }
            let outer =
                |id: String| Gate { id: format!("{id}_outer"), needs: None, dates: None, tests: vec![Test::Gate(id)] };
            contract.gates.extend(ids.into_iter().map(outer));
        }
        trial.tally.met("something passes", passes(&trial.programme, &before));
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// As without gates.
#[test]
fn with_gates_too_the_order_of_rows_and_lists_says_nothing() {
    law(167, &[("a posting", 300)], any_order);
}

/// As without gates.
#[test]
fn with_gates_too_any_batches_are_paid_the_same_in_the_end() {
    law(168, &[("other postings, same sums", 150)], in_any_batches);
}

/// As without gates.
#[test]
fn with_gates_too_going_on_from_a_ledger_gives_what_a_replay_gives() {
    law(169, &[("a correction after the ledger", 80)], from_any_settlement);
}

/// As without gates.
#[test]
fn with_gates_too_what_is_recorded_later_has_no_say() {
    law(170, &[("later rows", 300)], later_rows_have_no_say);
}
