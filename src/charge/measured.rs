//! Measured charges: what a figure says on a date is priced by bands (mechanisms 5.2 to 5.4).

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
    /// Whether a date pays what the price of everything so far rose by since the date before (mechanisms 5.4).
    pub cumulative: bool,
}

/// By what the dates of a charge are priced.
#[derive(Clone, Copy, Debug)]
pub struct By<'b> {
    /// Whose dates they are: the contract's, or a participant's.
    pub of: Of<'b>,
    /// What is known of the contract's indices.
    pub indices: &'b Indices,
}

/// What the figures of a charge say on one of its dates, all of them known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The date.
    pub on: Day,
    /// What the date is called: of a date that a participant has for itself a step.
    pub unit: Unit,
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

    /// The price of one date: the product, adjusted (mechanisms 7.1), rounded once (rule 2.2), and at last the sign of who owes
    /// it. `None` = it is too large, and so not owed, or waits for an index.
    #[must_use]
    pub fn owed(&self, clause: &Clause<'_>, reading: &Reading, by: By<'_>) -> Option<Money> {
        let product = self.product(&reading.seen)?;
        let amount = clause.money(match held(clause, reading.on, by.of) {
            Some(held) => clause.adjusted(product, held, by.indices)?,
            None => product,
        })?;
        let (_, first) = reading.seen.first()?;
        Some(self.scale.owed_by(first.value).signed(amount))
    }

    /// Whether a date waits for an index (mechanisms 7.2).
    #[must_use]
    pub fn waits(&self, clause: &Clause<'_>, reading: &Reading, by: By<'_>) -> bool {
        held(clause, reading.on, by.of).is_some_and(|held| clause.waits(held, by.indices))
    }

    /// Whether a date on which nothing is owed is reached all the same: its price is not 0 (mechanisms 4.4).
    fn marks(&self, clause: &Clause<'_>, reading: &Reading) -> bool {
        clause.is_required && self.product(&reading.seen).is_some_and(|price| price != Ratio::ZERO)
    }

    /// The amounts of its dates; with `cumulative` of each what its price rose by since the last date before it whose price is
    /// known, and how much is by how much the value rose (mechanisms 5.4).
    pub fn accrue(&self, clause: &Clause<'_>, readings: &[Reading], by: By<'_>, out: &mut Vec<Entitlement>) {
        let (mut paid, mut counted) = (Money::ZERO, Ratio::ZERO);
        for reading in readings {
            let (price, Some((_, first))) = (self.owed(clause, reading, by), reading.seen.first()) else { continue };
            // What waits for an index is reached, whatever it will be worth.
            let amount = price.map_or(Money::ZERO, |price| price - paid);
            let quantity = first.value.minus(counted).unwrap_or(first.value);
            if self.cumulative && price.is_some() {
                (paid, counted) = (paid + amount, first.value);
            }
            out.extend(self.owes(clause, reading, by, (amount, quantity)));
        }
    }

    /// The amount of one date by itself, if there is one, or if reaching it says something.
    #[must_use]
    pub fn entitlement(&self, clause: &Clause<'_>, reading: &Reading, by: By<'_>) -> Option<Entitlement> {
        let amount = self.owed(clause, reading, by).unwrap_or_default();
        let (_, first) = reading.seen.first()?;
        self.owes(clause, reading, by, (amount, first.value))
    }

    fn owes(
        &self,
        clause: &Clause<'_>,
        reading: &Reading,
        by: By<'_>,
        (amount, quantity): (Money, Ratio),
    ) -> Option<Entitlement> {
        (!amount.is_zero() || self.marks(clause, reading)).then(|| Entitlement {
            unit: reading.unit,
            quantity: Quantity::of(quantity),
            row: (!clause.charge.rates.rows.is_empty()).then_some(0),
            // What multiplied it is not in the rate (mechanisms 5.5).
            adjusted: held(clause, reading.on, by.of).map(|held| clause.told(None, held, by.indices)),
            amount,
            seen: Some(Arc::clone(&reading.seen)),
            ..Measured::place(clause, reading.on)
        })
    }

    /// The place of a date in the order of rule 9.2, before it is known what it comes to (mechanisms 4.1).
    #[must_use]
    pub fn place(clause: &Clause<'_>, on: Day) -> Entitlement {
        Entitlement {
            charge: clause.number,
            unit: Unit::Date(on),
            company: None,
            earned_on: on,
            quantity: Quantity::WHOLE,
            row: None,
            adjusted: None,
            amount: Money::ZERO,
            reference: None,
            days: 0,
            spells: [].into(),
            seen: Some([].into()),
            tops_up: None,
        }
    }
}

/// The adjustments that hold on a date: only `valid` is asked, and of a participant who it is.
fn held(clause: &Clause<'_>, on: Day, of: Of<'_>) -> Option<Held> {
    clause.held(&Instance { day: on, of, step: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charge::{Charge, Mechanism, OwedBy};
    use crate::measure::money::{Currency, Rounding};
    use rust_decimal::Decimal;

    fn charge(cumulative: bool) -> Charge {
        let measured = Measured {
            figure: Id::name("jobs"),
            scale: Scale::each(Decimal::from(1000)),
            times: Vec::new(),
            dates: Dates::On(Vec::new()),
            per_participant: false,
            cumulative,
        };
        Charge {
            id: Id::name("bonus"),
            clause: None,
            rates: measured.rates(),
            adjust: Vec::new(),
            round: None,
            delay: None,
            payers: None,
            owed_by: OwedBy::Payers,
            mechanism: Mechanism::Measured(measured),
            requires: Vec::new(),
            variant: None,
            text: None,
            vat: None,
            account: None,
        }
    }

    /// The day, quantity and amount of each date on which something is owed.
    fn owed(charge: &Charge, values: &[i64]) -> Vec<(i32, String, i64)> {
        let reading = |(day, value): (i32, &i64)| {
            let seen = Seen { value: Ratio::of(Decimal::from(*value)), measurement: None };
            Reading { on: Day::from_number(day), unit: Unit::Date(Day::from_number(day)), seen: [(0, seen)].into() }
        };
        let readings: Vec<Reading> = (1..).zip(values).map(reading).collect();
        let (clause, indices) = (Clause::new(0, charge, Currency::DKK, Rounding::HalfAwayFromZero), Indices::default());
        let (mut out, by) = (Vec::new(), By { of: Of::Contract, indices: &indices });
        let Mechanism::Measured(terms) = &charge.mechanism else { return Vec::new() };
        terms.accrue(&clause, &readings, by, &mut out);
        let told =
            |owed: Entitlement| (owed.earned_on.number(), owed.quantity.decimal().to_string(), owed.amount.minor() / 100);
        out.into_iter().map(told).collect()
    }

    #[test]
    fn what_is_cumulative_pays_what_has_come_since() {
        let written = |day, quantity: &str, amount| (day, quantity.to_owned(), amount);
        let (whole, risen) = (charge(false), charge(true));
        assert_eq!(
            owed(&whole, &[100, 250, 230]),
            [written(1, "100", 100_000), written(2, "250", 250_000), written(3, "230", 230_000)]
        );
        assert_eq!(
            owed(&risen, &[100, 250, 250, 230]),
            [written(1, "100", 100_000), written(2, "150", 150_000), written(4, "-20", -20_000)]
        );
    }
}
