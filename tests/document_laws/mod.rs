//! Laws of documents (rule 11): what must hold of all that the command `invoice` writes, whatever the programme is. Each is
//! tried on random programmes from a fixed seed (EFFEKT_LAW_CASES says how many times as many) and counts how often it met
//! what makes it interesting. "Constructed" means that the test brings the precondition about.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod parts;
mod rewritten;
mod shares;
mod sums;
mod time;

use crate::invoice::{Invoiced, invoice};
use crate::laws::trial::{Trial, Verdict, cases, law_of};
use crate::support;
use support::arbitrary::invoiced;
use support::day::Day;
use support::oracle::minor_units;
use support::output::{DocumentPostingRow, DocumentRow, PostingRow};
use support::programme::{Contract, Programme};

/// Tries a law on random programmes with terms of documents: a fifth as many as a law of settlements, which needs no files.
fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(invoiced(), cases() / 5, seed, least, look);
}

/// All settlements and their documents.
fn run(trial: &Trial) -> Result<Invoiced, String> {
    run_on(&trial.programme, trial.end())
}

fn run_on(programme: &Programme, as_of: Day) -> Result<Invoiced, String> {
    invoice(programme, &as_of.to_string(), None)
}

fn terms<'p>(programme: &'p Programme, id: &str) -> &'p Contract {
    programme.contracts.iter().find(|contract| contract.id == id).unwrap()
}

/// An amount in minor units.
fn minor(programme: &Programme, contract: &str, amount: &str) -> i128 {
    if amount.is_empty() { 0 } else { minor_units(terms(programme, contract), amount) }
}

type Key<'r> = (&'r str, &'r str, &'r str, &'r str);

fn key(row: &PostingRow) -> Key<'_> {
    (&row.contract, &row.charge, &row.subject, &row.unit)
}

fn key_of(row: &DocumentPostingRow) -> Key<'_> {
    (&row.contract, &row.charge, &row.subject, &row.unit)
}

fn document<'r>(run: &'r Invoiced, row: &DocumentPostingRow) -> &'r DocumentRow {
    run.documents.documents.iter().find(|one| (&one.contract, &one.document) == (&row.contract, &row.document)).unwrap()
}

fn postings<'r>(run: &'r Invoiced, row: &'r DocumentRow) -> impl Iterator<Item = &'r DocumentPostingRow> {
    run.documents.postings.iter().filter(|one| (&one.contract, &one.document) == (&row.contract, &row.document))
}

const MILLION: i128 = 1_000_000;

/// The shares of random contracts have at most six decimals.
fn millionths(text: &str) -> i128 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<6}").parse().unwrap()
}
