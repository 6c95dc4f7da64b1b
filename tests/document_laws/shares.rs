//! Laws of payers of single charges, and of payers that pay at most so much (mechanisms 8.2).

use super::{key, key_of, minor, run, run_on, terms};
use crate::invoice::Invoiced;
use crate::laws::rewrite::charges;
use crate::laws::trial::{Trial, Verdict, cases, holds, law_of};
use crate::support::arbitrary::shared;
use crate::support::oracle::minor_units;
use crate::support::programme::ChargePayer;
use std::collections::BTreeMap;

fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(shared(), cases() / 5, seed, least, look);
}

fn same(before: &Invoiced, after: &Invoiced) -> Verdict {
    let differences = before.documents.differences(&after.documents, "before", "after");
    holds(differences.is_empty(), || differences.join("\n"))
}

/// Mechanisms 8.2. Always, after every settlement: nobody has paid more than it pays at most, nor for a charge that others pay,
/// and the payers together have paid what was posted for every key.
#[test]
fn nobody_pays_above_its_limit_and_no_oere_is_lost() {
    law(120, &[("a full payer", 150), ("a charge of others", 150)], |trial| {
        let run = run(trial)?;
        let mut had: BTreeMap<(&str, &str), i128> = BTreeMap::new();
        let settlements: Vec<u32> =
            (1..=run.output.settlements.iter().map(|row| row.settlement).max().unwrap_or(0)).collect();
        for k in settlements {
            for part in run.documents.postings.iter().filter(|part| part.settlement == k) {
                let contract = terms(&trial.programme, &part.contract);
                *had.entry((&part.contract, &part.payer)).or_default() += minor_units(contract, &part.amount);
                let payers = &contract.charges.iter().find(|charge| charge.id == part.charge).unwrap().payers;
                let own = payers.is_empty() || payers.iter().any(|payer| payer.id == part.payer);
                trial.tally.met("a charge of others", payers.len() < contract.payers.len() && !payers.is_empty());
                holds(own, || format!("{part:?} is of others"))?;
            }
            for ((contract, payer), sum) in &had {
                let contract = terms(&trial.programme, contract);
                let payer = contract.payers.iter().find(|one| one.id == *payer).unwrap();
                let most = payer.at_most.as_deref().map(|most| minor_units(contract, most));
                trial.tally.met("a full payer", most == Some(*sum));
                holds(most.is_none_or(|most| *sum <= most), || format!("{sum} is more than {payer:?}"))?;
            }
        }
        for row in &run.output.postings {
            let parts =
                run.documents.postings.iter().filter(|part| key_of(part) == key(row) && part.settlement == row.settlement);
            let sum: i128 = parts.map(|part| minor(&trial.programme, &part.contract, &part.amount)).sum();
            holds(sum == minor(&trial.programme, &row.contract, &row.amount), || format!("parts of {sum}: {row:?}"))?;
        }
        Ok(())
    });
}

/// Mechanisms 8.2. Always: what nobody reaches is no limit.
#[test]
fn a_limit_that_nobody_reaches_changes_nothing() {
    law(121, &[("a document", 400)], |trial| {
        let with = |most: Option<&str>| {
            let mut changed = trial.programme.clone();
            for contract in &mut changed.contracts {
                contract.charges.iter_mut().for_each(|charge| charge.payers.clear());
                let free = contract.payers.iter().position(|payer| payer.at_most.is_none()).unwrap();
                for (nth, payer) in contract.payers.iter_mut().enumerate() {
                    payer.at_most = most.filter(|_| nth != free).map(str::to_string);
                }
            }
            run_on(&changed, trial.end())
        };
        let (none, high) = (with(None)?, with(Some("90000000000"))?);
        trial.tally.met("a document", !none.documents.documents.is_empty());
        same(&none, &high)
    });
}

/// Mechanisms 8.2. Always: a charge whose payers are the contract's, in their order and with their shares, may say so or not.
#[test]
fn the_contracts_own_payers_may_be_written_out() {
    law(122, &[("a document", 400)], |trial| {
        let mut bare = trial.programme.clone();
        charges(&mut bare).for_each(|charge| charge.payers.clear());
        let mut told = bare.clone();
        for contract in &mut told.contracts {
            for charge in &mut contract.charges {
                let own = contract.payers.iter();
                charge.payers =
                    own.map(|payer| ChargePayer { id: payer.id.clone(), share: payer.share.clone().unwrap() }).collect();
            }
        }
        let (before, after) = (run_on(&bare, trial.end())?, run_on(&told, trial.end())?);
        trial.tally.met("a document", !before.documents.documents.is_empty());
        same(&before, &after)
    });
}
