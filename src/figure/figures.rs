//! The figures of a contract and the goals that some of them ask for, as they are named by one another (mechanisms 4.1, goals 2).

use super::goal::{Goal, Requirement};
use super::{Figure, Form};
use crate::measure::id::Id;
use std::collections::BTreeSet;

/// All figures and goals of a contract.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    /// The figures.
    pub all: &'a [Figure],
    /// The goals.
    pub goals: &'a [Goal],
}

impl<'a> Figures<'a> {
    /// The figure of that name and its place.
    #[must_use]
    pub fn find(self, id: &Id) -> Option<(u16, &'a Figure)> {
        (0_u16..).zip(self.all).find(|(_, figure)| figure.id == *id)
    }

    /// The goal of that name.
    #[must_use]
    pub fn goal(self, id: &Id) -> Option<&'a Goal> {
        self.goals.iter().find(|goal| goal.id == *id)
    }

    /// The figures that one is made of; of a goal those that its requirements with a target look at, through other goals too.
    #[must_use]
    pub fn parts(self, form: &'a Form) -> Vec<&'a Id> {
        match form {
            Form::Goal(terms) => {
                self.goals_in(&terms.goal).into_iter().flat_map(Goal::asked).filter_map(Requirement::figure).collect()
            }
            _ => form.parts(),
        }
    }

    /// A goal and those that it asks for, each once.
    #[must_use]
    pub fn goals_in(self, id: &'a Id) -> Vec<&'a Goal> {
        let (mut next, mut seen, mut goals) = (vec![id], BTreeSet::new(), Vec::new());
        while let Some(id) = next.pop() {
            let Some(goal) = self.goal(id).filter(|_| seen.insert(id)) else { continue };
            goals.push(goal);
            next.extend(goal.requirements.iter().filter_map(Requirement::goal));
        }
        goals
    }

    /// The figures of these names and everything that they are made of.
    #[must_use]
    pub fn with_parts(self, names: impl IntoIterator<Item = &'a Id>) -> BTreeSet<&'a Id> {
        let (mut next, mut all): (Vec<&Id>, BTreeSet<&Id>) = (names.into_iter().collect(), BTreeSet::new());
        while let Some(id) = next.pop() {
            if all.insert(id) {
                next.extend(self.find(id).map(|(_, figure)| self.parts(&figure.form)).unwrap_or_default());
            }
        }
        all
    }

    /// Whether one of these figures is, or is made of, what is granted: then who asks waits for its turn (mechanisms 4.1).
    #[must_use]
    pub fn rest_on_granted(self, names: impl IntoIterator<Item = &'a Id>) -> bool {
        let granted = |id: &Id| self.find(id).is_some_and(|(_, figure)| matches!(figure.form, Form::Granted(_)));
        self.with_parts(names).into_iter().any(granted)
    }
}
