//! An offer: a stretch of days on which a company centre has places (places 1).

use super::record::Fact;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;

/// So many places of a centre, from a day to a day (places 1). It waits for its companies (rule 3.6).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The centre that has them; offers of one centre add up.
    pub centre: Id,
    /// The companies where they are, sorted, each once; at least one.
    pub companies: Vec<Id>,
    /// How many; 0 lies dormant.
    pub places: u32,
    /// The first day.
    pub first_day: Day,
    /// The last day, itself included; `None` = still running.
    pub last_day: Option<Day>,
}

impl Offer {
    /// Its days.
    #[must_use]
    pub fn days(&self) -> Span {
        Span { first: self.first_day, last: self.last_day.unwrap_or(Day::FAR) }
    }
}

impl Fact for Offer {
    const FILE: &'static str = "places.csv";
    const NAME: &'static str = "offer";
}
