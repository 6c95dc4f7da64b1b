//! Fixed charges, date by date (rule 7.1, mechanisms 3.5).

use super::adjust::told as told_rate;
use super::delay::earned_on;
use super::market::{Market, amount_of, held_on};
use super::price::{rate, row_on_date};
use super::reckoning::{CountedFrom, FixedSheet, Joined, Verdict};
use super::sheet::{Owed, Sheet, by, settle};
use super::tied::Tied;
use crate::charge::fixed::FixedPer;
use crate::charge::{Charge, Fixed, Unit};
use crate::facts::{Facts, Participant};
use crate::measure::day::Day;
use rust_decimal::Decimal;

/// Whose dates they are.
#[derive(Clone, Copy)]
pub(super) enum Whose<'w> {
    Contract,
    Company(u32),
    Participant(&'w Participant),
}

impl<'w> Whose<'w> {
    fn company(self) -> Option<u32> {
        match self {
            Whose::Company(number) => Some(number),
            Whose::Contract | Whose::Participant(_) => None,
        }
    }

    fn participant(self) -> Option<&'w Participant> {
        match self {
            Whose::Participant(terms) => Some(terms),
            Whose::Contract | Whose::Company(_) => None,
        }
    }
}

/// The dates of a fixed charge up to `until`, with `per = "company"` for each company that was ever recorded.
pub(super) fn sheets(market: Market<'_>, number: u16, charge: &Charge, fixed: &Fixed, until: Day) -> Vec<Sheet> {
    let companies = 0..u32::try_from(market.facts.companies.len()).unwrap_or(u32::MAX);
    let all: Vec<Whose<'_>> = match fixed.per {
        FixedPer::Contract => vec![Whose::Contract],
        FixedPer::Company => companies.map(Whose::Company).collect(),
        FixedPer::Participant => Vec::new(),
    };
    let dates = fixed.dates.until(market.contract.term(), until).into_iter().map(|date| (Unit::Date(date), date));
    let each = dates.flat_map(|date| all.iter().map(move |whose| (date, *whose)));
    each.map(|(date, whose)| sheet(market, (number, charge), date, whose, until)).collect()
}

/// One date.
pub(super) fn sheet(
    market: Market<'_>,
    (number, charge): (u16, &Charge),
    (unit, date): (Unit, Day),
    whose: Whose<'_>,
    until: Day,
) -> Sheet {
    let earned_on = earned_on(charge, date);
    let (verdict, owed) = by(until, earned_on, worth(market, charge, whose, date));
    let (company, tied) = (whose.company(), Tied::default());
    Sheet { charge: number, line: None, company, unit, earned_on, own_day: date, verdict, owed, tied }
}

fn worth(market: Market<'_>, charge: &Charge, whose: Whose<'_>, date: Day) -> (Verdict, Option<Owed>) {
    let company = whose.company();
    if company.is_some_and(|company| !in_programme(joined(market.facts, company, market.cut_off).as_ref(), date)) {
        return (Verdict::NotInProgramme, None);
    }
    let Some(row) = row_on_date(charge, date, whose.participant()) else { return (Verdict::NoRate, None) };
    let written = amount_of(charge, row);
    let adjusted = match market.adjusted(written, &held_on(charge, date, whose.participant())) {
        Ok(adjusted) => adjusted,
        Err(waits) => return (waits.into(), None),
    };
    let (verdict, amount) = settle(market.contract, charge, adjusted.exact, Decimal::ONE);
    let rate = adjusted.rate(written);
    let owed = amount.map(|amount| Owed { amount, quantity: Decimal::ONE, rate, reference: company, days: 0 });
    (verdict, owed)
}

/// When a company was in the programme, as known on the cut-off.
fn joined(facts: &Facts, company: u32, cut_off: Day) -> Option<Joined> {
    let (_, terms) = facts.companies.known(company as usize, cut_off)?;
    Some(Joined { joined_on: terms.joined_on, left_on: terms.left_on })
}

/// Whether it has joined by the date and not left before it (rule 7.1).
fn in_programme(joined: Option<&Joined>, date: Day) -> bool {
    joined.is_some_and(|days| {
        days.joined_on.is_some_and(|first| first <= date) && days.left_on.is_none_or(|last| date <= last)
    })
}

/// The arithmetic of one date, in full.
pub(super) fn told(
    market: Market<'_>,
    charge: &Charge,
    whose: Whose<'_>,
    (date, counted_from): (Day, Option<CountedFrom>),
    verdict: Verdict,
) -> FixedSheet {
    let row = row_on_date(charge, date, whose.participant());
    let adjusted =
        row.and_then(|row| market.adjusted(amount_of(charge, row), &held_on(charge, date, whose.participant())).ok());
    FixedSheet {
        date,
        rate: told_rate(row.and_then(|row| rate(charge, row, None)), adjusted),
        company: whose.company().and_then(|company| joined(market.facts, company, market.cut_off)),
        counted_from,
        verdict,
    }
}
