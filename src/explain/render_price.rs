//! What counts on a day, at which rate, and what comes of it, in words.

use super::page::Page;
use super::reckoning::{AdjustTold, ByTold, Counted, Published, Rate, Verdict};
use super::words::Phrase;
use crate::charge::{Conditions, OwedBy};
use crate::measure::day::Day;
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
    let amount = page.exact(&rate.row.amount);
    let conditions = conditions(page, &rate.row.when, rate.elapsed_since);
    match (rate.of, conditions.is_empty()) {
        (1, true) => page.put(indent, Phrase::OnlyRate, &[&amount]),
        (_, true) => page.put(indent, Phrase::RateRow, &[&rate.number.to_string(), &rate.of.to_string(), &amount]),
        (_, false) => page.put(
            indent,
            Phrase::RateRowIf,
            &[&rate.number.to_string(), &rate.of.to_string(), &amount, &conditions.join(", ")],
        ),
    }
    rate.adjusted.iter().for_each(|told| adjustment(page, indent, told));
}

/// What changes a rate (mechanisms 7.1).
pub(super) fn adjustment(page: &mut Page, indent: usize, told: &AdjustTold) {
    let conditions = conditions(page, &told.when, told.elapsed_since);
    let (number, of) = (told.number.to_string(), told.of.to_string());
    let name = if conditions.is_empty() {
        page.say(Phrase::Adjustment, &[&number, &of])
    } else {
        page.say(Phrase::AdjustmentIf, &[&number, &of, &conditions.join(", ")])
    };
    let exact = page.exact(&told.exact);
    match &told.by {
        ByTold::Nothing => {}
        ByTold::Factor(factor) => page.put(indent, Phrase::ByFactor, &[&name, &page.digits(factor), &exact]),
        ByTold::Index(index) => {
            let published =
                |seen: &Published| page.say(Phrase::Published, &[&page.number(seen.value), &seen.month, &seen.measurement]);
            let (month, base) = (published(&index.month), published(&index.base));
            page.put(indent, Phrase::ByIndex, &[&name, &index.id, &month, &base, &exact]);
        }
    }
    if let Some((mode, to)) = told.round {
        let (rule, result) = (rounded(page, mode, to), page.exact(&told.result));
        let phrase = if told.by == ByTold::Nothing { Phrase::PrintedAlone } else { Phrase::Printed };
        page.put(indent, phrase, &[&name, &rule, &result]);
    }
}

/// What a row asks of a day; months are counted from the day given.
pub(super) fn conditions(page: &Page, row: &Conditions, elapsed_since: Option<Day>) -> Vec<String> {
    let mut conditions: Vec<String> = Vec::new();
    if let Some(kinds) = &row.kinds {
        conditions.push(kinds.iter().map(|kind| page.kind(kind.as_str())).collect::<Vec<String>>().join(" / "));
    }
    if let Some(groups) = &row.target_groups {
        let groups: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
        conditions.push(page.say(Phrase::IfGroup, &[&groups.join(" / ")]));
    }
    if let Some(traits) = &row.traits {
        let traits: Vec<&str> = traits.iter().map(|one| one.as_str()).collect();
        conditions.push(page.say(Phrase::IfTraits, &[&traits.join(" + ")]));
    }
    if let Some(band) = row.hours {
        conditions.push(page.say(Phrase::IfHours, &[&page.number(band.from), &page.number(band.below)]));
    }
    if let Some(band) = row.elapsed {
        let (from, below) = (band.from_month.to_string(), band.below_month.to_string());
        let since = elapsed_since.map(|day| page.day(day)).unwrap_or_default();
        conditions.push(page.say(Phrase::IfElapsed, &[&from, &below, &since]));
    }
    if let Some(band) = row.steps {
        let (from, below) = (band.from.to_string(), band.below.to_string());
        conditions.push(page.say(Phrase::IfSteps, &[&from, &below]));
    }
    if let Some(valid) = row.valid {
        conditions.push(page.say(Phrase::IfValid, &[&page.span(valid)]));
    }
    conditions
}

/// What comes of it, where that is not plain already.
pub(super) fn verdict(page: &mut Page, indent: usize, verdict: &Verdict, count: u32) {
    match verdict {
        Verdict::Owed { exact, rounding, to, amount, owed_by, .. } => {
            let decimals = amount.to_string().split_once('.').map_or(0, |(_, part)| part.len());
            if to.is_some() || !exact.ends_within(u32::try_from(decimals).unwrap_or(8)) {
                let (exact, rule, amount) = (page.exact(exact), rounded(page, *rounding, *to), page.money(amount));
                page.put(indent, Phrase::Rounded, &[&exact, &rule, &amount]);
            }
            if *owed_by == OwedBy::Payee {
                let turned = Shown::new(-amount.minor(), u32::try_from(decimals).unwrap_or_default());
                page.put(indent, Phrase::OwedByPayee, &[&page.money(&turned)]);
            }
        }
        Verdict::RoundsToNothing { exact, rounding, to } => {
            let (exact, rule) = (page.exact(exact), rounded(page, *rounding, *to));
            page.put(indent, Phrase::RoundsToNothing, &[&exact, &rule]);
        }
        Verdict::AtItsTurn => {}
        Verdict::NoDays => page.put(indent, Phrase::NoDays, &[]),
        Verdict::TooFewDays { needed } => {
            let days = page.days(i64::from(count));
            page.put(indent, Phrase::TooFewDays, &[&days, &needed.to_string()]);
        }
        Verdict::NoRate => page.put(indent, Phrase::NoRate, &[]),
        Verdict::Waits { index, month } => page.put(indent, Phrase::WaitsForIndex, &[index, month]),
        Verdict::UnitsUsedUp { most } => page.put(indent, Phrase::UnitsUsedUp, &[&most.to_string()]),
        Verdict::NotReached => {}
        Verdict::NotKnown => page.put(indent, Phrase::NotKnown, &[]),
        Verdict::InNoBand => page.put(indent, Phrase::InNoBand, &[]),
        Verdict::PriceOf0 => page.put(indent, Phrase::PriceOf0, &[]),
        Verdict::NothingMore => page.put(indent, Phrase::NothingMore, &[]),
        Verdict::TooLarge => page.put(indent, Phrase::TooLarge, &[]),
        Verdict::NotInProgramme => page.put(indent, Phrase::NotInProgramme, &[]),
        Verdict::Requires { what } => page.put(indent, Phrase::Requires, &[what]),
        Verdict::Shut { gate } => page.put(indent, Phrase::Shut, &[gate]),
        Verdict::NotBetter { than } => {
            let (whole, amount) = (page.money(&than.whole), page.money(&than.amount));
            page.put(indent, Phrase::NotBetter, &[&whole, &than.what, &amount]);
        }
        Verdict::NotYet { earned_on } => {
            let day = page.day(*earned_on);
            page.put(indent, Phrase::NotYet, &[&day]);
        }
    }
}

/// How it is rounded, and to what if that is not the minor unit.
pub(super) fn rounded(page: &Page, rounding: Rounding, to: Option<Shown>) -> String {
    let phrase = match rounding {
        Rounding::HalfAwayFromZero => Phrase::HalfAway,
        Rounding::HalfEven => Phrase::HalfEven,
        Rounding::Up => Phrase::AlwaysUp,
        Rounding::Down => Phrase::AlwaysDown,
    };
    let how = page.say(phrase, &[]);
    to.map_or(how.clone(), |to| page.say(Phrase::ToMultiple, &[&how, &page.money(&to)]))
}
