//! Where each funder stands after each distribution (investors 6).

use super::account::Accounts;
use super::distribution::{Distribution, Kind};
use super::funding::Funding;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::{Money, Shown};

/// A funder's position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// The funder.
    pub funder: Id,
    /// The principal that it promised.
    pub committed: Money,
    /// What it has paid in, as a guarantor too.
    pub paid_in: Money,
    /// The principal that tiers gave back.
    pub principal: Money,
    /// Its return.
    pub gained: Money,
    /// The principal that guarantees gave back.
    pub guaranteed: Money,
    /// The surplus that it got.
    pub surplus: Money,
    /// The principal that is not back.
    pub outstanding: Money,
}

impl Position {
    /// All that it got.
    #[must_use]
    pub fn got(&self) -> Money {
        self.principal + self.gained + self.guaranteed + self.surplus
    }

    /// All that it got ÷ what it paid in, to four decimals, half away from zero; none where it paid nothing in.
    #[must_use]
    pub fn multiple(&self) -> Option<Shown> {
        let (got, paid) = (i128::from(self.got().minor()), i128::from(self.paid_in.minor()));
        let units = got.saturating_mul(20_000).saturating_add(paid).checked_div(paid.saturating_mul(2))?;
        Some(Shown::new(units, 4))
    }
}

/// The positions after each of the distributions, funders in the order of the file.
#[must_use]
pub fn positions(funding: &Funding, made: &[Distribution]) -> Vec<Vec<Position>> {
    let mut accounts = Accounts::new(funding);
    let after = |made: &Distribution| {
        made.entries.iter().for_each(|entry| accounts.take(made.on, entry.clone()));
        funding.funders.iter().map(|funder| position(&accounts, &funder.id, funder.committed, made.on)).collect()
    };
    made.iter().map(after).collect()
}

fn position(accounts: &Accounts<'_>, funder: &Id, committed: Money, on: Day) -> Position {
    Position {
        funder: funder.clone(),
        committed,
        paid_in: accounts.paid_in(funder, on),
        principal: accounts.got(funder, Kind::Principal),
        gained: accounts.got(funder, Kind::Return),
        guaranteed: accounts.got(funder, Kind::Guarantee),
        surplus: accounts.got(funder, Kind::Surplus),
        outstanding: accounts.outstanding(funder, on),
    }
}
