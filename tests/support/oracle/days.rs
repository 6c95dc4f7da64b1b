//! Chapter 1: days, weeks and months.

use super::{Law, Misreading};
use crate::support::day::{Day, days_in_month};

/// 1.3: the day of the month is kept, cut to the target month's last day; always from the anchor in one step.
pub fn add_months(law: &Law, anchor: Day, months: i64) -> Day {
    if law.reads(Misreading::MonthAlways30Days) {
        return anchor.plus(30 * months);
    }
    if law.reads(Misreading::MonthsAddedOneByOne) {
        return (0..months).fold(anchor, |day, _| one_step(day, 1));
    }
    one_step(anchor, months)
}

fn one_step(anchor: Day, months: i64) -> Day {
    let (year, month, day) = anchor.civil();
    let counted = year * 12 + (month - 1) + months;
    let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
    Day::from_civil(year, month, day.min(days_in_month(year, month)))
}

/// 1.3: the greatest n with a + n months on or before d.
pub fn whole_months(law: &Law, a: Day, d: Day) -> i64 {
    // A month has at most 31 days, so this many are certain.
    let mut n = if law.reads(Misreading::None) { (d.0 - a.0) / 31 } else { 0 };
    while add_months(law, a, n + 1) <= d {
        n += 1;
    }
    n
}

/// 1.2: the Monday of the day's ISO week. (1 January 1970 was a Thursday.)
pub fn monday(day: Day) -> Day {
    day.plus(-(day.0 + 3).rem_euclid(7))
}

/// 1.2: a week belongs to the year of its Thursday, in which it is counted.
pub fn week_name(law: &Law, day: Day) -> String {
    let thursday = monday(day).plus(3);
    let (year, _, _) = thursday.civil();
    let number = (thursday.0 - Day::from_civil(year, 1, 1).0) / 7 + 1;
    let named_year = if law.reads(Misreading::WeekNamedByItsMonday) { monday(day).civil().0 } else { year };
    format!("{named_year:04}-W{number:02}")
}

pub fn month_name(day: Day) -> String {
    let (year, month, _) = day.civil();
    format!("{year:04}-{month:02}")
}

pub fn month_first(day: Day) -> Day {
    let (year, month, _) = day.civil();
    Day::from_civil(year, month, 1)
}

pub fn month_last(day: Day) -> Day {
    let (year, month, _) = day.civil();
    Day::from_civil(year, month, days_in_month(year, month))
}
