//! What kind of posting it is, and why an amount is another one than before (rules 10.2, 10.3).

use super::posted::History;
use super::rows;
use super::source::RowSince;
use super::study::Desk;
use super::tree::{Cause, Change, Correction, Earlier};
use crate::charge::adjust::By;
use crate::charge::{Gate, Mechanism, Unit};
use crate::contract::{Limit, Scope};
use crate::figure::{Figure, Form, Metric};
use crate::ledger::entry::Subject;
use crate::measure::day::{Day, Span};
use crate::measure::grid::Cell;
use crate::measure::grid::Grid;
use crate::measure::id::Id;
use crate::measure::money::Money;
use crate::timeline::outcome::{Anchor, NewJobs};
use std::collections::BTreeSet;

/// A posting in its settlement.
pub(super) struct Posting<'h> {
    pub settlement: u32,
    pub amount: Money,
    pub earned_on: Day,
    pub history: &'h History,
    pub subject: Subject,
    pub charge: u16,
    pub unit: Unit,
}

/// What is said of a posting; `None` if there is nothing to say. `period` holds the days that are settled, `since` and
/// `until` are the cut-offs of the settlement before and of this one.
pub(super) fn change(desk: &Desk<'_>, posting: &Posting<'_>, period: Span, since: Day, until: Day) -> Option<Change> {
    let history = posting.history;
    if posting.amount.is_zero() {
        let granted = history.owed.as_ref()?.granted;
        return Some(if granted.is_zero() { Change::CutToNothing } else { Change::SameAmount });
    }
    let before: Vec<(u32, Money)> =
        history.postings.iter().filter(|(settlement, _)| *settlement < posting.settlement).copied().collect();
    if before.is_empty() {
        let late = if posting.earned_on < period.first { rows_since(desk, posting, since, until) } else { Vec::new() };
        return Some(Change::Earning { late });
    }
    let currency = desk.plan.contract.currency;
    let sum = before.iter().fold(Money::ZERO, |sum, (_, amount)| sum + *amount);
    let earlier =
        |(settlement, amount): &(u32, Money)| Earlier { settlement: *settlement, amount: amount.display(currency) };
    let cause = match (&history.before, &history.owed) {
        (_, None) => Cause::FellAway,
        (None, Some(now)) if now.earned_on >= period.first => Cause::EarnedNow,
        (None, Some(_)) => Cause::CameBack,
        (Some(was), Some(now)) if was.amount != now.amount => {
            Cause::OtherAmount { was: was.amount.display(currency), now: now.amount.display(currency) }
        }
        (Some(was), Some(now)) => {
            let limits: BTreeSet<&String> = [&was.cut_by, &now.cut_by].into_iter().flatten().collect();
            let shared = |limit: &Limit| limit.scope != Scope::Participant && limits.contains(&limit.id.to_string());
            Cause::OtherRoom {
                was: was.granted.display(currency),
                now: now.granted.display(currency),
                shared: desk.plan.contract.limits.iter().any(shared),
                limits: limits.into_iter().cloned().collect(),
            }
        }
    };
    Some(Change::Correction(Correction {
        before: before.iter().map(earlier).collect(),
        sum: sum.display(currency),
        days: history.before.as_ref().map(|owed| owed.days),
        cause,
        rows: rows_since(desk, posting, since, until),
        version: None,
    }))
}

/// The rows that were recorded between two cut-offs and can bear on a key.
fn rows_since(desk: &Desk<'_>, posting: &Posting<'_>, since: Day, until: Day) -> Vec<RowSince> {
    let facts = desk.plan.facts;
    let all = match posting.subject {
        Subject::Contract => measured_since(desk, posting.charge, since, until),
        Subject::Company(number) => rows::of_company(facts, number, since, until),
        Subject::Participant(number) => rows::of_participant(facts, &desk.roster, number as usize, since, until),
    };
    let mut published = [indices(desk, posting, since, until), gated(desk, posting.charge, since, until)].concat();
    published.retain(|row| !all.contains(row));
    let Some(days) = unit_days(desk, posting) else { return [all, published].concat() };
    let near: Vec<RowSince> = all.iter().filter(|row| rows::touches(facts, row, since, until, days)).cloned().collect();
    if near.is_empty() && published.is_empty() { all } else { [near, published].concat() }
}

/// The measurements of the indices that the charge follows; of a unit those that can count for it (mechanisms 7.2).
fn indices(desk: &Desk<'_>, posting: &Posting<'_>, since: Day, until: Day) -> Vec<RowSince> {
    let contract = desk.plan.contract;
    let Some(charge) = contract.charges.get(usize::from(posting.charge)) else { return Vec::new() };
    let named = charge.adjust.iter().filter_map(|row| row.by.as_ref());
    let followed = contract.indices.iter().filter(|index| named.clone().any(|by| *by == By::Index(index.id.clone())));
    let mut rows = Vec::new();
    for index in followed {
        let months: Vec<Cell> = match posting.unit {
            Unit::Cell(cell) => vec![index.base, index.month(cell.first()), index.month(cell.last())],
            Unit::Date(day) => vec![index.base, index.month(day)],
            Unit::Step(_) => Vec::new(),
        };
        rows.extend(rows::of_metric(desk.plan.facts, &index.metric, &months, since, until));
    }
    rows
}

/// The rows that its gates ask for (mechanisms 6.3).
fn gated(desk: &Desk<'_>, charge: u16, since: Day, until: Day) -> Vec<RowSince> {
    let contract = desk.plan.contract;
    let gates = contract.charges.get(usize::from(charge)).map(|charge| contract.gates_of(charge)).unwrap_or_default();
    let suspended = gates.iter().any(|gate| gate.asks_for_suspensions());
    let mut rows = of_figures(desk, gates.into_iter().flat_map(Gate::figures), since, until);
    if suspended {
        rows.extend(rows::of_suspensions(desk.plan.facts, since, until));
    }
    rows
}

/// The rows of the metrics that a measured charge rests on.
fn measured_since(desk: &Desk<'_>, charge: u16, since: Day, until: Day) -> Vec<RowSince> {
    let contract = desk.plan.contract;
    let Some(Mechanism::Measured(terms)) = contract.charges.get(usize::from(charge)).map(|charge| &charge.mechanism) else {
        return Vec::new();
    };
    of_figures(desk, terms.figures(), since, until)
}

/// The rows that figures are made of.
fn of_figures<'c>(desk: &Desk<'c>, names: impl Iterator<Item = &'c Id>, since: Day, until: Day) -> Vec<RowSince> {
    let contract = desk.plan.contract;
    let asked = contract.named().with_parts(names);
    let figures: Vec<&Figure> = asked.into_iter().filter_map(|id| Some(contract.figure(id)?.1)).collect();
    let metrics: Vec<&Metric> = figures.iter().filter_map(|figure| figure.form.metric()).collect();
    let samples: Vec<&Id> = figures.iter().filter_map(|figure| figure.form.sample()).collect();
    let goals: Vec<&Id> = figures
        .iter()
        .filter_map(|figure| figure.form.goal())
        .flat_map(|id| contract.named().goals_in(id))
        .map(|goal| &goal.id)
        .collect();
    let mut rows = rows::of_metrics(desk.plan.facts, &metrics, since, until);
    rows.extend(rows::of_samples(desk.plan.facts, &samples, since, until));
    for figure in &figures {
        let Form::Places(places) = &figure.form else { continue };
        let offers = rows::of_offers(desk.plan.facts, places.centre.as_ref(), since, until);
        rows.extend(offers.into_iter().filter(|row| !rows.contains(row)).collect::<Vec<_>>());
    }
    rows.extend(rows::of_goals(desk.plan.facts, &goals, since, until));
    if figures.iter().any(|figure| matches!(figure.form, Form::Saving(_))) {
        rows.extend(rows::of_benefits(desk.plan.facts, since, until));
    }
    rows
}

/// The days outside which no spell bears on a unit; `None` where other days do too: a milestone, a window that begins with the
/// first day, jobs that must be new, a maximum of units.
fn unit_days(desk: &Desk<'_>, posting: &Posting<'_>) -> Option<Span> {
    let charge = desk.plan.contract.charges.get(usize::from(posting.charge))?;
    let outcome = desk.plan.contract.outcome(charge.mechanism.outcome()?)?;
    // What it waits for or tops up may rest on any day (mechanisms 6).
    if !charge.requires.is_empty() || charge.variant.is_some() {
        return None;
    }
    let moving = |from: &Anchor| matches!(from, Anchor::FirstDay | Anchor::Charge { .. });
    let from_first_day = outcome.window.as_ref().is_some_and(|window| moving(&window.from));
    match (&charge.mechanism, posting.unit) {
        (Mechanism::Period(period), Unit::Cell(cell))
            if period.max_units.is_none()
                && outcome.new_jobs_only == NewJobs::Any
                && outcome.skip_days == 0
                && !matches!(cell.grid, Grid::Parts { .. })
                && !from_first_day =>
        {
            Some(cell.span())
        }
        _ => None,
    }
}
