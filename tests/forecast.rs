//! Forecasts of the contracts of the fixtures: whatever future is played out, what is paid in the end lies between the bounds.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "common/forecast_law.rs"]
mod forecast_law;
#[path = "common/future.rs"]
mod future;

use effekt::contract::Calendar;
use effekt::formats::{self, Programme, Source, Sources};
use forecast_law::{Met, holds, right};
use std::fs;
use std::path::{Path, PathBuf};

/// The programmes of some folders of the fixtures, by name.
fn programmes(folders: &[&str]) -> Vec<(String, Programme)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(fixtures.join(folder)).unwrap().map(|entry| entry.unwrap().path().join("programme"));
        found.extend(entries.filter(|path| path.is_dir()));
        found.extend(Some(fixtures.join(folder).join("programme")).filter(|path| path.is_dir()));
    }
    found.sort();
    found.into_iter().map(|path| (path.display().to_string(), programme(&path))).collect()
}

fn programme(folder: &Path) -> Programme {
    let sheet = |name: &str| fs::read_to_string(folder.join(name)).ok().map(|text| Source::new(name, text));
    let contracts = fs::read_dir(folder.join("contracts")).unwrap().map(|entry| entry.unwrap().path());
    let contract = |path: PathBuf| {
        let name = format!("contracts/{}", path.file_name().unwrap().to_str().unwrap());
        Source::new(name, fs::read_to_string(path).unwrap())
    };
    let sources = Sources {
        contracts: contracts.map(contract).collect(),
        participants: sheet("participants.csv"),
        companies: sheet("companies.csv"),
        placements: sheet("placements.csv"),
        spells: sheet("spells.csv"),
        hours: sheet("hours.csv"),
        measurements: sheet("measurements.csv"),
        suspensions: sheet("suspensions.csv"),
        validation: sheet("validation.csv"),
        payments: None,
    };
    formats::read(&sources, None, &[])
}

/// Tries every contract as of some days of its life, told until the last settlement, until the as-of day, and some days before.
fn hold(folders: &[&str], days: usize) -> Met {
    let mut met = Met::default();
    let mut wrong = Vec::new();
    for (name, programme) in programmes(folders) {
        for case in programme.cases.iter().filter(|case| !case.refused) {
            let Some(contract) = &case.contract else { continue };
            let last = Calendar::new(contract).last().unwrap().cut_off;
            let all = last.days_since(contract.starts);
            for nth in 0..=days {
                let as_of = contract.starts.plus_days(all * i64::try_from(nth).unwrap() / i64::try_from(days).unwrap());
                let told = [None, Some(as_of), Some(as_of.plus_days(-37))][nth % 3];
                if let Err(said) = holds(&right, contract, &case.facts, as_of, told, &mut met) {
                    wrong.push(format!("{name} {}: {said}", contract.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    println!("{met:?}");
    met
}

#[test]
fn the_bounds_of_the_rules_hold() {
    let met = hold(&["rules"], 7);
    assert!(met.at_highest > 100 && met.at_lowest > 100, "{met:?}");
}

#[test]
fn the_bounds_of_the_mechanisms_hold() {
    let met = hold(&["mechanisms", "versions"], 7);
    assert!(met.at_highest > 100 && met.at_lowest > 100, "{met:?}");
}

#[test]
fn the_bounds_of_real_contracts_hold() {
    let met = hold(&["contracts"], 4);
    assert!(met.highest * 2 > met.sums, "{met:?}");
}

#[test]
fn the_bounds_of_a_whole_programme_hold() {
    let met = hold(&["vsb", "impact60"], 3);
    assert!(met.highest * 2 > met.sums, "{met:?}");
}
