//! Indices: how a rate follows a published number (mechanisms 7.2).

use crate::facts::Facts;
use crate::measure::day::{Day, Span};
use crate::measure::grid::{Cell, Every, Grid};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use std::collections::BTreeMap;

/// A published number that rates follow: a metric, month by month (mechanisms 7.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Index {
    /// Its name in the contract.
    pub id: Id,
    /// The metric of its measurements.
    pub metric: Id,
    /// The month in which the rates are written.
    pub base: Cell,
    /// How often the rates change.
    pub every: Every,
    /// How many months before the first day of a year (quarter, month) the number lies that counts in it.
    pub lag_months: u32,
}

impl Index {
    /// The month whose measurement counts on a day (mechanisms 7.2).
    #[must_use]
    pub fn month(&self, day: Day) -> Cell {
        let month = Grid::Month.cell(self.every.first_day(day));
        Cell { number: month.number.saturating_sub(i32::try_from(self.lag_months).unwrap_or(i32::MAX)), ..month }
    }
}

/// What is known of a contract's indices on a cut-off.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Indices {
    known: Vec<(Index, Months)>,
}

/// The values of an index by the number of their month, each with its measurement's number.
type Months = BTreeMap<i32, (Ratio, u32)>;

/// What an index says of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Followed {
    /// The index, by its place in the contract.
    pub index: u16,
    /// The measurement of the month divided by that of the base.
    pub factor: Ratio,
    /// The measurement of the month, by number.
    pub month: u32,
    /// The measurement of the base, by number.
    pub base: u32,
}

impl Indices {
    /// Looks up the measurements known on a cut-off: those without a cohort whose first and last day are a month's; of several
    /// of one month the one with the lowest id. What is not above 0 is no index.
    #[must_use]
    pub fn new(indices: &[Index], facts: &Facts, known_on: Day) -> Indices {
        let months = |index: &Index| {
            let mut months = Months::new();
            for number in 0..facts.measurements.len() {
                let Some((_, terms)) = facts.measurements.known(number, known_on) else { continue };
                let month = Grid::Month.cell(terms.days.first);
                let general = terms.cohort.is_none() && terms.participant.is_none();
                let fits = terms.metric == index.metric && general && is(month, terms.days);
                if let (true, Ok(number)) = (fits, u32::try_from(number)) {
                    months.entry(month.number).or_insert((Ratio::of(terms.value), number));
                }
            }
            months.retain(|_, (value, _)| *value > Ratio::ZERO);
            months
        };
        Indices { known: indices.iter().map(|index| (index.clone(), months(index))).collect() }
    }

    /// Whether the measurement of a month is known.
    #[must_use]
    pub fn knows(&self, id: &Id, month: Cell) -> bool {
        self.known.iter().any(|(index, months)| index.id == *id && months.contains_key(&month.number))
    }

    /// What an index says of a day; none where the month's or the base's measurement is not known.
    #[must_use]
    pub fn of(&self, id: &Id, day: Day) -> Option<Followed> {
        let (place, (index, months)) = (0_u16..).zip(&self.known).find(|(_, (index, _))| index.id == *id)?;
        let ((value, month), (base_value, base)) = (months.get(&index.month(day).number)?, months.get(&index.base.number)?);
        Some(Followed { index: place, factor: value.divided(*base_value)?, month: *month, base: *base })
    }
}

fn is(month: Cell, days: Span) -> bool {
    month.span() == days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{History, Measurement, Row};
    use rust_decimal::Decimal;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn index(every: Every, lag_months: u32) -> Index {
        let base = Grid::Month.cell(day("2017-10-01"));
        Index { id: Id::name("prices"), metric: Id::name("net-price"), base, every, lag_months }
    }

    #[test]
    fn the_month_lies_so_long_before_the_first_day_of_the_year_quarter_or_month() {
        let month = |every, lag| index(every, lag).month(day("2019-05-17")).to_string();
        assert_eq!(month(Every::Year, 3), "2018-10");
        assert_eq!(month(Every::Year, 0), "2019-01");
        assert_eq!(month(Every::Quarter, 2), "2019-02");
        assert_eq!(month(Every::Month, 1), "2019-04");
    }

    #[test]
    fn an_index_follows_whole_months_without_a_cohort_that_are_known() {
        let rows = [
            ("a", "2017-10-01", "2017-10-31", "100.0", None, "2017-11-10"),
            ("c", "2018-10-01", "2018-10-31", "103.4", None, "2018-11-10"),
            ("d", "2018-10-01", "2018-10-31", "999", None, "2018-11-10"),
            ("b", "2018-10-01", "2018-10-30", "999", None, "2018-11-10"),
            ("0", "2018-10-01", "2018-10-31", "999", Some("x"), "2018-11-10"),
        ];
        let row = |(id, first, last, value, cohort, on): (&str, &str, &str, &str, Option<&str>, &str)| {
            let days = Span { first: day(first), last: day(last) };
            let value: Decimal = crate::measure::number::parse(value).unwrap();
            let (metric, cohort) = (Id::name("net-price"), cohort.map(Id::name));
            Row::new(Id::name(id), day(on), Measurement { metric, cohort, participant: None, days, value, source: None })
        };
        let facts = Facts { measurements: History::new(rows.map(row).to_vec()).unwrap(), ..Facts::default() };
        let said = |known_on: &str, on: &str| {
            Indices::new(&[index(Every::Year, 3)], &facts, day(known_on)).of(&Id::name("prices"), day(on))
        };
        assert_eq!(said("2019-01-31", "2019-12-31").map(|said| said.factor.to_string()).as_deref(), Some("1.034"));
        assert_eq!(said("2018-11-09", "2019-01-01"), None, "it is not published yet");
        assert_eq!(said("2019-01-31", "2020-01-01"), None, "last year's is never used in its place");
    }
}
