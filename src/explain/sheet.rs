//! The keys of one subject, worked out one by one (rules 7 and 8).

use super::fraction::Fraction;
use super::reckoning::Verdict;
use crate::charge::{Charge, OwedBy, Unit};
use crate::contract::Contract;
use crate::measure::day::Day;
use crate::measure::money::Money;
use rust_decimal::Decimal;

/// What comes of one key.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The charge's place in the contract.
    pub charge: u16,
    /// The place of the line that it is measured on; none for a fixed charge.
    pub line: Option<usize>,
    /// The company that is looked at apart (rule 6.6), or that a fixed charge is for (rule 7.1).
    pub company: Option<u32>,
    pub unit: Unit,
    /// The day it is earned or would be.
    pub earned_on: Day,
    pub verdict: Verdict,
    /// The entitlement, if there is one.
    pub owed: Option<Owed>,
}

/// An entitlement before limits.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Owed {
    pub amount: Money,
    pub quantity: Decimal,
    pub rate: Option<Decimal>,
    /// The company of the reference day (rule 8.3).
    pub reference: Option<u32>,
    pub days: u32,
}

/// Rounds an exact amount: what is owed, or nothing if it rounds to nothing (rule 2.2).
pub(super) fn settle(contract: &Contract, charge: &Charge, exact: Fraction, quantity: Decimal) -> (Verdict, Option<Money>) {
    let rounding = contract.rounding;
    let amount = exact.round(contract.currency, rounding);
    if amount.is_zero() {
        return (Verdict::RoundsToNothing { exact, rounding }, None);
    }
    let (size, owed_by) = (amount.display(contract.currency), charge.owed_by);
    (Verdict::Owed { exact, rounding, amount: size, quantity, owed_by }, Some(turned(owed_by, amount)))
}

/// The amount with its sign, which is turned last (mechanisms 10.5).
pub(super) fn turned(owed_by: OwedBy, size: Money) -> Money {
    if owed_by == OwedBy::Payee { Money::ZERO - size } else { size }
}

/// The amount of one row, whole.
pub(super) fn whole(charge: &Charge, row: usize) -> Fraction {
    let amount = charge.rates.rows.get(row).map_or(Decimal::ZERO, |row| row.amount);
    Fraction::over(1).plus(amount, 1)
}
