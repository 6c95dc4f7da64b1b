//! One outcome of one participant over time: the window, its anchor and the qualifying days (rules 6.4, 6.6).

use super::activity::{Place, places};
use super::job::Fate;
use super::outcome::{Anchor, Companies, Length, Outcome, Per};
use super::stretch::{Stretch, stretches};
use crate::facts::roster::Known;
use crate::measure::day::{Day, Span};

/// The qualifying days of one outcome, for one participant or for one of its companies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timeline {
    /// The company, with `per = "company"` (rule 6.6).
    pub company: Option<u32>,
    /// The qualifying days.
    pub stretches: Vec<Stretch>,
    /// The day that `elapsed` counts from: the window's anchor or, without a window, `enrolled_on` (rule 8.1).
    pub anchor: Day,
    /// The last day that can qualify: the contract's, the window's or the eligibility's, whichever comes first (rule 7.3).
    pub last: Day,
}

/// The timelines of an outcome: one, or with `per = "company"` one for each company of the participant, in the order of
/// the companies' ids (rule 6.6), or with `same_employer` one for each place of work (mechanisms 3.1). `reached` is the day
/// on which the participant reached the charge that the window counts from.
#[must_use]
pub fn timelines(known: &Known<'_>, fates: &[Fate], outcome: &Outcome, term: Span, reached: Option<Day>) -> Vec<Timeline> {
    let timeline = |company: Option<u32>, at: Option<Place<'_>>| {
        let found = stretches(known, fates, outcome, term, at);
        windowed(known, outcome, term, company, (found, reached))
    };
    match outcome.per {
        Per::Participant if outcome.same_employer => {
            places(known, outcome).into_iter().filter_map(|at| timeline(None, Some(at))).collect()
        }
        Per::Participant => timeline(None, None).into_iter().collect(),
        Per::Company => {
            let mut companies: Vec<u32> = known.placements.iter().map(|placement| placement.company).collect();
            companies.sort_unstable();
            companies.dedup();
            companies.into_iter().filter_map(|company| timeline(Some(company), Some(Place::Company(company)))).collect()
        }
    }
}

/// `None` where nothing can qualify: there is no anchor, or no day is left.
fn windowed(
    known: &Known<'_>,
    outcome: &Outcome,
    term: Span,
    company: Option<u32>,
    (mut stretches, reached): (Vec<Stretch>, Option<Day>),
) -> Option<Timeline> {
    let eligible = known.terms.eligible_days()?.overlap(term)?;
    let Some(window) = &outcome.window else {
        skip(&mut stretches, outcome.skip_days);
        return Some(Timeline { company, stretches, anchor: known.terms.enrolled_on, last: eligible.last });
    };
    let anchor = match &window.from {
        Anchor::Enrolment => known.terms.enrolled_on,
        Anchor::Placement => first_placement(known, outcome, term, company)?,
        Anchor::FirstDay => stretches.first()?.days.first,
        Anchor::Charge { .. } => reached?.next(),
    };
    let open = Span::new(anchor, window.length.after(anchor).previous())?;
    stretches.retain_mut(|stretch| stretch.days.overlap(open).map(|days| stretch.days = days).is_some());
    skip(&mut stretches, outcome.skip_days);
    Some(Timeline { company, stretches, anchor, last: eligible.last.min(open.last) })
}

/// The first days that would qualify do not (mechanisms 3.1).
fn skip(stretches: &mut Vec<Stretch>, days: u32) {
    if days == 0 {
        return;
    }
    let mut left = i64::from(days);
    stretches.retain_mut(|stretch| {
        let skipped = left.min(stretch.days.days());
        left -= skipped;
        stretch.days.first = stretch.days.first.plus_days(skipped);
        stretch.days.first <= stretch.days.last
    });
}

/// The earliest `placed_on` of the participant's placements (at the company); with `companies = "participating"` only of
/// those whose company takes part on some day from `placed_on` to the end of the term (rule 6.4).
fn first_placement(known: &Known<'_>, outcome: &Outcome, term: Span, company: Option<u32>) -> Option<Day> {
    let counts = |placed_on: Day, taking_part: Option<Span>| {
        outcome.companies == Companies::Any
            || Span::new(placed_on, term.last).zip(taking_part).is_some_and(|(a, b)| a.overlap(b).is_some())
    };
    known
        .placements
        .iter()
        .filter(|placement| company.is_none_or(|company| placement.company == company))
        .filter(|placement| counts(placement.terms.placed_on, placement.at.days_in_programme()))
        .map(|placement| placement.terms.placed_on)
        .min()
}

impl Length {
    /// The day this long after `day`: `day + n` (rule 1.3).
    #[must_use]
    pub fn after(self, day: Day) -> Day {
        match self {
            Length::Days(n) => day.plus_days(i64::from(n)),
            Length::Months(n) => day.plus_months(n),
        }
    }
}
