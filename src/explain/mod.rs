//! Floor 10, explanations: how each amount came about, in words that a case worker can check by hand.
//!
//! Everything is worked out once more from the facts and the terms, day by day and amount by amount, on a way of its own; only
//! small pieces are the engine's (what is known on a day, which spell of a job follows which, the calendar). Where the two
//! ways do not end in the same figures there is no explanation but an error that names both.
//!
//! What it costs: the contract is settled up to the settlement that is asked about. For one participant only that
//! participant's rows are settled, unless the contract has a limit per company or contract: then what is left for one depends
//! on all, everybody is settled, and for each settlement that is told everybody's entitlements take their turn once more.

mod adjust;
mod census;
mod change;
mod compose;
mod dates;
mod delay;
mod figures;
mod fixed;
mod gate;
mod goals;
mod group;
mod line;
mod market;
mod measured;
mod own;
mod page;
mod places;
mod posted;
mod price;
mod queue;
mod render;
mod render_gate;
mod render_goal;
mod render_item;
mod render_measured;
mod render_places;
mod render_price;
mod render_reason;
mod render_row;
mod render_saving;
mod render_step;
mod render_version;
mod room;
mod room_told;
mod rows;
mod saving;
mod sheet;
mod slice;
mod step;
mod study;
mod tally;
mod tell;
mod tie;
mod unit;
mod version;
mod words;
mod work;

pub mod absent;
pub mod added;
pub mod check;
pub mod fraction;
pub mod gated;
pub mod goal_told;
pub mod pen;
pub mod placed;
pub mod reason;
pub mod reckoning;
pub mod run;
pub mod saved;
pub mod source;
pub mod telling;
pub mod tied;
pub mod told;
pub mod topped;
pub mod tree;

pub use delay::Delayed;
pub use render::render;
pub use tree::Explanation;
pub use words::{Lang, say};

use crate::contract::Contract;
use crate::facts::Facts;
use crate::measure::day::Day;

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Question<'q> {
    /// One participant only.
    pub participant: Option<&'q str>,
    /// One settlement only.
    pub settlement: Option<u32>,
}

/// Why there is no answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ExplainError {
    /// No row carries the participant's id.
    #[error("no row of participants.csv carries the id `{0}`")]
    UnknownParticipant(String),
    /// The settlement is not made yet, or never.
    #[error("there is no settlement {asked} on the as-of day: {last} settlements have their cut-off on or before it")]
    NoSuchSettlement {
        /// The one that was asked about.
        asked: u32,
        /// The last one that is made.
        last: u32,
    },
    /// The figures worked out here are not those that the engine posted. This is a fault in the program, never in the input.
    #[error(
        "settlement {settlement}, charge `{charge}`, subject `{subject}`, unit `{unit}`: worked out by hand {recomputed}, but \
         posted {posted}; no explanation is given for an amount that cannot be confirmed"
    )]
    Disagrees {
        /// The settlement.
        settlement: u32,
        /// The charge.
        charge: String,
        /// The subject.
        subject: String,
        /// The unit.
        unit: String,
        /// What was worked out here.
        recomputed: String,
        /// What the engine posted.
        posted: String,
    },
}

/// Explains a contract, a participant, a settlement, or one participant in one settlement, as of a day.
///
/// # Errors
/// The participant or the settlement does not exist, or the amounts cannot be confirmed ([`ExplainError::Disagrees`]).
pub fn explain(contract: &Contract, facts: &Facts, as_of: Day, question: Question<'_>) -> Result<Explanation, ExplainError> {
    if let Some(id) = question.participant.filter(|id| facts.participants.find(id).is_none()) {
        return Err(ExplainError::UnknownParticipant(id.to_owned()));
    }
    match question.participant.filter(|_| slice::is_enough(contract)) {
        Some(id) => compose::compose(contract, &slice::of_participant(contract, facts, id), as_of, question),
        None => compose::compose(contract, facts, as_of, question),
    }
}
