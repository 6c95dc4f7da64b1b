//! What was posted so far, key by key and settlement by settlement.

use super::key::Key;
use super::summary::Sum;
use crate::contract::SettlementPeriod;
use crate::documents::Posted;
use crate::explain::tree::Whom;
use crate::measure::day::Day;
use crate::measure::money::{Money, Total};
use std::collections::BTreeMap;

/// The keys that were ever posted, and what each settlement came to.
#[derive(Clone, Debug, Default)]
pub struct Account {
    keys: BTreeMap<Key, Kept>,
    /// The settlements, in order.
    pub points: Vec<Point>,
}

/// A key as it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kept {
    /// The sum of its postings.
    pub sum: Money,
    /// The day earned, of the last posting.
    pub earned_on: Day,
    /// Whether a limit took something from it.
    pub cut: bool,
}

/// What a settlement came to: a point of the chart of payments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    /// Which.
    pub period: SettlementPeriod,
    /// What was posted for the first time.
    pub earned: Sum,
    /// What was corrected.
    pub corrected: Sum,
}

impl Point {
    /// The settlement's total.
    #[must_use]
    pub fn total(&self) -> Total {
        self.earned.amount + self.corrected.amount
    }
}

impl Account {
    /// Takes in a settlement.
    pub fn take(&mut self, period: SettlementPeriod, postings: &[(Key, &Posted)]) {
        let mut point = Point { period, earned: Sum::default(), corrected: Sum::default() };
        for (key, posted) in postings {
            let sum = if posted.correction { &mut point.corrected } else { &mut point.earned };
            sum.add(posted.amount);
            let before = self.sum(key);
            let kept = Kept { sum: before + posted.amount, earned_on: posted.earned_on, cut: posted.cut.is_some() };
            self.keys.insert(key.clone(), kept);
        }
        self.points.push(point);
    }

    /// The sum of a key's postings.
    #[must_use]
    pub fn sum(&self, key: &Key) -> Money {
        self.keys.get(key).map(|kept| kept.sum).unwrap_or_default()
    }

    /// The keys of one subject, by charge and unit.
    pub fn of<'s>(&'s self, whom: &'s Whom) -> impl Iterator<Item = (&'s Key, &'s Kept)> {
        let first = (whom.clone(), String::new(), String::new());
        self.keys.range(first..).take_while(move |((whose, _, _), _)| whose == whom)
    }

    /// Everything posted for one subject.
    #[must_use]
    pub fn paid(&self, whom: &Whom) -> Total {
        self.of(whom).map(|(_, kept)| kept.sum).sum()
    }

    /// Everything posted.
    #[must_use]
    pub fn total(&self) -> Total {
        self.points.iter().fold(Total::default(), |sum, point| sum + point.total())
    }
}
