//! The last line on the terminal.

use super::simulated;
use crate::explain::Lang;
use crate::measure::diagnostic::{Diagnostic, Severity};
use serde::Serialize;
use std::fmt;

/// What a command has to count (formats, "The command `effekt`").
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Tally {
    /// Contracts that were read, by `check`, which settles none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<usize>,
    /// Contracts that were compared, by `compare`, which settles none to be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<usize>,
    /// Contracts that were forecast, by `forecast`, which settles none to be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<usize>,
    /// Contracts that were settled.
    pub settled: usize,
    /// Contracts with errors.
    pub refused: usize,
    /// Rows of `postings.csv`.
    pub postings: usize,
    /// Distributions, of a run of `distribute`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distributions: Option<usize>,
    /// Errors found.
    pub errors: usize,
    /// Warnings found.
    pub warnings: usize,
    /// Notices found.
    pub notices: usize,
    /// Whether it was simulated: then nothing of it is to be paid.
    #[serde(skip_serializing_if = "is_false")]
    pub simulated: bool,
}

impl Tally {
    /// Counts findings.
    pub fn add(&mut self, found: &[Diagnostic]) {
        for diagnostic in found {
            match diagnostic.code.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Notice => self.notices += 1,
            }
        }
    }

    /// The exit status of a command that was carried out: 1 if the input has errors (rule 12.1).
    #[must_use]
    pub fn status(&self) -> u8 {
        u8::from(self.errors > 0 || self.refused > 0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(checked) = self.checked {
            write!(f, "{} checked: ", count(checked, "contract"))?;
        }
        match (self.compared, self.forecast) {
            (Some(compared), _) => write!(f, "{} compared, {} refused; ", count(compared, "contract"), self.refused)?,
            (None, Some(forecast)) => {
                write!(f, "{} forecast, {} refused; ", count(forecast, "contract"), self.refused)?;
            }
            (None, None) => {
                write!(f, "{} settled, {} refused; ", count(self.settled, "contract"), self.refused)?;
                write!(f, "{}; ", count(self.postings, "posting"))?;
            }
        }
        if let Some(distributions) = self.distributions {
            write!(f, "{}; ", count(distributions, "distribution"))?;
        }
        write!(f, "{}, ", count(self.errors, "error"))?;
        write!(f, "{}, {}", count(self.warnings, "warning"), count(self.notices, "notice"))?;
        if self.simulated { write!(f, "; {}", simulated::words(Lang::En)) } else { Ok(()) }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many() {
        let tally = Tally { settled: 1, postings: 2, warnings: 1, notices: 3, ..Tally::default() };
        assert_eq!(tally.to_string(), "1 contract settled, 0 refused; 2 postings; 0 errors, 1 warning, 3 notices");
        let json = r#"{"settled":1,"refused":0,"postings":2,"errors":0,"warnings":1,"notices":3}"#;
        assert_eq!(serde_json::to_string(&tally).unwrap(), json);
        assert_eq!(tally.status(), 0);
        let checked = Tally { checked: Some(2), refused: 1, ..Tally::default() };
        let line = "2 contracts checked: 0 contracts settled, 1 refused; 0 postings; 0 errors, 0 warnings, 0 notices";
        assert_eq!(checked.to_string(), line);
        assert_eq!(checked.status(), 1);
        let compared = Tally { compared: Some(2), warnings: 1, ..Tally::default() };
        assert_eq!(compared.to_string(), "2 contracts compared, 0 refused; 0 errors, 1 warning, 0 notices");
        let forecast = Tally { forecast: Some(2), warnings: 1, ..Tally::default() };
        assert_eq!(forecast.to_string(), "2 contracts forecast, 0 refused; 0 errors, 1 warning, 0 notices");
    }
}
