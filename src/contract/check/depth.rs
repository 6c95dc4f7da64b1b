//! How deep figures and goals are made of one another (mechanisms 4.1, goals 2).

use crate::contract::terms::Contract;
use crate::figure::Form;
use crate::figure::asking::DEEPEST;
use crate::figure::goal::Basis;
use crate::measure::id::Id;
use std::collections::BTreeMap;

/// A figure or a goal by its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node<'a> {
    Figure(&'a Id),
    Goal(&'a Id),
}

/// How many figures and goals stand beneath each that was looked at, itself counted; more than may be for one that is made of
/// itself.
pub(super) type Depths<'a> = BTreeMap<Node<'a>, usize>;

/// Looks at a figure or goal that stands `above` others deep already: no deeper than is allowed, and at each once.
pub(super) fn depth<'a>(contract: &'a Contract, node: Node<'a>, above: usize, depths: &mut Depths<'a>) -> usize {
    if above > DEEPEST {
        return DEEPEST + 1;
    }
    if let Some(known) = depths.get(&node) {
        return *known;
    }
    let parts: Vec<Node<'a>> = match node {
        Node::Figure(id) => match contract.figure(id).map(|(_, figure)| &figure.form) {
            Some(Form::Goal(terms)) => vec![Node::Goal(&terms.goal)],
            Some(form) => form.parts().into_iter().map(Node::Figure).collect(),
            None => return 0,
        },
        Node::Goal(id) => {
            let Some(goal) = contract.goal(id) else { return 0 };
            let parts = goal.requirements.iter().filter_map(|one| match &one.from {
                Basis::Entries => None,
                Basis::Figure(id) => Some(Node::Figure(id)),
                Basis::Goal(id) => Some(Node::Goal(id)),
            });
            parts.collect()
        }
    };
    depths.insert(node, DEEPEST + 1);
    let parts = parts.into_iter().map(|part| depth(contract, part, above + 1, depths));
    let whole = 1 + parts.max().unwrap_or(0);
    depths.insert(node, whole);
    whole
}
