//! For whom something can still be earned: the participants that count, and those that may still come.

use super::person::Person;
use super::price::Of;
use crate::contract::Contract;
use crate::entitlement::cohort;
use crate::facts::{Facts, Job};
use crate::measure::day::{Day, Span};
use std::collections::BTreeMap;

/// The participants of a contract.
pub(super) struct People<'a> {
    /// Those that count by the facts known.
    pub known: Vec<Person<'a>>,
    /// How many may still come; `None` = any number.
    pub more: Option<u32>,
}

/// The participants that count on the as-of day. Those that are known keep their places before all that come (rule 5.3).
pub(super) fn people<'a>(contract: &'a Contract, facts: &'a Facts, as_of: Day) -> People<'a> {
    let worked = worked(facts, as_of);
    let admitted = cohort::admitted(contract, facts, as_of);
    let person = |(nth, _): (usize, &bool)| {
        let (row, terms) = facts.participants.known(nth, as_of)?;
        let id = row.id.as_str();
        let of = Of { group: Some(&terms.target_group), traits: Some(&terms.traits) };
        Some(Person { id: Some(id), of, days: terms.eligible_days()?, worked: worked.get(id).copied() })
    };
    let known: Vec<Person<'a>> = admitted.iter().enumerate().filter(|(_, counts)| **counts).filter_map(person).collect();
    let count = u32::try_from(known.len()).unwrap_or(u32::MAX);
    People { known, more: contract.cohort.max_participants.map(|most| most.saturating_sub(count)) }
}

/// What one who comes may be: somebody of any group, enrolled on any day that is not told.
pub(super) fn to_come<'a>(contract: &Contract, told: Option<Day>) -> impl Iterator<Item = Person<'a>> {
    let enrolment = contract.enrolment();
    let first = told.map_or(enrolment.first, |told| enrolment.first.max(told.next()));
    let days = std::iter::successors(Some(first), |day| Some(day.next())).take_while(move |day| *day <= enrolment.last);
    let of = Of { group: None, traits: None };
    days.map(move |day| Person { id: None, of, days: Span { first: day, last: Day::FAR }, worked: None })
}

/// From when to when each participant is known to work, or to be reported, in any job.
fn worked(facts: &Facts, as_of: Day) -> BTreeMap<&str, Span> {
    let mut worked: BTreeMap<&str, Span> = BTreeMap::new();
    let whose = |job: &Job| match job {
        Job::Outside { participant, .. } => facts.participants.find(participant.as_str()),
        Job::Placement(id) => {
            let (_, placement) = facts.placements.known(facts.placements.find(id.as_str())?, as_of)?;
            facts.participants.find(placement.participant.as_str())
        }
    };
    let mut note = |job: &Job, days: Span| {
        let row = whose(job).and_then(|nth| facts.participants.rows_of(nth).first());
        if let Some(row) = row {
            let known = worked.entry(row.id.as_str()).or_insert(days);
            *known = Span { first: known.first.min(days.first), last: known.last.max(days.last) };
        }
    };
    for (_, spell) in (0..facts.spells.len()).filter_map(|nth| facts.spells.known(nth, as_of)) {
        note(&spell.job, Span { first: spell.first_day, last: spell.last_day.unwrap_or(Day::FAR) });
    }
    for (_, report) in (0..facts.reports.len()).filter_map(|nth| facts.reports.known(nth, as_of)) {
        note(&report.job, report.month);
    }
    worked
}
