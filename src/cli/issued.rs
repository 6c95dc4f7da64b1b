//! Where an output of `invoice` keeps what was issued.

use crate::formats::ledger_files;
use crate::formats::register_files::OfContract;
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use std::collections::BTreeMap;
use std::path::Path;

/// The files of the register.
pub const REGISTER: [&str; 2] = ["documents.csv", "document-postings.csv"];
/// The folders of documents, and how a file in each is called after a number.
pub const FOLDERS: [(&str, &str); 3] = [("peppol", "xml"), ("oioubl", "xml"), ("evidence", "csv")];

/// The folders of books, and how the file of a contract in each ends.
pub const BOOKS: &[(&str, &str)] = &[("journal", "hledger"), ("finance", "csv")];

/// The files of issued documents that a ledger should hold and does not.
pub fn missing(folder: &Path, issued: &BTreeMap<String, OfContract>) -> Vec<Diagnostic> {
    let documents = issued.values().flat_map(|of| &of.register.issued);
    let documents = documents.flat_map(|of| FOLDERS.map(|(folder, ending)| format!("{folder}/{}.{ending}", of.number)));
    let books = issued.keys().flat_map(|id| BOOKS.iter().map(move |(folder, ending)| format!("{folder}/{id}.{ending}")));
    let lost = documents.chain(books).filter(|path| !folder.join(path).is_file());
    lost.map(|path| {
        let message = format!("the ledger has no {path}, but documents.csv says that it was issued");
        Diagnostic::new(Code::LedgerUnreadable, Place::file(&path), message).help(ledger_files::AS_WRITTEN)
    })
    .collect()
}
