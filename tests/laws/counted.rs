//! Laws of counts and tallies, of prices that add up over the dates, of dates of single participants and of limits of units
//! (mechanisms 14.2).

use super::corrections::{from_any_settlement, in_any_batches};
use super::form::any_order;
use super::rewrite::*;
use super::sums::{Key, owed_at_last, sums};
use super::time::later_rows_have_no_say;
use super::trial::{Trial, Verdict, cases, files, holds, law_of, same, settle};
use crate::support::arbitrary::{counted, plainly_counted};
use crate::support::oracle::calendar_of;
use crate::support::programme::*;
use std::collections::BTreeMap;

fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(counted(), cases(), seed, least, look);
}

fn plain_law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(plainly_counted(), cases(), seed, least, look);
}

const GROUPS: [&str; 3] = ["cash-benefit", "youth", "Youth"];

/// Mechanisms 4.3, 4.5. Constructed: a count or tally of everybody is told as the sum of those of each target group.
#[test]
fn a_sum_of_counts_of_disjoint_cohorts_is_the_count_of_all() {
    law(150, &[("told in parts", 500), ("a posting of it", 90)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let mut parts: Vec<Figure> = Vec::new();
            for figure in &mut contract.figures {
                let of_all = figure.clone();
                let (Form::Count { among, .. } | Form::Tally { among, .. }) = &of_all.form else { continue };
                let companies = matches!(of_all.form, Form::Count { of: Counted::Companies, .. });
                if companies || among.target_groups.is_some() {
                    continue;
                }
                let mut names = Vec::new();
                for (nth, group) in GROUPS.iter().enumerate() {
                    let mut part = Figure { id: format!("{}.{nth}", figure.id), ..of_all.clone() };
                    if let Form::Count { among, .. } | Form::Tally { among, .. } = &mut part.form {
                        among.target_groups = Some(vec![(*group).into()]);
                    }
                    names.push((part.id.clone(), None));
                    parts.push(part);
                }
                figure.form = Form::Sum(names);
                let paid = |charge: &&Charge| matches!(&charge.what, What::Measured { figure: of, .. } if *of == figure.id);
                let ids: Vec<&str> = contract.charges.iter().filter(paid).map(|charge| charge.id.as_str()).collect();
                let posted = before.postings.iter().any(|row| ids.contains(&row.charge.as_str()));
                trial.tally.met("a posting of it", posted);
            }
            trial.tally.met("told in parts", !parts.is_empty());
            contract.figures.extend(parts);
        }
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 5.4. Constructed: no limits; nothing is divided, so what is once known stays known. For each subject the dates add up
/// to the price of the last one without `cumulative`, every figure asked over everything so far.
#[test]
fn the_dates_add_up_to_the_price_of_the_whole() {
    plain_law(151, &[("several dates", 25), ("a fall", 8)], |trial| {
        without_limits(&mut trial.programme);
        let mut whole = trial.programme.clone();
        for contract in trial.programme.contracts.iter_mut().chain(&mut whole.contracts) {
            for figure in &mut contract.figures {
                match &mut figure.form {
                    Form::Compare { by, .. } => *by = Comparison::Difference,
                    Form::Metric { window, .. } | Form::Count { window, .. } | Form::Tally { window, .. } => {
                        *window = FigureWindow::Total;
                    }
                    Form::Value(_) | Form::Sum(_) | Form::Granted { .. } | Form::Sample(_) | Form::Saving { .. } => {}
                    Form::Goal { .. } | Form::Places { .. } => {}
                }
            }
        }
        let mut cumulative: Vec<(String, String)> = Vec::new();
        for contract in &mut whole.contracts {
            for charge in &mut contract.charges {
                if let What::Measured { cumulative: yes @ true, .. } = &mut charge.what {
                    *yes = false;
                    cumulative.push((contract.id.clone(), charge.id.clone()));
                }
            }
        }
        let (dates, wholes) = (trial.settle(), settle(&whole, trial.end()));
        let of_it = |key: &&Key| cumulative.contains(&(key.0.clone(), key.1.clone()));
        let mut summed: BTreeMap<(String, String, String), (i128, i128)> = BTreeMap::new();
        let subject = |key: &Key| (key.0.clone(), key.1.clone(), key.2.clone());
        for (key, sum) in sums(&dates).iter().filter(|(key, _)| of_it(key)) {
            trial.tally.met("a fall", *sum < 0);
            trial.tally.met("several dates", summed.contains_key(&subject(key)));
            summed.entry(subject(key)).or_default().0 += sum;
        }
        let wholes = sums(&wholes);
        for contract in &whole.contracts {
            let last = |charge: &Charge| last_date(contract, charge);
            for charge in
                contract.charges.iter().filter(|charge| cumulative.contains(&(contract.id.clone(), charge.id.clone())))
            {
                let last = last(charge);
                for (key, sum) in wholes.iter().filter(|(key, _)| key.0 == contract.id && key.1 == charge.id) {
                    if last.as_ref().is_none_or(|last| key.3 == *last) {
                        summed.entry(subject(key)).or_default().1 = *sum;
                    }
                }
            }
        }
        let wrong = summed.iter().find(|(_, (dates, whole))| dates != whole);
        holds(wrong.is_none(), || format!("{wrong:?}\n{}", files(&trial.programme)))
    });
}

/// The unit of a charge's last date; nothing where it has one date of its own for each participant.
fn last_date(contract: &Contract, charge: &Charge) -> Option<String> {
    match &charge.what {
        What::Measured { dates: Dates::On(on), .. } => on.iter().max().map(|day| day.to_string()),
        What::Measured { dates: Dates::Every(_), .. } => Some(contract.ends.to_string()),
        _ => None,
    }
}

/// Mechanisms 3.5. Always: `every` is short for its dates, for whomever a fixed charge is.
#[test]
fn every_so_often_is_the_list_of_its_dates_for_fixed_charges_too() {
    law(152, &[("every", 90)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let mut terms = contract.clone();
            for charge in &mut contract.charges {
                let What::Fixed { dates, .. } = &mut charge.what else { continue };
                let Dates::Every(every) = *dates else { continue };
                (terms.settlement.every, terms.settlement.tail_periods) = (every, None);
                *dates = Dates::On(calendar_of(&terms).into_iter().map(|(last, _)| last).collect());
                trial.tally.met("every", before.postings.iter().any(|row| row.charge == charge.id));
            }
        }
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 4.2. Constructed: one charge of whole prices for what happened since the date before, and one that is cumulative for
/// all so far; nobody enrolled before the term; no limits.
#[test]
fn what_happened_since_the_last_date_adds_up_to_all_so_far() {
    plain_law(153, &[("a posting", 250)], |trial| {
        without_limits(&mut trial.programme);
        keep_charges(&mut trial.programme, |charge| !charge.what.is_the_contracts());
        for contract in &mut trial.programme.contracts {
            if let Some(cohort) = &mut contract.cohort {
                cohort.enrol_from = cohort.enrol_from.map(|from| from.max(contract.starts));
            }
            let counts: Vec<Figure> = contract.figures.iter().filter(|one| counts_people(one)).cloned().collect();
            let Some(counted) = trial.dice.of_list(&counts) else { continue };
            let every = [Every::Month, Every::Quarter, Every::Year][trial.dice.below(3)];
            for (id, window, cumulative) in
                [("since", FigureWindow::SinceLast, false), ("so-far", FigureWindow::Total, true)]
            {
                let mut figure = Figure { id: id.into(), ..counted.clone() };
                if let Form::Count { window: of, .. } | Form::Tally { window: of, .. } = &mut figure.form {
                    *of = window;
                }
                contract.figures.push(figure);
                let (times, dates) = (Vec::new(), Dates::Every(every));
                let what = What::Measured { figure: id.into(), times, dates, per_participant: false, cumulative };
                contract.charges.push(Charge::of(id, what, Price::Each("7".into())));
            }
        }
        let output = trial.settle();
        let sum = |id: &str| -> i128 { sums(&output).iter().filter(|(key, _)| key.1 == id).map(|(_, sum)| sum).sum() };
        trial.tally.met("a posting", sum("since") != 0);
        holds(sum("since") == sum("so-far"), || format!("{} {}\n{}", sum("since"), sum("so-far"), files(&trial.programme)))
    });
}

fn counts_people(figure: &Figure) -> bool {
    match &figure.form {
        Form::Count { of, .. } => *of != Counted::Companies,
        Form::Tally { per_participant, .. } => !per_participant,
        _ => false,
    }
}

/// Mechanisms 8.1. Always, by number, in any scope but a company's: no more keys are granted than that.
#[test]
fn no_more_keys_are_granted_than_a_limit_of_units_says() {
    law(154, &[("full", 120)], |trial| {
        let owed = owed_at_last(&trial.programme, trial.end());
        for contract in &trial.programme.contracts {
            for limit in contract.limits.iter().filter(|limit| limit.scope != Scope::Company) {
                let Some(Units::Keys(most)) = limit.units else { continue };
                let mut granted: BTreeMap<(String, String), i64> = BTreeMap::new();
                for (key, one) in owed.iter().filter(|(key, one)| key.0 == contract.id && one.granted > 0) {
                    let charge = contract.charges.iter().find(|charge| charge.id == key.1).unwrap();
                    let covers = limit.charges.as_ref().is_none_or(|ids| ids.contains(&key.1));
                    let own = limit.scope == Scope::Participant;
                    if covers && !(own && charge.what.is_the_contracts()) {
                        let whose = if own { key.2.clone() } else { String::new() };
                        *granted.entry((whose, window(contract, limit, one.earned_on))).or_default() += 1;
                    }
                }
                let too_many = granted.iter().find(|(_, keys)| **keys > most);
                trial.tally.met("full", granted.values().any(|keys| *keys == most));
                holds(too_many.is_none(), || format!("{}: {too_many:?}\n{}", limit.id, files(&trial.programme)))?;
            }
        }
        Ok(())
    });
}

fn window(contract: &Contract, limit: &Limit, day: crate::support::day::Day) -> String {
    match limit.window {
        LimitWindow::Total => String::new(),
        LimitWindow::CalendarYear => day.civil().0.to_string(),
        LimitWindow::SettlementPeriod => {
            calendar_of(contract).iter().position(|(last, _)| day <= *last).unwrap_or(usize::MAX).to_string()
        }
    }
}

/// Mechanisms 8.1. Constructed: a limit of units that is the only one. One unit more takes from nobody.
#[test]
fn one_unit_more_lowers_no_key() {
    law(155, &[("more is granted", 60)], |trial| {
        for contract in &mut trial.programme.contracts {
            contract.limits.retain(|limit| matches!(limit.units, Some(Units::Keys(_))));
            contract.limits.truncate(1);
        }
        let mut changed = trial.programme.clone();
        for limit in changed.contracts.iter_mut().flat_map(|contract| &mut contract.limits) {
            if let Some(Units::Keys(most)) = &mut limit.units {
                *most += trial.dice.between(1, 3);
            }
        }
        let (before, after) = (sums(&trial.settle()), sums(&settle(&changed, trial.end())));
        trial.tally.met("more is granted", before != after);
        // What is owed back is cut by no units.
        let lower = before.iter().find(|(key, sum)| **sum > after.get(*key).copied().unwrap_or(0));
        holds(lower.is_none(), || format!("{lower:?}\n{}", files(&changed)))
    });
}

/// Mechanisms 8.1. Always: a limit of more keys than there are leaves no trace.
#[test]
fn a_limit_of_more_units_than_there_are_leaves_no_trace() {
    law(156, &[("a posting", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let scope = [Scope::Contract, Scope::Participant, Scope::Company][trial.dice.below(3)];
            let (id, window, units) = ("enough".into(), LimitWindow::Total, Some(Units::Keys(100_000)));
            let place = trial.dice.below(contract.limits.len() + 1);
            contract
                .limits
                .insert(place, Limit { id, scope, window, amount: String::new(), floor: false, charges: None, units });
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 4.3, 12. Always: what is measured of somebody who is measured by nobody's figure changes nothing.
#[test]
fn what_is_measured_of_a_participant_says_nothing_of_anybody_else() {
    law(157, &[("a posting", 300), ("told", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let mut told = 0;
        for contract in &trial.programme.contracts {
            let record = |id: &str| Record {
                contract: contract.id.clone(),
                id: id.into(),
                recorded_on: contract.starts.plus(-100).to_string(),
                ..Record::default()
            };
            // Nobody's group: it never counts.
            let cohort = contract.cohort.as_ref();
            let from = cohort.and_then(|cohort| cohort.enrol_from).unwrap_or(contract.starts);
            changed.participants.push(ParticipantRow {
                record: record("zz"),
                target_group: "youth".into(),
                enrolled_on: from.plus(-1).to_string(),
                ..ParticipantRow::default()
            });
            for (nth, row) in trial.programme.measurements.iter().enumerate() {
                if row.record.contract == contract.id && row.record.void != "true" {
                    let record = record(&format!("zz-{nth}"));
                    changed.measurements.push(MeasurementRow { record, participant: "zz".into(), ..row.clone() });
                    told += 1;
                }
            }
        }
        trial.tally.met("told", told > 0);
        trial.tally.met("a posting", !before.postings.is_empty());
        // Whoever is there counts for `max_participants` only if eligible.
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 12.3, with all that counts. Always.
#[test]
fn with_counts_too_the_order_of_rows_and_lists_says_nothing() {
    law(158, &[("a posting", 350)], any_order);
}

/// 10.3, with all that counts. Constructed as there.
#[test]
fn with_counts_too_any_batches_are_paid_the_same_in_the_end() {
    law(159, &[("other postings, same sums", 200)], in_any_batches);
}

/// 10.4, with all that counts. Always.
#[test]
fn with_counts_too_going_on_from_a_ledger_gives_what_a_replay_gives() {
    law(160, &[("a correction after the ledger", 100)], from_any_settlement);
}

/// 3.2, 4.3, with all that counts. Always.
#[test]
fn with_counts_too_what_is_recorded_later_has_no_say() {
    law(161, &[("later rows", 300)], later_rows_have_no_say);
}
