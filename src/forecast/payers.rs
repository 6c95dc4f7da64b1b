//! Each payer's part of what a contract can still cost (rule 11.2; the book on forecasts, "By payer").

use super::bound::{Bounds, Most, plus};
use super::line::{All, Keys, Line};
use super::made::Key;
use crate::charge::period::Pay;
use crate::charge::{Charge, Clause, Mechanism};
use crate::contract::{Bound, Contract};
use crate::documents::payers::Payers;
use crate::measure::money::Total;
use rust_decimal::Decimal;

/// What one payer pays of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The payer's place in the contract.
    pub payer: u16,
    /// Its part of all charges.
    pub line: Line,
}

/// The parts of all payers. A single one pays all of it; where one pays at most so much, what others pay rests on the order of
/// everything that is earned: then there are none.
pub(super) fn parts(contract: &Contract, keys: &Keys, told: &All, wide: &All) -> Vec<Part> {
    let payers = Payers::new(contract);
    if contract.payers.len() < 2 || payers.capped() {
        return Vec::new();
    }
    let grain = grain(contract);
    let part = |(place, payer): (u16, usize)| {
        let shares: Vec<Decimal> =
            contract.charges.iter().map(|charge| payers.share(charge.id.as_str(), payer).unwrap_or_default()).collect();
        let paid = |keys: &[Key]| {
            let of = |key: &Key| {
                let charge = contract.charges.get(usize::from(key.charge))?;
                payers.parts(charge.id.as_str(), key.granted).get(payer).map(|part| i128::from(part.minor()))
            };
            Total::from_minor(keys.iter().filter_map(of).sum())
        };
        Part {
            payer: place,
            line: Line {
                settled: paid(&keys.settled),
                stands: paid(&keys.stands),
                goes_on: paid(&keys.goes_on),
                told: share_of(told, &shares, grain),
                wide: share_of(wide, &shares, grain),
            },
        }
    };
    (0_u16..).zip(0..contract.payers.len()).map(part).collect()
}

/// What all amounts are multiples of, in minor units: those that are paid whole, and what limits can leave of them.
fn grain(contract: &Contract) -> i128 {
    let of = |(number, charge): (u16, &Charge)| {
        let whole = match &charge.mechanism {
            Mechanism::Fixed(_) | Mechanism::Milestone(_) => true,
            Mechanism::Period(period) => matches!(period.pay, Pay::Full { .. }),
            Mechanism::Measured(_) => false,
        };
        let clause = Clause::new(number, charge, contract.currency, contract.rounding);
        let rows = (0_u16..).zip(&charge.rates.rows).map(|(row, _)| clause.whole(row).size().minor());
        if whole && charge.adjust.is_empty() { rows.fold(0, |all, one| divisor(all, one.into())) } else { 1 }
    };
    let charges = (0_u16..).zip(&contract.charges).map(of);
    let limits = contract.limits.iter().map(|limit| match limit.bound {
        Bound::Amount(most) | Bound::Floor(most) => i128::from(most.minor()),
        Bound::Units(_) => 0,
    });
    charges.chain(limits).fold(0, divisor)
}

/// The greatest common divisor; of nothing and something the something.
fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// The bounds of a part. An amount of which the share is no whole number of minor units loses or gains less than one by that.
fn share_of(all: &All, shares: &[Decimal], grain: i128) -> Bounds {
    let same = shares.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
    let is_even = |share: &Decimal| down(grain, *share) == -down(-grain, *share);
    let cut = |(share, keys): (&Decimal, &Most)| if is_even(share) { Ok(0) } else { *keys };
    let slack = shares.iter().zip(&all.keys).map(cut).fold(Ok(0), plus);
    let whole = |bounds: &Bounds, share: Decimal| {
        let minor = |sum: Total| sum.minor();
        (bounds.lowest.map(minor).map(|sum| -down(-sum, share)), bounds.highest.map(minor).map(|sum| down(sum, share)))
    };
    let nothing: (Most, Most) = (Ok(0), Ok(0));
    let (lowest, highest) = match shares.first() {
        Some(share) if same => whole(&all.total, *share),
        _ => shares
            .iter()
            .zip(&all.charges)
            .filter(|(share, _)| !share.is_zero())
            .map(|(share, bounds)| whole(bounds, *share))
            .fold(nothing, |sum, one| (plus(sum.0, one.0), plus(sum.1, one.1))),
    };
    let by = if same { all.total.by.clone() } else { Vec::new() };
    let lowest = plus(lowest, slack.map(|slack| -slack)).map(Total::from_minor);
    Bounds { lowest, highest: plus(highest, slack).map(Total::from_minor), by }
}

/// A share of a sum, rounded down.
fn down(sum: i128, share: Decimal) -> i128 {
    sum.saturating_mul(share.mantissa()).div_euclid(10_i128.saturating_pow(share.scale()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::bound::Highest;
    use std::collections::BTreeSet;

    fn bounds(lowest: i128, highest: i128) -> Bounds {
        Bounds::new(Ok(lowest), Highest { sum: Ok(highest), by: BTreeSet::new() })
    }

    #[test]
    fn a_part_of_uneven_amounts_may_be_a_unit_more_or_less_for_each() {
        let all = All { charges: vec![bounds(10, 101), bounds(0, 50)], keys: vec![Ok(3), Ok(2)], total: bounds(10, 120) };
        let half = Decimal::new(5, 1);
        assert_eq!(share_of(&all, &[half, half], 1), bounds(5 - 5, 60 + 5));
        assert_eq!(share_of(&all, &[half, half], 10), bounds(5, 60), "tens are halved without a rest");
        assert_eq!(share_of(&all, &[half, Decimal::ZERO], 1), bounds(5 - 3, 50 + 3), "the first charge alone");
        assert_eq!(share_of(&all, &[Decimal::ONE, Decimal::ONE], 1), bounds(10, 120), "whole amounts are not divided");
        assert_eq!((divisor(0, 12), divisor(12, 18), divisor(0, 0)), (12, 6, 0));
        assert_eq!((down(5, half), down(-5, half)), (2, -3));
    }
}
