//! Sums that may have no bound, and why ([`crate::book::forecasting`]).

use crate::measure::money::Total;
use serde::Serialize;
use std::collections::BTreeSet;

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

/// The most of a sum, and the limits that make it so little, by their places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Highest {
    /// The sum.
    pub sum: Most,
    /// The limits.
    pub by: BTreeSet<u16>,
}

impl Highest {
    /// Both.
    pub fn and(mut self, other: Highest) -> Highest {
        self.by.extend(other.by);
        Highest { sum: plus(self.sum, other.sum), by: self.by }
    }

    /// The less of both; of equal ones this.
    pub fn or(self, other: Highest) -> Highest {
        match (self.sum, other.sum) {
            (Ok(one), Ok(two)) if two < one => other,
            (Err(_), Ok(_)) => other,
            _ => self,
        }
    }
}

/// What a sum is at least and at most.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// No future comes to less.
    pub lowest: Result<Total, Unbounded>,
    /// No future comes to more.
    pub highest: Result<Total, Unbounded>,
    /// The limits whose rooms make the highest what it is, by their places; none where it is what can be earned at most.
    pub by: Vec<u16>,
}

impl Bounds {
    pub(super) fn new(lowest: Most, highest: Highest) -> Bounds {
        let total = |sum: Most| sum.map(Total::from_minor);
        Bounds { lowest: total(lowest), highest: total(highest.sum), by: highest.by.into_iter().collect() }
    }

    /// Both the same: there is no future left.
    pub(super) fn exactly(sum: i128) -> Bounds {
        Bounds::new(Ok(sum), Highest { sum: Ok(sum), by: BTreeSet::new() })
    }

    /// Narrowed by others that it adds up with to a whole: what is left of the whole's highest if they come to their lowest, and
    /// of its lowest if they come to their highest.
    pub(super) fn within<'b>(&self, whole: &Bounds, others: impl Iterator<Item = &'b Bounds> + Clone) -> Bounds {
        let (mut narrow, minor) = (self.clone(), |sum: Result<Total, Unbounded>| -> Most { sum.map(|sum| sum.minor()) });
        let most = |one: Most, other: &'b Bounds| -> Most { Ok(one? - minor(other.lowest)?) };
        let fewest = |one: Most, other: &'b Bounds| -> Most { Ok(one? - minor(other.highest)?) };
        if let Ok(left) = others.clone().fold(minor(whole.highest), most)
            && minor(narrow.highest).map_or(true, |highest| left < highest)
        {
            (narrow.highest, narrow.by) = (Ok(Total::from_minor(left)), whole.by.clone());
        }
        if let Ok(left) = others.fold(minor(whole.lowest), fewest)
            && minor(narrow.lowest).map_or(true, |lowest| lowest < left)
        {
            narrow.lowest = Ok(Total::from_minor(left));
        }
        narrow
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
        let to = |sum: Most| Highest { sum, by: BTreeSet::new() };
        let bounds = Bounds::new(Ok(-3), to(Ok(5)));
        assert_eq!([-4, -3, 5, 6].map(|units| bounds.hold(sum(units))), [false, true, true, false]);
        let open = Bounds::new(Ok(2), to(Err(Unbounded::Figure)));
        assert_eq!([1, 2, 9].map(|units| open.hold(sum(units))), [false, true, true]);
        assert!(Bounds::new(Err(Unbounded::Figure), to(Ok(5))).hold(sum(-9)));
    }

    #[test]
    fn a_part_is_what_the_others_leave_of_the_whole() {
        let to = |lowest, highest| Bounds::new(Ok(lowest), Highest { sum: highest, by: BTreeSet::new() });
        let (part, other) = (to(0, Err(Unbounded::Hours)), to(3, Ok(6)));
        assert_eq!(part.within(&to(8, Ok(10)), [&other].into_iter()), to(2, Ok(7)));
        assert_eq!(to(4, Ok(5)).within(&to(8, Ok(10)), [&other].into_iter()), to(4, Ok(5)), "it is narrower by itself");
    }
}
