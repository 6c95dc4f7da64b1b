//! Invoices and credit notes as UBL 2.1: the same [`Document`](crate::documents::Document) in the two formats that Danish public
//! bodies must receive. One of the two is sent.
//!
//! - [`peppol()`]: Peppol BIS Billing 3.0, the CIUS of EN 16931-1:2017, with the Danish rules (DK-R-002 to DK-R-017) of release
//!   3.0.21. The elements are named with the business terms of EN 16931 (BT, BG).
//! - [`oioubl()`]: OIOUBL 2.1, the older Danish profile of UBL, as its Schematron 1.17.2 wants it.
//!
//! Both are pure: the same document gives the same bytes. Amounts are those of the document, to the øre; nothing is worked out
//! again but the tax of a single line, which OIOUBL asks for.
//!
//! Not supported: sellers and buyers outside Denmark; VAT categories other than S, E and O (no zero rate, reverse charge or
//! export); charges, line allowances, prepaid amounts and amounts in a second currency; cards, direct debit and the payment
//! slips 01, 04, 15, 73 and 75. A payer without a person or order to refer to cannot be written.
//! Currencies are not looked up: a few of ISO 4217, such as ANG, BGN, SLE and STN, are missing in the code list of one format or
//! the other.

mod element;
mod figures;
mod kind;
mod oioubl;
mod payment;
mod peppol;
mod references;
mod unwritable;
mod vat;

pub use oioubl::oioubl;
pub use peppol::peppol;
pub use unwritable::Unwritable;
