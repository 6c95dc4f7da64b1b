//! Fixed charges: an amount on named dates (rule 7.1).

use super::clause::Clause;
use super::conditions::Instance;
use super::entitlement::{Entitlement, Quantity, Unit};
use super::index::Indices;
use crate::facts::Facts;
use crate::measure::day::Day;
use serde::Serialize;

/// `amount` on each date of `on` (rule 7.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fixed {
    /// The dates.
    pub on: Vec<Day>,
    /// Once for the contract, or once for each company.
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
}

impl Fixed {
    /// The amounts of the dates up to `until`, priced on the date (rule 8.2); per company for each company that is known, has
    /// joined by the date and not left before it (rule 7.1).
    pub fn accrue(&self, clause: &Clause<'_>, known: &KnownOn<'_>, until: Day, out: &mut Vec<Entitlement>) {
        for date in self.on.iter().copied().filter(|date| *date <= until) {
            let Some((row, _)) = clause.charge.rates.on_date(date) else { continue };
            let held = clause.held(&Instance { day: date, of: None, step: None });
            // What waits for an index is reached, whatever it will be worth.
            let (amount, adjusted) = clause.worth(row, held, known.indices).unwrap_or_default();
            let companies: Vec<Option<u32>> = match self.per {
                FixedPer::Contract => vec![None],
                FixedPer::Company => in_programme(known.facts, known.on, date).map(Some).collect(),
            };
            out.extend(companies.into_iter().filter(|_| !amount.is_zero() || clause.is_required).map(|company| {
                Entitlement {
                    charge: clause.number,
                    unit: Unit::Date(date),
                    company,
                    earned_on: date,
                    quantity: Quantity::WHOLE,
                    row: Some(row),
                    adjusted: adjusted.clone(),
                    amount,
                    reference: company,
                    days: 0,
                    spells: [].into(),
                    seen: None,
                    tops_up: None,
                }
            }));
        }
    }
}

/// The companies known on `known_on` that take part on `date`, by number.
fn in_programme(facts: &Facts, known_on: Day, date: Day) -> impl Iterator<Item = u32> + '_ {
    let taking_part = move |number: u32| {
        let (_, company) = facts.companies.known(number as usize, known_on)?;
        company.days_in_programme().filter(|days| days.contains(date)).map(|_| number)
    };
    (0..u32::try_from(facts.companies.len()).unwrap_or(u32::MAX)).filter_map(taking_part)
}
