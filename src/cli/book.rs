//! The contracts of a programme as the commands that settle go through them.

use super::earlier::Earlier;
use super::follow::Follow;
use super::progress::Progress;
use super::reading::Reading;
use super::tally::Tally;
use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::documents::{Key, Posted};
use crate::findings::{Question, findings};
use crate::formats::output::{Digests, Output, Refused};
use crate::formats::{Case, digest};
use crate::ledger::Ledger;
use crate::ledger::settle::{resume, settle};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic};
use crate::measure::parallel;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Result, Write};

/// What there is to say of the contracts gone through so far.
#[derive(Debug)]
pub struct Book<'a> {
    as_of: Day,
    reading: &'a Reading,
    earlier: &'a Earlier,
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
    pub fn open(as_of: Day, reading: &'a Reading, earlier: &'a Earlier, progress: &'a Progress) -> Book<'a> {
        let found = reading.programme.diagnostics.iter().chain(&earlier.found).cloned().collect();
        Book { as_of, reading, earlier, progress, found, refused: Vec::new(), tally: Tally::default(), settlements: 0 }
    }

    /// Writes the settlements of every contract, by id: those of the ledger as they were made, also of a contract that is
    /// refused or not read today, then the new ones (rule 10.4). `follow` goes along.
    ///
    /// # Errors
    /// What the writers report.
    pub fn write<W: Write + Send>(&mut self, output: &mut Output<W>, follow: &mut impl Follow) -> Result<()> {
        let (cases, earlier) = (&self.reading.programme.cases, &self.earlier.files.contracts);
        let ids: BTreeSet<&str> =
            cases.iter().map(|case| case.id.as_str()).chain(earlier.keys().map(String::as_str)).collect();
        for (nth, id) in ids.iter().enumerate() {
            self.progress.contract(nth + 1, ids.len());
            let case = cases.binary_search_by(|case| case.id.as_str().cmp(id)).ok().and_then(|nth| cases.get(nth));
            let made = earlier.get(*id);
            let terms = case.and_then(|case| Some((self.terms(case, follow)?, case)));
            if terms.is_none() && made.is_none() {
                continue;
            }
            output.begin_contract(id)?;
            follow.begin(id, terms.map(|(contract, _)| contract))?;
            if let Some(made) = made {
                output.earlier(id, &made.ledger, &made.grounds)?;
                self.tally.postings += made.ledger.postings.len();
            }
            let nothing = Ledger::default();
            let ledger = made.map_or(&nothing, |made| &made.ledger);
            if let Some((contract, case)) = terms {
                self.made_before(case, contract, ledger, follow)?;
                self.settle(case, contract, ledger, output, follow)?;
            }
            follow.end(terms)?;
            output.end_contract()?;
        }
        self.say(Vec::new());
        Ok(())
    }

    /// Calls `each` with every settlement of every contract that is not refused, by id: those of the ledger as they were made,
    /// then the new ones.
    ///
    /// # Errors
    /// What `each` reports.
    pub fn each<E>(
        &mut self,
        mut each: impl FnMut(&'a Case, &'a Contract, SettlementPeriod, Vec<Posted>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let (cases, earlier) = (&self.reading.programme.cases, &self.earlier.files.contracts);
        for (nth, case) in cases.iter().enumerate() {
            self.progress.contract(nth + 1, cases.len());
            let Some(contract) = self.terms(case, &()) else { continue };
            let empty = Ledger::default();
            let made = earlier.get(case.id.as_str()).map_or(&empty, |made| &made.ledger);
            self.found.extend(findings(contract, &case.facts, Question::Settle { as_of: self.as_of }));
            let (settlements, differences) = resume(contract, &case.facts, self.as_of, made);
            self.found.extend(differences);
            for period in &made.settlements {
                let postings: Vec<Posted> = made.of(period.number).map(|posting| Posted::of_ledger(made, posting)).collect();
                self.count(&postings);
                each(case, contract, *period, postings)?;
            }
            for settlement in settlements {
                let postings: Vec<Posted> = settlement.postings().map(|posting| Posted::new(&posting)).collect();
                self.count(&postings);
                each(case, contract, settlement.period, postings)?;
            }
            self.tally.settled += 1;
        }
        self.say(Vec::new());
        Ok(())
    }

    fn count(&mut self, postings: &[Posted]) {
        self.settlements += 1;
        self.tally.postings += postings.len();
        self.progress.done(self.settlements, self.tally.postings);
    }

    /// The contract, unless an error in it, in its rows or in its ledger refuses it.
    fn terms(&mut self, case: &'a Case, follow: &impl Follow) -> Option<&'a Contract> {
        let contract = case.contract.as_ref().filter(|_| !case.refused && !self.earlier.is_unreadable());
        let made = self.earlier.files.contracts.get(case.id.as_str());
        let mut unlike = contract.zip(made).map(|(contract, made)| made.ledger.check(contract)).unwrap_or_default();
        let refused = contract.iter().flat_map(|contract| follow.refuse(contract, made.map(|made| &made.ledger)));
        unlike.extend(refused.map(|(version, mut found)| {
            case.file_of(version).clone_into(&mut found.place.file);
            found
        }));
        let contract = contract.filter(|_| !unlike.iter().any(Diagnostic::is_error));
        self.found.extend(unlike);
        if contract.is_none() {
            let codes = errors_of(case, &self.found);
            self.refused.push(Refused { contract: case.id.to_string(), file: case.file.clone(), codes });
        }
        contract
    }

    /// Settles a contract: what its ledger does not hold.
    fn settle<W: Write + Send>(
        &mut self,
        case: &Case,
        contract: &Contract,
        made: &Ledger,
        output: &mut Output<W>,
        follow: &mut impl Follow,
    ) -> Result<()> {
        let periods: Vec<SettlementPeriod> = Calendar::new(contract).until(self.as_of).collect();
        let (rows, (found, (mut settlements, differences))) = parallel::both(
            || digest::of_rows(&case.facts, &periods),
            || {
                let found = findings(contract, &case.facts, Question::Settle { as_of: self.as_of });
                (found, resume(contract, &case.facts, self.as_of, made))
            },
        );
        self.found.extend(found);
        self.found.extend(differences);
        let (mut version, mut source) = (contract, self.digest(case, contract));
        for rows in rows.iter().skip(made.settlements.len()) {
            let Some(settlement) = settlements.next() else { break };
            let followed = contract.in_force(settlement.period.cut_off);
            if !std::ptr::eq(followed, version) {
                (version, source) = (followed, self.digest(case, followed));
            }
            output.settlement(contract, &settlement, Digests { contract: &source, rows })?;
            if follow.wants(settlement.period.number) {
                follow.settlement(version, settlement.period, Posted::of_settlement(version, &settlement))?;
            }
            self.settlements += 1;
            self.tally.postings += settlement.posting_count();
            self.progress.done(self.settlements, self.tally.postings);
            settlements.take_back(settlement);
        }
        self.tally.settled += 1;
        Ok(())
    }

    /// The settlements of a ledger, for those of them that are wanted. Their companies do not stand in a ledger: they are those
    /// of a replay.
    fn made_before(&self, case: &Case, contract: &Contract, ledger: &Ledger, follow: &mut impl Follow) -> Result<()> {
        // One that posted nothing has no documents, and never will.
        let posted = |period: &&SettlementPeriod| ledger.of(period.number).next().is_some();
        let wanted = ledger.settlements.iter().filter(|period| follow.wants(period.number)).filter(posted);
        let wanted: Vec<SettlementPeriod> = wanted.copied().collect();
        let Some(last) = wanted.last() else { return Ok(()) };
        let mut companies: BTreeMap<(u32, Key), String> = BTreeMap::new();
        for replayed in settle(contract, &case.facts, last.cut_off) {
            let posted = replayed.postings().map(|posting| Posted::new(&posting));
            let number = replayed.period.number;
            companies.extend(posted.filter_map(|posted| Some(((number, posted.key), posted.company?))));
        }
        for period in wanted {
            let mut postings: Vec<Posted> = ledger.of(period.number).map(|made| Posted::of_ledger(ledger, made)).collect();
            postings.iter_mut().for_each(|posted| posted.company = companies.remove(&(period.number, posted.key.clone())));
            follow.settlement(contract.in_force(period.cut_off), period, postings)?;
        }
        Ok(())
    }

    /// The digest of the file of a version.
    fn digest(&self, case: &Case, version: &Contract) -> String {
        let source = self.reading.sources.find(case.file_of(version));
        source.map(|source| digest::sha256(&source.bytes)).unwrap_or_default()
    }

    /// Adds to what was found.
    pub fn say(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found);
        self.reading.number_columns(&mut self.found);
        self.found.sort_by(|a, b| a.rank().cmp(&b.rank()));
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
