//! What company centres come to on the days of a window, as plain values (places 2).

use super::fraction::Fraction;
use crate::figure::{Among, Per, Seats};
use crate::measure::day::Day;
use serde::Serialize;

/// What centres have, or who is in them, centre by centre.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PlacedTold {
    /// What of it.
    pub of: Seats,
    /// How days come to one number.
    pub by: Per,
    /// On days up to the second, not before the first if there is one.
    pub days: (Option<Day>, Day),
    /// The centres that have something, in the order of their ids.
    pub centres: Vec<CentreTold>,
    /// Of whom.
    #[serde(skip)]
    pub among: Among,
}

/// What one centre comes to.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CentreTold {
    /// Which.
    pub centre: String,
    /// Its part of the figure.
    pub sum: Fraction,
    /// How many people there were above its places, each on each day.
    pub above: i64,
}
