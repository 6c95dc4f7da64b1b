//! `effekt settle`: settles every period that is due and writes the output, complete or not at all.

use super::args::{Manner, SettleArguments};
use super::destination::Destination;
use super::failure::Failure;
use super::folder::must_be_folder;
use super::progress::Progress;
use super::reading::Reading;
use super::stage::{self, Stage};
use super::swap;
use super::tally::Tally;
use super::terminal::Terminal;
use crate::formats::Case;
use crate::formats::digest;
use crate::formats::output::{Digests, Output, Refused};
use crate::contract::{Calendar, Contract};
use crate::measure::day::Day;
use crate::measure::diagnostic::Diagnostic;
use std::io::{self, Write};

/// Carries it out.
///
/// # Errors
/// Wrong usage, or the machine failed; then FOLDER is as it was.
pub fn run(arguments: &SettleArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    must_be_folder("PROGRAMME", &arguments.programme)?;
    let destination = Destination::new(&arguments.out, &arguments.programme)?;
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let reading = Reading::of(&arguments.programme, Some(arguments.as_of), &arguments.contracts)?;
    let stage = Stage::beside(&destination)?;
    let mut run = Run { as_of: arguments.as_of, found: reading.programme.diagnostics.clone(), progress, tally: Tally::default(), settlements: 0 };
    let failed = |error: io::Error| Failure::machine("cannot write", &destination.folder, &error);
    let [mut json, mut settlements, mut postings] = stage.files()?;
    let mut output = Output::begin(&mut settlements, &mut postings, &mut json).map_err(failed)?;
    run.all(&reading, &mut output).map_err(failed)?;
    let Run { found, tally, progress, .. } = run;
    output.finish(&refused(&reading), &found).map_err(failed)?;
    [json, settlements, postings].into_iter().try_for_each(stage::sync).map_err(failed)?;
    drop(progress);
    terminal.show(&found, &reading.sources, manner)?;
    swap::put(stage, &destination).map_err(failed)?;
    // The output stands: that the last line cannot be written is no failure any more.
    drop(terminal.count(&tally, manner));
    Ok(tally.status())
}
