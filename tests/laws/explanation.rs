//! Laws of explanation and determinism: every posting follows from its grounds, and the same input gives the same bytes.

use super::form::{fixed_charges, shuffle};
use super::rewrite::*;
use super::sums::{Key, Standing, standings};
use super::trial::{Verdict, cases, dice, equal, files, holds, law, recorded_by, same, settle};
use crate::support::arbitrary::settled;
use crate::support::day::Day;
use crate::support::programme::*;
use crate::support::{runs, values};
use effekt::explain::{Lang, Question, explain, render};
use effekt::formats::output::{Digests, Output as Files};
use rayon::ThreadPoolBuilder;
use std::collections::{BTreeMap, BTreeSet};

/// 7, 9.2, 10.1, 10.2. Always: the grounds stated so far give what is owed, and the difference is what is posted.
#[test]
fn every_posting_follows_from_the_grounds_and_every_ground_from_the_facts() {
    law(70, &[("a correction", 100), ("a ground without a posting", 100)], |trial| {
        let fixed = fixed_charges(&trial.programme);
        let mut before: BTreeMap<Key, i128> = BTreeMap::new();
        let mut contract = String::new();
        for standing in standings(&trial.programme, trial.end()) {
            if standing.contract != contract {
                before.clear();
                contract.clone_from(&standing.contract);
            }
            let now: BTreeMap<Key, i128> = standing.owed.iter().map(|(key, one)| (key.clone(), one.granted)).collect();
            let keys: BTreeSet<&Key> = before.keys().chain(now.keys()).collect();
            let owed_more = |key: &Key| now.get(key).copied().unwrap_or(0) - before.get(key).copied().unwrap_or(0);
            let due = keys.into_iter().map(|key| (key.clone(), owed_more(key))).filter(|(_, amount)| *amount != 0);
            let due: BTreeMap<Key, i128> = due.collect();
            trial.tally.met("a correction", due.values().any(|amount| *amount < 0));
            trial.tally.met("a ground without a posting", standing.owed.iter().any(|(_, one)| one.granted == 0));
            let why = || format!("{due:#?}\n{:#?}\n{}", standing.posted, files(&trial.programme));
            holds(due == standing.posted && standing.total == due.values().sum(), why)?;
            grounded(&trial.programme, &standing, &fixed)?;
            before = now;
        }
        Ok(())
    });
}

/// An entitlement is more than nothing, earned by the period's end and in the term, unless it is measured later or requires what
/// may be, and rests on spells that are known.
fn grounded(programme: &Programme, standing: &Standing, fixed: &BTreeSet<(String, String)>) -> Verdict {
    let contract = programme.contracts.iter().find(|contract| contract.id == standing.contract).unwrap();
    let known = known_at_once(programme, standing.cut_off, standing.cut_off);
    let is_known = |id: &String| known.spells.iter().any(|row| row.record.contract == contract.id && row.record.id == *id);
    for (key, one) in &standing.owed {
        let charge = contract.charges.iter().find(|charge| charge.id == key.1).unwrap();
        let later = matches!(charge.what, What::Measured { .. }) || !charge.requires.is_empty();
        let last = if later { standing.last_day } else { contract.ends.min(standing.last_day) };
        let in_time = contract.starts <= one.earned_on && one.earned_on <= last;
        let amounts = one.amount > 0 && 0 <= one.granted && one.granted <= one.amount;
        let evidence = if fixed.contains(&(key.0.clone(), key.1.clone())) {
            one.days == 0 && one.spells.is_empty()
        } else {
            one.days > 0 && !one.spells.is_empty() && one.spells.iter().all(is_known)
        };
        let why = || format!("settlement {}: {key:?}: {one:#?}\n{}", standing.settlement, files(programme));
        holds(in_time && amounts && evidence, why)?;
    }
    Ok(())
}

/// A contract and a participant.
type Person = (String, String);

/// Everybody whom some row of a spell, by some row of its placement, makes it a spell of.
fn people_of(programme: &Programme) -> BTreeMap<(String, String), BTreeSet<Person>> {
    let mut people: BTreeMap<(String, String), BTreeSet<Person>> = BTreeMap::new();
    for row in &programme.spells {
        let contract = &row.record.contract;
        let placed = programme.placements.iter().filter(|placement| {
            let record = &placement.record;
            (&record.contract, &record.id) == (contract, &row.placement)
        });
        let direct = [&row.participant].into_iter().chain(placed.map(|placement| &placement.participant));
        let all = direct.filter(|id| !id.is_empty()).map(|id| (contract.clone(), id.clone()));
        people.entry((contract.clone(), row.record.id.clone())).or_default().extend(all);
    }
    people
}

/// 7: a spell that no entitlement rests on. Holds for all spells of people who never have an entitlement (checked): one spell
/// may matter without being counted (3.5, 6.1 `new_jobs_only`), so they go together, with those that are now one's, now
/// another's. The contract's own charges require nothing of anybody (constructed): what is reached may earn nothing.
#[test]
fn the_spells_of_people_who_earn_nothing_may_be_left_out() {
    law(71, &[("left out", 250), ("while others earn", 100)], |trial| {
        without_own_requirements(&mut trial.programme);
        let earned = standings(&trial.programme, trial.end()).into_iter().flat_map(|standing| standing.owed);
        let mut busy: BTreeSet<Person> = earned.map(|(key, _)| (key.0, key.2)).collect();
        let people = people_of(&trial.programme);
        while let Some(more) = people.values().find(|people| !people.is_disjoint(&busy) && !people.is_subset(&busy)) {
            busy.extend(more.iter().cloned());
        }
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        changed.spells.retain(|row| !people[&(row.record.contract.clone(), row.record.id.clone())].is_disjoint(&busy));
        let left_out = changed.spells.len() < trial.programme.spells.len();
        trial.tally.met("left out", left_out);
        trial.tally.met("while others earn", left_out && !changed.spells.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// The bytes of the three output files.
fn bytes(programme: &Programme, as_of: Day) -> [Vec<u8>; 3] {
    let as_of = effekt::Day::parse(&as_of.to_string()).unwrap();
    let mut texts = [Vec::new(), Vec::new(), Vec::new()];
    let [settlements, postings, json] = &mut texts;
    let mut files = Files::begin(settlements, postings, json, false).unwrap();
    let mut contracts: Vec<&Contract> = programme.contracts.iter().collect();
    contracts.sort_by_key(|contract| contract.id.as_str());
    for terms in contracts {
        let (contract, facts) = (values::contract(terms), values::facts(programme, &terms.id, as_of));
        let periods: Vec<_> = effekt::contract::Calendar::new(&contract).until(as_of).collect();
        let rows = effekt::formats::digest::of_rows(&facts, &periods);
        files.begin_contract(&terms.id).unwrap();
        for (settlement, rows) in effekt::ledger::settle(&contract, &facts, as_of).zip(&rows) {
            files.settlement(&contract, &settlement, Digests { contract: "", rows }).unwrap();
        }
        files.end_contract().unwrap();
    }
    files.finish(&[], &[]).unwrap();
    texts
}

/// What is remarked about the facts of each contract, and how its amounts are explained.
fn words(programme: &Programme, as_of: Day) -> Vec<String> {
    let as_of = effekt::Day::parse(&as_of.to_string()).unwrap();
    let mut words = Vec::new();
    let mut contracts: Vec<&Contract> = programme.contracts.iter().collect();
    contracts.sort_by_key(|contract| contract.id.as_str());
    for terms in contracts {
        let (contract, facts) = (values::contract(terms), values::facts(programme, &terms.id, as_of));
        let found = effekt::findings::findings(&contract, &facts, effekt::findings::Question::Settle { as_of });
        words.extend(found.iter().map(|found| format!("{:?} {}", found.code, found.message)));
        let told = explain(&contract, &facts, as_of, Question::default()).unwrap();
        words.push(render(&told, Lang::En));
    }
    words
}

/// 12.3. Always: remarks and explanations stand in an order of their own. Of a contract an explanation repeats what it says in
/// its order, so only rows and contracts change places here.
#[test]
fn the_same_rows_in_any_order_give_the_same_words() {
    law(74, &[("a remark", 300), ("an amount", 350)], |trial| {
        let mut changed = trial.programme.clone();
        trial.dice.shuffle(&mut changed.participants);
        trial.dice.shuffle(&mut changed.companies);
        trial.dice.shuffle(&mut changed.placements);
        trial.dice.shuffle(&mut changed.spells);
        changed.contracts.reverse();
        let (before, after) = (words(&trial.programme, trial.end()), words(&changed, trial.end()));
        trial.tally.met("a remark", before.len() > changed.contracts.len());
        trial.tally.met("an amount", !trial.settle().postings.is_empty());
        equal(&before, &after, &changed)
    });
}

/// 12.3. Always: grounds, evidence and digests too.
#[test]
fn the_same_input_in_any_order_gives_the_same_bytes() {
    law(72, &[("evidence", 350)], |trial| {
        let mut changed = trial.programme.clone();
        shuffle(&mut changed, &mut trial.dice);
        let (before, after) = (bytes(&trial.programme, trial.end()), bytes(&changed, trial.end()));
        let json = String::from_utf8(before[2].clone()).unwrap();
        trial.tally.met("evidence", json.contains(",[\""));
        holds(before == after, || format!("{json}\n{}\n{}", String::from_utf8_lossy(&after[2]), files(&changed)))
    });
}

/// The programme with everybody in it so many times over.
pub fn crowd(programme: &Programme, times: usize) -> Programme {
    let mut crowd = Programme { contracts: programme.contracts.clone(), ..Programme::default() };
    crowd.companies = programme.companies.clone();
    crowd.measurements = programme.measurements.clone();
    crowd.suspensions = programme.suspensions.clone();
    for n in 0..times {
        let mut copy = programme.clone();
        let name = |id: &str| format!("{id}_{n:03}");
        let same_name = |id: &str| id.to_string();
        let names = Names { participant: &name, company: &same_name, placement: &name, spell: &name, employer: &same_name };
        rename_facts(&mut copy, &names);
        crowd.participants.extend(copy.participants);
        crowd.placements.extend(copy.placements);
        crowd.spells.extend(copy.spells);
    }
    crowd
}

/// 12.3. Always. Work is shared out only among many participants: each of these programmes has at least 200, so one is tried
/// where the other laws try fifty.
#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let pools = [pool(1), pool(2), pool(5)];
    let (mut posted, mut cut) = (0, 0);
    let count = cases() / 50;
    let told = runs::try_each(count, 75, (settled(), dice()), |(case, _)| {
        let as_of = Day::parse(&case.as_of).unwrap();
        let one = recorded_by(&case.programme, as_of);
        let crowd = crowd(&one, 200_usize.div_ceil(one.participants.len().max(1)));
        let outputs: Vec<_> = pools.iter().map(|pool| pool.install(|| settle(&crowd, as_of))).collect();
        posted += usize::from(!outputs[0].postings.is_empty());
        cut += usize::from(outputs[0].postings.iter().any(|row| !row.cut.is_empty()));
        same(&outputs[0], &outputs[1], &one)?;
        same(&outputs[0], &outputs[2], &one)
    });
    if let Err(error) = told {
        panic!("{error}");
    }
    println!("posted in {posted}, cut in {cut} of {count}");
    assert!(posted * 3 > count as usize && cut * 10 > count as usize);
}
