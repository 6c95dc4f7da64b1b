//! Floor 6, entitlements: what one participant is worth under a contract, from its facts as known (rules 5 to 8).

pub mod adding;
pub mod assessment;
pub mod census;
pub mod cohort;
pub mod dated;
pub mod goals;
pub mod plan;
pub mod readings;
pub mod seats;

pub use assessment::Assessment;
pub use plan::Plan;
pub use readings::{Asker, Readings};
