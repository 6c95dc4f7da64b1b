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

/// The number without trailing zeros, as quantities and rates are printed (formats, `postings.csv`).
#[must_use]
pub fn plain(number: Decimal) -> Decimal {
    number.normalize()
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
}
