//! Floor 8, documents: what settlements become for those who pay (rule 11): invoices and credit notes as plain values, what has
//! been issued, when it is due, and the books. No format is known here; a document carries the business terms of EN 16931
//! (BT and BG numbers stand with the fields), so that a writer only has to say them in its own words.

pub mod document;
pub mod due;
pub mod interest;
pub mod issue;
pub mod issued;
pub mod journal;
pub mod line;
mod lines;
pub mod open_item;
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
pub use payment::{Paid, Payment};
pub use posted::{Key, Posted};
pub use register::Register;
