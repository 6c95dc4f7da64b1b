//! Rule 11.2 and mechanisms 8.2: each key's sum is split by the shares of those who pay for its charge, as far as they have room.

use super::part::{had, same_key};
use crate::support::oracle::money::{self, minor_units};
use crate::support::oracle::{Key, Law, Misreading, Situation, in_order};
use crate::support::output::{Documents, Output, PostingRow};
use crate::support::programme::{Contract, Programme};
use std::collections::BTreeMap;

/// What a key has come to, and what a limit cut of it, for each payer of the contract.
pub struct Split {
    pub now: Vec<i128>,
    pub cut: Vec<i128>,
}

/// The splits of a settlement's keys.
pub fn splits(
    law: &Law,
    (programme, contract): (&Programme, &Contract),
    keys: &[PostingRow],
    settled: &Output,
    issued: &Documents,
) -> Vec<Split> {
    let limited = contract.payers.iter().any(|payer| payer.at_most.is_some()) && !law.reads(Misreading::AtMostIgnored);
    let k = keys.first().map_or(0, |row| row.settlement);
    let mut room = room(contract);
    let mut parts: BTreeMap<Key, Vec<i128>> = BTreeMap::new();
    if limited && k > 0 {
        // E(k) in rule 9.2's order, from the first key on, whatever was posted.
        for (key, sum) in in_order(programme, &contract.id, k) {
            let own = as_far_as_there_is_room(law, contract, &key.0, sum, &mut room);
            parts.insert(key, own);
        }
    }
    if limited && law.reads(Misreading::AtMostOfWhatWasPosted) {
        return of_what_was_posted(law, contract, keys, issued);
    }
    let mut splits = Vec::new();
    for row in keys {
        let before = settled.postings.iter().filter(|other| same_key(other, row) && other.settlement < k);
        let before: i128 = before.map(|other| minor_units(contract, &other.amount)).sum();
        let sum = before + minor_units(contract, &row.amount);
        law.saw_if(contract.payers.len() > 1, Situation::SeveralPayers);
        law.saw_if(contract.payers.len() > 1 && sum < 0, Situation::OwedBackIsSplit);
        law.saw_if(contract.payers.len() > 1 && sum == 0, Situation::FullReversal);
        let now = match limited {
            false => signed(law, contract, &row.charge, sum),
            true => {
                let key = (row.charge.clone(), row.subject.clone(), row.unit.clone());
                parts.get(&key).cloned().unwrap_or_else(|| vec![0; contract.payers.len()])
            }
        };
        if law.reads(Misreading::None) {
            assert_eq!(now.iter().sum::<i128>(), sum, "the parts of {row:?} are what it has come to");
        }
        splits.push(Split { now, cut: cut(law, contract, row) });
    }
    splits
}

/// What a limit cut is split by the shares alone.
fn cut(law: &Law, contract: &Contract, row: &PostingRow) -> Vec<i128> {
    let cut = if row.cut.is_empty() { 0 } else { minor_units(contract, &row.cut) };
    signed(law, contract, &row.charge, cut)
}

/// What each payer may still pay; nothing said is no end.
fn room(contract: &Contract) -> Vec<Option<i128>> {
    contract.payers.iter().map(|payer| payer.at_most.as_deref().map(|most| minor_units(contract, most))).collect()
}

/// The payers of a charge by their places in the contract, with their shares in 10⁻¹², in the order in which they are named.
fn shares(law: &Law, contract: &Contract, charge: &str) -> Vec<(usize, i128)> {
    let own = contract.charges.iter().find(|one| one.id == charge).map_or(&[][..], |one| &one.payers);
    if own.is_empty() || law.reads(Misreading::PayersOfTheChargeIgnored) {
        let share = |share: &Option<String>| money::exact(share.as_deref().unwrap_or("1"));
        return contract.payers.iter().enumerate().map(|(nth, payer)| (nth, share(&payer.share))).collect();
    }
    law.saw(Situation::PayersOfTheCharge);
    let place = |id: &str| contract.payers.iter().position(|payer| payer.id == id).expect("one of the contract's payers");
    let mut shares: Vec<_> = own.iter().map(|payer| (place(&payer.id), money::exact(&payer.share))).collect();
    assert_eq!(shares.iter().map(|(_, share)| share).sum::<i128>(), money::ONE, "shares sum to 1");
    if law.reads(Misreading::TiesByTheContractsOrder) {
        shares.sort_unstable();
    }
    shares
}

/// A sum by the shares alone: its size is split, its sign put back.
pub fn signed(law: &Law, contract: &Contract, charge: &str, sum: i128) -> Vec<i128> {
    let shares = shares(law, contract, charge);
    let mut parts = vec![0; contract.payers.len()];
    if sum < 0 && law.reads(Misreading::OwedBackSplitDownwards) {
        return downwards(&shares, sum, parts);
    }
    for ((nth, _), part) in shares.iter().zip(by_shares(law, &shares, sum.abs())) {
        parts[*nth] = part * sum.signum();
    }
    parts
}

/// The misreading that the exact quotas are cut downwards, and not their sizes.
fn downwards(shares: &[(usize, i128)], sum: i128, mut parts: Vec<i128>) -> Vec<i128> {
    let whole: i128 = shares.iter().map(|(_, share)| share).sum();
    let mut rests = Vec::new();
    for (nth, share) in shares {
        parts[*nth] = (sum * share).div_euclid(whole);
        rests.push((-(sum * share).rem_euclid(whole), *nth));
    }
    let left = sum - parts.iter().sum::<i128>();
    rests.sort_by_key(|(rest, _)| *rest);
    rests.iter().take(left as usize).for_each(|(_, nth)| parts[*nth] += 1);
    parts
}

/// What would take a payer above what it pays at most is split anew among those that have room.
fn as_far_as_there_is_room(law: &Law, contract: &Contract, charge: &str, sum: i128, room: &mut [Option<i128>]) -> Vec<i128> {
    let mut parts = vec![0; contract.payers.len()];
    let all = shares(law, contract, charge);
    let has_room = |room: &[Option<i128>], nth: usize| room[nth].is_none_or(|room| room > 0);
    let mut paying = all.clone();
    law.saw_if(sum > 0 && all.iter().any(|(nth, _)| !has_room(room, *nth)), Situation::PayerWithoutRoom);
    if law.reads(Misreading::FullPayersHaveNoShare) {
        paying.retain(|(nth, _)| has_room(room, *nth));
    }
    let (mut left, mut rounds) = (sum.abs(), 0);
    while left > 0 {
        rounds += 1;
        let mut excess = 0;
        for ((nth, _), part) in paying.iter().zip(by_shares(law, &paying, left)) {
            // What is owed back gives room back.
            let most = if sum < 0 { part } else { room[*nth].map_or(part, |room| part.min(room.max(0))) };
            parts[*nth] += most * sum.signum();
            let back = sum < 0 && law.reads(Misreading::OwedBackGivesPayersNoRoom);
            law.saw_if(most > 0 && sum < 0 && room[*nth] == Some(0), Situation::PayerHasRoomAgain);
            room[*nth] = room[*nth].map(|room| if back { room } else { room - most * sum.signum() });
            excess += part - most;
        }
        left = excess;
        law.saw_if(left > 0, Situation::PayerIsFull);
        paying = all.iter().copied().filter(|(nth, _)| has_room(room, *nth)).collect();
        if law.reads(Misreading::ExcessToThoseWithoutLimit) {
            paying.retain(|(nth, _)| room[*nth].is_none());
        }
        if law.reads(Misreading::ExcessToTheFirstWithRoom) {
            paying.truncate(1);
        }
        if paying.iter().all(|(_, share)| *share == 0) {
            // Where none of them has a share, the first without end pays.
            paying.retain(|(nth, _)| room[*nth].is_none());
            paying.truncate(1);
        }
        law.saw_if(left > 0 && paying.len() > 1, Situation::ExcessIsSplit);
    }
    law.saw_if(rounds > 2, Situation::FullAgain);
    parts
}

/// The misreading that what was posted takes room, and each posting is split by itself.
fn of_what_was_posted(law: &Law, contract: &Contract, keys: &[PostingRow], issued: &Documents) -> Vec<Split> {
    let mut room = room(contract);
    for row in issued.postings.iter().filter(|row| row.contract == contract.id) {
        let nth = contract.payers.iter().position(|payer| payer.id == row.payer).unwrap();
        room[nth] = room[nth].map(|room| room - minor_units(contract, &row.amount));
    }
    let mut splits = Vec::new();
    for row in keys {
        let posted = minor_units(contract, &row.amount);
        let more = as_far_as_there_is_room(law, contract, &row.charge, posted, &mut room);
        let now = contract.payers.iter().zip(more).map(|(payer, more)| had(contract, row, &payer.id, issued) + more);
        splits.push(Split { now: now.collect(), cut: cut(law, contract, row) });
    }
    splits
}

/// A sum, never negative, in minor units by largest remainder of the exact quotas; ties go to the payer named first. One alone
/// takes all, whatever its share.
fn by_shares(law: &Law, shares: &[(usize, i128)], sum: i128) -> Vec<i128> {
    assert!(sum >= 0, "sizes are split");
    let whole: i128 = shares.iter().map(|(_, share)| share).sum();
    if shares.len() == 1 {
        return vec![sum];
    }
    let quotas: Vec<i128> = shares.iter().map(|(_, share)| sum * share).collect();
    if law.reads(Misreading::PartsRoundedApart) {
        return quotas.iter().map(|quota| money::half_away(*quota, whole)).collect();
    }
    let mut parts: Vec<i128> = quotas.iter().map(|quota| quota / whole).collect();
    let left = sum - parts.iter().sum::<i128>();
    law.saw_if(left > 0, Situation::SplitLeavesARemainder);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rest = |nth: usize| quotas[nth] % whole;
    if law.reads(Misreading::TiesToThePayerNamedLast) {
        order.reverse();
    }
    order.sort_by_key(|nth| -rest(*nth));
    let tie = |at: usize| at > 0 && at < order.len() && rest(order[at - 1]) == rest(order[at]);
    law.saw_if(left > 0 && tie(left as usize), Situation::RemaindersTie);
    if law.reads(Misreading::RemainderToTheFirst) {
        order.sort_unstable();
    }
    if law.reads(Misreading::RemainderToTheLast) {
        order.sort_by_key(|nth| std::cmp::Reverse(*nth));
    }
    if law.reads(Misreading::RemainderToTheLargestShare) {
        order.sort_by_key(|nth| (-quotas[*nth], *nth));
    }
    order.iter().take(left as usize).for_each(|nth| parts[*nth] += 1);
    parts
}
