//! Days, weeks and months of a period charge, worked out day by day (rules 7.3, 8.1 to 8.3).

use super::adjust::{held, told as told_rate};
use super::delay::earned_on;
use super::fraction::Fraction;
use super::line::{Line, Range, State};
use super::market::{Held, Waits, amount_of};
use super::own::Own;
use super::price::{Asked, rate, row_on};
use super::reckoning::{Counted, TalliesTold, UnitSheet, Verdict};
use super::sheet::{Owed, Sheet, by, settle};
use super::tally::on_day;
use super::tell;
use super::tied::Tied;
use crate::charge::period::Pay;
use crate::charge::{Charge, Period, Unit};
use crate::measure::day::{Day, Span};
use crate::measure::grid::{Cell, Grid};
use crate::timeline::payroll::Tallied;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// A charge measured on a line.
#[derive(Clone, Copy)]
pub(super) struct Case<'c, 'a> {
    pub own: &'c Own<'a>,
    pub line: &'c Line<'a>,
    pub charge: &'a Charge,
    pub number: u16,
    /// The place of the line.
    pub at: usize,
}

/// A qualifying day and what it is worth.
struct Priced<'c> {
    day: Day,
    range: &'c Range,
    row: Option<usize>,
}

/// The units of the term that are earned on or before `until`, in order, each with what comes of it.
pub(super) fn sheets(case: Case<'_, '_>, period: &Period, until: Day) -> Vec<Sheet> {
    let contract = case.own.contract;
    let mut sheets = Vec::new();
    let mut used = 0;
    // Pieces are counted from the anchor; where there is none, there is no piece (mechanisms 3.4).
    let (grid, begin) = match (period.unit, case.line.anchor) {
        (Grid::Parts { .. }, None) => return sheets,
        (Grid::Parts { .. }, Some(anchor)) => (period.unit.counted_from(anchor), anchor.max(contract.starts)),
        (calendar, _) => (calendar, contract.starts),
    };
    let mut cell = grid.cell(begin);
    while cell.first() <= contract.ends.min(until) {
        // Earned on the unit's last day or, where it comes first, on the last day that can qualify (rule 7.3).
        let own_day = cell.last().min(case.line.last);
        let earned_on = earned_on(case.charge, own_day);
        if own_day <= until {
            let (mut verdict, mut owed) = unit(case, period, cell);
            let counts = owed.is_some() || matches!(verdict, Verdict::Waits { .. });
            if let Some(most) = period.max_units.filter(|most| counts && used >= *most) {
                (verdict, owed) = (Verdict::UnitsUsedUp { most }, None);
            }
            // What waits for an index keeps its place (mechanisms 7.2).
            used += u32::from(owed.is_some() || matches!(verdict, Verdict::Waits { .. }));
            (verdict, owed) = by(until, earned_on, (verdict, owed));
            sheets.push(Sheet {
                charge: case.number,
                line: Some(case.at),
                company: case.line.company,
                unit: Unit::Cell(cell),
                earned_on,
                own_day,
                verdict,
                owed,
                tied: Tied::default(),
            });
        }
        cell = cell.next();
    }
    sheets
}

/// What comes of one unit, `max_units` aside.
fn unit(case: Case<'_, '_>, period: &Period, cell: Cell) -> (Verdict, Option<Owed>) {
    let days = priced(case, cell.span());
    let count = u32::try_from(days.len()).unwrap_or(u32::MAX);
    if days.is_empty() {
        return (Verdict::NoDays, None);
    }
    if let Pay::Full { min_days } = period.pay
        && count < min_days
    {
        return (Verdict::TooFewDays { needed: min_days }, None);
    }
    let Some(reference) = reference(period, &days) else { return (Verdict::NoRate, None) };
    let held = held(case.charge, asked(case, reference.range, reference.day));
    let priced = match (period.pay, reference.row) {
        (Pay::Full { .. }, Some(row)) => in_full(case, row, &held),
        (Pay::Full { .. }, None) => return (Verdict::NoRate, None),
        (Pay::Prorated, _) => prorated(case, &days, cell, &held),
        (Pay::By(what), _) => by_tally(case, &days, what, &held),
    };
    let (exact, quantity, rate) = match priced {
        Ok(priced) => priced,
        Err(waits) => return (waits.into(), None),
    };
    let (verdict, amount) = settle(case.own.contract, case.charge, exact, quantity);
    let reference = company(case.own, case.line, reference.range);
    (verdict, amount.map(|amount| Owed { amount, quantity, rate, reference, days: count }))
}

/// The reference day: the first with a rate or, paid in full, the first with the unit's row (rule 8.3).
fn reference<'p, 'c>(period: &Period, days: &'p [Priced<'c>]) -> Option<&'p Priced<'c>> {
    match period.pay {
        Pay::Full { .. } => {
            let row = chosen(days)?;
            days.iter().find(|day| day.row == Some(row))
        }
        Pay::Prorated | Pay::By(_) => days.iter().find(|day| day.row.is_some()),
    }
}

/// A day without a step.
fn asked<'c, 'a>(case: Case<'c, 'a>, range: &'c Range, day: Day) -> Asked<'c, 'a> {
    Asked { own: case.own, line: case.line, range, day, step: None }
}

/// The exact amount, the quantity and the rate of a unit paid in full; an error where it waits for an index.
fn in_full(case: Case<'_, '_>, row: usize, held: &Held<'_>) -> Result<(Fraction, Decimal, Option<Decimal>), Waits> {
    let written = amount_of(case.charge, row);
    let adjusted = case.own.market.adjusted(written, held)?;
    Ok((adjusted.exact, Decimal::ONE, adjusted.rate(written)))
}

/// The company of a range's days (rule 6.3), by number.
pub(super) fn company<'a>(own: &Own<'a>, line: &Line<'a>, range: &Range) -> Option<u32> {
    own.known.placed(line.work.get(range.top?)?.job).map(|placement| placement.company)
}

/// Each qualifying day with the row that applies to it.
fn priced<'c>(case: Case<'c, '_>, days: Span) -> Vec<Priced<'c>> {
    let mut priced = Vec::new();
    for (days, range) in case.line.within(days).filter(|(_, range)| range.state == State::Counts) {
        let mut day = days.first;
        while day <= days.last {
            priced.push(Priced { day, range, row: row_on(case.charge, asked(case, range, day)) });
            day = day.next();
        }
    }
    priced
}

/// How many days each row applies to, and no row, in the order of precedence: the first of those with the most days prices
/// the unit (rule 8.2).
fn candidates(charge: &Charge, days: &[Priced<'_>]) -> Vec<(Option<usize>, u32)> {
    let rows = (0..charge.rates.rows.len()).map(Some).chain([None]);
    let count = |row| u32::try_from(days.iter().filter(|day| day.row == row).count()).unwrap_or(u32::MAX);
    rows.map(|row| (row, count(row))).filter(|(_, count)| *count > 0).collect()
}

/// The row that prices a unit paid in full; none if most of its days have none.
fn chosen(days: &[Priced<'_>]) -> Option<usize> {
    let count = |row: Option<usize>| days.iter().filter(|day| day.row == row).count();
    let mut best: Option<(Option<usize>, usize)> = None;
    for day in days {
        let here = count(day.row);
        let earlier = |row: Option<usize>| row.map_or(usize::MAX, |row| row);
        let wins = best.is_none_or(|(row, most)| here > most || (here == most && earlier(day.row) < earlier(row)));
        if wins {
            best = Some((day.row, here));
        }
    }
    best?.0
}

/// The rate of each day ÷ the days in the unit, divided last (rules 2.2, 7.3), each after the adjustments of the reference day;
/// the rate is that which all these days share. An error where it waits for an index.
fn prorated(
    case: Case<'_, '_>,
    days: &[Priced<'_>],
    cell: Cell,
    held: &Held<'_>,
) -> Result<(Fraction, Decimal, Option<Decimal>), Waits> {
    let written: Vec<Decimal> = days.iter().filter_map(|day| day.row).map(|row| amount_of(case.charge, row)).collect();
    let quotient = Decimal::from(written.len()).checked_div(Decimal::from(cell.days())).unwrap_or_default();
    let quantity = quotient.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero).normalize();
    let plain = written.iter().fold(Fraction::over(cell.days()), |sum, rate| sum.plus(*rate, 1));
    let mut rates: Vec<Option<Decimal>> = Vec::new();
    let mut sum: Option<Fraction> = None;
    for rate in &written {
        let adjusted = case.own.market.adjusted(*rate, held)?;
        rates.push(adjusted.rate(*rate));
        let part = adjusted.exact.by(Fraction::of(Decimal::from(cell.days())));
        sum = part.and_then(|part| sum.map_or(Some(part), |sum: Fraction| sum.and(part)));
    }
    let shared = rates.first().copied().flatten().filter(|first| rates.iter().all(|rate| *rate == Some(*first)));
    Ok((sum.filter(|_| held.any()).unwrap_or(plain), quantity, shared))
}

/// What is tallied on the days to which each row applies.
fn tallies(case: Case<'_, '_>, days: &[Priced<'_>], what: Tallied) -> BTreeMap<usize, Fraction> {
    let mut tallies: BTreeMap<usize, Fraction> = BTreeMap::new();
    for day in days {
        let Some(row) = day.row else { continue };
        let so_far = tallies.entry(row).or_insert(Fraction::of(Decimal::ZERO));
        let here = on_day(case.line, day.range, day.day, what);
        *so_far = here.and_then(|here| so_far.and(here)).unwrap_or(*so_far);
    }
    tallies
}

/// The rate of each day × what is tallied on it (mechanisms 3.4), after the adjustments of the reference day; an error where it
/// waits for an index.
fn by_tally(
    case: Case<'_, '_>,
    days: &[Priced<'_>],
    what: Tallied,
    held: &Held<'_>,
) -> Result<(Fraction, Decimal, Option<Decimal>), Waits> {
    let zero = Fraction::of(Decimal::ZERO);
    let (mut sum, mut tally, mut rates) = (Some(zero), Some(zero), Vec::new());
    for (row, here) in tallies(case, days, what) {
        let written = amount_of(case.charge, row);
        let adjusted = case.own.market.adjusted(written, held)?;
        sum = sum.and_then(|sum| sum.and(adjusted.exact.times(here)?));
        tally = tally.and_then(|tally| tally.and(here));
        rates.push(adjusted.rate(written));
    }
    let shared = rates.first().copied().flatten().filter(|first| rates.iter().all(|rate| *rate == Some(*first)));
    Ok((sum.unwrap_or(zero), tally.unwrap_or(zero).rounded(6), shared))
}

/// The arithmetic of one unit, in full.
pub(super) fn told(case: Case<'_, '_>, period: &Period, cell: Cell, verdict: Verdict) -> UnitSheet {
    let days = priced(case, cell.span());
    let one_based = |row: usize| u32::try_from(row + 1).unwrap_or(u32::MAX);
    let mut counted: Vec<Counted> = Vec::new();
    for priced in &days {
        let next =
            Counted { row: priced.row.map(one_based), ..tell::counted(case.own, case.line, priced.range, priced.day) };
        match counted.last_mut() {
            Some(last) if last.days.last.next() == priced.day && Counted { days: next.days, ..last.clone() } == next => {
                last.days.last = priced.day;
            }
            _ => counted.push(next),
        }
    }
    let held = reference(period, &days).map(|day| held(case.charge, asked(case, day.range, day.day)));
    let full = matches!(period.pay, Pay::Full { .. });
    let adjusted = |row: usize| {
        let held = held.as_ref().filter(|_| !full || chosen(&days) == Some(row))?;
        case.own.market.adjusted(amount_of(case.charge, row), held).ok()
    };
    let rated = |row: usize| told_rate(rate(case.charge, row, case.line.anchor), adjusted(row));
    let rates = candidates(case.charge, &days);
    let by = match period.pay {
        Pay::By(what) => {
            let tallies = tallies(case, &days, what);
            let of = |(row, _): &(Option<usize>, u32)| row.and_then(|row| tallies.get(&row).copied());
            Some(TalliesTold { what, sums: rates.iter().map(of).collect() })
        }
        Pay::Full { .. } | Pay::Prorated => None,
    };
    UnitSheet {
        grid: cell.grid,
        days: cell.span(),
        counted,
        count: u32::try_from(days.len()).unwrap_or(u32::MAX),
        left_out: tell::left_out(case.own, case.line, cell.span()),
        min_days: match period.pay {
            Pay::Full { min_days } => Some(min_days),
            Pay::Prorated | Pay::By(_) => None,
        },
        by,
        rates: rates.into_iter().map(|(row, count)| (row.and_then(rated), count)).collect(),
        chosen: full.then(|| chosen(&days)).flatten().map(one_based),
        verdict,
    }
}
