//! How the keys of one subject hang together: what has to be reached first, which gates have to open, and of the ways to one
//! payment the best (mechanisms 6.1 to 6.3). Asked of each key by itself, not charge after charge.

use super::gate::Bench;
use super::reckoning::Verdict;
use super::sheet::{Owed, Sheet, by};
use super::tied::{Required, Tied};
use super::topped::ToppedUp;
use crate::charge::{Charge, Requirement, Unit};
use crate::contract::Contract;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;
use std::cmp::Reverse;

/// The keys of one subject before they are tied.
pub(super) struct Loose<'l> {
    pub contract: &'l Contract,
    /// Where gates are judged.
    pub bench: Bench<'l>,
    pub sheets: &'l [Sheet],
    /// When something holds that others reach.
    pub others: &'l dyn Fn(&Requirement) -> Option<Day>,
}

/// Ties the keys: their days, amounts and verdicts are those that are left.
pub(super) fn tie(loose: &Loose<'_>) -> Vec<Sheet> {
    let moved: Vec<Sheet> = loose.sheets.iter().map(|sheet| loose.after_what_it_requires(sheet)).collect();
    moved.iter().map(|sheet| beyond_the_best(loose.contract, &moved, sheet)).collect()
}

impl Loose<'_> {
    fn after_what_it_requires(&self, sheet: &Sheet) -> Sheet {
        let Some(charge) = self.contract.charges.get(usize::from(sheet.charge)) else { return sheet.clone() };
        let day =
            |named: &Requirement| Required { what: named.to_string(), on: self.holds(named, self.contract.charges.len()) };
        let charges = charge.requires.iter().filter(|named| self.contract.gate(&named.charge).is_none());
        let requires: Vec<Required> = charges.map(day).collect();
        let mut tied = sheet.clone();
        match requires.iter().find(|required| required.on.is_none()) {
            Some(missing) if sheet.is_reached() => {
                (tied.verdict, tied.owed) = (Verdict::Requires { what: missing.what.clone() }, None);
            }
            Some(_) => {}
            None => tied.earned_on = requires.iter().filter_map(|required| required.on).fold(sheet.earned_on, Day::max),
        }
        tied.tied = Tied { requires, ..Tied::default() };
        if tied.owed.is_some() || matches!(tied.verdict, Verdict::NotYet { .. }) { self.through(charge, tied) } else { tied }
    }

    /// Through the gates that the charge requires: it is earned once all are open, and not owed if one is shut (mechanisms 6.3).
    fn through(&self, charge: &Charge, sheet: Sheet) -> Sheet {
        let mut through = sheet;
        let gates = charge.requires.iter().filter(|named| self.contract.gate(&named.charge).is_some());
        let holds = |named: &Requirement| self.holds(named, self.contract.charges.len());
        let told = gates.map(|named| self.bench.judge(&named.charge, through.own_day, &holds));
        through.tied.gates = told.collect();
        if let Some(shut) = through.tied.gates.iter().find(|gate| gate.opens.is_none()) {
            (through.verdict, through.owed) = (Verdict::Shut { gate: shut.gate.clone() }, None);
            return through;
        }
        let opens = through.tied.gates.iter().filter_map(|gate| gate.opens);
        through.earned_on = opens.fold(through.earned_on, Day::max);
        (through.verdict, through.owed) = by(self.bench.until, through.earned_on, (through.verdict, through.owed));
        through
    }

    /// The day on which the first of its units is reached, each after what its own charge requires (mechanisms 4.4). A chain
    /// is never longer than there are charges.
    fn holds(&self, named: &Requirement, depth: usize) -> Option<Day> {
        let charge = self.contract.charges.iter().find(|charge| charge.id == named.charge)?;
        let place = self.contract.charges.iter().position(|other| other.id == charge.id)?;
        let depth = depth.checked_sub(1)?;
        let mine = self.sheets.iter().filter(|sheet| usize::from(sheet.charge) == place && sheet.is_reached());
        let first = mine.filter(|sheet| named.is_met_by(sheet.unit)).map(|sheet| sheet.own_day).min();
        let Some(first) = first else { return (self.others)(named) };
        // Gates are not asked when it is asked what is reached (mechanisms 4.4).
        let mut charges = charge.requires.iter().filter(|named| self.contract.gate(&named.charge).is_none());
        charges.try_fold(first, |day, before| Some(day.max(self.holds(before, depth)?)))
    }
}

/// Of several ways to one payment, what this one is owed beyond the largest before it (mechanisms 6.2).
fn beyond_the_best(contract: &Contract, all: &[Sheet], sheet: &Sheet) -> Sheet {
    let mut left = sheet.clone();
    let (Some(owed), Some(variant)) = (sheet.owed, variant(contract, sheet)) else { return left };
    let turn = |sheet: &Sheet| (sheet.earned_on, sheet.charge, sheet.unit);
    let period = matches!(sheet.unit, Unit::Cell(_));
    let same = |other: &&Sheet| {
        self::variant(contract, other) == Some(variant)
            && other.company == sheet.company
            && (!period || other.unit.number() == sheet.unit.number())
    };
    let before = all.iter().filter(same).filter(|other| turn(other) < turn(sheet));
    // The largest, of equal ones the first.
    let best = before.filter_map(|other| Some((other.owed?.amount, Reverse(turn(other)), other)));
    let best = best.max_by_key(|(amount, turn, _)| (*amount, *turn)).map(|(amount, _, other)| (amount, other));
    let Some((most, best)) = best else { return left };
    let currency = contract.currency;
    let rest = if owed.amount > most { owed.amount - most } else { Money::ZERO };
    let topped = ToppedUp {
        what: name(contract, best),
        amount: most.display(currency),
        whole: owed.amount.display(currency),
        rest: rest.display(currency),
    };
    if rest.is_zero() {
        (left.verdict, left.owed) = (Verdict::NotBetter { than: topped }, None);
    } else {
        left.owed = Some(Owed { amount: rest, ..owed });
        left.tied.tops_up = Some(topped);
    }
    left
}

fn variant<'c>(contract: &'c Contract, sheet: &Sheet) -> Option<&'c Id> {
    contract.charges.get(usize::from(sheet.charge))?.variant.as_ref()
}

/// The charge, with its step if it has steps; of a unit of time the unit is the same.
fn name(contract: &Contract, sheet: &Sheet) -> String {
    let charge = contract.charges.get(usize::from(sheet.charge)).map(|charge| charge.id.to_string()).unwrap_or_default();
    match sheet.unit {
        Unit::Step(_) => format!("{charge}/{}", sheet.unit),
        _ => charge,
    }
}
