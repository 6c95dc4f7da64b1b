//! What the figures of a contract say: for each measured charge its dates and values (mechanisms 4.1, 5.2).

use super::plan::Plan;
use crate::charge::{Measured, Mechanism, Reading};
use crate::contract::Contract;
use crate::figure::{Asked, Asking, Seen};
use crate::measure::day::Day;
use std::collections::BTreeMap;

/// The readings of the measured charges, by the facts known on one cut-off.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Readings {
    /// By the charge's place in the contract.
    of: BTreeMap<u16, Vec<Reading>>,
    /// The dates for which a figure is not known: charge, figure, date.
    pub unknown: Vec<(u16, u16, Day)>,
}

impl Readings {
    /// Asks the figures of each measured charge for its dates up to and including `last`, by what is known on `known_on`. A
    /// date on which one of them is not known has no reading: nothing is owed, and the next settlement asks again.
    #[must_use]
    pub fn new(plan: &Plan<'_>, known_on: Day, last: Day) -> Readings {
        let (contract, mut readings) = (plan.contract, Readings::default());
        for clause in &plan.clauses {
            let Mechanism::Measured(terms) = &clause.charge.mechanism else { continue };
            let (mut of, mut since) = (Vec::new(), contract.starts);
            for on in terms.dates.until(contract.term(), last) {
                let asked = Asked { on, since, known_on };
                let mut asking = Asking::new(&contract.figures, plan.facts, asked);
                of.extend(reading(contract, terms, &mut asking, on));
                readings.unknown.extend(asking.unknown().map(|place| (clause.number, place, on)));
                since = on.next();
            }
            readings.of.insert(clause.number, of);
        }
        readings
    }

    /// The readings of the charge at that place, by date.
    #[must_use]
    pub fn of(&self, charge: u16) -> &[Reading] {
        self.of.get(&charge).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What the figures of a charge say on one of its dates: those that it names in their order, then those they are made of.
fn reading(contract: &Contract, terms: &Measured, asking: &mut Asking<'_>, on: Day) -> Option<Reading> {
    // All are asked, so that everything that is missing can be told at once.
    let named: Vec<Option<(u16, Seen)>> = terms.figures().map(|id| asking.value(id)).collect();
    let mut seen: Vec<(u16, Seen)> = named.into_iter().collect::<Option<_>>()?;
    let mut beneath: Vec<(u16, Seen)> = asking.seen().filter(|one| !seen.contains(one)).collect();
    // By name: the order of the tables in the contract says nothing.
    beneath.sort_by_key(|(place, _)| contract.figures.get(usize::from(*place)).map(|figure| &figure.id));
    seen.extend(beneath);
    Some(Reading { on, seen: seen.into() })
}
