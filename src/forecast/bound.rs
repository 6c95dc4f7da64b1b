//! Sums that may have no bound, and why ([`crate::book::forecasting`]).

use crate::measure::money::Total;
use serde::Serialize;

/// Why something has no bound.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unbounded {
    /// Any number of participants may enrol.
    Participants,
    /// Any number of companies may join.
    Companies,
    /// Hours or earnings are paid by the unit.
    Hours,
    /// A price follows an index that is not published yet.
    Index,
    /// A figure can have any value, and no band ends it.
    Figure,
    /// An amount is too large to be exact.
    Amounts,
}

/// A sum in minor units that is at most so much, or has no bound.
pub(super) type Most = Result<i128, Unbounded>;

/// The sum of two.
pub(super) fn plus(a: Most, b: Most) -> Most {
    Ok(a?.saturating_add(b?))
}

/// So many times as much; of what is nothing any number of times is nothing.
pub(super) fn times(each: Most, count: Most) -> Most {
    match (each, count) {
        (Ok(0), _) | (_, Ok(0)) => Ok(0),
        (each, count) => Ok(each?.saturating_mul(count?)),
    }
}

/// The less of two: what has no bound is no less than what has one.
pub(super) fn least(a: Most, b: Most) -> Most {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok(a.min(b)),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(one),
        (Err(reason), Err(_)) => Err(reason),
    }
}

/// The more of two.
pub(super) fn more(a: Most, b: Most) -> Most {
    Ok(a?.max(b?))
}

/// What a sum is at least and at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// No future comes to less.
    pub lowest: Result<Total, Unbounded>,
    /// No future comes to more.
    pub highest: Result<Total, Unbounded>,
}

impl Bounds {
    pub(super) fn new(lowest: Most, highest: Most) -> Bounds {
        Bounds { lowest: lowest.map(Total::from_minor), highest: highest.map(Total::from_minor) }
    }

    /// Both the same: there is no future left.
    pub(super) fn exactly(sum: i128) -> Bounds {
        Bounds::new(Ok(sum), Ok(sum))
    }

    /// Whether a sum lies between them.
    #[must_use]
    pub fn hold(&self, sum: Total) -> bool {
        !self.lowest.is_ok_and(|lowest| sum < lowest) && !self.highest.is_ok_and(|highest| highest < sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_bound_stays_so_unless_there_is_nothing_of_it() {
        let none: Most = Err(Unbounded::Hours);
        assert_eq!(plus(Ok(3), none), none);
        assert_eq!((times(Ok(0), none), times(none, Ok(0)), times(none, Ok(2))), (Ok(0), Ok(0), none));
        assert_eq!((least(Ok(3), none), least(none, Ok(3)), least(Ok(4), Ok(3))), (Ok(3), Ok(3), Ok(3)));
        assert_eq!((more(Ok(3), none), more(Ok(4), Ok(3))), (none, Ok(4)));
    }

    #[test]
    fn bounds_hold_what_lies_between_them() {
        let sum = Total::from_minor;
        let bounds = Bounds::new(Ok(-3), Ok(5));
        assert_eq!([-4, -3, 5, 6].map(|units| bounds.hold(sum(units))), [false, true, true, false]);
        let open = Bounds::new(Ok(2), Err(Unbounded::Figure));
        assert_eq!([1, 2, 9].map(|units| open.hold(sum(units))), [false, true, true]);
        assert!(Bounds::new(Err(Unbounded::Figure), Ok(5)).hold(sum(-9)));
    }
}
