//! Which version of the contract a settlement follows, and what was said of its keys under the version before
//! (mechanisms 9.2).

use super::posted::Histories;
use super::tree::{Followed, NewVersion};
use crate::contract::Contract;
use crate::entitlement::Plan;
use crate::measure::day::Day;

/// The version that a settlement follows, if there are several; `since` is the cut-off of the settlement before.
pub(super) fn followed(contract: &Contract, since: Option<Day>, cut_off: Day) -> Option<Followed> {
    if contract.versions.is_empty() && contract.agreed_on.is_none() {
        return None;
    }
    let new = contract.versions.iter().filter_map(|version| {
        let agreed_on = version.terms.agreed_on?;
        let fresh = since.is_some_and(|since| agreed_on > since) && agreed_on <= cut_off;
        fresh.then(|| NewVersion { agreed_on, changes: version.changes.clone() })
    });
    Some(Followed { agreed_on: contract.in_force(cut_off).agreed_on, new: new.collect() })
}

/// Gives what was said of the charges their places in another version.
pub(super) fn renumber(histories: &mut Histories, before: &Plan<'_>, now: &Plan<'_>) {
    let place = |number: u16| {
        let id = &before.clause(number)?.charge.id;
        now.clauses.iter().find(|clause| clause.charge.id == *id).map(|clause| clause.number)
    };
    for keys in histories.values_mut() {
        let moved = std::mem::take(keys).into_iter();
        keys.extend(moved.filter_map(|((charge, company, unit), said)| Some(((place(charge)?, company, unit), said))));
    }
}
