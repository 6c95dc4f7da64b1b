//! Goals: what they ask, from where their results come, and that none is made of itself (goals 2).

use super::depth::{Depths, Node, depth};
use super::{Findings, granted, ids_twice, listed, measured, repeated};
use crate::contract::terms::Contract;
use crate::figure::Window;
use crate::figure::asking::DEEPEST;
use crate::figure::goal::{Basis, Goal, GoalMet, Requirement};
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    ids_twice(found, "goal", contract.goals.iter().map(|goal| &goal.id));
    let mut depths = Depths::new();
    for (nth, goal) in contract.goals.iter().enumerate() {
        let path = format!("goal[{nth}]");
        if goal.requirements.is_empty() {
            let path = format!("{path}.requirement");
            found.say(Code::EmptyList, &path, "`requirement` is an empty list").help("add a `[[goal.requirement]]`");
        }
        for (nth, id) in repeated(goal.requirements.iter().map(|one| &one.id)) {
            let message = format!("the goal has two requirements with the id {}", quote(id.as_str()));
            let finding = found.say(Code::SameIdTwice, &format!("{path}.requirement[{nth}].id"), message);
            finding.help("give one of them another id").rests(format!("{path}.requirement[*].id"));
        }
        needs(&path, goal, found);
        for (nth, one) in goal.requirements.iter().enumerate() {
            requirement(contract, &format!("{path}.requirement[{nth}]"), one, found);
        }
        if depth(contract, Node::Goal(&goal.id), 0, &mut depths) > DEEPEST {
            let message = format!(
                "the goal {} is made of itself, or of goals and figures more than {DEEPEST} deep",
                quote(goal.id.as_str())
            );
            let help = "a goal asks for figures and goals that can be worked out before it";
            let finding = found.say(Code::GoalCircle, &format!("{path}.id"), message).help(help);
            finding.rests("figure").rests("goal");
        }
    }
}

/// No more are needed than there are requirements with a target.
fn needs(path: &str, goal: &Goal, found: &mut Findings) {
    let (key, of) = (format!("{path}.needs"), goal.asked().count());
    if goal.needs == Some(0) {
        found.at_least_1(&key, 0);
    } else if goal.needs.is_some() && goal.needed() > of {
        let message = format!("`needs` is {}, more than the goal has requirements with a target ({of})", goal.needed());
        let help = match of {
            0 => "give a requirement a target with `at_least`, or leave `needs` out".to_owned(),
            _ => format!("it is at most {of}; without `needs` all have to be met"),
        };
        found.say(Code::GoalNeeds, &key, message).help(help).rests(format!("{path}.requirement"));
    }
}

fn requirement(contract: &Contract, path: &str, one: &Requirement, found: &mut Findings) {
    if one.at_least == Some(Ratio::ZERO) {
        let help = "it is above 0; leave it out where the result is only told";
        found.say(Code::TargetOfZero, &format!("{path}.at_least"), "the target is 0, which is always there").help(help);
    }
    match &one.from {
        Basis::Entries => {}
        Basis::Figure(id) => figure_of(contract, &format!("{path}.figure"), id, found),
        Basis::Goal(id) => asked(contract, &format!("{path}.goal"), id, found),
    }
}

/// A figure that is a result has one value on each day, whoever asks.
fn figure_of(contract: &Contract, path: &str, id: &Id, found: &mut Findings) {
    measured::named(contract, path, id, found);
    measured::of_everybody(contract, path, id, found);
    let why = ("no goal can ask for it", "goals are looked at before anything is granted; ask what is counted or measured");
    granted::not_yet(contract, path, id, why, found);
    let mut parts = contract.named().with_parts([id]).into_iter();
    let since_last = parts.find(|id| {
        let window = contract.figure(id).and_then(|(_, figure)| figure.form.window());
        window == Some(Window::SinceLast)
    });
    if let Some(id) = since_last {
        let message =
            format!("figure {} looks at the days since the asker's last date, and a goal has none", quote(id.as_str()));
        let help = "choose another `window` for the figure";
        found.say(Code::GoalSinceLast, path, message).help(help).rests("figure");
    }
}

/// A goal that is asked for is there and has a target.
fn asked(contract: &Contract, path: &str, id: &Id, found: &mut Findings) {
    let Some(goal) = contract.goal(id) else {
        let message = format!("the contract has no goal {}", quote(id.as_str()));
        let known = listed(contract.goals.iter().map(|goal| goal.id.as_str()));
        let help = if known.is_empty() { "add a `[[goal]]`".to_owned() } else { format!("its goals are {known}") };
        found.say(Code::UnknownName, path, message).help(help).rests("goal[*].id");
        return;
    };
    if !goal.is_asked() && !goal.requirements.is_empty() {
        let message = format!("the goal {} has no target, so that it cannot be met", quote(id.as_str()));
        let help = "give one of its requirements a target with `at_least`";
        found.say(Code::GoalWithoutTarget, path, message).help(help).rests("goal");
    }
}

/// A figure that asks for a goal.
pub(super) fn figure(contract: &Contract, path: &str, terms: &GoalMet, found: &mut Findings) {
    asked(contract, &format!("{path}.goal"), &terms.goal, found);
}
