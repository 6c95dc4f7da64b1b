//! Laws of limits: what they take, and what they leave alone.

use super::money::written;
use super::rewrite::*;
use super::sums::{Key, Owed, Standing, owed_at_last, standings};
use super::trial::{Trial, Verdict, files, holds, law, same, settle};
use crate::support::day::Day;
use crate::support::oracle::{calendar_of, minor_units};
use crate::support::programme::*;
use crate::support::values;
use effekt::Money;
use effekt::charge::Entitlement;
use effekt::entitlement::{Assessment, Plan};
use effekt::facts::roster::Roster;
use effekt::limits::{Granted, Limits, Rooms};
use std::collections::{BTreeMap, BTreeSet};

/// The company whose limits an entitlement falls under, where its key or its spells leave no choice.
fn company_of(programme: &Programme, key: &Key, one: &Owed, fixed: bool) -> Option<String> {
    if fixed {
        return (key.2 != "-").then(|| key.2.clone());
    }
    if let Some((company, _)) = key.3.split_once('/') {
        return Some(company.into());
    }
    let of_spell = |id: &String| {
        let spell = programme.spells.iter().find(|row| row.record.id == *id && row.record.contract == key.0)?;
        let of_contract = |row: &&PlacementRow| row.record.contract == key.0 && row.record.id == spell.placement;
        programme.placements.iter().find(of_contract).map(|row| row.company.clone())
    };
    let companies: BTreeSet<Option<String>> = one.spells.iter().map(of_spell).collect();
    if companies.len() == 1 { companies.into_iter().next().flatten() } else { None }
}

/// The stretch of time that a limit counts an entitlement in.
fn window(limit: &Limit, periods: &[(Day, Day)], earned_on: Day) -> i64 {
    match limit.window {
        LimitWindow::Total => 0,
        LimitWindow::CalendarYear => earned_on.civil().0,
        LimitWindow::SettlementPeriod => periods.iter().position(|(last, _)| earned_on <= *last).unwrap() as i64,
    }
}

/// What has been granted under a limit.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    pub net: i128,
    /// What of it is owed back: 0 or below.
    pub back: i128,
    /// The limit's own amount.
    pub limit: i128,
}

/// What each room of each limit has granted.
pub fn used(programme: &Programme, contract: &Contract, standing: &Standing) -> BTreeMap<(String, String, i64), Used> {
    let known = known_at_once(programme, standing.cut_off, standing.cut_off);
    let periods = calendar_of(contract);
    let mut rooms: BTreeMap<(String, String, i64), Used> = BTreeMap::new();
    for (key, one) in &standing.owed {
        let charge = contract.charges.iter().find(|charge| charge.id == key.1).unwrap();
        let fixed = matches!(charge.what, What::Fixed { .. } | What::Measured { .. });
        for limit in contract.limits.iter().filter(|limit| limit.charges.as_ref().is_none_or(|ids| ids.contains(&key.1))) {
            let whose = match limit.scope {
                Scope::Participant => (!fixed).then(|| key.2.clone()),
                Scope::Company => company_of(&known, key, one, fixed),
                Scope::Contract => Some(String::new()),
            };
            let Some(whose) = whose else { continue };
            let room = (limit.id.clone(), whose, window(limit, &periods, one.earned_on));
            let nothing = Used { net: 0, back: 0, limit: minor_units(contract, &limit.amount) };
            let used = rooms.entry(room).or_insert(nothing);
            used.net += one.granted;
            used.back += one.granted.min(0);
        }
    }
    rooms
}

/// 9.1. Always, on every level and in every E(k).
#[test]
fn no_scope_exceeds_its_limit() {
    let least = [("used up to the last unit", 200), ("two limits", 200), ("a company's", 50)];
    law(60, &least, |trial| {
        for standing in standings(&trial.programme, trial.end()) {
            let contract = trial.programme.contracts.iter().find(|contract| contract.id == standing.contract).unwrap();
            trial.tally.met("two limits", contract.limits.len() > 1 && !standing.owed.is_empty());
            for (room, Used { net: used, limit, .. }) in used(&trial.programme, contract, &standing) {
                let scope = contract.limits.iter().find(|limit| limit.id == room.0).map(|limit| limit.scope);
                trial.tally.met("used up to the last unit", used == limit && limit > 0);
                trial.tally.met("a company's", used == limit && limit > 0 && scope == Some(Scope::Company));
                holds(used <= limit, || format!("{room:?}: {used} of {limit}\n{}", files(&trial.programme)))?;
            }
        }
        Ok(())
    });
}

/// 9.2: limits take from entitlements, they never make or change one; granted and cut are what was owed. Always.
#[test]
fn limits_only_take_and_what_they_took_stays_on_record() {
    law(61, &[("a cut", 150)], |trial| {
        let mut free = trial.programme.clone();
        without_limits(&mut free);
        let (limited, whole) = (standings(&trial.programme, trial.end()), standings(&free, trial.end()));
        for (standing, free) in limited.iter().zip(&whole) {
            holds(standing.owed.keys().eq(free.owed.keys()), || "limits make or end entitlements".into())?;
            for (key, one) in &standing.owed {
                let owed = &free.owed[key];
                trial.tally.met("a cut", one.granted < owed.granted);
                let untouched = Owed { granted: owed.granted, cut_by: String::new(), ..one.clone() };
                holds(untouched == *owed && one.granted <= one.amount, || format!("{key:?}: {one:?}, free {owed:?}"))?;
                holds(one.cut_by.is_empty() == (one.granted == one.amount), || format!("{key:?}: {one:?}"))?;
            }
        }
        Ok(())
    });
}

/// 9.2: of equal rooms the first is named. Always.
#[test]
fn the_same_limit_twice_is_one_limit() {
    law(62, &[("a cut", 150)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let again = contract.limits.iter().map(|limit| Limit { id: format!("{}-again", limit.id), ..limit.clone() });
            let again: Vec<Limit> = again.collect();
            contract.limits.extend(again);
        }
        trial.tally.met("a cut", before.postings.iter().any(|row| !row.cut.is_empty()));
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Everything the participants of a contract are entitled to by its last cut-off, in the order of 9.2.
fn entitlements(plan: &Plan, roster: &Roster, cut_off: effekt::Day) -> Vec<(u32, Entitlement)> {
    let mut all: Vec<(u32, Entitlement)> = Vec::new();
    for number in 0..plan.facts.participants.len() {
        let Some(known) = roster.known(number, cut_off) else { continue };
        let owed = Assessment::new(plan, &known, &std::sync::Arc::default(), None).entitlements(
            plan,
            plan.contract.term(),
            &mut Vec::new(),
        );
        all.extend(owed.into_iter().map(|owed| (number as u32, owed)));
    }
    all.sort_by_key(|(who, one)| (one.earned_on, one.charge, *who, plan.unit_order(one.company, one.unit)));
    all
}

fn grant(limits: &Limits, owed: Vec<(u32, Entitlement)>) -> Vec<(u32, Granted)> {
    let (mut own, mut shared): (BTreeMap<u32, Rooms>, Rooms) = Default::default();
    let grant =
        |(who, one): (u32, Entitlement)| (who, limits.grant(one, Some(own.entry(who).or_default()), Some(&mut shared)));
    owed.into_iter().map(grant).collect()
}

/// 9.2. Always: what was granted fits.
#[test]
fn granting_what_was_granted_cuts_nothing() {
    law(63, &[("a cut", 150)], |trial| {
        let end = effekt::Day::parse(&trial.end().to_string()).unwrap();
        for terms in &trial.programme.contracts {
            let (contract, facts) = (values::contract(terms), values::facts(&trial.programme, &terms.id, end));
            let (plan, roster, limits) = (Plan::new(&contract, &facts), Roster::new(&facts), Limits::new(&contract));
            let once = grant(&limits, entitlements(&plan, &roster, end));
            trial.tally.met("a cut", once.iter().any(|(_, one)| one.cut() > Money::ZERO));
            let fits = |(who, one): &(u32, Granted)| (*who, Entitlement { amount: one.amount, ..one.entitlement.clone() });
            let twice = grant(&limits, once.iter().map(fits).collect());
            for ((_, first), (_, second)) in once.iter().zip(&twice) {
                let uncut = second.cut_by.is_none() && second.amount == first.amount;
                holds(uncut, || format!("{first:?}\n{second:?}\n{}", files(&trial.programme)))?;
            }
        }
        Ok(())
    });
}

/// The most that a room of a limit over all charges is asked for in any E(k).
fn most_owed(trial: &Trial, contract: &Contract, scope: Scope) -> i128 {
    let mut free = trial.programme.clone();
    without_limits(&mut free);
    let mut most = 0;
    for standing in standings(&free, trial.end()).iter().filter(|standing| standing.contract == contract.id) {
        let mut rooms: BTreeMap<&str, i128> = BTreeMap::new();
        for (key, one) in &standing.owed {
            let whose = if scope == Scope::Participant { key.2.as_str() } else { "" };
            *rooms.entry(whose).or_default() += one.amount;
        }
        most = rooms.into_values().fold(most, i128::max);
    }
    most
}

/// 9.2. Always, beside any other limits: exactly enough is enough.
#[test]
fn a_limit_that_is_exactly_enough_leaves_no_trace() {
    law(64, &[("beside a cut", 120), ("a posting", 350)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let scope = [Scope::Contract, Scope::Participant, Scope::Company][trial.dice.below(3)];
            let amount = written(most_owed(trial, contract, scope), &contract.currency);
            let windows = [LimitWindow::Total, LimitWindow::CalendarYear, LimitWindow::SettlementPeriod];
            let window = windows[trial.dice.below(3)];
            let place = trial.dice.below(contract.limits.len() + 1);
            contract.limits.insert(
                place,
                Limit { id: "enough".into(), scope, window, amount, floor: false, charges: None, units: None },
            );
        }
        trial.tally.met("beside a cut", before.postings.iter().any(|row| !row.cut.is_empty()));
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

fn keep_one_limit(programme: &mut Programme) {
    programme.contracts.iter_mut().for_each(|contract| contract.limits.truncate(1));
}

/// The same with every limit's amount higher.
pub fn raised(trial: &mut Trial) -> Programme {
    let mut changed = trial.programme.clone();
    for contract in &mut changed.contracts {
        let (terms, currency) = (contract.clone(), contract.currency.clone());
        for limit in &mut contract.limits {
            let more = i128::from(trial.dice.between(1, 500)) * i128::from(trial.dice.between(1, 500));
            limit.amount = written(minor_units(&terms, &limit.amount) + more, &currency);
        }
    }
    changed
}

/// What is granted of each key with other terms is no less.
pub fn no_less(before: &BTreeMap<Key, Owed>, after: &BTreeMap<Key, Owed>, changed: &Programme) -> Verdict {
    for (key, one) in before {
        let now = &after[key];
        holds(one.granted <= now.granted, || format!("{key:?}: {one:?}, then {now:?}\n{}", files(changed)))?;
    }
    Ok(())
}

/// 9.2. Holds for the only limit of a contract (constructed): with others, what one lets pass takes room from the rest.
#[test]
fn raising_the_only_limit_lowers_no_key() {
    law(65, &[("more is granted", 100)], |trial| {
        keep_one_limit(&mut trial.programme);
        let changed = raised(trial);
        let before = owed_at_last(&trial.programme, trial.end());
        let after = owed_at_last(&changed, trial.end());
        trial.tally.met("more is granted", before.iter().any(|(key, one)| one.granted < after[key].granted));
        no_less(&before, &after, &changed)
    });
}

/// 9.1: a settlement period of the term lies in one calendar year (4.2). Constructed: the contract is settled by the year, and
/// nothing is measured after its term, where a year may have two periods.
#[test]
fn where_years_are_settled_a_limit_a_period_is_a_limit_a_year() {
    law(67, &[("a cut", 100), ("in two years", 100)], |trial| {
        measured_in_the_term(&mut trial.programme);
        let with = |programme: &Programme, window: LimitWindow| {
            let mut programme = programme.clone();
            for contract in &mut programme.contracts {
                contract.settlement.every = Every::Year;
                contract.limits.iter_mut().for_each(|limit| limit.window = window);
            }
            programme
        };
        let by_period = with(&trial.programme, LimitWindow::SettlementPeriod);
        let by_year = with(&trial.programme, LimitWindow::CalendarYear);
        let end = trial.end().plus(2_000);
        let (before, after) = (settle(&by_period, end), settle(&by_year, end));
        trial.tally.met("a cut", before.postings.iter().any(|row| !row.cut.is_empty()));
        let years: BTreeSet<&str> = before.postings.iter().map(|row| &row.earned_on[..4]).collect();
        trial.tally.met("in two years", years.len() > 1);
        same(&before, &after, &by_year)
    });
}

/// 9.1, 9.2. Constructed: the only limit is nothing, for the whole contract, over some charges. Those post nothing but keep
/// their entitlements; the others know nothing of it.
#[test]
fn a_limit_of_nothing_takes_everything_it_covers_and_nothing_else() {
    law(66, &[("taken", 150), ("left", 150)], |trial| {
        without_limits(&mut trial.programme);
        let free = trial.settle();
        let mut changed = trial.programme.clone();
        let mut covered = BTreeSet::new();
        for contract in &mut changed.contracts {
            let ids: Vec<String> = contract.charges.iter().map(|charge| charge.id.clone()).collect();
            let some: Vec<String> = ids.into_iter().filter(|_| trial.dice.below(2) == 0).collect();
            covered.extend(some.iter().map(|charge| (contract.id.clone(), charge.clone())));
            let (scope, window) = (Scope::Contract, LimitWindow::Total);
            if !some.is_empty() {
                let (id, amount, charges) = ("none".into(), "0".into(), Some(some));
                contract.limits = vec![Limit { id, scope, window, amount, floor: false, charges, units: None }];
            }
        }
        let after = settle(&changed, trial.end());
        let is_covered = |contract: &str, charge: &str| covered.contains(&(contract.to_string(), charge.to_string()));
        let left: Vec<_> = free.postings.iter().filter(|row| !is_covered(&row.contract, &row.charge)).collect();
        trial.tally.met("taken", left.len() < free.postings.len());
        trial.tally.met("left", !left.is_empty());
        holds(left.into_iter().eq(&after.postings), || format!("{free:#?}{after:#?}{}", files(&changed)))?;
        cut_whole(&changed, trial.end(), is_covered)
    });
}

fn cut_whole(programme: &Programme, end: Day, is_covered: impl Fn(&str, &str) -> bool) -> Verdict {
    for (key, one) in owed_at_last(programme, end) {
        let by_nothing = one.granted == 0 && one.cut_by == "none";
        holds(by_nothing == is_covered(&key.0, &key.1), || format!("{key:?}: {one:?}"))?;
    }
    Ok(())
}
