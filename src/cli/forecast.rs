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
use crate::explain::Lang;
use crate::forecast::{Bounds, Forecast, Unbounded, forecast};
use crate::formats;
use crate::formats::Case;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use std::collections::BTreeMap;
use std::io;

/// Why one end of some bounds is not there.
type End = fn(&Bounds) -> Option<Unbounded>;

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
    // What is odd about the programme is for `check` and `settle` to tell.
    let mut found: Vec<Diagnostic> =
        reading.programme.diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
    for forecast in &forecasts {
        let case = cases.iter().find(|case| case.id == forecast.contract.id);
        found.extend(case.map(|case| unforeseen(forecast, &case.file)).unwrap_or_default());
    }
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let mut tally = Tally { forecast: Some(forecasts.len()), ..Tally::default() };
    tally.refused = reading.programme.cases.len() - forecasts.len();
    tally.add(&found);
    drop(progress);
    terminal.show(&found, &reading.sources, manner)?;
    match &destination {
        Some(destination) => write(&forecasts, destination)?,
        None => {
            let texts: Vec<String> = forecasts.iter().map(|one| formats::forecast_text::text(one, arguments.lang)).collect();
            terminal.print(&texts.join("\n"))?;
        }
    }
    drop(terminal.count(&tally, manner));
    Ok(tally.status())
}

/// What a forecast has no answer to, or answers otherwise than one might think (the book on forecasts, "No bound").
fn unforeseen(forecast: &Forecast<'_>, file: &str) -> Vec<Diagnostic> {
    let contract = forecast.contract;
    let warn =
        |code, message: String, help: &str| Diagnostic::new(code, Place::file(file), message).help(help).of(&contract.id);
    if forecast.as_of >= forecast.last {
        let message = format!("the last cut-off was {}: nothing is left to forecast", forecast.last);
        let help = "the numbers are what the last settlement owes; an earlier `--as-of` tells what could still come then";
        return vec![warn(Code::ForecastOver, message, help)];
    }
    let mut found = Vec::new();
    if let Some(settled_to) = forecast.settled_to.filter(|day| forecast.told < *day) {
        let message = format!("days up to {settled_to} are settled, but only those up to {} count as told", forecast.told);
        let help = "leave `--told-until` out for bounds that take settled days as told";
        found.push(warn(Code::ForecastUntold, message, help));
    }
    let highest: End = |bounds| bounds.highest.err();
    let lowest: End = |bounds| bounds.lowest.err();
    for (what, of) in
        [("highest", highest), ("lowest", lowest)].into_iter().filter(|(_, of)| of(&forecast.total.told).is_some())
    {
        let mut open: BTreeMap<Unbounded, Vec<String>> = BTreeMap::new();
        for (charge, line) in contract.charges.iter().zip(&forecast.charges) {
            if let Some(reason) = of(&line.told) {
                open.entry(reason).or_default().push(quote(charge.id.as_str()));
            }
        }
        for (reason, charges) in open {
            let because = formats::forecast_words::because(reason, Lang::En);
            let message = format!("what {} can still cost has no {what}: {because}", charges.join(", "));
            let help = match reason {
                Unbounded::Participants => "a limit over it would end it, or `max_participants` in `[cohort]`",
                _ => "a limit over it would end it",
            };
            found.push(warn(Code::ForecastUnbounded, message, help));
        }
    }
    found
}

/// Writes the files and puts them in place.
fn write(forecasts: &[Forecast<'_>], destination: &Destination) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::Machine(format!("cannot write `{}`: {error}; nothing in it was changed", destination.folder.display()))
    };
    let mut stage = Stage::beside(destination)?;
    for (name, bytes) in formats::forecast::files(forecasts).map_err(|error| failed(error.into()))? {
        stage.write(name, &bytes).map_err(failed)?;
    }
    swap::put(stage, destination).map_err(failed)
}
