//! Explanations: over every fixture programme and random ones each amount is worked out a second time and agrees; a figure
//! that was tampered with is refused; telling examples stand in both languages in `fixtures/explain`, for people to read.
//! `EFFEKT_BLESS=1 cargo test --all-features --test random explain` records them anew; look at the difference before you commit it.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::support;

use effekt::explain::check::{Figures, OwedFigures, agree};
use effekt::explain::tree::Explanation;
use effekt::explain::{ExplainError, Lang, Question, explain, render};
use effekt::formats::{self, Case, Source, Sources};
use effekt::{Contract, Currency, Day, Facts, Money, settle};
use proptest::strategy::Strategy;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use support::{arbitrary, runs, values};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(programme: &Path, as_of: Day) -> Vec<Case> {
    let file = |name: &str| fs::read(programme.join(name)).ok().map(|bytes| Source::new(name, bytes));
    let contracts = fs::read_dir(programme.join("contracts")).unwrap().map(|entry| entry.unwrap().path());
    let contract = |path: PathBuf| {
        Source::new(format!("contracts/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap())
    };
    let sources = Sources {
        contracts: contracts.map(contract).collect(),
        participants: file("participants.csv"),
        companies: file("companies.csv"),
        placements: file("placements.csv"),
        spells: file("spells.csv"),
        hours: file("hours.csv"),
        measurements: file("measurements.csv"),
        suspensions: file("suspensions.csv"),
        validation: file("validation.csv"),
        benefits: file("benefits.csv"),
        places: file("places.csv"),
        goals: file("goals.csv"),
        indicators: file("indicators.csv"),
        payments: file("payments.csv"),
        funding: file("funding.toml"),
    };
    let programme = formats::read(&sources, Some(as_of), &[]);
    programme.cases.into_iter().filter(|case| !case.refused).collect()
}

/// The case folders, each with its as-of day.
fn folders() -> Vec<(PathBuf, Day)> {
    let shared = std::env::var_os("EFFEKT_SHARED").map_or_else(|| project().join("../shared"), PathBuf::from);
    let own = ["rules", "mechanisms", "contracts"].map(|folder| project().join("fixtures").join(folder));
    let roots: Vec<PathBuf> = own.into_iter().chain([shared.join("cases")]).collect();
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
    let items =
        explanation.settlements.iter().flat_map(|chapter| chapter.parts.iter().map(move |part| (chapter.number, part)));
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
        serde_json::to_string(&answer).map_err(|error| error.to_string())?;
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
            keys +=
                explain_all(&contract, &case.facts, as_of).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            contracts += 1;
        }
    }
    assert!(contracts > 45 && keys > 500, "{contracts} contracts, {keys} postings");
}

/// The two programmes of real size: every participant that a contract asks about is explained, in the contract's answer or in
/// one of its own.
#[test]
fn every_posting_of_the_programmes_of_real_size_is_explained() {
    for (programme, as_of) in [("vsb", "2023-12-31"), ("impact60", "2025-12-31")] {
        let as_of = Day::parse(as_of).unwrap();
        for case in read(&project().join("fixtures").join(programme).join("programme"), as_of) {
            let contract = case.contract.unwrap();
            let whole = explain(&contract, &case.facts, as_of, Question::default())
                .unwrap_or_else(|error| panic!("{}: {error}", contract.id));
            let mut posted: BTreeMap<u32, i128> = settle(&contract, &case.facts, as_of)
                .map(|settlement| (settlement.period.number, settlement.total().minor()))
                .collect();
            posted.retain(|_, sum| *sum != 0);
            assert!(!posted.is_empty());
            assert_eq!(told(&whole), posted, "{}", contract.id);
        }
    }
}

#[test]
fn every_posting_of_random_programmes_is_explained() {
    let mut keys = 0;
    let looked = runs::try_each(runs::count(20_000) / 20, 11, arbitrary::settled(), |settled| {
        let as_of = Day::parse(&settled.as_of).unwrap();
        for terms in &settled.programme.contracts {
            let facts = values::facts(&settled.programme, &terms.id, as_of);
            keys += explain_all(&values::contract(terms), &facts, as_of)?;
        }
        Ok(())
    });
    looked.unwrap_or_else(|error| panic!("{error}"));
    assert!(keys > 1_000, "only {keys} postings");
}

/// The same with what adjusts rates, delays and versions, and with what the payee owes.
#[test]
fn every_posting_of_adjusted_and_amended_programmes_is_explained() {
    let kinds = [
        (12, arbitrary::adjusted().boxed()),
        (13, arbitrary::versioned().boxed()),
        (14, arbitrary::owing().boxed()),
        (15, arbitrary::granting().boxed()),
        (16, arbitrary::gated().boxed()),
        (17, arbitrary::counted().boxed()),
    ];
    for (seed, programmes) in kinds {
        let mut keys = 0;
        let looked = runs::try_each(runs::count(20_000) / 80, seed, programmes, |settled| {
            let as_of = Day::parse(&settled.as_of).unwrap();
            let ids: BTreeSet<&str> = settled.programme.contracts.iter().map(|contract| contract.id.as_str()).collect();
            for id in ids {
                let facts = values::facts(&settled.programme, id, as_of);
                keys += explain_all(&values::in_versions(&settled.programme, id), &facts, as_of)?;
            }
            Ok(())
        });
        looked.unwrap_or_else(|error| panic!("{error}"));
        assert!(keys > 300, "only {keys} postings");
    }
}

/// Figures that agree with themselves, and with nothing else.
#[test]
fn a_figure_that_was_tampered_with_is_refused() {
    let owed = OwedFigures {
        earned_on: Day::parse("2018-02-18").unwrap(),
        amount: Money::from_minor(150_000),
        granted: Money::from_minor(100_000),
        cut_by: Some("cap".to_owned()),
        quantity: 1.into(),
        rate: Some(1500.into()),
        days: 7,
    };
    let name = |text: &str| text.to_owned();
    let sound = Figures {
        settlement: 3,
        charge: name("weekly"),
        subject: name("p1"),
        unit: name("2018-W07"),
        owed: Some(owed.clone()),
        paid: Money::from_minor(100_000),
    };
    assert_eq!(agree(&sound, &sound, Currency::DKK), Ok(()));
    let tampered = [
        Figures { paid: Money::from_minor(100_001), ..sound.clone() },
        Figures { owed: None, ..sound.clone() },
        Figures { owed: Some(OwedFigures { amount: Money::from_minor(150_001), ..owed.clone() }), ..sound.clone() },
        Figures { owed: Some(OwedFigures { cut_by: None, ..owed.clone() }), ..sound.clone() },
        Figures { owed: Some(OwedFigures { days: 6, ..owed.clone() }), ..sound.clone() },
        Figures { owed: Some(OwedFigures { earned_on: Day::parse("2018-02-19").unwrap(), ..owed }), ..sound.clone() },
    ];
    for posting in tampered {
        let refused = agree(&sound, &posting, Currency::DKK);
        assert!(matches!(refused, Err(ExplainError::Disagrees { .. })), "{posting:?}");
    }
    let text =
        agree(&sound, &Figures { paid: Money::from_minor(99_999), ..sound.clone() }, Currency::DKK).unwrap_err().to_string();
    assert!(text.contains("worked out by hand 1000.00 DKK") && text.contains("posted 999.99 DKK"), "{text}");
}

#[test]
fn what_cannot_be_asked_is_said() {
    let as_of = Day::parse("2019-12-31").unwrap();
    let case = read(&project().join("fixtures/rules/38-limits-together-and-released/programme"), as_of).remove(0);
    let contract = case.contract.unwrap();
    let ask =
        |participant, settlement| explain(&contract, &case.facts, as_of, Question { participant, settlement }).unwrap_err();
    assert_eq!(ask(Some("nobody"), None), ExplainError::UnknownParticipant("nobody".to_owned()));
    assert_eq!(ask(Some("a"), Some(3)), ExplainError::NoSuchSettlement { asked: 3, last: 2 });
    assert_eq!(ask(None, Some(0)), ExplainError::NoSuchSettlement { asked: 0, last: 2 });
}

/// What people read: a name, the programme, the contract, the participant and the settlement that are asked about.
type Example = (&'static str, &'static str, &'static str, Option<&'static str>, Option<u32>);

const EXAMPLES: [Example; 11] = [
    ("weeks", "fixtures/rules/01-days-and-weeks", "", Some("a"), None),
    ("runs", "fixtures/rules/20-runs-and-gaps", "c20", Some("e"), None),
    ("prorated", "fixtures/rules/33-prorated-with-rates", "c33", None, Some(1)),
    ("limits", "fixtures/rules/38-limits-together-and-released", "c38", Some("b"), None),
    ("corrections", "fixtures/rules/40-corrections", "c40", Some("a"), None),
    ("contract", "fixtures/rules/40-corrections", "c40", None, None),
    ("waiting", "fixtures/rules/08-waiting-facts", "", None, None),
    ("companies", "fixtures/rules/45-per-company-rates-and-limits", "", None, None),
    ("nothing", "fixtures/rules/14-kinds-placements-companies", "c14", Some("e"), None),
    ("confirm", "fixtures/rules/16-confirm-days", "c16", Some("d"), Some(2)),
    ("versions", "fixtures/versions", "", None, None),
];

#[test]
fn the_examples_read_as_recorded() {
    let bless = std::env::var_os("EFFEKT_BLESS").is_some();
    let mut differ = Vec::new();
    for (name, folder, id, participant, settlement) in EXAMPLES {
        let as_of = fs::read_to_string(project().join(folder).join("command.txt")).unwrap();
        let as_of = as_of.split_whitespace().find_map(Day::parse).unwrap();
        let case = read(&project().join(folder).join("programme"), as_of)
            .into_iter()
            .find(|case| id.is_empty() || case.id == *id)
            .unwrap();
        let question = Question { participant, settlement };
        let answer = explain(&case.contract.unwrap(), &case.facts, as_of, question).unwrap();
        for (lang, ending) in [(Lang::En, "en"), (Lang::Da, "da")] {
            let path = project().join(format!("fixtures/explain/{name}.{ending}.txt"));
            let text = render(&answer, lang);
            if bless {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &text).unwrap();
            } else if fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
                differ.push(path);
            }
        }
    }
    assert!(differ.is_empty(), "these read otherwise than recorded: {differ:?}");
}
