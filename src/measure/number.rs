//! Decimals as a contract or a file writes them (rule 2.3, the format's grammar).

use rust_decimal::Decimal;

/// The most digits before the point. With it no sum that a programme can reach leaves 128 bits.
pub const MOST_WHOLE_DIGITS: usize = 12;
/// The most decimals. Rates of a hundred-millionth of a krone have never been seen in a contract.
pub const MOST_DECIMALS: usize = 8;

/// Why a text is not a decimal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadNumber {
    /// Not digits, optionally a point and digits.
    #[error("a number is digits, optionally a point and digits: no sign, no exponent, no separator")]
    Grammar,
    /// A comma, as Danish spreadsheets write it.
    #[error("decimals are written with a point, not a comma")]
    Comma,
    /// More digits than the engine calculates with.
    #[error("a number has at most 12 digits before the point and 8 after it")]
    TooLong,
    /// A reported value has more digits than the engine calculates with.
    #[error("a value has at most 9 digits before the point and 6 after it")]
    ValueTooLong,
    /// Not a fraction of two whole numbers.
    #[error("a fraction is two whole numbers, the second not 0, such as \"5/6\"")]
    Fraction,
}

/// Reads digits, optionally a point and digits, exactly; the number of decimals stays as written.
///
/// # Errors
/// [`BadNumber`] says what is wrong with it.
pub fn parse(text: &str) -> Result<Decimal, BadNumber> {
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !part.is_none_or(digits) {
        let comma = text.contains(',') && text.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
        return Err(if comma { BadNumber::Comma } else { BadNumber::Grammar });
    }
    let whole = whole.trim_start_matches('0');
    let part = part.unwrap_or_default();
    if whole.len() > MOST_WHOLE_DIGITS || part.len() > MOST_DECIMALS {
        return Err(BadNumber::TooLong);
    }
    let units = whole.bytes().chain(part.bytes()).fold(0_i128, |sum, byte| sum * 10 + i128::from(byte - b'0'));
    let scale = u32::try_from(part.len()).map_err(|_| BadNumber::TooLong)?;
    Ok(Decimal::from_i128_with_scale(units, scale))
}

/// The most digits before the point of a reported value (mechanisms 2.4).
pub const MOST_WHOLE_DIGITS_OF_A_VALUE: usize = 9;
/// The most decimals of a reported value (mechanisms 2.4).
pub const MOST_DECIMALS_OF_A_VALUE: usize = 6;

/// Reads a number as [`parse`] does, but it may begin with `-`: a quantity of a ledger, a reported value (mechanisms 2.1).
///
/// # Errors
/// [`BadNumber`] says what is wrong with it.
pub fn parse_signed(text: &str) -> Result<Decimal, BadNumber> {
    match text.strip_prefix('-').map(parse).transpose()? {
        Some(size) if !size.is_zero() => Ok(-size),
        Some(zero) => Ok(zero),
        None => parse(text),
    }
}

/// Reads a reported value: it may be negative, since an effect can be, and has fewer digits than other numbers
/// (mechanisms 2.1, 2.4).
///
/// # Errors
/// [`BadNumber`] says what is wrong with it.
pub fn parse_value(text: &str) -> Result<Decimal, BadNumber> {
    let value = parse_signed(text)?;
    let whole = text.trim_start_matches('-').split('.').next().unwrap_or_default().trim_start_matches('0').len();
    let fits = whole <= MOST_WHOLE_DIGITS_OF_A_VALUE && value.scale() as usize <= MOST_DECIMALS_OF_A_VALUE;
    if fits { Ok(value) } else { Err(BadNumber::ValueTooLong) }
}

/// The number without trailing zeros, as quantities and rates are printed (formats, `postings.csv`).
#[must_use]
pub fn plain(number: Decimal) -> Decimal {
    number.normalize()
}

/// Reads a reported number that has no sign: hours, earnings (mechanisms 2.4, 12).
///
/// # Errors
/// [`BadNumber`] says what is wrong with it.
pub fn parse_amount(text: &str) -> Result<Decimal, BadNumber> {
    parse(text)?;
    parse_value(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_strict() {
        for wrong in ["", ".", "5.", ".5", "-1", "+1", "1e3", "1_000", "1 000", "१"] {
            assert_eq!(parse(wrong), Err(BadNumber::Grammar), "{wrong}");
        }
        assert_eq!(parse("1.234,50"), Err(BadNumber::Comma));
        assert_eq!(parse("1234567890123"), Err(BadNumber::TooLong));
        assert_eq!(parse("0.123456789"), Err(BadNumber::TooLong));
        assert_eq!(parse("000900.50").unwrap().to_string(), "900.50");
        assert_eq!(plain(parse("900.50").unwrap()).to_string(), "900.5");
    }

    #[test]
    fn a_value_may_be_negative() {
        assert_eq!(parse_signed("-3.25").unwrap().to_string(), "-3.25");
        assert_eq!(parse_signed("-0.0").unwrap().to_string(), "0.0");
        assert_eq!(parse_value("-999999999.999999").unwrap().to_string(), "-999999999.999999");
        for wrong in ["--1", "- 1", "+1", "-", "1-"] {
            assert_eq!(parse_signed(wrong), Err(BadNumber::Grammar), "{wrong}");
        }
        assert_eq!(parse_value("1000000000"), Err(BadNumber::ValueTooLong));
        assert_eq!(parse_value("0.0000001"), Err(BadNumber::ValueTooLong));
        assert_eq!(parse_signed("-1000000000").unwrap().to_string(), "-1000000000");
        assert_eq!(parse_signed("-3,5"), Err(BadNumber::Comma));
    }
}
