//! The settlement calendar: periods, tail periods and cut-offs (rules 4.2, 4.3).

use super::terms::{Contract, Version};
use crate::charge::Mechanism;
use crate::measure::day::{Day, Span};

/// One period of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SettlementPeriod {
    /// Counted from 1.
    pub number: u32,
    /// Its days; the first and the last period of the term may be short, and so may the first tail period.
    pub days: Span,
    /// The day on which the facts are taken: last day + `reporting_days` (rule 4.3).
    pub cut_off: Day,
}

/// The periods of a contract, in order: those of the term, then the tail (rule 4.2). Each is that of the last version agreed on
/// or before its cut-off; where that has no more periods, of the next one (mechanisms 9.2).
#[derive(Clone, Debug)]
pub struct Calendar<'a> {
    contract: &'a Contract,
    later: &'a [Version],
    first: Day,
    number: u32,
    tail_left: u32,
}

impl<'a> Calendar<'a> {
    /// The contract's calendar, from period 1.
    #[must_use]
    pub fn new(contract: &'a Contract) -> Calendar<'a> {
        Calendar {
            contract,
            later: &contract.versions,
            first: contract.starts,
            number: 0,
            tail_left: contract.settlement.tail_periods,
        }
    }

    /// The days on which something may be due by a date of its own: the term and its tail periods (mechanisms 5.2).
    #[must_use]
    pub fn with_tail(contract: &Contract) -> Span {
        let last = Calendar::new(contract).last().map_or(contract.ends, |period| period.days.last);
        Span { first: contract.starts, last: last.max(contract.ends) }
    }

    /// The periods whose cut-off is on or before the as-of day.
    pub fn until(self, as_of: Day) -> impl Iterator<Item = SettlementPeriod> + use<'a> {
        self.take_while(move |period| period.cut_off <= as_of)
    }

    /// The next period of the version that is gone by.
    fn step(&mut self) -> Option<SettlementPeriod> {
        if self.first > Day::LAST_WRITTEN {
            return None;
        }
        let terms = &self.contract.settlement;
        let ends = self.contract.ends;
        let border = terms.every.last_day(self.first);
        let last = if self.first <= ends {
            border.min(ends)
        } else {
            self.tail_left = self.tail_left.checked_sub(1)?;
            border
        };
        let days = Span::new(self.first, last)?;
        self.number = self.number.checked_add(1)?;
        self.first = last.next();
        Some(SettlementPeriod { number: self.number, days, cut_off: last.plus_days(i64::from(terms.reporting_days)) })
    }
}

impl Iterator for Calendar<'_> {
    type Item = SettlementPeriod;

    fn next(&mut self) -> Option<SettlementPeriod> {
        let made = self.number as usize;
        loop {
            let period = self.step();
            let Some((version, later)) = self.later.split_first() else { return period };
            if period.is_some_and(|period| version.terms.agreed_on > Some(period.cut_off)) {
                return period;
            }
            *self = Calendar::new(&version.terms);
            self.by_ref().take(made).for_each(drop);
            self.later = later;
        }
    }
}

impl Contract {
    /// The versions that settlements follow whose cut-off is on or before `as_of`, each with the number of its first one.
    #[must_use]
    pub fn followed(&self, as_of: Day) -> Vec<(u32, &Contract)> {
        let mut followed: Vec<(u32, &Contract)> = Vec::new();
        for period in Calendar::new(self).until(as_of) {
            let version = self.in_force(period.cut_off);
            if followed.last().is_none_or(|(_, last)| !std::ptr::eq(*last, version)) {
                followed.push((period.number, version));
            }
        }
        followed
    }

    /// The last day that can earn anything: the term's, or a later date that a measured charge or a gate names (mechanisms 5.2,
    /// 6.3).
    #[must_use]
    pub fn last_earned(&self) -> Day {
        let dates = self.charges.iter().filter_map(|charge| match &charge.mechanism {
            Mechanism::Measured(terms) if terms.dates.are_own() => Some(Calendar::with_tail(self).last),
            Mechanism::Measured(terms) => terms.dates.until(self.term(), Day::FAR).last().copied(),
            Mechanism::Fixed(_) | Mechanism::Milestone(_) | Mechanism::Period(_) => None,
        });
        let gates = self.gates.iter().filter_map(|gate| gate.until(self.term(), Day::FAR)?.last().copied());
        dates.chain(gates).fold(self.ends, Day::max)
    }
}
