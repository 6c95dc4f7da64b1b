//! A participant as far as bounds ask: one that counts, or one that may come.

use super::price::Of;
use crate::measure::day::{Day, Span};

/// A participant as far as bounds ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person<'a> {
    /// Its id; one that is still to come has none.
    pub id: Option<&'a str>,
    /// Its group and traits.
    pub of: Of<'a>,
    /// The days that count.
    pub days: Span,
    /// The first and the last day that is known to be worked or reported, of any job.
    pub worked: Option<Span>,
}

impl Person<'_> {
    /// The first day of what may still be going on, where gaps of some days are bridged: what has ended does not go on.
    pub fn goes_on_since(&self, told: Option<Day>, gap: u32) -> Option<Day> {
        let told = told?;
        let goes_on = |worked: &Span| worked.first <= told && told <= worked.last.plus_days(i64::from(gap));
        Some(self.worked.filter(goes_on).map_or(told.next(), |worked| worked.first))
    }
}
