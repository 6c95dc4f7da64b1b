//! The health of the random programmes: a green comparison over programmes that never reach a cap would prove
//! nothing about caps. In how many of a thousand programmes each situation must come up.

mod support;

use support::arbitrary::{resettled, settled};
use support::health::{Health, LEAST};
use support::oracle::{Misreading, Situation, settle, settle_traced};
use support::runs;

#[test]
fn random_programmes_reach_the_edges() {
    let mut health = Health::default();
    runs::each(runs::count(5_000), 1, settled(), |case| {
        health.add(settle_traced(&case.programme, &case.as_of, None, Misreading::None).1);
    });
    println!("{health}");
    let ill = health.ill(LEAST);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
}

#[test]
fn random_ledgers_reach_the_edges() {
    let mut health = Health::default();
    runs::each(runs::count(2_000), 1, resettled(), |case| {
        let ledger = settle(&case.first.programme, &case.first.as_of, None, Misreading::None);
        let (_, seen) = settle_traced(&case.then.programme, &case.then.as_of, Some(&ledger), Misreading::None);
        health.add(seen);
    });
    println!("{health}");
    let least = [(Situation::SettledAfterLedger, 500), (Situation::ChargeGone, 30), (Situation::NegativePosting, 100)];
    let ill = health.ill(&least);
    assert!(ill.is_empty(), "{}", ill.join("\n"));
}
