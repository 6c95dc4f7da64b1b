//! The days on which Danish banks are open. A due date may have to be one (rule 11.3).
//!
//! Banks are closed on Saturdays, Sundays and the days of [`CLOSINGS`]. Most of these are holidays of the national church, which
//! stand in no law but rest on the reform of 26 October 1770; the others are days that the banks publish. Danmarks Nationalbank
//! lists them all by date (*banklukkedage*); the tests hold the calendar to its lists of 2016, 2026 and 2027.

use super::day::{Day, Span};
use super::weekdays;
use chrono::Weekday;
use std::collections::BTreeSet;

/// A day of the year on which banks are closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closing {
    /// What it is called.
    pub name: &'static str,
    /// Where it lies in a year.
    pub when: When,
    /// The first year of which it holds; `None` = of every year that the calendar is asked about.
    pub first_year: Option<i32>,
    /// The last year of which it holds; `None` = it still does.
    pub last_year: Option<i32>,
    /// Where it is written.
    pub source: &'static str,
}

/// Where a closing day lies in a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// A month and a day of it.
    Date(u32, u32),
    /// So many days after Easter Sunday; negative before it.
    Easter(i64),
}

const CHURCH: &str =
    "holiday of the national church (reform of 26 October 1770; Helligdagsloven, consolidation act 1023 of 2012)";
const BANKS: &str = "published by Danmarks Nationalbank (banklukkedage)";
const PRAYER: &str = "holiday of the national church up to 2023; abolished from 1 January 2024 by the act passed on 28 February 2023 \
                      on the consequences of abolishing store bededag";

/// The days on which Danish banks are closed although it is neither Saturday nor Sunday.
pub const CLOSINGS: [Closing; 13] = [
    always("New Year's Day", When::Date(1, 1), CHURCH),
    always("Maundy Thursday", When::Easter(-3), CHURCH),
    always("Good Friday", When::Easter(-2), CHURCH),
    always("Easter Monday", When::Easter(1), CHURCH),
    Closing { last_year: Some(2023), ..always("Store Bededag", When::Easter(26), PRAYER) },
    always("Ascension Day", When::Easter(39), CHURCH),
    // The banks' list of 2006 does not have it yet; that of 2016 does. In between it is not known here.
    Closing { first_year: Some(2016), ..always("the Friday after Ascension Day", When::Easter(40), BANKS) },
    always("Whit Monday", When::Easter(50), CHURCH),
    always("Constitution Day", When::Date(6, 5), BANKS),
    always("Christmas Eve", When::Date(12, 24), BANKS),
    always("Christmas Day", When::Date(12, 25), CHURCH),
    always("the second day of Christmas", When::Date(12, 26), CHURCH),
    always("New Year's Eve", When::Date(12, 31), BANKS),
];

const fn always(name: &'static str, when: When, source: &'static str) -> Closing {
    Closing { name, when, first_year: None, last_year: None, source }
}

impl Closing {
    /// The day on which it falls in a year, if it holds of that year.
    #[must_use]
    pub fn day(&self, year: i32) -> Option<Day> {
        let holds = self.first_year.is_none_or(|first| first <= year) && self.last_year.is_none_or(|last| year <= last);
        let day = match self.when {
            When::Date(month, day) => Day::from_ymd(year, month, day),
            When::Easter(after) => easter(year).map(|easter| easter.plus_days(after)),
        };
        day.filter(|_| holds)
    }
}

/// Easter Sunday by the Gregorian computus.
fn easter(year: i32) -> Option<Day> {
    let golden = year.rem_euclid(19);
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let moved = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - moved + 15).rem_euclid(30);
    let weekday =
        (32 + 2 * century.rem_euclid(4) + 2 * in_century.div_euclid(4) - epact - in_century.rem_euclid(4)).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let after_march_begins = epact + weekday - 7 * late + 21;
    Day::from_ymd(year, 3, 1).map(|march| march.plus_days(i64::from(after_march_begins)))
}

/// Whether Danish banks are open on that day.
#[must_use]
pub fn is_open(day: Day) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    !weekend && !CLOSINGS.iter().any(|closing| closing.day(day.year()) == Some(day))
}

/// That day if banks are open on it, else the first day after it on which they are.
#[must_use]
pub fn next_open(day: Day) -> Day {
    nearest_open(day, 1)
}

/// That day if banks are open on it, else the last day before it on which they were.
#[must_use]
pub fn previous_open(day: Day) -> Day {
    nearest_open(day, -1)
}

/// Banks are never closed for two weeks on end.
fn nearest_open(day: Day, step: i64) -> Day {
    (0..14).map(|n| day.plus_days(n * step)).find(|day| is_open(*day)).unwrap_or(day)
}

/// The `n`-th day after a day on which banks are open.
#[must_use]
pub fn after(day: Day, n: u32) -> Day {
    let (mut from, mut more) = (day, n);
    loop {
        // As many weekdays, and then as many again as banks were closed on.
        let until = weekdays::after(from, more);
        more = closed_weekdays(Span { first: from.next(), last: until });
        if more == 0 {
            return until;
        }
        from = until;
    }
}

/// The `n`-th day on which banks are open counted back from a day, which is the first if it is one itself; `n` is 1 or more.
#[must_use]
pub fn back(day: Day, n: u32) -> Day {
    let (mut from, mut more) = (day, n);
    loop {
        let until = weekdays::back(from, more);
        more = closed_weekdays(Span { first: until, last: from });
        if more == 0 {
            return until;
        }
        from = until.previous();
    }
}

/// On how many Mondays to Fridays of those days banks are closed; two closings may fall on one day.
fn closed_weekdays(days: Span) -> u32 {
    let years = days.first.year()..=days.last.year();
    let closed: BTreeSet<Day> = years
        .flat_map(|year| CLOSINGS.iter().filter_map(move |closing| closing.day(year)))
        .filter(|day| days.contains(*day) && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .collect();
    u32::try_from(closed.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// `fixtures/bank-days/closed.csv` says itself how it was made.
    #[test]
    fn the_calendar_is_that_of_the_fixture() {
        let text = include_str!("../../fixtures/bank-days/closed.csv");
        let told: BTreeSet<Day> = text.lines().skip(1).map(|line| day(line.split(',').next().unwrap())).collect();
        let (first, last) = (day("2016-01-01"), day("2030-12-31"));
        let weekday = |day: &Day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let days = (first.number()..=last.number()).map(Day::from_number);
        let found: BTreeSet<Day> = days.filter(|day| weekday(day) && !is_open(*day)).collect();
        assert_eq!(found, told.into_iter().filter(weekday).collect());
        assert!(found.len() > 130);
    }

    /// The lists of Danmarks Nationalbank.
    #[test]
    fn the_published_days_are_closed() {
        let published = [
            (2016, "01-01 03-24 03-25 03-28 04-22 05-05 05-06 05-16 12-26"),
            (2026, "01-01 04-02 04-03 04-06 05-14 05-15 05-25 06-05 12-24 12-25 12-31"),
            (2027, "01-01 03-25 03-26 03-29 05-06 05-07 05-17 12-24 12-31"),
        ];
        for (year, list) in published {
            let told: Vec<Day> = list.split(' ').map(|rest| day(&format!("{year}-{rest}"))).collect();
            let all = (1..=366).map(|n| day(&format!("{year}-01-01")).plus_days(n - 1)).filter(|day| day.year() == year);
            let closed = all.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_open(*day));
            assert_eq!(closed.collect::<Vec<_>>(), told);
        }
    }

    #[test]
    fn easter_is_where_the_church_has_it() {
        let known =
            ["1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2019-04-21", "2024-03-31", "2038-04-25"];
        for known in known {
            assert_eq!(easter(day(known).year()), Some(day(known)));
        }
        for year in 1..=9999 {
            let easter = easter(year).unwrap();
            assert_eq!(easter.weekday(), Weekday::Sun, "{year}");
            assert!(
                easter >= Day::from_ymd(year, 3, 22).unwrap() && easter <= Day::from_ymd(year, 4, 25).unwrap(),
                "{year}"
            );
        }
    }

    #[test]
    fn bank_days_are_counted_one_by_one() {
        let start = day("2019-12-20");
        for from in (0..250).map(|n| start.plus_days(n)) {
            let later: Vec<Day> = (1..90).map(|n| from.plus_days(n)).filter(|day| is_open(*day)).collect();
            let earlier: Vec<Day> = (0..90).map(|n| from.plus_days(-n)).filter(|day| is_open(*day)).collect();
            for n in 1..=40_u32 {
                assert_eq!(after(from, n), later[n as usize - 1], "{from} + {n}");
                assert_eq!(back(from, n), earlier[n as usize - 1], "{from} - {n}");
            }
        }
        // Easter 2020: Thursday to Monday the banks are closed.
        assert_eq!(after(day("2020-04-08"), 1), day("2020-04-14"));
    }

    #[test]
    fn store_bededag_ends_with_2023_and_the_nearest_open_day_is_found() {
        assert!(!is_open(day("2023-05-05")) && is_open(day("2024-04-26")));
        assert_eq!(next_open(day("2026-04-02")), day("2026-04-07"));
        assert_eq!(previous_open(day("2026-04-06")), day("2026-04-01"));
        assert_eq!(next_open(day("2026-04-07")), day("2026-04-07"));
        assert_eq!(next_open(day("2027-12-31")), day("2028-01-03"));
        assert_eq!(previous_open(day("2027-12-26")), day("2027-12-23"));
        assert!(next_open(Day::LAST_WRITTEN) > Day::LAST_WRITTEN && next_open(Day::FAR) >= Day::LAST_WRITTEN);
    }
}
