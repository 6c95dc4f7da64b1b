//! Hours and earnings, laid on each day that counts by itself (mechanisms 3.2 to 3.4).

use super::fraction::Fraction;
use super::line::{Line, Range, Seen};
use crate::measure::day::{Day, Span};
use crate::timeline::payroll::{Spread, Tallied};
use chrono::Weekday;
use rust_decimal::Decimal;

/// The hours or earnings that lie on one day that counts (mechanisms 3.2, 3.3).
pub(super) fn on_day(line: &Line<'_>, range: &Range, day: Day, what: Tallied) -> Option<Fraction> {
    let Some(payroll) = line.outcome.payroll else {
        return match what {
            Tallied::Hours => Fraction::of(range.hours).by(Fraction::of(Decimal::from(7))),
            Tallied::Earnings => Some(Fraction::of(Decimal::ZERO)),
        };
    };
    let mut sum = Fraction::of(Decimal::ZERO);
    for seen in &range.seen {
        let Seen::Active(nth) = seen else { continue };
        let Some(work) = line.work.get(*nth) else { continue };
        let (hours, earnings) = work.month.unwrap_or_default();
        let amount = Fraction::of(if what == Tallied::Hours { hours } else { earnings });
        if let Some(days) = laid_over(payroll.spread, work.days, day) {
            sum = sum.and(amount.by(Fraction::of(Decimal::from(days)))?)?;
        }
    }
    Some(sum)
}

/// Over how many days of a month its amounts are laid, if this is one of them.
fn laid_over(spread: Spread, month: Span, day: Day) -> Option<i64> {
    let free = |day: Day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    match spread {
        Spread::MonthEnd => (day == month.last).then_some(1),
        Spread::CalendarDays => Some(month.days()),
        Spread::Weekdays if free(day) => None,
        Spread::Weekdays => {
            let all = std::iter::successors(Some(month.first), |day| (*day < month.last).then(|| day.next()));
            i64::try_from(all.filter(|day| !free(*day)).count()).ok()
        }
    }
}
