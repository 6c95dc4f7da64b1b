//! The table of mechanisms and the folders that were worked for it agree, and every real contract says what it proves.

use crate::files;
use std::collections::BTreeMap;
use std::fs;

/// The fewest postings checked by hand that a mechanism has.
const FIGURES: usize = 15;
/// The mechanisms of published contracts.
const MECHANISMS: usize = 43;

/// The rows of the table of chapter 13: number and status.
fn table() -> BTreeMap<usize, String> {
    let page = files::read("src/book/mechanisms.md");
    let chapter = page.split("\n# ").find(|part| part.starts_with("13 ")).expect("the table of mechanisms").to_owned();
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = chapter.lines().map(cells).filter_map(|cells| {
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

/// A row that is built has its worked figures, and a folder has a row that says of what is built.
#[test]
fn the_table_of_mechanisms_says_what_was_worked_by_hand() {
    let (table, folders) = (table(), folders("mechanisms"));
    let mut wrong = Vec::new();
    for (row, status) in table.iter().filter(|(_, status)| *status == "built") {
        let figures: usize = folders.iter().filter(|(folder, _)| number(folder) == *row).map(|(_, count)| count).sum();
        if figures < FIGURES {
            wrong.push(format!("row {row} is {status}, with {figures} figures of {FIGURES}"));
        }
    }
    for (folder, figures) in &folders {
        let status = table.get(&number(folder)).map_or("no row", String::as_str);
        if !status.contains("built") || *figures < FIGURES {
            wrong.push(format!("{folder} has {figures} figures, and its row says: {status}"));
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
