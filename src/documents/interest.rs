//! Interest on late payment, and the compensation for it, by the Danish Interest Act (*renteloven*).
//!
//! The yearly rate is Danmarks Nationalbank's official lending rate on 1 January or 1 July, the reference rate of that half-year,
//! and a surcharge (§ 5). The reference rate follows the half-year of each day; the surcharge is that of the claim and stays what
//! it was when the claim fell due: when it was raised, older claims kept the old one. There is no interest on interest.
//! No official rule for the count of days is known, so the contract says it ([`DayCount`]).
//!
//! Interest is worked out exactly over all parts of a claim and rounded once, half away from zero. So what is claimed bit by bit,
//! each time the difference to what was claimed before, adds up to the same øre as what is claimed at the end.

use crate::contract::invoicing::DayCount;
use crate::measure::day::Day;
use crate::measure::money::{Currency, Total};
use std::fmt;

/// Half a calendar year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct HalfYear {
    year: i32,
    second: bool,
}

impl HalfYear {
    /// The half-year in which a day lies.
    #[must_use]
    pub fn of(day: Day) -> HalfYear {
        HalfYear { year: day.year(), second: day.month_number().rem_euclid(12) >= 6 }
    }

    /// The first day after it.
    fn end(self) -> Day {
        Day::first_of_month(self.year * 12 + if self.second { 12 } else { 6 })
    }
}

/// `2026-H2`.
impl fmt::Display for HalfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-H{}", self.year, if self.second { 2 } else { 1 })
    }
}

/// The reference rate of a half-year is not known here; it is never guessed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, thiserror::Error)]
#[error("the reference rate of {half_year} is not known")]
pub struct UnknownRate {
    /// The half-year.
    pub half_year: HalfYear,
}

/// The reference rate of some half-years.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reference {
    /// The first of them.
    pub first: HalfYear,
    /// The last of them.
    pub last: HalfYear,
    /// Hundredths of a percent; the rate may be below zero.
    pub rate: i32,
    /// Where it is written.
    pub source: &'static str,
}

/// The consumer authority's table, and what lawyers publish, which agree.
const FORBRUG: &str = "forbrug.dk, Morarenten, and pages of law firms";
/// Not read at the authority itself.
const TABLES: &str = "two tables kept apart from one another that agree, one of which cites Danmarks Nationalbank";

/// The reference rates that are known. A half-year that is not here is a gap.
pub const REFERENCES: [Reference; 11] = [
    rate((2013, 1), (2015, 1), 20, FORBRUG),
    rate((2015, 2), (2021, 1), 5, FORBRUG),
    rate((2021, 2), (2021, 2), -35, FORBRUG),
    rate((2022, 1), (2022, 2), -45, FORBRUG),
    rate((2023, 1), (2023, 1), 190, FORBRUG),
    rate((2023, 2), (2023, 2), 325, FORBRUG),
    rate((2024, 1), (2024, 1), 375, FORBRUG),
    rate((2024, 2), (2024, 2), 350, TABLES),
    rate((2025, 1), (2025, 1), 275, TABLES),
    rate((2025, 2), (2025, 2), 175, TABLES),
    rate((2026, 1), (2026, 1), 175, TABLES),
];

const fn rate(first: (i32, u8), last: (i32, u8), rate: i32, source: &'static str) -> Reference {
    let (first, last) = (HalfYear { year: first.0, second: first.1 == 2 }, HalfYear { year: last.0, second: last.1 == 2 });
    Reference { first, last, rate, source }
}

/// The reference rate of a half-year in hundredths of a percent (§ 5).
///
/// # Errors
/// [`UnknownRate`] if it is not among [`REFERENCES`].
pub fn reference(half_year: HalfYear) -> Result<i32, UnknownRate> {
    let known = REFERENCES.iter().find(|reference| reference.first <= half_year && half_year <= reference.last);
    known.map(|reference| reference.rate).ok_or(UnknownRate { half_year })
}

/// The surcharge of a claim in hundredths of a percent: 8 points if it fell due on 1 March 2013 or later, else 7 (§ 5).
#[must_use]
pub fn surcharge(due: Day) -> i32 {
    if raised(due) { 800 } else { 700 }
}

/// Whether the act of 2012 holds for a claim that falls due then: it does from 1 March 2013.
fn raised(due: Day) -> bool {
    (due.year(), due.month_number().rem_euclid(12)) >= (2013, 2)
}

/// The compensation for collecting a claim that was paid late, once for each claim: 310 kr. since 1 March 2013 (§ 9 a). It is an
/// amount in kroner; of claims in other currencies none is worked out.
#[must_use]
pub fn compensation(due: Day, currency: Currency) -> Total {
    Total::from_minor(if raised(due) && currency == Currency::DKK { 31_000 } else { 0 })
}

/// A part of a claim, and how long it was owed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// How much.
    pub amount: Total,
    /// The day on which it was paid, or up to which interest is asked for.
    pub until: Day,
}

/// The interest on a claim that fell due on a day, in the currency's minor unit. What was paid by then bears none.
///
/// # Errors
/// [`UnknownRate`] names the first half-year whose reference rate is needed and not known.
pub fn interest(due: Day, parts: &[Part], count: DayCount) -> Result<Total, UnknownRate> {
    // In øre times hundredths of a percent times days, for years of 365 days and for those of 366.
    let (mut common, mut leap) = (0_i128, 0_i128);
    for part in parts.iter().filter(|part| part.until > due) {
        let end = match count {
            DayCount::BothDays => part.until.next(),
            DayCount::Difference => part.until,
        };
        let mut from = due;
        while from < end {
            let half_year = HalfYear::of(from);
            let until = half_year.end().min(end);
            let rate = i128::from(reference(half_year)?) + i128::from(surcharge(due));
            let product = part.amount.minor().saturating_mul(rate * i128::from(until.days_since(from)));
            let sum = if count == DayCount::BothDays && is_leap(half_year.year) { &mut leap } else { &mut common };
            *sum = sum.saturating_add(product);
            from = until;
        }
    }
    let exact = common.saturating_mul(366).saturating_add(leap.saturating_mul(365));
    Ok(Total::from_minor(half_away(exact, 365 * 366 * 100 * 100)))
}

fn is_leap(year: i32) -> bool {
    Day::from_ymd(year, 2, 29).is_some()
}

/// A quotient rounded half away from zero.
fn half_away(exact: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (exact / divisor, exact % divisor);
    if rest.saturating_abs().saturating_mul(2) >= divisor { quotient + rest.signum() } else { quotient }
}

#[cfg(test)]
#[allow(clippy::inconsistent_digit_grouping)]
mod tests {
    use super::*;
    use DayCount::{BothDays, Difference};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Parts in kroner.
    fn worked(due: &str, parts: &[(i128, &str)], count: DayCount) -> Result<i128, UnknownRate> {
        let parts: Vec<Part> =
            parts.iter().map(|(kr, until)| Part { amount: Total::from_minor(kr * 100), until: day(until) }).collect();
        interest(day(due), &parts, count).map(Total::minor)
    }

    #[test]
    fn interest_worked_out_by_hand() {
        type Case<'a> = (&'a str, &'a [(i128, &'a str)], DayCount, i128);
        let cases: [Case; 19] = [
            // A published vector: 100,000 × 10.75 % × 181/365 + 100,000 × 9.75 % × 1/365 = 5,330.82 + 26.71.
            ("2025-01-01", &[(100_000, "2025-07-01")], BothDays, 535_753),
            // The last day left out: 100,000 × 10.75 % × 181/365 = 5,330.8219.
            ("2025-01-01", &[(100_000, "2025-07-01")], Difference, 533_082),
            // In time, on the due date.
            ("2025-01-01", &[(100_000, "2025-01-01")], BothDays, 0),
            // A day late: 100,000 × 10.75 % × 2/365 = 58.9041, or × 1/365 = 29.4521.
            ("2025-01-01", &[(100_000, "2025-01-02")], BothDays, 58_90),
            ("2025-01-01", &[(100_000, "2025-01-02")], Difference, 29_45),
            // Over New Year into a leap year: 50,000 × 11.25 % × 1/365 + 50,000 × 11.75 % × 1/366 = 15.4110 + 16.0519.
            ("2023-12-31", &[(50_000, "2024-01-01")], BothDays, 31_46),
            // 50,000 × 11.25 % × 1/365 = 15.4110: the one day is the due date, in the old half-year.
            ("2023-12-31", &[(50_000, "2024-01-01")], Difference, 15_41),
            // 28 and 29 February, 1 March: 36,600 × 11.75 % × 3/366 = 35.25.
            ("2024-02-28", &[(36_600, "2024-03-01")], BothDays, 35_25),
            // 28 and 29 February, each a 365th: 36,500 × 11.75 % × 2/365 = 23.50.
            ("2024-02-28", &[(36_500, "2024-03-01")], Difference, 23_50),
            // A reference rate below zero: 1,234,567 × (8 − 0.45) % × (47 + 92)/365 = 35,496.3380.
            ("2022-05-15", &[(1_234_567, "2022-09-30")], BothDays, 3_549_634),
            // 1,234,567 × 7.55 % × (47 + 91)/365 = 35,240.9687.
            ("2022-05-15", &[(1_234_567, "2022-09-30")], Difference, 3_524_097),
            // Over a leap year: 18,250 × 8.05 % × (1 + 184 + 181)/365 = 1,473.15; × (182 + 184)/366 = 1,469.125;
            // 18,250 × 7.65 % × 46/365 = 175.95. The sum 3,118.225 is half-way and goes up.
            ("2019-06-30", &[(18_250, "2021-08-15")], BothDays, 3_118_23),
            // Due before 1 March 2013, the surcharge stays 7: 10,000 × 7.20 % × (123 + 31)/365 = 303.7808.
            ("2013-02-28", &[(10_000, "2013-07-31")], BothDays, 303_78),
            // Due on it, it is 8: 10,000 × 8.20 % × (122 + 31)/365 = 343.7260.
            ("2013-03-01", &[(10_000, "2013-07-31")], BothDays, 343_73),
            // In two parts: 30,000 × 10.75 % × 31/365 = 273.9041; 70,000 × 10.75 % × 92/365 = 1,896.7123;
            // 70,000 × 9.75 % × 10/365 = 186.9863. The sum is 2,357.6027.
            ("2025-03-31", &[(30_000, "2025-04-30"), (70_000, "2025-07-10")], BothDays, 2_357_60),
            // 30,000 × 10.75 % × 30/365 + 70,000 × 10.75 % × 92/365 + 70,000 × 9.75 % × 9/365 = 2,330.0685.
            ("2025-03-31", &[(30_000, "2025-04-30"), (70_000, "2025-07-10")], Difference, 2_330_07),
            // One part in time: 60,000 × 10.75 % × 10/365 = 176.7123.
            ("2025-03-31", &[(40_000, "2025-03-31"), (60_000, "2025-04-10")], Difference, 176_71),
            // 8,000 × 8.20 % × 11/365 + 8,000 × 8.05 % × 20/365 = 19.7699 + 35.2877.
            ("2015-06-20", &[(8_000, "2015-07-20")], BothDays, 55_06),
            // Up to the last day that is known: 999,999 × 9.75 % × (32 + 180)/365 = 56,630.0804.
            ("2025-11-30", &[(999_999, "2026-06-30")], Difference, 56_630_08),
        ];
        for (due, parts, count, wanted) in cases {
            assert_eq!(worked(due, parts, count), Ok(wanted), "{due} {parts:?} {count:?}");
        }
    }

    #[test]
    fn a_gap_in_the_rates_is_an_error_and_not_a_guess() {
        let gap = |text: &str| Err(UnknownRate { half_year: HalfYear::of(day(text)) });
        assert_eq!(worked("2026-05-01", &[(1, "2026-07-01")], BothDays), gap("2026-07-01"));
        // The last day is not counted, so the next half-year's rate is not asked for.
        assert_eq!(worked("2026-05-01", &[(1, "2026-07-01")], Difference), Ok(2));
        assert_eq!(worked("2012-12-31", &[(1, "2013-01-02")], Difference), gap("2012-12-31"));
        let error = worked("2026-05-01", &[(1, "2031-07-01")], BothDays).unwrap_err();
        assert_eq!(error.to_string(), "the reference rate of 2026-H2 is not known");
    }

    /// The rates in force, as they are published.
    #[test]
    fn the_yearly_rates_are_those_published() {
        let published = [
            ("2013-03-01", 820),
            ("2015-01-01", 820),
            ("2015-07-01", 805),
            ("2021-06-30", 805),
            ("2021-07-01", 765),
            ("2022-01-01", 755),
            ("2022-12-31", 755),
            ("2023-01-01", 990),
            ("2023-07-01", 1125),
            ("2024-01-01", 1175),
            ("2024-07-01", 1150),
            ("2025-01-01", 1075),
            ("2025-07-01", 975),
            ("2026-01-01", 975),
        ];
        for (from, rate) in published {
            assert_eq!(reference(HalfYear::of(day(from))).unwrap() + surcharge(day(from)), rate, "{from}");
        }
        assert_eq!(reference(HalfYear::of(day("2013-01-01"))).unwrap() + surcharge(day("2013-01-01")), 720);
        for pair in REFERENCES.windows(2) {
            assert_eq!(
                pair[0].last.end(),
                Day::first_of_month(pair[1].first.year * 12 + i32::from(pair[1].first.second) * 6)
            );
        }
    }

    /// Rounded part by part, interest on a claim paid in many parts would not be that on the claim.
    #[test]
    fn parts_do_not_drift_from_the_whole() {
        let (due, until) = (day("2024-11-15"), day("2025-08-03"));
        let parts: Vec<Part> = (0..97).map(|nth| Part { amount: Total::from_minor(12_345 + nth), until }).collect();
        let whole = Part { amount: parts.iter().fold(Total::default(), |sum, part| sum + part.amount), until };
        let of = |parts: &[Part]| interest(due, parts, BothDays).unwrap().minor();
        assert_eq!(of(&parts), of(&[whole]));
        assert_ne!(parts.iter().map(|part| of(&[*part])).sum::<i128>(), of(&[whole]));
    }

    #[test]
    fn compensation_is_in_kroner_and_for_claims_since_march_2013() {
        assert_eq!(compensation(day("2013-03-01"), Currency::DKK).minor(), 310_00);
        assert_eq!(compensation(day("2013-02-28"), Currency::DKK).minor(), 0);
        assert_eq!(compensation(day("2020-01-01"), Currency::parse("EUR").unwrap()).minor(), 0);
    }
}
