//! Which row of a rate card applies to a day, asked of one day at a time (rules 8.1, 8.2).

use super::line::{Line, Range};
use super::market::holds_on_date;
use super::own::Own;
use super::reckoning::Rate;
use crate::charge::{Charge, Conditions};
use crate::facts::Participant;
use crate::measure::day::Day;

/// A day that counts and is to be priced; of a milestone also the step.
#[derive(Clone, Copy)]
pub(super) struct Asked<'p, 'a> {
    pub own: &'p Own<'a>,
    pub line: &'p Line<'a>,
    pub range: &'p Range,
    pub day: Day,
    pub step: Option<u32>,
}

/// The place of the first row whose conditions all hold on a day that counts (rule 8.1).
pub(super) fn row_on(charge: &Charge, asked: Asked<'_, '_>) -> Option<usize> {
    charge.rates.rows.iter().position(|row| holds(&row.when, asked))
}

/// Whether conditions all hold on a day that counts (rule 8.1, mechanisms 5.1).
pub(super) fn holds(when: &Conditions, asked: Asked<'_, '_>) -> bool {
    let Asked { own, line, range, day, step } = asked;
    let (kind, terms) = (range.top.and_then(|top| line.work.get(top)).map(|work| work.kind), own.known.terms);
    let months = line.anchor.map_or(0, |anchor| day.whole_months_since(anchor));
    let missing = |one| !terms.traits.contains(one);
    when.kinds.as_ref().is_none_or(|kinds| kind.is_some_and(|kind| kinds.contains(kind)))
        && when.target_groups.as_ref().is_none_or(|groups| groups.contains(&terms.target_group))
        && !when.traits.iter().flatten().any(missing)
        && when.hours.is_none_or(|band| band.from <= range.hours && range.hours < band.below)
        && when.elapsed.is_none_or(|band| band.from_month <= months && months < band.below_month)
        && when.steps.is_none_or(|band| step.is_some_and(|step| (band.from..band.below).contains(&step)))
        && when.valid.is_none_or(|valid| valid.contains(day))
}

/// The place of the first row that is valid on a date of a fixed charge, and asks nothing that the participant is not, if the
/// date is a participant's (rule 8.2, mechanisms 3.5).
pub(super) fn row_on_date(charge: &Charge, date: Day, whose: Option<&Participant>) -> Option<usize> {
    charge.rates.rows.iter().position(|row| holds_on_date(&row.when, date, whose))
}

/// A row as it is told; months are counted from the anchor.
pub(super) fn rate(charge: &Charge, row: usize, anchor: Option<Day>) -> Option<Rate> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let terms = charge.rates.rows.get(row)?;
    let elapsed_since = anchor.filter(|_| terms.when.elapsed.is_some());
    Some(Rate {
        number: number(row + 1),
        of: number(charge.rates.rows.len()),
        row: terms.clone(),
        elapsed_since,
        adjusted: Vec::new(),
    })
}
