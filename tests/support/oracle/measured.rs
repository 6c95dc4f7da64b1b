//! Mechanisms 5.2 and 5.3: a measured charge pays on its dates for what a figure says.

use super::calendar::{Period, border_of};
use super::charge::{Entitlement, push};
use super::facts::Facts;
use super::fraction::{Fraction, ZERO};
use super::rate::On;
use super::{Law, Misreading, Situation, adjust, band, delay, figure, granted, money};
use crate::support::day::Day;
use crate::support::programme::{Charge, Contract, Dates, What};

/// What the charge earns on each of its dates.
pub fn accrue<'a>(
    law: &Law,
    contract: &Contract,
    facts: &Facts<'a>,
    (place, charge): (usize, &Charge),
    period: &Period,
    earned: &mut Vec<Entitlement<'a>>,
) {
    let What::Measured { dates, .. } = &charge.what else { return };
    // A later date is earned in a later settlement; what is known of it does not matter yet.
    let days = days(law, contract, dates);
    for date in days.iter().copied().filter(|date| *date <= period.last) {
        law.saw_if(date > contract.ends, Situation::EarnedInTheTail);
        let before = days.iter().copied().filter(|day| *day < date).max();
        if granted::rests(contract, &charge.what) {
            earned.push(waiting(place, charge, (date, before)));
        } else {
            let asked = figure::Asked { day: date, before, queue: &[] };
            on_a_date(law, (contract, facts), place, asked, earned);
        }
    }
}

/// Mechanisms 11: what asks for `granted` is worked out at its turn. Until then it is no more than a place in the queue.
fn waiting<'a>(place: usize, charge: &Charge, (date, before): (Day, Option<Day>)) -> Entitlement<'a> {
    Entitlement {
        place,
        charge: charge.id.clone(),
        subject: "-".into(),
        unit: date.to_string(),
        earned_on: date,
        quantity: String::new(),
        rate: String::new(),
        amount: 1,
        at_its_turn: Some((date, before)),
        participant: None,
        company: None,
    }
}

/// What the charge earns on a date, if all that it asks for is known and the price is not 0.
pub fn on_a_date<'a>(
    law: &Law,
    (contract, facts): (&Contract, &Facts<'a>),
    place: usize,
    asked: figure::Asked,
    earned: &mut Vec<Entitlement<'a>>,
) {
    let (charge, date) = (&contract.charges[place], asked.day);
    let What::Measured { figure: named, times, .. } = &charge.what else { return };
    let says = |id: &String| figure::on(law, contract, facts, id, asked);
    let (Some(said), Some(others)) = (says(named), times.iter().map(says).collect::<Option<Vec<_>>>()) else { return };
    law.saw_if(!others.is_empty(), Situation::FiguresMultiplied);
    let band::Said { price, rate, owed_back } = band::price(law, &charge.price, said.value);
    let price = if law.reads(Misreading::PriceRoundedBeforeTimes) { Fraction::of(&price.shown(2)) } else { price };
    let others: &[figure::Said] =
        if law.reads(Misreading::OneFigureTimes) { others.get(..1).unwrap_or(&[]) } else { &others };
    let whole = others.iter().fold(price, |product, one| product.times(one.value));
    law.saw_if(whole < ZERO, Situation::PriceBelowZero);
    let whole = if law.reads(Misreading::PriceBelowZeroIsOwed) { whole } else { whole.max(ZERO) };
    // Nothing is owed in a hole, or at a price of 0.
    if whole == ZERO {
        return;
    }
    let on = On { day: delay::pricing_day(law, charge, date), good: None, step: None };
    // What waits for an index is reached (mechanisms 4.4), though nothing is owed yet.
    let adjusted = adjust::rate(law, (contract, facts), charge, whole, (on, date));
    let alone = others.is_empty() && !adjust::any(law, charge, on);
    // The size is rounded, the sign comes after (mechanisms 2.2).
    let size = adjusted.map_or(0, |adjusted| money::rounded(law, contract, charge, adjusted, 1));
    let all = [said].iter().chain(others).filter_map(|said| said.recorded_on).max();
    let earned_on = match all {
        Some(recorded_on) if law.reads(Misreading::EarnedWhenRecorded) => recorded_on.max(date),
        _ => date,
    };
    let one = Entitlement {
        place,
        charge: charge.id.clone(),
        subject: "-".into(),
        unit: date.to_string(),
        earned_on,
        quantity: said.value.shown(6),
        rate: rate.filter(|_| alone).unwrap_or_default(),
        amount: if owed_back { -size } else { size },
        at_its_turn: None,
        participant: None,
        company: None,
    };
    push(law, contract, one, earned);
}

/// The dates as they are named, or the last day of each such period of the calendar in the term, and the term's own.
pub fn days(law: &Law, contract: &Contract, dates: &Dates) -> Vec<Day> {
    let mut days = match dates {
        Dates::On(on) => on.clone(),
        Dates::Every(every) => {
            let mut days = Vec::new();
            let mut day = contract.starts;
            while day <= contract.ends {
                if day == border_of(*every, day) || day == contract.ends {
                    days.push(day);
                }
                day = day.next();
            }
            days
        }
    };
    if law.reads(Misreading::MeasuredInTheTermOnly) {
        days.retain(|day| *day <= contract.ends);
    }
    days
}
