//! A fact file: UTF-8, comma-separated (RFC 4180), read row by row, each row into its contract (rules 3.1, 3.7 to 3.9).

use super::contract::CPR_HELP;
use super::header::Header;
use super::hints;
use super::rows::{Cells, FromRow};
use super::source::{Source, small, with_line_feeds};
use crate::contract::Contract;
use crate::facts::{History, Row};
use crate::measure::cpr;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use csv::{ByteRecord, StringRecord};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The contracts whose rows are read.
pub(super) struct Contracts<'a> {
    pub ids: Vec<&'a Id>,
    /// The contracts themselves; `None` where one could not be read.
    pub terms: Vec<Option<&'a Contract>>,
    /// The kinds of spell that each lists; `None` where they could not be read.
    pub kinds: Vec<Option<&'a [Id]>>,
    pub by_id: BTreeMap<&'a str, usize>,
    /// Whether rows of other contracts are passed over: only some contracts are asked for.
    pub some: bool,
    /// Whether a row of another contract is an error: the ids of all contracts could be read.
    pub complete: bool,
}

/// The ids of rows that could not be read: they are there, but what they say is not known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unseen {
    pub(crate) ids: BTreeSet<Id>,
    /// Whether rows may be missing of which not even the id is known.
    pub(crate) any: bool,
}

/// What a fact file gives.
pub(super) struct Sheet<T> {
    /// The rows of each contract.
    pub histories: Vec<History<T>>,
    pub unseen: Vec<Unseen>,
    /// How many rows of each contract were recorded after the as-of day.
    pub later: Vec<usize>,
    /// Whether each contract has an error in it.
    pub refused: Vec<bool>,
    pub found: Vec<Diagnostic>,
}

/// Reads a fact file. An error of the file as a whole is one of every contract (rule 12.1).
pub(super) fn read<T: FromRow>(source: Option<&Source>, contracts: &Contracts<'_>, as_of: Option<Day>) -> Sheet<T> {
    let count = contracts.ids.len();
    let mut reading = Reading {
        contracts,
        as_of,
        rows: (0..count).map(|_| Vec::new()).collect(),
        unseen: vec![Unseen::default(); count],
        later: vec![0; count],
        refused: vec![false; count],
        found: Vec::new(),
        last: 0,
        revision: None,
    };
    match source.map(Source::text) {
        None if T::OPTIONAL => {}
        None => {
            let message = format!("the file `{}` is missing", T::FILE);
            reading.whole(Diagnostic::new(Code::MissingFile, Place::file(T::FILE), message).help(format!(
                "add it; where there is nothing to report it has only its header: {}",
                T::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(",")
            )));
        }
        Some(Err(wrong)) => {
            let mut place = Place::file(T::FILE);
            if let (Some(at), Some(source)) = (wrong.at, source) {
                let text = source.lossy();
                let before = text.get(..at).unwrap_or_default();
                let row = before.rsplit('\n').next().unwrap_or_default();
                place.line = Some(small(before.matches('\n').count() + 1));
                place.column = Some(small(row.matches(',').count() + 1));
            }
            let help = "save the file as “CSV UTF-8 (comma-separated)”";
            reading.whole(Diagnostic::new(Code::NotUtf8, place, wrong.message).help(help));
        }
        Some(Ok(text)) => reading.text(&with_line_feeds(Cow::Borrowed(text))),
    }
    reading.finish()
}

struct Reading<'a, T> {
    contracts: &'a Contracts<'a>,
    as_of: Option<Day>,
    rows: Vec<Vec<Row<T>>>,
    unseen: Vec<Unseen>,
    later: Vec<usize>,
    refused: Vec<bool>,
    found: Vec<Diagnostic>,
    /// The contract of the row before: most rows stand beside others of theirs.
    last: usize,
    /// The column of `revision`, from 1, if the file has it.
    revision: Option<u32>,
}

impl<T: FromRow> Reading<'_, T> {
    /// An error of the file as a whole.
    fn whole(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
        self.refused.fill(true);
        self.unseen.iter_mut().for_each(|unseen| unseen.any = true);
    }

    fn text(&mut self, text: &str) {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(text.as_bytes());
        let mut header = None;
        let mut record = ByteRecord::new();
        loop {
            let (line, start) = next_row(text.as_bytes(), reader.position());
            // In memory and with rows of any width, reading bytes cannot fail.
            if !reader.read_byte_record(&mut record).unwrap_or(false) {
                break;
            }
            let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
            let raw = text.as_bytes().get(start..end).unwrap_or_default();
            let row = match StringRecord::from_byte_record(record) {
                Ok(row) => row,
                Err(error) => StringRecord::from_byte_record_lossy(error.into_byte_record()),
            };
            match &header {
                _ if row.len() == 1 && row.get(0).is_some_and(|only| only.trim().is_empty()) => {}
                None => match self.header(&row, line, raw) {
                    Some(read) => header = Some(read),
                    None => return,
                },
                Some(header) => self.row(header, &row, line, raw),
            }
            record = row.into_byte_record();
        }
        if header.is_none() {
            let help =
                format!("its first line is {}", T::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(","));
            let message = format!("the file `{}` is empty: it has no header", T::FILE);
            let place = Place { line: Some(1), column: Some(1), ..Place::file(T::FILE) };
            self.whole(Diagnostic::new(Code::EmptyFile, place, message).help(help));
        }
    }

    fn header(&mut self, row: &StringRecord, line: u32, raw: &[u8]) -> Option<Header> {
        let mut found = Vec::new();
        if let Some((nth, fault)) = quotes(raw) {
            let place = Place { line: Some(line), column: Some(small(nth + 1)), ..Place::file(T::FILE) };
            let (message, help) = fault.words();
            self.whole(Diagnostic::new(Code::Quotes, place, message).help(help));
            return None;
        }
        let header = Header::read(T::FILE, line, T::COLUMNS, row, &mut found);
        found.into_iter().for_each(|diagnostic| self.whole(diagnostic));
        let revision = header.as_ref().and_then(|header| header.place(T::COLUMNS.len() - 2));
        self.revision = revision.map(|nth| small(nth + 1));
        header
    }

    fn row(&mut self, header: &Header, row: &StringRecord, line: u32, raw: &[u8]) {
        let cell = |column: usize| header.place(column).and_then(|nth| row.get(nth));
        let contract = self.contract(cell(0).unwrap_or_default());
        if contract.is_none() && self.contracts.some {
            return;
        }
        let before = self.found.len();
        let mut cells = Cells::new(T::FILE, header, row, line, &mut self.found);
        cells.contract = contract.and_then(|nth| self.contracts.ids.get(nth).copied());
        cells.terms = contract.and_then(|nth| self.contracts.terms.get(nth).copied().flatten());
        cells.kinds = contract.and_then(|nth| self.contracts.kinds.get(nth).copied().flatten());
        let mut whole = false;
        let structure = structure(&mut cells, raw, &mut whole);
        find_cpr(&mut cells);
        let sound = cells.sound;
        let mut read = None;
        if structure {
            read = fact::<T>(&mut cells, self.as_of, self.contracts);
        }
        let later = matches!(read, Some(Recorded::Later));
        let refused = self.found.iter().skip(before).any(Diagnostic::is_error);
        if whole {
            self.refused.fill(true);
            self.unseen.iter_mut().for_each(|unseen| unseen.any = true);
        }
        let Some(nth) = contract else { return };
        if let (Some(count), true) = (self.later.get_mut(nth), later) {
            *count += 1;
        }
        match (read, self.rows.get_mut(nth), self.unseen.get_mut(nth)) {
            (Some(Recorded::Row(row)), Some(rows), _) if sound && !refused => rows.push(row),
            (Some(Recorded::Later), _, _) if !refused => {}
            (_, _, Some(unseen)) => match cell(1).map(Id::new) {
                Some(Ok(id)) => drop(unseen.ids.insert(id)),
                _ => unseen.any = true,
            },
            _ => {}
        }
        if let (Some(flag), true) = (self.refused.get_mut(nth), refused) {
            *flag = true;
        }
    }

    /// The number of the contract of that id.
    fn contract(&mut self, id: &str) -> Option<usize> {
        if self.contracts.ids.get(self.last).is_some_and(|last| last.as_str() == id) {
            return Some(self.last);
        }
        let nth = self.contracts.by_id.get(id).copied()?;
        self.last = nth;
        Some(nth)
    }

    /// Sorts the rows of each contract; the same row twice is an error (rule 3.3).
    fn finish(mut self) -> Sheet<T> {
        let mut histories = Vec::with_capacity(self.rows.len());
        for (nth, rows) in std::mem::take(&mut self.rows).into_iter().enumerate() {
            histories.push(History::new(rows).unwrap_or_else(|twice| {
                for mut diagnostic in twice {
                    diagnostic.contract = self.contracts.ids.get(nth).map(|id| (*id).clone());
                    diagnostic.place.column = self.revision;
                    self.found.push(diagnostic);
                }
                if let (Some(refused), Some(unseen)) = (self.refused.get_mut(nth), self.unseen.get_mut(nth)) {
                    (*refused, unseen.any) = (true, true);
                }
                History::default()
            }));
        }
        Sheet { histories, unseen: self.unseen, later: self.later, refused: self.refused, found: self.found }
    }
}

/// The line and the byte at which the next row starts: line breaks before it are those of blank lines.
fn next_row(bytes: &[u8], position: &csv::Position) -> (u32, usize) {
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let breaks = bytes.get(from..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let (count, lines) = breaks.fold((0, 0), |(count, lines), byte| (count + 1, lines + usize::from(*byte == b'\n')));
    let line = usize::try_from(position.line()).unwrap_or(usize::MAX);
    (small(line.saturating_add(lines)), from.saturating_add(count))
}

/// What a row turned out to be.
enum Recorded<T> {
    Row(Row<T>),
    /// Recorded after the as-of day: as if it were not there (rule 3.9).
    Later,
}

/// Reads a row whose fields stand where they should; of a void one only what says what it withdraws.
fn fact<T: FromRow>(cells: &mut Cells<'_>, as_of: Option<Day>, contracts: &Contracts<'_>) -> Option<Recorded<T>> {
    let count = T::COLUMNS.len();
    let recorded_on = cells.day(count - 3);
    if recorded_on.zip(as_of).is_some_and(|(recorded, as_of)| recorded > as_of) {
        return Some(Recorded::Later);
    }
    let contract = if cells.contract.is_none() { cells.filled(0) } else { None };
    if let Some(id) = contract.filter(|_| contracts.complete) {
        let message = format!("the programme has no contract {}", quote(id));
        let help = hints::did_you_mean(id, contracts.ids.iter().map(|id| id.as_str()));
        let help = help.unwrap_or_else(|| "add the contract's file to `contracts`, or correct the id".to_owned());
        cells.report(Code::UnknownContract, 0, &message, &help);
    }
    let id = cells.id(1);
    let revision = cells.revision(count - 2);
    let void = cells.void(count - 1);
    let fact = match void {
        Some(false) => Some(T::read(cells)?),
        Some(true) => None,
        None => return None,
    };
    let (id, recorded_on, revision) = (id?, recorded_on?, revision?);
    cells.sound.then_some(Recorded::Row(Row { id, recorded_on, revision, fact, line: cells.line }))
}

/// Whether the row has its fields and its quotation marks where they should be.
fn structure(cells: &mut Cells<'_>, raw: &[u8], whole: &mut bool) -> bool {
    if let Some((nth, fault)) = quotes(raw) {
        *whole = fault == Quoting::Open;
        let (message, help) = fault.words();
        cells.report_field(Code::Quotes, nth, message, help);
        return false;
    }
    let (width, fields) = (cells.header.width, cells.row.len());
    if fields != width {
        let blank = cells.row.iter().all(|field| field.trim().is_empty());
        let (message, help) = match fields < width {
            _ if blank => (format!("the row is empty, but for {} commas", fields.saturating_sub(1)), "remove the line"),
            true => (
                format!("the row has {fields} fields, the header {width}"),
                "write a comma for every column, also where nothing stands in it",
            ),
            false => (
                format!("the row has {fields} fields, the header only {width}"),
                "put a value with a comma in quotes, and write decimals with a point",
            ),
        };
        cells.report_field(Code::FieldCount, fields.min(width + 1).saturating_sub(1), &message, help);
        return false;
    }
    if cells.row.iter().all(str::is_empty) {
        cells.report_field(Code::FieldCount, 0, "the row is empty, but for its commas", "remove the line");
        return false;
    }
    true
}

/// What is wrong with the quotation marks of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Quoting {
    Open,
    Stray,
    After,
}

impl Quoting {
    /// What is wrong, and what would be right.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Quoting::Open => (
                "a quotation mark is not closed, so that the rest of the file is one field",
                "put a quotation mark at the end of the field; a mark within quotes is written twice",
            ),
            Quoting::Stray => (
                "a quotation mark stands inside a field that does not begin with one",
                "put the whole field in quotes and write the mark twice: \"Bageriet \"\"Kringlen\"\"\"",
            ),
            Quoting::After => (
                "something follows a closing quotation mark",
                "a mark within quotes is written twice: \"Bageriet \"\"Kringlen\"\"\"",
            ),
        }
    }
}

/// The first field, from 0, whose quotation marks are not as RFC 4180 has them.
fn quotes(raw: &[u8]) -> Option<(usize, Quoting)> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Bare,
        Quoted,
        Closed,
    }
    if !raw.contains(&b'"') {
        return None;
    }
    let (mut at, mut field) = (At::Start, 0);
    for byte in raw {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (At::Start | At::Closed, b'"') => At::Quoted,
            (At::Bare, b'"') => return Some((field, Quoting::Stray)),
            (_, b',') => {
                field += 1;
                At::Start
            }
            (_, b'\r' | b'\n') => At::Start,
            (At::Closed, _) => return Some((field, Quoting::After)),
            _ => At::Bare,
        };
    }
    (at == At::Quoted).then_some((field, Quoting::Open))
}

/// Looks for CPR numbers in every field but company numbers and decimals, whatever the row is (rule 3.7).
fn find_cpr(cells: &mut Cells<'_>) {
    let row = cells.row;
    for (nth, field) in row.iter().enumerate() {
        let any_digits = cells.header.any_digits.get(nth).copied().unwrap_or_default();
        if field.len() >= 10 && !any_digits && cpr::contains(field) {
            cells.report_field(Code::CprNumber, nth, "the field holds what may be a CPR number", CPR_HELP);
        }
    }
}
