//! Laws of contracts in dated versions (mechanisms 9.2).

use super::corrections::{from_any_settlement, in_any_batches};
use super::rewrite::*;
use super::time::later_rows_have_no_say;
use super::trial::{Trial, Verdict, cases, law_of, same, settle};
use crate::support::arbitrary::versioned;
use crate::support::day::Day;
use crate::support::oracle::calendar_of;
use crate::support::output::{Output, SettlementRow};
use crate::support::programme::*;

fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(versioned(), cases(), seed, least, look);
}

fn by(output: &Output, cut_off: Day) -> Output {
    let mut output = output.clone();
    output.settlements.retain(|row| Day::parse(&row.cut_off).unwrap() <= cut_off);
    let there =
        |contract: &str, k: u32| output.settlements.iter().any(|row| row.contract == contract && row.settlement == k);
    output.postings.retain(|row| there(&row.contract, row.settlement));
    output
}

/// 9.2: what is agreed after a cut-off has no say in its settlement. Always.
#[test]
fn a_version_agreed_after_a_cut_off_has_no_say_in_its_settlement() {
    law(140, &[("a version less", 300)], |trial| {
        let whole = trial.settle();
        for row in &whole.settlements {
            let cut_off = Day::parse(&row.cut_off).unwrap();
            let mut then = trial.programme.clone();
            then.contracts.retain(|contract| contract.agreed_on.is_none_or(|agreed_on| agreed_on <= cut_off));
            trial.tally.met("a version less", then.contracts.len() < trial.programme.contracts.len());
            // Periods that only a later version has (mechanisms 9.2) are not there without it.
            let there = |row: &SettlementRow| {
                let mut versions = then.contracts.iter().filter(|version| version.id == row.contract);
                versions.any(|version| calendar_of(version).iter().any(|(_, day)| day.to_string() == row.cut_off))
            };
            let mut expected = by(&whole, cut_off);
            expected.settlements.retain(there);
            same(&expected, &by(&settle(&then, cut_off), cut_off), &then)?;
        }
        Ok(())
    });
}

/// 9.2. Holds for a version that says what the one before it says, on whatever day it is agreed.
#[test]
fn a_version_that_says_the_same_changes_nothing() {
    law(141, &[("a posting", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &trial.programme.contracts {
            let later = trial.programme.contracts.iter().filter(|other| other.id == contract.id);
            let next = later.filter_map(|other| other.agreed_on).filter(|day| contract.agreed_on < Some(*day)).min();
            let first = contract.agreed_on.unwrap_or(contract.starts.plus(-30)).next();
            let day = first.plus(trial.dice.between(0, 200));
            if next.is_none_or(|next| day < next) {
                changed.contracts.push(Contract { agreed_on: Some(day), ..contract.clone() });
            }
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 9.2, 10.1: from the settlement on that first follows the last version, postings add up to what that version alone would have
/// posted by then. Holds without `confirm_days` and `max_participants` (constructed), and where the periods are the same (checked).
#[test]
fn in_the_end_everything_is_owed_as_the_last_version_says() {
    law(142, &[("compared", 250), ("several versions", 250)], |trial| {
        blind_to_recording(&mut trial.programme);
        let whole = trial.settle();
        for id in trial.programme.contracts.iter().map(|contract| contract.id.clone()) {
            let last = trial.programme.contracts.iter().filter(|contract| contract.id == id).max_by_key(|one| one.agreed_on);
            let last = last.unwrap();
            let (calendar, made) = (cut_offs(last), super::sums::last_settlement(&of(&whole, &id)) as usize);
            if made != calendar.len() || calendar.last().copied() < last.agreed_on {
                continue;
            }
            let mut alone = trial.programme.clone();
            alone.contracts = vec![Contract { agreed_on: None, ..last.clone() }];
            trial.tally.met("compared", true);
            trial.tally.met("several versions", last.agreed_on.is_some());
            let now = settle(&alone, trial.end());
            super::trial::equal(&super::sums::sums(&of(&whole, &id)), &super::sums::sums(&of(&now, &id)), &trial.programme)?;
        }
        Ok(())
    });
}

fn of(output: &Output, contract: &str) -> Output {
    let mut output = output.clone();
    output.settlements.retain(|row| row.contract == contract);
    output.postings.retain(|row| row.contract == contract);
    output
}

/// 10.4: with versions too. Always.
#[test]
fn in_versions_too_going_on_from_a_ledger_gives_what_a_replay_gives() {
    law(143, &[("a correction after the ledger", 100)], from_any_settlement);
}

/// 10.3: with versions too. Constructed as there.
#[test]
fn in_versions_too_any_batches_are_paid_the_same_in_the_end() {
    law(144, &[("other postings, same sums", 200)], in_any_batches);
}

/// 3.2, 4.3: with versions too. Always.
#[test]
fn in_versions_too_what_is_recorded_later_has_no_say() {
    law(145, &[("later rows", 300)], later_rows_have_no_say);
}
