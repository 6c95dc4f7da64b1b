//! The terms of a limit (rule 9.1, mechanisms 8.1); how it is applied stands in `limits`.

use crate::measure::id::Id;
use crate::measure::money::Money;
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

/// What a limit holds the net sum of what it covers to, in the currency's minor unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// At most so much: it cuts what is owed to the payee (rule 9.1).
    Amount(Money),
    /// At least so much: it cuts what is owed back (mechanisms 8.1).
    Floor(Money),
}

impl Bound {
    /// The room that is there before anything is granted.
    #[must_use]
    pub fn whole(self) -> Money {
        match self {
            Bound::Amount(most) => most,
            Bound::Floor(least) => -least,
        }
    }

    /// Whether it can cut an amount of that sign: an amount cuts no negative one, a floor no other.
    #[must_use]
    pub fn cuts(self, amount: Money) -> bool {
        match self {
            Bound::Amount(_) => amount >= Money::ZERO,
            Bound::Floor(_) => amount < Money::ZERO,
        }
    }

    /// How much room a granted amount takes: under an amount what is owed back gives room, under a floor it takes it
    /// (mechanisms 10.2).
    #[must_use]
    pub fn taken(self, granted: Money) -> Money {
        match self {
            Bound::Amount(_) => granted,
            Bound::Floor(_) => -granted,
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
