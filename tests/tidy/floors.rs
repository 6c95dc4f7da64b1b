//! Data flows one way: a file imports from its own floor and from those below it, and no file imports itself in a circle.

use crate::files;
use crate::rust::{code, paths, without_tests};
use std::collections::{BTreeMap, BTreeSet};

/// The floors from the ground up. Neighbours on one floor do not know one another.
const FLOORS: [&[&str]; 15] = [
    &["measure"],
    &["facts"],
    &["timeline"],
    &["figure"],
    &["charge"],
    &["contract"],
    &["entitlement"],
    &["limits"],
    &["ledger"],
    &["documents"],
    &["findings", "explain"],
    &["statement", "compare", "forecast"],
    &["investors"],
    &["formats"],
    &["cli"],
];

/// The files of the house that belong to no floor: the front doors and the book.
const OUTSIDE: [&str; 3] = ["src/lib.rs", "src/main.rs", "src/book.rs"];

/// For each file the files that it imports from.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let sources = files::rust("src");
    let modules: BTreeMap<String, String> =
        sources.iter().map(|file| (module(&file.path).join("::"), file.path.clone())).collect();
    let home = |mut path: &[String]| loop {
        if let Some(file) = modules.get(&path.join("::")) {
            return file.clone();
        }
        path = &path[..path.len() - 1];
    };
    let of_file = |file: &files::File| {
        let here = module(&file.path);
        let named = paths(&code(without_tests(&file.text))).into_iter().map(|path| home(&absolute(&here, &path)));
        (file.path.clone(), named.filter(|named| *named != file.path).collect())
    };
    sources.iter().filter(|file| file.path != "src/main.rs").map(of_file).collect()
}

/// The module that a file holds: `src/charge/rate.rs` is `charge::rate`.
fn module(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// A path from the crate's root, without `crate`, `super` and `self`.
fn absolute(here: &[String], path: &[String]) -> Vec<String> {
    let mut whole = here.to_vec();
    for (nth, step) in path.iter().enumerate() {
        match step.as_str() {
            "crate" => whole.clear(),
            "super" => drop(whole.pop()),
            "self" => {}
            _ => {
                whole.extend(path[nth..].iter().filter(|step| *step != "self").cloned());
                break;
            }
        }
    }
    whole
}

fn folder(path: &str) -> &str {
    path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
}

fn floor(path: &str) -> Option<usize> {
    FLOORS.iter().position(|folders| folders.contains(&folder(path)))
}

#[test]
fn every_file_stands_on_a_floor() {
    let homeless: Vec<String> = files::rust("src")
        .into_iter()
        .map(|file| file.path)
        .filter(|path| floor(path).is_none() && !OUTSIDE.contains(&path.as_str()))
        .collect();
    assert!(homeless.is_empty(), "on which floor is {homeless:?}?");
    for folder in FLOORS.iter().copied().flatten() {
        assert!(files::project().join("src").join(folder).join("mod.rs").is_file(), "there is no floor {folder}");
    }
}

#[test]
fn a_file_imports_only_from_its_own_floor_and_those_below() {
    let imports = imports();
    let mut wrong = Vec::new();
    for (file, named) in imports.iter().filter(|(file, _)| !OUTSIDE.contains(&file.as_str())) {
        for named in named {
            let below = floor(named) < floor(file) || folder(named) == folder(file);
            if floor(named).is_none() || !below {
                wrong.push(format!("{file} imports from {named}"));
            }
        }
    }
    assert!(wrong.is_empty(), "upwards, sideways, or through the front door:\n{}", wrong.join("\n"));
    let count: usize = imports.values().map(BTreeSet::len).sum();
    assert!(count > 300, "only {count} imports were found: the paths are not read any more");
}

/// A folder's `mod.rs` names its own files without a path and may be named by them; that is no circle.
#[test]
fn nothing_is_imported_in_a_circle() {
    let mut left = imports();
    // Whoever imports from nobody that is left is in no circle.
    loop {
        let done: BTreeSet<String> =
            left.iter().filter(|(_, named)| named.is_empty()).map(|(file, _)| file.clone()).collect();
        if done.is_empty() {
            break;
        }
        left.retain(|file, _| !done.contains(file));
        left.values_mut().for_each(|named| named.retain(|file| !done.contains(file)));
    }
    // Nor is one from whom nobody that is left imports.
    loop {
        let named: BTreeSet<String> = left.values().flatten().cloned().collect();
        let before = left.len();
        left.retain(|file, _| named.contains(file));
        if left.len() == before {
            break;
        }
    }
    assert!(left.is_empty(), "these import one another in a circle: {:#?}", left);
}
