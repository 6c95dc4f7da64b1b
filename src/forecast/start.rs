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
    /// The units that are made, by charge and participant.
    units: BTreeMap<(u16, Option<&'a str>), BTreeSet<Unit>>,
}

impl<'a> Start<'a> {
    /// Begins after the keys that are made.
    pub fn new(contract: &'a Contract, told: Option<Day>, made: &[&'a Key]) -> Start<'a> {
        let clause = |(number, charge)| Clause::new(number, charge, contract.currency, contract.rounding);
        let mut units: BTreeMap<(u16, Option<&str>), BTreeSet<Unit>> = BTreeMap::new();
        for key in made {
            units.entry((key.charge, key.participant.as_deref())).or_default().extend(key.unit);
        }
        let clauses = (0_u16..).zip(&contract.charges).map(clause).collect();
        Start { contract, clauses, told, last: Calendar::with_tail(contract).last, units }
    }

    /// The first own day that a charge can still be reached on: what waits for a delay or for something else may lie behind.
    pub fn from(&self, clause: &Clause<'_>) -> Day {
        let waits = clause.charge.delay.is_some() || !clause.charge.requires.is_empty();
        match self.told {
            Some(told) if !waits => told.next(),
            _ => self.contract.starts,
        }
    }

    /// Days from that on.
    pub fn left(&self, clause: &Clause<'_>, days: Span) -> Option<Span> {
        Span::new(days.first.max(self.from(clause)), days.last)
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
