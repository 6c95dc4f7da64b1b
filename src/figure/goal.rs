//! Goals: what was to come, how much came, and whether that is enough (goals 2, 3).

use super::Asked;
use crate::facts::{Facts, Row, Shown};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use serde::Serialize;

/// A goal of the contract (goals 2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Goal {
    /// Its name in the contract.
    pub id: Id,
    /// What the parties call it.
    pub title: Option<String>,
    /// Where in the contract it stands.
    pub clause: Option<String>,
    /// How many of its requirements with a target have to be met; `None` = all.
    pub needs: Option<u32>,
    /// What it asks, in the contract's order.
    pub requirements: Vec<Requirement>,
}

/// What a goal asks (goals 2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Requirement {
    /// Its name in the goal.
    pub id: Id,
    /// What the parties call it.
    pub title: Option<String>,
    /// Where in the contract it stands.
    pub clause: Option<String>,
    /// Where its result comes from.
    pub from: Basis,
    /// The target; `None` = the result is only told, or it is a goal's.
    pub at_least: Option<Ratio>,
}

/// Where a result comes from (goals 2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Basis {
    /// The entries of `goals.csv`, which add up.
    Entries,
    /// A figure.
    Figure(Id),
    /// Another goal.
    Goal(Id),
}

/// A figure that asks for a goal (goals 3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoalMet {
    /// The goal.
    pub goal: Id,
    /// What of it.
    pub by: ByGoal,
}

/// What a figure says of a goal (goals 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByGoal {
    /// 1 if it is met, else 0.
    Met,
    /// Its degree, in per cent.
    Degree,
    /// How many of its requirements are met.
    Requirements,
}

/// How a goal or a requirement stands (goals 2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// What was asked is there.
    Met,
    /// Something of it is.
    Partly,
    /// Nothing of it is.
    NotMet,
    /// A figure is not known.
    NotKnown,
}

/// How a requirement stands on a day, by exact values (goals 2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// How much there is; `None` = it is not known.
    pub result: Option<Ratio>,
    /// 100 × result ÷ target; `None` without a target, or where it is not known.
    pub degree: Option<Ratio>,
    /// `None` without a target.
    pub state: Option<State>,
    /// The measurement that says so, by number; none where no single one does.
    pub measurement: Option<u32>,
}

/// How a goal stands on a day (goals 2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attained {
    /// How many of its requirements have to be met.
    pub needed: usize,
    /// How many are.
    pub met: usize,
    /// How many are not known.
    pub unknown: usize,
    /// The degree of that requirement whose degree is the `needed`-th greatest; `None` where any degree is not known.
    pub degree: Option<Ratio>,
    /// `None` where nothing has a target.
    pub state: Option<State>,
}

impl Requirement {
    /// Whether there is something to be met.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.at_least.is_some() || matches!(self.from, Basis::Goal(_))
    }

    /// The figure that its result is.
    #[must_use]
    pub fn figure(&self) -> Option<&Id> {
        match &self.from {
            Basis::Figure(id) => Some(id),
            Basis::Entries | Basis::Goal(_) => None,
        }
    }

    /// The goal that its result is.
    #[must_use]
    pub fn goal(&self) -> Option<&Id> {
        match &self.from {
            Basis::Goal(id) => Some(id),
            Basis::Entries | Basis::Figure(_) => None,
        }
    }

    /// The target; of a goal it is 100.
    #[must_use]
    pub fn target(&self) -> Option<Ratio> {
        match self.from {
            Basis::Goal(_) => Some(Ratio::of(Decimal::ONE_HUNDRED)),
            Basis::Entries | Basis::Figure(_) => self.at_least,
        }
    }

    /// How it stands with that result.
    #[must_use]
    pub fn stands(&self, result: Option<Ratio>, measurement: Option<u32>) -> Standing {
        let Some(target) = self.at_least else { return Standing { result, degree: None, state: None, measurement } };
        let degree = result.and_then(|result| result.divided(target)?.times(Ratio::of(Decimal::ONE_HUNDRED)));
        let state = match result {
            None => State::NotKnown,
            Some(result) if result >= target => State::Met,
            Some(result) if result > Ratio::ZERO => State::Partly,
            Some(_) => State::NotMet,
        };
        Standing { result, degree, state: Some(state), measurement }
    }
}

impl Standing {
    /// How a requirement stands that another goal answers for; without one it is not known.
    #[must_use]
    pub fn of_goal(inner: Option<Attained>) -> Standing {
        let degree = inner.and_then(|inner| inner.degree);
        let state = inner.and_then(|inner| inner.state).unwrap_or(State::NotKnown);
        Standing { result: degree, degree, state: Some(state), measurement: None }
    }

    /// Whether anything of it is there.
    fn is_begun(&self) -> bool {
        matches!(self.state, Some(State::Met | State::Partly))
    }
}

impl Goal {
    /// The requirements of which something is asked: those with a target, or a goal.
    pub fn asked(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter().filter(|one| one.is_asked())
    }

    /// How many of its requirements have to be met.
    #[must_use]
    pub fn needed(&self) -> usize {
        let asked = self.asked().count();
        self.needs.map_or(asked, |needs| usize::try_from(needs).unwrap_or(usize::MAX))
    }

    /// Whether there is something to be met.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked().next().is_some()
    }

    /// The requirement of that name.
    #[must_use]
    pub fn requirement(&self, id: &Id) -> Option<&Requirement> {
        self.requirements.iter().find(|one| one.id == *id)
    }

    /// The entries of a requirement that are known on the cut-off and were shown by the day, by that day and their ids.
    #[must_use]
    pub fn entries<'f>(
        &self,
        requirement: &Requirement,
        facts: &'f Facts,
        asked: Asked,
    ) -> Vec<(&'f Row<Shown>, &'f Shown)> {
        let all = &facts.shown;
        let known = (0..all.len()).filter_map(|nth| all.known(nth, asked.known_on));
        let mine = known.filter(|(_, entry)| entry.goal == self.id && entry.requirement == requirement.id);
        let mut entries: Vec<_> = mine.filter(|(_, entry)| entry.shown_on <= asked.on).collect();
        entries.sort_by_key(|(_, entry)| entry.shown_on);
        entries
    }

    /// How it stands if the requirements of which something is asked stand so. It is met if enough of them are, not known if only
    /// those that are not known could be enough, else partly met if there is anything of any of them.
    #[must_use]
    pub fn attained(&self, asked: &[Standing]) -> Attained {
        let needed = self.needed();
        let count = |state| asked.iter().filter(|stands| stands.state == Some(state)).count();
        let (met, unknown) = (count(State::Met), count(State::NotKnown));
        let state = match asked.len() {
            0 => None,
            _ if met >= needed => Some(State::Met),
            _ if met + unknown >= needed => Some(State::NotKnown),
            _ if asked.iter().any(Standing::is_begun) => Some(State::Partly),
            _ => Some(State::NotMet),
        };
        let degrees: Option<Vec<Ratio>> = asked.iter().map(|stands| stands.degree).collect();
        let mut degrees = degrees.unwrap_or_default();
        degrees.sort_unstable_by(|a, b| b.cmp(a));
        let degree = needed.checked_sub(1).and_then(|nth| degrees.get(nth).copied());
        Attained { needed, met, unknown, degree, state }
    }
}

impl Attained {
    /// What a figure says of it; `None` = it is not known (goals 3).
    #[must_use]
    pub fn value(&self, by: ByGoal) -> Option<Ratio> {
        let number = |count: usize| Ratio::new(i128::try_from(count).ok()?, 1);
        match (by, self.state?) {
            (ByGoal::Degree, _) => self.degree,
            (ByGoal::Met, State::NotKnown) => None,
            (ByGoal::Met, state) => number(usize::from(state == State::Met)),
            (ByGoal::Requirements, _) if self.unknown > 0 => None,
            (ByGoal::Requirements, _) => number(self.met),
        }
    }
}

impl State {
    /// As it is written (goals 4).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            State::Met => "met",
            State::Partly => "partly",
            State::NotMet => "not-met",
            State::NotKnown => "not-known",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str) -> Ratio {
        Ratio::parse(text).unwrap()
    }

    fn goal(needs: Option<u32>, targets: &[Option<&str>]) -> Goal {
        let requirement = |(nth, target): (usize, &Option<&str>)| Requirement {
            id: Id::name(&format!("r{nth}")),
            title: None,
            clause: None,
            from: Basis::Entries,
            at_least: target.map(ratio),
        };
        let requirements = targets.iter().enumerate().map(requirement).collect();
        Goal { id: Id::name("g"), title: None, clause: None, needs, requirements }
    }

    fn attained(goal: &Goal, results: &[Option<&str>]) -> Attained {
        let results = results.iter().map(|result| result.map(ratio));
        let standings: Vec<Standing> = goal.asked().zip(results).map(|(one, result)| one.stands(result, None)).collect();
        goal.attained(&standings)
    }

    fn told(goal: &Goal, results: &[Option<&str>]) -> (Option<&'static str>, Option<String>, usize) {
        let attained = attained(goal, results);
        (attained.state.map(State::name), attained.degree.map(|degree| degree.to_string()), attained.met)
    }

    #[test]
    fn and_has_the_least_degree_and_or_the_greatest() {
        let both = goal(None, &[Some("7"), Some("7")]);
        assert_eq!(told(&both, &[Some("7"), Some("5")]), (Some("partly"), Some("500/7".to_owned()), 1));
        assert_eq!(told(&both, &[Some("0"), Some("0")]), (Some("not-met"), Some("0".to_owned()), 0));
        assert_eq!(told(&both, &[Some("0.5"), Some("0")]), (Some("partly"), Some("0".to_owned()), 0));
        assert_eq!(told(&both, &[Some("14"), Some("7")]), (Some("met"), Some("100".to_owned()), 2));
        let either = goal(Some(1), &[Some("7"), Some("7")]);
        assert_eq!(told(&either, &[Some("7"), Some("0")]), (Some("met"), Some("100".to_owned()), 1));
        assert_eq!(told(&either, &[Some("6.999999"), Some("0")]).0, Some("partly"));
        let two = goal(Some(2), &[Some("10"), Some("10"), Some("10"), None]);
        let results = [Some("10"), Some("1"), Some("4"), Some("1")];
        assert_eq!(told(&two, &results), (Some("partly"), Some("40".to_owned()), 1));
    }

    #[test]
    fn what_is_not_known_is_so_only_where_it_matters() {
        let either = goal(Some(1), &[Some("7"), Some("7")]);
        assert_eq!(told(&either, &[Some("7"), None]), (Some("met"), None, 1));
        assert_eq!(told(&either, &[Some("6"), None]), (Some("not-known"), None, 0));
        let both = goal(None, &[Some("7"), Some("7")]);
        assert_eq!(told(&both, &[Some("6"), None]), (Some("partly"), None, 0), "it cannot be met any more");
        assert_eq!(told(&both, &[Some("0"), None]), (Some("not-met"), None, 0));
        let value =
            |goal: &Goal, results: &[Option<&str>], by| attained(goal, results).value(by).map(|value| value.to_string());
        let known = [Some("7"), None];
        assert_eq!(value(&either, &known, ByGoal::Met).as_deref(), Some("1"));
        assert_eq!(value(&either, &known, ByGoal::Degree), None);
        assert_eq!(value(&either, &known, ByGoal::Requirements), None);
        assert_eq!(value(&both, &[Some("6"), None], ByGoal::Met).as_deref(), Some("0"));
        assert_eq!(value(&both, &[Some("8"), Some("6")], ByGoal::Requirements).as_deref(), Some("1"));
    }

    #[test]
    fn without_a_target_there_is_no_state() {
        let told_only = goal(None, &[None]);
        assert_eq!(told(&told_only, &[Some("35")]), (None, None, 0));
        assert_eq!(attained(&told_only, &[Some("35")]).value(ByGoal::Met), None);
    }

    #[test]
    fn a_goal_in_a_goal_is_met_as_that_one_is() {
        let part = |from| Requirement { id: Id::name("r"), title: None, clause: None, from, at_least: None };
        let outer = Goal { requirements: vec![part(Basis::Goal(Id::name("inner")))], ..goal(None, &[]) };
        let state = |goal: &Goal, results: &[Option<&str>]| {
            let attained = outer.attained(&[Standing::of_goal(Some(attained(goal, results)))]);
            (attained.state, attained.degree.map(|degree| degree.to_string()))
        };
        let both = goal(None, &[Some("2"), Some("1")]);
        assert_eq!(state(&both, &[Some("1"), Some("0")]), (Some(State::Partly), Some("0".to_owned())), "one half is there");
        let either = goal(Some(1), &[Some("2"), Some("1")]);
        assert_eq!(state(&either, &[Some("2"), None]), (Some(State::Met), None));
        assert_eq!(outer.attained(&[Standing::of_goal(None)]).state, Some(State::NotKnown));
    }
}
