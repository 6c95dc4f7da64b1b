//! What the last cut-off owes by some facts, key by key.

use crate::charge::Unit;
use crate::contract::{Bound, Calendar, Contract, Limit, LimitWindow, Scope};
use crate::facts::Facts;
use crate::ledger::UnitName;
use crate::ledger::settle;
use crate::limits::Limits;
use crate::measure::day::Day;
use crate::measure::money::Money;
use std::collections::BTreeMap;

/// A key and what is granted under it.
#[derive(Debug)]
pub(super) struct Key {
    /// The charge's place in the contract.
    pub charge: u16,
    /// The participant whose it is.
    pub participant: Option<String>,
    /// The company under whose limits it falls.
    pub company: Option<String>,
    /// What is paid for.
    pub unit: Option<Unit>,
    /// The day earned.
    pub earned_on: Day,
    /// What is owed before limits.
    pub amount: Money,
    /// What is granted.
    pub granted: Money,
}

/// Everything that the last cut-off owes by these facts, under the version that it follows.
pub(super) fn owed(whole: &Contract, terms: &Contract, facts: &Facts, last: Day) -> Vec<Key> {
    let Some(settlement) = settle::last(whole, facts, last) else { return Vec::new() };
    let keys = settlement.entries().filter_map(|posting| {
        let place = terms.charges.iter().position(|charge| charge.id.as_str() == posting.charge)?;
        let theirs = terms.charges.get(place).is_some_and(|charge| !charge.is_the_contracts());
        let ground = posting.ground?;
        Some(Key {
            charge: u16::try_from(place).ok()?,
            participant: theirs.then(|| posting.subject.to_owned()),
            company: posting.company.map(str::to_owned),
            unit: match posting.unit {
                UnitName::Made(_, unit) => Some(unit),
                UnitName::Text(_) => None,
            },
            earned_on: posting.earned_on,
            amount: ground.amount,
            granted: ground.granted,
        })
    });
    keys.collect()
}

/// Whose a room is: nobody's in particular, a participant's, or a company's.
pub(super) type Owner = Option<String>;

/// What was taken from each room: by limit, owner and window.
pub(super) type Used = BTreeMap<(u16, Owner, i32), i128>;

/// The windows of a contract's limits.
pub(super) struct Windows<'a> {
    contract: &'a Contract,
    limits: Limits<'a>,
    /// The last days of the periods in which something can be earned.
    periods: Vec<Day>,
}

impl<'a> Windows<'a> {
    /// The windows of the contract's limits.
    pub fn new(contract: &'a Contract) -> Windows<'a> {
        let delayed = contract.charges.iter().any(|charge| charge.delay.is_some());
        let last = if delayed { Calendar::with_tail(contract).last } else { contract.last_earned() };
        let periods = Calendar::new(contract).take_while(|period| period.days.first <= last);
        Windows { contract, limits: Limits::new(contract), periods: periods.map(|period| period.days.last).collect() }
    }

    /// The limits that cover a charge, by their places.
    pub fn covering(&self, charge: u16) -> impl Iterator<Item = (u16, &'a Limit)> {
        let limits = (0_u16..).zip(&self.contract.limits);
        limits.filter(move |(_, limit)| super::causal::covers(self.contract, limit, charge))
    }

    /// The window in which a day lies, as a number.
    pub fn of(&self, limit: &Limit, day: Day) -> i32 {
        match limit.window {
            LimitWindow::Total => 0,
            LimitWindow::CalendarYear => day.year(),
            LimitWindow::SettlementPeriod => i32::try_from(self.limits.period(day)).unwrap_or(i32::MAX),
        }
    }

    /// The calendar years in which something may be earned.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.contract.starts.year()..=self.periods.last().map_or(self.contract.starts.year(), |last| last.year())
    }

    /// The windows in which something may be earned after a day, in a year or whenever.
    pub fn after(&self, limit: &Limit, day: Day, year: Option<i32>) -> Vec<i32> {
        let ends = self.periods.iter().copied().filter(|last| *last > day && year.is_none_or(|year| last.year() == year));
        let mut windows: Vec<i32> = ends.map(|last| self.of(limit, last)).collect();
        windows.dedup();
        windows
    }

    /// What keys took from rooms.
    pub fn used<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> Used {
        let mut used = Used::new();
        for key in keys {
            for (number, limit) in self.covering(key.charge) {
                let owner = match limit.scope {
                    Scope::Contract => None,
                    Scope::Participant if key.participant.is_some() => key.participant.clone(),
                    Scope::Company if key.company.is_some() => key.company.clone(),
                    Scope::Participant | Scope::Company => continue,
                };
                let taken = i128::from(limit.bound.taken(key.granted).minor());
                *used.entry((number, owner, self.of(limit, key.earned_on))).or_default() += taken;
            }
        }
        used
    }
}

/// What a limit's room holds where nothing is taken from it; a floor and a share say nothing of what can be earned.
pub(super) fn whole(limit: &Limit) -> Option<i128> {
    match &limit.bound {
        Bound::Amount(most) => Some(i128::from(most.minor())),
        Bound::Units(crate::contract::limit::Units::Number(most)) => Some(i128::from(*most)),
        Bound::Floor(_) | Bound::Units(_) => None,
    }
}
