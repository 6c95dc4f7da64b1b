//! Who pays: the payers of the contract, those of its charges, and how much they pay at most (rule 11.2, mechanisms 8.2).

use super::{Findings, ids_twice, listed, repeated};
use crate::charge::{Charge, ChargePayer};
use crate::contract::party::Payer;
use crate::contract::terms::Contract;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use rust_decimal::Decimal;

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    let payers = &contract.payers;
    if payers.is_empty() {
        let help = "add a `[[payer]]`: every contract has at least one";
        found.say(Code::EmptyList, "payer", "the contract has no payer").help(help);
        return;
    }
    ids_twice(found, "payer", payers.iter().map(|payer| &payer.id));
    let of_charges = || contract.charges.iter().filter_map(|charge| charge.payers.as_ref());
    let pays = |id: &Id| of_charges().flatten().any(|payer| payer.id == *id && !payer.share.is_zero());
    // Where somebody pays at most so much, others may pay what is above it.
    let capped = payers.iter().any(|payer| payer.at_most.is_some());
    let never = |(_, payer): &(usize, &Payer)| payer.share.is_zero() && !capped && !pays(&payer.id);
    for (nth, _) in payers.iter().enumerate().filter(never) {
        let help = "give the payer a share, or remove it";
        let finding = found.say(Code::ShareOfZero, &format!("payer[{nth}].share"), "a payer with a share of 0 never pays");
        finding.help(help).rests("charge[*].payers").rests("payer[*].at_most");
    }
    let sum: Decimal = payers.iter().map(|payer| payer.share).sum();
    if sum != Decimal::ONE {
        let (path, message) = match payers.as_slice() {
            [_] => ("payer[0].share", format!("the share of the only payer is {}, not 1", sum.normalize())),
            _ => ("payer", format!("the payers' shares sum to {}, not 1", sum.normalize())),
        };
        found.say(Code::Shares, path, message).help(PARTS).rests("payer[*].share");
    }
    for (nth, charge) in contract.charges.iter().enumerate() {
        match &charge.payers {
            Some(own) => of_charge(contract, &format!("charge[{nth}].payers"), own, found),
            None => all_capped(contract, &format!("charge[{nth}]"), charge, found),
        }
    }
}

const PARTS: &str = "shares are parts of 1, such as \"0.4\" and \"0.6\"";

/// The payers of one charge.
fn of_charge(contract: &Contract, path: &str, own: &[ChargePayer], found: &mut Findings) {
    if own.is_empty() {
        let help = "name at least one, or leave the key out";
        found.say(Code::EmptyList, path, "`payers` is an empty list").help(help);
        return;
    }
    let mut known = true;
    for (nth, payer) in own.iter().enumerate() {
        if !contract.payers.iter().any(|known| known.id == payer.id) {
            known = false;
            let message = format!("the contract has no payer {}", quote(payer.id.as_str()));
            let help = format!("its payers are {}", listed(contract.payers.iter().map(|payer| payer.id.as_str())));
            found.say(Code::UnknownName, &format!("{path}[{nth}].id"), message).help(help).rests("payer[*].id");
        }
    }
    for (nth, id) in repeated(own.iter().map(|payer| &payer.id)) {
        let message = format!("`payers` names {} twice", quote(id.as_str()));
        let finding = found.say(Code::SameIdTwice, &format!("{path}[{nth}].id"), message);
        finding.help("write one row for each payer").rests(format!("{path}[*].id"));
    }
    let sum: Decimal = own.iter().map(|payer| payer.share).sum();
    if sum != Decimal::ONE {
        let message = format!("the shares of the charge's payers sum to {}, not 1", sum.normalize());
        found.say(Code::Shares, path, message).help(PARTS).rests(format!("{path}[*].share"));
    }
    let capped = |payer: &ChargePayer| contract.payers.iter().any(|known| known.id == payer.id && known.at_most.is_some());
    if known && own.iter().all(capped) {
        found.say(Code::NobodyPaysTheRest, path, REST).help(REST_HELP).rests("payer").rests(path);
    }
}

const REST: &str = "all payers of the charge pay at most so much, so that nobody pays what is above it";
const REST_HELP: &str = "leave `at_most` out for one of them, or name another payer, with a share of \"0\" if need be";

/// A charge of which the contract's payers pay, all of them at most so much.
fn all_capped(contract: &Contract, path: &str, charge: &Charge, found: &mut Findings) {
    if charge.payers.is_none() && contract.payers.iter().all(|payer| payer.at_most.is_some()) {
        found.say(Code::NobodyPaysTheRest, path, REST).help(REST_HELP).rests("payer").rests(format!("{path}.payers"));
    }
}
