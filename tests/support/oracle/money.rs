//! Chapter 2: exact decimals, and the one rounding.

use super::fraction::Fraction;
use super::{Law, Misreading, Situation};
use crate::support::programme::{Charge, Contract, Round, Rounding};

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

/// 2.2: rounds `sum / parts`, once, as the charge or else the contract says (mechanisms 2.3). The division is taken last.
pub fn rounded(law: &Law, contract: &Contract, charge: &Charge, sum: Fraction, parts: i64) -> i128 {
    let parts = Fraction::of(&parts.to_string());
    let round = charge.round.as_ref().filter(|_| !law.reads(Misreading::RoundOfTheChargeIgnored));
    if law.reads(Misreading::QuotientTakenFirst) {
        let quotient = Fraction::of("1").over(parts).shown(6);
        return multiple(law, contract, round, sum.times(Fraction::of(&quotient)));
    }
    let whole = multiple(law, contract, round, sum.over(parts));
    if charge.owed_back && law.reads(Misreading::OwedBackTiesUpwards) {
        // The misreading that the sign comes first.
        let minor = Fraction::of(&10i128.pow(decimals(&contract.currency)).to_string());
        let away = Fraction::of(&whole.to_string()).minus(sum.over(parts).times(minor));
        return if away == Fraction::of("1/2") { whole - 1 } else { whole };
    }
    whole
}

/// Mechanisms 2.3: an amount as a multiple of `to`, in minor units.
pub fn multiple(law: &Law, contract: &Contract, round: Option<&Round>, amount: Fraction) -> i128 {
    let to = round.and_then(|round| round.to.as_deref()).filter(|_| !law.reads(Misreading::MultipleIgnored));
    let to = to.map_or(1, |to| minor_units(contract, to));
    let minor = 10i128.pow(decimals(&contract.currency));
    let times = amount.times(Fraction::of(&minor.to_string())).over(Fraction::of(&to.to_string()));
    let mode = mode(law, contract, round);
    let between = times.divisor > 1;
    law.saw_if(between, Situation::Rounded);
    law.saw_if(times.divisor == 2, Situation::RoundingTie);
    law.saw_if(between && mode == Rounding::Up, Situation::RoundedUp);
    law.saw_if(between && mode == Rounding::Down, Situation::RoundedDown);
    law.saw_if(between && to > 1, Situation::RoundedToAMultiple);
    whole(times, mode) * to
}

fn mode(law: &Law, contract: &Contract, round: Option<&Round>) -> Rounding {
    let said = round.and_then(|round| round.mode).or(contract.rounding).unwrap_or(Rounding::HalfAwayFromZero);
    match said {
        _ if law.reads(Misreading::RoundedByTruncation) => Rounding::Down,
        Rounding::HalfEven if law.reads(Misreading::AlwaysHalfAway) => Rounding::HalfAwayFromZero,
        Rounding::HalfAwayFromZero if law.reads(Misreading::AlwaysHalfEven) => Rounding::HalfEven,
        Rounding::Up | Rounding::Down if law.reads(Misreading::UpAndDownToTheNearest) => Rounding::HalfAwayFromZero,
        said => said,
    }
}

/// A whole number beside a fraction: its size is rounded, its sign comes after (mechanisms 2.2).
fn whole(of: Fraction, mode: Rounding) -> i128 {
    let (size, rest) = (of.number.abs() / of.divisor, of.number.abs() % of.divisor);
    let away = match mode {
        Rounding::HalfAwayFromZero => 2 * rest >= of.divisor,
        Rounding::HalfEven => 2 * rest > of.divisor || (2 * rest == of.divisor && size % 2 == 1),
        Rounding::Up => rest > 0,
        Rounding::Down => false,
    };
    of.number.signum() * (size + i128::from(away))
}

#[test]
fn sizes_are_rounded_and_signs_come_after() {
    let modes = [Rounding::HalfAwayFromZero, Rounding::HalfEven, Rounding::Up, Rounding::Down];
    let beside = |text: &str| modes.map(|mode| whole(Fraction::of(text), mode));
    assert_eq!((beside("2.5"), beside("-2.5")), ([3, 2, 3, 2], [-3, -2, -3, -2]));
    assert_eq!((beside("7/2"), beside("2.1"), beside("-0.9")), ([4, 4, 4, 3], [2, 2, 3, 2], [-1, -1, -1, 0]));
    assert_eq!(beside("-3"), [-3; 4]);
}

/// The same number, in words of its own where it has at most 8 decimals (mechanisms 7.1).
pub fn rate_text(rate: Fraction) -> String {
    let text = rate.shown(8);
    if Fraction::of(&text) == rate { text } else { String::new() }
}

pub fn half_away(number: i128, divisor: i128) -> i128 {
    (2 * number + divisor) / (2 * divisor)
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
