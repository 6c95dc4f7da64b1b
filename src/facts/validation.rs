//! A check of one key in a sample: whether what was paid for stood up to it (mechanisms 12).

use super::record::Fact;
use crate::measure::id::Id;

/// A unit that was drawn into a sample and checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Validation {
    /// The sample.
    pub sample: Id,
    /// The charge.
    pub charge: Id,
    /// Whose key it is.
    pub subject: Checked,
    /// The unit, as postings name it; the engine makes nothing of it.
    pub unit: Box<str>,
    /// Whether it stood up.
    pub valid: bool,
}

/// Whose key was checked; the check waits for it (mechanisms 12).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Checked {
    /// The contract's own: `-`.
    Contract,
    /// A company's.
    Company(Id),
    /// A participant's.
    Participant(Id),
}

impl Fact for Validation {
    const FILE: &'static str = "validation.csv";
    const NAME: &'static str = "check";
}
