//! What each funder has put in and got back, from the file and from the entries made so far (investors 3.1).

use super::distribution::{Entry, Kind};
use super::funding::{Funder, Funding, PaidIn};
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;

/// The accounts of all funders while distributions are made.
#[derive(Clone, Debug)]
pub struct Accounts<'f> {
    /// The terms.
    pub funding: &'f Funding,
    entries: Vec<(Day, Entry)>,
}

impl<'f> Accounts<'f> {
    /// Before anything was given.
    #[must_use]
    pub fn new(funding: &'f Funding) -> Accounts<'f> {
        Accounts { funding, entries: Vec::new() }
    }

    /// Takes in an entry. Days do not go back.
    pub fn take(&mut self, on: Day, entry: Entry) {
        self.entries.push((on, entry));
    }

    fn of<'a>(&'a self, funder: &'a Id) -> impl Iterator<Item = &'a (Day, Entry)> {
        self.entries.iter().filter(move |(_, entry)| entry.funder.as_ref() == Some(funder))
    }

    fn pay_ins(&self, funder: &Id, on: Day) -> impl Iterator<Item = &'f PaidIn> + use<'f> {
        let funder: Option<&'f Funder> = self.funding.funder(funder);
        funder.into_iter().flat_map(|funder| &funder.paid_in).filter(move |paid| paid.on <= on)
    }

    /// What the funder has paid in by that day, as a guarantor too (investors 3.1).
    #[must_use]
    pub fn paid_in(&self, funder: &Id, on: Day) -> Money {
        let guaranteed = self.of(funder).map(|(_, entry)| entry.amount).filter(|amount| *amount < Money::ZERO);
        self.pay_ins(funder, on).map(|paid| paid.amount).chain(guaranteed.map(Money::size)).fold(Money::ZERO, |a, b| a + b)
    }

    /// What the funder has got of one kind.
    #[must_use]
    pub fn got(&self, funder: &Id, kind: Kind) -> Money {
        let of_kind = self.of(funder).map(|(_, entry)| entry).filter(|entry| entry.kind == kind);
        of_kind.map(|entry| entry.amount).filter(|amount| *amount > Money::ZERO).fold(Money::ZERO, |a, b| a + b)
    }

    /// What a tier has given: to one funder, or in all.
    #[must_use]
    pub fn given(&self, tier: &Id, funder: Option<&Id>) -> Money {
        let of_tier = self.entries.iter().map(|(_, entry)| entry).filter(|entry| entry.tier.as_ref() == Some(tier));
        let to = of_tier.filter(|entry| funder.is_none_or(|funder| entry.funder.as_ref() == Some(funder)));
        to.fold(Money::ZERO, |sum, entry| sum + entry.amount)
    }

    /// The principal that is outstanding on that day (investors 3.1).
    #[must_use]
    pub fn outstanding(&self, funder: &Id, on: Day) -> Money {
        self.paid_in(funder, on) - self.got(funder, Kind::Principal) - self.got(funder, Kind::Guarantee)
    }

    /// The outstanding principal of each day before `on`, at the day's end, added up in minor units (investors 3.2): every
    /// movement counts as often as there are days from its own up to that one.
    #[must_use]
    pub fn outstanding_days(&self, funder: &Id, on: Day) -> i128 {
        let paid_in = self.pay_ins(funder, on).map(|paid| (paid.on, paid.amount));
        let moves = |entry: &Entry| matches!(entry.kind, Kind::Principal | Kind::Guarantee);
        // What a guarantor pays is negative, and adds to what it is owed.
        let back = self.of(funder).filter(|(_, entry)| moves(entry)).map(|(day, entry)| (*day, -entry.amount));
        let days = |(day, amount): (Day, Money)| i128::from(amount.minor()).saturating_mul(i128::from(on.days_since(day)));
        paid_in.chain(back).map(days).fold(0, i128::saturating_add)
    }
}
