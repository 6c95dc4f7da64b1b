//! Places at company centres (the page `places` of the book): its worked example, what late rows do, and the programme of real
//! size, each through the command, gone on from every ledger on the way, and explained in both languages.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/place.rs"]
mod place;

use place::effekt;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const HEAD: &str = r#"
id = "demo"
currency = "DKK"
starts = 2009-06-01
ends = 2009-07-31
kinds = ["in-centre"]
settlement = { every = "month", reporting_days = 30, tail_periods = 2 }
payer = [{ id = "state" }]
outcome = [{ id = "in-centre", kinds = ["in-centre"] }]
"#;

/// The cut-offs of the contract's four settlements.
const CUT_OFFS: [&str; 4] = ["2009-07-30", "2009-08-30", "2009-09-30", "2009-10-30"];

/// A programme of one contract on the disk.
struct Programme(TempDir);

impl Programme {
    /// Companies x, y and z are in from the first day; `rows` are `FILE row`, a row as in its file but for the contract, its last
    /// cell the day on which it was recorded.
    fn new(terms: &str, rows: &[&str]) -> Programme {
        let programme = Programme(tempfile::tempdir().unwrap());
        fs::create_dir_all(programme.path("contracts")).unwrap();
        fs::write(programme.path("contracts/demo.toml"), format!("{HEAD}{terms}")).unwrap();
        for (file, columns) in [
            ("companies", "company,joined_on,recorded_on"),
            ("participants", "participant,target_group,traits,enrolled_on,recorded_on"),
            ("placements", "placement,participant,company,placed_on,recorded_on"),
            ("places", "offer,centre,companies,places,first_day,last_day,recorded_on"),
            ("spells", "spell,placement,kind,first_day,last_day,weekly_hours,recorded_on"),
        ] {
            let mut text = format!("contract,{columns},void\n");
            if file == "companies" {
                for company in
                    ["x", "y", "z"].iter().filter(|id| !rows.iter().any(|row| row.starts_with(&format!("companies {id},"))))
                {
                    text += &format!("demo,{company},2009-06-01,2009-05-20,\n");
                }
            }
            for row in rows.iter().filter_map(|row| row.strip_prefix(file)?.strip_prefix(' ')) {
                let void = if row.contains("void") { "true" } else { "" };
                text += &format!("demo,{},{void}\n", row.replace("void", ""));
            }
            fs::write(programme.path(&format!("{file}.csv")), text).unwrap();
        }
        programme
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("programme").join(name)
    }

    fn folder(&self) -> String {
        self.0.path().join("programme").to_str().unwrap().to_owned()
    }

    /// What the command writes by a day, gone on from a ledger; everything is explained.
    fn settled(&self, as_of: &str, ledger: Option<&Path>) -> PathBuf {
        let (from, to) = (self.folder(), self.0.path().join(format!("out-{as_of}-{}", ledger.is_some())));
        let mut arguments = vec!["settle", &from, "--as-of", as_of, "--out", to.to_str().unwrap(), "--quiet"];
        if let Some(ledger) = ledger {
            arguments.extend(["--ledger", ledger.to_str().unwrap()]);
        }
        let run = effekt(&arguments);
        assert_eq!(run.status, 0, "{}", run.err);
        to
    }

    fn explained(&self, lang: &str) -> String {
        let from = self.folder();
        let run = effekt(&["explain", &from, "--as-of", "2009-10-30", "--contract", "demo", "--lang", lang, "--quiet"]);
        assert_eq!(run.status, 0, "{}", run.err);
        run.out
    }

    /// The postings as `settlement charge subject unit amount`, of the last settlement and of each on the way.
    fn posted(&self) -> Vec<String> {
        let at_once = self.settled(CUT_OFFS[3], None).join("postings.csv");
        let text = fs::read_to_string(at_once).unwrap();
        let mut ledger: Option<PathBuf> = None;
        for as_of in CUT_OFFS {
            ledger = Some(self.settled(as_of, ledger.as_deref()));
        }
        assert_eq!(text, fs::read_to_string(ledger.unwrap().join("postings.csv")).unwrap(), "gone on from each ledger");
        assert!(!self.explained("en").is_empty() && !self.explained("da").is_empty());
        // One participant alone is explained from its own rows, where these are enough.
        let one =
            ["explain", &self.folder(), "--as-of", CUT_OFFS[3], "--contract", "demo", "--participant", "p1", "--quiet"];
        assert_eq!(effekt(&one).status, 0);
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            [1, 2, 3, 4, 9].map(|cell| cells[cell]).join(" ")
        };
        text.lines().skip(1).map(row).collect()
    }
}

/// Chapter 4: five citizens at x in June, a sixth at y from the 21st, and two at z on the last two days of July.
const EXAMPLE: [&str; 27] = [
    "places o1,a,x,4,2009-06-01,,2009-05-25",
    "places o2,a,y,2,2009-06-16,,2009-06-16",
    "places o3,b,z,5,2009-07-21,,2009-07-21",
    "participants p1,adult,,2009-06-01,2009-06-01",
    "participants p2,adult,,2009-06-01,2009-06-01",
    "participants p3,adult,,2009-06-01,2009-06-01",
    "participants p4,adult,,2009-06-01,2009-06-01",
    "participants p5,adult,,2009-06-01,2009-06-01",
    "participants p6,adult,young,2009-06-01,2009-06-01",
    "participants p7,adult,young,2009-06-01,2009-06-01",
    "participants p8,adult,,2009-06-01,2009-06-01",
    "placements l1,p1,x,2009-06-01,2009-06-01",
    "placements l2,p2,x,2009-06-01,2009-06-01",
    "placements l3,p3,x,2009-06-01,2009-06-01",
    "placements l4,p4,x,2009-06-01,2009-06-01",
    "placements l5,p5,x,2009-06-01,2009-06-01",
    "placements l6,p6,y,2009-06-01,2009-06-01",
    "placements l7,p7,z,2009-06-01,2009-06-01",
    "placements l8,p8,z,2009-06-01,2009-06-01",
    "spells s1,l1,in-centre,2009-06-01,2009-06-30,20,2009-06-01",
    "spells s2,l2,in-centre,2009-06-01,2009-06-30,20,2009-06-01",
    "spells s3,l3,in-centre,2009-06-01,2009-06-30,20,2009-06-01",
    "spells s4,l4,in-centre,2009-06-01,2009-06-30,20,2009-06-01",
    "spells s5,l5,in-centre,2009-06-01,2009-06-30,20,2009-06-01",
    "spells s6,l6,in-centre,2009-06-21,2009-06-30,20,2009-06-21",
    "spells s7,l7,in-centre,2009-07-30,2009-07-31,20,2009-07-30",
    "spells s8,l8,in-centre,2009-07-30,2009-07-31,20,2009-07-30",
];

/// A measured charge by the month on a figure of that many words.
fn monthly(id: &str, places: &str, each: &str) -> String {
    format!(
        "[[figure]]\nid = \"{id}\"\n{places}\n[[charge]]\nid = \"{id}\"\ntype = \"measured\"\nfigure = \"{id}\"\n\
         every = \"month\"\neach = \"{each}\"\n"
    )
}

const OCCUPIED: &str = "places = \"occupied\"\noutcome = \"in-centre\"\nwindow = \"since-last\"";

fn is(terms: &str, rows: &[&str], wanted: &[&str]) -> Programme {
    let programme = Programme::new(terms, rows);
    assert_eq!(programme.posted(), wanted, "{terms}");
    programme
}

/// The sums are those of the page: 5 and 6 + 55 ÷ 31 place-months, 1 and 1 + 11 ÷ 31 centre-months, 145 and 4 filled place-days.
#[test]
fn the_worked_example_comes_out() {
    let grant = "[[figure]]\nid = \"filled\"\nplaces = \"occupied\"\noutcome = \"in-centre\"\n\
        [[figure]]\nid = \"agreed\"\nvalue = \"366\"\n\
        [[figure]]\nid = \"share\"\ncompare = \"filled\"\nwith = \"agreed\"\nby = \"ratio\"\n\
        [[charge]]\nid = \"grant\"\ntype = \"measured\"\nfigure = \"share\"\nevery = \"month\"\npricing = \"marginal\"\n\
        cumulative = true\n\
        band = [{ from = 0, up_to = 1, each = 10000 }, { above = 1, each = 0 }]\n";
    let terms = [
        monthly("available", "places = \"available\"\nby = \"months\"\nwindow = \"since-last\"", "1000"),
        monthly("centres", "places = \"centres\"\nby = \"months\"\nwindow = \"since-last\"", "7000"),
        monthly("place-days", "places = \"available\"", "1"),
        monthly("filled-days", OCCUPIED, "1"),
        monthly("on-the-day", "places = \"occupied\"\noutcome = \"in-centre\"\nby = \"last-day\"", "1"),
        grant.to_owned(),
    ];
    let wanted = [
        "1 available - 2009-06-30 5000.00",
        "1 centres - 2009-06-30 7000.00",
        "1 place-days - 2009-06-30 150.00",
        "1 filled-days - 2009-06-30 145.00",
        "1 on-the-day - 2009-06-30 6.00",
        "1 grant - 2009-06-30 3961.75",
        "2 available - 2009-07-31 7774.19",
        "2 centres - 2009-07-31 9483.87",
        "2 place-days - 2009-07-31 391.00",
        "2 filled-days - 2009-07-31 4.00",
        "2 on-the-day - 2009-07-31 2.00",
        "2 grant - 2009-07-31 109.29",
    ];
    let programme = is(&terms.concat(), &EXAMPLE, &wanted);
    let told = programme.explained("en");
    for line in [
        "Figure available: 5 place-months from 2009-06-01 (Mon) to 2009-06-30 (Tue).",
        "Figure filled-days: 145 filled place-days from 2009-06-01 (Mon) to 2009-06-30 (Tue).",
        // Five at four places for 15 days.
        "Centre a: 145; 15 person-days above its places do not count.",
        "Centre b: 4.",
        "Figure on-the-day: 2 filled places on 2009-07-31 (Fri).",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(programme.explained("da").contains("145 besatte pladsdage fra 2009-06-01 (man) til 2009-06-30 (tir)."));
}

/// One centre alone, some people alone, and a day after the term: n of its last day.
#[test]
fn a_figure_chooses_centres_and_people() {
    let terms = [
        monthly("b", "places = \"available\"\ncentre = \"b\"\nwindow = \"since-last\"", "1"),
        monthly("young", &format!("{OCCUPIED}\ntraits = [\"young\"]"), "1"),
        monthly("of-b", &format!("{OCCUPIED}\ncentre = \"b\""), "1"),
        monthly("late", "places = \"available\"\nby = \"last-day\"", "1").replace("every = \"month\"", "on = [2009-09-30]"),
        monthly("all", "places = \"available\"\nwindow = \"calendar-year\"", "1")
            .replace("every = \"month\"", "on = [2009-09-30]"),
    ];
    let wanted = [
        // p6 alone at y for 10 days in June, p7 at z for two in July.
        "1 young - 2009-06-30 10.00",
        "2 b - 2009-07-31 55.00",
        "2 young - 2009-07-31 2.00",
        "2 of-b - 2009-07-31 4.00",
        "4 late - 2009-09-30 11.00",
        "4 all - 2009-09-30 391.00",
    ];
    is(&terms.concat(), &EXAMPLE, &wanted);
}

/// What is recorded after the first cut-off corrects June: an offer, a spell that ended earlier, a company for which an offer
/// waited, an offer that is withdrawn.
#[test]
fn late_rows_correct_what_was_posted() {
    let terms =
        [monthly("available", "places = \"available\"\nwindow = \"since-last\"", "1"), monthly("filled", OCCUPIED, "1")];
    let with = |rows: &[&'static str]| [&EXAMPLE[..], rows].concat();
    let july = ["2 available - 2009-07-31 241.00", "2 filled - 2009-07-31 4.00"];
    let june = ["1 available - 2009-06-30 150.00", "1 filled - 2009-06-30 145.00"];
    let then = |second: &[&'static str]| [&june[..], second, &july[..]].concat();
    // Ten more places from 11 to 15 June: the fifth citizen has one on five days.
    is(
        &terms.concat(),
        &with(&["places o4,a,x,10,2009-06-11,2009-06-15,2009-08-01"]),
        &then(&["2 available - 2009-06-30 50.00", "2 filled - 2009-06-30 5.00"]),
    );
    // p4 was there up to 15 June only: five in six places from 21 June, four from 16 June.
    is(
        &terms.concat(),
        &with(&["spells s4,l4,in-centre,2009-06-01,2009-06-15,20,2009-08-01"]),
        &then(&["2 filled - 2009-06-30 -15.00"]),
    );
    // y's two places are gone again: four places throughout, 30 × 4 in June, 31 × 4 + 55 in July.
    is(
        &terms.concat(),
        &with(&["places o2,a,y,2,2009-06-16,,2009-08-01void"]),
        &[
            june[0],
            june[1],
            "2 available - 2009-06-30 -30.00",
            "2 filled - 2009-06-30 -25.00",
            "2 available - 2009-07-31 179.00",
            "2 filled - 2009-07-31 4.00",
        ],
    );
    // y is known from 1 August on: until then its offer waits, and whoever is placed there too.
    is(
        &terms.concat(),
        &with(&["companies y,2009-06-01,2009-08-01"]),
        &[
            "1 available - 2009-06-30 120.00",
            "1 filled - 2009-06-30 120.00",
            "2 available - 2009-06-30 30.00",
            "2 filled - 2009-06-30 25.00",
            july[0],
            july[1],
        ],
    );
}

/// x is named by b from 1 June and by a from 11 to 20 June, where a has one place: 10 × 1 in a, and 20 × 3 in b.
#[test]
fn a_company_of_two_centres_is_the_one_with_the_lower_id() {
    let rows: Vec<&str> = EXAMPLE.into_iter().filter(|row| !row.starts_with("places")).collect();
    let offers = ["places o1,b,x,3,2009-06-01,2009-06-30,2009-06-01", "places o2,a,x y,1,2009-06-11,2009-06-20,2009-06-01"];
    let terms = [monthly("filled", OCCUPIED, "1"), monthly("of-b", &format!("{OCCUPIED}\ncentre = \"b\""), "1")].concat();
    let programme =
        is(&terms, &[&rows[..], &offers].concat(), &["1 filled - 2009-06-30 70.00", "1 of-b - 2009-06-30 60.00"]);
    let run = effekt(&["check", &programme.folder()]);
    assert!(run.err.contains("company `x` is of centre `a` and of centre `b` on 2009-06-11"), "{}", run.err);
    // Told in August that a has x from 1 June on: the first ten days of June are a's too, one place for five people.
    let late = "places o3,a,x,0,2009-06-01,2009-06-10,2009-08-01";
    is(
        &terms,
        &[&rows[..], &offers, &[late]].concat(),
        &[
            "1 filled - 2009-06-30 70.00",
            "1 of-b - 2009-06-30 60.00",
            "2 filled - 2009-06-30 -30.00",
            "2 of-b - 2009-06-30 -30.00",
        ],
    );
}

/// With `per = "company"` whoever is at two companies of a centre counts once in it, and at two centres once in each.
#[test]
fn somebody_counts_once_in_a_centre() {
    let rows = [
        "places o1,a,x y,4,2009-06-01,2009-06-30,2009-06-01",
        "places o2,b,z,4,2009-06-01,2009-06-30,2009-06-01",
        "participants p1,adult,,2009-06-01,2009-06-01",
        "placements l1,p1,x,2009-06-01,2009-06-01",
        "placements l2,p1,y,2009-06-01,2009-06-01",
        "placements l3,p1,z,2009-06-01,2009-06-01",
        "spells s1,l1,in-centre,2009-06-01,2009-06-20,20,2009-06-01",
        "spells s2,l2,in-centre,2009-06-11,2009-06-30,10,2009-06-01",
        "spells s3,l3,in-centre,2009-06-26,2009-06-30,5,2009-06-01",
    ];
    // 30 days in a; per company 5 in b besides.
    is(&monthly("filled", OCCUPIED, "1"), &rows, &["1 filled - 2009-06-30 30.00"]);
    let per_company = "outcome = \"each\"\n";
    let terms = monthly("filled", &OCCUPIED.replace("outcome = \"in-centre\"\n", per_company), "1");
    let head = "[[figure]]\nid = \"unused\"\nvalue = \"1\"\n";
    let programme = Programme::new(&format!("{head}{terms}"), &rows);
    let contract = fs::read_to_string(programme.path("contracts/demo.toml")).unwrap();
    let outcomes = "outcome = [{ id = \"in-centre\", kinds = [\"in-centre\"] }";
    let both = format!("{outcomes}, {{ id = \"each\", kinds = [\"in-centre\"], per = \"company\" }}");
    fs::write(programme.path("contracts/demo.toml"), contract.replace(outcomes, &both)).unwrap();
    assert_eq!(programme.posted(), ["1 filled - 2009-06-30 35.00"]);
}

/// Whoever does not count fills no place: the cohort takes the first three.
#[test]
fn only_participants_that_count_are_people() {
    let terms = format!("cohort = {{ max_participants = 3 }}\n{}", monthly("filled", OCCUPIED, "1"));
    is(&terms, &EXAMPLE, &["1 filled - 2009-06-30 90.00"]);
}

/// A gate of participants' charges follows the offers, and with filled places everybody's spells.
#[test]
fn a_gate_follows_offers_and_people() {
    let gate = |figure: &str, least: u32| {
        format!(
            "[[charge]]\nid = \"month\"\ntype = \"period\"\noutcome = \"in-centre\"\nunit = \"month\"\nmin_days = 10\namount = 100\n\
             requires = [\"full\"]\n[[figure]]\nid = \"places\"\n{figure}\n\
             [[gate]]\nid = \"full\"\nevery = \"month\"\ntest = [{{ figure = \"places\", at_least = {least} }}]\n"
        )
    };
    let everybody = |settlement: u32| -> Vec<String> {
        (1..=6).map(|nth| format!("{settlement} month p{nth} 2009-06 100.00")).collect()
    };
    let late = |row: &'static str| [&EXAMPLE[..], &[row]].concat();
    let on_the_day = "places = \"available\"\nby = \"last-day\"";
    let posted = |terms: &str, rows: &[&str]| Programme::new(terms, rows).posted();
    assert_eq!(posted(&gate(on_the_day, 6), &EXAMPLE), everybody(1));
    assert!(posted(&gate(on_the_day, 7), &EXAMPLE).is_empty());
    let more = late("places o4,a,x,1,2009-06-11,2009-06-30,2009-08-01");
    assert_eq!(posted(&gate(on_the_day, 7), &more), everybody(2));
    let filled = "places = \"occupied\"\noutcome = \"in-centre\"";
    assert_eq!(posted(&gate(filled, 145), &EXAMPLE), everybody(1));
    assert!(posted(&gate(filled, 146), &EXAMPLE).is_empty());
    assert_eq!(posted(&gate(filled, 155), &late("places o4,a,x,1,2009-06-01,2009-06-10,2009-08-01")), everybody(2));
}

fn refused(terms: &str) -> String {
    let programme = Programme::new(&monthly("x", terms, "1"), &EXAMPLE);
    let run = effekt(&["check", &programme.folder(), "--format", "json"]);
    assert_eq!(run.status, 1, "{terms}");
    let code = |line: &str| {
        let finding: serde_json::Value = serde_json::from_str(line).ok()?;
        let code = finding["code"].as_str()?.to_owned();
        code.starts_with('E').then(|| format!("{code} {}", finding["field"].as_str().unwrap_or_default()))
    };
    run.err.lines().filter_map(code).collect::<Vec<_>>().join(", ")
}

#[test]
fn keys_that_say_nothing_are_refused() {
    assert_eq!(refused("places = \"occupied\""), "E204 figure[0].outcome");
    assert_eq!(refused("places = \"free\""), "E209 figure[0].places");
    assert_eq!(refused("places = \"occupied\"\noutcome = \"other\""), "E215 figure[0].outcome");
    for (key, value) in [
        ("outcome", "\"in-centre\""),
        ("traits", "[\"young\"]"),
        ("target_groups", "[\"adult\"]"),
        ("enrolled", "{ from = 2009-06-01 }"),
    ] {
        for of in ["available", "centres"] {
            assert_eq!(refused(&format!("places = \"{of}\"\n{key} = {value}")), format!("E203 figure[0].{key}"));
        }
    }
    assert_eq!(refused("places = \"available\"\nby = \"last-day\"\nwindow = \"total\""), "E203 figure[0].window");
    assert_eq!(refused("places = \"available\"\nby = \"years\""), "E209 figure[0].by");
    assert_eq!(refused("places = \"available\"\nper = \"participant\""), "E203 figure[0].per");
    assert_eq!(refused("metric = \"m\"\ncentre = \"a\""), "E203 figure[0].centre");
    assert_eq!(refused("places = \"available\"\ntally = \"days\"\noutcome = \"in-centre\""), "E211 figure[0]");
}

/// Place-months count as 22 digits and a measurement as 15: together with a price of one that is more than can be exact.
#[test]
fn place_months_have_more_digits_than_place_days() {
    let terms = |by: &str| {
        let priced = monthly("x", &format!("places = \"available\"\nby = \"{by}\""), "1");
        format!("{priced}times = [\"m\"]\n[[figure]]\nid = \"m\"\nmetric = \"m\"\n")
    };
    let check = |by: &str| effekt(&["check", &Programme::new(&terms(by), &EXAMPLE).folder()]);
    assert_eq!((check("days").status, check("months").status), (0, 1));
    assert!(check("months").err.contains("error[E242]"), "{}", check("months").err);
}

/// The folder that was worked by hand.
#[test]
fn the_worked_folder_is_settled_as_its_notes_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mechanisms/01-places");
    let (programme, out) = (folder.join("programme"), tempfile::tempdir().unwrap());
    let (from, to) = (programme.to_str().unwrap(), out.path().join("out"));
    let run = effekt(&["settle", from, "--as-of", "2009-12-31", "--out", to.to_str().unwrap(), "--quiet"]);
    assert_eq!(run.status, 0, "{}", run.err);
    for file in ["settlements.csv", "postings.csv"] {
        let expected = fs::read_to_string(folder.join("expected").join(file)).unwrap();
        assert_eq!(expected, fs::read_to_string(to.join(file)).unwrap(), "{file}");
    }
}

/// The programme of real size: mentor subsidies and grants for places are
/// posted as was reckoned day by day.
#[test]
fn the_programme_of_real_size_is_settled_as_was_reckoned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/virksomhedsindsats");
    let (temp, programme) = (tempfile::tempdir().unwrap(), folder.join("programme"));
    let out = temp.path().join("out");
    let (from, to) = (programme.to_str().unwrap(), out.to_str().unwrap());
    let run = effekt(&["settle", from, "--as-of", "2010-04-30", "--out", to, "--quiet"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let expected = fs::read_to_string(folder.join("expected/postings.csv")).unwrap();
    assert_eq!(expected, fs::read_to_string(out.join("postings.csv")).unwrap());
    for contract in ["mentor-silkeborg", "virksomhedsindsats"] {
        let run =
            effekt(&["explain", from, "--as-of", "2010-04-30", "--contract", contract, "--settlement", "4", "--quiet"]);
        assert_eq!(run.status, 0, "{}", run.err);
    }
}
