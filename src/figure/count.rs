//! Counts: how many enrolled, joined or reached something (mechanisms 4.1).

use super::{Among, Asked, Window};
use crate::facts::Facts;
use crate::measure::id::Id;

/// How many there are on the days of a window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    /// What is counted.
    pub of: Counted,
    /// Of whom.
    pub among: Among,
    /// On which days.
    pub window: Window,
}

/// What is counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Counted {
    /// Participants, on the day on which they enrolled.
    Participants,
    /// Companies, on the day on which they joined.
    Companies,
    /// Participants, on the day on which they first reached the charge (mechanisms 4.4).
    Reached {
        /// The charge.
        charge: Id,
        /// Its step; `None` = whichever of its steps, units or dates comes first.
        step: Option<u32>,
    },
    /// Steps, units or dates of a charge, each on the day on which it was reached.
    Units {
        /// The charge.
        charge: Id,
    },
}

impl Counted {
    /// The charge that it looks at.
    #[must_use]
    pub fn charge(&self) -> Option<&Id> {
        match self {
            Counted::Participants | Counted::Companies => None,
            Counted::Reached { charge, .. } | Counted::Units { charge } => Some(charge),
        }
    }
}

impl Count {
    /// How many companies are known to have joined on the days of the window.
    #[must_use]
    pub fn companies(&self, facts: &Facts, asked: Asked) -> i64 {
        let days = self.window.days(asked);
        let joined = |number: usize| facts.companies.known(number, asked.known_on)?.1.joined_on;
        let all = (0..facts.companies.len()).filter_map(joined).filter(|day| days.contains(*day)).count();
        i64::try_from(all).unwrap_or(i64::MAX)
    }
}
