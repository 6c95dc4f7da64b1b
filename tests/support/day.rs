//! A civil calendar day as a number: the tests' own, so that the twin shares no calendar with the engine.

use std::fmt;

/// Days since 1 January 1970 in the Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

/// The days before each month of a common year.
const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from 1 January 1970 to 1 January of `year` (years after 1600).
fn days_before_year(year: i64) -> i64 {
    let y = year - 1;
    let upto = |y: i64| 365 * y + y / 4 - y / 100 + y / 400;
    upto(y) - upto(1969)
}

impl Day {
    pub fn from_civil(year: i64, month: i64, day: i64) -> Day {
        let leap = i64::from(month > 2 && is_leap(year));
        Day(days_before_year(year) + BEFORE[(month - 1) as usize] + leap + day - 1)
    }

    /// Year, month and day of the month.
    pub fn civil(self) -> (i64, i64, i64) {
        // No year is longer than 366 days and none shorter than 365, so the guess is not too late; step on from it.
        let mut year = 1970 + self.0.div_euclid(if self.0 < 0 { 365 } else { 366 });
        while days_before_year(year + 1) <= self.0 {
            year += 1;
        }
        let mut rest = self.0 - days_before_year(year);
        let mut month = 1;
        while rest >= days_in_month(year, month) {
            rest -= days_in_month(year, month);
            month += 1;
        }
        (year, month, rest + 1)
    }

    /// `YYYY-MM-DD`, nothing else.
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok().map(i64::from);
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let real = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        real.then(|| Day::from_civil(year, month, day))
    }

    pub fn plus(self, days: i64) -> Day {
        Day(self.0 + days)
    }

    pub fn next(self) -> Day {
        self.plus(1)
    }

    pub fn before(self) -> Day {
        self.plus(-1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}
