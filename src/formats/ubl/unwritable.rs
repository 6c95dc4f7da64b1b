//! Why a document cannot be written.

use crate::measure::money::Currency;

/// Why a document cannot be written in a format. Nothing is left out or changed to make it fit.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    /// A character that XML 1.0 has no way to write.
    #[error("{character:?} in {element} cannot be written in XML 1.0")]
    Character {
        /// The element or the attribute that would hold it.
        element: &'static str,
        /// The character.
        character: char,
    },
    /// An element that must hold something would be empty (PEPPOL-EN16931-R008).
    #[error("{0} would be empty")]
    Empty(&'static str),
    /// A currency with three decimals: document amounts have two at most (BR-DEC-09 and its neighbours).
    #[error("amounts in {} have more than two decimals", .0.code())]
    Decimals(Currency),
    /// The number of the document does not make a payment id: it does not end in digits, or has too many after the prefix.
    #[error(
        "the payment id of {number} would not be 15 digits: at most 14 are for the prefix `{prefix}` and the running number"
    )]
    PaymentId {
        /// The document's number.
        number: String,
        /// What the contract's payment ids begin with.
        prefix: String,
    },
    /// Nobody to refer to at the payer: neither a person or unit nor, in Peppol, an order (PEPPOL-EN16931-R003, F-INV051).
    #[error("the payer names no person or unit for its documents")]
    Reference,
    /// Two rates of tax on one document, for which OIOUBL has no place (F-LIB315).
    #[error("OIOUBL has one taxed sum in a document, and this one has several rates")]
    Rates,
    /// The writer below failed.
    #[error(transparent)]
    Writer(#[from] std::io::Error),
}
