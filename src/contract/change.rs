//! What a version of a contract says otherwise than the one before (mechanisms 9.2).

use serde::Serialize;

/// One thing that a version says otherwise than the one before.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct TermChange {
    /// The keys that lead to it; in lists of tables the id, or the place counted from 1: `charge`, `weekly`, `rate`, `2`,
    /// `amount`.
    pub at: Vec<String>,
    /// What is done with it.
    pub deed: TermDeed,
}

/// What a version does with a term.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermDeed {
    /// A table, such as a charge, that the version before does not have.
    Added,
    /// A table that only the version before has.
    Removed,
    /// A key that says something else; `None` = it does not stand there.
    Changed {
        /// What it said.
        was: Option<String>,
        /// What it says.
        now: Option<String>,
    },
}
