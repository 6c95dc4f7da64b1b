//! Floor 11, statements: what is to be said of a settlement to people who were not there, as plain values: what is owed and for
//! what, what is different from last time and why, what the limits leave, and each participant's course.
//!
//! Every amount comes with its explanation ([`crate::explain`]), which works it out a second time; where a ledger holds another
//! amount than the contract and the facts give today, the statement says so instead (rule 10.4).

pub mod account;
pub mod beside;
pub mod business_case;
pub mod change;
pub mod course;
pub mod key;
pub mod limit;
pub mod made;
pub mod statements;
pub mod summary;
pub mod targets;

pub use beside::Beside;
pub use business_case::BusinessCase;
pub use made::{Section, Statement, Unlike};
pub use statements::{StatementError, Statements};
pub use targets::Target;
