//! What one contract pays in the end, key by key.

use crate::contract::{Contract, SettlementPeriod};
use crate::documents::{Posted, Register};
use crate::explain::tree::Whom;
use crate::facts::Facts;
use crate::ledger::{Posting, settle};
use crate::measure::day::Day;
use crate::measure::money::{Money, Total};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The settlements of a contract added up.
pub(super) struct Account<'a> {
    /// The contract, all its versions.
    pub contract: &'a Contract,
    /// How many settlements there are.
    pub settlements: usize,
    /// The last of them.
    pub last: Option<SettlementPeriod>,
    /// Every key that was ever posted or cut.
    pub keys: BTreeMap<Key, Held>,
    /// What each payer pays (rule 11.2), the payers in the contract's order.
    pub payers: Vec<(String, Total)>,
}

/// What names a key across contracts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Key {
    /// Whom it is about.
    pub whom: Whom,
    /// The charge.
    pub charge: String,
    /// What is paid for.
    pub unit: String,
}

/// A key as it stands in the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Held {
    /// The sum of its postings: what is granted.
    pub paid: Money,
    /// What limits took, and the one that is named.
    pub cut: Option<(Money, String)>,
    /// The day earned.
    pub earned_on: Day,
    /// How much of the unit is paid.
    pub quantity: Decimal,
    /// The rate; none where the days' rates differ.
    pub rate: Option<Decimal>,
}

impl Held {
    /// What is owed before limits.
    pub fn owed(&self) -> Money {
        self.paid + self.cut()
    }

    /// What limits took.
    pub fn cut(&self) -> Money {
        self.cut.as_ref().map(|(cut, _)| *cut).unwrap_or_default()
    }
}

impl<'a> Account<'a> {
    /// Settles a contract.
    pub fn new(contract: &'a Contract, facts: &Facts, as_of: Day) -> Account<'a> {
        let mut account =
            Account { contract, settlements: 0, last: None, keys: BTreeMap::new(), payers: payers_of(contract) };
        let mut register = Register::default();
        for settlement in settle(contract, facts, as_of) {
            let version = contract.in_force(settlement.period.cut_off);
            settlement.entries().for_each(|posting| account.take(version, &posting));
            let changes = register.divide(version, Posted::of_settlement(version, &settlement));
            for change in changes {
                let payer = version.payers.get(change.payer).map(|payer| payer.id.as_str());
                let known = account.payers.iter_mut().find(|(id, _)| Some(id.as_str()) == payer);
                known.into_iter().for_each(|(_, sum)| *sum += change.amount);
            }
            account.settlements += 1;
            account.last = Some(settlement.period);
        }
        account
    }

    fn take(&mut self, version: &Contract, posting: &Posting<'_>) {
        let contracts = version.charges.iter().any(|charge| charge.id == *posting.charge && charge.is_the_contracts());
        let whom = match (posting.subject, contracts) {
            ("-", _) => Whom::Contract,
            (id, true) => Whom::Company(id.to_owned()),
            (id, false) => Whom::Participant(id.to_owned()),
        };
        let key = Key { whom, charge: posting.charge.to_owned(), unit: posting.unit.to_string() };
        let before = self.keys.get(&key).map(|held| held.paid).unwrap_or_default();
        let held = Held {
            paid: before + posting.amount,
            cut: posting.cut.filter(|(cut, _)| !cut.is_zero()).map(|(cut, by)| (cut, by.to_owned())),
            earned_on: posting.earned_on,
            quantity: posting.quantity,
            rate: posting.rate,
        };
        self.keys.insert(key, held);
    }

    /// The ids of its charges, those of later versions last.
    pub fn charges(&self) -> Vec<&'a str> {
        in_order(self.contract.all().flat_map(|version| &version.charges).map(|charge| charge.id.as_str()))
    }
}

fn payers_of(contract: &Contract) -> Vec<(String, Total)> {
    let ids = in_order(contract.all().flat_map(|version| &version.payers).map(|payer| payer.id.as_str()));
    ids.into_iter().map(|id| (id.to_owned(), Total::default())).collect()
}

/// Each name once, where it stands first.
pub(super) fn in_order<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut once: Vec<&str> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

/// The target group of a participant, as the last row by the day says that is not void.
pub(super) fn group(facts: &Facts, whom: &Whom, as_of: Day) -> Option<String> {
    let Whom::Participant(id) = whom else { return None };
    let rows = facts.participants.rows_of(facts.participants.find(id)?);
    let terms = rows.iter().filter(|row| row.recorded_on <= as_of).rev().find_map(|row| row.fact.as_ref())?;
    Some(terms.target_group.to_string())
}
