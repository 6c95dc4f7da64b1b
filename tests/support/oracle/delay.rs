//! Mechanisms 7.3: what is earned so long after its own day.

use super::banks;
use super::milestone::plus;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Charge, Contract, Delay, Length};

/// The day on which the delay after an entitlement's own day is over.
pub fn over(law: &Law, contract: &Contract, charge: &Charge, own: Day) -> Day {
    let day = after(law, charge, own);
    law.saw_if(day > own, Situation::Delayed);
    law.saw_if(day > contract.ends, Situation::DelayedPastTheTerm);
    if law.reads(Misreading::DelayEndsWithTheTerm) { day.min(contract.ends).max(own) } else { day }
}

fn after(law: &Law, charge: &Charge, own: Day) -> Day {
    let Some(delay) = charge.delay.filter(|_| !law.reads(Misreading::DelayIgnored)) else { return own };
    match delay {
        Delay::Of(length) => plus(law, own, length),
        Delay::Weekdays(n) | Delay::BankDays(n) if law.reads(Misreading::DelayInCalendarDays) => {
            plus(law, own, Length::Days(n))
        }
        Delay::Weekdays(n) => {
            count(own, n, |day| law.reads(Misreading::SaturdaysAreWeekdays) && banks::saturday(day) || !banks::weekend(day))
        }
        Delay::BankDays(n) => {
            let open = |day| !banks::closed(law, day);
            let day = count(own, n, open);
            law.saw_if(day != count(own, n, |day| !banks::weekend(day)), Situation::DelayOverAHoliday);
            day
        }
    }
}

/// The n-th day after `own` that counts.
fn count(own: Day, n: i64, counts: impl Fn(Day) -> bool) -> Day {
    let (mut day, mut left) = (own, n);
    while left > 0 {
        day = day.next();
        left -= i64::from(counts(day));
    }
    day
}

/// The own day prices; or, in the misreading, the day on which the delay is over.
pub fn pricing_day(law: &Law, charge: &Charge, own: Day) -> Day {
    if law.reads(Misreading::PricedAfterTheDelay) { after(law, charge, own) } else { own }
}
