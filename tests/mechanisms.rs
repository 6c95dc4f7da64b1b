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
        hours: None,
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

/// An outcome `work` with more keys, and one charge on it.
fn one(outcome: &str, charge: &str) -> String {
    format!(
        "[[outcome]]\nid = \"work\"\nkinds = [\"ordinary\"]\n{outcome}\n[[charge]]\nid = \"pay\"\noutcome = \"work\"\namount = 100\n{charge}\n"
    )
}

const FIRST_DAY: &str = "type = \"milestone\"\nmode = \"cumulative\"\nafter = { days = 1 }";
const DAILY: &str = "type = \"period\"\nunit = \"month\"\nprorate = true";

fn work(id: &str, first: &str, last: &str) -> String {
    format!("{id} anna Bageriet ordinary {first} {last} 30 slip 2018-01-05")
}

#[test]
fn a_step_may_be_counted_anew() {
    let repeat = |more: &str| one("", &format!("{FIRST_DAY}\n{more}"));
    let days = ["2018-03-03", "2018-06-10", "2018-09-01"].map(|day| work(&format!("s-{day}"), day, day));
    let spells: Vec<&str> = days.iter().map(String::as_str).collect();
    is(&repeat(""), &spells, &["1 pay/step-01 anna 2018-03-03: 100.00"]);
    is(&repeat("repeat = 1"), &spells, &["1 pay/step-01 anna 2018-03-03: 100.00", "2 pay/step-02 anna 2018-06-10: 100.00"]);
    // Four weeks, and four weeks, with a break between: 27 days are lost.
    let weeks = one("", "type = \"milestone\"\nmode = \"continuous\"\nafter = { weeks = 4 }\nrepeat = 12");
    is(
        &weeks,
        &[&work("s1", "2018-01-01", "2018-02-24"), &work("s2", "2018-03-01", "2018-04-30")],
        &[
            "1 pay/step-01 anna 2018-01-28: 100.00",
            "1 pay/step-02 anna 2018-03-28: 100.00",
            "2 pay/step-03 anna 2018-04-25: 100.00",
        ],
    );
}

#[test]
fn days_and_months_within_a_stretch_of_time() {
    let charge = |more: &str| one("", &format!("type = \"milestone\"\nmode = \"cumulative\"\n{more}"));
    // On 5 February ten days have counted; but then no day of January but the 5th is near enough to be looked at.
    let spells = [work("s1", "2018-01-01", "2018-01-05"), work("s2", "2018-02-01", "2018-02-20")];
    let spells: Vec<&str> = spells.iter().map(String::as_str).collect();
    is(&charge("after = { days = 10 }"), &spells, &["1 pay/step-01 anna 2018-02-05: 100.00"]);
    is(&charge("after = { days = 10 }\nwithin = { days = 32 }"), &spells, &["1 pay/step-01 anna 2018-02-10: 100.00"]);
    is(&charge("after = { days = 10 }\nwithin = { months = 1 }"), &spells, &["1 pay/step-01 anna 2018-02-10: 100.00"]);
    is(&charge("after = { days = 11 }\nwithin = { days = 11 }"), &spells, &["1 pay/step-01 anna 2018-02-11: 100.00"]);
    // 12 of 14 months of the calendar: 5 + 7 on the first day of the next year's February.
    let terms = charge("after = { months = 12 }\nmin_days = 1\nwithin = { months = 14 }");
    let months = [work("s1", "2018-01-01", "2018-05-31"), work("s2", "2018-08-01", "2019-06-30")];
    let months: Vec<&str> = months.iter().map(String::as_str).collect();
    is(&terms, &months, &["5 pay/step-01 anna 2019-02-01: 100.00"]);
    is(&terms.replace("= 14", "= 12"), &months, &[]);
    // With 15 days a month counts on its fifteenth; counted anew, the same month may count again.
    let half = charge("after = { months = 2 }\nmin_days = 15\nrepeat = 1");
    is(
        &half,
        &[&work("s1", "2018-01-20", "2018-04-30")],
        &["1 pay/step-01 anna 2018-03-15: 100.00", "2 pay/step-02 anna 2018-04-15: 100.00"],
    );
}

#[test]
fn one_day_is_asked() {
    let terms = one("", "type = \"milestone\"\nmode = \"on-day\"\nafter = { months = 3 }");
    is(&terms, &[&work("s1", "2018-02-01", "2018-04-01")], &["2 pay/step-01 anna 2018-04-01: 100.00"]);
    is(&terms, &[&work("s1", "2018-02-01", "2018-03-31"), &work("s2", "2018-04-02", "2018-05-31")], &[]);
}

#[test]
fn the_keys_of_an_outcome() {
    let nine = "- anna Bageriet ordinary 2018-01-01 2018-01-09 30 - 2018-01-05";
    let proven = nine.replacen('-', "s1", 1).replace("30 -", "30 slip");
    let month = |amount: &str| format!("1 pay/2018-01 anna 2018-01-31: {amount}");
    // 31 days at 100 a month.
    is(&one("evidence = \"required\"", DAILY), &[&nine.replacen('-', "s1", 1)], &[]);
    is(&one("evidence = \"required\"", DAILY), &[&proven], &[&month("29.03")]);
    let prison = "s2 anna Staten prison 2018-01-03 2018-01-04 0 - 2018-01-05";
    is(&one("except_kinds = [\"prison\"]", DAILY), &[&proven, prison], &[&month("22.58")]);
    is(&one("skip_days = 4", DAILY), &[&proven], &[&month("16.13")]);
    is(
        &one("skip_days = 4\nwindow = { from = \"first-day\", days = 6 }", DAILY),
        &[&proven],
        &["1 pay/2018-01 anna 2018-01-06: 6.45"],
    );
}

#[test]
fn a_job_with_more_hours_is_new() {
    let old = "s1 anna Bageriet ordinary 2017-06-01 2018-04-30 12 - 2018-01-05";
    let more = "s2 anna Bageriet ordinary 2018-05-01 2018-12-31 30 - 2018-05-05";
    let terms = |new: &str| one(&format!("min_weekly_hours = 25\nnew_jobs_only = {new}"), FIRST_DAY);
    is(&terms("true"), &[old, more], &[]);
    is(&terms("\"or-more-hours\""), &[old, more], &["2 pay/step-01 anna 2018-05-01: 100.00"]);
    is(&terms("\"or-more-hours\""), &[&old.replace(" 12 ", " 25 "), more], &[]);
}

#[test]
fn each_place_of_work_is_looked_at_by_itself() {
    let terms = one("same_employer = true", "type = \"milestone\"\nmode = \"cumulative\"\nafter = { days = 20 }");
    let here = work("s1", "2018-01-01", "2018-01-15");
    let there = "s2 anna Cafeen ordinary 2018-01-10 2018-02-28 20 - 2018-01-05";
    // 15 days here and, by 01-29, 20 there.
    is(&terms, &[&here, there], &["1 pay/step-01 anna 2018-01-29: 100.00"]);
    // Counted anew from 01-30: 2 days left in January and 18 in February, there; here no day is left.
    is(
        &terms.replace("20 }", "20 }\nrepeat = 1"),
        &[&here, there],
        &["1 pay/step-01 anna 2018-01-29: 100.00", "1 pay/step-02 anna 2018-02-18: 100.00"],
    );
    // On one day at both: the price is that of the one with more hours.
    let card = terms.replace("amount = 100\n", "").replace(
        "20 }",
        "20 }\n[[charge.rate]]\nhours = { from = 30, below = 99 }\namount = 700\n[[charge.rate]]\namount = 5",
    );
    let both = [
        "s1 anna Zoo ordinary 2018-01-01 2018-01-20 30 - 2018-01-05",
        "s2 anna Cafeen ordinary 2018-01-01 2018-01-20 20 - 2018-01-05",
    ];
    is(&card, &both, &["1 pay/step-01 anna 2018-01-20: 700.00"]);
}

#[test]
fn a_window_may_follow_a_charge() {
    let terms = r#"
[[outcome]]
id = "work"
kinds = ["ordinary"]
[[outcome]]
id = "after"
kinds = ["ordinary"]
window = { from = "charge", charge = "first", months = 12 }
[[charge]]
id = "second"
type = "milestone"
outcome = "after"
mode = "continuous"
after = { weeks = 13 }
requires = ["first"]
amount = 1000
[[charge]]
id = "first"
type = "milestone"
outcome = "work"
mode = "continuous"
after = { weeks = 13 }
amount = 2600
"#;
    let long = "s1 anna Bageriet ordinary 2018-01-07 2018-12-31 30 - 2018-01-05";
    is(terms, &[long], &["2 first/step-01 anna 2018-04-07: 2600.00", "3 second/step-01 anna 2018-07-07: 1000.00"]);
    // The first falls away, and with it the second.
    let gone = "s1 anna Bageriet education 2018-01-07 2018-12-31 30 - 2018-11-05";
    is(
        terms,
        &[long, gone],
        &[
            "2 first/step-01 anna 2018-04-07: 2600.00",
            "3 second/step-01 anna 2018-07-07: 1000.00",
            "4 first/step-01 anna 2018-04-07: -2600.00",
            "4 second/step-01 anna 2018-07-07: -1000.00",
        ],
    );
}

#[test]
fn longer_units_and_pieces() {
    let unit = |unit: &str| one("", &format!("type = \"period\"\nunit = {unit}\nmin_days = 20"));
    let spell = work("s1", "2018-01-03", "2018-08-05");
    is(
        &unit("\"quarter\""),
        &[&spell],
        &[
            "1 pay/2018-Q1 anna 2018-03-31: 100.00",
            "2 pay/2018-Q2 anna 2018-06-30: 100.00",
            "3 pay/2018-Q3 anna 2018-09-30: 100.00",
        ],
    );
    is(
        &unit("\"half-year\""),
        &[&spell],
        &["2 pay/2018-H1 anna 2018-06-30: 100.00", "4 pay/2018-H2 anna 2018-12-31: 100.00"],
    );
    is(&unit("\"year\""), &[&spell], &["4 pay/2018 anna 2018-12-31: 100.00"]);
    // Twelve weeks from enrolment on 2018-01-01: to 03-25, 06-17 and 09-09.
    is(
        &unit("{ weeks = 12 }"),
        &[&spell],
        &[
            "1 pay/part-001 anna 2018-03-25: 100.00",
            "2 pay/part-002 anna 2018-06-17: 100.00",
            "3 pay/part-003 anna 2018-09-09: 100.00",
        ],
    );
    // A year, day by day: 215 of 365.
    is(&one("", "type = \"period\"\nunit = \"year\"\nprorate = true"), &[&spell], &["4 pay/2018 anna 2018-12-31: 58.90"]);
    // The first day is known later to be another one: the pieces keep their names, and the last one comes.
    let terms =
        one("window = { from = \"first-day\", days = 56 }", "type = \"period\"\nunit = { weeks = 4 }\nprorate = true");
    let later = "s1 anna Bageriet ordinary 2018-02-01 2018-03-14 30 slip 2018-07-05";
    is(
        &terms,
        &[&work("s1", "2018-01-03", "2018-02-13"), later],
        &["1 pay/part-001 anna 2018-01-30: 100.00", "1 pay/part-002 anna 2018-02-27: 50.00"],
    );
}
