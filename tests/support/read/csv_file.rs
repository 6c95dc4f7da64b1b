//! The rows of a CSV file by the names of their columns.

use crate::support::programme::Record;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One CSV row by column name; a column left out is empty.
pub struct Row(BTreeMap<String, String>);

impl Row {
    pub fn get(&self, column: &str) -> String {
        self.0.get(column).cloned().unwrap_or_default()
    }
}

pub fn rows_of(file: &Path) -> Vec<Row> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
    let row = |record: csv::StringRecord| columns.iter().cloned().zip(record.iter().map(str::to_string)).collect();
    reader.records().map(|record| Row(row(record.unwrap()))).collect()
}

pub fn rows<T>(file: &Path, id: &str, build: impl Fn(&Row, Record) -> T) -> Vec<T> {
    let record = |row: &Row| Record {
        contract: row.get("contract"),
        id: row.get(id),
        recorded_on: row.get("recorded_on"),
        revision: row.get("revision"),
        void: row.get("void"),
    };
    rows_of(file).iter().map(|row| build(row, record(row))).collect()
}

/// The rows of a file that may be missing.
pub fn rows_if_there<T>(file: &Path, id: &str, build: impl Fn(&Row, Record) -> T) -> Vec<T> {
    if file.is_file() { rows(file, id, build) } else { Vec::new() }
}
