//! Figures.

use super::{Day, GoalBy, PlacesBy, Saved, Seats};

/// A number with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub id: String,
    pub form: Form,
    pub decimals: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Metric {
        metric: String,
        cohort: Option<String>,
        window: FigureWindow,
        per_participant: bool,
    },
    Value(String),
    Count {
        of: Counted,
        among: Among,
        window: FigureWindow,
    },
    /// The days of an outcome.
    Tally {
        outcome: String,
        among: Among,
        window: FigureWindow,
        per_participant: bool,
    },
    Compare {
        of: String,
        with: String,
        by: Comparison,
    },
    /// What charges have been granted so far.
    Granted {
        charges: Vec<String>,
        window: FigureWindow,
    },
    /// The share of what was checked that is invalid.
    Sample(String),
    /// What weeks without benefit save.
    Saving {
        of: Saved,
        among: Among,
        window: FigureWindow,
        per_participant: bool,
    },
    /// What a goal has come to.
    Goal {
        goal: String,
        by: GoalBy,
    },
    /// Places at companies.
    Places {
        of: Seats,
        by: PlacesBy,
        centre: Option<String>,
        /// Of `occupied`.
        outcome: Option<String>,
        among: Among,
        window: FigureWindow,
    },
    /// Figures with their weights.
    Sum(Vec<(String, Option<String>)>),
}

/// What a figure counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    Participants,
    Companies,
    Reached { charge: String, step: Option<i64> },
    Units { charge: String },
}

/// Among which participants a figure looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Among {
    pub target_groups: Option<Vec<String>>,
    pub traits: Option<Vec<String>>,
    pub enrolled: Option<(Option<Day>, Option<Day>)>,
}

/// The days that a metric's measurements may end on, that what is granted may be earned on, and on which others happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureWindow {
    Total,
    CalendarYear,
    SinceLast,
}

/// How two figures are held against one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    Difference,
    Ratio,
    Percent,
    PercentChange,
    PercentFall,
}
