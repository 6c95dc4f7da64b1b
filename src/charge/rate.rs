//! Rate cards: the first row whose conditions all hold on a day is that day's rate (rule 8.1).

use crate::measure::day::Span;
use crate::measure::id::Id;
use rust_decimal::Decimal;
use serde::Serialize;

/// The rows of a charge's rate card, in their order; a charge with a single `amount` has one row without conditions
/// (rule 8.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RateCard {
    /// The rows; the first that applies counts.
    pub rows: Vec<RateRow>,
}

/// An amount and the conditions under which it applies; a condition that is not there always holds (rule 8.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RateRow {
    /// In the contract's currency, exact.
    pub amount: Decimal,
    /// The day's kind is one of these.
    pub kinds: Option<Vec<Id>>,
    /// The participant's target group is one of these.
    pub target_groups: Option<Vec<Id>>,
    /// `from` ≤ hours a week on the day < `below`.
    pub hours: Option<HoursBand>,
    /// `from_month` ≤ whole months from the anchor to the day < `below_month`.
    pub elapsed: Option<ElapsedBand>,
    /// The day is one of these.
    pub valid: Option<Span>,
}

/// Hours a week, from the first up to, not including, the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct HoursBand {
    /// The fewest.
    pub from: Decimal,
    /// Fewer than this.
    pub below: Decimal,
}

/// Whole months since the window's anchor or, without a window, since `enrolled_on` (rule 8.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ElapsedBand {
    /// The first month, from 0.
    pub from_month: u32,
    /// The first month that no longer counts.
    pub below_month: u32,
}

impl RateCard {
    /// A single amount, whatever the day.
    #[must_use]
    pub fn flat(amount: Decimal) -> RateCard {
        RateCard { rows: vec![RateRow::flat(amount)] }
    }
}

impl RateRow {
    /// An amount without conditions.
    #[must_use]
    pub fn flat(amount: Decimal) -> RateRow {
        RateRow { amount, kinds: None, target_groups: None, hours: None, elapsed: None, valid: None }
    }
}
