//! How a document is paid: codes and payment ids.

use super::unwritable::Unwritable;
use crate::contract::party::PayTo;
use crate::measure::check_digit;

/// The code of UNTDID 4461 for "not said".
pub(super) const NOT_SAID: &str = "1";

/// The payment means in UNTDID 4461 (BT-81), of those that Danish parties may use (DK-R-005; 30 is not among them).
pub(super) const fn code(pay_to: &PayTo) -> &'static str {
    match pay_to {
        PayTo::Iban(_) => "58",
        PayTo::Account { .. } => "42",
        PayTo::Fik { .. } => "93",
        PayTo::NemKonto => "97",
    }
}

/// The payment id of a slip of type 71: what the contract's ids begin with, the running number of the document, which is the
/// digits that its number ends in, and a check digit; 15 digits in all.
///
/// # Errors
/// There is no running number, or there is not room for it.
pub(super) fn slip_id(prefix: &str, number: &str) -> Result<String, Unwritable> {
    let series = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let running = number.strip_prefix(series).unwrap_or_default();
    let counted = running.trim_start_matches('0');
    let room = 14_usize.saturating_sub(prefix.len());
    let id = (!running.is_empty()).then(|| format!("{prefix}{counted:0>room$}"));
    let refused = || Unwritable::PaymentId { number: number.to_owned(), prefix: prefix.to_owned() };
    id.and_then(|id| check_digit::fik_71(&id)).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payment_ids_have_15_digits() {
        // 1 and 2 have the check digits 8 and 6, as in the description of the slip.
        assert_eq!(slip_id("", "HER-0001").unwrap(), "000000000000018");
        assert_eq!(slip_id("", "HER-0002").unwrap(), "000000000000026");
        assert_eq!(slip_id("123", "V2-0001").unwrap().len(), 15);
        assert!(slip_id("123", "V2-0001").unwrap().starts_with("12300000000001"));
        assert_eq!(slip_id("12345678", "A-000999999").unwrap().get(..14), Some("12345678999999"));
    }

    #[test]
    fn what_makes_no_payment_id_is_refused() {
        for (prefix, number) in [("12345678", "A-1234567"), ("", "HER-"), ("", ""), ("12A", "HER-0001"), ("", "HER-0001a")] {
            assert!(matches!(slip_id(prefix, number), Err(Unwritable::PaymentId { .. })), "{prefix} {number}");
        }
    }
}
