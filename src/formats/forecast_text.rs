//! A forecast as text for people: tables whose amounts stand under one another ([`crate::book::forecasting`]).

use super::forecast::{limits, lines, shown, window};
use super::forecast_words::{Words, because};
use crate::contract::Scope;
use crate::explain::pen::{Dates, Pen};
use crate::explain::{Lang, say};
use crate::forecast::{Forecast, Line, Room, Unbounded};
use crate::measure::cpr;
use crate::measure::money::Total;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What the text is written with.
struct Page<'p> {
    forecast: &'p Forecast<'p>,
    pen: Pen,
    words: Words,
}

/// A forecast as text.
#[must_use]
pub fn text(forecast: &Forecast<'_>, lang: Lang) -> String {
    let contract = forecast.contract;
    let page =
        Page { forecast, pen: Pen { lang, currency: contract.currency, dates: Dates::Plain }, words: Words::of(lang) };
    let words = &page.words;
    let days = [forecast.as_of, forecast.told, forecast.last].map(|day| day.to_string());
    let [as_of, told, last] = &days;
    let mut text = match &contract.title {
        Some(title) => format!("{}: {title}\n", contract.id),
        None => format!("{}\n", contract.id),
    };
    let _ = writeln!(text, "{}\n", say(words.head, &[as_of, contract.currency.code(), told, last]));
    let by_charge: Vec<(String, &Line)> =
        lines(forecast).map(|(charge, line)| (charge.unwrap_or(words.all).to_owned(), line)).collect();
    let years = || forecast.years.iter().map(|year| (year.year.to_string(), &year.total));
    let payer = |place: u16| contract.payers.get(usize::from(place)).map(|payer| payer.id.to_string()).unwrap_or_default();
    let payers = || forecast.payers.iter().map(|part| (payer(part.payer), &part.line));
    let all = || [(words.all.to_owned(), &forecast.total)];
    let mut tables = vec![page.table(words.charge, &by_charge)];
    if forecast.years.len() > 1 {
        tables.push(page.table(words.year, &years().chain(all()).collect::<Vec<_>>()));
    }
    if !forecast.payers.is_empty() {
        tables.push(page.table(words.payer, &payers().chain(all()).collect::<Vec<_>>()));
    }
    text.push_str(&aligned(&tables, 1));
    text.push_str(&page.no_bounds(&by_charge));
    if !forecast.rooms.is_empty() {
        let _ = write!(text, "\n{}", aligned(&[page.rooms()], 3));
    }
    let _ = write!(text, "\n{}\n{}\n", say(words.of_bounds, &[told]), words.of_wide);
    let _ = write!(text, "{}\n{}\n", words.of_limits, words.of_sums);
    cpr::redact(&text)
}

impl Page<'_> {
    fn money(&self, sum: Total) -> String {
        self.pen.digits(&sum.display(self.forecast.contract.currency).to_string())
    }

    /// A table of bounds; a star stands where there is none.
    fn table(&self, of: &str, lines: &[(String, &Line)]) -> Vec<Vec<String>> {
        let words = &self.words;
        let head = [of, words.settled, words.stands, words.goes_on, words.lowest, words.highest, words.wide_lowest];
        let head = head.into_iter().chain([words.wide_highest, words.limited_by]).map(str::to_owned);
        let bound = |bound: Result<Total, Unbounded>| bound.map_or_else(|_| "*".to_owned(), |sum| self.money(sum));
        let row = |(name, line): &(String, &Line)| {
            let sums = [line.settled, line.stands, line.goes_on].map(|sum| self.money(sum));
            let bounds = [line.told.lowest, line.told.highest, line.wide.lowest, line.wide.highest].map(bound);
            let by = limits(self.forecast.contract, &line.told).join(", ");
            [name.clone()].into_iter().chain(sums).chain(bounds).chain([by]).collect()
        };
        [head.collect()].into_iter().chain(lines.iter().map(row)).collect()
    }

    /// What has no bound, and why.
    fn no_bounds(&self, lines: &[(String, &Line)]) -> String {
        let why = |(name, line): &(String, &Line)| {
            let bounds = [line.told.lowest, line.told.highest, line.wide.lowest, line.wide.highest];
            let mut reasons: Vec<Unbounded> = bounds.into_iter().filter_map(Result::err).collect();
            reasons.sort_unstable();
            reasons.dedup();
            let said: Vec<&str> = reasons.into_iter().map(|reason| because(reason, self.pen.lang)).collect();
            (!said.is_empty()).then(|| format!("  {name}: {}\n", said.join("; ")))
        };
        let missing: Vec<String> = lines.iter().filter_map(why).collect();
        if missing.is_empty() { String::new() } else { format!("\n* {}\n{}", self.words.no_bound, missing.concat()) }
    }

    /// The rooms of limits; those of participants, or of companies, are added up: `rooms.csv` has each.
    fn rooms(&self) -> Vec<Vec<String>> {
        let (forecast, words) = (self.forecast, &self.words);
        let mut rooms: BTreeMap<(u16, Option<i32>), (usize, Room)> = BTreeMap::new();
        for room in &forecast.rooms {
            let (count, sum) = rooms.entry((room.limit, room.window)).or_insert_with(|| {
                let nothing = Total::from_minor(0);
                (0, Room { used: nothing, left: room.left.map(|_| nothing), ..room.clone() })
            });
            *count += 1;
            sum.used = Total::from_minor(sum.used.minor() + room.used.minor());
            sum.left = sum.left.zip(room.left).map(|(sum, left)| Total::from_minor(sum.minor() + left.minor()));
        }
        let head = [words.limit, words.owner, words.window, words.used, words.left].map(str::to_owned);
        let row = |(count, room): &(usize, Room)| {
            let limit = forecast.contract.limits.get(usize::from(room.limit))?;
            let owner = match limit.scope {
                Scope::Contract => words.contract.to_owned(),
                Scope::Participant => say(words.participants, &[&count.to_string()]),
                Scope::Company => say(words.companies, &[&count.to_string()]),
            };
            let sum = |sum| self.pen.digits(&shown(forecast, room, sum));
            let left = room.left.map(sum).unwrap_or_default();
            Some(vec![limit.id.to_string(), owner, window(room), sum(room.used), left])
        };
        [head.to_vec()].into_iter().chain(rooms.values().filter_map(row)).collect()
    }
}

/// Tables of the same columns, one below the other: the first columns are set to the left, the others to the right; one that holds
/// no number, the last of those of bounds, to the left too.
fn aligned(tables: &[Vec<Vec<String>>], left: usize) -> String {
    let rows = || tables.iter().flatten();
    let wide = |nth: usize| rows().filter_map(|row| row.get(nth)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows().map(Vec::len).max().unwrap_or(0)).map(wide).collect();
    let is_text = |nth: usize| nth < left || nth >= 8;
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(
            |(nth, (cell, width))| {
                if is_text(nth) { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            },
        );
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let table = |table: &Vec<Vec<String>>| table.iter().map(line).collect::<String>();
    tables.iter().map(table).collect::<Vec<_>>().join("\n")
}
