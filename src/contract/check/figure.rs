//! Figures: what they are made of, and who uses them (mechanisms 4.1, 4.2).

use super::depth::{Depths, Node, depth};
use super::{Findings, counted, goal, granted, ids_twice, measured, saving};
use crate::charge::{Gate, Mechanism};
use crate::contract::terms::Contract;
use crate::figure::asking::DEEPEST;
use crate::figure::goal::Requirement;
use crate::figure::{Figure, Form};
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use std::collections::BTreeSet;

/// The most decimals that a figure may be rounded to.
const MOST_DECIMALS: u32 = 9;

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    ids_twice(found, "figure", contract.figures.iter().map(|figure| &figure.id));
    let (used, mut depths) = (used(contract), Depths::new());
    for (nth, figure) in contract.figures.iter().enumerate() {
        let path = format!("figure[{nth}]");
        made_of(contract, &path, figure, found);
        if depth(contract, Node::Figure(&figure.id), 0, &mut depths) > DEEPEST {
            let message = format!(
                "the figure {} is made of itself, or of figures made of figures more than {DEEPEST} deep",
                quote(figure.id.as_str())
            );
            let help = "a figure is made of others that can be worked out before it";
            let finding = found.say(Code::FigureCircle, &format!("{path}.id"), message).help(help);
            finding.rests("figure[*].compare").rests("figure[*].with").rests("figure[*].sum").rests("figure[*].id");
            finding.rests("figure[*].goal").rests("goal");
        }
        if !used.contains(&figure.id) {
            let message = format!("nothing uses the figure {}", quote(figure.id.as_str()));
            let help = "name it in a charge of type \"measured\" or in a gate, or remove it";
            let finding = found.say(Code::FigureUnused, &format!("{path}.id"), message).help(help);
            finding.rests("charge").rests("figure[*]").rests("gate").rests("goal").rests("limit");
        }
    }
}

fn made_of(contract: &Contract, path: &str, figure: &Figure, found: &mut Findings) {
    match &figure.form {
        Form::Compare(compare) => {
            measured::named(contract, &format!("{path}.compare"), &compare.of, found);
            measured::named(contract, &format!("{path}.with"), &compare.with, found);
        }
        Form::Sum(sum) => {
            if sum.parts.is_empty() {
                found
                    .say(Code::EmptyList, &format!("{path}.sum"), "`sum` is an empty list")
                    .help("name at least one figure");
            }
            for (nth, part) in sum.parts.iter().enumerate() {
                measured::named(contract, &format!("{path}.sum[{nth}].figure"), &part.figure, found);
            }
        }
        Form::Count(count) => counted::count(contract, path, count, found),
        Form::Goal(terms) => goal::figure(contract, path, terms, found),
        Form::Granted(terms) => granted::named(contract, &format!("{path}.granted"), terms, found),
        Form::Places(terms) => counted::places(contract, path, terms, found),
        Form::Saving(terms) => saving::figure(contract, path, terms, found),
        Form::Tally(tally) => counted::tally(contract, path, tally, found),
        Form::Metric(_) | Form::Sample(_) | Form::Value(_) => {}
    }
    if let Some(decimals) = figure.decimals.filter(|decimals| *decimals > MOST_DECIMALS) {
        let message = format!("{decimals} decimals are more than a figure may have");
        found.say(Code::CountRange, &format!("{path}.decimals"), message).help(format!("write at most {MOST_DECIMALS}"));
    }
}

/// Everything that a charge, a gate, a limit or a goal asks, and what that is made of.
fn used(contract: &Contract) -> BTreeSet<&Id> {
    let named = contract.charges.iter().flat_map(|charge| match &charge.mechanism {
        Mechanism::Measured(terms) => terms.figures().collect::<Vec<_>>(),
        _ => Vec::new(),
    });
    let tested = contract.gates.iter().flat_map(Gate::figures);
    let shares = contract.limits.iter().filter_map(|limit| limit.bound.share()).map(|(_, figure)| figure);
    let goals = contract.goals.iter().flat_map(|goal| &goal.requirements).filter_map(Requirement::figure);
    contract.named().with_parts(named.chain(tested).chain(shares).chain(goals))
}
