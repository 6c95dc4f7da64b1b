//! How goals stand, looked up entry by entry and worked out on fractions of their own (goals 2, 3).

use super::figures::Lookup;
use super::fraction::Fraction;
use super::goal_told::{EntryTold, FromTold, GoalTold, RequirementTold};
use super::reckoning::{FigureTold, HowTold};
use super::rows::source;
use crate::figure::asking::DEEPEST;
use crate::figure::goal::{Basis, ByGoal, Goal, GoalMet, Requirement, State};
use crate::measure::id::Id;
use rust_decimal::Decimal;

impl<'c> Lookup<'c> {
    /// What a figure says of a goal.
    pub(super) fn goal_met(&mut self, terms: &'c GoalMet, told: &mut FigureTold) {
        let goal = self.goal(&terms.goal, &mut told.parts);
        let number = |count: usize| Some(Fraction::of(Decimal::from(count)));
        told.exact = match (terms.by, goal.state) {
            (_, None) | (ByGoal::Met, Some(State::NotKnown)) => None,
            (ByGoal::Degree, _) => goal.degree,
            (ByGoal::Met, Some(state)) => number(usize::from(state == State::Met)),
            (ByGoal::Requirements, _) if goal.unknown > 0 => None,
            (ByGoal::Requirements, _) => number(goal.met),
        };
        told.how = HowTold::Goal { by: terms.by, goal };
    }

    /// How a goal stands; in full where it is asked for first. The figures that it looks at are told before it.
    fn goal(&mut self, id: &'c Id, parts: &mut Vec<FigureTold>) -> GoalTold {
        if let Some(known) = self.goals.get(id) {
            return known.clone();
        }
        let mut told = GoalTold { goal: id.to_string(), ..GoalTold::default() };
        self.goals.insert(id, told.clone());
        let found = self.at.contract.goals.iter().find(|goal| goal.id == *id);
        let Some(goal) = found.filter(|_| self.deep < DEEPEST) else { return told };
        self.deep += 1;
        for one in goal.requirements.iter().filter(|one| one.at_least.is_some() || one.goal().is_some()) {
            told.requirements.push(self.requirement(goal, one, parts));
        }
        self.deep -= 1;
        told.needed = goal.needs.map_or(told.requirements.len(), |needs| usize::try_from(needs).unwrap_or(usize::MAX));
        judge(&mut told);
        self.goals.insert(id, GoalTold { requirements: Vec::new(), ..told.clone() });
        told
    }

    fn requirement(&mut self, goal: &Goal, one: &'c Requirement, parts: &mut Vec<FigureTold>) -> RequirementTold {
        let mut told = RequirementTold {
            requirement: one.id.to_string(),
            target: one.at_least.and_then(Fraction::of_ratio),
            result: None,
            degree: None,
            state: State::NotKnown,
            from: FromTold::Entries(Vec::new()),
        };
        match &one.from {
            Basis::Goal(id) => {
                let inner = self.goal(id, parts);
                (told.result, told.degree) = (inner.degree, inner.degree);
                told.state = inner.state.unwrap_or(State::NotKnown);
                told.target = Some(Fraction::of(Decimal::ONE_HUNDRED));
                told.from = FromTold::Goal(Box::new(inner));
                return told;
            }
            Basis::Figure(id) => {
                let figure = self.look_up(id);
                told.result = figure.value;
                parts.push(figure);
                told.from = FromTold::Figure(id.to_string());
            }
            Basis::Entries => {
                let entries = self.entries(&goal.id, &one.id);
                let mut sum = Some(Fraction::over(1));
                for entry in &entries {
                    sum = sum.and_then(|sum| sum.and(Fraction::of(entry.result)));
                }
                told.result = sum;
                told.from = FromTold::Entries(entries);
            }
        }
        if let (Some(result), Some(target)) = (told.result, told.target) {
            told.degree = Fraction::of(Decimal::ONE_HUNDRED).times(result).and_then(|hundred| hundred.by(target));
            told.state = match result.less(target) {
                None => State::NotKnown,
                Some(rest) if !rest.is_below_0() => State::Met,
                Some(_) if result.is_0() || result.is_below_0() => State::NotMet,
                Some(_) => State::Partly,
            };
        }
        told
    }

    /// What was shown of a requirement by the day, as its last row by the cut-off says.
    fn entries(&self, goal: &Id, requirement: &Id) -> Vec<EntryTold> {
        let all = &self.at.facts.shown;
        let mut entries: Vec<EntryTold> = Vec::new();
        for nth in 0..all.len() {
            let Some((row, terms)) = all.known(nth, self.at.cut_off) else { continue };
            if terms.goal == *goal && terms.requirement == *requirement && terms.shown_on <= self.date {
                entries.push(EntryTold {
                    id: row.id.to_string(),
                    shown_on: terms.shown_on,
                    result: terms.result.normalize(),
                    evidence: terms.evidence.to_string(),
                    row: source(row),
                });
            }
        }
        entries.sort_by(|a, b| (a.shown_on, &a.id).cmp(&(b.shown_on, &b.id)));
        entries
    }
}

/// Counts who is met, and takes the greatest degree that enough requirements have or surpass.
fn judge(told: &mut GoalTold) {
    let (mut met, mut open, mut begun) = (0_usize, 0_usize, false);
    for one in &told.requirements {
        match one.state {
            State::Met => met += 1,
            State::NotKnown => open += 1,
            State::Partly => begun = true,
            State::NotMet => {}
        }
    }
    (told.met, told.unknown) = (met, open);
    let most = met.saturating_add(open);
    told.state = match told.requirements.len() {
        0 => None,
        _ if told.needed <= met => Some(State::Met),
        _ if told.needed <= most => Some(State::NotKnown),
        _ if begun || met > 0 => Some(State::Partly),
        _ => Some(State::NotMet),
    };
    let degrees: Option<Vec<Fraction>> = told.requirements.iter().map(|one| one.degree).collect();
    let degrees = degrees.unwrap_or_default();
    let no_less = |one: Fraction, than: Fraction| one.less(than).is_some_and(|rest| !rest.is_below_0());
    for candidate in &degrees {
        let reach = degrees.iter().filter(|one| no_less(**one, *candidate)).count();
        if reach >= told.needed && told.degree.is_none_or(|best| no_less(*candidate, best)) {
            told.degree = Some(*candidate);
        }
    }
}
