//! Goals, what was shown of them, and indicators.

use super::Record;

#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    pub id: String,
    pub title: Option<String>,
    pub clause: Option<String>,
    pub needs: Option<i64>,
    pub requirements: Vec<Requirement>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    pub id: String,
    pub title: Option<String>,
    pub clause: Option<String>,
    pub from: ShownBy,
    /// The target, a ratio as it is written; none where the result is only told, or the other goal's.
    pub at_least: Option<String>,
}

/// Where the result of a requirement comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ShownBy {
    /// The rows of `goals.csv`.
    Entries,
    Figure(String),
    Goal(String),
}

/// What a figure says of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalBy {
    Met,
    Degree,
    Requirements,
}

/// A row of `goals.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShownRow {
    pub record: Record,
    pub goal: String,
    pub requirement: String,
    pub shown_on: String,
    pub result: String,
    pub evidence: String,
}

/// A row of `indicators.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndicatorRow {
    pub record: Record,
    pub name: String,
    pub about: String,
    pub first_day: String,
    pub last_day: String,
    /// May begin with `-`.
    pub value: String,
    pub respondents: String,
    pub text: String,
    pub source: String,
}
