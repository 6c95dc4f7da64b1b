//! One entry as a row of `postings.csv` and as a line of `settlements.json`.
//!
//! Every text in them is an id, a name that an id is part of, a day or a number (rule 3.8), none of which CSV has to quote or
//! JSON to escape; [`ledger_files`](super::ledger_files) lets nothing else in. So a row is its texts joined. Neighbouring
//! entries have most of them in common, and each is made only when its value differs from the one before.

use crate::charge::Unit;
use crate::ledger::earlier::Made;
use crate::ledger::entry::Ground;
use crate::ledger::{Ledger, Posting, Settlement, UnitName};
use crate::measure::day::Day;
use crate::measure::money::{Money, Shown};
use rust_decimal::Decimal;
use std::fmt::{Display, Write};

/// Makes the texts of entries, one after the other.
#[derive(Debug)]
pub struct RowText<'a> {
    contract: &'a str,
    decimals: u32,
    rows: Rows,
    settlement: Kept<u32>,
    earned_on: Kept<Day>,
    unit: Kept<Unit>,
    quantity: Kept<Decimal>,
    rate: Kept<Decimal>,
    amount: Kept<Money>,
    corrects: Kept<u32>,
    cut: Kept<Money>,
    owed: Kept<Money>,
    granted: Kept<Money>,
}

/// The rows of `postings.csv` and the lines of `settlements.json` of some neighbouring entries.
#[derive(Debug, Default)]
pub struct Rows {
    /// The rows.
    pub csv: String,
    /// The lines; each has a comma before it.
    pub json: String,
}

/// A value and its text.
#[derive(Debug)]
struct Kept<T> {
    value: Option<T>,
    text: String,
}

impl<T: PartialEq + Copy> Kept<T> {
    const NONE: Kept<T> = Kept { value: None, text: String::new() };

    /// The text of a value, made if it is another one than before.
    fn text<D: Display>(&mut self, value: T, show: impl FnOnce(T) -> D) -> &str {
        if self.value != Some(value) {
            self.value = Some(value);
            self.text.clear();
            let _ = write!(self.text, "{}", show(value));
        }
        &self.text
    }
}

/// The texts of one row.
struct Texts<'t> {
    settlement: &'t str,
    charge: &'t str,
    subject: &'t str,
    company: Option<&'t str>,
    unit: &'t str,
    earned_on: &'t str,
    quantity: &'t str,
    rate: &'t str,
    amount: &'t str,
    corrects: Option<&'t str>,
    cut: Option<(&'t str, &'t str)>,
}

impl<'a> RowText<'a> {
    /// For the entries of a contract whose amounts have that many decimals. `rows` is emptied and filled: memory that has been
    /// used before is cheaper than new one.
    #[must_use]
    pub fn new(contract: &'a str, decimals: u32, mut rows: Rows) -> RowText<'a> {
        rows.csv.clear();
        rows.json.clear();
        RowText {
            contract,
            decimals,
            rows,
            settlement: Kept::NONE,
            earned_on: Kept::NONE,
            unit: Kept::NONE,
            quantity: Kept::NONE,
            rate: Kept::NONE,
            amount: Kept::NONE,
            corrects: Kept::NONE,
            cut: Kept::NONE,
            owed: Kept::NONE,
            granted: Kept::NONE,
        }
    }

    /// Adds an entry; one that posts nothing is in the JSON only.
    pub fn entry(&mut self, settlement: &Settlement<'_>, entry: &Posting<'_>) {
        let decimals = self.decimals;
        let show = |amount: Money| Shown::new(i128::from(amount.minor()), decimals);
        let (company, unit) = match entry.unit {
            UnitName::Made(company, unit) => (company, self.unit.text(unit, |unit| unit)),
            UnitName::Text(text) => (None, text),
        };
        let texts = Texts {
            settlement: self.settlement.text(entry.settlement, |number| number),
            charge: entry.charge,
            subject: entry.subject,
            company,
            unit,
            earned_on: self.earned_on.text(entry.earned_on, |day| day),
            quantity: self.quantity.text(entry.quantity, |quantity| quantity),
            rate: entry.rate.map_or("", |rate| self.rate.text(rate, |rate| rate)),
            amount: self.amount.text(entry.amount, show),
            corrects: entry.corrects.map(|first| self.corrects.text(first, |first| first)),
            cut: entry.cut.map(|(cut, by)| (self.cut.text(cut, show), by)),
        };
        let posts = !entry.amount.is_zero();
        if posts {
            texts.csv(self.contract, &mut self.rows.csv);
        }
        texts.json(posts, &mut self.rows.json);
        if let Some(ground) = entry.ground {
            self.rows.json.push_str(",\"ground\":{");
            if ground.granted != entry.amount || ground.amount != ground.granted {
                let owed = self.owed.text(ground.amount, show);
                member(&mut self.rows.json, "owed", owed);
                member(&mut self.rows.json, ",\"granted", self.granted.text(ground.granted, show));
                self.rows.json.push(',');
            }
            evidence(&mut self.rows.json, settlement, ground);
            self.rows.json.push('}');
        }
        self.rows.json.push('}');
    }

    /// Adds a posting of a ledger, as it was made.
    pub fn made(&mut self, ledger: &Ledger, made: &Made) {
        let decimals = self.decimals;
        let show = |amount: Money| Shown::new(i128::from(amount.minor()), decimals);
        let texts = Texts {
            settlement: self.settlement.text(made.settlement, |number| number),
            charge: ledger.text(made.charge),
            subject: ledger.text(made.subject),
            company: None,
            unit: ledger.text(made.unit),
            earned_on: self.earned_on.text(made.earned_on, |day| day),
            quantity: ledger.text(made.quantity),
            rate: ledger.text(made.rate),
            amount: self.amount.text(made.amount, show),
            corrects: (made.corrects > 0).then(|| self.corrects.text(made.corrects, |first| first)),
            cut: made.cut.map(|(cut, by)| (self.cut.text(cut, show), ledger.text(by))),
        };
        texts.csv(self.contract, &mut self.rows.csv);
        texts.json(true, &mut self.rows.json);
        self.rows.json.push('}');
    }

    /// The rows and lines that were added.
    #[must_use]
    pub fn end(self) -> Rows {
        self.rows
    }
}

impl Texts<'_> {
    fn posting(&self) -> &'static str {
        if self.corrects.is_some() { "correction" } else { "earning" }
    }

    /// A row of `postings.csv`.
    fn csv(&self, contract: &str, csv: &mut String) {
        for text in [contract, self.settlement, self.charge, self.subject] {
            csv.push_str(text);
            csv.push(',');
        }
        if let Some(company) = self.company {
            csv.push_str(company);
            csv.push('/');
        }
        let (cut, by) = self.cut.unwrap_or_default();
        csv.push_str(self.unit);
        for text in [
            self.posting(),
            self.earned_on,
            self.quantity,
            self.rate,
            self.amount,
            self.corrects.unwrap_or_default(),
            cut,
            by,
        ] {
            csv.push(',');
            csv.push_str(text);
        }
        csv.push('\n');
    }

    /// A line of `settlements.json`, left open for its ground; an empty member is left out.
    fn json(&self, posts: bool, json: &mut String) {
        json.push_str(",\n{");
        member(json, "charge", self.charge);
        member(json, ",\"subject", self.subject);
        member(json, ",\"unit", self.company.unwrap_or(self.unit));
        if self.company.is_some() {
            // The closing quotation mark gives way to the rest of the name.
            json.pop();
            json.push('/');
            json.push_str(self.unit);
            json.push('"');
        }
        if posts {
            member(json, ",\"posting", self.posting());
        }
        member(json, ",\"earned_on", self.earned_on);
        member(json, ",\"quantity", self.quantity);
        let (cut, by) = self.cut.unwrap_or_default();
        let corrects = self.corrects.unwrap_or_default();
        for (name, text) in [
            (",\"rate", self.rate),
            (",\"amount", self.amount),
            (",\"corrects", corrects),
            (",\"cut", cut),
            (",\"cut_by", by),
        ] {
            if !text.is_empty() {
                member(json, name, text);
            }
        }
    }
}

/// A member of an object; the first one of an object has no comma and quotation mark before its name.
fn member(json: &mut String, name: &str, text: &str) {
    if !name.starts_with(',') {
        json.push('"');
    }
    for part in [name, "\":\"", text, "\""] {
        json.push_str(part);
    }
}

/// The days and spells that were counted.
fn evidence(json: &mut String, settlement: &Settlement<'_>, ground: &Ground) {
    let _ = write!(json, "\"days\":{},\"spells\":[", ground.days);
    for (at, number) in ground.spells.iter().enumerate() {
        json.push_str(if at == 0 { "\"" } else { "\",\"" });
        json.push_str(settlement.spell(*number));
    }
    json.push_str(if ground.spells.is_empty() { "]" } else { "\"]" });
}
