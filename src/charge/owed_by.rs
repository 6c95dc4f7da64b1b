//! Who owes what a charge or a band comes to (mechanisms 5.3, 7.4).

use crate::measure::money::Money;
use serde::Serialize;

/// Who owes an amount. What the payee owes is negative (mechanisms 10.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwedBy {
    /// Those who pay for results.
    #[default]
    Payers,
    /// Who is paid, and owes something back.
    Payee,
}

impl OwedBy {
    /// An amount of that size, with its sign.
    #[must_use]
    pub fn signed(self, size: Money) -> Money {
        match self {
            OwedBy::Payers => size,
            OwedBy::Payee => -size,
        }
    }
}
