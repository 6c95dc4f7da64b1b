//! The twin through files: random programmes are written as a person would, contracts in TOML or in JSON and facts in CSV,
//! settled by the command, and what it writes is read back and held against the oracle. So the readers, the ledger and the
//! writers are part of what agrees.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use proptest::prelude::prop_oneof;
use std::cell::Cell;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use support::arbitrary::{gated_alone, payrolled, plainly_counted, plainly_granting, plainly_owing, plainly_saving};
use support::output::Output;
use support::print::{self, Spelling};
use support::programme::Programme;
use support::{read, runs, twin};

fn settle(folder: &Path, programme: &Programme, as_of: &str, ledger: Option<&Output>, spelling: Spelling) -> Output {
    let (input, made, out) = (folder.join("programme"), folder.join("ledger"), folder.join("out"));
    for old in [&input, &made, &out] {
        let _ = fs::remove_dir_all(old);
    }
    fs::create_dir_all(&input).unwrap();
    print::programme(programme, spelling).write(&input);
    let mut arguments: Vec<OsString> =
        ["effekt", "settle", "--quiet", "--threads", "1", "--as-of", as_of].map(OsString::from).to_vec();
    arguments.extend([input.into(), "--out".into(), out.clone().into()]);
    if let Some(ledger) = ledger {
        fs::create_dir(&made).unwrap();
        let rows = |header: &str, rows: Vec<String>| {
            format!("{header}\n{}", rows.iter().map(|row| format!("{row}\n")).collect::<String>())
        };
        let settlements = ledger.settlements.iter().map(support::output::SettlementRow::text).collect();
        let postings = ledger.postings.iter().map(support::output::PostingRow::text).collect();
        fs::write(made.join("settlements.csv"), rows("contract,settlement,first_day,last_day,cut_off,total", settlements))
            .unwrap();
        let header = "contract,settlement,charge,subject,unit,posting,earned_on,quantity,rate,amount,corrects,cut,cut_by";
        fs::write(made.join("postings.csv"), rows(header, postings)).unwrap();
        arguments.extend(["--ledger".into(), made.into()]);
    }
    let (mut said, mut found) = (Vec::new(), Vec::new());
    let status = effekt::cli::run(arguments, &mut said, &mut found, false);
    assert_eq!(status, 0, "{}", String::from_utf8_lossy(&found));
    let json: serde_json::Value = serde_json::from_slice(&fs::read(out.join("settlements.json")).unwrap()).unwrap();
    let output = read::output(&out);
    let postings: Vec<String> = output.postings.iter().map(support::output::PostingRow::text).collect();
    assert_eq!(told(&json), postings, "settlements.json has the postings of postings.csv");
    output
}

/// The postings that `settlements.json` holds, as rows of `postings.csv`.
fn told(json: &serde_json::Value) -> Vec<String> {
    let mut rows = Vec::new();
    for contract in json["contracts"].as_array().unwrap() {
        for settlement in contract["settlements"].as_array().unwrap() {
            let (contract, number) = (contract["contract"].as_str().unwrap(), &settlement["settlement"]);
            for entry in settlement["entries"].as_array().unwrap() {
                let columns: Vec<&str> = (0..11).map(|at| entry[at].as_str().unwrap()).collect();
                if !columns[3].is_empty() {
                    rows.push(format!("{contract},{number},{}", columns.join(",")));
                }
            }
        }
    }
    rows
}

/// TOML and JSON in turn.
fn engine(folder: &Path) -> impl Fn(&Programme, &str, Option<&Output>) -> Output {
    let json = Cell::new(false);
    move |programme, as_of, ledger| {
        json.set(!json.get());
        settle(folder, programme, as_of, ledger, if json.get() { Spelling::Json } else { Spelling::Toml })
    }
}

#[test]
fn the_command_and_the_oracle_agree_on_random_programmes() {
    let folder = tempfile::tempdir().unwrap();
    twin::compare(engine(folder.path()), runs::count(1_000), 3).unwrap_or_else(|error| panic!("{error}"));
}

/// With gates.
#[test]
fn the_command_and_the_oracle_agree_on_gated_programmes() {
    let folder = tempfile::tempdir().unwrap();
    let health = twin::compare_on(gated_alone(), engine(folder.path()), runs::count(1_000) / 2, 5);
    health.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_command_and_the_oracle_agree_on_counted_programmes() {
    let folder = tempfile::tempdir().unwrap();
    let count = runs::count(1_000) / 2;
    twin::compare_on(plainly_counted(), engine(folder.path()), count, 24).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_command_and_the_oracle_agree_on_what_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let count = runs::count(1_000) / 2;
    twin::compare_on(plainly_saving(), engine(folder.path()), count, 27).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_command_and_the_oracle_agree_on_what_is_owed_back() {
    let folder = tempfile::tempdir().unwrap();
    twin::compare_on(prop_oneof![plainly_owing(), plainly_granting()], engine(folder.path()), runs::count(300), 5)
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_command_and_the_oracle_agree_on_payrolls() {
    let folder = tempfile::tempdir().unwrap();
    let count = runs::count(1_000) / 2;
    twin::compare_on(payrolled(), engine(folder.path()), count, 5).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_command_and_the_oracle_agree_with_a_ledger() {
    let folder = tempfile::tempdir().unwrap();
    twin::compare_with_ledger(engine(folder.path()), runs::count(1_000) / 2, 4).unwrap_or_else(|error| panic!("{error}"));
}
