//! The table of mechanisms and the folders that were worked for it agree, and every real contract says what it proves.

use crate::files;
use std::collections::BTreeMap;
use std::fs;

/// The fewest postings checked by hand that a mechanism has.
const FIGURES: usize = 15;
/// The mechanisms of published contracts.
const MECHANISMS: usize = 43;

/// The lines of a chapter's table, as cells; the first and the last are empty.
fn rows(chapter: &str) -> Vec<Vec<String>> {
    let page = files::read("src/book/mechanisms.md");
    let chapter = page.split("\n# ").find(|part| part.starts_with(&format!("{chapter} "))).expect("the chapter").to_owned();
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    chapter.lines().filter(|line| line.starts_with("| ")).map(cells).collect()
}

/// The rows of the table of chapter 13: number and status.
fn table() -> BTreeMap<usize, String> {
    let rows = rows("13").into_iter().filter_map(|cells| {
        let number = cells.get(1)?.parse().ok()?;
        assert_eq!(cells.len(), 8, "row {number} has six cells");
        Some((number, cells[5].clone()))
    });
    rows.collect()
}

/// The folders below one of `fixtures`, with how many postings were worked in each.
fn folders(of: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(files::project().join("fixtures").join(of)).unwrap() {
        let folder = entry.unwrap();
        if folder.path().is_dir() {
            let name = folder.file_name().into_string().unwrap();
            let postings = files::read(&format!("fixtures/{of}/{name}/expected/postings.csv"));
            found.insert(name, postings.lines().count() - 1);
        }
    }
    found
}

fn number(folder: &str) -> usize {
    let digits = folder.split('-').next().unwrap();
    digits.parse().unwrap_or_else(|_| panic!("{folder} begins with no row's number"))
}

#[test]
fn the_table_has_a_row_for_each_mechanism() {
    assert!(table().into_keys().eq(1..=MECHANISMS), "rows 1 to {MECHANISMS}, each once");
}

/// Every row is built and has its worked figures, and every folder has a row.
#[test]
fn every_mechanism_was_worked_by_hand() {
    let (table, folders) = (table(), folders("mechanisms"));
    let mut wrong = Vec::new();
    for (row, status) in &table {
        let figures: usize = folders.iter().filter(|(folder, _)| number(folder) == *row).map(|(_, count)| count).sum();
        if status != "built" || figures < FIGURES {
            wrong.push(format!("row {row} is {status}, with {figures} figures of {FIGURES}"));
        }
    }
    for (folder, figures) in &folders {
        if !table.contains_key(&number(folder)) || *figures < FIGURES {
            wrong.push(format!(
                "{folder} has {figures} figures of {FIGURES}, and a row: {}",
                table.contains_key(&number(folder))
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The tables of the two READMEs list every folder, with the postings that are there.
#[test]
fn the_readmes_list_every_worked_folder() {
    let readme = files::read("fixtures/mechanisms/README.md");
    for (folder, figures) in folders("mechanisms") {
        let row = readme.lines().find(|line| line.starts_with(&format!("| [{folder}]({folder}) |")));
        assert!(row.is_some_and(|row| row.ends_with(&format!("| {figures} |"))), "{folder}, {figures} postings: {row:?}");
    }
    let readme = files::read("fixtures/contracts/README.md");
    for folder in folders("contracts").into_keys() {
        assert!(readme.contains(&format!("| [{folder}]({folder}) |")), "{folder} is not in the table of contracts");
    }
}

const LABELS: [&str; 6] = ["independent", "decision", "identity", "inferred", "rule only", "does not close"];

#[test]
fn every_real_contract_has_its_honest_label() {
    let table = files::read("fixtures/contracts/README.md");
    let folders = folders("contracts");
    assert!(!folders.is_empty(), "there are contracts");
    for folder in folders.into_keys() {
        let readme = files::read(&format!("fixtures/contracts/{folder}/README.md"));
        let label = readme.lines().find_map(|line| line.strip_prefix("**Label: ")).unwrap_or_default();
        let known = LABELS.iter().find(|known| label.starts_with(**known));
        let known = known.unwrap_or_else(|| panic!("{folder} has no label of {LABELS:?}"));
        let row = table.lines().find(|line| line.starts_with(&format!("| [{folder}]"))).unwrap();
        assert!(row.contains(&format!("| {known}")), "the table has another label for {folder}");
    }
}

/// Chapter 15 has each contract of the gallery with its label, and with rows of chapter 13 that carry it.
#[test]
fn the_book_says_what_carries_every_real_contract() {
    let readme = files::read("fixtures/contracts/README.md");
    let mut told: Vec<String> = Vec::new();
    for cells in rows("15").into_iter().filter(|cells| cells[1].starts_with('`')) {
        let folder = cells[1].trim_matches('`').to_owned();
        let row = readme.lines().find(|line| line.starts_with(&format!("| [{folder}]")));
        assert!(row.is_some_and(|row| row.contains(&format!("| {} |", cells[3]))), "{folder}, {}: {row:?}", cells[3]);
        let numbers: Vec<usize> = cells[4].split(", ").map(|number| number.parse().unwrap()).collect();
        assert!(!numbers.is_empty() && numbers.is_sorted(), "{folder}: {numbers:?}");
        assert!(numbers.iter().all(|number| (1..=MECHANISMS).contains(number)), "{folder}: {numbers:?}");
        told.push(folder);
    }
    assert!(told.iter().eq(folders("contracts").keys()), "{told:?}");
}
