//! `effekt invoice` on the programmes of real size: documents that the official rules take, books that balance, numbers without
//! gaps, and nothing that was issued is ever changed (rule 11). What the documents come to is kept beside the programmes:
//! `EFFEKT_BLESS=1 cargo test --all-features --test invoice` writes it anew.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "documents/judge.rs"]
mod judge;
#[path = "common/place.rs"]
mod place;

use judge::Judge;
use place::{Place, effekt};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// After the last cut-off of both programmes.
const ALL: &str = "2023-12-31";
/// Documents that are kept whole: one of each kind worth reading.
const KEPT: [(&str, &[&str]); 2] = [
    // 25 % and exempt; a credit note of its own; two payers; outside the scope of VAT; what a limit cut.
    ("vsb", &["FRB-0001", "GLA.0004", "HOR-0005", "HOR-0006"]),
    ("impact60", &[]),
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A folder with what `invoice` makes of a programme, in as many runs as there are days, each going on from the one before.
struct Invoiced(TempDir);

impl Invoiced {
    fn new(programme: &str, days: &[&str]) -> Invoiced {
        let invoiced = Invoiced(tempfile::tempdir().unwrap());
        for (run, day) in days.iter().enumerate() {
            let run = invoiced.run(programme, day, run > 0, &[]);
            assert_eq!(run.status, 0, "{}", run.err);
        }
        invoiced
    }

    fn run(&self, programme: &str, day: &str, goes_on: bool, more: &[&str]) -> place::Run {
        let (programme, out) = (fixture(programme).join("programme"), self.path(""));
        let mut arguments = vec!["invoice", programme.to_str().unwrap(), "--as-of", day, "--out", out.to_str().unwrap()];
        if goes_on {
            arguments.extend(["--ledger", out.to_str().unwrap()]);
        }
        arguments.extend(more);
        effekt(&arguments)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("out").join(name)
    }

    fn rows(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_path(self.path(name)).unwrap().deserialize().map(Result::unwrap).collect()
    }

    /// All files but those whose names are given.
    fn files(&self, but: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(self.path("")).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                for file in fs::read_dir(entry.path()).unwrap().map(Result::unwrap) {
                    let name = format!("{name}/{}", file.file_name().to_str().unwrap());
                    files.insert(name, fs::read(file.path()).unwrap());
                }
            } else if !but.contains(&name.as_str()) {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
        files
    }
}

/// An amount in øre.
fn minor(text: &str) -> i128 {
    text.replace('.', "").parse().unwrap()
}

fn sum<'r>(rows: impl IntoIterator<Item = &'r BTreeMap<String, String>>, by: &str, of: &str) -> BTreeMap<String, i128> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry(row[by].clone()).or_default() += minor(&row[of]);
    }
    sums
}

#[test]
fn the_documents_are_as_kept() {
    for (name, whole) in KEPT {
        let invoiced = Invoiced::new(name, &[ALL]);
        let numbers = whole.iter().flat_map(|number| {
            [("peppol", "xml"), ("oioubl", "xml"), ("evidence", "csv")]
                .map(|(folder, end)| format!("{folder}/{number}.{end}"))
        });
        for file in ["documents.csv".to_owned()].into_iter().chain(numbers) {
            let (made, kept) =
                (fs::read_to_string(invoiced.path(&file)).unwrap(), fixture(name).join("invoiced").join(&file));
            if std::env::var_os("EFFEKT_BLESS").is_some() {
                fs::create_dir_all(kept.parent().unwrap()).unwrap();
                fs::write(&kept, &made).unwrap();
            }
            let there = fs::read_to_string(&kept).unwrap_or_default();
            let differ = there.lines().zip(made.lines()).position(|(a, b)| a != b);
            assert!(there == made, "{name}: {file} is not as kept (line {differ:?})");
        }
    }
}

#[test]
fn the_official_rules_take_every_document() {
    let Some(judge) = Judge::find() else { return };
    let invoices =
        |rule: &PathBuf| fs::read_to_string(rule.join("command.txt")).is_ok_and(|text| text.contains(" invoice "));
    let rules = fs::read_dir(fixture("rules")).unwrap().map(|entry| entry.unwrap().path()).filter(invoices);
    let rules = rules.map(|rule| format!("rules/{}", rule.file_name().unwrap().to_str().unwrap()));
    for name in KEPT.map(|(name, _)| name.to_owned()).into_iter().chain(rules) {
        let invoiced = Invoiced::new(&name, &["2030-12-31"]);
        for folder in ["peppol", "oioubl"] {
            let verdict = judge.ask(&invoiced.path(folder));
            assert_eq!(verdict.status, Some(0), "{name} {folder}\n{}", verdict.said);
            let taken = verdict.said.lines().filter(|line| line.starts_with("OK ")).count();
            assert_eq!(taken, invoiced.rows("documents.csv").len());
        }
    }
}

#[test]
fn documents_come_to_what_was_settled() {
    for (name, _) in KEPT {
        let invoiced = Invoiced::new(name, &[ALL]);
        let documents = invoiced.rows("documents.csv");
        let settled: BTreeMap<String, i128> = sum(&invoiced.rows("settlements.csv"), "contract", "total");
        assert_eq!(sum(&documents, "contract", "net"), settled);
        let parts = invoiced.rows("document-postings.csv");
        assert_eq!(sum(&documents, "document", "net"), sum(&parts, "document", "amount"));
        let mut next: BTreeMap<&str, u32> = BTreeMap::new();
        for document in &documents {
            assert_eq!(minor(&document["net"]) + minor(&document["vat"]), minor(&document["payable"]));
            assert_eq!(document["kind"] == "credit-note", minor(&document["payable"]) < 0);
            let series = document["document"].trim_end_matches(|c: char| c.is_ascii_digit());
            let number = next.entry(series).or_default();
            *number += 1;
            assert_eq!(document["document"], format!("{series}{number:04}"));
        }
    }
}

#[test]
fn the_books_balance_and_hledger_takes_them() {
    let Ok(version) = Command::new("hledger").arg("--version").output() else {
        println!("not tried: there is no hledger");
        return;
    };
    assert!(version.status.success());
    for (name, _) in KEPT {
        let invoiced = Invoiced::new(name, &[ALL]);
        let documents = invoiced.rows("documents.csv");
        let payable = sum(&documents, "contract", "payable");
        for journal in fs::read_dir(invoiced.path("journal")).unwrap().map(|entry| entry.unwrap().path()) {
            let hledger = |arguments: &[&str]| {
                let output = Command::new("hledger").arg("-f").arg(&journal).args(arguments).output().unwrap();
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{}: {said}", journal.display());
                String::from_utf8(output.stdout).unwrap()
            };
            hledger(&["check", "--strict"]);
            let balance =
                hledger(&["balance", "receivable|debtors", "--depth", "1", "--no-total", "--output-format", "csv"]);
            let contract = journal.file_stem().unwrap().to_str().unwrap();
            let owed = payable.get(contract).copied().unwrap_or_default();
            let shown = balance.lines().nth(1).map_or(0, |line| {
                let amount = line.rsplit(',').next().unwrap().trim_matches('"').trim_end_matches(" DKK");
                minor(amount)
            });
            assert_eq!(shown, owed, "{contract}");
        }
    }
}

/// Only what `settlements.json` says again of grounds after a ledger may differ.
#[test]
fn quarter_by_quarter_or_at_once() {
    let at_once = Invoiced::new("vsb", &[ALL]);
    let in_steps = Invoiced::new("vsb", &["2017-08-01", "2018-06-30", "2018-07-31", "2020-01-31", ALL, ALL]);
    let (a, b) = (at_once.files(&["settlements.json"]), in_steps.files(&["settlements.json"]));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in &a {
        assert!(bytes == &b[name], "{name}");
    }
}

#[test]
fn a_second_run_and_any_number_of_threads_give_the_same_bytes() {
    let invoiced = Invoiced::new("vsb", &[ALL]);
    let first = invoiced.files(&[]);
    for more in [["--threads", "1"], ["--threads", "3"]] {
        assert_eq!(invoiced.run("vsb", ALL, false, &more).status, 0);
        assert!(invoiced.files(&[]) == first);
    }
}

#[test]
fn what_was_issued_is_not_lost() {
    let invoiced = Invoiced::new("impact60", &[ALL]);
    let before = invoiced.files(&[]);
    let fewer = invoiced.run("impact60", "2019-12-31", false, &[]);
    assert_eq!(fewer.status, 2);
    assert!(fewer.last().contains("go on from it with --ledger"), "{}", fewer.err);
    let (programme, out) = (fixture("impact60/programme"), invoiced.path(""));
    let [programme, out] = [&programme, &out].map(|path| path.to_str().unwrap());
    let other = tempfile::tempdir().unwrap();
    let elsewhere = other.path().join("settled");
    for place in [["--out", out], ["--ledger", out]] {
        let mut arguments = vec!["settle", programme, "--as-of", ALL];
        arguments.extend(place);
        if place[0] == "--ledger" {
            arguments.extend(["--out", elsewhere.to_str().unwrap()]);
        }
        let run = effekt(&arguments);
        assert_eq!(run.status, 2);
        assert!(run.last().contains("go on with `effekt invoice`"), "{}", run.err);
    }
    assert!(invoiced.files(&[]) == before);
}

#[test]
fn a_ledger_without_one_of_its_documents_is_not_gone_on_from() {
    let invoiced = Invoiced::new("impact60", &["2019-12-31"]);
    let number = invoiced.rows("documents.csv")[0]["document"].clone();
    fs::remove_file(invoiced.path(&format!("peppol/{number}.xml"))).unwrap();
    let before = invoiced.files(&[]);
    let run = invoiced.run("impact60", ALL, true, &[]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains(&format!("the ledger has no peppol/{number}.xml")), "{}", run.err);
    assert!(invoiced.files(&[]) == before);
}

#[test]
fn a_contract_without_invoicing_is_refused_and_no_other() {
    let place = Place::new();
    let terms = "\n[payee]\nid = \"fund\"\nname = \"Fonden\"\ncvr = \"10000009\"\n\
        address = { street = \"Gaden 1\", postcode = \"1000\", city = \"København K\" }\n\
        [invoicing]\nseries = \"H-\"\nvat = { treatment = \"standard\", percent = 25 }\n";
    let home = fs::read_to_string(place.path("programme/contracts/home.toml")).unwrap();
    let payer = "[[payer]]\nid = \"town\"\nname = \"Byen\"\ncvr = \"29189846\"\ngln = \"5790000099047\"\nreference = \"Jobcentret\"\n\
        address = { street = \"Torvet 1\", postcode = \"8800\", city = \"Viborg\" }\n";
    let (before, after) = home.split_once("[[payer]]").unwrap();
    let after = after.split_once("[[").unwrap().1;
    place.write("programme/contracts/home.toml", &format!("{before}{payer}{terms}\n[[{after}"));
    let (programme, out) = (place.text("programme"), place.text("out"));
    let run = effekt(&["invoice", &programme, "--as-of", "2018-12-31", "--out", &out]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("error[E801]"), "{}", run.err);
    let documents = fs::read_to_string(place.path("out/documents.csv")).unwrap();
    assert!(documents.lines().skip(1).all(|row| row.starts_with("home,")) && documents.lines().count() > 1, "{documents}");
    let one = effekt(&["invoice", &programme, "--as-of", "2018-12-31", "--contract", "home", "--out", &place.text("one")]);
    assert_eq!(one.status, 0, "{}", one.err);
}
