//! Chapter 4: the settlement calendar.

use super::days::{add_months, month_first, month_last};
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Contract, Every};

#[derive(Clone, Debug)]
pub struct Period {
    pub number: u32,
    pub first: Day,
    pub last: Day,
    pub cut_off: Day,
    pub tail: bool,
}

/// 4.2: the term, cut at the calendar's own borders, then the tail periods.
pub fn periods(law: &Law, contract: &Contract) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    let mut first = contract.starts;
    let mut tails = contract.settlement.tail_periods.unwrap_or(0);
    while first <= contract.ends || tails > 0 {
        let tail = first > contract.ends;
        let border = border(law, contract, first);
        let last = if tail { border } else { border.min(contract.ends) };
        law.saw_if(!tail && last < border && last == contract.ends, Situation::LastPeriodShort);
        tails -= i64::from(tail);
        // 4.3: the cut-off lies `reporting_days` after the period's last day.
        let cut_off = last.plus(contract.settlement.reporting_days);
        periods.push(Period { number: periods.len() as u32 + 1, first, last, cut_off, tail });
        first = last.next();
    }
    periods
}

/// The last day of the calendar's month, quarter, half-year or year in which `day` lies.
fn border(law: &Law, contract: &Contract, day: Day) -> Day {
    if law.reads(Misreading::PeriodsCutFromTheStart) {
        return add_months(law, day, months(contract.settlement.every)).before();
    }
    border_of(contract.settlement.every, day)
}

fn months(every: Every) -> i64 {
    match every {
        Every::Month => 1,
        Every::Quarter => 3,
        Every::HalfYear => 6,
        Every::Year => 12,
    }
}

/// The same of any such stretch of the calendar.
pub fn border_of(every: Every, day: Day) -> Day {
    let months = months(every);
    let (year, month, _) = day.civil();
    let first_month = (month - 1) / months * months + 1;
    let last_month = first_month + months - 1;
    month_last(month_first(Day::from_civil(year, last_month, 1)))
}
