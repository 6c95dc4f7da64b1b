//! Measured charges: what a figure says on a date is priced by bands (mechanisms 5.2, 5.3).

use super::band::Scale;
use super::clause::Clause;
use super::dates::Dates;
use super::entitlement::{Entitlement, Quantity, Unit};
use super::owed_by::OwedBy;
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
}

/// What the figures of a charge say on one of its dates, all of them known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The date.
    pub on: Day,
    /// The figure that is priced and then those of `times`, each by its place in the contract.
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

    /// The exact amount: the price of the first value times all others. What comes out below 0 by itself is 0; what the payee
    /// owes turns negative after that.
    #[must_use]
    pub fn amount(&self, seen: &[(u16, Seen)]) -> Option<Ratio> {
        let mut values = seen.iter().map(|(_, seen)| seen.value);
        let first = values.next()?;
        let price = self.scale.price(first)?.max(Ratio::ZERO);
        let size = values.try_fold(price, Ratio::times)?.max(Ratio::ZERO);
        match self.scale.owed_by(first) {
            OwedBy::Payers => Some(size),
            OwedBy::Payee => size.negated(),
        }
    }

    /// The amount of one date, rounded once (rule 2.2); `None` = it is too large, and so not owed.
    #[must_use]
    pub fn owed(&self, clause: &Clause<'_>, reading: &Reading) -> Option<Money> {
        clause.money(self.amount(&reading.seen)?)
    }

    /// The amounts of its dates.
    pub fn accrue(&self, clause: &Clause<'_>, readings: &[Reading], out: &mut Vec<Entitlement>) {
        for reading in readings {
            let amount = self.owed(clause, reading).unwrap_or_default();
            let (on, seen) = (reading.on, &reading.seen);
            let Some((_, first)) = seen.first().filter(|_| !amount.is_zero()) else { continue };
            out.push(Entitlement {
                charge: clause.number,
                unit: Unit::Date(on),
                company: None,
                earned_on: on,
                quantity: Quantity::of(first.value),
                row: (!clause.charge.rates.rows.is_empty()).then_some(0),
                amount,
                reference: None,
                days: 0,
                spells: [].into(),
                seen: Some(Arc::clone(seen)),
            });
        }
    }
}
