//! A contract's forecast: what is paid, what facts come to as they stand, and between which bounds the end lies.

use super::bound::{Bounds, Highest, Most, plus};
use super::causal::groups;
use super::goes_on::{goes_on, known};
use super::group::{Look, Sums};
use super::line::{All, Keys, Line, by_charge};
use super::made::{Key, Windows, owed};
pub use super::payers::Part;
use super::people::people;
pub use super::room::Room;
use crate::contract::{Calendar, Contract};
use crate::facts::Facts;
use crate::measure::day::Day;
use std::collections::{BTreeMap, BTreeSet};

/// What a contract can still cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forecast<'a> {
    /// The version that the last settlement follows, of those agreed by the as-of day.
    pub contract: &'a Contract,
    /// The as-of day.
    pub as_of: Day,
    /// The last day that is told.
    pub told: Day,
    /// The last day of the periods that are settled; none before the first.
    pub settled_to: Option<Day>,
    /// The last cut-off.
    pub last: Day,
    /// Each charge, in the contract's order.
    pub charges: Vec<Line>,
    /// All of them together.
    pub total: Line,
    /// The calendar years in which something can be earned.
    pub years: Vec<Year>,
    /// Each payer's part, where there are several and none of them pays at most so much.
    pub payers: Vec<Part>,
    /// The limits' rooms as facts stand.
    pub rooms: Vec<Room>,
}

/// What is earned in a calendar year, whenever it is settled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// Each charge, in the contract's order.
    pub charges: Vec<Line>,
    /// All of them together.
    pub total: Line,
}

/// What a contract can still cost, by what is known on the as-of day. Days up to `told` are told; left out it is the last day of
/// the last period that is settled. It is never after the as-of day.
#[must_use]
pub fn forecast<'a>(contract: &'a Contract, facts: &Facts, as_of: Day, told: Option<Day>) -> Forecast<'a> {
    let facts = known(facts, as_of);
    let last = Calendar::new(contract).last().map_or(contract.ends, |period| period.cut_off);
    let terms = contract.in_force(last);
    let settled_to = Calendar::new(contract).until(as_of).last().map(|period| period.days.last);
    let told = told.or(settled_to).unwrap_or(contract.starts.previous()).min(as_of);
    let keys = Keys {
        settled: owed(contract, terms, &facts, as_of),
        stands: owed(contract, terms, &facts, last),
        goes_on: owed(contract, terms, &goes_on(terms, facts.clone(), as_of), last),
    };
    let (windows, people) = (Windows::new(terms), people(terms, &facts, as_of));
    let look = |told| Look { contract: terms, windows: &windows, people: &people, told, keys: &keys.stands };
    let both = |year: Option<i32>| {
        if as_of < last {
            (bounds(&look(Some(told)), year), bounds(&look(None), year))
        } else {
            (exact(terms, &keys.stands, year), exact(terms, &keys.stands, year))
        }
    };
    let (told_bounds, wide_bounds) = both(None);
    let years: Vec<(i32, (All, All))> = windows.years().map(|year| (year, both(Some(year)))).collect();
    let payers = super::payers::parts(terms, &keys, &told_bounds, &wide_bounds);
    let years = years.iter().map(|(year, own)| {
        let others = || years.iter().filter(|other| other.0 != *year).map(|(_, other)| other);
        let told = own.0.within(&told_bounds, &others().map(|other| &other.0).collect::<Vec<_>>());
        let wide = own.1.within(&wide_bounds, &others().map(|other| &other.1).collect::<Vec<_>>());
        let (charges, total) = keys.lines(Some(*year), told, wide);
        Year { year: *year, charges, total }
    });
    let years = years.collect();
    let (charges, total) = keys.lines(None, told_bounds, wide_bounds);
    let rooms = super::room::rooms(terms, &windows, &windows.used(keys.stands.iter()));
    Forecast { contract: terms, as_of, told, settled_to, last, charges, total, years, payers, rooms }
}

/// The last cut-off is over: there is no future.
fn exact(terms: &Contract, stands: &[Key], year: Option<i32>) -> All {
    let sums = by_charge(stands, year);
    let places = || (0_u16..).zip(&terms.charges).map(|(place, _)| place);
    let count = |place: u16| stands.iter().filter(|key| key.charge == place).count();
    All {
        charges: places().map(|place| Bounds::exactly(sums.get(&place).copied().unwrap_or_default())).collect(),
        keys: places().map(|place| Ok(i128::try_from(count(place)).unwrap_or(i128::MAX))).collect(),
        total: Bounds::exactly(sums.values().sum()),
    }
}

/// The bounds of each charge, and of all of them, in the end or as far as it is earned in a year.
fn bounds(look: &Look<'_>, year: Option<i32>) -> All {
    let mut each: BTreeMap<u16, (Bounds, Most)> = BTreeMap::new();
    let (mut lowest, mut highest): (Most, Highest) = (Ok(0), Highest { sum: Ok(0), by: BTreeSet::new() });
    for group in groups(look.contract) {
        let sums = Sums::new(look, &group, year);
        for charge in &group.charges {
            let (lowest, highest) = sums.of(*charge);
            each.insert(*charge, (Bounds::new(lowest, highest), sums.keys(*charge)));
        }
        let (least, most) = sums.bounds();
        (lowest, highest) = (plus(lowest, least), highest.and(most));
    }
    let (charges, keys) = each.into_values().unzip();
    All { charges, keys, total: Bounds::new(lowest, highest) }
}
