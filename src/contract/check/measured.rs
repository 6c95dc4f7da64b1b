//! Measured charges: their figures, dates and digits (mechanisms 2.4, 5.2).

use super::{Findings, bands, listed};
use crate::charge::band::{Band, Edge, Rise};
use crate::charge::{Dates, Measured, OwedBy};
use crate::contract::calendar::Calendar;
use crate::contract::terms::Contract;
use crate::figure::Form;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(super) fn check(contract: &Contract, path: &str, terms: &Measured, owed_by: OwedBy, found: &mut Findings) {
    named(contract, &format!("{path}.figure"), &terms.figure, found);
    for (nth, id) in terms.times.iter().enumerate() {
        named(contract, &format!("{path}.times[{nth}]"), id, found);
    }
    if let Dates::On(dates) = &terms.dates {
        days(contract, path, dates, found);
    }
    bands::check(contract, path, terms, owed_by, found);
    digits(contract, path, terms, found);
}

fn named(contract: &Contract, path: &str, id: &Id, found: &mut Findings) {
    if contract.figure(id).is_none() {
        let message = format!("the contract has no figure {}", quote(id.as_str()));
        let known = listed(contract.figures.iter().map(|figure| figure.id.as_str()));
        let help = if known.is_empty() { "add a `[[figure]]`".to_owned() } else { format!("its figures are {known}") };
        found.say(Code::UnknownName, path, message).help(help).rests("figure[*].id");
    }
}

/// The dates lie in the term or its tail periods, and none is named twice.
fn days(contract: &Contract, path: &str, dates: &[Day], found: &mut Findings) {
    if dates.is_empty() {
        found.say(Code::EmptyList, &format!("{path}.on"), "`on` is an empty list").help("name at least one date");
    }
    let term = contract.term();
    if term.first > term.last {
        return;
    }
    let whole = Calendar::with_tail(contract);
    let mut seen = BTreeSet::new();
    for (nth, day) in dates.iter().enumerate() {
        let path_of_day = format!("{path}.on[{nth}]");
        if *day < whole.first {
            let message = format!("the date {day} lies before the contract's first day");
            let help = format!("the contract starts on {}", whole.first);
            found.say(Code::FixedDate, &path_of_day, message).help(help).rests("starts").rests("ends");
        } else if *day > whole.last {
            let message = format!("the date {day} lies after the contract's last period, so that it is never settled");
            let help = format!("the last period ends on {}; add `tail_periods`, or correct the date", whole.last);
            let finding = found.say(Code::DateAfterTail, &path_of_day, message).help(help);
            finding.rests("ends").rests("settlement").rests("starts");
        } else if !seen.insert(*day) {
            let message = format!("the date {day} is named twice");
            let help = "remove one of the two; what falls due twice on a day is a charge of its own";
            found.say(Code::FixedDate, &path_of_day, message).help(help).rests(format!("{path}.on"));
        }
    }
}

/// The most digits that everything multiplied may have (mechanisms 2.4).
const MOST_DIGITS: u32 = 36;
/// What a measurement counts as.
const MEASUREMENT: u32 = 15;

/// No amount may be too large to be exact when it is settled (mechanisms 2.4).
fn digits(contract: &Contract, path: &str, terms: &Measured, found: &mut Findings) {
    let of = |id: &Id| match contract.figure(id).map(|(_, figure)| &figure.form) {
        Some(Form::Value(value)) => value.value.digits(),
        _ => MEASUREMENT,
    };
    let value = of(&terms.figure);
    let price = terms.scale.bands.iter().map(|band| price(band, value)).max().unwrap_or_default();
    let sum = terms.times.iter().fold(price, |so_far, id| so_far.saturating_add(of(id)));
    if sum <= MOST_DIGITS {
        return;
    }
    let message = format!("what is multiplied here may come to {sum} digits; no more than {MOST_DIGITS} are exact");
    let help = "a measurement counts as 15 digits; multiply fewer figures, or write shorter numbers";
    let finding = found.say(Code::TooManyDigits, &format!("{path}.figure"), message).help(help);
    finding.rests("figure").rests(format!("{path}.times")).rests(format!("{path}.band")).rests(format!("{path}.each"));
}

/// The digits of what a band makes of a value.
fn price(band: &Band, value: u32) -> u32 {
    let digits = |number: Decimal| Ratio::of(number).digits();
    let edge = |edge: Option<Edge>| edge.map_or(0, |edge| digits(edge.at));
    let way = value.max(edge(band.lower)).max(edge(band.upper));
    match band.rise {
        Rise::None => digits(band.amount),
        Rise::Each(each) => digits(band.amount).max(digits(each).saturating_add(way)),
        // On its way a line is multiplied and divided.
        Rise::To(to) => digits(band.amount).max(digits(to)).saturating_add(way),
    }
}
