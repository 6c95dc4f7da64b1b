//! The parties of a contract, as documents name them (rule 11). What only documents need may be left out: then there are
//! settlements, but no documents.

use crate::measure::id::Id;
use crate::measure::money::Money;
use rust_decimal::Decimal;

/// An outcome payer (rule 11.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payer {
    /// Its name in the contract.
    pub id: Id,
    /// What it is called (BT-44).
    pub name: Option<String>,
    /// Its registration number (BT-47).
    pub cvr: Option<String>,
    /// Its electronic address: the 13 digits of its GLN (BT-49).
    pub gln: Option<String>,
    /// Its part of every payment of charges without payers of their own; all parts sum to 1.
    pub share: Decimal,
    /// The most that it pays in all, net of VAT (mechanisms 8.2); `None` = all of its part.
    pub at_most: Option<Money>,
    /// The person or unit that the invoice is for (BT-10).
    pub reference: Option<String>,
    /// Its order or requisition (BT-13).
    pub order: Option<String>,
    /// Its account string (BT-19, in Danish *kontostreng*).
    pub account: Option<String>,
    /// Where it is (BG-8).
    pub address: Option<Address>,
    /// Whom to ask (BG-9).
    pub contact: Option<Contact>,
}

/// Who is paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payee {
    /// Its name in the contract.
    pub id: Id,
    /// What it is called (BT-27).
    pub name: Option<String>,
    /// Its registration number (BT-30).
    pub cvr: Option<String>,
    /// Its electronic address, if that is a GLN and not its CVR number (BT-34).
    pub gln: Option<String>,
    /// Where it is (BG-5).
    pub address: Option<Address>,
    /// Whom to ask (BG-6).
    pub contact: Option<Contact>,
    /// Where the money goes (BG-16).
    pub pay_to: Option<PayTo>,
}

/// A postal address in Denmark.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Four digits.
    pub postcode: String,
    /// The postal district.
    pub city: String,
}

/// A person or unit to ask.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contact {
    /// Its name.
    pub name: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Its electronic mail address.
    pub email: Option<String>,
}

/// Where money goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PayTo {
    /// An account by its IBAN.
    Iban(String),
    /// An account of a Danish bank.
    Account {
        /// The bank's registration number, 4 digits.
        registration: String,
        /// The account, up to 10 digits.
        account: String,
    },
    /// A Danish payment slip of type 71, whose payment id names the document.
    Fik {
        /// The creditor's number, 8 digits.
        creditor: String,
        /// Digits that every payment id of this contract begins with.
        prefix: String,
    },
    /// The account that the payee has registered with the state.
    NemKonto,
}
