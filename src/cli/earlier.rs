//! The ledger that `--ledger` names (rule 10.4).

use super::failure::Failure;
use super::folder::must_be_folder;
use crate::ledger::Ledger;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::Path;

/// The settlements of earlier runs, by contract.
#[derive(Debug, Default)]
pub struct Earlier(BTreeMap<String, Made>);

/// Those of one contract, with what `settlements.json` holds of each.
#[derive(Debug, Default)]
pub struct Made {
    pub ledger: Ledger,
    pub grounds: Vec<Box<RawValue>>,
}

impl Earlier {
    pub fn read(folder: Option<&Path>) -> Result<Earlier, Failure> {
        if let Some(folder) = folder { must_be_folder("--ledger", folder)?; }
        Ok(Earlier::default())
    }
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
    pub fn of(&self, id: &str) -> Option<&Made> {
        self.0.get(id)
    }
}
