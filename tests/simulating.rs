//! Settling without paying: every output says so, and nothing goes on from it that is paid by.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/place.rs"]
mod place;

use place::{FILES, Place, Run, effekt};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const MARK: &str = "Simulated \u{2013} not to be paid";
const MARKED: &str = "SIMULATED.txt";

fn text(place: &Place, path: &str) -> String {
    fs::read_to_string(place.path(path)).unwrap()
}

fn statement(place: &Place, out: &str, more: &[&str]) -> Run {
    let (programme, out) = (place.text("programme"), place.text(out));
    let asked = ["statement", &programme, "--as-of", "2018-12-31", "--out", &out];
    effekt(&asked.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
}

/// The tables are those of a settlement; the mark stands in the JSON, beside the tables and on the last line.
#[test]
fn a_simulation_says_so_and_pays_the_same() {
    let place = Place::new();
    assert_eq!(place.settle("paid", &[]).status, 0);
    let run = place.settle("tried", &["--simulate"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.last().ends_with(&format!("; {MARK}")), "{}", run.last());
    for table in &FILES[..2] {
        assert_eq!(text(&place, &format!("tried/{table}")), text(&place, &format!("paid/{table}")), "{table}");
    }
    let json: Value = serde_json::from_str(&text(&place, "tried/settlements.json")).unwrap();
    assert_eq!(json["simulated"], true);
    assert_eq!(
        text(&place, "tried/settlements.json").replacen("\"simulated\":true,\n", "", 1),
        text(&place, "paid/settlements.json")
    );
    assert_eq!(text(&place, &format!("tried/{MARKED}")), format!("{MARK}\nSimuleret \u{2013} skal ikke betales\n"));
    assert!(!place.path("paid").join(MARKED).exists() && !text(&place, "paid/settlements.json").contains("simulated"));
    let json = place.settle("again", &["--simulate", "--format", "json"]);
    assert!(json.last().ends_with("\"simulated\":true}"), "{}", json.last());
}

#[test]
fn every_page_of_a_simulation_says_so() {
    let place = Place::new();
    for (out, more, mark) in
        [("en", ["--lang", "en"], MARK), ("da", ["--lang", "da"], "Simuleret \u{2013} skal ikke betales")]
    {
        let run = statement(&place, out, &[&more[..], &["--simulate"]].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        assert!(run.last().contains(MARK), "{}", run.last());
        let pages: BTreeMap<String, Vec<u8>> = place.files(out);
        assert!(pages.len() > 3 && pages.contains_key(MARKED));
        for (name, page) in pages.iter().filter(|(name, _)| name.ends_with(".html")) {
            assert!(
                String::from_utf8_lossy(page).contains(&format!("<p class=\"simulated\" role=\"note\">{mark}</p>")),
                "{name}"
            );
        }
    }
    assert_eq!(statement(&place, "paid", &[]).status, 0);
    assert!(place.files("paid").values().all(|page| !String::from_utf8_lossy(page).contains(MARK)));
}

#[test]
fn an_explanation_of_a_simulation_says_so() {
    let place = Place::new();
    let programme = place.text("programme");
    let asked = ["explain", &programme, "--as-of", "2018-12-31", "--contract", "home"];
    let (plain, marked) = (effekt(&asked), effekt(&[&asked[..], &["--simulate"]].concat()));
    assert_eq!(marked.out, format!("{MARK}\n\n{}", plain.out));
}

/// A simulation goes on from a simulation; what is paid by and what is simulated never go on from one another.
#[test]
fn ledgers_of_the_two_kinds_do_not_mix() {
    let place = Place::new();
    assert_eq!(place.settle("paid", &[]).status, 0);
    assert_eq!(place.settle("tried", &["--simulate"]).status, 0);
    let go_on =
        |out: &str, ledger: &str, more: &[&str]| place.settle(out, &[&["--ledger", &place.text(ledger)], more].concat());
    let on = go_on("tried-on", "tried", &["--simulate"]);
    assert_eq!(on.status, 0, "{}", on.err);
    assert_eq!(text(&place, "tried-on/postings.csv"), text(&place, "tried/postings.csv"));
    for (ledger, more) in [("tried", [].as_slice()), ("paid", &["--simulate"])] {
        let run = go_on(&format!("{ledger}-on-wrongly"), ledger, more);
        assert!(run.status == 1 && run.err.contains("error[E705]"), "{ledger}: {}", run.err);
        let before = place.files(ledger);
        let run = go_on(ledger, ledger, more);
        assert!(run.status == 1 && run.err.contains("error[E705]"), "{ledger}: {}", run.err);
        assert_eq!(place.files(ledger), before, "{ledger} is as it was");
    }
    let run = statement(&place, "pages", &["--ledger", &place.text("tried")]);
    assert!(run.status == 1 && run.err.contains("error[E705]"), "{}", run.err);
    // Without settlements.json the mark beside the tables still says so.
    fs::remove_file(place.path("tried/settlements.json")).unwrap();
    let run = go_on("lost", "tried", &[]);
    assert!(run.status == 1 && run.err.contains("error[E705]"), "{}", run.err);
}

#[test]
fn a_folder_holds_one_kind_only() {
    let place = Place::new();
    assert_eq!(place.settle("paid", &[]).status, 0);
    assert_eq!(place.settle("tried", &["--simulate"]).status, 0);
    for (out, more) in [("paid", ["--simulate"].as_slice()), ("tried", &[])] {
        let before = place.files(out);
        assert_eq!(place.settle(out, more).status, 2, "{out}");
        assert_eq!(statement(&place, out, more).status, 2, "{out}");
        assert_eq!(place.files(out), before, "{out} is as it was");
    }
    assert_eq!(place.settle("tried", &["--simulate"]).status, 0);
    assert_eq!(place.settle("paid", &[]).status, 0);
}

/// An e-invoice that could be sent is never made of a simulation.
#[test]
fn a_simulation_is_not_invoiced() {
    let place = Place::new();
    let (programme, out) = (place.text("programme"), place.text("out"));
    let asked = ["invoice", &programme, "--as-of", "2018-12-31", "--out", &out];
    let run = effekt(&[&asked[..], &["--simulate"]].concat());
    assert!(run.status == 2 && run.err.contains("a simulation is not invoiced"), "{}", run.err);
    assert!(!place.path("out").exists());
    assert_eq!(place.settle("tried", &["--simulate"]).status, 0);
    let run = effekt(&[&asked[..], &["--ledger", &place.text("tried")]].concat());
    assert!(run.status == 1 && run.err.contains("error[E705]"), "{}", run.err);
    assert!(!place.path("out/peppol").exists());
}
