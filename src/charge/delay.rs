//! How long after its own day an entitlement is earned (mechanisms 7.3). The own day still prices it.

use crate::measure::day::{Day, Span};
use crate::measure::{bank_days, weekdays};
use serde::Serialize;

/// A length of time between the day that rule 7 gives and the day earned. Weeks are 7 days each and read as days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delay {
    /// So many days.
    Days(u32),
    /// So many Mondays to Fridays: it is earned on the last of them.
    Weekdays(u32),
    /// So many days on which Danish banks are open.
    BankDays(u32),
    /// So many months (rule 1.3).
    Months(u32),
}

impl Delay {
    /// The day on which what has that own day is earned.
    #[must_use]
    pub fn after(self, own: Day) -> Day {
        match self {
            Delay::Days(n) => own.plus_days(i64::from(n)),
            Delay::Weekdays(n) => weekdays::after(own, n),
            Delay::BankDays(n) => bank_days::after(own, n),
            Delay::Months(n) => own.plus_months(n),
        }
    }

    /// The last own day of which everything is earned on or before that day. A later own day is never earned earlier, so all
    /// days before it are too.
    #[must_use]
    pub fn own_until(self, day: Day) -> Day {
        match self {
            Delay::Days(n) => day.plus_days(-i64::from(n)),
            Delay::Weekdays(n) => weekdays::back(day, n).previous(),
            Delay::BankDays(n) => bank_days::back(day, n).previous(),
            Delay::Months(n) => {
                let month = day.month_number().saturating_sub(i32::try_from(n).unwrap_or(i32::MAX));
                let (first, end) = (Day::first_of_month(month), Day::first_of_month(month.saturating_add(1)).previous());
                // The last days of a longer month are all cut to the last day of a shorter one.
                let in_month = day.days_since(Day::first_of_month(day.month_number()));
                let ends_month = day.next().month_number() != day.month_number();
                if ends_month { end } else { first.plus_days(in_month).min(end) }
            }
        }
    }

    /// The own days of which everything is earned on those days.
    #[must_use]
    pub fn own_days(self, earned: Span) -> Option<Span> {
        Span::new(self.own_until(earned.first.previous()).next(), self.own_until(earned.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_days_and_days_earned_fit_together() {
        let delays =
            [1, 2, 3, 7, 15, 30].map(|n| [Delay::Days(n), Delay::Weekdays(n), Delay::BankDays(n), Delay::Months(n)]);
        let start = Day::parse("2019-11-01").unwrap();
        for delay in delays.into_iter().flatten() {
            for day in (0..800).map(|n| start.plus_days(n)) {
                let own = delay.own_until(day);
                assert!(delay.after(own) <= day, "{delay:?} {own} is earned after {day}");
                assert!(delay.after(own.next()) > day, "{delay:?} {} is earned by {day}", own.next());
            }
        }
    }

    #[test]
    fn months_are_cut_to_the_last_day() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(Delay::Months(1).after(day("2019-01-31")), day("2019-02-28"));
        assert_eq!(Delay::Months(1).own_until(day("2019-02-28")), day("2019-01-31"));
        assert_eq!(Delay::Months(1).own_until(day("2019-02-27")), day("2019-01-27"));
    }
}
