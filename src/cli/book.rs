//! The contracts of a programme as `settle` goes through them.

use super::earlier::Earlier;
use super::progress::Progress;
use super::reading::Reading;
use super::tally::Tally;
use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::findings::{Question, findings};
use crate::formats::output::{Digests, Output, Refused};
use crate::formats::{Case, digest};
use crate::ledger::settle::resume;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic};
use std::collections::BTreeSet;
use std::io::{Result, Write};

/// What there is to say of the contracts gone through so far.
#[derive(Debug)]
pub struct Book<'a> {
    as_of: Day,
    reading: &'a Reading,
    progress: &'a Progress,
    /// What was found.
    pub found: Vec<Diagnostic>,
    /// The contracts that were not settled.
    pub refused: Vec<Refused>,
    tally: Tally,
    settlements: usize,
}

impl<'a> Book<'a> {
    /// Begins with what reading has found.
    #[must_use]
    pub fn open(as_of: Day, reading: &'a Reading, progress: &'a Progress) -> Book<'a> {
        let found = reading.programme.diagnostics.clone();
        Book { as_of, reading, progress, found, refused: Vec::new(), tally: Tally::default(), settlements: 0 }
    }

    /// Writes the settlements of every contract, by id: those of the ledger as they were made, also of a contract that is
    /// refused or not read today, then the new ones (rule 10.4).
    ///
    /// # Errors
    /// What the writers report.
    pub fn write<W: Write>(&mut self, ledger: &Earlier, output: &mut Output<W>) -> Result<()> {
        let cases = &self.reading.programme.cases;
        let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).chain(ledger.ids()).collect();
        for (nth, id) in ids.iter().enumerate() {
            self.progress.contract(nth + 1, ids.len());
            let case = cases.iter().find(|case| case.id == **id);
            let terms = case.and_then(|case| self.terms(case, ledger).map(|contract| (case, contract)));
            if terms.is_none() && ledger.of(id).is_none() {
                continue;
            }
            output.begin_contract(id)?;
            if let Some(made) = ledger.of(id) {
                output.earlier(id, &made.ledger, &made.grounds)?;
                self.tally.postings += made.ledger.postings.len();
            }
            if let Some((case, contract)) = terms {
                self.settle(case, contract, ledger, output)?;
            }
            output.end_contract()?;
        }
        self.found.sort_by(|a, b| a.rank().cmp(&b.rank()));
        Ok(())
    }

    /// The contract, unless an error in it, in its rows or in its ledger refuses it.
    fn terms(&mut self, case: &'a Case, ledger: &Earlier) -> Option<&'a Contract> {
        let contract = case.contract.as_ref().filter(|_| !case.refused);
        let unlike = contract.zip(ledger.of(case.id.as_str())).map(|(contract, made)| made.ledger.check(contract));
        let unlike = unlike.unwrap_or_default();
        let fits = unlike.iter().all(|found| !found.is_error());
        self.found.extend(unlike);
        let contract = contract.filter(|_| fits);
        if contract.is_none() {
            let codes = errors_of(case, &self.found);
            self.refused.push(Refused { contract: case.id.to_string(), file: case.file.clone(), codes });
        }
        contract
    }

    /// Settles a contract: what its ledger does not hold.
    fn settle<W: Write>(&mut self, case: &Case, contract: &Contract, ledger: &Earlier, output: &mut Output<W>) -> Result<()> {
        self.found.extend(findings(contract, &case.facts, Question::Settle { as_of: self.as_of }));
        let periods: Vec<SettlementPeriod> = Calendar::new(contract).until(self.as_of).collect();
        let rows = digest::of_rows(&case.facts, &periods);
        let source = self.reading.sources.find(&case.file).map(|source| digest::sha256(&source.bytes)).unwrap_or_default();
        let nothing = Default::default();
        let made = ledger.of(case.id.as_str()).map_or(&nothing, |made| &made.ledger);
        let (settlements, differences) = resume(contract, &case.facts, self.as_of, made);
        self.found.extend(differences);
        for settlement in settlements {
            let rows = rows.get(settlement.period.number as usize - 1).map_or("", String::as_str);
            output.settlement(contract, &settlement, Digests { contract: &source, rows })?;
            self.settlements += 1;
            self.tally.postings += settlement.postings().count();
            self.progress.done(self.settlements, self.tally.postings);
        }
        self.tally.settled += 1;
        Ok(())
    }

    /// What was found, and what there is to count.
    #[must_use]
    pub fn close(mut self) -> (Vec<Diagnostic>, Tally) {
        self.tally.refused = self.refused.len();
        self.tally.add(&self.found);
        (self.found, self.tally)
    }
}

/// The codes of a contract's errors; if it has none of its own, of those that refuse all contracts (rule 12.1).
fn errors_of(case: &Case, found: &[Diagnostic]) -> Vec<&'static str> {
    let errors = || found.iter().filter(|found| found.is_error());
    let own = errors().filter(|found| found.contract.as_ref() == Some(&case.id) || found.place.file == case.file);
    let shared = errors().filter(|found| found.contract.is_none() && found.code != Code::UnknownContract);
    let codes = |errors: &mut dyn Iterator<Item = &Diagnostic>| errors.map(|found| found.code.id()).collect::<BTreeSet<_>>();
    let own = codes(&mut own.into_iter());
    if own.is_empty() { codes(&mut shared.into_iter()).into_iter().collect() } else { own.into_iter().collect() }
}
