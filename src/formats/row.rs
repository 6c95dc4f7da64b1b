//! One entry as a row of `postings.csv` and as a line of `settlements.json`.
//!
//! Neighbouring entries have most texts in common (the day earned, the unit, the rate), so each text is made only when its
//! value differs from the one before.

use crate::charge::Unit;
use crate::ledger::earlier::Made;
use crate::ledger::entry::Ground;
use crate::ledger::{Ledger, Posting, Settlement, UnitName};
use crate::measure::day::Day;
use crate::measure::money::{Money, Shown};
use rust_decimal::Decimal;
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};
use std::fmt::{Display, Write};
use std::io;

/// Makes the texts of entries, one after the other.
#[derive(Debug)]
pub struct RowText<'a> {
    contract: &'a str,
    decimals: u32,
    csv: csv::Writer<Vec<u8>>,
    json: Vec<u8>,
    settlement: Kept<u32>,
    earned_on: Kept<Day>,
    unit: Kept<Unit>,
    quantity: Kept<Decimal>,
    rate: Kept<Decimal>,
    amount: Kept<Money>,
    corrects: Kept<u32>,
    cut: Kept<Money>,
    ground: [Kept<Money>; 2],
    unit_of_company: String,
}

/// A value and its text.
#[derive(Debug)]
struct Kept<T> {
    value: Option<T>,
    text: String,
}

impl<T: PartialEq + Copy> Kept<T> {
    const NONE: Kept<T> = Kept { value: None, text: String::new() };

    /// Makes the text of a value, unless it is there.
    fn set<D: Display>(&mut self, value: T, show: impl FnOnce(T) -> D) {
        if self.value != Some(value) {
            self.value = Some(value);
            self.text.clear();
            let _ = write!(self.text, "{}", show(value));
        }
    }
}

/// A line of `settlements.json`.
#[derive(Serialize)]
struct Line<'a> {
    charge: &'a str,
    subject: &'a str,
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    posting: Option<&'a str>,
    earned_on: &'a str,
    quantity: &'a str,
    rate: Option<&'a str>,
    amount: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<GroundLine<'a>>,
}

/// Why a key stands in E(k).
#[derive(Serialize)]
struct GroundLine<'a> {
    amount: &'a str,
    granted: &'a str,
    days: u32,
    spells: Spells<'a>,
}

struct Spells<'a>(&'a Settlement<'a>, &'a [u32]);

impl Serialize for Spells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.1.len()))?;
        for number in self.1 {
            list.serialize_element(self.0.spell(*number))?;
        }
        list.end()
    }
}

impl<'a> RowText<'a> {
    /// For the entries of a contract whose amounts have that many decimals.
    #[must_use]
    pub fn new(contract: &'a str, decimals: u32) -> RowText<'a> {
        RowText {
            contract,
            decimals,
            csv: csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(Vec::new()),
            json: Vec::new(),
            settlement: Kept::NONE,
            earned_on: Kept::NONE,
            unit: Kept::NONE,
            quantity: Kept::NONE,
            rate: Kept::NONE,
            amount: Kept::NONE,
            corrects: Kept::NONE,
            cut: Kept::NONE,
            ground: [Kept::NONE, Kept::NONE],
            unit_of_company: String::new(),
        }
    }

    /// Adds an entry; one that posts nothing is in the JSON only.
    ///
    /// # Errors
    /// None that memory does not give.
    pub fn entry(&mut self, settlement: &Settlement<'_>, entry: &Posting<'_>) -> io::Result<()> {
        let decimals = self.decimals;
        let show = |amount: Money| Shown::new(i128::from(amount.minor()), decimals);
        self.settlement.set(entry.settlement, |number| number);
        self.earned_on.set(entry.earned_on, |day| day);
        self.quantity.set(entry.quantity, |quantity| quantity);
        self.amount.set(entry.amount, show);
        if let Some(rate) = entry.rate {
            self.rate.set(rate, |rate| rate);
        }
        if let Some(first) = entry.corrects {
            self.corrects.set(first, |first| first);
        }
        if let Some((cut, _)) = entry.cut {
            self.cut.set(cut, show);
        }
        if let Some(Ground { amount, granted, .. }) = entry.ground {
            let [of_amount, of_granted] = &mut self.ground;
            of_amount.set(*amount, show);
            of_granted.set(*granted, show);
        }
        if let UnitName::Made(_, unit) = entry.unit {
            self.unit.set(unit, |unit| unit);
        }
        self.unit_of_company.clear();
        if !matches!(entry.unit, UnitName::Made(None, _)) {
            let _ = write!(self.unit_of_company, "{}", entry.unit);
        }
        self.write(settlement, entry)
    }

    fn write(&mut self, settlement: &Settlement<'_>, entry: &Posting<'_>) -> io::Result<()> {
        let unit = if self.unit_of_company.is_empty() { &self.unit.text } else { &self.unit_of_company };
        let posting = if entry.corrects.is_some() { "correction" } else { "earning" };
        let rate = entry.rate.map(|_| self.rate.text.as_str());
        let cut = entry.cut.map(|(_, by)| (self.cut.text.as_str(), by));
        let posts = !entry.amount.is_zero();
        if posts {
            let corrects = entry.corrects.map_or("", |_| &self.corrects.text);
            let (cut, cut_by) = cut.unwrap_or_default();
            self.csv.write_record([
                self.contract,
                &self.settlement.text,
                entry.charge,
                entry.subject,
                unit,
                posting,
                &self.earned_on.text,
                &self.quantity.text,
                rate.unwrap_or_default(),
                &self.amount.text,
                corrects,
                cut,
                cut_by,
            ])?;
        }
        let [amount, granted] = &self.ground;
        let line = Line {
            charge: entry.charge,
            subject: entry.subject,
            unit,
            posting: posts.then_some(posting),
            earned_on: &self.earned_on.text,
            quantity: &self.quantity.text,
            rate,
            amount: &self.amount.text,
            corrects: entry.corrects,
            cut: cut.map(|(cut, _)| cut),
            cut_by: cut.map(|(_, by)| by),
            ground: entry.ground.map(|ground| GroundLine {
                amount: &amount.text,
                granted: &granted.text,
                days: ground.days,
                spells: Spells(settlement, &ground.spells),
            }),
        };
        self.json.extend_from_slice(b",\n");
        Ok(serde_json::to_writer(&mut self.json, &line)?)
    }

    /// Adds a posting of a ledger, as it was made.
    ///
    /// # Errors
    /// None that memory does not give.
    pub fn made(&mut self, ledger: &Ledger, made: &Made) -> io::Result<()> {
        let text = |name| ledger.text(name);
        let show = |amount: Money| Shown::new(i128::from(amount.minor()), self.decimals).to_string();
        let (posting, corrects) =
            if made.corrects > 0 { ("correction", made.corrects.to_string()) } else { ("earning", String::new()) };
        let (settlement, earned_on, amount) = (made.settlement.to_string(), made.earned_on.to_string(), show(made.amount));
        let (cut, by) = made.cut.map_or((String::new(), ""), |(cut, by)| (show(cut), text(by)));
        self.csv.write_record([
            self.contract,
            &settlement,
            text(made.charge),
            text(made.subject),
            text(made.unit),
            posting,
            &earned_on,
            text(made.quantity),
            text(made.rate),
            &amount,
            &corrects,
            &cut,
            by,
        ])?;
        let line = Line {
            charge: text(made.charge),
            subject: text(made.subject),
            unit: text(made.unit),
            posting: Some(posting),
            earned_on: &earned_on,
            quantity: text(made.quantity),
            rate: Some(text(made.rate)).filter(|rate| !rate.is_empty()),
            amount: &amount,
            corrects: (made.corrects > 0).then_some(made.corrects),
            cut: Some(cut.as_str()).filter(|cut| !cut.is_empty()),
            cut_by: Some(by).filter(|by| !by.is_empty()),
            ground: None,
        };
        self.json.extend_from_slice(b",\n");
        Ok(serde_json::to_writer(&mut self.json, &line)?)
    }

    /// The rows and the JSON lines that were added; every JSON line has a comma before it.
    ///
    /// # Errors
    /// None that memory does not give.
    pub fn end(self) -> io::Result<(Vec<u8>, Vec<u8>)> {
        let csv = self.csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
        Ok((csv, self.json))
    }
}
