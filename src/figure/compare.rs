//! Comparisons: an effect against a control group, a baseline or a prediction (mechanisms 4.1).

use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use serde::Serialize;

/// One figure held against another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compare {
    /// The figure that is looked at: a.
    pub of: Id,
    /// The one that it is held against: b.
    pub with: Id,
    /// How.
    pub by: By,
}

/// How two figures are held against one another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// a − b.
    Difference,
    /// a ÷ b.
    Ratio,
    /// 100 a ÷ b.
    Percent,
    /// 100 (a − b) ÷ b.
    PercentChange,
    /// 100 (b − a) ÷ b.
    PercentFall,
}

impl By {
    /// What comes of a and b; `None` where b is 0 and has to divide.
    ///
    /// ```
    /// use effekt::figure::By;
    /// use effekt::measure::ratio::Ratio;
    /// let of = |a, b, by: By| by.of(Ratio::parse(a).unwrap(), Ratio::parse(b).unwrap()).map(|value| value.to_string());
    /// assert_eq!(of("46", "40", By::PercentChange).as_deref(), Some("15"));
    /// assert_eq!(of("34", "40", By::PercentFall).as_deref(), Some("15"));
    /// assert_eq!(of("46", "0", By::Percent), None);
    /// ```
    #[must_use]
    pub fn of(self, a: Ratio, b: Ratio) -> Option<Ratio> {
        let hundred = Ratio::of(Decimal::ONE_HUNDRED);
        match self {
            By::Difference => a.minus(b),
            By::Ratio => a.divided(b),
            By::Percent => a.divided(b)?.times(hundred),
            By::PercentChange => a.minus(b)?.divided(b)?.times(hundred),
            By::PercentFall => b.minus(a)?.divided(b)?.times(hundred),
        }
    }
}
