//! The grids that cut time: days, ISO weeks, months and longer for payments (rule 1.2, mechanisms 3.4), and the calendar's
//! borders for settlements (rule 4.2).

use super::day::{Day, Span};
use serde::Serialize;
use std::fmt;

/// What a period charge pays for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grid {
    /// Single days.
    Day,
    /// ISO 8601 weeks, Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
    /// Quarters, from 1 January, 1 April, 1 July and 1 October.
    Quarter,
    /// Half-years, from 1 January and 1 July.
    HalfYear,
    /// Calendar years.
    Year,
    /// Pieces of so many weeks, counted from a day.
    Parts {
        /// The first day of the first piece; where it is not known, as in the terms of a contract, the first day of all.
        from: Day,
        /// How long a piece is.
        weeks: u16,
    },
}

/// One day, week, month or longer: a cell of its grid, numbered in the order of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cell {
    /// The grid it belongs to.
    pub grid: Grid,
    /// Its place in the grid; neighbours differ by one.
    pub number: i32,
}

impl Grid {
    /// The cell that `day` lies in.
    #[must_use]
    pub fn cell(self, day: Day) -> Cell {
        let number = match self {
            Grid::Day => day.number(),
            // Day 1 of the calendar is a Monday.
            Grid::Week => (day.number() - 1).div_euclid(7),
            Grid::Month | Grid::Quarter | Grid::HalfYear | Grid::Year => day.month_number().div_euclid(self.months()),
            Grid::Parts { from, weeks } => day.number().saturating_sub(from.number()).div_euclid(days_of(weeks)),
        };
        Cell { grid: self, number }
    }

    /// Pieces of so many weeks, counted from a day that is not known yet (mechanisms 3.4).
    #[must_use]
    pub const fn pieces(weeks: u16) -> Grid {
        Grid::Parts { from: Day::from_number(1), weeks }
    }

    /// The same grid, where what it is counted from is not to be told apart.
    #[must_use]
    pub fn named(self) -> Grid {
        match self {
            Grid::Parts { weeks, .. } => Grid::pieces(weeks),
            calendar => calendar,
        }
    }

    /// The same grid, where it is counted from a day: from that one (mechanisms 3.4).
    #[must_use]
    pub fn counted_from(self, from: Day) -> Grid {
        match self {
            Grid::Parts { weeks, .. } => Grid::Parts { from, weeks },
            calendar => calendar,
        }
    }

    /// How many months a cell has, if it is made of months.
    fn months(self) -> i32 {
        match self {
            Grid::Quarter => 3,
            Grid::HalfYear => 6,
            Grid::Year => 12,
            Grid::Day | Grid::Week | Grid::Month | Grid::Parts { .. } => 1,
        }
    }

    /// The most days that a cell has.
    #[must_use]
    pub fn most_days(self) -> u32 {
        match self {
            Grid::Day => 1,
            Grid::Week => 7,
            Grid::Month => 31,
            Grid::Quarter => 92,
            Grid::HalfYear => 184,
            Grid::Year => 366,
            Grid::Parts { weeks, .. } => days_of(weeks).unsigned_abs(),
        }
    }

    /// The fewest days that a cell has.
    #[must_use]
    pub fn fewest_days(self) -> u32 {
        match self {
            Grid::Month => 28,
            Grid::Quarter => 90,
            Grid::HalfYear => 181,
            Grid::Year => 365,
            Grid::Day | Grid::Week | Grid::Parts { .. } => self.most_days(),
        }
    }
}

/// A week at least, so that every cell has days.
fn days_of(weeks: u16) -> i32 {
    i32::from(weeks.max(1)).saturating_mul(7)
}

impl Cell {
    /// Its first day.
    #[must_use]
    pub fn first(self) -> Day {
        match self.grid {
            Grid::Day => Day::from_number(self.number),
            Grid::Week => Day::from_number(self.number.saturating_mul(7).saturating_add(1)),
            Grid::Month | Grid::Quarter | Grid::HalfYear | Grid::Year => {
                Day::first_of_month(self.number.saturating_mul(self.grid.months()))
            }
            Grid::Parts { from, weeks } => from.plus_days(i64::from(self.number) * i64::from(days_of(weeks))),
        }
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Day {
        self.next().first().previous()
    }

    /// Its days, first and last.
    #[must_use]
    pub fn span(self) -> Span {
        Span { first: self.first(), last: self.last() }
    }

    /// The cell after it.
    #[must_use]
    pub fn next(self) -> Cell {
        Cell { number: self.number.saturating_add(1), ..self }
    }

    /// How many days it has: it keeps its full length at every border (rule 7.3).
    #[must_use]
    pub fn days(self) -> i64 {
        self.last().days_since(self.first()) + 1
    }
}

/// `2018-02-05`, `2018-W07` or `2018-02` (rule 1.2), `2018-Q1`, `2018-H1`, `2018` or `part-001` (mechanisms 3.4).
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use chrono::Datelike;
        let date = self.first().date();
        match self.grid {
            Grid::Day => write!(f, "{}", self.first()),
            Grid::Week => write!(f, "{:04}-W{:02}", date.iso_week().year(), date.iso_week().week()),
            Grid::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Grid::Quarter => write!(f, "{:04}-Q{}", date.year(), date.quarter()),
            Grid::HalfYear => write!(f, "{:04}-H{}", date.year(), if date.month() > 6 { 2 } else { 1 }),
            Grid::Year => write!(f, "{:04}", date.year()),
            Grid::Parts { .. } => write!(f, "part-{:03}", self.number.saturating_add(1)),
        }
    }
}

/// How often a contract is settled, or something falls due (mechanisms 3.5); the borders are the calendar's own (rule 4.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// From the first of each month.
    Month,
    /// From 1 January, 1 April, 1 July and 1 October.
    Quarter,
    /// From 1 January and 1 July.
    HalfYear,
    /// From 1 January.
    Year,
}

impl Every {
    /// The first day of the calendar's month, quarter, half-year or year that `day` lies in.
    #[must_use]
    pub fn first_day(self, day: Day) -> Day {
        let months = self.months();
        Day::first_of_month(day.month_number().div_euclid(months).saturating_mul(months))
    }

    fn months(self) -> i32 {
        match self {
            Every::Month => 1,
            Every::Quarter => 3,
            Every::HalfYear => 6,
            Every::Year => 12,
        }
    }

    /// The last day of the calendar's month, quarter, half-year or year that `day` lies in.
    #[must_use]
    pub fn last_day(self, day: Day) -> Day {
        let months = self.months();
        let border = day.month_number().div_euclid(months).saturating_add(1).saturating_mul(months);
        Day::first_of_month(border).previous()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_have_the_names_that_iso_gives_them() {
        for (day, week) in
            [("2020-12-31", "2020-W53"), ("2021-01-03", "2020-W53"), ("2021-01-04", "2021-W01"), ("2018-12-31", "2019-W01")]
        {
            let cell = Grid::Week.cell(Day::parse(day).unwrap());
            assert_eq!(cell.to_string(), week);
            assert_eq!(cell.days(), 7);
            assert!(cell.first() <= Day::parse(day).unwrap() && Day::parse(day).unwrap() <= cell.last());
        }
        assert_eq!(Grid::Month.cell(Day::parse("2020-02-10").unwrap()).days(), 29);
    }

    #[test]
    fn longer_units_keep_to_the_calendar_and_pieces_to_their_first_day() {
        let day = |text: &str| Day::parse(text).unwrap();
        let cell = |grid: Grid, text| grid.cell(day(text));
        for (grid, first, last, name) in [
            (Grid::Quarter, "2018-04-01", "2018-06-30", "2018-Q2"),
            (Grid::HalfYear, "2018-07-01", "2018-12-31", "2018-H2"),
            (Grid::Year, "2020-01-01", "2020-12-31", "2020"),
            (Grid::pieces(4).counted_from(day("2018-01-03")), "2018-01-31", "2018-02-27", "part-002"),
        ] {
            assert_eq!(cell(grid, first), cell(grid, last));
            assert_eq!(cell(grid, first).span(), Span { first: day(first), last: day(last) });
            assert_eq!(cell(grid, last).next().first(), day(last).next());
            assert_eq!(cell(grid, first).to_string(), name);
        }
    }

    #[test]
    fn settlement_periods_end_at_the_calendars_borders() {
        let day = Day::parse("2018-05-10").unwrap();
        let ends = [Every::Month, Every::Quarter, Every::HalfYear, Every::Year].map(|every| every.last_day(day).to_string());
        assert_eq!(ends, ["2018-05-31", "2018-06-30", "2018-06-30", "2018-12-31"]);
        let begin =
            [Every::Month, Every::Quarter, Every::HalfYear, Every::Year].map(|every| every.first_day(day).to_string());
        assert_eq!(begin, ["2018-05-01", "2018-04-01", "2018-01-01", "2018-01-01"]);
    }
}
