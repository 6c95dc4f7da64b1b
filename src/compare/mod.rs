//! Floor 11, comparisons: the same facts under two contracts, and what each pays of it ([the book](crate::book::comparing)).
//!
//! Everything comes from the settlements of both. Only where one contract pays for something and the other does not, the
//! explanation is asked why.

mod account;
mod breakdown;
mod reason;
mod render;
mod why;
mod words;

pub use breakdown::{Breakdown, By, Line, Of};
pub use reason::{Reason, Under};
pub use render::render;
pub use why::{Cause, Why};
pub use words::reason as reason_in_words;
pub use words::{Text, name, outcome, side, signed, texts};

use crate::contract::Contract;
use crate::explain::tree::Whom;
use crate::facts::Facts;
use crate::measure::day::Day;
use crate::measure::money::{Currency, Money, Total};
use account::{Account, Held, Key};
use breakdown::Sums;
use reason::Part;
use serde::Serialize;
use std::collections::BTreeSet;

/// What two contracts pay for the same facts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Comparison {
    /// The contract that the facts are of.
    pub a: Side,
    /// The other one.
    pub b: Side,
    /// The one currency of all amounts (rule 2.1).
    pub currency: Currency,
    /// The day as of which both are settled (rule 3.9).
    pub as_of: Day,
    /// What each pays in all.
    pub total: Line,
    /// The total in parts, in several ways; the parts of each add up to the total.
    pub breakdowns: Vec<Breakdown>,
    /// Everything that at least one of them pays, by subject, charge and unit.
    pub keys: Vec<KeyLine>,
}

/// One of the two contracts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Side {
    /// Its id.
    pub contract: String,
    /// What the parties call it.
    pub title: Option<String>,
    /// How many settlements it has as of the day.
    pub settlements: usize,
    /// The last day that is settled; none if there is no settlement.
    pub until: Option<Day>,
}

/// A key (rule 7), and what each contract pays for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct KeyLine {
    /// Whom it is about.
    pub whom: Whom,
    /// The target group of a participant.
    pub group: Option<String>,
    /// The charge.
    pub charge: String,
    /// What is paid for.
    pub unit: String,
    /// The day earned under each, where it pays.
    pub earned_on: [Option<Day>; 2],
    /// What each pays.
    pub amounts: Line,
    /// Why that is not the same: what is owed, then what limits take. Of equal amounts nothing.
    pub reasons: Vec<Reason>,
}

/// Settles the same facts under two contracts of one currency as of a day, each by its own calendar, and compares what they pay.
#[must_use]
pub fn compare(contract: &Contract, other: &Contract, facts: &Facts, as_of: Day) -> Comparison {
    let (a, b) = (Account::new(contract, facts, as_of), Account::new(other, facts, as_of));
    let pairs = Pair::all(&a, &b);
    let reasons = reason::reasons([&a, &b], &pairs, facts);
    let mut sums = Sums::begin([&a, &b], contract.currency);
    let mut keys = Vec::new();
    for (pair, parts) in pairs.iter().zip(reasons) {
        let group = account::group(facts, &pair.key.whom, as_of);
        sums.take(pair, group.as_deref(), &parts);
        keys.push(key_line(pair, group, &parts, contract.currency));
    }
    let (total, breakdowns) = sums.end();
    let side = |account: &Account<'_>, contract: &Contract| Side {
        contract: contract.id.to_string(),
        title: contract.title.clone(),
        settlements: account.settlements,
        until: account.last.map(|period| period.days.last),
    };
    let sides = (side(&a, contract), side(&b, other));
    Comparison { a: sides.0, b: sides.1, currency: contract.currency, as_of, total, breakdowns, keys }
}

/// A key under both contracts, paid by at least one of them.
struct Pair<'p> {
    key: &'p Key,
    held: [Option<&'p Held>; 2],
}

impl<'p> Pair<'p> {
    fn all(a: &'p Account<'_>, b: &'p Account<'_>) -> Vec<Pair<'p>> {
        let keys: BTreeSet<&Key> = a.keys.keys().chain(b.keys.keys()).collect();
        let pairs = keys.into_iter().map(|key| Pair { key, held: [a.keys.get(key), b.keys.get(key)] });
        pairs.filter(|pair| pair.held.iter().flatten().any(|held| !held.paid.is_zero())).collect()
    }

    /// What each pays.
    fn paid(&self) -> [Money; 2] {
        self.held.map(|held| held.map(|held| held.paid).unwrap_or_default())
    }
}

fn key_line(pair: &Pair<'_>, group: Option<String>, parts: &[Part], currency: Currency) -> KeyLine {
    let day = |held: Option<&Held>| held.filter(|held| !held.paid.is_zero()).map(|held| held.earned_on);
    KeyLine {
        whom: pair.key.whom.clone(),
        group,
        charge: pair.key.charge.clone(),
        unit: pair.key.unit.clone(),
        earned_on: pair.held.map(day),
        amounts: breakdown::line(Of::Key, pair.paid().map(|paid| Some(Total::from(paid))), currency),
        reasons: parts.iter().map(|part| part.reason.clone()).filter(|reason| *reason != Reason::Equal).collect(),
    }
}
