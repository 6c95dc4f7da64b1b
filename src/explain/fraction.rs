//! Exact amounts, shown and rounded once more, apart from the engine (rule 2.2).

use crate::measure::money::{Currency, Money, Rounding, Total};
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// Decimals that a rate may have.
const DECIMALS: u32 = 8;

/// A decimal number over a whole one: a sum of rates over a number of days, a price. Its decimals are kept apart from what it
/// is divided by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fraction {
    /// The number, in units of 10⁻ⁿ.
    sum: i128,
    /// How many decimals it has.
    decimals: u32,
    /// What it is divided by; above 0.
    over: i128,
}

impl Fraction {
    /// Nothing, to be divided by so much.
    #[must_use]
    pub fn over(days: i64) -> Fraction {
        Fraction { sum: 0, decimals: DECIMALS, over: i128::from(days.max(1)) }
    }

    /// A decimal number.
    #[must_use]
    pub fn of(number: Decimal) -> Fraction {
        let number = number.normalize();
        Fraction { sum: number.mantissa(), decimals: number.scale(), over: 1 }
    }

    /// A sum of money; `None` = it is too large.
    #[must_use]
    pub fn of_money(sum: Total, currency: Currency) -> Option<Fraction> {
        Decimal::try_from_i128_with_scale(sum.minor(), currency.decimals()).ok().map(Fraction::of)
    }

    /// A number as the contract prints it.
    #[must_use]
    pub fn of_ratio(number: Ratio) -> Option<Fraction> {
        let text = number.to_string();
        let whole = |text: &str| text.parse::<Decimal>().ok().map(Fraction::of);
        match text.split_once('/') {
            Some((dividend, divisor)) => whole(dividend)?.by(whole(divisor)?),
            None => whole(&text),
        }
    }

    /// Adds a rate so many times.
    #[must_use]
    pub fn plus(self, rate: Decimal, times: i64) -> Fraction {
        let mut rate = rate;
        rate.rescale(self.decimals);
        Fraction { sum: self.sum.saturating_add(rate.mantissa().saturating_mul(i128::from(times))), ..self }
    }

    /// The sum with another one.
    #[must_use]
    pub fn and(self, other: Fraction) -> Option<Fraction> {
        let decimals = self.decimals.max(other.decimals);
        let wide = |one: Fraction, over: i128| {
            one.sum.checked_mul(10_i128.checked_pow(decimals - one.decimals)?)?.checked_mul(over)
        };
        let sum = wide(self, other.over)?.checked_add(wide(other, self.over)?)?;
        Some(Fraction { sum, decimals, over: self.over.checked_mul(other.over)? }.short())
    }

    /// What is left when another one is taken away.
    #[must_use]
    pub fn less(self, other: Fraction) -> Option<Fraction> {
        self.and(Fraction { sum: other.sum.checked_neg()?, ..other })
    }

    /// The product with another one.
    #[must_use]
    pub fn times(self, other: Fraction) -> Option<Fraction> {
        let decimals = self.decimals.checked_add(other.decimals)?;
        let (sum, over) = (self.sum.checked_mul(other.sum)?, self.over.checked_mul(other.over)?);
        Some(Fraction { sum, decimals, over }.short())
    }

    /// The quotient by another one; none by 0.
    #[must_use]
    pub fn by(self, other: Fraction) -> Option<Fraction> {
        let turned = other.over.checked_mul(10_i128.checked_pow(other.decimals)?)?.checked_mul(other.sum.signum())?;
        let sum = self.sum.checked_mul(turned)?;
        let over = self.over.checked_mul(other.sum.checked_abs().filter(|size| *size > 0)?)?;
        Some(Fraction { sum, over, ..self }.short())
    }

    /// Without common factors and zeros at the end.
    fn short(self) -> Fraction {
        let (mut a, mut b) = (self.over, self.sum.checked_abs().unwrap_or(1));
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let (mut sum, over, mut decimals) = (self.sum / a, self.over / a, self.decimals);
        while decimals > 0 && sum % 10 == 0 {
            (sum, decimals) = (sum / 10, decimals - 1);
        }
        Fraction { sum, decimals, over }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_0(&self) -> bool {
        self.sum == 0
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_below_0(&self) -> bool {
        self.sum < 0
    }

    /// How it compares with a number.
    #[must_use]
    pub fn against(&self, number: Decimal) -> Ordering {
        self.less(Fraction::of(number)).map_or(Ordering::Equal, |far| far.sum.cmp(&0))
    }

    /// The sum before it is divided.
    #[must_use]
    pub fn sum(&self) -> Decimal {
        Decimal::from_i128_with_scale(self.sum, self.decimals).normalize()
    }

    /// What it is divided by.
    #[must_use]
    pub fn divisor(&self) -> i128 {
        self.over
    }

    /// What it is divided by in all.
    fn whole(&self) -> i128 {
        self.over.saturating_mul(10_i128.saturating_pow(self.decimals))
    }

    /// Its size in units of 10⁻ⁿ: as many as there are in full, what is left, and what would be needed for one more.
    fn units(&self, decimals: u32) -> Option<(i128, i128, i128)> {
        let (size, whole, one) = (self.sum.checked_abs()?, self.whole(), 10_i128.checked_pow(decimals)?);
        let left = (size % whole).checked_mul(one)?;
        let below = (size / whole).checked_mul(one)?.checked_add(left / whole)?;
        Some((below, left % whole, whole - left % whole))
    }

    /// The amount in the minor unit: the nearest whole number of `to`; of two that are equally near the one further from 0 or,
    /// with `half-even`, the even one (rule 2.2). With `up` and `down` not the nearest one counts but the next one further from 0
    /// or nearer to it (mechanisms 2.3). None of more than 18 digits.
    #[must_use]
    pub fn amount(&self, currency: Currency, rounding: Rounding, to: Money) -> Option<Money> {
        let (units, part, rest) = self.units(currency.decimals())?;
        let (to, one) = (i128::from(to.minor().max(1)), part + rest);
        // How far it lies from the multiple below it and from the one above.
        let (below, down) = (units / to, (units % to).checked_mul(one)?.checked_add(part)?);
        let up = to.checked_mul(one)? - down;
        let taken = match (rounding, down.cmp(&up)) {
            (Rounding::Down, _) => below,
            (Rounding::Up, _) => below + i128::from(down > 0),
            (_, Ordering::Less) => below,
            (_, Ordering::Greater) | (Rounding::HalfAwayFromZero, _) => below + 1,
            (Rounding::HalfEven, _) => below + below % 2,
        };
        let taken = i64::try_from(taken.checked_mul(to)?).ok().filter(|taken| taken.to_string().len() <= 18)?;
        Some(Money::from_minor(if self.is_below_0() { -taken } else { taken }))
    }

    /// The same of an amount that is known to be small.
    #[must_use]
    pub fn round(&self, currency: Currency, rounding: Rounding, to: Money) -> Money {
        self.amount(currency, rounding, to).unwrap_or_default()
    }

    /// With at most so many decimals, half away from 0.
    #[must_use]
    pub fn rounded(&self, decimals: u32) -> Decimal {
        let (below, down, up) = self.units(decimals).unwrap_or_default();
        let size = if down >= up { below + 1 } else { below };
        let size = if self.is_below_0() { -size } else { size };
        Decimal::try_from_i128_with_scale(size, decimals).unwrap_or_default().normalize()
    }

    /// Whether the amount, written with so many decimals, is the exact one.
    #[must_use]
    pub fn ends_within(&self, decimals: u32) -> bool {
        self.units(decimals).is_some_and(|(_, left, _)| left == 0)
    }
}

/// With as many decimals as it has, at most eight; `…` where it goes on.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (below, ..) = self.units(DECIMALS).unwrap_or_default();
        let cut = Decimal::try_from_i128_with_scale(below, DECIMALS).unwrap_or_default().normalize();
        let sign = if self.is_below_0() { "-" } else { "" };
        write!(f, "{sign}{cut}{}", if self.ends_within(DECIMALS) { "" } else { "…" })
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

    fn number(text: &str) -> Decimal {
        crate::measure::number::parse_signed(text).unwrap()
    }

    #[test]
    fn it_rounds_as_the_notes_of_the_contract_do() {
        let exact = |text: &str, days, of| Fraction::over(of).plus(number(text), days);
        let rounded = |fraction: Fraction, rounding| fraction.round(Currency::DKK, rounding, Money::from_minor(1)).minor();
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
        for (text, to, up, down) in
            [("100.341", 1, 10035, 10034), ("100.34", 1, 10034, 10034), ("58962.40", 100, 5_896_300, 5_896_200)]
        {
            let exact = |rounding| exact(text, 1, 1).round(Currency::DKK, rounding, Money::from_minor(to)).minor();
            assert_eq!((exact(Rounding::Up), exact(Rounding::Down)), (up, down), "{text}");
        }
        assert_eq!(exact("0.04", 1, 30).to_string(), "0.00133333…");
        assert_eq!(exact("100.35", 1, 30).to_string(), "3.345");
        assert_eq!(exact("1500", 1, 1).to_string(), "1500");
    }

    #[test]
    fn it_adds_multiplies_and_divides() {
        let of = |text: &str| Fraction::of(number(text));
        assert_eq!(of("0.12").less(of("0.075")).unwrap().times(of("2")).unwrap().by(of("5")).unwrap().to_string(), "0.018");
        assert_eq!(of("1").by(of("-3")).unwrap().to_string(), "-0.33333333…");
        assert_eq!(of("1").by(of("0")), None);
        assert_eq!(of("1").by(of("3")).unwrap().times(of("3")), Some(of("1")));
        assert_eq!(of("-2.5").times(of("4")).unwrap().to_string(), "-10");
        assert_eq!(Fraction::of_ratio(Ratio::parse("5/6").unwrap()).unwrap().rounded(6).to_string(), "0.833333");
        assert_eq!(
            of("-0.125").amount(Currency::DKK, Rounding::HalfAwayFromZero, Money::from_minor(1)).unwrap().minor(),
            -13
        );
        assert_eq!(of("0.5").by(of("3")).unwrap().against(number("0.17")), Ordering::Less);
    }
}
