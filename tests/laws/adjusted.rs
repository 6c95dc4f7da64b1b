//! Laws of factors, indices, roundings, delays, traits and steps (mechanisms 2.3, 5.1, 7).

use super::corrections::{from_any_settlement, in_any_batches};
use super::form::any_order;
use super::rewrite::*;
use super::sums::{Key, Owed, key, last_settlement, owed_at_last};
use super::time::later_rows_have_no_say;
use super::trial::{Trial, Verdict, cases, equal, files, holds, law_of, same, settle};
use crate::support::arbitrary::adjusted;
use crate::support::programme::*;
use std::collections::BTreeMap;

fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(adjusted(), cases(), seed, least, look);
}

fn adjustments(programme: &mut Programme) -> impl Iterator<Item = &mut Adjust> {
    charges(programme).flat_map(|charge| &mut charge.adjust)
}

fn by(factor: &str) -> Adjust {
    Adjust { by: Some(By::Factor(factor.into())), when: When::default(), round: None }
}

/// Mechanisms 7.1. Holds where neither is rounded (constructed).
#[test]
fn two_factors_are_their_product_in_any_order() {
    law(120, &[("a posting", 300), ("a rate that cannot be written", 60)], |trial| {
        let parts: Vec<i64> = (0..4).map(|_| trial.dice.between(1, 12)).collect();
        let [a, b, c, d] = parts[..] else { return Ok(()) };
        let (one, two, product) = (format!("{a}/{b}"), format!("{c}/{d}"), format!("{}/{}", a * c, b * d));
        let mut with = |factors: &[&str]| {
            charges(&mut trial.programme).for_each(|charge| charge.adjust = factors.iter().map(|text| by(text)).collect());
            settle(&trial.programme, trial.end())
        };
        let (whole, first, then) = (with(&[&product]), with(&[&one, &two]), with(&[&two, &one]));
        trial.tally.met("a posting", !whole.postings.is_empty());
        trial.tally.met("a rate that cannot be written", whole.postings.iter().any(|row| row.rate.is_empty()));
        same(&whole, &first, &trial.programme)?;
        same(&whole, &then, &trial.programme)
    });
}

/// Mechanisms 7.1. Holds for any row that does not round, anywhere among the others, but for the rate of a measured charge, which
/// is not shown where anything multiplied it (constructed: none of these).
#[test]
fn a_factor_of_one_changes_nothing() {
    law(121, &[("a posting", 300)], |trial| {
        keep_charges(&mut trial.programme, |charge| !matches!(charge.what, What::Measured { .. }));
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for charge in charges(&mut changed) {
            let place = trial.dice.below(charge.adjust.len() + 1);
            charge.adjust.insert(place, by(["1", "1.00", "7/7"][trial.dice.below(3)]));
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 7.1. Always: conditions are asked once, on the reference day, and one half or the other holds on it.
#[test]
fn an_adjustment_cut_in_two_by_valid_changes_nothing() {
    law(122, &[("cut", 400), ("a posting", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let mut cut = false;
        for contract in &mut changed.contracts {
            let (starts, ends) = (contract.starts.plus(-2_000), contract.ends.plus(2_000));
            for charge in contract.charges.iter_mut().filter(|charge| !charge.adjust.is_empty()) {
                let n = trial.dice.below(charge.adjust.len());
                let (from, until) = charge.adjust[n].when.valid.unwrap_or((None, None));
                let (first, last) = (from.unwrap_or(starts), until.unwrap_or(ends));
                if first < last {
                    let border = contract.starts.plus(trial.dice.between(0, 100)).max(first).min(last.before());
                    let mut second = charge.adjust[n].clone();
                    charge.adjust[n].when.valid = Some((Some(first), Some(border)));
                    second.when.valid = Some((Some(border.next()), Some(last)));
                    charge.adjust.insert(n + 1, second);
                    cut = true;
                }
            }
        }
        trial.tally.met("cut", cut);
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 7.2. Always: base included, an index is only ever a number over another.
#[test]
fn all_numbers_of_an_index_scaled_change_nothing() {
    law(123, &[("indexed", 60)], |trial| {
        let before = trial.settle();
        let metrics: Vec<String> =
            trial.programme.contracts.iter().flat_map(|contract| &contract.indices).map(|one| one.metric.clone()).collect();
        let mut changed = trial.programme.clone();
        let figures = |row: &MeasurementRow| {
            let contract = trial.programme.contracts.iter().find(|contract| contract.id == row.record.contract);
            contract.is_some_and(|contract| {
                contract.figures.iter().any(|one| matches!(&one.form, Form::Metric { metric, .. } if *metric == row.metric))
            })
        };
        let mut scaled = false;
        for row in &mut changed.measurements {
            if metrics.contains(&row.metric) && !figures(row) && !row.value.is_empty() {
                row.value = times_four(&row.value);
                scaled = true;
            }
        }
        let with_index = |row: &crate::support::output::PostingRow| {
            let contract = trial.programme.contracts.iter().find(|contract| contract.id == row.contract).unwrap();
            let charge = contract.charges.iter().find(|charge| charge.id == row.charge);
            charge.is_some_and(|charge| charge.adjust.iter().any(|one| matches!(one.by, Some(By::Index(_)))))
        };
        trial.tally.met("indexed", scaled && before.postings.iter().any(with_index));
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// A decimal of at most six decimals, with its sign.
fn times_four(text: &str) -> String {
    let (sign, size) = text.strip_prefix('-').map_or(("", text), |size| ("-", size));
    let (whole, part) = size.split_once('.').unwrap_or((size, ""));
    let number = format!("{whole}{part:0<6}").parse::<i64>().unwrap() * 4;
    format!("{sign}{}.{:06}", number / 1_000_000, number % 1_000_000)
}

fn with_rounding(trial: &mut Trial, rounding: Rounding) -> BTreeMap<Key, Owed> {
    trial.programme.contracts.iter_mut().for_each(|contract| contract.rounding = Some(rounding));
    owed_at_last(&trial.programme, trial.end())
}

/// Mechanisms 2.3. Holds where entitlements alone are rounded, to the minor unit, without limits and `max_units` (constructed):
/// every key is up by a minor unit, or up and down are the same; the nearest is one of the two.
#[test]
fn up_and_down_are_a_minor_unit_apart_and_the_nearest_is_one_of_them() {
    law(124, &[("apart", 100), ("the nearest is up", 60), ("the nearest is down", 60)], |trial| {
        without_limits(&mut trial.programme);
        untied(&mut trial.programme);
        adjustments(&mut trial.programme).for_each(|row| row.round = None);
        for charge in charges(&mut trial.programme) {
            charge.adjust.retain(|row| row.by.is_some());
            charge.round = None;
            if let What::Period { max_units, .. } = &mut charge.what {
                *max_units = None;
            }
        }
        let up = with_rounding(trial, Rounding::Up);
        let (down, near) = (with_rounding(trial, Rounding::Down), with_rounding(trial, Rounding::HalfEven));
        let amount = |owed: &BTreeMap<Key, Owed>, key: &Key| owed.get(key).map_or(0, |one| one.granted);
        for key in up.keys() {
            let (up, down, near) = (amount(&up, key), amount(&down, key), amount(&near, key));
            trial.tally.met("apart", up != down);
            trial.tally.met("the nearest is up", up != down && near == up);
            trial.tally.met("the nearest is down", up != down && near == down);
            let so = (up == down || up == down + 1) && (near == up || near == down);
            holds(so, || format!("{key:?}: {down}, {near}, {up}\n{}", files(&trial.programme)))?;
        }
        holds(down.keys().chain(near.keys()).all(|key| up.contains_key(key)), || "a key that up does not have".into())
    });
}

/// Mechanisms 2.3. Holds without limits, for rounding takes no notice of them: what a charge that rounds to a multiple owes is one.
#[test]
fn a_charge_that_rounds_to_a_multiple_owes_multiples() {
    law(125, &[("a multiple", 80)], |trial| {
        without_limits(&mut trial.programme);
        without_variants(&mut trial.programme);
        for (key, one) in owed_at_last(&trial.programme, trial.end()) {
            let contract = trial.programme.contracts.iter().find(|contract| contract.id == key.0).unwrap();
            let charge = contract.charges.iter().find(|charge| charge.id == key.1).unwrap();
            let Some(to) = charge.round.as_ref().and_then(|round| round.to.as_deref()) else { continue };
            let to = crate::support::oracle::minor_units(contract, to);
            trial.tally.met("a multiple", to > 1);
            holds(one.amount % to == 0, || format!("{key:?}: {one:?} is no multiple of {to}"))?;
        }
        Ok(())
    });
}

/// Mechanisms 7.3. Holds without limits, which go by the day earned, and with a tail as long as any delay (constructed): the same
/// is owed in the end, only later.
#[test]
fn a_delay_moves_days_and_nothing_else() {
    law(126, &[("moved", 250)], |trial| {
        without_limits(&mut trial.programme);
        untied(&mut trial.programme);
        for contract in &mut trial.programme.contracts {
            let months = if contract.settlement.every == Every::Month { 5 } else { 3 };
            contract.settlement.tail_periods = Some(contract.settlement.tail_periods.unwrap_or(0) + months);
            for charge in &mut contract.charges {
                charge.delay = None;
                // A date in the tail might be moved out of it.
                if let What::Measured { dates: Dates::On(on), .. } = &mut charge.what {
                    on.iter_mut().for_each(|day| *day = (*day).min(contract.ends));
                    on.dedup();
                }
            }
        }
        let delays = [
            Delay::Of(Length::Days(31)),
            Delay::Weekdays(20),
            Delay::BankDays(15),
            Delay::Of(Length::Months(2)),
            Delay::Of(Length::Weeks(6)),
        ];
        let mut changed = trial.programme.clone();
        charges(&mut changed).for_each(|charge| charge.delay = trial.dice.of_list(&delays));
        let terms = |programme: &Programme| -> BTreeMap<Key, (String, String, i128, Vec<String>)> {
            let owed = owed_at_last(programme, trial.end().plus(400)).into_iter();
            owed.map(|(key, one)| (key, (one.quantity, one.rate, one.granted, one.spells))).collect()
        };
        let (before, after) = (terms(&trial.programme), terms(&changed));
        trial.tally.met("moved", !before.is_empty());
        equal(&before, &after, &changed)
    });
}

/// Mechanisms 5.1. Always: of traits only which there are counts, in a row and in a condition.
#[test]
fn the_order_of_traits_says_nothing() {
    law(127, &[("a posting", 300), ("a condition", 200)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for row in &mut changed.participants {
            row.traits = row.traits.split(' ').rev().collect::<Vec<_>>().join(" ");
        }
        let asked = rates(&mut changed).flat_map(|rate| &mut rate.when.traits).map(|traits| traits.reverse()).count();
        let more =
            adjustments(&mut changed).filter_map(|row| row.when.traits.as_mut()).map(|traits| traits.reverse()).count();
        trial.tally.met("a condition", asked + more > 0);
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 5.1, 8.1. Always: a row for some steps may be told in two rows, one for each part of them.
#[test]
fn a_rate_row_cut_in_two_by_steps_changes_nothing() {
    law(128, &[("cut", 150), ("cut and paid", 100)], |trial| {
        let mut changed = trial.programme.clone();
        let mut cut = Vec::new();
        for contract in &mut changed.contracts {
            for charge in &mut contract.charges {
                if !matches!(charge.what, What::Milestone { .. }) {
                    continue;
                }
                if let Price::Amount(amount) = &charge.price {
                    charge.price = Price::Card(vec![Rate { amount: amount.clone(), ..Rate::default() }]);
                }
                let Price::Card(rows) = &mut charge.price else { continue };
                let n = trial.dice.below(rows.len());
                let (from, below) = rows[n].when.steps.unwrap_or((1, 1_000));
                if from + 1 < below {
                    let border = trial.dice.between(from + 1, (from + 4).min(below - 1));
                    let mut second = rows[n].clone();
                    rows[n].when.steps = Some((from, border));
                    second.when.steps = Some((border, below));
                    rows.insert(n + 1, second);
                    cut.push((contract.id.clone(), charge.id.clone()));
                }
            }
        }
        let before = trial.settle();
        trial.tally.met("cut", !cut.is_empty());
        let paid = |row: &crate::support::output::PostingRow| cut.contains(&(row.contract.clone(), row.charge.clone()));
        trial.tally.met("cut and paid", before.postings.iter().any(paid));
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 12.3, with all that adjusts. Always.
#[test]
fn with_adjustments_too_the_order_of_rows_and_lists_says_nothing() {
    law(129, &[("a posting", 350)], any_order);
}

/// 10.3, with all that adjusts: an index that comes late or is revised, too. Constructed as there.
#[test]
fn with_adjustments_too_any_batches_are_paid_the_same_in_the_end() {
    law(130, &[("other postings, same sums", 200)], in_any_batches);
}

/// 10.4, with all that adjusts. Always.
#[test]
fn with_adjustments_too_going_on_from_a_ledger_gives_what_a_replay_gives() {
    law(131, &[("a correction after the ledger", 100)], from_any_settlement);
}

/// 3.2, 4.3, with all that adjusts: an index known later has no say. Always.
#[test]
fn with_adjustments_too_what_is_recorded_later_has_no_say() {
    law(132, &[("later rows", 300)], later_rows_have_no_say);
}

/// Mechanisms 7.2. Always: an index that is never known posts nothing, and the other charges know nothing of it. Limits would
/// share what it leaves, so there are none (constructed).
#[test]
fn what_waits_for_an_index_for_ever_is_never_posted() {
    law(133, &[("waits", 120), ("a posting", 150)], |trial| {
        without_limits(&mut trial.programme);
        untied(&mut trial.programme);
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let (metric, base) = ("never-measured".into(), "2001-01".into());
            contract.indices.push(Index { id: "never".into(), metric, base, every: Every::Year, lag_months: None });
        }
        let mut waits: Vec<(String, String)> = Vec::new();
        for contract in &mut changed.contracts {
            let nth = trial.dice.below(contract.charges.len());
            let row = Adjust { by: Some(By::Index("never".into())), when: When::default(), round: None };
            contract.charges[nth].adjust.push(row);
            waits.push((contract.id.clone(), contract.charges[nth].id.clone()));
        }
        let before = trial.settle();
        let after = settle(&changed, trial.end());
        let waiting = |row: &crate::support::output::PostingRow| waits.contains(&(row.contract.clone(), row.charge.clone()));
        trial.tally.met("waits", before.postings.iter().any(waiting));
        trial.tally.met("a posting", !after.postings.is_empty());
        let others: Vec<_> = before.postings.iter().filter(|row| !waiting(row)).cloned().collect();
        holds(last_settlement(&before) == last_settlement(&after), || "another calendar".into())?;
        holds(!after.postings.iter().any(|row| waits.contains(&(row.contract.clone(), key(row).1))), || "posted".into())?;
        equal(&others, &after.postings, &changed)
    });
}
