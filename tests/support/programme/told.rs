//! What is told of a contract: stretches of days that are suspended, and units that were checked.

use super::Record;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SuspensionRow {
    pub record: Record,
    pub first_day: String,
    pub last_day: String,
    pub reason: String,
}

/// A row of `validation.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckRow {
    pub record: Record,
    pub sample: String,
    pub charge: String,
    pub subject: String,
    pub unit: String,
    pub result: String,
}
