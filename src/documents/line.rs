//! What a document adds up: lines, what limits cut, and VAT (rules 11.1, 11.4).

use crate::charge::vat::Vat;
use crate::measure::day::Span;
use crate::measure::id::Id;
use crate::measure::money::Total;
use rust_decimal::Decimal;

/// A line (BG-25). Quantity times price is its amount, exactly.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its number in the document, from 1 (BT-126).
    pub number: u32,
    /// The charge (BT-155, the seller's name of the item).
    pub charge: Id,
    /// The company or participant where lines are made by them.
    pub of: Option<String>,
    /// What it is, in few words (BT-153).
    pub name: String,
    /// More about it: the clause, what is counted (BT-154).
    pub description: Option<String>,
    /// A remark: the documents that it corrects (BT-127).
    pub note: Option<String>,
    /// How much; negative where the line goes against the document's direction (BT-129).
    pub quantity: Decimal,
    /// What is counted.
    pub unit: LineUnit,
    /// The price of one, never negative (BT-146).
    pub price: Decimal,
    /// Quantity times price (BT-131).
    pub net: Total,
    /// How it is taxed (BG-30).
    pub vat: Vat,
    /// The days in which it was earned; of earnings within the settlement period only (BG-26).
    pub earned: Option<Span>,
    /// The documents on which its keys stood before (rule 11.3).
    pub corrects: Vec<String>,
}

/// What a line counts (BT-130).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LineUnit {
    /// Pieces: payments on a date, steps, corrections (C62).
    One,
    /// Days (DAY).
    Day,
    /// Weeks (WEE).
    Week,
    /// Months (MON).
    Month,
}

impl LineUnit {
    /// Its code in UN/ECE Recommendation 20.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            LineUnit::One => "C62",
            LineUnit::Day => "DAY",
            LineUnit::Week => "WEE",
            LineUnit::Month => "MON",
        }
    }
}

/// What a limit took from the amounts of an invoice (BG-20), positive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allowance {
    /// The limit.
    pub limit: Id,
    /// Why, in words (BT-97).
    pub reason: String,
    /// How much (BT-92).
    pub amount: Total,
    /// How what was cut would have been taxed (BT-95, BT-96).
    pub vat: Vat,
}

/// The sum of one VAT treatment (BG-23).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VatSum {
    /// The treatment.
    pub vat: Vat,
    /// Lines less allowances of it (BT-116).
    pub base: Total,
    /// The tax on it, rounded once (BT-117, rule 11.4).
    pub tax: Total,
}
