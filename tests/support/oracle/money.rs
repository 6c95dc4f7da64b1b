//! Chapter 2: exact decimals, and the one rounding.

use super::fraction::Fraction;
use super::{Law, Misreading, Situation};
use crate::support::programme::{Contract, Rounding};

/// Decimals of the files are held as whole numbers of 10⁻¹².
const PLACES: usize = 12;
pub const ONE: i128 = 1_000_000_000_000;

/// 2.1: a decimal as written, exactly.
pub fn exact(text: &str) -> i128 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    assert!(part.len() <= PLACES, "{text} has too many decimals for the oracle");
    let digits = |digits: &str| if digits.is_empty() { 0 } else { digits.parse::<i128>().unwrap() };
    digits(whole) * ONE + digits(&format!("{part:0<PLACES$}"))
}

/// The decimals of a currency's minor unit.
pub fn decimals(currency: &str) -> u32 {
    match currency {
        "JPY" | "ISK" | "KRW" => 0,
        "KWD" | "BHD" | "TND" => 3,
        _ => 2,
    }
}

/// 2.2: rounds `sum / parts`, `sum` in 10⁻¹², to the currency's minor unit, once. The division is taken last.
pub fn rounded(law: &Law, contract: &Contract, sum: i128, parts: i64) -> i128 {
    let minor = 10i128.pow(decimals(&contract.currency));
    let (number, divisor) = (sum * minor, i128::from(parts) * ONE);
    if law.reads(Misreading::QuotientTakenFirst) {
        let quotient = half_away(1_000_000, i128::from(parts));
        return half_away(number * quotient, ONE * 1_000_000);
    }
    once(law, contract, number, divisor)
}

/// The same of a fraction: its size is rounded, its sign comes after (mechanisms 2.2).
pub fn rounded_fraction(law: &Law, contract: &Contract, whole: Fraction) -> i128 {
    let minor = 10i128.pow(decimals(&contract.currency));
    whole.number.signum() * once(law, contract, whole.number.abs() * minor, whole.divisor)
}

fn once(law: &Law, contract: &Contract, number: i128, divisor: i128) -> i128 {
    law.saw_if(number % divisor != 0, Situation::Rounded);
    law.saw_if(2 * (number % divisor) == divisor, Situation::RoundingTie);
    if law.reads(Misreading::RoundedByTruncation) {
        return number / divisor;
    }
    let even = contract.rounding == Some(Rounding::HalfEven);
    let even = (even && !law.reads(Misreading::AlwaysHalfAway)) || law.reads(Misreading::AlwaysHalfEven);
    if even { half_even(number, divisor) } else { half_away(number, divisor) }
}

/// Sizes are never negative.
pub fn half_away(number: i128, divisor: i128) -> i128 {
    (2 * number + divisor) / (2 * divisor)
}

fn half_even(number: i128, divisor: i128) -> i128 {
    let (whole, rest) = (number / divisor, number % divisor);
    let up = 2 * rest > divisor || (2 * rest == divisor && whole % 2 == 1);
    whole + i128::from(up)
}

/// An amount of minor units with the currency's decimals: `-1500.00`.
pub fn amount_text(contract: &Contract, minor: i128) -> String {
    let places = decimals(&contract.currency);
    let sign = if minor < 0 { "-" } else { "" };
    let (whole, part) = (minor.abs() / 10i128.pow(places), minor.abs() % 10i128.pow(places));
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0width$}", width = places as usize) }
}

/// The minor units of an amount that was written with the currency's decimals.
pub fn minor_units(contract: &Contract, text: &str) -> i128 {
    let minor = |text: &str| exact(text) / 10i128.pow(PLACES as u32 - decimals(&contract.currency));
    text.strip_prefix('-').map_or_else(|| minor(text), |text| -minor(text))
}

/// A decimal in 10⁻¹² without trailing zeros, as quantities and rates are written.
pub fn plain_text(value: i128) -> String {
    let text = format!("{}.{:0PLACES$}", value / ONE, value % ONE);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
