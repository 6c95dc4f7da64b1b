//! What was really settled: the ledger of earlier runs (rule 10.4).

use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use crate::measure::money::{Money, Total};
use std::collections::BTreeMap;

/// The settlements of one contract as they were made, and what they posted.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The settlements, by number.
    pub settlements: Vec<SettlementPeriod>,
    /// Their totals.
    pub totals: Vec<Total>,
    /// The postings, settlement by settlement.
    pub postings: Vec<Made>,
    /// How many decimals its amounts have.
    pub decimals: u32,
    names: Names,
}

/// A posting as it was made. Its texts are kept once for the whole ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Made {
    /// The settlement.
    pub settlement: u32,
    /// The charge's id.
    pub charge: Name,
    /// The subject's id.
    pub subject: Name,
    /// The unit.
    pub unit: Name,
    /// The day earned.
    pub earned_on: Day,
    /// The quantity as it was written.
    pub quantity: Name,
    /// The rate as it was written; empty where the days' rates differ.
    pub rate: Name,
    /// The change posted.
    pub amount: Money,
    /// The settlement in which the key was first posted; 0 for an earning.
    pub corrects: u32,
    /// What was cut, and the limit that cut it.
    pub cut: Option<(Money, Name)>,
}

/// A text that is kept once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Name(u32);

#[derive(Clone, Debug, Default)]
struct Names {
    numbers: BTreeMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Ledger {
    /// Keeps a text.
    pub fn name(&mut self, text: &str) -> Name {
        if let Some(number) = self.names.numbers.get(text) {
            return Name(*number);
        }
        let number = u32::try_from(self.names.texts.len()).unwrap_or(u32::MAX);
        self.names.numbers.insert(text.into(), number);
        self.names.texts.push(text.into());
        Name(number)
    }

    /// The text that is kept.
    #[must_use]
    pub fn text(&self, name: Name) -> &str {
        self.names.texts.get(name.0 as usize).map(AsRef::as_ref).unwrap_or_default()
    }

    /// The postings of one settlement.
    pub fn of(&self, settlement: u32) -> impl Iterator<Item = &Made> {
        let from = self.postings.partition_point(|made| made.settlement < settlement);
        self.postings.iter().skip(from).take_while(move |made| made.settlement == settlement)
    }

    /// Whether its settlements are the first ones of the contract's calendar: a calendar never changes once a settlement is
    /// made (rule 10.5).
    #[must_use]
    pub fn check(&self, contract: &Contract) -> Vec<Diagnostic> {
        let mut calendar = Calendar::new(contract);
        let mut found = Vec::new();
        for made in &self.settlements {
            let period = calendar.next();
            if period != Some(*made) {
                let now = period.map_or("has no such settlement".to_owned(), |now| {
                    format!("gives it {} to {} with cut-off {}", now.days.first, now.days.last, now.cut_off)
                });
                let message = format!(
                    "settlement {} of `{}` was made for {} to {} with cut-off {}; the contract now {now}",
                    made.number, contract.id, made.days.first, made.days.last, made.cut_off
                );
                let help = "put `starts`, `ends`, `every` and `reporting_days` back as they were at the first settlement";
                let place = Place { file: "settlements.csv".to_owned(), ..Place::default() };
                found.push(Diagnostic::new(Code::LedgerCalendar, place, message).help(help).of(&contract.id));
                break;
            }
        }
        found
    }
}
