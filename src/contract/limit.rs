//! The terms of a limit (rule 9.1); how it is applied stands in `limits`.

use crate::measure::id::Id;
use crate::measure::money::Money;
use serde::Serialize;

/// At most `amount`, per scope and window, over some or all charges (rule 9.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limit {
    /// Its name in the contract.
    pub id: Id,
    /// What has a room of its own.
    pub scope: Scope,
    /// When the room is full again.
    pub window: LimitWindow,
    /// The most that is granted, in the currency's minor unit.
    pub amount: Money,
    /// The charges it covers; `None` = all.
    pub charges: Option<Vec<Id>>,
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
