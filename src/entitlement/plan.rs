//! A contract and its facts made ready to be settled: what is looked up again and again is looked up once.

use crate::charge::{Clause, Gates, Judge, Ties, Unit};
use crate::contract::{Calendar, Contract};
use crate::facts::Facts;
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
    /// For each company its place in the order of the texts `COMPANY/`, which can differ from the order of the ids:
    /// `a-b/` comes before `a/` (rule 9.2 orders units as texts).
    company_order: Vec<u32>,
}

impl<'a> Plan<'a> {
    /// Makes a contract and its facts ready.
    #[must_use]
    pub fn new(contract: &'a Contract, facts: &'a Facts) -> Plan<'a> {
        let ties = Ties::new(&contract.charges, &contract.gates, &contract.outcomes);
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
        let days = Calendar::with_tail(contract);
        let gates = Gates::new(&contract.gates, &contract.figures, contract.term(), days);
        Plan { contract, facts, clauses, outcomes, ties, gates, at_their_turn, company_order: company_order(facts) }
    }

    /// The charge at that place.
    #[must_use]
    pub fn clause(&self, number: u16) -> Option<&Clause<'a>> {
        self.clauses.get(usize::from(number))
    }

    /// Who judges the gates by what is known on a cut-off, if there are any (mechanisms 6.3).
    #[must_use]
    pub fn judge(&self, known_on: Day) -> Option<Judge<'_>> {
        self.gates.judge(self.facts, known_on)
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
        self.facts.participants.rows_of(number as usize).first().map(|row| row.id.as_str())
    }

    /// The id of the company with that number.
    #[must_use]
    pub fn company(&self, number: u32) -> Option<&'a str> {
        self.facts.companies.rows_of(number as usize).first().map(|row| row.id.as_str())
    }
}

fn company_order(facts: &Facts) -> Vec<u32> {
    let text = |number: &u32| facts.companies.rows_of(*number as usize).first().map(|row| format!("{}/", row.id));
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
