//! The programmes of real size, through the readers and the engine: what they settle to is kept beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use effekt::formats::{Source, Sources, read};
use effekt::{Day, settle};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn sources(programme: &Path) -> Sources {
    let file = |name: String| Source { bytes: fs::read(programme.join(&name)).unwrap(), name };
    let maybe = |name: &str| programme.join(name).is_file().then(|| file(name.to_owned()));
    let contracts = fs::read_dir(programme.join("contracts")).unwrap();
    Sources {
        contracts: contracts
            .map(|entry| file(format!("contracts/{}", entry.unwrap().file_name().to_str().unwrap())))
            .collect(),
        participants: Some(file("participants.csv".to_owned())),
        companies: Some(file("companies.csv".to_owned())),
        placements: Some(file("placements.csv".to_owned())),
        spells: Some(file("spells.csv".to_owned())),
        hours: maybe("hours.csv"),
        ..Sources::default()
    }
}

/// For each settlement its days, cut-off, postings and total.
fn statement(name: &str) -> String {
    let programme = read(&sources(&folder(name).join("programme")), None, &[]);
    let errors: Vec<String> =
        programme.diagnostics.iter().filter(|found| found.is_error()).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let mut text = "contract,settlement,first_day,last_day,cut_off,earnings,corrections,total\n".to_owned();
    for case in &programme.cases {
        let contract = case.contract.as_ref().unwrap();
        for settlement in settle(contract, &case.facts, Day::parse("2023-12-31").unwrap()) {
            let corrections = settlement.postings().filter(|posting| posting.corrects.is_some()).count();
            let (period, earnings) = (settlement.period, settlement.postings().count() - corrections);
            let total = settlement.total().display(contract.currency);
            let days = period.days;
            writeln!(
                text,
                "{},{},{},{},{},{earnings},{corrections},{total}",
                case.id, period.number, days.first, days.last, period.cut_off
            )
            .unwrap();
        }
    }
    text
}

fn holds(name: &str) {
    let path = folder(name).join("settlements.csv");
    let statement = statement(name);
    if std::env::var_os("EFFEKT_BLESS").is_some() {
        fs::write(&path, &statement).unwrap();
    }
    assert_eq!(statement, fs::read_to_string(&path).unwrap(), "{}", path.display());
}

#[test]
fn vsb_settles_as_kept() {
    holds("vsb");
}

#[test]
fn impact60_settles_as_kept() {
    holds("impact60");
}

/// Worked by hand: its README has the sums.
#[test]
fn flere_skal_med_settles_as_kept() {
    holds("flere-skal-med");
}
