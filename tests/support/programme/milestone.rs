//! Milestones.

use super::{Length, Tally};

#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    pub outcome: String,
    pub mode: Mode,
    pub after: After,
    pub then: Option<Then>,
    pub min_days: Option<i64>,
    pub within: Option<Length>,
    pub repeat: Option<i64>,
}

impl Milestone {
    pub fn new(outcome: impl Into<String>, mode: Mode, after: Length) -> Milestone {
        let after = After::Lasting(after);
        Milestone { outcome: outcome.into(), mode, after, then: None, min_days: None, within: None, repeat: None }
    }
}

/// What a milestone waits for: a length of time, or so many hours or so much money, as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    Lasting(Length),
    Tallied(Tally, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Continuous,
    Cumulative,
    OnDay,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Then {
    pub every: Length,
    pub times: i64,
}
