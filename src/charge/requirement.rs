//! What has to be reached, or has to open, before a charge is owed (mechanisms 6.1).

use super::fixed::FixedPer;
use super::{Charge, Mechanism, Unit};
use crate::measure::id::Id;
use std::fmt;

/// A charge, or one step of it, that is reached first; or a gate that has to be open (mechanisms 6.1).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Requirement {
    /// The charge, or the gate: no two of them have the same id.
    pub charge: Id,
    /// The step; `None` = whichever of its steps, units or dates is reached first.
    pub step: Option<u32>,
}

impl Requirement {
    /// Whether a unit of the charge is one of those that are asked for.
    #[must_use]
    pub fn is_met_by(&self, unit: Unit) -> bool {
        self.step.is_none_or(|step| unit == Unit::Step(step))
    }
}

/// `13-weeks`, or with a step `13-weeks/step-02`.
impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            None => self.charge.fmt(f),
            Some(step) => write!(f, "{}/{}", self.charge, Unit::Step(step)),
        }
    }
}

impl Charge {
    /// Whether it has no participant, so that only the contract itself can reach it (rule 7.1, mechanisms 3.5, 5.2, 6.1).
    #[must_use]
    pub fn is_the_contracts(&self) -> bool {
        match &self.mechanism {
            Mechanism::Fixed(fixed) => fixed.per != FixedPer::Participant,
            Mechanism::Measured(measured) => !measured.per_participant,
            Mechanism::Milestone(_) | Mechanism::Period(_) => false,
        }
    }

    /// Whether each participant has dates of it (mechanisms 3.5, 5.2).
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.mechanism.dates().is_some() && !self.is_the_contracts()
    }
}
