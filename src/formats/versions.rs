//! The files of one contract become its versions (mechanisms 9.2).

use super::contract::{self, ContractFile};
use super::source::Source;
use crate::contract::{Contract, Version, check};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use std::collections::BTreeMap;

/// A contract, put together from its files.
#[derive(Debug)]
pub(super) struct Versions {
    /// The file of the first version.
    pub file: String,
    /// The files by the day on which they were agreed.
    pub files: BTreeMap<Option<Day>, String>,
    /// The contract with its versions, if none of the files has an error.
    pub contract: Option<Contract>,
    /// What is wrong or odd about the files together.
    pub found: Vec<Diagnostic>,
}

impl Versions {
    /// Puts the files of a contract together. A version agreed on after the as-of day is checked, and then as if not there
    /// (rule 3.9).
    pub fn of(id: &Id, files: &mut [(&str, ContractFile)], sources: &[Source], as_of: Option<Day>) -> Versions {
        files.sort_by(|a, b| (a.1.agreed_on.flatten(), a.0).cmp(&(b.1.agreed_on.flatten(), b.0)));
        let found: Vec<Diagnostic> = files.iter().filter_map(|file| twice(id, file, files)).collect();
        let mut versions = Versions {
            file: files.first().map(|(name, _)| (*name).to_owned()).unwrap_or_default(),
            files: files.iter().map(|(name, file)| (file.agreed_on.flatten(), (*name).to_owned())).collect(),
            contract: None,
            found,
        };
        if versions.found.is_empty() {
            versions.contract = versions.put_together(id, files, sources);
        }
        if let (Some(contract), Some(as_of)) = (&mut versions.contract, as_of) {
            contract.versions.retain(|version| version.terms.agreed_on <= Some(as_of));
        }
        versions
    }

    fn put_together(&mut self, id: &Id, files: &mut [(&str, ContractFile)], sources: &[Source]) -> Option<Contract> {
        let all: Option<Vec<Contract>> = files.iter_mut().map(|(_, file)| file.contract.take()).collect();
        let mut all = all?.into_iter();
        let mut contract = all.next()?;
        let said = files.iter().zip(files.iter().skip(1)).map(|((_, before), (_, later))| before.said.changes(&later.said));
        contract.versions = all.zip(said).map(|(terms, changes)| Version { terms, changes }).collect();
        for (version, mut diagnostic) in check::versions(&contract) {
            let field = diagnostic.place.field.clone().unwrap_or_default();
            let name = self.files.get(&version.agreed_on);
            let source = name.and_then(|name| sources.iter().find(|source| source.name == *name));
            if let Some(source) = source {
                diagnostic.place = contract::place(source, &field);
            }
            self.found.push(diagnostic.of(id));
        }
        Some(contract).filter(|_| !self.found.iter().any(Diagnostic::is_error))
    }
}

/// What is said of a file where another one of the contract was agreed on the same day, or is the first version too.
fn twice(id: &Id, (name, file): &(&str, ContractFile), files: &[(&str, ContractFile)]) -> Option<Diagnostic> {
    let agreed_on = file.agreed_on?;
    let (other, _) = files.iter().find(|(other, known)| other != name && known.agreed_on == Some(agreed_on))?;
    let (id_text, other) = (quote(id.as_str()), quote(other));
    let (message, help) = match agreed_on {
        None => (
            format!("the contract {id_text} stands in two files: here and in {other}"),
            "remove one of them, or give it another id; in a later version of the same contract say when it was `agreed_on`",
        ),
        Some(day) => (
            format!("the contract {id_text} was agreed on {day} in two files: here and in {other}"),
            "remove one of them, or say when it was really agreed on",
        ),
    };
    let place: Place = file.id_place.clone();
    Some(Diagnostic::new(Code::SameContractTwice, place, message).of(id).help(help))
}
