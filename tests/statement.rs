//! Statements: what stands on a page is what was settled; every posting is there with its explanation; the pages are well formed,
//! complete in themselves and fit to be read aloud.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/place.rs"]
mod place;

use effekt::formats::{Source, read_contract};
use place::{Place, effekt};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// A row of a CSV file without quotes, by column.
type Row = BTreeMap<String, String>;

fn csv(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|line| header.iter().map(ToString::to_string).zip(line.split(',').map(str::to_owned)).collect()).collect()
}

fn parse(text: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).unwrap()
}

fn all<'a, 'i>(node: Node<'a, 'i>, tag: &'static str) -> Vec<Node<'a, 'i>> {
    node.descendants().filter(|node| node.has_tag_name(tag)).collect()
}

fn class<'a, 'i>(node: Node<'a, 'i>, class: &'static str) -> Vec<Node<'a, 'i>> {
    let has = |node: &Node<'_, '_>| node.attribute("class").is_some_and(|of| of.split(' ').any(|one| one == class));
    node.descendants().filter(has).collect()
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

fn by_id<'a, 'i>(page: &'a Document<'i>, id: &str) -> Node<'a, 'i> {
    page.descendants().find(|node| node.attribute("id") == Some(id)).unwrap_or_else(|| panic!("nothing is called {id}"))
}

/// An amount as a page writes it, in the currency's minor unit.
fn minor(amount: &str) -> i128 {
    let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
    let size: i128 = digits.parse().unwrap();
    if amount.contains('\u{2212}') { -size } else { size }
}

const AS_OF: &str = "2021-12-31";

/// What was settled of the programme of real size, and its statements.
type Made = (Place, Vec<Row>, Vec<Row>);

/// Made once for all tests.
fn english() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| vsb("en"))
}

fn vsb(lang: &str) -> Made {
    let place = Place::new();
    let programme = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/vsb/programme");
    let (programme, set, out) = (programme.to_str().unwrap(), place.text("set"), place.text("out"));
    assert_eq!(effekt(&["settle", programme, "--as-of", AS_OF, "--out", &set]).status, 0);
    let run = effekt(&["statement", programme, "--as-of", AS_OF, "--out", &out, "--lang", lang]);
    assert_eq!(run.status, 0, "{}", run.err);
    let (settlements, postings) = (csv(&place.path("set/settlements.csv")), csv(&place.path("set/postings.csv")));
    (place, settlements, postings)
}

fn page_of(settlement: &Row) -> String {
    format!("{}-{:02}.html", settlement["contract"], settlement["settlement"].parse::<u32>().unwrap())
}

#[test]
fn the_totals_of_the_pages_are_those_of_the_settlements() {
    let (place, settlements, _) = english();
    assert_eq!(place.names("out").len(), settlements.len() + 1);
    for settlement in settlements {
        let page = fs::read_to_string(place.path("out").join(page_of(settlement))).unwrap();
        let page = parse(&page);
        let total: i128 = settlement["total"].replace('.', "").parse().unwrap();
        let said = |node: Node<'_, '_>| minor(&text(node));
        assert_eq!(said(by_id(&page, "total")), total, "{}", page_of(settlement));
        let due = class(by_id(&page, "summary"), "sum")[0];
        assert_eq!(said(due).abs(), total.abs());
        // Every amount of every section adds up to it, too.
        let amounts = class(page.root_element(), "amounts").into_iter().flat_map(|list| class(list, "sum"));
        assert_eq!(amounts.map(said).sum::<i128>(), total, "{}", page_of(settlement));
    }
}

/// What the pages call a charge: its text in the contract, else its id.
fn name_of(charge: &str, contract: &str) -> String {
    let file = format!("fixtures/vsb/programme/contracts/{contract}.toml");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
    let contract = read_contract(&Source::new(file, text)).contract.unwrap();
    let known = contract.charges.into_iter().find(|known| known.id == *charge);
    known.and_then(|known| known.text).unwrap_or_else(|| charge.to_owned())
}

/// Whether a heading such as `weekly, weeks 50, 2017 to week 2, 2018` tells of a unit.
fn tells(heading: &str, unit: &str) -> bool {
    let unit = unit.rsplit('/').next().unwrap();
    let numbers: Vec<u32> = heading.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    if let Some(step) = unit.strip_prefix("step-") {
        return heading.contains(&format!("step {}", step.trim_start_matches('0')));
    }
    let Some((year, week)) = unit.split_once("-W") else { return true };
    let at: (u32, u32) = (year.parse().unwrap(), week.parse().unwrap());
    let weeks = heading.rsplit_once(", week").map_or(heading, |_| heading.split_once(", week").unwrap().1);
    let of: Vec<u32> = weeks.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    assert!(!numbers.is_empty());
    match of.as_slice() {
        [week, year, ..] if !weeks.contains(" to ") => at == (*year, *week),
        [first, last, year, ..] if weeks.starts_with("s ") => (*year, *first) <= at && at <= (*year, *last),
        [first, year, last, until, ..] => (*year, *first) <= at && at <= (*until, *last),
        _ => panic!("{heading}"),
    }
}

#[test]
fn every_posting_is_on_the_page_with_its_explanation() {
    let (place, settlements, postings) = english();
    let mut found = 0;
    let mut names: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for settlement in settlements {
        let page = fs::read_to_string(place.path("out").join(page_of(settlement))).unwrap();
        let page = parse(&page);
        let mine = postings.iter().filter(|posting| {
            (&posting["contract"], &posting["settlement"]) == (&settlement["contract"], &settlement["settlement"])
        });
        for posting in mine {
            let (subject, unit) = (posting["subject"].as_str(), posting["unit"].as_str());
            let sections = [format!("participant:{subject}"), format!("company:{subject}"), "contract".to_owned()];
            let section =
                page.descendants().find(|node| sections.iter().any(|id| node.attribute("id") == Some(id))).unwrap();
            let amount: i128 = posting["amount"].replace('.', "").parse().unwrap();
            let (charge, contract) = (posting["charge"].as_str(), posting["contract"].as_str());
            let charge = names.entry((charge, contract)).or_insert_with(|| name_of(charge, contract)).as_str();
            let here = class(section, "amounts").into_iter().flat_map(|list| all(list, "details")).find(|details| {
                let name = text(class(*details, "name")[0]);
                let each = text(class(*details, "each")[0]);
                let sum = text(class(*details, "sum")[0]);
                let one = each.split_once('×').map_or(sum.as_str(), |(_, one)| one);
                let company = unit.split_once('/').is_none_or(|(company, _)| name.contains(&format!("company {company}")));
                name.starts_with(&format!("{charge},")) && company && minor(one) == amount && tells(&name, unit)
            });
            let here = here.unwrap_or_else(|| panic!("{}: {posting:?} is not told", page_of(settlement)));
            assert!(class(here, "lines")[0].children().filter(Node::is_element).count() >= 2, "{posting:?}");
            found += 1;
        }
    }
    assert!(found > 10_000, "only {found} postings were looked for");
}

/// What holds for any page.
fn is_sound(name: &str, html: &str) {
    assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("src="), "{name} loads something");
    let page = parse(html);
    let mut ids = BTreeSet::new();
    for id in page.descendants().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "{name}: {id} twice");
    }
    for link in page.descendants().filter_map(|node| node.attribute("href")) {
        match link.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{name} leads to {link}, and there is none"),
            None => assert!(name == "index.html" && !link.contains('/'), "{name} leads to {link}"),
        }
    }
    for named in page.descendants().filter_map(|node| node.attribute("aria-labelledby")) {
        named.split(' ').for_each(|id| assert!(ids.contains(id), "{name}: {id} names something, and there is none"));
    }
    for table in all(page.root_element(), "table") {
        let caption = table.children().find(Node::is_element).unwrap();
        assert!(caption.has_tag_name("caption") && !text(caption).trim().is_empty(), "{name}: a table without a caption");
        assert!(all(table, "th").iter().all(|head| head.attribute("scope").is_some()), "{name}: a head without its scope");
    }
    for figure in all(page.root_element(), "svg") {
        let named = !all(figure, "title").is_empty() && !all(figure, "desc").is_empty();
        assert!(named || figure.attribute("aria-hidden") == Some("true"), "{name}: a figure that says nothing");
    }
    let level = |node: &Node<'_, '_>| node.tag_name().name().strip_prefix('h').and_then(|level| level.parse::<u32>().ok());
    let levels: Vec<u32> = page.descendants().filter_map(|node| level(&node)).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: headings leave one out: {levels:?}");
    assert!(!html.contains('{') || !text(by_tag(&page, "body")).contains('{'), "{name}: a place that is not filled in");
    assert!(text(by_tag(&page, "body")).split_whitespace().all(|word| !word.contains("kr..")), "{name}");
}

fn by_tag<'a, 'i>(page: &'a Document<'i>, tag: &'static str) -> Node<'a, 'i> {
    all(page.root_element(), tag)[0]
}

#[test]
fn pages_are_well_formed_complete_and_can_be_read_aloud() {
    let danish = vsb("da");
    for (lang, (place, _, _)) in [("en", english()), ("da", &danish)] {
        for (name, bytes) in &place.files("out") {
            let html = std::str::from_utf8(bytes).unwrap();
            is_sound(name, html);
            assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{name}");
        }
    }
    assert!(vsb("da").0.files("out") == danish.0.files("out"), "the same input gives other bytes");
}

#[test]
fn a_number_is_written_as_its_language_writes_it() {
    let place = Place::new();
    let (programme, out) = (place.text("programme"), place.text("out"));
    for (lang, wanted) in [("en", "17,000.00\u{a0}DKK"), ("da", "17.000,00\u{a0}kr.")] {
        let run = effekt(&["statement", &programme, "--as-of", "2018-12-31", "--out", &out, "--lang", lang]);
        assert_eq!(run.status, 0, "{}", run.err);
        let page = fs::read_to_string(place.path("out/home-01.html")).unwrap();
        let page = parse(&page);
        assert_eq!(text(class(by_id(&page, "summary"), "sum")[0]), wanted);
    }
}

#[test]
fn one_settlement_and_one_contract_can_be_asked_for() {
    let place = Place::new();
    let (programme, out) = (place.text("programme"), place.text("out"));
    let ask = |more: &[&str]| {
        let arguments = ["statement", &programme, "--as-of", "2018-12-31", "--out", &out];
        effekt(&arguments.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
    };
    assert_eq!(ask(&["--contract", "home", "--settlement", "2"]).status, 0);
    assert_eq!(place.names("out"), ["home-02.html", "index.html"]);
    for wrong in [&["--settlement", "3"][..], &["--contract", "none"], &["--lang", "de"], &["--settlement", "0"]] {
        assert_eq!(ask(wrong).status, 2, "{wrong:?}");
        assert_eq!(place.names("out"), ["home-02.html", "index.html"]);
    }
    assert_eq!(ask(&[]).status, 0);
    assert_eq!(place.names("out"), ["away-01.html", "away-02.html", "home-01.html", "home-02.html", "index.html"]);
}

#[test]
fn a_contract_with_errors_has_no_statement_and_the_others_have() {
    let place = Place::new();
    place.edit("programme/spells.csv", "2018-05-20", "2017-05-20");
    let (programme, out) = (place.text("programme"), place.text("out"));
    let run = effekt(&["statement", &programme, "--as-of", "2018-12-31", "--out", &out]);
    assert_eq!(run.status, 1);
    assert_eq!(run.last(), "1 contract settled, 1 refused; 21 postings; 1 error, 0 warnings, 0 notices");
    assert_eq!(place.names("out"), ["away-01.html", "away-02.html", "index.html"]);
    let index = fs::read_to_string(place.path("out/index.html")).unwrap();
    is_sound("index.html", &index);
    assert!(index.contains("home") && index.contains("E302"));
}

/// The words of a page, with single blanks.
fn words(html: &str) -> String {
    let page = parse(html);
    text(by_tag(&page, "main")).split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[test]
fn a_correction_is_told_with_what_was_reported() {
    let place = Place::new();
    let spells = fs::read_to_string(place.path("programme/spells.csv")).unwrap();
    place.write("programme/spells.csv", &(spells + "home,s1,h1,baker,ordinary,2018-01-01,2018-01-21,37,2018-05-10\n"));
    let (programme, out) = (place.text("programme"), place.text("out"));
    assert_eq!(effekt(&["statement", &programme, "--as-of", "2018-12-31", "--out", &out]).status, 0);
    let page = fs::read_to_string(place.path("out/home-02.html")).unwrap();
    let said = words(&page);
    assert!(said.contains("3 corrections of earlier settlements, which come to −3,000.00"), "{said}");
    assert!(said.contains("last day: Sun 11 Feb 2018 → Sun 21 Jan 2018"), "{said}");
    let parsed = parse(&page);
    let corrected = by_id(&parsed, "participant:h1:1");
    assert!(text(corrected).contains("correction"));
}

/// What a ledger holds stands on the page, whatever would be settled today; what cannot be explained is said to be so.
#[test]
fn a_ledger_is_told_as_it_stands() {
    let place = Place::new();
    assert_eq!(place.settle("ledger", &[]).status, 0);
    let before = csv(&place.path("ledger/settlements.csv"));
    // Back-dated into the first cut-off: three weeks less.
    let spells = fs::read_to_string(place.path("programme/spells.csv")).unwrap();
    place.write("programme/spells.csv", &(spells + "home,s1,h1,baker,ordinary,2018-01-01,2018-01-21,37,2018-01-03\n"));
    let (programme, out, ledger) = (place.text("programme"), place.text("out"), place.text("ledger"));
    let run = effekt(&["statement", &programme, "--as-of", "2018-12-31", "--out", &out, "--ledger", &ledger]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("warning[W703]"), "{}", run.err);
    for settlement in &before {
        let html = fs::read_to_string(place.path("out").join(page_of(settlement))).unwrap();
        is_sound(&page_of(settlement), &html);
        let page = parse(&html);
        let total: i128 = settlement["total"].replace('.', "").parse().unwrap();
        assert_eq!(minor(&text(by_id(&page, "total"))), total);
        let amounts = class(page.root_element(), "amounts").into_iter().flat_map(|list| class(list, "sum"));
        assert_eq!(amounts.map(|sum| minor(&text(sum))).sum::<i128>(), total, "{}", page_of(settlement));
    }
    let first = fs::read_to_string(place.path("out/home-01.html")).unwrap();
    assert_eq!(first.matches("not as read today").count(), 3);
    assert!(words(&first).contains("3 of the amounts on this page stand in the ledger"));
    assert!(!fs::read_to_string(place.path("out/away-01.html")).unwrap().contains("not as read today"));
}

#[test]
fn what_stands_beside_the_pages_stays() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    let (programme, out) = (place.text("programme"), place.text("out"));
    assert_eq!(effekt(&["statement", &programme, "--as-of", "2018-12-31", "--out", &out]).status, 0);
    assert!(place.path("out/settlements.json").exists() && place.path("out/home-02.html").exists());
    assert_eq!(place.names("out").len(), 8);
}
