//! Measured charges: what a figure says on a date is priced by bands (mechanisms 5.2, 5.3).

use super::adjust::Held;
use super::band::Scale;
use super::clause::Clause;
use super::conditions::{Instance, Of};
use super::dates::Dates;
use super::entitlement::{Entitlement, Quantity, Unit};
use super::index::Indices;
use super::rate::RateCard;
use crate::figure::Seen;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;
use crate::measure::ratio::Ratio;
use std::sync::Arc;

/// Pays for what a figure says on each date (mechanisms 5.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measured {
    /// The figure that the bands price.
    pub figure: Id,
    /// The bands.
    pub scale: Scale,
    /// Further figures that the price is multiplied with.
    pub times: Vec<Id>,
    /// When it is earned.
    pub dates: Dates,
    /// Whether it is measured for each participant that counts, and not once for the contract.
    pub per_participant: bool,
}

/// What the figures of a charge say on one of its dates, all of them known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The date.
    pub on: Day,
    /// The figure that is priced, those of `times`, and then those that these are made of, each by its place in the contract.
    pub seen: Arc<[(u16, Seen)]>,
}

impl Measured {
    /// The figures that it asks, the one that is priced first.
    pub fn figures(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.figure).chain(&self.times)
    }

    /// The rate that postings show: its own `each`, where nothing multiplies it (mechanisms 5.5).
    #[must_use]
    pub fn rates(&self) -> RateCard {
        let each = self.scale.single().filter(|_| self.times.is_empty());
        each.map_or(RateCard { rows: Vec::new() }, RateCard::flat)
    }

    /// The price of the first value times all others. What comes out below 0 by itself is 0.
    #[must_use]
    pub fn product(&self, seen: &[(u16, Seen)]) -> Option<Ratio> {
        let mut values = seen.iter().map(|(_, seen)| seen.value).take(1 + self.times.len());
        let price = self.scale.price(values.next()?)?.max(Ratio::ZERO);
        Some(values.try_fold(price, Ratio::times)?.max(Ratio::ZERO))
    }

    /// The amount of one date: the product, adjusted (mechanisms 7.1), rounded once (rule 2.2), and at last the sign of who owes
    /// it. `None` = it is too large, and so not owed, or waits for an index.
    #[must_use]
    pub fn owed(&self, clause: &Clause<'_>, reading: &Reading, indices: &Indices) -> Option<Money> {
        let product = self.product(&reading.seen)?;
        let amount = clause.money(match held(clause, reading.on) {
            Some(held) => clause.adjusted(product, held, indices)?,
            None => product,
        })?;
        let (_, first) = reading.seen.first()?;
        Some(self.scale.owed_by(first.value).signed(amount))
    }

    /// Whether a date waits for an index (mechanisms 7.2).
    #[must_use]
    pub fn waits(&self, clause: &Clause<'_>, reading: &Reading, indices: &Indices) -> bool {
        held(clause, reading.on).is_some_and(|held| clause.waits(held, indices))
    }

    /// Whether a date on which nothing is owed is reached all the same: its price is not 0 (mechanisms 4.4).
    fn marks(&self, clause: &Clause<'_>, reading: &Reading) -> bool {
        clause.is_required && self.product(&reading.seen).is_some_and(|price| price != Ratio::ZERO)
    }

    /// The amounts of its dates.
    pub fn accrue(&self, clause: &Clause<'_>, readings: &[Reading], indices: &Indices, out: &mut Vec<Entitlement>) {
        for reading in readings {
            let amount = self.owed(clause, reading, indices).unwrap_or_default();
            let (on, seen) = (reading.on, &reading.seen);
            let Some((_, first)) = seen.first().filter(|_| !amount.is_zero() || self.marks(clause, reading)) else {
                continue;
            };
            out.push(Entitlement {
                charge: clause.number,
                unit: Unit::Date(on),
                company: None,
                earned_on: on,
                quantity: Quantity::of(first.value),
                row: (!clause.charge.rates.rows.is_empty()).then_some(0),
                // What multiplied it is not in the rate (mechanisms 5.5).
                adjusted: held(clause, on).map(|held| clause.told(None, held, indices)),
                amount,
                reference: None,
                days: 0,
                spells: [].into(),
                seen: Some(Arc::clone(seen)),
                tops_up: None,
            });
        }
    }
}

/// The adjustments that hold on a date: only `valid` is asked.
fn held(clause: &Clause<'_>, on: Day) -> Option<Held> {
    clause.held(&Instance { day: on, of: Of::Contract, step: None })
}
