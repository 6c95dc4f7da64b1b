//! Floor 2, timeline: from the facts as known to the days that qualify (rules 3.5 and 6).

pub mod activity;
pub mod job;
pub mod line;
pub mod outcome;
pub mod payroll;
pub mod report;
pub mod run;
pub mod stretch;
pub mod tally;

pub use line::{Timeline, timelines};
pub use outcome::Outcome;
pub use payroll::Payroll;
pub use stretch::Stretch;
