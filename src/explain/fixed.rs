//! Fixed charges, date by date (rule 7.1).

use super::price::{rate, row_on_date};
use super::reckoning::{FixedSheet, Joined, Verdict};
use super::sheet::{Owed, Sheet, settle, whole};
use crate::charge::fixed::FixedPer;
use crate::charge::{Charge, Fixed, Unit};
use crate::contract::Contract;
use crate::facts::Facts;
use crate::measure::day::Day;
use rust_decimal::Decimal;

/// The dates of a fixed charge up to `until`, with `per = "company"` for each company that was ever recorded.
pub(super) fn sheets(
    contract: &Contract,
    facts: &Facts,
    number: u16,
    charge: &Charge,
    fixed: &Fixed,
    cut_off: Day,
    until: Day,
) -> Vec<Sheet> {
    let companies: Vec<Option<u32>> = match fixed.per {
        FixedPer::Contract => vec![None],
        FixedPer::Company => (0..u32::try_from(facts.companies.len()).unwrap_or(u32::MAX)).map(Some).collect(),
    };
    let mut sheets = Vec::new();
    for date in fixed.on.iter().copied().filter(|date| *date <= until) {
        for company in &companies {
            let (verdict, owed) = worth(contract, facts, charge, *company, cut_off, date);
            let unit = Unit::Date(date);
            sheets.push(Sheet { charge: number, line: None, company: *company, unit, earned_on: date, verdict, owed });
        }
    }
    sheets
}

fn worth(
    contract: &Contract,
    facts: &Facts,
    charge: &Charge,
    company: Option<u32>,
    cut_off: Day,
    date: Day,
) -> (Verdict, Option<Owed>) {
    if company.is_some_and(|company| !in_programme(joined(facts, company, cut_off).as_ref(), date)) {
        return (Verdict::NotInProgramme, None);
    }
    let Some(row) = row_on_date(charge, date) else { return (Verdict::NoRate, None) };
    let (verdict, amount) = settle(contract, charge, whole(charge, row), Decimal::ONE);
    let rate = charge.rates.rows.get(row).map(|row| row.amount.normalize());
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
    facts: &Facts,
    charge: &Charge,
    company: Option<u32>,
    cut_off: Day,
    date: Day,
    verdict: Verdict,
) -> FixedSheet {
    FixedSheet {
        date,
        rate: row_on_date(charge, date).and_then(|row| rate(charge, row, None)),
        company: company.and_then(|company| joined(facts, company, cut_off)),
        verdict,
    }
}
