//! The output of `effekt settle`: `settlements.csv`, `postings.csv` and `settlements.json`, written settlement by settlement
//! so that memory does not grow with the postings.
//!
//! `settlements.json` (`"format": 1`) holds for each contract its settlements, and for each settlement its entries in the
//! order of rule 9.2. An entry is a list of texts in the order of `columns`, which is stated once, at the top; the first ones
//! are those of `postings.csv`, and what does not apply is empty. An entry whose `posting` is not empty is a posting. The last
//! four are the *ground* of its key: `owed` and `granted`, both empty where they are the amount, `days`, a number, and
//! `spells`, a list. An entry states the ground when it is new or has changed, whether an amount is posted or not; it holds
//! until a later settlement states another one. An entry without ground has `null` for `days` and ends there: the key has left
//! E(k). An entry of a measured charge has one more item, the *figures* that were asked: for each its id, its exact value and the id
//! of the measurement, empty where no single one says it (mechanisms 5.5). An entry that tops up another way to the same payment has a table there:
//! `tops_up` names that one's charge and unit (mechanisms 6.2). So the ground of every key in E(k) is the last one stated up to settlement k.

use super::row::{ENTRY, RowText, Rows};
use crate::contract::{Contract, SettlementPeriod};
use crate::ledger::settlement::Part;
use crate::ledger::{Ledger, Settlement};
use crate::measure::diagnostic::{Diagnostic, Severity};
use crate::measure::money::Shown;
use crate::measure::parallel;
use serde::Serialize;
use serde_json::value::RawValue;
use std::io::{Result, Write};

/// The header of `settlements.csv`.
pub const SETTLEMENTS: [&str; 6] = ["contract", "settlement", "first_day", "last_day", "cut_off", "total"];
/// The header of `postings.csv`.
pub const POSTINGS: [&str; 13] = [
    "contract",
    "settlement",
    "charge",
    "subject",
    "unit",
    "posting",
    "earned_on",
    "quantity",
    "rate",
    "amount",
    "corrects",
    "cut",
    "cut_by",
];

/// How many entries one core formats at a time.
const PART: usize = 2_048;
/// How many parts are made before they are written.
const PARTS: usize = 16;

/// The three files while they are written. Contracts come in the order of their ids.
#[derive(Debug)]
pub struct Output<W: Write> {
    settlements: csv::Writer<W>,
    postings: W,
    json: W,
    /// What stands between the last JSON item and the next one.
    contracts: u32,
    in_contract: u32,
    /// Parts that were made, and others whose memory is free again.
    full: Vec<Rows>,
    spare: Vec<Rows>,
}

/// A settlement's head in `settlements.json`.
#[derive(Serialize)]
struct Head<'a> {
    settlement: u32,
    first_day: String,
    last_day: String,
    cut_off: String,
    total: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract_sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows_sha256: Option<&'a str>,
}

/// The digests of what a settlement rests on.
#[derive(Clone, Copy, Debug)]
pub struct Digests<'a> {
    /// Of the contract file.
    pub contract: &'a str,
    /// Of the rows used.
    pub rows: &'a str,
}

/// A contract that was not settled.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Refused {
    /// Its id, or the name of its file if the id cannot be read.
    pub contract: String,
    /// Its file.
    pub file: String,
    /// The codes of its errors.
    pub codes: Vec<&'static str>,
}

/// A warning or notice without its line: rows may stand in any order and the output is the same (rule 12.3).
#[derive(Serialize)]
struct Remark<'a> {
    code: &'a str,
    severity: Severity,
    contract: Option<&'a str>,
    file: &'a str,
    field: Option<&'a str>,
    message: &'a str,
}

impl<W: Write + Send> Output<W> {
    /// Begins the three files.
    ///
    /// # Errors
    /// What the writers report.
    pub fn begin(settlements: W, mut postings: W, mut json: W, simulated: bool) -> Result<Output<W>> {
        let mut settlements = csv::WriterBuilder::new().from_writer(settlements);
        settlements.write_record(SETTLEMENTS)?;
        writeln!(postings, "{}", POSTINGS.join(","))?;
        let mark = if simulated { "\"simulated\":true,\n" } else { "" };
        write!(json, "{{\"format\":1,\n{mark}\"columns\":{},\n\"contracts\":[", serde_json::to_string(&ENTRY)?)?;
        Ok(Output { settlements, postings, json, contracts: 0, in_contract: 0, full: Vec::new(), spare: Vec::new() })
    }

    /// Begins a contract.
    ///
    /// # Errors
    /// What the writers report.
    pub fn begin_contract(&mut self, id: &str) -> Result<()> {
        let comma = if self.contracts > 0 { "," } else { "" };
        write!(self.json, "{comma}\n{{\"contract\":{},\"settlements\":[", serde_json::to_string(id)?)?;
        (self.contracts, self.in_contract) = (self.contracts.saturating_add(1), 0);
        Ok(())
    }

    /// Ends a contract.
    ///
    /// # Errors
    /// What the writers report.
    pub fn end_contract(&mut self) -> Result<()> {
        write!(self.json, "\n]}}")
    }

    /// Writes the settlements of a ledger as they were made (rule 10.4); `grounds` is what its `settlements.json` holds of
    /// each.
    ///
    /// # Errors
    /// What the writers report.
    pub fn earlier(&mut self, id: &str, ledger: &Ledger, grounds: &[Box<RawValue>]) -> Result<()> {
        for (at, (period, total)) in ledger.settlements.iter().zip(&ledger.totals).enumerate() {
            self.row(id, *period, Shown::new(total.minor(), ledger.decimals))?;
            let mut text = RowText::new(id, ledger.decimals, Rows::default());
            ledger.of(period.number).for_each(|made| text.made(ledger, made));
            let Rows { csv, json } = text.end();
            self.postings.write_all(csv.as_bytes())?;
            match grounds.get(at) {
                Some(raw) => self.next_settlement().and_then(|()| self.json.write_all(raw.get().as_bytes()))?,
                None => {
                    self.head(*period, Shown::new(total.minor(), ledger.decimals), None)?;
                    self.json.write_all(json.strip_prefix(',').unwrap_or(&json).as_bytes())?;
                    write!(self.json, "\n]}}")?;
                }
            }
        }
        Ok(())
    }

    /// Writes one settlement.
    ///
    /// # Errors
    /// What the writers report.
    pub fn settlement(&mut self, contract: &Contract, settlement: &Settlement<'_>, digests: Digests<'_>) -> Result<()> {
        let (period, total) = (settlement.period, settlement.total().display(contract.currency));
        self.row(contract.id.as_str(), period, total)?;
        self.head(period, total, Some(digests))?;
        let mut first = true;
        for parts in settlement.parts(PART).chunks(PARTS) {
            // While some are written the next ones are made.
            let mut work: Vec<(&Part<'_>, Rows)> =
                parts.iter().map(|part| (part, self.spare.pop().unwrap_or_default())).collect();
            let (full, spare) = (std::mem::take(&mut self.full), &mut self.spare);
            let (written, made) = parallel::both(
                || put(&mut self.postings, &mut self.json, &full, &mut first),
                || parallel::map_big(&mut work, |(part, rows)| texts(contract, settlement, part, std::mem::take(rows))),
            );
            written?;
            spare.extend(full);
            self.full = made;
        }
        put(&mut self.postings, &mut self.json, &self.full, &mut first)?;
        self.spare.append(&mut self.full);
        write!(self.json, "\n]}}")
    }

    /// Writes what was refused and remarked, and ends the files.
    ///
    /// # Errors
    /// What the writers report.
    pub fn finish(mut self, refused: &[Refused], remarks: &[Diagnostic]) -> Result<()> {
        write!(self.json, "\n],\n\"refused\":[")?;
        list(&mut self.json, refused)?;
        write!(self.json, "],\n\"remarks\":[")?;
        let mut remarks: Vec<Remark<'_>> = remarks.iter().filter(|found| !found.is_error()).map(Remark::new).collect();
        remarks.sort_by_key(|remark| (remark.contract, remark.file, remark.code, remark.message));
        list(&mut self.json, &remarks)?;
        writeln!(self.json, "]}}")?;
        self.json.flush()?;
        self.postings.flush()?;
        self.settlements.flush()
    }

    fn row(&mut self, id: &str, period: SettlementPeriod, total: Shown) -> Result<()> {
        let texts = [
            period.number.to_string(),
            period.days.first.to_string(),
            period.days.last.to_string(),
            period.cut_off.to_string(),
        ];
        let total = total.to_string();
        let fields = [id].into_iter().chain(texts.iter().map(String::as_str)).chain([total.as_str()]);
        Ok(self.settlements.write_record(fields)?)
    }

    fn next_settlement(&mut self) -> Result<()> {
        let comma = if self.in_contract > 0 { "," } else { "" };
        self.in_contract = self.in_contract.saturating_add(1);
        writeln!(self.json, "{comma}")
    }

    /// The settlement's head, open for its entries.
    fn head(&mut self, period: SettlementPeriod, total: Shown, digests: Option<Digests<'_>>) -> Result<()> {
        self.next_settlement()?;
        let head = Head {
            settlement: period.number,
            first_day: period.days.first.to_string(),
            last_day: period.days.last.to_string(),
            cut_off: period.cut_off.to_string(),
            total: total.to_string(),
            contract_sha256: digests.map(|digests| digests.contract),
            rows_sha256: digests.map(|digests| digests.rows),
        };
        let head = serde_json::to_string(&head)?;
        write!(self.json, "{},\"entries\":[", head.strip_suffix('}').unwrap_or(&head))
    }
}

/// The rows and the JSON of some neighbouring entries.
fn texts(contract: &Contract, settlement: &Settlement<'_>, part: &Part<'_>, rows: Rows) -> Rows {
    let mut text = RowText::new(contract.id.as_str(), contract.currency.decimals(), rows);
    part.for_each(|entry| text.entry(settlement, &entry));
    text.end()
}

/// Writes rows and JSON lines; the first line of a settlement has no comma before it.
fn put<W: Write>(postings: &mut W, json: &mut W, made: &[Rows], first: &mut bool) -> Result<()> {
    for rows in made {
        postings.write_all(rows.csv.as_bytes())?;
        let lines = if *first { rows.json.strip_prefix(',').unwrap_or(&rows.json) } else { &rows.json };
        *first &= lines.is_empty();
        json.write_all(lines.as_bytes())?;
    }
    Ok(())
}

impl<'a> Remark<'a> {
    fn new(found: &'a Diagnostic) -> Remark<'a> {
        Remark {
            code: found.code.id(),
            severity: found.code.severity(),
            contract: found.contract.as_ref().map(crate::measure::id::Id::as_str),
            file: &found.place.file,
            field: found.place.field.as_deref(),
            message: &found.message,
        }
    }
}

fn list<W: Write>(json: &mut W, items: &[impl Serialize]) -> Result<()> {
    for (at, item) in items.iter().enumerate() {
        writeln!(json, "{}", if at > 0 { "," } else { "" })?;
        serde_json::to_writer(&mut *json, item)?;
    }
    if items.is_empty() { Ok(()) } else { writeln!(json) }
}
