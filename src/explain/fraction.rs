//! Exact amounts, shown and rounded once more, apart from the engine (rule 2.2).

use crate::measure::money::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::fmt;

/// Hundred-millionths: as many decimals as a rate may have.
const ONE: i128 = 100_000_000;

/// A sum of rates over a number of days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fraction {
    /// The sum in hundred-millionths of the currency's unit.
    sum: i128,
    /// What it is divided by.
    over: i128,
}

impl Fraction {
    /// Nothing, to be divided by so much.
    #[must_use]
    pub fn over(days: i64) -> Fraction {
        Fraction { sum: 0, over: i128::from(days.max(1)) }
    }

    /// Adds a rate so many times.
    #[must_use]
    pub fn plus(self, rate: Decimal, times: i64) -> Fraction {
        let mut rate = rate;
        rate.rescale(8);
        Fraction { sum: self.sum.saturating_add(rate.mantissa().saturating_mul(i128::from(times))), ..self }
    }

    /// The sum before it is divided.
    #[must_use]
    pub fn sum(&self) -> Decimal {
        Decimal::from_i128_with_scale(self.sum, 8).normalize()
    }

    /// What it is divided by.
    #[must_use]
    pub fn divisor(&self) -> i128 {
        self.over
    }

    /// The amount in the minor unit: the nearest whole number of them; of two that are equally near the greater one or, with
    /// `half-even`, the even one (rule 2.2).
    #[must_use]
    pub fn round(&self, currency: Currency, rounding: Rounding) -> Money {
        let minor = self.sum.saturating_mul(10_i128.pow(currency.decimals()));
        let whole = self.over.saturating_mul(ONE);
        let below = minor.div_euclid(whole);
        let above = below.saturating_add(1);
        let (down, up) = (minor - below * whole, above * whole - minor);
        let nearest = match (down.cmp(&up), rounding) {
            (std::cmp::Ordering::Less, _) => below,
            (std::cmp::Ordering::Greater, _) | (_, Rounding::HalfAwayFromZero) => above,
            (_, Rounding::HalfEven) => below + below % 2,
        };
        Money::from_minor(i64::try_from(nearest).unwrap_or(i64::MAX))
    }

    /// Whether the amount, written with so many decimals, is the exact one.
    #[must_use]
    pub fn ends_within(&self, decimals: u32) -> bool {
        self.sum.saturating_mul(10_i128.pow(decimals)) % self.over.saturating_mul(ONE) == 0
    }
}

/// With as many decimals as it has, at most eight; `…` where it goes on.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cut = Decimal::from_i128_with_scale(self.sum / self.over, 8).normalize();
        write!(f, "{cut}{}", if self.ends_within(8) { "" } else { "…" })
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.over {
            1 => serializer.collect_str(&self.sum()),
            over => serializer.collect_str(&format_args!("{}/{over}", self.sum())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rounds_as_the_notes_of_the_contract_do() {
        let exact = |text: &str, days, of| Fraction::over(of).plus(crate::measure::number::parse(text).unwrap(), days);
        let rounded = |fraction: Fraction, rounding| fraction.round(Currency::DKK, rounding).minor();
        for (text, days, of, away, even) in [
            ("100.35", 1, 30, 335, 334),
            ("100.35", 3, 30, 1004, 1004),
            ("100.05", 3, 30, 1001, 1000),
            ("0.15", 1, 30, 1, 0),
            ("0.04", 1, 30, 0, 0),
        ] {
            assert_eq!(rounded(exact(text, days, of), Rounding::HalfAwayFromZero), away, "{text}");
            assert_eq!(rounded(exact(text, days, of), Rounding::HalfEven), even, "{text}");
        }
        assert_eq!(exact("0.04", 1, 30).to_string(), "0.00133333…");
        assert_eq!(exact("100.35", 1, 30).to_string(), "3.345");
        assert_eq!(exact("1500", 1, 1).to_string(), "1500");
    }
}
