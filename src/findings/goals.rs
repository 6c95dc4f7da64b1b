//! Goals of which nothing is shown, or only too late, and figures of theirs that are not known (goals 7).

use super::View;
use crate::entitlement::goals::asking;
use crate::entitlement::{Plan, census};
use crate::facts::roster::Roster;
use crate::facts::{Fact, Row, Shown};
use crate::figure::goal::{Basis, Goal, Requirement};
use crate::measure::diagnostic::{Code, Diagnostic, Place};

pub(super) fn look(view: &View<'_>, plan: &Plan<'_>, roster: &Roster<'_>, found: &mut Vec<Diagnostic>) {
    if view.contract.goals.is_empty() {
        return;
    }
    for goal in &view.contract.goals {
        if view.is_last {
            goal.requirements
                .iter()
                .filter(|one| one.from == Basis::Entries)
                .for_each(|one| unshown(view, goal, one, found));
        }
        after_the_end(view, goal, found);
    }
    not_known(view, plan, roster, found);
}

/// The entries known on the last cut-off, of a goal or of one of its requirements.
fn entries<'v>(view: &View<'v>, goal: &Goal, one: Option<&Requirement>) -> Vec<(&'v Row<Shown>, &'v Shown)> {
    let all = &view.facts.shown;
    let known = (0..all.len()).filter_map(|nth| all.known(nth, view.known_on));
    let mine = |entry: &Shown| entry.goal == goal.id && one.is_none_or(|one| entry.requirement == one.id);
    known.filter(|(_, entry)| mine(entry)).collect()
}

/// Nobody has written down what came of it, not even that nothing did.
fn unshown(view: &View<'_>, goal: &Goal, one: &Requirement, found: &mut Vec<Diagnostic>) {
    if entries(view, goal, Some(one)).is_empty() {
        let message = format!("nothing was shown of requirement `{}` of goal `{}`: no entry names it", one.id, goal.id);
        let help = "add an entry with its evidence; if nothing came of it, one with the result 0";
        let place = Place { field: Some("requirement".to_owned()), ..Place::file(Shown::FILE) };
        found.push(Diagnostic::new(Code::NothingShown, place, message).help(help));
    }
}

/// All that was shown came after the contract.
fn after_the_end(view: &View<'_>, goal: &Goal, found: &mut Vec<Diagnostic>) {
    let mut entries = entries(view, goal, None);
    entries.sort_by_key(|(row, entry)| (entry.shown_on, &row.id));
    let ends = view.contract.ends;
    let Some((row, entry)) = entries.first().filter(|(_, entry)| entry.shown_on > ends) else { return };
    let message = format!(
        "all that was shown of goal `{}` was shown after the contract's last day {ends}, first on {}",
        goal.id, entry.shown_on
    );
    let help = "`shown_on` is the day on which it was there, not the day on which it was written down";
    found.push(Diagnostic::new(Code::ShownAfterEnd, row.place("shown_on"), message).help(help));
}

/// One notice for each figure that a goal asks for and that is not known as the last settlement's goals stand.
fn not_known(view: &View<'_>, plan: &Plan<'_>, roster: &Roster<'_>, found: &mut Vec<Diagnostic>) {
    let Some(last) = view.settled.last() else { return };
    let asks = |goal: &&Goal| goal.requirements.iter().any(|one| one.figure().is_some());
    if !view.contract.goals.iter().any(|goal| asks(&goal)) {
        return;
    }
    let adds = census::of_all(plan, roster, last.cut_off);
    let mut asking = asking(plan, &adds, (last.days.last, last.cut_off));
    for goal in &view.contract.goals {
        for (one, figure) in goal.requirements.iter().filter_map(|one| Some((one, one.figure()?))) {
            if asking.value(figure).is_some() {
                continue;
            }
            let message = format!(
                "figure `{figure}`, the result of requirement `{}` of goal `{}`, is not known on {}",
                one.id, goal.id, last.days.last
            );
            let help = "what is missing makes it known once it is reported; the next settlement asks again";
            let place = Place { field: Some("metric".to_owned()), ..Place::file(crate::facts::Measurement::FILE) };
            found.push(Diagnostic::new(Code::GoalNotKnown, place, message).help(help));
        }
    }
}
