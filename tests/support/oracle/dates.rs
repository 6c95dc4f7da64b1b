//! Mechanisms 3.5: the days on which fixed and measured charges fall due, of the contract or of one participant.

use super::calendar::border_of;
use super::milestone::plus;
use super::walk::Walk;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Anchor, Charge, Contract, Dates, What};

/// A charge's dates with the names of their units.
pub fn due(walk: &Walk, charge: &Charge, whose: Option<usize>) -> Vec<(String, Day)> {
    let (law, contract) = (walk.law, walk.contract);
    let (What::Fixed { dates, .. } | What::Measured { dates, .. }) = &charge.what else { return Vec::new() };
    let mut due: Vec<(String, Day)> = match dates {
        Dates::On(_) | Dates::Every(_) => {
            of_the_charge(law, contract, charge).into_iter().map(|day| (day.to_string(), day)).collect()
        }
        // Once: a corrected enrolment corrects one key.
        Dates::After { from, length } => {
            let anchor = whose.and_then(|person| anchor(walk, from, person));
            let day = anchor.map(|anchor| length.map_or(anchor, |length| plus(law, anchor, length)));
            let day = day.map(|day| if law.reads(Misreading::DueTheDayAfter) { day.next() } else { day });
            day.filter(|day| in_time(law, contract, charge, *day)).map(|day| (unit(law, day), day)).into_iter().collect()
        }
    };
    if let Some(person) = whose {
        let participant = walk.people[person].participant;
        let until = participant.eligible_until;
        let fixed = matches!(charge.what, What::Fixed { .. }) || law.reads(Misreading::MeasuredWhileEligible);
        law.saw_if(due.iter().any(|(_, day)| *day < participant.enrolled_on), Situation::DateBeforeTheEnrolment);
        law.saw_if(due.iter().any(|(_, day)| until.is_some_and(|until| *day > until)), Situation::DateAfterTheEligibility);
        law.saw_if(due.iter().any(|(_, day)| *day == participant.enrolled_on), Situation::DateOfTheEnrolment);
        law.saw_if(due.iter().any(|(_, day)| Some(*day) == until), Situation::DateOfTheEligibilitysEnd);
        let ours = |day: Day| {
            let begun = participant.enrolled_on <= day || law.reads(Misreading::DatesBeforeTheEnrolment);
            // What is measured may fall due later: figures look at days that count anyway.
            let for_ever = !fixed || law.reads(Misreading::DatesAfterTheEligibility);
            begun && (for_ever || until.is_none_or(|until| day <= until))
        };
        due.retain(|(_, day)| ours(*day));
        if let (Dates::After { .. }, [(_, day)]) = (dates, due.as_slice()) {
            let what = format!("due {} {} {}", contract.id, charge.id, participant.id);
            law.saw_if(law.told_otherwise(what, day.to_string()), Situation::AnchoredDateMoves);
        }
    }
    due.sort_by_key(|(_, day)| *day);
    due
}

fn unit(law: &Law, day: Day) -> String {
    if law.reads(Misreading::AnchoredUnitIsItsDate) { day.to_string() } else { "step-01".into() }
}

/// A fixed charge's date lies in the term (4.1, 7.1); what is measured may fall due later.
fn in_time(law: &Law, contract: &Contract, charge: &Charge, day: Day) -> bool {
    let fixed = matches!(charge.what, What::Fixed { .. });
    law.saw_if(day > contract.ends, Situation::AnchoredAfterTheTerm);
    contract.starts <= day && (day <= contract.ends || !fixed || law.reads(Misreading::AnchoredPastTheTerm))
}

/// The day from which an anchored date is counted.
fn anchor(walk: &Walk, from: &Anchor, person: usize) -> Option<Day> {
    let participant = walk.people[person].participant;
    match from {
        Anchor::Enrolment => Some(participant.enrolled_on),
        Anchor::Placement => {
            let placements = walk.facts.placements.values();
            let days = placements.filter(|one| one.participant == participant.id).map(|one| one.placed_on);
            if walk.law.reads(Misreading::LastPlacementIsTheAnchor) { days.max() } else { days.min() }
        }
        Anchor::Charge { charge, step } => walk.reached(&format!("{charge}/step-{:02}", step.unwrap_or(1)), Some(person)),
        Anchor::FirstDay => unreachable!("no outcome, no first day"),
    }
}

/// The dates as they are named, or the last day of each such period of the calendar in the term, and the term's own.
pub fn of_the_charge(law: &Law, contract: &Contract, charge: &Charge) -> Vec<Day> {
    let (What::Fixed { dates, .. } | What::Measured { dates, .. }) = &charge.what else { return Vec::new() };
    named(law, contract, dates)
}

/// The same of any dates; those of single participants are not among them.
pub fn named(law: &Law, contract: &Contract, dates: &Dates) -> Vec<Day> {
    let mut days = match dates {
        Dates::On(on) => on.clone(),
        Dates::Every(every) => {
            let mut days = Vec::new();
            let mut day = contract.starts;
            while day <= contract.ends {
                let end = day == contract.ends && !law.reads(Misreading::EveryWithoutTheTermsEnd);
                if day == border_of(*every, day) || end {
                    days.push(day);
                }
                day = day.next();
            }
            days
        }
        Dates::After { .. } => Vec::new(),
    };
    if law.reads(Misreading::MeasuredInTheTermOnly) {
        days.retain(|day| *day <= contract.ends);
    }
    days
}
