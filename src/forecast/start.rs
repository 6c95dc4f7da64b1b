//! What bounds begin with: the terms, and how far the days are told.

use super::made::Key;
use crate::charge::{Clause, Unit};
use crate::contract::{Calendar, Contract};
use crate::measure::day::{Day, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The terms, the days that are told, and what is made on them.
pub(super) struct Start<'a> {
    /// The version that the last settlement follows.
    pub contract: &'a Contract,
    /// Its charges, made ready.
    pub clauses: Vec<Clause<'a>>,
    /// The last day that is told; `None` = nothing is.
    pub told: Option<Day>,
    /// The last day on which anything can be earned.
    pub last: Day,
    /// The days on which it has to be earned to be asked about: a calendar year's, or all.
    pub earned: Span,
    /// The units that are made, by charge and participant.
    units: BTreeMap<(u16, Option<&'a str>), BTreeSet<Unit>>,
}

impl<'a> Start<'a> {
    /// Begins after the keys that are made, and looks at what is earned in a year.
    pub fn new(contract: &'a Contract, told: Option<Day>, made: &[&'a Key], year: Option<i32>) -> Start<'a> {
        let all = Span { first: contract.starts, last: Day::FAR };
        let earned = year.and_then(days_of).map_or(all, |days| Span { first: days.first.max(all.first), ..days });
        let clause = |(number, charge)| Clause::new(number, charge, contract.currency, contract.rounding);
        let mut units: BTreeMap<(u16, Option<&str>), BTreeSet<Unit>> = BTreeMap::new();
        for key in made {
            units.entry((key.charge, key.participant.as_deref())).or_default().extend(key.unit);
        }
        let clauses = (0_u16..).zip(&contract.charges).map(clause).collect();
        Start { contract, clauses, told, last: Calendar::with_tail(contract).last, earned, units }
    }

    /// The own days of a charge that can still be reached: what waits for a delay or for something else may lie before the day
    /// on which it is earned.
    pub fn own(&self, clause: &Clause<'_>) -> Option<Span> {
        if self.told.is_some_and(|told| self.earned.last <= told) {
            return None;
        }
        let waits = clause.charge.delay.is_some() || !clause.charge.requires.is_empty();
        let first = if waits { self.contract.starts } else { self.earned.first };
        let first = match self.told {
            Some(told) if !waits => first.max(told.next()),
            _ => first,
        };
        Span::new(first, self.earned.last)
    }

    /// Those of some days.
    pub fn left(&self, clause: &Clause<'_>, days: Span) -> Option<Span> {
        self.own(clause)?.overlap(days)
    }

    /// Whether a unit is made.
    pub fn has(&self, charge: u16, whose: Option<&str>, unit: Unit) -> bool {
        self.units.get(&(charge, whose)).is_some_and(|units| units.contains(&unit))
    }

    /// How many units are made.
    pub fn count(&self, charge: u16, whose: Option<&str>) -> usize {
        self.units.get(&(charge, whose)).map_or(0, BTreeSet::len)
    }
}

/// The days of a calendar year.
pub(super) fn days_of(year: i32) -> Option<Span> {
    Span::new(Day::from_ymd(year, 1, 1)?, Day::from_ymd(year, 12, 31)?)
}
