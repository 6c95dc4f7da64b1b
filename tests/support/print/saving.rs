//! The keys of what a municipality saves.

use super::charge::valid;
use super::node::{Key, Node, count, decimal, keys, text, texts};
use super::outcome::length;
use crate::support::programme::*;

pub fn saving(terms: &Saving) -> Vec<Key> {
    let mut during = keys([("from", text("enrolment"))]);
    during.push(length(terms.during));
    let tables = |tables: Vec<Vec<Key>>| (!tables.is_empty()).then_some(Node::Tables(tables));
    keys([
        ("during", Some(Node::Inline(during))),
        ("months_to_weeks", terms.months_to_weeks.as_deref().and_then(text)),
        ("amounts", terms.amounts_of_rows.then_some("rows").and_then(text)),
        ("supported_kinds", terms.supported_kinds.as_deref().map(texts)),
        ("reset", terms.reset.map(reset)),
        ("refund", tables(terms.refunds.iter().map(refund).collect())),
        ("rate", tables(terms.rates.iter().map(rate).collect())),
        ("cost", tables(terms.costs.iter().map(cost).collect())),
    ])
}

fn reset(reset: Reset) -> Node {
    let number = |number| Some(Node::Number(number));
    Node::Inline(keys([("weeks", number(reset.weeks)), ("within_months", number(reset.within_months))]))
}

fn days(of: Valid) -> Option<Node> {
    of.map(|(from, until)| valid(from, until))
}

fn refund(terms: &Refund) -> Vec<Key> {
    let weeks = terms.weeks.map(|(from, below)| Node::Inline(keys([("from", count(from)), ("below", count(below))])));
    keys([
        ("weeks", weeks),
        ("valid", days(terms.valid)),
        // A share stands in quotes, also if it is whole.
        ("share", text(&terms.share)),
        ("source", text(&terms.source)),
    ])
}

fn pays(amount: &Pays) -> Key {
    match amount {
        Pays::Weekly(amount) => ("weekly", decimal(amount)),
        Pays::Monthly(amount) => ("monthly", decimal(amount)),
    }
}

fn rate(terms: &BenefitRate) -> Vec<Key> {
    let mut all = keys([("benefit", text(&terms.benefit)), ("valid", days(terms.valid))]);
    all.push(pays(&terms.amount));
    all.extend(keys([("source", text(&terms.source))]));
    all
}

fn cost(terms: &Cost) -> Vec<Key> {
    let mut all = keys([("kinds", Some(texts(&terms.kinds))), ("valid", days(terms.valid))]);
    all.push(pays(&terms.amount));
    let refunded = if terms.refunded { Node::Yes } else { Node::No };
    all.extend(keys([("refunded", Some(refunded)), ("source", text(&terms.source))]));
    all
}
