//! Forecasts as files ([`crate::book::forecasting`]).

use crate::contract::{Bound, Contract, Scope};
use crate::forecast::{Bounds, Forecast, Line, Room, Unbounded};
use crate::measure::money::Total;

/// What all files of bounds name their columns, after those that say whose they are.
const SUMS: [&str; 12] = [
    "settled",
    "stands",
    "goes_on",
    "lowest",
    "highest",
    "limited_by",
    "no_bound",
    "wide_lowest",
    "wide_highest",
    "wide_limited_by",
    "wide_no_bound",
    "last_cut_off",
];

/// What `rooms.csv` names its columns.
const ROOMS: [&str; 7] = ["contract", "limit", "scope", "owner", "window", "used", "left"];

/// The files, by name: the bounds by charge first, so that without it there are no others.
///
/// # Errors
/// Memory cannot be written.
pub fn files(forecasts: &[Forecast<'_>]) -> Result<[(&'static str, Vec<u8>); 4], csv::Error> {
    Ok([
        ("forecast.csv", by_charge(forecasts)?),
        ("years.csv", by_year(forecasts)?),
        ("payers.csv", by_payer(forecasts)?),
        ("rooms.csv", rooms(forecasts)?),
    ])
}

/// `forecast.csv`: a row for each charge, and one for all of them, `-`.
fn by_charge(forecasts: &[Forecast<'_>]) -> Result<Vec<u8>, csv::Error> {
    sheet(&["charge"], forecasts, |forecast| lines(forecast).map(|(charge, line)| (vec![named(charge)], line)).collect())
}

/// `years.csv`: the same for each calendar year.
fn by_year(forecasts: &[Forecast<'_>]) -> Result<Vec<u8>, csv::Error> {
    sheet(&["year", "charge"], forecasts, |forecast| {
        let rows = forecast.years.iter().flat_map(|year| {
            let lines = ids(forecast).zip(&year.charges).chain([(None, &year.total)]);
            lines.map(move |(charge, line)| (vec![year.year.to_string(), named(charge)], line))
        });
        rows.collect()
    })
}

/// `payers.csv`: a row for each payer's part of all charges.
fn by_payer(forecasts: &[Forecast<'_>]) -> Result<Vec<u8>, csv::Error> {
    sheet(&["payer"], forecasts, |forecast| {
        let id = |place: u16| forecast.contract.payers.get(usize::from(place)).map(|payer| payer.id.as_str());
        forecast.payers.iter().map(|part| (vec![named(id(part.payer))], &part.line)).collect()
    })
}

fn named(charge: Option<&str>) -> String {
    charge.unwrap_or("-").to_owned()
}

/// The rows of a file: what they are of, and the numbers.
type Rows<'f> = Vec<(Vec<String>, &'f Line)>;

fn sheet(
    names: &[&str],
    forecasts: &[Forecast<'_>],
    of: impl for<'f> Fn(&'f Forecast<'_>) -> Rows<'f>,
) -> Result<Vec<u8>, csv::Error> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["contract", "as_of", "told_until"].iter().chain(names).chain(&SUMS))?;
    for forecast in forecasts {
        let money = |sum: Total| sum.display(forecast.contract.currency).to_string();
        let bound = |bound: Result<Total, Unbounded>| bound.map(money).unwrap_or_default();
        for (of, line) in of(forecast) {
            let begins = [forecast.contract.id.to_string(), forecast.as_of.to_string(), forecast.told.to_string()];
            let bounds = |bounds: &Bounds| {
                let by = limits(forecast.contract, bounds).join(" ");
                [bound(bounds.lowest), bound(bounds.highest), by, reasons(bounds)]
            };
            let sums = [line.settled, line.stands, line.goes_on].map(money);
            let cells = begins.into_iter().chain(of).chain(sums).chain(bounds(&line.told)).chain(bounds(&line.wide));
            rows.write_record(cells.chain([forecast.last.to_string()]))?;
        }
    }
    rows.into_inner().map_err(|error| error.into_error().into())
}

/// `rooms.csv`: a row for each room of each limit. Keys are counted where a limit counts them.
fn rooms(forecasts: &[Forecast<'_>]) -> Result<Vec<u8>, csv::Error> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(ROOMS)?;
    for forecast in forecasts {
        for room in &forecast.rooms {
            let Some(limit) = forecast.contract.limits.get(usize::from(room.limit)) else { continue };
            let scope = match limit.scope {
                Scope::Participant => "participant",
                Scope::Company => "company",
                Scope::Contract => "contract",
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

fn ids<'f>(forecast: &'f Forecast<'_>) -> impl Iterator<Item = Option<&'f str>> {
    forecast.contract.charges.iter().map(|charge| Some(charge.id.as_str()))
}

/// The charges and then all of them together.
pub(super) fn lines<'f>(forecast: &'f Forecast<'_>) -> impl Iterator<Item = (Option<&'f str>, &'f Line)> {
    ids(forecast).zip(&forecast.charges).chain([(None, &forecast.total)])
}

/// The limits whose rooms make a bound what it is.
pub(super) fn limits<'f>(contract: &'f Contract, bounds: &Bounds) -> Vec<&'f str> {
    let id = |place: &u16| contract.limits.get(usize::from(*place)).map(|limit| limit.id.as_str());
    bounds.by.iter().filter_map(id).collect()
}

pub(super) fn window(room: &Room) -> String {
    room.window.map(|window| window.to_string()).unwrap_or_default()
}

/// Money, or a number of keys.
pub(super) fn shown(forecast: &Forecast<'_>, room: &Room, sum: Total) -> String {
    let limit = forecast.contract.limits.get(usize::from(room.limit));
    match limit.map(|limit| &limit.bound) {
        Some(Bound::Units(_)) => sum.minor().to_string(),
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
