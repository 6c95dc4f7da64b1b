//! When a spell is active for an outcome, and where jobs are (rule 6.1).

use super::job::Fate;
use super::outcome::{Companies, NewJobs, Outcome};
use crate::facts::roster::{Known, KnownJob, KnownSpell};
use crate::measure::day::Span;
use crate::measure::id::Id;
use rust_decimal::Decimal;

/// A spell or report on the days on which it is active for an outcome (rule 6.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Active {
    pub days: Span,
    pub hours: Decimal,
    pub kind: usize,
    pub company: Option<u32>,
    pub spell: u32,
    /// What a report lays on the days of its month, by place.
    pub lays: Option<u32>,
}

/// A place of work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place<'a> {
    /// A company of the programme.
    Company(u32),
    /// An employer outside.
    Employer(&'a Id),
}

/// Where a job is.
pub(super) fn place<'a>(known: &Known<'a>, job: KnownJob<'a>) -> Option<Place<'a>> {
    match job {
        KnownJob::Placement(nth) => known.placements.get(nth).map(|placement| Place::Company(placement.company)),
        KnownJob::Outside(employer) => Some(Place::Employer(employer)),
    }
}

/// The places where the participant has spells, or reports where an outcome looks at these, companies first (mechanisms 3.1).
#[must_use]
pub fn places<'a>(known: &Known<'a>, outcome: &Outcome) -> Vec<Place<'a>> {
    let mut places: Vec<Place<'a>> = match outcome.payroll {
        Some(_) => known.reports.iter().filter_map(|report| place(known, report.job)).collect(),
        None => known.spells.iter().filter_map(|spell| place(known, spell.job)).collect(),
    };
    places.sort_unstable();
    places.dedup();
    places
}

/// When the spell is active: it lies in the term and the eligible days, its kind counts, in a placement not before
/// `placed_on`, with `companies = "participating"` only while the company takes part, and with `new_jobs_only` only where
/// no known spell began before enrolment (rule 6.1).
pub(super) fn activity(known: &Known<'_>, fate: &Fate, outcome: &Outcome, eligible: Span) -> Option<Active> {
    let spell = known.spells.get(fate.spell)?;
    let kind = outcome.kinds.iter().position(|kind| *kind == spell.terms.kind)?;
    let days = active_days(known, outcome, spell.job, fate.days?, eligible)?;
    if outcome.new_jobs_only != NewJobs::Any && had_before(known, fate.spell, outcome) {
        return None;
    }
    if outcome.evidence_required && spell.terms.evidence.is_none() {
        return None;
    }
    let company = known.placement(spell).map(|placement| placement.company);
    Some(Active { days, hours: spell.terms.weekly_hours, kind, company, spell: spell.number, lays: None })
}

/// Those of some days that are eligible, in a placement not before `placed_on`, and with `companies = "participating"` while
/// the company takes part (rule 6.1).
pub(super) fn active_days(
    known: &Known<'_>,
    outcome: &Outcome,
    job: KnownJob<'_>,
    days: Span,
    eligible: Span,
) -> Option<Span> {
    let mut days = days.overlap(eligible)?;
    let placement = match job {
        KnownJob::Placement(nth) => known.placements.get(nth),
        KnownJob::Outside(_) => None,
    };
    if let Some(placement) = placement {
        days = Span::new(days.first.max(placement.terms.placed_on), days.last)?;
    }
    if outcome.companies == Companies::Participating {
        days = days.overlap(placement?.at.days_in_programme()?)?;
    }
    Some(days)
}

/// Whether any known spell at the same company or employer, of any kind and as reported, begins before enrolment
/// (rule 6.1); where more hours make a job new, one with as many as the outcome asks for (mechanisms 3.1).
fn had_before(known: &Known<'_>, spell: usize, outcome: &Outcome) -> bool {
    let Some(here) = known.spells.get(spell).map(|spell| place(known, spell.job)) else { return false };
    let enough = |hours: Decimal| outcome.new_jobs_only == NewJobs::Only || hours >= outcome.min_weekly_hours;
    let old = |other: &&KnownSpell<'_>| other.terms.first_day < known.terms.enrolled_on && enough(other.terms.weekly_hours);
    known.spells.iter().filter(old).any(|other| place(known, other.job) == here)
}
