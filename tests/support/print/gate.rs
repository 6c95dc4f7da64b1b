//! The keys of a gate.

use super::charge::dates;
use super::node::{Key, Node, count, decimal, keys, text};
use crate::support::programme::*;

pub fn gate(gate: &Gate) -> Vec<Key> {
    let mut all = keys([("id", text(&gate.id)), ("needs", count(gate.needs))]);
    all.extend(gate.dates.as_ref().map(dates));
    all.push(("test", Node::Tables(gate.tests.iter().map(test).collect())));
    all
}

fn test(test: &Test) -> Vec<Key> {
    match test {
        Test::Figure { figure, side, of, tolerance } => {
            let side = match side {
                Side::AtLeast => "at_least",
                Side::Above => "above",
                Side::AtMost => "at_most",
                Side::Below => "below",
            };
            // A ratio stands in quotes.
            let tolerance = tolerance.as_deref().and_then(text);
            keys([("figure", text(figure)), (side, Some(decimal(of))), ("tolerance", tolerance)])
        }
        Test::Charge { charge, step, reached } => {
            keys([("charge", text(charge)), ("step", count(*step)), ("reached", (!reached).then_some(Node::No))])
        }
        Test::Gate(gate) => keys([("gate", text(gate))]),
        Test::Suspended(yes) => keys([("suspended", Some(if *yes { Node::Yes } else { Node::No }))]),
    }
}
