//! Rule 11.1: what of a posting stands on a payer's documents.

use super::share::{self, Split};
use crate::support::oracle::money::minor_units;
use crate::support::oracle::{Law, Misreading, Situation};
use crate::support::output::{DocumentPostingRow, Documents, Output, PostingRow};
use crate::support::programme::{Contract, Vat};

/// What of a posting falls to one payer.
pub struct Part<'a> {
    pub row: &'a PostingRow,
    pub payer: &'a str,
    pub amount: i128,
    /// Its part of what a limit cut from an earning.
    pub cut: i128,
    pub vat: &'a Vat,
    /// The documents on which the key stood before, of this payer.
    pub corrects: Vec<String>,
}

impl Part<'_> {
    pub fn is_correction(&self) -> bool {
        self.row.posting == "correction"
    }
}

pub fn same_key(a: &PostingRow, b: &PostingRow) -> bool {
    a.contract == b.contract && a.charge == b.charge && a.subject == b.subject && a.unit == b.unit
}

fn is_of(row: &DocumentPostingRow, posting: &PostingRow) -> bool {
    row.charge == posting.charge && row.subject == posting.subject && row.unit == posting.unit
}

/// The keys of settlement k in the order of 9.2: those it posts, and those it does not, with a change of nothing in the terms of
/// their last posting. Every key is split (11.2), and where shares were amended a payer's part changes though the key's sum does not.
pub fn keys(contract: &Contract, k: u32, settled: &Output) -> Vec<PostingRow> {
    let its = |row: &&PostingRow| row.contract == contract.id && row.settlement <= k;
    let mut keys: Vec<PostingRow> = Vec::new();
    for row in settled.postings.iter().filter(its).rev() {
        if !keys.iter().any(|key| same_key(key, row)) {
            let now = row.settlement == k;
            let nothing = PostingRow {
                settlement: k,
                posting: "correction".into(),
                amount: "0".into(),
                cut: String::new(),
                ..row.clone()
            };
            keys.push(if now { row.clone() } else { nothing });
        }
    }
    let place = |row: &PostingRow| contract.charges.iter().position(|charge| charge.id == row.charge).unwrap_or(usize::MAX);
    keys.sort_by_key(|row| {
        let place = place(row);
        let charge = if place == usize::MAX { row.charge.clone() } else { String::new() };
        (place == usize::MAX, row.earned_on.clone(), place, charge, row.subject.clone(), row.unit.clone())
    });
    keys
}

/// The parts of a settlement's keys, of each the payers in the contract's order. A part of nothing is none.
pub fn parts<'a>(
    law: &Law,
    contract: &'a Contract,
    keys: &'a [PostingRow],
    splits: &[Split],
    issued: &Documents,
) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for (row, split) in keys.iter().zip(splits) {
        let posted = minor_units(contract, &row.amount);
        let alone = share::signed(law, contract, &row.charge, posted);
        for (nth, payer) in contract.payers.iter().enumerate() {
            let mut amount = split.now[nth] - had(contract, row, &payer.id, issued);
            if law.reads(Misreading::EachPostingSplit) {
                amount = alone[nth];
            }
            if law.reads(Misreading::OneDocumentForAllPayers) {
                amount = if nth == 0 { posted } else { 0 };
            }
            law.saw_if(amount * posted < 0, Situation::PartAgainstThePosting);
            law.saw_if(amount != alone[nth], Situation::PartOfTheSum);
            let earning = row.posting == "earning" || law.reads(Misreading::CutsOfCorrections);
            let earning = earning && !(row.cut.starts_with('-') && law.reads(Misreading::CutsOfFloorsUntold));
            let cut = if law.reads(Misreading::CutNotSplit) && !row.cut.is_empty() {
                minor_units(contract, &row.cut)
            } else {
                split.cut[nth]
            };
            law.saw_if(amount != 0 && posted == 0, Situation::SharesAmended);
            if amount != 0 || (posted != 0 && law.reads(Misreading::PartsOfNothingStand)) {
                let corrects = corrects(law, row, payer.id.as_str(), issued);
                let cut = if earning { cut } else { 0 };
                parts.push(Part { row, payer: &payer.id, amount, cut, vat: treatment(contract, row), corrects });
            }
        }
    }
    parts
}

/// What a payer was posted for a key so far.
pub fn had(contract: &Contract, row: &PostingRow, payer: &str, issued: &Documents) -> i128 {
    let stood = issued.postings.iter().filter(|other| is_of(other, row) && other.payer == payer);
    stood.map(|other| minor_units(contract, &other.amount)).sum()
}

/// A charge's own treatment, else the contract's; so also of a charge that is gone (10.4), of which the contract says nothing else.
fn treatment<'a>(contract: &'a Contract, row: &PostingRow) -> &'a Vat {
    let charge = contract.charges.iter().find(|charge| charge.id == row.charge);
    let default = contract.invoicing.as_ref().and_then(|terms| terms.vat.as_ref());
    charge.and_then(|charge| charge.vat.as_ref()).or(default).expect("every charge has a treatment")
}

/// 11.3: the documents on which the key was posted before, in the order in which they were issued.
fn corrects(law: &Law, row: &PostingRow, payer: &str, issued: &Documents) -> Vec<String> {
    let of_any = law.reads(Misreading::CorrectsThoseOfAllPayers);
    let mut numbers: Vec<String> = Vec::new();
    for other in issued.postings.iter().filter(|other| is_of(other, row) && (of_any || other.payer == payer)) {
        if !numbers.contains(&other.document) {
            numbers.push(other.document.clone());
        }
    }
    if row.posting == "earning" {
        assert!(numbers.is_empty(), "an earning's key was never posted");
    }
    if law.reads(Misreading::CorrectsTheLastDocument) {
        numbers = numbers.pop().into_iter().collect();
    }
    if law.reads(Misreading::CorrectsTheFirstDocument) {
        numbers.truncate(1);
    }
    numbers
}
