//! Reads what a run wrote, or what a case expects.

use super::csv_file::{Row, rows_of};
use crate::support::output::{DocumentPostingRow, DocumentRow, Documents, Output, PostingRow, SettlementRow};
use std::path::Path;

/// The expected output of a case, or the folder that a run wrote.
pub fn output(folder: &Path) -> Output {
    let settlement = |row: &Row| SettlementRow {
        contract: row.get("contract"),
        settlement: row.get("settlement").parse().unwrap(),
        first_day: row.get("first_day"),
        last_day: row.get("last_day"),
        cut_off: row.get("cut_off"),
        total: row.get("total"),
    };
    let posting = |row: &Row| PostingRow {
        contract: row.get("contract"),
        settlement: row.get("settlement").parse().unwrap(),
        charge: row.get("charge"),
        subject: row.get("subject"),
        unit: row.get("unit"),
        posting: row.get("posting"),
        earned_on: row.get("earned_on"),
        quantity: row.get("quantity"),
        rate: row.get("rate"),
        amount: row.get("amount"),
        corrects: row.get("corrects"),
        cut: row.get("cut"),
        cut_by: row.get("cut_by"),
    };
    Output {
        settlements: rows_of(&folder.join("settlements.csv")).iter().map(settlement).collect(),
        postings: rows_of(&folder.join("postings.csv")).iter().map(posting).collect(),
    }
}

/// The documents of a case, or of the folder that a run wrote. Nothing is read of lines and companies: see `Documents`.
pub fn documents(folder: &Path) -> Documents {
    let document = |row: &Row| DocumentRow {
        contract: row.get("contract"),
        settlement: row.get("settlement").parse().unwrap(),
        document: row.get("document"),
        kind: row.get("kind"),
        payer: row.get("payer"),
        issued_on: row.get("issued_on"),
        due_on: row.get("due_on"),
        currency: row.get("currency"),
        net: row.get("net"),
        vat: row.get("vat"),
        payable: row.get("payable"),
        corrects: row.get("corrects"),
    };
    let posting = |row: &Row| DocumentPostingRow {
        contract: row.get("contract"),
        document: row.get("document"),
        payer: row.get("payer"),
        settlement: row.get("settlement").parse().unwrap(),
        charge: row.get("charge"),
        subject: row.get("subject"),
        unit: row.get("unit"),
        posting: row.get("posting"),
        earned_on: row.get("earned_on"),
        quantity: row.get("quantity"),
        rate: row.get("rate"),
        posted: row.get("posted"),
        amount: row.get("amount"),
        cut: row.get("cut"),
        cut_by: row.get("cut_by"),
        vat: row.get("vat"),
        corrects: row.get("corrects"),
    };
    Documents {
        documents: rows_of(&folder.join("documents.csv")).iter().map(document).collect(),
        postings: rows_of(&folder.join("document-postings.csv")).iter().map(posting).collect(),
    }
}
