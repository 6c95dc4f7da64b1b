//! What gates stop, or make wait, by the facts of one cut-off (mechanisms 6.3).

use super::member::{Member, Who};
use super::settle::{anybody, books};
use crate::charge::Indices;
use crate::charge::walk::Stopped;
use crate::contract::{Contract, SettlementPeriod};
use crate::entitlement::{census, cohort};
use crate::facts::Facts;
use crate::measure::parallel;
use std::sync::Arc;

/// What is reached by the last day of a period, but not owed because a gate is shut or waits; by whom it is reached.
#[must_use]
pub fn stopped(contract: &Contract, facts: &Facts, period: SettlementPeriod) -> Vec<(Who, Stopped)> {
    if contract.gates.is_empty() {
        return Vec::new();
    }
    let books = books(contract, facts);
    let admitted = cohort::admitted(contract, facts, period.cut_off);
    let adds = census::of_all(&books.plan, &books.roster, period.cut_off);
    let indices = Arc::new(Indices::new(&contract.indices, facts, period.cut_off));
    let participants = 0..u32::try_from(facts.participants.len()).unwrap_or(u32::MAX);
    let mut people: Vec<Member<'_>> = participants.map(|number| Member::new(Who::Participant(number))).collect();
    let counts = |number: usize| admitted.get(number) == Some(&true);
    parallel::map(&mut people, |_, member| member.reassess(&books, &indices, period, Some(&adds), counts));
    let mut own = Member::new(Who::Contract);
    own.anybody = anybody(&books, &people);
    own.reassess(&books, &indices, period, Some(&adds), |_| true);
    people.push(own);
    let all = people.iter().flat_map(|member| {
        let stopped = member.stopped(&books, period);
        stopped.into_iter().map(|stopped| (member.who, stopped))
    });
    let by_then = |stopped: &Stopped| {
        let judged = stopped.judged.on.unwrap_or(stopped.own_day);
        stopped.own_day.max(judged) <= period.days.last
    };
    all.filter(|(_, stopped)| by_then(stopped)).collect()
}
