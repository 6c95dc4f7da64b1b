//! Another contract that is to be read with the facts of a contract of the programme: for a comparison.

use super::contract;
use super::programme::{self, Sources};
use super::source::Source;
use crate::contract::Contract;
use crate::measure::cpr;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, quote};

/// Another contract, and what is wrong or odd about it.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The contract, if it and the rows read under it have no error.
    pub contract: Option<Contract>,
    /// What is wrong or odd about its file; and what is wrong with rows of the facts once they are read under it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a contract file, complete in itself, with the rows of `of` instead of its own. It is a first version, whatever day it
/// was agreed on. `known` is what is said of the programme as it stands, which is not said again.
#[must_use]
pub fn read(sources: &Sources, as_of: Day, of: &Contract, other: Source, known: &[Diagnostic]) -> Alternative {
    let file = contract::read(&other);
    let mut diagnostics = file.diagnostics;
    let Some(own) = file.contract else { return Alternative { contract: None, diagnostics } };
    if own.currency != of.currency {
        let (mine, theirs) = (own.currency.code(), of.currency.code());
        let message = format!("amounts in {mine} cannot be compared with those in {theirs} of {}", quote(of.id.as_str()));
        let place = contract::place(&other, "currency");
        let help = "compare contracts of one currency: write the amounts of this one in the other's";
        diagnostics.push(Diagnostic::new(Code::ComparedCurrency, place, message).of(&own.id).help(help));
    }
    let read_as = Contract { id: of.id.clone(), agreed_on: None, ..own.clone() };
    let name = cpr::redact(&other.name);
    let sources = Sources { contracts: vec![other], ..sources.clone() };
    let found = programme::read_under(&sources, as_of, read_as, file.kinds);
    let of_rows = found.into_iter().filter(|found| found.is_error() && !known.contains(found));
    diagnostics.extend(of_rows.map(|found| Diagnostic {
        message: format!("{}, when it is read under `{name}`", found.message),
        contract: Some(own.id.clone()),
        ..found
    }));
    let sound = !diagnostics.iter().any(Diagnostic::is_error);
    Alternative { contract: sound.then_some(Contract { agreed_on: None, ..own }), diagnostics }
}
