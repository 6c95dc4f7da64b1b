//! A contract and its facts made ready to be settled: what is looked up again and again is looked up once.

use crate::charge::{Clause, Gates, Judge, Ties, Unit};
use crate::contract::{Calendar, Contract};
use crate::facts::{Centres, Facts};
use crate::figure::{Adds, Count, Counted, Figure, Form, Own, Places, Reckoned, Saving, Tally};
use crate::measure::day::Day;
use crate::timeline::Outcome;
use std::collections::BTreeSet;

/// What every settlement of a contract needs.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The terms.
    pub contract: &'a Contract,
    /// The facts, all rows.
    pub facts: &'a Facts,
    /// The charges, in the contract's order.
    pub clauses: Vec<Clause<'a>>,
    /// The outcomes that a charge measures, each with the places of its charges.
    pub outcomes: Vec<(&'a Outcome, Vec<u16>)>,
    /// How the charges are tied to one another, if they are (mechanisms 6).
    pub ties: Option<Ties>,
    /// The charges that rest on what is granted before them (mechanisms 4.1).
    pub at_their_turn: BTreeSet<u16>,
    /// The gates (mechanisms 6.3).
    pub gates: Gates<'a>,
    /// The charges of which each participant has dates (mechanisms 3.5, 5.2).
    pub dated: Vec<u16>,
    /// The tallies, by their places, each with its outcome (mechanisms 4.1).
    pub tallies: Vec<(u16, &'a Tally, &'a Outcome)>,
    /// The counts of participants, by their places.
    pub counts: Vec<(u16, &'a Count)>,
    /// The savings, by their places, and how they are reckoned (saving 2).
    pub savings: Vec<(u16, &'a Saving, &'a Reckoned)>,
    /// The figures of places, by their places in the contract (places 2).
    pub places: Vec<(u16, &'a Places)>,
    /// Those of them that look at people, each with its outcome.
    pub occupied: Vec<Occupied<'a>>,
    /// The company centres.
    pub centres: Centres<'a>,
    /// For each company its place in the order of the texts `COMPANY/`, which can differ from the order of the ids:
    /// `a-b/` comes before `a/` (rule 9.2 orders units as texts).
    company_order: Vec<u32>,
}

impl<'a> Plan<'a> {
    /// Makes a contract and its facts ready.
    #[must_use]
    pub fn new(contract: &'a Contract, facts: &'a Facts) -> Plan<'a> {
        let ties = Ties::new(&contract.charges, &contract.gates, &contract.outcomes, &contract.figures);
        let mut clauses: Vec<Clause<'a>> = (0_u16..)
            .zip(&contract.charges)
            .map(|(number, charge)| Clause::new(number, charge, contract.currency, contract.rounding))
            .collect();
        for clause in &mut clauses {
            clause.is_required = ties.as_ref().is_some_and(|ties| ties.is_required(clause.number));
        }
        let charges_of = |outcome: &Outcome| {
            let measures = |clause: &&Clause<'a>| clause.charge.mechanism.outcome() == Some(&outcome.id);
            clauses.iter().filter(measures).map(|clause| clause.number).collect::<Vec<u16>>()
        };
        let outcomes = contract.outcomes.iter().map(|outcome| (outcome, charges_of(outcome)));
        let outcomes = outcomes.filter(|(_, charges)| !charges.is_empty()).collect();
        let at_their_turn = clauses.iter().filter(|clause| contract.rests_on_granted(clause.charge));
        let at_their_turn = at_their_turn.map(|clause| clause.number).collect();
        let gates = Gates::new(&contract.gates, contract.named(), contract.term(), Calendar::with_tail(contract));
        let dated = clauses.iter().filter(|clause| clause.charge.is_dated()).map(|clause| clause.number).collect();
        let numbered = || (0_u16..).zip(&contract.figures);
        let tally = |(number, figure): (u16, &'a Figure)| match &figure.form {
            Form::Tally(tally) => Some((number, tally, contract.outcome(&tally.outcome)?)),
            _ => None,
        };
        let count = |(number, figure): (u16, &'a Figure)| match &figure.form {
            Form::Count(count) if count.of != Counted::Companies => Some((number, count)),
            _ => None,
        };
        let saving = |(number, figure): (u16, &'a Figure)| match &figure.form {
            Form::Saving(saving) => Some((number, saving, contract.saving.as_ref()?)),
            _ => None,
        };
        let (places, occupied) = places(contract);
        Plan {
            contract,
            facts,
            clauses,
            outcomes,
            ties,
            gates,
            at_their_turn,
            dated,
            tallies: numbered().filter_map(tally).collect(),
            counts: numbered().filter_map(count).collect(),
            savings: numbered().filter_map(saving).collect(),
            places,
            occupied,
            centres: Centres::new(facts),
            company_order: company_order(facts),
        }
    }

    /// Whether participants add to figures (mechanisms 4.1).
    #[must_use]
    pub fn adds_up(&self) -> bool {
        !self.tallies.is_empty() || !self.counts.is_empty() || !self.savings.is_empty() || !self.occupied.is_empty()
    }

    /// Whether what a participant is owed may rest on what all of them add: something is measured of each, or a gate tests what
    /// is counted or tallied; then each has to be looked at in each settlement (mechanisms 4.4, 5.2, 6.3).
    #[must_use]
    pub fn measures_each(&self) -> bool {
        self.contract.measures_each()
    }

    /// The charge at that place.
    #[must_use]
    pub fn clause(&self, number: u16) -> Option<&Clause<'a>> {
        self.clauses.get(usize::from(number))
    }

    /// Who judges the gates by what is known on a cut-off and what participants add to figures, for the contract or for one of
    /// them; if there are any gates (mechanisms 6.3).
    #[must_use]
    pub fn judge<'j>(&'j self, known_on: Day, whose: Option<(&'j Adds, Option<Own<'j>>)>) -> Option<Judge<'j>> {
        self.gates.judge(self.facts, known_on, whose)
    }

    /// A number that orders the units of one subject and charge as their texts are ordered (rule 9.2).
    #[must_use]
    pub fn unit_order(&self, company: Option<u32>, unit: Unit) -> (u32, i32) {
        let company = company.and_then(|company| self.company_order.get(company as usize));
        (company.map_or(0, |place| place + 1), unit.number())
    }

    /// The id of the participant with that number.
    #[must_use]
    pub fn participant(&self, number: u32) -> Option<&'a str> {
        self.facts.participants.id(number as usize)
    }

    /// The id of the company with that number.
    #[must_use]
    pub fn company(&self, number: u32) -> Option<&'a str> {
        self.facts.companies.id(number as usize)
    }
}

/// A figure of places that looks at people, by its place, with the outcome whose days they have.
pub type Occupied<'a> = (u16, &'a Places, &'a Outcome);

/// The figures of places, by their places in the contract, and those of them that look at people.
fn places(contract: &Contract) -> (Vec<(u16, &Places)>, Vec<Occupied<'_>>) {
    let places = (0_u16..).zip(&contract.figures).filter_map(|(number, figure)| match &figure.form {
        Form::Places(places) => Some((number, places)),
        _ => None,
    });
    let places: Vec<(u16, &Places)> = places.collect();
    let looks = places.iter().filter_map(|(number, terms)| {
        let outcome = contract.outcome(terms.outcome.as_ref()?)?;
        Some((*number, *terms, outcome))
    });
    let occupied = looks.collect();
    (places, occupied)
}

fn company_order(facts: &Facts) -> Vec<u32> {
    let text = |number: &u32| facts.companies.id(*number as usize).map(|id| format!("{id}/"));
    let mut numbers: Vec<u32> = (0..u32::try_from(facts.companies.len()).unwrap_or(u32::MAX)).collect();
    numbers.sort_by_cached_key(text);
    let mut order = vec![0; numbers.len()];
    for (place, number) in (0..).zip(numbers) {
        if let Some(slot) = order.get_mut(number as usize) {
            *slot = place;
        }
    }
    order
}
