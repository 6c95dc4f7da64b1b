//! The best price that could apply on some days: of all rows that could hold, whatever else comes first (the book on forecasts,
//! "Highest").

use super::bound::{Most, Unbounded};
use crate::charge::adjust::{By, MOST};
use crate::charge::{Clause, Conditions};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use crate::timeline::Outcome;

/// What is known of the day that is priced.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// The days of which it is one.
    pub days: Span,
    /// The outcome that is measured.
    pub outcome: Option<&'a Outcome>,
    /// Who is asked about: nobody, where it is the contract.
    pub of: Option<Of<'a>>,
    /// The milestone's step.
    pub step: Option<u32>,
    /// The day that months are counted from, if it is known.
    pub anchor: Option<Day>,
}

/// A participant, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Of<'a> {
    /// Its target group; `None` = any that the contract takes.
    pub group: Option<&'a Id>,
    /// Its traits; `None` = any.
    pub traits: Option<&'a [Id]>,
}

/// The best rate after adjustments, exact; nothing where no row could apply.
pub(super) fn best(clause: &Clause<'_>, asked: &Asked<'_>) -> Result<Ratio, Unbounded> {
    let mut best = Ratio::ZERO;
    for row in &clause.charge.rates.rows {
        if may_hold(&row.when, asked) {
            best = best.max(Ratio::of(row.amount));
        }
        if must_hold(&row.when, asked) {
            break;
        }
    }
    adjusted(clause, asked, best)
}

/// What it comes to at most after the adjustments that could hold.
pub(super) fn adjusted(clause: &Clause<'_>, asked: &Asked<'_>, price: Ratio) -> Result<Ratio, Unbounded> {
    let mut best = price;
    for row in clause.charge.adjust.iter().take(MOST).filter(|row| may_hold(&row.when, asked)) {
        let by = match &row.by {
            None => Some(best),
            Some(By::Factor(factor)) => best.times(*factor),
            Some(By::Index(_)) if best.is_zero() => Some(best),
            Some(By::Index(_)) => return Err(Unbounded::Index),
        };
        let mut rate = by.ok_or(Unbounded::Amounts)?;
        if let Some(round) = row.round {
            rate = clause.printed(rate, round).ok_or(Unbounded::Amounts)?;
        }
        best = if must_hold(&row.when, asked) { rate } else { best.max(rate) };
    }
    Ok(best)
}

/// The size of an amount, rounded as the charge says.
pub(super) fn money(clause: &Clause<'_>, exact: Ratio) -> Most {
    clause.money(exact).map(|money| i128::from(money.size().minor())).ok_or(Unbounded::Amounts)
}

/// Whether conditions can hold on one of the days.
fn may_hold(when: &Conditions, asked: &Asked<'_>) -> bool {
    let kinds = || asked.outcome.map(|outcome| outcome.kinds.as_slice()).unwrap_or_default();
    let kind = when.kinds.as_ref().is_none_or(|named| kinds().iter().any(|kind| named.contains(kind)));
    let least = asked.outcome.map(|outcome| outcome.min_weekly_hours).unwrap_or_default();
    let hours = when.hours.is_none_or(|band| least < band.below);
    let step = when.steps.is_none_or(|band| asked.step.is_some_and(|step| band.from <= step && step < band.below));
    let days = match asked.anchor {
        Some(anchor) => when.days(anchor).and_then(|days| days.overlap(asked.days)),
        None => when.valid.unwrap_or(asked.days).overlap(asked.days),
    };
    kind && hours && step && days.is_some() && asked.of.is_none_or(|of| of_whom(when, of).0)
}

/// Whether conditions hold on each of the days, whatever comes.
fn must_hold(when: &Conditions, asked: &Asked<'_>) -> bool {
    let open = when.kinds.is_none() && when.hours.is_none() && when.elapsed.is_none();
    let valid = when.valid.is_none_or(|valid| valid.overlap(asked.days) == Some(asked.days));
    open && valid && may_hold(when, asked) && asked.of.is_none_or(|of| of_whom(when, of).1)
}

/// Whether the participant can be one that is asked for, and whether it is one for certain.
fn of_whom(when: &Conditions, of: Of<'_>) -> (bool, bool) {
    let group = match (&when.target_groups, of.group) {
        (None, _) => (true, true),
        (Some(groups), Some(group)) => (groups.contains(group), groups.contains(group)),
        (Some(_), None) => (true, false),
    };
    let traits = match (&when.traits, of.traits) {
        (None, _) => (true, true),
        (Some(asked), Some(traits)) => {
            let all = asked.iter().all(|one| traits.contains(one));
            (all, all)
        }
        (Some(_), None) => (true, false),
    };
    (group.0 && traits.0, group.1 && traits.1)
}
