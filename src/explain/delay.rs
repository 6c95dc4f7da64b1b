//! The day earned, counted from an entitlement's own day with a finger on the calendar (mechanisms 7.3).

use crate::charge::{Charge, Delay};
use crate::measure::bank_days::is_open;
use crate::measure::day::Day;
use chrono::Weekday;
use serde::Serialize;

/// Why something is earned later than on its own day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Delayed {
    /// The own day; of several units that of the first.
    pub own_day: Day,
    /// How long after it.
    pub delay: Delay,
}

/// The day on which a charge's entitlement with that own day is earned.
pub(super) fn earned_on(charge: &Charge, own: Day) -> Day {
    let weekday = |day: Day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    match charge.delay {
        None => own,
        Some(Delay::Days(n)) => nth_after(own, n, |_| true),
        Some(Delay::Weekdays(n)) => nth_after(own, n, weekday),
        Some(Delay::BankDays(n)) => nth_after(own, n, is_open),
        Some(Delay::Months(n)) => own.plus_months(n),
    }
}

/// The `n`-th day after a day that counts.
fn nth_after(day: Day, n: u32, counts: impl Fn(Day) -> bool) -> Day {
    let (mut at, mut left) = (day, n);
    while left > 0 && at < Day::LAST_WRITTEN {
        at = at.next();
        left -= u32::from(counts(at));
    }
    at
}
