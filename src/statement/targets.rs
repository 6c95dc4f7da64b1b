//! Targets against results: how each goal and each of its requirements stands when a settlement is made, and by what (goals 4).

use crate::contract::SettlementPeriod;
use crate::entitlement::goals::asking;
use crate::entitlement::{Plan, census};
use crate::facts::roster::Roster;
use crate::facts::{Row, Shown};
use crate::figure::goal::{Basis, Goal, Requirement, State};
use crate::figure::{Adds, Asking};
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;

/// A row of the table: a goal, or one of its requirements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target<'a> {
    /// The goal.
    pub goal: &'a Goal,
    /// The requirement; none in the goal's own row.
    pub requirement: Option<&'a Requirement>,
    /// What is asked; of a goal how many of its requirements. None where nothing is.
    pub target: Option<Ratio>,
    /// What there is; of a goal how many of its requirements are met. None where that is not known, or nothing is asked of a goal.
    pub result: Option<Ratio>,
    /// In per cent; none without a target, or where it is not known.
    pub degree: Option<Ratio>,
    /// Whether it is met, by exact values; none without a target.
    pub state: Option<State>,
    /// By what; nothing in a goal's own row.
    pub evidence: Vec<Evidence<'a>>,
}

/// By what a result is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Evidence<'a> {
    /// An entry of `goals.csv`.
    Entry {
        /// Its id.
        id: &'a Id,
        /// When it was shown.
        shown_on: Day,
        /// By what.
        text: &'a str,
    },
    /// A figure, and the measurement that it takes its value from.
    Figure {
        /// Its id.
        id: &'a Id,
        /// The measurement; none where no single one says the value.
        measurement: Option<&'a Id>,
    },
    /// Another goal.
    Goal(&'a Id),
}

/// How the goals of the contract stand on the last day of a period, by what is known on its cut-off: in the contract's order, each
/// before its requirements.
#[must_use]
pub fn targets<'a>(plan: &Plan<'a>, roster: &Roster<'a>, period: SettlementPeriod) -> Vec<Target<'a>> {
    let contract = plan.contract;
    let figures = contract.goals.iter().flat_map(|goal| &goal.requirements).any(|one| one.figure().is_some());
    let adds = if figures { census::of_all(plan, roster, period.cut_off) } else { Adds::default() };
    let mut asking = asking(plan, &adds, (period.days.last, period.cut_off));
    let mut rows = Vec::new();
    for goal in &contract.goals {
        let attained = asking.attained(&goal.id).filter(|attained| attained.state.is_some());
        let count = |count: usize| Ratio::new(i128::try_from(count).ok()?, 1);
        rows.push(Target {
            goal,
            requirement: None,
            target: attained.and_then(|attained| count(attained.needed)),
            result: attained.and_then(|attained| count(attained.met)),
            degree: attained.and_then(|attained| attained.degree),
            state: attained.and_then(|attained| attained.state),
            evidence: Vec::new(),
        });
        rows.extend(goal.requirements.iter().map(|one| row(plan, &mut asking, goal, one)));
    }
    rows
}

fn row<'a: 'p, 'p>(plan: &Plan<'a>, asking: &mut Asking<'p>, goal: &'a Goal, one: &'a Requirement) -> Target<'a> {
    let stands = asking.stands(goal, one);
    let evidence = match &one.from {
        Basis::Entries => {
            let entry = |(row, terms): (&'a Row<Shown>, &'a Shown)| {
                let (id, shown_on, text) = (&row.id, terms.shown_on, &*terms.evidence);
                Evidence::Entry { id, shown_on, text }
            };
            goal.entries(one, plan.facts, asking.asked()).into_iter().map(entry).collect()
        }
        Basis::Figure(id) => {
            let rows = stands.measurement.map(|number| plan.facts.measurements.rows_of(number as usize));
            vec![Evidence::Figure { id, measurement: rows.and_then(<[_]>::first).map(|row| &row.id) }]
        }
        Basis::Goal(id) => vec![Evidence::Goal(id)],
    };
    Target {
        goal,
        requirement: Some(one),
        target: one.target(),
        result: stands.result,
        degree: stands.degree,
        state: stands.state,
        evidence,
    }
}
