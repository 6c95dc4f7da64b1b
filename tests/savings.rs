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
