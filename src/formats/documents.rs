//! What has been issued, as files: `documents.csv`, a row for each document, `document-postings.csv`, a row for each payer's
//! part of each posting, and the evidence that goes with a document. Together they are the register that a later run goes on
//! from (rule 11.3).
//!
//! Amounts are signed as the settlement has them: those of a credit note are negative.

use super::digest::sha256;
use crate::documents::{Attachment, Document, Item, Kind, words};
use crate::measure::money::{Currency, Total};
use std::io::{self, Write};

/// The header of `documents.csv`.
pub const DOCUMENTS: [&str; 12] = [
    "contract",
    "settlement",
    "document",
    "kind",
    "payer",
    "issued_on",
    "due_on",
    "currency",
    "net",
    "vat",
    "payable",
    "corrects",
];
/// The header of `document-postings.csv`.
pub const DOCUMENT_POSTINGS: [&str; 19] = [
    "contract",
    "document",
    "line",
    "payer",
    "settlement",
    "charge",
    "subject",
    "unit",
    "posting",
    "earned_on",
    "quantity",
    "rate",
    "posted",
    "amount",
    "cut",
    "cut_by",
    "vat",
    "company",
    "corrects",
];
/// The columns of `document-postings.csv` that are the same for a whole document: its evidence leaves them out.
const OF_THE_DOCUMENT: [usize; 4] = [0, 1, 3, 4];

/// Writes the two files of the register, `documents.csv` first. Contracts come in the order of their ids, documents in that
/// of their numbers.
#[derive(Debug)]
pub struct RegisterWriter;

impl RegisterWriter {
    /// Writes the headers.
    ///
    /// # Errors
    /// What the writers report.
    pub fn headers<W: Write>([documents, postings]: &mut [W; 2]) -> io::Result<()> {
        rows(documents, [DOCUMENTS])?;
        rows(postings, [DOCUMENT_POSTINGS])
    }

    /// Writes the rows of an earlier run as they were.
    ///
    /// # Errors
    /// What the writers report.
    pub fn earlier<W: Write>(
        [documents, postings]: &mut [W; 2],
        issued: &[csv::StringRecord],
        posted: &[csv::StringRecord],
    ) -> io::Result<()> {
        rows(documents, issued)?;
        rows(postings, posted)
    }

    /// Writes a document.
    ///
    /// # Errors
    /// What the writers report.
    pub fn document<W: Write>([documents, postings]: &mut [W; 2], document: &Document) -> io::Result<()> {
        rows(documents, [document_row(document)])?;
        rows(postings, document.items.iter().map(|item| item_row(document, item)))
    }
}

fn rows<W: Write, R: IntoIterator<Item: AsRef<[u8]>>>(file: &mut W, rows: impl IntoIterator<Item = R>) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(file);
    rows.into_iter().try_for_each(|row| sheet.write_record(row))?;
    sheet.flush()
}

fn document_row(document: &Document) -> [String; 12] {
    let sign = if document.kind == Kind::CreditNote { -1 } else { 1 };
    let show = |total: Total| Total::from_minor(total.minor() * sign).display(document.currency).to_string();
    let corrects: Vec<&str> = document.corrects.iter().map(|of| of.number.as_str()).collect();
    [
        document.contract.to_string(),
        document.settlement.to_string(),
        document.number.clone(),
        kind(document.kind).to_owned(),
        document.payer.to_string(),
        document.issued.to_string(),
        document.due.to_string(),
        document.currency.code().to_owned(),
        show(document.net),
        show(document.tax),
        show(document.payable),
        corrects.join(" "),
    ]
}

/// As `documents.csv` names it.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Invoice => "invoice",
        Kind::CreditNote => "credit-note",
    }
}

fn item_row(document: &Document, item: &Item) -> [String; 19] {
    let currency: Currency = document.currency;
    let (cut, by) =
        item.cut.as_ref().map_or_else(Default::default, |(cut, by)| (cut.display(currency).to_string(), by.clone()));
    [
        document.contract.to_string(),
        document.number.clone(),
        item.line.to_string(),
        document.payer.to_string(),
        document.settlement.to_string(),
        item.charge.clone(),
        item.subject.clone(),
        item.unit.clone(),
        if item.correction { "correction" } else { "earning" }.to_owned(),
        item.earned_on.to_string(),
        item.quantity.normalize().to_string(),
        item.rate.map(|rate| rate.normalize().to_string()).unwrap_or_default(),
        item.posted.display(currency).to_string(),
        item.amount.display(currency).to_string(),
        cut,
        by,
        item.vat.to_owned(),
        item.company.clone().unwrap_or_default(),
        item.corrects.join(" "),
    ]
}

/// The evidence of a document: each posting by itself, as CSV; its SHA-256 stands in its description.
///
/// # Errors
/// None that a machine with memory gives.
pub fn evidence(document: &Document) -> io::Result<Attachment> {
    let own = |nth: &usize| !OF_THE_DOCUMENT.contains(nth);
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(DOCUMENT_POSTINGS.iter().enumerate().filter(|(nth, _)| own(nth)).map(|(_, name)| name))?;
    for item in &document.items {
        let row = item_row(document, item);
        sheet.write_record(row.iter().enumerate().filter(|(nth, _)| own(nth)).map(|(_, field)| field))?;
    }
    let bytes = sheet.into_inner().map_err(csv::IntoInnerError::into_error)?;
    let description = words::evidence(document.language, &document.number, &sha256(&bytes));
    Ok(Attachment { name: format!("{}.csv", document.number), mime: "text/csv", description, bytes })
}
