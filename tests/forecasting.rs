//! The law of forecasts on random programmes: what is recorded by a day in the middle is known, the rest is a future as far as it
//! may be one, and so is as much work as can be; what is paid in the end lies between the bounds. EFFEKT_LAW_CASES says how many
//! times 200 programmes of each kind are tried.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "common/forecast_law.rs"]
mod forecast_law;
#[path = "common/future.rs"]
mod future;
use crate::support;

use effekt::Day;
use effekt::contract::Calendar;
use forecast_law::{Met, holds, right};
use future::agreed;
use proptest::prelude::Strategy;
use std::collections::BTreeSet;
use support::arbitrary::{self, Settled};
use support::{runs, values};

/// Looks at the contracts of random programmes as of a third, a half or two thirds of their lives.
fn hold(seed: u8, programmes: impl Strategy<Value = Settled>) -> Met {
    let times = std::env::var("EFFEKT_LAW_CASES").map_or(1, |text| text.parse().unwrap());
    let mut met = Met::default();
    let held = runs::try_each(200 * times, seed, programmes, |Settled { programme, as_of }| {
        let until = Day::parse(as_of).unwrap();
        let ids: BTreeSet<&str> = programme.contracts.iter().map(|contract| contract.id.as_str()).collect();
        for id in ids {
            let contract = agreed(&values::in_versions(programme, id), until);
            let facts = values::facts(programme, id, until);
            let all = until.min(Calendar::new(&contract).last().unwrap().cut_off).days_since(contract.starts);
            let as_of = [all / 3, all / 2, all * 2 / 3].map(|days| contract.starts.plus_days(days));
            let told = [None, Some(as_of[1]), Some(as_of[2].plus_days(-10))];
            for (as_of, told) in as_of.into_iter().zip(told) {
                holds(&right, &contract, &facts, as_of, told, &mut met)?;
            }
        }
        Ok(())
    });
    held.unwrap_or_else(|error| panic!("{error}"));
    println!("{met:?}");
    met
}

/// Every kind of programme has futures that pay more, and bounds that they meet.
fn is_met(met: Met) {
    assert!(met.futures > 1000 && met.more * 5 > met.futures, "{met:?}");
    assert!(met.at_highest > 10 && met.at_lowest > 10, "{met:?}");
}

#[test]
fn the_bounds_of_plain_contracts_hold() {
    is_met(hold(71, arbitrary::settled()));
}

#[test]
fn the_bounds_of_measured_and_adjusted_contracts_hold() {
    is_met(hold(72, arbitrary::measured()));
    is_met(hold(73, arbitrary::adjusted()));
}

#[test]
fn the_bounds_of_gated_and_counted_contracts_hold() {
    is_met(hold(74, arbitrary::gated()));
    is_met(hold(75, arbitrary::counted_and_gated()));
}

#[test]
fn the_bounds_of_paid_hours_hold() {
    is_met(hold(76, arbitrary::payrolled()));
}

#[test]
fn the_bounds_of_what_is_owed_back_and_of_what_is_granted_hold() {
    is_met(hold(77, arbitrary::owing()));
    is_met(hold(78, arbitrary::granting()));
}

#[test]
fn the_bounds_of_savings_and_counts_hold() {
    is_met(hold(81, arbitrary::saving()));
    is_met(hold(82, arbitrary::counted()));
}

#[test]
fn the_bounds_of_shared_limits_and_versions_hold() {
    is_met(hold(79, arbitrary::shared()));
    is_met(hold(80, arbitrary::versioned()));
}
