//! Floor 11, forecasts: what a contract can still cost, as bounds that hold in every future ([`crate::book::forecasting`]).
//!
//! What is earned on days that are told is worked out by the engine and is in both bounds; what may be earned later is bounded
//! charge by charge, person by person, and then by the room that limits leave.

pub mod bound;
mod causal;
mod goes_on;
mod group;
pub mod line;
mod made;
mod measured;
mod most;
mod open;
pub mod outlook;
pub mod payers;
mod people;
mod person;
mod price;
mod range;
mod room;
mod start;

pub use bound::{Bounds, Unbounded};
pub use line::Line;
pub use outlook::{Forecast, Room, Year, forecast};
pub use payers::Part;
