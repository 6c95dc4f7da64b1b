//! Goals in words: what was asked, what was shown and by what, and whether that is enough (goals 2, 3).

use super::fraction::Fraction;
use super::goal_told::{EntryTold, FromTold, GoalTold, RequirementTold};
use super::page::Page;
use super::reckoning::FigureTold;
use super::render_row::source;
use super::words::Phrase;
use crate::figure::ByGoal;
use crate::figure::goal::State;

fn number(page: &Page, number: &Fraction) -> String {
    page.digits(&number.to_string())
}

/// What a figure says of a goal; how that stands is told before it.
pub(super) fn figure(page: &mut Page, indent: usize, (told, by): (&FigureTold, ByGoal), of: &GoalTold) {
    goal(page, indent, of);
    let Some(exact) = told.exact.filter(|_| told.value.is_some()).map(|exact| number(page, &exact)) else {
        return page.put(indent, Phrase::FigureNotMade, &[&told.figure]);
    };
    let phrase = match by {
        ByGoal::Met => Phrase::FigureGoalMet,
        ByGoal::Degree => Phrase::FigureGoalDegree,
        ByGoal::Requirements => Phrase::FigureGoalRequirements,
    };
    page.put(indent, phrase, &[&told.figure, &exact, &of.goal]);
}

/// How a goal stands, and what it asks.
fn goal(page: &mut Page, indent: usize, told: &GoalTold) {
    let (met, needed) = (told.met.to_string(), told.needed.to_string());
    let state = told.state.map(|state| self::state(page, state)).unwrap_or_default();
    match told.degree.map(|degree| number(page, &degree)) {
        Some(degree) => page.put(indent, Phrase::GoalStands, &[&told.goal, &state, &met, &needed, &degree]),
        None => page.put(indent, Phrase::GoalStandsUnknown, &[&told.goal, &state, &met, &needed]),
    }
    told.requirements.iter().for_each(|one| requirement(page, indent + 2, one));
}

fn requirement(page: &mut Page, indent: usize, told: &RequirementTold) {
    let state = state(page, told.state);
    let target = told.target.map(|target| number(page, &target)).unwrap_or_default();
    let degree = told.degree.map(|degree| number(page, &degree)).unwrap_or_default();
    let name = match &told.from {
        FromTold::Figure(figure) => page.say(Phrase::RequirementFigure, &[&told.requirement, figure]),
        FromTold::Entries(_) | FromTold::Goal(_) => told.requirement.clone(),
    };
    match (&told.from, told.result.map(|result| number(page, &result))) {
        (FromTold::Goal(inner), _) => {
            page.put(indent, Phrase::RequirementGoal, &[&name, &inner.goal, &state]);
            goal(page, indent + 2, inner);
        }
        (_, Some(result)) => {
            page.put(indent, Phrase::RequirementStands, &[&name, &result, &target, &degree, &state]);
        }
        (_, None) => page.put(indent, Phrase::RequirementUnknown, &[&name, &target]),
    }
    if let FromTold::Entries(entries) = &told.from {
        entries.iter().for_each(|one| entry(page, indent + 2, one));
        if entries.is_empty() {
            page.put(indent + 2, Phrase::NothingShown, &[]);
        }
    }
}

fn entry(page: &mut Page, indent: usize, told: &EntryTold) {
    let (result, day, row) = (page.number(told.result), page.day(told.shown_on), source(page, &told.row));
    page.put(indent, Phrase::EntryShown, &[&told.id, &result, &day, &told.evidence, &row]);
}

fn state(page: &Page, state: State) -> String {
    let phrase = match state {
        State::Met => Phrase::GoalIsMet,
        State::Partly => Phrase::GoalIsPartly,
        State::NotMet => Phrase::GoalIsNotMet,
        State::NotKnown => Phrase::GoalIsNotKnown,
    };
    page.say(phrase, &[])
}
