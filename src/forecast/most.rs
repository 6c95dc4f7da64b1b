//! The most that a charge can still come to for one participant, or for the contract itself.

use super::bound::{Most, Unbounded};
use super::measured;
use super::open::Open;
use super::person::Person;
use super::price::{Asked, best, money};
use super::start::Start;
use crate::charge::dates::After;
use crate::charge::fixed::FixedPer;
use crate::charge::milestone::Mode;
use crate::charge::period::Pay;
use crate::charge::{Clause, Dates, Fixed, Mechanism, Milestone, OwedBy, Period, Unit};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;
use crate::measure::ratio::Ratio;
use crate::timeline::Outcome;
use crate::timeline::outcome::{Anchor, Length, Per};
use crate::timeline::tally::Needed;
use std::cmp::Reverse;

/// What a charge may still come to; for the contract itself there is no person.
pub(super) fn open(start: &Start<'_>, clause: &Clause<'_>, person: Option<&Person<'_>>) -> Open {
    if clause.charge.is_the_contracts() != person.is_none() {
        return Open::NONE;
    }
    let outcome = clause.charge.mechanism.outcome().and_then(|id| start.contract.outcome(id));
    let open = match (&clause.charge.mechanism, person, outcome) {
        (Mechanism::Fixed(fixed), None, _) => contracts(start, clause, fixed),
        (Mechanism::Fixed(fixed), Some(person), _) => dated(start, clause, fixed, person),
        (Mechanism::Measured(terms), ..) => measured::open(start, clause, terms, person),
        (Mechanism::Milestone(terms), Some(person), Some(outcome)) => steps(start, clause, terms, outcome, person),
        (Mechanism::Period(terms), Some(person), Some(outcome)) => units(start, clause, terms, outcome, person),
        (Mechanism::Milestone(_) | Mechanism::Period(_), ..) => Open::NONE,
    };
    match clause.charge.owed_by {
        OwedBy::Payers => open,
        OwedBy::Payee => Open { most: open.back, back: open.most, single: open.back, ..open },
    }
}

/// A fixed charge of the contract's: its dates that are left.
fn contracts(start: &Start<'_>, clause: &Clause<'_>, fixed: &Fixed) -> Open {
    let dates = fixed.dates.until(start.contract.term(), start.last);
    let own = start.own(clause);
    let left = dates.into_iter().filter(|date| own.is_some_and(|own| own.contains(*date)));
    let again = fixed.per == FixedPer::Company;
    let left = left.filter(|date| again || !start.has(clause.number, None, Unit::Date(*date)));
    let price = |date| {
        let days = Span { first: date, last: date };
        best(clause, &Asked { days, outcome: None, of: None, step: None, anchor: None }).and_then(|rate| money(clause, rate))
    };
    let prices: Vec<Most> = left.map(price).collect();
    let open = Open::of(&prices);
    if again { open.times(Err(Unbounded::Companies)) } else { open }
}

/// A fixed charge of a participant's: its dates that are left (mechanisms 3.5).
fn dated(start: &Start<'_>, clause: &Clause<'_>, fixed: &Fixed, person: &Person<'_>) -> Open {
    let Some(days) = person.days.overlap(start.contract.term()) else { return Open::NONE };
    let Some(left) = start.left(clause, days) else { return Open::NONE };
    let on = |days: Span| {
        let asked = Asked { days, outcome: None, of: Some(person.of), step: None, anchor: None };
        best(clause, &asked).and_then(|rate| money(clause, rate))
    };
    let single = |day: Day| Span { first: day, last: day };
    let made = |unit: Unit| start.has(clause.number, person.id, unit);
    let spans: Vec<Span> = match &fixed.dates {
        Dates::After(_) if made(Unit::Step(1)) => Vec::new(),
        Dates::After(After { from: Anchor::Enrolment, length }) => {
            Some(length.after(person.days.first)).filter(|day| left.contains(*day)).map(single).into_iter().collect()
        }
        Dates::After(_) => vec![left],
        dates => {
            let dates = dates.until(start.contract.term(), left.last).into_iter().filter(|date| left.contains(*date));
            dates.filter(|date| !made(Unit::Date(*date))).map(single).collect()
        }
    };
    Open::of(&spans.into_iter().map(on).collect::<Vec<_>>())
}

/// The days that can qualify for an outcome, and the day that months are counted from, as far as they are known.
fn window(start: &Start<'_>, outcome: &Outcome, person: &Person<'_>) -> Option<(Span, Option<Day>)> {
    let days = person.days.overlap(start.contract.term())?;
    let enrolled = person.days.first;
    match &outcome.window {
        None => Some((days, Some(enrolled))),
        Some(window) if window.from == Anchor::Enrolment => {
            let last = window.length.after(enrolled).previous();
            Some((days.overlap(Span::new(enrolled, last)?)?, Some(enrolled)))
        }
        Some(_) => Some((days, None)),
    }
}

/// The steps that are left, each at its best price (rule 7.2).
fn steps(start: &Start<'_>, clause: &Clause<'_>, terms: &Milestone, outcome: &Outcome, person: &Person<'_>) -> Open {
    let Some((days, anchor)) = window(start, outcome, person) else { return Open::NONE };
    let gap = match terms.mode {
        Mode::Continuous => outcome.max_gap_days,
        Mode::Cumulative | Mode::OnDay => u32::MAX,
    };
    let begins = person.goes_on_since(start.told, gap).map_or(days.first, |since| since.max(days.first));
    let price = |step: u32| {
        if outcome.per == Per::Participant && start.has(clause.number, person.id, Unit::Step(step)) {
            return Ok(0);
        }
        let first = earliest(terms, step, begins, anchor).max(days.first);
        let Some(days) = Span::new(first, days.last).and_then(|days| start.left(clause, days)) else { return Ok(0) };
        let asked = Asked { days, outcome: Some(outcome), of: Some(person.of), step: Some(step), anchor };
        best(clause, &asked).and_then(|rate| money(clause, rate))
    };
    per_company(outcome, Open::of(&(1..=terms.last_step()).map(price).collect::<Vec<_>>()))
}

/// At any number of companies, where each is looked at apart (rule 6.6).
fn per_company(outcome: &Outcome, open: Open) -> Open {
    match outcome.per {
        Per::Company => open.times(Err(Unbounded::Companies)),
        Per::Participant => open,
    }
}

/// The first day on which a step can be reached by what begins on a day; on a day of its own by the anchor, if that is known.
fn earliest(terms: &Milestone, step: u32, begins: Day, anchor: Option<Day>) -> Day {
    let length = |needed: Needed| match needed {
        Needed::Time(length @ Length::Days(_)) => Some(length),
        Needed::Time(length) => (terms.mode != Mode::Cumulative).then_some(length),
        Needed::Sum(..) => None,
    };
    if terms.mode == Mode::OnDay {
        return anchor.zip(length(terms.after)).map_or(begins, |(anchor, length)| length.after(anchor));
    }
    let (times, needed) = match terms.repeat {
        0 => (1, terms.needed(step.saturating_sub(1))),
        _ => (step, terms.after),
    };
    length(needed).map_or(begins, |length| (0..times).fold(begins, |day, _| length.after(day)).previous())
}

/// The units that are left, the best of them if there are more than are paid (rule 7.3).
fn units(start: &Start<'_>, clause: &Clause<'_>, terms: &Period, outcome: &Outcome, person: &Person<'_>) -> Open {
    let Some((days, anchor)) = window(start, outcome, person) else { return Open::NONE };
    let Some(left) = start.left(clause, days) else { return Open::NONE };
    let grid = terms.unit.counted_from(anchor.unwrap_or(left.first));
    let cells = std::iter::successors(Some(grid.cell(left.first)), |cell| Some(cell.next()));
    let cells = cells.take_while(|cell| cell.first() <= left.last);
    let price = |cell: crate::measure::grid::Cell| {
        let Some(inside) = cell.span().overlap(days) else { return Ok(0) };
        if outcome.per == Per::Participant && start.has(clause.number, person.id, Unit::Cell(cell)) {
            return Ok(0);
        }
        let asked = Asked { days: inside, outcome: Some(outcome), of: Some(person.of), step: None, anchor };
        let rate = best(clause, &asked)?;
        match terms.pay {
            _ if rate.is_zero() => Ok(0),
            Pay::Full { min_days } if inside.days() < i64::from(min_days) => Ok(0),
            Pay::Full { .. } => money(clause, rate),
            Pay::Prorated => {
                let part = Ratio::new(i128::from(inside.days()), i128::from(cell.days()));
                money(clause, part.and_then(|part| rate.times(part)).ok_or(Unbounded::Amounts)?)
            }
            Pay::By(_) => Err(Unbounded::Hours),
        }
    };
    let mut amounts: Vec<Most> = cells.map(price).collect();
    if anchor.is_none() && matches!(terms.unit, Grid::Parts { .. }) {
        // Pieces counted from a day that is not known lie otherwise: none is worth more than a whole one, and there is one more.
        let whole = Asked { days, outcome: Some(outcome), of: Some(person.of), step: None, anchor };
        let whole = best(clause, &whole).and_then(|rate| match terms.pay {
            Pay::By(_) if !rate.is_zero() => Err(Unbounded::Hours),
            Pay::By(_) | Pay::Full { .. } | Pay::Prorated => money(clause, rate),
        });
        amounts = vec![whole; amounts.len() + 1];
    }
    if let (Some(most), Per::Participant) = (terms.max_units, outcome.per) {
        let used = start.count(clause.number, person.id);
        amounts.sort_by_key(|amount| Reverse(amount.unwrap_or(i128::MAX)));
        amounts.truncate(usize::try_from(most).unwrap_or(usize::MAX).saturating_sub(used));
    }
    per_company(outcome, Open::of(&amounts))
}
