//! What a command works on: the files of a programme, and what they say.

use super::failure::Failure;
use super::folder::Folder;
use crate::formats::{self, Programme, Source, Sources};
use crate::measure::day::Day;
use crate::measure::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::path::Path;

/// A programme that has been read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The files, to show lines of.
    pub sources: Sources,
    /// What they say.
    pub programme: Programme,
}

impl Reading {
    /// Reads a programme folder: all of it, or the contracts named in `only` and their rows.
    ///
    /// # Errors
    /// Wrong usage if there is no such folder or no such contract; a failure of the machine if a file cannot be read.
    pub fn of(folder: &Path, as_of: Option<Day>, only: &[String]) -> Result<Reading, Failure> {
        let Folder { sources, odd } = Folder::read(folder)?;
        let mut programme = formats::read(&sources, as_of, only);
        if let Some(unknown) = programme.unknown.first() {
            return Err(no_contract(unknown, &programme));
        }
        programme.diagnostics.extend(odd);
        programme.diagnostics.sort_by(|a, b| a.rank().cmp(&b.rank()));
        Ok(Reading { sources, programme })
    }
}

/// It may stand in a file that cannot be read.
fn no_contract(unknown: &str, programme: &Programme) -> Failure {
    let message = format!("--contract: the programme has no contract `{unknown}`");
    match programme.diagnostics.iter().find(|found| found.is_error() && found.place.file.starts_with("contracts/")) {
        Some(found) => Failure::Usage(format!("{message}, unless it is the one that cannot be read: {found}")),
        None => Failure::Usage(message),
    }
}

impl Reading {
    /// Adds to findings about rows the number of the column that they name (rule 12.1): the engine knows columns by name only.
    pub fn number_columns(&self, found: &mut [Diagnostic]) {
        let mut headers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for source in self.sources.sheets() {
            headers.insert(&source.name, header(source));
        }
        for place in
            found.iter_mut().map(|found| &mut found.place).filter(|place| place.line.is_some() && place.column.is_none())
        {
            let names = headers.get(place.file.as_str());
            let at = names.zip(place.field.as_ref()).and_then(|(names, field)| names.iter().position(|name| name == field));
            place.column = at.and_then(|at| u32::try_from(at + 1).ok());
        }
    }
}

/// The names of a sheet's columns.
fn header(source: &Source) -> Vec<String> {
    let text = source.text().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.iter().flatten().map(str::to_owned).collect()
}
