//! A comparison as plain text: tables whose amounts stand under one another.

use super::Comparison;
use super::breakdown::{Breakdown, By, Line};
use super::reason::Under;
use super::words::{name, outcome, side, signed, texts};
use crate::explain::pen::{Dates, Pen};
use crate::explain::{Lang, say};
use crate::measure::cpr;
use crate::measure::money::Shown;

/// The text, in a language. Of participants only those stand there for whom something is not the same.
#[must_use]
pub fn render(comparison: &Comparison, lang: Lang) -> String {
    let pen = &Pen { lang, currency: comparison.currency, dates: Dates::Plain };
    let t = texts(lang);
    let mut text = say(t.title, &[&comparison.a.contract, &comparison.b.contract]) + "\n";
    let as_of = say(t.as_of, &[&comparison.as_of.to_string(), comparison.currency.code()]);
    let lines = [as_of, side(pen, comparison, Under::A), side(pen, comparison, Under::B), outcome(pen, comparison)];
    lines.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    let tables: Vec<(By, Vec<Row>, Option<String>)> =
        comparison.breakdowns.iter().map(|breakdown| table(pen, breakdown)).collect();
    let total = row(pen, &comparison.total);
    let all = || tables.iter().flat_map(|(_, rows, _)| rows).chain([&total]);
    let widths = [0, 1, 2, 3].map(|column| {
        let cells = all().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.max().unwrap_or_default().max(if column == 3 { t.difference.chars().count() } else { 1 })
    });
    for (by, rows, note) in &tables {
        text.push('\n');
        push(&mut text, &[t.by(*by).to_uppercase(), "A".to_owned(), "B".to_owned(), t.difference.to_owned()], widths);
        rows.iter().chain([&total]).for_each(|row| push(&mut text, row, widths));
        note.iter().for_each(|note| text.push_str(&format!("  {note}\n")));
    }
    cpr::redact(&text)
}

/// The cells of a line.
type Row = [String; 4];

fn table(pen: &Pen, breakdown: &Breakdown) -> (By, Vec<Row>, Option<String>) {
    let differs = |line: &&Line| breakdown.by != By::Participant || line.difference.minor() != 0;
    let rows: Vec<Row> = breakdown.lines.iter().filter(differs).map(|line| row(pen, line)).collect();
    let left = breakdown.lines.len() - rows.len();
    let note = (left > 0).then(|| say(texts(pen.lang).same_rows, &[&left.to_string()]));
    (breakdown.by, rows, note)
}

fn row(pen: &Pen, line: &Line) -> Row {
    let amount = |amount: Option<Shown>| amount.map_or("-".to_owned(), |amount| pen.digits(&amount.to_string()));
    [name(pen, &line.of), amount(line.a), amount(line.b), signed(pen, line.difference)]
}

/// A line of a table: the name to the left, amounts to the right.
fn push(text: &mut String, [name, a, b, difference]: &Row, [first, second, third, last]: [usize; 4]) {
    text.push_str(&format!("  {name:first$}  {a:>second$}  {b:>third$}  {difference:>last$}\n"));
}
