//! The book says what is so: its rules are all there and shown, and the pages made from the project are as it is now.
//! `EFFEKT_BLESS=1 cargo test --all-features --test tidy` makes those pages anew; look at the difference before you commit it.

use crate::files;
use crate::rules;
use effekt::{Code, Severity};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

/// Compares a page with what it should be, or with `EFFEKT_BLESS` makes it so.
fn page(path: &str, wanted: &str) {
    if std::env::var_os("EFFEKT_BLESS").is_some() {
        fs::write(files::project().join(path), wanted).unwrap();
    }
    let there = fs::read_to_string(files::project().join(path)).unwrap_or_default();
    let differ = there.lines().zip(wanted.lines()).position(|(a, b)| a != b);
    assert!(there == wanted, "{path} is not as the project is now (line {differ:?}): make it anew with EFFEKT_BLESS=1");
}

#[test]
fn the_rules_are_all_there_in_their_order() {
    let page = files::read("src/book/rules.md");
    let told: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("**")?.split_once("**").map(|(rule, _)| rule)).collect();
    assert_eq!(told, rules::all());
}

/// Each rule names what shows it: folders of the fixtures, or tests. The documents (chapter 11) are not there yet.
#[test]
fn every_rule_is_shown() {
    let page = files::read("src/book/rules.md");
    for rule in page.split("\n\n").filter(|part| part.starts_with("**")) {
        let shown: Vec<&str> =
            rule.split('`').skip(1).step_by(2).filter(|name| is_folder(name) || name.starts_with("tests/")).collect();
        for name in &shown {
            let places = [format!("fixtures/rules/{name}"), format!("fixtures/errors/{name}"), (*name).to_owned()];
            assert!(places.iter().any(|place| files::project().join(place).exists()), "there is no {name}: {rule}");
        }
        let not_yet = rule.contains("Not there yet") || rule.contains("not there yet");
        assert!(!shown.is_empty() || rule.contains("every folder") || not_yet, "nothing shows it: {rule}");
    }
}

/// `07-spells-of-one-job`, `E111-cpr-in-a-row`.
fn is_folder(name: &str) -> bool {
    let Some((head, _)) = name.split_once('-') else { return false };
    let digits = head.trim_start_matches(['E', 'W', 'N']);
    digits.chars().all(|c| c.is_ascii_digit()) && (head.len(), digits.len()) == if head == digits { (2, 2) } else { (4, 3) }
}

#[test]
fn the_diagnostics_are_those_of_the_code() {
    let mut text = String::from(DIAGNOSTICS);
    for (first, title) in CHAPTERS {
        writeln!(text, "\n# {title}\n\n| code | | what it stands for | shown by |\n| --- | --- | --- | --- |").unwrap();
        let last = CHAPTERS.iter().map(|(number, _)| *number).find(|number| *number > first).unwrap_or(999);
        let number = |code: &&&Code| code.id()[1..].parse::<u32>().unwrap();
        for code in Code::ALL.iter().filter(|code| (first..last).contains(&number(&code))) {
            let severity = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Notice => "notice",
            };
            let shown = folders(code.id());
            writeln!(
                text,
                "| [`{0}`](crate::Code::{code:?}) | {severity} | {1} | {2} |",
                code.id(),
                code.title(),
                shown.join(", ")
            )
            .unwrap();
        }
    }
    page("src/book/diagnostics.md", &text);
}

const DIAGNOSTICS: &str = "\
Everything that can be said about the input, by code. A code never changes its meaning.

An *error* refuses the contract it belongs to (rule 12.1), a *warning* tells what is odd but lawful, a *notice* what a rule leaves
out (rule 12.2). The folders named here lie in `fixtures/errors`: each provokes its code and nothing else, and keeps what is said
about it, for people (`output.txt`) and, with `--format json`, for programs (`output.jsonl`): one object a line with `code`,
`severity`, `file`, `line`, `column`, `field`, `contract`, `message` and `help`.

This page is made from the code and the folders; a test keeps it current.
";

/// The groups of codes, by their first number.
const CHAPTERS: [(u32, &str); 7] = [
    (100, "Reading a file"),
    (200, "A contract"),
    (300, "Facts"),
    (400, "Odd but lawful, in a contract or a row"),
    (500, "Odd but lawful, or left out, when the facts are settled"),
    (700, "The ledger"),
    (900, "Comparisons"),
];

/// The folders of the gallery that provoke a code.
fn folders(id: &str) -> Vec<String> {
    let gallery = fs::read_dir(files::project().join("fixtures/errors")).unwrap();
    let names = gallery.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| name.split('-').next() == Some(id)).map(|name| format!("`{name}`")).collect();
    names.sort();
    names
}

#[test]
fn the_laws_are_those_that_are_tried() {
    let mut text = String::from(LAWS);
    let mut seen = BTreeSet::new();
    for (folder, title) in TRIALS {
        writeln!(text, "\n# {title}\n\n| file | what holds | when, and by which rule |\n| --- | --- | --- |").unwrap();
        for file in files::below("tests").iter().filter(|file| file.path.starts_with(folder)) {
            for (name, why) in tried(&file.text) {
                assert!(seen.insert((file.path.clone(), name.clone())), "{name} twice");
                writeln!(text, "| `{}` | {} | {why} |", file.path, name.replace('_', " ")).unwrap();
            }
        }
    }
    assert!(seen.len() > 20, "only {} laws were found: they are not read any more", seen.len());
    page("src/book/laws.md", &text);
}

const LAWS: &str = "\
What the tests hold the engine to. The names are those of the tests, so `cargo test --all-features NAME_WITH_UNDERSCORES` tries one.

Random programmes are made so that they have something to say: the run counts how often each interesting situation came up, such
as a limit that cuts, a leap day, a spell that waits, and fails where one came up too seldom (`tests/support/health.rs`). Seeds are
fixed, so a failure is the same for everybody; what fails is made as small as it can be and printed as files. `EFFEKT_TWIN_CASES`
sets the number of programmes of the twin, `EFFEKT_LAW_CASES` says how many thousand each law is tried on.

This page is made from the tests; a test keeps it current.
";

/// Where laws are tried.
const TRIALS: [(&str, &str); 10] = [
    ("tests/twin.rs", "The twin: engine and oracle"),
    ("tests/oracle_", "The oracle by itself"),
    ("tests/misreadings.rs", "Misreadings: the rules read wrongly on purpose, to test the tests"),
    ("tests/small_scopes.rs", "Everything in a small world"),
    ("tests/laws/", "Laws of the engine"),
    ("tests/coverage.rs", "What `check` says of rate cards, steps and limits"),
    ("tests/documents_twin.rs", "The twin of documents: command and oracle"),
    ("tests/document_laws/", "Laws of documents"),
    ("tests/compared.rs", "Laws of comparisons"),
    ("tests/investors/", "The investors' side"),
];

/// The tests of a file, each with what is said above it.
fn tried(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (nth, line) in lines.iter().enumerate().filter(|(_, line)| line.trim() == "#[test]") {
        assert_eq!(*line, "#[test]");
        let above = lines[..nth].iter().rev().map_while(|line| line.strip_prefix("/// "));
        let why: Vec<&str> = above.collect::<Vec<_>>().into_iter().rev().collect();
        let name = lines[nth + 1].trim_start_matches("fn ").split('(').next().unwrap();
        found.push((name.to_owned(), why.join(" ")));
    }
    found
}
