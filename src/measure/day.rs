//! Civil calendar days (rule 1.1) and month arithmetic from an anchor (rule 1.3).

use chrono::{Datelike, Months, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A civil calendar day. No clock, no time zone (rule 1.1).
///
/// Arithmetic that runs past the calendar stops at [`Day::FAR`], which no written date reaches, so that a term such as
/// "36,000 months" is simply never over.
///
/// ```
/// use effekt::Day;
/// let day = Day::parse("2018-01-31").unwrap();
/// assert_eq!(day.plus_months(1).to_string(), "2018-02-28");
/// assert_eq!(day.plus_months(2).to_string(), "2018-03-31");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// A day after every day that can be written.
    pub const FAR: Day = Day(80_000_000);

    /// 31 December 9999, the last day that can be written.
    pub const LAST_WRITTEN: Day = Day(3_652_059);

    /// The day written as `YYYY-MM-DD`, exactly so: ten characters, years 0001 to 9999. `None` for all else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
        let digits = |of: &[&u8]| {
            of.iter().try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(**byte - b'0')))
        };
        let year = i32::try_from(digits(&[y1, y2, y3, y4])?).ok()?;
        if year == 0 {
            return None;
        }
        Day::from_ymd(year, digits(&[m1, m2])?, digits(&[d1, d2])?)
    }

    /// The day of that year, month and day of the month, if there is one.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day::from_date)
    }

    /// The same day as a `chrono` date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0).unwrap_or(NaiveDate::MAX)
    }

    /// The day of a `chrono` date.
    #[must_use]
    pub fn from_date(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce()).min(Day::FAR)
    }

    /// The day's number, counted from 0001-01-01 as day 1 (a Monday).
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day with that number; the inverse of [`Day::number`].
    #[must_use]
    pub const fn from_number(number: i32) -> Day {
        Day(if number < Day::FAR.0 { number } else { Day::FAR.0 })
    }

    /// `n` days later (earlier if `n` is negative).
    #[must_use]
    pub fn plus_days(self, n: i64) -> Day {
        let number = i64::from(self.0).saturating_add(n).clamp(-80_000_000, i64::from(Day::FAR.0));
        Day(i32::try_from(number).unwrap_or(Day::FAR.0))
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Day {
        self.plus_days(1)
    }

    /// The day before.
    #[must_use]
    pub fn previous(self) -> Day {
        self.plus_days(-1)
    }

    /// The same day of the month `n` months later, cut to that month's last day (rule 1.3). Taken in one step from its
    /// anchor: 31 January + 2 months is 31 March, not the 28th that two single steps would give.
    #[must_use]
    pub fn plus_months(self, n: u32) -> Day {
        if self == Day::FAR {
            return Day::FAR;
        }
        self.date().checked_add_months(Months::new(n)).map_or(Day::FAR, Day::from_date)
    }

    /// Whole months from `anchor` to this day: the greatest `n` with `anchor + n months ≤ self` (rule 1.3). Zero before
    /// the anchor.
    #[must_use]
    pub fn whole_months_since(self, anchor: Day) -> u32 {
        let (from, to) = (anchor.date(), self.date());
        let apart = (to.year() - from.year()) * 12 + to.month().cast_signed() - from.month().cast_signed();
        let most = u32::try_from(apart).unwrap_or(0);
        if most > 0 && anchor.plus_months(most) > self { most - 1 } else { most }
    }

    /// Days from `earlier` up to this day: 0 for the same day, negative if `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Day) -> i64 {
        i64::from(self.0) - i64::from(earlier.0)
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// Months since year 0: `year × 12 + month − 1`.
    #[must_use]
    pub fn month_number(self) -> i32 {
        let date = self.date();
        date.year() * 12 + date.month0().cast_signed()
    }

    /// The first day of the month with that number, the inverse of [`Day::month_number`].
    #[must_use]
    pub fn first_of_month(number: i32) -> Day {
        let month = u32::try_from(number.rem_euclid(12)).unwrap_or(0) + 1;
        Day::from_ymd(number.div_euclid(12), month, 1).unwrap_or(Day::FAR)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();

        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Day::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format_args!("`{text}` is not a day written as YYYY-MM-DD")))
    }
}

/// The days from a first to a last one, both inclusive (rule 1.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Span {
    /// The first day.
    pub first: Day,
    /// The last day, itself included.
    pub last: Day,
}

impl Span {
    /// The days from `first` to `last`; `None` if there are none.
    #[must_use]
    pub fn new(first: Day, last: Day) -> Option<Span> {
        (first <= last).then_some(Span { first, last })
    }

    /// Whether `day` is one of them.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// The days that lie in both.
    #[must_use]
    pub fn overlap(self, other: Span) -> Option<Span> {
        Span::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// How many days there are, at least 1.
    #[must_use]
    pub fn days(self) -> i64 {
        self.last.days_since(self.first) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn only_the_one_spelling_is_read() {
        for wrong in ["2018-2-3", "+2018-02-03", "2018-02-30", "0000-01-01", "31/12/2017", "2018-02-03 ", "", "2018-02-0३"]
        {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
        assert_eq!(day("0001-01-01").number(), 1);
        assert_eq!(day("9999-12-31").to_string(), "9999-12-31");
        assert_eq!(day("9999-12-31"), Day::LAST_WRITTEN);
    }

    #[test]
    fn months_are_counted_from_the_anchor() {
        assert_eq!(day("2019-03-30").whole_months_since(day("2019-01-31")), 1);
        assert_eq!(day("2019-02-28").whole_months_since(day("2019-01-31")), 1);
        assert_eq!(day("2019-02-27").whole_months_since(day("2019-01-31")), 0);
        assert_eq!(day("2020-02-29").plus_months(12), day("2021-02-28"));
        assert_eq!(day("2019-01-31").plus_months(u32::MAX), Day::FAR);
        assert_eq!(Day::FAR.plus_days(i64::MAX), Day::FAR);
    }

    #[test]
    fn month_numbers_go_both_ways() {
        for text in ["2018-01-01", "2018-12-01", "0001-01-01"] {
            assert_eq!(Day::first_of_month(day(text).month_number()), day(text));
        }
    }
}
