//! The comparison of an engine with the oracle on random programmes.

use super::arbitrary::{Resettled, Settled, resettled, settled};
use super::health::Health;
use super::oracle::{Misreading, settle, settle_traced};
use super::output::Output;
use super::programme::Programme;
use super::runs;
use proptest::prelude::Strategy;

/// An engine as seen by the tests: a programme, the as-of day and perhaps a ledger give an output.
pub trait Engine: Fn(&Programme, &str, Option<&Output>) -> Output {}

impl<F: Fn(&Programme, &str, Option<&Output>) -> Output> Engine for F {}

/// Settles random programmes with both; gives the health of what was settled, or the least difference.
pub fn compare(engine: impl Engine, count: u32, seed: u8) -> Result<Health, String> {
    compare_on(settled(), engine, count, seed)
}

/// The same on programmes of some kind.
pub fn compare_on(
    programmes: impl Strategy<Value = Settled>,
    engine: impl Engine,
    count: u32,
    seed: u8,
) -> Result<Health, String> {
    let mut health = Health::default();
    runs::try_each(count, seed, programmes, |case: &Settled| {
        let (oracle, seen) = settle_traced(&case.programme, &case.as_of, None, Misreading::None);
        health.add(seen);
        agree(&oracle, &engine(&case.programme, &case.as_of, None))
    })?;
    Ok(health)
}

/// Settles random programmes early, amends them and settles on with the first output as ledger, with both.
pub fn compare_with_ledger(engine: impl Engine, count: u32, seed: u8) -> Result<Health, String> {
    compare_with_ledger_on(resettled(), engine, count, seed)
}

/// The same on programmes of some kind.
pub fn compare_with_ledger_on(
    programmes: impl Strategy<Value = Resettled>,
    engine: impl Engine,
    count: u32,
    seed: u8,
) -> Result<Health, String> {
    let mut health = Health::default();
    runs::try_each(count, seed, programmes, |Resettled { first, then }| {
        let ledger = settle(&first.programme, &first.as_of, None, Misreading::None);
        agree(&ledger, &engine(&first.programme, &first.as_of, None))?;
        let (oracle, seen) = settle_traced(&then.programme, &then.as_of, Some(&ledger), Misreading::None);
        health.add(seen);
        agree(&oracle, &engine(&then.programme, &then.as_of, Some(&ledger)))
    })?;
    Ok(health)
}

fn agree(oracle: &Output, engine: &Output) -> Result<(), String> {
    let differences = oracle.differences(engine, "oracle", "engine");
    if differences.is_empty() { Ok(()) } else { Err(format!("oracle and engine differ:\n{}", differences.join("\n"))) }
}
