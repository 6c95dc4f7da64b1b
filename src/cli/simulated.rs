//! Settling without paying: how its outputs are marked, and what keeps them apart from those that are paid by.

use super::destination::Destination;
use super::failure::Failure;
use super::issued::REGISTER;
use super::stage::{FILES, Stage};
use crate::explain::Lang;
use crate::formats::html;
use std::io;
use std::path::Path;

/// The file that stands beside the tables of a simulation, whose columns have no place for a mark.
pub const MARK: &str = "SIMULATED.txt";

/// The list of statements.
pub const INDEX: &str = "index.html";

/// What every output of a simulation says.
pub const fn words(lang: Lang) -> &'static str {
    html::simulated(lang)
}

/// Writes the mark.
///
/// # Errors
/// What the system says.
pub fn mark(stage: &mut Stage, simulate: bool) -> io::Result<()> {
    let text = format!("{}\n{}\n", words(Lang::En), words(Lang::Da));
    if simulate { stage.write(MARK, text.as_bytes()) } else { Ok(()) }
}

/// Keeps FOLDER from holding some of both: the mark of the one would stand beside the other.
///
/// # Errors
/// Wrong usage if FOLDER holds what is simulated and the run is not, or the other way round.
pub fn keep_apart(destination: &Destination, ledger: Option<&Path>, simulate: bool) -> Result<(), Failure> {
    // Of a ledger that is gone on from, that is said as an error in it.
    if ledger.is_some_and(|ledger| destination.is(ledger)) {
        return Ok(());
    }
    let holds = |name: &&str| destination.folder.join(name).exists();
    let simulated = holds(&MARK);
    match simulate {
        false if simulated => Err(Failure::usage("--out holds a simulation: name another folder for what is to be paid")),
        true if !simulated && FILES.iter().chain(&REGISTER).chain([&INDEX]).any(holds) => {
            Err(Failure::usage("--out holds what is to be paid: name another folder for a simulation"))
        }
        _ => Ok(()),
    }
}
