//! The rows of `benefits.csv` (saving 1).

use super::header::{Column, digits, empty, filled};
use super::rows::{Cells, FromRow};
use crate::facts::Benefit;
use crate::facts::benefit::Pay;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::number;
use rust_decimal::Decimal;

const WEEKLY: usize = 6;
const MONTHLY: usize = 7;
const CLOCK: usize = 8;

/// What an amount has to stay below.
const TOO_MUCH: u32 = 10_000_000;

/// The most weeks that a clock may have counted.
const MOST_WEEKS: u32 = 9_999;

impl FromRow for Benefit {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("benefit"),
        filled("participant"),
        filled("type"),
        filled("first_day"),
        empty("last_day"),
        digits(empty("weekly")),
        digits(empty("monthly")),
        empty("clock"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Benefit> {
        let (participant, kind) = (cells.id(2), cells.id(3));
        let first_day = cells.day(4);
        let last_day = cells.maybe_day(5);
        cells.in_order((4, first_day), (5, last_day));
        if cells.maybe(WEEKLY).is_some() && cells.maybe(MONTHLY).is_some() {
            let help = "leave one of them empty: the contract says what a monthly amount is a week";
            cells.report(Code::TwoAmounts, MONTHLY, "the benefit has both a `weekly` and a `monthly` amount", help);
        }
        let (weekly, monthly) = (amount(cells, WEEKLY), amount(cells, MONTHLY));
        let clock = clock(cells);
        let amount = weekly?.map(Pay::Weekly).or(monthly?.map(Pay::Monthly));
        Some(Benefit { participant: participant?, kind: kind?, first_day: first_day?, last_day, amount, clock: clock? })
    }
}

/// An amount of money, which may be left out; `None` where what stands there cannot be read.
fn amount(cells: &mut Cells<'_>, column: usize) -> Option<Option<Decimal>> {
    if cells.maybe(column).is_none() {
        return Some(None);
    }
    let amount = cells.number(column, number::parse_amount)?;
    if let Some(currency) = cells.terms.map(|terms| terms.currency)
        && (amount.scale() > currency.decimals() || amount >= Decimal::from(TOO_MUCH))
    {
        let (decimals, code) = (currency.decimals(), currency.code());
        let message =
            format!("the amount has more than the {decimals} decimals of {code}, or more than 7 digits before the point");
        cells.report(Code::BenefitDecimals, column, &message, "write what is paid, no finer than it can be paid");
    }
    Some(Some(amount))
}

/// How many weeks were counted before, if that was reported; `None` where what stands there cannot be read.
fn clock(cells: &mut Cells<'_>) -> Option<Option<u32>> {
    let Some(text) = cells.maybe(CLOCK) else { return Some(None) };
    let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let weeks = digits.and_then(|text| text.parse().ok()).filter(|weeks: &u32| *weeks <= MOST_WEEKS);
    if weeks.is_none() {
        let message = format!("{} is not a number of weeks", quote(text));
        let help =
            "write how many weeks with benefit were counted before the week of `first_day`: a whole number up to 9999";
        cells.report(Code::ClockWeeks, CLOCK, &message, help);
    }
    weeks.map(Some)
}
