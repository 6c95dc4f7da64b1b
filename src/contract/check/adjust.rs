//! Adjustments and indices (mechanisms 7.1, 7.2).

use super::{Findings, digits, ids_twice, listed, rates};
use crate::charge::Charge;
use crate::charge::adjust::{By, MOST};
use crate::contract::terms::Contract;
use crate::measure::diagnostic::{Code, quote};
use std::collections::BTreeSet;

pub(super) fn check(contract: &Contract, path: &str, charge: &Charge, found: &mut Findings) {
    let rows = &charge.adjust;
    if rows.len() > MOST {
        let message = format!("the charge has {} adjustments", rows.len());
        found.say(Code::CountRange, &format!("{path}.adjust"), message).help(format!("it has at most {MOST}"));
    }
    for (nth, row) in rows.iter().enumerate() {
        let path = format!("{path}.adjust[{nth}]");
        rates::when(contract, charge, &path, &row.when, found);
        match &row.by {
            Some(By::Factor(factor)) if factor.is_zero() => {
                let help = "if nothing is to be paid, a rate row of amount 0 says so";
                found.say(Code::FactorOfZero, &format!("{path}.factor"), "the factor makes every rate 0").help(help);
            }
            Some(By::Index(id)) if !contract.indices.iter().any(|index| index.id == *id) => {
                let message = format!("the contract has no index {}", quote(id.as_str()));
                let known = listed(contract.indices.iter().map(|index| index.id.as_str()));
                let help =
                    if known.is_empty() { "add an `[[index]]`".to_owned() } else { format!("its indices are {known}") };
                found.say(Code::UnknownName, &format!("{path}.index"), message).help(help).rests("index[*].id");
            }
            _ => {}
        }
    }
    let outcome = charge.mechanism.outcome().and_then(|id| contract.outcome(id));
    digits::rates(path, charge, outcome, found);
}

/// The indices themselves.
pub(super) fn indices(contract: &Contract, found: &mut Findings) {
    ids_twice(found, "index", contract.indices.iter().map(|index| &index.id));
    let used: BTreeSet<&str> = contract
        .charges
        .iter()
        .flat_map(|charge| &charge.adjust)
        .filter_map(|row| match &row.by {
            Some(By::Index(id)) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    for (nth, index) in contract.indices.iter().enumerate().filter(|(_, index)| !used.contains(index.id.as_str())) {
        let message = format!("no charge follows the index {}", quote(index.id.as_str()));
        let help = "name it in a `[[charge.adjust]]` row, or remove it";
        found.say(Code::UnusedIndex, &format!("index[{nth}]"), message).help(help).rests("charge");
    }
}
