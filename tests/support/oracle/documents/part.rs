//! Rule 11.2: each key's sum is split by the payers' shares.

use crate::support::oracle::money::{self, minor_units};
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

fn same_key(a: &PostingRow, b: &PostingRow) -> bool {
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
    settled: &Output,
    issued: &Documents,
) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for row in keys {
        let k = row.settlement;
        let before = settled.postings.iter().filter(|other| same_key(other, row) && other.settlement < k);
        let before: i128 = before.map(|other| minor_units(contract, &other.amount)).sum();
        let posted = minor_units(contract, &row.amount);
        let now = split(law, contract, before + posted);
        let cuts =
            if row.cut.is_empty() { vec![0; now.len()] } else { split(law, contract, minor_units(contract, &row.cut)) };
        law.saw_if(contract.payers.len() > 1, Situation::SeveralPayers);
        law.saw_if(contract.payers.len() > 1 && before + posted == 0, Situation::FullReversal);
        let alone = split_signed(law, contract, posted);
        for (nth, payer) in contract.payers.iter().enumerate() {
            let stood: Vec<&DocumentPostingRow> =
                issued.postings.iter().filter(|other| is_of(other, row) && other.payer == payer.id).collect();
            let had: i128 = stood.iter().map(|other| minor_units(contract, &other.amount)).sum();
            let mut amount = now[nth] - had;
            if law.reads(Misreading::EachPostingSplit) {
                amount = alone[nth];
            }
            if law.reads(Misreading::OneDocumentForAllPayers) {
                amount = if nth == 0 { posted } else { 0 };
            }
            law.saw_if(amount * posted < 0, Situation::PartAgainstThePosting);
            law.saw_if(amount != alone[nth], Situation::PartOfTheSum);
            let earning = row.posting == "earning" || law.reads(Misreading::CutsOfCorrections);
            let cut = if law.reads(Misreading::CutNotSplit) && !row.cut.is_empty() {
                minor_units(contract, &row.cut)
            } else {
                cuts[nth]
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

/// A sum, never negative, in minor units by largest remainder of the exact quotas; ties go to the payer named first.
pub fn split(law: &Law, contract: &Contract, sum: i128) -> Vec<i128> {
    assert!(sum >= 0, "what is owed is never negative");
    let quotas: Vec<i128> =
        contract.payers.iter().map(|payer| sum * money::exact(payer.share.as_deref().unwrap_or("1"))).collect();
    assert_eq!(quotas.iter().sum::<i128>(), sum * money::ONE, "shares sum to 1");
    if law.reads(Misreading::PartsRoundedApart) {
        return quotas.iter().map(|quota| money::half_away(*quota, money::ONE)).collect();
    }
    let mut parts: Vec<i128> = quotas.iter().map(|quota| quota / money::ONE).collect();
    let left = sum - parts.iter().sum::<i128>();
    law.saw_if(left > 0, Situation::SplitLeavesARemainder);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rest = |nth: usize| quotas[nth] % money::ONE;
    if law.reads(Misreading::TiesToThePayerNamedLast) {
        order.reverse();
    }
    order.sort_by_key(|nth| -rest(*nth));
    let tie = |at: usize| at > 0 && at < order.len() && rest(order[at - 1]) == rest(order[at]);
    law.saw_if(left > 0 && tie(left as usize), Situation::RemaindersTie);
    if law.reads(Misreading::RemainderToTheFirst) {
        order.sort_unstable();
    }
    if law.reads(Misreading::RemainderToTheLast) {
        order.sort_by_key(|nth| std::cmp::Reverse(*nth));
    }
    if law.reads(Misreading::RemainderToTheLargestShare) {
        order.sort_by_key(|nth| (-quotas[*nth], *nth));
    }
    order.iter().take(left as usize).for_each(|nth| parts[*nth] += 1);
    parts
}

fn split_signed(law: &Law, contract: &Contract, amount: i128) -> Vec<i128> {
    split(law, contract, amount.abs()).into_iter().map(|part| part * amount.signum()).collect()
}
