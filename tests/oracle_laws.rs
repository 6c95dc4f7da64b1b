//! The oracle on its own: what it posts obeys the laws of rules 10 and 12.3, on random programmes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use proptest::prelude::{Strategy, prop_oneof};
use std::collections::BTreeMap;
use support::arbitrary::{
    adjusted, aimed, counted, gated, granting, owing, payrolled, placed, recounted, reowing, resettled, reversioned, saving,
    settled, versioned,
};
use support::day::Day;
use support::health::{ADJUSTED, COUNTED, GATED, GOALS, GRANTING, Health, OWING, PAYROLL, PLACES, SAVING, VERSIONS};
use support::oracle::{Misreading, minor_units, owed, settle, settle_traced};
use support::output::Output;
use support::print::{self, Spelling};
use support::programme::Programme;
use support::{read, runs, twin};

fn law(programme: &Programme, as_of: &str, ledger: Option<&Output>) -> Output {
    settle(programme, as_of, ledger, Misreading::None)
}

#[test]
fn the_comparison_finds_no_difference_between_equals_and_one_between_others() {
    assert!(twin::compare(law, 200, 4).is_ok() && twin::compare_with_ledger(law, 200, 4).is_ok());
    let leaks = |programme: &Programme, as_of: &str, ledger: Option<&Output>| {
        settle(programme, as_of, ledger, Misreading::LateFactsLeak)
    };
    assert!(twin::compare(leaks, 200, 4).is_err());
}

#[test]
fn postings_add_up_to_what_is_owed() {
    let programmes = prop_oneof![2 => settled(), 1 => owing(), 1 => granting(), 1 => counted()];
    runs::each(runs::count(3_000), 5, programmes, |case| {
        let output = law(&case.programme, &case.as_of, None);
        for contract in &case.programme.contracts {
            let mut posted: BTreeMap<_, i128> = BTreeMap::new();
            for settlement in output.settlements.iter().filter(|row| row.contract == contract.id) {
                let k = settlement.settlement;
                let mut total = 0;
                for row in output.postings.iter().filter(|row| row.contract == contract.id && row.settlement == k) {
                    let amount = minor_units(contract, &row.amount);
                    *posted.entry((row.charge.clone(), row.subject.clone(), row.unit.clone())).or_default() += amount;
                    total += amount;
                }
                posted.retain(|_, sum| *sum != 0);
                assert_eq!(minor_units(contract, &settlement.total), total);
                assert_eq!(posted, owed(&case.programme, contract, k), "{} settlement {k}", contract.id);
            }
        }
    });
}

#[test]
fn a_later_as_of_day_only_adds_settlements() {
    runs::each(runs::count(1_000), 6, settled(), |case| {
        let early = Day::parse(&case.as_of).unwrap().plus(-45).to_string();
        let (first, then) = (law(&case.programme, &early, None), law(&case.programme, &case.as_of, None));
        let settled = |row: &(&String, u32)| first.settlements.iter().any(|s| (&s.contract, s.settlement) == *row);
        let settlements = then.settlements.iter().filter(|row| settled(&(&row.contract, row.settlement)));
        assert!(settlements.eq(&first.settlements));
        let postings = then.postings.iter().filter(|row| settled(&(&row.contract, row.settlement)));
        assert!(postings.eq(&first.postings));
    });
}

#[test]
fn with_its_own_ledger_a_run_goes_on_as_without() {
    runs::each(runs::count(1_000), 7, resettled(), |case| {
        let ledger = law(&case.first.programme, &case.first.as_of, None);
        // The ledger stands unchanged, whatever the amendment.
        let then = law(&case.then.programme, &case.then.as_of, Some(&ledger));
        assert!(ledger.settlements.iter().all(|row| then.settlements.contains(row)));
        assert!(ledger.postings.iter().all(|row| then.postings.contains(row)));
        // And a run on its own ledger gives what a replay gives.
        let replay = law(&case.then.programme, &case.then.as_of, None);
        let early = law(&case.then.programme, &case.first.as_of, None);
        assert_eq!(law(&case.then.programme, &case.then.as_of, Some(&early)), replay);
    });
}

#[test]
fn a_random_programme_survives_printing_and_reading() {
    runs::each(100, 8, settled(), |case| {
        for spelling in [Spelling::Toml, Spelling::Json] {
            let folder = tempfile::tempdir().unwrap();
            print::programme(&case.programme, spelling).write(folder.path());
            assert_eq!(read::programme(folder.path()), case.programme);
        }
    });
}

/// Every day of three centuries, against another calendar.
#[test]
fn the_tests_own_calendar_is_the_civil_one() {
    use chrono::Datelike;
    let mut civil = chrono::NaiveDate::from_ymd_opt(1850, 1, 1).unwrap();
    let mut day = Day::from_civil(1850, 1, 1);
    while civil.year() < 2150 {
        assert_eq!(day.civil(), (i64::from(civil.year()), i64::from(civil.month()), i64::from(civil.day())));
        assert_eq!(Day::parse(&civil.to_string()), Some(day));
        assert_eq!(day.to_string(), civil.to_string());
        (civil, day) = (civil.succ_opt().unwrap(), day.next());
    }
}

/// Programmes with adjustments, in versions, with what the payee owes or is granted before, with gates, payrolls and benefits come to
/// all that is interesting about them, and survive printing and reading.
#[test]
fn random_programmes_are_adjusted_and_amended_in_all_ways() {
    let kinds = [
        (adjusted().boxed(), ADJUSTED, 10),
        (versioned().boxed(), VERSIONS, 11),
        (owing().boxed(), OWING, 13),
        (granting().boxed(), GRANTING, 14),
        (gated().boxed(), GATED, 16),
        (payrolled().boxed(), PAYROLL, 12),
        (counted().boxed(), COUNTED, 21),
        (saving().boxed(), SAVING, 25),
        (placed().boxed(), PLACES, 27),
        (aimed().boxed(), GOALS, 29),
    ];
    for (programmes, least, seed) in kinds {
        let mut health = Health::default();
        let mut nth = 0;
        runs::each(runs::count(2_000), seed, programmes, |case| {
            health.add(settle_traced(&case.programme, &case.as_of, None, Misreading::None).1);
            nth += 1;
            if nth % 20 == 0 {
                let folder = tempfile::tempdir().unwrap();
                print::programme(&case.programme, Spelling::Json).write(folder.path());
                assert_eq!(read::programme(folder.path()), case.programme);
            }
        });
        println!("{health}");
        let ill = health.ill(least);
        assert!(ill.is_empty(), "{}", ill.join("\n"));
    }
}

/// Mechanisms 9.2: what was settled at the time stands, whatever was agreed since, and a run on its own ledger gives what a replay
/// gives.
#[test]
fn with_its_own_ledger_a_contract_in_versions_goes_on_as_without() {
    let programmes = prop_oneof![2 => reversioned(), 1 => reowing(), 1 => recounted()];
    runs::each(runs::count(1_500), 12, programmes, |case| {
        let ledger = law(&case.first.programme, &case.first.as_of, None);
        let then = law(&case.then.programme, &case.then.as_of, Some(&ledger));
        assert!(ledger.settlements.iter().all(|row| then.settlements.contains(row)));
        let early = law(&case.then.programme, &case.first.as_of, None);
        let replay = law(&case.then.programme, &case.then.as_of, None);
        assert_eq!(law(&case.then.programme, &case.then.as_of, Some(&early)), replay);
    });
}
