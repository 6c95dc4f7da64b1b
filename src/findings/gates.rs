//! What gates stop, and what waits at them (mechanisms 6.3).

use super::View;
use crate::charge::Test;
use crate::charge::walk::Stopped;
use crate::facts::{Fact, Measurement, Shown};
use crate::ledger::member::Who;
use crate::ledger::stopped::stopped;
use crate::measure::diagnostic::{Code, Diagnostic, Place};

/// One notice for each participant, charge and gate, of the first unit that is stopped; and one of the first that waits.
pub(super) fn look(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let Some(last) = view.settled.last() else { return };
    found.extend(stopped(view.contract, view.facts, *last).iter().filter_map(|(who, stopped)| told(view, *who, stopped)));
}

fn told(view: &View<'_>, who: Who, stopped: &Stopped) -> Option<Diagnostic> {
    let (contract, judged) = (view.contract, &stopped.judged);
    let charge = contract.charges.get(usize::from(stopped.charge))?;
    let gate = contract.gates.get(usize::from(stopped.gate))?;
    let (tests, gate) = (&gate.tests, &gate.id);
    let companies = &view.facts.companies;
    let at = stopped.company.and_then(|number| companies.rows_of(number as usize).first());
    let at = at.map(|row| format!(" at company `{}`", row.id)).unwrap_or_default();
    let (unit, id, day) = (stopped.unit, &charge.id, stopped.own_day);
    let (place, what) = match who {
        Who::Participant(number) => {
            let (row, _) = view.facts.participants.known(number as usize, view.known_on)?;
            let what = format!("participant `{}` reaches `{unit}` of charge `{id}`{at} on {day}", row.id);
            (row.place("participant"), what)
        }
        Who::Contract => (rows(view, tests), format!("charge `{id}` falls due{at} on {day}")),
    };
    let hold = format!("tests that hold: {}, needed: {}", judged.hold, judged.needed);
    let (code, message) = match judged.on {
        _ if judged.waits => (Code::GateWaits, format!("{what} and waits at gate `{gate}`: {hold}")),
        None => (Code::GateShut, format!("{what}, and gate `{gate}` is judged on no date from then on: nothing is owed")),
        Some(on) => (Code::GateShut, format!("{what}, and gate `{gate}` is shut on {on}: {hold}; nothing is owed")),
    };
    let unknown = judged.unknown.and_then(|place| contract.figures.get(usize::from(place)));
    let help = match unknown {
        Some(figure) => format!("figure `{}` is not known there; the next settlement asks again", figure.id),
        None if judged.waits => "it is owed from the day on which enough of them hold".to_owned(),
        None => "`effekt explain` tells what each test asks and finds".to_owned(),
    };
    Some(Diagnostic::new(code, place, message).help(help))
}

/// Where the rows stand that would open a gate of the contract: what was shown of a goal, or what was measured.
fn rows(view: &View<'_>, tests: &[Test]) -> Place {
    let asks_for_goal = |test: &Test| match test {
        Test::Figure(bound) => view.contract.figure(&bound.figure).is_some_and(|(_, figure)| figure.form.goal().is_some()),
        Test::Charge(_) | Test::Gate(_) | Test::Suspended(_) => false,
    };
    let (file, field) = match tests.iter().any(asks_for_goal) {
        true => (Shown::FILE, "requirement"),
        false => (Measurement::FILE, "metric"),
    };
    Place { field: Some(field.to_owned()), ..Place::file(file) }
}
