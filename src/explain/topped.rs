//! What a better way to the same payment is paid beyond, as plain values (mechanisms 6.2).

use crate::measure::money::Shown;
use serde::Serialize;

/// The best of the ways to the same payment so far (mechanisms 6.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ToppedUp {
    /// The charge, with its step if it has steps.
    pub what: String,
    /// What it amounts to.
    pub amount: Shown,
    /// What this one would be worth by itself.
    pub whole: Shown,
    /// What is left of that.
    pub rest: Shown,
}
