//! Which charges rest on told days alone, and which are tied together (the book on forecasts, "Why the bounds hold").

use crate::charge::{Charge, Mechanism, Test, adjust::By, gate};
use crate::contract::{Contract, Limit};
use crate::figure::Form;
use crate::measure::id::Id;
use crate::timeline::Outcome;
use crate::timeline::outcome::{Anchor, Companies};
use std::collections::BTreeSet;

/// Charges that limits or variants tie together.
#[derive(Debug)]
pub(super) struct Group {
    /// Their places in the contract.
    pub charges: BTreeSet<u16>,
    /// Whether what is earned by them up to a day, and what is granted of it, rests on what is told of the days up to it alone.
    pub is_causal: bool,
}

/// The charges of a contract, in groups.
pub(super) fn groups(contract: &Contract) -> Vec<Group> {
    let causal = causal(contract);
    let mut groups: Vec<BTreeSet<u16>> =
        (0_u16..).zip(&contract.charges).map(|(place, _)| BTreeSet::from([place])).collect();
    for tie in ties(contract) {
        let (tied, mut apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| !group.is_disjoint(&tie));
        apart.push(tied.into_iter().flatten().collect());
        groups = apart;
    }
    groups.retain(|group| !group.is_empty());
    groups.sort_by_key(|group| group.first().copied());
    let shares = |limit: &Limit| limit.bound.share().is_some();
    let by_share = |place: &u16| contract.limits.iter().any(|limit| shares(limit) && covers(contract, limit, *place));
    let group =
        |charges: BTreeSet<u16>| Group { is_causal: charges.is_subset(&causal) && !charges.iter().any(by_share), charges };
    groups.into_iter().map(group).collect()
}

/// Whether a limit covers the charge at that place.
pub(super) fn covers(contract: &Contract, limit: &Limit, place: u16) -> bool {
    let charge = contract.charges.get(usize::from(place));
    limit.charges.as_ref().is_none_or(|covered| charge.is_some_and(|charge| covered.contains(&charge.id)))
}

/// What ties charges together: a limit that covers them, or a variant.
fn ties(contract: &Contract) -> Vec<BTreeSet<u16>> {
    let places = || (0_u16..).zip(&contract.charges);
    let limits = contract.limits.iter().map(|limit| {
        let covered = places().map(|(place, _)| place).filter(|place| covers(contract, limit, *place));
        covered.collect()
    });
    let variants: BTreeSet<&Id> = contract.charges.iter().filter_map(|charge| charge.variant.as_ref()).collect();
    let members = |name: &Id| {
        let members = places().filter(|(_, charge)| charge.variant.as_ref() == Some(name));
        members.map(|(place, _)| place).collect()
    };
    limits.chain(variants.into_iter().map(members)).collect()
}

/// The charges that are causal: by themselves, and with all that they name.
fn causal(contract: &Contract) -> BTreeSet<u16> {
    let place = |id: &Id| contract.charges.iter().position(|charge| charge.id == *id).and_then(|at| u16::try_from(at).ok());
    let places = || (0_u16..).zip(&contract.charges);
    let mut causal: BTreeSet<u16> = places().filter(|(_, charge)| is_causal(contract, charge)).map(|(at, _)| at).collect();
    loop {
        let stays = |(at, charge): &(u16, &Charge)| {
            causal.contains(at)
                && names(contract, charge).iter().all(|id| place(id).is_some_and(|place| causal.contains(&place)))
        };
        let left: BTreeSet<u16> = places().filter(stays).map(|(at, _)| at).collect();
        if left.len() == causal.len() {
            return causal;
        }
        causal = left;
    }
}

/// Whether a charge, what it names aside, looks at days only.
fn is_causal(contract: &Contract, charge: &Charge) -> bool {
    let measured = matches!(charge.mechanism, Mechanism::Measured(_));
    let indexed = charge.adjust.iter().any(|row| matches!(row.by, Some(By::Index(_))));
    let outcome = charge.mechanism.outcome().and_then(|id| contract.outcome(id));
    let gates = contract.gates_of(charge);
    let tests = || gates.iter().flat_map(|gate| &gate.tests);
    let by_days = |test: &Test| match test {
        Test::Charge(_) | Test::Gate(_) => true,
        Test::Figure(bound) => contract.figure(&bound.figure).is_some_and(|(_, figure)| of_days(contract, &figure.form)),
        Test::Suspended(_) => false,
    };
    !measured && !indexed && outcome.is_none_or(looks_back) && tests().all(by_days)
}

/// Whether a figure is counted from days, or printed.
fn of_days(contract: &Contract, form: &Form) -> bool {
    match form {
        Form::Count(_) | Form::Value(_) => true,
        Form::Tally(tally) => contract.outcome(&tally.outcome).is_some_and(looks_back),
        Form::Compare(_) | Form::Goal(_) | Form::Granted(_) | Form::Metric(_) | Form::Places(_) => false,
        Form::Sample(_) | Form::Saving(_) | Form::Sum(_) => false,
    }
}

/// Whether a later day never changes which days before it qualify. A company that joins later can give a placement before it
/// a say in where a window begins (rule 6.4).
fn looks_back(outcome: &Outcome) -> bool {
    let from_placement = outcome.window.as_ref().is_some_and(|window| window.from == Anchor::Placement);
    !(from_placement && outcome.companies == Companies::Participating)
}

/// The charges that a charge names: those it requires, those its gates test or count, those its days follow, and the other
/// ways to its payment.
fn names<'c>(contract: &'c Contract, charge: &'c Charge) -> Vec<&'c Id> {
    let gates = contract.gates_of(charge);
    let required = charge.requires.iter().map(|named| &named.charge);
    let required = required.filter(|id| gate::find(&contract.gates, id).is_none());
    let tested = gates.iter().flat_map(|gate| gate.charges()).map(|named| &named.charge);
    let figures = gates.iter().flat_map(|gate| gate.figures()).filter_map(|id| contract.figure(id));
    let counted = figures.flat_map(|(_, figure)| match &figure.form {
        Form::Count(count) => count.of.charge(),
        Form::Tally(tally) => contract.outcome(&tally.outcome).and_then(|outcome| Some(outcome.follows()?.0)),
        _ => None,
    });
    let outcome = charge.mechanism.outcome().and_then(|id| contract.outcome(id));
    let followed = outcome.and_then(Outcome::follows).map(|(id, _)| id);
    let dates = charge.mechanism.dates().and_then(|dates| dates.follows()).map(|(id, _)| id);
    let others = contract.charges.iter().filter(|other| charge.variant.is_some() && other.variant == charge.variant);
    required.chain(tested).chain(counted).chain(followed).chain(dates).chain(others.map(|other| &other.id)).collect()
}
