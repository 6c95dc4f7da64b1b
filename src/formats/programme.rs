//! A programme folder: its contracts, and the facts of each (formats, rule 12.1).

use super::contract::{self, ContractFile, Own};
use super::rows::FromRow;
use super::sheet::{self, Contracts, Sheet, Unseen};
use super::source::{Source, small};
use super::versions::Versions;
use crate::contract::Contract;
use crate::documents::Payment;
use crate::facts::{
    Benefit, Company, Facts, History, Indicator, Measurement, Offer, Participant, Placement, Report, Shown, Spell,
    Suspension, Validation,
};
use crate::measure::cpr;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use crate::measure::parallel::both;
use std::collections::BTreeMap;

/// The files of a programme folder; `None` = the file is not there.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The contracts, in any order.
    pub contracts: Vec<Source>,
    /// `participants.csv`.
    pub participants: Option<Source>,
    /// `companies.csv`.
    pub companies: Option<Source>,
    /// `placements.csv`.
    pub placements: Option<Source>,
    /// `spells.csv`.
    pub spells: Option<Source>,
    /// `hours.csv`, which a programme may do without.
    pub hours: Option<Source>,
    /// `measurements.csv`, which a programme may do without.
    pub measurements: Option<Source>,
    /// `suspensions.csv`, which a programme may do without.
    pub suspensions: Option<Source>,
    /// `validation.csv`, which a programme may do without.
    pub validation: Option<Source>,
    /// `benefits.csv`, which a programme may do without.
    pub benefits: Option<Source>,
    /// `places.csv`, which a programme may do without.
    pub places: Option<Source>,
    /// `goals.csv`, which a programme may do without.
    pub goals: Option<Source>,
    /// `indicators.csv`, which a programme may do without; no settlement rests on it (goals 5).
    pub indicators: Option<Source>,
    /// `payments.csv`, which a programme may do without.
    pub payments: Option<Source>,
    /// `funding.toml`, which a programme may do without; no settlement rests on it (investors 1).
    pub funding: Option<Source>,
}

/// What a programme folder says.
#[derive(Clone, Debug, Default)]
pub struct Programme {
    /// The contracts, by id.
    pub cases: Vec<Case>,
    /// What is wrong or odd, by file, line and column.
    pub diagnostics: Vec<Diagnostic>,
    /// The contracts that were asked for and are not there.
    pub unknown: Vec<String>,
}

/// A contract and its facts.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id; the file's name where that is all that could be read.
    pub id: Id,
    /// The file that it stands in; of several versions that of the first.
    pub file: String,
    /// The files of its versions, by the day on which they were agreed (mechanisms 9.2).
    pub files: BTreeMap<Option<Day>, String>,
    /// The contract with its versions, if none of its files has an error.
    pub contract: Option<Contract>,
    /// The rows that could be read.
    pub facts: Facts,
    /// What was paid, by the rows that could be read; no settlement rests on it.
    pub payments: History<Payment>,
    /// Whether it may not be settled: it has an error, or a file as a whole does (rule 12.1).
    pub refused: bool,
    /// The rows that could not be read.
    pub unread: Unread,
    /// How many rows were left out because they were recorded after the as-of day (rule 3.9).
    pub later_rows: usize,
}

/// Rows that are there, but could not be read: of them nothing can be said, so that a name which they carry is not reported
/// as one that nobody recorded.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    files: BTreeMap<&'static str, Unseen>,
}

impl Unread {
    /// Whether a row of `file` that could not be read may be one of `id`.
    #[must_use]
    pub fn may_hold(&self, file: &str, id: &str) -> bool {
        self.files.get(file).is_some_and(|unseen| unseen.any || unseen.ids.contains(id))
    }
}

impl Case {
    /// The file of a version of the contract.
    #[must_use]
    pub fn file_of(&self, version: &Contract) -> &str {
        self.files.get(&version.agreed_on).unwrap_or(&self.file)
    }
}

impl Sources {
    /// The files of rows that are there.
    pub fn sheets(&self) -> impl Iterator<Item = &Source> {
        let Sources { contracts: _, participants, companies, placements, spells, hours, .. } = self;
        let Sources { measurements, suspensions, validation, benefits, places, goals, indicators, payments, .. } = self;
        let people = [participants, companies, placements, spells, hours];
        let others = [measurements, suspensions, validation, benefits, places, goals, indicators, payments];
        people.into_iter().chain(others).flatten()
    }

    /// The file of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Source> {
        self.sheets().chain(&self.contracts).chain(&self.funding).find(|source| source.name == name)
    }
}

/// Reads a programme: all contracts, or those named in `only`, and their rows; with an as-of day those recorded on or
/// before it (rule 3.9).
#[must_use]
pub fn read(sources: &Sources, as_of: Option<Day>, only: &[String]) -> Programme {
    let mut programme = Programme::default();
    let mut files: Vec<(&str, ContractFile)> =
        sources.contracts.iter().map(|source| (source.name.as_str(), contract::read(source))).collect();
    files.sort_by(|a, b| a.0.cmp(b.0));
    if files.is_empty() {
        let help = "put the contracts there, each as a `.toml` or `.json` file";
        let place = Place::file("contracts");
        programme
            .diagnostics
            .push(Diagnostic::new(Code::NoContract, place, "the folder `contracts` holds no contract").help(help));
    }
    let complete = !files.is_empty() && files.iter().all(|(_, file)| file.id.is_some());
    let has = |name: &str| files.iter().any(|(_, file)| file.id.as_ref().is_some_and(|id| id.as_str() == name));
    programme.unknown = only.iter().filter(|name| !has(name)).cloned().collect();
    // A file without an id may be the very contract that is asked for and not found.
    let found_all = programme.unknown.is_empty();
    files.retain(|(_, file)| match &file.id {
        _ if only.is_empty() => true,
        Some(id) => only.iter().any(|name| id.as_str() == name),
        None => !found_all,
    });
    let mut slots = Vec::new();
    let mut contracts: BTreeMap<Id, Vec<(&str, ContractFile)>> = BTreeMap::new();
    for (name, file) in files {
        let id = file.id.clone().unwrap_or_else(|| Id::name(&cpr::redact(name)));
        contracts.entry(id).or_default().push((name, file));
    }
    for (id, files) in contracts {
        add(&mut programme, &mut slots, id, files, sources, as_of);
    }
    shared_numbers(&mut programme, &slots);
    facts(&mut programme, &slots, sources, as_of, (complete, !only.is_empty()));
    programme.diagnostics.extend(two_contracts(&programme.cases));
    programme.diagnostics.sort_by(|a, b| a.rank().cmp(&b.rank()));
    programme
}

/// What is wrong or odd about the rows of a contract once they are read under other terms; `kinds` are those of the terms.
pub(super) fn read_under(sources: &Sources, as_of: Day, terms: Contract, kinds: Option<Vec<Id>>) -> Vec<Diagnostic> {
    let case = Case::new(terms.id.clone(), String::new(), BTreeMap::new(), Some(terms));
    let mut programme = Programme { cases: vec![case], ..Programme::default() };
    facts(&mut programme, &[Slot { kinds, own: Vec::new() }], sources, Some(as_of), (true, true));
    programme.diagnostics
}

impl Case {
    /// A contract without rows; without terms it is refused.
    fn new(id: Id, file: String, files: BTreeMap<Option<Day>, String>, contract: Option<Contract>) -> Case {
        Case {
            id,
            file,
            files,
            refused: contract.is_none(),
            contract,
            facts: Facts::default(),
            payments: History::default(),
            unread: Unread::default(),
            later_rows: 0,
        }
    }
}

/// What a case's file says beside the contract.
struct Slot {
    /// The kinds of spell that its versions list, if they are known.
    kinds: Option<Vec<Id>>,
    /// What no other contract may have.
    own: Vec<Own>,
}

/// Adds a contract's case, from all its files.
fn add(
    programme: &mut Programme,
    slots: &mut Vec<Slot>,
    id: Id,
    mut files: Vec<(&str, ContractFile)>,
    sources: &Sources,
    as_of: Option<Day>,
) {
    let versions = Versions::of(&id, &mut files, &sources.contracts, as_of);
    programme.diagnostics.extend(files.iter().flat_map(|(_, file)| file.diagnostics.iter().cloned()));
    programme.diagnostics.extend(versions.found);
    let case = Case::new(id, versions.file, versions.files, versions.contract);
    programme.cases.push(case);
    let kinds: Option<Vec<Vec<Id>>> = files.iter().map(|(_, file)| file.kinds.clone()).collect();
    let own = files.into_iter().flat_map(|(_, file)| file.own).collect();
    slots.push(Slot { kinds: kinds.map(|kinds| kinds.concat()), own });
}

/// Two contracts whose documents or payment ids would bear the same numbers: an error of both (rule 11).
fn shared_numbers(programme: &mut Programme, slots: &[Slot]) {
    let mut holders: BTreeMap<&str, Vec<(usize, &Own)>> = BTreeMap::new();
    for (nth, own) in slots.iter().enumerate().flat_map(|(nth, slot)| slot.own.iter().map(move |own| (nth, own))) {
        holders.entry(&own.mark).or_default().push((nth, own));
    }
    for holders in holders.values() {
        for (nth, own) in holders {
            // The versions of one contract have them in common.
            let Some(other) = holders.iter().map(|(other, _)| *other).find(|other| other != nth) else { continue };
            let other = programme.cases.get(other).map(|case| case.id.clone()).unwrap_or_default();
            let Some(case) = programme.cases.get_mut(*nth) else { continue };
            let (message, help) = own.shared(&other);
            programme
                .diagnostics
                .push(Diagnostic::new(Code::SharedNumbers, own.place.clone(), message).of(&case.id).help(help));
            (case.refused, case.contract) = (true, None);
        }
    }
}

/// Reads the fact files, at the same time if there are threads for it.
fn facts(programme: &mut Programme, slots: &[Slot], sources: &Sources, as_of: Option<Day>, (complete, some): (bool, bool)) {
    let ids: Vec<Id> = programme.cases.iter().map(|case| case.id.clone()).collect();
    let contracts = Contracts {
        ids: ids.iter().collect(),
        terms: programme.cases.iter().map(|case| case.contract.as_ref()).collect(),
        kinds: slots.iter().map(|slot| slot.kinds.as_deref()).collect(),
        by_id: ids.iter().enumerate().map(|(nth, id)| (id.as_str(), nth)).collect(),
        some,
        complete,
    };
    let ((participants, companies), (placements, spells)) = both(
        || {
            both(
                || sheet::read::<Participant>(sources.participants.as_ref(), &contracts, as_of),
                || sheet::read::<Company>(sources.companies.as_ref(), &contracts, as_of),
            )
        },
        || {
            both(
                || sheet::read::<Placement>(sources.placements.as_ref(), &contracts, as_of),
                || sheet::read::<Spell>(sources.spells.as_ref(), &contracts, as_of),
            )
        },
    );
    let reports = sheet::read::<Report>(sources.hours.as_ref(), &contracts, as_of);
    let measurements = sheet::read::<Measurement>(sources.measurements.as_ref(), &contracts, as_of);
    let suspensions = sheet::read::<Suspension>(sources.suspensions.as_ref(), &contracts, as_of);
    let validations = sheet::read::<Validation>(sources.validation.as_ref(), &contracts, as_of);
    let benefits = sheet::read::<Benefit>(sources.benefits.as_ref(), &contracts, as_of);
    let offers = sheet::read::<Offer>(sources.places.as_ref(), &contracts, as_of);
    let shown = sheet::read::<Shown>(sources.goals.as_ref(), &contracts, as_of);
    let indicators = sheet::read::<Indicator>(sources.indicators.as_ref(), &contracts, as_of);
    let payments = sheet::read::<Payment>(sources.payments.as_ref(), &contracts, as_of);
    hand_out(programme, participants, |case| &mut case.facts.participants);
    hand_out(programme, companies, |case| &mut case.facts.companies);
    hand_out(programme, placements, |case| &mut case.facts.placements);
    hand_out(programme, spells, |case| &mut case.facts.spells);
    hand_out(programme, reports, |case| &mut case.facts.reports);
    hand_out(programme, measurements, |case| &mut case.facts.measurements);
    hand_out(programme, suspensions, |case| &mut case.facts.suspensions);
    hand_out(programme, validations, |case| &mut case.facts.validations);
    hand_out(programme, benefits, |case| &mut case.facts.benefits);
    hand_out(programme, offers, |case| &mut case.facts.offers);
    hand_out(programme, shown, |case| &mut case.facts.shown);
    hand_out(programme, indicators, |case| &mut case.facts.indicators);
    hand_out(programme, payments, |case| &mut case.payments);
}

/// Gives each case its rows of one file.
fn hand_out<T: FromRow>(programme: &mut Programme, sheet: Sheet<T>, place: impl Fn(&mut Case) -> &mut History<T>) {
    let rows = sheet.histories.into_iter().zip(sheet.unseen).zip(sheet.later).zip(sheet.refused);
    for (case, (((history, unseen), later), refused)) in programme.cases.iter_mut().zip(rows) {
        *place(case) = history;
        case.refused |= refused;
        case.later_rows += later;
        if unseen.any || !unseen.ids.is_empty() {
            case.unread.files.insert(T::FILE, unseen);
        }
    }
    programme.diagnostics.extend(sheet.found);
}

/// Citizens in two contracts (rule 12.2): one warning each, at their row in the second.
fn two_contracts(cases: &[Case]) -> Vec<Diagnostic> {
    if cases.len() < 2 {
        return Vec::new();
    }
    let mut seen: BTreeMap<&Id, (&Case, bool)> = BTreeMap::new();
    let mut found = Vec::new();
    for case in cases {
        let history = &case.facts.participants;
        for nth in 0..history.len() {
            let Some((row, _)) = history.known(nth, Day::FAR) else { continue };
            match seen.get_mut(&row.id) {
                None => drop(seen.insert(&row.id, (case, false))),
                Some((_, true)) => {}
                Some((first, told)) => {
                    *told = true;
                    let message = format!(
                        "citizen {} is in two contracts: {} and {}",
                        quote(row.id.as_str()),
                        quote(first.id.as_str()),
                        quote(case.id.as_str())
                    );
                    let place = Place { column: Some(small(2)), ..row.place("participant") };
                    let help = "each contract pays for its own; check that both may";
                    found.push(Diagnostic::new(Code::TwoContracts, place, message).of(&case.id).help(help));
                }
            }
        }
    }
    found
}
