//! Small programmes for the keys of the mechanisms, each with the postings that follow from the page, worked out by hand; each
//! is explained too, so that every amount is worked out a second time.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used)]

use effekt::explain::{Lang, Question, explain, render};
use effekt::formats::{self, Case, Source, Sources};
use effekt::{Day, settle};

/// A programme of one contract, with participants enrolled on 1 January 2018.
struct Programme {
    contract: String,
    participants: String,
    spells: String,
}

const HEAD: &str = r#"
id = "demo"
currency = "DKK"
starts = 2018-01-01
ends = 2019-12-31
kinds = ["course", "prison"]
settlement = { every = "quarter", reporting_days = 30, tail_periods = 1 }
payer = [{ id = "town" }]
"#;

/// The terms of one contract, and spells as `id participant employer kind first last hours evidence recorded`.
fn programme(terms: &str, spells: &[&str]) -> Programme {
    let row = |line: &&str| {
        let cells: Vec<&str> = line.split_whitespace().map(|cell| if cell == "-" { "" } else { cell }).collect();
        let [id, who, employer, kind, first, last, hours, evidence, recorded]: [&str; 9] = cells.try_into().unwrap();
        format!("demo,{id},{who},{employer},{kind},{first},{last},{hours},{evidence},{recorded}\n")
    };
    let header = "contract,spell,participant,employer,kind,first_day,last_day,weekly_hours,evidence,recorded_on\n";
    Programme {
        contract: format!("{HEAD}{terms}"),
        participants: "contract,participant,target_group,enrolled_on,recorded_on\n\
            demo,anna,cash-benefit,2018-01-01,2018-01-03\ndemo,bo,cash-benefit,2018-01-01,2018-01-03\n"
            .to_owned(),
        spells: header.to_owned() + &spells.iter().map(row).collect::<String>(),
    }
}

fn read(programme: &Programme) -> Case {
    let sources = Sources {
        contracts: vec![Source::new("contracts/demo.toml", programme.contract.as_bytes())],
        participants: Some(Source::new("participants.csv", programme.participants.as_bytes())),
        companies: Some(Source::new("companies.csv", "contract,company,recorded_on")),
        placements: Some(Source::new("placements.csv", "contract,placement,participant,company,placed_on,recorded_on")),
        spells: Some(Source::new("spells.csv", programme.spells.as_bytes())),
        payments: None,
        measurements: None,
    };
    let mut read = formats::read(&sources, None, &[]);
    let errors: Vec<_> = read.diagnostics.iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    read.cases.remove(0)
}

/// What is posted, as `settlement charge/unit of whom on which day: amount`; everything is explained in both languages.
fn posted(programme: &Programme) -> Vec<String> {
    let case = read(programme);
    let (contract, as_of) = (case.contract.as_ref().unwrap(), Day::parse("2020-12-31").unwrap());
    let mut said = Vec::new();
    for settlement in settle(contract, &case.facts, as_of) {
        said.extend(settlement.postings().map(|posting| {
            let (number, amount) = (posting.settlement, posting.amount.display(contract.currency));
            format!("{number} {}/{} {} {}: {amount}", posting.charge, posting.unit, posting.subject, posting.earned_on)
        }));
    }
    for participant in [None, Some("anna"), Some("bo")] {
        let told = explain(contract, &case.facts, as_of, Question { participant, settlement: None }).unwrap();
        for lang in [Lang::En, Lang::Da] {
            assert!(!render(&told, lang).is_empty());
        }
    }
    said
}

fn is(terms: &str, spells: &[&str], wanted: &[&str]) {
    let said = posted(&programme(terms, spells));
    assert_eq!(said, wanted, "{terms}");
}

const LADDER: &str = r#"
[[outcome]]
id = "work"
kinds = ["ordinary"]
[[outcome]]
id = "course"
kinds = ["course"]
[[charge]]
id = "quarter"
type = "milestone"
outcome = "work"
mode = "continuous"
after = { weeks = 13 }
requires = ["course"]
amount = 1000
[[charge]]
id = "course"
type = "milestone"
outcome = "course"
mode = "cumulative"
after = { days = 1 }
amount = 0
"#;

#[test]
fn a_charge_waits_for_what_it_requires() {
    // 13 weeks from 2018-01-01 are reached on 04-01; the course of amount 0 is a marker, passed on 05-10.
    let work = "s1 anna Bageriet ordinary 2018-01-01 2018-06-30 37 - 2018-01-05";
    let course = "s2 anna Skolen course 2018-05-10 2018-05-10 0 - 2018-05-12";
    is(LADDER, &[work], &[]);
    is(LADDER, &[work, course], &["2 quarter/step-01 anna 2018-05-10: 1000.00"]);
    // Known only in August: posted then. Withdrawn by a row that moves it: taken back.
    let late = "s2 anna Skolen course 2018-03-10 2018-03-10 0 - 2018-08-12";
    let gone = "s2 anna Skolen education 2018-03-10 2018-03-10 0 - 2018-11-12";
    let earned = "3 quarter/step-01 anna 2018-04-01: 1000.00";
    is(LADDER, &[work, late], &[earned]);
    is(LADDER, &[work, late, gone], &[earned, "4 quarter/step-01 anna 2018-04-01: -1000.00"]);
}

#[test]
fn units_that_wait_are_earned_together() {
    let terms =
        LADDER.replace("id = \"quarter\"\ntype = \"milestone\"", "id = \"quarter\"\ntype = \"period\"\nunit = \"month\"");
    let terms = terms.replacen("mode = \"continuous\"\nafter = { weeks = 13 }\n", "max_units = 3\n", 1);
    let work = "s1 anna Bageriet ordinary 2018-01-01 2018-12-31 37 - 2018-01-05";
    let course = "s2 anna Skolen course 2018-02-20 2018-02-20 0 - 2018-02-22";
    is(
        &terms,
        &[work, course],
        &[
            "1 quarter/2018-01 anna 2018-02-20: 1000.00",
            "1 quarter/2018-02 anna 2018-02-28: 1000.00",
            "1 quarter/2018-03 anna 2018-03-31: 1000.00",
        ],
    );
}

#[test]
fn a_fixed_charge_waits_for_anybody() {
    let terms = format!(
        "{LADDER}[[charge]]\nid = \"bonus\"\ntype = \"fixed\"\non = [2018-03-31, 2018-12-31]\nrequires = [\"quarter\"]\namount = 700\n\
         [[charge]]\nid = \"more\"\ntype = \"fixed\"\non = [2018-01-31]\nrequires = [\"bonus\"]\namount = 50\n"
    );
    let work = "s1 bo Bageriet ordinary 2018-01-01 2018-06-30 37 - 2018-01-05";
    let course = "s2 bo Skolen course 2018-05-10 2018-05-10 0 - 2018-05-12";
    is(&terms, &[work], &[]);
    is(
        &terms,
        &[work, course],
        &[
            "2 quarter/step-01 bo 2018-05-10: 1000.00",
            "2 bonus/2018-03-31 - 2018-05-10: 700.00",
            "2 more/2018-01-31 - 2018-05-10: 50.00",
            "4 bonus/2018-12-31 - 2018-12-31: 700.00",
        ],
    );
}

const VARIANT: &str = r#"
[[outcome]]
id = "part-time"
kinds = ["ordinary"]
[[outcome]]
id = "full-time"
kinds = ["ordinary"]
min_weekly_hours = 30
[[charge]]
id = "part"
type = "TYPE"
outcome = "part-time"
variant = "employment"
amount = 3000
[[charge]]
id = "full"
type = "TYPE"
outcome = "full-time"
variant = "employment"
amount = 4500
"#;

#[test]
fn a_better_way_to_the_same_payment_pays_the_difference() {
    let steps = VARIANT.replace("\"TYPE\"", "\"milestone\"\nmode = \"cumulative\"\nafter = { days = 1 }");
    let part = "s1 anna Bageriet ordinary 2018-04-01 2018-09-30 15 - 2018-04-05";
    let full = "s2 anna Bageriet ordinary 2018-10-01 2018-12-31 37 - 2018-10-05";
    is(&steps, &[part, full], &["2 part/step-01 anna 2018-04-01: 3000.00", "4 full/step-01 anna 2018-10-01: 1500.00"]);
    // The other way round, and both on one day: the place in the contract decides.
    let first = "s1 anna Bageriet ordinary 2018-04-01 2018-09-30 37 - 2018-04-05";
    is(&steps, &[first], &["2 part/step-01 anna 2018-04-01: 3000.00", "2 full/step-01 anna 2018-04-01: 1500.00"]);
    let swapped = steps.replace("id = \"part\"", "id = \"x\"").replace("id = \"full\"", "id = \"part\"");
    let swapped = swapped.replace("id = \"x\"", "id = \"full\"").replace("outcome = \"part-time\"", "outcome = \"y\"");
    let swapped = swapped.replace("outcome = \"full-time\"", "outcome = \"part-time\"").replace("\"y\"", "\"full-time\"");
    let swapped = swapped.replace("3000", "z").replace("4500", "3000").replace("= z", "= 4500");
    is(&swapped, &[first], &["2 full/step-01 anna 2018-04-01: 4500.00"]);
    // Known late: the difference falls to what the better one leaves.
    let late = "s1 anna Bageriet ordinary 2018-04-01 2018-09-30 15 - 2018-12-05";
    is(&steps, &[late, full], &["4 part/step-01 anna 2018-04-01: 3000.00", "4 full/step-01 anna 2018-10-01: 1500.00"]);
}

#[test]
fn periods_of_a_variant_are_compared_unit_by_unit() {
    let months = VARIANT.replace("\"TYPE\"", "\"period\"\nunit = \"month\"");
    let part = "s1 anna Bageriet ordinary 2018-04-01 2018-05-10 15 - 2018-04-05";
    let full = "s2 anna Bageriet ordinary 2018-05-11 2018-06-30 37 - 2018-05-12";
    is(
        &months,
        &[part, full],
        &[
            "2 part/2018-04 anna 2018-04-30: 3000.00",
            "2 part/2018-05 anna 2018-05-31: 3000.00",
            "2 full/2018-05 anna 2018-05-31: 1500.00",
            "2 part/2018-06 anna 2018-06-30: 3000.00",
            "2 full/2018-06 anna 2018-06-30: 1500.00",
        ],
    );
}
