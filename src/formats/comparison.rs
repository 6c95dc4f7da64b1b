//! A comparison as tables for other programs: every way of taking the total apart, and every payment.

use crate::compare::{Comparison, Line, Of};
use crate::explain::tree::Whom;
use crate::measure::day::Day;

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
    let mut rows = csv::Writer::from_writer(Vec::new());
    // Into memory nothing fails to be written.
    let _ = rows.write_record(BREAKDOWNS);
    let mut put = |breakdown: &str, line: &Line| {
        let [a, b, difference] = amounts(line);
        let _ = rows.write_record([breakdown, &key(&line.of), &a, &b, &difference]);
    };
    put("total", &comparison.total);
    for breakdown in &comparison.breakdowns {
        breakdown.lines.iter().for_each(|line| put(breakdown.by.code(), line));
    }
    text(rows)
}

/// `comparison-keys.csv`: a row for each key that at least one contract pays; reasons with `; ` between them.
#[must_use]
pub fn keys(comparison: &Comparison) -> String {
    let mut rows = csv::Writer::from_writer(Vec::new());
    let _ = rows.write_record(KEYS);
    for key in &comparison.keys {
        let (participant, company) = match &key.whom {
            Whom::Contract => ("", ""),
            Whom::Company(id) => ("", id.as_str()),
            Whom::Participant(id) => (id.as_str(), ""),
        };
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let [a, b, difference] = amounts(&key.amounts);
        let [earned_a, earned_b] = key.earned_on.map(day);
        let reasons: Vec<String> = key.reasons.iter().map(ToString::to_string).collect();
        let group = key.group.as_deref().unwrap_or_default();
        let named = [participant, company, group, &key.charge, &key.unit, &earned_a, &earned_b];
        let _ = rows.write_record(named.into_iter().chain([a.as_str(), &b, &difference, &reasons.join("; ")]));
    }
    text(rows)
}

fn text(rows: csv::Writer<Vec<u8>>) -> String {
    String::from_utf8(rows.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn amounts(line: &Line) -> [String; 3] {
    let side = |side: Option<crate::measure::money::Shown>| side.map(|side| side.to_string()).unwrap_or_default();
    [side(line.a), side(line.b), line.difference.to_string()]
}

fn key(of: &Of) -> String {
    match of {
        Of::Total | Of::Key => String::new(),
        Of::Contract => "-".to_owned(),
        Of::Companies => "(companies)".to_owned(),
        Of::Name(name) | Of::Quarter(name) => name.clone(),
        Of::Reason(reason) => reason.to_string(),
    }
}
