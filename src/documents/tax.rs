//! VAT on the sums of a document (rule 11.4).

use super::line::VatSum;
use crate::charge::vat::Vat;
use crate::measure::money::{Rounding, Total};
use std::collections::BTreeMap;

/// The sums by treatment, each with its tax. Tax is added on a treatment's sum and rounded once; entitlements are net of VAT.
#[must_use]
pub fn by_treatment<'a>(amounts: impl Iterator<Item = (&'a Vat, Total)>, rounding: Rounding) -> Vec<VatSum> {
    let mut bases: BTreeMap<&Vat, Total> = BTreeMap::new();
    for (vat, amount) in amounts {
        let base = bases.entry(vat).or_default();
        *base = *base + amount;
    }
    bases.into_iter().map(|(vat, base)| VatSum { vat: vat.clone(), base, tax: tax(vat, base, rounding) }).collect()
}

/// The tax on a sum, rounded once.
#[must_use]
pub fn tax(vat: &Vat, base: Total, rounding: Rounding) -> Total {
    let percent = vat.percent();
    let whole = 100_i128.saturating_mul(10_i128.saturating_pow(percent.scale()));
    let exact = base.minor().saturating_mul(percent.mantissa());
    let (down, rest) = (exact.div_euclid(whole), exact.rem_euclid(whole).saturating_mul(2));
    let up = match rest.cmp(&whole) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => match rounding {
            Rounding::HalfAwayFromZero => exact >= 0,
            Rounding::HalfEven => down.rem_euclid(2) == 1,
        },
    };
    Total::from_minor(if up { down.saturating_add(1) } else { down })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_away_from_zero_or_to_the_even_neighbour() {
        let vat = Vat::Standard { percent: 25.into() };
        let tax = |base, rounding| tax(&vat, Total::from_minor(base), rounding).minor();
        // 25 % of 0.02 is 0.005, of 0.06 it is 0.015.
        assert_eq!([2, 6, -2, -6].map(|base| tax(base, Rounding::HalfAwayFromZero)), [1, 2, -1, -2]);
        assert_eq!([2, 6, -2, -6].map(|base| tax(base, Rounding::HalfEven)), [0, 2, 0, -2]);
        assert_eq!([1, 3, 10_000].map(|base| tax(base, Rounding::HalfEven)), [0, 1, 2_500]);
    }
}
