//! A document as the books know it: what is left of it when it has been sent. Books are kept from this alone, so that a document
//! of an earlier run is booked exactly as one that was just made.

use super::document::{Document, Item, Kind};
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Total;

/// An issued document. Amounts are signed as in the settlement: what a credit note gives back is negative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issued {
    /// The contract.
    pub contract: Id,
    /// The settlement that it stands for.
    pub settlement: u32,
    /// Its number.
    pub number: String,
    /// Invoice or credit note.
    pub kind: Kind,
    /// The payer's name in the contract.
    pub payer: Id,
    /// The day of issue.
    pub issued: Day,
    /// The day on which it is to be paid.
    pub due: Day,
    /// What was earned and what was corrected, by charge and VAT category, after limits.
    pub lines: Vec<IssuedLine>,
    /// The tax on them (rule 11.4).
    pub tax: Total,
}

/// What one charge comes to on a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IssuedLine {
    /// The charge.
    pub charge: String,
    /// Its VAT category: S, E or O.
    pub vat: String,
    /// Whether it corrects what was posted before (rule 10.2). Earnings and corrections stand apart.
    pub correction: bool,
    /// The documents that it corrects, in the order of their numbers.
    pub corrects: Vec<String>,
    /// How much, net of tax.
    pub net: Total,
}

impl Issued {
    /// What is to be paid or, below zero, given back: the lines and the tax (rule 11.1).
    #[must_use]
    pub fn payable(&self) -> Total {
        self.lines.iter().fold(self.tax, |sum, line| sum + line.net)
    }

    /// Adds a part of a posting to its line.
    pub fn add(&mut self, charge: &str, vat: &str, correction: bool, corrects: &[String], amount: Total) {
        let same = |line: &&mut IssuedLine| line.charge == charge && line.vat == vat && line.correction == correction;
        match self.lines.iter_mut().find(same) {
            Some(line) => {
                line.net = line.net + amount;
                let new: Vec<String> = corrects.iter().filter(|number| !line.corrects.contains(number)).cloned().collect();
                line.corrects.extend(new);
                line.corrects.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
            }
            None => self.lines.push(IssuedLine {
                charge: charge.to_owned(),
                vat: vat.to_owned(),
                correction,
                corrects: corrects.to_vec(),
                net: amount,
            }),
        }
    }
}

impl From<&Document> for Issued {
    fn from(document: &Document) -> Issued {
        let tax = match document.kind {
            Kind::Invoice => document.tax,
            Kind::CreditNote => Total::from_minor(-document.tax.minor()),
        };
        let mut issued = Issued {
            contract: document.contract.clone(),
            settlement: document.settlement,
            number: document.number.clone(),
            kind: document.kind,
            payer: document.payer.clone(),
            issued: document.issued,
            due: document.due,
            lines: Vec::new(),
            tax,
        };
        for Item { charge, vat, correction, corrects, amount, .. } in &document.items {
            issued.add(charge, vat, *correction, corrects, Total::from(*amount));
        }
        issued
    }
}
