//! An invoice or a credit note as a plain value (rule 11.1).

use super::line::{Allowance, Line, VatSum};
use crate::contract::invoicing::Language;
use crate::contract::party::{Address, Contact, PayTo};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::measure::money::{Currency, Money, Total};
use rust_decimal::Decimal;

/// An invoice or a credit note. All amounts are in the currency's minor unit. On a credit note the signs are turned, so that
/// what is given back stands as a positive amount.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Invoice or credit note (BT-3).
    pub kind: Kind,
    /// Its number in the contract's series (BT-1).
    pub number: String,
    /// The contract (BT-12).
    pub contract: Id,
    /// What the parties call it.
    pub title: Option<String>,
    /// The settlement that it stands for.
    pub settlement: u32,
    /// The day of issue: the settlement's cut-off (BT-2, rule 11.3).
    pub issued: Day,
    /// The day on which it is to be paid (BT-9, rule 11.3).
    pub due: Day,
    /// The currency of every amount (BT-5).
    pub currency: Currency,
    /// The language of its texts.
    pub language: Language,
    /// The settlement period (BG-14).
    pub period: Span,
    /// The documents that it corrects, by number (BG-3).
    pub corrects: Vec<Reference>,
    /// The payer's name in the contract.
    pub payer: Id,
    /// Who is paid (BG-4).
    pub seller: Party,
    /// Who pays (BG-7).
    pub buyer: Party,
    /// The person or unit that it is for (BT-10).
    pub buyer_reference: Option<String>,
    /// The payer's order (BT-13).
    pub order: Option<String>,
    /// The payer's account string (BT-19).
    pub account: Option<String>,
    /// Where the money goes (BG-16); on an invoice only.
    pub pay_to: Option<PayTo>,
    /// The lines (BG-25), at least one.
    pub lines: Vec<Line>,
    /// What limits cut (BG-20); only on an invoice.
    pub allowances: Vec<Allowance>,
    /// The sums by VAT treatment (BG-23), at least one.
    pub vat: Vec<VatSum>,
    /// Lines less allowances (BT-109).
    pub net: Total,
    /// The sum of the tax (BT-110).
    pub tax: Total,
    /// What is to be paid or given back (BT-112, BT-115).
    pub payable: Total,
    /// The postings that stand on it, in the settlement's order, with this payer's part (rule 11.2).
    pub items: Vec<Item>,
}

/// Invoice or credit note.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Something is to be paid (code 380); also if the sum is nothing.
    Invoice,
    /// Something is given back (code 381).
    CreditNote,
}

/// An earlier document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    /// Its number (BT-25).
    pub number: String,
    /// Its day of issue (BT-26).
    pub issued: Day,
}

/// A party as a document names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// Its registered name (BT-27, BT-44).
    pub name: String,
    /// Its registration number, 8 digits (BT-30, BT-47).
    pub cvr: String,
    /// Its electronic address where that is a GLN, 13 digits (BT-34, BT-49).
    pub gln: Option<String>,
    /// Where it is (BG-5, BG-8).
    pub address: Address,
    /// Whom to ask (BG-6, BG-9).
    pub contact: Option<Contact>,
}

/// A posting on a document. Amounts are signed as in the settlement, also on a credit note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The line that it is part of, from 1.
    pub line: u32,
    /// The charge.
    pub charge: String,
    /// A participant, a company, or `-`.
    pub subject: String,
    /// What is paid for.
    pub unit: String,
    /// Whether the key was posted before (rule 10.2).
    pub correction: bool,
    /// The day earned.
    pub earned_on: Day,
    /// The quantity, as the posting has it.
    pub quantity: Decimal,
    /// The rate, as the posting has it.
    pub rate: Option<Decimal>,
    /// The company of the reference day, if there is one.
    pub company: Option<String>,
    /// The change posted, of all payers together.
    pub posted: Money,
    /// This payer's part of it.
    pub amount: Money,
    /// This payer's part of what a limit cut, and the limit; of an earning.
    pub cut: Option<(Money, String)>,
    /// The VAT category: S, E or O.
    pub vat: &'static str,
    /// The numbers of this payer's documents on which the key stood before.
    pub corrects: Vec<String>,
}

/// A file that goes with a document (BG-24).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    /// Its name (BT-125, file name).
    pub name: String,
    /// Its type, such as `text/csv` (BT-125, MIME code).
    pub mime: &'static str,
    /// What it is, with its SHA-256 (BT-123).
    pub description: String,
    /// Its bytes (BT-125).
    pub bytes: Vec<u8>,
}
