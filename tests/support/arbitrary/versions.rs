//! Contracts in dated versions: each a whole contract, with the periods that were made by then.

use super::amend::without_later_rows;
use super::genes::Genes;
use super::{Settled, cut_offs};
use crate::support::day::Day;
use crate::support::programme::*;

/// The same programme with one or two more versions of each contract.
pub fn versioned(mut settled: Settled, genes: &mut Genes) -> Settled {
    let firsts = std::mem::take(&mut settled.programme.contracts);
    let mut last = Day::parse(&settled.as_of).unwrap();
    let whole = firsts.iter().flat_map(cut_offs).all(|(_, cut_off)| cut_off <= last);
    for first in firsts {
        let mut versions = vec![first];
        for nth in 0..genes.between(1, 2) {
            let next = next(genes, &versions, nth);
            versions.push(next);
        }
        last = versions.iter().flat_map(cut_offs).map(|(_, cut_off)| cut_off).max().unwrap().max(last);
        // The order of files says nothing.
        if genes.chance(50) {
            versions.reverse();
        }
        settled.programme.contracts.extend(versions);
    }
    if whole {
        // What was recorded later than the old day may be nonsense (3.9).
        settled.programme = without_later_rows(&settled.programme, Day::parse(&settled.as_of).unwrap());
        settled.as_of = last.plus(genes.of_list(&[40, 0])).to_string();
    }
    settled
}

/// A version agreed later than the others.
fn next(genes: &mut Genes, versions: &[Contract], nth: i64) -> Contract {
    let before = &versions[versions.len() - 1];
    let made = cut_offs(before);
    let earliest = before.agreed_on.unwrap_or(before.starts.plus(-40)).next();
    let cut_off = made[genes.below(made.len())].1;
    let agreed_on = match genes.below(6) {
        0 | 1 => cut_off,
        2 => cut_off.next(),
        3 => cut_off.before(),
        _ => cut_off.plus(genes.between(-60, 20)),
    };
    let agreed_on = agreed_on.max(earliest);
    let mut next = Contract { agreed_on: Some(agreed_on), ..before.clone() };
    for _ in 0..genes.between(1, 3) {
        amend(genes, &mut next, nth);
    }
    longer(genes, &mut next);
    if !keeps_what_was_made(versions, &next) {
        (next.ends, next.settlement.tail_periods) = (before.ends, before.settlement.tail_periods);
    }
    next
}

fn amend(genes: &mut Genes, contract: &mut Contract, nth: i64) {
    match genes.below(9) {
        0 | 1 => {
            let charge = genes.below(contract.charges.len());
            match &mut contract.charges[charge].price {
                Price::Amount(amount) | Price::Each(amount) => *amount = genes.of_list(&["123.45", "0.5", "77"]).into(),
                Price::Card(rates) => rates[0].amount = "77".into(),
                Price::Bands { bands, .. } => bands[0].amount = Some("12".into()),
            }
        }
        2 => {
            let outcome = genes.below(contract.outcomes.len());
            let window = &mut contract.outcomes[outcome].window;
            *window = genes.of_list(&[
                None,
                Some(Window { from: Anchor::Enrolment, length: Length::Months(12) }),
                Some(Window { from: Anchor::FirstDay, length: Length::Days(40) }),
            ]);
        }
        3 => {
            let outcome = genes.below(contract.outcomes.len());
            contract.outcomes[outcome].min_weekly_hours = genes.of_list(&[None, Some("20".into())]);
        }
        4 => contract.charges.reverse(),
        5 => {
            let on = vec![contract.starts];
            let what =
                What::Fixed { dates: Dates::On(on), per: if genes.chance(50) { Per::Company } else { Per::Contract } };
            let charge = Charge::of(&format!("added-{nth}"), what, Price::Amount("50.5".into()));
            let place = if genes.chance(50) { contract.charges.len() } else { 0 };
            if contract.charges.iter().all(|one| one.id != charge.id) {
                contract.charges.insert(place, charge);
            }
        }
        6 => drop(contract.limits.pop()),
        7 => {
            let cohort = contract.cohort.get_or_insert_with(Cohort::default);
            cohort.max_participants = genes.of_list(&[None, Some(1), Some(2)]);
        }
        _ => contract.settlement.confirm_days = genes.of_list(&[None, Some(30), Some(3)]),
    }
}

/// The term and the tail may grow.
fn longer(genes: &mut Genes, contract: &mut Contract) {
    if genes.chance(40) {
        contract.ends = contract.ends.plus(genes.of_list(&[30, 61, 1, 120]));
    }
    if genes.chance(40) {
        let tail = contract.settlement.tail_periods.unwrap_or(0);
        contract.settlement.tail_periods = Some(tail + genes.between(1, 2));
    }
}

/// Whether every period that was made by the day on which the new version was agreed is one of its own.
fn keeps_what_was_made(versions: &[Contract], next: &Contract) -> bool {
    let now = cut_offs(next);
    let agreed_on = next.agreed_on.unwrap();
    versions.iter().all(|version| {
        let mut made = cut_offs(version);
        made.retain(|(_, cut_off)| *cut_off < agreed_on);
        // Nor may it place a cut-off before the day on which it was agreed where the one before had another period.
        let moved = now.iter().zip(cut_offs(version)).any(|(now, was)| *now != was && now.1 < agreed_on);
        now.starts_with(&made) && !moved
    })
}
