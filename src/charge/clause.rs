//! A charge made ready to be applied, and what it is applied to.

use super::Charge;
use super::rate::Priced;
use crate::measure::money::{Currency, Exact, Money, Rounding};
use crate::measure::ratio::Ratio;
use crate::timeline::Timeline;
use rust_decimal::Decimal;

/// A charge in its contract: its place, and how its amounts are rounded.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    /// Its place in the contract, from 0.
    pub number: u16,
    /// Its terms.
    pub charge: &'a Charge,
    currency: Currency,
    rounding: Rounding,
    /// The amount of each rate row, rounded, with the sign of who owes it: what a whole unit is worth.
    whole: Vec<Money>,
    /// The amount of each rate row, exact.
    rates: Vec<Decimal>,
}

impl<'a> Clause<'a> {
    /// The charge at that place.
    #[must_use]
    pub fn new(number: u16, charge: &'a Charge, currency: Currency, rounding: Rounding) -> Clause<'a> {
        let round = |amount: Decimal| charge.owed_by.signed(Exact::of(amount).round(currency, rounding));
        let whole = charge.rates.rows.iter().map(|row| round(row.amount)).collect();
        let rates = charge.rates.rows.iter().map(|row| row.amount.normalize()).collect();
        Clause { number, charge, currency, rounding, whole, rates }
    }

    /// The rate of that row, without trailing zeros as postings show it.
    #[must_use]
    pub fn rate(&self, row: u16) -> Option<Decimal> {
        self.rates.get(usize::from(row)).copied()
    }

    /// What a whole unit is worth by that rate row.
    #[must_use]
    pub fn whole(&self, row: u16) -> Money {
        self.whole.get(usize::from(row)).copied().unwrap_or_default()
    }

    /// The one rounding of an exact amount, and then the sign of who owes it (rule 2.2, mechanisms 2.2).
    #[must_use]
    pub fn round(&self, exact: Exact) -> Money {
        self.charge.owed_by.signed(exact.round(self.currency, self.rounding))
    }

    /// The same of a fraction; `None` = it is too large (mechanisms 2.2).
    #[must_use]
    pub fn money(&self, exact: Ratio) -> Option<Money> {
        exact.money(self.currency, self.rounding).map(|amount| self.charge.owed_by.signed(amount))
    }
}

/// A timeline priced by one charge.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The charge's place in the contract.
    pub charge: u16,
    /// The qualifying days.
    pub line: std::sync::Arc<Timeline>,
    /// Their rates.
    pub priced: Vec<Priced>,
}
