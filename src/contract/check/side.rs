//! The sides of what a rate row can be asked about: names out of a set, and values in a row.

use crate::measure::id::Id;
use std::collections::BTreeSet;

/// One condition of a rate row: what of it two rows share, what one leaves of the other, and whether two make one.
pub(super) trait Side: Sized + Clone + PartialEq {
    /// What lies in both; `None` = nothing.
    fn meet(&self, other: &Self) -> Option<Self>;
    /// What lies in this one only.
    fn minus(&self, other: &Self) -> Vec<Self>;
    /// Both as one, where that leaves no hole between them.
    fn join(&self, other: &Self) -> Option<Self>;
}

/// Names; `None` = every name that the contract does not mention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Names<'a>(pub(super) BTreeSet<Option<&'a Id>>);

impl Names<'_> {
    fn new(names: BTreeSet<Option<&Id>>) -> Option<Names<'_>> {
        (!names.is_empty()).then_some(Names(names))
    }
}

impl Side for Names<'_> {
    fn meet(&self, other: &Self) -> Option<Self> {
        Names::new(self.0.intersection(&other.0).copied().collect())
    }

    fn minus(&self, other: &Self) -> Vec<Self> {
        Names::new(self.0.difference(&other.0).copied().collect()).into_iter().collect()
    }

    fn join(&self, other: &Self) -> Option<Self> {
        Names::new(self.0.union(&other.0).copied().collect())
    }
}

/// Participants who have all of some traits and none of some others.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Traits<'a> {
    pub(super) has: BTreeSet<&'a Id>,
    pub(super) lacks: BTreeSet<&'a Id>,
}

impl<'a> Traits<'a> {
    pub(super) fn all(traits: &'a [Id]) -> Traits<'a> {
        Traits { has: traits.iter().collect(), lacks: BTreeSet::new() }
    }

    /// Those of them who have a trait, or who lack it.
    fn with(&self, one: &'a Id, has: bool) -> Traits<'a> {
        let mut some = self.clone();
        if has {
            some.has.insert(one)
        } else {
            some.lacks.insert(one)
        };
        some
    }
}

impl Side for Traits<'_> {
    fn meet(&self, other: &Self) -> Option<Self> {
        let has: BTreeSet<&Id> = self.has.union(&other.has).copied().collect();
        let lacks: BTreeSet<&Id> = self.lacks.union(&other.lacks).copied().collect();
        has.is_disjoint(&lacks).then_some(Traits { has, lacks })
    }

    fn minus(&self, other: &Self) -> Vec<Self> {
        let (mut parts, mut rest) = (Vec::new(), self.clone());
        let asked = other.has.iter().map(|one| (*one, true)).chain(other.lacks.iter().map(|one| (*one, false)));
        for (one, has) in asked {
            parts.push(rest.with(one, !has));
            rest = rest.with(one, has);
        }
        // What asks for a trait and for its lack is nobody.
        parts.retain(|part| part.has.is_disjoint(&part.lacks));
        parts
    }

    fn join(&self, other: &Self) -> Option<Self> {
        let opposite = |one: &Self, two: &Self| {
            let only = one.has.difference(&two.has).copied().collect::<Vec<_>>();
            let [only] = only.as_slice() else { return None };
            let lacks: BTreeSet<&Id> = two.lacks.iter().copied().filter(|id| id != only).collect();
            (two.has.is_subset(&one.has) && two.lacks.contains(only) && lacks == one.lacks)
                .then(|| Traits { has: two.has.clone(), lacks: one.lacks.clone() })
        };
        opposite(self, other).or_else(|| opposite(other, self))
    }
}

/// From a value up to, not including, another; none = without end. Days, months and hours are all counted so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Band<T> {
    pub(super) from: T,
    pub(super) below: Option<T>,
}

impl<T: Ord + Copy> Band<T> {
    pub(super) fn new(from: T, below: Option<T>) -> Option<Band<T>> {
        below.is_none_or(|below| from < below).then_some(Band { from, below })
    }

    pub(super) fn contains(&self, value: T) -> bool {
        self.from <= value && self.below.is_none_or(|below| value < below)
    }

    /// Whether it begins before the other one is over.
    fn before_the_end(&self, other: &Self) -> bool {
        other.below.is_none_or(|below| self.from <= below)
    }
}

impl<T: Ord + Copy> Side for Band<T> {
    fn meet(&self, other: &Self) -> Option<Self> {
        Band::new(self.from.max(other.from), [self.below, other.below].into_iter().flatten().min())
    }

    fn minus(&self, other: &Self) -> Vec<Self> {
        let until = self.below.map_or(other.from, |below| below.min(other.from));
        let before = Band::new(self.from, Some(until));
        let after = other.below.and_then(|below| Band::new(self.from.max(below), self.below));
        before.into_iter().chain(after).collect()
    }

    fn join(&self, other: &Self) -> Option<Self> {
        let touch = self.before_the_end(other) && other.before_the_end(self);
        let below = self.below.zip(other.below).map(|(one, two)| one.max(two));
        touch.then_some(Band { from: self.from.min(other.from), below })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(from: u32, below: u32) -> Band<u32> {
        Band { from, below: (below > 0).then_some(below) }
    }

    #[test]
    fn what_a_band_leaves_of_another() {
        assert_eq!(band(0, 10).minus(&band(3, 5)), [band(0, 3), band(5, 10)]);
        assert_eq!(band(0, 0).minus(&band(3, 5)), [band(0, 3), band(5, 0)]);
        assert_eq!(band(4, 0).minus(&band(3, 0)), []);
        assert_eq!(band(2, 4).minus(&band(5, 7)), [band(2, 4)]);
        assert_eq!(band(8, 9).minus(&band(5, 7)), [band(8, 9)]);
    }

    #[test]
    fn those_with_and_those_without_a_trait_are_all() {
        let (young, alone) = (Id::new("young").unwrap(), Id::new("alone").unwrap());
        let all = Traits::default();
        let both = [young.clone(), alone.clone()];
        let rest = all.minus(&Traits::all(&both));
        // In the order of the names: without the first, with it and without the second.
        let (first, second) = if alone < young { (&alone, &young) } else { (&young, &alone) };
        assert_eq!(rest, [all.with(first, false), all.with(first, true).with(second, false)]);
        assert_eq!(Traits::all(&both).join(&rest[1]), Some(all.with(first, true)));
        assert_eq!(all.with(first, true).join(&rest[0]), Some(all.clone()));
        assert_eq!(all.with(first, true).meet(&rest[0]), None);
        assert_eq!(all.with(first, true).minus(&rest[0]), [all.with(first, true)]);
    }

    #[test]
    fn bands_that_touch_are_one() {
        assert_eq!(band(0, 3).join(&band(3, 5)), Some(band(0, 5)));
        assert_eq!(band(3, 0).join(&band(0, 3)), Some(band(0, 0)));
        assert_eq!(band(0, 3).join(&band(4, 5)), None);
        assert_eq!(band(0, 3).meet(&band(3, 5)), None);
        assert_eq!(band(0, 0).meet(&band(3, 5)), Some(band(3, 5)));
    }
}
