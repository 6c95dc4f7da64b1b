//! `effekt settle`: settles every period that is due and writes the output, complete or not at all.

use super::args::{Manner, SettleArguments};
use super::book::Book;
use super::destination::Destination;
use super::earlier::Earlier;
use super::failure::Failure;
use super::folder::must_be_folder;
use super::issued::REGISTER;
use super::progress::Progress;
use super::reading::Reading;
use super::simulated;
use super::stage::Stage;
use super::swap;
use super::tally::Tally;
use super::terminal::Terminal;
use super::writing::Writing;
use crate::formats::output::Output;
use std::io;

/// Carries it out. The findings are shown before the output is put in place, so that whatever fails leaves FOLDER as it was.
///
/// # Errors
/// Wrong usage, or the machine failed.
pub fn run(arguments: &SettleArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let simulate = arguments.simulate;
    must_be_folder("PROGRAMME", &arguments.programme)?;
    let destination = Destination::new(&arguments.out, &arguments.programme)?;
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let reading = Reading::of(&arguments.programme, Some(arguments.as_of), &arguments.contracts)?;
    let earlier = arguments.ledger.as_deref().map(|ledger| Earlier::read(ledger, simulate)).transpose()?.unwrap_or_default();
    // Issued documents would be lost, and their numbers given again.
    if earlier.with_documents || destination.folder.join(REGISTER[0]).exists() {
        let folder = if earlier.with_documents { "--ledger" } else { "--out" };
        return Err(Failure::usage(format_args!("{folder} holds issued documents: go on with `effekt invoice`")));
    }
    simulated::keep_apart(&destination, arguments.ledger.as_deref(), simulate)?;
    let failed = |error: io::Error| {
        Failure::Machine(format!("cannot write `{}`: {error}; nothing in it was changed", destination.folder.display()))
    };
    let mut stage = Stage::beside(&destination)?;
    let [mut json, mut settlements, mut postings] = stage.settlement()?;
    let mut output = Output::begin(&mut settlements, &mut postings, &mut json, simulate).map_err(failed)?;
    let mut book = Book::open(arguments.as_of, &reading, &earlier, &progress);
    book.write(&mut output, &mut ()).map_err(failed)?;
    output.finish(&book.refused, &book.found).map_err(failed)?;
    [json, settlements, postings].into_iter().try_for_each(Writing::sync).map_err(failed)?;
    simulated::mark(&mut stage, simulate).map_err(failed)?;
    let (found, tally) = book.close();
    let tally = Tally { simulated: simulate, ..tally };
    drop(progress);
    terminal.show(&found, &reading.sources, manner)?;
    // What was really settled is never written over by an output that does not hold it.
    let would_be_lost = earlier.is_unreadable() && arguments.ledger.as_deref().is_some_and(|ledger| destination.is(ledger));
    if !would_be_lost {
        swap::put(stage, &destination).map_err(failed)?;
    }
    // The output stands: that the last line cannot be written is no failure any more.
    drop(terminal.count(&tally, manner));
    Ok(tally.status())
}
