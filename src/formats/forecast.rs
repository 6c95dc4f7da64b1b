//! Forecasts as files and as text ([`crate::book::forecasting`]).

use super::forecast_words::{Words, because};
use crate::explain::Lang;
use crate::forecast::{Bounds, Forecast, Line, Room, Unbounded};
use crate::measure::money::Total;
use std::fmt::Write;

/// What `forecast.csv` names its columns.
const COLUMNS: [&str; 14] = [
    "contract",
    "as_of",
    "told_until",
    "charge",
    "settled",
    "stands",
    "goes_on",
    "lowest",
    "highest",
    "no_bound",
    "wide_lowest",
    "wide_highest",
    "wide_no_bound",
    "last_cut_off",
];

/// What `rooms.csv` names its columns.
const ROOMS: [&str; 7] = ["contract", "limit", "scope", "owner", "window", "used", "left"];

/// `forecast.csv`: a row for each charge, and one for all of them, `-`.
///
/// # Errors
/// Memory cannot be written.
pub fn sheet(forecasts: &[Forecast<'_>]) -> Result<Vec<u8>, csv::Error> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(COLUMNS)?;
    for forecast in forecasts {
        for (charge, line) in lines(forecast) {
            let money = |sum: Total| sum.display(forecast.contract.currency).to_string();
            let bound = |bound: Result<Total, Unbounded>| bound.map(money).unwrap_or_default();
            rows.write_record([
                forecast.contract.id.to_string(),
                forecast.as_of.to_string(),
                forecast.told.to_string(),
                charge.unwrap_or("-").to_owned(),
                money(line.settled),
                money(line.stands),
                money(line.goes_on),
                bound(line.told.lowest),
                bound(line.told.highest),
                reasons(&line.told),
                bound(line.wide.lowest),
                bound(line.wide.highest),
                reasons(&line.wide),
                forecast.last.to_string(),
            ])?;
        }
    }
    rows.into_inner().map_err(|error| error.into_error().into())
}

/// `rooms.csv`: a row for each room of each limit. Keys are counted where a limit counts them.
///
/// # Errors
/// Memory cannot be written.
pub fn rooms(forecasts: &[Forecast<'_>]) -> Result<Vec<u8>, csv::Error> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(ROOMS)?;
    for forecast in forecasts {
        for room in &forecast.rooms {
            let Some(limit) = forecast.contract.limits.get(usize::from(room.limit)) else { continue };
            let scope = match limit.scope {
                crate::contract::Scope::Participant => "participant",
                crate::contract::Scope::Company => "company",
                crate::contract::Scope::Contract => "contract",
            };
            rows.write_record([
                forecast.contract.id.as_str(),
                limit.id.as_str(),
                scope,
                room.owner.as_deref().unwrap_or("-"),
                &window(room),
                &shown(forecast, room, room.used),
                &room.left.map(|left| shown(forecast, room, left)).unwrap_or_default(),
            ])?;
        }
    }
    rows.into_inner().map_err(|error| error.into_error().into())
}

/// The charges and then all of them together.
fn lines<'f>(forecast: &'f Forecast<'_>) -> impl Iterator<Item = (Option<&'f str>, &'f Line)> {
    let ids = forecast.contract.charges.iter().map(|charge| Some(charge.id.as_str()));
    ids.zip(&forecast.charges).chain([(None, &forecast.total)])
}

fn window(room: &Room) -> String {
    room.window.map(|window| window.to_string()).unwrap_or_default()
}

/// Money, or a number of keys.
fn shown(forecast: &Forecast<'_>, room: &Room, sum: Total) -> String {
    let limit = forecast.contract.limits.get(usize::from(room.limit));
    match limit.map(|limit| &limit.bound) {
        Some(crate::contract::Bound::Units(_)) => sum.minor().to_string(),
        _ => sum.display(forecast.contract.currency).to_string(),
    }
}

/// Why there is no bound: `highest: participants`.
fn reasons(bounds: &Bounds) -> String {
    let name = |bound: Result<Total, Unbounded>| match bound.err()? {
        Unbounded::Participants => Some("participants"),
        Unbounded::Companies => Some("companies"),
        Unbounded::Hours => Some("hours"),
        Unbounded::Index => Some("index"),
        Unbounded::Figure => Some("figure"),
        Unbounded::Amounts => Some("amounts"),
    };
    let lowest = name(bounds.lowest).map(|name| format!("lowest: {name}"));
    let highest = name(bounds.highest).map(|name| format!("highest: {name}"));
    lowest.into_iter().chain(highest).collect::<Vec<_>>().join("; ")
}

/// A forecast as text for people.
#[must_use]
pub fn text(forecast: &Forecast<'_>, lang: Lang) -> String {
    let words = Words::of(lang);
    let contract = forecast.contract;
    let mut text = format!("{}: {}\n", contract.id, contract.title.as_deref().unwrap_or_default());
    let (as_of, told, last) = (forecast.as_of, forecast.told, forecast.last);
    let currency = contract.currency.code();
    let _ = writeln!(text, "{} {as_of}, {} {told}, {} {last}; {currency}\n", words.as_of, words.told_until, words.last);
    let head =
        ["", words.settled, words.stands, words.goes_on, words.lowest, words.highest, words.wide_lowest, words.wide_highest];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    for (charge, line) in lines(forecast) {
        let money = |sum: Total| sum.display(contract.currency).to_string();
        let bound = |bound: Result<Total, Unbounded>| bound.map_or_else(|_| "*".to_owned(), money);
        let sums = [line.settled, line.stands, line.goes_on].map(money);
        let bounds = [line.told.lowest, line.told.highest, line.wide.lowest, line.wide.highest].map(bound);
        table.push([charge.unwrap_or(words.all).to_owned()].into_iter().chain(sums).chain(bounds).collect());
    }
    columns(&mut text, &table, 1);
    let missing: Vec<String> =
        lines(forecast).filter_map(|(charge, line)| no_bound(charge.unwrap_or(words.all), line, lang)).collect();
    if !missing.is_empty() {
        let _ = write!(text, "\n* {}\n{}", words.no_bound, missing.concat());
    }
    if !forecast.rooms.is_empty() {
        let head = [words.limit, words.owner, words.window, words.used, words.left];
        let mut table = vec![head.map(str::to_owned).to_vec()];
        for room in &forecast.rooms {
            let limit = contract.limits.get(usize::from(room.limit)).map(|limit| limit.id.to_string());
            let owner = room.owner.clone().unwrap_or_else(|| "-".to_owned());
            let left = room.left.map(|left| shown(forecast, room, left)).unwrap_or_default();
            table.push(vec![limit.unwrap_or_default(), owner, window(room), shown(forecast, room, room.used), left]);
        }
        text.push('\n');
        columns(&mut text, &table, 3);
    }
    text
}

/// The line of a charge that has no bound, with the first reason of each.
fn no_bound(name: &str, line: &Line, lang: Lang) -> Option<String> {
    let mut reasons: Vec<Unbounded> = [line.told.lowest, line.told.highest, line.wide.lowest, line.wide.highest]
        .into_iter()
        .filter_map(Result::err)
        .collect();
    reasons.sort_unstable();
    reasons.dedup();
    let told: Vec<&str> = reasons.into_iter().map(|reason| because(reason, lang)).collect();
    (!told.is_empty()).then(|| format!("  {name}: {}\n", told.join("; ")))
}

/// A table whose first columns are set to the left and whose others to the right.
fn columns(text: &mut String, table: &[Vec<String>], left: usize) {
    let wide = |nth: usize| table.iter().filter_map(|row| row.get(nth)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..table.first().map_or(0, Vec::len)).map(wide).collect();
    for row in table {
        let cells = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(nth, (cell, width))| if nth < left { format!("{cell:<width$}") } else { format!("{cell:>width$}") });
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}
