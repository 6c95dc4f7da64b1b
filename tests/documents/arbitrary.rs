//! Random documents that keep what every document keeps.

use super::draft::*;
use effekt::charge::vat::Vat;
use effekt::contract::party::PayTo;
use effekt::documents::line::LineUnit;
use effekt::documents::{Document, Kind, Line};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;

/// A text that XML 1.0 can hold and that is not blank.
pub fn text() -> impl Strategy<Value = String> {
    let odd = select(vec!['&', '<', '>', '"', '\'', ']', '\t', '\n', '\r', ' ', 'æ', 'Å', '\u{85}', '\u{2028}', '😀']);
    let lawful = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    let letter = prop_oneof![odd, proptest::char::any().prop_filter("not in XML 1.0", lawful)];
    proptest::collection::vec(letter, 1..40)
        .prop_map(String::from_iter)
        .prop_filter("blank", |text: &String| !text.trim().is_empty())
}

/// The bytes of a text in Base64.
pub fn decoded(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => panic!("{c} is not in Base64"),
    };
    assert_eq!(text.len() % 4, 0);
    let bits: String = text.trim_end_matches('=').bytes().map(|c| format!("{:06b}", value(c))).collect();
    bits.as_bytes().chunks_exact(8).map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap()).collect()
}

/// The treatments of one document.
fn treatments() -> impl Strategy<Value = Vec<Vat>> {
    let other = Vat::Exempt { reason: "Undervisning, § 13, stk. 1, nr. 3".to_owned(), code: None };
    let out = Vat::OutsideScope { reason: "Betaling for en effekt".to_owned() };
    prop_oneof![
        2 => proptest::sample::subsequence(vec![standard(), exempt(), other], 1..=3),
        1 => Just(vec![outside(), out]),
    ]
}

/// A line: its quantity times its price is a whole number of øre.
fn a_line() -> impl Strategy<Value = (Line, Index)> {
    let units = select(vec![LineUnit::One, LineUnit::Day, LineUnit::Week, LineUnit::Month]);
    let quantity = prop_oneof![4 => 1..200_i64, 1 => -200..0_i64];
    let parts =
        (quantity, prop_oneof![20 => 1..5_000_000_i64, 1 => Just(0)], 0..4_u32, units, any::<bool>(), any::<Index>());
    parts.prop_map(|(quantity, price, more, unit, earned, vat)| {
        let quantity = Decimal::from(quantity * 10_i64.pow(more));
        let price = Decimal::new(price, 2 + more);
        let line = line("Uge i job", &quantity.to_string(), &price.to_string(), standard());
        (Line { unit, earned: earned.then(|| days("2017-10-01", "2017-10-31")), ..line }, vat)
    })
}

/// A document with amounts as they may come; it asks for nothing less than nothing.
pub fn document() -> impl Strategy<Value = Document> {
    let lines = proptest::collection::vec(a_line(), 1..12);
    let cuts = proptest::collection::vec((1..100_000_i64, any::<Index>()), 0..4);
    let means = select(vec![None, Some(PayTo::NemKonto), Some(iban()), Some(account()), Some(fik("12"))]);
    (treatments(), lines, cuts, means, any::<bool>(), 0..4_usize).prop_map(|(vat, lines, cuts, means, credit, earlier)| {
        let mut lines: Vec<Line> =
            lines.into_iter().map(|(line, nth)| Line { vat: nth.get(&vat).clone(), ..line }).collect();
        let kind = if credit { Kind::CreditNote } else { Kind::Invoice };
        let cuts = cuts.into_iter().map(|(cents, nth)| {
            let amount = Decimal::new(cents, 2).to_string();
            allowance("total", "Kontraktens loft", &amount, nth.get(&vat).clone())
        });
        let cuts = if credit { Vec::new() } else { cuts.collect() };
        let mut made = super::draft::document(kind, "HER-0042", lines.clone(), cuts);
        if made.payable.minor() < 0 {
            for line in &mut lines {
                line.quantity = -line.quantity;
                line.net = effekt::measure::money::Total::from_minor(-line.net.minor());
            }
            made = super::draft::document(kind, "HER-0042", lines, Vec::new());
        }
        made.pay_to = means;
        made.corrects = (0..earlier).map(|nth| reference(&format!("HER-000{nth}"), "2017-10-30")).collect();
        made
    })
}
