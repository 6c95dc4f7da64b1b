//! What a contract may not say, and what is odd about it, as far as its terms alone tell (rules 2 to 9, 11).

mod adjust;
mod bands;
mod charge;
mod counted;
mod coverage;
mod dates;
mod delay;
mod depth;
mod digits;
mod effect;
mod figure;
mod form;
mod gate;
mod goal;
mod granted;
mod invoicing;
mod measured;
mod milestone;
mod occasion;
mod outcome;
mod payers;
mod rates;
mod reach;
mod saving;
mod side;
mod ties;
mod version;

pub(crate) use version::versions;

pub use coverage::{Hole, holes};
pub use occasion::Occasion;

use super::limit::{Bound, Limit, LimitWindow, Units};
use super::terms::Contract;
use crate::facts::spell::STANDARD_KINDS;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use crate::measure::money::Money;
use std::collections::BTreeSet;

/// Everything that is wrong or odd about a contract's terms. The place is a key path such as `charge[2].rate[0].valid`,
/// items counted from 0.
#[must_use]
pub fn check(contract: &Contract) -> Vec<Diagnostic> {
    let each = contract.all().flat_map(findings).map(|finding| finding.diagnostic);
    let together = versions(contract).into_iter().map(|(_, diagnostic)| diagnostic);
    each.chain(together).map(|diagnostic| diagnostic.of(&contract.id)).collect()
}

/// A finding, and the key paths (`[*]` = any item) whose values it was drawn from, beside its own place. Where one of them
/// could not be read, the finding may be a mere consequence of that.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) rests_on: Vec<String>,
}

/// What to do about an empty list that may be left out.
const OR_NONE: &str = "name at least one, or leave the key out";

/// The findings so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn say(&mut self, code: Code, path: &str, message: impl AsRef<str>) -> &mut Finding {
        let place = Place { field: Some(path.to_owned()), ..Place::default() };
        self.0.push(Finding { diagnostic: Diagnostic::new(code, place, message), rests_on: Vec::new() });
        let last = self.0.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "it was pushed just now")]
        &mut self.0[last]
    }

    /// A count of at least 1 (formats).
    fn at_least_1(&mut self, path: &str, count: u32) {
        if count == 0 {
            let key = path.rsplit('.').next().unwrap_or(path);
            self.say(Code::CountRange, path, format!("`{key}` is 0")).help("it is 1 or more");
        }
    }

    /// A list that holds something, and nothing twice (formats).
    fn list(&mut self, path: &str, list: &[Id], help: &str) {
        let key = path.rsplit('.').next().unwrap_or(path);
        if list.is_empty() {
            self.say(Code::EmptyList, path, format!("`{key}` is an empty list")).help(help);
        }
        for (nth, name) in repeated(list.iter()) {
            let message = format!("`{key}` names {} twice", quote(name.as_str()));
            self.say(Code::NamedTwice, &format!("{path}[{nth}]"), message).help("remove one of the two").rests(path);
        }
    }
}

impl Finding {
    fn help(&mut self, help: impl AsRef<str>) -> &mut Finding {
        self.diagnostic.help = Some(crate::measure::cpr::redact(help.as_ref()));
        self
    }

    fn rests(&mut self, path: impl Into<String>) -> &mut Finding {
        self.rests_on.push(path.into());
        self
    }
}

pub(crate) fn findings(contract: &Contract) -> Vec<Finding> {
    let mut found = Findings::default();
    term(contract, &mut found);
    kinds(contract, &mut found);
    payers::check(contract, &mut found);
    outcome::check(contract, &mut found);
    figure::check(contract, &mut found);
    goal::check(contract, &mut found);
    saving::check(contract, &mut found);
    adjust::indices(contract, &mut found);
    charge::check(contract, &mut found);
    ties::check(contract, &mut found);
    gate::check(contract, &mut found);
    limits(contract, &mut found);
    invoicing::check(contract, &mut found);
    effect::check(contract, &mut found);
    found.0
}

/// Those that were there before, with their places.
fn repeated<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Vec<(usize, T)> {
    let mut seen = BTreeSet::new();
    items.enumerate().filter(|(_, item)| !seen.insert(*item)).collect()
}

/// Ids that are there twice under one table name.
fn ids_twice<'a>(found: &mut Findings, table: &str, ids: impl Iterator<Item = &'a Id>) {
    for (nth, id) in repeated(ids) {
        let message = format!("there are two {table}s with the id {}", quote(id.as_str()));
        let path = format!("{table}[{nth}].id");
        found.say(Code::SameIdTwice, &path, message).help("give one of them another id").rests(format!("{table}[*].id"));
    }
}

/// The names in a sentence.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.take(20).map(quote).collect();
    names.join(", ")
}

/// Rules 4.1, 5.1 and 5.3.
fn term(contract: &Contract, found: &mut Findings) {
    let (starts, ends) = (contract.starts, contract.ends);
    if ends < starts {
        let message = format!("the contract ends on {ends}, before it starts on {starts}");
        found.say(Code::DaysBackwards, "ends", message).help("`ends` is the last day of the contract").rests("starts");
    }
    let cohort = &contract.cohort;
    let enrolment = contract.enrolment();
    let key = if cohort.enrol_until.is_some() { "cohort.enrol_until" } else { "cohort.enrol_from" };
    if enrolment.last < enrolment.first && ends >= starts {
        let message = format!("enrolment ends on {}, before it begins on {}", enrolment.last, enrolment.first);
        let help = "`enrol_from` stands for the contract's first day and `enrol_until` for its last where they are left out";
        let finding = found.say(Code::DaysBackwards, key, message).help(help);
        finding.rests("cohort").rests("starts").rests("ends");
    } else if cohort.enrol_until.is_some_and(|until| until > ends) && ends >= starts {
        let message = format!("enrolment goes on until {}, after the contract's last day {ends}", enrolment.last);
        let help = "a citizen enrolled after the contract's end can earn nothing";
        found.say(Code::EnrolAfterEnd, key, message).help(help).rests("ends").rests("starts");
    }
    if let Some(groups) = &cohort.target_groups {
        found.list("cohort.target_groups", groups, OR_NONE);
    }
    if let Some(most) = cohort.max_participants {
        found.at_least_1("cohort.max_participants", most);
    }
}

/// The kinds that the contract adds to the standard ones.
fn kinds(contract: &Contract, found: &mut Findings) {
    for (nth, kind) in contract.kinds.iter().enumerate() {
        if STANDARD_KINDS.contains(&kind.as_str()) {
            let message = format!("{} is a standard kind", quote(kind.as_str()));
            found
                .say(Code::KindListed, &format!("kinds[{nth}]"), message)
                .help("remove it: it may be used without being listed");
        }
    }
    for (nth, kind) in repeated(contract.kinds.iter()) {
        let message = format!("`kinds` names {} twice", quote(kind.as_str()));
        found.say(Code::KindListed, &format!("kinds[{nth}]"), message).help("remove one of the two").rests("kinds");
    }
}

fn is_kind(contract: &Contract, kind: &Id) -> bool {
    STANDARD_KINDS.contains(&kind.as_str()) || contract.kinds.contains(kind)
}

/// Kinds that are neither standard nor the contract's own.
fn unknown_kinds(contract: &Contract, path: &str, kinds: &[Id], found: &mut Findings) {
    for (nth, kind) in kinds.iter().enumerate() {
        if is_kind(contract, kind) {
            continue;
        }
        let message = format!("{} is neither a standard kind nor listed in the contract's `kinds`", quote(kind.as_str()));
        let own = contract.kinds.iter().map(Id::as_str);
        let help =
            format!("it may be one of {}; others are listed in `kinds`", listed(STANDARD_KINDS.into_iter().chain(own)));
        found.say(Code::UnknownContractKind, &format!("{path}[{nth}]"), message).help(help).rests("kinds");
    }
}

/// Limits (rule 9.1).
fn limits(contract: &Contract, found: &mut Findings) {
    ids_twice(found, "limit", contract.limits.iter().map(|limit| &limit.id));
    for (nth, limit) in contract.limits.iter().enumerate() {
        if limit.bound == Bound::Amount(Money::ZERO) {
            let help = "if nothing is to be paid, leave the charges out";
            found.say(Code::LimitOfZero, &format!("limit[{nth}].amount"), "the limit grants nothing at all").help(help);
        }
        let path = format!("limit[{nth}].charges");
        let names = limit.charges.as_deref().unwrap_or_default();
        if limit.charges.is_some() {
            found.list(&path, names, OR_NONE);
        }
        for (item, name) in names.iter().enumerate() {
            if !contract.charges.iter().any(|charge| charge.id == *name) {
                let message = format!("the contract has no charge {}", quote(name.as_str()));
                let help = format!("its charges are {}", listed(contract.charges.iter().map(|charge| charge.id.as_str())));
                found.say(Code::UnknownName, &format!("{path}[{item}]"), message).help(help).rests("charge[*].id");
            }
        }
        charge::limit_of_nothing(contract, nth, limit, found);
        units(contract, nth, limit, found);
        floor_of_nothing(contract, nth, limit, found);
    }
}

/// How many keys are granted: a number, or a share of a figure of all (mechanisms 8.1).
fn units(contract: &Contract, nth: usize, limit: &Limit, found: &mut Findings) {
    let path = format!("limit[{nth}].units");
    if limit.bound == Bound::Units(Units::Number(0)) {
        let help = "if nothing is to be paid, leave the charges out";
        found.say(Code::LimitOfZero, &path, "the limit grants nothing at all").help(help);
    }
    let Some((_, figure)) = limit.bound.share() else { return };
    measured::named(contract, &format!("{path}.of"), figure, found);
    measured::of_everybody(contract, &format!("{path}.of"), figure, found);
    let why =
        ("no share of it can be granted", "limits grant before that is known; take a share of what is counted or measured");
    granted::not_yet(contract, &format!("{path}.of"), figure, why, found);
    if limit.window != LimitWindow::Total {
        let message = "a share is taken of a figure as it stands, so that it cannot be counted anew in each window";
        let help = "write `window = \"total\"`, or a number of `units`";
        found.say(Code::ShareWindow, &format!("limit[{nth}].window"), message).help(help).rests(path);
    }
}

/// A floor under which nothing can be owed back (mechanisms 8.1).
fn floor_of_nothing(contract: &Contract, nth: usize, limit: &Limit, found: &mut Findings) {
    let covers = |id: &Id| limit.charges.as_ref().is_none_or(|charges| charges.contains(id));
    let cuts = contract.charges.iter().any(|charge| covers(&charge.id) && charge.may_be_negative());
    if matches!(limit.bound, Bound::Floor(_)) && !cuts {
        let message = "the floor cuts nothing: none of its charges can be owed back";
        let help = "it holds back what the payee owes; name charges with `owed_by = \"payee\"`, or remove it";
        let finding = found.say(Code::FloorOfNothing, &format!("limit[{nth}].floor"), message).help(help);
        finding.rests(format!("limit[{nth}].charges")).rests("charge");
    }
}
