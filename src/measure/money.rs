//! Exact money and the one place where it is rounded (rules 2.1 to 2.3).

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount in the contract's currency, in its minor unit (øre), signed. It only adds and subtracts (rule 2.3).
///
/// A single amount has at most 15 digits ([`number`](super::number)); sums of many amounts are a [`Total`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// That many minor units.
    #[must_use]
    pub const fn from_minor(units: i64) -> Money {
        Money(units)
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// How much it is, without its sign.
    #[must_use]
    pub const fn size(self) -> Money {
        Money(self.0.saturating_abs())
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount as it is printed: with the currency's decimals, `-1500.00`.
    #[must_use]
    pub const fn display(self, currency: Currency) -> Shown {
        Shown { units: self.0 as i128, decimals: currency.decimals }
    }

    /// The amount as a decimal number of the major unit.
    #[must_use]
    pub fn decimal(self, currency: Currency) -> Decimal {
        Decimal::new(self.0, currency.decimals)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(self.0.saturating_neg())
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        *self = *self - other;
    }
}

/// A sum of amounts in minor units. 128 bits hold more amounts than any machine holds rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Total(i128);

impl Total {
    /// That many minor units.
    #[must_use]
    pub const fn from_minor(units: i128) -> Total {
        Total(units)
    }

    /// The sum in minor units.
    #[must_use]
    pub const fn minor(self) -> i128 {
        self.0
    }

    /// The sum as it is printed: with the currency's decimals.
    #[must_use]
    pub const fn display(self, currency: Currency) -> Shown {
        Shown { units: self.0, decimals: currency.decimals }
    }
}

impl AddAssign<Money> for Total {
    fn add_assign(&mut self, amount: Money) {
        self.0 = self.0.saturating_add(i128::from(amount.0));
    }
}

impl Add for Total {
    type Output = Total;
    fn add(self, other: Total) -> Total {
        Total(self.0.saturating_add(other.0))
    }
}

impl From<Money> for Total {
    fn from(amount: Money) -> Total {
        Total(i128::from(amount.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, |sum, amount| sum + amount)
    }
}

impl Sum<Money> for Total {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Total {
        amounts.fold(Total::default(), |mut sum, amount| {
            sum += amount;
            sum
        })
    }
}

/// An amount ready to be printed or serialised, always as text and never as a binary number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shown {
    units: i128,
    decimals: u32,
}

impl Shown {
    /// So many minor units, of a currency with that many decimals.
    #[must_use]
    pub const fn new(units: i128, decimals: u32) -> Shown {
        Shown { units, decimals }
    }

    /// The minor units.
    #[must_use]
    pub const fn minor(self) -> i128 {
        self.units
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_u128.saturating_pow(self.decimals);
        let sign = if self.units < 0 { "-" } else { "" };
        let size = self.units.unsigned_abs();
        match self.decimals {
            0 => write!(f, "{sign}{size}"),
            decimals => write!(f, "{sign}{}.{:0width$}", size / one, size % one, width = decimals as usize),
        }
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A currency of ISO 4217 with 0, 2 or 3 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Currency {
    code: [u8; 3],
    decimals: u32,
}

/// The codes of ISO 4217 in use, by their number of decimals. Funds codes and metals are left out.
const CODES: [(u32, &str); 3] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
    (
        2,
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP \
         CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS \
         KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD \
         PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP \
         TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
];

impl Currency {
    /// The Danish krone.
    pub const DKK: Currency = Currency { code: *b"DKK", decimals: 2 };

    /// The currency with that ISO 4217 code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Currency> {
        let code: [u8; 3] = text.as_bytes().try_into().ok()?;
        let decimals = CODES.iter().find(|(_, codes)| codes.split_whitespace().any(|known| known == text))?.0;
        Some(Currency { code, decimals })
    }

    /// Its code, such as `DKK`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// How many decimals its minor unit has.
    #[must_use]
    pub const fn decimals(self) -> u32 {
        self.decimals
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// How an exact amount that lies between two minor units is rounded (rule 2.2, mechanisms 2.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// To the nearest; half-way goes up: 2.345 becomes 2.35.
    #[default]
    HalfAwayFromZero,
    /// To the nearest; half-way goes to the even neighbour: 2.345 becomes 2.34.
    HalfEven,
    /// Away from zero: 2.341 becomes 2.35.
    Up,
    /// Towards zero: 2.349 becomes 2.34.
    Down,
}

impl Rounding {
    /// Whether a size of `whole` and `rest` of `divisor` is rounded to the next whole, away from zero.
    #[must_use]
    pub(crate) fn takes_next(self, whole: u128, rest: u128, divisor: u128) -> bool {
        let other = divisor.saturating_sub(rest);
        match self {
            Rounding::HalfAwayFromZero => rest >= other,
            Rounding::HalfEven => rest > other || (rest == other && !whole.is_multiple_of(2)),
            Rounding::Up => rest > 0,
            Rounding::Down => false,
        }
    }
}

/// Rounding of a charge's own (mechanisms 2.3): `round = { to, mode }`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Round {
    /// Of what the result is a multiple: the minor unit, or so many of them.
    pub to: Money,
    /// How; `None` = as the contract rounds.
    pub mode: Option<Rounding>,
}

impl Round {
    /// To the minor unit, in a mode.
    #[must_use]
    pub const fn minor(mode: Rounding) -> Round {
        Round { to: Money(1), mode: Some(mode) }
    }
}

/// A sum of rates and a divisor, kept apart until the one rounding: the division is taken last (rule 2.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exact {
    /// The dividend in units of 10⁻⁸ of the major unit.
    scaled: i128,
    divisor: i128,
}

/// The decimals that an [`Exact`] dividend carries; as many as a rate may have.
const SCALE: u32 = super::number::MOST_DECIMALS as u32;

impl Exact {
    /// Nothing so far, to be divided by `divisor`; a divisor below 1 counts as 1.
    #[must_use]
    pub fn over(divisor: i64) -> Exact {
        Exact { scaled: 0, divisor: i128::from(divisor.max(1)) }
    }

    /// Adds `times` × `rate` to the dividend.
    pub fn add(&mut self, rate: Decimal, times: i64) {
        let shift = 10_i128.saturating_pow(SCALE.saturating_sub(rate.scale()));
        let units = rate.mantissa().saturating_mul(shift);
        self.scaled = self.scaled.saturating_add(units.saturating_mul(i128::from(times)));
    }

    /// One rate, whole.
    #[must_use]
    pub fn of(rate: Decimal) -> Exact {
        let mut exact = Exact::over(1);
        exact.add(rate, 1);
        exact
    }

    /// The amount in the currency's minor unit, rounded once (rule 2.2).
    ///
    /// ```
    /// use effekt::{Currency, measure::money::{Exact, Rounding}};
    /// use rust_decimal::Decimal;
    /// let mut exact = Exact::over(30);
    /// exact.add(Decimal::new(10035, 2), 1); // 100.35 × 1/30 = 3.345
    /// assert_eq!(exact.round(Currency::DKK, Rounding::HalfAwayFromZero).minor(), 335);
    /// assert_eq!(exact.round(Currency::DKK, Rounding::HalfEven).minor(), 334);
    /// ```
    #[must_use]
    pub fn round(self, currency: Currency, rounding: Rounding) -> Money {
        self.round_to(currency, Money(1), rounding)
    }

    /// The amount rounded once to a multiple of `to` (mechanisms 2.3); nothing counts as one minor unit.
    #[must_use]
    pub fn round_to(self, currency: Currency, to: Money, rounding: Rounding) -> Money {
        let to = i128::from(to.0.max(1));
        // SCALE is more than any currency's decimals, so the minor unit only makes the divisor smaller.
        let minor = 10_i128.saturating_pow(SCALE.saturating_sub(currency.decimals)).saturating_mul(to);
        let divisor = self.divisor.saturating_mul(minor);
        let (quotient, rest) = (self.scaled / divisor, self.scaled % divisor);
        let next = rounding.takes_next(quotient.unsigned_abs(), rest.unsigned_abs(), divisor.unsigned_abs());
        Money(i64::try_from((quotient + i128::from(next)).saturating_mul(to)).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_way_is_rounded_as_the_contract_says() {
        let cases =
            [("0.125", 13, 12), ("0.135", 14, 14), ("0.1249", 12, 12), ("0.1251", 13, 13), ("0.005", 1, 0), ("0", 0, 0)];
        for (text, away, even) in cases {
            let exact = Exact::of(super::super::number::parse(text).unwrap());
            assert_eq!(exact.round(Currency::DKK, Rounding::HalfAwayFromZero).minor(), away, "{text}");
            assert_eq!(exact.round(Currency::DKK, Rounding::HalfEven).minor(), even, "{text}");
        }
    }

    #[test]
    fn up_and_down_look_at_any_rest_and_a_charge_may_round_to_more_than_the_minor_unit() {
        let cases = [("0.1201", 13, 12), ("0.12", 12, 12), ("0.1299999", 13, 12), ("0.001", 1, 0), ("0", 0, 0)];
        for (text, up, down) in cases {
            let exact = Exact::of(super::super::number::parse(text).unwrap());
            assert_eq!(exact.round(Currency::DKK, Rounding::Up).minor(), up, "{text}");
            assert_eq!(exact.round(Currency::DKK, Rounding::Down).minor(), down, "{text}");
        }
        let to = |text: &str, to: i64, rounding| {
            Exact::of(super::super::number::parse(text).unwrap()).round_to(Currency::DKK, Money(to), rounding).minor()
        };
        assert_eq!(to("58962.40", 100, Rounding::Up), 5_896_300);
        assert_eq!(to("58962.40", 100, Rounding::HalfAwayFromZero), 5_896_200);
        // 12.50 lies between 10 and 15, half-way to the øre; 2 × 5 is even.
        assert_eq!(to("12.50", 500, Rounding::HalfAwayFromZero), 1_500);
        assert_eq!(to("12.50", 500, Rounding::HalfEven), 1_000);
        assert_eq!(to("17.50", 500, Rounding::HalfEven), 2_000);
    }

    #[test]
    fn amounts_are_printed_with_the_currencys_decimals() {
        let shown = |units, code| Money(units).display(Currency::parse(code).unwrap()).to_string();
        assert_eq!(shown(-150_000, "DKK"), "-1500.00");
        assert_eq!(shown(-5, "DKK"), "-0.05");
        assert_eq!(shown(1500, "JPY"), "1500");
        assert_eq!(shown(1500, "TND"), "1.500");
        assert!(Currency::parse("XXX").is_none() && Currency::parse("dkk").is_none() && Currency::parse("kr.").is_none());
    }
}
