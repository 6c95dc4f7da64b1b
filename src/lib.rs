//! Settles payment-by-results contracts.

pub mod charge;
#[cfg(feature = "cli")]
pub mod cli;
pub mod contract;
pub mod facts;
#[cfg(feature = "formats")]
pub mod formats;
pub mod measure;
pub mod timeline;

pub use contract::Contract;
pub use facts::Facts;
pub use measure::day::{Day, Span};
pub use measure::diagnostic::{Code, Diagnostic, Place, Severity};
pub use measure::id::Id;
pub use measure::money::{Currency, Money};
