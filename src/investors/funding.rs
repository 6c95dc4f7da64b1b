//! The terms that those who funded a programme agreed among themselves (investors 1).

use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::{Currency, Money};
use rust_decimal::Decimal;

/// What `funding.toml` says (investors 1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Funding {
    /// Its id.
    pub id: Id,
    /// What people call it.
    pub title: Option<String>,
    /// The currency of all amounts, and of all its contracts.
    pub currency: Currency,
    /// Who gets what is left after the last tier; `None` = it stays with the fund (investors 3.5).
    pub surplus: Option<Id>,
    /// The contracts whose settlements are received.
    pub contracts: Vec<Share>,
    /// Whoever puts money in, or may get some.
    pub funders: Vec<Funder>,
    /// The waterfall, in the order in which it is filled.
    pub tiers: Vec<Tier>,
    /// The guarantees against loss.
    pub guarantees: Vec<Guarantee>,
}

/// A contract whose settlements are received (investors 2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Share {
    /// The contract.
    pub contract: Id,
    /// How much of them: above 0, at most 1.
    pub share: Decimal,
}

/// A funder (investors 1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Funder {
    /// Its id.
    pub id: Id,
    /// What people call it.
    pub name: Option<String>,
    /// The principal that it promised.
    pub committed: Money,
    /// What it paid in, and when.
    pub paid_in: Vec<PaidIn>,
}

/// Principal that was paid in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PaidIn {
    /// The day from which it counts.
    pub on: Day,
    /// How much.
    pub amount: Money,
}

/// A tier of the waterfall (investors 3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tier {
    /// Its id.
    pub id: Id,
    /// To whom it gives.
    pub to: Vec<Id>,
    /// What it gives.
    pub pays: Pays,
    /// The most that it gives in all.
    pub at_most: Option<Money>,
    /// By what it is split.
    pub shared: Shared,
}

/// What a tier gives (investors 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pays {
    /// Principal back.
    Principal,
    /// A return.
    Return {
        /// How it accrues.
        rate: Option<Rate>,
        /// How many times what was paid in all return may come to.
        times: Option<Decimal>,
    },
}

/// A simple return a year (investors 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    /// The part of the principal that a year brings.
    pub rate: Decimal,
    /// How many days a year has: 365 or 360.
    pub year: u32,
}

/// By what a tier is split (investors 3.3).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Shared {
    /// By what is due to each.
    #[default]
    Due,
    /// By what each has paid in.
    PaidIn,
    /// By what each has promised.
    Committed,
    /// By written weights, one for each of those it gives to.
    Weights(Vec<Decimal>),
}

/// A guarantee against loss (investors 4).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guarantee {
    /// Its id.
    pub id: Id,
    /// Who pays it.
    pub by: Id,
    /// Whom it covers.
    pub to: Vec<Id>,
    /// How much of the principal that is not back: above 0, at most 1.
    pub covers: Decimal,
    /// The most that it pays.
    pub at_most: Option<Money>,
    /// When.
    pub on: Day,
}

impl Tier {
    /// Whether nothing says how much is due in it: a return without `rate` and `times` (investors 1).
    #[must_use]
    pub fn is_unbounded(&self) -> bool {
        matches!(self.pays, Pays::Return { rate: None, times: None })
    }
}

impl Funding {
    /// The funder with that id.
    #[must_use]
    pub fn funder(&self, id: &Id) -> Option<&Funder> {
        self.funders.iter().find(|funder| funder.id == *id)
    }
}
