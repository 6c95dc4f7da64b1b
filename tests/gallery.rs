//! The gallery: for every code a programme folder that provokes it and nothing else, with what is said about it, for people
//! and for programs. `EFFEKT_BLESS=1 cargo test --all-features --test gallery` records the outputs anew; look at the
//! difference before you commit it.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod common;

use effekt::formats::Sources;
use effekt::{Code, Diagnostic, formats};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes that reading the files alone never gives: they need a settlement, a ledger, or a folder.
const BY_SETTLING: [Code; 17] = [
    Code::NameNeverRecorded,
    Code::SpellShortened,
    Code::SpellSetAside,
    Code::WaitsToTheLast,
    Code::SpellOutsideTerm,
    Code::CompanyNeverJoins,
    Code::Waits,
    Code::TooLate,
    Code::OtherTargetGroup,
    Code::EnrolledOutside,
    Code::BeyondCohort,
    Code::StepSpent,
    Code::LedgerDiffers,
    Code::LedgerUnreadable,
    Code::LedgerCalendar,
    Code::LedgerWithoutGrounds,
    Code::NotRead,
];

/// What is said about a programme.
fn provoke(sources: &Sources) -> Vec<Diagnostic> {
    formats::read(sources, None, &[]).diagnostics
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
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !BY_SETTLING.contains(code))
        .map(|code| code.id())
        .filter(|id| !shown.contains(*id))
        .collect();
    assert!(missing.is_empty(), "no folder provokes {missing:?}");
    let unknown: Vec<&String> = shown.iter().filter(|id| !Code::ALL.iter().any(|code| code.id() == **id)).collect();
    assert!(unknown.is_empty(), "these are no codes: {unknown:?}");
}

#[test]
fn every_folder_provokes_its_code_and_nothing_else() {
    for folder in folders() {
        let found = provoke(&common::sources(&folder));
        assert!(!found.is_empty(), "{} provokes nothing", folder.display());
        for diagnostic in &found {
            assert_eq!(diagnostic.code.id(), code(&folder), "{}: {diagnostic}", folder.display());
        }
    }
}

#[test]
fn what_is_said_is_what_was_recorded() {
    let mut differing = Vec::new();
    for folder in folders() {
        let sources = common::sources(&folder);
        let found = provoke(&sources);
        for (name, now) in [("output.txt", common::human(&found, &sources)), ("output.jsonl", common::json(&found))] {
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
        for diagnostic in provoke(&common::sources(&folder)) {
            let message = &diagnostic.message;
            assert!(!message.ends_with(['.', '!']), "{message}");
            assert!(!message.chars().next().unwrap().is_uppercase(), "{message}");
            for word in ["u32", "i64", "usize", "String", "Option", "Decimal", "Vec<", "enum", "struct", "null pointer"] {
                assert!(!message.contains(word), "{message}");
            }
            assert!(diagnostic.help.is_some(), "without help: {message}");
        }
    }
}
