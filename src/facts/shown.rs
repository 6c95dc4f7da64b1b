//! What was shown of a goal, and by what (goals 1).

use super::record::Fact;
use crate::measure::day::Day;
use crate::measure::id::Id;
use rust_decimal::Decimal;

/// An entry: on a day so much of a requirement was shown (goals 1). It waits for nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// The goal of the contract.
    pub goal: Id,
    /// The requirement of that goal.
    pub requirement: Id,
    /// The day on which it was shown.
    pub shown_on: Day,
    /// How much; entries add up.
    pub result: Decimal,
    /// By what: a result without evidence is no row.
    pub evidence: Box<str>,
}

impl Fact for Shown {
    const FILE: &'static str = "goals.csv";
    const NAME: &'static str = "entry";
}
