//! Tests: what a gate asks of figures, of charges and of other gates (mechanisms 6.3).

use super::requirement::Requirement;
use crate::figure::Form;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use serde::Serialize;

/// The roll: everything that a gate can ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    /// Whether a charge is reached.
    Charge(Reach),
    /// Where a figure stands.
    Figure(Bound),
    /// Whether another gate opens.
    Gate(Id),
    /// Whether the own day lies in a suspension (mechanisms 9.1), or may not.
    Suspended(bool),
}

/// A charge, or a step of it, that is reached, or is not (mechanisms 6.3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reach {
    /// The charge, and perhaps its step.
    pub charge: Requirement,
    /// Whether it has to be reached, or may not be.
    pub reached: bool,
}

/// A figure and the number that it is held against (mechanisms 6.3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// The figure.
    pub figure: Id,
    /// How it is held against the number.
    pub than: Than,
    /// The number.
    pub number: Ratio,
    /// How much of the number is enough; 1 is all of it.
    pub tolerance: Ratio,
}

/// How a figure is held against a number (mechanisms 6.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Than {
    /// It is that or more.
    AtLeast,
    /// It is more.
    Above,
    /// It is that or less.
    AtMost,
    /// It is less.
    Below,
}

impl Bound {
    /// Whether a value passes.
    ///
    /// ```
    /// use effekt::charge::test::{Bound, Than};
    /// use effekt::measure::ratio::Ratio;
    /// let number = |text| Ratio::parse(text).unwrap();
    /// let bound = Bound { figure: Default::default(), than: Than::AtLeast, number: number("100"), tolerance: number("0.9") };
    /// assert!(bound.holds(number("90")) && !bound.holds(number("89.999999")));
    /// ```
    #[must_use]
    pub fn holds(&self, value: Ratio) -> bool {
        // The contract was refused if the product could need too many digits (mechanisms 2.4).
        let Some(number) = self.number.times(self.tolerance) else { return false };
        match self.than {
            Than::AtLeast => value >= number,
            Than::Above => value > number,
            Than::AtMost => value <= number,
            Than::Below => value < number,
        }
    }

    /// Whether it can only turn true of a figure of that form, so that it is waited for (mechanisms 6.3).
    #[must_use]
    pub fn is_waited_for(&self, form: &Form) -> bool {
        form.only_rises() && matches!(self.than, Than::AtLeast | Than::Above)
    }
}
