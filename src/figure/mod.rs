//! Floor 3, figures: numbers with a name, each of which answers for a day, from the facts known on a cut-off (mechanisms 4).

pub mod metric;
pub mod value;

pub use metric::Metric;
pub use value::Value;

use crate::facts::Facts;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;

/// A number with a name (mechanisms 4.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// Its name in the contract.
    pub id: Id,
    /// Where the number comes from.
    pub form: Form,
}

/// The roll: everything that a figure can be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Form {
    /// What others measured.
    Metric(Metric),
    /// A number that the contract prints.
    Value(Value),
}

/// For which day a figure is asked, and what is known (mechanisms 4.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The day.
    pub on: Day,
    /// The cut-off: rows recorded later have no say.
    pub known_on: Day,
}

/// What a figure answered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Seen {
    /// The exact value.
    pub value: Ratio,
    /// The measurement that says so, by number; none where no single one does.
    pub measurement: Option<u32>,
}

impl Figure {
    /// Its value for a day; `None` = not known.
    #[must_use]
    pub fn value(&self, facts: &Facts, asked: Asked) -> Option<Seen> {
        match &self.form {
            Form::Metric(metric) => metric.value(facts, asked),
            Form::Value(value) => value.value(),
        }
    }
}
