//! What a charge pays: amounts, rate cards and bands.

use super::Day;

#[derive(Clone, Debug, PartialEq)]
pub enum Price {
    Amount(String),
    Card(Vec<Rate>),
    /// Of a measured charge: `each` on the charge itself.
    Each(String),
    /// Of a measured charge.
    Bands {
        pricing: Option<Pricing>,
        bands: Vec<Band>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pricing {
    Level,
    Marginal,
    Whole,
}

/// A band of a figure's values; at most one of each pair of edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    pub from: Option<String>,
    pub above: Option<String>,
    pub below: Option<String>,
    pub up_to: Option<String>,
    pub amount: Option<String>,
    pub each: Option<String>,
    pub to_amount: Option<String>,
    /// `owed_by = "payee"`
    pub owed_back: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rate {
    pub amount: String,
    pub when: When,
}

/// The conditions of a rate row or an adjustment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When {
    pub kinds: Option<Vec<String>>,
    pub target_groups: Option<Vec<String>>,
    pub traits: Option<Vec<String>>,
    pub hours: Option<(Option<String>, Option<String>)>,
    pub elapsed: Option<(Option<i64>, Option<i64>)>,
    pub steps: Option<(i64, i64)>,
    pub valid: Option<(Option<Day>, Option<Day>)>,
}
