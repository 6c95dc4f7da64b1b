//! What participants add to counts and tallies, kept apart for each and summed up over all (mechanisms 4.1, 4.3).
//!
//! Each participant adds changes on days: to a count how many more there are from that day on, to a tally how many more of the
//! days from that one on qualify. So what everybody adds is a sum of changes by day, a participant whose facts are new is taken
//! out and put in again, and nobody else is looked at. A saving is a sum of money instead, laid on the Sundays of weeks.

use crate::measure::day::{Day, Span};
use crate::measure::ratio::Ratio;
use std::collections::BTreeMap;

/// What one participant adds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Adds {
    /// By the figure's place in the contract the changes on days.
    changes: BTreeMap<u16, BTreeMap<Day, i64>>,
    /// By the figure's place what is saved on days (saving 5).
    saved: BTreeMap<u16, BTreeMap<Day, Worth>>,
    /// By the figure's place and a centre's number how many more people are in it from days on (places 2).
    people: BTreeMap<(u16, u32), BTreeMap<Day, i64>>,
}

/// What is saved on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Worth {
    /// How many weeks lie on it.
    weeks: i64,
    /// Of how many of them something is missing to know what they save.
    unknown: i64,
    /// What the others save; `None` = it is too large to be exact.
    sum: Option<Ratio>,
}

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

    /// Adds what a week saves, on its Sunday; `None` = that is not known.
    pub fn week(&mut self, figure: u16, sunday: Day, saves: Option<Ratio>) {
        let (unknown, sum) = (i64::from(saves.is_none()), Some(saves.unwrap_or(Ratio::ZERO)));
        self.saved.entry(figure).or_default().entry(sunday).or_default().add(Worth { weeks: 1, unknown, sum }, 1);
    }

    /// Adds somebody to a centre on days (places 2).
    pub fn person(&mut self, figure: u16, centre: u32, days: Span) {
        let changes = self.people.entry((figure, centre)).or_default();
        *changes.entry(days.first).or_default() += 1;
        *changes.entry(days.last.next()).or_default() -= 1;
    }

    /// By how many the people in a centre change on which days.
    #[must_use]
    pub fn people(&self, figure: u16, centre: u32) -> Option<&BTreeMap<Day, i64>> {
        self.people.get(&(figure, centre))
    }

    /// Says what a figure changes by on which days, in place of what was said before.
    pub fn replace(&mut self, figure: u16, changes: BTreeMap<Day, i64>) {
        self.changes.insert(figure, changes);
    }

    fn change(&mut self, figure: u16, on: Day, by: i64) {
        *self.changes.entry(figure).or_default().entry(on).or_default() += by;
    }

    /// Adds what another adds, so many times.
    pub fn add(&mut self, other: &Adds, times: i64) {
        for (figure, saved) in &other.saved {
            let mine = self.saved.entry(*figure).or_default();
            for (on, worth) in saved {
                let sum = mine.entry(*on).or_default();
                sum.add(*worth, times);
                if sum.weeks == 0 {
                    mine.remove(on);
                }
            }
        }
        for (figure, changes) in &other.changes {
            put(self.changes.entry(*figure).or_default(), changes, times);
        }
        for (centre, changes) in &other.people {
            put(self.people.entry(*centre).or_default(), changes, times);
        }
    }

    /// What is saved on some days; `None` if that of any week is not known (saving 5).
    #[must_use]
    pub fn saved(&self, figure: u16, days: Span) -> Option<Ratio> {
        let worths =
            self.saved.get(&figure).filter(|_| days.first <= days.last).map(|days_of| days_of.range(days.first..=days.last));
        worths.into_iter().flatten().try_fold(Ratio::ZERO, |sum, (_, worth)| match worth.unknown {
            0 => sum.plus(worth.sum?),
            _ => None,
        })
    }

    /// How many weeks are avoided whose Sundays lie on some days (saving 5).
    #[must_use]
    pub fn weeks(&self, figure: u16, days: Span) -> i64 {
        let worths = self.saved.get(&figure).filter(|_| days.first <= days.last);
        worths.into_iter().flat_map(|all| all.range(days.first..=days.last)).map(|(_, worth)| worth.weeks).sum()
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

    /// On which of some days in a row there are how many, but for none.
    #[must_use]
    pub fn levels(&self, figure: u16, days: Span) -> Vec<(Span, i64)> {
        let (mut levels, mut from, mut level) = (Vec::new(), days.first, 0);
        let mut close = |first: Day, last: Day, level: i64| {
            levels.extend(Span::new(first, last).filter(|_| level != 0).map(|days| (days, level)));
        };
        for (on, by) in self.until(figure, days) {
            close(from, on.previous(), level);
            (from, level) = (from.max(on), level + by);
        }
        close(from, days.last, level);
        levels
    }

    /// The first day on or after `from` by which the count over all days up to it is one that `enough` takes; a count never
    /// falls from one day to the next (mechanisms 6.3).
    #[must_use]
    pub fn first_count(&self, figure: u16, from: Day, enough: impl Fn(i64) -> bool) -> Option<Day> {
        let mut sum = self.count(figure, up_to(from));
        if enough(sum) {
            return Some(from);
        }
        let mut later = self.changes.get(&figure)?.range(from.next()..);
        later.find_map(|(on, by)| {
            sum += by;
            enough(sum).then_some(*on)
        })
    }

    /// The same of a tally.
    #[must_use]
    pub fn first_tally(&self, figure: u16, from: Day, enough: impl Fn(i64) -> bool) -> Option<Day> {
        let (mut sum, mut day) = (self.tally(figure, up_to(from)), from);
        let changes = self.changes.get(&figure);
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
        let changes = self.changes.get(&figure).filter(|_| days.first <= days.last);
        changes.into_iter().flat_map(move |changes| changes.range(..=days.last)).map(|(on, by)| (*on, *by))
    }
}

impl Default for Worth {
    fn default() -> Worth {
        Worth { weeks: 0, unknown: 0, sum: Some(Ratio::ZERO) }
    }
}

impl Worth {
    /// Adds what another is, so many times: once, or taken out once.
    fn add(&mut self, other: Worth, times: i64) {
        self.weeks += other.weeks * times;
        self.unknown += other.unknown * times;
        let changed = |sum: Ratio, by: Ratio| if times < 0 { sum.minus(by) } else { sum.plus(by) };
        self.sum = self.sum.zip(other.sum).and_then(|(sum, by)| changed(sum, by));
    }
}

/// Adds changes to others, so many times; what comes to nothing goes.
fn put(mine: &mut BTreeMap<Day, i64>, changes: &BTreeMap<Day, i64>, times: i64) {
    for (on, by) in changes {
        let sum = mine.entry(*on).or_default();
        *sum += by * times;
        if *sum == 0 {
            mine.remove(on);
        }
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
        assert_eq!(all.changes.values().map(BTreeMap::len).sum::<usize>(), 0, "nothing is left");
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

    #[test]
    fn levels_are_told_for_days_of_a_window() {
        let mut all = Adds::default();
        all.days(0, span("2018-01-05", "2018-01-10"));
        all.days(0, span("2018-01-08", "2018-01-20"));
        let told = |first, last| {
            let levels = all.levels(0, span(first, last));
            levels.into_iter().map(|(days, level)| format!("{} {} {level}", days.first, days.last)).collect::<Vec<_>>()
        };
        let whole = ["2018-01-05 2018-01-07 1", "2018-01-08 2018-01-10 2", "2018-01-11 2018-01-20 1"];
        assert_eq!(told("2017-01-01", "2018-12-31"), whole);
        assert_eq!(told("2018-01-09", "2018-01-12"), ["2018-01-09 2018-01-10 2", "2018-01-11 2018-01-12 1"]);
        assert!(told("2018-01-21", "2018-12-31").is_empty() && told("2018-01-01", "2018-01-04").is_empty());
    }

    #[test]
    fn what_weeks_save_is_summed_exactly_and_unknown_ones_make_it_unknown() {
        let (mut all, mut one, mut two) = (Adds::default(), Adds::default(), Adds::default());
        let ratio = |text| Ratio::parse(text).unwrap();
        one.week(1, day("2018-01-07"), Some(ratio("1/3")));
        two.week(1, day("2018-01-07"), Some(ratio("1/6")));
        two.week(1, day("2018-01-14"), None);
        all.add(&one, 1);
        all.add(&two, 1);
        let saved = |all: &Adds, last| all.saved(1, span("2018-01-01", last)).map(|sum| sum.to_string());
        assert_eq!(saved(&all, "2018-01-13").as_deref(), Some("0.5"));
        assert_eq!(saved(&all, "2018-01-06").as_deref(), Some("0"));
        assert_eq!(saved(&all, "2018-01-14"), None);
        all.add(&two, -1);
        assert_eq!(saved(&all, "2018-01-14").as_deref(), Some("1/3"));
        all.add(&one, -1);
        assert_eq!(all.saved.values().map(BTreeMap::len).sum::<usize>(), 0, "nothing is left");
    }
}
