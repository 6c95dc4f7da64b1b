//! `effekt check`: reads everything and reports what is found.

use super::args::{CheckArguments, Manner};
use super::failure::Failure;
use super::folder::Folder;
use super::progress::Progress;
use super::reading::Reading;
use super::terminal::Terminal;

/// Carries it out.
///
/// # Errors
/// Wrong usage, or the machine failed.
pub fn run(arguments: &CheckArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let reading = Reading::of(&arguments.programme, arguments.as_of, &arguments.contracts)?;
    
    Ok(0)
}
