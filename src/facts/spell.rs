//! A stretch of constant terms in one job.

use super::record::Fact;
use crate::measure::day::Day;
use crate::measure::id::Id;
use rust_decimal::Decimal;

/// A spell: one kind of employment at constant weekly hours in one job (rule 3.4).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spell {
    /// The job it belongs to.
    pub job: Job,
    /// `ordinary`, `flex-job` …, or a kind that the contract lists.
    pub kind: Id,
    /// Its first day.
    pub first_day: Day,
    /// Its last day, itself included; `None` = still running.
    pub last_day: Option<Day>,
    /// Hours a week.
    pub weekly_hours: Decimal,
    /// What the report rests on, such as a form's number.
    pub evidence: Option<Box<str>>,
}

/// What a spell is a stretch of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Job {
    /// A job in a placement, by its id.
    Placement(Id),
    /// A job outside the programme.
    Outside {
        /// Whose.
        participant: Id,
        /// At which employer: a name, compared byte by byte.
        employer: Id,
    },
}

impl Fact for Spell {
    const FILE: &'static str = "spells.csv";
    const NAME: &'static str = "spell";
}

/// The kinds of employment that every contract knows.
pub const STANDARD_KINDS: [&str; 7] =
    ["ordinary", "flex-job", "wage-subsidy", "apprenticeship", "internship", "education", "self-employed"];
