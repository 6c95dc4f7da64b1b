//! Mondays to Fridays, counted (mechanisms 7.3). Whether it is a holiday is not asked: see [`bank_days`](super::bank_days).

use super::day::{Day, Span};

/// How many weekdays there are from the calendar's first day, a Monday, up to and including that day.
fn count(day: Day) -> i64 {
    let number = i64::from(day.number());
    number.div_euclid(7) * 5 + number.rem_euclid(7).min(5)
}

/// The weekday up to which there are so many.
fn nth(count: i64) -> Day {
    let before = count - 1;
    Day::from_number(0).plus_days(before.div_euclid(5) * 7 + before.rem_euclid(5) + 1)
}

/// How many of some days are weekdays.
#[must_use]
pub fn within(days: Span) -> i64 {
    count(days.last) - count(days.first.previous())
}

/// The `n`-th weekday after a day; with 0 the last one up to and including it.
#[must_use]
pub fn after(day: Day, n: u32) -> Day {
    nth(count(day) + i64::from(n))
}

/// The `n`-th weekday counted back from a day, which is the first if it is one itself; `n` is 1 or more.
#[must_use]
pub fn back(day: Day, n: u32) -> Day {
    nth(count(day) + 1 - i64::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;

    #[test]
    fn weekdays_are_counted_as_a_finger_on_the_calendar_counts_them() {
        let is_weekday = |day: &Day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let start = Day::parse("2012-07-20").unwrap();
        for from in (0..21).map(|n| start.plus_days(n)) {
            let later: Vec<Day> = (1..60).map(|n| from.plus_days(n)).filter(is_weekday).collect();
            let earlier: Vec<Day> = (0..60).map(|n| from.plus_days(-n)).filter(is_weekday).collect();
            for n in 1..=30_u32 {
                assert_eq!(after(from, n), later[n as usize - 1]);
                assert_eq!(back(from, n), earlier[n as usize - 1]);
            }
        }
    }

    /// The worked example of mechanisms, row 15.
    #[test]
    fn fifteen_weekdays_after_a_sunday() {
        assert_eq!(after(Day::parse("2012-07-29").unwrap(), 15).to_string(), "2012-08-17");
    }
}
