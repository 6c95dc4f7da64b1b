//! The few words of a document that are the engine's own, in its language.

use crate::contract::invoicing::Language;
use crate::measure::day::Span;

/// A text in Danish and in English.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) = $danish:literal, $english:literal;)*) => {
        $($(#[$doc])* #[must_use] pub fn $name(language: Language, $($arg: $type),*) -> String {
            match language {
                Language::Danish => format!($danish),
                Language::English => format!($english),
            }
        })*
    };
}

words! {
    /// The name of a line of corrections.
    correction(of: &str) = "Rettelse: {of}", "Correction: {of}";
    /// Why a limit took something.
    cut(limit: &str) = "Loft nået: {limit}", "Limit reached: {limit}";
    /// The documents that a line corrects.
    corrects(numbers: &str) = "Retter {numbers}", "Corrects {numbers}";
    /// The tax.
    tax() = "Moms", "VAT";
    /// How many payments a line holds.
    several(count: usize) = "{count} beløb", "{count} amounts";
    /// One payment.
    one() = "1 beløb", "1 amount";
    /// The payer's share.
    share(percent: &str) = "andel {percent} %", "share {percent} %";
    /// When it was earned.
    earned(first: &str, last: &str) = "optjent {first} til {last}", "earned {first} to {last}";
    /// When it was earned, on one day.
    earned_on(day: &str) = "optjent {day}", "earned {day}";
    /// The evidence of a document.
    evidence(number: &str, sha256: &str) = "Bilag til {number}: hvert beløb for sig. SHA-256 {sha256}",
        "Evidence for {number}: each amount by itself. SHA-256 {sha256}";
}

/// The days of a line.
#[must_use]
pub fn days(language: Language, days: Span) -> String {
    match (days.first.to_string(), days.last.to_string()) {
        (first, last) if first == last => earned_on(language, &first),
        (first, last) => earned(language, &first, &last),
    }
}
