//! What figures of places add up to: the offers known on a cut-off, and the people in their centres (places 2).

use super::plan::Plan;
use crate::charge::walk::Held;
use crate::facts::roster::Known;
use crate::figure::{Adds, Per, Seats};
use crate::measure::day::{Day, Span};
use crate::timeline::job::Fate;
use crate::timeline::timelines;
use std::collections::{BTreeMap, BTreeSet};

/// Says what there is on each day, by the offers known on a cut-off and by what participants add, in place of what was said on
/// another one.
pub fn fill(plan: &Plan<'_>, known_on: Day, adds: &mut Adds) {
    if plan.places.is_empty() {
        return;
    }
    let term = plan.contract.term();
    let centres = plan.centres.places(term, known_on);
    for (figure, terms) in &plan.places {
        let mut days: BTreeMap<Day, i64> = BTreeMap::new();
        for (centre, places) in &centres {
            if terms.centre.as_ref().is_none_or(|only| plan.centres.id(*centre) == Some(only)) {
                count(terms.of, places, adds.people(*figure, *centre), &mut days);
            }
        }
        if terms.by == Per::LastDay {
            // What there is on the term's last day is so from then on.
            days.retain(|on, _| *on <= term.last);
        }
        adds.replace(*figure, days);
    }
}

/// Adds by how much a centre's count changes on which days.
fn count(of: Seats, places: &BTreeMap<Day, i64>, people: Option<&BTreeMap<Day, i64>>, days: &mut BTreeMap<Day, i64>) {
    let borders: BTreeSet<Day> = places.keys().chain(people.into_iter().flat_map(BTreeMap::keys)).copied().collect();
    let (mut has, mut there, mut before) = (0, 0, 0);
    for on in borders {
        has += places.get(&on).copied().unwrap_or_default();
        there += people.and_then(|people| people.get(&on)).copied().unwrap_or_default();
        let now = of.of(has, there);
        if now != before {
            *days.entry(on).or_default() += now - before;
            before = now;
        }
    }
}

/// Puts a participant that counts into the centres that it is in, each once on a day (places 2).
pub fn people(plan: &Plan<'_>, known: &Known<'_>, fates: &[Fate], held: &Held, adds: &mut Adds) {
    let mut owners: BTreeMap<u32, Vec<(Span, u32)>> = BTreeMap::new();
    for (figure, _, outcome) in plan.occupied.iter().filter(|(_, places, _)| places.among.includes(known.terms)) {
        let mut stays: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
        let follows = plan.ties.as_ref().and_then(|ties| ties.follows_of(&outcome.id, held));
        for line in timelines(known, fates, outcome, plan.contract.term(), follows) {
            for stretch in &line.stretches {
                let Some(company) = line.company.or(stretch.company) else { continue };
                let owners = owners.entry(company).or_insert_with(|| plan.centres.owners(company, known.day));
                for (days, centre) in owners.iter() {
                    if let Some(days) = days.overlap(stretch.days) {
                        stays.entry(*centre).or_default().push(days);
                    }
                }
            }
        }
        for (centre, stays) in stays {
            once(stays).into_iter().for_each(|days| adds.person(*figure, centre, days));
        }
    }
}

/// The same days, each once.
fn once(mut stays: Vec<Span>) -> Vec<Span> {
    stays.sort_unstable_by_key(|days| (days.first, days.last));
    let mut all: Vec<Span> = Vec::with_capacity(stays.len());
    for days in stays {
        match all.last_mut() {
            Some(last) if days.first <= last.last.next() => last.last = last.last.max(days.last),
            _ => all.push(days),
        }
    }
    all
}
