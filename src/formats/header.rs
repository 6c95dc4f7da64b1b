//! The header row of a fact file: columns are found by name, in any order (formats).

use super::hints;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};

/// A column that a fact file may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub name: &'static str,
    /// Whether it may be empty, and so left out altogether.
    pub may_be_empty: bool,
    /// Whether it may hold something that looks like a CPR number: company numbers and decimals (rule 3.7).
    pub any_digits: bool,
}

/// A column that has to be filled in.
pub(super) const fn filled(name: &'static str) -> Column {
    Column { name, may_be_empty: false, any_digits: false }
}

/// A column that may be empty.
pub(super) const fn empty(name: &'static str) -> Column {
    Column { name, may_be_empty: true, any_digits: false }
}

/// The same column, which may hold any digits.
pub(super) const fn digits(column: Column) -> Column {
    Column { any_digits: true, ..column }
}

/// Where the columns of a file stand.
#[derive(Debug)]
pub(super) struct Header {
    pub columns: &'static [Column],
    /// The place of each of them in a row, from 0.
    places: Vec<Option<usize>>,
    /// How many fields a row has.
    pub width: usize,
    /// For each field of a row, whether it may hold something that looks like a CPR number.
    pub any_digits: Vec<bool>,
    /// The names as written, for reports about any field.
    names: Vec<String>,
    /// Whether a column is missing or misspelt: then no row is reported for what is not in it.
    pub faulty: bool,
}

impl Header {
    /// Finds the columns. Faults are reported; with a header that is none at all, there is nothing to read.
    pub fn read(
        file: &str,
        line: u32,
        columns: &'static [Column],
        record: &csv::StringRecord,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Header> {
        let place = |nth: usize, name: &str| Place {
            file: file.to_owned(),
            line: Some(line),
            column: Some(super::source::small(nth + 1)),
            field: Some(quote(name).trim_matches('`').to_owned()).filter(|name| !name.is_empty()),
            span: None,
        };
        if let Some(fault) = delimiter(record, columns) {
            found.push(Diagnostic::new(Code::WrongDelimiter, place(0, ""), fault.0).help(fault.1));
            return None;
        }
        let before = found.len();
        let mut meant = Vec::new();
        let mut places = vec![None; columns.len()];
        for (nth, name) in record.iter().enumerate() {
            match columns.iter().position(|column| column.name == name) {
                Some(known) => match places.get_mut(known) {
                    Some(seen @ None) => *seen = Some(nth),
                    _ => {
                        let message = format!("the column `{name}` is there twice");
                        found.push(
                            Diagnostic::new(Code::ColumnTwice, place(nth, name), message).help("remove one of the two"),
                        );
                    }
                },
                None => {
                    meant.extend(hints::nearest(name, columns.iter().map(|column| column.name)).filter(|(_, near)| *near));
                    found.push(unknown(place(nth, name), nth, name, columns));
                }
            }
        }
        for (column, seen) in columns.iter().zip(&places) {
            let misspelt = meant.iter().any(|(word, _)| *word == column.name);
            if seen.is_none() && !column.may_be_empty && !misspelt {
                let message = format!("the column `{}` is missing", column.name);
                let place = Place { field: Some(column.name.to_owned()), column: None, ..place(0, "") };
                let help =
                    format!("the columns are {}", columns.iter().map(|column| column.name).collect::<Vec<_>>().join(","));
                found.push(Diagnostic::new(Code::MissingColumn, place, message).help(help));
            }
        }
        let mut any_digits = vec![false; record.len()];
        for (column, place) in columns.iter().zip(&places) {
            if let Some(field) = place.and_then(|nth| any_digits.get_mut(nth)) {
                *field = column.any_digits;
            }
        }
        let names = record.iter().map(|name| quote(name).trim_matches('`').to_owned()).collect();
        Some(Header { columns, places, width: record.len(), any_digits, names, faulty: found.len() > before })
    }

    /// The place of a column in a row, if the file has it.
    pub fn place(&self, column: usize) -> Option<usize> {
        self.places.get(column).copied().flatten()
    }

    /// The name of a field of a row, as the header writes it.
    pub fn name(&self, nth: usize) -> Option<&str> {
        self.names.get(nth).map(String::as_str)
    }
}

fn unknown(place: Place, nth: usize, name: &str, columns: &[Column]) -> Diagnostic {
    if name.is_empty() {
        let message = format!("column {} has no name", nth + 1);
        return Diagnostic::new(Code::UnknownColumn, place, message).help("remove it, with its comma in every row");
    }
    let known = || columns.iter().map(|column| column.name);
    let help = match hints::nearest(name, known()) {
        Some((word, true)) => format!("did you mean `{word}`?"),
        _ => format!("remove it; the columns are {}", known().collect::<Vec<_>>().join(",")),
    };
    Diagnostic::new(Code::UnknownColumn, place, format!("the column {} is not known", quote(name))).help(help)
}

/// Whether the header is divided by something else than commas: one field in which several names stand.
fn delimiter(record: &csv::StringRecord, columns: &[Column]) -> Option<(String, &'static str)> {
    let only = record.get(0).filter(|_| record.len() <= 2)?;
    if only.starts_with("sep=") {
        return Some(("the first line is a spreadsheet's note, not the header".to_owned(), "remove the line `sep=…`"));
    }
    let names = |sign: char| only.split(sign).filter(|part| columns.iter().any(|column| column.name == part.trim())).count();
    let signs = [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")];
    let (_, what) = signs.into_iter().find(|(sign, _)| names(*sign) >= 2)?;
    let message = format!("the columns are divided by {what}, not by commas");
    Some((message, "save the file as comma-separated values (“CSV UTF-8”), with decimals written with a point"))
}
