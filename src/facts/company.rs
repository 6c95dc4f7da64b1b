//! A company of the programme.

use super::record::Fact;
use crate::measure::day::{Day, Span};

/// A company that citizens are placed in (rule 3.4).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Company {
    /// Its registration number; not used by the engine.
    pub cvr: Option<Box<str>>,
    /// Its name; not used by the engine.
    pub name: Option<Box<str>>,
    /// The first day in the programme; `None` = not yet.
    pub joined_on: Option<Day>,
    /// The last day in the programme; `None` = still there.
    pub left_on: Option<Day>,
}

impl Fact for Company {
    const FILE: &'static str = "companies.csv";
    const NAME: &'static str = "company";
}

impl Company {
    /// The days on which it takes part: it has joined and not left before (rule 6.1).
    #[must_use]
    pub fn days_in_programme(&self) -> Option<Span> {
        Span::new(self.joined_on?, self.left_on.unwrap_or(Day::FAR))
    }
}
