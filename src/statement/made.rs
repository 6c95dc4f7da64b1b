//! A statement: what is to be said of one settlement of one contract.

use super::account::Point;
use super::beside::Beside;
use super::business_case::BusinessCase;
use super::change::Change;
use super::course::Course;
use super::key::Key;
use super::limit::LimitState;
use super::summary::{ChargeSum, Sum};
use super::targets::Target;
use crate::contract::{Contract, SettlementPeriod};
use crate::explain::tree::{Followed, Item, Part, Whom};
use crate::measure::day::{Day, Span};
use crate::measure::money::{Money, Total};

/// What is to be said of one settlement.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement<'a> {
    /// The contract, in the version that the settlement follows.
    pub contract: &'a Contract,
    /// The day as of which it is told.
    pub as_of: Day,
    /// Which settlement.
    pub period: SettlementPeriod,
    /// The version of the contract that it follows; none if there is only one.
    pub version: Option<Followed>,
    /// How many settlements the contract's calendar has, with the tail periods (rule 4.2).
    pub settlements: u32,
    /// What is posted for the first time.
    pub earned: Sum,
    /// What is corrected.
    pub corrected: Sum,
    /// What the settlements before posted.
    pub before: Total,
    /// Charge by charge.
    pub charges: Vec<ChargeSum>,
    /// Who is paid for now and was last time.
    pub change: Change,
    /// What the limits leave.
    pub limits: Vec<LimitState<'a>>,
    /// The settlements up to this one.
    pub points: Vec<Point>,
    /// What was saved against what was paid; none where nothing says how savings are reckoned (saving 6).
    pub business_case: Option<BusinessCase>,
    /// Targets against results (goals 4).
    pub targets: Vec<Target<'a>>,
    /// What is told beside it and is no part of it (goals 5).
    pub beside: Vec<Beside<'a>>,
    /// The contract as a whole, companies, participants: in the order of their ids.
    pub sections: Vec<Section>,
}

/// One subject.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    /// The amounts with their explanations, and what is not paid; without those that are told as [`Unlike`].
    pub part: Part,
    /// What a company is called.
    pub name: Option<String>,
    /// What is posted now.
    pub total: Total,
    /// What the settlements before posted.
    pub before: Total,
    /// Postings that the contract and the facts of today do not give.
    pub unlike: Vec<Unlike>,
    /// A participant's course over time; none if it does not count.
    pub course: Option<Course>,
}

/// A posting that stands in the ledger, or follows from one, and is not what the contract and the facts as they are read today
/// would give (rule 10.4).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unlike {
    /// Its key.
    pub key: Key,
    /// What is posted; nothing where only the replay posts something.
    pub amount: Money,
    /// What was posted for it before.
    pub before: Money,
    /// What is owed for it in all, by the contract and the facts of today.
    pub owed: Money,
}

impl Statement<'_> {
    /// What is owed for the settlement.
    #[must_use]
    pub fn total(&self) -> Total {
        self.earned.amount + self.corrected.amount
    }

    /// The days that the courses are shown on: the term as far as it is settled.
    #[must_use]
    pub fn axis(&self) -> Span {
        let last = self.period.days.last.min(self.contract.ends);
        Span { first: self.contract.starts, last: last.max(self.contract.starts) }
    }

    /// The settlement before, if there is one.
    #[must_use]
    pub fn last(&self) -> Option<&Point> {
        self.points.iter().rev().nth(1)
    }

    /// The participants' sections.
    pub fn participants(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| matches!(section.part.subject, Whom::Participant(_)))
    }

    /// The sections of the contract and of companies.
    pub fn others(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| !matches!(section.part.subject, Whom::Participant(_)))
    }

    /// How many postings cannot be explained from the contract and the facts of today.
    #[must_use]
    pub fn unlike(&self) -> usize {
        self.sections.iter().map(|section| section.unlike.len()).sum()
    }
}

impl Section {
    /// What all that is told of it comes to.
    #[must_use]
    pub fn told(&self) -> Total {
        let unlike: Total = self.unlike.iter().map(|unlike| unlike.amount).sum();
        self.part.items.iter().fold(unlike, |sum, item| sum + Total::from_minor(item.total.minor()))
    }

    /// The key of an amount that is told by itself.
    #[must_use]
    pub fn key(&self, item: &Item) -> Key {
        let unit = match &item.units.company {
            Some(company) => format!("{company}/{}", item.units.first),
            None => item.units.first.clone(),
        };
        (self.part.subject.clone(), item.charge.id.clone(), unit)
    }
}
