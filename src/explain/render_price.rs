//! What counts on a day, at which rate, and what comes of it, in words.

use super::page::Page;
use super::reckoning::{Counted, Rate, Verdict};
use super::words::Phrase;
use crate::charge::OwedBy;
use crate::measure::money::{Rounding, Shown};

/// What counts on a day: `sb: ordinary employment, 37 hours a week, at company k1`.
pub(super) fn counted_as(page: &Page, counted: &Counted, with_row: bool) -> String {
    let mut text =
        page.say(Phrase::CountedAs, &[&page.list(&counted.spells), &page.kind(&counted.kind), &page.hours(counted.hours)]);
    if let Some(company) = &counted.company {
        text = page.say(Phrase::AtCompany, &[&text, company]);
    }
    match counted.row.filter(|_| with_row) {
        Some(row) => page.say(Phrase::WithRow, &[&text, &row.to_string()]),
        None if with_row => page.say(Phrase::WithoutRow, &[&text]),
        None => text,
    }
}

/// A row of a rate card with its conditions.
pub(super) fn rate(page: &mut Page, indent: usize, rate: &Rate) {
    let row = &rate.row;
    let amount = page.exact(&row.amount);
    let mut conditions: Vec<String> = Vec::new();
    if let Some(kinds) = &row.kinds {
        conditions.push(kinds.iter().map(|kind| page.kind(kind.as_str())).collect::<Vec<String>>().join(" / "));
    }
    if let Some(groups) = &row.target_groups {
        let groups: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
        conditions.push(page.say(Phrase::IfGroup, &[&groups.join(" / ")]));
    }
    if let Some(band) = row.hours {
        conditions.push(page.say(Phrase::IfHours, &[&page.number(band.from), &page.number(band.below)]));
    }
    if let Some(band) = row.elapsed {
        let (from, below) = (band.from_month.to_string(), band.below_month.to_string());
        let since = rate.elapsed_since.map(|day| page.day(day)).unwrap_or_default();
        conditions.push(page.say(Phrase::IfElapsed, &[&from, &below, &since]));
    }
    if let Some(valid) = row.valid {
        conditions.push(page.say(Phrase::IfValid, &[&page.span(valid)]));
    }
    match (rate.of, conditions.is_empty()) {
        (1, true) => page.put(indent, Phrase::OnlyRate, &[&amount]),
        (_, true) => page.put(indent, Phrase::RateRow, &[&rate.number.to_string(), &rate.of.to_string(), &amount]),
        (_, false) => page.put(
            indent,
            Phrase::RateRowIf,
            &[&rate.number.to_string(), &rate.of.to_string(), &amount, &conditions.join(", ")],
        ),
    }
}

/// What comes of it, where that is not plain already.
pub(super) fn verdict(page: &mut Page, indent: usize, verdict: &Verdict, count: u32) {
    match verdict {
        Verdict::Owed { exact, rounding, amount, owed_by, .. } => {
            let decimals = amount.to_string().split_once('.').map_or(0, |(_, part)| part.len());
            if !exact.ends_within(u32::try_from(decimals).unwrap_or(8)) {
                let (exact, rule, amount) = (page.exact(exact), rounded(page, *rounding), page.money(amount));
                page.put(indent, Phrase::Rounded, &[&exact, &rule, &amount]);
            }
            if *owed_by == OwedBy::Payee {
                let turned = Shown::new(-amount.minor(), u32::try_from(decimals).unwrap_or_default());
                page.put(indent, Phrase::OwedByPayee, &[&page.money(&turned)]);
            }
        }
        Verdict::RoundsToNothing { exact, rounding } => {
            let (exact, rule) = (page.exact(exact), rounded(page, *rounding));
            page.put(indent, Phrase::RoundsToNothing, &[&exact, &rule]);
        }
        Verdict::NoDays => page.put(indent, Phrase::NoDays, &[]),
        Verdict::TooFewDays { needed } => {
            let days = page.days(i64::from(count));
            page.put(indent, Phrase::TooFewDays, &[&days, &needed.to_string()]);
        }
        Verdict::NoRate => page.put(indent, Phrase::NoRate, &[]),
        Verdict::UnitsUsedUp { most } => page.put(indent, Phrase::UnitsUsedUp, &[&most.to_string()]),
        Verdict::NotReached => {}
        Verdict::NotKnown => page.put(indent, Phrase::NotKnown, &[]),
        Verdict::InNoBand => page.put(indent, Phrase::InNoBand, &[]),
        Verdict::PriceOf0 => page.put(indent, Phrase::PriceOf0, &[]),
        Verdict::TooLarge => page.put(indent, Phrase::TooLarge, &[]),
        Verdict::NotInProgramme => page.put(indent, Phrase::NotInProgramme, &[]),
        Verdict::NotYet { earned_on } => {
            let day = page.day(*earned_on);
            page.put(indent, Phrase::NotYet, &[&day]);
        }
    }
}

fn rounded(page: &Page, rounding: Rounding) -> String {
    let phrase = match rounding {
        Rounding::HalfAwayFromZero => Phrase::HalfAway,
        Rounding::HalfEven => Phrase::HalfEven,
    };
    page.say(phrase, &[])
}
