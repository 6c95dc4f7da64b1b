//! `effekt statement`: writes a page for people about each settlement, all of them or none.

use super::args::{Manner, StatementArguments};
use super::book::Book;
use super::destination::Destination;
use super::earlier::Earlier;
use super::failure::Failure;
use super::folder::must_be_folder;
use super::progress::Progress;
use super::reading::Reading;
use super::simulated::{self, INDEX};
use super::stage::Stage;
use super::swap;
use super::tally::Tally;
use super::terminal::Terminal;
use crate::contract::{Contract, SettlementPeriod};
use crate::documents::Posted;
use crate::explain::Lang;
use crate::formats::Case;
use crate::formats::html::{self, Listed};
use crate::formats::{business_case, targets};
use crate::measure::id::Id;
use crate::statement::{Statement, Statements};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What was saved against what was paid, where a contract says how savings are reckoned.
const BUSINESS_CASE: &str = "business-case.csv";

/// Targets against results, where a contract has goals (goals 4).
const TARGETS: &str = "targets.csv";

/// Carries it out. As with `settle`, whatever fails leaves FOLDER as it was.
///
/// # Errors
/// Wrong usage, among it a settlement that no contract has on the as-of day, or the machine failed.
pub fn run(arguments: &StatementArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let simulate = arguments.simulate;
    must_be_folder("PROGRAMME", &arguments.programme)?;
    let destination = Destination::new(&arguments.out, &arguments.programme)?;
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let reading = Reading::of(&arguments.programme, Some(arguments.as_of), &arguments.contracts)?;
    let earlier = Earlier::read("--ledger", arguments.ledger.as_deref(), simulate)?;
    simulated::keep_apart(&destination, None, simulate)?;
    let failed = |error: io::Error| destination.failed(&error);
    let mut stage = Stage::beside(&destination)?;
    // The first file made: without it there are no pages.
    let mut list = stage.file(INDEX)?;
    let mut book = Book::open(arguments.as_of, &reading, &earlier, &progress);
    let mut pages = Pages {
        arguments,
        stage: &mut stage,
        listed: Vec::new(),
        langs: Vec::new(),
        cases: BTreeMap::new(),
        targets: Vec::new(),
        current: None,
    };
    book.each(|case, contract, period, postings| pages.take(case, contract, period, postings))?;
    let (listed, lang) = (std::mem::take(&mut pages.listed), pages.lang());
    pages.write_cases()?;
    pages.write_targets()?;
    let (refused, (found, tally)) = (book.refused.clone(), book.close());
    if let Some(number) = arguments.settlement.filter(|_| listed.is_empty() && tally.settled > 0) {
        return Err(Failure::usage(format_args!(
            "no contract has a settlement {number} with its cut-off on or before the as-of day"
        )));
    }
    let text = html::index(&listed, &refused, arguments.as_of, lang, simulate).map_err(|error| Failure::page(&error))?;
    list.write_all(text.as_bytes()).and_then(|()| list.sync()).map_err(failed)?;
    simulated::mark(&mut stage, simulate).map_err(failed)?;
    drop(progress);
    terminal.show(&found, &reading.sources, manner)?;
    swap::put(stage, &destination).map_err(failed)?;
    let tally = Tally { simulated: simulate, ..tally };
    drop(terminal.count(&tally, manner));
    Ok(tally.status())
}

/// The pages while they are made.
struct Pages<'p, 'a> {
    arguments: &'p StatementArguments,
    stage: &'p mut Stage,
    listed: Vec<Listed>,
    langs: Vec<Lang>,
    /// For each contract the rows of its last business case.
    cases: BTreeMap<Id, Vec<[String; 8]>>,
    /// The targets and results of the settlements that have a page.
    targets: Vec<[String; 9]>,
    /// The contract that is gone through.
    current: Option<(&'a Case, Statements<'a>)>,
}

impl<'a> Pages<'_, 'a> {
    /// Takes in a settlement and writes its page, if it is asked for.
    fn take(
        &mut self,
        case: &'a Case,
        contract: &'a Contract,
        period: SettlementPeriod,
        postings: Vec<Posted>,
    ) -> Result<(), Failure> {
        let asked = self.arguments.settlement;
        if asked.is_some_and(|asked| period.number > asked) {
            return Ok(());
        }
        let (_, statements) = match self.current.take_if(|(known, _)| known.id == case.id) {
            Some(current) => self.current.insert(current),
            None => self.current.insert((case, Statements::new(contract, &case.facts, self.arguments.as_of))),
        };
        let tell = asked.is_none_or(|asked| asked == period.number);
        let statement = statements.take(period, postings, tell).map_err(Failure::fault)?;
        statement.map_or(Ok(()), |statement| self.write(&statement))
    }

    fn write(&mut self, statement: &Statement<'_>) -> Result<(), Failure> {
        let lang = self.arguments.lang.unwrap_or_else(|| html::language(statement.contract));
        let name = format!("{}-{:02}.html", statement.contract.id, statement.period.number);
        let text = html::page(statement, lang, self.arguments.simulate).map_err(|error| Failure::page(&error))?;
        self.put(&name, text.as_bytes())?;
        let (contract, period) = (&statement.contract.id, statement.period);
        self.targets.extend(targets::rows(contract, period, &statement.targets));
        if let Some(case) = &statement.business_case {
            self.cases.insert(statement.contract.id.clone(), business_case::rows(statement.contract, case));
        }
        self.listed.push(Listed::new(statement, &name, lang));
        self.langs.push(lang);
        Ok(())
    }

    /// Writes the business cases, if there are any.
    fn write_cases(&mut self) -> Result<(), Failure> {
        let rows: Vec<[String; 8]> = std::mem::take(&mut self.cases).into_values().flatten().collect();
        if rows.is_empty() { Ok(()) } else { self.put(BUSINESS_CASE, business_case::file(&rows).as_bytes()) }
    }

    /// Writes targets against results, if any contract has goals.
    fn write_targets(&mut self) -> Result<(), Failure> {
        let rows = std::mem::take(&mut self.targets);
        if rows.is_empty() {
            return Ok(());
        }
        let file = targets::file(&rows);
        let file = file.map_err(|error| Failure::machine("cannot write", &self.stage.dir.path().join(TARGETS), &error))?;
        self.put(TARGETS, &file)
    }

    fn put(&mut self, name: &str, text: &[u8]) -> Result<(), Failure> {
        let mut file = self.stage.file(name)?;
        let written = file.write_all(text).and_then(|()| file.sync());
        written.map_err(|error| Failure::machine("cannot write", &self.stage.dir.path().join(name), &error))
    }

    /// The language of the list: that of all pages, else English.
    fn lang(&self) -> Lang {
        let mut langs = self.langs.iter().copied();
        let first = self.arguments.lang.or(langs.next()).unwrap_or_default();
        if langs.all(|lang| lang == first) { first } else { Lang::En }
    }
}
