//! Forecasts of the contracts of the fixtures: whatever future is played out, what is paid in the end lies between the bounds.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "common/forecast_law.rs"]
mod forecast_law;
#[path = "common/future.rs"]
mod future;

use effekt::contract::Calendar;
use effekt::forecast::{Forecast, Line, forecast};
use effekt::formats::{self, Programme, Source, Sources};
use effekt::{Contract, Day, Facts};
use forecast_law::{Maker, Met, holds, right};
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
        benefits: sheet("benefits.csv"),
        places: sheet("places.csv"),
        goals: sheet("goals.csv"),
        indicators: sheet("indicators.csv"),
        payments: None,
        funding: None,
    };
    formats::read(&sources, None, &[])
}

/// Tries every contract as of some days of its life, told until the last settlement, until the as-of day, and some days before.
fn hold(folders: &[&str], days: usize) -> Met {
    let (met, wrong) = try_all(&right, folders, days, usize::MAX);
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    println!("{met:?}");
    met
}

/// What does not hold, up to so much.
fn try_all(make: &Maker, folders: &[&str], days: usize, most: usize) -> (Met, Vec<String>) {
    let (mut met, mut wrong) = (Met::default(), Vec::new());
    for (name, programme) in programmes(folders) {
        for case in programme.cases.iter().filter(|case| !case.refused) {
            let Some(contract) = &case.contract else { continue };
            let last = Calendar::new(contract).last().unwrap().cut_off;
            let all = last.days_since(contract.starts);
            for nth in 0..=days {
                let as_of = contract.starts.plus_days(all * i64::try_from(nth).unwrap() / i64::try_from(days).unwrap());
                let told = [None, Some(as_of), Some(as_of.plus_days(-37))][nth % 3];
                if wrong.len() < most
                    && let Err(said) = holds(make, contract, &case.facts, as_of, told, &mut met)
                {
                    wrong.push(format!("{name} {}: {said}", contract.id));
                }
            }
        }
    }
    (met, wrong)
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

/// A wrong way to read a contract, by its name; and one to work out a line.
type Reading = (&'static str, fn(&mut Contract));
type Working = (&'static str, fn(&mut Line));

/// A forecast that is wrong.
#[derive(Clone, Copy)]
enum Wrong {
    /// The bounds are those of a contract that is read wrongly; what stands is as it is.
    Read(fn(&mut Contract)),
    /// The bounds of each line are worked out wrongly.
    Worked(fn(&mut Line)),
}

impl Wrong {
    fn make<'c>(self, contract: &'c Contract, facts: &Facts, as_of: Day, told: Option<Day>) -> Forecast<'c> {
        let mut said = forecast(contract, facts, as_of, told);
        match self {
            Wrong::Read(change) => {
                let mut misread = contract.clone();
                change(&mut misread);
                misread.versions.iter_mut().for_each(|version| change(&mut version.terms));
                let misread = forecast(&misread, facts, as_of, told);
                let lines = said.charges.iter_mut().chain([&mut said.total]);
                for (line, other) in lines.zip(misread.charges.iter().chain([&misread.total])) {
                    (line.told, line.wide) = (other.told.clone(), other.wide.clone());
                }
            }
            Wrong::Worked(change) => said.charges.iter_mut().chain([&mut said.total]).for_each(change),
        }
        said
    }

    /// In how many cases it does not hold.
    fn found(self) -> usize {
        let make: Box<Maker> = Box::new(move |contract, facts, as_of, told| self.make(contract, facts, as_of, told));
        try_all(&make, &["rules", "mechanisms"], 4, 1).1.len()
    }
}

#[test]
fn wrong_forecasts_are_found_out() {
    let nobody_comes = |contract: &mut Contract| contract.cohort.enrol_until = Some(contract.starts.previous());
    let first_row = |contract: &mut Contract| contract.charges.iter_mut().for_each(|charge| charge.rates.rows.truncate(1));
    let no_adjusting = |contract: &mut Contract| contract.charges.iter_mut().for_each(|charge| charge.adjust.clear());
    let half_a_limit = |contract: &mut Contract| {
        for limit in &mut contract.limits {
            if let effekt::contract::Bound::Amount(most) = &mut limit.bound {
                *most = effekt::Money::from_minor(most.minor() / 2);
            }
        }
    };
    let one_step = |contract: &mut Contract| {
        for charge in &mut contract.charges {
            if let effekt::charge::Mechanism::Milestone(terms) = &mut charge.mechanism {
                (terms.then, terms.repeat) = (None, 0);
            }
        }
    };
    let no_bands_but_one = |contract: &mut Contract| {
        for charge in &mut contract.charges {
            if let effekt::charge::Mechanism::Measured(terms) = &mut charge.mechanism {
                terms.scale.bands.truncate(1);
            }
        }
    };
    let too_late = |contract: &mut Contract| contract.settlement.reporting_days = 0;
    let changes: [Reading; 7] = [
        ("nobody comes", nobody_comes),
        ("the first row", first_row),
        ("nothing is adjusted", no_adjusting),
        ("half a limit", half_a_limit),
        ("one step", one_step),
        ("one band", no_bands_but_one),
        ("told too early", too_late),
    ];
    for (what, change) in changes {
        let wrong = Wrong::Read(change);
        assert!(wrong.found() > 0, "{what} is not found out");
    }
    let lines: [Working; 3] = [
        ("the highest is what stands", |line| line.told.highest = Ok(line.stands)),
        ("the lowest is what stands", |line| line.told.lowest = Ok(line.stands)),
        ("the payee owes nothing back", |line| line.wide.lowest = line.wide.lowest.map(|lowest| lowest.max(line.settled))),
    ];
    for (what, change) in lines {
        assert!(Wrong::Worked(change).found() > 0, "{what} is not found out");
    }
}

#[test]
fn the_worked_forecasts_come_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/forecast/budget");
    let as_of = Day::parse("2018-08-15").unwrap();
    let programme = programme(&folder.join("programme"));
    assert!(programme.diagnostics.iter().all(|found| !found.is_error()), "{:?}", programme.diagnostics);
    let cases = programme.cases.iter();
    let forecasts: Vec<Forecast<'_>> =
        cases.map(|case| forecast(case.contract.as_ref().unwrap(), &case.facts, as_of, None)).collect();
    let expected = |name: &str| fs::read_to_string(folder.join("expected").join(name)).unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    for (name, bytes) in formats::forecast::files(&forecasts).unwrap() {
        assert_eq!(text(bytes), expected(name), "{name}");
    }
}

/// What the command says to these arguments, and its exit status.
#[cfg(feature = "cli")]
fn run(arguments: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = ["effekt", "forecast"].iter().chain(arguments).map(std::ffi::OsString::from);
    let status = effekt::cli::run(words, &mut out, &mut err, false);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[cfg(feature = "cli")]
#[test]
fn the_command_writes_all_files_or_tells_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/forecast/budget");
    let programme = folder.join("programme").display().to_string();
    let expected = |name: &str| fs::read_to_string(folder.join("expected").join(name)).unwrap();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let (status, told, found) = run(&[&programme, "--as-of", "2018-08-15", "--out", out.to_str().unwrap()]);
    assert_eq!((status, told.as_str()), (0, ""), "{found}");
    for name in ["forecast.csv", "years.csv", "payers.csv", "rooms.csv"] {
        assert_eq!(fs::read_to_string(out.join(name)).unwrap(), expected(name));
    }
    for lang in ["en", "da"] {
        let (status, told, found) = run(&[&programme, "--as-of", "2018-08-15", "--lang", lang]);
        assert_eq!(status, 0, "{found}");
        assert_eq!(told, expected(&format!("forecast.{lang}.txt")));
    }
    let (status, _, found) = run(&[&programme, "--as-of", "2018-08-15", "--told-until", "2018-08-16"]);
    assert_eq!(status, 2, "{found}");
    let (status, told, _) = run(&[&programme, "--as-of", "2019-04-30", "--contract", "budget"]);
    assert_eq!(status, 0);
    let total = told.lines().find(|line| line.starts_with("all ")).unwrap();
    let sums: Vec<&str> = total.split_whitespace().skip(1).collect();
    assert!(sums.iter().all(|sum| *sum == sums[0]), "nothing is open after the last cut-off: {total}");
}
