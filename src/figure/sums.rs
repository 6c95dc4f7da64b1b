//! What participants add to counts and tallies, kept apart for each and summed up over all (mechanisms 4.1, 4.3).
//!
//! Each participant adds changes on days: to a count how many more there are from that day on, to a tally how many more of the
//! days from that one on qualify. So what everybody adds is a sum of changes by day, a participant whose facts are new is taken
//! out and put in again, and nobody else is looked at.

use crate::measure::day::{Day, Span};
use std::collections::BTreeMap;

/// What one participant adds: by the figure's place in the contract the changes on days.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Adds(BTreeMap<u16, BTreeMap<Day, i64>>);

impl Adds {
    /// Adds one more on a day.
    pub fn one(&mut self, figure: u16, on: Day) {
        self.change(figure, on, 1);
    }

    /// Adds days that qualify.
    pub fn days(&mut self, figure: u16, days: Span) {
        self.change(figure, days.first, 1);
        self.change(figure, days.last.next(), -1);
    }

    fn change(&mut self, figure: u16, on: Day, by: i64) {
        *self.0.entry(figure).or_default().entry(on).or_default() += by;
    }

    /// Adds what another adds, so many times.
    pub fn add(&mut self, other: &Adds, times: i64) {
        for (figure, changes) in &other.0 {
            let mine = self.0.entry(*figure).or_default();
            for (on, by) in changes {
                let sum = mine.entry(*on).or_default();
                *sum += by * times;
                if *sum == 0 {
                    mine.remove(on);
                }
            }
        }
    }

    /// How many there are on some days.
    #[must_use]
    pub fn count(&self, figure: u16, days: Span) -> i64 {
        self.until(figure, days).filter(|(on, _)| days.first <= *on).map(|(_, by)| by).sum()
    }

    /// How many days qualify on some days, over all participants.
    #[must_use]
    pub fn tally(&self, figure: u16, days: Span) -> i64 {
        let from = |on: Day| days.last.next().days_since(on.max(days.first));
        self.until(figure, days).map(|(on, by)| by.saturating_mul(from(on))).fold(0, i64::saturating_add)
    }

    /// The first day on or after `from` by which the count over all days up to it is one that `enough` takes; a count never
    /// falls from one day to the next (mechanisms 6.3).
    #[must_use]
    pub fn first_count(&self, figure: u16, from: Day, enough: impl Fn(i64) -> bool) -> Option<Day> {
        let mut sum = self.count(figure, up_to(from));
        if enough(sum) {
            return Some(from);
        }
        let mut later = self.0.get(&figure)?.range(from.next()..);
        later.find_map(|(on, by)| {
            sum += by;
            enough(sum).then_some(*on)
        })
    }

    /// The same of a tally.
    #[must_use]
    pub fn first_tally(&self, figure: u16, from: Day, enough: impl Fn(i64) -> bool) -> Option<Day> {
        let (mut sum, mut day) = (self.tally(figure, up_to(from)), from);
        let changes = self.0.get(&figure);
        let mut each_day = changes.map_or(0, |changes| changes.range(..=from).map(|(_, by)| by).sum::<i64>());
        let last = changes.and_then(|changes| changes.keys().next_back().copied()).unwrap_or(from);
        while !enough(sum) {
            if day >= last {
                return None;
            }
            day = day.next();
            each_day += changes.and_then(|changes| changes.get(&day)).copied().unwrap_or_default();
            sum = sum.saturating_add(each_day);
        }
        Some(day)
    }

    fn until(&self, figure: u16, days: Span) -> impl Iterator<Item = (Day, i64)> + '_ {
        let changes = self.0.get(&figure).filter(|_| days.first <= days.last);
        changes.into_iter().flat_map(move |changes| changes.range(..=days.last)).map(|(on, by)| (*on, *by))
    }
}

fn up_to(day: Day) -> Span {
    Span { first: Day::from_number(i32::MIN), last: day }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn span(first: &str, last: &str) -> Span {
        Span { first: day(first), last: day(last) }
    }

    #[test]
    fn what_is_added_is_counted_in_windows_and_taken_out_again() {
        let (mut all, mut one, mut two) = (Adds::default(), Adds::default(), Adds::default());
        one.one(3, day("2018-01-10"));
        one.one(3, day("2018-02-10"));
        two.one(3, day("2018-02-10"));
        all.add(&one, 1);
        all.add(&two, 1);
        let count = |all: &Adds, first, last| all.count(3, span(first, last));
        assert_eq!(count(&all, "2018-01-01", "2018-02-10"), 3);
        assert_eq!(count(&all, "2018-01-11", "2018-02-10"), 2);
        assert_eq!(count(&all, "2018-01-01", "2018-02-09"), 1);
        assert_eq!(all.count(4, span("2018-01-01", "2018-12-31")), 0);
        let first = |from, least: i64| all.first_count(3, day(from), |sum| sum >= least).map(|day| day.to_string());
        assert_eq!(first("2018-01-01", 3).as_deref(), Some("2018-02-10"));
        assert_eq!(first("2018-03-01", 3).as_deref(), Some("2018-03-01"));
        assert_eq!((first("2018-01-01", 0).as_deref(), first("2018-01-01", 4)), (Some("2018-01-01"), None));
        all.add(&one, -1);
        all.add(&two, -1);
        assert_eq!(all.0.values().map(BTreeMap::len).sum::<usize>(), 0, "nothing is left");
    }

    #[test]
    fn days_are_tallied_over_everybody() {
        let mut all = Adds::default();
        all.days(0, span("2018-01-01", "2018-01-10"));
        all.days(0, span("2018-01-06", "2018-01-07"));
        let tally = |first, last| all.tally(0, span(first, last));
        assert_eq!(tally("2017-01-01", "2018-12-31"), 12);
        assert_eq!(tally("2018-01-07", "2018-01-07"), 2);
        assert_eq!(tally("2018-01-07", "2018-01-06"), 0);
        assert_eq!(tally("2018-01-08", "2018-02-28"), 3);
        let first = |from, least: i64| all.first_tally(0, day(from), |sum| sum >= least).map(|day| day.to_string());
        assert_eq!(first("2017-12-01", 1).as_deref(), Some("2018-01-01"));
        assert_eq!(first("2017-12-01", 8).as_deref(), Some("2018-01-07"), "5, then 7 and 9");
        assert_eq!(first("2018-01-08", 8).as_deref(), Some("2018-01-08"));
        assert_eq!((first("2018-01-01", 12).as_deref(), first("2018-01-01", 13)), (Some("2018-01-10"), None));
    }
}
