//! Laws between the documents of two programmes of which one is the other said otherwise.

use super::{MILLION, law, minor, postings, run, run_on};
use crate::invoice::Invoiced;
use crate::laws::rewrite::{amounts, charges, without_measured};
use crate::laws::trial::{equal, holds};
use crate::support::programme::{Detail, What};
use std::collections::{BTreeMap, BTreeSet};

/// Always: payers keep their places, so that ties of 11.2 and numbers stay.
#[test]
fn payers_renamed_are_renamed_in_the_lists_and_change_nothing_else() {
    law(111, &[("several payers", 300)], |trial| {
        let before = run(trial)?;
        let mut changed = trial.programme.clone();
        let turned = |id: &str| format!("{}-z", id.chars().rev().collect::<String>());
        for payer in changed.contracts.iter_mut().flat_map(|contract| &mut contract.payers) {
            payer.id = turned(&payer.id);
            payer.name = Some(format!("{} and others", payer.name.as_ref().unwrap()));
        }
        let after = run_on(&changed, trial.end())?;
        let mut wanted = before.documents.clone();
        wanted.documents.iter_mut().for_each(|row| row.payer = turned(&row.payer));
        wanted.postings.iter_mut().for_each(|row| row.payer = turned(&row.payer));
        trial.tally.met("several payers", wanted.documents.windows(2).any(|pair| pair[0].payer != pair[1].payer));
        let differences = wanted.differences(&after.documents, "renamed", "after");
        holds(differences.is_empty(), || differences.join("\n"))
    });
}

/// The lists say what is posted and to whom; what makes a line (`detail`) is of no account to them.
#[test]
fn what_makes_a_line_changes_no_sum() {
    law(112, &[("a document", 500)], |trial| {
        let before = run(trial)?;
        for detail in [None, Some(Detail::Company), Some(Detail::Participant)] {
            let mut changed = trial.programme.clone();
            for contract in &mut changed.contracts {
                contract.invoicing.as_mut().unwrap().detail = detail;
            }
            let after = run_on(&changed, trial.end())?;
            let differences = before.documents.differences(&after.documents, "before", "after");
            holds(differences.is_empty(), || format!("{detail:?}:\n{}", differences.join("\n")))?;
        }
        trial.tally.met("a document", !before.documents.documents.is_empty());
        Ok(())
    });
}

/// 11.1. Always: on documents of their own corrections are the same parts for the same payers, so each payer's net of a
/// settlement stays, of what is outside the scope and of the rest.
#[test]
fn corrections_on_documents_of_their_own_move_no_money() {
    law(113, &[("more documents", 80)], |trial| {
        let together = |own_documents: bool| {
            let mut changed = trial.programme.clone();
            for contract in &mut changed.contracts {
                contract.invoicing.as_mut().unwrap().own_documents = own_documents;
            }
            run_on(&changed, trial.end())
        };
        let sums = |run: &Invoiced| {
            let mut sums: BTreeMap<(String, u32, String, bool), i128> = BTreeMap::new();
            for row in &run.documents.documents {
                let outside = postings(run, row).any(|part| part.vat == "O");
                let net = minor(&trial.programme, &row.contract, &row.net);
                *sums.entry((row.contract.clone(), row.settlement, row.payer.clone(), outside)).or_default() += net;
            }
            sums
        };
        let (one, two) = (together(false)?, together(true)?);
        trial.tally.met("more documents", two.documents.documents.len() > one.documents.documents.len());
        for row in &two.documents.documents {
            let kinds: BTreeSet<&str> = postings(&two, row).map(|part| part.posting.as_str()).collect();
            holds(kinds.len() == 1, || format!("earnings and corrections: {row:?}"))?;
        }
        equal(&sums(&one), &sums(&two), &trial.programme)
    });
}

/// 2.2, 11.2, 11.4. Holds where nothing is rounded or split unevenly (constructed): shares of at most six decimals and percents
/// of at most one, of multiples of 200 million; no `prorate`, no figures.
#[test]
fn amounts_and_limits_scaled_scale_every_document() {
    law(114, &[("a document", 400), ("tax", 200), ("several payers", 200)], |trial| {
        let mut programme = trial.programme.clone();
        without_measured(&mut programme);
        for charge in charges(&mut programme) {
            if let What::Period { prorate, .. } = &mut charge.what {
                *prorate = false;
            }
        }
        let whole = |text: &str| text.split('.').next().unwrap().parse::<i128>().unwrap().min(99);
        let scaled = |k: i128| {
            let mut changed = programme.clone();
            for amount in amounts(&mut changed) {
                *amount = (whole(amount) * 200 * MILLION * k).to_string();
            }
            for limit in changed.contracts.iter_mut().flat_map(|contract| &mut contract.limits) {
                limit.amount = (whole(&limit.amount) * 200 * MILLION * k).to_string();
            }
            changed
        };
        let k = i128::from(trial.dice.between(2, 7) as i32);
        let (one, many) = (run_on(&scaled(1), trial.end())?, run_on(&scaled(k), trial.end())?);
        let sums = |run: &Invoiced, k: i128| -> Vec<(String, String, [i128; 3])> {
            let rows = run.documents.documents.iter();
            rows.map(|row| {
                let amount = |text: &str| minor(&programme, &row.contract, text) * k;
                (row.document.clone(), row.kind.clone(), [amount(&row.net), amount(&row.vat), amount(&row.payable)])
            })
            .collect()
        };
        trial.tally.met("a document", !one.documents.documents.is_empty());
        trial.tally.met("tax", sums(&one, 1).iter().any(|(_, _, [_, tax, _])| *tax != 0));
        trial.tally.met("several payers", one.documents.documents.windows(2).any(|pair| pair[0].payer != pair[1].payer));
        equal(&sums(&one, k), &sums(&many, 1), &programme)
    });
}
