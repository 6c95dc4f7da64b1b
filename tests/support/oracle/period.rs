//! Rule 7.3 and mechanisms 3.4: pay for days, weeks, months and longer units.

use super::charge::{Entitlement, Own, push, quantity};
use super::days::{add_months, monday, month_first, month_last, month_name, week_name};
use super::fraction::{Fraction, ZERO};
use super::money;
use super::outcome::Good;
use super::{Law, Misreading, Situation, payroll};
use crate::support::day::Day;
use crate::support::programme::{Tally, Unit, What};

/// A unit with its full length, whatever borders run through it.
struct Whole {
    name: String,
    first: Day,
    last: Day,
}

/// What a unit comes to.
enum Paid<'a> {
    Nothing,
    /// For an index that is not known (mechanisms 7.2): reached, and not owed yet.
    Waits(Entitlement<'a>),
    Owed(Entitlement<'a>),
}

fn unit_of(law: &Law, own: &Own, unit: Unit, day: Day) -> Whole {
    match unit {
        Unit::Day => Whole { name: day.to_string(), first: day, last: day },
        Unit::Week => Whole { name: week_name(law, day), first: monday(day), last: monday(day).plus(6) },
        Unit::Month => Whole { name: month_name(day), first: month_first(day), last: month_last(day) },
        Unit::Quarter => months_of(law, own, 3, day),
        Unit::HalfYear => months_of(law, own, 6, day),
        Unit::Year => months_of(law, own, 12, day),
        Unit::Weeks(n) => part(law, own, n, day),
    }
}

/// Mechanisms 3.4: the calendar's quarter, half-year or year.
fn months_of(law: &Law, own: &Own, months: i64, day: Day) -> Whole {
    law.saw(Situation::LongUnit);
    let first = if law.reads(Misreading::LongUnitsFromTheStart) {
        let start = own.contract.starts;
        let begins = |n: &i64| add_months(law, start, n * months);
        begins(&(0..).take_while(|n| begins(n) <= day).last().unwrap_or(0))
    } else {
        let (year, month, _) = day.civil();
        Day::from_civil(year, (month - 1) / months * months + 1, 1)
    };
    let (year, month, date) = first.civil();
    let name = match months {
        3 => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
        6 => format!("{year:04}-H{}", (month - 1) / 6 + 1),
        _ => format!("{year:04}"),
    };
    let last_month = month - 1 + months - 1;
    let last = if date == 1 {
        month_last(Day::from_civil(year + last_month / 12, last_month % 12 + 1, 1))
    } else {
        add_months(law, first, months).before()
    };
    Whole { name, first, last }
}

/// Mechanisms 3.4: the piece of so many weeks, counted from the anchor.
fn part(law: &Law, own: &Own, weeks: i64, day: Day) -> Whole {
    let mut anchor = own.assessment.elapsed_from;
    if law.reads(Misreading::PartsFromTheTerm) {
        anchor = own.contract.starts;
    }
    let mut number = 1;
    while anchor.plus(7 * weeks * number) <= day {
        number += 1;
    }
    law.saw_if(number == 1, Situation::PartOfWeeks);
    law.saw_if(number > 1, Situation::SecondPart);
    let first = anchor.plus(7 * weeks * (number - 1));
    Whole { name: format!("part-{number:03}"), first, last: first.plus(7 * weeks - 1) }
}

/// The units with qualifying days, in order, each as far as it is paid.
pub fn units<'a>(law: &Law, own: &Own<'_, '_, 'a>, earned: &mut Vec<Entitlement<'a>>) {
    let What::Period { unit, min_days, prorate, by, max_units, .. } = &own.charge.what else { return };
    let all = &own.assessment.days;
    let (mut at, mut paid) = (0, 0);
    while at < all.len() {
        let whole = unit_of(law, own, *unit, all[at].day);
        let days: Vec<Good> = all[at..].iter().take_while(|good| good.day <= whole.last).cloned().collect();
        at += days.len();
        // At most m units with an entitlement, the earliest first, whatever limits then grant.
        let full = max_units.is_some_and(|most| paid >= most) && !law.reads(Misreading::MaxUnitsAfterLimits);
        law.saw_if(full, Situation::MaxUnitsReached);
        if full && !law.reads(Misreading::MaxUnitsIgnored) {
            break;
        }
        look(law, &whole, &days, own);
        let one = match by {
            Some(tally) => prorated(law, own, &whole, &days, Some(*tally)),
            None if *prorate => prorated(law, own, &whole, &days, None),
            None => in_full(law, own, &whole, &days, min_days.unwrap_or(1)),
        };
        paid += i64::from(match one {
            Paid::Nothing => false,
            // What waits for an index is there, though its amount is not known yet.
            Paid::Waits(one) => {
                push(law, own.contract, one, earned);
                !law.reads(Misreading::WaitingUnitsGiveWay)
            }
            Paid::Owed(one) => push(law, own.contract, one, earned) || law.reads(Misreading::ZeroUnitsCount),
        });
    }
}

/// Notes what is interesting about a unit.
fn look(law: &Law, whole: &Whole, days: &[Good], own: &Own) {
    law.saw_if(days.iter().any(|good| good.day.civil().1 == 2 && good.day.civil().2 == 29), Situation::LeapDayInUnit);
    law.saw_if(whole.name.ends_with("W53"), Situation::Week53);
    let border = whole.first < own.contract.starts || whole.last > own.contract.ends;
    law.saw_if(border, Situation::UnitClippedByTerm);
}

/// Earned on the unit's last day or, where it comes first, the contract's, the window's or the eligibility's.
fn earned_on(law: &Law, own: &Own, whole: &Whole) -> Day {
    if law.reads(Misreading::EarnedAtTheUnitsEnd) {
        return whole.last.min(own.contract.ends);
    }
    let forever = whole.last;
    let window = own.assessment.window_last.unwrap_or(forever);
    let eligible = own.assessment.participant.eligible_until.unwrap_or(forever);
    law.saw_if(window < whole.last || eligible < whole.last, Situation::EarnedBeforeTheUnitsEnd);
    whole.last.min(own.contract.ends).min(window).min(eligible)
}

/// Paid in full when at least `least` of the unit's days qualify.
fn in_full<'a>(law: &Law, own: &Own<'_, '_, 'a>, whole: &Whole, days: &[Good<'a>], least: i64) -> Paid<'a> {
    let mut least = least;
    if law.reads(Misreading::ClippedUnitNeedsFewer) {
        let first = whole.first.max(own.contract.starts);
        let last = whole.last.min(own.contract.ends);
        least = least.min(last.0 - first.0 + 1);
    }
    let count = days.len() as i64;
    law.saw_if(least > 1 && count == least, Situation::MinDaysJustReached);
    law.saw_if(least > 1 && count == least - 1, Situation::MinDaysMissedByOne);
    if count < least || (law.reads(Misreading::MinDaysMustBeExceeded) && least > 1 && count == least) {
        return Paid::Nothing;
    }
    let rows = own.rows(law, days);
    let Some(row) = own.card.row_of_unit(law, &rows) else { return Paid::Nothing };
    // 8.3: the first qualifying day to which the unit's row applies.
    let reference = rows.iter().position(|applies| *applies == Some(row)).unwrap_or(0);
    law.saw_if(days.iter().any(|good| good.company != days[reference].company), Situation::TwoCompaniesInUnit);
    let company = if law.reads(Misreading::CompanyOfTheFirstDay) { 0 } else { reference };
    let company = if law.reads(Misreading::CompanyOfTheLastDay) { days.len() - 1 } else { company };
    let one = own.at_rate(law, &whole.name, earned_on(law, own, whole), row, own.on(&days[reference]));
    match one {
        Some(one) => Paid::Owed(Entitlement { company: days[company].company, ..one }),
        None => Paid::Waits(own.waiting(&whole.name, earned_on(law, own, whole))),
    }
}

/// What a day counts: 1, or what is tallied on it.
fn tally_on(law: &Law, good: &Good, by: Option<Tally>) -> Fraction {
    match by {
        Some(Tally::Earnings) if law.reads(Misreading::EarningsPaidByTheHour) => payroll::of(good, Tally::Hours),
        Some(tally) => payroll::of(good, tally),
        None => Fraction::of("1"),
    }
}

/// Paid for each qualifying day the rate of that day ÷ days in the unit, or × what is tallied on it (mechanisms 3.4); the sum is
/// rounded once.
fn prorated<'a>(law: &Law, own: &Own<'_, '_, 'a>, whole: &Whole, days: &[Good<'a>], by: Option<Tally>) -> Paid<'a> {
    let mut of = whole.last.0 - whole.first.0 + 1;
    if law.reads(Misreading::ProratedBy30) && (28..=31).contains(&of) {
        of = 30;
    }
    if law.reads(Misreading::ProratedByDaysInTerm) {
        of = whole.last.min(own.contract.ends).0 - whole.first.max(own.contract.starts).0 + 1;
    }
    let rows = own.rows(law, days);
    let Some(first) = rows.iter().position(Option::is_some) else { return Paid::Nothing };
    // 8.3: the first qualifying day with a rate; what holds on it adjusts the rate of every day.
    let earned_on = earned_on(law, own, whole);
    let reference =
        |nth: usize| (own.on(&days[if law.reads(Misreading::AdjustedDayByDay) { nth } else { first }]), earned_on);
    let rated = rows.iter().enumerate().filter_map(|(nth, row)| row.map(|row| (nth, row)));
    let tallies: Vec<Fraction> = rated.clone().map(|(nth, _)| tally_on(law, &days[nth], by)).collect();
    let rates: Option<Vec<Fraction>> = rated.map(|(nth, row)| own.adjusted(law, row, reference(nth))).collect();
    let Some(rates) = rates else { return Paid::Waits(own.waiting(&whole.name, earned_on)) };
    law.saw_if(rates.len() < days.len(), Situation::DaysWithoutRate);
    let paid: Vec<Fraction> = rates.iter().zip(&tallies).map(|(rate, tally)| rate.times(*tally)).collect();
    let of = if by.is_some() { 1 } else { of };
    let amount = if law.reads(Misreading::RoundedPerDay) {
        paid.iter().map(|paid| money::rounded(law, own.contract, own.charge, *paid, of)).sum()
    } else {
        let sum = paid.iter().fold(ZERO, |sum, paid| sum.plus(*paid));
        money::rounded(law, own.contract, own.charge, sum, of)
    };
    let company = if law.reads(Misreading::CompanyOfTheLastDay) { days.len() - 1 } else { first };
    let company = if law.reads(Misreading::CompanyOfTheFirstDay) { 0 } else { company };
    let mut one = own.entitlement(&whole.name, earned_on, amount, days[company].company);
    one.quantity = quantity(rates.len(), of);
    if by.is_some() && !law.reads(Misreading::QuantityOfATallyIsItsDays) {
        let tally = tallies.iter().fold(ZERO, |sum, tally| sum.plus(*tally));
        law.saw(if tally > ZERO { Situation::PaidByTheTally } else { Situation::NothingTallied });
        law.saw_if(tally > ZERO && Fraction::of(&tally.shown(6)) != tally, Situation::TallyShownRounded);
        one.quantity = tally.shown(6);
    }
    // `rate` is empty where these days' rates differ.
    let same = rates.iter().all(|rate| *rate == rates[0]);
    law.saw_if(!same, Situation::RatesDiffer);
    if same {
        one.rate = money::rate_text(rates[0]);
    }
    Paid::Owed(one)
}
