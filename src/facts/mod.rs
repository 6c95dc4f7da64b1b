//! Floor 1, facts: what was reported, and what was known when (rule 3).

pub mod benefit;
pub mod centres;
pub mod company;
pub mod history;
pub mod indicator;
pub mod measurement;
pub mod offer;
pub mod participant;
pub mod placement;
pub mod record;
pub mod report;
pub mod roster;
pub mod shown;
pub mod spell;
pub mod suspension;
pub mod validation;

pub use benefit::Benefit;
pub use centres::Centres;
pub use company::Company;
pub use history::{Facts, History};
pub use indicator::Indicator;
pub use measurement::Measurement;
pub use offer::Offer;
pub use participant::Participant;
pub use placement::Placement;
pub use record::{Fact, Row};
pub use report::Report;
pub use shown::Shown;
pub use spell::{Job, Spell};
pub use suspension::Suspension;
pub use validation::Validation;
