//! The twin: engine and oracle settle the same random programmes, and must agree in every column of every row.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod support;

use support::health::LEAST;
use support::oracle::Situation;
use support::{runs, twin, values};

#[test]
fn engine_and_oracle_agree_on_random_programmes() {
    let health = twin::compare(values::settle, runs::count(20_000), 1).unwrap_or_else(|error| panic!("{error}"));
    let ill = health.ill(LEAST);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
}

#[test]
fn engine_and_oracle_agree_with_a_ledger() {
    let count = runs::count(20_000) / 4;
    let health = twin::compare_with_ledger(values::settle, count, 2).unwrap_or_else(|error| panic!("{error}"));
    let least = [(Situation::SettledAfterLedger, 500), (Situation::ChargeGone, 25), (Situation::NegativePosting, 100)];
    let ill = health.ill(&least);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
}
