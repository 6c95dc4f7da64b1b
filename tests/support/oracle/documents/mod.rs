//! Chapter 11: documents. Every posting of a settlement is split among the payers, and what falls to one of them is put on
//! its documents.

mod due;
mod part;
mod share;
mod tax;

use super::money::{amount_text, minor_units};
use super::seen::Seen;
use super::{Law, Misreading, Situation, version_of};
use crate::support::day::Day;
use crate::support::output::{DocumentPostingRow, DocumentRow, Documents, Output, SettlementRow};
use crate::support::programme::{Contract, Payer, Programme};
use part::Part;

/// The documents of every settlement, after those of a ledger: what was settled then, and what was issued for it.
pub fn invoice(
    programme: &Programme,
    settled: &Output,
    ledger: Option<(&Output, &Documents)>,
    reading: Misreading,
) -> (Documents, Seen) {
    let law = Law::of(reading);
    let mut all = Documents::default();
    let mut ids: Vec<&str> = settled.settlements.iter().map(|row| row.contract.as_str()).collect();
    ids.dedup();
    for id in ids {
        let mut own = Documents::default();
        let mut made = 0;
        if let Some((output, issued)) = ledger {
            // What was issued stands, whatever is read today.
            own.documents.extend(issued.documents.iter().filter(|row| row.contract == id).cloned());
            own.postings.extend(issued.postings.iter().filter(|row| row.contract == id).cloned());
            made = output.settlements.iter().filter(|row| row.contract == id).count() as u32;
        }
        for settlement in settled.settlements.iter().filter(|row| row.contract == id && row.settlement > made) {
            // Mechanisms 9.2: by the version that the settlement follows.
            if let Some(contract) = version_of(programme, id, settlement.settlement) {
                issue(&law, (programme, contract), settlement, settled, &mut own);
            }
        }
        all.documents.extend(own.documents);
        all.postings.extend(own.postings);
    }
    (all, law.seen.into_inner())
}

/// 11.1: the documents of one settlement, payer by payer, in the order in which they are numbered.
fn issue(
    law: &Law,
    (programme, contract): (&Programme, &Contract),
    settlement: &SettlementRow,
    settled: &Output,
    own: &mut Documents,
) {
    let keys = part::keys(contract, settlement.settlement, settled);
    let split = share::splits(law, (programme, contract), &keys, settled, own);
    let parts = part::parts(law, contract, &keys, &split, own);
    let mut payers: Vec<&Payer> = contract.payers.iter().collect();
    if law.reads(Misreading::PayersInOrderOfId) {
        payers.sort_by(|a, b| a.id.cmp(&b.id));
    }
    if law.reads(Misreading::OneDocumentForAllPayers) {
        payers.truncate(1);
    }
    for payer in payers {
        let its = |part: &&Part| part.payer == payer.id;
        law.saw_if(!parts.is_empty() && !parts.iter().any(|part| its(&part)), Situation::PayerWithoutDocument);
        for heap in heaps(law, contract, parts.iter().filter(its).collect()) {
            if !heap.is_empty() {
                document(law, contract, settlement, payer, &heap, own);
            }
        }
    }
}

/// What stands together on a document: with documents of their own, earnings and then corrections; of each what is taxed or
/// exempt, and then what is outside the scope.
fn heaps<'a, 'p>(law: &Law, contract: &Contract, parts: Vec<&'p Part<'a>>) -> Vec<Vec<&'p Part<'a>>> {
    let own_documents = contract.invoicing.as_ref().unwrap().own_documents;
    let apart =
        (own_documents || law.reads(Misreading::CorrectionsAlwaysApart)) && !law.reads(Misreading::CorrectionsNeverApart);
    let place = |part: &Part| {
        let owed_back = part.row.posting == "earning" && part.row.amount.starts_with('-');
        let mut correction =
            apart && (part.is_correction() || (owed_back && law.reads(Misreading::OwedBackAmongCorrections)));
        correction |= owed_back && law.reads(Misreading::OwedBackOnItsOwn);
        if law.reads(Misreading::CorrectionsFirst) {
            correction = apart && !correction;
        }
        let category = match tax::category(part.vat) {
            "O" if !law.reads(Misreading::OutsideBesideTaxed) => 2,
            "E" if law.reads(Misreading::ExemptApart) => 1,
            _ => 0,
        };
        let category = if law.reads(Misreading::OutsideFirst) { 2 - category } else { category };
        usize::from(correction) * 3 + category
    };
    let heaps = (0..6).map(|nth| parts.iter().copied().filter(|part| place(part) == nth).collect()).collect();
    let has = |category: &str| parts.iter().any(|part| tax::category(part.vat) == category);
    law.saw_if(has("O") && (has("S") || has("E")), Situation::OutsideAndTaxed);
    law.saw_if(has("S") && has("E"), Situation::ExemptAndTaxed);
    let corrections = parts.iter().filter(|part| part.is_correction()).count();
    law.saw_if(own_documents && 0 < corrections && corrections < parts.len(), Situation::CorrectionsApart);
    heaps
}

/// One document and the postings that stand on it.
fn document(
    law: &Law,
    contract: &Contract,
    settlement: &SettlementRow,
    payer: &Payer,
    parts: &[&Part],
    own: &mut Documents,
) {
    let net: i128 = parts.iter().map(|part| part.amount).sum();
    let tax = tax::of(law, contract, parts);
    // 11.4: entitlements are net of VAT.
    let (net, payable) = if law.reads(Misreading::TaxIncluded) { (net - tax, net) } else { (net, net + tax) };
    let deciding = if law.reads(Misreading::KindByNet) { net } else { payable };
    if payable == 0 && law.reads(Misreading::NothingIsNoDocument) {
        return;
    }
    let credit = deciding < 0 || (deciding == 0 && law.reads(Misreading::NothingIsACredit));
    law.saw_if(credit, Situation::CreditNote);
    let earnings = |below: bool| parts.iter().filter(|part| !part.is_correction() && (part.amount < 0) == below).count();
    law.saw_if(earnings(true) > 0 && earnings(false) > 0, Situation::EarningsOfBothSigns);
    law.saw_if(credit && earnings(true) == parts.len(), Situation::CreditNoteOfEarnings);
    law.saw_if(payable == 0, Situation::DocumentOfNothing);
    law.saw_if((net < 0) != (payable < 0), Situation::TaxDecidesTheKind);
    let mut corrects: Vec<String> = Vec::new();
    for row in own.documents.iter().filter(|row| parts.iter().any(|part| part.corrects.contains(&row.document))) {
        corrects.push(row.document.clone());
    }
    law.saw_if(corrects.len() > 1, Situation::CorrectsSeveralDocuments);
    let number = number(law, contract, settlement, payer, own);
    let turned = credit && law.reads(Misreading::CreditNoteListedTurned);
    let text = |amount: i128| amount_text(contract, if turned { -amount } else { amount });
    own.documents.push(DocumentRow {
        contract: contract.id.clone(),
        settlement: settlement.settlement,
        document: number.clone(),
        kind: if credit { "credit-note" } else { "invoice" }.into(),
        payer: payer.id.clone(),
        issued_on: issued_on(law, settlement).to_string(),
        due_on: due::on(law, contract, settlement).to_string(),
        currency: contract.currency.clone(),
        net: text(net),
        vat: text(tax),
        payable: text(payable),
        corrects: corrects.join(" "),
    });
    own.postings.extend(parts.iter().map(|part| posting(law, contract, part, &number, payer)));
}

fn posting(law: &Law, contract: &Contract, part: &Part, number: &str, payer: &Payer) -> DocumentPostingRow {
    let row = part.row;
    law.saw_if(part.cut != 0, Situation::DocumentWithCut);
    DocumentPostingRow {
        contract: contract.id.clone(),
        document: number.into(),
        payer: payer.id.clone(),
        settlement: row.settlement,
        charge: row.charge.clone(),
        subject: row.subject.clone(),
        unit: row.unit.clone(),
        posting: row.posting.clone(),
        earned_on: row.earned_on.clone(),
        quantity: row.quantity.clone(),
        rate: row.rate.clone(),
        posted: amount_text(contract, minor_units(contract, &row.amount)),
        amount: amount_text(contract, part.amount),
        cut: if part.cut == 0 { String::new() } else { amount_text(contract, part.cut) },
        cut_by: if part.cut == 0 { String::new() } else { row.cut_by.clone() },
        vat: tax::category(part.vat).into(),
        corrects: part.corrects.join(" "),
    }
}

/// The series and a running number of the contract, from 1, of at least four digits.
fn number(law: &Law, contract: &Contract, settlement: &SettlementRow, payer: &Payer, own: &Documents) -> String {
    let earlier = |row: &&DocumentRow| {
        (row.payer == payer.id || !law.reads(Misreading::NumbersPerPayer))
            && (row.settlement == settlement.settlement || !law.reads(Misreading::NumbersPerSettlement))
    };
    let nth = own.documents.iter().filter(earlier).count() + 1;
    format!("{}{nth:04}", contract.invoicing.as_ref().unwrap().series)
}

/// 11.3: the settlement's cut-off.
fn issued_on(law: &Law, settlement: &SettlementRow) -> Day {
    let day = if law.reads(Misreading::IssuedOnThePeriodsLastDay) { &settlement.last_day } else { &settlement.cut_off };
    Day::parse(day).unwrap()
}

/// What of a posting's amount falls to each payer, whatever they pay at most: for laws.
pub fn shares_of(contract: &Contract, charge: &str, amount: &str) -> Vec<i128> {
    let law = Law::of(Misreading::None);
    share::signed(&law, contract, charge, minor_units(contract, amount))
}
