//! Settles payment-by-results contracts.

pub mod charge;
pub mod contract;
pub mod facts;
pub mod measure;
pub mod timeline;

pub use contract::Contract;
pub use facts::Facts;
pub use measure::day::{Day, Span};
pub use measure::diagnostic::{Code, Diagnostic, Place, Severity};
pub use measure::id::Id;
pub use measure::money::{Currency, Money};
