//! Exact fractions: what figures, prices and factors are worked out in, divided last and rounded once (mechanisms 2.1 to 2.4).

use super::money::{Currency, Money, Rounding};
use super::number::{self, BadNumber};
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;
use std::fmt;

/// A fraction in lowest terms; its divisor is above 0. What does not fit 128 bits is `None`, never something near it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ratio {
    dividend: i128,
    divisor: i128,
}

/// Amounts are below this, in the minor unit.
const MOST: i64 = 1_000_000_000_000_000_000;

impl Ratio {
    /// Nothing.
    pub const ZERO: Ratio = Ratio { dividend: 0, divisor: 1 };
    /// One.
    pub const ONE: Ratio = Ratio { dividend: 1, divisor: 1 };

    /// So many of so many; `None` for a divisor of 0.
    #[must_use]
    pub fn new(dividend: i128, divisor: i128) -> Option<Ratio> {
        let (dividend, divisor) =
            if divisor < 0 { (dividend.checked_neg()?, divisor.checked_neg()?) } else { (dividend, divisor) };
        let common = i128::try_from(common(dividend.unsigned_abs(), divisor.unsigned_abs())).ok()?;
        Some(Ratio { dividend: dividend.checked_div(common)?, divisor: divisor.checked_div(common).filter(|d| *d > 0)? })
    }

    /// A decimal number; it has at most 28 decimals, so that it always fits.
    #[must_use]
    pub fn of(number: Decimal) -> Ratio {
        Ratio::new(number.mantissa(), 10_i128.saturating_pow(number.scale())).unwrap_or(Ratio::ZERO)
    }

    /// Reads a decimal, or a fraction of two whole numbers: `0.67`, `5/6` (mechanisms 2.1).
    ///
    /// # Errors
    /// [`BadNumber`] says what is wrong with it.
    ///
    /// ```
    /// use effekt::measure::ratio::Ratio;
    /// assert_eq!(Ratio::parse("10/12"), Ratio::parse("5/6"));
    /// assert!(Ratio::parse("5/0").is_err() && Ratio::parse("-5").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Ratio, BadNumber> {
        let Some((dividend, divisor)) = text.split_once('/') else { return Ok(Ratio::of(number::parse(text)?)) };
        if text.contains('.') {
            return Err(BadNumber::Fraction);
        }
        let (dividend, divisor) = (number::parse(dividend)?, number::parse(divisor)?);
        Ratio::new(dividend.mantissa(), divisor.mantissa()).ok_or(BadNumber::Fraction)
    }

    /// The dividend and the divisor, in lowest terms.
    #[must_use]
    pub const fn parts(self) -> (i128, i128) {
        (self.dividend, self.divisor)
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Ratio) -> Option<Ratio> {
        let both = i128::try_from(common(self.divisor.unsigned_abs(), other.divisor.unsigned_abs())).ok()?;
        let (mine, its) = (other.divisor.checked_div(both)?, self.divisor.checked_div(both)?);
        let sum = self.dividend.checked_mul(mine)?.checked_add(other.dividend.checked_mul(its)?)?;
        Ratio::new(sum, self.divisor.checked_mul(mine)?)
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Ratio) -> Option<Ratio> {
        self.plus(other.negated()?)
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Ratio) -> Option<Ratio> {
        // Each dividend is first shortened by the other's divisor, so that nothing grows that need not.
        let (left, right) = (Ratio::new(self.dividend, other.divisor)?, Ratio::new(other.dividend, self.divisor)?);
        let dividend = left.dividend.checked_mul(right.dividend)?;
        Some(Ratio { dividend, divisor: left.divisor.checked_mul(right.divisor)? })
    }

    /// The quotient; `None` where the other is 0.
    #[must_use]
    pub fn divided(self, other: Ratio) -> Option<Ratio> {
        self.times(Ratio::new(other.divisor, other.dividend)?)
    }

    /// The same with the other sign.
    #[must_use]
    pub fn negated(self) -> Option<Ratio> {
        Some(Ratio { dividend: self.dividend.checked_neg()?, ..self })
    }

    /// Whether it is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.dividend == 0
    }

    /// Whether it is below 0.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.dividend < 0
    }

    /// The amount in the currency's minor unit, rounded once: its size first, its sign after (mechanisms 2.2). `None` for an
    /// amount of more than 18 digits: no sum of such amounts could be trusted.
    #[must_use]
    pub fn money(self, currency: Currency, rounding: Rounding) -> Option<Money> {
        self.multiple(currency, Money::from_minor(1), rounding)
    }

    /// The same rounded to a multiple of `to` (mechanisms 2.3).
    #[must_use]
    pub fn multiple(self, currency: Currency, to: Money, rounding: Rounding) -> Option<Money> {
        let to = u128::from(to.minor().max(1).unsigned_abs());
        // Of what is below a minor unit only this matters: nothing, less than half, half, more.
        let mut quarters = 0;
        let units = self.scaled(currency.decimals(), |_, rest, divisor| {
            quarters = match rest.cmp(&(divisor - rest)) {
                _ if rest == 0 => 0,
                Ordering::Less => 1,
                Ordering::Equal => 2,
                Ordering::Greater => 3,
            };
            false
        })?;
        let (whole, rest) = (units.checked_div(to)?, units.checked_rem(to)?.checked_mul(4)?.checked_add(quarters)?);
        let next = rounding.takes_next(whole, rest, to.checked_mul(4)?);
        let size = i64::try_from(whole.checked_add(u128::from(next))?.checked_mul(to)?).ok().filter(|size| *size < MOST)?;
        Some(if self.is_negative() { -Money::from_minor(size) } else { Money::from_minor(size) })
    }

    /// With at most so many decimals, half away from zero, without trailing zeros (formats, `postings.csv`).
    #[must_use]
    pub fn shown(self, decimals: u32) -> Decimal {
        let size = self.scaled(decimals, |_, rest, divisor| rest >= divisor - rest);
        let size = size.and_then(|size| i128::try_from(size).ok()).unwrap_or(i128::MAX);
        let shown = Decimal::try_from_i128_with_scale(size, decimals).unwrap_or(Decimal::MAX).normalize();
        if self.is_negative() && !shown.is_zero() { -shown } else { shown }
    }

    /// Rounded to so many decimals: its size half away from zero, its sign after (mechanisms 2.2, 4.2).
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Option<Ratio> {
        let size = self.scaled(decimals, |_, rest, divisor| rest >= divisor - rest)?;
        let size = Ratio::new(i128::try_from(size).ok()?, 10_i128.checked_pow(decimals)?)?;
        if self.is_negative() { size.negated() } else { Some(size) }
    }

    /// As a decimal number, where it is one of at most so many decimals.
    #[must_use]
    pub fn decimal(self, decimals: u32) -> Option<Decimal> {
        let shown = self.shown(decimals).round_dp_with_strategy(decimals, RoundingStrategy::ToZero);
        (Ratio::of(shown) == self).then_some(shown)
    }

    /// How many digits it has; of a fraction that is no decimal, those of its two numbers together (mechanisms 2.4).
    #[must_use]
    pub fn digits(self) -> u32 {
        let count = |number: i128| number.unsigned_abs().checked_ilog10().map_or(0, |log| log + 1);
        match self.decimal(8) {
            Some(decimal) => count(decimal.mantissa()).max(decimal.scale()),
            None => count(self.dividend) + count(self.divisor),
        }
    }

    /// Its size in units of 10⁻ⁿ; `up` says of (quotient, rest, divisor) whether the rest counts as one more.
    fn scaled(self, decimals: u32, up: impl FnOnce(u128, u128, u128) -> bool) -> Option<u128> {
        let (size, divisor) = (self.dividend.unsigned_abs(), self.divisor.unsigned_abs());
        let one = 10_u128.checked_pow(decimals)?;
        // Whole units first: the rest is below the divisor, and so is small wherever the divisor is.
        let (whole, rest) = (size.checked_div(divisor)?, size.checked_rem(divisor)?);
        let parts = rest.checked_mul(one)?;
        let quotient = whole.checked_mul(one)?.checked_add(parts.checked_div(divisor)?)?;
        quotient.checked_add(u128::from(up(quotient, parts.checked_rem(divisor)?, divisor)))
    }
}

/// The greatest common divisor; of 0 and n it is n.
fn common(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

impl Ord for Ratio {
    /// By continued fractions: nothing is multiplied, so nothing is ever too large to compare.
    fn cmp(&self, other: &Ratio) -> Ordering {
        let (mut a, mut b) = ((self.dividend, self.divisor), (other.dividend, other.divisor));
        let mut turned = false;
        loop {
            let whole = |(dividend, divisor): (i128, i128)| {
                (
                    dividend.checked_div_euclid(divisor).unwrap_or_default(),
                    dividend.checked_rem_euclid(divisor).unwrap_or_default(),
                )
            };
            let ((first, rest), (second, other_rest)) = (whole(a), whole(b));
            let order = match first.cmp(&second) {
                Ordering::Equal if rest == 0 || other_rest == 0 => rest.cmp(&other_rest),
                Ordering::Equal => {
                    // Of two proper fractions the greater one has the lesser inverse.
                    (a, b, turned) = ((a.1, rest), (b.1, other_rest), !turned);
                    continue;
                }
                order => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `0.67` where it is a decimal of at most eight digits after the point, else `5/6`.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal(8) {
            Some(decimal) => decimal.fmt(f),
            None => write!(f, "{}/{}", self.dividend, self.divisor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str) -> Ratio {
        match text.strip_prefix('-') {
            Some(size) => Ratio::parse(size).unwrap().negated().unwrap(),
            None => Ratio::parse(text).unwrap(),
        }
    }

    #[test]
    fn a_ratio_is_in_lowest_terms_and_its_divisor_is_above_0() {
        assert_eq!(Ratio::new(6, -4), Ratio::new(-3, 2));
        assert_eq!((Ratio::new(6, -4).unwrap().dividend, Ratio::new(6, -4).unwrap().divisor), (-3, 2));
        assert_eq!(Ratio::new(0, -7), Some(Ratio::ZERO));
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(ratio("0.50"), ratio("1/2"));
        for wrong in ["", "/", "1/", "/2", "1/0", "0.5/2", "1/2/3", "-1/2", "1/-2", "1 /2"] {
            assert!(Ratio::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_four_operations_are_exact() {
        assert_eq!(ratio("1/3").plus(ratio("1/6")), Some(ratio("1/2")));
        assert_eq!(ratio("1/3").minus(ratio("1/2")), Some(ratio("-1/6")));
        assert_eq!(ratio("-2/3").times(ratio("3/4")), Some(ratio("-1/2")));
        assert_eq!(ratio("2/3").divided(ratio("-4/3")), Some(ratio("-1/2")));
        assert_eq!(ratio("2/3").divided(Ratio::ZERO), None);
        assert_eq!(ratio("0.075").plus(ratio("0.045").times(ratio("2/5")).unwrap()), Some(ratio("0.093")));
    }

    #[test]
    fn what_does_not_fit_is_none() {
        let large = Ratio::new(i128::MAX, 1).unwrap();
        let small = Ratio::new(1, i128::MAX).unwrap();
        assert_eq!(large.plus(Ratio::ONE), None);
        assert_eq!(large.times(ratio("2")), None);
        assert_eq!(small.times(ratio("1/2")), None);
        assert_eq!(small.plus(ratio("1/2")), None);

        assert_eq!(Ratio::new(i128::MIN, -1), None);
        assert_eq!(large.times(small), Some(Ratio::ONE));
    }

    #[test]
    fn ratios_are_ordered_by_their_value_however_large() {
        let sorted = ["-3", "-5/2", "-1/3", "0", "1/3", "0.34", "1/2", "5/9", "1", "17/12", "3"].map(ratio);
        for (nth, a) in sorted.iter().enumerate() {
            for (other, b) in sorted.iter().enumerate() {
                assert_eq!(a.cmp(b), nth.cmp(&other), "{a} and {b}");
            }
        }
        let (a, b) = (Ratio::new(i128::MAX, i128::MAX - 1).unwrap(), Ratio::new(i128::MAX - 1, i128::MAX - 2).unwrap());
        assert!(a < b && a > Ratio::ONE);
    }

    #[test]
    fn the_size_is_rounded_first_and_the_sign_comes_after() {
        let minor = |text: &str, rounding| ratio(text).money(Currency::DKK, rounding).unwrap().minor();
        for (text, away, even) in [
            ("0.125", 13, 12),
            ("-0.125", -13, -12),
            ("0.135", 14, 14),
            ("1/3", 33, 33),
            ("-2/3", -67, -67),
            ("0.0049", 0, 0),
        ] {
            assert_eq!(minor(text, Rounding::HalfAwayFromZero), away, "{text}");
            assert_eq!(minor(text, Rounding::HalfEven), even, "{text}");
        }
        assert_eq!(minor("999999999999.99", Rounding::HalfEven), 99_999_999_999_999);
        assert_eq!(ratio("2.5").money(Currency::parse("JPY").unwrap(), Rounding::HalfEven).unwrap().minor(), 2);
        assert_eq!(Ratio::new(10_i128.pow(16), 1).unwrap().money(Currency::DKK, Rounding::HalfEven), None);
    }

    #[test]
    fn a_multiple_is_rounded_to_in_each_mode() {
        let minor =
            |text: &str, to, rounding| ratio(text).multiple(Currency::DKK, Money::from_minor(to), rounding).unwrap().minor();
        for (text, to, [away, even, up, down]) in [
            ("58962.4", 100, [5_896_200, 5_896_200, 5_896_300, 5_896_200]),
            ("12.5", 500, [1_500, 1_000, 1_500, 1_000]),
            ("12.5001", 500, [1_500, 1_500, 1_500, 1_000]),
            ("12.4999", 500, [1_000, 1_000, 1_500, 1_000]),
            ("0.015", 3, [3, 0, 3, 0]),
            ("1/3", 1, [33, 33, 34, 33]),
            ("-1/3", 1, [-33, -33, -34, -33]),
            ("10", 500, [1_000, 1_000, 1_000, 1_000]),
            ("0", 500, [0, 0, 0, 0]),
        ] {
            let modes = [Rounding::HalfAwayFromZero, Rounding::HalfEven, Rounding::Up, Rounding::Down];
            assert_eq!(modes.map(|mode| minor(text, to, mode)), [away, even, up, down], "{text}");
        }
    }

    #[test]
    fn a_ratio_is_shown_with_as_many_decimals_as_are_asked_for() {
        let shown = |text: &str| ratio(text).shown(6).to_string();
        assert_eq!(shown("2/3"), "0.666667");
        assert_eq!(shown("-2/3"), "-0.666667");
        assert_eq!(shown("0.0000005"), "0.000001");
        assert_eq!(shown("-0.0000004"), "0");
        assert_eq!(shown("60.00"), "60");
        assert_eq!(ratio("0.093").to_string(), "0.093");
        assert_eq!(ratio("10/12").to_string(), "5/6");
        assert_eq!(ratio("1/8").decimal(2), None);
    }
}
