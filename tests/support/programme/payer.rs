//! Payers and the payee, and the terms of documents.

#[derive(Clone, Debug, PartialEq)]
pub struct Payer {
    pub id: String,
    pub name: Option<String>,
    pub cvr: Option<String>,
    pub gln: Option<String>,
    pub share: Option<String>,
    pub at_most: Option<String>,
    pub reference: Option<String>,
    pub address: Option<Address>,
}

/// A payer of one charge: `{ id = "bank", share = "1" }`.
#[derive(Clone, Debug, PartialEq)]
pub struct ChargePayer {
    pub id: String,
    pub share: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Payee {
    pub id: String,
    pub name: Option<String>,
    pub cvr: Option<String>,
    pub address: Option<Address>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    pub street: String,
    pub postcode: String,
    pub city: String,
}

/// The terms of documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoicing {
    pub series: String,
    pub detail: Option<Detail>,
    /// `corrections = "own-documents"`
    pub own_documents: bool,
    pub vat: Option<Vat>,
    pub due: Option<Due>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    Charge,
    Company,
    Participant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Stays,
    Next,
    Previous,
}

/// How a charge is taxed.
#[derive(Clone, Debug, PartialEq)]
pub enum Vat {
    Standard { percent: String },
    Exempt { reason: String, code: Option<String> },
    OutsideScope { reason: String },
}
