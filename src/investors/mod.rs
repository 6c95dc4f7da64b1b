//! Floor 12, investors: what a fund receives for a programme is shared among those who funded it ([the page](crate::book)
//! `investors`). It looks at settlement totals only and never alters what is owed.

pub mod account;
pub mod check;
pub mod distribute;
pub mod distribution;
pub mod funding;
pub mod position;
pub mod receipt;

pub use distribute::distribute;
pub use distribution::{Distribution, Entry, Kind};
pub use funding::Funding;
pub use position::{Position, positions};
pub use receipt::{Receipt, Settled, receipts};
