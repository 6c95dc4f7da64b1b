//! Contracts compared: what `effekt compare` says, writes and refuses.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/place.rs"]
mod place;

use place::{Place, effekt};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares, and returns the files that are written.
fn compared(programme: &Path, contract: &str, with: &Path, as_of: &str) -> (String, BTreeMap<String, String>) {
    let out = tempfile::tempdir().unwrap();
    let [programme, with] = [programme, with].map(|path| path.to_str().unwrap());
    let folder = out.path().join("out");
    let run = effekt(&[
        "compare",
        programme,
        "--contract",
        contract,
        "--with",
        with,
        "--as-of",
        as_of,
        "--out",
        folder.to_str().unwrap(),
    ]);
    assert_eq!(run.status, 0, "{}", run.err);
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap());
    (run.out, files.map(|file| (file.file_name().into_string().unwrap(), text(&file.path()))).collect())
}

/// Worked by hand: the README of the folder has the arithmetic.
#[test]
fn paid_jobs_only_is_as_worked_by_hand() {
    let folder = fixture("compare/paid-jobs-only");
    let command = text(&folder.join("command.txt"));
    assert_eq!(command, "effekt compare programme --contract town --with simple.toml --as-of 2019-07-30 --out OUT\n");
    let (_, files) = compared(&folder.join("programme"), "town", &folder.join("simple.toml"), "2019-07-30");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["comparison-keys.csv", "comparison.csv", "comparison.html"]);
    for name in ["comparison.csv", "comparison-keys.csv"] {
        assert_eq!(files[name], text(&folder.join("expected").join(name)), "{name}");
    }
}

/// The contract that counts internships against the same with paid jobs only: `EFFEKT_BLESS=1` records it anew.
#[test]
fn gladsaxe_with_paid_jobs_only_is_as_recorded() {
    let folder = fixture("compare/vsb-gladsaxe");
    let [programme, with] = [fixture("vsb/programme"), folder.join("paid-jobs-only.toml")];
    let [programme, with] = [&programme, &with].map(|path| path.to_str().unwrap());
    for lang in ["en", "da"] {
        let asked = ["compare", programme, "--contract", "vsb-gladsaxe", "--with", with, "--as-of", "2021-12-31", "--lang"];
        let run = effekt(&[&asked[..], &[lang]].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        let path = folder.join(format!("{lang}.txt"));
        if std::env::var_os("EFFEKT_BLESS").is_some() {
            fs::write(&path, &run.out).unwrap();
        }
        assert_eq!(run.out, text(&path), "{}", path.display());
    }
}

/// The rows of a CSV file that has no quoted fields.
fn rows(csv: &str) -> Vec<Vec<&str>> {
    csv.lines().skip(1).map(|line| line.split(',').collect()).collect()
}

fn minor(amount: &str) -> i128 {
    amount.replace('.', "").parse().unwrap_or_default()
}

/// Every breakdown of every contract of the programme of real size adds up to the total, and so do the keys.
#[test]
fn breakdowns_and_keys_add_up_to_the_total() {
    let programme = fixture("vsb/programme");
    let with = fixture("compare/vsb-gladsaxe/paid-jobs-only.toml");
    for contract in ["vsb-kolding", "vsb-horsens", "vsb-rudersdal"] {
        let (_, files) = compared(&programme, contract, &with, "2021-12-31");
        let mut sums: BTreeMap<&str, [i128; 3]> = BTreeMap::new();
        for row in rows(&files["comparison.csv"]) {
            let sum = sums.entry(row[0]).or_default();
            (0..3).for_each(|nth| sum[nth] += minor(row[2 + nth]));
            assert_eq!(minor(row[3]) - minor(row[2]), minor(row[4]), "{row:?}");
        }
        assert_eq!(sums.len(), 7);
        let total = sums["total"];
        assert!(total[0] > 0 && total[1] > 0 && total[2] != 0, "{contract}: {total:?}");
        for row in rows(&files["comparison-keys.csv"]) {
            let sum = sums.entry("keys").or_default();
            (0..3).for_each(|nth| sum[nth] += minor(row[7 + nth]));
            assert_eq!(row[10].is_empty(), minor(row[9]) == 0, "{row:?}");
        }
        assert!(sums.values().all(|sum| *sum == total), "{contract}: {sums:?}");
    }
}

#[test]
fn a_contract_costs_what_it_costs() {
    let programme = fixture("vsb/programme");
    let with = programme.join("contracts/vsb-kolding.toml");
    let (said, files) = compared(&programme, "vsb-kolding", &with, "2021-12-31");
    assert!(said.contains("Both pay the same in all."), "{said}");
    for row in rows(&files["comparison.csv"]) {
        assert_eq!((row[2], minor(row[4])), (row[3], 0), "{row:?}");
    }
    assert!(rows(&files["comparison-keys.csv"]).iter().all(|row| row[10].is_empty()));
}

/// The page loads nothing, says what the tables say, and is well-formed enough to be read by an XML parser.
#[test]
fn the_page_says_what_the_tables_say() {
    let folder = fixture("compare/paid-jobs-only");
    let (_, files) = compared(&folder.join("programme"), "town", &folder.join("simple.toml"), "2019-07-30");
    let page = &files["comparison.html"];
    for said in
        ["\u{2212}10,000.00", "internship does not count", "target group refugee is not included", "2019-Q2", "+5,640.00"]
    {
        assert!(page.contains(said), "{said}");
    }
    for never in ["http:", "https:", "<script", "src=", "@import", "url(http"] {
        assert!(!page.contains(never), "{never}");
    }
}

/// A contract for `home` of the small programme, with other terms.
fn other(change: impl Fn(String) -> String) -> (Place, PathBuf) {
    let place = Place::new();
    let contract = text(&place.path("programme/contracts/home.toml"));
    place.write("other.toml", &change(contract));
    let path = place.path("other.toml");
    (place, path)
}

fn refused(place: &Place, with: &Path) -> (u8, String) {
    let out = place.path("out");
    let programme = place.path("programme");
    let [programme, with, folder] = [&programme, with, &out].map(|path| path.to_str().unwrap());
    let asked = ["compare", programme, "--contract", "home", "--with", with, "--as-of", "2019-12-31", "--out", folder];
    let run = effekt(&asked);
    assert!(run.out.is_empty() && !out.exists(), "{}", run.out);
    (run.status, run.err)
}

#[test]
fn another_currency_is_an_error() {
    let (place, with) = other(|text| text.replace("\"DKK\"", "\"EUR\""));
    let (status, said) = refused(&place, &with);
    assert_eq!(status, 1);
    assert!(said.contains("E901") && said.contains("other.toml") && said.contains("amounts in EUR"), "{said}");
}

#[test]
fn a_contract_that_cannot_be_read_says_why_under_its_own_path() {
    let (place, with) = other(|text| text.replace("currency", "curency"));
    let (status, said) = refused(&place, &with);
    assert_eq!(status, 1);
    assert!(said.contains("E203") && said.contains(with.to_str().unwrap()), "{said}");
    assert!(said.lines().last().unwrap().contains("0 contracts compared"), "{said}");
}

/// Rows whose kind only the contract of the programme lists cannot be read under the other one.
#[test]
fn a_row_that_the_other_contract_cannot_read_is_an_error() {
    let (place, with) = other(|text| text);
    let own = text(&place.path("programme/contracts/home.toml"));
    place.write("programme/contracts/home.toml", &own.replacen("currency", "kinds = [\"club\"]\ncurrency", 1));
    let spells = text(&place.path("programme/spells.csv"));
    place.write("programme/spells.csv", &format!("{spells}home,s9,h1,club,club,2018-03-01,2018-03-04,10,2018-03-05\n"));
    let (status, said) = refused(&place, &with);
    assert_eq!(status, 1);
    assert!(said.contains("E303") && said.contains("spells.csv") && said.contains(with.to_str().unwrap()), "{said}");
}

#[test]
fn wrong_usage_is_told_apart_from_bad_input() {
    let (place, with) = other(|text| text);
    for wrong in ["missing.toml", "programme", "programme/spells.csv"] {
        assert_eq!(refused(&place, &place.path(wrong)).0, 2, "{wrong}");
    }
    let programme = place.path("programme");
    let [programme, with] = [&programme, &with].map(|path| path.to_str().unwrap());
    let run = effekt(&["compare", programme, "--contract", "nobody", "--with", with, "--as-of", "2019-12-31"]);
    assert_eq!(run.status, 2, "{}", run.err);
    let run = effekt(&["compare", programme, "--contract", "home", "--with", with]);
    assert_eq!(run.status, 2, "{}", run.err);
}

/// What is odd about the programme is not told again; the id of the other contract may be any.
#[test]
fn the_other_contract_has_its_own_id_and_its_own_warnings() {
    let (place, with) =
        other(|text| text.replacen("home", "thrifty", 1) + "\n[[outcome]]\nid = \"idle\"\nkinds = [\"education\"]\n");
    let programme = place.path("programme");
    let [programme, with] = [&programme, &with].map(|path| path.to_str().unwrap());
    let run = effekt(&["compare", programme, "--contract", "home", "--with", with, "--as-of", "2019-12-31"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.starts_with("Contract home compared with thrifty\n"), "{}", run.out);
    assert!(run.err.contains("W407") && run.last().contains("1 warning"), "{}", run.err);
}
