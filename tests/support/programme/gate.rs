//! Gates: tests that have to be met before something is owed.

use super::{Contract, Dates};

/// Judged on its dates or, without any, on the day that asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    pub id: String,
    /// How many of the tests; all of them if left out.
    pub needs: Option<i64>,
    pub dates: Option<Dates>,
    pub tests: Vec<Test>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A figure held against a number.
    Figure {
        figure: String,
        side: Side,
        of: String,
        tolerance: Option<String>,
    },
    /// A charge, or a step of it, that was reached, or was not.
    Charge {
        charge: String,
        step: Option<i64>,
        reached: bool,
    },
    Gate(String),
    /// The own day lies in a suspension, or does not.
    Suspended(bool),
}

/// On which side of a number a figure has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Contract {
    /// Takes the names of charges that are gone out of the gates, with the gates that have no test left.
    pub(super) fn forget_in_gates(&mut self, is_gone: impl Fn(&str) -> bool) {
        let mut gone: Vec<String> = Vec::new();
        loop {
            for gate in &mut self.gates {
                gate.tests.retain(|test| match test {
                    Test::Figure { .. } | Test::Suspended(_) => true,
                    Test::Charge { charge, .. } => !is_gone(charge),
                    Test::Gate(gate) => !gone.contains(gate),
                });
                gate.needs = gate.needs.map(|needs| needs.min(gate.tests.len() as i64));
            }
            let empty = self.gates.iter().filter(|gate| gate.tests.is_empty()).map(|gate| gate.id.clone());
            let empty: Vec<String> = empty.collect();
            if empty.is_empty() {
                break;
            }
            self.gates.retain(|gate| !empty.contains(&gate.id));
            gone.extend(empty);
        }
        for charge in &mut self.charges {
            charge.requires.retain(|name| !gone.contains(name));
        }
    }
}
