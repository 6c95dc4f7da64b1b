//! Fixed charges: an amount on named dates (rule 7.1, mechanisms 3.5).

use super::clause::Clause;
use super::conditions::{Instance, Of};
use super::dates::{Dates, Life};
use super::entitlement::{Entitlement, Quantity, Unit};
use super::index::Indices;
use crate::facts::Facts;
use crate::measure::day::{Day, Span};
use serde::Serialize;

/// An amount on each of its dates (rule 7.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fixed {
    /// The dates.
    pub dates: Dates,
    /// Once for the contract, or once for each company or participant.
    pub per: FixedPer,
}

/// How often a fixed charge falls due on each of its dates (rule 7.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixedPer {
    /// Once.
    #[default]
    Contract,
    /// Once for each company that has joined by the date and not left before it.
    Company,
    /// Once for each participant that counts, on its days (mechanisms 3.5).
    Participant,
}

/// What is known on a cut-off.
#[derive(Clone, Copy, Debug)]
pub struct KnownOn<'k> {
    /// The cut-off.
    pub on: Day,
    /// The facts, all rows.
    pub facts: &'k Facts,
    /// The contract's indices.
    pub indices: &'k Indices,
    /// The days that can earn anything.
    pub term: Span,
}

impl Fixed {
    /// The amounts of the dates up to `until`, priced on the date (rule 8.2); per company for each company that is known, has
    /// joined by the date and not left before it (rule 7.1). Those of participants are theirs ([`Fixed::of`]).
    pub fn accrue(&self, clause: &Clause<'_>, known: &KnownOn<'_>, until: Day, out: &mut Vec<Entitlement>) {
        if self.per == FixedPer::Participant {
            return;
        }
        for date in self.dates.until(known.term, until) {
            let asked = Instance { day: date, of: Of::Contract, step: None };
            let Some(due) = due(clause, &asked, Unit::Date(date), known.indices) else { continue };
            let companies: Vec<Option<u32>> = match self.per {
                FixedPer::Company => in_programme(known.facts, known.on, date).map(Some).collect(),
                FixedPer::Contract | FixedPer::Participant => vec![None],
            };
            out.extend(companies.into_iter().map(|company| Entitlement { company, reference: company, ..due.clone() }));
        }
    }

    /// The amounts of a participant's dates up to `until` that lie in the term and in the days on which it counts
    /// (mechanisms 3.5).
    pub fn of(
        &self,
        clause: &Clause<'_>,
        life: &Life<'_>,
        (term, until): (Span, Day),
        indices: &Indices,
        out: &mut Vec<Entitlement>,
    ) {
        let Some(days) = life.terms.eligible_days().and_then(|days| days.overlap(term)) else { return };
        for (unit, day) in self.dates.of(term, until, life).into_iter().filter(|(_, day)| days.contains(*day)) {
            let asked = Instance { day, of: Of::Participant(life.terms), step: None };
            out.extend(due(clause, &asked, unit, indices));
        }
    }
}

/// What falls due on a date.
fn due(clause: &Clause<'_>, asked: &Instance<'_>, unit: Unit, indices: &Indices) -> Option<Entitlement> {
    let row = clause.charge.rates.row_on(asked)?;
    // What waits for an index is reached, whatever it will be worth.
    let (amount, adjusted) = clause.worth(row, clause.held(asked), indices).unwrap_or_default();
    (!amount.is_zero() || clause.is_required).then(|| Entitlement {
        charge: clause.number,
        unit,
        company: None,
        earned_on: asked.day,
        quantity: Quantity::WHOLE,
        row: Some(row),
        adjusted,
        amount,
        reference: None,
        days: 0,
        spells: [].into(),
        seen: None,
        tops_up: None,
    })
}

/// The companies known on `known_on` that take part on `date`, by number.
fn in_programme(facts: &Facts, known_on: Day, date: Day) -> impl Iterator<Item = u32> + '_ {
    let taking_part = move |number: u32| {
        let (_, company) = facts.companies.known(number as usize, known_on)?;
        company.days_in_programme().filter(|days| days.contains(date)).map(|_| number)
    };
    (0..u32::try_from(facts.companies.len()).unwrap_or(u32::MAX)).filter_map(taking_part)
}
