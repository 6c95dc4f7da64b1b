//! A gain that is told and never paid, such as well-being (goals 5).

use super::record::Fact;
use crate::measure::day::Span;
use crate::measure::id::Id;
use rust_decimal::Decimal;

/// What was measured or heard of a group (goals 5). No key of a contract can name it, so no amount can rest on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Indicator {
    /// What is measured, as people call it.
    pub name: Box<str>,
    /// Whom it is about: `citizens`, `companies`, `job-centre`, or whatever the programme writes.
    pub about: Id,
    /// The days it is of.
    pub days: Span,
    /// The value, if there is one; it may be negative.
    pub value: Option<Decimal>,
    /// How many were asked, if that was reported.
    pub respondents: Option<u32>,
    /// What was said, if there is something.
    pub text: Option<Box<str>>,
    /// Where it comes from.
    pub source: Box<str>,
}

impl Fact for Indicator {
    const FILE: &'static str = "indicators.csv";
    const NAME: &'static str = "indicator";
}
