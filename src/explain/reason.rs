//! Why a day does not count, as plain values (rule 6).

use crate::measure::day::{Day, Span};
use crate::timeline::outcome::Anchor;
use rust_decimal::Decimal;
use serde::Serialize;

/// Days in a row that do not count, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LeftOut {
    /// The days.
    pub days: Span,
    /// Why.
    pub reason: Reason,
}

/// Why a day does not count.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Before the contract's first day (rule 4.1).
    BeforeTerm {
        /// That day.
        starts: Day,
    },
    /// After the contract's last day (rule 4.1).
    AfterTerm {
        /// That day.
        ends: Day,
    },
    /// Before the participant enrolled (rule 5.2).
    BeforeEnrolment {
        /// The day of enrolment.
        enrolled_on: Day,
    },
    /// After the last day on which it is eligible (rule 5.2).
    AfterEligibility {
        /// That day.
        until: Day,
    },
    /// No spell is known.
    NoSpell,
    /// No report of paid hours is known (mechanisms 3.2).
    NoReport,
    /// Spells are known, but none of them counts on the day.
    NoneActive {
        /// Each with its reason.
        spells: Vec<Idle>,
    },
    /// The spells that count have too few hours together (rule 6.2).
    TooFewHours {
        /// Their hours.
        hours: Decimal,
        /// The fewest that are needed.
        minimum: Decimal,
        /// Which.
        spells: Vec<String>,
        /// Those that do not count, each with its reason.
        idle: Vec<Idle>,
    },
    /// A spell of a kind on whose days nothing qualifies (mechanisms 3.1).
    Excepted {
        /// The spell.
        spell: String,
        /// Its kind.
        kind: String,
    },
    /// One of the first days that would qualify, which do not (mechanisms 3.1).
    Skipped {
        /// How many they are.
        days: u32,
    },
    /// There is no day that the window could be counted from (rule 6.4).
    NoAnchor {
        /// What it is counted from.
        from: Anchor,
    },
    /// Before the window (rule 6.4).
    BeforeWindow {
        /// What it is counted from.
        from: Anchor,
        /// Its first day.
        opens: Day,
    },
    /// After the window (rule 6.4).
    AfterWindow {
        /// What it is counted from.
        from: Anchor,
        /// Its first day.
        opens: Day,
        /// Its last day.
        closes: Day,
    },
}

/// A spell that does not count on a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Idle {
    /// The spell.
    pub spell: String,
    /// Why.
    pub why: Why,
}

/// Why a spell does not count on a day that it was reported for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The outcome does not count its kind (rule 6.1).
    Kind {
        /// Its kind.
        kind: String,
    },
    /// The day is before `placed_on` (rule 6.1).
    BeforePlaced {
        /// The placement.
        placement: String,
        /// Its first day.
        placed_on: Day,
    },
    /// The company has not joined the programme, or joins later (rule 6.1).
    NotJoined {
        /// The company.
        company: String,
        /// When it joins, if that is known.
        joined_on: Option<Day>,
    },
    /// The company has left the programme (rule 6.1).
    CompanyLeft {
        /// The company.
        company: String,
        /// Its last day.
        left_on: Day,
    },
    /// A job outside the programme (rule 6.1).
    OutsideJob {
        /// The employer.
        employer: String,
    },
    /// Not a new job: a spell at the same place began before enrolment (rule 6.1).
    NotNew {
        /// That spell.
        earlier: String,
        /// Its first day.
        first_day: Day,
        /// The day of enrolment.
        enrolled_on: Day,
    },
    /// The outcome asks for evidence, and there is none (mechanisms 3.1).
    NoEvidence,
    /// The next spell in the same job has begun (rule 3.5).
    Followed {
        /// That spell.
        by: String,
        /// Its first day.
        first_day: Day,
    },
    /// Another spell of the same job begins on the same day and counts instead (rule 3.5).
    SetAside {
        /// That spell.
        by: String,
    },
    /// Open, and not confirmed for so long (rule 6.1).
    Unconfirmed {
        /// When its row was recorded.
        recorded_on: Day,
        /// The last day that it counts as confirmed.
        until: Day,
    },
    /// It waits for a fact that is not known on the cut-off (rule 3.6).
    Waits {
        /// `placement` or `company`.
        fact: &'static str,
        /// The id of that fact.
        id: String,
    },
}
