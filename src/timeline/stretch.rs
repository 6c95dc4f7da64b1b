//! Which days qualify, in stretches of constant terms (rules 6.1 to 6.3).

use super::activity::{Active, Place, activity, place};
use super::job::Fate;
use super::outcome::Outcome;
use super::payroll::{Laid, Tallied};
use super::report;
use crate::facts::roster::Known;
use crate::measure::day::{Day, Span};
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

/// The days that qualify by rules 6.1 and 6.2, the window aside; `at` looks at the jobs in one place only (rule 6.6).
#[must_use]
pub fn stretches(known: &Known<'_>, fates: &[Fate], outcome: &Outcome, term: Span, at: Option<Place<'_>>) -> Vec<Stretch> {
    let Some(eligible) = known.terms.eligible_days().and_then(|days| days.overlap(term)) else { return Vec::new() };
    let (mut active, laid): (Vec<Active>, Vec<Laid>) = match outcome.payroll {
        Some(payroll) => report::active(known, outcome, payroll, eligible, at),
        None => {
            let here =
                |fate: &&Fate| at.is_none() || known.spells.get(fate.spell).map(|spell| place(known, spell.job)) == Some(at);
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
    let laid = report::together(now, laid, top).map(Arc::new);
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
