//! How goals stand, as plain values (goals 2, 3).

use super::fraction::Fraction;
use super::source::Source;
use crate::figure::goal::State;
use crate::measure::day::Day;
use rust_decimal::Decimal;
use serde::Serialize;

/// How a goal stands on a day.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct GoalTold {
    /// Its name.
    pub goal: String,
    /// How many of its requirements have to be met.
    pub needed: usize,
    /// How many are.
    pub met: usize,
    /// How many are not known.
    pub unknown: usize,
    /// In per cent; none if it is not known.
    pub degree: Option<Fraction>,
    /// Whether it is met.
    pub state: Option<State>,
    /// What it asks, and what there is of it; nothing where it is told above.
    pub requirements: Vec<RequirementTold>,
}

/// How a requirement stands on a day.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RequirementTold {
    /// Its name.
    pub requirement: String,
    /// What is asked.
    pub target: Option<Fraction>,
    /// What there is; none if it is not known.
    pub result: Option<Fraction>,
    /// In per cent.
    pub degree: Option<Fraction>,
    /// Whether it is met.
    pub state: State,
    /// From what the result comes.
    pub from: FromTold,
}

/// From what a result comes.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FromTold {
    /// What was shown, by day and id.
    Entries(Vec<EntryTold>),
    /// A figure, told above.
    Figure(String),
    /// Another goal.
    Goal(Box<GoalTold>),
}

/// What was shown, and by what.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct EntryTold {
    /// Its id.
    pub id: String,
    /// When it was shown.
    pub shown_on: Day,
    /// How much.
    pub result: Decimal,
    /// By what.
    pub evidence: String,
    /// Where it stands.
    pub row: Source,
}
