//! How reports of paid hours, which are by month, become hours a week, and amounts of days (mechanisms 3.2).

use crate::measure::day::{Day, Span};
use crate::measure::ratio::Ratio;
use crate::measure::weekdays;
use rust_decimal::Decimal;
use serde::Serialize;

/// How reports by month become hours a week, and amounts of days (mechanisms 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Payroll {
    /// Hours a week.
    pub weekly: Weekly,
    /// The days on which hours and earnings are laid.
    pub spread: Spread,
}

/// How hours of a month become hours a week (mechanisms 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weekly {
    /// Hours × 12 ÷ 52.
    Average,
    /// Hours × 7 ÷ days of the month.
    CalendarDays,
}

/// On which days of a month its hours and earnings are laid (mechanisms 3.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// All on its last day.
    MonthEnd,
    /// Evenly on all its days.
    CalendarDays,
    /// Evenly on its Mondays to Fridays.
    Weekdays,
}

impl Weekly {
    /// The hours a week of so many hours in a month, with two decimals, half away from zero (mechanisms 3.2).
    #[must_use]
    pub fn hours(self, hours: Decimal, month: Span) -> Decimal {
        let part = match self {
            Weekly::Average => Ratio::new(12, 52),
            Weekly::CalendarDays => Ratio::new(7, i128::from(month.days())),
        };
        part.and_then(|part| Ratio::of(hours).times(part)).map_or(Decimal::ZERO, |weekly| weekly.shown(2))
    }
}

impl Spread {
    /// The part of a month that lies on some of its days: all of them in one month (mechanisms 3.2).
    #[must_use]
    pub fn part(self, days: Span) -> Ratio {
        let first = Day::first_of_month(days.first.month_number());
        let month = Span { first, last: first.plus_months(1).previous() };
        let (some, all) = match self {
            Spread::MonthEnd => (i64::from(days.contains(month.last)), 1),
            Spread::CalendarDays => (days.days(), month.days()),
            Spread::Weekdays => (weekdays::within(days), weekdays::within(month)),
        };
        Ratio::new(i128::from(some), i128::from(all)).unwrap_or(Ratio::ZERO)
    }
}

/// What of a qualifying day is added up (mechanisms 3.2 to 3.4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tallied {
    /// Hours: of spells those of a week ÷ 7, of reports what is laid on the day.
    Hours,
    /// What reports of paid hours lay on the day.
    Earnings,
}

/// What is laid on the days of a month by the reports that are active on them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Laid {
    /// The hours of the month.
    pub hours: Decimal,
    /// What was earned in the month.
    pub earnings: Decimal,
    /// On which days of it.
    pub spread: Spread,
    /// The most hours a week of one job and kind, and the first of its reports: what leads the day (rule 6.3).
    pub lead: (Decimal, u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(first: &str) -> Span {
        let first = Day::parse(first).unwrap();
        Span { first, last: first.plus_months(1).previous() }
    }

    #[test]
    fn hours_of_a_month_are_hours_a_week_with_two_decimals() {
        let hours = |weekly: Weekly, hours: i64| weekly.hours(Decimal::from(hours), month("2019-02-01")).to_string();
        assert_eq!((hours(Weekly::Average, 160), hours(Weekly::CalendarDays, 160)), ("36.92".into(), "40".into()));
        // 65 × 12 ÷ 52 = 15 exactly; 0.5 of a hundredth goes up.
        assert_eq!(hours(Weekly::Average, 65), "15");
        let half = Decimal::new(2, 2);
        assert_eq!(Weekly::CalendarDays.hours(half, month("2019-02-01")).to_string(), "0.01");
    }

    #[test]
    fn the_parts_of_a_month_are_the_month() {
        let may = month("2019-05-01");
        for spread in [Spread::MonthEnd, Spread::CalendarDays, Spread::Weekdays] {
            for cut in 0..30 {
                let middle = may.first.plus_days(cut);
                let (a, b) = (Span { last: middle, ..may }, Span { first: middle.next(), ..may });
                assert_eq!(spread.part(a).plus(spread.part(b)), Some(Ratio::ONE), "{spread:?} {middle}");
            }
        }
        // 2019-05-01 is a Wednesday: 23 weekdays, of which 3 in the first five days.
        let days = Span { last: Day::parse("2019-05-05").unwrap(), ..may };
        assert_eq!(Spread::Weekdays.part(days), Ratio::new(3, 23).unwrap());
        assert_eq!(Spread::MonthEnd.part(days), Ratio::ZERO);
        assert_eq!(Spread::CalendarDays.part(days), Ratio::new(5, 31).unwrap());
    }
}
