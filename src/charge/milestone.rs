//! Milestones: an amount when an outcome has lasted (rule 7.2).

use crate::measure::id::Id;
use crate::timeline::outcome::Length;
use serde::Serialize;

/// Paid when the outcome has lasted `after`, and again at each further step (rule 7.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Milestone {
    /// The outcome that has to last.
    pub outcome: Id,
    /// What "lasted" means.
    pub mode: Mode,
    /// How long until the first step.
    pub after: Length,
    /// The steps after the first.
    pub then: Option<Then>,
}

/// What "lasted" means (rule 7.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Calendar time from a run's first day, bridged gaps included.
    Continuous,
    /// Qualifying days, counted over all runs.
    Cumulative,
}

/// Further steps, at `after + j × every` (rule 7.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Then {
    /// The time from one step to the next; in months if and only if `after` is.
    pub every: Length,
    /// How many further steps, 1 to 98.
    pub times: u32,
}
