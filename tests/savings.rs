//! What a municipality saves (the page `saving` of the book): the folders worked by hand, byte for byte, and everything of them
//! explained once more.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

#[path = "common/place.rs"]
mod place;

use place::effekt;
use std::fs;
use std::path::Path;

const FOLDERS: [&str; 1] = ["fixtures/mechanisms/24-municipal-saving"];

#[test]
fn the_worked_folders_are_settled_as_their_notes_say() {
    for folder in FOLDERS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let command = fs::read_to_string(folder.join("command.txt")).unwrap();
        let words: Vec<&str> = command.split_whitespace().collect();
        let ["effekt", "settle", "programme", "--as-of", as_of, "--out", "OUT"] = words.as_slice() else {
            panic!("an unusual command: {command}")
        };
        let (programme, out) = (folder.join("programme"), tempfile::tempdir().unwrap());
        let (programme, to) = (programme.to_str().unwrap(), out.path().join("out"));
        let run = effekt(&["settle", programme, "--as-of", as_of, "--out", to.to_str().unwrap(), "--quiet"]);
        assert_eq!(run.status, 0, "{}", run.err);
        for file in ["settlements.csv", "postings.csv"] {
            let expected = fs::read_to_string(folder.join("expected").join(file)).unwrap();
            assert_eq!(expected, fs::read_to_string(to.join(file)).unwrap(), "{}: {file}", folder.display());
        }
    }
}

/// Gone on from each settlement, the ledger ends the same (rule 10.4).
#[test]
fn going_on_from_a_ledger_ends_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mechanisms/24-municipal-saving");
    let programme = folder.join("programme");
    let out = tempfile::tempdir().unwrap();
    let mut ledger: Option<String> = None;
    for as_of in ["2024-04-30", "2024-07-30", "2024-10-30", "2025-01-30", "2025-04-30"] {
        let to = out.path().join(as_of).to_str().unwrap().to_owned();
        let mut arguments = vec!["settle", programme.to_str().unwrap(), "--as-of", as_of, "--out", &to, "--quiet"];
        if let Some(ledger) = &ledger {
            arguments.extend(["--ledger", ledger]);
        }
        let run = effekt(&arguments);
        assert_eq!(run.status, 0, "{}", run.err);
        ledger = Some(to);
    }
    let written = fs::read_to_string(Path::new(&ledger.unwrap()).join("postings.csv")).unwrap();
    assert_eq!(fs::read_to_string(folder.join("expected/postings.csv")).unwrap(), written);
}

/// Without d, whose saving is not known, and with 100,000 paid at the start in place of what each saves: saved are 37, 37, 39 and
/// 34 weeks, by the sums of the folder's notes 67,969.56…, 143,505.38…, 224,554.78… and 298,226.33… in all; paid are
/// 100,000 + 3,700 + 11,804.52, then 3,900 + 12,942.30, then 3,900 − 200 + 13,866.75, then 3,400 + 13,866.75.
#[test]
fn the_business_case_is_what_was_worked_by_hand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mechanisms/24-municipal-saving/programme");
    let temp = tempfile::tempdir().unwrap();
    let programme = temp.path().join("programme");
    fs::create_dir_all(programme.join("contracts")).unwrap();
    for name in ["participants", "companies", "placements", "spells", "benefits"] {
        let text = fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
        let kept = text.lines().filter(|line| !line.starts_with("m24-municipal,d"));
        fs::write(programme.join(format!("{name}.csv")), kept.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    }
    let contract = fs::read_to_string(folder.join("contracts/m24-municipal.toml")).unwrap();
    let own =
        "id = \"saved\"\ntype = \"measured\"\nfigure = \"own\"\nper = \"participant\"\nevery = \"quarter\"\neach = \"1\"";
    assert!(contract.contains(own));
    let fee = "id = \"fee\"\ntype = \"fixed\"\non = [2024-01-15]\namount = 100000";
    fs::write(programme.join("contracts/m24-municipal.toml"), contract.replace(own, fee)).unwrap();
    let out = temp.path().join("out");
    let (from, to) = (programme.to_str().unwrap(), out.to_str().unwrap());
    let run = effekt(&["statement", from, "--as-of", "2025-04-30", "--out", to, "--quiet"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let rows = "contract,quarter,weeks,saving,cumulative_saving,payment,cumulative_payment,balance\n\
        m24-municipal,2024-Q1,37,67969.56,67969.56,115504.52,115504.52,-47534.96\n\
        m24-municipal,2024-Q2,37,75535.82,143505.38,16842.30,132346.82,11158.56\n\
        m24-municipal,2024-Q3,39,81049.40,224554.78,17566.75,149913.57,74641.21\n\
        m24-municipal,2024-Q4,34,73671.56,298226.34,17266.75,167180.32,131046.02\n\
        m24-municipal,2025-Q1,0,0.00,298226.34,0.00,167180.32,131046.02\n";
    assert_eq!(fs::read_to_string(out.join("business-case.csv")).unwrap(), rows);
    let page = |settlement: u32| fs::read_to_string(out.join(format!("m24-municipal-{settlement:02}.html"))).unwrap();
    assert!(page(1).contains("What was paid is not saved yet."));
    assert!(page(2).contains("What was paid was saved by") && page(2).contains("<polyline"));
}

/// A clock that no row gives, a share for no week and a cost that nobody dated are told, and nothing is owed.
#[test]
fn what_is_missing_leaves_the_figure_unknown() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mechanisms/24-municipal-saving/programme");
    let contract = fs::read_to_string(folder.join("contracts/m24-municipal.toml")).unwrap();
    let cases = [
        ("weeks = { from = 53 }", "weeks = { from = 53, below = 70 }", "what the state refunds in week 70 of the clock", 3),
        ("weekly = 2000\n", "weekly = 2000\nvalid = { from = 2024-02-01 }\n", "what `flex-job` costs then", 4),
        ("01-01, until = 2024-12-31 }\nmonthly", "02-01, until = 2024-12-31 }\nmonthly", "what `cash-benefit-30` pays", 2),
    ];
    for (what, otherwise, said, left) in cases {
        let temp = tempfile::tempdir().unwrap();
        let programme = temp.path().join("programme");
        fs::create_dir_all(programme.join("contracts")).unwrap();
        for name in ["participants", "companies", "placements", "spells", "benefits"] {
            fs::copy(folder.join(format!("{name}.csv")), programme.join(format!("{name}.csv"))).unwrap();
        }
        assert!(contract.contains(what), "{what}");
        fs::write(programme.join("contracts/m24-municipal.toml"), contract.replace(what, otherwise)).unwrap();
        let out = temp.path().join("out");
        let (from, to) = (programme.to_str().unwrap(), out.to_str().unwrap());
        let run = effekt(&["settle", from, "--as-of", "2024-04-30", "--out", to]);
        assert_eq!(run.status, 0, "{}", run.err);
        assert!(run.err.lines().any(|line| line.starts_with("warning[W482]") && line.contains(said)), "{said}: {}", run.err);
        let posted = fs::read_to_string(out.join("postings.csv")).unwrap();
        assert_eq!(posted.lines().count(), left + 1, "{said}: {posted}");
    }
}
