//! Values: numbers that the contract prints (mechanisms 4.1).

use crate::measure::ratio::Ratio;

/// A number that the contract prints, such as a principal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Value {
    /// The number.
    pub value: Ratio,
}
