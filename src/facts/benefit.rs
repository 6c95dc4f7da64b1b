//! A stretch of days on which a participant has a benefit (saving 1).

use super::record::Fact;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use rust_decimal::Decimal;

/// What a participant lives on, from a day to a day (saving 1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Benefit {
    /// Whose it is.
    pub participant: Id,
    /// What it is; the contract's rates name it.
    pub kind: Id,
    /// Its first day.
    pub first_day: Day,
    /// Its last day, itself included; `None` = still running.
    pub last_day: Option<Day>,
    /// What it pays, if that was reported.
    pub amount: Option<Pay>,
    /// The weeks with benefit that were counted before the week of its first day, if that was reported.
    pub clock: Option<u32>,
}

/// What a benefit pays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pay {
    /// So much a week.
    Weekly(Decimal),
    /// So much a month; what that is a week the contract says.
    Monthly(Decimal),
}

impl Benefit {
    /// Its days.
    #[must_use]
    pub fn days(&self) -> Span {
        Span { first: self.first_day, last: self.last_day.unwrap_or(Day::FAR) }
    }
}

impl Fact for Benefit {
    const FILE: &'static str = "benefits.csv";
    const NAME: &'static str = "benefit";
}
