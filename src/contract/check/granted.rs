//! What is granted, as figures look at it: which charges they name, and who takes its turn first (mechanisms 4.1, 14.3).

use super::{Finding, Findings, listed};
use crate::charge::{Charge, Fixed, Measured, Mechanism};
use crate::contract::terms::Contract;
use crate::figure::{Form, Granted};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use std::collections::BTreeSet;

/// The charges that a figure names.
pub(super) fn named(contract: &Contract, path: &str, granted: &Granted, found: &mut Findings) {
    found.list(path, &granted.charges, "name at least one charge");
    for (nth, name) in granted.charges.iter().enumerate() {
        if place(contract, name).is_none() {
            let message = format!("the contract has no charge {}", quote(name.as_str()));
            let help = format!("its charges are {}", listed(contract.charges.iter().map(|charge| charge.id.as_str())));
            found.say(Code::UnknownName, &format!("{path}[{nth}]"), message).help(help).rests("charge[*].id");
        }
    }
}

/// A figure that only a charge of the contract can ask, at its turn: what is granted is not known before (mechanisms 4.1).
pub(super) fn not_yet<'f>(
    contract: &Contract,
    path: &str,
    id: &Id,
    (so, help): (&str, &'static str),
    found: &'f mut Findings,
) -> Option<&'f mut Finding> {
    let message = format!("the figure {} rests on what is granted, so that {so}", quote(id.as_str()));
    let rests = contract.named().rest_on_granted([id]);
    rests.then(|| found.say(Code::RequiresGranted, path, message).help(help).rests("figure"))
}

/// A charge that looks at what is granted under one that stands below it and may be earned on the same day: on that day the one
/// below has not had its turn yet (rule 9.2).
pub(super) fn turns(contract: &Contract, path: &str, charge: &Charge, terms: &Measured, found: &mut Findings) {
    // With a delay its turn comes after the days that it looks at.
    if charge.delay.is_some() {
        return;
    }
    let dates = terms.dates.until(contract.term(), Day::FAR);
    let looked_at: BTreeSet<&Id> = contract
        .named()
        .with_parts(terms.figures())
        .into_iter()
        .filter_map(|id| match &contract.figure(id)?.1.form {
            Form::Granted(granted) => Some(&granted.charges),
            _ => None,
        })
        .flatten()
        .collect();
    let mine = place(contract, &charge.id);
    let below = contract.charges.iter().enumerate().filter(|(place, other)| {
        looked_at.contains(&other.id) && Some(*place) > mine && falls_on_one_of(contract, other, &dates)
    });
    for (_, other) in below {
        let (this, other) = (quote(charge.id.as_str()), quote(other.id.as_str()));
        let message = format!(
            "{this} looks at what is granted under {other}, which stands below it: what both earn on one day is not looked at"
        );
        let help = format!("let {this} stand below {other}, if what falls due on the same day is to count");
        let finding = found.say(Code::GrantedBelow, &format!("{path}.figure"), message).help(help);
        finding.rests("charge").rests("figure").rests("ends").rests("starts");
    }
}

/// Whether a charge may be earned on one of these dates.
fn falls_on_one_of(contract: &Contract, charge: &Charge, dates: &[Day]) -> bool {
    // What it requires, or what waits for days of its own, may come on any day.
    let any_day =
        |until: Day| !charge.requires.is_empty() || charge.delay.is_some() || dates.iter().any(|date| *date <= until);
    let own: Vec<Day> = match &charge.mechanism {
        Mechanism::Fixed(Fixed { dates, .. }) | Mechanism::Measured(Measured { dates, .. }) if !dates.are_own() => {
            dates.until(contract.term(), Day::FAR)
        }
        Mechanism::Measured(_) => return any_day(Day::FAR),
        Mechanism::Fixed(_) | Mechanism::Milestone(_) | Mechanism::Period(_) => return any_day(contract.ends),
    };
    let earned = |own: &Day| charge.delay.map_or(*own, |delay| delay.after(*own));
    let first = own.iter().map(earned).min();
    own.iter().any(|own| dates.contains(&earned(own)))
        || (!charge.requires.is_empty() && dates.iter().any(|date| Some(*date) >= first))
}

fn place(contract: &Contract, id: &Id) -> Option<usize> {
    contract.charges.iter().position(|charge| charge.id == *id)
}
