//! Versions of a contract: amendments with the day on which they were agreed (mechanisms 9.2).

use super::calendar::Calendar;
use super::terms::Contract;
use crate::measure::day::Day;
use serde::Serialize;

/// A later version: the whole contract as it was agreed anew (mechanisms 9.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Its terms. It has an `agreed_on`, and no versions of its own.
    pub terms: Contract,
    /// What its file says otherwise than that of the version before.
    pub changes: Vec<TermChange>,
}

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

impl Contract {
    /// All versions, the first one first.
    pub fn all(&self) -> impl Iterator<Item = &Contract> {
        std::iter::once(self).chain(self.versions.iter().map(|version| &version.terms))
    }

    /// The version that a settlement with this cut-off follows: the last one agreed on or before it (mechanisms 9.2).
    #[must_use]
    pub fn in_force(&self, cut_off: Day) -> &Contract {
        let agreed = |version: &&Version| version.terms.agreed_on <= Some(cut_off);
        self.versions.iter().rev().find(agreed).map_or(self, |version| &version.terms)
    }

    /// The versions that settlements follow whose cut-off is on or before `as_of`, each with the number of its first one.
    #[must_use]
    pub fn followed(&self, as_of: Day) -> Vec<(u32, &Contract)> {
        let mut followed: Vec<(u32, &Contract)> = Vec::new();
        for period in Calendar::new(self).until(as_of) {
            let version = self.in_force(period.cut_off);
            if followed.last().is_none_or(|(_, last)| !std::ptr::eq(*last, version)) {
                followed.push((period.number, version));
            }
        }
        followed
    }
}
