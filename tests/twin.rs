//! The twin: engine and oracle settle the same random programmes, and must agree in every column of every row.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use support::arbitrary::{
    adjusted, aimed, counted, counted_and_gated, gated, granting, owing, payrolled, placed, readjusted, reaimed, recounted,
    recounted_and_regated, regated, regranting, reowing, repayrolled, replaced, resaved, reversioned, saving, versioned,
};
use support::health::{ADJUSTED, COUNTED, GATED, GOALS, GRANTING, LEAST, OWING, PAYROLL, PLACES, SAVING, VERSIONS};
use support::oracle::Situation;
use support::{runs, twin, values};

#[test]
fn engine_and_oracle_agree_on_random_programmes() {
    let health = twin::compare(values::settle, runs::count(20_000), 1).unwrap_or_else(|error| panic!("{error}"));
    let ill = health.ill(LEAST);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
}

/// With factors, indices, roundings, delays, traits and steps.
#[test]
fn engine_and_oracle_agree_on_adjusted_programmes() {
    let health = twin::compare_on(adjusted(), values::settle, runs::count(10_000), 3);
    let ill = health.unwrap_or_else(|error| panic!("{error}")).ill(ADJUSTED);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(readjusted(), values::settle, runs::count(2_000), 4)
        .unwrap_or_else(|error| panic!("{error}"));
}

/// With gates on figures, charges and one another.
#[test]
fn engine_and_oracle_agree_on_gated_programmes() {
    let health = twin::compare_on(gated(), values::settle, runs::count(3_000), 7);
    let ill = health.unwrap_or_else(|error| panic!("{error}")).ill(GATED);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(regated(), values::settle, runs::count(2_000), 8).unwrap_or_else(|error| panic!("{error}"));
}

/// Paid by what payrolls say, with and without a ledger.
#[test]
fn engine_and_oracle_agree_on_payrolls() {
    let health = twin::compare_on(payrolled(), values::settle, runs::count(3_000), 7);
    let ill = health.unwrap_or_else(|error| panic!("{error}")).ill(PAYROLL);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    let count = runs::count(2_000);
    twin::compare_with_ledger_on(repayrolled(), values::settle, count, 8).unwrap_or_else(|error| panic!("{error}"));
}

/// With counts, tallies, dates of single participants, what adds up over the dates, and limits of units.
#[test]
fn engine_and_oracle_agree_on_counted_programmes() {
    let health = twin::compare_on(counted(), values::settle, runs::count(3_000), 21);
    let ill = health.unwrap_or_else(|error| panic!("{error}")).ill(COUNTED);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(recounted(), values::settle, runs::count(3_000), 22)
        .unwrap_or_else(|error| panic!("{error}"));
}

/// With gates that look at counts and at single participants' days, and what is owed back unless something was reached.
#[test]
fn engine_and_oracle_agree_on_counts_behind_gates() {
    let health = twin::compare_on(counted_and_gated(), values::settle, runs::count(3_000), 23);
    let least = [(Situation::GateIsWaitedFor, 15), (Situation::ReachedTooLateToFail, 10), (Situation::NegativePosting, 100)];
    let ill = health.unwrap_or_else(|error| panic!("{error}")).ill(&least);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(recounted_and_regated(), values::settle, runs::count(2_000), 24)
        .unwrap_or_else(|error| panic!("{error}"));
}

/// With benefits and what weeks without them save, with and without a ledger.
#[test]
fn engine_and_oracle_agree_on_what_is_saved() {
    let health =
        twin::compare_on(saving(), values::settle, runs::count(3_000), 25).unwrap_or_else(|error| panic!("{error}"));
    println!("{health}");
    let ill = health.ill(SAVING);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(resaved(), values::settle, runs::count(2_000), 26)
        .unwrap_or_else(|error| panic!("{error}"));
}

/// With offers of places, and what is paid for them, with and without a ledger.
#[test]
fn engine_and_oracle_agree_on_places() {
    let health =
        twin::compare_on(placed(), values::settle, runs::count(3_000), 27).unwrap_or_else(|error| panic!("{error}"));
    println!("{health}");
    let ill = health.ill(PLACES);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(replaced(), values::settle, runs::count(2_000), 28)
        .unwrap_or_else(|error| panic!("{error}"));
}

/// With goals and what was shown of them, with and without a ledger.
#[test]
fn engine_and_oracle_agree_on_goals() {
    let health = twin::compare_on(aimed(), values::settle, runs::count(3_000), 29).unwrap_or_else(|error| panic!("{error}"));
    println!("{health}");
    let ill = health.ill(GOALS);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(reaimed(), values::settle, runs::count(2_000), 30)
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Of contracts in several versions, with and without a ledger.
#[test]
fn engine_and_oracle_agree_on_contracts_in_versions() {
    let health = twin::compare_on(versioned(), values::settle, runs::count(3_000), 5);
    let ill = health.unwrap_or_else(|error| panic!("{error}")).ill(VERSIONS);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    let count = runs::count(2_000);
    twin::compare_with_ledger_on(reversioned(), values::settle, count, 6).unwrap_or_else(|error| panic!("{error}"));
}

/// With what the payee owes and floors, with and without a ledger.
#[test]
fn engine_and_oracle_agree_on_what_is_owed_back() {
    let health = twin::compare_on(owing(), values::settle, runs::count(3_000), 7);
    let ill = health.unwrap_or_else(|error| panic!("{error}")).ill(OWING);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(reowing(), values::settle, runs::count(2_000), 8).unwrap_or_else(|error| panic!("{error}"));
}

/// With charges that rest on what was granted, with and without a ledger.
#[test]
fn engine_and_oracle_agree_on_what_rests_on_grants() {
    let health = twin::compare_on(granting(), values::settle, runs::count(3_000), 9);
    let ill = health.unwrap_or_else(|error| panic!("{error}")).ill(GRANTING);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
    twin::compare_with_ledger_on(regranting(), values::settle, runs::count(2_000), 10)
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn engine_and_oracle_agree_with_a_ledger() {
    let count = runs::count(20_000) / 4;
    let health = twin::compare_with_ledger(values::settle, count, 2).unwrap_or_else(|error| panic!("{error}"));
    let least = [(Situation::SettledAfterLedger, 500), (Situation::ChargeGone, 15), (Situation::NegativePosting, 100)];
    let ill = health.ill(&least);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
}
