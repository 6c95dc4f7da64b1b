//! Spells that are shortened or set aside, spells outside the term, milestones that are spent without payment, and what is
//! reached before what it requires (rules 3.5, 7.2 and 12.2, mechanisms 6.1).

use super::View;
use crate::charge::period::Pay;
use crate::charge::{Indices, Mechanism, Period};
use crate::entitlement::assessment::lead;
use crate::entitlement::{Assessment, Plan, cohort};
use crate::facts::roster::{Known, Roster};
use crate::measure::diagnostic::{Code, Diagnostic};
use crate::measure::parallel;
use crate::timeline::Timeline;
use crate::timeline::job::{Cut, Fate, fates};
use std::sync::Arc;

pub(super) fn look<'a>(view: &View<'a>, plan: &Plan<'a>, roster: &Roster<'a>, found: &mut Vec<Diagnostic>) {
    let admitted = cohort::admitted(view.contract, view.facts, view.known_on);
    let mut participants: Vec<(usize, bool)> = admitted.into_iter().enumerate().collect();
    let work = |_, (number, admitted): &mut (usize, bool)| {
        let mut found = Vec::new();
        let Some(known) = roster.known(*number, view.known_on) else { return found };
        for fate in fates(&known, view.contract.settlement.confirm_days) {
            found.extend(shortened(&known, &fate));
            found.extend(outside_term(view, &known, &fate));
        }
        if *admitted {
            spent(view, plan, &known, *number, &mut found);
            unmet(view, plan, &known, *number, &mut found);
            too_large(view, plan, &known, *number, &mut found);
        }
        found
    };
    found.extend(parallel::map(&mut participants, work).into_iter().flatten());
}

/// A warning names every spell shortened or set aside (rule 3.5).
fn shortened(known: &Known<'_>, fate: &Fate) -> Option<Diagnostic> {
    let spell = known.spells.get(fate.spell)?;
    let other = |at: usize| known.spells.get(at).map(|other| (&other.row.id, other.terms.first_day));
    let id = &spell.row.id;
    let (code, message) = match fate.cut? {
        Cut::Unconfirmed => return None,
        Cut::Followed(at) => {
            let (next, begins) = other(at)?;
            let message = format!(
                "spell `{id}` counts only until {}: spell `{next}` in the same job begins on {begins}",
                begins.previous()
            );
            (Code::SpellShortened, message)
        }
        Cut::SetAside(at) => {
            let (next, begins) = other(at)?;
            let more = known.spells.get(at)?.terms.weekly_hours > spell.terms.weekly_hours;
            let why = if more { "has more hours" } else { "has the lower id" };
            let message =
                format!("spell `{id}` does not count: spell `{next}` in the same job begins on {begins} too and {why}");
            (Code::SpellSetAside, message)
        }
    };
    let help = "if these are two jobs, give each its own placement or employer; if one is a double report, withdraw it";
    Some(Diagnostic::new(code, spell.row.place("first_day"), message).help(help))
}

/// A spell with no day in the term can earn nothing (rule 12.2).
fn outside_term(view: &View<'_>, known: &Known<'_>, fate: &Fate) -> Option<Diagnostic> {
    let (spell, term) = (known.spells.get(fate.spell)?, view.contract.term());
    let (first, last) = (spell.terms.first_day, spell.terms.last_day);
    if first <= term.last && last.is_none_or(|last| last >= term.first) {
        return None;
    }
    let days = last.map_or(format!("from {first} on"), |last| format!("from {first} to {last}"));
    let message =
        format!("spell `{}` ({days}) has no day in the contract's term, {} to {}", spell.row.id, term.first, term.last);
    let help = "nothing is paid for these days; if they are wrong, correct the row";
    Some(Diagnostic::new(Code::SpellOutsideTerm, spell.row.place("first_day"), message).help(help))
}

/// A step reached on a day without a rate is spent without payment, with a notice (rule 7.2).
fn spent<'a>(view: &View<'a>, plan: &Plan<'a>, known: &Known<'a>, number: usize, found: &mut Vec<Diagnostic>) {
    let conditional = |mechanism: &Mechanism, rates: &crate::charge::RateCard| {
        matches!(mechanism, Mechanism::Milestone(_))
            && rates.rows.iter().all(|row| *row != crate::charge::RateRow::flat(row.amount))
    };
    if !plan.clauses.iter().any(|clause| conditional(&clause.charge.mechanism, &clause.charge.rates)) {
        return;
    }
    let Some(until) = view.settled.last().map(|period| period.days.last) else { return };
    let Some((row, _)) = view.facts.participants.known(number, view.known_on) else { return };
    let assessment = Assessment::new(plan, known, &Arc::default(), None);
    for (outcome, measures) in assessment.together() {
        let Some(clause) = measures.first().and_then(|(measure, _)| plan.clause(measure.charge)) else { continue };
        let Mechanism::Milestone(milestone) = &clause.charge.mechanism else { continue };
        let lines: Vec<&Timeline> = measures.iter().map(|(measure, _)| &*measure.line).collect();
        let reached = milestone.reached(&lines, outcome, &|stretch| lead(known, outcome, stretch));
        for step in reached.iter().filter(|step| step.on <= until) {
            let Some((measure, _)) = measures.get(step.line) else { continue };
            let priced = measure.step(clause, step.step, step.on);
            if priced.is_some_and(|priced| priced.row.is_none()) {
                let at = measure
                    .line
                    .company
                    .and_then(|company| plan.company(company))
                    .map(|company| format!(" at company `{company}`"));
                let message = format!(
                    "participant `{}` reaches step {} of charge `{}`{} on {}, when no rate applies: the step is spent without payment",
                    known.id,
                    step.step,
                    clause.charge.id,
                    at.unwrap_or_default(),
                    step.on
                );
                let help = "it is paid only if a rate row of the charge applies on that day";
                found.push(Diagnostic::new(Code::StepSpent, row.place("participant"), message).help(help));
            }
        }
    }
}

/// A unit whose tally is so large that some report must be wrong: it is not owed (mechanisms 2.4).
fn too_large<'a>(view: &View<'a>, plan: &Plan<'a>, known: &Known<'a>, number: usize, found: &mut Vec<Diagnostic>) {
    let by_tally = |mechanism: &Mechanism| matches!(mechanism, Mechanism::Period(Period { pay: Pay::By(_), .. }));
    if !plan.clauses.iter().any(|clause| by_tally(&clause.charge.mechanism)) {
        return;
    }
    let Some(until) = view.settled.last().map(|period| period.days.last) else { return };
    let Some((row, _)) = view.facts.participants.known(number, view.known_on) else { return };
    let indices = Arc::new(Indices::new(&plan.contract.indices, plan.facts, view.known_on));
    for (measure, _) in Assessment::new(plan, known, &indices, None).measures() {
        let Some(clause) = plan.clause(measure.charge) else { continue };
        let Mechanism::Period(period) = &clause.charge.mechanism else { continue };
        let Some(unit) = period.too_large(clause, measure, until) else { continue };
        let message = format!(
            "charge `{}` owes participant `{}` nothing for {unit}: the amount would have more than 18 digits",
            clause.charge.id, known.id
        );
        let help = "correct what was reported of that time; the next settlement works it out again";
        found.push(Diagnostic::new(Code::AmountTooLarge, row.place("participant"), message).help(help));
    }
}

/// What is reached, but requires what is not, is not owed (mechanisms 6.1).
fn unmet<'a>(view: &View<'a>, plan: &Plan<'a>, known: &Known<'a>, number: usize, found: &mut Vec<Diagnostic>) {
    let Some(until) = view.settled.last().map(|period| period.days.last).filter(|_| plan.ties.is_some()) else { return };
    let Some((row, _)) = view.facts.participants.known(number, view.known_on) else { return };
    let indices = Arc::new(Indices::new(&plan.contract.indices, plan.facts, view.known_on));
    let assessment = Assessment::new(plan, known, &indices, None);
    for unmet in assessment.unmet().filter(|unmet| unmet.own_day <= until) {
        let charge = plan.clause(unmet.charge).map(|clause| clause.charge.id.to_string()).unwrap_or_default();
        let at = unmet.company.and_then(|company| plan.company(company)).map(|company| format!(" at company `{company}`"));
        let message = format!(
            "participant `{}` reaches `{}` of charge `{charge}`{} on {}, but not `{}`, which the charge requires: nothing is owed for it",
            known.id,
            unmet.unit,
            at.unwrap_or_default(),
            unmet.own_day,
            unmet.requires
        );
        let help = "it is owed from the day on which that is reached too";
        found.push(Diagnostic::new(Code::Unmet, row.place("participant"), message).help(help));
    }
}
