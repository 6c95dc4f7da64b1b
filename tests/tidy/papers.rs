//! The README, the changelog and `.ci/run` say what is so.

use crate::files;
use effekt::formats::{Source, read_contract};
use std::fs;
use std::process::Command;

/// Holds the number that stands before some words of the README to what it should be, or with `EFFEKT_BLESS` puts it there.
fn figure(readme: &mut String, words: &str, wanted: usize) {
    let number = |text: &str| text.rsplit([' ', '\n']).next().unwrap().replace(',', "").parse::<usize>().ok();
    let words_alone = format!(" {words}");
    let places = readme.match_indices(&words_alone).map(|(at, _)| at);
    let found = places.filter_map(|at| Some((at, number(&readme[..at])?))).next();
    let (at, told) = found.unwrap_or_else(|| panic!("the README has no number before `{words}`"));
    if told != wanted && std::env::var_os("EFFEKT_BLESS").is_some() {
        let from = readme[..at].rfind([' ', '\n']).unwrap() + 1;
        readme.replace_range(from..at, &thousands(wanted));
    } else {
        assert_eq!(told, wanted, "{words}, says the README: make it anew with EFFEKT_BLESS=1");
    }
}

/// `20,000`
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}

/// A number as the tests write it, after some text.
fn written(path: &str, after: &str) -> usize {
    let text = files::read(path);
    let rest = text.split_once(after).unwrap_or_else(|| panic!("{path} has no `{after}`")).1;
    let digits = rest.split(|c: char| !(c.is_ascii_digit() || c == '_')).next().unwrap();
    digits.replace('_', "").parse().unwrap()
}

#[test]
fn the_figures_of_the_readme_are_true() {
    let before = files::read("README.md");
    let mut readme = before.clone();
    figure(&mut readme, "random programmes", written("tests/twin.rs", "runs::count("));
    let misreadings = files::read("tests/support/oracle/misreading.rs");
    let list = misreadings.rsplit_once("misreadings! {").unwrap().1;
    let names = list.lines().filter(|line| !line.trim().starts_with("//")).map(|line| line.matches(',').count());
    figure(&mut readme, "wrong readings", names.sum());
    let laws = ["tests/laws", "tests/document_laws"].into_iter().flat_map(files::rust);
    figure(&mut readme, "laws", laws.map(|file| file.text.matches("\n#[test]\n").count()).sum());
    let cases = files::worked();
    figure(&mut readme, "small programmes", cases.iter().filter(|file| file.path.ends_with("/command.txt")).count());
    let postings = cases.iter().filter(|file| file.path.ends_with("expected/postings.csv"));
    figure(&mut readme, "postings worked by hand", postings.map(|file| file.text.lines().count() - 1).sum());
    let gallery = fs::read_dir(files::project().join("fixtures/errors")).unwrap();
    let folders = gallery.filter(|entry| entry.as_ref().unwrap().path().is_dir());
    figure(&mut readme, "broken or odd programmes", folders.count());
    if readme != before {
        fs::write(files::project().join("README.md"), readme).unwrap();
    }
}

/// What stands in fences of one language.
fn fenced(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let blocks = text.split(&fence).skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

/// The rows and texts that the README quotes are those of the fixture, and those that the command gives.
#[test]
fn the_krone_of_the_readme_is_a_real_one() {
    let readme = files::read("README.md");
    let lines = |line: &str| readme.lines().filter(|found| found.starts_with(line)).map(str::to_owned).collect::<Vec<_>>();
    let mut said = String::new();
    for file in files::below("fixtures/vsb/programme") {
        said.push_str(&file.text);
    }
    let out = tempfile::tempdir().unwrap();
    for command in lines("cargo run ") {
        let words = command.split_once(" -- ").unwrap().1.split(' ');
        let place = |word: &str| out.path().join(word).to_string_lossy().into_owned();
        let words: Vec<String> = words
            .map(|word| if ["out", "pages", "shared"].contains(&word) { place(word) } else { word.to_owned() })
            .collect();
        let run = Command::new(env!("CARGO_BIN_EXE_effekt")).args(&words).current_dir(files::project()).output().unwrap();
        assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
        said.push_str(&String::from_utf8(run.stdout).unwrap());
    }
    for file in ["postings.csv", "evidence/HER-0007.csv", "peppol/HER-0007.xml"] {
        said.push_str(&fs::read_to_string(out.path().join("out").join(file)).unwrap());
    }
    let rows: Vec<String> = fenced(&readme, "csv").iter().flat_map(|block| block.lines().map(str::to_owned)).collect();
    assert!(rows.len() >= 8, "the README quotes rows");
    for row in rows {
        assert!(said.lines().any(|line| line == row), "nobody says {row}");
    }
    for line in fenced(&readme, "xml")[0].lines() {
        assert!(said.lines().any(|found| found.trim() == line.trim()), "no document says {line}");
    }
    for quoted in ["correction of", "Difference"] {
        let text = fenced(&readme, "text").into_iter().find(|block| block.contains(quoted)).unwrap();
        assert!(said.contains(&text), "nobody says:\n{text}");
    }
    let foretold = fenced(&readme, "text").into_iter().find(|block| block.starts_with("EARNED IN")).unwrap();
    for row in foretold.lines() {
        assert!(said.lines().any(|line| line == row), "nobody forecasts {row}");
    }
    let quoted = &fenced(&readme, "toml")[0];
    for line in quoted.lines() {
        let same = |found: &str| found.split('#').next().unwrap().trim_end() == line;
        assert!(files::read(CONTRACT).lines().any(same), "{CONTRACT} has no line {line}");
    }
}

const CONTRACT: &str = "fixtures/vsb/programme/contracts/vsb-herning.toml";

/// The contract of the README could be settled, and there is nothing odd about it.
#[test]
fn the_contract_of_the_readme_is_one() {
    let written = fenced(&files::read("README.md"), "toml").pop().unwrap();
    let read = read_contract(&Source::new("contracts/demo.toml", written));
    assert!(read.contract.is_some() && read.diagnostics.is_empty(), "{:?}", read.diagnostics);
}

#[test]
fn links_lead_somewhere() {
    for paper in ["README.md", "CHANGELOG.md"] {
        let text = files::read(paper);
        for link in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let path = link.split('#').next().unwrap();
            assert!(path.is_empty() || files::project().join(path).exists(), "{paper} leads to {link}");
        }
    }
}

#[test]
fn every_folder_of_fixtures_says_what_it_is() {
    for entry in fs::read_dir(files::project().join("fixtures")).unwrap() {
        let folder = entry.unwrap().path();
        assert!(folder.join("README.md").is_file(), "{} has no README.md", folder.display());
    }
    let commands = files::worked().into_iter().filter_map(|file| file.path.strip_suffix("command.txt").map(str::to_owned));
    for case in commands {
        assert!(files::project().join(&case).join("README.md").is_file(), "{case} has no README.md");
    }
}

/// Every star names the fixture that shows how an amount comes out.
#[test]
fn every_star_has_its_fixture() {
    let text = files::read("CHANGELOG.md");
    let mut stars = 0;
    for entry in text.split("\n- ").skip(1).map(|entry| entry.split("\n\n").next().unwrap()) {
        let folders: Vec<&str> = entry.split('`').skip(1).step_by(2).filter(|name| name.starts_with("fixtures/")).collect();
        for folder in &folders {
            assert!(files::project().join(folder).exists(), "there is no {folder}");
        }
        if entry.starts_with('★') {
            stars += 1;
            assert!(!folders.is_empty(), "a star without a fixture: {entry}");
        }
    }
    assert!(stars > 0, "the changelog has stars");
}

#[test]
fn the_two_commands_of_the_readme_are_those_that_are_run() {
    let (readme, run) = (files::read("README.md"), files::read(".ci/run"));
    assert!(readme.contains("\ncargo test --all-features\n") && run.contains("\ncargo test --all-features\n"));
    let out = readme.lines().find_map(|line| line.split_once(" --out ")).expect("the README settles a programme").1;
    assert!(files::read(".gitignore").lines().any(|line| line == format!("/{}", out.trim())), "{out} is not kept");
}
