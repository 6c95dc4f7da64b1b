//! What company centres have, and who is in them, offer by offer and day by day (places 1, 2).

use super::fraction::Fraction;
use super::placed::CentreTold;
use crate::facts::{Facts, Offer};
use crate::figure::{Per, Places, Seats};
use crate::measure::day::{Day, Span};
use crate::measure::grid::{Cell, Grid};
use crate::measure::id::Id;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// How many people are in which centre on a day.
pub(super) type People = BTreeMap<(String, Day), i64>;

/// The offers that are known on a cut-off; one that waits for a company is not.
pub(super) fn offers(facts: &Facts, cut_off: Day) -> Vec<&Offer> {
    let all = &facts.offers;
    let company = |id: &Id| facts.companies.find(id.as_str()).and_then(|nth| facts.companies.known(nth, cut_off));
    let known = (0..all.len()).filter_map(|nth| all.known(nth, cut_off)).map(|(_, terms)| terms);
    known.filter(|terms| terms.companies.iter().all(|id| company(id).is_some())).collect()
}

fn is_there(offer: &Offer, day: Day) -> bool {
    offer.first_day <= day && offer.last_day.is_none_or(|last| day <= last)
}

/// Of the offers that name a company the centre that has it on a day.
pub(super) fn centre_of<'c>(naming: &[&'c Offer], day: Day) -> Option<&'c Id> {
    naming.iter().filter(|offer| is_there(offer, day)).map(|offer| &offer.centre).min()
}

/// Each centre on each of some days.
pub(super) fn centres(offers: &[&Offer], terms: &Places, days: Option<Span>, people: Option<&People>) -> Vec<CentreTold> {
    let Some(days) = days else { return Vec::new() };
    let names = offers.iter().map(|offer| &offer.centre).filter(|id| terms.centre.as_ref().is_none_or(|one| one == *id));
    let names: BTreeSet<&Id> = names.collect();
    let told = |centre: &Id| {
        let theirs: Vec<&Offer> = offers.iter().copied().filter(|offer| offer.centre == *centre).collect();
        let (mut by_month, mut above) = (BTreeMap::<Cell, i64>::new(), 0);
        let mut day = days.first;
        while day <= days.last {
            let has: i64 = theirs.iter().filter(|offer| is_there(offer, day)).map(|offer| i64::from(offer.places)).sum();
            let there = people.and_then(|people| people.get(&(centre.to_string(), day))).copied().unwrap_or(0);
            let counts = match terms.of {
                Seats::Available => has,
                Seats::Centres if has == 0 => 0,
                Seats::Centres => 1,
                Seats::Occupied if there > has => has,
                Seats::Occupied => there,
            };
            *by_month.entry(Grid::Month.cell(day)).or_default() += counts;
            above += (there - has).max(0);
            day = day.next();
        }
        let number = |days: i64| Fraction::of(Decimal::from(days));
        let part = |(month, sum): (Cell, i64)| match terms.by {
            Per::Months => number(sum).by(number(month.days())),
            Per::Days | Per::LastDay => Some(number(sum)),
        };
        let sum = by_month.into_iter().try_fold(Fraction::over(1), |all, month| all.and(part(month)?))?;
        Some(CentreTold { centre: centre.to_string(), sum, above })
    };
    let all = names.into_iter().filter_map(told);
    all.filter(|told| !told.sum.is_0() || told.above > 0).collect()
}
