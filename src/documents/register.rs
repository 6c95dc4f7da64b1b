//! What has been issued for a contract: its documents, and on which of them each key stands with how much of each payer
//! (rules 11.2, 11.3). Issued documents never change.

use super::document::Reference;
use super::payers::Payers;
use super::posted::{Key, Posted};
use crate::contract::Contract;
use crate::measure::day::Day;
use crate::measure::money::Money;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The documents issued for a contract so far.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The documents, in the order of their numbers.
    pub issued: Vec<Reference>,
    /// The settlements that have documents.
    pub settlements: BTreeSet<u32>,
    /// All payers that ever had one.
    payers: Vec<String>,
    keys: BTreeMap<Key, Standing>,
    /// Whether parts may stand by other shares than today's: the register is a ledger's.
    taken_over: bool,
}

/// Where a key stands.
#[derive(Clone, Debug)]
struct Standing {
    parts: Vec<Part>,
    /// Where it stands in the order of rule 9.2: the day it is earned on as of today, also where that moved no money.
    day: Day,
    /// Of its last posting.
    earned_on: Day,
    quantity: Decimal,
    rate: Option<Decimal>,
    company: Option<String>,
}

/// What one payer was posted for a key.
#[derive(Clone, Debug)]
struct Part {
    /// By its place in the register.
    payer: usize,
    sum: Money,
    /// By their places in the register.
    documents: Vec<usize>,
}

/// The change of one payer's part of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The payer's place among today's payers.
    pub payer: usize,
    /// What has changed, as the settlement posts it; where only shares have changed, a correction of nothing.
    pub posted: Posted,
    /// The change of this payer's part; not zero.
    pub amount: Money,
    /// This payer's part of what was cut.
    pub cut: Money,
    /// The documents on which the payer's part stood before.
    pub documents: Vec<usize>,
}

impl Change {
    /// What a limit took of an earning; of a correction it is not told, nor what a floor left of something owed back: that
    /// stands as it was granted.
    #[must_use]
    pub fn cut_of_earning(&self) -> Money {
        if self.posted.correction { Money::ZERO } else { self.cut.max(Money::ZERO) }
    }
}

/// A row of an earlier run's `document-postings.csv`.
#[derive(Clone, Debug)]
pub struct Row {
    /// The document's place in [`Register::issued`].
    pub document: usize,
    /// The payer.
    pub payer: String,
    /// What was posted.
    pub posted: Posted,
    /// The payer's part.
    pub amount: Money,
}

impl Register {
    /// The register of earlier runs.
    #[must_use]
    pub fn of_rows(
        issued: Vec<Reference>,
        settlements: impl IntoIterator<Item = u32>,
        rows: impl IntoIterator<Item = Row>,
    ) -> Register {
        let settlements = settlements.into_iter().collect();
        let mut register = Register { issued, settlements, taken_over: true, ..Register::default() };
        for row in rows {
            let payer = register.payer(&row.payer);
            let standing = register.keys.entry(row.posted.key.clone()).or_insert_with(|| Standing::new(&row.posted));
            standing.update(&row.posted);
            standing.post(payer, row.amount, Some(row.document));
        }
        register
    }

    /// Whether it holds documents of a payer who is not among those of today.
    pub fn payers_gone<'a>(&'a self, today: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.payers.iter().map(String::as_str).filter(|payer| !today.contains(payer))
    }

    /// Divides what a settlement posts among the payers: each key's sum is split by share, and each payer is posted the
    /// difference to what it was posted for that key before (rule 11.2). The changes come in the order of the postings.
    pub fn divide(&mut self, contract: &Contract, postings: Vec<Posted>) -> Vec<Change> {
        let payers = Payers::new(contract);
        let places: Vec<usize> = contract.payers.iter().map(|payer| self.payer(payer.id.as_str())).collect();
        if payers.capped() {
            return self.divide_within(contract, &payers, &places, postings);
        }
        let mut changes = Vec::new();
        let mut seen: BTreeSet<Key> = BTreeSet::new();
        for posted in postings {
            let standing = self.keys.entry(posted.key.clone()).or_insert_with(|| Standing::new(&posted));
            standing.update(&posted);
            if self.taken_over {
                seen.insert(posted.key.clone());
            }
            let owed = payers.parts(&posted.key.charge, standing.sum() + posted.amount);
            changes.extend(standing.divide(posted, &payers, &places, &owed));
        }
        // Shares that were changed by agreement concern every key, posted now or not.
        if std::mem::take(&mut self.taken_over) {
            for (key, standing) in self.keys.iter_mut().filter(|(key, _)| !seen.contains(key)) {
                let owed = payers.parts(&key.charge, standing.sum());
                changes.extend(standing.divide(standing.nothing(key), &payers, &places, &owed));
            }
        }
        changes
    }

    /// The same where a payer pays at most so much: all keys are walked in the order of rule 9.2, for who pays what of one depends
    /// on all before it (mechanisms 8.2).
    fn divide_within(
        &mut self,
        contract: &Contract,
        payers: &Payers<'_>,
        places: &[usize],
        postings: Vec<Posted>,
    ) -> Vec<Change> {
        self.taken_over = false;
        let mut posted: BTreeMap<Key, Posted> = BTreeMap::new();
        for posting in postings {
            let standing = self.keys.entry(posting.key.clone()).or_insert_with(|| Standing::new(&posting));
            if posting.amount.is_zero() {
                standing.day = posting.earned_on;
            } else {
                standing.update(&posting);
                posted.insert(posting.key.clone(), posting);
            }
        }
        let mut queue: Vec<(&Key, &mut Standing)> = self.keys.iter_mut().collect();
        queue.sort_by(|(a, x), (b, y)| place(contract, a, x.day).cmp(&place(contract, b, y.day)));
        let mut rooms = payers.rooms();
        let mut changes = Vec::new();
        for (key, standing) in queue {
            let posted = posted.remove(key).unwrap_or_else(|| standing.nothing(key));
            let owed = payers.parts_within(&key.charge, standing.sum() + posted.amount, &mut rooms);
            changes.extend(standing.divide(posted, payers, places, &owed));
        }
        // What only changes hands is told in the terms of its last posting, and stands where that stood.
        changes.sort_by(|Change { posted: a, .. }, Change { posted: b, .. }| {
            place(contract, &a.key, a.earned_on).cmp(&place(contract, &b.key, b.earned_on))
        });
        changes
    }

    /// Notes a document; returns its place.
    pub fn note(&mut self, document: Reference, settlement: u32) -> usize {
        self.issued.push(document);
        self.settlements.insert(settlement);
        self.issued.len() - 1
    }

    /// Notes on which document a change stands.
    pub fn stands_on(&mut self, change: &Change, payer: &str, document: usize) {
        let payer = self.payer(payer);
        if let Some(standing) = self.keys.get_mut(&change.posted.key) {
            standing.post(payer, Money::ZERO, Some(document));
        }
    }

    fn payer(&mut self, id: &str) -> usize {
        self.payers.iter().position(|payer| payer == id).unwrap_or_else(|| {
            self.payers.push(id.to_owned());
            self.payers.len() - 1
        })
    }
}

impl Standing {
    fn new(posted: &Posted) -> Standing {
        Standing {
            parts: Vec::new(),
            day: posted.earned_on,
            earned_on: posted.earned_on,
            quantity: posted.quantity,
            rate: posted.rate,
            company: posted.company.clone(),
        }
    }

    fn update(&mut self, posted: &Posted) {
        self.day = posted.earned_on;
        (self.earned_on, self.quantity, self.rate) = (posted.earned_on, posted.quantity, posted.rate);
        if posted.company.is_some() {
            self.company.clone_from(&posted.company);
        }
    }

    /// A posting of nothing.
    fn nothing(&self, key: &Key) -> Posted {
        Posted {
            key: key.clone(),
            earned_on: self.earned_on,
            quantity: self.quantity,
            rate: self.rate,
            amount: Money::ZERO,
            correction: true,
            cut: None,
            company: self.company.clone(),
        }
    }

    fn post(&mut self, payer: usize, amount: Money, document: Option<usize>) {
        let at = self.parts.iter().position(|part| part.payer == payer).unwrap_or_else(|| {
            self.parts.push(Part { payer, sum: Money::ZERO, documents: Vec::new() });
            self.parts.len() - 1
        });
        if let Some(part) = self.parts.get_mut(at) {
            part.sum += amount;
            part.documents.extend(document.filter(|document| part.documents.last() != Some(document)));
        }
    }

    /// What the key comes to in all.
    fn sum(&self) -> Money {
        self.parts.iter().map(|part| part.sum).sum()
    }

    /// Posts each payer the difference to what it owes; the parts stand so from then on.
    fn divide(&mut self, mut posted: Posted, payers: &Payers<'_>, places: &[usize], owed: &[Money]) -> Vec<Change> {
        if posted.company.is_none() {
            posted.company.clone_from(&self.company);
        }
        let cut = payers.parts(&posted.key.charge, posted.cut.as_ref().map_or(Money::ZERO, |(cut, _)| *cut));
        let mut changes = Vec::new();
        for (payer, ((place, owed), cut)) in places.iter().zip(owed).zip(cut).enumerate() {
            let part = self.parts.iter().find(|part| part.payer == *place);
            let (sum, documents) = part.map(|part| (part.sum, part.documents.clone())).unwrap_or_default();
            let amount = *owed - sum;
            if !amount.is_zero() {
                self.post(*place, amount, None);
                changes.push(Change { payer, posted: posted.clone(), amount, cut, documents });
            }
        }
        changes
    }
}

/// The place of a key in the order of rule 9.2; keys whose charge is gone come last (rule 10.4).
pub(super) fn place<'c>(contract: &Contract, key: &'c Key, earned_on: Day) -> impl Ord + use<'c> {
    let Key { charge, subject, unit } = key;
    let place = contract.charges.iter().position(|known| known.id.as_str() == charge);
    let gone = place.is_none().then_some(charge.as_str());
    (place.is_none(), earned_on, place, gone, subject.as_str(), unit.as_str())
}
