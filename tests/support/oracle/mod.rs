//! The oracle: the settlement rules a second time, slowly and literally, one file per chapter. It loops over
//! days and participants and works every settlement out anew from the rows. It shares nothing with the engine.
//!
//! `Misreading` turns single steps wrong on purpose: with `Misreading::None` the oracle reads the law as it is.

mod adjust;
mod band;
mod banks;
mod calendar;
mod charge;
mod clocks;
mod cohort;
mod count;
mod dates;
mod days;
mod delay;
pub mod documents;
mod facts;
mod figure;
mod floor;
mod fraction;
mod gate;
mod goal;
mod granted;
mod index;
mod job;
mod ledger;
mod limit;
mod measured;
mod milestone;
mod misreading;
mod money;
mod outcome;
mod payroll;
mod period;
mod places;
mod rate;
mod saving;
mod seen;
mod tally;
mod told;
mod units;
mod variant;
mod version;
mod walk;

pub use misreading::Misreading;
pub use seen::{Seen, Situation};

use super::day::Day;
use super::output::Output;
use super::programme::{Contract, Programme};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// How the rules are read in this run, and what came up on the way.
pub struct Law {
    reading: Misreading,
    seen: RefCell<Seen>,
    /// What was said of something in the settlement before.
    told: RefCell<BTreeMap<String, String>>,
}

impl Law {
    fn of(reading: Misreading) -> Law {
        Law { reading, seen: RefCell::default(), told: RefCell::default() }
    }

    /// Whether something else was said of it before.
    fn told_otherwise(&self, what: String, now: String) -> bool {
        let before = self.told.borrow_mut().insert(what, now.clone());
        before.is_some_and(|before| before != now)
    }

    fn reads(&self, misreading: Misreading) -> bool {
        self.reading == misreading
    }

    fn saw(&self, situation: Situation) {
        self.seen.borrow_mut().add(situation);
    }

    fn saw_if(&self, holds: bool, situation: Situation) {
        if holds {
            self.saw(situation);
        }
    }
}

/// Settles every period whose cut-off is on or before `as_of`, after the settlements of a ledger.
pub fn settle(programme: &Programme, as_of: &str, ledger: Option<&Output>, reading: Misreading) -> Output {
    settle_traced(programme, as_of, ledger, reading).0
}

/// As `settle`, with the situations that came up.
pub fn settle_traced(programme: &Programme, as_of: &str, ledger: Option<&Output>, reading: Misreading) -> (Output, Seen) {
    let law = Law::of(reading);
    let as_of = Day::parse(as_of).expect("the as-of day is a date");
    let nothing = Output::default();
    let ledger = ledger.unwrap_or(&nothing);

    let mut ids: BTreeSet<&str> = programme.contracts.iter().map(|contract| contract.id.as_str()).collect();
    ids.extend(ledger.settlements.iter().map(|row| row.contract.as_str()));
    law.saw_if(ids.len() > 1, Situation::TwoContracts);

    let mut output = Output::default();
    for id in ids {
        // 10.4: what the ledger holds of this contract stands unchanged, whatever is read today.
        let mut own = Output {
            settlements: ledger.settlements.iter().filter(|row| row.contract == id).cloned().collect(),
            postings: ledger.postings.iter().filter(|row| row.contract == id).cloned().collect(),
        };
        settle_contract(&law, programme, id, as_of, &mut own);
        output.settlements.extend(own.settlements);
        output.postings.extend(own.postings);
    }
    (output, law.seen.into_inner())
}

/// Adds the settlements of one contract that are not yet in `own`, each by the version that it follows.
fn settle_contract(law: &Law, programme: &Programme, id: &str, as_of: Day, own: &mut Output) {
    let rows = facts::Rows::of(law, programme, id, as_of);
    let versions = version::all(law, programme, id);
    let made = own.settlements.iter().map(|row| row.settlement).max().unwrap_or(0);
    law.saw_if(made > 0 && !versions.is_empty(), Situation::SettledAfterLedger);
    let mut before = None;
    for number in made + 1.. {
        let Some(followed) = version::followed(law, &versions, number, as_of) else { break };
        let (version, period) = (followed.version, followed.period);
        law.saw_if(period.cut_off > as_of, Situation::AsOfBetweenSettlements);
        if period.cut_off > as_of {
            break;
        }
        law.saw(Situation::Settlement);
        law.saw_if(version.agreed_on() == Some(period.cut_off), Situation::AgreedOnTheCutOff);
        law.saw_if(before.is_some_and(|before| before != version.agreed_on()), Situation::VersionChanges);
        before = Some(version.agreed_on());
        // 4.3: with the facts as known on the cut-off.
        let facts = rows.known_on(law, period.cut_off);
        let earned = version::earned(law, &versions, version, &facts, period);
        let most = units::most(law, version.contract, &facts, period);
        let walk = walk::Walk::of(law, version.contract, &facts, period);
        let granted = limit::grant(&walk, (followed.calendar, &most), earned, &own.postings);
        let postings = ledger::post(law, version.contract, period, &granted, &own.postings);
        own.settlements.push(ledger::settlement(version.contract, period, &postings));
        own.postings.extend(postings);
    }
}

/// Mechanisms 9.2: the version that settlement k of a contract follows.
pub fn version_of<'p>(programme: &'p Programme, id: &str, k: u32) -> Option<&'p Contract> {
    let law = Law::of(Misreading::None);
    let versions = version::all(&law, programme, id);
    version::followed(&law, &versions, k, Day(i64::MAX)).map(|followed| followed.version.contract)
}

/// The last day and the cut-off of each of a contract's periods.
pub fn calendar_of(contract: &Contract) -> Vec<(Day, Day)> {
    let law = Law::of(Misreading::None);
    calendar::periods(&law, contract).iter().map(|period| (period.last, period.cut_off)).collect()
}

/// E(k) of a contract by key, in minor units, from the facts known on settlement k's cut-off (10.1).
pub fn owed(programme: &Programme, contract: &Contract, k: u32) -> BTreeMap<Key, i128> {
    let all = in_order(programme, &contract.id, k).into_iter().map(|one| (one.key, one.granted));
    all.filter(|(_, granted)| *granted != 0).collect()
}

/// A charge, a subject and a unit.
pub type Key = (String, String, String);

/// What is owed of a key, and the terms of its entitlement.
#[derive(Clone, Debug)]
pub struct Standing {
    pub key: Key,
    pub granted: i128,
    pub earned_on: String,
    pub quantity: String,
    pub rate: String,
}

/// The same in rule 9.2's order, with what was granted nothing.
pub fn in_order(programme: &Programme, id: &str, k: u32) -> Vec<Standing> {
    let law = Law::of(Misreading::None);
    let versions = version::all(&law, programme, id);
    let followed = version::followed(&law, &versions, k, Day(i64::MAX)).expect("there is such a settlement");
    let (contract, period) = (followed.version.contract, followed.period);
    let rows = facts::Rows::of(&law, programme, id, period.cut_off);
    let facts = rows.known_on(&law, period.cut_off);
    let earned = charge::earned(&law, contract, &facts, period);
    let most = units::most(&law, contract, &facts, period);
    let walk = walk::Walk::of(&law, contract, &facts, period);
    let granted = limit::grant(&walk, (followed.calendar, &most), earned, &[]);
    let standing = |limit::Granted { one, granted, .. }: limit::Granted| Standing {
        key: (one.charge, one.subject, one.unit),
        granted,
        earned_on: one.earned_on.to_string(),
        quantity: one.quantity,
        rate: one.rate,
    };
    granted.into_iter().map(standing).collect()
}

/// The decimals of a currency's minor unit.
pub fn minor_decimals(currency: &str) -> u32 {
    money::decimals(currency)
}

/// The minor units of an amount in an output.
pub fn minor_units(contract: &Contract, amount: &str) -> i128 {
    money::minor_units(contract, amount)
}
