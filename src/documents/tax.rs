//! VAT on the sums of a document (rule 11.4).

use super::line::VatSum;
use crate::charge::vat::Vat;
use crate::measure::money::Total;
use std::collections::BTreeMap;

/// The sums by treatment, each with its tax. Tax is added on a treatment's sum and rounded once; entitlements are net of VAT.
#[must_use]
pub fn by_treatment<'a>(amounts: impl Iterator<Item = (&'a Vat, Total)>) -> Vec<VatSum> {
    let mut bases: BTreeMap<&Vat, Total> = BTreeMap::new();
    for (vat, amount) in amounts {
        let base = bases.entry(vat).or_default();
        *base = *base + amount;
    }
    bases.into_iter().map(|(vat, base)| VatSum { vat: vat.clone(), base, tax: tax(vat, base) }).collect()
}

/// The tax on a sum, rounded once: half away from zero, whatever the contract says of entitlements, for the official rules
/// take nothing else (F-LIB381).
#[must_use]
pub fn tax(vat: &Vat, base: Total) -> Total {
    let percent = vat.percent();
    let whole = 100_i128.saturating_mul(10_i128.saturating_pow(percent.scale()));
    let exact = base.minor().saturating_mul(percent.mantissa());
    let (size, sign) = (exact.saturating_abs(), exact.signum());
    let up = i128::from((size % whole).saturating_mul(2) >= whole);
    Total::from_minor(sign * (size / whole + up))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_away_from_zero() {
        let vat = Vat::Standard { percent: 25.into() };
        // 25 % of 0.02 is 0.005, of 0.06 it is 0.015, of 0.01 it is 0.0025.
        let tax = |base| tax(&vat, Total::from_minor(base)).minor();
        assert_eq!([2, 6, -2, -6, 1, -1, 10_000].map(tax), [1, 2, -1, -2, 0, 0, 2_500]);
    }
}
