//! The engine on every case folder: the rules' fixtures, and the cases kept beside the project where they are there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[cfg(feature = "cli")]
#[path = "common/place.rs"]
mod place;
use crate::support;

use support::{cases, values};

#[test]
fn every_case_is_settled_as_its_notes_say() {
    let cases = cases::all();
    assert!(cases.len() >= 40, "the fixtures of the rules are there");
    let mut wrong = Vec::new();
    for case in cases {
        let output = values::settle(&case.programme, &case.as_of, None);
        let differences = case.expected.differences(&output, "expected", "engine");
        if !differences.is_empty() {
            wrong.push(format!("{}:\n{}", case.name, differences.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// 10.4: going on from a ledger gives what a replay gives, from every settlement of every case.
#[test]
fn every_case_gone_on_from_any_of_its_settlements_ends_the_same() {
    let mut wrong = Vec::new();
    for case in cases::all() {
        let last = case.expected.settlements.iter().map(|row| row.settlement).max().unwrap_or(0);
        for k in 1..last {
            let mut ledger = case.expected.clone();
            ledger.settlements.retain(|row| row.settlement <= k);
            ledger.postings.retain(|row| row.settlement <= k);
            let output = values::settle(&case.programme, &case.as_of, Some(&ledger));
            let differences = case.expected.differences(&output, "expected", "engine");
            if !differences.is_empty() {
                wrong.push(format!("{} from settlement {k}:\n{}", case.name, differences.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The command writes what was worked by hand, byte for byte.
#[test]
#[cfg(feature = "cli")]
fn every_case_that_is_invoiced_has_the_documents_of_its_notes() {
    let mut cases = cases::all();
    cases.retain(|case| case.documents.is_some());
    assert!(cases.len() >= 6, "the fixtures of documents are there");
    let mut wrong = Vec::new();
    for case in cases {
        let out = tempfile::tempdir().unwrap();
        let programme = case.folder.join("programme").to_string_lossy().into_owned();
        let (to, as_of) = (out.path().join("out"), case.as_of.as_str());
        let run = place::effekt(&["invoice", &programme, "--as-of", as_of, "--out", to.to_str().unwrap(), "--quiet"]);
        assert_eq!(run.status, 0, "{}: {}", case.name, run.err);
        for file in ["settlements.csv", "postings.csv", "documents.csv", "document-postings.csv"] {
            let expected = std::fs::read_to_string(case.folder.join("expected").join(file)).unwrap();
            let written = std::fs::read_to_string(to.join(file)).unwrap();
            if expected != written {
                wrong.push(format!("{}: {file}\nexpected:\n{expected}\nwritten:\n{written}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
