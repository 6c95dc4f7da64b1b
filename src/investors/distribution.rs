//! What a distribution gave to whom (investors 3).

use super::receipt::Receipt;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;
use serde::Serialize;

/// All that was received on one day, and how it was shared (investors 2.3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Distribution {
    /// Its number, from 1.
    pub number: u32,
    /// Its day.
    pub on: Day,
    /// What was received: contracts in the order of the file, of each by settlement.
    pub receipts: Vec<Receipt>,
    /// What was owed back before it, never above 0 (investors 2.4).
    pub carried_before: Money,
    /// What is owed back after it.
    pub carried: Money,
    /// What was given, in order.
    pub entries: Vec<Entry>,
}

/// What somebody got, or paid as a guarantor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Who; `None` = the fund itself.
    pub funder: Option<Id>,
    /// The tier or guarantee; a surplus has none.
    pub tier: Option<Id>,
    /// As what.
    pub kind: Kind,
    /// How much; negative where a guarantor pays (investors 4).
    pub amount: Money,
    /// The funder's outstanding principal after it.
    pub outstanding: Money,
}

/// As what something is given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Principal back, from a tier.
    Principal,
    /// Return.
    Return,
    /// Principal back, from a guarantor; or what the guarantor pays.
    Guarantee,
    /// What is left after the last tier.
    Surplus,
}

impl Kind {
    /// All of them, with the words that files have for them.
    pub const ALL: [(&'static str, Kind); 4] = [
        ("principal", Kind::Principal),
        ("return", Kind::Return),
        ("guarantee", Kind::Guarantee),
        ("surplus", Kind::Surplus),
    ];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Kind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

impl Distribution {
    /// The sum of its receipts.
    #[must_use]
    pub fn received(&self) -> Money {
        self.receipts.iter().fold(Money::ZERO, |sum, receipt| sum + receipt.amount)
    }

    /// The sum of its entries; those of a guarantee add up to 0.
    #[must_use]
    pub fn given(&self) -> Money {
        self.entries.iter().fold(Money::ZERO, |sum, entry| sum + entry.amount)
    }
}
