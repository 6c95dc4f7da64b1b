//! Check digits: a number whose digits were mistyped rarely passes them. What passes need not have been issued.

/// Whether a text is a Danish registration number (CVR): 8 digits, the first not 0, whose sum with the weights 2, 7, 6, 5, 4,
/// 3, 2, 1 is a multiple of 11 (the Danish Business Authority's *modulus 11*).
#[must_use]
pub fn cvr(text: &str) -> bool {
    let weighted = digits(text).zip([2, 7, 6, 5, 4, 3, 2, 1]).map(|(digit, weight)| digit * weight);
    is_digits(text, 8) && !text.starts_with('0') && weighted.sum::<u32>().is_multiple_of(11)
}

/// Whether a text is a global location number (GLN, in Danish also *EAN-nummer*): 13 digits, not all 0, whose sum with the
/// weights 1, 3, 1 … is a multiple of 10 (GS1 General Specifications, check digit of keys).
#[must_use]
pub fn gln(text: &str) -> bool {
    let weighted = digits(text).zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight);
    let sum: u32 = weighted.sum();
    is_digits(text, 13) && sum > 0 && sum.is_multiple_of(10)
}

/// Whether a text is an account number in the international form (IBAN), without blanks: a country, two check digits and up
/// to 30 capital letters and digits; a Danish one is 18 long. With the first four characters moved to the end and letters
/// read as 10 to 35 it leaves 1 when divided by 97 (ISO 13616, ISO 7064 mod 97-10).
#[must_use]
pub fn iban(text: &str) -> bool {
    let Some((head, account)) = text.split_at_checked(4) else { return false };
    let (country, check) = head.split_at_checked(2).unwrap_or_default();
    let grammar = country.bytes().all(|byte| byte.is_ascii_uppercase())
        && check.bytes().all(|byte| byte.is_ascii_digit())
        && (2..=98).contains(&digits(check).fold(0, |number, digit| number * 10 + digit))
        && account.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let length = if country == "DK" { text.len() == 18 } else { (15..=34).contains(&text.len()) };
    let rest = account.chars().chain(head.chars()).filter_map(|sign| sign.to_digit(36)).fold(0, |rest, value| {
        let shift = if value < 10 { 10 } else { 100 };
        (rest * shift + value) % 97
    });
    grammar && length && rest == 1
}

/// The payment id of a payment slip of type 71: 14 digits and their Luhn digit (mod 10 with the weights 2, 1, 2 … from the
/// right, digit sums counted), 15 in all. `None` if `text` is not 14 digits.
#[must_use]
pub fn fik_71(text: &str) -> Option<String> {
    is_digits(text, 14).then(|| format!("{text}{}", luhn(text)))
}

/// The digit that makes the Luhn sum of a text and itself a multiple of 10.
fn luhn(text: &str) -> u32 {
    let from_right = text.bytes().rev().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'));
    let weighted = from_right.zip([2, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight);
    let sum: u32 = weighted.map(|product| product / 10 + product % 10).sum();
    (10 - sum % 10) % 10
}

/// Whether a text is so many digits and nothing else.
#[must_use]
pub fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.chars().filter_map(|sign| sign.to_digit(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text with one of its digits changed.
    fn mistyped(text: &str) -> Vec<String> {
        let other =
            |at: usize, digit: char| text.chars().enumerate().map(|(nth, is)| if nth == at { digit } else { is }).collect();
        let digits = text.char_indices().filter(|(_, is)| is.is_ascii_digit());
        digits
            .flat_map(|(at, is)| ('0'..='9').filter(move |digit| *digit != is).map(move |digit| other(at, digit)))
            .collect()
    }

    #[test]
    fn registration_numbers_pass_modulus_11() {
        // The first is the authority's own example; the others are in public registers.
        for right in ["13748136", "40056823", "29189846"] {
            assert!(cvr(right), "{right}");
            assert!(mistyped(right).iter().all(|wrong| !cvr(wrong)), "{right}");
        }
        for wrong in ["", "00000000", "1374813", "137481360", "DK13748136", "1374 8136", "１３７４８１３６"] {
            assert!(!cvr(wrong), "{wrong}");
        }
    }

    #[test]
    fn location_numbers_pass_modulus_10() {
        for right in ["5790000435968", "5790001353858"] {
            assert!(gln(right), "{right}");
            assert!(mistyped(right).iter().all(|wrong| !gln(wrong)), "{right}");
        }
        for wrong in ["", "0000000000000", "579000043596", "57900004359680", "5790000 435968"] {
            assert!(!gln(wrong), "{wrong}");
        }
    }

    #[test]
    fn account_numbers_leave_1() {
        // From the register of national formats.
        for right in ["DK5000400440116243", "NO9386011117947", "GB29NWBK60161331926819", "MT84MALT011000012345MTLCAST001S"] {
            assert!(iban(right), "{right}");
            assert!(mistyped(right).iter().all(|wrong| !iban(wrong)), "{right}");
        }
        for wrong in [
            "",
            "DK",
            "dk5000400440116243",
            "DK50 0040 0440 1162 43",
            "DK500040044011624",
            "DKÆ000400440116243",
            "50DK00400440116243",
        ] {
            assert!(!iban(wrong), "{wrong}");
        }
    }

    #[test]
    fn payment_ids_end_in_their_luhn_digit() {
        for (text, id) in [("00000000000001", "000000000000018"), ("00000000000002", "000000000000026")] {
            assert_eq!(fik_71(text).as_deref(), Some(id));
        }
        assert_eq!(luhn("7992739871"), 3);
        for wrong in ["", "1", "000000000000001", "0000000000000a"] {
            assert_eq!(fik_71(wrong), None, "{wrong}");
        }
    }
}
