//! Which row of a rate card applies to a day, asked of one day at a time (rules 8.1, 8.2).

use super::line::{Line, Range};
use super::own::Own;
use super::reckoning::Rate;
use crate::charge::{Charge, RateRow};
use crate::measure::day::Day;

/// The place of the first row whose conditions all hold on a day that counts (rule 8.1).
pub(super) fn row_on(own: &Own<'_>, line: &Line<'_>, charge: &Charge, range: &Range, day: Day) -> Option<usize> {
    let kind = range.top.and_then(|top| own.known.spells.get(top)).map(|spell| &spell.terms.kind);
    let months = line.anchor.map_or(0, |anchor| day.whole_months_since(anchor));
    let holds = |row: &RateRow| {
        row.kinds.as_ref().is_none_or(|kinds| kind.is_some_and(|kind| kinds.contains(kind)))
            && row.target_groups.as_ref().is_none_or(|groups| groups.contains(&own.known.terms.target_group))
            && row.hours.is_none_or(|band| band.from <= range.hours && range.hours < band.below)
            && row.elapsed.is_none_or(|band| band.from_month <= months && months < band.below_month)
            && row.valid.is_none_or(|valid| valid.contains(day))
    };
    charge.rates.rows.iter().position(holds)
}

/// The place of the first row that is valid on a date of a fixed charge (rule 8.2).
pub(super) fn row_on_date(charge: &Charge, date: Day) -> Option<usize> {
    charge.rates.rows.iter().position(|row| row.valid.is_none_or(|valid| valid.contains(date)))
}

/// A row as it is told; months are counted from the anchor.
pub(super) fn rate(charge: &Charge, row: usize, anchor: Option<Day>) -> Option<Rate> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let terms = charge.rates.rows.get(row)?;
    let elapsed_since = anchor.filter(|_| terms.elapsed.is_some());
    Some(Rate { number: number(row + 1), of: number(charge.rates.rows.len()), row: terms.clone(), elapsed_since })
}
