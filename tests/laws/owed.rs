//! Laws of what the payee owes (mechanisms 8.1, 10, 14.2): signs, floors, and limits that hold the net.

use super::limits::{no_less, raised, used};
use super::rewrite::*;
use super::sums::{Key, owed_at_last, standings, sums};
use super::trial::{Trial, Verdict, cases, equal, files, holds, law_of, same, settle};
use crate::support::arbitrary::owing;
use crate::support::oracle::Misreading;
use crate::support::programme::*;
use crate::support::{oracle, runs};
use std::collections::BTreeMap;

/// Tries a law on programmes in which some money is owed the other way.
fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(owing(), cases(), seed, least, look);
}

/// Keeps of a contract's limits, or of its floors, the first alone.
fn keep_one(programme: &mut Programme, floor: bool) {
    for contract in &mut programme.contracts {
        contract.limits.retain(|limit| limit.floor == floor);
        contract.limits.truncate(1);
    }
}

/// Mechanisms 10.2, 8.1. Always, in every E(k): a limit holds the net of what it covers, and where anything is granted of what is
/// owed back, the sum stays at the floor or above.
#[test]
fn no_net_exceeds_its_limit_or_is_taken_below_its_floor() {
    let least = [("a floor cuts", 120), ("more than the limit but for what is owed back", 15)];
    law(120, &least, |trial| {
        for standing in standings(&trial.programme, trial.end()) {
            let versions = trial.programme.contracts.iter().filter(|contract| contract.id == standing.contract);
            let Ok([contract]) = <[&Contract; 1]>::try_from(versions.collect::<Vec<_>>()) else { continue };
            for (room, used) in used(&trial.programme, contract, &standing) {
                let limit = contract.limits.iter().find(|limit| limit.id == room.0).unwrap();
                let within = if limit.floor { used.back == 0 || used.net >= used.limit } else { used.net <= used.limit };
                let gross = used.net - used.back;
                trial.tally.met("more than the limit but for what is owed back", !limit.floor && gross > used.limit);
                holds(within, || format!("{room:?}: {used:?}\n{}", files(&trial.programme)))?;
            }
            let floors = contract.limits.iter().filter(|limit| limit.floor).map(|limit| &limit.id);
            let floors: Vec<&String> = floors.collect();
            trial.tally.met("a floor cuts", standing.owed.values().any(|one| floors.contains(&&one.cut_by)));
        }
        Ok(())
    });
}

/// Mechanisms 8.1, 10.2. Always: what is granted has the sign of what is owed or is nothing, and is no more; amounts cut what is
/// owed to the payee, floors what it owes.
#[test]
fn limits_cut_what_is_owed_to_the_payee_and_floors_what_it_owes() {
    law(121, &[("owed back", 200), ("cut by a floor", 120), ("cut by an amount", 100)], |trial| {
        let last = owed_at_last(&trial.programme, trial.end());
        for (key, one) in &last {
            let limit = |contract: &Contract| contract.limits.iter().find(|limit| limit.id == one.cut_by).cloned();
            let of_key = trial.programme.contracts.iter().filter(|contract| contract.id == key.0);
            let by = of_key.filter_map(limit).next_back();
            let (owed, granted) = (one.amount, one.granted);
            let fits = owed.signum() * granted >= 0 && granted.abs() <= owed.abs() && owed != 0;
            let right = by.as_ref().is_none_or(|limit| limit.floor == (owed < 0));
            trial.tally.met("owed back", owed < 0);
            trial.tally.met("cut by a floor", owed < 0 && by.is_some());
            trial.tally.met("cut by an amount", owed > 0 && by.is_some());
            holds(fits && right && by.is_some() == (owed != granted), || format!("{key:?}: {one:?}"))?;
        }
        Ok(())
    });
}

/// Mechanisms 2.2, 7.4: the size is rounded, the sign comes after. Holds without limits and variants (constructed).
#[test]
fn turned_round_everything_is_owed_the_other_way() {
    law(122, &[("a posting", 350), ("both ways", 100)], |trial| {
        without_limits(&mut trial.programme);
        without_variants(&mut trial.programme);
        let mut changed = trial.programme.clone();
        for charge in charges(&mut changed) {
            match &mut charge.price {
                Price::Bands { pricing, bands } if *pricing != Some(Pricing::Marginal) && !charge.owed_back => {
                    bands.iter_mut().for_each(|band| band.owed_back = !band.owed_back);
                }
                _ => charge.owed_back = !charge.owed_back,
            }
        }
        let (before, after) = (trial.settle(), settle(&changed, trial.end()));
        let (here, there) = (sums(&before), sums(&after));
        trial.tally.met("a posting", !here.is_empty());
        trial.tally.met("both ways", here.values().any(|sum| *sum < 0) && here.values().any(|sum| *sum > 0));
        let turned: BTreeMap<Key, i128> = here.into_iter().map(|(key, sum)| (key, -sum)).collect();
        equal(&turned, &there, &changed)
    });
}

/// Mechanisms 8.1. Holds where nothing is owed back (constructed): a floor cuts nothing else.
#[test]
fn where_nothing_is_owed_back_a_floor_leaves_no_trace() {
    law(123, &[("a posting", 350)], |trial| {
        for charge in charges(&mut trial.programme) {
            charge.owed_back = false;
            if let Price::Bands { bands, .. } = &mut charge.price {
                bands.iter_mut().for_each(|band| band.owed_back = false);
            }
        }
        let mut changed = trial.programme.clone();
        changed.contracts.iter_mut().for_each(|contract| contract.limits.retain(|limit| !limit.floor));
        let before = trial.settle();
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 8.1. Holds for the only floor, without other limits (constructed): what is not owed back of one key is there to be
/// owed back of a later one, but never more of it.
#[test]
fn raising_the_only_floor_lowers_no_key() {
    law(124, &[("less is owed back", 20)], |trial| {
        keep_one(&mut trial.programme, true);
        let changed = raised(trial);
        let (before, after) = (owed_at_last(&trial.programme, trial.end()), owed_at_last(&changed, trial.end()));
        trial.tally.met("less is owed back", before.iter().any(|(key, one)| one.granted < after[key].granted));
        no_less(&before, &after, &changed)
    });
}

/// 9.2, mechanisms 10.2. Holds for the only limit, without floors (constructed).
#[test]
fn raising_the_only_limit_lowers_no_key_though_some_are_owed_back() {
    law(125, &[("more is granted", 60)], |trial| {
        keep_one(&mut trial.programme, false);
        let changed = raised(trial);
        let (before, after) = (owed_at_last(&trial.programme, trial.end()), owed_at_last(&changed, trial.end()));
        trial.tally.met("more is granted", before.iter().any(|(key, one)| one.granted < after[key].granted));
        no_less(&before, &after, &changed)
    });
}

/// Mechanisms 10.2: naming the other charges makes a limit gross. Holds for the only limit, without floors, where charges and not
/// bands say who owes (constructed): what is owed back gives room, so a net limit grants no key less.
#[test]
fn a_net_limit_grants_no_less_than_a_gross_one() {
    law(126, &[("more is granted", 15)], |trial| {
        keep_one(&mut trial.programme, false);
        for charge in charges(&mut trial.programme) {
            if let Price::Bands { bands, .. } = &mut charge.price {
                bands.iter_mut().for_each(|band| band.owed_back = false);
            }
        }
        let mut gross = trial.programme.clone();
        for contract in &mut gross.contracts {
            let back: Vec<String> =
                contract.charges.iter().filter(|charge| charge.owed_back).map(|charge| charge.id.clone()).collect();
            let all: Vec<String> = contract.charges.iter().map(|charge| charge.id.clone()).collect();
            for limit in &mut contract.limits {
                limit.charges.get_or_insert(all.clone()).retain(|id| !back.contains(id));
            }
            contract.limits.retain(|limit| limit.charges.as_ref().is_none_or(|charges| !charges.is_empty()));
        }
        // A limit on nothing but what is owed back cuts nothing, net or gross.
        let (before, after) = (owed_at_last(&gross, trial.end()), owed_at_last(&trial.programme, trial.end()));
        trial.tally.met("more is granted", before.iter().any(|(key, one)| one.granted < after[key].granted));
        no_less(&before, &after, &trial.programme)
    });
}

/// 12.3, mechanisms 10.2. Always: among many, where work is shared out, the queue is the same. Each of these programmes has at
/// least 200 participants, so one is tried where the other laws try twenty-five.
#[test]
fn among_many_what_is_owed_back_is_what_the_oracle_says() {
    let mut back = 0;
    let count = cases() / 25;
    let told = runs::try_each(count, 127, owing(), |case| {
        let as_of = crate::support::day::Day::parse(&case.as_of).unwrap();
        let one = super::trial::recorded_by(&case.programme, as_of);
        let crowd = super::explanation::crowd(&one, 200_usize.div_ceil(one.participants.len().max(1)));
        let engine = settle(&crowd, as_of);
        back += usize::from(engine.postings.iter().any(|row| row.amount.starts_with('-') && row.posting == "earning"));
        same(&oracle::settle(&crowd, &case.as_of, None, Misreading::None), &engine, &one)
    });
    told.unwrap_or_else(|error| panic!("{error}"));
    println!("owed back in {back} of {count}");
    assert!(back * 8 > count as usize);
}
