//! Period charges: an amount for each day, week or month with qualifying days (rule 7.3).

use super::adjust::{Adjusted, Held};
use super::clause::{Clause, Measure};
use super::entitlement::{Entitlement, Quantity, Unit};
use super::rate::Priced;
use crate::measure::day::{Day, Span};
use crate::measure::grid::{Cell, Grid};
use crate::measure::id::Id;
use crate::measure::money::{Exact, Money};
use crate::measure::ratio::Ratio;
use crate::timeline::payroll::Tallied;
use crate::timeline::stretch::union;
use serde::Serialize;
use std::cmp::Reverse;
use std::sync::Arc;

/// Paid for each unit with qualifying days (rule 7.3).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Period {
    /// The outcome whose days are counted.
    pub outcome: Id,
    /// Day, week, month or longer.
    pub unit: Grid,
    /// In full or day by day.
    pub pay: Pay,
    /// The most units with an entitlement per participant (and company), the earliest first.
    pub max_units: Option<u32>,
}

/// How much of a unit is paid (rule 7.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pay {
    /// All of it, when at least so many of its days qualify.
    Full {
        /// The fewest qualifying days, 1 if the contract does not say.
        min_days: u32,
    },
    /// For each qualifying day the rate of that day ÷ days in the unit.
    Prorated,
    /// For each qualifying day the rate of that day × what is tallied on it (mechanisms 3.4).
    By(Tallied),
}

/// What one unit is worth.
struct Worth {
    quantity: Quantity,
    row: Option<u16>,
    sum: Option<Sum>,
    /// The place, among the unit's pieces, of the one with the reference day (rule 8.3).
    reference: usize,
}

/// What is summed over the days of a unit.
enum Sum {
    /// The rate of each day ÷ the days in the unit.
    Of(Exact),
    /// The rate of each day × what is tallied on it.
    By(Tallied),
}

/// Whether a unit counts among `max_units`, and what is told of it. One that waits for an index counts: nothing is known of it
/// but the amount (mechanisms 7.2). One that is worth nothing is told only where something requires it (mechanisms 4.4).
type Came = (bool, Option<Entitlement>);

/// What the unit before was worth after its adjustments: most are worth the same.
type Before = Option<((u16, Held), (Money, Option<Arc<Adjusted>>))>;

impl Period {
    /// The units that are earned on one of the days `earned`. `used` counts the units that had an entitlement before, for
    /// `max_units`, and is counted on (rule 7.3).
    pub fn accrue(
        &self,
        clause: &Clause<'_>,
        measure: &Measure<'_>,
        earned: Span,
        used: &mut u32,
        out: &mut Vec<Entitlement>,
    ) {
        // A unit is earned on its last day or, where it comes first, on the last day that can qualify at all.
        if measure.line.last < earned.first {
            return;
        }
        let mut pieces = measure.priced.as_slice();
        let unit = self.unit.counted_from(measure.line.anchor);
        let (mut next, mut before) = (unit.cell(earned.first), None);
        while let Some((piece, rest)) = pieces.split_first() {
            if piece.days.last < next.first() {
                pieces = rest;
                continue;
            }
            let cell = if piece.days.first < next.first() { next } else { unit.cell(piece.days.first) };
            let days = cell.span();
            let earned_on = days.last.min(measure.line.last);
            if earned_on > earned.last || self.max_units.is_some_and(|most| *used >= most) {
                break;
            }
            let inside = pieces.iter().take_while(|piece| piece.days.first <= days.last).count();
            let pieces = pieces.get(..inside).unwrap_or_default();
            let (counts, owed) = self.unit_of(clause, measure, (cell, days, earned_on), pieces, &mut before);
            *used = used.saturating_add(u32::from(counts));
            out.extend(owed);
            next = cell.next();
        }
    }

    /// The first unit up to a day whose tally makes it too large to be owed (mechanisms 2.4).
    #[must_use]
    pub fn too_large(&self, clause: &Clause<'_>, measure: &Measure<'_>, until: Day) -> Option<Cell> {
        let Pay::By(what) = self.pay else { return None };
        let first = self.unit.counted_from(measure.line.anchor).cell(measure.priced.first()?.days.first);
        let mut units =
            std::iter::successors(Some(first), |cell| Some(cell.next())).take_while(|cell| cell.first() <= until);
        units.find(|cell| {
            let inside = |piece: &&Priced| piece.days.overlap(cell.span()).is_some();
            let pieces: Vec<Priced> = measure.priced.iter().filter(inside).copied().collect();
            let reference = pieces.iter().find(|piece| piece.row.is_some());
            let held =
                reference.and_then(|piece| measure.held(clause, piece.stretch, None, piece.days.first.max(cell.first())));
            let sum = sum_by_tally(clause, measure, tallies(clause, measure, *cell, &pieces, what), held);
            sum.is_some_and(|(sum, _)| sum.is_none_or(|sum| clause.money(sum).is_none()))
        })
    }

    /// What comes of one unit, with its days and the day it is earned; `pieces` are the priced days that reach into it.
    fn unit_of(
        &self,
        clause: &Clause<'_>,
        measure: &Measure<'_>,
        (cell, unit, earned_on): (Cell, Span, Day),
        pieces: &[Priced],
        before: &mut Before,
    ) -> Came {
        let inside = |piece: &Priced| piece.days.overlap(unit).map_or(0, Span::days);
        let days: i64 = pieces.iter().map(inside).sum();
        let worth = match self.pay {
            Pay::Full { min_days } if days < i64::from(min_days) => None,
            Pay::Full { .. } => in_full(pieces, inside),
            Pay::Prorated => prorated(clause, cell, pieces, inside),
            Pay::By(what) => tallied(clause, measure, cell, pieces, what),
        };
        let Some(worth) = worth else { return (false, None) };
        let reference = pieces.get(worth.reference);
        let held = reference.and_then(|piece| measure.held(clause, piece.stretch, None, piece.days.first.max(unit.first)));
        let priced = match (held, worth.sum, worth.row) {
            (held, Some(Sum::By(what)), _) => by_tally(clause, measure, tallies(clause, measure, cell, pieces, what), held),
            (None, Some(Sum::Of(exact)), _) => Some((clause.round(exact), None)),
            (Some(held), Some(Sum::Of(_)), _) => prorated_adjusted(clause, measure, cell, pieces, held),
            (None, None, Some(row)) => Some((clause.whole(row), None)),
            (Some(held), None, Some(row)) => in_full_adjusted(clause, measure, row, held, before),
            (_, None, None) => return (false, None),
        };
        let waits = priced.is_none();
        let (amount, adjusted) = priced.unwrap_or_default();
        let stretch = |piece: &Priced| measure.line.stretches.get(piece.stretch);
        let owed = (!amount.is_zero() || clause.is_required).then(|| Entitlement {
            charge: clause.number,
            unit: Unit::Cell(cell),
            company: measure.line.company,
            earned_on,
            quantity: worth.quantity,
            row: worth.row,
            adjusted,
            amount,
            reference: reference.and_then(stretch).and_then(|stretch| stretch.company),
            days: u32::try_from(days).unwrap_or(u32::MAX),
            spells: union(pieces.iter().filter_map(stretch)),
            seen: None,
            tops_up: None,
        });
        (waits || !amount.is_zero(), owed)
    }
}

/// In full: by the row that applies to the most of the unit's qualifying days. The days to which no row applies stand
/// together as one candidate that pays nothing; ties go to a row before none, and of rows to the first (rule 8.2).
fn in_full(pieces: &[Priced], inside: impl Fn(&Priced) -> i64) -> Option<Worth> {
    let days_of = |row: Option<u16>| pieces.iter().filter(|piece| piece.row == row).map(&inside).sum::<i64>();
    let best = pieces.iter().map(|piece| piece.row).max_by_key(|row| (days_of(*row), row.is_some(), Reverse(*row)))?;
    let reference = pieces.iter().position(|piece| piece.row == best)?;
    Some(Worth { quantity: Quantity::WHOLE, row: Some(best?), sum: None, reference })
}

/// Day by day: the rate of each qualifying day ÷ the days in the unit, the division taken last, the sum rounded once
/// (rules 2.2, 7.3). A row of amount 0 is a rate of 0.
fn prorated(clause: &Clause<'_>, cell: Cell, pieces: &[Priced], inside: impl Fn(&Priced) -> i64) -> Option<Worth> {
    let rated =
        || pieces.iter().filter_map(|piece| Some((piece.row?, clause.charge.rates.row(piece.row?)?.amount, inside(piece))));
    let (first, rate, _) = rated().next()?;
    let mut exact = Exact::over(cell.days());
    rated().for_each(|(_, rate, days)| exact.add(rate, days));
    let days = rated().map(|(_, _, days)| days).sum::<i64>();
    let quantity = Quantity::Days { days: u16::try_from(days).ok()?, of: u16::try_from(cell.days()).ok()? };
    let same = rated().all(|(_, other, _)| other == rate);
    let reference = pieces.iter().position(|piece| piece.row.is_some())?;
    Some(Worth { quantity, row: same.then_some(first), sum: Some(Sum::Of(exact)), reference })
}

/// By what is tallied on the qualifying days with a rate (mechanisms 3.4).
fn tallied(clause: &Clause<'_>, measure: &Measure<'_>, cell: Cell, pieces: &[Priced], what: Tallied) -> Option<Worth> {
    let (mut tally, mut rates) = (Ratio::ZERO, Vec::new());
    for (row, _, here) in tallies(clause, measure, cell, pieces, what) {
        tally = tally.plus(here?)?;
        rates.push((row, clause.rate(row)));
    }
    let (first, rate) = *rates.first()?;
    let same = rates.iter().all(|(_, other)| *other == rate);
    let reference = pieces.iter().position(|piece| piece.row.is_some())?;
    Some(Worth { quantity: Quantity::of(tally), row: same.then_some(first), sum: Some(Sum::By(what)), reference })
}

/// Of days with a rate the row, its amount and what is tallied on them; `None` = too large to be exact.
type Tally = (u16, Ratio, Option<Ratio>);

/// The tallies of the pieces with a rate in a unit.
fn tallies<'p>(
    clause: &'p Clause<'_>,
    measure: &'p Measure<'_>,
    cell: Cell,
    pieces: &'p [Priced],
    what: Tallied,
) -> impl Iterator<Item = Tally> + 'p {
    pieces.iter().filter_map(move |piece| {
        let (row, days) = (piece.row?, piece.days.overlap(cell.span())?);
        let here = measure.line.stretches.get(piece.stretch)?.tallied(what, days);
        Some((row, Ratio::of(clause.rate(row)?), here))
    })
}

/// A sum that is too large to be exact is none; and the rate of its days, if they share one.
type Summed = (Option<Ratio>, Option<Ratio>);

/// Each day's rate × what is tallied on it, after the adjustments of the reference day; none where it waits for an index.
fn sum_by_tally(
    clause: &Clause<'_>,
    measure: &Measure<'_>,
    tallies: impl Iterator<Item = Tally>,
    held: Option<Held>,
) -> Option<Summed> {
    let (mut sum, mut shared) = (Some(Ratio::ZERO), None);
    for (_, rate, here) in tallies {
        let rate = match held {
            Some(held) => clause.adjusted(rate, held, &measure.indices)?,
            None => rate,
        };
        sum = sum.zip(here).and_then(|(sum, here)| sum.plus(rate.times(here)?));
        shared = Some(shared.map_or(Some(rate), |shared: Option<Ratio>| shared.filter(|shared| *shared == rate)));
    }
    Some((sum, shared.flatten()))
}

/// What a unit is worth by its tally; what is too large to be trusted is worth nothing, with a warning (mechanisms 2.4).
fn by_tally(
    clause: &Clause<'_>,
    measure: &Measure<'_>,
    tallies: impl Iterator<Item = Tally>,
    held: Option<Held>,
) -> Option<(Money, Option<Arc<Adjusted>>)> {
    let (sum, shared) = sum_by_tally(clause, measure, tallies, held)?;
    let told = held.map(|held| clause.told(shared, held, &measure.indices));
    Some((sum.and_then(|sum| clause.money(sum)).unwrap_or_default(), told))
}

/// In full, after adjustments (mechanisms 7.1); none where it waits for an index.
fn in_full_adjusted(
    clause: &Clause<'_>,
    measure: &Measure<'_>,
    row: u16,
    held: Held,
    before: &mut Before,
) -> Option<(Money, Option<Arc<Adjusted>>)> {
    if let Some((_, worth)) = before.as_ref().filter(|(key, _)| *key == (row, held)) {
        return Some(worth.clone());
    }
    let worth = clause.worth(row, Some(held), &measure.indices)?;
    Some(before.insert(((row, held), worth)).1.clone())
}

/// Day by day, each day's rate after the adjustments of the reference day (mechanisms 7.1); none where it waits for an index.
fn prorated_adjusted(
    clause: &Clause<'_>,
    measure: &Measure<'_>,
    cell: Cell,
    pieces: &[Priced],
    held: Held,
) -> Option<(Money, Option<Arc<Adjusted>>)> {
    let (mut sum, mut shared) = (Ratio::ZERO, None);
    for piece in pieces {
        let (Some(rate), Some(inside)) = (piece.row.and_then(|row| clause.rate(row)), piece.days.overlap(cell.span()))
        else {
            continue;
        };
        let rate = clause.adjusted(Ratio::of(rate), held, &measure.indices)?;
        sum = sum.plus(rate.times(Ratio::new(i128::from(inside.days()), i128::from(cell.days()))?)?)?;
        shared = Some(shared.map_or(Some(rate), |shared: Option<Ratio>| shared.filter(|shared| *shared == rate)));
    }
    Some((clause.money(sum)?, Some(clause.told(shared.flatten(), held, &measure.indices))))
}
