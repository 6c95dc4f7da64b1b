//! Mechanisms 5.2 to 5.4: a measured charge pays on its dates for what a figure says, to the contract or to a participant.

use super::charge::{Entitlement, push};
use super::fraction::{Fraction, ZERO};
use super::rate::On;
use super::walk::Walk;
use super::{Misreading, Situation, adjust, band, dates, delay, figure, granted, money};
use crate::support::day::Day;
use crate::support::programme::{Charge, What};

/// What a date comes to.
struct Priced {
    said: figure::Said,
    /// The price, before it is adjusted.
    whole: Fraction,
    /// Adjusted and rounded; nothing while an index is not known.
    amount: Option<i128>,
    /// The same, not rounded.
    exact: Fraction,
    rate: String,
    recorded_on: Option<Day>,
}

/// What the charge earns on each of its dates.
pub fn accrue<'a>(
    walk: &Walk<'_, 'a>,
    (place, charge): (usize, &Charge),
    whose: Option<usize>,
    earned: &mut Vec<Entitlement<'a>>,
) {
    let law = walk.law;
    let What::Measured { cumulative, .. } = charge.what else { return };
    let cumulative = cumulative && !law.reads(Misreading::CumulativeInFull);
    let waits = granted::rests(walk.contract, &charge.what);
    let mut last: Option<Priced> = None;
    // A later date is earned in a later settlement; what is known of it does not matter yet.
    let due = dates::due(walk, charge, whose).into_iter().filter(|(_, date)| *date <= walk.period.last);
    for (unit, date) in due {
        law.saw_if(date > walk.contract.ends, Situation::EarnedInTheTail);
        let before = dates::of_the_charge(law, walk.contract, charge).into_iter().filter(|day| *day < date).max();
        if waits {
            earned.push(waiting(place, charge, (date, before)));
            continue;
        }
        let asked = figure::Asked { before, whose, ..figure::Asked::on(date) };
        let Some(priced) = priced(walk, charge, asked) else {
            law.saw_if(cumulative && last.is_some(), Situation::CumulativeOverAGap);
            if law.reads(Misreading::CumulativeSinceAnyDate) {
                last = None;
            }
            continue;
        };
        law.saw_if(cumulative && last.is_some() && priced.amount.is_none(), Situation::CumulativeOverAGap);
        let before = last.as_ref().filter(|_| cumulative);
        let amount = priced.amount.map_or(0, |now| {
            let difference = now - before.map_or(0, |before| before.amount.unwrap_or(0));
            law.saw_if(difference < 0, Situation::CumulativeFalls);
            if law.reads(Misreading::DifferenceRounded) && before.is_some_and(|before| before.amount.is_some()) {
                let exact = priced.exact.minus(before.map_or(ZERO, |before| before.exact));
                return money::rounded(law, walk.contract, charge, exact, 1);
            }
            if law.reads(Misreading::CumulativeNeverFalls) { difference.max(0) } else { difference }
        });
        let rose = priced.said.value.minus(before.map_or(ZERO, |before| before.said.value));
        let quantity = if law.reads(Misreading::QuantityOfTheWhole) { priced.said.value } else { rose };
        let one = Entitlement { amount, ..entitlement(walk, (place, charge), (unit, asked), &priced, quantity) };
        // Nothing is owed in a hole, or at a price of 0; what falls to 0 is owed back.
        if priced.whole != ZERO || amount != 0 {
            push(law, walk.contract, one, earned);
        }
        if priced.amount.is_some() {
            last = Some(priced);
        } else if law.reads(Misreading::CumulativeSinceAnyDate) {
            last = None;
        }
    }
}

/// What a date comes to, with the amount of the date alone.
fn entitlement<'a>(
    walk: &Walk<'_, 'a>,
    (place, charge): (usize, &Charge),
    (unit, asked): (String, figure::Asked),
    priced: &Priced,
    quantity: Fraction,
) -> Entitlement<'a> {
    let participant = asked.whose.map(|person| walk.people[person].participant.id);
    let earned_on = match priced.recorded_on {
        Some(recorded_on) if walk.law.reads(Misreading::EarnedWhenRecorded) => recorded_on.max(asked.day),
        _ => asked.day,
    };
    Entitlement {
        place,
        charge: charge.id.clone(),
        subject: participant.unwrap_or("-").into(),
        unit,
        earned_on,
        quantity: quantity.shown(6),
        rate: priced.rate.clone(),
        amount: priced.amount.unwrap_or(0),
        at_its_turn: None,
        participant,
        company: None,
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

/// What the charge earns on a date at its turn, if all that it asks for is known and the price is not 0.
pub fn on_a_date<'a>(walk: &Walk<'_, 'a>, place: usize, asked: figure::Asked, earned: &mut Vec<Entitlement<'a>>) {
    let charge = &walk.contract.charges[place];
    let Some(priced) = priced(walk, charge, asked).filter(|priced| priced.whole != ZERO) else { return };
    let one = entitlement(walk, (place, charge), (asked.day.to_string(), asked), &priced, priced.said.value);
    push(walk.law, walk.contract, one, earned);
}

/// The price of a date; nothing while a figure is not known.
fn priced(walk: &Walk, charge: &Charge, asked: figure::Asked) -> Option<Priced> {
    let (law, contract) = (walk.law, walk.contract);
    let What::Measured { figure: named, times, cumulative, .. } = &charge.what else { return None };
    let (date, whose) = (asked.day, asked.whose);
    let asked = figure::Asked { so_far: *cumulative, ..asked };
    let says = |id: &String| figure::on(walk, id, asked);
    let (said, others) = (says(named), times.iter().map(says).collect::<Option<Vec<_>>>());
    let (said, others) = (said?, others?);
    law.saw_if(!others.is_empty(), Situation::FiguresMultiplied);
    let band::Said { price, rate: each, owed_back } = band::price(law, &charge.price, said.value);
    let price = if law.reads(Misreading::PriceRoundedBeforeTimes) { Fraction::of(&price.shown(2)) } else { price };
    let factors: &[figure::Said] =
        if law.reads(Misreading::OneFigureTimes) { others.get(..1).unwrap_or(&[]) } else { &others };
    let whole = factors.iter().fold(price, |product, one| product.times(one.value));
    law.saw_if(whole < ZERO, Situation::PriceBelowZero);
    let whole = if law.reads(Misreading::PriceBelowZeroIsOwed) { whole } else { whole.max(ZERO) };
    let recorded_on = [said].iter().chain(&others).filter_map(|said| said.recorded_on).max();
    let participant = whose.map(|person| walk.people[person].participant);
    let on = On { day: delay::pricing_day(law, charge, date), good: None, step: None, participant };
    let alone = factors.is_empty() && !adjust::any(law, charge, on);
    let rate = each.filter(|_| alone).unwrap_or_default();
    // What waits for an index is reached (mechanisms 4.4), though nothing is owed yet; nor is a price of 0 known then.
    let adjusted = adjust::rate(law, (contract, walk.facts), charge, whole, (on, date));
    // The size is rounded, the sign comes after (mechanisms 2.2).
    let signed = |size: Fraction| if owed_back { ZERO.minus(size) } else { size };
    let size = adjusted.map(|adjusted| money::rounded(law, contract, charge, adjusted, 1));
    let amount = size.map(|size| if owed_back { -size } else { size });
    Some(Priced { said, whole, amount, exact: signed(adjusted.unwrap_or(ZERO)), rate, recorded_on })
}
