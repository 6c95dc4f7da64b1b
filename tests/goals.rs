//! Goals (the page `goals` of the book): the programmes worked by hand come out through the command as they are kept, and what
//! would have come of other declarations.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/place.rs"]
mod place;

use place::effekt;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A programme with goals, and the day as of which its README settles it.
const PROGRAMMES: [(&str, &str); 3] =
    [("herning-region", "2009-03-31"), ("slagelse", "2011-07-31"), ("virksomhedsindsats", "2010-04-30")];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Runs `effekt COMMAND PROGRAMME --as-of DAY --out OUT`, which has to succeed.
fn run(command: &str, programme: &Path, as_of: &str, out: &Path, more: &[&str]) {
    let (from, to) = (programme.to_str().unwrap(), out.to_str().unwrap());
    let run = effekt(&[&[command, from, "--as-of", as_of, "--out", to, "--quiet"], more].concat());
    assert_eq!(run.status, 0, "{}", run.err);
}

#[test]
fn the_programmes_come_out_as_they_are_kept() {
    for (name, as_of) in PROGRAMMES {
        let (programme, expected) = (fixture(name).join("programme"), fixture(name).join("expected"));
        let temp = tempfile::tempdir().unwrap();
        let (out, pages) = (temp.path().join("out"), temp.path().join("pages"));
        run("settle", &programme, as_of, &out, &[]);
        for file in ["settlements.csv", "postings.csv"] {
            assert_eq!(text(&expected.join(file)), text(&out.join(file)), "{name}: {file}");
        }
        run("statement", &programme, as_of, &pages, &[]);
        assert_eq!(text(&expected.join("targets.csv")), text(&pages.join("targets.csv")), "{name}: targets.csv");
        run("statement", &programme, as_of, &pages, &["--ledger", out.to_str().unwrap()]);
        assert_eq!(text(&expected.join("targets.csv")), text(&pages.join("targets.csv")), "{name}: with its ledger");
    }
}

/// A programme in a folder of its own.
struct Programme {
    temp: TempDir,
}

const PEOPLE: [(&str, &str); 4] = [
    ("participants", "contract,participant,target_group,enrolled_on,eligible_until,recorded_on,revision,void\n"),
    ("companies", "contract,company,cvr,name,joined_on,left_on,recorded_on,revision,void\n"),
    ("placements", "contract,placement,participant,company,placed_on,recorded_on,revision,void\n"),
    (
        "spells",
        "contract,spell,placement,participant,employer,kind,first_day,last_day,weekly_hours,evidence,recorded_on,revision,void\n",
    ),
];
const ENTRIES: &str = "contract,entry,goal,requirement,shown_on,result,evidence,recorded_on,revision,void\n";

impl Programme {
    /// One contract, its entries, and no people.
    fn new(contract: &str, entries: &str) -> Programme {
        let programme = Programme { temp: tempfile::tempdir().unwrap() };
        fs::create_dir_all(programme.folder().join("contracts")).unwrap();
        PEOPLE.iter().for_each(|(file, header)| programme.write(&format!("{file}.csv"), header));
        programme.write("goals.csv", &format!("{ENTRIES}{entries}"));
        let name = if contract.trim_start().starts_with('{') { "contracts/c.json" } else { "contracts/c.toml" };
        programme.write(name, contract);
        programme
    }

    /// The contract of Herning with other declarations than there were, and perhaps other terms.
    fn herning(declarations: &str, otherwise: &[(&str, &str)]) -> Programme {
        let from = fixture("herning-region").join("programme");
        let mut contract = text(&from.join("contracts/herning.toml"));
        for (was, now) in otherwise {
            assert!(contract.contains(was), "{was}");
            contract = contract.replace(was, now);
        }
        let entries = text(&from.join("goals.csv"));
        let report: String = entries.lines().filter(|row| row.contains(",mapping,")).map(|row| format!("{row}\n")).collect();
        Programme::new(&contract, &format!("{report}{declarations}"))
    }

    fn folder(&self) -> PathBuf {
        self.temp.path().join("programme")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder().join(name), text).unwrap();
    }

    /// What each settlement comes to.
    fn totals(&self, as_of: &str) -> Vec<String> {
        let out = self.temp.path().join("out");
        run("settle", &self.folder(), as_of, &out, &[]);
        let rows = text(&out.join("settlements.csv"));
        rows.lines().skip(1).map(|row| row.rsplit(',').next().unwrap().to_owned()).collect()
    }

    /// The columns target to state of a goal or requirement in a settlement.
    fn target(&self, as_of: &str, row: &str) -> String {
        let pages = self.temp.path().join("pages");
        run("statement", &self.folder(), as_of, &pages, &[]);
        let targets = text(&pages.join("targets.csv"));
        let line = targets.lines().find(|line| line.split_once(',').unwrap().1.starts_with(row));
        let line = line.unwrap_or_else(|| panic!("{row}: {targets}"));
        line.split(',').skip(4).take(4).collect::<Vec<_>>().join(" ")
    }

    fn explained(&self, as_of: &str, settlement: &str, lang: &str) -> String {
        let folder = self.folder();
        let asked = ["explain", folder.to_str().unwrap(), "--as-of", as_of, "--contract", "herning-region"];
        let run = effekt(&[&asked[..], &["--settlement", settlement, "--lang", lang]].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        run.out
    }

    fn findings(&self) -> Vec<String> {
        let run = effekt(&["check", self.folder().to_str().unwrap(), "--format", "json"]);
        let code = |line: &str| line.split('"').nth(3).unwrap().to_owned();
        run.err.lines().filter(|line| line.starts_with("{\"code\"")).map(code).collect()
    }
}

/// So many signed declarations, shown on a day, recorded on another, one a row.
fn signed(requirement: &str, count: u32, shown_on: &str, recorded_on: &str) -> String {
    let row = |nth: u32| {
        format!(
            "herning-region,{requirement}-{shown_on}-{nth},model,{requirement},{shown_on},1,letter {nth},{recorded_on},,\n"
        )
    };
    (1..=count).map(row).collect()
}

#[test]
fn five_of_seven_in_the_east_is_partly_met_and_pays_nothing() {
    let declarations = signed("west", 7, "2008-12-31", "2009-01-15") + &signed("east", 5, "2008-11-01", "2008-11-02");
    let programme = Programme::herning(&declarations, &[]);
    assert_eq!(programme.totals("2009-03-31"), ["150000.00"]);
    assert_eq!(programme.target("2009-03-31", "1,model,-"), "2 1 71.4 partly");
    assert_eq!(programme.target("2009-03-31", "1,model,west"), "7 7 100.0 met");
    assert_eq!(programme.target("2009-03-31", "1,model,east"), "7 5 71.4 partly");
    let told = programme.explained("2009-03-31", "1", "en");
    assert!(told.contains("Goal model: partly met; requirements met 1, needed 2; degree 71.42857142… %."), "{told}");
    assert!(told.contains("east: 5 of at least 7, 71.42857142… %: partly met."), "{told}");
    assert!(told.contains("east-2008-11-01-1: 1, shown on 2008-11-01 (Sat): letter 1 (goals.csv line 11"), "{told}");
    let told = programme.explained("2009-03-31", "1", "da");
    assert!(
        told.contains("Målet model: delvis nået; opfyldte krav 1, nødvendige 2; målopfyldelse 71,42857142… %."),
        "{told}"
    );
}

#[test]
fn what_was_shown_in_time_and_recorded_late_is_paid_in_the_next_settlement() {
    let declarations = signed("west", 7, "2008-12-31", "2009-04-15") + &signed("east", 7, "2008-12-01", "2009-03-31");
    let programme = Programme::herning(&declarations, &[]);
    assert_eq!(programme.totals("2010-03-31"), ["150000.00", "250000.00"]);
    assert_eq!(programme.target("2010-03-31", "1,model,-"), "2 1 0.0 partly");
    assert_eq!(programme.target("2010-03-31", "2,model,-"), "2 2 100.0 met");
    let told = programme.explained("2010-03-31", "2", "en");
    assert!(told.contains("entry west-2008-12-31-1: new (goals.csv"), "{told}");
}

#[test]
fn what_was_shown_after_the_gates_date_is_not_looked_at() {
    let declarations = signed("west", 7, "2008-12-31", "2009-01-15")
        + &signed("east", 5, "2008-11-01", "2008-11-02")
        + &signed("east", 2, "2009-01-02", "2009-01-15");
    let programme = Programme::herning(&declarations, &[]);
    assert_eq!(programme.totals("2010-03-31"), ["150000.00", "0.00"]);
    assert_eq!(programme.target("2010-03-31", "2,model,-"), "2 2 100.0 met");
}

#[test]
fn an_or_needs_one_of_the_two() {
    let declarations = signed("west", 7, "2008-12-31", "2009-01-15");
    let needs = [("clause = \"Goal 2\"\n  [[goal.req", "needs = 1\n  [[goal.req")];
    let programme = Programme::herning(&declarations, &needs);
    assert_eq!(programme.totals("2009-03-31"), ["400000.00"]);
    assert_eq!(programme.target("2009-03-31", "1,model,-"), "1 1 100.0 met");
}

/// The fixed amount of goal 2 becomes one for what its goal says.
fn measured(by: &str, price: &str) -> [(&'static str, String); 2] {
    let fixed = "type = \"fixed\"\nclause = \"Goal 2\"\non = [2008-12-31]\namount = 250000                       # assumed\nrequires = [\"model-met\"]";
    let gate = "id = \"model\"\ngoal = \"model\"\n\n";
    [
        (
            gate,
            format!("id = \"model\"\ngoal = \"model\"\n\n[[figure]]\nid = \"part\"\ngoal = \"model\"\nby = \"{by}\"\n\n"),
        ),
        (fixed, format!("type = \"measured\"\nfigure = \"part\"\non = [2008-12-31]\n{price}")),
    ]
}

fn paid_by(by: &str, price: &str, declarations: &str) -> Vec<String> {
    let otherwise = measured(by, price);
    let [one, other] = &otherwise;
    let unused =
        "\n[[gate]]\nid = \"model-met\"\non = [2008-12-31]\n  [[gate.test]]\n  figure = \"model\"\n  at_least = 1\n";
    Programme::herning(declarations, &[(one.0, &one.1), (other.0, &other.1), (unused, "")]).totals("2010-03-31")
}

#[test]
fn a_part_is_paid_by_requirements_met_or_by_degree() {
    let declarations = signed("west", 7, "2008-12-31", "2009-01-15") + &signed("east", 5, "2008-11-01", "2008-11-02");
    assert_eq!(paid_by("requirements", "each = 125000", &declarations), ["275000.00", "0.00"]);
    // 500 ÷ 7 per cent of 250,000 = 178,571.428…
    assert_eq!(paid_by("degree", "each = 2500", &declarations), ["328571.43", "0.00"]);
    // Two more are shown in time and recorded late: the degree rises to 100, and the rest is paid.
    let more = declarations + &signed("east", 2, "2008-12-31", "2009-04-01");
    assert_eq!(paid_by("degree", "each = 2500", &more), ["328571.43", "71428.57"]);
    assert_eq!(paid_by("requirements", "each = 125000", &more), ["275000.00", "125000.00"]);
    // Bands: from half of it a third is paid, all of it from 100 on; 14 of 7 is more than all.
    let bands = "\n[[charge.band]]\nfrom = 0\nbelow = 50\namount = 0\n[[charge.band]]\nfrom = 50\nbelow = 100\namount = 80000\n\
        [[charge.band]]\nfrom = 100\namount = 250000";
    let both =
        |count| signed("west", count, "2008-12-31", "2009-01-15") + &signed("east", count, "2008-11-01", "2008-11-02");
    for (count, total) in [(3, "150000.00"), (4, "230000.00"), (6, "230000.00"), (7, "400000.00"), (14, "400000.00")] {
        assert_eq!(paid_by("degree", bands, &both(count)), [total, "0.00"], "{count}");
    }
}

#[test]
fn what_is_withdrawn_is_posted_back() {
    let programme = Programme::herning("", &[]);
    let report = "herning-region,report,mapping,report,2008-11-14,1,a draft,2009-05-02,,true\n";
    let entries = text(&programme.folder().join("goals.csv"));
    programme.write("goals.csv", &format!("{entries}{report}"));
    assert_eq!(programme.totals("2010-03-31"), ["150000.00", "-150000.00"]);
    assert!(programme.explained("2010-03-31", "2", "en").contains("entry report: withdrawn"));
}

#[test]
fn going_on_from_a_ledger_ends_the_same() {
    let late = signed("west", 7, "2008-12-31", "2009-04-15") + &signed("east", 7, "2008-12-01", "2009-03-31");
    let programme = Programme::herning(&late, &[]);
    let [first, then, whole] = ["first", "then", "whole"].map(|name| programme.temp.path().join(name));
    run("settle", &programme.folder(), "2009-03-31", &first, &[]);
    run("settle", &programme.folder(), "2010-03-31", &then, &["--ledger", first.to_str().unwrap()]);
    run("settle", &programme.folder(), "2010-03-31", &whole, &[]);
    for file in ["settlements.csv", "postings.csv"] {
        assert_eq!(text(&then.join(file)), text(&whole.join(file)), "{file}");
    }
}

const HEAD: &str = "id = \"c\"\ncurrency = \"DKK\"\nstarts = 2020-01-01\nends = 2020-12-31\n\
    [settlement]\nevery = \"half-year\"\nreporting_days = 31\n[[payer]]\nid = \"state\"\n";

/// A state is decided by exact values, never by the printed degree.
#[test]
fn almost_is_not_met_whatever_is_printed() {
    let goal = "[[goal]]\nid = \"g\"\n[[goal.requirement]]\nid = \"r\"\nat_least = \"2500/3\"\n";
    let state = |result: &str| {
        let entries = format!("c,e,g,r,2020-06-30,{result},list,2020-07-01,,\n");
        Programme::new(&format!("{HEAD}{goal}"), &entries).target("2021-01-31", "2,g,r")
    };
    assert_eq!(state("833"), "2500/3 833 100.0 partly");
    assert_eq!(state("833.333333"), "2500/3 833.333333 100.0 partly");
    assert_eq!(state("833.333334"), "2500/3 833.333334 100.0 met");
    assert_eq!(state("0"), "2500/3 0 0.0 not-met");
}

#[test]
fn a_goal_in_a_goal_is_an_or_in_an_and() {
    let goals = "[[goal]]\nid = \"whole\"\n[[goal.requirement]]\nid = \"places\"\ngoal = \"enough\"\n\
        [[goal.requirement]]\nid = \"staff\"\nat_least = 2\n\
        [[goal]]\nid = \"enough\"\nneeds = 1\n[[goal.requirement]]\nid = \"own\"\nat_least = 10\n\
        [[goal.requirement]]\nid = \"rented\"\nfigure = \"rented\"\nat_least = 5\n\
        [[figure]]\nid = \"rented\"\nmetric = \"rented\"\n";
    let entries = "c,o,enough,own,2020-03-01,10,list,2020-03-02,,\nc,s,whole,staff,2020-09-01,1,list,2020-09-02,,\n";
    let programme = Programme::new(&format!("{HEAD}{goals}"), entries);
    let target = |row| programme.target("2021-01-31", row);
    assert_eq!(target("1,enough,-"), "1 1  met", "the other half is not known, and so neither the degree");
    assert_eq!(target("1,enough,rented"), "5   not-known");
    assert_eq!(target("1,whole,places"), "100   met");
    assert_eq!(target("1,whole,-"), "2 1  partly");
    assert_eq!(target("2,whole,staff"), "2 1 50.0 partly");
    assert_eq!(programme.findings(), ["N621"]);
    let measured = "contract,measurement,metric,cohort,first_day,last_day,value,source,recorded_on,revision,void\n\
        c,m,rented,,2020-01-01,2020-10-31,4,list,2020-11-01,,\n";
    programme.write("measurements.csv", measured);
    assert_eq!(programme.target("2021-01-31", "2,enough,-"), "1 1 100.0 met");
    assert_eq!(programme.target("2021-01-31", "2,whole,-"), "2 1 50.0 partly");
    assert_eq!(programme.findings(), [""; 0]);
}

/// What a participant is owed may wait for a goal: an entry that comes late is looked at although nothing of the participant is new.
#[test]
fn a_late_entry_concerns_participants_behind_a_gate() {
    let terms = "[[goal]]\nid = \"g\"\n[[goal.requirement]]\nid = \"r\"\nat_least = 1\n[[figure]]\nid = \"met\"\ngoal = \"g\"\n\
        [[gate]]\nid = \"open\"\non = [2020-06-30]\n[[gate.test]]\nfigure = \"met\"\nat_least = 1\n\
        [[charge]]\nid = \"fee\"\ntype = \"fixed\"\non = [2020-06-30]\nper = \"participant\"\namount = 700\nrequires = [\"open\"]\n";
    let late = "c,e,g,r,2020-06-30,1,letter,2020-09-01,,\n";
    let programme = Programme::new(&format!("{HEAD}{terms}"), late);
    let people = format!("{}c,p-1,all,2020-01-01,,2020-01-01,,\nc,p-2,all,2020-07-01,,2020-07-01,,\n", PEOPLE[0].1);
    programme.write("participants.csv", &people);
    assert_eq!(programme.totals("2021-01-31"), ["0.00", "700.00"]);
    programme.write("goals.csv", &format!("{ENTRIES}{}", late.replace("2020-06-30,1", "2020-07-01,1")));
    assert_eq!(programme.totals("2021-01-31"), ["0.00", "0.00"], "shown a day after the gate's date");
}

#[test]
fn json_says_the_same() {
    let contract = r#"{ "id": "c", "currency": "DKK", "starts": "2020-01-01", "ends": "2020-12-31",
        "settlement": { "every": "half-year", "reporting_days": 31 }, "payer": [{ "id": "state" }],
        "goal": [{ "id": "g", "needs": 1, "requirement": [{ "id": "r", "at_least": "0.5" }, { "id": "told" }] }] }"#;
    let entries = "c,e,g,r,2020-06-30,0.25,half of it,2020-07-01,,\nc,f,g,told,2020-06-30,3,seen,2020-07-01,,\n";
    let programme = Programme::new(contract, entries);
    assert_eq!(programme.totals("2021-01-31"), ["0.00", "0.00"]);
    assert_eq!(programme.target("2021-01-31", "1,g,-"), "1 0 50.0 partly");
    assert_eq!(programme.target("2021-01-31", "1,g,told"), " 3  ");
    assert_eq!(programme.findings(), [""; 0], "a contract with goals and no charge is no warning");
}

/// The page tells the same as the file, in words.
#[test]
fn the_page_has_the_table() {
    for (lang, heading, state) in [("en", "Targets against results", "not met"), ("da", "Mål og resultater", "ikke nået")]
    {
        let temp = tempfile::tempdir().unwrap();
        let pages = temp.path().join("pages");
        run("statement", &fixture("herning-region").join("programme"), "2009-03-31", &pages, &["--lang", lang]);
        let page = text(&pages.join("herning-region-01.html"));
        for told in [heading, state, "Signed declarations of actors in the west", "no signed declarations"] {
            assert!(page.contains(told), "{lang}: {told}");
        }
    }
}
