//! Floor 5, contract: the terms as the parties signed them, and their settlement calendar.

pub mod calendar;
pub mod change;
pub mod check;
pub mod invoicing;
pub mod limit;
pub mod party;
pub mod terms;

pub use calendar::{Calendar, SettlementPeriod};
pub use change::{TermChange, TermDeed};
pub use invoicing::{Bookkeeping, Invoicing};
pub use limit::{Bound, Limit, LimitWindow, Scope, Units};
pub use party::{Payee, Payer};
pub use terms::{Cohort, Contract, SettlementTerms, Version};
