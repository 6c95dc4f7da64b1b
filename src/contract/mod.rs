//! Floor 4, contract: the terms as the parties signed them, and their settlement calendar.

pub mod calendar;
pub mod check;
pub mod limit;
pub mod terms;

pub use calendar::{Calendar, SettlementPeriod};
pub use limit::{Limit, LimitWindow, Scope};
pub use terms::{Cohort, Contract, Payee, Payer, SettlementTerms};
