//! What a settlement posts, as documents take it: from a settlement that has just been made or from a ledger.

use crate::contract::Contract;
use crate::ledger::earlier::Made;
use crate::ledger::{Ledger, Posting, Settlement};
use crate::measure::day::Day;
use crate::measure::money::Money;
use crate::measure::number;
use rust_decimal::Decimal;

/// A posting, by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Posted {
    /// What it is posted for.
    pub key: Key,
    /// The day earned.
    pub earned_on: Day,
    /// How much of the unit is paid.
    pub quantity: Decimal,
    /// The rate; none where the days' rates differ.
    pub rate: Option<Decimal>,
    /// The change posted.
    pub amount: Money,
    /// Whether the key was posted before (rule 10.2).
    pub correction: bool,
    /// What was cut, and by which limit.
    pub cut: Option<(Money, String)>,
    /// The company of the reference day (rule 8.3).
    pub company: Option<String>,
}

/// A key (rule 7): charge, subject, unit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Key {
    /// The charge.
    pub charge: String,
    /// A participant, a company, or `-`.
    pub subject: String,
    /// What is paid for.
    pub unit: String,
}

impl Posted {
    /// Of a settlement that has just been made.
    #[must_use]
    pub fn new(posting: &Posting<'_>) -> Posted {
        let key =
            Key { charge: posting.charge.to_owned(), subject: posting.subject.to_owned(), unit: posting.unit.to_string() };
        Posted {
            key,
            earned_on: posting.earned_on,
            quantity: posting.quantity,
            rate: posting.rate,
            amount: posting.amount,
            correction: posting.corrects.is_some(),
            cut: posting.cut.map(|(cut, by)| (cut, by.to_owned())),
            company: posting.company.map(str::to_owned),
        }
    }

    /// What a settlement that has just been made posts. Where a payer pays at most so much, the keys whose day earned may have
    /// moved stand with it, with an amount of nothing: the order of the days decides who pays (mechanisms 8.2).
    #[must_use]
    pub fn of_settlement(contract: &Contract, settlement: &Settlement<'_>) -> Vec<Posted> {
        let all = contract.payers.iter().any(|payer| payer.at_most.is_some());
        let entries = settlement.entries().filter(|posting| all || !posting.amount.is_zero());
        entries.map(|posting| Posted::new(&posting)).collect()
    }

    /// Of a ledger. The company of a reference day is not written there.
    #[must_use]
    pub fn of_ledger(ledger: &Ledger, made: &Made) -> Posted {
        let text = |name| ledger.text(name).to_owned();
        Posted {
            key: Key { charge: text(made.charge), subject: text(made.subject), unit: text(made.unit) },
            earned_on: made.earned_on,
            quantity: number::parse_signed(ledger.text(made.quantity)).unwrap_or(Decimal::ONE),
            rate: number::parse(ledger.text(made.rate)).ok(),
            amount: made.amount,
            correction: made.corrects > 0,
            cut: made.cut.map(|(cut, by)| (cut, text(by))),
            company: None,
        }
    }
}
