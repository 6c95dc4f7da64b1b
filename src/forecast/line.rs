//! The numbers of a forecast, charge by charge: what is owed by the facts, and the bounds of what may come.

use super::bound::{Bounds, Most};
use super::made::Key;
use crate::measure::money::Total;
use std::collections::BTreeMap;

/// The numbers of a charge, or of all of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What the settlements whose cut-off has come owe.
    pub settled: Total,
    /// What the last settlement comes to if nothing else is reported.
    pub stands: Total,
    /// What it comes to if every open spell goes on.
    pub goes_on: Total,
    /// The bounds of every future that is told.
    pub told: Bounds,
    /// The bounds of every future.
    pub wide: Bounds,
}

/// What is owed by the facts of the day, by those that stand in the end, and by those that go on.
pub(super) struct Keys {
    /// By the last settlement that is made.
    pub settled: Vec<Key>,
    /// By the last of all, if nothing else is reported.
    pub stands: Vec<Key>,
    /// By the last of all, if open spells go on.
    pub goes_on: Vec<Key>,
}

impl Keys {
    /// The lines of the charges and of all of them, as far as keys are earned in a year.
    pub(super) fn lines(&self, year: Option<i32>, told: All, wide: All) -> (Vec<Line>, Line) {
        let [settled, stands, goes_on] = [&self.settled, &self.stands, &self.goes_on].map(|keys| by_charge(keys, year));
        let of = |sums: &BTreeMap<u16, i128>, place: u16| Total::from_minor(sums.get(&place).copied().unwrap_or_default());
        let line = |(place, (told, wide)): (u16, (Bounds, Bounds))| Line {
            settled: of(&settled, place),
            stands: of(&stands, place),
            goes_on: of(&goes_on, place),
            told,
            wide,
        };
        let sum = |sums: &BTreeMap<u16, i128>| Total::from_minor(sums.values().sum());
        let total = Line {
            settled: sum(&settled),
            stands: sum(&stands),
            goes_on: sum(&goes_on),
            told: told.total,
            wide: wide.total,
        };
        ((0_u16..).zip(told.charges.into_iter().zip(wide.charges)).map(line).collect(), total)
    }
}

/// The bounds of each charge, and of all of them; and how many amounts each can have at most.
pub(super) struct All {
    pub charges: Vec<Bounds>,
    pub keys: Vec<Most>,
    pub total: Bounds,
}

impl All {
    /// Narrowed by the other years and the whole term.
    pub(super) fn within(&self, whole: &All, others: &[&All]) -> All {
        let charge = |(nth, own): (usize, &Bounds)| match whole.charges.get(nth) {
            Some(whole) => own.within(whole, others.iter().filter_map(|other| other.charges.get(nth))),
            None => own.clone(),
        };
        All {
            charges: self.charges.iter().enumerate().map(charge).collect(),
            keys: self.keys.clone(),
            total: self.total.within(&whole.total, others.iter().map(|other| &other.total)),
        }
    }
}

/// What is granted of each charge, as far as it is earned in a year.
pub(super) fn by_charge(keys: &[Key], year: Option<i32>) -> BTreeMap<u16, i128> {
    let mut sums = BTreeMap::new();
    for key in keys.iter().filter(|key| year.is_none_or(|year| key.earned_on.year() == year)) {
        *sums.entry(key.charge).or_default() += i128::from(key.granted.minor());
    }
    sums
}
