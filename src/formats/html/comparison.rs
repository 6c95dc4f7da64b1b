//! The page of a comparison.

use crate::compare::{By, Comparison, KeyLine, Line, Of, Text, Under, name, outcome, reason_in_words, side, signed, texts};
use crate::explain::pen::{Dates, Pen};
use crate::explain::tree::Whom;
use crate::explain::{Lang, say};
use crate::measure::cpr;
use crate::measure::money::Shown;
use askama::Template;

#[derive(Template)]
#[template(path = "comparison.html")]
struct Page {
    t: &'static Text,
    title: String,
    lead: String,
    sides: [String; 2],
    outcome: String,
    difference: String,
    currency: String,
    total: Row,
    tables: Vec<Table>,
    people: Vec<Person>,
    made_by: String,
}

/// A breakdown.
struct Table {
    id: &'static str,
    name: &'static str,
    rows: Vec<Row>,
    note: Option<String>,
}

/// A line of a table.
struct Row {
    name: String,
    a: String,
    b: String,
    difference: String,
    equal: bool,
}

/// Whom something else is paid for.
struct Person {
    name: String,
    sum: String,
    keys: Vec<Key>,
}

/// Something that is not paid alike.
struct Key {
    charge: String,
    unit: String,
    row: Row,
    reasons: Vec<String>,
}

/// A comparison as an HTML page, complete in itself.
///
/// # Errors
/// None that a template without a fault could give.
pub fn comparison(comparison: &Comparison, lang: Lang) -> Result<String, askama::Error> {
    let pen = &Pen { lang, currency: comparison.currency, dates: Dates::Written };
    let t = texts(lang);
    let page = Page {
        t,
        title: say(t.title, &[&comparison.a.contract, &comparison.b.contract]),
        lead: say(t.as_of, &[&pen.full_date(comparison.as_of), comparison.currency.code()]),
        sides: Under::BOTH.map(|under| cpr::redact(&side(pen, comparison, under))),
        outcome: outcome(pen, comparison).replace("kr..", "kr."),
        difference: signed(pen, comparison.total.difference),
        currency: comparison.currency.code().to_owned(),
        total: row(pen, &comparison.total),
        tables: tables(pen, comparison),
        people: people(pen, comparison),
        made_by: say(t.made_by, &[env!("CARGO_PKG_VERSION"), &pen.full_date(comparison.as_of)]),
    };
    page.render()
}

fn tables(pen: &Pen, comparison: &Comparison) -> Vec<Table> {
    let table = |breakdown: &crate::compare::Breakdown| {
        let differs = |line: &&Line| breakdown.by != By::Participant || line.difference.minor() != 0;
        let rows: Vec<Row> = breakdown.lines.iter().filter(differs).map(|line| row(pen, line)).collect();
        let left = breakdown.lines.len() - rows.len();
        let note = (left > 0).then(|| say(texts(pen.lang).same_rows, &[&left.to_string()]));
        Table { id: breakdown.by.code(), name: texts(pen.lang).by(breakdown.by), rows, note }
    };
    comparison.breakdowns.iter().map(table).collect()
}

fn row(pen: &Pen, line: &Line) -> Row {
    let amount = |side: Option<Shown>| side.map_or("\u{2013}".to_owned(), |side| pen.digits(&side.to_string()));
    Row {
        name: name(pen, &line.of),
        a: amount(line.a),
        b: amount(line.b),
        difference: signed(pen, line.difference),
        equal: line.difference.minor() == 0,
    }
}

/// What is not paid alike, subject by subject; the keys come so.
fn people(pen: &Pen, comparison: &Comparison) -> Vec<Person> {
    let unlike: Vec<&KeyLine> = comparison.keys.iter().filter(|key| !key.reasons.is_empty()).collect();
    let person = |keys: &[&KeyLine]| {
        let first = keys.first()?;
        let sum: i128 = keys.iter().map(|key| key.amounts.difference.minor()).sum();
        Some(Person {
            name: match &first.whom {
                Whom::Contract => name(pen, &Of::Contract),
                Whom::Company(id) | Whom::Participant(id) => id.clone(),
            },
            sum: signed(pen, Shown::new(sum, comparison.currency.decimals())),
            keys: keys.iter().map(|one| key(pen, one)).collect(),
        })
    };
    unlike.chunk_by(|a, b| a.whom == b.whom).filter_map(person).collect()
}

fn key(pen: &Pen, key: &KeyLine) -> Key {
    Key {
        charge: key.charge.clone(),
        unit: key.unit.clone(),
        row: row(pen, &key.amounts),
        reasons: key.reasons.iter().map(|reason| reason_in_words(pen, reason)).collect(),
    }
}
