//! A contract told settlement by settlement, everybody and everything: for a statement.

use super::compose::Teller;
use super::posted::Said;
use super::study::Member;
use super::tree::{Chapter, RoomUse};
use super::{ExplainError, Question};
use crate::contract::{Calendar, Contract};
use crate::facts::Facts;
use crate::ledger::settle::{Settlements, settle};
use crate::ledger::{Posting, Settlement};
use crate::measure::day::Day;
use std::collections::BTreeMap;

/// Goes through the settlements of a contract as the facts give them. What a settlement costs is one study of each participant,
/// and only where it is told.
pub struct Telling<'a> {
    contract: &'a Contract,
    settlements: Settlements<'a>,
    teller: Teller<'static, 'a>,
}

/// All that is to be said of a settlement.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// The amounts, and what is not paid, of everybody.
    pub chapter: Chapter,
    /// What is taken from each limit by everything owed (rule 9.2), by limit, owner and window.
    pub rooms: Vec<RoomUse>,
}

/// A settlement that was heard and may be told.
pub struct Heard<'s, 'a> {
    settlement: Settlement<'a>,
    said: BTreeMap<Member, Vec<Said>>,
    teller: &'s mut Teller<'static, 'a>,
}

impl<'a> Telling<'a> {
    /// Begins with the first settlement.
    #[must_use]
    pub fn new(contract: &'a Contract, facts: &'a Facts, as_of: Day) -> Telling<'a> {
        let periods = Calendar::new(contract).until(as_of).collect();
        let mut teller = Teller::new(contract, facts, Question::default(), None, periods);
        teller.everything = true;
        Telling { contract, settlements: settle(contract, facts, as_of), teller }
    }

    /// Hears the next settlement.
    pub fn hear(&mut self) -> Option<Heard<'_, 'a>> {
        let settlement = self.settlements.next()?;
        self.teller.follow(self.contract, settlement.period);
        let mut said: BTreeMap<Member, Vec<Said>> = BTreeMap::new();
        for posting in settlement.entries() {
            if let Some((member, entry)) = self.teller.hear(&posting) {
                said.entry(member).or_default().push(entry);
            }
        }
        Some(Heard { settlement, said, teller: &mut self.teller })
    }
}

impl Heard<'_, '_> {
    /// What the settlement posts.
    pub fn postings(&self) -> impl Iterator<Item = Posting<'_>> {
        self.settlement.postings()
    }

    /// Tells it; `apart` tells every unit by itself.
    ///
    /// # Errors
    /// The amounts cannot be confirmed ([`ExplainError::Disagrees`]).
    pub fn tell(self, apart: bool) -> Result<Told, ExplainError> {
        let period = self.settlement.period;
        self.teller.question = Question { participant: None, settlement: Some(period.number) };
        self.teller.apart = apart;
        let chapter = self.teller.chapter(period, &self.said)?;
        Ok(Told { chapter, rooms: std::mem::take(&mut self.teller.rooms) })
    }
}
