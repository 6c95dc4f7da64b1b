//! Distributions out, and in again as a ledger (investors 5, 6): `distributions.csv`, `positions.csv` and `distributions.json`.
//!
//! `distributions.json` (`"format": 1`) holds each distribution with its receipts and entries. It is the ledger: the two other
//! files are made from it and from the funding file.

use super::ledger_files::{self, AS_WRITTEN};
use super::output::Refused;
use crate::investors::{Distribution, Entry, Funding, Kind, Position, Receipt, positions};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use crate::measure::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// The name of the ledger.
pub const LEDGER: &str = "distributions.json";
/// The header of `distributions.csv`.
pub const DISTRIBUTIONS: [&str; 8] = ["funding", "distribution", "date", "funder", "tier", "kind", "amount", "outstanding"];
/// The header of `positions.csv`.
pub const POSITIONS: [&str; 12] = [
    "funding",
    "distribution",
    "date",
    "funder",
    "committed",
    "paid_in",
    "principal",
    "return",
    "guaranteed",
    "surplus",
    "outstanding",
    "multiple",
];

/// What an earlier run distributed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// The funding.
    pub funding: String,
    /// Its currency.
    pub currency: Currency,
    /// The distributions, by number.
    pub distributions: Vec<Distribution>,
}

/// The whole of `distributions.json`.
#[derive(Serialize, Deserialize)]
struct Json {
    format: u32,
    funding: String,
    currency: String,
    as_of: String,
    funding_sha256: String,
    distributions: Vec<JsonDistribution>,
    refused: Value,
    remarks: Value,
}

#[derive(Serialize, Deserialize)]
struct JsonDistribution {
    distribution: u32,
    date: String,
    received: String,
    carried_before: String,
    given: String,
    carried: String,
    receipts: Vec<JsonReceipt>,
    entries: Vec<JsonEntry>,
}

#[derive(Serialize, Deserialize)]
struct JsonReceipt {
    contract: String,
    settlement: u32,
    date: String,
    total: String,
    amount: String,
}

#[derive(Serialize, Deserialize)]
struct JsonEntry {
    funder: String,
    tier: String,
    kind: String,
    amount: String,
    outstanding: String,
}

/// What stands where there is no funder or no tier.
const NOBODY: &str = "-";

/// The entries of some distributions (investors 6).
#[must_use]
pub fn entries(id: &str, currency: Currency, made: &[Distribution]) -> String {
    let rows = made.iter().flat_map(|made| made.entries.iter().map(move |entry| (made, entry)));
    table(
        &DISTRIBUTIONS,
        rows.map(|(made, entry)| {
            let JsonEntry { funder, tier, kind, amount, outstanding } = JsonEntry::of(entry, currency);
            vec![id.to_owned(), made.number.to_string(), made.on.to_string(), funder, tier, kind, amount, outstanding]
        }),
    )
}

/// The positions after each of some distributions (investors 6); none of a funding that cannot be read.
#[must_use]
pub fn position_rows(funding: Option<&Funding>, made: &[Distribution]) -> String {
    let rows = funding.into_iter().flat_map(|funding| {
        let after = made.iter().zip(positions(funding, made));
        after.flat_map(|(made, after)| after.into_iter().map(|one| row(funding, made, &one)).collect::<Vec<_>>())
    });
    table(&POSITIONS, rows)
}

fn row(funding: &Funding, made: &Distribution, position: &Position) -> Vec<String> {
    let show = |amount: Money| amount.display(funding.currency).to_string();
    vec![
        funding.id.to_string(),
        made.number.to_string(),
        made.on.to_string(),
        position.funder.to_string(),
        show(position.committed),
        show(position.paid_in),
        show(position.principal),
        show(position.gained),
        show(position.guaranteed),
        show(position.surplus),
        show(position.outstanding),
        position.multiple().map(|multiple| multiple.to_string()).unwrap_or_default(),
    ]
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut file = csv::Writer::from_writer(Vec::new());
    // Into memory nothing fails to be written.
    let _ = file.write_record(header);
    rows.for_each(|row| drop(file.write_record(row)));
    String::from_utf8(file.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// What the ledger says beside the distributions.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// The as-of day.
    pub as_of: Day,
    /// The digest of the funding file.
    pub digest: &'a str,
    /// What keeps it from being distributed.
    pub refused: &'a [Refused],
    /// What was found.
    pub found: &'a [Diagnostic],
}

/// The ledger (investors 5).
#[must_use]
pub fn ledger(id: &str, currency: Currency, made: &[Distribution], beside: Beside<'_>) -> String {
    let remark = |found: &Diagnostic| {
        serde_json::json!({
            "code": found.code.id(),
            "severity": found.code.severity(),
            "contract": found.contract.as_ref().map(Id::as_str),
            "file": found.place.file,
            "field": found.place.field,
            "message": found.message,
        })
    };
    let mut remarks: Vec<&Diagnostic> = beside.found.iter().filter(|found| !found.is_error()).collect();
    remarks.sort_by_key(|found| (&found.contract, &found.place.file, found.code.id(), &found.message));
    let json = Json {
        format: 1,
        funding: id.to_owned(),
        currency: currency.code().to_owned(),
        as_of: beside.as_of.to_string(),
        funding_sha256: beside.digest.to_owned(),
        distributions: made.iter().map(|made| JsonDistribution::of(made, currency)).collect(),
        refused: serde_json::to_value(beside.refused).unwrap_or_default(),
        remarks: remarks.into_iter().map(remark).collect(),
    };
    format!("{}\n", serde_json::to_string_pretty(&json).unwrap_or_default())
}

impl JsonDistribution {
    fn of(made: &Distribution, currency: Currency) -> JsonDistribution {
        let show = |amount: Money| amount.display(currency).to_string();
        let receipt = |receipt: &Receipt| JsonReceipt {
            contract: receipt.contract.to_string(),
            settlement: receipt.settlement,
            date: receipt.on.to_string(),
            total: show(receipt.total),
            amount: show(receipt.amount),
        };
        JsonDistribution {
            distribution: made.number,
            date: made.on.to_string(),
            received: show(made.received()),
            carried_before: show(made.carried_before),
            given: show(made.given()),
            carried: show(made.carried),
            receipts: made.receipts.iter().map(receipt).collect(),
            entries: made.entries.iter().map(|entry| JsonEntry::of(entry, currency)).collect(),
        }
    }
}

impl JsonEntry {
    fn of(entry: &Entry, currency: Currency) -> JsonEntry {
        let name = |id: &Option<Id>| id.as_ref().map_or(NOBODY, Id::as_str).to_owned();
        JsonEntry {
            funder: name(&entry.funder),
            tier: name(&entry.tier),
            kind: entry.kind.word().to_owned(),
            amount: entry.amount.display(currency).to_string(),
            outstanding: entry.outstanding.display(currency).to_string(),
        }
    }
}

/// Reads the ledger of an earlier run.
///
/// # Errors
/// Says what in it is not as an earlier run wrote it: a ledger is never repaired.
pub fn read(text: &str) -> Result<Made, Vec<Diagnostic>> {
    let json: Json = serde_json::from_str(text).map_err(|error| {
        let line = u32::try_from(error.line()).ok();
        wrong(line, "it is not the JSON that `effekt distribute` writes")
    })?;
    if json.format != 1 {
        return Err(wrong(None, &format!("its format is {}, not 1", json.format)));
    }
    let currency = Currency::parse(&json.currency).ok_or_else(|| wrong(None, "its currency is none"))?;
    let mut distributions: Vec<Distribution> = Vec::new();
    for one in json.distributions {
        let number = one.distribution;
        let made = distribution(one, currency).map_err(|what| wrong(None, &format!("distribution {number}: {what}")))?;
        let last = distributions.last();
        let follows = made.number == last.map_or(0, |last| last.number).saturating_add(1)
            && last.is_none_or(|last| last.on <= made.on)
            && made.carried_before == last.map_or(Money::ZERO, |last| last.carried);
        if !follows {
            return Err(wrong(None, &format!("distribution {number} does not follow the one before it")));
        }
        distributions.push(made);
    }
    Ok(Made { funding: json.funding, currency, distributions })
}

fn wrong(line: Option<u32>, message: &str) -> Vec<Diagnostic> {
    let place = Place { file: LEDGER.to_owned(), line, ..Place::default() };
    vec![Diagnostic::new(Code::LedgerUnreadable, place, message).help(AS_WRITTEN)]
}

fn distribution(json: JsonDistribution, currency: Currency) -> Result<Distribution, String> {
    let money = |text: &str| match ledger_files::amount("amount", text) {
        Ok((amount, decimals)) if decimals == currency.decimals() => Ok(amount),
        Ok(_) => Err(format!("{} has not the decimals of {}", quote(text), currency.code())),
        Err((_, what)) => Err(format!("{} is {what}", quote(text))),
    };
    let day = |text: &str| Day::parse(text).ok_or_else(|| format!("{} is no day", quote(text)));
    let id = |text: &str| Id::new(text).map_err(|error| format!("{}: {error}", quote(text)));
    let somebody = |text: &str| if text == NOBODY { Ok(None) } else { id(text).map(Some) };
    let mut receipts = Vec::new();
    for receipt in &json.receipts {
        receipts.push(Receipt {
            contract: id(&receipt.contract)?,
            settlement: receipt.settlement,
            on: day(&receipt.date)?,
            total: money(&receipt.total)?,
            amount: money(&receipt.amount)?,
        });
    }
    let mut entries = Vec::new();
    for entry in &json.entries {
        let kind = Kind::ALL.iter().find(|(word, _)| *word == entry.kind).map(|(_, kind)| *kind);
        entries.push(Entry {
            funder: somebody(&entry.funder)?,
            tier: somebody(&entry.tier)?,
            kind: kind.ok_or_else(|| format!("{} is no kind of entry", quote(&entry.kind)))?,
            amount: money(&entry.amount)?,
            outstanding: money(&entry.outstanding)?,
        });
    }
    let made = Distribution {
        number: json.distribution,
        on: day(&json.date)?,
        receipts,
        carried_before: money(&json.carried_before)?,
        carried: money(&json.carried)?,
        entries,
    };
    let ties = made.received() == money(&json.received)?
        && made.given() == money(&json.given)?
        && made.received() + made.carried_before == made.given() + made.carried;
    if ties { Ok(made) } else { Err("its amounts do not add up".to_owned()) }
}

/// What of a ledger does not go with the funding and what is settled now (investors 5).
#[must_use]
pub fn unlike(made: &Made, funding: &Funding, receipts: &[Receipt]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut say = |code: Code, message: String, help: &str| {
        found.push(Diagnostic::new(code, Place::file(LEDGER), message).help(help));
    };
    if made.funding != funding.id.as_str() || made.currency != funding.currency {
        let of = format!("{} in {}", quote(&made.funding), made.currency.code());
        let message =
            format!("the ledger is that of {of}, not of {} in {}", quote(funding.id.as_str()), funding.currency.code());
        say(Code::OtherFunding, message, "name the output of an earlier run for this funding");
        return found;
    }
    let named: BTreeSet<&Id> =
        made.distributions.iter().flat_map(|made| &made.entries).filter_map(|entry| entry.funder.as_ref()).collect();
    for id in named.into_iter().filter(|id| funding.funder(id).is_none()) {
        let message = format!("{} has had money and is no funder any more", quote(id.as_str()));
        say(Code::OtherFunding, message, "keep the funder in the file; it need not stand in a tier");
    }
    for old in made.distributions.iter().flat_map(|made| &made.receipts) {
        let now = receipts.iter().find(|new| (&new.contract, new.settlement) == (&old.contract, old.settlement));
        if now.is_some_and(|now| (now.total, now.amount) == (old.total, old.amount)) {
            continue;
        }
        let show = |amount: Money| amount.display(made.currency);
        let (contract, settlement) = (quote(old.contract.as_str()), old.settlement);
        let now = match now {
            Some(now) if now.total != old.total => format!("it is now {}", show(now.total)),
            Some(now) => format!("{} of it is now received, not {}", show(now.amount), show(old.amount)),
            None => "it is not settled any more".to_owned(),
        };
        let message = format!("settlement {settlement} of {contract} was distributed as {}; {now}", show(old.total));
        let help = "name with --settled the folder of the settlements that were carried out, and keep every `share`";
        say(Code::ReceiptChanged, message, help);
    }
    found
}
