//! A comparison as tables for other programs: every way of taking the total apart, and every payment.

use super::table;
use crate::compare::{Comparison, KeyLine, Line};
use crate::explain::tree::Whom;
use crate::measure::money::Shown;

/// The header of `comparison.csv`.
pub const BREAKDOWNS: [&str; 5] = ["breakdown", "key", "a", "b", "difference"];

/// The header of `comparison-keys.csv`.
pub const KEYS: [&str; 11] = [
    "participant",
    "company",
    "target_group",
    "charge",
    "unit",
    "earned_on_a",
    "earned_on_b",
    "a",
    "b",
    "difference",
    "reason",
];

/// `comparison.csv`: a row for each part of each breakdown, first the total. A side is empty where the contract has no such
/// charge or payer. What is the contract's has the key `-`, what is companies' `(companies)`.
#[must_use]
pub fn breakdowns(comparison: &Comparison) -> String {
    let row = |breakdown: &str, line: &Line| {
        let [a, b, difference] = amounts(line);
        [breakdown.to_owned(), line.of.to_string(), a, b, difference]
    };
    let breakdowns = comparison.breakdowns.iter();
    let parts = breakdowns.flat_map(|breakdown| breakdown.lines.iter().map(|line| row(breakdown.by.code(), line)));
    table::text(&BREAKDOWNS, std::iter::once(row("total", &comparison.total)).chain(parts))
}

/// `comparison-keys.csv`: a row for each key that at least one contract pays; reasons with `; ` between them.
#[must_use]
pub fn keys(comparison: &Comparison) -> String {
    table::text(&KEYS, comparison.keys.iter().map(key))
}

fn key(key: &KeyLine) -> [String; 11] {
    let (participant, company) = match &key.whom {
        Whom::Contract => (String::new(), String::new()),
        Whom::Company(id) => (String::new(), id.clone()),
        Whom::Participant(id) => (id.clone(), String::new()),
    };
    let group = key.group.clone().unwrap_or_default();
    let [earned_a, earned_b] = key.earned_on.map(|day| day.map(|day| day.to_string()).unwrap_or_default());
    let [a, b, difference] = amounts(&key.amounts);
    let reasons: Vec<String> = key.reasons.iter().map(ToString::to_string).collect();
    let (charge, unit, reasons) = (key.charge.clone(), key.unit.clone(), reasons.join("; "));
    [participant, company, group, charge, unit, earned_a, earned_b, a, b, difference, reasons]
}

fn amounts(line: &Line) -> [String; 3] {
    let side = |side: Option<Shown>| side.map(|side| side.to_string()).unwrap_or_default();
    [side(line.a), side(line.b), line.difference.to_string()]
}
