//! Floor 8, the ledger: what has been posted, what is posted now, and the settlements of a contract (rules 4.4 and 10).

pub mod account;
mod draft;
pub mod earlier;
pub mod entry;
pub mod member;
pub mod posting;
pub mod resume;
pub mod settle;
pub mod settlement;
pub mod stopped;
pub mod stray;
mod walk;

pub use earlier::Ledger;
pub use posting::{Posting, UnitName};
pub use settle::{Settlements, settle};
pub use settlement::Settlement;
