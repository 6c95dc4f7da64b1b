//! What happens between two settlement runs: rows back-dated into closed cut-offs, contracts amended or gone.

use super::genes::Genes;
use super::{Resettled, Settled, cut_offs};
use crate::support::day::Day;
use crate::support::programme::*;

/// Settles a programme early, then amends it and settles it on. No amendment touches the calendar.
pub fn amended(later: &Settled, genes: &mut Genes) -> Resettled {
    let days: Vec<Day> = later.programme.contracts.iter().flat_map(cut_offs).map(|(_, cut_off)| cut_off).collect();
    let as_of = Day::parse(&later.as_of).unwrap();
    let early = genes.of_list(&days).plus(genes.of_list(&[0, 0, -1, 9])).min(as_of);
    let mut then = later.clone();
    let first = Settled { programme: without_later_rows(&later.programme, early), as_of: early.to_string() };
    for _ in 0..genes.between(1, 3) {
        match genes.below(8) {
            0 | 1 => back_date_spell(genes, &mut then.programme, early),
            2 => change_rate(genes, &mut then.programme),
            3 => drop_charge(genes, &mut then.programme),
            4 => drop_limit(&mut then.programme),
            5 => add_charge(genes, &mut then.programme),
            6 => raise_tail(genes, &mut then.programme),
            _ => drop_contract(genes, &mut then.programme),
        }
    }
    Resettled { first, then }
}

/// Settled early, with the rows and versions that were there, and then on; sometimes with a row back-dated into closed cut-offs.
pub fn as_it_was(later: &Settled, genes: &mut Genes) -> Resettled {
    let days: Vec<Day> = later.programme.contracts.iter().flat_map(cut_offs).map(|(_, cut_off)| cut_off).collect();
    let as_of = Day::parse(&later.as_of).unwrap();
    let early = genes.of_list(&days).plus(genes.of_list(&[0, 0, -1, 9])).min(as_of);
    let mut then = later.clone();
    let mut programme = without_later_rows(&later.programme, early);
    programme.contracts.retain(|contract| contract.agreed_on.is_none_or(|agreed_on| agreed_on <= early));
    if genes.chance(40) {
        back_date_spell(genes, &mut then.programme, early);
    }
    Resettled { first: Settled { programme, as_of: early.to_string() }, then }
}

/// The files as they were: what was recorded later was not yet there.
pub fn without_later_rows(programme: &Programme, early: Day) -> Programme {
    let there = |record: &Record| Day::parse(&record.recorded_on).unwrap() <= early;
    let mut then = programme.clone();
    then.participants.retain(|row| there(&row.record));
    then.companies.retain(|row| there(&row.record));
    then.placements.retain(|row| there(&row.record));
    then.spells.retain(|row| there(&row.record));
    then.reports.retain(|row| there(&row.record));
    then.measurements.retain(|row| there(&row.record));
    then.suspensions.retain(|row| there(&row.record));
    then.checks.retain(|row| there(&row.record));
    then.benefits.retain(|row| there(&row.record));
    then.offers.retain(|row| there(&row.record));
    then.shown.retain(|row| there(&row.record));
    then.indicators.retain(|row| there(&row.record));
    then
}

/// Another row of a spell, recorded on or before the day of the first run: ended earlier, or withdrawn.
fn back_date_spell(genes: &mut Genes, programme: &mut Programme, early: Day) {
    let known = |row: &&SpellRow| row.record.void != "true" && Day::parse(&row.record.recorded_on).unwrap() <= early;
    let rows: Vec<SpellRow> = programme.spells.iter().filter(known).cloned().collect();
    if rows.is_empty() {
        return;
    }
    let mut row = genes.of_list(&rows);
    row.record.revision = ["77", "78", "79"][genes.below(3)].into();
    let taken = programme.spells.iter().any(|other| {
        let (a, b) = (&other.record, &row.record);
        (&a.contract, &a.id, &a.recorded_on, &a.revision) == (&b.contract, &b.id, &b.recorded_on, &b.revision)
    });
    if taken {
        return;
    }
    if genes.chance(40) {
        row.record.void = "true".into();
    } else {
        row.last_day = Day::parse(&row.first_day).unwrap().plus(genes.between(0, 60)).to_string();
    }
    programme.spells.push(row);
}

fn change_rate(genes: &mut Genes, programme: &mut Programme) {
    let contract = genes.below(programme.contracts.len().max(1));
    let Some(contract) = programme.contracts.get_mut(contract) else { return };
    let charge = genes.below(contract.charges.len());
    match &mut contract.charges[charge].price {
        Price::Amount(amount) => *amount = "123.45".into(),
        Price::Card(rates) => rates[0].amount = "77".into(),
        Price::Each(each) => *each = "77".into(),
        Price::Bands { bands, .. } => bands[0].amount = Some("77".into()),
    }
}

fn drop_charge(genes: &mut Genes, programme: &mut Programme) {
    let Some(contract) = programme.contracts.first_mut() else { return };
    if contract.charges.len() < 2 {
        return;
    }
    let place = genes.below(contract.charges.len());
    let gone = contract.charges.remove(place).id;
    contract.forget(|id| id == gone);
    let of = contract.id.clone();
    programme.checks.retain(|row| (&row.record.contract, &row.charge) != (&of, &gone));
}

fn drop_limit(programme: &mut Programme) {
    if let Some(contract) = programme.contracts.first_mut() {
        contract.limits.pop();
    }
}

/// An amendment adds a charge, first or last.
fn add_charge(genes: &mut Genes, programme: &mut Programme) {
    let Some(contract) = programme.contracts.first_mut() else { return };
    if contract.charges.iter().any(|charge| charge.id == "new") {
        return;
    }
    let on = vec![contract.starts, contract.ends];
    let on = if contract.starts == contract.ends { vec![contract.starts] } else { on };
    let what = What::Fixed { dates: Dates::On(on), per: if genes.chance(50) { Per::Company } else { Per::Contract } };
    let charge = Charge::of("new", what, Price::Amount("50.5".into()));
    let place = if genes.chance(50) { contract.charges.len() } else { 0 };
    contract.charges.insert(place, charge);
}

fn raise_tail(genes: &mut Genes, programme: &mut Programme) {
    for contract in &mut programme.contracts {
        let tail = &mut contract.settlement.tail_periods;
        *tail = Some(tail.unwrap_or(0) + genes.between(1, 2));
    }
}

/// A contract that is not read today, of two.
fn drop_contract(genes: &mut Genes, programme: &mut Programme) {
    if programme.contracts.len() < 2 {
        return;
    }
    let gone = programme.contracts.remove(genes.below(2)).id;
    programme.participants.retain(|row| row.record.contract != gone);
    programme.companies.retain(|row| row.record.contract != gone);
    programme.placements.retain(|row| row.record.contract != gone);
    programme.spells.retain(|row| row.record.contract != gone);
    programme.reports.retain(|row| row.record.contract != gone);
    programme.measurements.retain(|row| row.record.contract != gone);
    programme.suspensions.retain(|row| row.record.contract != gone);
    programme.checks.retain(|row| row.record.contract != gone);
    programme.benefits.retain(|row| row.record.contract != gone);
    programme.offers.retain(|row| row.record.contract != gone);
    programme.shown.retain(|row| row.record.contract != gone);
    programme.indicators.retain(|row| row.record.contract != gone);
}
