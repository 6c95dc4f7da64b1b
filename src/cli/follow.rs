//! What else a run makes of the settlements while they are written.

use crate::contract::{Contract, SettlementPeriod};
use crate::documents::Posted;
use crate::formats::Case;
use crate::ledger::Ledger;
use crate::measure::diagnostic::Diagnostic;
use std::io::Result;

/// Goes along with [`Book`](super::book::Book): contract by contract in the order of ids, settlement by settlement.
pub trait Follow {
    /// What keeps a contract from being settled in this run, each with the version that it is said of.
    fn refuse<'c>(&self, contract: &'c Contract, made: Option<&Ledger>) -> Vec<(&'c Contract, Diagnostic)>;

    /// A contract begins; without terms it is refused or not read today.
    ///
    /// # Errors
    /// What the writers report.
    fn begin(&mut self, id: &str, terms: Option<&Contract>) -> Result<()>;

    /// Whether it wants the postings of that settlement, which a ledger holds.
    fn wants(&self, settlement: u32) -> bool;

    /// A settlement, with the version of the contract that it follows.
    ///
    /// # Errors
    /// What the writers report.
    fn settlement(&mut self, contract: &Contract, period: SettlementPeriod, postings: Vec<Posted>) -> Result<()>;

    /// A contract ends.
    ///
    /// # Errors
    /// What the writers report.
    fn end(&mut self, terms: Option<(&Contract, &Case)>) -> Result<()>;
}

/// Nothing else: what `settle` does.
impl Follow for () {
    fn refuse<'c>(&self, _: &'c Contract, _: Option<&Ledger>) -> Vec<(&'c Contract, Diagnostic)> {
        Vec::new()
    }

    fn begin(&mut self, _: &str, _: Option<&Contract>) -> Result<()> {
        Ok(())
    }

    fn wants(&self, _: u32) -> bool {
        false
    }

    fn settlement(&mut self, _: &Contract, _: SettlementPeriod, _: Vec<Posted>) -> Result<()> {
        Ok(())
    }

    fn end(&mut self, _: Option<(&Contract, &Case)>) -> Result<()> {
        Ok(())
    }
}
