//! Goals: what was to come, what came, and whether it is enough.

use super::figure::{self, Asked};
use super::fraction::{Fraction, ZERO};
use super::walk::Walk;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Contract, Goal, GoalBy, Requirement, ShownBy, ShownRow};

/// What was shown on a day.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub id: &'a str,
    pub goal: &'a str,
    pub requirement: &'a str,
    pub shown_on: Day,
    pub result: Fraction,
    pub recorded_on: Day,
}

impl<'a> Entry<'a> {
    pub fn of(id: &'a str, row: &'a ShownRow, recorded_on: Day) -> Entry<'a> {
        Entry {
            id,
            goal: &row.goal,
            requirement: &row.requirement,
            shown_on: Day::parse(&row.shown_on).unwrap(),
            result: Fraction::of(&row.result),
            recorded_on,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Met,
    Partly,
    NotMet,
    NotKnown,
}

/// What a requirement, or a goal, has come to.
#[derive(Clone, Copy, Debug)]
struct Standing {
    state: State,
    /// Of 100; not known where it is not.
    degree: Option<Fraction>,
}

/// What a figure says of a goal; nothing where it is not known.
pub fn on(walk: &Walk, goal: &str, by: GoalBy, day: Day) -> Option<Fraction> {
    let law = walk.law;
    let goal = named(walk.contract, goal);
    let all = targeted(walk, goal, day);
    let standing = standing(law, goal, &all);
    law.saw(match standing.state {
        State::Met => Situation::GoalMet,
        State::Partly => Situation::GoalPartlyMet,
        State::NotMet => Situation::GoalNotMet,
        State::NotKnown => Situation::GoalNotKnown,
    });
    law.saw_if(standing.state == State::Met && standing.degree.is_none(), Situation::GoalMetThoughSomeAreNotKnown);
    let one = |holds: bool| Fraction::of(if holds { "1" } else { "0" });
    match by {
        GoalBy::Met if standing.state == State::NotKnown => None,
        GoalBy::Met if law.reads(Misreading::PartlyIsMet) => Some(one(matches!(standing.state, State::Met | State::Partly))),
        GoalBy::Met => Some(one(standing.state == State::Met)),
        GoalBy::Degree => {
            law.saw_if(standing.degree.is_some_and(|degree| degree > Fraction::of("100")), Situation::DegreeAboveAHundred);
            law.saw_if(standing.state == State::Partly && standing.degree == Some(ZERO), Situation::PartlyWithDegreeNought);
            let degree = standing.degree?;
            match () {
                () if law.reads(Misreading::DegreeIsCutAtAHundred) => Some(degree.min(Fraction::of("100"))),
                () if law.reads(Misreading::DegreeIsPrinted) => Some(Fraction::of(&degree.shown(1))),
                () if law.reads(Misreading::DegreeIsAShare) => Some(degree.over(Fraction::of("100"))),
                () => Some(degree),
            }
        }
        GoalBy::Requirements => {
            let unknown = all.iter().any(|one| one.state == State::NotKnown);
            if unknown && !law.reads(Misreading::UnknownRequirementsAreNotMet) {
                return None;
            }
            let counts = |one: &&Standing| match one.state {
                State::Met => true,
                State::Partly => law.reads(Misreading::PartlyMetRequirementsCount),
                State::NotMet | State::NotKnown => false,
            };
            let mut met = all.iter().filter(counts).count();
            law.saw_if(met > 0 && met < all.len(), Situation::SomeRequirementsMet);
            if law.reads(Misreading::RequirementsAsAShare) {
                return Some(Fraction::of(&format!("{met}/{}", all.len())));
            }
            if law.reads(Misreading::RequirementsUpToNeeds) {
                met = met.min(goal.needs.map_or(all.len(), |needs| needs as usize));
            }
            Some(Fraction::of(&met.to_string()))
        }
    }
}

fn named<'c>(contract: &'c Contract, id: &str) -> &'c Goal {
    contract.goals.iter().find(|goal| goal.id == id).expect("a goal of the contract")
}

/// The requirements with a target, or a goal, and what they have come to.
fn targeted(walk: &Walk, goal: &Goal, day: Day) -> Vec<Standing> {
    let law = walk.law;
    let has_target = |one: &&Requirement| one.at_least.is_some() || matches!(one.from, ShownBy::Goal(_));
    law.saw_if(!goal.requirements.iter().all(|one| has_target(&one)), Situation::RequirementOnlyTold);
    if law.reads(Misreading::WhatIsOnlyToldCounts) {
        return goal.requirements.iter().map(|one| reached(walk, goal, one, day)).collect();
    }
    goal.requirements.iter().filter(has_target).map(|one| reached(walk, goal, one, day)).collect()
}

/// What a requirement has come to on a day.
fn reached(walk: &Walk, goal: &Goal, requirement: &Requirement, day: Day) -> Standing {
    let law = walk.law;
    if let ShownBy::Goal(other) = &requirement.from {
        let other = named(walk.contract, other);
        let mut nested = standing(law, other, &targeted(walk, other, day));
        law.saw_if(nested.state == State::Met, Situation::GoalInAGoalMet);
        law.saw_if(nested.state != State::Met, Situation::GoalInAGoalNotMet);
        if law.reads(Misreading::PartlyMetGoalInAGoalIsMet) && nested.state == State::Partly {
            nested.state = State::Met;
        }
        if law.reads(Misreading::GoalInAGoalNeverCounts) {
            nested = Standing { state: State::NotMet, degree: Some(ZERO) };
        }
        return nested;
    }
    let result = match &requirement.from {
        ShownBy::Entries => Some(shown(walk, goal, requirement, day)),
        ShownBy::Figure(figure) => {
            law.saw(Situation::RequirementByFigure);
            figure::on(walk, figure, Asked::on(day)).map(|said| said.value)
        }
        ShownBy::Goal(_) => None,
    };
    let target = requirement.at_least.as_deref().map_or_else(|| Fraction::of("1"), Fraction::of);
    let Some(mut result) = result else {
        law.saw(Situation::RequirementNotKnown);
        if law.reads(Misreading::UnknownResultIsNought) {
            return Standing { state: State::NotMet, degree: Some(ZERO) };
        }
        return Standing { state: State::NotKnown, degree: None };
    };
    if law.reads(Misreading::ResultsAreWhole) {
        result = Fraction { number: result.number.div_euclid(result.divisor), divisor: 1 };
    }
    let degree = Fraction::of("100").times(result).over(target);
    law.saw_if(result == target, Situation::ResultIsTheTarget);
    law.saw_if(result < target && degree.shown(1) == "100", Situation::PrintedAsMet);
    let met = match () {
        () if law.reads(Misreading::MetAboveTheTarget) => result > target,
        () if law.reads(Misreading::MetByThePrintedDegree) => Fraction::of(&degree.shown(1)) >= Fraction::of("100"),
        () => result >= target,
    };
    let state = match () {
        () if met => State::Met,
        () if result > ZERO => State::Partly,
        () => State::NotMet,
    };
    law.saw_if(state == State::Partly, Situation::RequirementPartlyMet);
    Standing { state, degree: Some(degree) }
}

/// The sum of what was shown by the day, also before the contract began.
fn shown(walk: &Walk, goal: &Goal, requirement: &Requirement, day: Day) -> Fraction {
    let law = walk.law;
    let mut sum = ZERO;
    let mut counted = 0;
    let mut latest: Option<(Day, &str)> = None;
    for entry in &walk.facts.shown {
        let any_goal = law.reads(Misreading::EntriesOfAnyGoal);
        let any_requirement = law.reads(Misreading::EntriesOfAnyRequirement);
        let ours = (entry.goal == goal.id || any_goal) && (entry.requirement == requirement.id || any_requirement);
        law.saw_if(entry.goal != goal.id && entry.requirement == requirement.id, Situation::SameRequirementElsewhere);
        if !ours {
            continue;
        }
        let on = match law.reads(Misreading::ShownWhenRecorded) {
            true => entry.recorded_on,
            false => entry.shown_on,
        };
        law.saw_if(entry.shown_on == day, Situation::ShownOnTheDate);
        law.saw_if(entry.shown_on > day, Situation::ShownAfterTheDate);
        law.saw_if(entry.shown_on < walk.contract.starts, Situation::ShownBeforeTheContract);
        law.saw_if(entry.shown_on <= day && entry.recorded_on > day, Situation::RecordedAfterTheDate);
        let in_time = on <= day && !(law.reads(Misreading::ShownOnTheDateIsLate) && on == day);
        let old = law.reads(Misreading::EntriesOfTheTermOnly) && on < walk.contract.starts;
        if (!in_time && !law.reads(Misreading::EntriesAfterTheDateCount)) || old {
            continue;
        }
        counted += 1;
        law.saw_if(entry.result == ZERO, Situation::NothingCameOfIt);
        sum = match () {
            () if law.reads(Misreading::LastEntryIsTheResult) && latest.is_none_or(|last| last < (on, entry.id)) => {
                entry.result
            }
            () if law.reads(Misreading::LastEntryIsTheResult) => sum,
            () if law.reads(Misreading::LargestEntryIsTheResult) => sum.max(entry.result),
            () if law.reads(Misreading::EntriesAreCounted) => sum.plus(Fraction::of("1")),
            () => sum.plus(entry.result),
        };
        latest = latest.max(Some((on, entry.id)));
    }
    law.saw_if(counted > 1, Situation::EntriesAddUp);
    law.saw_if(counted == 0, Situation::NoEntry);
    sum
}

/// The goal of these: n met, and the n-th greatest degree.
fn standing(law: &Law, goal: &Goal, all: &[Standing]) -> Standing {
    let needs = match goal.needs {
        _ if law.reads(Misreading::GoalNeedsAll) => all.len(),
        _ if law.reads(Misreading::GoalNeedsAny) => 1,
        Some(needs) => needs as usize,
        None => all.len(),
    };
    let met = all.iter().filter(|one| one.state == State::Met).count();
    let unknown = all.iter().filter(|one| one.state == State::NotKnown).count();
    law.saw_if(met == needs && needs < all.len(), Situation::JustEnoughRequirements);
    law.saw_if(met + 1 == needs, Situation::OneRequirementTooFew);
    let state = match () {
        () if unknown > 0 && law.reads(Misreading::UnknownGoalWhereAnyIs) => State::NotKnown,
        () if met >= needs => State::Met,
        () if met + unknown >= needs => State::NotKnown,
        () if all.iter().any(|one| matches!(one.state, State::Met | State::Partly)) => State::Partly,
        () => State::NotMet,
    };
    law.saw_if(unknown > 0 && met + unknown < needs, Situation::NotMetThoughSomeAreNotKnown);
    let degree = all.iter().map(|one| one.degree).collect::<Option<Vec<Fraction>>>().map(|mut degrees| {
        degrees.sort_by(|a, b| b.partial_cmp(a).unwrap());
        match () {
            () if law.reads(Misreading::DegreeIsTheGreatest) => degrees[0],
            () if law.reads(Misreading::DegreeIsTheLeast) => degrees[degrees.len() - 1],
            () if law.reads(Misreading::DegreeIsTheMean) => {
                let sum = degrees.iter().fold(ZERO, |sum, one| sum.plus(*one));
                sum.over(Fraction::of(&degrees.len().to_string()))
            }
            () if law.reads(Misreading::DegreeFromTheLeast) => degrees[degrees.len() - needs],
            () => degrees[needs - 1],
        }
    });
    Standing { state, degree }
}
