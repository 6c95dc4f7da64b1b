//! `effekt forecast`: what contracts can still cost, as text or as files, all of them or none.

use super::args::{ForecastArguments, Manner};
use super::destination::Destination;
use super::failure::Failure;
use super::folder::must_be_folder;
use super::progress::Progress;
use super::reading::Reading;
use super::stage::Stage;
use super::swap;
use super::tally::Tally;
use super::terminal::Terminal;
use crate::forecast::{Forecast, forecast};
use crate::formats;
use crate::formats::Case;
use std::io;

/// The bounds; the first file made, so that without it there are no others.
const FORECAST: &str = "forecast.csv";
/// What is left of the limits.
const ROOMS: &str = "rooms.csv";

/// Carries it out. Nothing is settled; what refuses a contract is reported and counted.
///
/// # Errors
/// Wrong usage, or the machine failed: then FOLDER is as it was.
pub fn run(arguments: &ForecastArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    must_be_folder("PROGRAMME", &arguments.programme)?;
    if arguments.told_until.is_some_and(|told| arguments.as_of < told) {
        return Err(Failure::usage("--told-until: nothing is told of days after the as-of day"));
    }
    let destination = arguments.out.as_deref().map(|out| Destination::new(out, &arguments.programme)).transpose()?;
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let reading = Reading::of(&arguments.programme, Some(arguments.as_of), &arguments.contracts)?;
    let cases: Vec<&Case> = reading.programme.cases.iter().filter(|case| !case.refused).collect();
    let mut forecasts: Vec<Forecast<'_>> = Vec::new();
    for (nth, case) in cases.iter().enumerate() {
        progress.contract(nth + 1, cases.len());
        let of = |contract| forecast(contract, &case.facts, arguments.as_of, arguments.told_until);
        forecasts.extend(case.contract.as_ref().map(of));
    }
    let mut tally = Tally { checked: Some(reading.programme.cases.len()), ..Tally::default() };
    tally.refused = reading.programme.cases.len() - forecasts.len();
    tally.add(&reading.programme.diagnostics);
    drop(progress);
    terminal.show(&reading.programme.diagnostics, &reading.sources, manner)?;
    match &destination {
        Some(destination) => write(&forecasts, destination)?,
        None => {
            let texts: Vec<String> = forecasts.iter().map(|one| formats::forecast::text(one, arguments.lang)).collect();
            terminal.print(&texts.join("\n"))?;
        }
    }
    drop(terminal.count(&tally, manner));
    Ok(tally.status())
}

/// Writes both files and puts them in place.
fn write(forecasts: &[Forecast<'_>], destination: &Destination) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::Machine(format!("cannot write `{}`: {error}; nothing in it was changed", destination.folder.display()))
    };
    let mut stage = Stage::beside(destination)?;
    for (name, made) in [(FORECAST, formats::forecast::sheet(forecasts)), (ROOMS, formats::forecast::rooms(forecasts))] {
        let bytes = made.map_err(|error| failed(error.into()))?;
        stage.write(name, &bytes).map_err(failed)?;
    }
    swap::put(stage, destination).map_err(failed)
}
