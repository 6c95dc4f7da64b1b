//! What the figures of a contract say: for each measured charge its dates and values (mechanisms 4.1, 5.2).

use super::plan::Plan;
use crate::charge::{Clause, Measured, Mechanism, Reading, Unit};
use crate::contract::Contract;
use crate::facts::roster::Roster;
use crate::figure::{Adds, Asked, Asking, Grants, Own, Seen};
use crate::measure::day::Day;
use std::collections::BTreeMap;

/// With what figures are asked in a settlement.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'s> {
    /// What participants add to counts and tallies, all of them together.
    pub adds: &'s Adds,
    /// Whose measurements are whose.
    pub roster: &'s Roster<'s>,
    /// The cut-off.
    pub known_on: Day,
    /// Dates up to and including this day are asked.
    pub last: Day,
}

/// The readings of the contract's own measured charges, by the facts known on one cut-off.
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
    /// Asks the figures of each measured charge of the contract for its dates. A date on which one of them is not known has no
    /// reading: nothing is owed, and the next settlement asks again. The charges that rest on what is granted are not asked yet:
    /// their turn comes.
    #[must_use]
    pub fn new(plan: &Plan<'_>, asker: &Asker<'_>) -> Readings {
        let mut readings = Readings::default();
        for clause in plan.clauses.iter().filter(|clause| clause.charge.is_the_contracts()) {
            let Mechanism::Measured(terms) = &clause.charge.mechanism else { continue };
            let dates = terms.dates.until(plan.contract.term(), asker.last);
            let dates: Vec<(Unit, Day)> = dates.into_iter().map(|on| (Unit::Date(on), on)).collect();
            if plan.at_their_turn.contains(&clause.number) {
                readings.waiting.insert(clause.number, asked(plan, terms, asker, &dates));
                continue;
            }
            let (of, unknown) = read(plan, terms, asker, &dates, None);
            readings.unknown.extend(unknown.into_iter().map(|(figure, on)| (clause.number, figure, on)));
            readings.of.insert(clause.number, of);
        }
        readings
    }

    /// The dates of a charge that are read at their turn.
    pub fn waiting(&self, charge: u16) -> impl Iterator<Item = Day> + '_ {
        self.waiting.get(&charge).into_iter().flatten().map(|asked| asked.on)
    }

    /// Reads a date at its turn: what is granted before it is known, and what participants add (mechanisms 4.1).
    pub fn at_its_turn(
        &mut self,
        plan: &Plan<'_>,
        clause: &Clause<'_>,
        on: Day,
        (grants, adds): (&Grants, &Adds),
    ) -> Option<&Reading> {
        let Mechanism::Measured(terms) = &clause.charge.mechanism else { return None };
        let asked = *self.waiting.get(&clause.number)?.iter().find(|asked| asked.on == on)?;
        let mut asking = Asking::new(plan.contract.named(), plan.facts, asked).after(grants).adding(adds);
        let seen = seen(plan.contract, terms, &mut asking);
        self.unknown.extend(asking.unknown().map(|place| (clause.number, place, on)));
        let of = self.of.entry(clause.number).or_default();
        of.push(Reading { on, unit: Unit::Date(on), seen: seen?.into() });
        of.last()
    }

    /// The readings of the charge at that place, by date.
    #[must_use]
    pub fn of(&self, charge: u16) -> &[Reading] {
        self.of.get(&charge).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What the figures of a charge say on its dates, or on those of a participant; and what is not known, figure and date. The
/// charge's own date before one is asked, whoever the participant is (mechanisms 4.2).
#[must_use]
pub fn read(
    plan: &Plan<'_>,
    terms: &Measured,
    asker: &Asker<'_>,
    dates: &[(Unit, Day)],
    own: Option<Own<'_>>,
) -> (Vec<Reading>, Vec<(u16, Day)>) {
    let contract = plan.contract;
    let (mut readings, mut unknown) = (Vec::new(), Vec::new());
    for ((unit, on), asked) in dates.iter().zip(asked(plan, terms, asker, dates)) {
        let asking = Asking::new(contract.named(), plan.facts, asked).adding(asker.adds);
        let mut asking = own.map_or(asking.clone(), |own| asking.of(own));
        readings.extend(seen(contract, terms, &mut asking).map(|seen| Reading { on: *on, unit: *unit, seen: seen.into() }));
        unknown.extend(asking.unknown().map(|place| (place, *on)));
    }
    (readings, unknown)
}

/// When and for which days a charge asks on its dates.
fn asked(plan: &Plan<'_>, terms: &Measured, asker: &Asker<'_>, dates: &[(Unit, Day)]) -> Vec<Asked> {
    let charged = terms.dates.until(plan.contract.term(), asker.last);
    let ask = |(_, on): &(Unit, Day)| {
        let before = charged.partition_point(|date| date < on).checked_sub(1).and_then(|nth| charged.get(nth));
        let since = before.map_or(plan.contract.starts, |date| date.next());
        Asked { on: *on, since, known_on: asker.known_on, whole: terms.cumulative }
    };
    dates.iter().map(ask).collect()
}

/// What the figures of a charge say: those that it names in their order, then those they are made of.
fn seen(contract: &Contract, terms: &Measured, asking: &mut Asking<'_>) -> Option<Vec<(u16, Seen)>> {
    // All are asked, so that everything that is missing can be told at once.
    let named: Vec<Option<(u16, Seen)>> = terms.figures().map(|id| asking.value(id)).collect();
    let mut seen: Vec<(u16, Seen)> = named.into_iter().collect::<Option<_>>()?;
    let mut beneath: Vec<(u16, Seen)> = asking.seen().filter(|one| !seen.contains(one)).collect();
    // By name: the order of the tables in the contract says nothing.
    beneath.sort_by_key(|(place, _)| contract.figures.get(usize::from(*place)).map(|figure| &figure.id));
    seen.extend(beneath);
    Some(seen)
}
