//! Reading the ledger: the output folder of an earlier run (rule 10.4).

use super::output::{POSTINGS, SETTLEMENTS};
use super::row::ENTRY;
use crate::contract::SettlementPeriod;
use crate::ledger::Ledger;
use crate::ledger::earlier::Made;
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use crate::measure::money::Money;
use crate::measure::number::{parse as decimal, parse_signed};
use csv::StringRecord;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::Read;

/// The ledgers of all contracts that were ever settled into the folder.
#[derive(Debug, Default)]
pub struct LedgerFiles {
    /// By contract.
    pub contracts: BTreeMap<String, OfContract>,
    /// Whether the folder had a `settlements.json`.
    pub with_grounds: bool,
    /// Whether that says that it was simulated.
    pub simulated: bool,
}

/// What a ledger folder holds of one contract.
#[derive(Debug, Default)]
pub struct OfContract {
    /// The settlements and postings.
    pub ledger: Ledger,
    /// What `settlements.json` holds of each settlement, as it stands there.
    pub grounds: Vec<Box<RawValue>>,
}

/// What to do about a ledger that cannot be read: it is never repaired.
pub const AS_WRITTEN: &str =
    "a ledger is the folder that an earlier run wrote, unchanged; if a file was saved anew, take a backup";

/// Why a ledger cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The machine failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The files are not as an earlier run wrote them.
    #[error("the ledger is not as an earlier run wrote it")]
    Wrong(Vec<Diagnostic>),
}

#[derive(Deserialize)]
struct Json {
    format: u32,
    #[serde(default)]
    simulated: bool,
    #[serde(default)]
    columns: Vec<String>,
    contracts: Vec<JsonContract>,
    #[serde(rename = "refused")]
    _refused: IgnoredAny,
    #[serde(rename = "remarks")]
    _remarks: IgnoredAny,
}

#[derive(Deserialize)]
struct JsonContract {
    contract: String,
    settlements: Vec<Box<RawValue>>,
}

/// Reads the three files of a ledger folder; `settlements.json` may be missing, then grounds of earlier settlements are not
/// known.
///
/// # Errors
/// Says what in the files is not as an earlier run wrote it: a ledger is never repaired.
pub fn read(settlements: impl Read, postings: impl Read, json: Option<impl Read>) -> Result<LedgerFiles, Unreadable> {
    let mut files = LedgerFiles::default();
    let mut wrong = Vec::new();
    rows("settlements.csv", settlements, &SETTLEMENTS, &mut wrong, |fields| settlement(&mut files, fields))?;
    // What is wrong with settlements.csv is said once, not again for every posting.
    if wrong.is_empty() {
        rows("postings.csv", postings, &POSTINGS, &mut wrong, |fields| posting(&mut files, fields))?;
    }
    if let Some(json) = json.filter(|_| wrong.is_empty()) {
        files.with_grounds = true;
        wrong.extend(grounds(&mut files, json)?);
    }
    if wrong.is_empty() { Ok(files) } else { Err(Unreadable::Wrong(wrong)) }
}

/// Reads a CSV file row by row; `take` says what is wrong with a row, as the column and the reason.
pub(super) fn rows<const N: usize>(
    name: &str,
    file: impl Read,
    header: &[&'static str; N],
    wrong: &mut Vec<Diagnostic>,
    mut take: impl FnMut(&[&str; N]) -> Result<(), (&'static str, String)>,
) -> Result<(), Unreadable> {
    let bad = |line: Option<u64>, field: Option<&str>, message: &str| {
        let line = line.and_then(|line| u32::try_from(line).ok());
        let place = Place { file: name.to_owned(), line, field: field.map(str::to_owned), ..Place::default() };
        Diagnostic::new(Code::LedgerUnreadable, place, message).help(AS_WRITTEN)
    };
    let mut reader = csv::Reader::from_reader(file);
    let columns: Option<Vec<usize>> = match reader.headers() {
        Ok(found) => header.iter().map(|column| found.iter().position(|name| name == *column)).collect(),
        Err(error) => return unreadable(error, &bad, wrong),
    };
    let Some(columns) = columns else {
        wrong.push(bad(Some(1), None, &format!("the header is not `{}`", header.join(","))));
        return Ok(());
    };
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => return unreadable(error, &bad, wrong),
        }
        let mut fields = [""; N];
        for (field, column) in fields.iter_mut().zip(&columns) {
            *field = record.get(*column).unwrap_or_default();
        }
        if let Err((column, message)) = take(&fields) {
            let text = header.iter().zip(fields).find(|(name, _)| **name == column).map_or("", |(_, text)| text);
            let message = format!("{column} {}: {message}", quote(text));
            wrong.push(bad(record.position().map(csv::Position::line), Some(column), &message));
        }
    }
}

fn unreadable(
    error: csv::Error,
    bad: &impl Fn(Option<u64>, Option<&str>, &str) -> Diagnostic,
    wrong: &mut Vec<Diagnostic>,
) -> Result<(), Unreadable> {
    let line = error.position().map(csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Err(Unreadable::Io(error)),
        csv::ErrorKind::Utf8 { .. } => {
            wrong.push(bad(line, None, "the text is not UTF-8"));
            Ok(())
        }
        _ => {
            wrong.push(bad(line, None, "the row has more or fewer fields than the header"));
            Ok(())
        }
    }
}

/// Whether a row was taken; if not, the column and the reason.
pub(super) type Taken = Result<(), (&'static str, String)>;

pub(super) fn no<T>(column: &'static str, what: &str) -> Result<T, (&'static str, String)> {
    Err((column, what.to_owned()))
}

pub(super) fn day(column: &'static str, text: &str) -> Result<Day, (&'static str, String)> {
    Day::parse(text).ok_or_else(|| (column, "not a day written as YYYY-MM-DD".to_owned()))
}

pub(super) fn count(column: &'static str, text: &str) -> Result<u32, (&'static str, String)> {
    text.parse().or_else(|_| no(column, "not the number of a settlement"))
}

/// A number, or nothing.
pub(super) fn decimal_or(column: &'static str, text: &str) -> Result<Option<Decimal>, (&'static str, String)> {
    if text.is_empty() {
        return Ok(None);
    }
    // What a figure says may be negative (mechanisms 5.5).
    parse_signed(text).map(Some).or_else(|_| no(column, "not a number"))
}

/// A signed amount and its number of decimals.
pub(super) fn amount(column: &'static str, text: &str) -> Result<(Money, u32), (&'static str, String)> {
    let (sign, size) = text.strip_prefix('-').map_or((1, text), |size| (-1, size));
    let Ok(size) = decimal(size) else { return no(column, "not an amount such as -1500.00") };
    let units = i64::try_from(size.mantissa()).ok().and_then(|units| units.checked_mul(sign));
    units
        .map(|units| (Money::from_minor(units), size.scale()))
        .ok_or_else(|| (column, "not an amount such as -1500.00".to_owned()))
}

fn settlement(files: &mut LedgerFiles, fields: &[&str; 6]) -> Taken {
    let [contract, number, first, last, cut_off, total] = fields;
    if Id::new(contract).is_err() {
        return no("contract", "not the id of a contract");
    }
    let number = count("settlement", number)?;
    let Some(days) = Span::new(day("first_day", first)?, day("last_day", last)?) else {
        return no("last_day", "before its first day");
    };
    let cut_off = day("cut_off", cut_off)?;
    let ledger = &mut files.contracts.entry((*contract).to_owned()).or_default().ledger;
    let (total, decimals) = total_of(total)?;
    if ledger.settlements.len() + 1 != number as usize {
        return no("settlement", "settlements are numbered from 1 without gaps");
    }
    if !ledger.settlements.is_empty() && ledger.decimals != decimals {
        return no("total", "another number of decimals than before");
    }
    ledger.decimals = decimals;
    ledger.settlements.push(SettlementPeriod { number, days, cut_off });
    ledger.totals.push(total);
    Ok(())
}

/// A total is a sum of amounts and may be larger than one.
pub(super) fn total_of(text: &str) -> Result<(crate::measure::money::Total, u32), (&'static str, String)> {
    let size = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = size.split_once('.').unwrap_or((size, ""));
    let digits = whole.len() <= 30 && part.len() <= 3 && whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
    let units = format!("{whole}{part}").parse::<i128>().ok().filter(|_| digits);
    let Some(units) = units else { return no("total", "not an amount such as -1500.00") };
    let total = crate::measure::money::Total::from_minor(if size.len() < text.len() { -units } else { units });
    Ok((total, u32::try_from(part.len()).unwrap_or(0)))
}

/// An id, `-`, or an id and a unit with a stroke between them (rules 3.8, 7).
fn is_name(text: &str) -> bool {
    text == "-" || text.split('/').all(|part| Id::new(part).is_ok())
}

fn posting(files: &mut LedgerFiles, fields: &[&str; 13]) -> Taken {
    let [contract, number, charge, subject, unit, posting, earned_on, quantity, rate, posted, corrects, cut, cut_by] =
        fields;
    let settlement = count("settlement", number)?;
    let Some(OfContract { ledger, .. }) = files.contracts.get_mut(*contract) else {
        return no("contract", "settlements.csv has no such contract");
    };
    let last = ledger.postings.last().map_or(1, |made| made.settlement);
    if settlement < last || settlement as usize > ledger.settlements.len() {
        return no("settlement", "not in the order of settlements.csv, or not in it");
    }
    for (column, text) in [("charge", charge), ("subject", subject), ("unit", unit), ("cut_by", cut_by)] {
        let absent = column == "cut_by" && text.is_empty();
        if !absent && !is_name(text) {
            return no(column, "neither an id nor made of ids");
        }
    }
    let (posted, decimals) = amount("amount", posted)?;
    if decimals != ledger.decimals {
        return no("amount", "another number of decimals than the totals of settlements.csv");
    }
    let corrects = match (*posting, *corrects) {
        ("earning", "") => 0,
        ("correction", first) => count("corrects", first)?,
        _ => return no("posting", "neither `earning` nor `correction`, or `corrects` does not fit"),
    };
    for (column, text) in [("quantity", quantity), ("rate", rate)] {
        if decimal_or(column, text)?.is_none() && column == "quantity" {
            return no(column, "not a number");
        }
    }
    let cut = if cut.is_empty() { None } else { Some((amount("cut", cut)?.0, ledger.name(cut_by))) };
    let made = Made {
        settlement,
        charge: ledger.name(charge),
        subject: ledger.name(subject),
        unit: ledger.name(unit),
        earned_on: day("earned_on", earned_on)?,
        quantity: ledger.name(quantity),
        rate: ledger.name(rate),
        amount: posted,
        corrects,
        cut,
    };
    ledger.postings.push(made);
    Ok(())
}

/// Takes over what `settlements.json` holds of each settlement.
fn grounds(files: &mut LedgerFiles, json: impl Read) -> Result<Option<Diagnostic>, Unreadable> {
    let wrong = |message: String| {
        let place = Place { file: "settlements.json".to_owned(), ..Place::default() };
        Diagnostic::new(Code::LedgerUnreadable, place, message).help(AS_WRITTEN)
    };
    let read: Json = match serde_json::from_reader(std::io::BufReader::new(json)) {
        Ok(read) => read,
        Err(error) if error.is_io() => return Err(Unreadable::Io(error.into())),
        Err(error) => return Ok(Some(wrong(format!("not readable at line {}, column {}", error.line(), error.column())))),
    };
    if read.format != 1 {
        return Ok(Some(wrong(format!("format {} is not known; this version reads format 1", read.format))));
    }
    if read.columns != ENTRY {
        return Ok(Some(wrong(format!("the columns are not `{}`", ENTRY.join(",")))));
    }
    files.simulated = read.simulated;
    for JsonContract { contract, settlements } in read.contracts {
        match files.contracts.get_mut(&contract) {
            Some(of) if of.ledger.settlements.len() == settlements.len() => of.grounds = settlements,
            None if settlements.is_empty() => {}
            _ => return Ok(Some(wrong(format!("the settlements of `{contract}` are not those of settlements.csv")))),
        }
    }
    let without = files.contracts.iter().find(|(_, of)| of.grounds.len() != of.ledger.settlements.len());
    Ok(without.map(|(contract, _)| wrong(format!("the settlements of `{contract}` are missing"))))
}
