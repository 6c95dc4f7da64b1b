//! Weighted sums: estimators, pooled cohorts and present values with the weights that the contract prints (mechanisms 4.5).

use crate::measure::id::Id;
use crate::measure::ratio::Ratio;

/// The sum of figures, each times its weight.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum {
    /// What is added up.
    pub parts: Vec<Part>,
}

/// A figure and how much it weighs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The figure.
    pub figure: Id,
    /// What it is multiplied with.
    pub weight: Ratio,
}

impl Sum {
    /// The weighted sum of the parts' values, which come in their order.
    #[must_use]
    pub fn of(&self, values: &[Ratio]) -> Option<Ratio> {
        let weighted = self.parts.iter().zip(values).map(|(part, value)| value.times(part.weight));
        weighted.into_iter().try_fold(Ratio::ZERO, |sum, part| sum.plus(part?))
    }
}
