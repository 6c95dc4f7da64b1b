//! Reports of paid hours as an outcome looks at them: added up by job, month and kind, and active as spells would be
//! (mechanisms 3.2).

use super::activity::{Active, Place, active_days, place};
use super::outcome::{NewJobs, Outcome};
use super::payroll::{Laid, Payroll};
use crate::facts::roster::{Known, KnownJob, KnownReport};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The reports of one job, month and kind together.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Month<'a> {
    job: KnownJob<'a>,
    kind: &'a Id,
    days: Span,
    hours: Decimal,
    earnings: Decimal,
    /// Their numbers, the lowest first.
    reports: Vec<u32>,
}

impl Month<'_> {
    fn weekly(&self, payroll: Payroll) -> Decimal {
        payroll.weekly.hours(self.hours, self.days)
    }
}

/// Adds reports up by job, month and kind (mechanisms 3.2).
fn months<'a, 'k>(reports: impl Iterator<Item = &'k KnownReport<'a>>) -> Vec<Month<'a>>
where
    'a: 'k,
{
    let mut months: BTreeMap<(KnownJob<'a>, Day, &'a Id), Month<'a>> = BTreeMap::new();
    for report in reports {
        let KnownReport { number, terms, job, .. } = report;
        let none = || Month {
            job: *job,
            kind: &terms.kind,
            days: terms.month,
            hours: Decimal::ZERO,
            earnings: Decimal::ZERO,
            reports: Vec::new(),
        };
        let month = months.entry((*job, terms.month.first, &terms.kind)).or_insert_with(none);
        month.hours = month.hours.saturating_add(terms.hours.unwrap_or_default());
        month.earnings = month.earnings.saturating_add(terms.earnings.unwrap_or_default());
        month.reports.push(*number);
    }
    months.into_values().collect()
}

/// The reports on the days on which a spell in their job would be active, at one place or at all (rule 6.1), and what they lay
/// on the days of their months. Hours and what is laid go with the first report of a job, month and kind; the others stand
/// beside it as evidence.
pub(super) fn active(
    known: &Known<'_>,
    outcome: &Outcome,
    payroll: Payroll,
    eligible: Span,
    at: Option<Place<'_>>,
) -> (Vec<Active>, Vec<Laid>) {
    let here = |report: &&KnownReport<'_>| at.is_none() || place(known, report.job) == at;
    let counts = |report: &&KnownReport<'_>| !outcome.evidence_required || report.terms.evidence.is_some();
    let before = if outcome.new_jobs_only == NewJobs::Any { Vec::new() } else { months(known.reports.iter()) };
    let (mut active, mut laid) = (Vec::new(), Vec::new());
    for month in months(known.reports.iter().filter(here).filter(counts)) {
        let Some(kind) = outcome.kinds.iter().position(|kind| kind == month.kind) else { continue };
        let Some(days) = active_days(known, outcome, month.job, month.days, eligible) else { continue };
        if had_before(known, outcome, payroll, &before, month.job) {
            continue;
        }
        let (mut hours, mut lays) = (month.weekly(payroll), u32::try_from(laid.len()).ok());
        let company = known.placed(month.job).map(|placement| placement.company);
        for spell in month.reports.iter().copied() {
            active.push(Active { days, hours, kind, company, spell, lays });
            (hours, lays) = (Decimal::ZERO, None);
        }
        let Month { hours, earnings, .. } = month;
        laid.push(Laid { hours, earnings, spread: payroll.spread, lead: (Decimal::ZERO, 0) });
    }
    (active, laid)
}

/// Whether a month before enrolment was reported at the same place; where more hours make a job new, one with as many as the
/// outcome asks for (rule 6.1, mechanisms 3.1, 3.2).
fn had_before(known: &Known<'_>, outcome: &Outcome, payroll: Payroll, all: &[Month<'_>], job: KnownJob<'_>) -> bool {
    let here = place(known, job);
    let enough = |month: &Month<'_>| {
        outcome.new_jobs_only != NewJobs::OrMoreHours || month.weekly(payroll) >= outcome.min_weekly_hours
    };
    let old = |month: &&Month<'_>| month.days.last < known.terms.enrolled_on && enough(month);
    all.iter().filter(old).any(|month| place(known, month.job) == here)
}

/// What the active reports of a day lay on the days of their month together; `top` leads the day.
pub(super) fn together(active: &[Active], laid: &[Laid], top: &Active) -> Option<Laid> {
    let mut all: Option<Laid> = None;
    for one in active.iter().filter_map(|active| laid.get(active.lays? as usize)) {
        let so_far = all.get_or_insert(Laid {
            hours: Decimal::ZERO,
            earnings: Decimal::ZERO,
            spread: one.spread,
            lead: (top.hours, top.spell),
        });
        so_far.hours = so_far.hours.saturating_add(one.hours);
        so_far.earnings = so_far.earnings.saturating_add(one.earnings);
    }
    all
}
