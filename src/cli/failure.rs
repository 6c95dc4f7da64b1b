//! Why a command could not be carried out at all.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a command was not carried out; errors in the input are findings, not failures.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Failure {
    /// The command was not used as it should be: exit status 2.
    #[error("{0}")]
    Usage(String),
    /// Disk, permissions: exit status 3.
    #[error("{0}")]
    Machine(String),
}

impl Failure {
    /// The command was not used as it should be.
    pub fn usage(message: impl fmt::Display) -> Failure {
        Failure::Usage(message.to_string())
    }

    /// The machine failed at something: `cannot read`, a path, and what the system says.
    pub fn machine(what: &str, path: &Path, error: &io::Error) -> Failure {
        Failure::Machine(format!("{what} `{}`: {error}", path.display()))
    }

    /// The program itself is wrong, never the input.
    pub fn fault(what: impl fmt::Display) -> Failure {
        Failure::Machine(format!("{what}; this is a fault in effekt, please report it"))
    }

    /// A page cannot be made of its template.
    pub fn page(error: &askama::Error) -> Failure {
        Failure::fault(format_args!("a page cannot be made: {error}"))
    }

    /// The exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Failure::Usage(_) => 2,
            Failure::Machine(_) => 3,
        }
    }
}
