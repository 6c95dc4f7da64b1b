//! Where the command writes: results to standard output, findings and the last line to standard error.

use super::args::{Format, Manner};
use super::failure::Failure;
use super::render;
use super::tally::Tally;
use crate::formats::Sources;
use crate::measure::diagnostic::{Diagnostic, Severity};
use std::io::{self, Write};

/// The two streams of a command.
pub struct Terminal<'a> {
    /// Standard output.
    pub out: &'a mut (dyn Write + Send),
    /// Standard error.
    pub err: &'a mut (dyn Write + Send),
    /// Whether a person watches standard error as it comes.
    pub watched: bool,
}

impl Terminal<'_> {
    /// Shows findings; with `--quiet` without the notices.
    ///
    /// # Errors
    /// A failure of the machine if they cannot be written. That nobody reads on is none.
    pub fn show(&mut self, found: &[Diagnostic], sources: &Sources, manner: &Manner) -> Result<(), Failure> {
        let loud: Vec<Diagnostic>;
        let found = if manner.quiet {
            loud = found.iter().filter(|found| found.code.severity() != Severity::Notice).cloned().collect();
            &loud
        } else {
            found
        };
        let colours = self.watched && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
        let written = match manner.format {
            Format::Human => render::human(found, sources, colours, &mut self.err),
            Format::Json => render::json(found, &mut self.err),
        };
        reached(written.and_then(|()| self.err.flush()), "standard error")
    }

    /// Writes the result.
    ///
    /// # Errors
    /// As for findings.
    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        reached(self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()), "standard output")
    }

    /// The last line: what there was.
    ///
    /// # Errors
    /// As for findings.
    pub fn count(&mut self, tally: &Tally, manner: &Manner) -> Result<(), Failure> {
        let line = match manner.format {
            Format::Human => tally.to_string(),
            Format::Json => serde_json::to_string(tally).unwrap_or_default(),
        };
        reached(writeln!(self.err, "{line}").and_then(|()| self.err.flush()), "standard error")
    }

    /// Says why the command was not carried out.
    pub fn fail(&mut self, failure: &Failure, manner: &Manner) {
        let line = match manner.format {
            Format::Human => format!("error: {failure}"),
            Format::Json => {
                serde_json::json!({ "severity": "failure", "status": failure.status(), "message": failure.to_string() })
                    .to_string()
            }
        };
        // If nobody hears it, the exit status still says it.
        drop(writeln!(self.err, "{line}").and_then(|()| self.err.flush()));
    }
}

/// A reader that closed its end has seen enough; anything else is a failure.
fn reached(written: io::Result<()>, stream: &str) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Machine(format!("cannot write to {stream}: {error}")))
        }
        _ => Ok(()),
    }
}
