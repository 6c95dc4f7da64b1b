//! The roll of mechanisms: what the engine can pay for is one file and one line each, and each has its figures.

use crate::files;
use crate::rust::code;
use effekt::formats::{Source, read_contract};
use std::collections::BTreeMap;

/// The fewest postings checked by hand that each mechanism has in the fixtures.
const FIGURES: usize = 15;

/// The mechanisms by their files: those of `src/charge` that accrue entitlements.
fn mechanisms() -> Vec<String> {
    let mut files = files::rust("src/charge");
    files.retain(|file| code(&file.text).contains("pub fn accrue("));
    files.iter().map(|file| file.path["src/charge/".len()..].trim_end_matches(".rs").to_owned()).collect()
}

/// `sustained_outcome` is listed as `SustainedOutcome`.
fn listed_as(file: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    file.split('_').map(capital).collect()
}

#[test]
fn every_mechanism_is_on_the_roll_and_nothing_else_is() {
    let door = code(&files::read("src/charge/mod.rs"));
    let roll = door.split_once("pub enum Mechanism {").and_then(|(_, rest)| rest.split_once('}')).expect("the roll").0;
    let listed: Vec<&str> = roll.split(',').map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut wanted: Vec<String> = mechanisms().iter().map(|file| format!("{0}({0})", listed_as(file))).collect();
    wanted.sort();
    assert_eq!(listed, wanted, "the roll in src/charge/mod.rs and the files of src/charge");
}

#[test]
fn every_mechanism_has_figures_that_were_checked_by_hand() {
    let mut figures: BTreeMap<String, usize> = mechanisms().into_iter().map(|file| (file, 0)).collect();
    for postings in files::worked().iter().filter(|file| file.path.ends_with("expected/postings.csv")) {
        let case = postings.path.trim_end_matches("expected/postings.csv");
        let types = types(&format!("{case}programme/contracts"));
        for row in postings.text.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let file = types.get(&(cells[0].to_owned(), cells[2].to_owned())).unwrap_or_else(|| panic!("{case}: {row}"));
            *figures.get_mut(file).unwrap_or_else(|| panic!("{file} is no mechanism")) += 1;
        }
    }
    let few: Vec<_> = figures.iter().filter(|(_, count)| **count < FIGURES).collect();
    assert!(figures.len() >= 4 && few.is_empty(), "fewer than {FIGURES} figures: {few:?}");
}

/// For each contract and charge of a folder the file of its mechanism.
fn types(folder: &str) -> BTreeMap<(String, String), String> {
    let (mechanisms, mut types) = (mechanisms(), BTreeMap::new());
    for file in files::below(folder) {
        let read = read_contract(&Source::new(file.path.clone(), file.text));
        let contract = read.contract.unwrap_or_else(|| panic!("{}: {:?}", file.path, read.diagnostics));
        for charge in contract.charges {
            // Printed, a mechanism begins with its name on the roll.
            let printed = format!("{:?}", charge.mechanism);
            let mechanism = mechanisms.iter().find(|file| printed.starts_with(&format!("{}(", listed_as(file))));
            let mechanism = mechanism.unwrap_or_else(|| panic!("no file holds {printed}"));
            types.insert((contract.id.to_string(), charge.id.to_string()), mechanism.clone());
        }
    }
    types
}
