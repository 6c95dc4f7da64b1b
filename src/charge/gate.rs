//! Gates: an entitlement is owed only if enough of their tests hold (mechanisms 6.3).

use super::dates::Dates;
use super::requirement::Requirement;
use super::test::Test;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;

/// Tests of which enough have to hold (mechanisms 6.3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gate {
    /// Its name in the contract; no charge has it.
    pub id: Id,
    /// What it asks.
    pub tests: Vec<Test>,
    /// How many of its tests have to hold; `None` = all.
    pub needs: Option<u32>,
    /// When it is judged; `None` = on each entitlement's own day.
    pub dates: Option<Dates>,
}

impl Gate {
    /// How many of its tests have to hold.
    #[must_use]
    pub fn needed(&self) -> usize {
        self.needs.map_or(self.tests.len(), |needs| usize::try_from(needs).unwrap_or(usize::MAX))
    }

    /// The gates that it tests.
    pub fn gates(&self) -> impl Iterator<Item = &Id> {
        self.tests.iter().filter_map(|test| match test {
            Test::Gate(id) => Some(id),
            Test::Charge(_) | Test::Figure(_) | Test::Suspended(_) => None,
        })
    }

    /// The charges, and steps of them, that it tests.
    pub fn charges(&self) -> impl Iterator<Item = &Requirement> {
        self.tests.iter().filter_map(|test| match test {
            Test::Charge(reach) => Some(&reach.charge),
            Test::Figure(_) | Test::Gate(_) | Test::Suspended(_) => None,
        })
    }

    /// The figures that it tests.
    pub fn figures(&self) -> impl Iterator<Item = &Id> {
        self.tests.iter().filter_map(|test| match test {
            Test::Figure(bound) => Some(&bound.figure),
            Test::Charge(_) | Test::Gate(_) | Test::Suspended(_) => None,
        })
    }

    /// Whether it asks for what concerns everybody: figures, or suspensions (mechanisms 12).
    #[must_use]
    pub fn asks_for_rows(&self) -> bool {
        self.asks_for_suspensions() || self.figures().next().is_some()
    }

    /// Whether it asks for suspensions.
    #[must_use]
    pub fn asks_for_suspensions(&self) -> bool {
        self.tests.iter().any(|test| matches!(test, Test::Suspended(_)))
    }

    /// Its dates in a term up to and including `last`, in their order; `None` where it has none.
    #[must_use]
    pub fn until(&self, term: Span, last: Day) -> Option<Vec<Day>> {
        self.dates.as_ref().map(|dates| dates.until(term, last))
    }
}

/// The gate of that name and its place.
#[must_use]
pub fn find<'g>(gates: &'g [Gate], id: &Id) -> Option<(u16, &'g Gate)> {
    (0_u16..).zip(gates).find(|(_, gate)| gate.id == *id)
}

/// The gates of these names and those that they test, each once.
#[must_use]
pub fn with_inner<'g: 'n, 'n>(gates: &'g [Gate], names: impl IntoIterator<Item = &'n Id>) -> Vec<&'g Gate> {
    let (mut next, mut all): (Vec<&Id>, Vec<&Gate>) = (names.into_iter().collect(), Vec::new());
    while let Some(id) = next.pop() {
        if let Some((_, gate)) = find(gates, id).filter(|(_, gate)| all.iter().all(|known| known.id != gate.id)) {
            all.push(gate);
            next.extend(gate.gates());
        }
    }
    all
}
