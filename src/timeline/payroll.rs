//! Reports of paid hours as an outcome looks at them: added up by job, month and kind, as hours a week, and laid on days
//! (mechanisms 3.2).

use super::outcome::{NewJobs, Outcome};
use super::stretch::{Active, Place, active_days, place};
use crate::facts::roster::{Known, KnownJob, KnownReport};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use crate::measure::weekdays;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// How reports by month become hours a week, and amounts of days (mechanisms 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Payroll {
    /// Hours a week.
    pub weekly: Weekly,
    /// The days on which hours and earnings are laid.
    pub spread: Spread,
}

/// How hours of a month become hours a week (mechanisms 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weekly {
    /// Hours × 12 ÷ 52.
    Average,
    /// Hours × 7 ÷ days of the month.
    CalendarDays,
}

/// On which days of a month its hours and earnings are laid (mechanisms 3.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// All on its last day.
    MonthEnd,
    /// Evenly on all its days.
    CalendarDays,
    /// Evenly on its Mondays to Fridays.
    Weekdays,
}

impl Weekly {
    /// The hours a week of so many hours in a month, with two decimals, half away from zero (mechanisms 3.2).
    #[must_use]
    pub fn hours(self, hours: Decimal, month: Span) -> Decimal {
        let part = match self {
            Weekly::Average => Ratio::new(12, 52),
            Weekly::CalendarDays => Ratio::new(7, i128::from(month.days())),
        };
        part.and_then(|part| Ratio::of(hours).times(part)).map_or(Decimal::ZERO, |weekly| weekly.shown(2))
    }
}

impl Spread {
    /// The part of a month that lies on some of its days: all of them in one month (mechanisms 3.2).
    #[must_use]
    pub fn part(self, days: Span) -> Ratio {
        let first = Day::first_of_month(days.first.month_number());
        let month = Span { first, last: first.plus_months(1).previous() };
        let (some, all) = match self {
            Spread::MonthEnd => (i64::from(days.contains(month.last)), 1),
            Spread::CalendarDays => (days.days(), month.days()),
            Spread::Weekdays => (weekdays::within(days), weekdays::within(month)),
        };
        Ratio::new(i128::from(some), i128::from(all)).unwrap_or(Ratio::ZERO)
    }
}

/// What is laid on the days of a month by the reports that are active on them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Laid {
    /// The hours of the month.
    pub hours: Decimal,
    /// What was earned in the month.
    pub earnings: Decimal,
    /// On which days of it.
    pub spread: Spread,
    /// The most hours a week of one job and kind, and the first of its reports: what leads the day (rule 6.3).
    pub lead: (Decimal, u32),
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn month(first: &str) -> Span {
        let first = Day::parse(first).unwrap();
        Span { first, last: first.plus_months(1).previous() }
    }

    #[test]
    fn hours_of_a_month_are_hours_a_week_with_two_decimals() {
        let hours = |weekly: Weekly, hours: i64| weekly.hours(Decimal::from(hours), month("2019-02-01")).to_string();
        assert_eq!((hours(Weekly::Average, 160), hours(Weekly::CalendarDays, 160)), ("36.92".into(), "40".into()));
        // 65 × 12 ÷ 52 = 15 exactly; 0.5 of a hundredth goes up.
        assert_eq!(hours(Weekly::Average, 65), "15");
        let half = Decimal::new(2, 2);
        assert_eq!(Weekly::CalendarDays.hours(half, month("2019-02-01")).to_string(), "0.01");
    }

    #[test]
    fn the_parts_of_a_month_are_the_month() {
        let may = month("2019-05-01");
        for spread in [Spread::MonthEnd, Spread::CalendarDays, Spread::Weekdays] {
            for cut in 0..30 {
                let middle = may.first.plus_days(cut);
                let (a, b) = (Span { last: middle, ..may }, Span { first: middle.next(), ..may });
                assert_eq!(spread.part(a).plus(spread.part(b)), Some(Ratio::ONE), "{spread:?} {middle}");
            }
        }
        // 2019-05-01 is a Wednesday: 23 weekdays, of which 3 in the first five days.
        let days = Span { last: Day::parse("2019-05-05").unwrap(), ..may };
        assert_eq!(Spread::Weekdays.part(days), Ratio::new(3, 23).unwrap());
        assert_eq!(Spread::MonthEnd.part(days), Ratio::ZERO);
        assert_eq!(Spread::CalendarDays.part(days), Ratio::new(5, 31).unwrap());
    }
}
