//! How a gate was judged, as plain values (mechanisms 6.3).

use super::fraction::Fraction;
use super::reckoning::FigureTold;
use crate::charge::test::Than;
use crate::measure::day::Day;
use serde::Serialize;

/// A gate, and what its tests say.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct GateTold {
    /// The gate.
    pub gate: String,
    /// The day on which it was judged; none if no date is left.
    pub judged: Option<Day>,
    /// What its tests say.
    pub tests: Vec<TestTold>,
    /// How many of them have to hold.
    pub needed: usize,
    /// The day on which it opens; none if it is shut, or waits.
    pub opens: Option<Day>,
}

/// What a test says.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TestTold {
    /// What it asks, and what the answer is.
    pub asked: AskedTold,
    /// The day on which it is met.
    pub met: Option<Day>,
}

/// What a test asks, and what the answer is.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskedTold {
    /// Whether a charge is reached.
    Charge {
        /// The charge, or a step of it.
        what: String,
        /// Whether it has to be, or may not be.
        reached: bool,
        /// The day on which it was.
        on: Option<Day>,
    },
    /// Where a figure stands.
    Figure {
        /// What it says.
        told: Box<FigureTold>,
        /// How it is held against the number.
        than: Than,
        /// The number as the contract has it.
        number: Fraction,
        /// How much of it is enough.
        tolerance: Option<Fraction>,
        /// How much that is.
        enough: Fraction,
    },
    /// Whether another gate opens.
    Gate(GateTold),
    /// Whether the own day lies in a suspension.
    Suspended {
        /// The own day.
        own_day: Day,
        /// The suspension.
        suspension: Option<String>,
    },
}
