//! `effekt check`: reads everything and reports what is found.

use super::args::{CheckArguments, Manner};
use super::failure::Failure;
use super::progress::Progress;
use super::reading::Reading;
use super::tally::Tally;
use super::terminal::Terminal;
use crate::facts::{Company, Fact, Job, Participant, Placement, Report, Spell};
use crate::findings::{Question, findings};
use crate::formats::{Case, funding};
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use crate::measure::id::Id;
use std::collections::BTreeSet;

/// Carries it out. Nothing is settled, so the last line counts no contract as settled and no posting.
///
/// # Errors
/// Wrong usage, or the machine failed.
pub fn run(arguments: &CheckArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let progress = Progress::begin(terminal.watched && !manner.quiet);
    let reading = Reading::of(&arguments.programme, arguments.as_of, &arguments.contracts)?;
    let programme = &reading.programme;
    let mut found = programme.diagnostics.clone();
    if let Some(source) = &reading.sources.funding {
        found.extend(funding::read(source, programme).diagnostics);
    }
    let mut tally = Tally { checked: Some(programme.cases.len()), ..Tally::default() };
    for (nth, case) in programme.cases.iter().enumerate() {
        progress.contract(nth + 1, programme.cases.len());
        let of_facts = of_facts(case);
        tally.refused += usize::from(case.refused || of_facts.iter().any(Diagnostic::is_error));
        found.extend(of_facts);
    }
    reading.number_columns(&mut found);
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    tally.add(&found);
    drop(progress);
    terminal.show(&found, &reading.sources, manner)?;
    terminal.count(&tally, manner)?;
    Ok(tally.status())
}

/// What the facts of a contract show. Whether a row waits is not said where the row that it names, or one that this names in
/// turn, may be one that could not be read (rule 3.6).
fn of_facts(case: &Case) -> Vec<Diagnostic> {
    let Some(contract) = &case.contract else { return Vec::new() };
    let mut found = findings(contract, &case.facts, Question::Check);
    let waits = |found: &Diagnostic| matches!(found.code, Code::NameNeverRecorded | Code::WaitsToTheLast | Code::Waits);
    if found.iter().any(waits) {
        let open = open(case);
        let is_open = |place: &Place| place.line.is_some_and(|line| open.contains(&(place.file.as_str(), line)));
        found.retain(|found| !(waits(found) && is_open(&found.place)));
    }
    found
}

/// The rows that may name what stands in a row that could not be read, themselves or through their placement.
fn open(case: &Case) -> BTreeSet<(&'static str, u32)> {
    let holds = |file: &str, id: &Id| case.unread.may_hold(file, id.as_str());
    let named = |terms: &Placement| holds(Participant::FILE, &terms.participant) || holds(Company::FILE, &terms.company);
    let placements = case.facts.placements.rows().iter().filter(|row| row.fact.as_ref().is_some_and(named));
    let through: BTreeSet<&Id> = placements.clone().map(|row| &row.id).collect();
    let open = |job: &Job| match job {
        Job::Placement(placement) => through.contains(placement) || holds(Placement::FILE, placement),
        Job::Outside { participant, .. } => holds(Participant::FILE, participant),
    };
    let spells = case.facts.spells.rows().iter().filter(|row| row.fact.as_ref().is_some_and(|spell| open(&spell.job)));
    let reports = case.facts.reports.rows().iter().filter(|row| row.fact.as_ref().is_some_and(|one| open(&one.job)));
    let jobs = spells.map(|row| (Spell::FILE, row.line)).chain(reports.map(|row| (Report::FILE, row.line)));
    placements.map(|row| (Placement::FILE, row.line)).chain(jobs).collect()
}
