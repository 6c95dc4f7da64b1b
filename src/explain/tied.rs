//! What a key waited for, the gates it passed, and what it tops up, as plain values (mechanisms 6.1 to 6.3).

use super::gated::GateTold;
use super::topped::ToppedUp;
use crate::measure::day::Day;
use serde::Serialize;

/// What a key waited for, the gates it passed, and what it tops up.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Tied {
    /// What its charge requires, and when that was reached (mechanisms 6.1).
    pub requires: Vec<Required>,
    /// How the gates that its charge requires were judged (mechanisms 6.3).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GateTold>,
    /// The entitlement beyond which it is paid (mechanisms 6.2).
    pub tops_up: Option<ToppedUp>,
}

impl Tied {
    /// Whether it depends on nothing but itself.
    #[must_use]
    pub fn waits_for_nothing(&self) -> bool {
        self.requires.is_empty() && self.gates.is_empty()
    }
}

/// Something that is reached first (mechanisms 6.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Required {
    /// The charge, or a step of it.
    pub what: String,
    /// The day from which it holds.
    pub on: Option<Day>,
}
