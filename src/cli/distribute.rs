//! `effekt distribute`: settles, and shares what a fund receives among its funders; complete or not at all.

use super::args::{DistributeArguments, Manner};
use super::book::Book;
use super::destination::Destination;
use super::earlier::Earlier;
use super::failure::Failure;
use super::folder::must_be_folder;
use super::progress::Progress;
use super::reading::Reading;
use super::stage::Stage;
use super::swap;
use super::terminal::Terminal;
use crate::contract::{Contract, SettlementPeriod};
use crate::documents::Posted;
use crate::documents::due::due;
use crate::explain::Lang;
use crate::formats::distributions::{self, Beside, LEDGER, Made};
use crate::formats::funding::{self, FundingFile};
use crate::formats::html;
use crate::formats::output::Refused;
use crate::formats::{Case, Source, digest};
use crate::investors::{Distribution, Funding, Receipt, Settled, distribute, receipts};
use crate::measure::day::Day;
use crate::measure::diagnostic::Diagnostic;
use crate::measure::id::Id;
use crate::measure::money::{Currency, Money};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

/// Carries it out. As with `settle`, whatever fails leaves FOLDER as it was.
///
/// # Errors
/// Wrong usage, among it a programme without a funding file, or the machine failed.
pub fn run(arguments: &DistributeArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    must_be_folder("PROGRAMME", &arguments.programme)?;
    let destination = Destination::new(&arguments.out, &arguments.programme)?;
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let mut reading = Reading::of(&arguments.programme, Some(arguments.as_of), &[])?;
    let source = source(arguments.funding.as_deref(), &mut reading)?;
    let FundingFile { funding, diagnostics } = funding::read(&source, &reading.programme);
    keep(&mut reading, funding.as_ref());
    let settled = arguments.settled.as_deref().map(|folder| Earlier::read(folder, false)).transpose()?.unwrap_or_default();
    let ledger = arguments.ledger.as_deref().map(earlier).transpose()?.transpose();
    let mut book = Book::open(arguments.as_of, &reading, &settled, &progress);
    let received = received(&mut book, funding.as_ref())?;
    let mut work = Work::new(&source, funding.as_ref(), ledger.as_ref().ok().and_then(Option::as_ref), diagnostics);
    work.refused.clone_from(&book.refused);
    work.found.extend(ledger.as_ref().err().into_iter().flatten().cloned());
    work.distribute(ledger.as_ref().ok().and_then(Option::as_ref), &received, arguments.as_of);
    book.say(work.found.clone());
    let (found, mut tally) = book.close();
    tally.distributions = Some(work.made.len());
    let mut stage = Stage::beside(&destination)?;
    work.write(arguments, language(arguments, &reading), &mut stage, &found)?;
    drop(progress);
    terminal.show(&found, &reading.sources, manner)?;
    // What was really distributed is never written over by an output that does not hold it.
    if ledger.is_ok() || !arguments.ledger.as_deref().is_some_and(|ledger| destination.is(ledger)) {
        work.holds(&destination)?;
        swap::put(stage, &destination).map_err(|error| {
            let folder = destination.folder.display();
            Failure::Machine(format!("cannot write `{folder}`: {error}; nothing in it was changed"))
        })?;
    }
    drop(terminal.count(&tally, manner));
    Ok(tally.status())
}

/// The language of the page: as asked for, else that of the first contract's documents.
fn language(arguments: &DistributeArguments, reading: &Reading) -> Lang {
    let first = reading.programme.cases.iter().find_map(|case| case.contract.as_ref());
    arguments.lang.or(first.map(html::language)).unwrap_or_default()
}

/// The funding file: the one that is named, else that of the programme folder.
fn source(named: Option<&Path>, reading: &mut Reading) -> Result<Source, Failure> {
    if let Some(path) = named {
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Failure::usage(format_args!("--funding `{}` is not there", path.display())),
            _ => Failure::machine("cannot read", path, &error),
        })?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        reading.sources.funding = Some(Source::new(name, bytes));
    }
    let none = || Failure::usage("the programme has no funding.toml; name one with --funding");
    reading.sources.funding.clone().ok_or_else(none)
}

/// Only the contracts of the funding are settled, and nothing is said of the others.
fn keep(reading: &mut Reading, funding: Option<&Funding>) {
    let ids: BTreeSet<Id> =
        funding.iter().flat_map(|funding| &funding.contracts).map(|share| share.contract.clone()).collect();
    let programme = &mut reading.programme;
    programme.cases.retain(|case| ids.contains(&case.id));
    if funding.is_some() {
        programme.diagnostics.retain(|found| found.contract.as_ref().is_none_or(|contract| ids.contains(contract)));
    }
}

/// What an earlier run distributed. The inner error is one of the input.
fn earlier(folder: &Path) -> Result<Result<Made, Vec<Diagnostic>>, Failure> {
    must_be_folder("--ledger", folder)?;
    match fs::read_to_string(folder.join(LEDGER)) {
        Ok(text) => Ok(distributions::read(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Failure::usage(format_args!("--ledger `{}` holds no {LEDGER}", folder.display())))
        }
        Err(error) => Err(Failure::machine("cannot read the ledger", folder, &error)),
    }
}

/// What is received of all settlements (investors 2).
fn received(book: &mut Book<'_>, funding: Option<&Funding>) -> Result<Vec<Receipt>, Failure> {
    let mut settled: BTreeMap<Id, Vec<Settled>> = BTreeMap::new();
    book.each(|case: &Case, contract: &Contract, period: SettlementPeriod, postings: Vec<Posted>| {
        let version = contract.in_force(period.cut_off);
        let rule = version.invoicing.as_ref().map(|invoicing| invoicing.due).unwrap_or_default();
        let on = due(period.cut_off, version.settlement.payment_days, rule);
        let total = postings.iter().fold(Money::ZERO, |sum, posted| sum + posted.amount);
        settled.entry(case.id.clone()).or_default().push(Settled { settlement: period.number, on, total });
        Ok::<(), Failure>(())
    })?;
    let shares = funding.iter().flat_map(|funding| &funding.contracts);
    Ok(shares.flat_map(|share| receipts(share, settled.get(&share.contract).map_or(&[], Vec::as_slice))).collect())
}

/// A funding while it is distributed.
struct Work<'a> {
    source: &'a Source,
    funding: Option<&'a Funding>,
    /// What the output calls it: its id, or that of the ledger, or the name of a file that cannot be read.
    id: String,
    currency: Currency,
    made: Vec<Distribution>,
    refused: Vec<Refused>,
    found: Vec<Diagnostic>,
}

impl<'a> Work<'a> {
    /// Begins with what the ledger holds.
    fn new(source: &'a Source, funding: Option<&'a Funding>, ledger: Option<&Made>, found: Vec<Diagnostic>) -> Work<'a> {
        let id = funding.map(|funding| funding.id.to_string()).or(ledger.map(|made| made.funding.clone()));
        let currency = funding.map(|funding| funding.currency).or(ledger.map(|made| made.currency));
        Work {
            source,
            funding,
            id: id.unwrap_or_else(|| source.name.clone()),
            currency: currency.unwrap_or(Currency::DKK),
            made: ledger.map(|made| made.distributions.clone()).unwrap_or_default(),
            refused: Vec::new(),
            found,
        }
    }

    /// Goes on from the ledger, unless an error keeps it from that (investors 5).
    fn distribute(&mut self, ledger: Option<&Made>, received: &[Receipt], as_of: Day) {
        // Of a contract that is refused today there is nothing to compare.
        let complete = self.refused.is_empty();
        if let (Some(made), Some(funding), true) = (ledger, self.funding, complete) {
            self.found.extend(distributions::unlike(made, funding, received));
        }
        let errors = self.found.iter().filter(|found| found.is_error());
        let codes: BTreeSet<&'static str> = errors.map(|found| found.code.id()).collect();
        match self.funding {
            Some(funding) if complete && codes.is_empty() => {
                self.made.extend(distribute(funding, received, &self.made, as_of));
            }
            _ if codes.is_empty() => {}
            _ => {
                let (contract, file) = (self.id.clone(), self.source.name.clone());
                self.refused.push(Refused { contract, file, codes: codes.into_iter().collect() });
            }
        }
    }

    /// Makes the files; the ledger first, for without it FOLDER is no output.
    fn write(
        &self,
        arguments: &DistributeArguments,
        lang: Lang,
        stage: &mut Stage,
        found: &[Diagnostic],
    ) -> Result<(), Failure> {
        let digest = digest::sha256(&self.source.bytes);
        let beside = Beside { as_of: arguments.as_of, digest: &digest, refused: &self.refused, found };
        let mut files = vec![
            (LEDGER.to_owned(), distributions::ledger(&self.id, self.currency, &self.made, beside)),
            ("distributions.csv".to_owned(), distributions::entries(&self.id, self.currency, &self.made)),
            ("positions.csv".to_owned(), distributions::position_rows(self.funding, &self.made)),
        ];
        if let Some(funding) = self.funding {
            let text = html::funding(funding, &self.made, &self.refused, arguments.as_of, lang).map_err(|error| {
                Failure::Machine(format!("a page cannot be made: {error}; this is a fault in effekt, please report it"))
            })?;
            files.push((format!("{}.html", funding.id), text));
        }
        let written: io::Result<()> = files.iter().try_for_each(|(name, text)| stage.write(name, text.as_bytes()));
        written.map_err(|error| Failure::machine("cannot write into", stage.dir.path(), &error))
    }

    /// That the distributions in FOLDER, if there are any, are among those that were made now.
    fn holds(&self, destination: &Destination) -> Result<(), Failure> {
        let Ok(text) = fs::read_to_string(destination.folder.join(LEDGER)) else { return Ok(()) };
        match distributions::read(&text) {
            Ok(old) if !self.made.starts_with(&old.distributions) => Err(Failure::usage(
                "--out holds distributions that this run would change or leave out: go on from it with --ledger",
            )),
            _ => Ok(()),
        }
    }
}
