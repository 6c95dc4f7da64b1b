//! The grids that cut time: days, ISO weeks and months for payments (rule 1.2), and the calendar's borders for settlements
//! (rule 4.2).

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
}

/// One day, week or month: a cell of its grid, numbered in the order of time.
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
            Grid::Month => day.month_number(),
        };
        Cell { grid: self, number }
    }

    /// The fewest days that a cell has.
    #[must_use]
    pub fn fewest_days(self) -> u32 {
        match self {
            Grid::Day => 1,
            Grid::Week => 7,
            Grid::Month => 28,
        }
    }

    /// The most days that a cell has.
    #[must_use]
    pub fn most_days(self) -> u32 {
        match self {
            Grid::Day => 1,
            Grid::Week => 7,
            Grid::Month => 31,
        }
    }
}

impl Cell {
    /// Its first day.
    #[must_use]
    pub fn first(self) -> Day {
        match self.grid {
            Grid::Day => Day::from_number(self.number),
            Grid::Week => Day::from_number(self.number.saturating_mul(7).saturating_add(1)),
            Grid::Month => Day::first_of_month(self.number),
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

/// `2018-02-05`, `2018-W07` or `2018-02` (rule 1.2).
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use chrono::Datelike;
        let date = self.first().date();
        match self.grid {
            Grid::Day => write!(f, "{}", self.first()),
            Grid::Week => write!(f, "{:04}-W{:02}", date.iso_week().year(), date.iso_week().week()),
            Grid::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
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
    /// The last day of the calendar's month, quarter, half-year or year that `day` lies in.
    #[must_use]
    pub fn last_day(self, day: Day) -> Day {
        let months = match self {
            Every::Month => 1,
            Every::Quarter => 3,
            Every::HalfYear => 6,
            Every::Year => 12,
        };
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
    fn settlement_periods_end_at_the_calendars_borders() {
        let day = Day::parse("2018-05-10").unwrap();
        let ends = [Every::Month, Every::Quarter, Every::HalfYear, Every::Year].map(|every| every.last_day(day).to_string());
        assert_eq!(ends, ["2018-05-31", "2018-06-30", "2018-06-30", "2018-12-31"]);
    }
}
