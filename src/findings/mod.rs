//! Floor 10, findings: what is odd but lawful, and what a rule leaves out (rules 3.5, 3.6, 4.5, 5, 7.2 and 12.2).

mod cohort;
mod figures;
mod gates;
mod goals;
mod indices;
mod payments;
mod places;
mod reports;
mod samples;
mod savings;
mod spells;
mod waiting;

pub use payments::payments;

use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::entitlement::Plan;
use crate::facts::roster::Roster;
use crate::facts::{Fact, Facts, History};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic};

/// What to look for, and by which facts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// What a settlement says: by the last cut-off on or before the as-of day.
    Settle {
        /// The as-of day.
        as_of: Day,
    },
    /// What a check says: by the contract's last cut-off, and an id that no row carries is an error (rule 3.6).
    Check,
}

/// The cut-offs that a question is about.
struct View<'a> {
    /// With all its versions.
    whole: &'a Contract,
    /// The version in force on the last cut-off.
    contract: &'a Contract,
    facts: &'a Facts,
    /// The periods settled by then.
    settled: Vec<SettlementPeriod>,
    /// The day whose facts are looked at.
    known_on: Day,
    /// Whether that is the contract's last cut-off: nothing recorded later is ever settled.
    is_last: bool,
    strict: bool,
}

/// The warnings and notices about the facts of a contract, and with [`Question::Check`] the errors of rule 3.6, in the order
/// of their rows.
#[must_use]
pub fn findings(contract: &Contract, facts: &Facts, question: Question) -> Vec<Diagnostic> {
    let as_of = match question {
        Question::Settle { as_of } => as_of,
        Question::Check => Day::FAR,
    };
    let settled: Vec<SettlementPeriod> = Calendar::new(contract).until(as_of).collect();
    let Some(last) = Calendar::new(contract).last().map(|period| period.cut_off) else { return Vec::new() };
    let known_on = settled.last().map_or(as_of, |period| period.cut_off);
    let (whole, contract, is_last) = (contract, contract.in_force(known_on), known_on >= last);
    let view = View { whole, contract, facts, settled, known_on, is_last, strict: question == Question::Check };
    let (plan, roster) = (Plan::new(contract, facts), Roster::new(facts));
    let mut found = Vec::new();
    waiting::look(&view, &mut found);
    cohort::look(&view, &mut found);
    spells::look(&view, &plan, &roster, &mut found);
    reports::look(&view, &mut found);
    figures::look(&view, &plan, &roster, &mut found);
    gates::look(&view, &mut found);
    indices::look(&view, &mut found);
    samples::look(&view, &mut found);
    goals::look(&view, &plan, &roster, &mut found);
    savings::look(&view, &plan, &roster, &mut found);
    places::look(&view, &plan, &mut found);
    companies(&view, &mut found);
    too_late(&facts.participants, last, &mut found);
    too_late(&facts.companies, last, &mut found);
    too_late(&facts.placements, last, &mut found);
    too_late(&facts.spells, last, &mut found);
    too_late(&facts.reports, last, &mut found);
    too_late(&facts.measurements, last, &mut found);
    too_late(&facts.suspensions, last, &mut found);
    too_late(&facts.validations, last, &mut found);
    too_late(&facts.benefits, last, &mut found);
    too_late(&facts.offers, last, &mut found);
    too_late(&facts.shown, last, &mut found);
    let mut found: Vec<Diagnostic> = found.into_iter().map(|diagnostic| diagnostic.of(&contract.id)).collect();
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    found
}

/// A row recorded after the last cut-off is never settled (rule 4.5).
fn too_late<T: Fact>(history: &History<T>, last: Day, found: &mut Vec<Diagnostic>) {
    for row in history.rows().iter().filter(|row| row.recorded_on > last) {
        let message = format!(
            "{} `{}` was recorded on {}, after the last cut-off {last}: the row is never settled",
            T::NAME,
            row.id,
            row.recorded_on
        );
        let help = "if the parties agree, raise `tail_periods`: earlier settlements do not change";
        found.push(Diagnostic::new(Code::TooLate, row.place("recorded_on"), message).help(help));
    }
}

/// A company that has not joined by the last cut-off, or joins after the term (rule 12.2).
fn companies(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for nth in 0..view.facts.companies.len() {
        let Some((row, company)) = view.facts.companies.known(nth, view.known_on) else { continue };
        let why = match company.joined_on {
            None if view.is_last => "has no `joined_on`: it never joined the programme".to_owned(),
            Some(day) if day > view.contract.ends => {
                format!("joins on {day}, after the contract's last day {}", view.contract.ends)
            }
            _ => continue,
        };
        let message = format!("company `{}` {why}", row.id);
        let help = "nothing is paid for its taking part; if it did join, correct `joined_on`";
        found.push(Diagnostic::new(Code::CompanyNeverJoins, row.place("joined_on"), message).help(help));
    }
}
