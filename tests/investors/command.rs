//! `effekt distribute`: the folders that were worked by hand, its ledger, and what it refuses.

use std::fs;
use std::path::{Path, PathBuf};

struct Run {
    status: u8,
    err: String,
}

fn effekt(arguments: &[&str]) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("effekt").chain(arguments.iter().copied()).map(Into::into);
    let status = effekt::cli::run(arguments, &mut out, &mut err, false);
    Run { status, err: String::from_utf8(err).unwrap() }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/investors")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Distributes the programme of `two-ranks` into `out`, with more arguments.
fn two_ranks(out: &Path, as_of: &str, more: &[&str]) -> Run {
    let programme = fixtures().join("two-ranks/programme");
    let arguments = ["distribute", programme.to_str().unwrap(), "--as-of", as_of, "--out", out.to_str().unwrap()];
    effekt(&[&arguments, more].concat())
}

#[test]
fn the_folders_worked_by_hand_come_out_as_worked() {
    let mut tried = 0;
    for entry in fs::read_dir(fixtures()).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let out = tempfile::tempdir().unwrap();
        let command = text(&folder.join("command.txt"));
        let words = command.split_whitespace().skip(1).map(|word| match word {
            "OUT" => out.path().join("out").to_str().unwrap().to_owned(),
            _ if folder.join(word).exists() => folder.join(word).to_str().unwrap().to_owned(),
            _ => word.to_owned(),
        });
        let words: Vec<String> = words.collect();
        let run = effekt(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{}: {}", folder.display(), run.err);
        for name in ["distributions.csv", "positions.csv"] {
            let (now, worked) = (text(&out.path().join("out").join(name)), text(&folder.join("expected").join(name)));
            assert_eq!(now, worked, "{}: {name}", folder.display());
        }
        tried += 1;
    }
    assert_eq!(tried, 2);
}

/// Year by year from the ledger, or all at once: the same files but for the as-of days.
#[test]
fn a_ledger_goes_on_from_what_was_distributed() {
    let place = tempfile::tempdir().unwrap();
    let (once, step) = (place.path().join("once"), place.path().join("step"));
    assert_eq!(two_ranks(&once, "2022-12-31", &[]).status, 0);
    assert_eq!(two_ranks(&step, "2020-07-29", &[]).status, 0);
    assert_eq!(text(&step.join("distributions.csv")).lines().count(), 1);
    let ledger = step.to_str().unwrap();
    for day in ["2020-07-30", "2021-08-30", "2021-08-31", "2022-12-31"] {
        let run = two_ranks(&step, day, &["--ledger", ledger]);
        assert_eq!(run.status, 0, "{}", run.err);
    }
    for name in ["distributions.csv", "positions.csv", "distributions.json", "home-fund.html"] {
        assert_eq!(text(&step.join(name)), text(&once.join(name)), "{name}");
    }
    // The settlements as they were carried out, from a folder of their own.
    let (programme, settled) = (fixtures().join("two-ranks/programme"), place.path().join("settled"));
    let settle = ["settle", programme.to_str().unwrap(), "--as-of", "2022-12-31", "--out", settled.to_str().unwrap()];
    assert_eq!(effekt(&settle).status, 0);
    let other = place.path().join("other");
    assert_eq!(two_ranks(&other, "2022-12-31", &["--settled", settled.to_str().unwrap()]).status, 0);
    assert_eq!(text(&other.join("distributions.json")), text(&once.join("distributions.json")));
}

/// What was distributed is not written over by a run that does not hold it.
#[test]
fn distributions_that_were_made_are_not_lost() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    assert_eq!(two_ranks(&out, "2022-12-31", &[]).status, 0);
    let before = text(&out.join("distributions.json"));
    let run = two_ranks(&out, "2021-12-31", &[]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("go on from it with --ledger"), "{}", run.err);
    // A ledger that was edited is refused, and stays.
    let edited = before.replacen("80000.07", "80000.08", 1);
    fs::write(out.join("distributions.json"), &edited).unwrap();
    let run = two_ranks(&out, "2022-12-31", &["--ledger", out.to_str().unwrap()]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("E701") && run.err.contains("do not add up"), "{}", run.err);
    assert_eq!(text(&out.join("distributions.json")), edited);
}

#[test]
fn wrong_usage_is_told() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sound");
    let arguments = ["distribute", sound.to_str().unwrap(), "--as-of", "2022-12-31", "--out", out.to_str().unwrap()];
    let run = effekt(&arguments);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("no funding.toml"), "{}", run.err);
    let missing = place.path().join("missing.toml");
    let run = effekt(&[&arguments[..], &["--funding", missing.to_str().unwrap()]].concat());
    assert_eq!(run.status, 2, "{}", run.err);
    assert_eq!(two_ranks(&out, "2022-12-31", &["--ledger", sound.to_str().unwrap()]).status, 2);
    assert!(!out.exists());
}

/// A funding with an error distributes nothing, says so in its files, and leaves what a ledger holds.
#[test]
fn a_funding_with_an_error_distributes_nothing_new() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    assert_eq!(two_ranks(&out, "2021-01-30", &[]).status, 0);
    let before = text(&out.join("distributions.csv"));
    let file = place.path().join("funding.toml");
    let wrong = text(&fixtures().join("two-ranks/programme/funding.toml"))
        .replace("weights = [\"0.8\", \"0.2\"]", "weights = [\"0.8\"]");
    fs::write(&file, wrong).unwrap();
    let run = two_ranks(&out, "2022-12-31", &["--ledger", out.to_str().unwrap(), "--funding", file.to_str().unwrap()]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("E293"), "{}", run.err);
    assert_eq!(text(&out.join("distributions.csv")), before);
    assert!(text(&out.join("distributions.json")).contains("\"E293\""));
}

/// The page says what the files say, in both languages, and is well formed.
#[test]
fn the_page_says_what_the_files_say() {
    let place = tempfile::tempdir().unwrap();
    for (lang, words) in [
        ("en", ["lang=\"en\"", "Statement to the funders", "TrygFonden", "Owed back"]),
        ("da", ["lang=\"da\"", "Opgørelse til finansieringskilderne", "Markedsmodningsfonden", "Udestående"]),
    ] {
        let out = place.path().join(lang);
        assert_eq!(two_ranks(&out, "2022-02-01", &["--lang", lang]).status, 0);
        let page = text(&out.join("home-fund.html"));
        for word in words {
            assert!(page.contains(word), "{word}");
        }
        let body = page.strip_prefix("<!DOCTYPE html>").unwrap();
        let tree = roxmltree::Document::parse(body).unwrap();
        let last = tree.descendants().find(|node| node.attribute("id") == Some("last")).unwrap();
        let cells: Vec<String> = last
            .descendants()
            .filter(|node| node.has_tag_name("td"))
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect();
        let amount = |english: &str| match lang {
            "da" => english.replace(',', ";").replace('.', ",").replace(';', "."),
            _ => english.to_owned(),
        };
        for entry in ["84,136.92", "10,575.35", "80,000.02", "20,000.01", "135,000.02", "400,000.00"] {
            assert!(cells.contains(&amount(entry)), "{entry} in {cells:?}");
        }
    }
}

/// Runs `check` on the programme of `two-ranks` with another funding file; the codes with their lines.
fn check(funding: &str) -> Vec<String> {
    let place = tempfile::tempdir().unwrap();
    let programme = place.path().join("programme");
    fs::create_dir_all(programme.join("contracts")).unwrap();
    let from = fixtures().join("two-ranks/programme");
    let names = ["participants.csv", "companies.csv", "placements.csv", "spells.csv", "contracts/home.toml"];
    for name in names {
        fs::copy(from.join(name), programme.join(name)).unwrap();
    }
    fs::write(programme.join("funding.toml"), funding).unwrap();
    let run = effekt(&["check", programme.to_str().unwrap(), "--format", "json"]);
    let found = run.err.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let told = found.filter(|one| one["code"].is_string());
    told.map(|one| format!("{} {}:{}", one["code"].as_str().unwrap(), one["line"], one["column"])).collect()
}

/// All faults of a file at once, each at its place, and nothing that only follows from another one.
#[test]
fn every_fault_of_a_funding_is_told_at_its_place() {
    let sound = text(&fixtures().join("two-ranks/programme/funding.toml"));
    assert_eq!(check(&sound), Vec::<String>::new());
    let at = |text: &str, what: &str| text.lines().position(|line| line.contains(what)).unwrap() + 1;
    let broken = sound
        .replace("committed = 160000", "comitted = 160000")
        .replace("rate = \"0.04\"", "rate = 0.04")
        .replace("pays = \"principal\"", "pays = \"capital\"")
        .replace("on = 2021-08-31", "on = \"31.8.2021\"")
        .replace("covers = \"0.5\"", "covers = \"1.5\"")
        .replace("at_most = 50000", "at_most = \"50000.005\"");
    let wanted = [
        format!("E203 {}:1", at(&broken, "comitted")),
        format!("E209 {}:8", at(&broken, "capital")),
        format!("E206 {}:8", at(&broken, "rate = 0.04")),
        format!(
            "E209 {}:8",
            broken.lines().count() - broken.lines().rev().position(|line| line.contains("capital")).unwrap()
        ),
        format!("E291 {}:10", at(&broken, "1.5")),
        format!("E225 {}:11", at(&broken, "50000.005")),
        format!("E208 {}:6", at(&broken, "31.8.2021")),
    ];
    assert_eq!(check(&broken), wanted);
    let personal = sound.replace("name = \"TrygFonden\"", "name = \"0101901234\"");
    assert_eq!(check(&personal), [format!("E111 {}:8", at(&personal, "0101901234"))]);
    let names = sound.replace("by = \"bikubenfonden\"", "by = \"realdania\"").replace("id = \"extra\"", "id = \"senior\"");
    assert_eq!(
        check(&names),
        [
            format!(
                "E214 {}:6",
                names.lines().count() - names.lines().rev().position(|line| line == "id = \"senior\"").unwrap()
            ),
            format!("E215 {}:6", at(&names, "realdania")),
        ]
    );
}

/// A funding may be written in JSON.
#[test]
fn a_funding_may_be_json() {
    let place = tempfile::tempdir().unwrap();
    let (toml, json, file) = (place.path().join("toml"), place.path().join("json"), place.path().join("funding.json"));
    let simple = "id = \"home-fund\"\ncurrency = \"DKK\"\ncontract = [{ id = \"home\" }]\n\
                  funder = [{ id = \"a\", paid_in = [{ on = 2020-01-01, amount = 5000 }] }]\n\
                  tier = [{ id = \"p\", to = [\"a\"], pays = \"principal\" }]\n";
    let same = "{\"id\":\"home-fund\",\"currency\":\"DKK\",\"contract\":[{\"id\":\"home\"}],\
                \"funder\":[{\"id\":\"a\",\"paid_in\":[{\"on\":\"2020-01-01\",\"amount\":5000}]}],\
                \"tier\":[{\"id\":\"p\",\"to\":[\"a\"],\"pays\":\"principal\"}]}";
    fs::write(place.path().join("funding.toml"), simple).unwrap();
    fs::write(&file, same).unwrap();
    let toml_file = place.path().join("funding.toml");
    for (out, file) in [(&toml, &toml_file), (&json, &file)] {
        let run = two_ranks(out, "2022-12-31", &["--funding", file.to_str().unwrap()]);
        assert_eq!(run.status, 0, "{}", run.err);
    }
    assert_eq!(text(&toml.join("positions.csv")), text(&json.join("positions.csv")));
    assert!(text(&toml.join("positions.csv")).contains("a,5000.00,5000.00,5000.00,0.00,0.00,0.00,0.00,1.0000"));
}
