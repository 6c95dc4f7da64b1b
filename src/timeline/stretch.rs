//! Which days qualify, in stretches of constant terms (rules 6.1 to 6.3).

use super::job::Fate;
use super::outcome::{Companies, NewJobs, Outcome};
use super::payroll::{self, Laid};
use super::tally::Tallied;
use crate::facts::roster::{Known, KnownJob, KnownSpell};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::sync::Arc;

/// Qualifying days in a row on which nothing changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The days.
    pub days: Span,
    /// Hours a week, over all active spells (rule 6.2).
    pub hours: Decimal,
    /// The place of the day's kind in the outcome's `kinds` (rule 6.3).
    pub kind: usize,
    /// The day's company; none for a job outside the programme (rule 6.3).
    pub company: Option<u32>,
    /// The active spells or reports, by number: the evidence.
    pub spells: Arc<[u32]>,
    /// What reports lay on the days of the month; none where spells are looked at (mechanisms 3.2).
    pub laid: Option<Arc<Laid>>,
}

impl Stretch {
    /// The hours or earnings that lie on some of its days: of spells hours a week ÷ 7 for each day, of reports what is laid on
    /// them (mechanisms 3.2, 3.3). `None` for what is too large to be exact.
    #[must_use]
    pub fn tallied(&self, what: Tallied, days: Span) -> Option<Ratio> {
        match (&self.laid, what) {
            (None, Tallied::Hours) => Ratio::of(self.hours).times(Ratio::new(i128::from(days.days()), 7)?),
            (None, Tallied::Earnings) => Some(Ratio::ZERO),
            (Some(laid), Tallied::Hours) => Ratio::of(laid.hours).times(laid.spread.part(days)),
            (Some(laid), Tallied::Earnings) => Ratio::of(laid.earnings).times(laid.spread.part(days)),
        }
    }
}

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

/// The days that qualify by rules 6.1 and 6.2, the window aside; `at` looks at the jobs in one place only (rule 6.6).
#[must_use]
pub fn stretches(known: &Known<'_>, fates: &[Fate], outcome: &Outcome, term: Span, at: Option<Place<'_>>) -> Vec<Stretch> {
    let Some(eligible) = known.terms.eligible_days().and_then(|days| days.overlap(term)) else { return Vec::new() };
    let (mut active, laid): (Vec<Active>, Vec<Laid>) = match outcome.payroll {
        Some(payroll) => payroll::active(known, outcome, payroll, eligible, at),
        None => {
            let here = |fate: &&Fate| {
                at.is_none() || known.spells.get(fate.spell).map(|spell| place(known, spell.job)) == Some(at)
            };
            let activity = |fate| activity(known, fate, outcome, eligible);
            (fates.iter().filter(here).filter_map(activity).collect(), Vec::new())
        }
    };
    active.sort_unstable_by_key(|active| (active.days.first, active.spell));
    let mut stretches = sweep(&active, &laid, outcome.min_weekly_hours);
    if !outcome.except_kinds.is_empty() {
        let except = |fate: &&Fate| {
            known.spells.get(fate.spell).is_some_and(|spell| outcome.except_kinds.contains(&spell.terms.kind))
        };
        fates.iter().filter(except).filter_map(|fate| fate.days).for_each(|days| without(&mut stretches, days));
    }
    stretches
}

/// Takes days out: those on which a spell of an excepted kind runs (mechanisms 3.1).
fn without(stretches: &mut Vec<Stretch>, days: Span) {
    let cut = |stretch: Stretch| {
        let before = Span::new(stretch.days.first, stretch.days.last.min(days.first.previous()));
        let after = Span::new(stretch.days.first.max(days.last.next()), stretch.days.last);
        [before, after].into_iter().flatten().map(move |days| Stretch { days, ..stretch.clone() })
    };
    *stretches = std::mem::take(stretches).into_iter().flat_map(cut).collect();
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
fn activity(known: &Known<'_>, fate: &Fate, outcome: &Outcome, eligible: Span) -> Option<Active> {
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

/// Cuts time wherever an active spell begins or ends, and keeps the days with hours enough (rule 6.2).
fn sweep(active: &[Active], laid: &[Laid], min_hours: Decimal) -> Vec<Stretch> {
    let mut borders: Vec<Day> = active.iter().flat_map(|a| [a.days.first, a.days.last.next()]).collect();
    borders.sort_unstable();
    borders.dedup();
    let (mut waiting, mut now) = (active.iter().peekable(), Vec::<Active>::new());
    let mut stretches = Vec::new();
    for (from, until) in borders.iter().zip(borders.iter().skip(1)) {
        now.retain(|a| a.days.last >= *from);
        while let Some(begun) = waiting.next_if(|a| a.days.first <= *from) {
            now.push(*begun);
        }
        let days = Span { first: *from, last: until.previous() };
        stretches.extend(together(&now, laid, days).into_iter().filter(|stretch| stretch.hours >= min_hours));
    }
    stretches
}

/// The active spells or reports of a stretch together. Its kind and company are those of the spell with the most weekly hours; ties go
/// to the kind named first, then to the lower spell id (rule 6.3).
fn together(now: &[Active], laid: &[Laid], days: Span) -> Option<Stretch> {
    let top = now.iter().min_by_key(|a| (Reverse(a.hours), a.kind, a.spell))?;
    let hours = now.iter().fold(Decimal::ZERO, |sum, a| sum.saturating_add(a.hours));
    let mut spells: Vec<u32> = now.iter().map(|a| a.spell).collect();
    spells.sort_unstable();
    let laid = payroll::together(now, laid, top).map(Arc::new);
    Some(Stretch { days, hours, kind: top.kind, company: top.company, spells: spells.into(), laid })
}

/// The spells of several stretches together: those of a single one are shared, not copied.
#[must_use]
pub fn union<'a>(mut stretches: impl Iterator<Item = &'a Stretch>) -> Arc<[u32]> {
    let Some(first) = stretches.next() else { return [].into() };
    let mut all: Option<Vec<u32>> = None;
    for stretch in stretches.filter(|stretch| stretch.spells != first.spells) {
        all.get_or_insert_with(|| first.spells.to_vec()).extend(stretch.spells.iter());
    }
    let Some(mut all) = all else { return Arc::clone(&first.spells) };
    all.sort_unstable();
    all.dedup();
    all.into()
}
