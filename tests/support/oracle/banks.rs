//! The days on which Danish banks are closed (rule 11.3, mechanisms 7.3).

use super::{Law, Misreading};
use crate::support::day::Day;

/// 1 January 1970 was a Thursday.
pub fn saturday(day: Day) -> bool {
    (day.0 + 3).rem_euclid(7) == 5
}

pub fn weekend(day: Day) -> bool {
    (day.0 + 3).rem_euclid(7) >= 5
}

/// Saturdays and Sundays, 1 January, Maundy Thursday, Good Friday, Easter Monday, the General Prayer Day up to 2023,
/// Ascension Day and the day after, Whit Monday, 5 June, 24 to 26 and 31 December.
pub fn closed(law: &Law, day: Day) -> bool {
    if law.reads(Misreading::BanksCloseAtWeekendsOnly) {
        return weekend(day);
    }
    let (year, month, of_month) = day.civil();
    let after_easter = day.0 - easter(year).0;
    let prayer_day = after_easter == 26 && (year <= 2023 || law.reads(Misreading::PrayerDayForEver));
    weekend(day)
        || matches!((month, of_month), (1, 1) | (6, 5) | (12, 24..=26 | 31))
        || matches!(after_easter, -3 | -2 | 1 | 39 | 40 | 50)
        || prayer_day
}

/// Easter Sunday in the Gregorian calendar: the Sunday after the full moon of the church on or after 21 March.
fn easter(year: i64) -> Day {
    let (golden, century) = (year % 19, year / 100);
    // The age of the moon, put right for the leap days left out and for the moon's own drift.
    let drift = (8 * century + 13) / 25;
    let moon = (19 * golden + century - century / 4 - drift + 15) % 30;
    let moon = moon - i64::from(moon == 29 || (moon == 28 && golden > 10));
    let full_moon = Day::from_civil(year, 3, 21).plus(moon);
    let to_sunday = 7 - (full_moon.0 + 4).rem_euclid(7);
    full_moon.plus(to_sunday)
}

#[test]
fn easter_is_where_the_almanac_has_it() {
    let days = [
        "1961-04-02",
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2016-03-27",
        "2018-04-01",
        "2019-04-21",
        "2020-04-12",
        "2021-04-04",
        "2023-04-09",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2038-04-25",
        "1981-04-19",
        "1954-04-18",
    ];
    for day in days {
        let year = day[..4].parse().unwrap();
        assert_eq!(easter(year).to_string(), day);
    }
}

#[test]
fn banks_are_closed_as_the_national_bank_says() {
    let law = Law::of(Misreading::None);
    let closed_in = |year: i64| -> Vec<String> {
        let days = (0..366).map(|n| Day::from_civil(year, 1, 1).plus(n)).filter(|day| day.civil().0 == year);
        days.filter(|day| closed(&law, *day) && !weekend(*day)).map(|day| day.to_string()[5..].to_string()).collect()
    };
    let of_2026 = ["01-01", "04-02", "04-03", "04-06", "05-14", "05-15", "05-25", "06-05", "12-24", "12-25", "12-31"];
    assert_eq!(closed_in(2026), of_2026);
    assert!(closed_in(2023).contains(&"05-05".to_string()) && closed_in(2016).contains(&"04-22".to_string()));
    assert!(!closed_in(2024).contains(&"04-26".to_string()));
}
