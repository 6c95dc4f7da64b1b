//! What a municipality saves: the table `[saving]` of a contract, and the rows of `benefits.csv`.

use super::Record;
use super::{Day, Length};

#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    /// From the enrolment on.
    pub during: Length,
    /// A fraction of two whole numbers as it is written: `12/52`.
    pub months_to_weeks: Option<String>,
    /// `amounts = "rows"`: what the last row itself says.
    pub amounts_of_rows: bool,
    pub supported_kinds: Option<Vec<String>>,
    pub reset: Option<Reset>,
    pub refunds: Vec<Refund>,
    pub rates: Vec<BenefitRate>,
    pub costs: Vec<Cost>,
}

/// So many self-supporting weeks within so many months start the clock again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reset {
    pub weeks: i64,
    pub within_months: i64,
}

/// From and until, both inclusive.
pub type Valid = Option<(Option<Day>, Option<Day>)>;

/// The state's share of a benefit.
#[derive(Clone, Debug, PartialEq)]
pub struct Refund {
    /// From and below.
    pub weeks: Option<(Option<i64>, Option<i64>)>,
    pub valid: Valid,
    pub share: String,
    pub source: String,
}

/// What a benefit pays.
#[derive(Clone, Debug, PartialEq)]
pub struct BenefitRate {
    pub benefit: String,
    pub valid: Valid,
    pub amount: Pays,
    pub source: String,
}

/// What the municipality pays in place of a benefit.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    pub kinds: Vec<String>,
    pub valid: Valid,
    pub amount: Pays,
    pub refunded: bool,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Pays {
    Weekly(String),
    Monthly(String),
}

impl Pays {
    pub fn text(&mut self) -> &mut String {
        match self {
            Pays::Weekly(amount) | Pays::Monthly(amount) => amount,
        }
    }
}

/// What a figure says of weeks without benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Net,
    Gross,
    Weeks,
}

/// A row of `benefits.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BenefitRow {
    pub record: Record,
    pub participant: String,
    pub kind: String,
    pub first_day: String,
    pub last_day: String,
    pub weekly: String,
    pub monthly: String,
    pub clock: String,
}
