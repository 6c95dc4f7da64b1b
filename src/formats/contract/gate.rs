//! The gates and their tests (mechanisms 6.3).

use super::dates::of_gate;
use super::parts::together;
use crate::charge::test::{Bound, Reach, Test, Than};
use crate::charge::{Gate, Requirement};
use crate::formats::hints::listed;
use crate::formats::reader::{Fields, Reader};
use crate::measure::diagnostic::Code;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;

/// The keys of which exactly one says what a test asks.
const TESTS: [&str; 4] = ["charge", "figure", "gate", "suspended"];

/// The keys of which exactly one says how a figure is held against a number.
const THAN: [(&str, Than); 4] =
    [("at_least", Than::AtLeast), ("above", Than::Above), ("at_most", Than::AtMost), ("below", Than::Below)];

/// The keys that belong to some tests only, and what to say where they do not belong.
const ELSEWHERE: [(&str, &str); 7] = [
    ("step", "`step` belongs to a test of a `charge`"),
    ("reached", "`reached` belongs to a test of a `charge`"),
    ("at_least", "`at_least` belongs to a test of a `figure`"),
    ("above", "`above` belongs to a test of a `figure`"),
    ("at_most", "`at_most` belongs to a test of a `figure`"),
    ("below", "`below` belongs to a test of a `figure`"),
    ("tolerance", "`tolerance` belongs to a test of a `figure` with `at_least` or `above`"),
];

pub(super) fn gate<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Gate {
    let gate = Gate {
        id: reader.required(fields, "id", Reader::id).unwrap_or_default(),
        tests: reader.required(fields, "test", |r, node, path| r.tables(node, path, test)).unwrap_or_default(),
        needs: reader.optional(fields, "needs", Reader::count),
        dates: of_gate(reader, fields),
    };
    reader.finish(fields, &[]);
    gate
}

fn test<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Test {
    let given: Vec<&str> = TESTS.into_iter().filter(|key| fields.has(key)).collect();
    let test = match given.as_slice() {
        ["charge"] => Test::Charge(reach(reader, fields)),
        ["figure"] => Test::Figure(bound(reader, fields)),
        ["gate"] => Test::Gate(reader.optional(fields, "gate", Reader::id).unwrap_or_default()),
        ["suspended"] => Test::Suspended(reader.optional(fields, "suspended", Reader::bool).unwrap_or(true)),
        _ => {
            // What is asked is not known, and so neither which keys belong to it.
            for key in TESTS.into_iter().chain(ELSEWHERE.map(|(key, _)| key)) {
                fields.get(key);
            }
            one_of(reader, fields, &TESTS, &given, "the test asks of both");
            Test::Gate(Id::default())
        }
    };
    reader.finish(fields, &ELSEWHERE);
    if given.len() != 1 {
        TESTS.into_iter().for_each(|key| reader.poison(fields.path_of(key)));
    }
    test
}

fn reach<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Reach {
    let charge = reader.optional(fields, "charge", Reader::id).unwrap_or_default();
    let step = reader.optional(fields, "step", Reader::count);
    let reached = reader.optional(fields, "reached", Reader::bool).unwrap_or(true);
    Reach { charge: Requirement { charge, step }, reached }
}

fn bound<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Bound {
    let figure = reader.optional(fields, "figure", Reader::id).unwrap_or_default();
    let given: Vec<&str> = THAN.into_iter().map(|(key, _)| key).filter(|key| fields.has(key)).collect();
    let (mut than, mut number) = (Than::AtLeast, None);
    for (key, meant) in THAN {
        if let Some(read) = reader.optional(fields, key, Reader::ratio) {
            (than, number) = (meant, Some(read));
        }
    }
    one_of(reader, fields, &THAN.map(|(key, _)| key), &given, "the test has both");
    let lenient = given.iter().all(|key| matches!(*key, "at_least" | "above"));
    if fields.has("tolerance") && !lenient {
        let message = "a `tolerance` says how much less is enough: of `at_most` and `below` it is part of the number";
        together(reader, fields, "tolerance", message, "leave `tolerance` out, and write the number that is meant");
    }
    let tolerance = reader.optional(fields, "tolerance", Reader::ratio).unwrap_or(Ratio::ONE);
    Bound { figure, than, number: number.unwrap_or(Ratio::ZERO), tolerance }
}

/// Exactly one of some keys stands there.
fn one_of<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, keys: &[&'static str], given: &[&str], both: &str) {
    let known = listed(keys.iter().copied(), "or");
    match given {
        [] => reader.missing(fields, keys, &format!("add one of {known}")),
        [_] => {}
        _ => {
            let (span, path) = (reader.tree.find(&fields.path), fields.path.clone());
            let message = format!("{both} {}", listed(given.iter().copied(), "and"));
            reader.report(Code::KeysTogether, &span, &path, &message, &format!("keep one of {known}"));
        }
    }
}
