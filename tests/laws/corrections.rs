//! Laws of chapters 4 and 10: what is posted, in which settlement, and what becomes of it.

use super::rewrite::*;
use super::sums::{key, last_settlement, minor, sums, sums_until};
use super::trial::{Dice, Trial, Verdict, cases, equal, holds, law, same, settle, settle_on};
use crate::support::arbitrary::resettled;
use crate::support::day::Day;
use crate::support::output::{Output, PostingRow};
use crate::support::programme::*;
use crate::support::runs;
use std::collections::{BTreeMap, BTreeSet};

fn of_contract(output: &Output, contract: &str) -> Output {
    let mut output = output.clone();
    output.settlements.retain(|row| row.contract == contract);
    output.postings.retain(|row| row.contract == contract);
    output
}

fn until(output: &Output, k: u32) -> Output {
    let mut output = output.clone();
    output.settlements.retain(|row| row.settlement <= k);
    output.postings.retain(|row| row.settlement <= k);
    output
}

fn has_correction(output: &Output) -> bool {
    output.postings.iter().any(|row| row.posting == "correction")
}

/// 10.1 to 10.3. Holds without `confirm_days` and `max_participants`, which look at when a row was recorded (constructed).
#[test]
fn postings_of_1_to_k_add_up_to_what_is_owed_at_once_by_the_facts_known_then() {
    law(40, &[("a correction", 100), ("a posting", 350)], |trial| {
        blind_to_recording(&mut trial.programme);
        let output = trial.settle();
        trial.tally.met("a posting", !output.postings.is_empty());
        trial.tally.met("a correction", has_correction(&output));
        for settlement in &output.settlements {
            let (k, cut_off) = (settlement.settlement, Day::parse(&settlement.cut_off).unwrap());
            let at_once = known_at_once(&trial.programme, cut_off, first_day(&trial.programme));
            let fresh = of_contract(&settle(&at_once, cut_off), &settlement.contract);
            let posted = of_contract(&output, &settlement.contract);
            equal(&sums_until(&posted, k), &sums_until(&fresh, k), &at_once)?;
        }
        Ok(())
    });
}

/// 10.3, facts in any number of batches. Each id keeps its last row, all rows come by the last cut-off; without
/// `confirm_days` and `max_participants` (all constructed).
#[test]
fn however_late_and_in_whatever_order_reports_arrive_the_same_is_paid_in_the_end() {
    law(41, &[("other postings, same sums", 200)], in_any_batches);
}

/// The rows of every fact come on other days, in their order.
pub fn in_any_batches(trial: &mut Trial) -> Verdict {
    blind_to_recording(&mut trial.programme);
    let before = trial.settle();
    let mut changed = trial.programme.clone();
    let contracts = changed.contracts.clone();
    for mut records in histories(&mut changed) {
        let last = *cut_offs_of(&contracts, records[0]).last().unwrap();
        records.retain(|record| recorded_on(record) <= last);
        let mut days: Vec<Day> =
            records.iter().map(|record| recorded_on(record).plus(trial.dice.between(-40, 160)).min(last)).collect();
        days.sort();
        for (n, (record, day)) in records.iter_mut().zip(days).enumerate() {
            record.recorded_on = day.to_string();
            record.revision = n.to_string();
        }
    }
    let after = settle(&changed, trial.end());
    trial.tally.met("other postings, same sums", before.postings != after.postings);
    equal(&sums(&before), &sums(&after), &changed)
}

/// 10.4. Always.
#[test]
fn going_on_from_any_earlier_settlement_gives_what_a_replay_gives() {
    law(42, &[("a correction after the ledger", 100)], from_any_settlement);
}

/// Goes on from every prefix of what was settled.
pub fn from_any_settlement(trial: &mut Trial) -> Verdict {
    let output = trial.settle();
    for k in 0..=last_settlement(&output) {
        let went_on = settle_on(&trial.programme, trial.end(), &until(&output, k));
        same(&output, &went_on, &trial.programme)?;
    }
    let late = output.postings.iter().any(|row| row.posting == "correction" && row.settlement > 1);
    trial.tally.met("a correction after the ledger", late);
    Ok(())
}

/// 4.4, 10.2: settled again from its own output, on any as-of day. Always.
#[test]
fn a_ledger_settled_again_on_its_own_day_gets_nothing_new() {
    law(43, &[("a posting", 350)], |trial| {
        let output = settle(&trial.programme, trial.as_of);
        trial.tally.met("a posting", !output.postings.is_empty());
        same(&output, &settle_on(&trial.programme, trial.as_of, &output), &trial.programme)
    });
}

/// 4.5. Always.
#[test]
fn raising_the_tail_changes_no_earlier_settlement() {
    law(44, &[("a posting in the new tail", 30)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let more = trial.dice.between(1, 3);
        for contract in &mut changed.contracts {
            let tail = &mut contract.settlement.tail_periods;
            *tail = Some(tail.unwrap_or(0) + more);
        }
        let later = settle(&changed, trial.end().plus(2_000));
        for contract in &changed.contracts {
            let (first, then) = (of_contract(&before, &contract.id), of_contract(&later, &contract.id));
            let k = last_settlement(&first);
            holds(last_settlement(&then) == k + more as u32, || "the tail has not grown".into())?;
            same(&first, &until(&then, k), &changed)?;
            trial.tally.met("a posting in the new tail", then.postings.iter().any(|row| row.settlement > k));
        }
        Ok(())
    });
}

/// Withdraws a fact on one day and enters its last row again on another.
fn there_and_back<R: Clone>(
    rows: &mut Vec<R>,
    contracts: &[Contract],
    record: impl Fn(&mut R) -> &mut Record,
    dice: &mut Dice,
) -> bool {
    let Some(mut back) = dice.of_list(rows) else { return false };
    let chosen = record(&mut back).clone();
    let mut newest = chosen.clone();
    for row in rows.iter_mut() {
        let one = record(row);
        if (&one.contract, &one.id) == (&newest.contract, &newest.id) && age(one) >= age(&newest) {
            newest = one.clone();
            back = row.clone();
        }
    }
    let cut_offs = cut_offs_of(contracts, &newest);
    let later: Vec<Day> = cut_offs.into_iter().filter(|cut_off| *cut_off >= recorded_on(&newest)).collect();
    let (Some(gone), Some(again)) = (dice.of_list(&later), dice.of_list(&later)) else { return false };
    let mut withdrawn = back.clone();
    let note = |row: &mut R, day: Day, revision: u64, void: &str| {
        let one = record(row);
        let revision = (age(&newest).1 + revision).to_string();
        (one.recorded_on, one.revision, one.void) = (day.to_string(), revision, void.into());
    };
    note(&mut withdrawn, gone.min(again), 1, "true");
    note(&mut back, gone.max(again), 2, if newest.void == "true" { "true" } else { "" });
    rows.extend([withdrawn, back]);
    gone != again
}

/// 3.1, 10.3. The last row comes again, by the last cut-off; without `confirm_days`, which looks at its day (constructed).
/// The day of the first row, which `max_participants` looks at, stays.
#[test]
fn a_withdrawal_and_re_entry_restores_every_sum() {
    law(45, &[("posted back and again", 35)], |trial| {
        trial.programme.contracts.iter_mut().for_each(|contract| contract.settlement.confirm_days = None);
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let contracts = changed.contracts.clone();
        let dice = &mut trial.dice;
        let mut moved = false;
        for _ in 0..2 {
            moved |= match dice.below(6) {
                5 if !changed.measurements.is_empty() => {
                    there_and_back(&mut changed.measurements, &contracts, |row| &mut row.record, dice)
                }
                0 => there_and_back(&mut changed.participants, &contracts, |row| &mut row.record, dice),
                1 => there_and_back(&mut changed.companies, &contracts, |row| &mut row.record, dice),
                2 => there_and_back(&mut changed.placements, &contracts, |row| &mut row.record, dice),
                _ => there_and_back(&mut changed.spells, &contracts, |row| &mut row.record, dice),
            };
        }
        let after = settle(&changed, trial.end());
        trial.tally.met("posted back and again", moved && after.postings.len() > before.postings.len());
        equal(&sums(&before), &sums(&after), &changed)
    });
}

/// 10.2, 10.4: whatever happened to contract and rows since. Always.
#[test]
fn from_a_ledger_on_only_new_settlements_post_and_they_post_all_that_is_missing() {
    let (mut amended, mut settled_on, mut corrected) = (0, 0, 0);
    let told = runs::try_each(cases(), 46, resettled(), |case| {
        let first_day = Day::parse(&case.first.as_of).unwrap();
        let last_day = Day::parse(&case.then.as_of).unwrap();
        let ledger = settle(&case.first.programme, first_day);
        let then = &case.then.programme;
        let (output, fresh) = (settle_on(then, last_day, &ledger), settle(then, last_day));
        amended += usize::from(settle(then, first_day) != ledger);
        for contract in &then.contracts {
            let (made, all) = (of_contract(&ledger, &contract.id), of_contract(&output, &contract.id));
            let k = last_settlement(&made);
            same(&made, &until(&all, k), then)?;
            if last_settlement(&all) > k {
                settled_on += 1;
                corrected += usize::from(all.postings.iter().any(|row| row.settlement > k && !row.corrects.is_empty()));
                equal(&sums(&of_contract(&fresh, &contract.id)), &sums(&all), then)?;
            }
        }
        Ok(())
    });
    if let Err(error) = told {
        panic!("{error}");
    }
    println!("amended {amended}, settled on {settled_on}, corrected {corrected}");
    let cases = cases() as usize;
    assert!(amended * 4 > cases && settled_on * 4 > cases && corrected * 6 > cases);
}

/// The form of postings (10.2, 2.3) and of the settlements' rows. Always.
#[test]
fn a_key_is_posted_once_a_settlement_and_a_correction_names_its_first_posting() {
    law(47, &[("a correction", 130), ("a key posted three times", 30)], |trial| {
        let output = trial.settle();
        let mut first: BTreeMap<_, u32> = BTreeMap::new();
        let mut times: BTreeMap<_, usize> = BTreeMap::new();
        let mut posted = BTreeSet::new();
        for row in &output.postings {
            well_formed(row, first.get(&key(row)).copied())?;
            first.entry(key(row)).or_insert(row.settlement);
            *times.entry(key(row)).or_default() += 1;
            holds(posted.insert((row.settlement, key(row))), || format!("posted twice: {}", row.text()))?;
        }
        for settlement in &output.settlements {
            let of = |row: &&PostingRow| (&row.contract, row.settlement) == (&settlement.contract, settlement.settlement);
            let total: i128 = output.postings.iter().filter(of).map(|row| minor(&row.amount)).sum();
            holds(total == minor(&settlement.total), || format!("{} is not {total}", settlement.text()))?;
        }
        trial.tally.met("a correction", has_correction(&output));
        trial.tally.met("a key posted three times", times.values().any(|times| *times >= 3));
        Ok(())
    });
}

fn well_formed(row: &PostingRow, first: Option<u32>) -> Verdict {
    let (posting, corrects) = match first {
        Some(first) => ("correction", first.to_string()),
        None => ("earning", String::new()),
    };
    holds(minor(&row.amount) != 0, || format!("nothing is posted: {}", row.text()))?;
    holds(row.posting == posting && row.corrects == corrects, || format!("{}: first {first:?}", row.text()))?;
    holds(first.is_some() || minor(&row.amount) > 0, || format!("a negative earning: {}", row.text()))
}
