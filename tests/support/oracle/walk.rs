//! Mechanisms 4.4 and 6.1: what is reached, on which day, and what has to be reached first.

use super::calendar::{self, Period};
use super::charge::{Entitlement, fixed, for_outcome};
use super::cohort;
use super::facts::Facts;
use super::gate::{self, Asker};
use super::job;
use super::measured;
use super::outcome::{Assessment, Person, assess};
use super::saving::{Own, Week};
use super::{Law, Misreading, Situation, delay};
use crate::support::day::Day;
use crate::support::programme::{Anchor, Contract, Gate, Outcome, What};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Whose: the participant at this place among those that count, or the contract's own.
pub type Whose = Option<usize>;

/// One contract's facts, asked for one charge and one participant after the other. Charges that name others ask again, so
/// what was found is kept.
pub struct Walk<'f, 'a> {
    pub law: &'f Law,
    pub contract: &'f Contract,
    pub facts: &'f Facts<'a>,
    pub period: &'f Period,
    pub people: Vec<Person<'f, 'a>>,
    found: RefCell<Found<'a>>,
    assessed: RefCell<BTreeMap<(String, usize), Rc<Assessed<'f, 'a>>>>,
    avoided: RefCell<BTreeMap<usize, Rc<Vec<Week<'a>>>>>,
}

/// What charges come to, by place and whose it is.
type Found<'a> = BTreeMap<(usize, Whose), Rc<Vec<Entitlement<'a>>>>;

/// The assessments of an outcome; those of one list stand together.
type Assessed<'f, 'a> = Vec<Vec<Assessment<'f, 'a>>>;

impl<'f, 'a> Walk<'f, 'a> {
    pub fn of(law: &'f Law, contract: &'f Contract, facts: &'f Facts<'a>, period: &'f Period) -> Walk<'f, 'a> {
        let person = |participant| {
            let stretches = job::stretches(law, contract, facts, participant);
            Person { contract, facts, participant: &facts.participants[participant], stretches }
        };
        let counted = cohort::counted(law, contract, facts);
        let people = counted.into_iter().map(|participant| person(participant.id)).collect();
        let (found, assessed, avoided) = Default::default();
        Walk { law, contract, facts, period, people, found, assessed, avoided }
    }

    /// Every entitlement, on the day on which it is earned once all that it requires holds.
    pub fn required(&self) -> Vec<Entitlement<'a>> {
        let mut required = Vec::new();
        for place in 0..self.contract.charges.len() {
            for whose in self.subjects(place) {
                let holds = self.holds_from(place, whose);
                for one in self.found(place, whose).iter().filter(|one| one.amount != 0) {
                    self.look(place, one, holds);
                    required.extend(self.moved((place, whose), one, holds));
                }
            }
        }
        required
    }

    /// The entitlement on the latest of its own day and that from which what it requires holds.
    fn moved(&self, of: (usize, Whose), one: &Entitlement<'a>, holds: Option<Day>) -> Option<Entitlement<'a>> {
        let (place, whose) = of;
        // Mechanisms 7.3: the delay comes after the own day, and whatever is waited for runs beside it.
        let mut one = one.clone();
        let mut asker = Asker { whose, own: one.earned_on, lies_on: one.earned_on };
        one.earned_on = delay::over(self.law, self.contract, &self.contract.charges[place], one.earned_on);
        if self.law.reads(Misreading::GateAfterTheDelay) {
            (asker.own, asker.lies_on) = (one.earned_on, one.earned_on);
        }
        if self.contract.charges[place].requires.is_empty() || self.law.reads(Misreading::RequiresIgnored) {
            return Some(one);
        }
        let holds = holds?;
        if self.law.reads(Misreading::RequiresInTimeOnly) && holds > one.earned_on {
            return None;
        }
        if !self.law.reads(Misreading::RequiresMovesNoDay) {
            one.earned_on = one.earned_on.max(holds);
        }
        // Mechanisms 6.3: gates are asked on the own day, whatever is waited for besides.
        let mut gates = self.contract.charges[place].requires.iter().filter_map(|name| self.gate(name));
        let opens = gates.try_fold(one.earned_on, |day, gate| Some(gate::opens(self, gate, asker)?.max(day)))?;
        one.earned_on = opens;
        Some(one)
    }

    /// The gate of this name, if it is one.
    pub fn gate(&self, name: &str) -> Option<&'f Gate> {
        self.contract.gates.iter().find(|gate| gate.id == name)
    }

    /// The last day of the calendar, tail included.
    pub fn last_day(&self) -> Day {
        calendar::periods(self.law, self.contract).last().map_or(self.contract.ends, |period| period.last)
    }

    fn look(&self, place: usize, one: &Entitlement, holds: Option<Day>) {
        if self.contract.charges[place].requires.iter().all(|name| self.gate(name).is_some()) {
            return;
        }
        self.law.saw_if(holds.is_none(), Situation::RequiredNever);
        self.law.saw_if(holds == Some(one.earned_on), Situation::RequiredOnTheDay);
        self.law.saw_if(holds.is_some_and(|day| day > one.earned_on), Situation::RequiredMovesTheDay);
    }

    /// For whom a charge is: each participant, or the contract.
    fn subjects(&self, place: usize) -> Vec<Whose> {
        match self.contract.charges[place].what.is_the_contracts() {
            true => vec![None],
            false => (0..self.people.len()).map(Some).collect(),
        }
    }

    /// What a charge gives by rule 7 alone, each on its own day; also what has a rate but rounds to zero.
    pub fn found(&self, place: usize, whose: Whose) -> Rc<Vec<Entitlement<'a>>> {
        if let Some(found) = self.found.borrow().get(&(place, whose)) {
            return Rc::clone(found);
        }
        let charge = &self.contract.charges[place];
        let mut found = Vec::new();
        match (&charge.what, whose) {
            (What::Fixed { per, .. }, _) => fixed(self, (place, charge), (whose, *per), &mut found),
            (What::Measured { .. }, _) => measured::accrue(self, (place, charge), whose, &mut found),
            (_, Some(person)) => {
                for together in self.assessed(self.outcome_of(place), person).iter() {
                    for_outcome(self.law, &self.people[person], (place, charge), together, &mut found);
                }
            }
            (_, None) => unreachable!("a charge on an outcome has a participant"),
        }
        let found = Rc::new(found);
        self.found.borrow_mut().insert((place, whose), Rc::clone(&found));
        found
    }

    fn outcome_of(&self, place: usize) -> &'f Outcome {
        let id = match &self.contract.charges[place].what {
            What::Milestone(terms) => &terms.outcome,
            What::Period { outcome, .. } => outcome,
            What::Fixed { .. } | What::Measured { .. } => unreachable!("the contract's own charges have no outcome"),
        };
        self.contract.outcomes.iter().find(|outcome| outcome.id == *id).unwrap()
    }

    pub fn assessed(&self, outcome: &'f Outcome, person: usize) -> Rc<Assessed<'f, 'a>> {
        let key = (outcome.id.clone(), person);
        if let Some(assessed) = self.assessed.borrow().get(&key) {
            return Rc::clone(assessed);
        }
        let reached = outcome.window.as_ref().and_then(|window| self.anchored(&window.from, person));
        let assessed = Rc::new(assess(self.law, &self.people[person], outcome, reached));
        self.assessed.borrow_mut().insert(key, Rc::clone(&assessed));
        assessed
    }

    /// The weeks without benefit of a participant.
    pub fn avoided(&self, person: usize) -> Rc<Vec<Week<'a>>> {
        if let Some(avoided) = self.avoided.borrow().get(&person) {
            return Rc::clone(avoided);
        }
        let terms = self.contract.saving.as_ref().expect("a table of what is saved");
        let avoided = Rc::new(Own::of(self.law, terms, &self.people[person]).avoided());
        self.avoided.borrow_mut().insert(person, Rc::clone(&avoided));
        avoided
    }

    /// Mechanisms 3.1: the day on which the participant reached the step from which a window counts.
    fn anchored(&self, from: &Anchor, person: usize) -> Option<Day> {
        let Anchor::Charge { charge, step } = from else { return None };
        let step = step.filter(|_| !self.law.reads(Misreading::AnchorOnFirstStep)).unwrap_or(1);
        if self.law.reads(Misreading::AnchorBeforeItsRequirements) {
            let found = self.found(self.place(charge), Some(person));
            return found.iter().filter(|one| is_step(one, Some(&format!("step-{step:02}")))).map(|one| one.earned_on).min();
        }
        self.reached(&format!("{charge}/step-{step:02}"), Some(person))
    }

    pub fn place(&self, charge: &str) -> usize {
        self.contract.charges.iter().position(|one| one.id == charge).unwrap()
    }

    /// 4.4: the first day on which a charge, or one step of it, was reached: by the participant, for the contract's own
    /// entitlements by anybody.
    pub fn reached(&self, name: &str, whose: Whose) -> Option<Day> {
        let (charge, step) = name.split_once('/').map_or((name, None), |(charge, step)| (charge, Some(step)));
        let place = self.place(charge);
        let own = self.contract.charges[place].what.is_the_contracts();
        let anybody = whose.is_none() || own || self.law.reads(Misreading::RequiresByAnybody);
        self.law.saw_if(whose.is_none() && !own, Situation::RequiredByAnybody);
        let of = if anybody { self.subjects(place) } else { vec![whose] };
        let mut days: Vec<Day> = Vec::new();
        for whose in of {
            let Some(holds) = self.holds_from(place, whose) else { continue };
            for one in self.found(place, whose).iter().filter(|one| is_step(one, step)) {
                self.law.saw_if(one.amount == 0, Situation::MarkerRequired);
                let gated = self.law.reads(Misreading::GatesKeepFromReaching) && self.is_shut((place, whose), one);
                if !gated && (one.amount != 0 || !self.law.reads(Misreading::RequiresAMoneyStep)) {
                    days.push(one.earned_on.max(holds));
                }
            }
        }
        if self.law.reads(Misreading::RequiresTheLastStep) { days.into_iter().max() } else { days.into_iter().min() }
    }

    /// Whether a gate keeps an entitlement from being owed.
    fn is_shut(&self, (place, whose): (usize, Whose), one: &Entitlement) -> bool {
        let asker = Asker { whose, own: one.earned_on, lies_on: one.earned_on };
        let mut gates = self.contract.charges[place].requires.iter().filter_map(|name| self.gate(name));
        gates.any(|gate| gate::opens(self, gate, asker).is_none())
    }

    /// The day from which all charges are reached that a charge requires; the beginning of time if there are none. Gates are not
    /// asked (4.4).
    pub fn holds_from(&self, place: usize, whose: Whose) -> Option<Day> {
        let names = self.contract.charges[place].requires.iter().filter(|name| self.gate(name).is_none());
        let days: Vec<Option<Day>> = names.map(|name| self.reached(name, whose)).collect();
        if self.law.reads(Misreading::RequiresOneIsEnough) && !days.is_empty() {
            return days.into_iter().flatten().min();
        }
        let all: Option<Vec<Day>> = days.into_iter().collect();
        Some(all?.into_iter().max().unwrap_or(Day(i64::MIN)))
    }
}

/// Whether it is the step asked for, at any company.
fn is_step(one: &Entitlement, step: Option<&str>) -> bool {
    step.is_none_or(|step| one.unit_alone() == step)
}
