//! A week without benefit and what it saves, as plain values (saving 3 to 5).

use super::fraction::Fraction;
use crate::measure::day::Span;
use serde::Serialize;

/// A week that a participant avoids.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WeekTold {
    /// Who.
    pub participant: String,
    /// Monday to Sunday.
    pub days: Span,
    /// The benefit that it had last.
    pub last: String,
    /// Its type.
    pub benefit: String,
    /// What that would pay.
    pub weekly: Option<Fraction>,
    /// The number of the week, had nothing been avoided.
    pub number: Option<u32>,
    /// What the state would refund of it.
    pub share: Option<Fraction>,
    /// What is paid in its place.
    pub costs: Vec<CostTold>,
    /// What the week adds to the figure.
    pub adds: Option<Fraction>,
}

/// What a kind of spell costs in a week.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CostTold {
    /// The kind.
    pub kind: String,
    /// What is paid.
    pub weekly: Option<Fraction>,
    /// What the state refunds of it; 0 where it refunds nothing.
    pub share: Option<Fraction>,
}
