//! What the figures of a contract say: for each measured charge its dates and values (mechanisms 4.1, 5.2).

use super::plan::Plan;
use crate::charge::{Clause, Measured, Mechanism, Reading};
use crate::contract::Contract;
use crate::figure::{Asked, Asking, Grants, Seen};
use crate::measure::day::Day;
use std::collections::BTreeMap;

/// The readings of the measured charges, by the facts known on one cut-off.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Readings {
    /// By the charge's place in the contract.
    of: BTreeMap<u16, Vec<Reading>>,
    /// When the charges ask that are read at their turn (mechanisms 4.1).
    waiting: BTreeMap<u16, Vec<Asked>>,
    /// The dates for which a figure is not known: charge, figure, date.
    pub unknown: Vec<(u16, u16, Day)>,
}

impl Readings {
    /// Asks the figures of each measured charge for its dates up to and including `last`, by what is known on `known_on`. A
    /// date on which one of them is not known has no reading: nothing is owed, and the next settlement asks again. The charges that
    /// rest on what is granted are not asked yet: their turn comes.
    #[must_use]
    pub fn new(plan: &Plan<'_>, known_on: Day, last: Day) -> Readings {
        let mut readings = Readings::default();
        for clause in &plan.clauses {
            let Mechanism::Measured(terms) = &clause.charge.mechanism else { continue };
            let mut since = plan.contract.starts;
            for on in terms.dates.until(plan.contract.term(), last) {
                let asked = Asked { on, since, known_on };
                if plan.at_their_turn.contains(&clause.number) {
                    readings.waiting.entry(clause.number).or_default().push(asked);
                } else {
                    readings.ask(plan, clause, terms, asked, None);
                }
                since = on.next();
            }
        }
        readings
    }

    /// Asks the figures of a charge for one of its dates.
    fn ask(
        &mut self,
        plan: &Plan<'_>,
        clause: &Clause<'_>,
        terms: &Measured,
        asked: Asked,
        grants: Option<&Grants>,
    ) -> Option<&Reading> {
        let mut asking = Asking::new(&plan.contract.figures, plan.facts, asked);
        if let Some(grants) = grants {
            asking = asking.after(grants);
        }
        let reading = reading(plan.contract, terms, &mut asking, asked.on);
        self.unknown.extend(asking.unknown().map(|place| (clause.number, place, asked.on)));
        let of = self.of.entry(clause.number).or_default();
        of.push(reading?);
        of.last()
    }

    /// The dates of a charge that are read at their turn.
    pub fn waiting(&self, charge: u16) -> impl Iterator<Item = Day> + '_ {
        self.waiting.get(&charge).into_iter().flatten().map(|asked| asked.on)
    }

    /// Reads a date at its turn: what is granted before it is known (mechanisms 4.1).
    pub fn at_its_turn(&mut self, plan: &Plan<'_>, clause: &Clause<'_>, on: Day, grants: &Grants) -> Option<&Reading> {
        let Mechanism::Measured(terms) = &clause.charge.mechanism else { return None };
        let asked = self.waiting.get(&clause.number)?.iter().find(|asked| asked.on == on)?;
        self.ask(plan, clause, terms, *asked, Some(grants))
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
