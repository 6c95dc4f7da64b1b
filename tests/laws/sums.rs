//! What an output says, key by key: the sums posted, and what is owed with its grounds.

use crate::support::day::Day;
use crate::support::output::{Output, PostingRow};
use crate::support::programme::Programme;
use crate::support::values;
use std::collections::BTreeMap;

/// Contract, charge, subject and unit.
pub type Key = (String, String, String, String);

pub fn key(row: &PostingRow) -> Key {
    (row.contract.clone(), row.charge.clone(), row.subject.clone(), row.unit.clone())
}

/// An amount in minor units: it is always written with all the currency's decimals.
pub fn minor(amount: &str) -> i128 {
    amount.replace('.', "").parse().unwrap()
}

/// The sums posted, without those that are zero.
pub fn sums(output: &Output) -> BTreeMap<Key, i128> {
    sums_of(output.postings.iter())
}

/// The sums posted by settlements 1 to k of each contract.
pub fn sums_until(output: &Output, k: u32) -> BTreeMap<Key, i128> {
    sums_of(output.postings.iter().filter(|row| row.settlement <= k))
}

fn sums_of<'p>(rows: impl Iterator<Item = &'p PostingRow>) -> BTreeMap<Key, i128> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry(key(row)).or_default() += minor(&row.amount);
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

pub fn last_settlement(output: &Output) -> u32 {
    output.settlements.iter().map(|row| row.settlement).max().unwrap_or(0)
}

/// The postings as texts, in an order of their own.
pub fn lines(output: &Output) -> Vec<String> {
    let mut lines: Vec<String> = output.postings.iter().map(PostingRow::text).collect();
    lines.sort();
    lines
}

/// An entitlement of E(k) with its ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    pub earned_on: Day,
    pub quantity: String,
    pub rate: String,
    /// Before limits, and what they left.
    pub amount: i128,
    pub granted: i128,
    pub cut_by: String,
    pub days: u32,
    pub spells: Vec<String>,
}

/// E(k) of one contract, with the settlement's postings.
#[derive(Clone, Debug)]
pub struct Standing {
    pub contract: String,
    pub settlement: u32,
    pub last_day: Day,
    pub cut_off: Day,
    pub owed: BTreeMap<Key, Owed>,
    pub posted: BTreeMap<Key, i128>,
    pub total: i128,
}

/// E(k) after every settlement of every contract, from the grounds that the settlements state.
pub fn standings(programme: &Programme, as_of: Day) -> Vec<Standing> {
    let as_of = effekt::Day::parse(&as_of.to_string()).unwrap();
    let mut standings = Vec::new();
    for terms in &programme.contracts {
        let (contract, facts) = (values::contract(terms), values::facts(programme, &terms.id, as_of));
        let mut owed: BTreeMap<Key, Owed> = BTreeMap::new();
        for settlement in effekt::ledger::settle(&contract, &facts, as_of) {
            let mut posted = BTreeMap::new();
            for entry in settlement.entries() {
                let unit = entry.unit.to_string();
                let key: Key = (terms.id.clone(), entry.charge.into(), entry.subject.into(), unit);
                if entry.amount.minor() != 0 {
                    posted.insert(key.clone(), i128::from(entry.amount.minor()));
                }
                let Some(ground) = entry.ground else {
                    owed.remove(&key);
                    continue;
                };
                let limit = ground.cut_by.map(|by| contract.limits[usize::from(by)].id.to_string());
                let one = Owed {
                    earned_on: day(entry.earned_on),
                    quantity: entry.quantity.to_string(),
                    rate: entry.rate.map(|rate| rate.to_string()).unwrap_or_default(),
                    amount: ground.amount.minor().into(),
                    granted: ground.granted.minor().into(),
                    cut_by: limit.unwrap_or_default(),
                    days: ground.days,
                    spells: ground.spells.iter().map(|number| settlement.spell(*number).to_string()).collect(),
                };
                owed.insert(key, one);
            }
            standings.push(Standing {
                contract: terms.id.clone(),
                settlement: settlement.period.number,
                last_day: day(settlement.period.days.last),
                cut_off: day(settlement.period.cut_off),
                owed: owed.clone(),
                posted,
                total: settlement.total().minor(),
            });
        }
    }
    standings
}

/// E(k) of the last settlement of each contract.
pub fn owed_at_last(programme: &Programme, as_of: Day) -> BTreeMap<Key, Owed> {
    let mut last: BTreeMap<String, BTreeMap<Key, Owed>> = BTreeMap::new();
    for standing in standings(programme, as_of) {
        last.insert(standing.contract, standing.owed);
    }
    last.into_values().flatten().collect()
}

fn day(day: effekt::Day) -> Day {
    Day::parse(&day.to_string()).unwrap()
}
