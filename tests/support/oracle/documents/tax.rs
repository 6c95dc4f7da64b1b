//! Rule 11.4: VAT.

use super::part::Part;
use crate::support::oracle::money::{ONE, exact};
use crate::support::oracle::{Law, Misreading, Situation};
use crate::support::programme::{Contract, Rounding, Vat};

pub fn category(vat: &Vat) -> &'static str {
    match vat {
        Vat::Standard { .. } => "S",
        Vat::Exempt { .. } => "E",
        Vat::OutsideScope { .. } => "O",
    }
}

/// In 10⁻¹²; only what is taxed has any.
fn percent(vat: &Vat) -> i128 {
    match vat {
        Vat::Standard { percent } => exact(percent),
        Vat::Exempt { .. } | Vat::OutsideScope { .. } => 0,
    }
}

/// The tax on a document: of each rate on its sum, rounded once.
pub fn of(law: &Law, contract: &Contract, parts: &[&Part]) -> i128 {
    let mut percents: Vec<i128> = parts.iter().map(|part| percent(part.vat)).filter(|percent| *percent > 0).collect();
    percents.sort_unstable();
    percents.dedup();
    let amount = |part: &Part| if law.reads(Misreading::TaxBeforeCuts) { part.amount + part.cut } else { part.amount };
    if law.reads(Misreading::TaxPerPosting) {
        return parts.iter().map(|part| rounded(law, contract, amount(part) * percent(part.vat))).sum();
    }
    let of_rate =
        |rate: i128| -> i128 { parts.iter().filter(|part| percent(part.vat) == rate).map(|part| amount(part)).sum() };
    percents.into_iter().map(|rate| rounded(law, contract, of_rate(rate) * rate)).sum()
}

/// `number` over a hundred, `number` in 10⁻¹² of a minor unit: half away from zero, whatever the contract says of entitlements.
fn rounded(law: &Law, contract: &Contract, number: i128) -> i128 {
    let divisor = 100 * ONE;
    let (size, sign) = (number.abs(), number.signum());
    let (whole, rest) = (size / divisor, size % divisor);
    law.saw_if(rest != 0, Situation::TaxRounded);
    law.saw_if(2 * rest == divisor, Situation::TaxTie);
    if law.reads(Misreading::TaxTruncated) {
        return sign * whole;
    }
    let as_contract = law.reads(Misreading::TaxRoundedAsEntitlements) && contract.rounding == Some(Rounding::HalfEven);
    let half_even = as_contract || law.reads(Misreading::TaxAlwaysHalfEven);
    let up = 2 * rest > divisor || (2 * rest == divisor && (!half_even || whole % 2 == 1));
    sign * (whole + i128::from(up))
}
