//! The twin of chapter 11: the command and the oracle make the documents of the same random programmes, and must agree in
//! every column of `documents.csv` and of `document-postings.csv`. The oracle has no lines: `line` and `company` are not compared.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use crate::invoice::invoice;

use proptest::prelude::{Strategy, prop_oneof};
use support::arbitrary::{Resettled, Settled, invoiced, owing_shared, reinvoiced, reowing_shared, reshared, shared};
use support::health::{DOCUMENTS, Health, OWING_SHARED, SHARED};
use support::oracle::{Misreading, Situation, documents, settle, settle_traced};
use support::output::{DocumentRow, Documents};
use support::runs;

/// What comes up in the oracle alone, and how often.
fn comes_up(programmes: impl Strategy<Value = Settled>, seed: u8, wanted: &[(Situation, usize)]) {
    let mut health = Health::default();
    runs::each(runs::count(2_000), seed, programmes, |Settled { programme, as_of }| {
        let (settled, seen) = settle_traced(programme, as_of, None, Misreading::None);
        health.add(documents::invoice(programme, &settled, None, Misreading::None).1.and(seen));
    });
    println!("{health}");
    let ill = health.ill(wanted);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
}

#[test]
fn random_programmes_have_all_kinds_of_documents() {
    comes_up(invoiced(), 5, DOCUMENTS);
}

/// The oracle alone: payers of single charges, payers that are full, and what the payee owes them come up in all ways.
#[test]
fn random_programmes_have_payers_of_all_kinds() {
    comes_up(shared(), 13, SHARED);
    comes_up(owing_shared(), 16, OWING_SHARED);
}

/// The oracle alone: what was issued stands, in its place.
#[test]
fn the_oracle_goes_on_from_a_ledger() {
    runs::each(runs::count(1_000), 6, reinvoiced(), |Resettled { first, then }| {
        let ledger = settle(&first.programme, &first.as_of, None, Misreading::None);
        let issued = documents::invoice(&first.programme, &ledger, None, Misreading::None).0;
        let settled = settle(&then.programme, &then.as_of, Some(&ledger), Misreading::None);
        let now = documents::invoice(&then.programme, &settled, Some((&ledger, &issued)), Misreading::None).0;
        for contract in &then.programme.contracts {
            let of = |issued: &Documents| -> Vec<DocumentRow> {
                issued.documents.iter().filter(|row| row.contract == contract.id).cloned().collect()
            };
            assert!(of(&now).starts_with(&of(&issued)));
        }
    });
}

fn agree(differences: &[String]) -> Result<(), String> {
    if differences.is_empty() { Ok(()) } else { Err(format!("oracle and command differ:\n{}", differences.join("\n"))) }
}

/// The command and the oracle settle and invoice the same programmes.
fn same_documents(programmes: impl Strategy<Value = Settled>, seed: u8) {
    let told = runs::try_each(runs::count(2_000), seed, programmes, |Settled { programme, as_of }| {
        let run = invoice(programme, as_of, None)?;
        let settled = settle(programme, as_of, None, Misreading::None);
        agree(&settled.differences(&run.output, "oracle", "command"))?;
        let issued = documents::invoice(programme, &settled, None, Misreading::None).0;
        agree(&issued.differences(&run.documents, "oracle", "command"))
    });
    told.unwrap_or_else(|error| panic!("{error}"));
}

/// They do it early, and go on from there; gives what came up.
fn same_from_a_ledger_on(programmes: impl Strategy<Value = Resettled>, seed: u8) -> Health {
    let mut health = Health::default();
    let told = runs::try_each(runs::count(500), seed, programmes, |Resettled { first, then }| {
        let before = invoice(&first.programme, &first.as_of, None)?;
        let run = invoice(&then.programme, &then.as_of, Some(&before))?;
        let settled = settle(&then.programme, &then.as_of, Some(&before.output), Misreading::None);
        agree(&settled.differences(&run.output, "oracle", "command"))?;
        let ledger = Some((&before.output, &before.documents));
        let (issued, seen) = documents::invoice(&then.programme, &settled, ledger, Misreading::None);
        health.add(seen);
        agree(&issued.differences(&run.documents, "oracle", "command"))
    });
    told.unwrap_or_else(|error| panic!("{error}"));
    health
}

#[test]
fn the_command_and_the_oracle_make_the_same_documents() {
    same_documents(invoiced(), 7);
}

/// Where charges are gone, days and amounts moved, and sometimes shares amended.
#[test]
fn the_command_and_the_oracle_go_on_from_a_ledger() {
    let health = same_from_a_ledger_on(reinvoiced(), 8);
    let ill = health.ill(&[(Situation::SharesAmended, 20), (Situation::CreditNote, 100)]);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
}

#[test]
fn the_command_and_the_oracle_share_out_the_same() {
    same_documents(prop_oneof![3 => shared(), 2 => owing_shared()], 14);
}

/// Often of contracts in several versions; at times with what the payee owes.
#[test]
fn the_command_and_the_oracle_share_out_the_same_from_a_ledger_on() {
    same_from_a_ledger_on(prop_oneof![3 => reshared(), 2 => reowing_shared()], 15);
}
