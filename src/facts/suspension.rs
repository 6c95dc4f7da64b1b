//! A suspension: days on which a contract stands still, such as force majeure (mechanisms 9.1).

use super::record::Fact;
use crate::measure::day::Day;

/// A stretch of days that gates can ask about; by itself it does nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suspension {
    /// Its first day.
    pub first_day: Day,
    /// Its last day, itself included; `None` = not over yet.
    pub last_day: Option<Day>,
    /// Why; the engine makes nothing of it.
    pub reason: Option<Box<str>>,
}

impl Suspension {
    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.first_day <= day && self.last_day.is_none_or(|last| day <= last)
    }
}

impl Fact for Suspension {
    const FILE: &'static str = "suspensions.csv";
    const NAME: &'static str = "suspension";
}
