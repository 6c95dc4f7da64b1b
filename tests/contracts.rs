//! What a contract may not say, and what is odd about it: each edit of a sound contract gives exactly these findings.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used)]

use effekt::formats::{Source, read_contract};
use std::fs;

fn sound() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sound/contracts/herning.toml")).unwrap()
}

/// The codes and key paths found in a contract, in the order of the file.
fn findings(text: &str) -> Vec<(&'static str, String)> {
    let file = read_contract(&Source::new("contracts/a.toml", text));
    file.diagnostics.iter().map(|d| (d.code.id(), d.place.field.clone().unwrap_or_default())).collect()
}

/// Replaces one piece of the sound contract and compares the findings.
#[track_caller]
fn edit(from: &str, to: &str, expected: &[(&str, &str)]) {
    let text = sound();
    assert!(text.contains(from), "the contract has no {from}");
    let found = findings(&text.replacen(from, to, 1));
    let found: Vec<(&str, &str)> = found.iter().map(|(code, path)| (*code, path.as_str())).collect();
    assert_eq!(found, expected, "{from} -> {to}");
}

#[test]
fn the_sound_contract_has_no_findings() {
    assert_eq!(findings(&sound()), []);
}

#[test]
fn days_that_run_backwards() {
    edit("ends = 2020-03-31", "ends = 2017-03-31", &[("E218", "ends")]);
    edit("enrol_until = 2018-12-31", "enrol_until = 2017-03-01", &[("E218", "cohort.enrol_until")]);
    edit("enrol_from = 2017-04-01\n", "", &[]);
    edit("enrol_from = 2017-04-01\nenrol_until = 2018-12-31", "enrol_until = 2017-03-01", &[("E218", "cohort.enrol_until")]);
    edit("until = 2018-12-31 }", "until = 2017-12-31 }", &[("E218", "charge[4].rate[0].valid")]);
    edit(
        "ends = 2020-03-31",
        "ends = 2017-04-01",
        &[
            ("W413", "cohort.enrol_until"),
            ("E220", "charge[0].on[1]"),
            ("W401", "charge[0].rate[1]"),
            ("W411", "charge[1].after"),
            ("W411", "charge[2].after"),
            ("W411", "charge[3].after"),
            ("W405", "charge[4].rate[0].valid"),
        ],
    );
}

#[test]
fn ids_and_names() {
    edit(
        "id = \"activity\"",
        "id = \"paid-work\"",
        &[("E214", "outcome[1].id"), ("E215", "charge[3].outcome"), ("E215", "charge[5].outcome")],
    );
    edit("id = \"monthly\"", "id = \"weekly\"", &[("E214", "charge[5].id")]);
    edit("id = \"whole\"", "id = \"per-company\"", &[("E214", "limit[2].id")]);
    edit("id = \"region\"", "id = \"herning\"", &[("E214", "payer[1].id")]);
    edit("\"weekly\", \"retention\"", "\"weekly\", \"retension\"", &[("E215", "limit[0].charges[1]")]);
    edit("\"weekly\", \"retention\"", "", &[("E224", "limit[0].charges")]);
    edit("kinds = [\"club-house\"]", "kinds = [\"ordinary\"]", &[("E217", "kinds[0]"), ("E216", "outcome[1].kinds[0]")]);
    edit("kinds = [\"club-house\"]", "kinds = []", &[("E224", "kinds"), ("E216", "outcome[1].kinds[0]")]);
    edit("id = \"fund\"", "id = \"-\"", &[("E210", "payee.id")]);
}

#[test]
fn shares() {
    edit("share = \"0.75\"", "share = \"0.7\"", &[("E219", "payer")]);
    edit("share = \"0.75\"", "", &[("E204", "payer[0].share")]);
    edit("share = \"0.75\"", "share = 0.75", &[("E206", "payer[0].share")]);
    edit("[[payer]]\nid = \"region\"\nshare = \"0.25\"\n", "", &[("E219", "payer[0].share")]);
    edit("[[payer]]\nid = \"region\"\nshare = \"0.25\"\n", "[[payer]]\nid = \"region\"\n", &[("E204", "payer[1].share")]);
}

#[test]
fn a_single_payer_pays_everything() {
    let text = sound().replace("share = \"0.75\"\n", "").replace("[[payer]]\nid = \"region\"\nshare = \"0.25\"\n", "");
    let contract = read_contract(&Source::new("contracts/a.toml", text)).contract.unwrap();
    assert_eq!(contract.payers[0].share, rust_decimal::Decimal::ONE);
}

#[test]
fn milestones() {
    edit("after = { weeks = 13 }", "after = { months = 3 }", &[("E222", "charge[1].then.every")]);
    edit("after = { days = 60 }", "after = { months = 2 }", &[("E222", "charge[3].after")]);
    edit("times = 3", "times = 0", &[("E223", "charge[1].then.times")]);
    edit("times = 3", "times = 98", &[("W411", "charge[1].then")]);
    edit("times = 3", "times = 99", &[("W411", "charge[1].then"), ("E223", "charge[1].then.times")]);
    edit("after = { weeks = 13 }", "after = { weeks = 0 }", &[("E223", "charge[1].after")]);
    edit("after = { weeks = 13 }", "after = { weeks = 13, days = 2 }", &[("E211", "charge[1].after")]);
    edit("after = { weeks = 13 }", "after = {}", &[("E204", "charge[1].after.days")]);
    edit("after = { weeks = 13 }", "after = 13", &[("E205", "charge[1].after")]);
    edit("after = { weeks = 13 }", "after = { weeks = 700000000 }", &[("E207", "charge[1].after.weeks")]);
    edit("after = { months = 18 }", "after = { months = 36 }", &[]);
    edit("after = { months = 18 }", "after = { months = 37 }", &[("W411", "charge[2].after")]);
    // 200 days of window hold 200 days and no more.
    edit("after = { days = 60 }", "after = { days = 200 }", &[]);
    edit("after = { days = 60 }", "after = { days = 201 }", &[("W411", "charge[3].after")]);
}

#[test]
fn periods() {
    edit("min_days = 4", "min_days = 8", &[("E223", "charge[4].min_days")]);
    edit("min_days = 4", "min_days = 0", &[("E223", "charge[4].min_days")]);
    edit("max_units = 156", "max_units = 0", &[("E223", "charge[4].max_units")]);
    edit("unit = \"week\"\nmin_days = 4", "unit = \"day\"\nmin_days = 2", &[("E223", "charge[4].min_days")]);
    edit("prorate = true", "min_days = 32", &[("E223", "charge[5].min_days")]);
    edit("prorate = true", "min_days = 29", &[("W404", "charge[5].min_days")]);
    edit("prorate = true", "prorate = true\nmin_days = 5", &[("E211", "charge[5].min_days")]);
    edit("prorate = true", "prorate = false\nmin_days = 5", &[]);
    let months = |pay: &str, expected: &[(&str, &str)]| {
        let text = sound().replace("days = 200 }", "months = 6 }").replace("prorate = true", pay);
        let found = findings(&text);
        let found: Vec<(&str, &str)> = found.iter().map(|(code, path)| (*code, path.as_str())).collect();
        assert_eq!(found, expected, "{pay}");
    };
    months("prorate = true", &[]);
    months("min_days = 15", &[]);
    months("max_units = 6", &[]);
    months("min_days = 14", &[("W402", "charge[5].unit")]);
    months("", &[("W402", "charge[5].unit")]);
}

#[test]
fn fixed_charges() {
    edit("2018-04-01]", "2017-04-01]", &[("E220", "charge[0].on[1]")]);
    edit("2018-04-01]", "2020-04-01]", &[("E220", "charge[0].on[1]")]);
    edit("on = [2017-04-01, 2018-04-01]", "on = []", &[("E224", "charge[0].on"), ("W405", "charge[0].rate[0].valid")]);
    edit("[[charge.rate]]\namount = \"2100.25\"", "", &[("W412", "charge[0].on[1]")]);
    edit("amount = \"2100.25\"", "hours = { from = 1, below = 2 }\namount = 1", &[("E221", "charge[0].rate[1].hours")]);
    edit("on = [2017-04-01", "outcome = \"activity\"\non = [2017-04-01", &[("E203", "charge[0].outcome")]);
}

#[test]
fn rate_rows() {
    let row = "elapsed = { from_month = 0, below_month = 12 }\n";
    edit(row, "elapsed = { from_month = 12, below_month = 12 }\n", &[("W405", "charge[4].rate[1].elapsed")]);
    edit(row, "elapsed = { from_month = 36, below_month = 40 }\n", &[("W405", "charge[4].rate[1].elapsed")]);
    edit(row, "elapsed = { from_month = 35, below_month = 40 }\n", &[]);
    edit(row, "hours = { from = 1, below = 5 }\n", &[("W405", "charge[4].rate[1].hours")]);
    edit(row, "kinds = [\"education\", \"ordinary\"]\n", &[("W406", "charge[4].rate[1].kinds[0]")]);
    edit(row, "kinds = [\"training\"]\n", &[("E216", "charge[4].rate[1].kinds[0]")]);
    edit(row, "target_groups = [\"other\"]\n", &[("W406", "charge[4].rate[1].target_groups[0]")]);
    edit(row, "kinds = [\"ordinary\", \"ordinary\"]\n", &[("W414", "charge[4].rate[1].kinds[1]")]);
    edit(row, "hours = { from = 30 }\n", &[("E204", "charge[4].rate[1].hours.below")]);
    edit(row, "elapsed = { from_month = 0 }\n", &[("E204", "charge[4].rate[1].elapsed.below_month")]);
}

/// Rule 8.4: a row is covered by one earlier row, whichever way the contract says so.
#[test]
fn rows_covered_by_an_earlier_one() {
    let covered = |first: &str, second: &str| {
        let text = sound();
        let from = text.find("[[charge.rate]]\nkinds").unwrap();
        let to = text.find("[[charge]]\nid = \"monthly\"").unwrap();
        let rows = format!("[[charge.rate]]\n{first}\namount = 1\n[[charge.rate]]\n{second}\namount = 2\n");
        let (before, after) = (text.get(..from).unwrap(), text.get(to..).unwrap());
        findings(&format!("{before}{rows}{after}")).iter().any(|(code, _)| *code == "W401")
    };
    assert!(covered("", "kinds = ['ordinary']"));
    assert!(covered("kinds = ['ordinary']", "kinds = ['ordinary']\nhours = { from = 30, below = 38 }"));
    assert!(covered("hours = { from = 5, below = 1000 }", "hours = { from = 30, below = 1000 }"));
    // All kinds of the outcome, all groups of the cohort, all days of the term, all months of the window.
    assert!(covered("kinds = ['ordinary', 'wage-subsidy', 'flex-job']", ""));
    assert!(covered("target_groups = ['cash-benefit', 'vulnerable-youth']", ""));
    assert!(covered("valid = { from = 2017-01-01, until = 2020-12-31 }", ""));
    assert!(covered("elapsed = { from_month = 0, below_month = 36 }", ""));
    assert!(!covered("hours = { from = 5, below = 100 }", ""));
    assert!(!covered("kinds = ['ordinary', 'flex-job']", ""));
    assert!(!covered("elapsed = { from_month = 0, below_month = 35 }", ""));
    assert!(!covered("valid = { from = 2017-04-02, until = 2020-12-31 }", ""));
    assert!(!covered("kinds = ['ordinary']", "kinds = ['ordinary', 'flex-job']"));
}

#[test]
fn odd_but_lawful() {
    edit("window = { from = \"placement\"", "window = { from = \"first-day\"", &[("W403", "outcome[0].window.from")]);
    edit("max_gap_days = 14\n", "", &[("W415", "outcome[0].max_gap_total")]);
    edit("amount = 2000000", "amount = 0", &[("W409", "limit[2].amount")]);
    edit("charges = [\"weekly\", \"retention\"]", "charges = [\"participation\"]", &[("W410", "limit[0].scope")]);
    edit("enrol_until = 2018-12-31", "enrol_until = 2020-04-01", &[("W413", "cohort.enrol_until")]);
    edit("enrol_from = 2017-04-01", "enrol_from = 2017-01-01", &[]);
}

#[test]
fn limits_have_at_most_the_currencys_decimals_as_written() {
    edit("\"250000.50\"", "\"250000.500\"", &[("E225", "limit[1].amount")]);
    edit("\"250000.50\"", "\"250000.5\"", &[]);
    edit("\"DKK\"", "\"JPY\"", &[("E225", "limit[1].amount")]);
    edit("\"DKK\"", "\"TND\"", &[]);
    // An unknown currency is one fault, not two.
    edit("\"DKK\"", "\"DK\"", &[("E212", "currency")]);
}

/// Every independent mistake is found at once, and none that follows from another.
#[test]
fn mistakes_are_collected_and_have_no_followers() {
    let text = sound()
        .replace("starts = 2017-04-01", "starts = \"2017-04-01\"")
        .replace("every = \"half-year\"", "every = \"halfyear\"")
        .replace("share = \"0.25\"", "share = 0.25")
        .replace("id = \"activity\"", "id = \"an activity\"")
        .replace(
            "type = \"milestone\"\noutcome = \"paid-work\"\nmode",
            "type = \"millstone\"\noutcome = \"paid-work\"\nmode",
        )
        .replace("unit = \"week\"", "unit = \"weekk\"")
        .replace("amount = 120000", "amount = 120.00")
        .replace("max_participants = 60", "max_participant = 60");
    let found = findings(&text);
    let expected = [
        ("E208", "starts"),
        ("E209", "settlement.every"),
        ("E203", "cohort.max_participant"),
        ("E206", "payer[1].share"),
        ("E210", "outcome[1].id"),
        ("E209", "charge[2].type"),
        ("E209", "charge[4].unit"),
        ("E206", "limit[0].amount"),
    ];
    assert_eq!(found, expected.map(|(code, path)| (code, path.to_owned())));
}

/// TOML goes on after a fault, also after those that stop its parser.
#[test]
fn faults_of_the_notation_are_collected_too() {
    let text = sound()
        .replace("currency = \"DKK\"", "currency = DKK")
        .replace("reporting_days = 45", "reporting_days 45")
        .replace("kinds = [\"ordinary\", \"flex-job\", \"wage-subsidy\"]", "kinds = [\"ordinary\", \"flex-job\"")
        .replace("[[charge]]\nid = \"retention\"", "[[charge]\nid = \"retention\"")
        .replace("amount = \"100.35\"", "amount = 100,35")
        .replace("scope = \"contract\"", "scope = \"everything\"");
    let found = findings(&text);
    let codes: Vec<&str> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["E201", "E201", "E201", "E201", "E207", "E209"]);
}

#[test]
fn json_says_the_same_as_toml() {
    let toml = read_contract(&Source::new("contracts/a.toml", sound())).contract.unwrap();
    let value: toml::Value = toml::from_str(&sound()).unwrap();
    let json = read_contract(&Source::new("contracts/a.json", as_json(&value)));
    assert_eq!(json.diagnostics, []);
    assert_eq!(json.contract.unwrap(), toml);
}

fn as_json(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => serde_json::to_string(text).unwrap(),
        toml::Value::Datetime(day) => format!("\"{day}\""),
        toml::Value::Array(items) => format!("[{}]", items.iter().map(as_json).collect::<Vec<_>>().join(", ")),
        toml::Value::Table(table) => {
            let entries = table.iter().map(|(key, value)| format!("\"{key}\": {}", as_json(value)));
            format!("{{\n{}\n}}", entries.collect::<Vec<_>>().join(",\n"))
        }
        other => other.to_string(),
    }
}

#[test]
fn json_is_strict() {
    let one = |text: &str| {
        let file = read_contract(&Source::new("contracts/a.json", text));
        file.diagnostics.iter().map(|d| d.code.id()).find(|code| *code == "E201").unwrap_or_default()
    };
    for broken in ["", "[]", "{", "{\"id\": \"a\",}", "{'id': 1}", "// x\n{}", "{\"id\": \"a\nb\"}", "{\"id\": 01}", "{} {}"]
    {
        assert_eq!(one(broken), "E201", "{broken}");
    }
    let found = |text: &str| {
        let file = read_contract(&Source::new("contracts/a.json", text));
        file.diagnostics.iter().map(|d| d.code.id()).filter(|code| *code != "E204" && *code != "W408").collect::<Vec<_>>()
    };
    assert_eq!(found("{\"id\": \"a\", \"id\": \"b\"}"), ["E202"]);
    assert_eq!(found("{\"id\": null}"), ["E205"]);
    assert_eq!(found("{\"starts\": \"2018-1-1\", \"limit\": [{\"amount\": 1.5}]}"), ["E208", "E206"]);
}
