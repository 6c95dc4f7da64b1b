//! The terms of an outcome: a named condition on a day (rule 6).

use super::payroll::Payroll;
use crate::measure::id::Id;
use rust_decimal::Decimal;
use serde::Serialize;

/// Which days qualify (rule 6).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Outcome {
    /// Its name in the contract.
    pub id: Id,
    /// The kinds of spell that count, in order of precedence (rule 6.3).
    pub kinds: Vec<Id>,
    /// The fewest hours a week, over all active spells, with which a day qualifies (rule 6.2).
    pub min_weekly_hours: Decimal,
    /// Whose jobs count (rule 6.1).
    pub companies: Companies,
    /// What is looked at together (rule 6.6).
    pub per: Per,
    /// The longest gap that a run bridges, in days (rule 6.5).
    pub max_gap_days: u32,
    /// The most days that a run bridges in all (rule 6.5).
    pub max_gap_total: Option<u32>,
    /// Which jobs at a company or employer where the participant had a spell before enrolment are left out (rule 6.1).
    pub new_jobs_only: NewJobs,
    /// The only days that can qualify, counted from an anchor (rule 6.4).
    pub window: Option<Window>,
    /// Where reports of paid hours are looked at in place of spells: how they become weeks and days (mechanisms 3.1, 3.2).
    pub payroll: Option<Payroll>,
    /// Whether only spells or reports with evidence count (mechanisms 3.1).
    pub evidence_required: bool,
    /// A day on which any spell is of one of these kinds does not qualify (mechanisms 3.1).
    pub except_kinds: Vec<Id>,
    /// So many of the first days that would qualify do not (mechanisms 3.1).
    pub skip_days: u32,
    /// Whether each place of work is looked at apart (mechanisms 3.1).
    pub same_employer: bool,
}

/// Which jobs have to be new (rule 6.1, mechanisms 3.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewJobs {
    /// None.
    #[default]
    Any,
    /// Jobs where no spell began before enrolment.
    Only,
    /// Jobs where no spell with as many hours as the outcome asks for began before enrolment.
    OrMoreHours,
}

/// Whose jobs count (rule 6.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Companies {
    /// Every job, in the programme or outside.
    #[default]
    Any,
    /// Only jobs in placements, on days on which the company takes part.
    Participating,
}

/// What is looked at together (rule 6.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// All the participant's jobs.
    #[default]
    Participant,
    /// The jobs at each company of the participant apart.
    Company,
}

/// The only days that can qualify: from the anchor's day `a` up to, not including, `a + length` (rule 6.4).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Window {
    /// The day it counts from.
    pub from: Anchor,
    /// How long it is.
    pub length: Length,
}

/// The day that a window counts from (rule 6.4).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// `enrolled_on`.
    Enrolment,
    /// The earliest `placed_on`.
    Placement,
    /// The first day that qualifies by rules 6.1 and 6.2.
    FirstDay,
    /// The day after the participant reached a step of a charge (mechanisms 3.1).
    Charge {
        /// The charge.
        charge: Id,
        /// The step, from 1.
        step: u32,
    },
}

impl Outcome {
    /// The charge and step from which its window counts, if it does (mechanisms 3.1).
    #[must_use]
    pub fn follows(&self) -> Option<(&Id, u32)> {
        match self.window.as_ref().map(|window| &window.from) {
            Some(Anchor::Charge { charge, step }) => Some((charge, *step)),
            _ => None,
        }
    }
}

/// A length of calendar time. Weeks are 7 days each and read as days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// So many days.
    Days(u32),
    /// So many months (rule 1.3).
    Months(u32),
}
