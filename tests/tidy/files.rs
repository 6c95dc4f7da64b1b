//! The files of the project, as a fresh clone has them.

use std::fs;
use std::path::{Path, PathBuf};

/// A file with text in it: its path from the project's root, with `/`, and what stands in it.
pub struct File {
    pub path: String,
    pub text: String,
}

pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(path: &str) -> String {
    fs::read_to_string(project().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every text file below a folder of the project (`""` = all of it), but for what is not kept under version control.
pub fn below(folder: &str) -> Vec<File> {
    let ignored = read(".gitignore");
    let ignored: Vec<PathBuf> = ignored.lines().map(|line| project().join(line.trim_matches('/'))).collect();
    let mut found = Vec::new();
    let mut folders = vec![project().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if ignored.contains(&path) || path.file_name().is_some_and(|name| name == ".git") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(project()).unwrap().to_string_lossy().replace('\\', "/");
                found.push(File { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The Rust files below a folder.
pub fn rust(folder: &str) -> Vec<File> {
    let mut files = below(folder);
    files.retain(|file| file.path.ends_with(".rs"));
    assert!(!files.is_empty(), "there are Rust files in {folder}");
    files
}

/// The files of the programmes that were worked by hand.
pub fn worked() -> Vec<File> {
    let folders = ["fixtures/rules", "fixtures/mechanisms", "fixtures/contracts"];
    folders.into_iter().filter(|folder| project().join(folder).is_dir()).flat_map(below).collect()
}
