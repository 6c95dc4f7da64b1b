//! The keys of one subject, worked out one by one (rules 7 and 8).

use super::fraction::Fraction;
use super::reckoning::Verdict;
use super::tied::Tied;
use crate::charge::{Charge, OwedBy, Unit};
use crate::contract::Contract;
use crate::measure::day::Day;
use crate::measure::money::{Money, Rounding};
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
    /// The day that rule 7 gives, which a delay comes after (mechanisms 7.3).
    pub own_day: Day,
    pub verdict: Verdict,
    /// The entitlement, if there is one.
    pub owed: Option<Owed>,
    /// What it waited for, and what it tops up.
    pub tied: Tied,
}

impl Sheet {
    /// Whether a rate applies on its own day: an amount of zero is reached too, and one that another way to the payment leaves
    /// nothing, that a gate stops, that waits for an index or is not earned yet (mechanisms 4.4).
    pub(super) fn is_reached(&self) -> bool {
        reached(&self.verdict, self.owed)
    }

    /// The day on which it is reached: its own and that on which all that it requires is, whatever the delay.
    pub(super) fn reached_on(&self) -> Day {
        self.tied.requires.iter().filter_map(|required| required.on).fold(self.own_day, Day::max)
    }
}

fn reached(verdict: &Verdict, owed: Option<Owed>) -> bool {
    let reached = matches!(
        verdict,
        Verdict::NothingMore
            | Verdict::RoundsToNothing { .. }
            | Verdict::NotBetter { .. }
            | Verdict::Waits { .. }
            | Verdict::NotYet { .. }
            | Verdict::AtItsTurn
            | Verdict::Shut { .. }
    );
    owed.is_some() || reached
}

/// What is earned after the period is reached, and not owed yet (mechanisms 7.3).
pub(super) fn by(until: Day, earned_on: Day, (verdict, owed): (Verdict, Option<Owed>)) -> (Verdict, Option<Owed>) {
    if earned_on > until && reached(&verdict, owed) {
        return (Verdict::NotYet { earned_on }, None);
    }
    (verdict, owed)
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

/// How a charge's amounts are rounded: as it says itself, or as the contract says (mechanisms 2.3).
pub(super) fn mode(contract: &Contract, charge: &Charge) -> Rounding {
    charge.round.and_then(|own| own.mode).unwrap_or(contract.rounding)
}

/// Of what its amounts are multiples, if not of the minor unit.
pub(super) fn multiple(charge: &Charge) -> Option<Money> {
    charge.round.map(|own| own.to).filter(|to| to.minor() > 1)
}

/// Rounds an exact amount: what is owed, or nothing if it rounds to nothing (rule 2.2, mechanisms 2.3).
pub(super) fn settle(contract: &Contract, charge: &Charge, exact: Fraction, quantity: Decimal) -> (Verdict, Option<Money>) {
    let (rounding, multiple) = (mode(contract, charge), multiple(charge));
    let amount = exact.round(contract.currency, rounding, multiple.unwrap_or(Money::from_minor(1)));
    let to = multiple.map(|to| to.display(contract.currency));
    if amount.is_zero() {
        return (Verdict::RoundsToNothing { exact, rounding, to }, None);
    }
    let (size, owed_by) = (amount.display(contract.currency), charge.owed_by);
    (Verdict::Owed { exact, rounding, to, amount: size, quantity, owed_by }, Some(turned(owed_by, amount)))
}

/// The amount with its sign, which is turned last (mechanisms 10.5).
pub(super) fn turned(owed_by: OwedBy, size: Money) -> Money {
    if owed_by == OwedBy::Payee { Money::ZERO - size } else { size }
}
