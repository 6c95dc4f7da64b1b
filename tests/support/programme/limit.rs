//! Limits.

#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    pub id: String,
    pub scope: Scope,
    pub window: LimitWindow,
    pub amount: String,
    /// The amount is a `floor`.
    pub floor: bool,
    pub charges: Option<Vec<String>>,
    /// In place of an amount, which is then empty.
    pub units: Option<Units>,
}

/// At most so many keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Units {
    Keys(i64),
    /// A share of a figure.
    Share {
        share: String,
        of: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Participant,
    Company,
    Contract,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitWindow {
    Total,
    CalendarYear,
    SettlementPeriod,
}
