//! `effekt compare`: what another contract would pay for the same facts.

use super::args::{CompareArguments, Manner};
use super::destination::Destination;
use super::failure::Failure;
use super::folder::{self, must_be_folder};
use super::progress::Progress;
use super::reading::Reading;
use super::stage::Stage;
use super::swap;
use super::tally::Tally;
use super::terminal::Terminal;
use crate::compare::{Comparison, compare, render};
use crate::formats::alternative::{self, Alternative};
use crate::formats::{comparison, html};
use crate::measure::diagnostic::Diagnostic;
use std::io;

/// Carries it out. The text goes to standard output; with `--out` the same as tables and as a page, all of them or none.
///
/// # Errors
/// Wrong usage, or the machine failed.
pub fn run(arguments: &CompareArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    must_be_folder("PROGRAMME", &arguments.programme)?;
    let destination = arguments.out.as_deref().map(|out| Destination::new(out, &arguments.programme)).transpose()?;
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let other = folder::contract_file("--with", &arguments.with)?;
    let mut reading = Reading::of(&arguments.programme, Some(arguments.as_of), std::slice::from_ref(&arguments.contract))?;
    // What is odd about the programme is for `check` and `settle` to tell.
    let mut found: Vec<Diagnostic> =
        reading.programme.diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
    let case = reading.programme.cases.iter().find(|case| !case.refused);
    let own = case.and_then(|case| Some((case.contract.as_ref()?, &case.facts)));
    let alternative = own.map(|(contract, _)| {
        let known = &reading.programme.diagnostics;
        alternative::read(&reading.sources, arguments.as_of, contract, other.clone(), known)
    });
    let (compared, of_other) = match (own, alternative) {
        (Some((contract, facts)), Some(Alternative { contract: Some(other), diagnostics })) => {
            (Some(compare(contract, &other, facts, arguments.as_of)), diagnostics)
        }
        (_, alternative) => (None, alternative.map(|other| other.diagnostics).unwrap_or_default()),
    };
    found.extend(of_other);
    reading.sources.contracts.push(other);
    reading.number_columns(&mut found);
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    drop(progress);
    terminal.show(&found, &reading.sources, manner)?;
    if let (Some(compared), Some(destination)) = (&compared, &destination) {
        write(compared, destination, arguments)?;
    }
    if let Some(compared) = &compared {
        terminal.print(&render(compared, arguments.lang))?;
    }
    let mut tally = Tally { compared: Some(2 * usize::from(compared.is_some())), ..Tally::default() };
    tally.refused = usize::from(compared.is_none());
    tally.add(&found);
    drop(terminal.count(&tally, manner));
    Ok(tally.status())
}

/// Writes the tables and the page, and puts them in place.
fn write(compared: &Comparison, destination: &Destination, arguments: &CompareArguments) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::Machine(format!("cannot write `{}`: {error}; nothing in it was changed", destination.folder.display()))
    };
    let page = html::comparison(compared, arguments.lang).map_err(|error| {
        Failure::Machine(format!("a page cannot be made: {error}; this is a fault in effekt, please report it"))
    })?;
    let files = [
        ("comparison.html", page),
        ("comparison.csv", comparison::breakdowns(compared)),
        ("comparison-keys.csv", comparison::keys(compared)),
    ];
    let mut stage = Stage::beside(destination)?;
    files.iter().try_for_each(|(name, text)| stage.write(name, text.as_bytes())).map_err(failed)?;
    swap::put(stage, destination).map_err(failed)
}
