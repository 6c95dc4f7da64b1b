//! Runs a strategy a fixed number of times from a fixed seed.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::cell::RefCell;

/// The number of random programmes: as asked for by EFFEKT_TWIN_CASES, else `usual`.
pub fn count(usual: u32) -> u32 {
    std::env::var("EFFEKT_TWIN_CASES").map_or(usual, |text| text.parse().expect("EFFEKT_TWIN_CASES is a number"))
}

/// Looks at each of `count` random values. The first that fails is made as small as it can be and told.
pub fn try_each<S: Strategy>(
    count: u32,
    seed: u8,
    strategy: S,
    look: impl FnMut(&S::Value) -> Result<(), String>,
) -> Result<(), String> {
    println!("{count} cases from seed {seed}");
    let config = Config { cases: count, failure_persistence: None, max_shrink_iters: 4_000, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let look = RefCell::new(look);
    let run = TestRunner::new_with_rng(config, rng)
        .run(&strategy, |value| (look.borrow_mut())(&value).map_err(TestCaseError::fail));
    run.map_err(|error| error.to_string())
}

/// As `try_each`, for what is asserted.
pub fn each<S: Strategy>(count: u32, seed: u8, strategy: S, mut look: impl FnMut(&S::Value)) {
    let told = try_each(count, seed, strategy, |value| {
        look(value);
        Ok(())
    });
    if let Err(error) = told {
        panic!("{error}");
    }
}
