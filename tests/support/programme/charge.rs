//! Charges.

use super::{Anchor, ChargePayer, Day, Every, Length, Milestone, Price, Round, Vat, When};

#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    pub id: String,
    pub clause: Option<String>,
    pub what: What,
    pub price: Price,
    /// Charges, steps of them (`13-weeks/step-02`) and gates that come first.
    pub requires: Vec<String>,
    pub variant: Option<String>,
    pub adjust: Vec<Adjust>,
    pub round: Option<Round>,
    pub delay: Option<Delay>,
    /// `owed_by = "payee"`
    pub owed_back: bool,
    /// In place of the contract's shares.
    pub payers: Vec<ChargePayer>,
    pub vat: Option<Vat>,
}

impl Charge {
    /// A charge with nothing besides.
    pub fn of(id: &str, what: What, price: Price) -> Charge {
        Charge {
            id: id.into(),
            clause: None,
            what,
            price,
            requires: Vec::new(),
            variant: None,
            adjust: Vec::new(),
            round: None,
            delay: None,
            owed_back: false,
            payers: Vec::new(),
            vat: None,
        }
    }
}

/// One row of `[[charge.adjust]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjust {
    /// Nothing where the row only rounds.
    pub by: Option<By>,
    pub when: When,
    pub round: Option<Round>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum By {
    /// A ratio as it is written: a decimal or `5/6`.
    Factor(String),
    /// An index by its id.
    Index(String),
}

/// A published index: a metric of the measurements.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    pub id: String,
    pub metric: String,
    /// `2017-10`
    pub base: String,
    pub every: Every,
    pub lag_months: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    Of(Length),
    Weekdays(i64),
    BankDays(i64),
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Fixed { dates: Dates, per: Per },
    Milestone(Milestone),
    Period { outcome: String, unit: Unit, min_days: Option<i64>, prorate: bool, by: Option<Tally>, max_units: Option<i64> },
    Measured { figure: String, times: Vec<String>, dates: Dates, per_participant: bool, cumulative: bool },
}

impl What {
    /// Whether it is the contract's own, with no participant.
    pub fn is_the_contracts(&self) -> bool {
        match self {
            What::Fixed { per, .. } => *per != Per::Participant,
            What::Measured { per_participant, .. } => !per_participant,
            What::Milestone(_) | What::Period { .. } => false,
        }
    }
}

/// For whom a fixed charge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    Contract,
    Company,
    Participant,
}

/// What is tallied over qualifying days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    Hours,
    Earnings,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Dates {
    On(Vec<Day>),
    Every(Every),
    /// Of a participant, once: so long after the anchor.
    After {
        from: Anchor,
        length: Option<Length>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
    /// Pieces of so many weeks, counted from the anchor.
    Weeks(i64),
}
