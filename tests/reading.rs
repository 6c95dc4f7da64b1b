//! Bad input of every kind: it is reported at its place, nothing is repaired in silence, and nothing makes the reader fall.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use effekt::formats::{Programme, Source, Sources, read};
use effekt::{Code, Day, Diagnostic};
use proptest::prelude::*;

fn spells(text: impl AsRef<[u8]>) -> Sources {
    Sources { spells: Some(Source::new("spells.csv", text.as_ref())), ..common::sound() }
}

fn all(sources: &Sources) -> Programme {
    read(sources, None, &[])
}

/// The codes with line and column.
fn found(sources: &Sources) -> Vec<(&'static str, u32, u32)> {
    let place = |d: &Diagnostic| (d.code.id(), d.place.line.unwrap_or_default(), d.place.column.unwrap_or_default());
    all(sources).diagnostics.iter().map(place).collect()
}

fn refused(programme: &Programme) -> Vec<&str> {
    programme.cases.iter().filter(|case| case.refused).map(|case| case.id.as_str()).collect()
}

const HEADER: &str = "contract,spell,placement,participant,employer,kind,first_day,last_day,weekly_hours,evidence,recorded_on,revision,void\n";

#[test]
fn the_sound_programme_is_read_whole() {
    let programme = all(&common::sound());
    assert_eq!(programme.diagnostics, []);
    assert_eq!(programme.unknown, Vec::<String>::new());
    let herning = &programme.cases[1];
    assert_eq!((herning.id.as_str(), herning.file.as_str()), ("vsb-herning", "contracts/herning.toml"));
    let facts = &herning.facts;
    let rows = (facts.participants.rows().len(), facts.companies.len(), facts.placements.len(), facts.spells.rows().len());
    assert_eq!(rows, (3, 2, 1, 3));
    let known = |day: &str| {
        let nth = facts.participants.find("h-2").unwrap();
        facts.participants.known(nth, Day::parse(day).unwrap()).map(|(_, p)| p.enrolled_on.to_string())
    };
    assert_eq!(known("2017-06-02").as_deref(), Some("2017-06-01"));
    assert_eq!(known("2017-06-20").as_deref(), Some("2017-06-12"));
    let smith = facts.companies.known(facts.companies.find("k-1").unwrap(), Day::FAR).unwrap().1;
    assert_eq!(smith.name.as_deref(), Some("Søren \"Smed\" Ærø, ApS"));
}

#[test]
fn what_spreadsheets_do_is_accepted() {
    let plain = all(&common::sound());
    let same = |sources: &Sources| {
        let programme = all(sources);
        assert_eq!(programme.diagnostics, []);
        for (a, b) in programme.cases.iter().zip(&plain.cases) {
            let rows = |case: &effekt::formats::Case| {
                let rows = case.facts.spells.rows().iter();
                rows.map(|row| (row.id.clone(), row.fact.clone())).collect::<Vec<_>>()
            };
            assert_eq!(rows(a), rows(b));
        }
    };
    let text = String::from_utf8(common::sound().spells.unwrap().bytes).unwrap();
    same(&spells(format!("\u{feff}{text}")));
    same(&spells(text.replace('\n', "\r\n")));
    same(&spells(text.replace('\n', "\n\n  \n\r\n")));
    same(&spells(text.trim_end()));
    let quoted: Vec<String> =
        text.lines().map(|line| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",")).collect();
    same(&spells(quoted.join("\n")));
    // Columns in another order, and those that are empty left out.
    let reversed: Vec<String> = text.lines().map(|line| line.rsplit(',').collect::<Vec<_>>().join(",")).collect();
    same(&spells(reversed.join("\n")));
    same(&spells(text.replace('\n', "\r")));
    let mut contracts = common::sound();
    for source in &mut contracts.contracts {
        let text = String::from_utf8(source.bytes.clone()).unwrap().replace('\n', "\r\n");
        source.bytes = format!("\u{feff}{text}").into_bytes();
    }
    same(&contracts);
}

#[test]
fn columns_that_may_be_empty_may_be_left_out() {
    let text = "contract,spell,placement,kind,first_day,weekly_hours,recorded_on\ndemo,s-1,pl-1,ordinary,2018-02-01,37,2018-02-05\n";
    let programme = all(&spells(text));
    assert_eq!(programme.diagnostics, []);
    assert_eq!(programme.cases[0].facts.spells.len(), 1);
}

#[test]
fn only_a_header_is_fine() {
    assert_eq!(found(&spells(HEADER)), []);
    assert_eq!(found(&spells(HEADER.trim_end())), []);
}

#[test]
fn lines_are_physical_lines() {
    let row = "demo,s-1,pl-1,,,ordinary,2018-02-01,,37,\"two\nlines\",2018-02-05,,\n";
    let bad = "demo,s-2,pl-1,,,ordinary,2018-02-30,,37,,2018-02-05,,\n";
    assert_eq!(found(&spells(format!("\n\n{HEADER}\n{row}\n\n{bad}"))), [("E307", 9, 7)]);
    assert_eq!(found(&spells(format!("{HEADER}{row}{bad}").replace('\n', "\r\n"))), [("E307", 4, 7)]);
    let old = spells(format!("{HEADER}{bad}{bad}").replace('\n', "\r"));
    assert_eq!(found(&old), [("E307", 2, 7), ("E307", 3, 7)]);
    assert!(common::human(&all(&old).diagnostics, &old).contains("3 │ demo,s-2,"));
}

#[test]
fn a_file_as_a_whole_refuses_every_contract() {
    let both = ["demo", "vsb-herning"];
    let missing = Sources { spells: None, ..common::sound() };
    assert_eq!(found(&missing), [("E101", 0, 0)]);
    assert_eq!(refused(&all(&missing)), both);
    for (text, code) in [
        (&b""[..], "E104"),
        (b"\n\n  \n", "E104"),
        (b"\xef\xbb\xbf", "E104"),
        (b"contract;spell;kind\n", "E105"),
        (b"contract\tspell\tkind\n", "E105"),
        (b"sep=;\ncontract;spell\n", "E105"),
        (b"contract,\xe6\n", "E103"),
        (b"\xff\xfec\0o\0", "E103"),
        (b"c\0o\0n\0t\0", "E103"),
        (b"\"contract,spell\ndemo,x\n", "E110"),
    ] {
        let sources = spells(text);
        assert_eq!(found(&sources).iter().map(|f| f.0).collect::<Vec<_>>(), [code], "{text:?}");
        assert_eq!(refused(&all(&sources)), both);
    }
    let open =
        spells(format!("{HEADER}demo,s-1,pl-1,,,ordinary,2018-02-01,,37,\"open,2018-02-05,,\nvsb-herning,x,,,,,,,,,,,\n"));
    assert_eq!(found(&open), [("E110", 2, 10)]);
    assert_eq!(refused(&all(&open)), both);
}

#[test]
fn a_row_refuses_its_own_contract() {
    let sources = spells(format!("{HEADER}demo,s-1,pl-1,,,ordinary,2018-02-01,,37.5.1,,2018-02-05,,\n"));
    assert_eq!(found(&sources), [("E308", 2, 9)]);
    assert_eq!(refused(&all(&sources)), ["demo"]);
    let unread = &all(&sources).cases[0].unread;
    assert!(unread.may_hold("spells.csv", "s-1") && !unread.may_hold("spells.csv", "s-2"));
    // A row of an unknown contract is an error, but of none.
    let sources = spells(format!("{HEADER}other,s-1,pl-1,,,ordinary,2018-02-01,,37,,2018-02-05,,\n"));
    assert_eq!(found(&sources), [("E305", 2, 1)]);
    assert_eq!(refused(&all(&sources)), Vec::<&str>::new());
}

#[test]
fn every_fault_of_a_row_is_reported() {
    let sources = spells(format!("{HEADER}demo, s-1,pl-1,p-1,,Ordinary,1/2/2018,2018-02-29,\"37,5\",,5.2.2018,x,ja\n"));
    let found = found(&sources);
    assert_eq!(found, [("E309", 2, 2), ("E307", 2, 11), ("E308", 2, 12), ("E310", 2, 13)]);
    let sources = spells(format!("{HEADER}demo, s-1,pl-1,p-1,,Ordinary,1/2/2018,2018-02-29,\"37,5\",,5.2.2018,x,\n"));
    let columns: Vec<u32> = self::found(&sources).iter().map(|f| f.2).collect();
    assert_eq!(columns, [2, 4, 6, 7, 8, 9, 11, 12]);
}

#[test]
fn a_void_row_need_say_no_more_than_what_it_withdraws() {
    let row = "demo,s-1,,,,whatever,31/12/2018,,many,,2018-02-05,1,true\n";
    assert_eq!(found(&spells(format!("{HEADER}{row}"))), []);
    let cpr = "demo,s-1,,,,010190-1234,,,,,2018-02-05,1,true\n";
    assert_eq!(found(&spells(format!("{HEADER}{cpr}"))), [("E111", 2, 6)]);
    // Of a field with a CPR number nothing else is said.
    let live = cpr.replace(",true", ",").replace(",,,,,2018", ",2018-02-01,,37,,2018").replace("s-1,,", "s-1,pl-1,");
    assert_eq!(found(&spells(format!("{HEADER}{live}"))), [("E111", 2, 6)]);
}

#[test]
fn an_overlong_field_is_quoted_in_part() {
    let long = "x".repeat(10_000_000);
    for row in [
        format!("demo,{long},pl-1,,,ordinary,2018-02-01,,37,,2018-02-05,,\n"),
        format!("demo,s-1,pl-1,,,{long},2018-02-01,,37,,2018-02-05,,\n"),
        format!("demo,s-1,pl-1,,,ordinary,{long},,37,,2018-02-05,,\n"),
        format!("demo,s-1,pl-1,,,ordinary,2018-02-01,,{long},,2018-02-05,{long},{long}\n"),
        format!("{long},s-1,pl-1,,,ordinary,2018-02-01,,37,,2018-02-05,,\n"),
    ] {
        let sources = spells(format!("{HEADER}{row}"));
        let diagnostics = all(&sources).diagnostics;
        assert!(!diagnostics.is_empty());
        for diagnostic in &diagnostics {
            assert!(diagnostic.message.chars().count() < 240, "{}", diagnostic.message.len());
        }
        assert!(common::human(&diagnostics, &sources).len() < 4000);
    }
    let mut header = common::sound();
    header.spells = Some(Source::new("spells.csv", format!("{long},{HEADER}")));
    assert!(common::json(&all(&header).diagnostics).len() < 2000);
}

#[test]
fn the_as_of_day_hides_later_rows_but_no_cpr_number() {
    let later = "demo,s-2,nonsense placement,,,none,tomorrow,,x,,2018-03-01,,\n";
    let now = "demo,s-1,pl-1,,,ordinary,2018-02-01,,37,,2018-02-05,,\n";
    let sources = spells(format!("{HEADER}{now}{later}"));
    let as_of = |sources: &Sources, day: &str| read(sources, Day::parse(day), &[]);
    let programme = as_of(&sources, "2018-02-28");
    assert_eq!(programme.diagnostics, []);
    assert_eq!((programme.cases[0].facts.spells.len(), programme.cases[0].later_rows), (1, 1));
    assert!(!as_of(&sources, "2018-03-01").diagnostics.is_empty());
    let cpr = spells(format!("{HEADER}{}", later.replace("tomorrow", "010190 1234")));
    assert_eq!(as_of(&cpr, "2018-02-28").diagnostics.len(), 1);
    let undated = spells(format!("{HEADER}{}", later.replace("2018-03-01", "2018-3-1")));
    assert!(as_of(&undated, "2018-02-28").diagnostics.iter().any(|d| d.place.column == Some(11)));
}

#[test]
fn only_the_contracts_that_are_asked_for_are_read() {
    let sources = spells(format!("{HEADER}demo,s-1,pl-1,,,none,2018-02-01,,37,,2018-02-05,,\nother,s,,,,,,,,,,,\n"));
    let programme = read(&sources, None, &["vsb-herning".to_owned(), "nowhere".to_owned()]);
    assert_eq!(programme.diagnostics, []);
    assert_eq!(programme.cases.len(), 1);
    assert_eq!(programme.unknown, ["nowhere"]);
    assert_eq!(read(&sources, None, &["demo".to_owned()]).diagnostics.len(), 1);
}

/// The two contracts of a programme whose documents would bear the same numbers are both refused, and no third.
#[test]
fn each_contract_has_its_own_document_numbers() {
    let terms = |id: &str, series: &str, prefix: &str| {
        let sound = String::from_utf8(common::sound().contracts[0].bytes.clone()).unwrap();
        let town = "name = \"Byens Kommune\"\ncvr = \"29189919\"\ngln = \"5790001353858\"\nreference = \"Jobcenter\"\n\
            address = { street = \"Torvet 5\", postcode = \"7400\", city = \"Herning\" }\n";
        let rest = format!(
            "[payee]\nid = \"fund\"\nname = \"Fonden\"\ncvr = \"10000009\"\n\
            address = {{ street = \"Havnegade 1\", postcode = \"1058\", city = \"København K\" }}\n\
            pay_to = {{ fik = \"89999999\", prefix = \"{prefix}\" }}\n\
            [invoicing]\nseries = \"{series}\"\nvat = {{ treatment = \"standard\", percent = 25 }}\n"
        );
        let text =
            sound.replace("\"demo\"", &format!("\"{id}\"")).replace("id = \"town\"\n", &format!("id = \"town\"\n{town}"));
        Source::new(format!("contracts/{id}.toml"), text + "\n" + &rest)
    };
    let three = |first: (&str, &str), second: (&str, &str), third: (&str, &str)| {
        let contracts =
            [("a", first), ("b", second), ("demo", third)].map(|(id, (series, prefix))| terms(id, series, prefix));
        all(&Sources { contracts: contracts.into(), ..common::sound() })
    };
    let fields = |programme: &Programme| {
        let field = |d: &Diagnostic| (d.code == Code::SharedNumbers).then(|| d.place.field.clone()).flatten();
        programme.diagnostics.iter().filter_map(field).collect::<Vec<_>>()
    };
    let programme = three(("A-", "1"), ("B-", "2"), ("A.", "01"));
    assert_eq!((fields(&programme), refused(&programme)), (Vec::new(), Vec::new()), "{:?}", programme.diagnostics);
    let programme = three(("A-", "1"), ("B-", "2"), ("a-", "3"));
    assert_eq!((fields(&programme), refused(&programme)), (vec!["invoicing.series".to_owned(); 2], vec!["a", "demo"]));
    // A prefix and as many zeros before the document's number: 10 begins like 1 followed by a 0.
    let programme = three(("A-", "2"), ("B-", "1"), ("C-", "10"));
    assert_eq!((fields(&programme), refused(&programme)), (vec!["payee.pay_to.prefix".to_owned(); 2], vec!["b", "demo"]));
    let programme = three(("A-", "1"), ("A-", "2"), ("A-", "3"));
    assert_eq!(refused(&programme), ["a", "b", "demo"]);
}

#[test]
fn a_broken_contract_keeps_its_rows() {
    let mut sources = common::sound();
    let text = String::from_utf8(sources.contracts[0].bytes.clone()).unwrap();
    sources.contracts[0].bytes = text.replace("currency = \"DKK\"", "currency").into_bytes();
    let programme = all(&sources);
    assert_eq!(programme.diagnostics.len(), 1, "{:?}", programme.diagnostics);
    assert_eq!(refused(&programme), ["demo"]);
    // Without an id it is listed by its file; of its rows nothing is said.
    sources.contracts[0].bytes = text.replace("id = \"demo\"", "id = demo").into_bytes();
    let programme = all(&sources);
    assert_eq!(programme.diagnostics.len(), 1, "{:?}", programme.diagnostics);
    assert_eq!(refused(&programme), ["contracts/demo.toml"]);
}

/// Rule 3.7: the number is in no output, whatever it stands in.
#[test]
fn a_cpr_number_is_never_shown() {
    let spell = |row: &str| spells(format!("{HEADER}{row}\n"));
    let mut programmes = vec![
        spell("010190-1234,s,pl-1,,,ordinary,2018-02-01,,37,,2018-02-05,,"),
        spell("demo,0101901234,pl-1,,,ordinary,2018-02-01,,37,,2018-02-05,,"),
        spell(
            "demo,s,010190.1234,010190 1234,010190-1234,010190-1234,010190-1234,010190-1234,010190-1234,0101901234,010190-1234,010190-1234,010190-1234",
        ),
        spell("demo,s,pl-1,,,ordinary,2018-02-01,,37,\"kald 010190-1234\",2018-02-05,,,010190-1234"),
        spell("demo,s,pl-1,,,ordinary,2018-02-01,,37,\"kald\"010190-1234,2018-02-05,,"),
        spell("demo,s,pl-1,,,ordinary,2018-02-01,,37,\"\nkald 010190-1234,2018-02-05,,"),
        spells("contract,010190-1234,spell\n"),
        spells(b"contract,\xe6 010190-1234,spell\n"),
    ];
    for (from, to) in [
        ("id = \"demo\"", "id = \"010190-1234\""),
        ("id = \"demo\"", "id = 0101901234"),
        ("id = \"demo\"", "id = 010190-1234"),
        ("id = \"demo\"", "id = \"demo\"\n010190-1234 = 5"),
        ("id = \"demo\"", "id = \"demo\"\n\"010190-1234\" = 1.5"),
        ("id = \"demo\"", "id = \"demo\"\ntitle = \"010190\\u002d1234\""),
        ("id = \"demo\"", "id = \"demo\"\ntitle = \"\"\"a\n010190-1234\n\"\"\""),
        ("kinds = [\"ordinary\"]", "kinds = [\"0101901234\"]"),
        ("currency = \"DKK\"", "currency = \"010190-1234\""),
        ("amount = 1000", "amount = 010190-1234"),
        ("amount = 1000", "amount = \"010190-1234\""),
        ("amount = 1000", "amount = -0101901234"),
        ("unit = \"week\"", "unit = \"0101901234\" # 010190-1234"),
        ("outcome = \"work\"", "outcome = \"010190-1234"),
    ] {
        let mut sources = common::sound();
        let text = String::from_utf8(sources.contracts[0].bytes.clone()).unwrap();
        assert!(text.contains(from));
        sources.contracts[0].bytes = text.replacen(from, to, 1).into_bytes();
        programmes.push(sources);
    }
    for sources in programmes {
        let programme = all(&sources);
        assert!(programme.diagnostics.iter().any(Diagnostic::is_error));
        let ids: Vec<&str> = programme.cases.iter().map(|case| case.id.as_str()).collect();
        let shown =
            [common::human(&programme.diagnostics, &sources), common::json(&programme.diagnostics), ids.join(" ")].concat();
        for number in ["0101901234", "010190-1234", "010190 1234", "010190.1234", "u002d1234"] {
            assert!(!shown.contains(number), "{shown}");
        }
    }
}

#[test]
fn company_numbers_and_decimals_may_look_like_cpr_numbers() {
    let mut sources = spells(format!("{HEADER}demo,s-1,pl-1,,,ordinary,2018-02-01,,0101901234,,2018-02-05,,\n"));
    let header = "contract,company,cvr,recorded_on\n";
    sources.companies = Some(Source::new("companies.csv", format!("{header}demo,c-1,0101901234,2018-01-01\n")));
    assert!(!found(&sources).iter().any(|found| found.0 == "E111"));
}

#[test]
fn colours_are_there_when_asked_for_and_only_then() {
    let sources = spells("");
    let diagnostics = all(&sources).diagnostics;
    let mut coloured = Vec::new();
    effekt::cli::render::human(&diagnostics, &sources, true, &mut coloured).unwrap();
    assert!(coloured.contains(&0x1b) && !common::human(&diagnostics, &sources).contains('\u{1b}'));
    let escape = spells(format!("{HEADER}demo,\u{1b}[31m,pl-1,,,ordinary,2018-02-01,,37,,2018-02-05,,\n"));
    assert!(!common::human(&all(&escape).diagnostics, &escape).contains('\u{1b}'));
}

/// Rule 12.3: the rows may stand in any order.
#[test]
fn the_order_of_the_rows_does_not_matter() {
    let text = String::from_utf8(common::sound().spells.unwrap().bytes).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let (a, b) = (all(&common::sound()), all(&spells(lines.join("\n"))));
    for (a, b) in a.cases.iter().zip(&b.cases) {
        let rows = |case: &effekt::formats::Case| {
            case.facts
                .spells
                .rows()
                .iter()
                .map(|row| (row.id.clone(), row.recorded_on, row.fact.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(rows(a), rows(b));
    }
}

/// What was read is either reported or sound, and can be shown.
fn holds_together(sources: &Sources) {
    let programme = all(sources);
    let errors = programme.diagnostics.iter().any(Diagnostic::is_error);
    for case in &programme.cases {
        assert!(case.refused || case.contract.is_some());
        assert!(!case.refused || errors);
    }
    let (human, json) = (common::human(&programme.diagnostics, sources), common::json(&programme.diagnostics));
    assert_eq!(json.lines().count(), programme.diagnostics.len());
    assert_eq!(human.is_empty(), programme.diagnostics.is_empty());
    assert!(!effekt::measure::cpr::contains(&json));
    let as_of = read(sources, Day::parse("2018-02-10"), &["demo".to_owned()]);
    assert!(as_of.cases.len() <= 1);
}

fn file(sources: &mut Sources, nth: usize) -> &mut Source {
    match nth {
        0 => sources.participants.as_mut().unwrap(),
        1 => sources.companies.as_mut().unwrap(),
        2 => sources.placements.as_mut().unwrap(),
        3 => sources.spells.as_mut().unwrap(),
        4 => &mut sources.contracts[0],
        _ => &mut sources.contracts[1],
    }
}

const CELLS: [&str; 24] = [
    "",
    " ",
    "demo",
    "vsb-herning",
    "-",
    "x",
    "p-1",
    "pl-1",
    "2018-02-01",
    "0000-00-00",
    "9999-12-31",
    "31/12/2017",
    "true",
    "TRUE",
    "37",
    "37,5",
    "\"",
    "\"\"",
    "\"a,b\"",
    "010190-1234",
    "\0",
    "æ\u{301}",
    "18446744073709551616",
    "\n",
];

const LINES: [&str; 22] = [
    "id = 5",
    "id = \"x\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\"",
    "\"\"\"",
    "'",
    "#",
    "x =",
    "= 5",
    "[[charge]]",
    "[charge]",
    "[[payer]]",
    "kinds = [",
    "window = { from = 1, months = 0 }",
    "amount = 1.5",
    "ends = 2017-02-30",
    "on = []",
    "then = { every = {}, times = 99 }",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_may_be_anything(nth in 0_usize..6, edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..6)) {
        let mut sources = common::sound();
        let bytes = &mut file(&mut sources, nth).bytes;
        for (at, byte, what) in edits {
            let at = at.index(bytes.len() + 1);
            match what {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        holds_together(&sources);
    }

    #[test]
    fn cells_may_be_anything(nth in 0_usize..4, row in 0_usize..4, column in 0_usize..13, cell in 0..CELLS.len()) {
        let mut sources = common::sound();
        let source = file(&mut sources, nth);
        let text = String::from_utf8(source.bytes.clone()).unwrap();
        let mut lines: Vec<Vec<String>> = text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        let row = row % lines.len();
        let column = column % lines[row].len();
        lines[row][column] = CELLS[cell].to_owned();
        source.bytes = lines.iter().map(|line| line.join(",")).collect::<Vec<_>>().join("\n").into_bytes();
        holds_together(&sources);
    }

    #[test]
    fn lines_may_be_anything(nth in 4_usize..6, at in any::<prop::sample::Index>(), line in 0..LINES.len(), replace in any::<bool>()) {
        let mut sources = common::sound();
        let source = file(&mut sources, nth);
        let text = String::from_utf8(source.bytes.clone()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        let at = at.index(lines.len());
        if replace {
            lines[at] = LINES[line];
        } else {
            lines.insert(at, LINES[line]);
        }
        source.bytes = lines.join("\n").into_bytes();
        holds_together(&sources);
    }

    #[test]
    fn json_may_be_anything(text in "[\\[\\]{}\":,0-9a-z.\\\\ -]{0,60}") {
        let mut sources = common::sound();
        sources.contracts.push(Source::new("contracts/z.json", text));
        holds_together(&sources);
    }

    #[test]
    fn toml_may_be_anything(text in "[\\[\\]{}\"'=,#0-9a-z.\\\\ \n-]{0,80}") {
        let mut sources = common::sound();
        sources.contracts.push(Source::new("contracts/z.toml", text));
        holds_together(&sources);
    }
}
