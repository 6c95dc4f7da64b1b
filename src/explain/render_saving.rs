//! What weeks without benefit save, in words (saving 3 to 5).

use super::fraction::Fraction;
use super::page::Page;
use super::saved::{CostTold, WeekTold};
use super::words::Phrase;
use crate::figure::Saved;
use crate::measure::grid::Grid;

/// What is saved, on which days, and in how many weeks.
pub(super) fn saved(
    page: &mut Page,
    indent: usize,
    (named, exact, of): (&str, Option<&str>, Saved),
    (days, own, weeks): (&str, bool, usize),
) {
    let weeks = weeks.to_string();
    match (exact, of, own) {
        (None, ..) => page.put(indent, Phrase::FigureNotSaved, &[named, days]),
        (Some(exact), Saved::Weeks, true) => page.put(indent, Phrase::FigureOwnWeeks, &[named, exact, days]),
        (Some(exact), Saved::Weeks, false) => page.put(indent, Phrase::FigureWeeks, &[named, exact, days]),
        (Some(exact), _, true) => page.put(indent, Phrase::FigureOwnSaved, &[named, exact, &weeks, days]),
        (Some(exact), _, false) => page.put(indent, Phrase::FigureSaved, &[named, exact, &weeks, days]),
    }
}

fn number(page: &Page, number: &Fraction) -> String {
    page.digits(&number.to_string())
}

/// The weeks of a figure; those in a row that come about in the same way stand on one line.
pub(super) fn weeks(page: &mut Page, indent: usize, of: Saved, weeks: &[WeekTold]) {
    let alike = |a: &WeekTold, b: &WeekTold| {
        let same = |week: &WeekTold| WeekTold { days: a.days, number: None, ..week.clone() };
        b.days.first == a.days.last.next() && same(a) == same(b) && a.number.is_some() == b.number.is_some()
    };
    for group in weeks.chunk_by(alike) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let names = [first, last].map(|week| Grid::Week.cell(week.days.first).to_string());
        let [from, until] = names;
        let when = if from == until { from } else { page.say(Phrase::To, &[&from, &until]) };
        let count = group.len().to_string();
        let sum = match of {
            Saved::Weeks => page.say(Phrase::WeekCounts, &[&first.benefit]),
            Saved::Gross | Saved::Net => saves(page, first, last),
        };
        page.put(indent, Phrase::WeeksSave, &[&first.participant, &when, &count, &sum]);
    }
}

/// `cash-benefit 2844.46153846… × (1 - 0.8), weeks 1 to 4 of the clock, less flex-job 500 × (1 - 0.2) = 168.89…`
fn saves(page: &Page, first: &WeekTold, last: &WeekTold) -> String {
    let part = |weekly: &Option<_>, share: &Option<_>| {
        let shown = |value: &Option<_>| value.as_ref().map_or("?".to_owned(), |value| number(page, value));
        format!("{} × (1 - {})", shown(weekly), shown(share))
    };
    let clock = match (first.number, last.number) {
        (Some(from), Some(until)) if from == until => page.say(Phrase::WeekOfClock, &[&from.to_string()]),
        (Some(from), Some(until)) => page.say(Phrase::WeeksOfClock, &[&from.to_string(), &until.to_string()]),
        _ => page.say(Phrase::ClockUnknown, &[]),
    };
    let cost = |cost: &CostTold| page.say(Phrase::WeekCosts, &[&page.kind(&cost.kind), &part(&cost.weekly, &cost.share)]);
    let costs: String = first.costs.iter().map(cost).collect();
    let adds = first.adds.as_ref().map_or_else(|| page.say(Phrase::WeekUnknown, &[]), |adds| number(page, adds));
    format!("{} {}, {clock}{costs} = {adds}", first.benefit, part(&first.weekly, &first.share))
}
