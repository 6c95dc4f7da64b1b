//! Tallies: what of the days that qualify is added up (mechanisms 4.1).

use super::{Among, Window};
use crate::measure::id::Id;

/// The sum over the days that qualify for an outcome, on the days of a window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// What is added up.
    pub of: Tallied,
    /// The outcome whose days they are.
    pub outcome: Id,
    /// Of whom.
    pub among: Among,
    /// On which days.
    pub window: Window,
    /// Whether it is each participant's own (mechanisms 4.3).
    pub per_participant: bool,
}

/// What of the days is added up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tallied {
    /// The days themselves.
    Days,
}
