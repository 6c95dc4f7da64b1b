//! What of the qualifying days is counted: days, calendar months, hours or earnings, in all or within a stretch of time (rule
//! 7.2, mechanisms 3.3).

use super::outcome::Length;
use super::payroll::Tallied;
use super::stretch::Stretch;
use crate::measure::day::{Day, Span};
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::VecDeque;

/// How long something has to last, or how much has to come together (rule 7.2, mechanisms 3.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Needed {
    /// So long.
    Time(Length),
    /// So many hours, or so much earned.
    Sum(Tallied, Decimal),
}

impl From<Length> for Needed {
    fn from(length: Length) -> Needed {
        Needed::Time(length)
    }
}

/// How many days or months have to count, or how much has to come together, and of which days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
    /// So many days or months, each month with the last of its `min_days` qualifying days; or so much.
    pub needed: Needed,
    /// The fewest qualifying days with which a month counts.
    pub min_days: Option<u32>,
    /// Only what lies less than so long before a day is looked at; of months so many calendar months.
    pub within: Option<Length>,
}

impl Tally {
    /// The first qualifying day by which enough has counted, and the days that were looked at on it.
    #[must_use]
    pub fn reached(self, stretches: &[Stretch]) -> Option<Span> {
        let first = stretches.first()?.days.first;
        match (self.needed, self.within) {
            (Needed::Time(Length::Days(n)), None) => nth_day(stretches, n).map(|day| Span { first, last: day }),
            (Needed::Time(Length::Days(n)), Some(within)) => within_reach(stretches, n, within),
            (Needed::Time(Length::Months(n)), within) => self.months(stretches, n, within),
            (Needed::Sum(what, least), None) => sum_reached(stretches, what, least).map(|day| Span { first, last: day }),
            (Needed::Sum(what, least), Some(within)) => sum_within_reach(stretches, what, least, within),
        }
    }

    /// The qualifying day that makes the last month count.
    fn months(self, stretches: &[Stretch], needed: u32, within: Option<Length>) -> Option<Span> {
        let min_days = self.min_days?;
        let mut counting: VecDeque<i32> = VecDeque::new();
        let (mut month, mut days_in_it) = (i32::MIN, 0);
        for day in days(stretches) {
            if day.month_number() != month {
                (month, days_in_it) = (day.month_number(), 0);
            }
            days_in_it += 1;
            if days_in_it != min_days {
                continue;
            }
            counting.push_back(month);
            let looked_at = match within {
                Some(Length::Months(n)) => month.saturating_sub(i32::try_from(n).unwrap_or(i32::MAX)),
                _ => i32::MIN,
            };
            while counting.front().is_some_and(|month| *month <= looked_at) {
                counting.pop_front();
            }
            if u32::try_from(counting.len()).is_ok_and(|counted| counted >= needed) {
                let first = stretches.first()?.days.first;
                let opens = if looked_at == i32::MIN { first } else { Day::first_of_month(looked_at.saturating_add(1)) };
                return Some(Span { first: first.max(opens), last: day });
            }
        }
        None
    }
}

/// The qualifying day that makes the count equal to n.
fn nth_day(stretches: &[Stretch], n: u32) -> Option<Day> {
    let mut left = i64::from(n);
    for stretch in stretches {
        if left <= stretch.days.days() {
            return Some(stretch.days.first.plus_days(left - 1));
        }
        left -= stretch.days.days();
    }
    None
}

/// The first qualifying day d with n qualifying days e up to it for which e + within > d.
fn within_reach(stretches: &[Stretch], n: u32, within: Length) -> Option<Span> {
    let mut near: VecDeque<Day> = VecDeque::new();
    for day in days(stretches) {
        near.push_back(day);
        while near.front().is_some_and(|early| within.after(*early) <= day) {
            near.pop_front();
        }
        if u32::try_from(near.len()).is_ok_and(|counted| counted >= n) {
            return near.front().map(|first| Span { first: *first, last: day });
        }
    }
    None
}

/// The qualifying day by which so much has come together.
fn sum_reached(stretches: &[Stretch], what: Tallied, least: Decimal) -> Option<Day> {
    let (least, mut before) = (Ratio::of(least), Ratio::ZERO);
    for stretch in stretches {
        let Span { first, last } = stretch.days;
        let by = |day: Day| before.plus(stretch.tallied(what, Span { first, last: day })?);
        let all = by(last)?;
        if all >= least {
            // The sum never falls, so that the first such day can be closed in on.
            let (mut low, mut high) = (0, last.days_since(first));
            while low < high {
                let middle = low.midpoint(high);
                if by(first.plus_days(middle))? >= least {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return Some(first.plus_days(low));
        }
        before = all;
    }
    None
}

/// The first qualifying day d by which so much has come together on qualifying days e for which e + within > d.
fn sum_within_reach(stretches: &[Stretch], what: Tallied, least: Decimal, within: Length) -> Option<Span> {
    let (least, mut sum) = (Ratio::of(least), Ratio::ZERO);
    let mut near: VecDeque<(Day, Ratio)> = VecDeque::new();
    for stretch in stretches {
        for day in days(std::slice::from_ref(stretch)) {
            let here = stretch.tallied(what, Span { first: day, last: day })?;
            near.push_back((day, here));
            sum = sum.plus(here)?;
            while let Some((_, gone)) = near.front().filter(|(early, _)| within.after(*early) <= day) {
                sum = sum.minus(*gone)?;
                near.pop_front();
            }
            if sum >= least {
                return near.front().map(|(first, _)| Span { first: *first, last: day });
            }
        }
    }
    None
}

fn days(stretches: &[Stretch]) -> impl Iterator<Item = Day> + '_ {
    stretches.iter().flat_map(|stretch| (0..stretch.days.days()).map(|nth| stretch.days.first.plus_days(nth)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::payroll::{Laid, Spread};
    use std::sync::Arc;

    fn line(spans: &[(&str, &str)]) -> Vec<Stretch> {
        let day = |text: &str| Day::parse(text).unwrap();
        let stretch = |(first, last): &(&str, &str)| Stretch {
            days: Span { first: day(first), last: day(last) },
            hours: Decimal::ZERO,
            kind: 0,
            company: None,
            spells: [].into(),
            laid: None,
        };
        spans.iter().map(stretch).collect()
    }

    fn reached(spans: &[(&str, &str)], needed: Length, min_days: Option<u32>, within: Option<Length>) -> Option<String> {
        let days = Tally { needed: needed.into(), min_days, within }.reached(&line(spans))?;
        Some(format!("{} {}", days.first, days.last))
    }

    #[test]
    fn days_are_counted_over_breaks_and_within_reach() {
        let spans = [("2018-01-01", "2018-01-05"), ("2018-02-01", "2018-02-20")];
        let ten = Length::Days(10);
        assert_eq!(reached(&spans, ten, None, None).as_deref(), Some("2018-01-01 2018-02-05"));
        // 5 January + 32 days is 6 February: on the 5th one day of January is near enough, on the 6th none.
        assert_eq!(reached(&spans, ten, None, Some(Length::Days(32))).as_deref(), Some("2018-02-01 2018-02-10"));
        // 1 January + 32 days is 2 February: on the 1st all five days of January are near enough.
        assert_eq!(reached(&spans, Length::Days(6), None, Some(Length::Days(32))).as_deref(), Some("2018-01-01 2018-02-01"));
        assert_eq!(reached(&spans, Length::Days(26), None, None), None);
        assert_eq!(reached(&[], Length::Days(1), None, None), None);
    }

    #[test]
    fn a_month_counts_on_the_day_that_fills_it() {
        let spans = [("2018-01-20", "2018-02-14"), ("2018-03-01", "2018-04-30")];
        let months = |n, within: Option<u32>| reached(&spans, Length::Months(n), Some(14), within.map(Length::Months));
        assert_eq!(months(1, None).as_deref(), Some("2018-01-20 2018-02-14"));
        assert_eq!(months(2, None).as_deref(), Some("2018-01-20 2018-03-14"));
        assert_eq!(months(2, Some(2)).as_deref(), Some("2018-02-01 2018-03-14"));
        assert_eq!(months(3, Some(2)), None);
        assert_eq!(reached(&spans, Length::Months(1), None, None), None);
    }

    #[test]
    fn hours_and_earnings_come_together_day_by_day() {
        // 35 hours a week are 5 a day: 25 on five days of January, then 26 on the first of February.
        let mut spells = line(&[("2018-01-01", "2018-01-05"), ("2018-02-01", "2018-02-20")]);
        spells.iter_mut().for_each(|stretch| stretch.hours = Decimal::from(35));
        let sum = |stretches: &[Stretch], what, least: &str, within| {
            let needed = Needed::Sum(what, least.parse().unwrap());
            let days = Tally { needed, min_days: None, within }.reached(stretches)?;
            Some(format!("{} {}", days.first, days.last))
        };
        let hours = |least, within: Option<u32>| sum(&spells, Tallied::Hours, least, within.map(Length::Days));
        assert_eq!(hours("25", None).as_deref(), Some("2018-01-01 2018-01-05"));
        assert_eq!(hours("25.000001", None).as_deref(), Some("2018-01-01 2018-02-01"));
        assert_eq!(hours("15", Some(3)).as_deref(), Some("2018-01-01 2018-01-03"));
        assert_eq!((hours("15.01", Some(3)), hours("125.01", None)), (None, None));
        assert_eq!(sum(&spells, Tallied::Earnings, "0.01", None), None);
        // 230 earned in February, laid on its 20 weekdays: 11.50 each; the 17th and 18th are a weekend.
        let laid = |spread| {
            let laid = Laid { hours: Decimal::ZERO, earnings: Decimal::from(230), spread, lead: (Decimal::ZERO, 0) };
            let mut stretches = line(&[("2018-02-01", "2018-02-28")]);
            stretches.iter_mut().for_each(|stretch| stretch.laid = Some(Arc::new(laid)));
            stretches
        };
        let earned = |spread, least| sum(&laid(spread), Tallied::Earnings, least, None);
        assert_eq!(earned(Spread::Weekdays, "138").as_deref(), Some("2018-02-01 2018-02-16"));
        assert_eq!(earned(Spread::Weekdays, "138.01").as_deref(), Some("2018-02-01 2018-02-19"));
        assert_eq!(earned(Spread::MonthEnd, "1").as_deref(), Some("2018-02-01 2018-02-28"));
        assert_eq!(earned(Spread::CalendarDays, "230").as_deref(), Some("2018-02-01 2018-02-28"));
        assert_eq!(earned(Spread::CalendarDays, "230.01"), None);
    }
}
