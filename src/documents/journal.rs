//! The payee's books: double entries from documents and payments, as values.
//!
//! A document is booked on its day of issue: what the payer owes against income, charge by charge after limits, and the VAT owed.
//! A payment is booked on the day it was made, against what the payer owes; a refund of a credit note goes the other way. Interest
//! and compensation are claims that somebody has to make first, and are not booked.

use super::document::Kind;
use super::issued::{Issued, IssuedLine};
use super::payment::Paid;
use crate::contract::Contract;
use crate::measure::day::Day;
use crate::measure::money::Total;

/// A double entry. Its bookings sum to nothing, in minor units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The day of issue, or of payment.
    pub date: Day,
    /// The document.
    pub document: String,
    /// What the payer is called.
    pub payer: String,
    /// What it rests on, and the contract's dimensions.
    pub tags: Vec<Tag>,
    /// At least two.
    pub bookings: Vec<Booking>,
}

/// An amount on an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Booking {
    /// The account; its parts are divided by colons.
    pub account: String,
    /// Debit is above zero, credit below.
    pub amount: Total,
    /// What it corrects, and how it is taxed.
    pub tags: Vec<Tag>,
}

/// A name and a value, such as the settlement and its number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

impl Tag {
    fn new(name: &str, value: impl ToString) -> Tag {
        Tag { name: name.to_owned(), value: value.to_string() }
    }
}

/// The entries of a contract's documents and of the payments of them, by day; of one day documents come first, in their order. A
/// payment of another document is passed over.
#[must_use]
pub fn entries<'a>(contract: &Contract, documents: impl IntoIterator<Item = &'a Issued>, payments: &[Paid]) -> Vec<Entry> {
    let documents: Vec<&Issued> = documents.into_iter().collect();
    let mut entries: Vec<Entry> = documents.iter().map(|document| of_document(contract, document)).collect();
    for paid in payments {
        let document = documents.iter().find(|document| paid.payment.document.as_str() == document.number);
        entries.extend(document.map(|document| of_payment(contract, document, paid)));
    }
    entries.sort_by_key(|entry| entry.date);
    entries
}

/// What a payer owes by a contract has its own account: by payer, then by contract, so that it is the same in one book with other
/// contracts.
#[must_use]
pub fn receivable(contract: &Contract, document: &Issued) -> String {
    format!("{}:{}:{}", contract.bookkeeping.receivable, document.payer, contract.id)
}

/// The account on which the income of a charge is booked: its own, or the one of its name below the contract's.
#[must_use]
pub fn income(contract: &Contract, charge: &str) -> String {
    let own = contract.charges.iter().find(|known| known.id.as_str() == charge).and_then(|known| known.account.clone());
    own.unwrap_or_else(|| format!("{}:{charge}", contract.bookkeeping.income))
}

fn of_document(contract: &Contract, document: &Issued) -> Entry {
    let turned = |total: Total| Total::from_minor(-total.minor());
    let mut bookings =
        vec![Booking { account: receivable(contract, document), amount: document.payable(), tags: Vec::new() }];
    bookings.extend(document.lines.iter().map(|line| Booking {
        account: income(contract, &line.charge),
        amount: turned(line.net),
        tags: of_line(line),
    }));
    if document.tax.minor() != 0 {
        let account = contract.bookkeeping.vat.clone();
        bookings.push(Booking { account, amount: turned(document.tax), tags: Vec::new() });
    }
    let kind = match document.kind {
        Kind::Invoice => "invoice",
        Kind::CreditNote => "credit-note",
    };
    let what =
        [Tag::new(kind, &document.number), Tag::new("settlement", document.settlement), Tag::new("due", document.due)];
    entry(contract, document, document.issued, what.into(), bookings)
}

fn of_line(line: &IssuedLine) -> Vec<Tag> {
    let mut tags = vec![Tag::new("category", &line.vat)];
    if line.correction {
        tags.push(Tag::new("corrects", line.corrects.join(" ")));
    }
    tags
}

fn of_payment(contract: &Contract, document: &Issued, paid: &Paid) -> Entry {
    let received = i128::from(paid.payment.amount.minor());
    let (name, received) = match document.kind {
        Kind::Invoice => ("payment", received),
        Kind::CreditNote => ("refund", -received),
    };
    let booking = |account: String, minor| Booking { account, amount: Total::from_minor(minor), tags: Vec::new() };
    let bookings =
        vec![booking(contract.bookkeeping.bank.clone(), received), booking(receivable(contract, document), -received)];
    entry(contract, document, paid.payment.paid_on, vec![Tag::new(name, &paid.id)], bookings)
}

fn entry(contract: &Contract, document: &Issued, date: Day, mut tags: Vec<Tag>, bookings: Vec<Booking>) -> Entry {
    let payer = contract.payers.iter().find(|payer| payer.id == document.payer);
    let name = payer.and_then(|payer| payer.name.clone()).unwrap_or_else(|| document.payer.to_string());
    tags.push(Tag::new("contract", &contract.id));
    tags.extend(contract.bookkeeping.dimensions.iter().map(|(name, value)| Tag::new(name.as_str(), value)));
    Entry { date, document: document.number.clone(), payer: name, tags, bookings }
}
