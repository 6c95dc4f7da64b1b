//! `effekt invoice`: settles, and issues the documents of all settlements that have none yet (rule 11); complete or not at all.

use super::args::{InvoiceArguments, Manner};
use super::book::Book;
use super::destination::Destination;
use super::earlier::Earlier;
use super::failure::Failure;
use super::folder::must_be_folder;
use super::issued::REGISTER;
use super::issuer::Issuer;
use super::progress::Progress;
use super::reading::Reading;
use super::simulated;
use super::stage::Stage;
use super::swap;
use super::terminal::Terminal;
use super::writing::Writing;
use crate::formats::output::Output;
use std::fs;
use std::io;

/// Carries it out. The findings are shown before the output is put in place, so that whatever fails leaves FOLDER as it was.
///
/// # Errors
/// Wrong usage, or the machine failed.
pub fn run(arguments: &InvoiceArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    if arguments.simulate {
        return Err(Failure::usage(
            "a simulation is not invoiced, for an invoice could be sent: see it with `effekt settle --simulate` or `effekt \
             statement --simulate`",
        ));
    }
    must_be_folder("PROGRAMME", &arguments.programme)?;
    let destination = Destination::new(&arguments.out, &arguments.programme)?;
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let reading = Reading::of(&arguments.programme, Some(arguments.as_of), &arguments.contracts)?;
    let earlier = arguments.ledger.as_deref().map(|ledger| Earlier::read(ledger, false)).transpose()?.unwrap_or_default();
    simulated::keep_apart(&destination, arguments.ledger.as_deref(), false)?;
    let failed = |error: io::Error| {
        Failure::Machine(format!("cannot write `{}`: {error}; nothing in it was changed", destination.folder.display()))
    };
    let mut stage = Stage::beside(&destination)?;
    let [mut json, mut settlements, mut postings] = stage.settlement()?;
    let mut output = Output::begin(&mut settlements, &mut postings, &mut json, false).map_err(failed)?;
    let mut book = Book::open(arguments.as_of, &reading, &earlier, &progress);
    let mut issuer = Issuer::begin(&mut stage, &earlier, arguments.as_of)?;
    book.write(&mut output, &mut issuer).map_err(failed)?;
    book.say(issuer.finish().map_err(failed)?);
    output.finish(&book.refused, &book.found).map_err(failed)?;
    [json, settlements, postings].into_iter().try_for_each(Writing::sync).map_err(failed)?;
    let (found, tally) = book.close();
    drop(progress);
    terminal.show(&found, &reading.sources, manner)?;
    let ledger_is_replaced = arguments.ledger.as_deref().is_some_and(|ledger| destination.is(ledger));
    // What was really issued is never written over by an output that does not hold it.
    if !(earlier.is_unreadable() && ledger_is_replaced) {
        if let Some(lost) = lost(&stage, &destination).map_err(failed)? {
            let message =
                format!("--out holds {lost}, which this run would change or leave out: go on from it with --ledger");
            return Err(Failure::Usage(message));
        }
        swap::put(stage, &destination).map_err(failed)?;
    }
    // The output stands: that the last line cannot be written is no failure any more.
    drop(terminal.count(&tally, manner));
    Ok(tally.status())
}

/// The first document in FOLDER that the new register does not hold as it is.
fn lost(stage: &Stage, destination: &Destination) -> io::Result<Option<String>> {
    for name in REGISTER {
        let old = match fs::read_to_string(destination.folder.join(name)) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let new = fs::read_to_string(stage.dir.path().join(name))?;
        let new: std::collections::BTreeSet<&str> = new.lines().collect();
        if let Some(row) = old.lines().find(|row| !new.contains(row)) {
            let column = if name == REGISTER[0] { 2 } else { 1 };
            return Ok(Some(row.split(',').nth(column).unwrap_or_default().to_owned()));
        }
    }
    Ok(None)
}
