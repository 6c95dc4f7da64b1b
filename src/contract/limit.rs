//! The terms of a limit (rule 9.1, mechanisms 8.1); how it is applied stands in `limits`.

use crate::measure::id::Id;
use crate::measure::money::Money;
use crate::measure::ratio::Ratio;
use serde::Serialize;

/// A bound, per scope and window, over some or all charges (rule 9.1, mechanisms 8.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limit {
    /// Its name in the contract.
    pub id: Id,
    /// What has a room of its own.
    pub scope: Scope,
    /// When the room is full again.
    pub window: LimitWindow,
    /// What it holds to.
    pub bound: Bound,
    /// The charges it covers; `None` = all.
    pub charges: Option<Vec<Id>>,
}

/// What a limit holds what it covers to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bound {
    /// The net sum is at most so much, in the currency's minor unit: it cuts what is owed to the payee (rule 9.1).
    Amount(Money),
    /// The net sum is at least so much: it cuts what is owed back (mechanisms 8.1).
    Floor(Money),
    /// At most so many keys are granted anything; what is owed back is neither counted nor cut (mechanisms 8.1).
    Units(Units),
}

/// How many keys are granted at most (mechanisms 8.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Units {
    /// So many.
    Number(u32),
    /// A share of a figure as it stands on the last day that is settled, cut down to a whole number.
    Share {
        /// The share.
        share: Ratio,
        /// The figure.
        of: Id,
    },
}

impl Bound {
    /// Whether it can cut an amount of that sign: a floor cuts negative ones, the others no negative one.
    #[must_use]
    pub fn cuts(&self, amount: Money) -> bool {
        match self {
            Bound::Amount(_) | Bound::Units(_) => amount >= Money::ZERO,
            Bound::Floor(_) => amount < Money::ZERO,
        }
    }

    /// How much room a granted amount takes: under an amount what is owed back gives room, under a floor it takes it
    /// (mechanisms 10.2); of units one.
    #[must_use]
    pub fn taken(&self, granted: Money) -> Money {
        match self {
            Bound::Amount(_) => granted,
            Bound::Floor(_) => -granted,
            Bound::Units(_) => Money::from_minor(i64::from(granted > Money::ZERO)),
        }
    }

    /// The figure whose share it is.
    #[must_use]
    pub const fn share(&self) -> Option<(Ratio, &Id)> {
        match self {
            Bound::Units(Units::Share { share, of }) => Some((*share, of)),
            _ => None,
        }
    }
}

/// What a limit is counted for (rule 9.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Each participant.
    Participant,
    /// Each company: that of the entitlement's reference day (rule 8.3).
    Company,
    /// The contract as a whole.
    Contract,
}

/// The days over which a limit is counted, by the day earned (rule 9.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitWindow {
    /// The whole contract.
    Total,
    /// Each calendar year.
    CalendarYear,
    /// Each settlement period.
    SettlementPeriod,
}
