//! Words that stand nowhere in the house.

use crate::files;
use crate::rust::{code, without_tests};

/// The places where one of the words stands by itself.
fn places(path: &str, text: &str, words: &[&str]) -> Vec<String> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (nth, line) in text.lines().enumerate() {
        for word in words {
            let alone = |(at, _): &(usize, &str)| !line[..*at].ends_with(part) && !line[at + word.len()..].starts_with(part);
            if line.match_indices(word).any(|place| alone(&place)) {
                found.push(format!("{path}:{}: {word}", nth + 1));
            }
        }
    }
    found
}

fn none(found: Vec<String>, why: &str) {
    assert!(found.is_empty(), "{why}\n{}", found.join("\n"));
}

/// Rule 2.1, and rule 12.3: nothing whose order or value depends on the machine.
#[test]
fn the_engine_knows_no_floats_no_hash_maps_and_no_clock() {
    let words =
        ["f32", "f64", "HashMap", "HashSet", "SystemTime", "Instant", "RandomState", "thread_rng", "Utc::now", "Local::now"];
    let found = files::rust("src").iter().flat_map(|file| places(&file.path, &code(&file.text), &words)).collect();
    none(found, "amounts are decimals, maps are ordered, and there is no clock:");
}

/// The library touches no disk and no environment: both belong to the command.
#[test]
fn only_the_command_touches_the_machine() {
    let library =
        files::rust("src").into_iter().filter(|file| !file.path.starts_with("src/cli/") && file.path != "src/main.rs");
    let mut found = Vec::new();
    for file in library {
        let code = code(without_tests(&file.text));
        let named = ["std::fs", "std::env", "std::net", "std::process", "std::time", "println!", "eprintln!"];
        found.extend(named.iter().filter(|word| code.contains(**word)).map(|word| format!("{}: {word}", file.path)));
    }
    none(found, "these belong to the command:");
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["TODO", "FIXME", "XXX", "HACK", "todo", "unimplemented", "dbg"];
    let files = ["src", "tests", "benches", "fixtures/generate"].into_iter().flat_map(files::rust);
    let found = files.flat_map(|file| {
        let text = if file.path == "tests/tidy/words.rs" { String::new() } else { file.text };
        places(&file.path, &text, &words)
    });
    // XXX is also a code of ISO 4217 for "no currency", and stands in quotes there.
    none(found.filter(|place| !place.ends_with("XXX") || !place.contains("money.rs")).collect(), "do it, or leave it out:");
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    let words = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/t", "mp/"),
        concat!("/Use", "rs/"),
        concat!("C:", "\\"),
        concat!("crates", ".io/"),
        concat!("py", "pi.org"),
        concat!("npm", "js.org"),
        concat!("deb", "ian.org"),
    ];
    let mut found = Vec::new();
    for file in files::below("").iter().filter(|file| file.path != "Cargo.lock") {
        let named = words.iter().filter(|word| file.text.contains(**word));
        found.extend(named.map(|word| format!("{}: {word}", file.path)));
    }
    none(found, "no machine's paths, no registry's addresses:");
    let elsewhere = |line: &&str| line.starts_with("source = ") && !line.ends_with("/rust-lang/crates.io-index\"");
    assert_eq!(files::read("Cargo.lock").lines().find(elsewhere), None, "every dependency comes by its name");
}

#[test]
fn every_file_says_what_it_is() {
    let mut dumb = files::rust("src");
    dumb.retain(|file| !file.text.starts_with("//! "));
    let dumb: Vec<String> = dumb.into_iter().map(|file| file.path).collect();
    none(dumb, "without a first line that begins with `//!`:");
}

/// The oracle is evidence because it was written apart from the engine.
#[test]
fn the_oracle_shares_nothing_with_the_engine() {
    let oracle = files::rust("tests/support/oracle");
    none(
        oracle.iter().flat_map(|file| places(&file.path, &code(&file.text), &["effekt"])).collect(),
        "the oracle stands alone:",
    );
}
