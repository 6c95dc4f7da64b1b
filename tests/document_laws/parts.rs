//! Laws of shares: how a posting is parted among payers (11.1, 11.2).

use super::{MILLION, document, key, key_of, law, millionths, minor, run, terms};
use crate::laws::trial::{equal, holds};
use crate::support::oracle::{documents::shares_of, minor_units};
use crate::support::programme::Payer;
use std::collections::{BTreeMap, BTreeSet};

/// 11.1, 11.2. Always: the parts of a posting, each on one document of its payer and none of nothing, add up to it, and
/// nothing else stands on documents.
#[test]
fn every_posting_stands_once_with_each_payer_and_its_parts_add_up() {
    law(101, &[("several payers", 300), ("a payer without a part", 60)], |trial| {
        let run = run(trial)?;
        let mut told = 0;
        for row in &run.output.postings {
            let parts: Vec<_> = run
                .documents
                .postings
                .iter()
                .filter(|part| key_of(part) == key(row) && part.settlement == row.settlement)
                .collect();
            let payers: BTreeSet<&str> = parts.iter().map(|part| part.payer.as_str()).collect();
            holds(payers.len() == parts.len(), || format!("twice with one payer: {row:?}"))?;
            let sum: i128 = parts.iter().map(|part| minor(&trial.programme, &part.contract, &part.amount)).sum();
            let posted = minor(&trial.programme, &row.contract, &row.amount);
            holds(sum == posted, || format!("parts of {sum}: {row:?}"))?;
            for part in &parts {
                let same = part.posted == row.amount
                    && (&part.posting, &part.earned_on, &part.quantity) == (&row.posting, &row.earned_on, &row.quantity)
                    && part.rate == row.rate
                    && document(&run, part).payer == part.payer
                    && document(&run, part).settlement == row.settlement;
                holds(same && minor(&trial.programme, &part.contract, &part.amount) != 0, || {
                    format!("{part:?} of {row:?}")
                })?;
            }
            told += parts.len();
            trial.tally.met("several payers", parts.len() > 1);
            trial.tally.met("a payer without a part", parts.len() < terms(&trial.programme, &row.contract).payers.len());
        }
        holds(told == run.documents.postings.len(), || "a document has a posting of no settlement".into())
    });
}

/// 11.2. Always, after every settlement: what a payer was posted for a key is within one minor unit of its share of the whole,
/// payers with the same share are within one minor unit of one another, and where nothing is owed any more every payer is back
/// at nothing.
#[test]
fn every_payer_has_its_share_of_every_key_and_no_oere_is_lost() {
    let least = [("a remainder", 300), ("back at nothing", 150), ("corrected", 150)];
    law(103, &least, |trial| {
        let run = run(trial)?;
        for row in &run.output.postings {
            let contract = terms(&trial.programme, &row.contract);
            let now = |settlement: u32| settlement <= row.settlement;
            let posted = run.output.postings.iter().filter(|one| key(one) == key(row) && now(one.settlement));
            let owed: i128 = posted.map(|one| minor(&trial.programme, &one.contract, &one.amount)).sum();
            let had = |payer: &Payer| -> i128 {
                let parts = run.documents.postings.iter().filter(|one| key_of(one) == key(row) && now(one.settlement));
                parts.filter(|one| one.payer == payer.id).map(|one| minor_units(contract, &one.amount)).sum()
            };
            trial.tally.met("corrected", row.posting == "correction");
            trial.tally.met("back at nothing", owed == 0);
            let by_share: BTreeMap<i128, Vec<i128>> = contract.payers.iter().fold(BTreeMap::new(), |mut all, payer| {
                all.entry(millionths(payer.share.as_deref().unwrap())).or_default().push(had(payer));
                all
            });
            for (share, parts) in &by_share {
                let quota = share * owed;
                trial.tally.met("a remainder", quota % MILLION != 0);
                for part in parts {
                    let near = (part * MILLION - quota).abs() < MILLION && (owed != 0 || *part == 0);
                    holds(near, || format!("{part} of {owed} at {share} millionths: {row:?}"))?;
                }
                let (least, most) = (parts.iter().min().unwrap(), parts.iter().max().unwrap());
                holds(most - least <= 1, || format!("{parts:?} for the same share: {row:?}"))?;
            }
        }
        Ok(())
    });
}

/// 11.2. What a single posting of a key's first settlement is split into are the shares of its amount: the oracle's split, on
/// its own.
#[test]
fn an_earning_is_split_by_the_shares_of_its_own_amount() {
    law(115, &[("several payers", 300)], |trial| {
        let run = run(trial)?;
        for row in run.output.postings.iter().filter(|row| row.posting == "earning") {
            let contract = terms(&trial.programme, &row.contract);
            let parts =
                run.documents.postings.iter().filter(|part| key_of(part) == key(row) && part.settlement == row.settlement);
            let mut had = vec![0; contract.payers.len()];
            for part in parts {
                had[contract.payers.iter().position(|payer| payer.id == part.payer).unwrap()] =
                    minor_units(contract, &part.amount);
            }
            trial.tally.met("several payers", had.len() > 1);
            equal(&shares_of(contract, &row.charge, &row.amount), &had, &trial.programme)?;
        }
        Ok(())
    });
}
