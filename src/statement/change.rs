//! What is different from the settlement before.

use super::key::Key;
use crate::explain::tree::Whom;
use std::collections::BTreeSet;

/// Who is paid for this time, and who was last time.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// How many participants something is earned for.
    pub now: usize,
    /// How many it was last time.
    pub last: usize,
    /// The participants for whom something is earned now and was not last time.
    pub began: Vec<String>,
    /// The participants for whom something was earned last time and is not now.
    pub stopped: Vec<String>,
}

impl Change {
    /// Compares the keys that were earned.
    #[must_use]
    pub fn new<'k>(now: impl Iterator<Item = &'k Key>, last: impl Iterator<Item = &'k Key>) -> Change {
        let (now, last) = (participants(now), participants(last));
        Change {
            now: now.len(),
            last: last.len(),
            began: now.difference(&last).map(|id| (*id).to_owned()).collect(),
            stopped: last.difference(&now).map(|id| (*id).to_owned()).collect(),
        }
    }
}

fn participants<'k>(keys: impl Iterator<Item = &'k Key>) -> BTreeSet<&'k str> {
    let id = |(whom, _, _): &'k Key| match whom {
        Whom::Participant(id) => Some(id.as_str()),
        Whom::Contract | Whom::Company(_) => None,
    };
    keys.filter_map(id).collect()
}
