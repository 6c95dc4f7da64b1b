//! Gates.

use super::{Keys, dates};
use crate::support::programme::*;

pub fn gate(keys: &Keys) -> Gate {
    let dated = ["on", "every"].iter().any(|key| keys.0.contains_key(*key));
    Gate {
        id: keys.need("id"),
        needs: keys.count("needs"),
        dates: dated.then(|| dates(keys)),
        tests: keys.tables("test").iter().map(test).collect(),
    }
}

fn test(keys: &Keys) -> Test {
    if let Some(figure) = keys.text("figure") {
        let sides = [("at_least", Side::AtLeast), ("above", Side::Above), ("at_most", Side::AtMost), ("below", Side::Below)];
        let mut held = sides.iter().filter_map(|(key, side)| Some((*side, keys.text(key)?)));
        let (side, of) = held.next().expect("a figure is held against a number");
        assert!(held.next().is_none(), "one comparison a test");
        return Test::Figure { figure, side, of, tolerance: keys.text("tolerance") };
    }
    if let Some(yes) = keys.text("suspended") {
        return Test::Suspended(yes == "true");
    }
    match keys.text("charge") {
        Some(charge) => Test::Charge { charge, step: keys.count("step"), reached: !keys.is("reached", "false") },
        None => Test::Gate(keys.need("gate")),
    }
}
