//! Places: how many a contract's company centres have, and how many of them are filled (places 2).

use super::{Adds, Among, Asked, Window};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use serde::Serialize;
use std::collections::BTreeMap;

/// What centres have on the days of a window (places 2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Places {
    /// What of it.
    pub of: Seats,
    /// How the days come to one number.
    pub by: Per,
    /// That centre alone; `None` = all of them.
    pub centre: Option<Id>,
    /// The outcome whose days the people in a centre have; of what is occupied only.
    pub outcome: Option<Id>,
    /// Whom of them; of what is occupied only.
    pub among: Among,
    /// On which days; the last day has none.
    pub window: Window,
}

/// What is looked at on a day (places 2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seats {
    /// The places that there are.
    Available,
    /// The centres that are open.
    Centres,
    /// The places that somebody is in.
    Occupied,
}

/// How days come to one number (places 2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// The days are summed.
    #[default]
    Days,
    /// The same, each as a part of its month.
    Months,
    /// The day that is asked for, or after the term the last one of the term.
    LastDay,
}

impl Seats {
    /// What a centre counts for that has so many places and so many people in it.
    #[must_use]
    pub fn of(self, places: i64, people: i64) -> i64 {
        match self {
            Seats::Available => places,
            Seats::Centres => i64::from(places > 0),
            Seats::Occupied => places.min(people),
        }
    }
}

impl Places {
    /// The number that was asked for, from what there is on each day.
    #[must_use]
    pub fn value(&self, adds: &Adds, figure: u16, asked: Asked) -> Option<Ratio> {
        let days = self.window.days(asked);
        match self.by {
            Per::Days => Ratio::new(adds.tally(figure, days).into(), 1),
            Per::LastDay => Ratio::new(adds.tally(figure, Span { first: asked.on, last: asked.on }).into(), 1),
            Per::Months => months(&adds.levels(figure, days)),
        }
    }
}

/// Each day as a part of its month, summed: months of one length first.
fn months(levels: &[(Span, i64)]) -> Option<Ratio> {
    let mut by_length: BTreeMap<i64, i64> = BTreeMap::new();
    for (days, level) in levels {
        let mut first: Day = days.first;
        while first <= days.last {
            let month = Grid::Month.cell(first);
            let last = month.last().min(days.last);
            let sum = by_length.entry(month.days()).or_default();
            *sum = sum.saturating_add(level.saturating_mul(Span { first, last }.days()));
            first = last.next();
        }
    }
    let part = |sum: Ratio, (length, days): (i64, i64)| sum.plus(Ratio::new(days.into(), length.into())?);
    by_length.into_iter().try_fold(Ratio::ZERO, part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_each_by_its_own_length() {
        let day = |text: &str| Day::parse(text).unwrap();
        let span = |first: &str, last: &str| Span { first: day(first), last: day(last) };
        let sum = |levels: &[(Span, i64)]| months(levels).unwrap().to_string();
        assert_eq!(sum(&[]), "0");
        assert_eq!(sum(&[(span("2009-06-01", "2009-07-31"), 4)]), "8", "two whole months");
        assert_eq!(sum(&[(span("2009-06-16", "2009-06-30"), 2), (span("2009-07-21", "2009-07-31"), 5)]), "86/31");
        assert_eq!(sum(&[(span("2012-02-29", "2012-03-01"), 1)]), "60/899", "1 ÷ 29 + 1 ÷ 31");
    }

    #[test]
    fn a_full_centre_counts_its_places_and_a_closed_one_nothing() {
        let of = |seats: Seats| [(0, 3), (4, 3), (4, 6)].map(|(places, people)| seats.of(places, people));
        assert_eq!(of(Seats::Available), [0, 4, 4]);
        assert_eq!(of(Seats::Centres), [0, 1, 1]);
        assert_eq!(of(Seats::Occupied), [0, 3, 4]);
    }
}
