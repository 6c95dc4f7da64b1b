//! Reading what earlier runs have issued: `documents.csv` and `document-postings.csv` of a ledger folder (rule 11.3). Issued
//! documents never change, so their rows are kept as they stand.

use super::documents::{DOCUMENT_POSTINGS, DOCUMENTS};
use super::ledger_files::{Taken, Unreadable, amount, count, day, decimal_or, no, rows, total_of};
use crate::documents::register::{Register, Row};
use crate::documents::{Issued, Key, Kind, Posted, Reference};
use crate::measure::id::Id;
use csv::StringRecord;
use std::collections::BTreeMap;
use std::io::Read;

/// What a ledger folder says has been issued of one contract.
#[derive(Clone, Debug, Default)]
pub struct OfContract {
    /// The documents and what stands on them.
    pub register: Register,
    /// The documents as the books know them.
    pub issued: Vec<Issued>,
    /// The rows of `documents.csv`.
    pub documents: Vec<StringRecord>,
    /// The rows of `document-postings.csv`.
    pub postings: Vec<StringRecord>,
}

/// One contract's files while they are read.
#[derive(Default)]
struct Reading {
    issued: Vec<Reference>,
    settlements: Vec<u32>,
    payers: Vec<String>,
    rows: Vec<Row>,
    of: OfContract,
}

/// Reads the two files, by contract.
///
/// # Errors
/// Says what in the files is not as an earlier run wrote it: a ledger is never repaired.
pub fn read(documents: impl Read, postings: impl Read) -> Result<BTreeMap<String, OfContract>, Unreadable> {
    let mut reading: BTreeMap<String, Reading> = BTreeMap::new();
    let mut wrong = Vec::new();
    rows("documents.csv", documents, &DOCUMENTS, &mut wrong, |fields| document(&mut reading, fields))?;
    if wrong.is_empty() {
        rows("document-postings.csv", postings, &DOCUMENT_POSTINGS, &mut wrong, |fields| posting(&mut reading, fields))?;
    }
    if !wrong.is_empty() {
        return Err(Unreadable::Wrong(wrong));
    }
    let finished = |reading: Reading| OfContract {
        register: Register::of_rows(reading.issued, reading.settlements, reading.rows),
        ..reading.of
    };
    Ok(reading.into_iter().map(|(contract, reading)| (contract, finished(reading))).collect())
}

fn document(reading: &mut BTreeMap<String, Reading>, fields: &[&str; 12]) -> Taken {
    let [contract, settlement, number, kind, payer, issued_on, due_on, _, net, vat, payable, _] = fields;
    if Id::new(contract).is_err() {
        return no("contract", "not the id of a contract");
    }
    if !is_number(number) {
        return no("document", "not the number of a document");
    }
    let kind = match *kind {
        "invoice" => Kind::Invoice,
        "credit-note" => Kind::CreditNote,
        _ => return no("kind", "neither `invoice` nor `credit-note`"),
    };
    let total = |column, text: &str| total_of(text).map(|(total, _)| total).map_err(|(_, message)| (column, message));
    total("net", net)?;
    total("payable", payable)?;
    let (settlement, issued) = (count("settlement", settlement)?, day("issued_on", issued_on)?);
    let of = reading.entry((*contract).to_owned()).or_default();
    if of.issued.iter().any(|known| known.number == **number) {
        return no("document", "there twice");
    }
    of.of.issued.push(Issued {
        contract: Id::name(contract),
        settlement,
        number: (*number).to_owned(),
        kind,
        payer: Id::name(payer),
        issued,
        due: day("due_on", due_on)?,
        lines: Vec::new(),
        tax: total("vat", vat)?,
    });
    of.issued.push(Reference { number: (*number).to_owned(), issued });
    of.settlements.push(settlement);
    of.payers.push((*payer).to_owned());
    of.of.documents.push(StringRecord::from(fields.to_vec()));
    Ok(())
}

/// A series and at least four digits; files are named by it.
fn is_number(text: &str) -> bool {
    let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
    digits >= 4 && digits < text.len() && Id::new(text).is_ok() && !text.starts_with('.')
}

fn posting(reading: &mut BTreeMap<String, Reading>, fields: &[&str; 19]) -> Taken {
    let [contract, number, _, payer, settlement, charge, subject, unit, posting, earned_on, .., vat, company, corrects] =
        fields;
    let [_, _, _, _, _, _, _, _, _, _, quantity, rate, posted, part, ..] = fields;
    let Some(of) = reading.get_mut(*contract) else {
        return no("contract", "documents.csv has no such contract");
    };
    let Some(place) = of.issued.iter().position(|known| known.number == **number) else {
        return no("document", "documents.csv has no such document");
    };
    if of.payers.get(place).map(String::as_str) != Some(*payer) {
        return no("payer", "not the payer of the document");
    }
    if of.settlements.get(place) != Some(&count("settlement", settlement)?) {
        return no("settlement", "not the settlement of the document");
    }
    let text = |text: &str| text.to_owned();
    let posted = Posted {
        key: Key { charge: text(charge), subject: text(subject), unit: text(unit) },
        earned_on: day("earned_on", earned_on)?,
        quantity: decimal_or("quantity", quantity)?.unwrap_or_default(),
        rate: decimal_or("rate", rate)?,
        amount: amount("posted", posted)?.0,
        correction: *posting == "correction",
        cut: None,
        company: (!company.is_empty()).then(|| text(company)),
    };
    let part = amount("amount", part)?.0;
    let corrects: Vec<String> = corrects.split_whitespace().map(str::to_owned).collect();
    if let Some(issued) = of.of.issued.get_mut(place) {
        issued.add(charge, vat, posted.correction, &corrects, part.into());
    }
    of.rows.push(Row { document: place, payer: text(payer), posted, amount: part });
    of.of.postings.push(StringRecord::from(fields.to_vec()));
    Ok(())
}
