//! A participant's dates: fixed and measured charges that each participant has (mechanisms 3.5, 5.2).

use super::plan::Plan;
use super::readings::{Asker, read};
use crate::charge::conditions::Of;
use crate::charge::measured::By;
use crate::charge::{Clause, Entitlement, Indices, Life, Mechanism, Reading};
use crate::facts::roster::Known;
use crate::figure::{Adds, Own};
use crate::measure::day::{Day, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the dates of a participant rest on.
#[derive(Clone, Debug)]
pub struct Dated<'a> {
    life: Life<'a>,
    indices: Arc<Indices>,
    /// What the figures say on the dates of measured charges, by the charge's place.
    readings: BTreeMap<u16, Vec<Reading>>,
    /// The dates on which a figure is not known: charge, figure, date.
    pub unknown: Vec<(u16, u16, Day)>,
}

impl<'a> Dated<'a> {
    /// The participant, of whom no figure was asked yet.
    #[must_use]
    pub fn new(known: &Known<'a>, indices: &Arc<Indices>) -> Dated<'a> {
        let placed_on = known.placements.iter().map(|placement| placement.terms.placed_on).min();
        let life = Life { terms: known.terms, placed_on, reached_on: None };
        Dated { life, indices: Arc::clone(indices), readings: BTreeMap::new(), unknown: Vec::new() }
    }

    /// Says on which day the participant reached what the dates of a charge follow.
    pub fn follow(&mut self, reached_on: Option<Day>) {
        self.life.reached_on = reached_on;
    }

    /// Asks the figures of a measured charge on the participant's dates. Nothing is asked where nobody says what others add.
    pub fn ask(&mut self, plan: &Plan<'_>, clause: &Clause<'_>, asker: Option<&Asker<'_>>, (id, adds): (&Known<'_>, &Adds)) {
        let (Mechanism::Measured(terms), Some(asker)) = (&clause.charge.mechanism, asker) else { return };
        let dates = terms.dates.of(plan.contract.term(), asker.last, &self.life);
        let own = own(plan, asker, (id, adds));
        let (readings, unknown) = read(plan, terms, asker, &dates, Some(own));
        self.unknown.extend(unknown.into_iter().map(|(figure, on)| (clause.number, figure, on)));
        self.readings.insert(clause.number, readings);
    }

    /// What the figures of a charge say.
    #[must_use]
    pub fn readings(&self, charge: u16) -> &[Reading] {
        self.readings.get(&charge).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a charge comes to on the participant's dates up to a day.
    pub fn accrue(&self, clause: &Clause<'_>, (term, until): (Span, Day), out: &mut Vec<Entitlement>) {
        match &clause.charge.mechanism {
            Mechanism::Fixed(fixed) => fixed.of(clause, &self.life, (term, until), &self.indices, out),
            Mechanism::Measured(measured) => {
                let by = By { of: Of::Participant(self.life.terms), indices: &self.indices };
                measured.accrue(clause, self.readings(clause.number), by, out);
            }
            Mechanism::Milestone(_) | Mechanism::Period(_) => {}
        }
    }
}

/// The participant of whom figures are asked, with what it adds itself (mechanisms 4.3).
#[must_use]
pub fn own<'o>(plan: &Plan<'_>, asker: &Asker<'o>, (known, adds): (&Known<'o>, &'o Adds)) -> Own<'o> {
    let number = plan.facts.participants.find(known.id.as_str());
    let measurements = number.map(|number| asker.roster.measurements_of(number)).unwrap_or_default();
    Own { id: known.id, adds, measurements, general: asker.roster.general_measurements() }
}
