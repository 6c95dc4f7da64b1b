//! Gates: what they test, when, and who is behind them (mechanisms 6.3, 14.3).

use super::{Findings, digits, granted, ids_twice, listed, measured, ties};
use crate::charge::test::{Bound, Test};
use crate::charge::{Dates, Gate};
use crate::contract::terms::Contract;
use crate::figure::Window;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use std::collections::BTreeSet;

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    ids_twice(found, "gate", contract.gates.iter().map(|gate| &gate.id));
    let used: BTreeSet<&Id> =
        contract.charges.iter().flat_map(|charge| contract.gates_of(charge)).map(|gate| &gate.id).collect();
    for (nth, gate) in contract.gates.iter().enumerate() {
        let path = format!("gate[{nth}]");
        if contract.charges.iter().any(|charge| charge.id == gate.id) {
            let message = format!("a charge and a gate have the id {}", quote(gate.id.as_str()));
            let help = "`requires` names both: give one of them another id";
            found.say(Code::SameIdTwice, &format!("{path}.id"), message).help(help).rests("charge[*].id");
        }
        if !used.contains(&gate.id) {
            let message = format!("nothing requires the gate {}", quote(gate.id.as_str()));
            let help = "name it in the `requires` of a charge, or remove it";
            let finding = found.say(Code::GateUnused, &format!("{path}.id"), message).help(help);
            finding.rests("charge").rests("gate[*]");
        }
        if let Some(Dates::On(dates)) = &gate.dates {
            measured::days(contract, &path, dates, found);
        }
        enough(&path, gate, found);
        for (nth, test) in gate.tests.iter().enumerate() {
            tested(contract, &format!("{path}.test[{nth}]"), gate, test, found);
        }
        ties::circle(contract, &gate.id, &format!("{path}.test"), found);
    }
}

/// There is a test, and no more are needed than there are.
fn enough(path: &str, gate: &Gate, found: &mut Findings) {
    let key = format!("{path}.needs");
    if gate.tests.is_empty() {
        found.say(Code::EmptyList, &format!("{path}.test"), "`test` is an empty list").help("add a `[[gate.test]]`");
    } else if gate.needs == Some(0) {
        found.at_least_1(&key, 0);
    } else if gate.needed() > gate.tests.len() {
        let (needs, of) = (gate.needed(), gate.tests.len());
        let message = format!("`needs` is {needs}, more than the gate has tests ({of}): it never opens");
        let help = format!("it is at most {of}; without `needs` all have to hold");
        found.say(Code::GateNever, &key, message).help(help).rests(format!("{path}.test"));
    }
}

fn tested(contract: &Contract, path: &str, gate: &Gate, test: &Test, found: &mut Findings) {
    match test {
        Test::Charge(reach) => ties::charge(contract, &reach.charge, &format!("{path}.charge"), found),
        Test::Figure(bound) => figure(contract, path, gate, bound, found),
        Test::Gate(id) if contract.gate(id).is_none() => {
            let message = format!("the contract has no gate {}", quote(id.as_str()));
            let help = format!("its gates are {}", listed(contract.gates.iter().map(|gate| gate.id.as_str())));
            found.say(Code::UnknownName, &format!("{path}.gate"), message).help(help).rests("gate[*].id");
        }
        Test::Gate(_) | Test::Suspended(_) => {}
    }
}

fn figure(contract: &Contract, path: &str, gate: &Gate, bound: &Bound, found: &mut Findings) {
    let key = format!("{path}.figure");
    measured::named(contract, &key, &bound.figure, found);
    if bound.tolerance > Ratio::ONE {
        let message = format!("a `tolerance` of {} asks for more than the number, not for less", bound.tolerance);
        let help = "it says how much of the number is enough: 0.9 is 90 % of it";
        found.say(Code::ToleranceAbove1, &format!("{path}.tolerance"), message).help(help);
    }
    let why = ("no gate can ask it", "gates open before anything is granted; test what is counted or measured");
    granted::not_yet(contract, &key, &bound.figure, why, found);
    let since_last = contract.named().with_parts([&bound.figure]).into_iter().find(|id| {
        let window = contract.figure(id).and_then(|(_, figure)| figure.form.window());
        window == Some(Window::SinceLast)
    });
    if let Some(id) = since_last.filter(|_| gate.dates.is_none()) {
        let message =
            format!("figure {} looks at the days since the gate's last date, and the gate has no dates", quote(id.as_str()));
        let help = "give the gate `on` or `every`, or choose another `window` for the figure";
        let finding = found.say(Code::SinceWhat, &key, message).help(help);
        finding.rests("figure").rests(path.split(".test").next().unwrap_or_default().to_owned() + ".on");
        finding.rests(path.split(".test").next().unwrap_or_default().to_owned() + ".every");
    }
    digits::tested(contract, path, bound, found);
}
