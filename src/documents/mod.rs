//! Floor 9, documents: what settlements become for those who pay (rule 11): invoices and credit notes as plain values, what has
//! been issued, when it is due, and the books. No format is known here; a document carries the business terms of EN 16931
//! (BT and BG numbers stand with the fields), so that a writer only has to say them in its own words.
//!
//! ```
//! # #[cfg(feature = "formats")] {
//! # use effekt::formats::{self, Source, Sources};
//! # use effekt::{Day, settle};
//! use effekt::documents::{Posted, Register, issue};
//!
//! # let read = |name: &str| Source::new(name, std::fs::read(format!("fixtures/impact60/programme/{name}")).unwrap());
//! # let sources = Sources {
//! #     contracts: vec![read("contracts/impact60-aalborg.toml")],
//! #     participants: Some(read("participants.csv")),
//! #     companies: Some(read("companies.csv")),
//! #     placements: Some(read("placements.csv")),
//! #     spells: Some(read("spells.csv")),
//! #     ..Sources::default()
//! # };
//! # let as_of = Day::parse("2019-06-30").unwrap();
//! # let programme = formats::read(&sources, Some(as_of), &[]);
//! # let case = &programme.cases[0];
//! # let (contract, facts) = (case.contract.as_ref().unwrap(), &case.facts);
//! let mut register = Register::default();
//! for settlement in settle(contract, facts, as_of) {
//!     let postings = Posted::of_settlement(contract, &settlement);
//!     for document in issue(contract, &mut register, settlement.period, postings).unwrap() {
//!         println!("{}: {} due {}", document.number, document.payable.display(document.currency), document.due);
//!     }
//! }
//! assert_eq!(register.issued.len(), 2);
//! # }
//! ```

pub mod document;
pub mod due;
pub mod interest;
pub mod issue;
pub mod issued;
pub mod journal;
pub mod line;
mod lines;
pub mod open_item;
pub mod payers;
pub mod payment;
pub mod posted;
pub mod register;
pub mod share;
pub mod tax;
pub mod words;

pub use document::{Attachment, Document, Item, Kind, Party, Reference};
pub use issue::{NoDocument, issue};
pub use issued::{Issued, IssuedLine};
pub use line::{Allowance, Line, LineUnit, VatSum};
pub use open_item::{OpenItem, open_items};
pub use payers::Payers;
pub use payment::{Paid, Payment};
pub use posted::{Key, Posted};
pub use register::Register;
