//! A measurement: a number that somebody else worked out, with the days that it is of (mechanisms 12).

use super::record::Fact;
use crate::measure::day::Span;
use crate::measure::id::Id;
use rust_decimal::Decimal;

/// A value of a metric: a rate of a cohort, an index, a count (mechanisms 4.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measurement {
    /// What was measured.
    pub metric: Id,
    /// Of which cohort; `None` = of none in particular.
    pub cohort: Option<Id>,
    /// Of which participant; `None` = of nobody in particular (mechanisms 4.3).
    pub participant: Option<Id>,
    /// The days that it is of.
    pub days: Span,
    /// What came out; the only number of a file that may be negative (mechanisms 2.1).
    pub value: Decimal,
    /// Where it is published; the engine makes nothing of it.
    pub source: Option<Box<str>>,
}

impl Fact for Measurement {
    const FILE: &'static str = "measurements.csv";
    const NAME: &'static str = "measurement";
}
