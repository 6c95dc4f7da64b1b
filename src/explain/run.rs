//! The runs of days that qualify, as plain values (rule 6.5).

use super::reason::LeftOut;
use crate::measure::day::{Day, Span};
use serde::Serialize;

/// A run (rule 6.5).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RunTold {
    /// Its first day.
    pub first: Day,
    /// Its last qualifying day, or the day on which the step was reached.
    pub last: Day,
    /// The spells that were counted.
    pub spells: Vec<String>,
    /// Its qualifying days.
    pub count: u32,
    /// The gaps that it bridges, each with its reasons.
    pub bridged: Vec<Gap>,
    /// The gap that ended it, if another run follows.
    pub ended_by: Option<Gap>,
    /// How many days the run would have bridged with that gap, if the gap by itself is short enough.
    pub would_bridge: Option<u32>,
}

/// Days between two qualifying days.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Gap {
    /// The days.
    pub days: Span,
    /// Why they do not count.
    pub left_out: Vec<LeftOut>,
}
