//! One entry as a row of `postings.csv` and as a line of `settlements.json`.
//!
//! Every text in them is an id, a name that an id is part of, a day or a number (rule 3.8), none of which CSV has to quote or
//! JSON to escape; [`ledger_files`](super::ledger_files) lets nothing else in. So both are texts joined. All but the subject
//! and the spells is much the same in neighbouring entries: each of its pieces is made once and copied from then on.

use crate::charge::entitlement::TopUp;
use crate::ledger::earlier::Made;
use crate::ledger::entry::Ground;
use crate::ledger::{Ledger, Posting, Settlement, UnitName};
use crate::measure::day::Day;
use crate::measure::money::{Money, Shown};
use rust_decimal::Decimal;
use std::fmt::{Display, Formatter, Result, Write};

/// The columns of an entry in `settlements.json`.
pub const ENTRY: [&str; 15] = [
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
    "owed",
    "granted",
    "days",
    "spells",
];

/// How many pieces of a kind are kept.
const KEPT: usize = 16;

/// Makes the texts of entries, one after the other.
#[derive(Debug)]
pub struct RowText<'a> {
    contract: &'a str,
    decimals: u32,
    rows: Rows,
    heads: Kept<Head<'a>>,
    occasions: Kept<Occasion<'a>>,
    sums: Kept<Sums<'a>>,
}

/// The rows of `postings.csv` and the lines of `settlements.json` of some neighbouring entries.
#[derive(Debug, Default)]
pub struct Rows {
    /// The rows.
    pub csv: String,
    /// The lines; each has a comma before it.
    pub json: String,
}

/// What stands before the subject.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Head<'a> {
    settlement: u32,
    charge: &'a str,
}

/// What is paid for, how it is posted and when it was earned.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Occasion<'a> {
    earned_on: Day,
    /// Empty if only the ground is new.
    posting: &'static str,
    unit: UnitName<'a>,
}

/// The numbers, up to the days.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Sums<'a> {
    amount: Money,
    rate: Option<Number<'a>>,
    quantity: Number<'a>,
    /// 0 for an earning.
    corrects: u32,
    cut: Option<(Money, &'a str)>,
    /// What is owed and granted, unless both are the amount.
    owed: Option<(Money, Money)>,
}

/// A number, or as a ledger has it.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Number<'a> {
    Made(Decimal),
    Text(&'a str),
}

/// The last different values of a kind and their texts.
#[derive(Debug)]
struct Kept<T>(Vec<(T, Rows)>);

impl<'a> RowText<'a> {
    /// For the entries of a contract whose amounts have that many decimals. `rows` is emptied and filled: memory that has been
    /// used before is cheaper than new one.
    #[must_use]
    pub fn new(contract: &'a str, decimals: u32, mut rows: Rows) -> RowText<'a> {
        rows.clear();
        let (heads, occasions, sums) = (Kept(Vec::new()), Kept(Vec::new()), Kept(Vec::new()));
        RowText { contract, decimals, rows, heads, occasions, sums }
    }

    /// Adds an entry; one that posts nothing is in the JSON only.
    pub fn entry(&mut self, settlement: &Settlement<'_>, entry: &Posting<'a>) {
        let posting = match entry.corrects {
            _ if entry.amount.is_zero() => "",
            Some(_) => "correction",
            None => "earning",
        };
        let sums = Sums {
            amount: entry.amount,
            rate: entry.rate.map(Number::Made),
            quantity: Number::Made(entry.quantity),
            corrects: entry.corrects.unwrap_or(0),
            cut: entry.cut,
            owed: entry
                .ground
                .map(|ground| (ground.amount, ground.granted))
                .filter(|(owed, granted)| *granted != entry.amount || owed != granted),
        };
        let head = Head { settlement: entry.settlement, charge: entry.charge };
        let occasion = Occasion { earned_on: entry.earned_on, posting, unit: entry.unit };
        let before = self.rows.csv.len();
        self.add(head, entry.subject, occasion, sums);
        if posting.is_empty() {
            self.rows.csv.truncate(before);
        }
        days(&mut self.rows.json, entry.ground.map(|ground| ground.days));
        if let Some(ground) = entry.ground {
            spells(&mut self.rows.json, settlement, ground);
            figures(&mut self.rows.json, settlement, ground);
            if let Some(topped) = ground.tops_up.as_deref() {
                tops_up(&mut self.rows.json, settlement, entry, *topped);
            }
        }
        self.rows.json.push(']');
    }

    /// Adds a posting of a ledger, as it was made; its ground is not known.
    pub fn made(&mut self, ledger: &'a Ledger, made: &Made) {
        let rate = ledger.text(made.rate);
        let sums = Sums {
            amount: made.amount,
            rate: (!rate.is_empty()).then_some(Number::Text(rate)),
            quantity: Number::Text(ledger.text(made.quantity)),
            corrects: made.corrects,
            cut: made.cut.map(|(cut, by)| (cut, ledger.text(by))),
            owed: None,
        };
        let posting = if made.corrects > 0 { "correction" } else { "earning" };
        let head = Head { settlement: made.settlement, charge: ledger.text(made.charge) };
        let occasion = Occasion { earned_on: made.earned_on, posting, unit: UnitName::Text(ledger.text(made.unit)) };
        self.add(head, ledger.text(made.subject), occasion, sums);
        days(&mut self.rows.json, None);
        self.rows.json.push(']');
    }

    /// The rows and lines that were added.
    #[must_use]
    pub fn end(self) -> Rows {
        self.rows
    }

    fn add(&mut self, head: Head<'a>, subject: &str, occasion: Occasion<'a>, sums: Sums<'a>) {
        let (contract, decimals) = (self.contract, self.decimals);
        self.heads.add(&mut self.rows, head, |to| head.write(contract, to));
        self.rows.csv.push_str(subject);
        self.rows.json.push_str(subject);
        self.occasions.add(&mut self.rows, occasion, |to| occasion.write(to));
        self.sums.add(&mut self.rows, sums, |to| sums.write(decimals, to));
    }
}

impl Rows {
    fn clear(&mut self) {
        self.csv.clear();
        self.json.clear();
    }

    fn add(&mut self, piece: &Rows) {
        self.csv.push_str(&piece.csv);
        self.json.push_str(&piece.json);
    }
}

impl<T: PartialEq> Kept<T> {
    /// Adds the texts of a value to `rows`; if they are not kept they are made, and the oldest ones go.
    fn add(&mut self, rows: &mut Rows, value: T, make: impl FnOnce(&mut Rows) -> Result) {
        if let Some((_, piece)) = self.0.iter().rev().find(|(kept, _)| *kept == value) {
            return rows.add(piece);
        }
        let mut piece = if self.0.len() < KEPT { Rows::default() } else { self.0.remove(0).1 };
        piece.clear();
        // A string takes everything.
        let _ = make(&mut piece);
        rows.add(&piece);
        self.0.push((value, piece));
    }
}

impl Head<'_> {
    fn write(&self, contract: &str, to: &mut Rows) -> Result {
        let Head { settlement, charge } = self;
        write!(to.csv, "{contract},{settlement},{charge},")?;
        write!(to.json, ",\n[\"{charge}\",\"")
    }
}

impl Occasion<'_> {
    fn write(&self, to: &mut Rows) -> Result {
        let Occasion { earned_on, posting, unit } = self;
        write!(to.csv, ",{unit},{posting},{earned_on},")?;
        write!(to.json, "\",\"{unit}\",\"{posting}\",\"{earned_on}\",\"")
    }
}

impl Sums<'_> {
    fn write(&self, decimals: u32, to: &mut Rows) -> Result {
        let show = |amount: Money| Shown::new(i128::from(amount.minor()), decimals);
        let (quantity, rate, amount) = (self.quantity, or_nothing(self.rate), show(self.amount));
        let corrects = or_nothing((self.corrects > 0).then_some(self.corrects));
        let (cut, by) = (or_nothing(self.cut.map(|(cut, _)| show(cut))), self.cut.map_or("", |(_, by)| by));
        writeln!(to.csv, "{quantity},{rate},{amount},{corrects},{cut},{by}")?;
        write!(to.json, "{quantity}\",\"{rate}\",\"{amount}\",\"{corrects}\",\"{cut}\",\"{by}\",\"")?;
        let (owed, granted) = (self.owed.map(|(owed, _)| show(owed)), self.owed.map(|(_, granted)| show(granted)));
        write!(to.json, "{}\",\"{}\",", or_nothing(owed), or_nothing(granted))
    }
}

impl Display for Number<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Number::Made(number) => number.fmt(f),
            Number::Text(text) => f.write_str(text),
        }
    }
}

/// A value's text, or an empty one.
fn or_nothing(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// How many days were counted; of what has no ground, `null`.
fn days(json: &mut String, days: Option<u32>) {
    // A string takes everything.
    let _ = match days {
        Some(days) => match char::from_digit(days, 10) {
            Some(digit) => json.write_char(digit),
            None => write!(json, "{days}"),
        },
        None => json.write_str("null"),
    };
}

/// The spells that were counted.
fn spells(json: &mut String, settlement: &Settlement<'_>, ground: &Ground) {
    json.push_str(",[");
    for (at, number) in ground.spells.iter().enumerate() {
        json.push_str(if at == 0 { "\"" } else { "\",\"" });
        json.push_str(settlement.spell(*number));
    }
    json.push_str(if ground.spells.is_empty() { "]" } else { "\"]" });
}

/// What the figures said, of a measured charge: their names, exact values and measurements (mechanisms 5.5).
fn figures(json: &mut String, settlement: &Settlement<'_>, ground: &Ground) {
    let Some(seen) = &ground.seen else { return };
    json.push_str(",[");
    for (at, (figure, seen)) in seen.iter().enumerate() {
        json.push_str(if at == 0 { "[" } else { ",[" });
        let measurement = seen.measurement.map_or("", |number| settlement.measurement(number));
        // A string takes everything.
        let _ = write!(json, "\"{}\",\"{}\",\"{measurement}\"]", settlement.figure(*figure), seen.value);
    }
    json.push(']');
}

/// The entitlement that is topped up, of the same subject (mechanisms 6.2).
fn tops_up(json: &mut String, settlement: &Settlement<'_>, entry: &Posting<'_>, topped: TopUp) {
    let company = match entry.unit {
        UnitName::Made(company, _) => company,
        UnitName::Text(_) => None,
    };
    let unit = UnitName::Made(company, topped.unit);
    // A string takes everything.
    let _ = write!(json, ",{{\"tops_up\":[\"{}\",\"{unit}\"]}}", settlement.charge(topped.charge));
}
