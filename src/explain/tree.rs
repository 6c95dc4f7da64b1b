//! An explanation as plain values: settlement by settlement, subject by subject, amount by amount.

use super::delay::Delayed;
use super::gated::GateTold;
use super::reason::LeftOut;
use super::reckoning::Reckoning;
use super::source::{KnownSpell, RowSince};
use super::tied::Tied;
use crate::contract::{LimitWindow, Scope, TermChange};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;
use crate::measure::money::{Currency, Money, Shown, Total};
use serde::Serialize;

/// The answer to a question about a contract.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Explanation {
    /// The contract.
    pub contract: String,
    /// What the parties call it.
    pub title: Option<String>,
    /// The one currency of all amounts (rule 2.1).
    pub currency: Currency,
    /// The day as of which it is told (rule 3.9).
    pub as_of: Day,
    /// The participant that was asked about.
    pub participant: Option<String>,
    /// The settlement that was asked about.
    pub settlement: Option<u32>,
    /// The settlements, in order.
    pub settlements: Vec<Chapter>,
    /// Where the question names no settlement: what is not paid, over the whole term up to now and by the facts of the last
    /// settlement, of the participant or, for a whole contract, of those of whom nothing was ever posted.
    pub unpaid: Option<Chapter>,
}

/// One settlement (rule 4.3).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Chapter {
    /// Its number, from 1.
    pub number: u32,
    /// Its days.
    pub days: Span,
    /// The day on which the facts were taken.
    pub cut_off: Day,
    /// The version of the contract that it follows; none if there is only one.
    pub version: Option<Followed>,
    /// The sum of the postings that are told.
    pub total: Shown,
    /// Whom something is told about, in the order of rule 7: the contract, companies, participants.
    pub parts: Vec<Part>,
}

/// Which version of a contract a settlement follows (mechanisms 9.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Followed {
    /// When it was agreed; none = the first version.
    pub agreed_on: Option<Day>,
    /// The versions agreed since the settlement before, the first settlement aside.
    pub new: Vec<NewVersion>,
}

/// A version of a contract, and what it says otherwise than the one before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NewVersion {
    /// When it was agreed.
    pub agreed_on: Day,
    /// By the contract's own keys.
    pub changes: Vec<TermChange>,
}

/// What one subject is paid in one settlement, and what it is not paid.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Part {
    /// Whom it is about.
    pub subject: Whom,
    /// Whether a participant counts at all (rule 5).
    pub standing: Option<Standing>,
    /// The participant's spells as known on the cut-off; none where no row is new since the settlement told before.
    pub spells: Option<Vec<KnownSpell>>,
    /// The sum of the postings.
    pub total: Shown,
    /// The postings and the entitlements cut to nothing, charge by charge, unit by unit.
    pub items: Vec<Item>,
    /// What was looked at in these days and is not paid, and why.
    pub unpaid: Vec<Unpaid>,
}

impl Part {
    /// Whether it says why something is not paid.
    #[must_use]
    pub fn says_why(&self) -> bool {
        !self.unpaid.is_empty() || !self.counts()
    }

    /// Whether the subject counts at all (rule 5).
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(self.standing, None | Some(Standing::Counts { .. }))
    }
}

/// The subject of a key (rule 7).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// The contract as a whole.
    Contract,
    /// A company.
    Company(String),
    /// A participant.
    Participant(String),
}

/// Whether a participant counts on a cut-off, and why not (rule 5).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It counts.
    Counts {
        /// Its group when enrolled.
        target_group: String,
        /// Its first day.
        enrolled_on: Day,
        /// Its last day; none = no end.
        eligible_until: Option<Day>,
    },
    /// No row of it was recorded by the cut-off.
    NotYetRecorded {
        /// The day of its first row.
        recorded_on: Day,
    },
    /// It was withdrawn.
    Withdrawn {
        /// The line of the row that withdrew it.
        line: u32,
        /// When that was recorded.
        recorded_on: Day,
    },
    /// Its target group is not one of the cohort's.
    OtherTargetGroup {
        /// Its group.
        target_group: String,
        /// The cohort's.
        allowed: Vec<String>,
    },
    /// It enrolled outside the cohort's days.
    EnrolledOutside {
        /// When it enrolled.
        enrolled_on: Day,
        /// The cohort's days.
        cohort: Span,
    },
    /// Others came first (rule 5.3).
    BeyondCohort {
        /// Its place in the queue, from 1.
        place: u32,
        /// How many count.
        most: u32,
    },
}

/// What a posting is for: one unit, or neighbouring units of which the same is to be said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Units {
    /// What a unit is.
    pub kind: UnitKind,
    /// The first, as the key names it, without a company.
    pub first: String,
    /// The last.
    pub last: String,
    /// How many.
    pub count: u32,
    /// The company that is looked at apart (rule 6.6).
    pub company: Option<String>,
    /// The day that the first is earned on.
    pub earned_first: Day,
    /// The day that the last is earned on.
    pub earned_last: Day,
}

/// What a unit is (rule 7).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// A date of a fixed charge.
    Date(Day),
    /// A step of a milestone, from 1.
    Step(u32),
    /// A day, week or month.
    Cell(Grid),
}

/// A charge by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ChargeName {
    /// Its id.
    pub id: String,
    /// The clause of the paper contract.
    pub clause: Option<String>,
}

/// One posting, or an entitlement cut to nothing; or several that are alike.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Item {
    /// The charge.
    pub charge: ChargeName,
    /// What it is for.
    pub units: Units,
    /// What is posted for each unit.
    pub amount: Shown,
    /// What is posted in all.
    pub total: Shown,
    /// What kind of posting it is.
    pub change: Change,
    /// Why it is earned later than on its own day (mechanisms 7.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delayed: Option<Delayed>,
    /// How the amount before limits comes about, of the first unit.
    pub reckoning: Reckoning,
    /// What it waited for, and what it tops up (mechanisms 6).
    pub tied: Tied,
    /// The limits that cover it, in the contract's order (rule 9).
    pub limits: Vec<Room>,
    /// What is granted for each unit as known now.
    pub granted: Shown,
    /// What is cut from each unit, and by which limit.
    pub cut: Option<Cut>,
}

/// What a limit took.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Cut {
    /// How much.
    pub amount: Shown,
    /// The limit with the least room.
    pub by: String,
}

impl Cut {
    /// Whether it was taken of what is owed back: by a floor (mechanisms 8.1).
    #[must_use]
    pub fn by_floor(&self) -> bool {
        self.amount.minor() < 0
    }
}

/// A limit that covers an entitlement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Room {
    /// The limit.
    pub limit: String,
    /// What it is counted for.
    pub scope: Scope,
    /// The company, of a limit per company.
    pub company: Option<String>,
    /// Over which days.
    pub window: LimitWindow,
    /// The year or the settlement period of the window.
    pub window_number: i32,
    /// Whether it is a floor under the sum, and not the most that is granted.
    pub floor: bool,
    /// Where it counts payments and not money: of what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payments: Option<Payments>,
    /// The most that it grants, or the floor.
    pub amount: Shown,
    /// What was left before this entitlement; under a floor the sum.
    pub before: Shown,
    /// What was left after it, or after the last of several; under a floor the sum.
    pub after: Shown,
}

/// A number of payments that a limit grants (mechanisms 8.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payments {
    /// The number that the contract says.
    Number,
    /// A share of a figure.
    Share {
        /// The share.
        share: String,
        /// The figure.
        of: String,
    },
}

/// What all entitlements together have taken from a limit (rule 9.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoomUse {
    /// The limit.
    pub limit: String,
    /// Whose room it is.
    pub whose: Whom,
    /// The year or the settlement period of the window; 0 of a limit over the whole contract.
    pub window_number: i32,
    /// What was granted out of it.
    pub used: Money,
    /// What it took away from entitlements, as the limit that is named.
    pub cut: Total,
}

/// What kind of posting (rule 10.2).
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Paid for the first time.
    Earning {
        /// Where it was earned in an earlier period: the rows that were recorded since the settlement before.
        late: Vec<RowSince>,
    },
    /// The difference to what was posted before.
    Correction(Correction),
    /// A limit left nothing: there is no posting.
    CutToNothing,
    /// Paid as before, on new ground: there is no posting.
    SameAmount,
}

/// Why a key is corrected.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Correction {
    /// What was posted for it before.
    pub before: Vec<Earlier>,
    /// The sum of that.
    pub sum: Shown,
    /// Qualifying days that were counted, when the entitlement was last stated.
    pub days: Option<u32>,
    /// Why the amount is another one.
    pub cause: Cause,
    /// The rows that were recorded since the settlement before and bear on it.
    pub rows: Vec<RowSince>,
    /// The version of the contract that is followed since the settlement before, if it is another one.
    pub version: Option<Day>,
}

/// An earlier posting of a key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Earlier {
    /// In which settlement.
    pub settlement: u32,
    /// How much.
    pub amount: Shown,
}

/// Why an amount is another one than before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// There is no entitlement any more.
    FellAway,
    /// There is one again.
    CameBack,
    /// There is one again, for now it is earned in the period that is settled.
    EarnedNow,
    /// The amount before limits is another one.
    OtherAmount {
        /// What it was.
        was: Shown,
        /// What it is.
        now: Shown,
    },
    /// The amount before limits is the same; the limits leave another part of it, because others or other amounts of the same
    /// participant take more or less of the room before it.
    OtherRoom {
        /// What was granted.
        was: Shown,
        /// What is granted.
        now: Shown,
        /// The limits that cut it before or now.
        limits: Vec<String>,
        /// Whether one of them is shared with others.
        shared: bool,
    },
}

/// Units or a step that were looked at and are not paid.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Unpaid {
    /// The charge.
    pub charge: ChargeName,
    /// What is not paid.
    pub units: Units,
    /// Why.
    pub reckoning: Reckoning,
    /// The gates that stop it, or at which it waits (mechanisms 6.3).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GateTold>,
    /// Over all these units the days left out, each range with its reason; of a step that is not reached those of the period
    /// that is settled, unless they are told with something else that is not paid.
    pub left_out: Vec<LeftOut>,
}
