//! Floor 3, figures: numbers with a name, each of which answers for a day, from the facts known on a cut-off (mechanisms 4).

pub mod among;
pub mod asking;
pub mod compare;
pub mod count;
pub mod figures;
pub mod goal;
pub mod granted;
pub mod metric;
pub mod places;
pub mod reckoned;
pub mod refund;
pub mod sample;
pub mod saving;
pub mod sum;
pub mod sums;
pub mod tally;
pub mod value;
pub mod window;

pub use among::Among;
pub use asking::{Asked, Asking, Own, Seen};
pub use compare::{By, Compare};
pub use count::{Count, Counted};
pub use figures::Figures;
pub use goal::{ByGoal, Goal, GoalMet};
pub use granted::{Granted, Grants};
pub use metric::Metric;
pub use places::{Per, Places, Seats};
pub use reckoned::Reckoned;
pub use sample::Sample;
pub use saving::{Saved, Saving};
pub use sum::{Part, Sum};
pub use sums::Adds;
pub use tally::{Tallied, Tally};
pub use value::Value;
pub use window::Window;

use crate::measure::id::Id;

/// A number with a name (mechanisms 4.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// Its name in the contract.
    pub id: Id,
    /// Where the number comes from.
    pub form: Form,
    /// To how many decimals it is rounded, half away from zero, before anybody sees it; `None` = not at all (mechanisms 4.2).
    pub decimals: Option<u32>,
}

/// The roll: everything that a figure can be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Form {
    /// Two figures held against one another.
    Compare(Compare),
    /// How many enrolled, joined or reached something.
    Count(Count),
    /// How a goal stands (goals 3).
    Goal(GoalMet),
    /// What is granted so far under some charges.
    Granted(Granted),
    /// What others measured.
    Metric(Metric),
    /// What company centres have, and how many are in them.
    Places(Places),
    /// How much of what was checked did not stand up.
    Sample(Sample),
    /// What weeks without benefit save.
    Saving(Saving),
    /// The weighted sum of figures.
    Sum(Sum),
    /// What is added up over days that qualify.
    Tally(Tally),
    /// A number that the contract prints.
    Value(Value),
}

impl Form {
    /// The figures that it names; which ones a goal looks at the contract says ([`Figures::parts`]).
    #[must_use]
    pub fn parts(&self) -> Vec<&Id> {
        match self {
            Form::Compare(compare) => vec![&compare.of, &compare.with],
            Form::Sum(sum) => sum.parts.iter().map(|part| &part.figure).collect(),
            Form::Count(_) | Form::Goal(_) | Form::Granted(_) | Form::Metric(_) | Form::Places(_) => Vec::new(),
            Form::Sample(_) | Form::Saving(_) | Form::Tally(_) | Form::Value(_) => Vec::new(),
        }
    }

    /// Whether its value never falls as the days go by, so that a gate waits for it (mechanisms 6.3): what is counted or tallied
    /// from the first day on. What was measured, shown of a goal, granted, checked, printed or made of others may fall.
    #[must_use]
    pub fn only_rises(&self) -> bool {
        match self {
            Form::Count(count) => count.window == Window::Total,
            Form::Tally(tally) => tally.window == Window::Total,
            Form::Compare(_) | Form::Goal(_) | Form::Granted(_) | Form::Metric(_) | Form::Places(_) => false,
            Form::Sample(_) | Form::Saving(_) | Form::Sum(_) | Form::Value(_) => false,
        }
    }

    /// The outcome whose days participants add to it.
    #[must_use]
    pub fn outcome(&self) -> Option<&Id> {
        match self {
            Form::Places(places) => places.outcome.as_ref(),
            Form::Tally(tally) => Some(&tally.outcome),
            _ => None,
        }
    }

    /// The metric whose measurements it reads itself.
    #[must_use]
    pub fn metric(&self) -> Option<&Metric> {
        match self {
            Form::Metric(metric) => Some(metric),
            _ => None,
        }
    }

    /// The sample whose checks it reads itself.
    #[must_use]
    pub fn sample(&self) -> Option<&Id> {
        match self {
            Form::Sample(sample) => Some(&sample.sample),
            _ => None,
        }
    }

    /// The goal that it asks for.
    #[must_use]
    pub fn goal(&self) -> Option<&Id> {
        match self {
            Form::Goal(terms) => Some(&terms.goal),
            _ => None,
        }
    }

    /// The days of the window that it looks at itself.
    #[must_use]
    pub fn window(&self) -> Option<Window> {
        match self {
            Form::Count(count) => Some(count.window),
            Form::Granted(granted) => Some(granted.window),
            Form::Metric(metric) => Some(metric.window),
            Form::Places(places) => (places.by != Per::LastDay).then_some(places.window),
            Form::Saving(saving) => Some(saving.window),
            Form::Tally(tally) => Some(tally.window),
            Form::Compare(_) | Form::Goal(_) | Form::Sample(_) | Form::Sum(_) | Form::Value(_) => None,
        }
    }

    /// Whether participants add to it.
    #[must_use]
    pub fn is_added_up(&self) -> bool {
        match self {
            Form::Count(count) => count.of != Counted::Companies,
            Form::Places(places) => places.of == Seats::Occupied,
            Form::Saving(_) | Form::Tally(_) => true,
            Form::Compare(_) | Form::Goal(_) | Form::Granted(_) | Form::Metric(_) => false,
            Form::Sample(_) | Form::Sum(_) | Form::Value(_) => false,
        }
    }

    /// Whether it is itself each participant's own (mechanisms 4.3).
    #[must_use]
    pub fn is_own(&self) -> bool {
        match self {
            Form::Metric(metric) => metric.per_participant,
            Form::Saving(saving) => saving.per_participant,
            Form::Tally(tally) => tally.per_participant,
            Form::Compare(_) | Form::Count(_) | Form::Goal(_) | Form::Granted(_) | Form::Places(_) => false,
            Form::Sample(_) | Form::Sum(_) | Form::Value(_) => false,
        }
    }
}
