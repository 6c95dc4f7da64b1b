//! The facts of the real-size programmes are what the generator writes, and what their READMEs say they are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "../fixtures/generate/programme.rs"]
mod programme;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// One row. Only `evidence` is ever quoted, and nothing after it is read but `void`, the last column.
struct Row {
    contract: String,
    id: String,
    /// The cells after the id, in the file's order.
    cells: Vec<String>,
    void: bool,
}

fn rows(programme: &str, file: &str) -> Vec<Row> {
    let path = format!("{programme}/programme/{file}.csv");
    let (_, text) = programme::files().into_iter().find(|(name, _)| *name == path).expect("the generator writes the file");
    let row = |line: &str| {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let void = line.ends_with(",true");
        Row { contract: cells[0].clone(), id: cells[1].clone(), cells: cells[2..].to_vec(), void }
    };
    text.lines().skip(1).map(row).collect()
}

/// The last row of each id, unless it is a withdrawal: what is known in the end. (The rows of an id stand in order.)
fn known(programme: &str, file: &str) -> Vec<Row> {
    let mut last = BTreeMap::new();
    for row in rows(programme, file) {
        last.insert((row.contract.clone(), row.id.clone()), row);
    }
    last.into_values().filter(|row| !row.void).collect()
}

#[test]
fn the_checked_in_facts_are_the_generated_ones() {
    let files = programme::files();
    assert_eq!(files.len(), 18);
    for (path, text) in files {
        let checked_in = fs::read_to_string(fixtures().join(&path)).expect(&path);
        assert!(checked_in == text, "{path}: run `cargo run --example generate-fixtures -- fixtures`");
    }
}

#[test]
fn the_readmes_count_what_is_there() {
    for (programme, contracts) in [("vsb", 8), ("impact60", 1)] {
        let readme = fs::read_to_string(fixtures().join(programme).join("README.md")).expect("a README");
        let tables = ["companies", "participants", "placements", "spells"].map(|file| rows(programme, file));
        let names: BTreeSet<&str> = tables.iter().flatten().map(|row| row.contract.as_str()).collect();
        assert_eq!(names.len(), contracts);
        for name in names {
            let of = |row: &&Row| row.contract == name;
            let ids = tables.each_ref().map(|rows| {
                let ids: BTreeSet<&str> = rows.iter().filter(of).map(|row| row.id.as_str()).collect();
                ids.len().to_string()
            });
            let all: Vec<&Row> = tables.iter().flatten().filter(of).collect();
            let withdrawn = all.iter().filter(|row| row.void).count();
            let line = format!("| {name} | {} | {} | {withdrawn} |", ids.join(" | "), all.len());
            assert!(readme.contains(&line), "{programme}/README.md should say:\n{line}");
        }
    }
}

#[test]
fn vsb_has_the_size_of_the_real_programme() {
    let joined = known("vsb", "companies").iter().filter(|row| !row.cells[2].is_empty()).count();
    assert_eq!(joined, 26, "companies that took part");
    let citizens: BTreeSet<String> = rows("vsb", "participants").into_iter().map(|row| row.id).collect();
    assert_eq!(citizens.len(), 320);
}

/// Of 120 citizens 55 (46 %) came into work or education; on 2 March 2020 it was 43 (36 %), of whom 29 (two thirds) had
/// lost it by the end of April.
#[test]
fn impact60_fares_as_its_reports_say() {
    assert_eq!(known("impact60", "participants").len(), 120);
    let paid: Vec<Row> = known("impact60", "spells")
        .into_iter()
        .filter(|row| ["ordinary", "flex-job", "sheltered-job", "education"].contains(&row.cells[3].as_str()))
        .collect();
    let on = |day: &str| -> BTreeSet<&str> {
        let runs = |row: &&Row| row.cells[4].as_str() <= day && (row.cells[5].is_empty() || row.cells[5].as_str() >= day);
        paid.iter().filter(runs).map(|row| row.cells[1].as_str()).collect()
    };
    let ever: BTreeSet<&str> = paid.iter().map(|row| row.cells[1].as_str()).collect();
    assert_eq!(ever.len(), 55);
    assert_eq!(on("2020-03-02").len(), 43);
    assert_eq!(on("2020-03-02").difference(&on("2020-04-30")).count(), 29);
}
