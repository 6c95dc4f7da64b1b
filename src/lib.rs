//! Settles payment-by-results contracts.

pub mod charge;
#[cfg(feature = "cli")]
pub mod cli;
pub mod contract;
pub mod entitlement;
pub mod explain;
pub mod facts;
pub mod findings;
#[cfg(feature = "formats")]
pub mod formats;
pub mod ledger;
pub mod limits;
pub mod measure;
pub mod timeline;

pub use contract::Contract;
pub use facts::Facts;
pub use ledger::{Posting, Settlement, settle};
pub use measure::day::{Day, Span};
pub use measure::diagnostic::{Code, Diagnostic, Place, Severity};
pub use measure::id::Id;
pub use measure::money::{Currency, Money};
