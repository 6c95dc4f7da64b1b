//! Case folders: a programme, the command that settles it, and what is expected.

use super::output::{Documents, Output};
use super::programme::Programme;
use super::{day::Day, read};
use std::path::{Path, PathBuf};

pub struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub programme: Programme,
    pub as_of: String,
    pub expected: Output,
    /// Of a case that is invoiced.
    pub documents: Option<Documents>,
}

/// The cases of `fixtures/rules`, `fixtures/mechanisms` and `fixtures/contracts`, and those that are kept beside the project where
/// they are there.
pub fn all() -> Vec<Case> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("EFFEKT_SHARED").map_or_else(|| project.join("../shared"), PathBuf::from);
    let own = ["rules", "mechanisms", "contracts"].map(|folder| project.join("fixtures").join(folder));
    let beside = shared.join("cases");
    let folders = own.iter().chain([&beside]).flat_map(|folder| case_folders(folder));
    folders.collect::<Vec<_>>().iter().map(|folder| read_case(folder)).collect()
}

fn case_folders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("command.txt").is_file() && folder.join("expected").is_dir());
    folders.sort();
    folders
}

fn read_case(folder: &Path) -> Case {
    let command = std::fs::read_to_string(folder.join("command.txt")).unwrap();
    let words: Vec<&str> = command.split_whitespace().collect();
    let as_of = match words.as_slice() {
        ["effekt", "settle" | "invoice", "programme", "--as-of", as_of, "--out", "OUT"] => (*as_of).to_string(),
        _ => panic!("{}: an unusual command: {command}", folder.display()),
    };
    assert!(Day::parse(&as_of).is_some(), "{as_of} is no date");
    let expected = folder.join("expected");
    let invoiced = expected.join("documents.csv").is_file();
    assert_eq!(invoiced, words[1] == "invoice", "{}: documents are expected of `invoice`", folder.display());
    Case {
        name: folder.file_name().unwrap().to_string_lossy().into_owned(),
        folder: folder.to_path_buf(),
        programme: read::programme(&folder.join("programme")),
        as_of,
        expected: read::output(&expected),
        documents: invoiced.then(|| read::documents(&expected)),
    }
}
