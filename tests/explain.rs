//! Explanations: over every fixture programme and random ones each amount is worked out a second time and agrees; a figure
//! that was tampered with is refused; telling examples stand in both languages in `fixtures/explain`, for people to read.
//! `EFFEKT_BLESS=1 cargo test --all-features --test explain` records them anew; look at the difference before you commit it.

#![cfg(feature = "formats")]

mod support;

use effekt::explain::check::{Figures, OwedFigures, agree};
use effekt::explain::tree::{Change, Explanation};
use effekt::explain::{ExplainError, Lang, Question, explain, render};
use effekt::formats::{self, Case, Source, Sources};
use effekt::{Contract, Currency, Day, Facts, Money, settle};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use support::{arbitrary, runs, values};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(programme: &Path, as_of: Day) -> Vec<Case> {
    let file = |name: &str| fs::read(programme.join(name)).ok().map(|bytes| Source::new(name, bytes));
    let contracts = fs::read_dir(programme.join("contracts")).unwrap().map(|entry| entry.unwrap().path());
    let contract = |path: PathBuf| Source::new(format!("contracts/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
    let sources = Sources {
        contracts: contracts.map(contract).collect(),
        participants: file("participants.csv"),
        companies: file("companies.csv"),
        placements: file("placements.csv"),
        spells: file("spells.csv"),
    };
    let programme = formats::read(&sources, Some(as_of), &[]);
    programme.cases.into_iter().filter(|case| !case.refused).collect()
}

/// The case folders, each with its as-of day.
fn folders() -> Vec<(PathBuf, Day)> {
    let shared = std::env::var_os("EFFEKT_SHARED").map_or_else(|| project().join("../shared"), PathBuf::from);
    let roots = [project().join("fixtures/rules"), shared.join("cases")];
    let mut folders = Vec::new();
    for folder in roots.iter().filter_map(|root| fs::read_dir(root).ok()).flatten().map(|entry| entry.unwrap().path()) {
        if let Ok(command) = fs::read_to_string(folder.join("command.txt")) {
            let as_of = command.split_whitespace().find_map(Day::parse).unwrap();
            folders.push((folder, as_of));
        }
    }
    folders.sort();
    folders
}

/// What an explanation says was posted: by settlement the sum of the items.
fn told(explanation: &Explanation) -> BTreeMap<u32, i128> {
    let minor = |text: String| text.replace('.', "").parse::<i128>().unwrap();
    let items = explanation.settlements.iter().flat_map(|chapter| chapter.parts.iter().map(move |part| (chapter.number, part)));
    let mut sums = BTreeMap::new();
    for (number, part) in items {
        let items: i128 = part.items.iter().map(|item| minor(item.total.to_string())).sum();
        assert_eq!(items, minor(part.total.to_string()));
        *sums.entry(number).or_default() += items;
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

/// Explains everything there is: the contract, each settlement, each participant, each participant in each settlement.
fn explain_all(contract: &Contract, facts: &Facts, as_of: Day) -> Result<usize, String> {
    let ask = |participant: Option<&str>, settlement: Option<u32>| {
        let question = Question { participant, settlement };
        let answer = explain(contract, facts, as_of, question).map_err(|error| format!("{question:?}: {error}"))?;
        for lang in [Lang::En, Lang::Da] {
            let text = render(&answer, lang);
            assert!(!text.contains('{') && !text.contains('}'), "{text}");
        }
        Ok::<Explanation, String>(answer)
    };
    let mut posted = BTreeMap::new();
    let mut keys = 0;
    for settlement in settle(contract, facts, as_of) {
        keys += settlement.postings().count();
        posted.insert(settlement.period.number, settlement.total().minor());
    }
    let settlements: Vec<u32> = posted.keys().copied().collect();
    posted.retain(|_, sum| *sum != 0);
    assert_eq!(told(&ask(None, None)?), posted);
    for number in &settlements {
        let of_one = told(&ask(None, Some(*number))?);
        assert_eq!(of_one.get(number), posted.get(number));
    }
    let participants: Vec<&str> =
        (0..facts.participants.len()).map(|nth| facts.participants.rows_of(nth)[0].id.as_str()).collect();
    for id in participants {
        let whole = told(&ask(Some(id), None)?);
        for number in &settlements {
            let one = told(&ask(Some(id), Some(*number))?);
            assert_eq!(one.get(number), whole.get(number), "{id} in settlement {number}");
        }
    }
    Ok(keys)
}

#[test]
fn every_posting_of_every_case_is_explained() {
    let (mut keys, mut contracts) = (0, 0);
    for (folder, as_of) in folders() {
        for case in read(&folder.join("programme"), as_of) {
            let contract = case.contract.unwrap();
            keys += explain_all(&contract, &case.facts, as_of).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            contracts += 1;
        }
    }
    assert!(contracts > 45 && keys > 500, "{contracts} contracts, {keys} postings");
}
