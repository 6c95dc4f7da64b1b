//! The engine on every case folder: the rules' fixtures, and the cases kept beside the project where they are there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod support;

use support::{cases, values};

#[test]
fn every_case_is_settled_as_its_notes_say() {
    let cases = cases::all();
    assert!(cases.len() >= 40, "the fixtures of the rules are there");
    let mut wrong = Vec::new();
    for case in cases {
        let output = values::settle(&case.programme, &case.as_of, None);
        let differences = case.expected.differences(&output, "expected", "engine");
        if !differences.is_empty() {
            wrong.push(format!("{}:\n{}", case.name, differences.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
