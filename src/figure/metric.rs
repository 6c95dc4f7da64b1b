//! Metrics: the latest of what others measured (mechanisms 4.1).

use super::{Asked, Own, Seen, Window};
use crate::facts::{Facts, Measurement};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use std::cmp::Reverse;

/// The value of the latest measurement of a metric and cohort.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Metric {
    /// What is measured.
    pub metric: Id,
    /// Of which cohort; `None` = rows that name none.
    pub cohort: Option<Id>,
    /// In which days a measurement's last day has to lie.
    pub window: Window,
    /// Whether it is each participant's own; else rows that name a participant have no say (mechanisms 4.3).
    pub per_participant: bool,
}

impl Metric {
    /// Whether a measurement is one of this metric and cohort, of a participant or of none.
    #[must_use]
    pub fn covers(&self, measurement: &Measurement) -> bool {
        measurement.metric == self.metric
            && measurement.cohort == self.cohort
            && measurement.participant.is_some() == self.per_participant
    }

    /// Of the measurements whose last day lies in the window, the value of the one with the latest last day; of several the
    /// latest first day, then the lowest id. They may lie before the contract begins: a baseline does.
    /// Of a participant's own metric only its measurements are looked at.
    #[must_use]
    pub fn value(&self, facts: &Facts, asked: Asked, own: Option<Own<'_>>) -> Option<Seen> {
        let all = &facts.measurements;
        let numbers = |numbers: &[u32]| numbers.iter().map(|number| *number as usize).collect::<Vec<usize>>();
        match own {
            Some(own) if self.per_participant => {
                let mine = |number: &usize| all.known(*number, asked.known_on).is_some_and(|(_, terms)| own.is(terms));
                self.latest(facts, asked, numbers(own.measurements).into_iter().filter(mine))
            }
            Some(own) => self.latest(facts, asked, numbers(own.general).into_iter()),
            None if self.per_participant => None,
            None => self.latest(facts, asked, 0..all.len()),
        }
    }

    fn latest(&self, facts: &Facts, asked: Asked, among: impl Iterator<Item = usize>) -> Option<Seen> {
        let (all, days) = (&facts.measurements, self.window.days(asked));
        let known = among.filter_map(|number| Some((number, all.known(number, asked.known_on)?.1)));
        let fits = known.filter(|(_, terms)| self.covers(terms) && days.contains(terms.days.last));
        let (number, terms) = fits.max_by_key(|(number, terms)| (terms.days.last, terms.days.first, Reverse(*number)))?;
        Some(Seen { value: Ratio::of(terms.value), measurement: u32::try_from(number).ok() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{History, Row};
    use crate::measure::day::{Day, Span};
    use rust_decimal::Decimal;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Id, cohort, first and last day, value, recorded on.
    type Line<'a> = (&'a str, Option<&'a str>, &'a str, &'a str, i64, &'a str);

    fn facts(rows: &[Line<'_>]) -> Facts {
        let row = |(id, cohort, first, last, value, recorded_on): &Line<'_>| {
            let days = Span { first: day(first), last: day(last) };
            let cohort = cohort.map(Id::name);
            let value = Decimal::from(*value);
            let fact = Measurement { metric: Id::name("rate"), cohort, participant: None, days, value, source: None };
            Row::new(Id::name(id), day(recorded_on), fact)
        };
        Facts { measurements: History::new(rows.iter().map(row).collect()).unwrap(), ..Facts::default() }
    }

    fn seen(facts: &Facts, cohort: Option<&str>, on: &str, known_on: &str) -> Option<String> {
        let cohort = cohort.map(Id::name);
        let metric = Metric { metric: Id::name("rate"), cohort, window: Window::Total, per_participant: false };
        let asked = Asked { on: day(on), since: day("1900-01-01"), known_on: day(known_on), whole: false };
        metric.value(facts, asked, None).map(|seen| seen.value.to_string())
    }

    #[test]
    fn the_latest_measurement_that_is_known_answers() {
        let facts = facts(&[
            ("a", None, "2018-01-01", "2018-12-31", 10, "2019-02-01"),
            ("b", None, "2019-01-01", "2019-12-31", 20, "2020-02-01"),
            ("c", Some("x"), "2019-01-01", "2020-12-31", 30, "2020-02-01"),
        ]);
        let value = |on, known_on| seen(&facts, None, on, known_on);
        assert_eq!(value("2019-12-31", "2020-02-01").as_deref(), Some("20"));
        assert_eq!(value("2019-12-30", "2020-02-01").as_deref(), Some("10"), "its last day is not over");
        assert_eq!(value("2019-12-31", "2020-01-31").as_deref(), Some("10"), "it is not recorded yet");
        assert_eq!(value("2018-12-30", "2020-02-01"), None);
        assert_eq!(seen(&facts, Some("x"), "2020-12-31", "2021-01-01").as_deref(), Some("30"));
        assert_eq!(seen(&facts, Some("y"), "2020-12-31", "2021-01-01"), None);
    }

    #[test]
    fn of_several_with_one_last_day_the_latest_first_day_answers_then_the_lowest_id() {
        let facts = facts(&[
            ("c", None, "2019-07-01", "2019-12-31", 3, "2020-01-01"),
            ("b", None, "2019-07-01", "2019-12-31", 2, "2020-01-01"),
            ("a", None, "2019-01-01", "2019-12-31", 1, "2020-01-01"),
        ]);
        assert_eq!(seen(&facts, None, "2019-12-31", "2020-01-01").as_deref(), Some("2"));
    }
}
