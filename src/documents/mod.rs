//! Floor 8, documents: what settlements become for those who pay (rule 11): invoices and credit notes as plain values, what has
//! been issued, when it is due, and the books. No format is known here; a document carries the business terms of EN 16931
//! (BT and BG numbers stand with the fields), so that a writer only has to say them in its own words.

pub mod document;
pub mod due;
pub mod line;

pub use document::{Attachment, Document, Kind, Party, Reference};
pub use line::{Allowance, Line, VatSum};
