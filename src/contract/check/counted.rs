//! Counts, tallies and places: what they count, and of whom (mechanisms 4.1, 4.3; places 2).

use super::{Findings, OR_NONE, listed, rates};
use crate::charge::{Charge, Dates, Mechanism};
use crate::contract::terms::Contract;
use crate::figure::{Among, Count, Counted, Places, Tally};
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;

pub(super) fn count(contract: &Contract, path: &str, terms: &Count, found: &mut Findings) {
    among(contract, path, &terms.among, found);
    let Some(id) = terms.of.charge() else { return };
    let Some(charge) = contract.charges.iter().find(|charge| charge.id == *id) else {
        let message = format!("the contract has no charge {}", quote(id.as_str()));
        let help = format!("its charges are {}", listed(contract.charges.iter().map(|charge| charge.id.as_str())));
        found.say(Code::UnknownName, &format!("{path}.charge"), message).help(help).rests("charge[*].id");
        return;
    };
    if let Counted::Reached { step: Some(step), .. } = terms.of {
        let last = match &charge.mechanism {
            Mechanism::Milestone(milestone) => milestone.last_step(),
            _ => 0,
        };
        if !(1..=last).contains(&step) {
            let message = format!("{} has no step {step}", quote(id.as_str()));
            let help = if last == 0 {
                "only milestones have steps: leave `step` out".to_owned()
            } else {
                format!("its last step is {last}")
            };
            let finding = found.say(Code::UnknownName, &format!("{path}.step"), message).help(help);
            finding.rests("charge[*].id").rests("charge");
        }
    }
    if charge.is_the_contracts() {
        let message = format!("no participant reaches {}, which has none", quote(id.as_str()));
        let help = "count a milestone, a period charge or a fixed charge with `per = \"participant\"`";
        let finding = found.say(Code::NotCounted, &format!("{path}.charge"), message).help(help);
        finding.rests("charge[*].id").rests("charge[*].type").rests("charge[*].per");
    } else if let Some(measured) = measured_beneath(contract, charge) {
        measured_by(path, "charge", measured, found);
    }
}

pub(super) fn tally(contract: &Contract, path: &str, terms: &Tally, found: &mut Findings) {
    among(contract, path, &terms.among, found);
    days(contract, path, &terms.outcome, found);
}

pub(super) fn places(contract: &Contract, path: &str, terms: &Places, found: &mut Findings) {
    among(contract, path, &terms.among, found);
    if let Some(outcome) = &terms.outcome {
        days(contract, path, outcome, found);
    }
}

/// The outcome whose days are added up.
fn days(contract: &Contract, path: &str, id: &Id, found: &mut Findings) {
    let Some(outcome) = contract.outcome(id) else {
        let message = format!("the contract has no outcome {}", quote(id.as_str()));
        let known = listed(contract.outcomes.iter().map(|outcome| outcome.id.as_str()));
        let help = if known.is_empty() { "add an `[[outcome]]`".to_owned() } else { format!("its outcomes are {known}") };
        found.say(Code::UnknownName, &format!("{path}.outcome"), message).help(help).rests("outcome[*].id");
        return;
    };
    if outcome.same_employer {
        let message =
            format!("{} looks at each employer apart, so that its days cannot be added up", quote(outcome.id.as_str()));
        let help = "only milestones may measure an outcome with `same_employer`";
        found.say(Code::SameEmployer, &format!("{path}.outcome"), message).help(help).rests("outcome");
    }
    let follows = outcome.follows().and_then(|(id, _)| contract.charges.iter().find(|charge| charge.id == *id));
    if let Some(measured) = follows.and_then(|charge| measured_beneath(contract, charge)) {
        measured_by(path, "outcome", measured, found);
    }
}

fn measured_by(path: &str, key: &str, measured: &Charge, found: &mut Findings) {
    let message = format!(
        "what is counted waits for {}, which is measured and may rest on what is counted",
        quote(measured.id.as_str())
    );
    let help = "count what waits for no measured charge; days come before figures, and figures before what they are worth";
    let finding = found.say(Code::NotCounted, &format!("{path}.{key}"), message).help(help);
    finding.rests("charge").rests("outcome");
}

/// The measured charge that a charge is, or waits for (mechanisms 4.4, 11).
fn measured_beneath<'a>(contract: &'a Contract, charge: &'a Charge) -> Option<&'a Charge> {
    let find = |id: &Id| contract.charges.iter().find(|charge| charge.id == *id);
    let (mut way, mut at) = (vec![charge], 0);
    while let Some(here) = way.get(at).copied() {
        if matches!(here.mechanism, Mechanism::Measured(_)) {
            return Some(here);
        }
        let window = here.mechanism.outcome().and_then(|id| contract.outcome(id)?.follows());
        let follows = here.mechanism.dates().and_then(Dates::follows).or(window).map(|(id, _)| id);
        let before = here.requires.iter().map(|named| &named.charge).chain(follows).filter_map(find);
        let fresh: Vec<&Charge> = before.filter(|next| way.iter().all(|known| known.id != next.id)).collect();
        way.extend(fresh);
        at += 1;
    }
    None
}

/// Who is chosen.
pub(super) fn among(contract: &Contract, path: &str, among: &Among, found: &mut Findings) {
    for (key, names) in [("target_groups", &among.target_groups), ("traits", &among.traits)] {
        if let Some(names) = names {
            found.list(&format!("{path}.{key}"), names, OR_NONE);
        }
    }
    let groups = (among.target_groups.as_ref(), contract.cohort.target_groups.as_ref());
    rates::strangers(contract, &format!("{path}.target_groups"), groups, "the cohort", found);
    if let Some(days) = among.enrolled.filter(|days| days.last < days.first) {
        let message = format!("`enrolled` goes until {}, before it begins on {}", days.last, days.first);
        found.say(Code::DaysBackwards, &format!("{path}.enrolled"), message).help("`until` is the last day");
    }
}
