//! A posting as others see it: by name, with its ground (rule 10.2).

use super::entry::{Entry, Ground, Subject};
use crate::charge::Unit;
use crate::entitlement::Plan;
use crate::measure::day::Day;
use crate::measure::money::Money;
use rust_decimal::Decimal;
use std::fmt;

/// The change that a settlement posts for one key.
#[derive(Clone, PartialEq, Debug)]
pub struct Posting<'a> {
    /// The settlement, from 1.
    pub settlement: u32,
    /// The charge.
    pub charge: &'a str,
    /// A participant, a company, or `-` for the contract.
    pub subject: &'a str,
    /// What is paid for.
    pub unit: UnitName<'a>,
    /// The settlement in which the key was first posted: then this is a correction. None for an earning.
    pub corrects: Option<u32>,
    /// The day earned, of the entitlement or, where it fell away, of the key's last posting.
    pub earned_on: Day,
    /// How much of the unit is paid; without trailing zeros.
    pub quantity: Decimal,
    /// The rate; none where the days' rates differ.
    pub rate: Option<Decimal>,
    /// The change, signed, in the currency's minor unit; zero where only the ground is new.
    pub amount: Money,
    /// What was taken from the entitlement as known now, and by which limit.
    pub cut: Option<(Money, &'a str)>,
    /// The company of the reference day (rule 8.3), if there is one and the entitlement has not fallen away.
    pub company: Option<&'a str>,
    /// Why the key stands in E(k); none if the entitlement fell away.
    pub ground: Option<&'a Ground>,
}

/// A unit's name: `2018-W07`, or with `per = "company"` `COMPANY/2018-W07`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnitName<'a> {
    /// As the engine makes it.
    Made(Option<&'a str>, Unit),
    /// As a ledger has it, of a key that the contract no longer knows.
    Text(&'a str),
}

impl fmt::Display for UnitName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnitName::Made(Some(company), unit) => write!(f, "{company}/{unit}"),
            UnitName::Made(None, unit) => unit.fmt(f),
            UnitName::Text(text) => f.write_str(text),
        }
    }
}

impl Entry {
    /// The entry by name.
    #[must_use]
    pub fn posting<'a>(&'a self, plan: &Plan<'a>, settlement: u32) -> Posting<'a> {
        let subject = match self.subject {
            Subject::Contract => Some("-"),
            Subject::Company(number) => plan.company(number),
            Subject::Participant(number) => plan.participant(number),
        };
        let cut = self.ground.as_ref().and_then(|ground| {
            let by = plan.contract.limits.get(usize::from(ground.cut_by?))?;
            Some((ground.amount - ground.granted, by.id.as_str()))
        });
        Posting {
            settlement,
            charge: plan.clause(self.charge).map_or("", |clause| clause.charge.id.as_str()),
            subject: subject.unwrap_or_default(),
            unit: UnitName::Made(self.company.and_then(|number| plan.company(number)), self.unit),
            corrects: (self.corrects > 0).then_some(self.corrects),
            earned_on: self.earned_on,
            quantity: self.quantity.decimal(),
            rate: self.rate,
            amount: self.amount,
            cut,
            company: self.ground.as_ref().and_then(|ground| plan.company(ground.reference?)),
            ground: self.ground.as_ref(),
        }
    }
}
