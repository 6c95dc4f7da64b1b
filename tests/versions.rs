//! Versions of a contract (mechanisms 9.2): which one a settlement follows, what stays, and that a replay gives what was settled
//! at the time.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::field_reassign_with_default)]

#[cfg(feature = "cli")]
#[path = "common/place.rs"]
mod place;

use effekt::contract::Calendar;
use effekt::explain::{Lang, Question, explain, render};
use effekt::formats::{self, Case, Programme, Source, Sources};
use effekt::ledger::settle::resume;
use effekt::ledger::{Ledger, earlier::Made};
use effekt::{Contract, Day, settle};

const FIRST: &str = r#"
id = "demo"
currency = "DKK"
starts = 2019-08-01
ends = 2020-12-31
payer = [{ id = "town" }]
[settlement]
every = "quarter"
reporting_days = 15
tail_periods = 2
[[outcome]]
id = "in-work"
kinds = ["ordinary"]
window = { from = "enrolment", months = 6 }
[[charge]]
id = "eight-months"
type = "milestone"
outcome = "in-work"
mode = "cumulative"
after = { days = 25 }
amount = 58963
[[charge]]
id = "monthly"
type = "period"
outcome = "in-work"
unit = "month"
max_units = 7
amount = 1000
[[limit]]
id = "most"
scope = "contract"
window = "total"
amount = 100000
"#;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The first version with some texts replaced, agreed on a day.
fn later(agreed_on: &str, replace: &[(&str, &str)]) -> String {
    let mut text = format!("agreed_on = {agreed_on}{FIRST}");
    for (from, to) in replace {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// Ann enrols on 1 August 2019, works in August, and from 5 March to 5 April 2020.
fn programme(contracts: &[String], as_of: Option<&str>) -> Programme {
    let file = |name: &str, text: &str| Some(Source::new(name, text));
    let sources = Sources {
        contracts: (1..)
            .zip(contracts)
            .map(|(nth, text)| Source::new(format!("contracts/{nth}.toml"), text.as_str()))
            .collect(),
        participants: file(
            "participants.csv",
            "contract,participant,target_group,enrolled_on,recorded_on\ndemo,ann,a,2019-08-01,2019-08-02\n",
        ),
        companies: file("companies.csv", "contract,company,recorded_on\n"),
        placements: file("placements.csv", "contract,placement,participant,company,placed_on,recorded_on\n"),
        spells: file(
            "spells.csv",
            "contract,spell,participant,employer,kind,first_day,last_day,weekly_hours,recorded_on\n\
             demo,s1,ann,Bakery,ordinary,2019-08-05,2019-08-11,30,2019-08-20\n\
             demo,s2,ann,Bakery,ordinary,2020-03-05,2020-04-05,30,2020-04-08\n",
        ),
        ..Sources::default()
    };
    formats::read(&sources, as_of.map(day), &[])
}

fn case(contracts: &[String]) -> Case {
    let programme = programme(contracts, None);
    assert!(programme.diagnostics.is_empty(), "{:?}", programme.diagnostics);
    programme.cases.into_iter().next().unwrap()
}

fn codes(contracts: &[String]) -> Vec<&'static str> {
    programme(contracts, None).diagnostics.iter().map(|found| found.code.id()).collect()
}

/// Settlement, charge, unit, amount and what is corrected.
fn postings(contract: &Contract, case: &Case, as_of: &str) -> Vec<String> {
    let settlements: Vec<_> = settle(contract, &case.facts, day(as_of)).collect();
    let line = |posting: effekt::Posting<'_>| {
        let amount = posting.amount.display(contract.currency);
        format!(
            "{} {} {} {amount} {}",
            posting.settlement,
            posting.charge,
            posting.unit,
            posting.corrects.map_or(0, |of| of)
        )
    };
    settlements.iter().flat_map(|settlement| settlement.postings().map(line).collect::<Vec<_>>()).collect()
}

#[test]
fn a_settlement_follows_the_last_version_agreed_on_by_its_cut_off() {
    let amended = later("2020-04-16", &[("months = 6", "months = 12"), ("amount = 1000", "amount = 1100")]);
    let case = case(&[amended, FIRST.to_owned()]);
    let contract = case.contract.as_ref().unwrap();
    assert_eq!(contract.versions.len(), 1);
    assert_eq!(
        (case.file.as_str(), case.file_of(contract.in_force(day("2020-04-16")))),
        ("contracts/2.toml", "contracts/1.toml")
    );
    assert_eq!(contract.in_force(day("2020-04-15")).agreed_on, None);
    // Cut-off 15 April: the window of six months is over. Cut-off 15 July: twelve months, and 25 days with 22 March.
    assert_eq!(
        postings(contract, &case, "2021-12-31"),
        [
            "1 monthly 2019-08 1000.00 0",
            "4 monthly 2019-08 100.00 1",
            "4 eight-months step-01 58963.00 0",
            "4 monthly 2020-03 1100.00 0",
            "4 monthly 2020-04 1100.00 0",
        ]
    );
    // A version that is agreed one day earlier is in force on the cut-off of 15 April.
    let earlier = later("2020-04-15", &[("months = 6", "months = 12")]);
    let case = self::case(&[FIRST.to_owned(), earlier]);
    let posted = postings(case.contract.as_ref().unwrap(), &case, "2020-04-15");
    assert_eq!(posted, ["1 monthly 2019-08 1000.00 0", "3 eight-months step-01 58963.00 0", "3 monthly 2020-03 1000.00 0"]);
}

#[test]
fn places_of_charges_and_limits_may_change_and_keys_keep_their_history() {
    let monthly = FIRST.split("[[charge]]\n").nth(2).unwrap().split("[[limit]]").next().unwrap().to_owned();
    let moved = FIRST.replacen(&format!("[[charge]]\n{monthly}"), "", 1);
    let moved = moved.replacen("[[charge]]\n", &format!("[[charge]]\n{monthly}[[charge]]\n"), 1);
    let moved = format!("agreed_on = 2020-01-10{}", moved.replacen("amount = 1000\n", "amount = 900\n", 1));
    let moved = moved.replacen(
        "[[limit]]\n",
        "[[limit]]\nid = \"own\"\nscope = \"participant\"\nwindow = \"total\"\namount = 500\n[[limit]]\n",
        1,
    );
    let case = case(&[FIRST.to_owned(), moved]);
    let contract = case.contract.as_ref().unwrap();
    assert_eq!(contract.versions[0].terms.charges[0].id.as_str(), "monthly");
    assert_eq!(postings(contract, &case, "2021-12-31"), ["1 monthly 2019-08 1000.00 0", "2 monthly 2019-08 -500.00 1"]);
    let told = explain(contract, &case.facts, day("2021-12-31"), Question::default()).unwrap();
    let text = render(&told, Lang::En);
    for line in [
        "By the contract as first signed.",
        "By the contract as agreed on 2020-01-10 (Fri).",
        "  charge: eight-months, monthly -> monthly, eight-months",
        "  charge monthly amount: 1000 -> 900",
        "  limit own: new",
        "    New since the settlement before: the contract as agreed on 2020-01-10 (Fri).",
    ] {
        assert!(text.lines().any(|known| known == line || known.starts_with(line)), "{line}\n{text}");
    }
    assert_eq!(text.matches("charge monthly amount").count(), 1);
}

#[test]
fn a_replay_with_later_versions_gives_what_was_settled_before_them() {
    let second = later("2020-04-20", &[("months = 6", "months = 12")]);
    let third = later(
        "2020-10-20",
        &[("months = 6", "months = 12"), ("58963", "60000"), ("ends = 2020-12-31", "ends = 2021-03-31")],
    );
    let alone = case(&[FIRST.to_owned()]);
    let two = case(&[FIRST.to_owned(), second.clone()]);
    let three = case(&[third, second, FIRST.to_owned()]);
    let of = |case: &Case, as_of: &str| postings(case.contract.as_ref().unwrap(), case, as_of);
    assert_eq!(of(&three, "2020-04-19"), of(&alone, "2020-04-19"));
    assert_eq!(of(&three, "2020-10-19"), of(&two, "2020-10-19"));
    assert_eq!(of(&three, "2021-12-31").last().unwrap(), "6 eight-months step-01 1037.00 4");
    // The calendar grows with the version that prolongs the term: two tail periods after its last one.
    let contract = three.contract.as_ref().unwrap();
    let periods: Vec<String> = Calendar::new(contract).map(|period| period.days.last.to_string()).collect();
    assert_eq!(periods.len(), 9);
    assert_eq!(periods[6..], ["2021-03-31", "2021-06-30", "2021-09-30"]);
}

#[test]
fn a_ledger_is_gone_on_from_in_the_version_of_the_next_cut_off() {
    let second = later("2020-04-20", &[("months = 6", "months = 12"), ("amount = 1000", "amount = 1100")]);
    let case = case(&[FIRST.to_owned(), second]);
    let contract = case.contract.as_ref().unwrap();
    let mut ledger = Ledger::default();
    ledger.decimals = 2;
    for settlement in settle(contract, &case.facts, day("2020-04-19")) {
        ledger.settlements.push(settlement.period);
        ledger.totals.push(settlement.total());
        for posting in settlement.postings() {
            let unit = posting.unit.to_string();
            let made = Made {
                settlement: posting.settlement,
                charge: ledger.name(posting.charge),
                subject: ledger.name(posting.subject),
                unit: ledger.name(&unit),
                earned_on: posting.earned_on,
                quantity: ledger.name("1"),
                rate: ledger.name("1000"),
                amount: posting.amount,
                corrects: 0,
                cut: None,
            };
            ledger.postings.push(made);
        }
    }
    assert!(ledger.check(contract).is_empty());
    let (settlements, differences) = resume(contract, &case.facts, day("2021-12-31"), &ledger);
    assert!(differences.is_empty(), "{differences:?}");
    let sums: Vec<i128> = settlements.map(|settlement| settlement.total().minor()).collect();
    assert_eq!(sums, [6_126_300, 0, 0, 0, 0]);
}

#[test]
fn what_stays_stays() {
    let calendar = |replace: &[(&str, &str)]| codes(&[FIRST.to_owned(), later("2020-04-20", replace)]);
    for replace in [
        ("ends = 2020-12-31", "ends = 2020-06-30"),
        ("tail_periods = 2", "tail_periods = 1"),
        ("reporting_days = 15", "reporting_days = 16"),
        ("starts = 2019-08-01", "starts = 2019-07-01"),
        ("\"quarter\"", "\"half-year\""),
    ] {
        assert_eq!(calendar(&[replace]), ["E270"], "{replace:?}");
    }
    assert_eq!(calendar(&[("unit = \"month\"", "unit = \"week\"")]), ["E271"]);
    assert_eq!(calendar(&[("id = \"monthly\"", "id = \"by-month\"")]), ["E271"]);
    assert_eq!(calendar(&[("[\"ordinary\"]", "[\"ordinary\"]\nper = \"company\"")]), ["E271", "E271"]);
    assert_eq!(calendar(&[("DKK", "EUR")]), ["E272"]);
    // Before anything is settled, everything may change; then nothing follows the first version.
    assert_eq!(
        codes(&[FIRST.to_owned(), later("2019-10-15", &[("DKK", "EUR"), ("reporting_days = 15", "reporting_days = 20")])]),
        ["N619"]
    );
    // A short last period that was made stays short; one that was not may grow with the term.
    let short = FIRST.replacen("ends = 2020-12-31", "ends = 2020-05-31", 1);
    let longer = |agreed_on: &str| codes(&[short.clone(), later(agreed_on, &[])]);
    assert_eq!(longer("2020-06-16"), ["E270"]);
    assert_eq!(longer("2020-06-15"), [""; 0]);
}

#[test]
fn versions_that_nobody_follows_and_days_that_are_named_twice() {
    let second = later("2020-04-20", &[]);
    assert_eq!(codes(&[FIRST.to_owned(), second.clone(), later("2020-05-20", &[])]), ["N619"]);
    assert_eq!(codes(&[FIRST.to_owned(), later("2021-08-20", &[])]), ["N619"]);
    assert_eq!(codes(&[FIRST.to_owned(), second.clone(), second.clone()]), ["E213", "E213"]);
    assert_eq!(codes(&[FIRST.to_owned(), FIRST.to_owned(), second.clone()]), ["E213", "E213"]);
    assert_eq!(codes(std::slice::from_ref(&second)), ["E274"]);
    assert_eq!(codes(&[later("2019-08-01", &[]), second]), [""; 0]);
}

#[test]
fn an_error_in_one_version_refuses_the_contract_and_one_of_the_future_is_not_there_yet() {
    let broken = later("2020-04-20", &[("unit = \"month\"", "unit = \"fortnight\"")]);
    let programme = self::programme(&[FIRST.to_owned(), broken], None);
    assert!(programme.cases.len() == 1 && programme.cases[0].refused && programme.cases[0].contract.is_none());
    let second = later("2020-04-20", &[]);
    for (as_of, versions) in [("2020-04-19", 0), ("2020-04-20", 1)] {
        let programme = self::programme(&[FIRST.to_owned(), second.clone()], Some(as_of));
        assert_eq!(programme.cases[0].contract.as_ref().unwrap().versions.len(), versions);
    }
}

#[test]
fn kinds_of_any_version_may_stand_in_the_rows() {
    let second =
        later("2020-04-20", &[("[\"ordinary\"]", "[\"ordinary\", \"club\"]"), ("payer =", "kinds = [\"club\"]\npayer =")]);
    let case = case(&[FIRST.to_owned(), second]);
    assert!(!case.refused && case.contract.as_ref().unwrap().kinds.is_empty());
}

#[test]
fn a_tail_that_is_prolonged_after_the_last_cut_off_goes_on() {
    let longer = later("2021-08-01", &[("tail_periods = 2", "tail_periods = 4")]);
    let case = case(&[FIRST.to_owned(), longer]);
    let contract = case.contract.as_ref().unwrap();
    let cut_offs: Vec<String> = Calendar::new(contract).map(|period| period.cut_off.to_string()).collect();
    assert_eq!(cut_offs[6..], ["2021-04-15", "2021-07-15", "2021-10-15", "2022-01-15"]);
    assert_eq!(contract.followed(Day::FAR).iter().map(|(number, _)| *number).collect::<Vec<u32>>(), [1, 9]);
}

/// The programme of `fixtures/versions` by the command: settled, gone on from, invoiced, explained and told.
#[cfg(feature = "cli")]
mod command {
    use super::place::effekt;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn programme() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/versions/programme")
    }

    fn run(command: &str, as_of: &str, out: &Path, more: &[&str]) {
        let (programme, out) = (programme(), out.to_str().unwrap().to_owned());
        let mut arguments = vec![command, programme.to_str().unwrap(), "--as-of", as_of, "--out", &out];
        arguments.extend(more);
        let run = effekt(&arguments);
        assert_eq!(run.status, 0, "{}", run.err);
    }

    fn read(path: PathBuf) -> String {
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn each_settlement_has_the_digest_of_its_version_and_a_ledger_changes_nothing() {
        let temp = tempfile::tempdir().unwrap();
        let [all, some, on] = ["all", "some", "on"].map(|name| temp.path().join(name));
        run("settle", "2019-12-31", &all, &[]);
        let json: serde_json::Value = serde_json::from_str(&read(all.join("settlements.json"))).unwrap();
        let settlements = json["contracts"][0]["settlements"].as_array().unwrap();
        let totals: Vec<&str> = settlements.iter().map(|of| of["total"].as_str().unwrap()).collect();
        assert_eq!(totals, ["7000.00", "15000.00", "15400.00", "19300.00", "14300.00"]);
        let digests: Vec<&str> = settlements.iter().map(|of| of["contract_sha256"].as_str().unwrap()).collect();
        assert!(digests[1] == digests[2] && digests[3] == digests[4]);
        assert_eq!(digests.iter().collect::<BTreeSet<_>>().len(), 3);
        for as_of in ["2018-05-31", "2018-07-31", "2019-01-30"] {
            run("settle", as_of, &some, &[]);
            run("settle", "2019-12-31", &on, &["--ledger", some.to_str().unwrap()]);
            for file in ["settlements.csv", "postings.csv"] {
                assert_eq!(read(on.join(file)), read(all.join(file)), "{as_of} {file}");
            }
        }
    }

    #[test]
    fn documents_follow_the_version_of_their_settlement() {
        let temp = tempfile::tempdir().unwrap();
        let [all, some, on] = ["all", "some", "on"].map(|name| temp.path().join(name));
        run("invoice", "2019-12-31", &all, &[]);
        // Half and half, then four and six tenths: settlement 2 brings the weeks before to the new shares too.
        let documents = read(all.join("documents.csv"));
        let nets: Vec<&str> = documents.lines().skip(1).map(|line| line.split(',').nth(8).unwrap()).collect();
        assert_eq!(
            nets,
            ["3500.00", "3500.00", "5300.00", "9700.00", "6160.00", "9240.00", "7720.00", "11580.00", "5720.00", "8580.00"]
        );
        run("invoice", "2018-08-31", &some, &[]);
        run("invoice", "2019-12-31", &on, &["--ledger", some.to_str().unwrap()]);
        assert_eq!(read(on.join("documents.csv")), documents);
        assert_eq!(read(on.join("finance/vej.csv")), read(all.join("finance/vej.csv")));
    }

    #[test]
    fn a_version_without_invoicing_is_named() {
        let temp = tempfile::tempdir().unwrap();
        let copy = temp.path().join("programme");
        fs::create_dir_all(copy.join("contracts")).unwrap();
        for name in ["participants.csv", "companies.csv", "placements.csv", "spells.csv", "contracts/vej-2018-06.toml"] {
            fs::copy(programme().join(name), copy.join(name)).unwrap();
        }
        let first = read(programme().join("contracts/vej.toml"));
        let (before, rest) = first.split_once("[invoicing]").unwrap();
        let (_, after) = rest.split_once("[[outcome]]").unwrap();
        fs::write(copy.join("contracts/vej.toml"), format!("{before}[[outcome]]{after}")).unwrap();
        let out = temp.path().join("out");
        let arguments = ["invoice", copy.to_str().unwrap(), "--as-of", "2018-08-31", "--out", out.to_str().unwrap()];
        let run = effekt(&arguments);
        assert_eq!(run.status, 1);
        assert!(
            run.err.contains("E801") && run.err.contains("contracts/vej.toml") && !run.err.contains("vej-2018"),
            "{}",
            run.err
        );
    }

    #[test]
    fn statements_name_the_version_and_explain_every_posting() {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path().join("out");
        run("statement", "2019-12-31", &out, &["--lang", "en"]);
        let page = |number: u32| read(out.join(format!("vej-{number:02}.html")));
        assert!(page(1).contains("By the contract as first signed."));
        assert!(page(2).replace('\u{a0}', " ").contains("By the contract as agreed on Fri 15 Jun 2018."));
        assert!(page(2).contains("charge weekly amount: 1000 → 1100"));
        assert!(page(4).contains("charge bonus: new") && page(4).contains("ends: 2018-12-31 → 2019-03-31"));
        assert!(!page(5).contains("New since the settlement before: the version"));
    }
}
