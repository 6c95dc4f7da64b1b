//! Weeks whose saving is not known, and benefits that nothing is saved of (saving 2, 3, 5).

use super::View;
use crate::entitlement::{Plan, cohort};
use crate::facts::roster::Roster;
use crate::facts::{Benefit, Fact};
use crate::figure::saving::{Avoided, Missing, avoided};
use crate::figure::{Form, Saved};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use crate::measure::id::Id;
use crate::timeline::job::fates;
use std::collections::BTreeMap;

pub(super) fn look(view: &View<'_>, plan: &Plan<'_>, roster: &Roster<'_>, found: &mut Vec<Diagnostic>) {
    let Some(last) = view.settled.last() else { return };
    let Some(terms) = view.contract.saving.as_ref() else { return };
    let forms = || view.contract.figures.iter().map(|figure| &figure.form);
    let saved: Vec<Saved> =
        forms().filter_map(|form| if let Form::Saving(saving) = form { Some(saving.of) } else { None }).collect();
    if !terms.own_amounts {
        unnamed(view, found);
    }
    let admitted = cohort::admitted(view.contract, view.facts, view.known_on);
    for (number, _) in admitted.iter().enumerate().filter(|(_, yes)| **yes) {
        let Some(known) = roster.known(number, view.known_on) else { continue };
        let row = view.facts.participants.known(number, view.known_on).map(|(row, _)| row);
        if !known.benefits.iter().any(|benefit| benefit.terms.first_day <= last.days.last) {
            let message = format!("participant `{}` had no benefit, so that it avoids none", known.id);
            let help = "add its benefits before enrolment to `benefits.csv`, with what the clock had counted";
            let place = row.map_or(Place::file(Benefit::FILE), |row| row.place("participant"));
            found.push(Diagnostic::new(Code::NoBenefitBefore, place, message).help(help));
            continue;
        }
        let fates = fates(&known, view.contract.settlement.confirm_days);
        let weeks = avoided(terms, &known, &fates, plan.contract.term());
        let over = weeks.iter().filter(|week| week.days.last <= last.days.last);
        not_known(view, known.id, &saved, over, found);
    }
}

/// One warning for each thing that is missing, with the first week that it is missing for.
fn not_known<'w>(
    view: &View<'_>,
    id: &Id,
    saved: &[Saved],
    weeks: impl Iterator<Item = &'w Avoided<'w>>,
    found: &mut Vec<Diagnostic>,
) {
    let mut missing: BTreeMap<Missing<'_>, (Day, usize, &Id)> = BTreeMap::new();
    for week in weeks {
        if let Some(what) = saved.iter().find_map(|of| week.adds(*of).err()) {
            missing.entry(what).or_insert((week.days.first, 0, week.last)).1 += 1;
        }
    }
    for (what, (monday, weeks, benefit)) in missing {
        let what = match what {
            Missing::Rate(benefit) => format!("no rate says what `{benefit}` pays then"),
            Missing::Amount(row) => format!("benefit `{row}`, the last one, has no amount"),
            Missing::Clock => "no row says what the clock had counted".to_owned(),
            Missing::Share(number) => format!("no row says what the state refunds in week {number} of the clock"),
            Missing::Cost(kind) => format!("no row says what `{kind}` costs then"),
            Missing::Exact => "the numbers are too large to be exact".to_owned(),
        };
        let more = if weeks > 1 { format!(" and of {} later weeks", weeks - 1) } else { String::new() };
        let message = format!("the saving of participant `{id}` in the week from {monday}{more} is not known: {what}");
        let rows = view.facts.benefits.find(benefit.as_str()).and_then(|nth| view.facts.benefits.known(nth, view.known_on));
        let place = rows.map_or(Place::file(Benefit::FILE), |(row, _)| row.place("type"));
        let help = "nothing is guessed: figures that rest on the week are not known until the contract or a row says it";
        found.push(Diagnostic::new(Code::WeekNotKnown, place, message).help(help));
    }
}

/// A type of benefit that no rate of any version names: one warning, at its first row.
fn unnamed(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.benefits;
    let mut told: Vec<&Id> = Vec::new();
    for (row, terms) in (0..all.len()).filter_map(|number| all.known(number, view.known_on)) {
        let mut rates = view.whole.all().filter_map(|version| version.saving.as_ref()).flat_map(|terms| &terms.rates);
        if told.contains(&&terms.kind) || rates.any(|rate| rate.benefit == terms.kind) {
            continue;
        }
        told.push(&terms.kind);
        let message = format!("no rate of the contract says what `{}` pays", terms.kind);
        let help = "add a `[[saving.rate]]` with its source, or correct the type; what it would have cost is not known";
        found.push(Diagnostic::new(Code::BenefitUnnamed, row.place("type"), message).help(help));
    }
}
