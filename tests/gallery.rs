//! The gallery: for every code a programme folder that provokes it and nothing else, with what is said about it, for people
//! and for programs. `EFFEKT_BLESS=1 cargo test --all-features --test gallery` records the outputs anew; look at the
//! difference before you commit it.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "common/place.rs"]
mod place;

use effekt::Code;
use place::effekt;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the command says about a folder: its findings for people and, line by line, for programs. It is checked, or what its
/// `arguments.txt` says is done with it, going on from its `ledger` if it has one.
fn provoke(folder: &Path) -> (String, String) {
    let asked = fs::read_to_string(folder.join("arguments.txt")).unwrap_or_else(|_| "check".to_owned());
    let (out, ledger) = (tempfile::tempdir().unwrap(), folder.join("ledger"));
    let said = |format: &str| {
        let mut arguments: Vec<&str> = asked.split_whitespace().collect();
        if ["settle", "invoice", "distribute"].contains(&arguments[0]) {
            arguments.extend(["--out", out.path().to_str().unwrap()]);
        }
        if ledger.is_dir() {
            arguments.extend(["--ledger", ledger.to_str().unwrap()]);
        }
        arguments.extend([folder.to_str().unwrap(), "--format", format]);
        let run = effekt(&arguments);
        let (findings, _counts) = run.err.trim_end().rsplit_once('\n').unwrap_or_default();
        if findings.is_empty() { String::new() } else { format!("{findings}\n") }
    };
    (said("human"), said("json"))
}

/// The findings as programs read them.
fn findings(folder: &Path) -> Vec<Value> {
    provoke(folder).1.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn folders() -> Vec<PathBuf> {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/errors");
    let mut folders: Vec<PathBuf> = fs::read_dir(gallery).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

fn code(folder: &Path) -> String {
    folder.file_name().unwrap().to_str().unwrap().split('-').next().unwrap().to_owned()
}

#[test]
fn every_code_is_in_the_gallery() {
    let shown: BTreeSet<String> = folders().iter().map(|folder| code(folder)).collect();
    let missing: Vec<&str> = Code::ALL.iter().map(|code| code.id()).filter(|id| !shown.contains(*id)).collect();
    assert!(missing.is_empty(), "no folder provokes {missing:?}");
    let unknown: Vec<&String> = shown.iter().filter(|id| !Code::ALL.iter().any(|code| code.id() == **id)).collect();
    assert!(unknown.is_empty(), "these are no codes: {unknown:?}");
}

/// What cannot be provoked alone: a step is spent only where the rate card has a hole.
const TOGETHER: [(&str, &str); 1] = [("N606", "W470")];

#[test]
fn every_folder_provokes_its_code_and_nothing_else() {
    for folder in folders() {
        let (own, found) = (code(&folder), findings(&folder));
        assert!(found.iter().any(|finding| finding["code"] == *own), "{} does not provoke it", folder.display());
        for finding in &found {
            let together = TOGETHER.iter().any(|(one, other)| own == **one && finding["code"] == **other);
            assert!(together || finding["code"] == *own, "{}: {finding}", folder.display());
        }
    }
}

#[test]
fn what_is_said_is_what_was_recorded() {
    let mut differing = Vec::new();
    for folder in folders() {
        let (human, json) = provoke(&folder);
        for (name, now) in [("output.txt", human), ("output.jsonl", json)] {
            let path = folder.join(name);
            if std::env::var_os("EFFEKT_BLESS").is_some() {
                fs::write(&path, &now).unwrap();
            }
            let recorded = fs::read_to_string(&path).unwrap_or_default();
            if recorded != now {
                differing.push(format!("{}\n--- recorded\n{recorded}\n--- now\n{now}", path.display()));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The style of messages: one sentence, lower case, no full stop, no name out of the program.
#[test]
fn messages_are_written_for_the_case_worker() {
    for folder in folders() {
        for finding in findings(&folder) {
            let message = finding["message"].as_str().unwrap();
            assert!(!message.ends_with(['.', '!']), "{message}");
            assert!(!message.chars().next().unwrap().is_uppercase(), "{message}");
            for word in ["u32", "i64", "usize", "String", "Option", "Decimal", "Vec<", "enum", "struct", "null pointer"] {
                assert!(!message.contains(word), "{message}");
            }
            assert!(finding["help"].is_string(), "without help: {message}");
        }
    }
}
