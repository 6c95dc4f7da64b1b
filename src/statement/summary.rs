//! What a settlement comes to, charge by charge.

use crate::contract::Contract;
use crate::documents::Posted;
use crate::measure::money::{Money, Total};
use std::collections::BTreeMap;

/// Amounts added up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    /// How many.
    pub count: u32,
    /// What they come to.
    pub amount: Total,
}

impl Sum {
    /// Adds an amount.
    pub fn add(&mut self, amount: Money) {
        self.count = self.count.saturating_add(1);
        self.amount += amount;
    }
}

/// What is posted for one charge, this time and last time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChargeSum {
    /// The charge.
    pub charge: String,
    /// What is posted for the first time.
    pub earned: Sum,
    /// What is corrected.
    pub corrected: Sum,
    /// What the settlement before posted.
    pub last: Total,
}

impl ChargeSum {
    /// What is posted.
    #[must_use]
    pub fn total(&self) -> Total {
        self.earned.amount + self.corrected.amount
    }

    /// The difference to last time.
    #[must_use]
    pub fn change(&self) -> Total {
        Total::from_minor(self.total().minor().saturating_sub(self.last.minor()))
    }
}

/// The charges in the contract's order, those that are gone last.
#[must_use]
pub fn by_charge(contract: &Contract, now: &[Posted], last: &[Posted]) -> Vec<ChargeSum> {
    let mut sums: BTreeMap<(usize, &str), ChargeSum> = BTreeMap::new();
    let place = |id: &str| contract.charges.iter().position(|charge| charge.id == *id).unwrap_or(usize::MAX);
    let empty = |id: &str| ChargeSum {
        charge: id.to_owned(),
        earned: Sum::default(),
        corrected: Sum::default(),
        last: Total::default(),
    };
    for charge in &contract.charges {
        sums.insert((place(charge.id.as_str()), charge.id.as_str()), empty(charge.id.as_str()));
    }
    for posted in now {
        let sum = sums.entry((place(&posted.key.charge), &posted.key.charge)).or_insert_with(|| empty(&posted.key.charge));
        if posted.correction { sum.corrected.add(posted.amount) } else { sum.earned.add(posted.amount) }
    }
    for posted in last {
        let sum = sums.entry((place(&posted.key.charge), &posted.key.charge)).or_insert_with(|| empty(&posted.key.charge));
        sum.last += posted.amount;
    }
    sums.into_values().collect()
}
