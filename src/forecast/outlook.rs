//! A contract's forecast: what is paid, what facts come to as they stand, and between which bounds the end lies.

use super::bound::{Bounds, Most, plus};
use super::causal::groups;
use super::goes_on::{goes_on, known};
use super::group::Sums;
use super::made::{Key, Windows, owed};
use super::people::people;
pub use super::room::Room;
use crate::contract::{Calendar, Contract};
use crate::facts::Facts;
use crate::ledger::settle::settle;
use crate::measure::day::Day;
use crate::measure::money::Total;
use std::collections::BTreeMap;

/// What a contract can still cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forecast<'a> {
    /// The version that the last settlement follows, of those agreed by the as-of day.
    pub contract: &'a Contract,
    /// The as-of day.
    pub as_of: Day,
    /// The last day that is told.
    pub told: Day,
    /// The last cut-off.
    pub last: Day,
    /// Each charge, in the contract's order.
    pub charges: Vec<Line>,
    /// All of them together.
    pub total: Line,
    /// The limits' rooms as facts stand.
    pub rooms: Vec<Room>,
}

/// The numbers of a charge, or of all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// What is posted by the settlements whose cut-off has come.
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

/// What a contract can still cost, by what is known on the as-of day. Days up to `told` are told; left out it is the last day of
/// the last period that is settled. It is never after the as-of day.
#[must_use]
pub fn forecast<'a>(contract: &'a Contract, facts: &Facts, as_of: Day, told: Option<Day>) -> Forecast<'a> {
    let facts = known(facts, as_of);
    let last = Calendar::new(contract).last().map_or(contract.ends, |period| period.cut_off);
    let terms = contract.in_force(last);
    let settled_to =
        Calendar::new(contract).until(as_of).last().map_or(contract.starts.previous(), |period| period.days.last);
    let told = told.unwrap_or(settled_to).min(as_of);
    let stands = owed(contract, terms, &facts, last);
    let windows = Windows::new(terms);
    let (each, all) = match as_of < last {
        true => {
            let told = bounds(terms, &windows, &facts, (as_of, Some(told)), &stands);
            let wide = bounds(terms, &windows, &facts, (as_of, None), &stands);
            (told.0.into_iter().zip(wide.0).collect(), (told.1, wide.1))
        }
        false => exact(terms, &stands),
    };
    let settled = settled(contract, terms, &facts, as_of);
    let going_on = by_charge(&owed(contract, terms, &goes_on(terms, facts.clone(), as_of), last));
    let standing = by_charge(&stands);
    let line = |(place, bounds): (u16, (Bounds, Bounds))| {
        let of = |sums: &BTreeMap<u16, i128>| Total::from_minor(sums.get(&place).copied().unwrap_or_default());
        Line { settled: of(&settled), stands: of(&standing), goes_on: of(&going_on), told: bounds.0, wide: bounds.1 }
    };
    let sum = |sums: &BTreeMap<u16, i128>| Total::from_minor(sums.values().sum());
    Forecast {
        contract: terms,
        as_of,
        told,
        last,
        charges: (0_u16..).zip(each).map(line).collect(),
        total: Line { settled: sum(&settled), stands: sum(&standing), goes_on: sum(&going_on), told: all.0, wide: all.1 },
        rooms: super::room::rooms(terms, &windows, &windows.used(stands.iter())),
    }
}

/// For each charge, and for all, both kinds of bounds.
type Both = (Vec<(Bounds, Bounds)>, (Bounds, Bounds));

/// The last cut-off is over: there is no future.
fn exact(terms: &Contract, stands: &[Key]) -> Both {
    let sums = by_charge(stands);
    let of = |sum: i128| (Bounds::exactly(sum), Bounds::exactly(sum));
    let each = (0_u16..).zip(&terms.charges).map(|(place, _)| of(sums.get(&place).copied().unwrap_or_default()));
    (each.collect(), of(sums.values().sum()))
}

/// The bounds of each charge, and of all of them.
fn bounds(
    terms: &Contract,
    windows: &Windows<'_>,
    facts: &Facts,
    (as_of, told): (Day, Option<Day>),
    stands: &[Key],
) -> (Vec<Bounds>, Bounds) {
    let people = people(terms, facts, as_of);
    let mut each: BTreeMap<u16, (Most, Most)> = BTreeMap::new();
    let mut all: (Most, Most) = (Ok(0), Ok(0));
    for group in groups(terms) {
        let sums = Sums::new(windows, terms, &people, &group, told, stands);
        each.extend(group.charges.iter().map(|charge| (*charge, sums.of(*charge))));
        let (lowest, highest) = sums.bounds();
        all = (plus(all.0, lowest), plus(all.1, highest));
    }
    (each.into_values().map(|(lowest, highest)| Bounds::new(lowest, highest)).collect(), Bounds::new(all.0, all.1))
}

fn by_charge(keys: &[Key]) -> BTreeMap<u16, i128> {
    let mut sums = BTreeMap::new();
    for key in keys {
        *sums.entry(key.charge).or_default() += i128::from(key.granted.minor());
    }
    sums
}

/// What is posted so far, by charge.
fn settled(contract: &Contract, terms: &Contract, facts: &Facts, as_of: Day) -> BTreeMap<u16, i128> {
    let places: BTreeMap<&str, u16> = terms.charges.iter().map(|charge| charge.id.as_str()).zip(0..).collect();
    let mut sums = BTreeMap::new();
    for settlement in settle(contract, facts, as_of) {
        for posting in settlement.postings() {
            if let Some(place) = places.get(posting.charge) {
                *sums.entry(*place).or_default() += i128::from(posting.amount.minor());
            }
        }
    }
    sums
}
