//! Fixed charges: an amount on named dates (rule 7.1).

use crate::measure::day::Day;
use serde::Serialize;

/// `amount` on each date of `on` (rule 7.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fixed {
    /// The dates.
    pub on: Vec<Day>,
    /// Once for the contract, or once for each company.
    pub per: FixedPer,
}

/// How often a fixed charge falls due on each of its dates (rule 7.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixedPer {
    /// Once.
    #[default]
    Contract,
    /// Once for each company that has joined by the date and not left before it.
    Company,
}
