//! What a contract may not say, and what is odd about it: each edit of a sound contract gives exactly these findings.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used)]

use effekt::Diagnostic;
use effekt::charge::Vat;
use effekt::contract::invoicing::{Bookkeeping, Corrections, DayCount, Detail, DueDay, Invoicing, Language};
use effekt::contract::party::PayTo;
use effekt::formats::{Source, read_contract};
use std::collections::BTreeMap;
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
    edited(&sound(), from, to, expected);
}

#[track_caller]
fn edited(text: &str, from: &str, to: &str, expected: &[(&str, &str)]) {
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

/// What the card of the sound contract leaves out as soon as the row of amount 0 is gone, or says too much.
#[test]
fn holes_of_a_rate_card() {
    let declared = "[[charge.rate]]\namount = 0\n";
    edit(declared, "", &[("W470", "charge[4].rate")]);
    edit(declared, "[[charge.rate]]\nelapsed = { from_month = 12, below_month = 36 }\namount = 0\n", &[]);
    edit(
        declared,
        "[[charge.rate]]\nelapsed = { from_month = 12, below_month = 35 }\namount = 0\n",
        &[("W470", "charge[4].rate")],
    );
    edit(declared, "[[charge.rate]]\nhours = { from = 5, below = 168 }\namount = 0\n", &[]);
    // A hole that follows from a mistake is not told.
    edit(declared, "[[charge.rate]]\nkinds = [\"training\"]\namount = 0\n", &[("E216", "charge[4].rate[2].kinds[0]")]);
    let both = "[[charge.rate]]\nelapsed = { from_month = 12, below_month = 40 }\namount = 0\n[[charge.rate]]\namount = 1\n";
    edit(declared, both, &[("W471", "charge[4].rate[3]")]);
    let without = read_contract(&Source::new("contracts/a.toml", sound().replacen(declared, "", 1)));
    assert_eq!(
        without.diagnostics.first().unwrap().message,
        "no rate row applies in a spell of kind `flex-job` or `wage-subsidy`, 12 months or more after the first placement; nor in target group `vulnerable-youth`, 12 months or more after the first placement; nor with less than 30 hours a week, 12 months or more after the first placement; nor in 3 more cases"
    );
}

/// Rows and steps that the days of enrolment leave no room, and what can have no effect.
#[test]
fn what_is_beyond_all_that_can_happen() {
    edit("after = { months = 18 }", "after = { months = 37 }", &[("W411", "charge[2].after")]);
    edit(
        "enrol_from = 2017-04-01",
        "enrol_from = 2018-11-01",
        &[("W411", "charge[2].after"), ("W473", "charge[4].max_units")],
    );
    edit("max_units = 156", "max_units = 158", &[]);
    edit("max_units = 156", "max_units = 159", &[("W473", "charge[4].max_units")]);
    let window = "window = { from = \"enrolment\", days = 200 }";
    edit(window, "window = { from = \"enrolment\", months = 36 }", &[]);
    edit(window, "window = { from = \"enrolment\", months = 37 }", &[("W472", "outcome[1].window")]);
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
    for text in invoiced().into_iter().chain([sound()]) {
        let toml = read_contract(&Source::new("contracts/a.toml", text.as_str()));
        let value: toml::Value = toml::from_str(&text).unwrap();
        let json = read_contract(&Source::new("contracts/a.json", as_json(&value)));
        let said = |found: &[Diagnostic]| found.iter().map(|d| (d.code, d.message.clone())).collect::<Vec<_>>();
        assert_eq!(said(&json.diagnostics), said(&toml.diagnostics));
        assert_eq!(json.contract.unwrap(), toml.contract.unwrap());
    }
}

/// The contracts of the two programmes: all of them say how they are invoiced.
fn invoiced() -> Vec<String> {
    let folders =
        ["vsb", "impact60"].map(|name| format!("{}/fixtures/{name}/programme/contracts", env!("CARGO_MANIFEST_DIR")));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// The contract of a town, the hole in its rate card declared.
fn invoiced_by(town: &str) -> String {
    let text = invoiced().into_iter().find(|text| text.contains(&format!("id = \"vsb-{town}\""))).unwrap();
    text.replace("\n\n# § 7: 13, 26, 39", "\n[[charge.rate]]\namount = 0\n\n# § 7: 13, 26, 39")
}

#[test]
fn what_is_said_about_documents_is_read() {
    let read = |town| read_contract(&Source::new("contracts/a.toml", invoiced_by(town))).contract.unwrap();
    let contract = read("rudersdal");
    let payer = &contract.payers[0];
    assert_eq!(payer.reference.as_deref(), Some("Beskæftigelse, indkøb 1140"));
    assert_eq!((payer.order.as_deref(), payer.account.as_deref()), (Some("2017-00917"), Some("5690110000-40-01")));
    let address = payer.address.as_ref().unwrap();
    assert_eq!([&address.street, &address.postcode, &address.city], ["Øverødvej 2", "2840", "Holte"]);
    let contact = payer.contact.as_ref().unwrap();
    let lines = [&contact.name, &contact.phone, &contact.email].map(|line| line.as_deref().unwrap());
    assert_eq!(lines, ["Økonomi", "46 00 00 00", "oekonomi@rudersdal.example"]);
    let payee = contract.payee.as_ref().unwrap();
    assert_eq!(payee.gln.as_deref(), Some("5790000099009"));
    assert_eq!(payee.pay_to, Some(PayTo::Fik { creditor: "89999999".to_owned(), prefix: String::new() }));
    let exempt = Vat::Exempt {
        reason: "Momsfri efter momslovens § 13, stk. 1, nr. 2 (social forsorg)".to_owned(),
        code: Some("VATEX-EU-132-1G".to_owned()),
    };
    let terms = Invoicing {
        series: "2017-RUD-".to_owned(),
        detail: Detail::Charge,
        corrections: Corrections::OwnDocuments,
        vat: Some(exempt),
        due: DueDay::Stays,
        language: Language::Danish,
        interest: None,
    };
    assert_eq!(contract.invoicing, Some(terms));
    let charges: Vec<_> = contract.charges.iter().map(|charge| charge.vat.as_ref().map(Vat::category)).collect();
    assert_eq!(charges, [Some("S"), None, Some("O"), Some("O")]);
    assert_eq!(contract.charges[1].text.as_deref(), Some("Uge i job eller praktik"));

    let contract = read("kolding");
    assert_eq!(contract.bookkeeping.receivable, "assets:debtors:public");
    assert_eq!(
        contract.bookkeeping.dimensions.iter().map(|(key, is)| format!("{key}:{is}")).collect::<Vec<_>>(),
        ["project:vsb"]
    );
    assert_eq!(contract.charges[1].account.as_deref(), Some("income:results:weeks"));
    let terms = contract.invoicing.unwrap();
    assert_eq!((terms.detail, terms.due), (Detail::Company, DueDay::Next));
    let terms = read("ikast-brande").invoicing.unwrap();
    assert_eq!(
        (terms.detail, terms.due, terms.interest),
        (Detail::Participant, DueDay::Previous, Some(DayCount::Difference))
    );
    let terms = read("glostrup").invoicing.unwrap();
    assert_eq!((terms.language, terms.vat.unwrap().percent().to_string()), (Language::English, "25".to_owned()));
    let account = PayTo::Account { registration: "9999".to_owned(), account: "0000123456".to_owned() };
    assert_eq!(read("ikast-brande").payee.unwrap().pay_to, Some(account));
    assert_eq!(read("gladsaxe").payee.unwrap().pay_to, Some(PayTo::NemKonto));
    assert_eq!(read("horsens").payee.unwrap().pay_to, None);
    assert!(matches!(read("herning").payee.unwrap().pay_to, Some(PayTo::Iban(_))));
    assert_eq!(read("herning").invoicing.unwrap().interest, Some(DayCount::BothDays));
    assert_eq!(Bookkeeping { dimensions: BTreeMap::new(), ..read("herning").bookkeeping }, Bookkeeping::default());
}

#[test]
fn without_invoicing_nothing_more_is_asked_for() {
    let contract = read_contract(&Source::new("contracts/a.toml", sound())).contract.unwrap();
    assert_eq!((contract.invoicing, contract.bookkeeping), (None, Bookkeeping::default()));
    edit("29189919", "29189199", &[("W417", "payer[0].cvr")]);
    edit("5790001353858", "5790001353885", &[("W417", "payer[0].gln")]);
    edit("10000009", "DK10000009", &[("W417", "payee.cvr")]);
    // A text with a line break is odd only where a document has to carry it.
    edit("\"Herning Kommune\"", "\"Herning\\nKommune\"", &[]);
    edit(
        "[[outcome]]",
        "[invoicing]\nseries = \"H-\"\n[[outcome]]",
        &[
            ("E204", "payer[0].address"),
            ("E204", "payer[0].reference"),
            ("E204", "payer[1].address"),
            ("E204", "payer[1].cvr"),
            ("E204", "payer[1].gln"),
            ("E204", "payer[1].name"),
            ("E204", "payer[1].reference"),
            ("E204", "payee.address"),
            ("E204", "invoicing.vat"),
        ],
    );
}

#[test]
fn what_documents_cannot_do_without() {
    let text = invoiced_by("horsens");
    let edit = |from: &str, to: &str, expected: &[(&str, &str)]| edited(&text, from, to, expected);
    edit("reference = \"Regional", "refrence = \"Regional", &[("E203", "payer[1].refrence")]);
    edit("reference = \"Regional", "order = \"Regional", &[("E204", "payer[1].reference")]);
    edit("postcode = \"8700\", ", "", &[("E204", "payer[0].address.postcode")]);
    edit(
        "address = { street = \"Fondsgade 1\", postcode = \"1000\", city = \"København K\" }",
        "",
        &[("E204", "payee.address")],
    );
    edit("series = \"HOR-\"", "", &[("E204", "invoicing.series")]);
    edit("vat = { treatment = \"standard\", percent = 25 }\n", "", &[("E204", "charge[0].vat")]);
    edit(", percent = 25", "", &[("E204", "charge[0].vat.percent")]);
    edit("\"exempt\", reason", "\"exempt\", code", &[("E204", "charge[1].vat.reason")]);
    edit("[invoicing]", "[invoicin]", &[("E203", "invoicin")]);
    edit("[invoicing]\n", "[invoicing]\nvat = 25\n", &[("E205", "invoicing.vat")]);
    edit("\"DKK\"", "\"TND\"", &[("E230", "currency")]);
    edit("\"DKK\"", "\"JPY\"", &[]);
    let alone = &text.replace("[payee]", "[payees]");
    edited(alone, "[payees]", "[payees]", &[("E203", "payees")]);
}

#[test]
fn words_and_keys_of_documents() {
    let text = invoiced_by("horsens");
    let edit = |from: &str, to: &str, expected: &[(&str, &str)]| edited(&text, from, to, expected);
    edit("detail = \"charge\"", "detail = \"citizen\"", &[("E209", "invoicing.detail")]);
    edit("corrections = \"lines\"", "corrections = \"line\"", &[("E209", "invoicing.corrections")]);
    edit("due = \"next-banking-day\"", "due = \"next\"", &[("E209", "invoicing.due")]);
    edit("language = \"da\"", "language = \"dk\"", &[("E209", "invoicing.language")]);
    edit("interest = \"both-days\"", "interest = true", &[("E205", "invoicing.interest")]);
    edit("\"standard\", percent = 25", "\"standard\", percent = 25, reason = \"x\"", &[("E203", "charge[0].vat.reason")]);
    edit("\"standard\", percent = 25", "\"normal\", percent = 25", &[("E209", "charge[0].vat.treatment")]);
    edit("percent = 25", "percent = 25.0", &[("E206", "charge[0].vat.percent")]);
    let pay =
        |way: &str, expected: &[(&str, &str)]| edit("[invoicing]", &format!("[payee.pay_to]\n{way}\n[invoicing]"), expected);
    pay("", &[("E204", "payee.pay_to.iban")]);
    pay("nemkonto = false", &[("E209", "payee.pay_to.nemkonto")]);
    pay("nemkonto = true\niban = \"DK5000400440116243\"", &[("E211", "payee.pay_to")]);
    pay("account = \"123\"", &[("E204", "payee.pay_to.registration")]);
    pay("iban = \"DK5000400440116243\"\nprefix = \"1\"", &[("E203", "payee.pay_to.prefix")]);
    pay("ibn = \"DK5000400440116243\"", &[("E203", "payee.pay_to.ibn")]);
    edit(
        "contact = { name = \"Regnskab\", phone = \"70 00 00 00\", email = \"regnskab@fonden.example\" }",
        "contact = {}",
        &[("E204", "payee.contact.name")],
    );
    edit(
        "[invoicing]",
        "[bookkeeping]\ndimensions = { \"a b\" = \"c\", d = 1 }\n[invoicing]",
        &[("E210", "bookkeeping.dimensions.a b"), ("E205", "bookkeeping.dimensions.d")],
    );
}

#[test]
fn forms_of_what_stands_in_documents_and_books() {
    let text = invoiced_by("horsens");
    let edit = |from: &str, to: &str, expected: &[(&str, &str)]| edited(&text, from, to, expected);
    for (series, right) in [
        ("H", true),
        ("2017.H_", true),
        ("-H", false),
        ("H1", false),
        ("Høj-", false),
        ("", false),
        ("ABCDEFGHIJKLMNOPQRST", true),
        ("ABCDEFGHIJKLMNOPQRSTU", false),
    ] {
        edit("\"HOR-\"", &format!("\"{series}\""), if right { &[] } else { &[("E227", "invoicing.series")] });
    }
    for (account, right) in [
        ("a:b c:Ø-1/2 & 3", true),
        ("a  b", false),
        ("a;b", false),
        ("a:", false),
        (":a", false),
        ("a\\nb", false),
        ("(a)", false),
        ("", false),
    ] {
        let books = format!("[bookkeeping]\nbank = \"{account}\"\n[invoicing]");
        edit("[invoicing]", &books, if right { &[] } else { &[("E227", "bookkeeping.bank")] });
        let own = format!("per = \"company\"\naccount = \"{account}\"");
        edit("per = \"company\"", &own, if right { &[] } else { &[("E227", "charge[0].account")] });
    }
    for (code, right) in [
        ("VATEX-EU-132", true),
        ("VATEX-EU-79-C", true),
        ("VATEX-EU-O", false),
        ("vatex-eu-132", false),
        ("VATEX-EU-", false),
        ("132", false),
    ] {
        let code = format!("\"exempt\", code = \"{code}\"");
        edit("\"exempt\"", &code, if right { &[] } else { &[("E227", "charge[1].vat.code")] });
    }
    for (percent, right) in [
        ("25", true),
        ("100", true),
        ("\"0.01\"", true),
        ("\"12.500\"", true),
        ("0", false),
        ("101", false),
        ("\"12.345\"", false),
    ] {
        edit(
            "percent = 25",
            &format!("percent = {percent}"),
            if right { &[] } else { &[("E229", "charge[0].vat.percent")] },
        );
    }
    let pay =
        |way: &str, expected: &[(&str, &str)]| edit("[invoicing]", &format!("[payee.pay_to]\n{way}\n[invoicing]"), expected);
    pay("iban = \"DK5000400440116243\"", &[]);
    pay("iban = \"NO9386011117947\"", &[]);
    pay("iban = \"DK5000400440116234\"", &[("E226", "payee.pay_to.iban")]);
    pay("iban = \"DK50 0040 0440 1162 43\"", &[("E227", "payee.pay_to.iban")]);
    pay("registration = \"0040\"\naccount = \"440116243\"", &[]);
    pay(
        "registration = \"40\"\naccount = \"44011624300\"",
        &[("E227", "payee.pay_to.registration"), ("E227", "payee.pay_to.account")],
    );
    pay("fik = \"81234567\"\nprefix = \"12345678\"", &[]);
    pay("fik = \"1234567\"\nprefix = \"123456789\"", &[("E227", "payee.pay_to.fik"), ("E227", "payee.pay_to.prefix")]);
    edit("\"8700\"", "\"08700\"", &[("E227", "payer[0].address.postcode")]);
    edit("@fonden.example", "@fonden", &[("E227", "payee.contact.email")]);
    edit("10000084", "10000048", &[("E226", "payer[0].cvr")]);
    edit("5790000099078", "5790000099087", &[("E226", "payer[0].gln")]);
    edit("5790000099078", "579000009907", &[("E227", "payer[0].gln")]);
    edit(
        "[invoicing]",
        "[bookkeeping]\ndimensions = { project = \"a,b\" }\n[invoicing]",
        &[("E227", "bookkeeping.dimensions.project")],
    );
}

#[test]
fn texts_that_documents_cannot_carry() {
    let text = invoiced_by("horsens");
    let edit = |from: &str, to: &str, expected: &[(&str, &str)]| edited(&text, from, to, expected);
    edit("\"Deltagelse, pr. virksomhed\"", &format!("\"{}\"", "å".repeat(60)), &[]);
    edit("\"Deltagelse, pr. virksomhed\"", &format!("\"{}\"", "å".repeat(61)), &[("E228", "charge[0].text")]);
    edit("Horsens Kommune", "Horsens\\u0000Kommune", &[("E228", "payer[0].name")]);
    edit("Fondsgade 1", "Fondsgade\\uFFFE1", &[("E228", "payee.address.street")]);
    edit("Fondsgade 1", "Fondsgade 1 ", &[("E228", "payee.address.street")]);
    edit("\"Fondsgade 1\"", "\" \"", &[("E228", "payee.address.street")]);
    edit("– Horsens", "– Horsens\\r", &[("E228", "title")]);
    edit("\"§ 5\"", "\"§\\t5\"", &[("E228", "charge[0].clause")]);
    edit("Momsfri efter momslovens § 13, stk. 1, nr. 2 (social forsorg)", "", &[("E228", "charge[1].vat.reason")]);
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
