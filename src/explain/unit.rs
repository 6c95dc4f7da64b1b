//! Days, weeks and months of a period charge, worked out day by day (rules 7.3, 8.1 to 8.3).

use super::fraction::Fraction;
use super::line::{Line, Range, State};
use super::own::Own;
use super::price::{rate, row_on};
use super::reckoning::{Counted, UnitSheet, Verdict};
use super::sheet::{Owed, Sheet, settle, whole};
use super::tell;
use crate::charge::period::Pay;
use crate::charge::{Charge, Period, Unit};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Cell;
use rust_decimal::{Decimal, RoundingStrategy};

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
    let mut cell = period.unit.cell(contract.starts);
    while cell.first() <= contract.ends.min(until) {
        // Earned on the unit's last day or, where it comes first, on the last day that can qualify (rule 7.3).
        let earned_on = cell.last().min(case.line.last);
        if earned_on <= until {
            let (mut verdict, mut owed) = unit(case, period, cell);
            if let Some(most) = period.max_units.filter(|most| owed.is_some() && used >= *most) {
                (verdict, owed) = (Verdict::UnitsUsedUp { most }, None);
            }
            used += u32::from(owed.is_some());
            sheets.push(Sheet {
                charge: case.number,
                line: Some(case.at),
                company: case.line.company,
                unit: Unit::Cell(cell),
                earned_on,
                verdict,
                owed,
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
    let priced = match period.pay {
        Pay::Full { min_days } if count < min_days => return (Verdict::TooFewDays { needed: min_days }, None),
        Pay::Full { .. } => chosen(&days).map(|row| (whole(case.charge, row), Decimal::ONE, Some(row))),
        Pay::Prorated => prorated(case.charge, &days, cell),
    };
    let Some((exact, quantity, row)) = priced else { return (Verdict::NoRate, None) };
    let (verdict, amount) = settle(case.own.contract, case.charge, exact, quantity);
    // The reference day: the first with a rate or, paid in full, the first with the unit's row (rule 8.3).
    let full = matches!(period.pay, Pay::Full { .. });
    let reference = days.iter().find(|day| if full { day.row == row } else { day.row.is_some() });
    let owed = amount.map(|amount| Owed {
        amount,
        quantity,
        rate: row.and_then(|row| case.charge.rates.rows.get(row)).map(|row| row.amount.normalize()),
        reference: reference.and_then(|day| company(case.own, day.range)),
        days: count,
    });
    (verdict, owed)
}

/// The company of a range's days (rule 6.3), by number.
pub(super) fn company(own: &Own<'_>, range: &Range) -> Option<u32> {
    let spell = own.known.spells.get(range.top?)?;
    own.known.placement(spell).map(|placement| placement.company)
}

/// Each qualifying day with the row that applies to it.
fn priced<'c>(case: Case<'c, '_>, days: Span) -> Vec<Priced<'c>> {
    let mut priced = Vec::new();
    for (days, range) in case.line.within(days).filter(|(_, range)| range.state == State::Counts) {
        let mut day = days.first;
        while day <= days.last {
            priced.push(Priced { day, range, row: row_on(case.own, case.line, case.charge, range, day) });
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

/// The rate of each day ÷ the days in the unit, divided last (rules 2.2, 7.3); the row is one of those with the rate that all
/// these days share.
fn prorated(charge: &Charge, days: &[Priced<'_>], cell: Cell) -> Option<(Fraction, Decimal, Option<usize>)> {
    let amount = |row: usize| charge.rates.rows.get(row).map_or(Decimal::ZERO, |row| row.amount);
    let rated: Vec<usize> = days.iter().filter_map(|day| day.row).collect();
    let first = *rated.first()?;
    let exact = rated.iter().fold(Fraction::over(cell.days()), |sum, row| sum.plus(amount(*row), 1));
    let quotient = Decimal::from(rated.len()).checked_div(Decimal::from(cell.days()))?;
    let quantity = quotient.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero).normalize();
    let same = rated.iter().all(|row| amount(*row) == amount(first));
    Some((exact, quantity, same.then_some(first)))
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
    let rates = candidates(case.charge, &days).into_iter();
    UnitSheet {
        grid: cell.grid,
        days: cell.span(),
        counted,
        count: u32::try_from(days.len()).unwrap_or(u32::MAX),
        left_out: tell::left_out(case.own, case.line, cell.span()),
        min_days: match period.pay {
            Pay::Full { min_days } => Some(min_days),
            Pay::Prorated => None,
        },
        rates: rates.map(|(row, count)| (row.and_then(|row| rate(case.charge, row, case.line.anchor)), count)).collect(),
        chosen: matches!(period.pay, Pay::Full { .. }).then(|| chosen(&days)).flatten().map(one_based),
        verdict,
    }
}
