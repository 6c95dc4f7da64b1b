//! Mechanisms 7.2: a published index, by which prices of a day are multiplied.

use super::days::{add_months, month_first, month_last};
use super::facts::Facts;
use super::fraction::{Fraction, ZERO};
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Contract, Every, Index};

/// The index of the month that counts for a day, over that of the base. Nothing while one of them is not known.
pub fn factor(law: &Law, contract: &Contract, facts: &Facts, id: &str, day: Day) -> Option<Fraction> {
    let index = contract.indices.iter().find(|one| one.id == id).expect("the index is one of the contract's");
    let (year, month) = index.base.split_once('-').expect("a month");
    let base = of_month(law, facts, index, Day::from_civil(year.parse().unwrap(), month.parse().unwrap(), 1));
    let month = month_of(law, index, day);
    let mut now = of_month(law, facts, index, month);
    law.saw_if(base.is_none() || now.is_none(), Situation::WaitsForAnIndex);
    law.saw_if(base.is_some() && now.is_some() && base != now, Situation::Indexed);
    // The misreading that the last one known will do.
    let mut back = month;
    while law.reads(Misreading::LastIndexWillDo) && now.is_none() && back > day.plus(-1500) {
        back = month_first(back.before());
        now = of_month(law, facts, index, back);
    }
    let base = if law.reads(Misreading::IndexWithoutBase) { Some(Fraction::of("100")) } else { base };
    Some(now?.over(base?))
}

/// The first day of the month that lies so many months before the year (quarter, month) of a day.
fn month_of(law: &Law, index: &Index, day: Day) -> Day {
    let (year, month, _) = day.civil();
    let length = match index.every {
        Every::Month => 1,
        Every::Quarter => 3,
        Every::HalfYear => 6,
        Every::Year => 12,
    };
    let mut first = Day::from_civil(year, (month - 1) / length * length + 1, 1);
    if law.reads(Misreading::IndexOfTheMonthItself) {
        first = month_first(day);
    }
    if law.reads(Misreading::IndexOnePeriodEarly) {
        first = back(law, first, length);
    }
    let lag = if law.reads(Misreading::LagIgnored) { 0 } else { index.lag_months.unwrap_or(0) };
    back(law, first, lag)
}

/// So many months before a month's first day.
fn back(law: &Law, first: Day, months: i64) -> Day {
    (0..months).fold(first, |first, _| month_first(add_months(law, first, 0).before()))
}

/// What was measured of exactly this month, of no cohort; of several the lowest id. Nothing at 0 or below is an index.
fn of_month(law: &Law, facts: &Facts, index: &Index, month: Day) -> Option<Fraction> {
    let of_metric = facts.measurements.iter().filter(|one| one.metric == index.metric && one.participant.is_empty());
    let ours = of_metric.filter(|one| one.cohort.is_empty() || law.reads(Misreading::IndexOfAnyCohort));
    let whole = |first: Day, last: Day| {
        let begins = first == month_first(month);
        begins && (last == month_last(month) || law.reads(Misreading::IndexOfAPartOfTheMonth))
    };
    let mut found: Vec<_> = ours.filter(|one| whole(one.first, one.last)).collect();
    law.saw_if(found.len() > 1, Situation::IndexToldTwice);
    found.sort_by_key(|one| one.id.as_bytes());
    let one = if law.reads(Misreading::HighestIdOfAnIndex) { found.last() } else { found.first() };
    one.map(|one| one.value).filter(|value| *value > ZERO)
}
