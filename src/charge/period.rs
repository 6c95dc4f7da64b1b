//! Period charges: an amount for each day, week or month with qualifying days (rule 7.3).

use crate::measure::grid::Grid;
use crate::measure::id::Id;
use serde::Serialize;

/// Paid for each unit with qualifying days (rule 7.3).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Period {
    /// The outcome whose days are counted.
    pub outcome: Id,
    /// Day, week or month.
    pub unit: Grid,
    /// In full or day by day.
    pub pay: Pay,
    /// The most units with an entitlement per participant (and company), the earliest first.
    pub max_units: Option<u32>,
}

/// How much of a unit is paid (rule 7.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pay {
    /// All of it, when at least so many of its days qualify.
    Full {
        /// The fewest qualifying days, 1 if the contract does not say.
        min_days: u32,
    },
    /// For each qualifying day the rate of that day ÷ days in the unit.
    Prorated,
}
