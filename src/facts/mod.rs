//! Floor 1, facts: what was reported, and what was known when (rule 3).

pub mod benefit;
pub mod company;
pub mod history;
mod ids;
pub mod measurement;
pub mod participant;
pub mod placement;
pub mod record;
pub mod report;
pub mod roster;
pub mod spell;
pub mod suspension;
pub mod validation;

pub use benefit::Benefit;
pub use company::Company;
pub use history::{Facts, History};
pub use measurement::Measurement;
pub use participant::Participant;
pub use placement::Placement;
pub use record::{Fact, Row};
pub use report::Report;
pub use spell::{Job, Spell};
pub use suspension::Suspension;
pub use validation::Validation;
