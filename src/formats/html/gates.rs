//! The gates of a contract in short: what they ask, how much of it has to hold, and when (mechanisms 6.3).

use super::writer::Writer;
use crate::charge::test::{Bound, Reach, Than};
use crate::charge::{Dates, Gate, Test};

/// What a gate asks, in a sentence without its full stop.
pub(super) fn sentence(w: &Writer<'_>, gate: &Gate) -> String {
    let tests: Vec<String> = gate.tests.iter().map(|test| asked(w, test)).collect();
    let (needed, of) = (gate.needed(), gate.tests.len());
    let tests = tests.join("; ");
    let text = match needed {
        _ if needed == of => w.say(w.t.gate_all, &[&tests]),
        1 => w.say(w.t.gate_any, &[&tests]),
        _ => w.say(w.t.gate_some, &[&needed.to_string(), &tests]),
    };
    match &gate.dates {
        // No gate has dates of a participant's own.
        None | Some(Dates::After(_)) => w.say(w.t.gate_own_day, &[&text]),
        Some(Dates::On(dates)) => {
            let dates: Vec<String> = dates.iter().map(|day| w.pen.date(*day)).collect();
            w.say(w.t.gate_on, &[&text, &w.all_of(&dates)])
        }
        Some(Dates::Every(every)) => w.say(w.t.gate_every, &[&text, w.every(*every)]),
    }
}

fn asked(w: &Writer<'_>, test: &Test) -> String {
    let quoted = |name: &str| w.say(w.t.quoted, &[name]);
    match test {
        Test::Charge(Reach { charge, reached: true }) => w.say(w.t.test_reached, &[&quoted(&charge.to_string())]),
        Test::Charge(Reach { charge, reached: false }) => w.say(w.t.test_not_reached, &[&quoted(&charge.to_string())]),
        Test::Figure(bound) => figure(w, bound),
        Test::Gate(id) => w.say(w.t.test_gate, &[&quoted(id.as_str())]),
        Test::Suspended(true) => w.t.test_suspended.to_owned(),
        Test::Suspended(false) => w.t.test_not_suspended.to_owned(),
    }
}

fn figure(w: &Writer<'_>, bound: &Bound) -> String {
    let enough = bound.number.times(bound.tolerance).unwrap_or(bound.number);
    let template = match bound.than {
        Than::AtLeast => w.t.test_at_least,
        Than::Above => w.t.test_above,
        Than::AtMost => w.t.test_at_most,
        Than::Below => w.t.test_below,
    };
    let quoted = w.say(w.t.quoted, &[bound.figure.as_str()]);
    w.say(template, &[&quoted, &w.pen.digits(&enough.to_string())])
}
