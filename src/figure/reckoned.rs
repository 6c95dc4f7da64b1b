//! How a contract says that a saving is reckoned: its table `[saving]` (saving 2).

use super::refund::{Reset, Step, Valid};
use crate::facts::benefit::Pay;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use crate::timeline::outcome::Length;

/// The table `[saving]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reckoned {
    /// How long after enrolment weeks can be avoided.
    pub during: Length,
    /// What a monthly amount is multiplied with to be a weekly one, if the contract has any.
    pub months_to_weeks: Option<Ratio>,
    /// Whether what the last row itself says was paid, and not what the rates say.
    pub own_amounts: bool,
    /// The kinds of spell with which a week is not self-supporting.
    pub supported_kinds: Vec<Id>,
    /// When the clock starts again, if it ever does.
    pub reset: Option<Reset>,
    /// The state's share of what benefits cost.
    pub refund: Vec<Step>,
    /// What benefits pay.
    pub rates: Vec<Rate>,
    /// What is paid in place of a benefit.
    pub costs: Vec<Cost>,
}

/// What a benefit pays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rate {
    /// The benefit.
    pub benefit: Id,
    /// When it applies; `None` = always.
    pub valid: Option<Valid>,
    /// What it pays.
    pub pay: Pay,
    /// Where that stands.
    pub source: String,
}

/// What the municipality pays in a week with a spell of some kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cost {
    /// The kinds.
    pub kinds: Vec<Id>,
    /// When it applies; `None` = always.
    pub valid: Option<Valid>,
    /// What is paid.
    pub pay: Pay,
    /// Whether the state refunds its share.
    pub refunded: bool,
    /// Where that stands.
    pub source: String,
}

impl Reckoned {
    /// The days on which weeks can be avoided, for somebody who enrolled on a day.
    #[must_use]
    pub fn days(&self, enrolled_on: Day) -> Option<Span> {
        let end = match self.during {
            Length::Days(days) => enrolled_on.plus_days(i64::from(days)),
            Length::Months(months) => enrolled_on.plus_months(months),
        };
        Span::new(enrolled_on, end.previous())
    }

    /// What an amount is a week; a monthly one only where the contract says how.
    #[must_use]
    pub fn weekly(&self, pay: Pay) -> Option<Ratio> {
        match pay {
            Pay::Weekly(amount) => Some(Ratio::of(amount)),
            Pay::Monthly(amount) => Ratio::of(amount).times(self.months_to_weeks?),
        }
    }

    /// What a benefit pays in a week with that Monday, by the rates.
    #[must_use]
    pub fn rate(&self, benefit: &Id, monday: Day) -> Option<Ratio> {
        let fits = |rate: &&Rate| rate.benefit == *benefit && rate.valid.is_none_or(|valid| valid.holds(monday));
        self.rates.iter().find(fits).and_then(|rate| self.weekly(rate.pay))
    }

    /// Whether any row says what a kind of spell costs.
    #[must_use]
    pub fn costs(&self, kind: &Id) -> bool {
        self.costs.iter().any(|cost| cost.kinds.contains(kind))
    }

    /// What a kind of spell costs in a week with that Monday.
    #[must_use]
    pub fn cost(&self, kind: &Id, monday: Day) -> Option<&Cost> {
        let fits = |cost: &&Cost| cost.kinds.contains(kind) && cost.valid.is_none_or(|valid| valid.holds(monday));
        self.costs.iter().find(fits)
    }

    /// Whether weeks with a kind of spell count on the clock: what they cost is refunded (saving 4).
    #[must_use]
    pub fn counts(&self, kind: &Id) -> bool {
        self.costs.iter().any(|cost| cost.refunded && cost.kinds.contains(kind))
    }
}
