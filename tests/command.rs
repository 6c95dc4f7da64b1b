//! The command `effekt` as its users meet it: exit statuses, what is written where, and that an output is replaced whole or
//! not at all.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "common/place.rs"]
mod place;

use place::{FILES, Place, effekt};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|line| header.iter().map(ToString::to_string).zip(line.split(',').map(str::to_owned)).collect()).collect()
}

#[test]
fn a_programme_in_order_is_settled() {
    let place = Place::new();
    let run = place.settle("out", &[]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(run.last(), "2 contracts settled, 0 refused; 46 postings; 0 errors, 0 warnings, 0 notices");
    assert_eq!(place.names("out"), ["postings.csv", "settlements.csv", "settlements.json"]);
    let settlements = fs::read_to_string(place.path("out/settlements.csv")).unwrap();
    assert_eq!(
        settlements,
        "contract,settlement,first_day,last_day,cut_off,total\n\
         away,1,2018-01-01,2018-03-31,2018-04-30,7000.00\n\
         away,2,2018-04-01,2018-06-30,2018-07-30,14000.00\n\
         home,1,2018-01-01,2018-03-31,2018-04-30,17000.00\n\
         home,2,2018-04-01,2018-06-30,2018-07-30,8000.00\n"
    );
    let postings = fs::read_to_string(place.path("out/postings.csv")).unwrap();
    assert_eq!(postings.lines().count(), 47);
    assert_eq!(postings.lines().nth(1), Some("away,1,weekly,a1,2018-W06,earning,2018-02-11,1,1000,1000.00,,,"));
    let json: Value = serde_json::from_slice(&fs::read(place.path("out/settlements.json")).unwrap()).unwrap();
    assert_eq!(json["format"], 1);
}

/// What `settlements.json` holds of each entry: with the amount as its ground, with another one, with the ground only, and of an
/// entitlement that fell away.
#[test]
fn every_entry_states_its_ground() {
    let place = Place::new();
    let limit = "\n[[limit]]\nid = \"whole\"\nscope = \"contract\"\nwindow = \"total\"\namount = 16500\n";
    place.write("programme/contracts/home.toml", &(place::contract("home") + limit));
    place.write(
        "programme/spells.csv",
        "contract,spell,participant,employer,kind,first_day,last_day,weekly_hours,recorded_on,void\n\
         home,s1,h1,baker,ordinary,2018-01-01,2018-02-11,37,2018-01-02,\n\
         home,s1,h1,baker,ordinary,2018-01-01,2018-02-10,37,2018-05-10,\n\
         home,s2,h2,smith,ordinary,2018-01-08,2018-05-20,20,2018-01-20,\n\
         away,s1,a1,baker,ordinary,2018-02-05,,30,2018-02-06,\n\
         away,s1,a1,baker,ordinary,2018-02-05,,30,2018-05-10,true\n",
    );
    assert_eq!(place.settle("out", &[]).status, 0);
    let json = fs::read_to_string(place.path("out/settlements.json")).unwrap();
    for line in [
        r#""columns":["charge","subject","unit","posting","earned_on","quantity","rate","amount","corrects","cut","cut_by","owed","granted","days","spells"],"#,
        r#"["weekly","h1","2018-W06","earning","2018-02-11","1","1000","1000.00","","","","","",7,["s1"]],"#,
        r#"["weekly","h2","2018-W12","earning","2018-03-25","1","1000","500.00","","500.00","whole","1000.00","500.00",7,["s2"]]"#,
        r#"["weekly","h1","2018-W06","","2018-02-11","1","1000","0.00","","","","1000.00","1000.00",6,["s1"]],"#,
        r#"["weekly","a1","2018-W06","correction","2018-02-11","1","1000","-1000.00","1","","","","",null],"#,
    ] {
        assert!(json.lines().any(|found| found == line), "{line} is not in\n{json}");
    }
    let json: Value = serde_json::from_str(&json).unwrap();
    let settlements = json["contracts"].as_array().unwrap().iter().flat_map(|one| one["settlements"].as_array().unwrap());
    let entries: Vec<usize> = settlements
        .flat_map(|one| one["entries"].as_array().unwrap())
        .map(|entry| entry.as_array().unwrap().len())
        .collect();
    assert!(entries.len() > 30 && entries.iter().all(|columns| [14, 15].contains(columns)), "{entries:?}");
}

#[test]
fn only_what_is_due_is_settled() {
    let place = Place::new();
    let (programme, out) = (place.text("programme"), place.text("out"));
    for (as_of, settlements) in [("2018-04-29", 0), ("2018-04-30", 2), ("2018-07-30", 4)] {
        assert_eq!(effekt(&["settle", &programme, "--as-of", as_of, "--out", &out]).status, 0);
        let rows = csv(&fs::read_to_string(place.path("out/settlements.csv")).unwrap());
        assert_eq!(rows.len(), settlements, "{as_of}");
    }
}

#[test]
fn errors_refuse_their_contract_and_no_other() {
    let place = Place::new();
    place.edit("programme/spells.csv", "2018-05-20", "2017-05-20");
    for run in [place.settle("out", &[]), place.check(&[])] {
        assert_eq!((run.status, run.out.as_str()), (1, ""));
        assert!(run.err.contains("error[E302]") && run.err.contains("spells.csv:3:"), "{}", run.err);
    }
    let run = place.settle("out", &[]);
    assert_eq!(run.last(), "1 contract settled, 1 refused; 21 postings; 1 error, 0 warnings, 0 notices");
    let json: Value = serde_json::from_slice(&fs::read(place.path("out/settlements.json")).unwrap()).unwrap();
    assert_eq!(json["refused"][0]["contract"], "home");
    assert_eq!(json["refused"][0]["codes"][0], "E302");
    assert_eq!(json["contracts"].as_array().unwrap().len(), 1);
}

#[test]
fn the_output_is_written_even_if_all_are_refused() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    fs::remove_file(place.path("programme/spells.csv")).unwrap();
    let run = place.settle("out", &[]);
    assert_eq!(run.status, 1);
    assert_eq!(run.last(), "0 contracts settled, 2 refused; 0 postings; 1 error, 0 warnings, 0 notices");
    assert_eq!(fs::read_to_string(place.path("out/settlements.csv")).unwrap().lines().count(), 1);
    let json: Value = serde_json::from_slice(&fs::read(place.path("out/settlements.json")).unwrap()).unwrap();
    let refused: Vec<&str> =
        json["refused"].as_array().unwrap().iter().map(|one| one["contract"].as_str().unwrap()).collect();
    assert_eq!(refused, ["away", "home"]);
    assert_eq!(json["refused"][0]["codes"][0], "E101");
}

#[test]
fn an_id_that_nobody_recorded_is_an_error_of_check_only() {
    let place = Place::new();
    place.edit("programme/spells.csv", "home,s1,h1", "home,s1,h9");
    let check = place.check(&[]);
    assert_eq!(check.status, 1);
    assert!(check.err.contains("error[E304]"), "{}", check.err);
    assert!(check.last().starts_with("2 contracts checked: 0 contracts settled, 1 refused;"), "{}", check.last());
    let settle = place.settle("out", &[]);
    assert_eq!(settle.status, 0);
    assert!(settle.err.contains("warning[W503]"), "{}", settle.err);
    // A row that cannot be read may be the one that records it.
    place.edit("programme/participants.csv", "home,h1,youth,2018-01-01", "home,h9,youth,01-01-2018");
    let check = place.check(&[]);
    assert!(check.err.contains("error[E307]") && !check.err.contains("E304"), "{}", check.err);
}

#[test]
fn findings_name_the_column_wherever_it_stands() {
    let place = Place::new();
    place.edit("programme/spells.csv", "home,s1,h1", "home,s1,h9");
    let run = place.check(&["--format", "json"]);
    let found: Value = serde_json::from_str(run.err.lines().next().unwrap()).unwrap();
    assert_eq!((&found["file"], &found["line"], &found["column"]), (&"spells.csv".into(), &2.into(), &3.into()));
    assert_eq!((&found["field"], &found["severity"]), (&"participant".into(), &"error".into()));
}

#[test]
fn the_filter_reads_only_those_contracts() {
    let place = Place::new();
    place.edit("programme/spells.csv", "2018-05-20", "2017-05-20");
    place.write("programme/contracts/broken.toml", "id = \"broken\"\ncurrency = 3\n");
    let run = place.settle("out", &["--contract", "away"]);
    assert_eq!((run.status, run.err.lines().count()), (0, 1), "{}", run.err);
    assert_eq!(run.last(), "1 contract settled, 0 refused; 21 postings; 0 errors, 0 warnings, 0 notices");
    let run = place.settle("out", &["--contract", "away", "--contract", "home"]);
    assert_eq!(run.last(), "1 contract settled, 1 refused; 21 postings; 1 error, 0 warnings, 0 notices");
    assert_eq!(place.check(&["--contract", "broken"]).status, 1);
}

#[test]
fn wrong_usage_is_status_2_and_writes_nothing() {
    let place = Place::new();
    place.write("file", "");
    let (programme, out, file) = (place.text("programme"), place.text("out"), place.text("file"));
    let inside = place.text("programme/out");
    let through = place.text("file/out");
    let none = place.text("none");
    let settle = |programme: &str, as_of: &str, out: &str| effekt(&["settle", programme, "--as-of", as_of, "--out", out]);
    let runs = [
        effekt(&[]),
        effekt(&["pay"]),
        effekt(&["settle", &programme, "--out", &out]),
        effekt(&["settle", &programme, "--as-of", "2018-12-31"]),
        effekt(&["check", &programme, "--threads", "0"]),
        effekt(&["check", &none]),
        effekt(&["check", &file]),
        settle(&programme, "31-12-2018", &out),
        settle(&none, "2018-12-31", &out),
        settle(&programme, "2018-12-31", &file),
        settle(&programme, "2018-12-31", &through),
        settle(&programme, "2018-12-31", &programme),
        settle(&programme, "2018-12-31", &inside),
        place.settle("out", &["--contract", "nowhere"]),
        place.settle("out", &["--ledger", &none]),
        place.settle("out", &["--ledger", &file]),
    ];
    for (nth, run) in runs.iter().enumerate() {
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{nth}: {}", run.err);
        assert!(!run.err.is_empty(), "{nth}");
    }
    assert_eq!(place.names(""), ["file", "programme"]);
    assert_eq!(place.names("programme").len(), 5);
}

#[test]
fn help_is_a_result() {
    for arguments in [&["--help"][..], &["settle", "--help"], &["check", "--help"], &["explain", "--help"], &["--version"]] {
        let run = effekt(arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        assert!(run.out.contains("effekt"), "{}", run.out);
    }
}

#[test]
fn json_findings_are_one_object_a_line() {
    let place = Place::new();
    place.edit("programme/spells.csv", "2018-05-20", "2017-05-20");
    place.edit("programme/spells.csv", "away,s1,a1", "away,s1,a9");
    let run = place.settle("out", &["--format", "json"]);
    let lines: Vec<Value> = run.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, found) = lines.split_last().unwrap();
    let count = |severity: &str| found.iter().filter(|line| line["severity"] == severity).count();
    assert_eq!(last["errors"], count("error"));
    assert_eq!(last["warnings"], count("warning"));
    assert_eq!(last["notices"], count("notice"));
    assert_eq!((&last["settled"], &last["refused"], &last["postings"]), (&1.into(), &1.into(), &0.into()));
    assert_eq!((count("error"), count("warning")), (1, 1));
    let failure = place.settle("out", &["--format", "json", "--contract", "nowhere"]);
    let line: Value = serde_json::from_str(failure.err.trim_end()).unwrap();
    assert_eq!(line["status"], 2);
}

#[test]
fn quiet_leaves_out_notices_but_counts_them() {
    let place = Place::new();
    place.edit("programme/contracts/home.toml", "[[payer]]", "[cohort]\nmax_participants = 1\n\n[[payer]]");
    assert!(place.check(&[]).err.contains("N605"));
    let run = place.check(&["--quiet"]);
    assert!(!run.err.contains("N605") && run.last().ends_with("1 notice"), "{}", run.err);
}

#[test]
fn the_last_line_counts_the_rows_of_postings() {
    let place = Place::new();
    let run = place.settle("out", &["--format", "json"]);
    let last: Value = serde_json::from_str(run.last()).unwrap();
    let rows = fs::read_to_string(place.path("out/postings.csv")).unwrap().lines().count() - 1;
    assert_eq!((&last["postings"], &last["settled"]), (&rows.into(), &2.into()));
}

#[test]
fn threads_and_the_order_of_rows_change_no_byte() {
    let place = Place::new();
    assert_eq!(place.settle("one", &["--threads", "1"]).status, 0);
    assert_eq!(place.settle("two", &["--threads", "2"]).status, 0);
    for name in ["participants.csv", "spells.csv"] {
        let text = fs::read_to_string(place.path(&format!("programme/{name}"))).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        place.write(&format!("programme/{name}"), &format!("{}\n", lines.join("\r\n")));
    }
    assert_eq!(place.settle("shuffled", &[]).status, 0);
    assert_eq!(place.files("one"), place.files("two"));
    assert_eq!(place.files("one"), place.files("shuffled"));
}

#[test]
fn an_output_is_replaced_and_what_stands_beside_it_stays() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    let before = place.files("out");
    place.write("out/notes.txt", "mine");
    place.write("out/.gitignore", "mine too");
    place.edit("programme/spells.csv", "2018-05-20", "2018-05-27");
    assert_eq!(place.settle("out", &[]).status, 0);
    let after = place.files("out");
    assert!(FILES.iter().all(|name| before[*name] != after[*name]));
    assert_eq!(after["notes.txt"], b"mine");
    assert_eq!(after[".gitignore"], b"mine too");
    assert_eq!(place.names(""), ["out", "programme"], "nothing is left over");
}

/// Where FOLDER holds folders it stays itself, and only the files in it are replaced.
#[test]
fn a_programme_may_lie_in_the_output_folder() {
    let place = Place::new();
    for last in ["2018-05-20", "2018-05-27"] {
        place.edit("programme/spells.csv", "2018-05-20", last);
        assert_eq!(place.settle("", &[]).status, 0);
        let postings = fs::read_to_string(place.path("postings.csv")).unwrap();
        assert_eq!(postings.contains("h2,2018-W21"), last == "2018-05-27");
    }
    assert_eq!(place.names(""), ["postings.csv", "programme", "settlements.csv", "settlements.json"]);
    assert_eq!(place.names("programme").len(), 5);
}

#[test]
fn missing_folders_above_the_output_are_made() {
    let place = Place::new();
    assert_eq!(place.settle("a/b/out", &[]).status, 0);
    assert_eq!(place.names("a/b/out").len(), 3);
}

#[test]
fn a_ledger_is_gone_on_from() {
    let place = Place::new();
    let (programme, out) = (place.text("programme"), place.text("out"));
    let first = effekt(&["settle", &programme, "--as-of", "2018-05-01", "--out", &out]);
    assert_eq!(first.last(), "2 contracts settled, 0 refused; 24 postings; 0 errors, 0 warnings, 0 notices");
    let made = csv(&fs::read_to_string(place.path("out/postings.csv")).unwrap());
    // Back-dated into the closed settlement: what was made stands, the next one corrects.
    place.edit("programme/spells.csv", "2018-02-11", "2018-02-04");
    let next = place.settle("out", &["--ledger", &out]);
    assert_eq!(next.status, 0, "{}", next.err);
    assert!(next.err.contains("W703"), "{}", next.err);
    let all = csv(&fs::read_to_string(place.path("out/postings.csv")).unwrap());
    assert!(made.iter().all(|posting| all.contains(posting)));
    let corrections: Vec<_> = all.iter().filter(|posting| posting["posting"] == "correction").collect();
    assert_eq!(corrections.len(), 1);
    assert_eq!((corrections[0]["amount"].as_str(), corrections[0]["corrects"].as_str()), ("-1000.00", "1"));
    assert_eq!(corrections[0]["settlement"], "2");
    // A contract that is not read today keeps its settlements.
    let one = place.settle("out", &["--ledger", &out, "--contract", "home"]);
    assert_eq!(one.status, 0, "{}", one.err);
    assert_eq!(csv(&fs::read_to_string(place.path("out/postings.csv")).unwrap()), all);
}

#[test]
fn a_refused_contract_keeps_what_its_ledger_holds() {
    let place = Place::new();
    let (programme, out) = (place.text("programme"), place.text("out"));
    assert_eq!(effekt(&["settle", &programme, "--as-of", "2018-05-01", "--out", &out]).status, 0);
    let made = csv(&fs::read_to_string(place.path("out/postings.csv")).unwrap());
    place.write("programme/contracts/home.toml", "id = \"home\"\n");
    fs::remove_file(place.path("programme/contracts/away.toml")).unwrap();
    let run = place.settle("out", &["--ledger", &out]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.last().starts_with("0 contracts settled, 1 refused; 24 postings;"), "{}", run.last());
    assert_eq!(csv(&fs::read_to_string(place.path("out/postings.csv")).unwrap()), made);
    // Another calendar than the one that was settled by is an error of its contract (rule 10.5).
    place.write(
        "programme/contracts/home.toml",
        &place::contract("home").replace("reporting_days = 30", "reporting_days = 31"),
    );
    let run = place.settle("out", &["--ledger", &out]);
    assert!(run.status == 1 && run.err.contains("error[E702]"), "{}", run.err);
    let json: Value = serde_json::from_slice(&fs::read(place.path("out/settlements.json")).unwrap()).unwrap();
    assert_eq!(json["refused"][0]["codes"][0], "E702");
    assert_eq!(csv(&fs::read_to_string(place.path("out/postings.csv")).unwrap()), made);
}

#[test]
fn a_ledger_that_cannot_be_read_is_never_written_over() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    place.edit("out/postings.csv", "-W06", "-W06,");
    let before = place.files("out");
    let out = place.text("out");
    let run = place.settle("out", &["--ledger", &out]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("E701"), "{}", run.err);
    assert_eq!(run.last(), "0 contracts settled, 2 refused; 0 postings; 1 error, 0 warnings, 0 notices");
    assert_eq!(place.files("out"), before);
    // Elsewhere the output is written and lists the refused.
    assert_eq!(place.settle("other", &["--ledger", &out]).status, 1);
    let json: Value = serde_json::from_slice(&fs::read(place.path("other/settlements.json")).unwrap()).unwrap();
    assert_eq!(json["refused"].as_array().unwrap().len(), 2);
}

#[test]
fn grounds_in_another_form_are_not_taken_over() {
    for (from, to, said) in [
        ("\"format\":1", "\"format\":2", "format 2 is not known"),
        ("\"days\",\"spells\"]", "\"spells\",\"days\"]", "the columns are not `charge,subject,"),
        ("\"columns\":", "\"names\":", "the columns are not `charge,subject,"),
        ("\"contract\":\"home\"", "\"contract\":\"house\"", "the settlements of `house` are not those of settlements.csv"),
        ("\"refused\":[]", "\"refused\":", "not readable at line "),
    ] {
        let place = Place::new();
        assert_eq!(place.settle("out", &[]).status, 0);
        place.edit("out/settlements.json", from, to);
        let run = place.settle("other", &["--ledger", &place.text("out")]);
        assert_eq!(run.status, 1);
        assert!(run.err.contains("E701") && run.err.contains(said), "{to}: {}", run.err);
    }
}

#[test]
fn a_name_that_is_nearly_right_is_a_warning() {
    let place = Place::new();
    place.write("programme/spell.csv", "");
    place.write("programme/contracts/third", "");
    place.write("programme/contracts/README.md", "");
    place.write("programme/minutes.docx", "");
    let run = place.check(&[]);
    assert_eq!(run.status, 0);
    assert!(run.last().ends_with("0 errors, 2 warnings, 0 notices"), "{}", run.err);
}

#[test]
fn an_explanation_is_a_result() {
    let place = Place::new();
    let programme = place.text("programme");
    let explain = |more: &[&str]| {
        let arguments = ["explain", &programme, "--as-of", "2018-12-31", "--contract", "home"];
        effekt(&arguments.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
    };
    let run = explain(&[]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains("h1") && run.out.contains("h2"), "{}", run.out);
    let one = explain(&["--participant", "h2", "--settlement", "2"]);
    assert_eq!(one.status, 0, "{}", one.err);
    assert!(one.out.contains("h2") && !one.out.contains("h1") && !one.out.contains("SETTLEMENT 1"), "{}", one.out);
    let danish = explain(&["--lang", "da"]);
    assert!(danish.status == 0 && danish.out != run.out);
    for wrong in [&["--participant", "h9"][..], &["--settlement", "3"], &["--settlement", "0"], &["--lang", "sv"]] {
        let run = explain(wrong);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{wrong:?}: {}", run.err);
    }
    place.edit("programme/spells.csv", "2018-05-20", "2017-05-20");
    let refused = explain(&[]);
    assert_eq!((refused.status, refused.out.as_str()), (1, ""));
    assert_eq!(refused.last(), "0 contracts settled, 1 refused; 0 postings; 1 error, 0 warnings, 0 notices");
}

/// Where the worked cases are that were settled by hand; nothing is compared where there are none.
fn worked_cases() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let cases = std::env::var_os("EFFEKT_SHARED").map_or_else(beside, PathBuf::from).join("cases");
    cases.is_dir().then_some(cases)
}

#[test]
fn the_worked_cases_come_out_as_by_hand() {
    let Some(cases) = worked_cases() else { return };
    let mut compared = 0;
    for case in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let command = fs::read_to_string(case.join("command.txt")).unwrap();
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path().join("out");
        let words = command.split_whitespace().skip(1).map(|word| match word {
            "programme" => case.join(word).to_str().unwrap().to_owned(),
            "OUT" => out.to_str().unwrap().to_owned(),
            other => other.to_owned(),
        });
        let words: Vec<String> = words.collect();
        let run = effekt(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{}: {}", case.display(), run.err);
        for name in ["settlements.csv", "postings.csv"] {
            let read = |folder: &Path| csv(&fs::read_to_string(folder.join(name)).unwrap());
            assert_eq!(numbers(read(&out)), numbers(read(&case.join("expected"))), "{}: {name}", case.display());
            compared += 1;
        }
    }
    assert!(compared > 0);
}

/// Numbers compare as decimal numbers: without the zeros that say nothing.
fn numbers(mut rows: Vec<BTreeMap<String, String>>) -> Vec<BTreeMap<String, String>> {
    for (column, value) in rows.iter_mut().flatten() {
        let number = ["settlement", "total", "quantity", "rate", "amount", "corrects", "cut"].contains(&column.as_str());
        if number && value.contains('.') {
            *value = value.trim_end_matches('0').trim_end_matches('.').to_owned();
        }
    }
    rows
}
