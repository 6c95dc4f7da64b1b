//! How a contract is invoiced and booked (rule 11). A contract without these terms is settled all the same.

use crate::charge::vat::Vat;
use crate::measure::id::Id;
use std::collections::BTreeMap;

/// The terms of documents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invoicing {
    /// What document numbers begin with; it does not end in a digit and is the contract's own.
    pub series: String,
    /// What makes a line.
    pub detail: Detail,
    /// Where corrections stand.
    pub corrections: Corrections,
    /// How charges are taxed that do not say it themselves.
    pub vat: Option<Vat>,
    /// What happens to a due date on which banks are closed.
    pub due: DueDay,
    /// The language of the texts.
    pub language: Language,
    /// Interest on late payment; `None` = none is worked out.
    pub interest: Option<DayCount>,
}

impl Invoicing {
    /// Whether a document of the contract can have that number: its series and at least four digits.
    #[must_use]
    pub fn can_number(&self, number: &str) -> bool {
        let digits = number.strip_prefix(self.series.as_str()).unwrap_or_default();
        digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// What makes a line of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Detail {
    /// A charge (and a rate).
    #[default]
    Charge,
    /// A charge and the company of the reference day (rule 8.3).
    Company,
    /// A charge and the participant, by its pseudonymous id.
    Participant,
}

/// Where corrections stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Corrections {
    /// As lines of the settlement's document (rule 11.1).
    #[default]
    Lines,
    /// On documents of their own: a credit note if they sum to less than nothing, else an invoice.
    OwnDocuments,
}

/// What happens to a due date on which Danish banks are closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DueDay {
    /// It stays (rule 11.3).
    #[default]
    Stays,
    /// The next day on which banks are open.
    Next,
    /// The last day before on which banks are open.
    Previous,
}

/// How days of interest are counted. No official rule is known, so the contract says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayCount {
    /// The due date and the day of payment count both; each day is one of the 365 or 366 of its year.
    BothDays,
    /// The days from the due date to the day of payment; each is one of 365.
    Difference,
}

/// The language of texts in documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Language {
    /// Danish.
    #[default]
    Danish,
    /// English.
    English,
}

/// The payee's books: the accounts of the journal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bookkeeping {
    /// What payers owe; each payer's own account lies below it.
    pub receivable: String,
    /// Where payments arrive.
    pub bank: String,
    /// Effect income of charges that name no account; each charge's own lies below it.
    pub income: String,
    /// VAT owed.
    pub vat: String,
    /// Dimensions of every entry, such as a project.
    pub dimensions: BTreeMap<Id, String>,
}

impl Default for Bookkeeping {
    fn default() -> Bookkeeping {
        Bookkeeping {
            receivable: "assets:receivable".to_owned(),
            bank: "assets:bank".to_owned(),
            income: "income:effect".to_owned(),
            vat: "liabilities:vat".to_owned(),
            dimensions: BTreeMap::new(),
        }
    }
}
