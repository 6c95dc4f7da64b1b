//! The keys of a goal.

use super::node::{Key, Node, count, keys, maybe, text};
use crate::support::programme::*;

pub fn goal(goal: &Goal) -> Vec<Key> {
    let requirements = goal.requirements.iter().map(requirement).collect();
    keys([
        ("id", text(&goal.id)),
        ("title", maybe(goal.title.as_ref())),
        ("clause", maybe(goal.clause.as_ref())),
        ("needs", count(goal.needs)),
        ("requirement", Some(Node::Tables(requirements))),
    ])
}

fn requirement(terms: &Requirement) -> Vec<Key> {
    let (figure, goal) = match &terms.from {
        ShownBy::Entries => (None, None),
        ShownBy::Figure(figure) => (text(figure), None),
        ShownBy::Goal(goal) => (None, text(goal)),
    };
    keys([
        ("id", text(&terms.id)),
        ("title", maybe(terms.title.as_ref())),
        ("clause", maybe(terms.clause.as_ref())),
        ("figure", figure),
        ("goal", goal),
        // A ratio: a whole number may stand bare.
        ("at_least", terms.at_least.as_deref().map(super::node::decimal)),
    ])
}

/// What a figure asks of a goal.
pub fn asked(goal: &str, by: GoalBy) -> Vec<Key> {
    let by = match by {
        GoalBy::Met => "met",
        GoalBy::Degree => "degree",
        GoalBy::Requirements => "requirements",
    };
    keys([("goal", text(goal)), ("by", text(by))])
}
