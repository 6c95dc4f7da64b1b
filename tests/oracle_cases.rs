//! The oracle against the worked cases, which were settled by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use support::cases;
use support::oracle::{Misreading, documents, settle};
use support::print::{self, Spelling};
use support::read;

#[test]
fn the_oracle_settles_every_case_as_by_hand() {
    let cases = cases::all();
    assert!(!cases.is_empty(), "the worked cases are there");
    for case in cases {
        let output = settle(&case.programme, &case.as_of, None, Misreading::None);
        let differences = case.expected.differences(&output, "by hand", "oracle");
        assert!(differences.is_empty(), "{}:\n{}", case.name, differences.join("\n"));
        if let Some(expected) = &case.documents {
            let documents = documents::invoice(&case.programme, &output, None, Misreading::None).0;
            let differences = expected.differences(&documents, "by hand", "oracle");
            assert!(differences.is_empty(), "{}:\n{}", case.name, differences.join("\n"));
        }
    }
}

#[test]
fn printing_and_reading_a_case_gives_the_same_programme() {
    for case in cases::all() {
        for spelling in [Spelling::Toml, Spelling::Json] {
            let folder = tempfile::tempdir().unwrap();
            print::programme(&case.programme, spelling).write(folder.path());
            assert_eq!(read::programme(folder.path()), case.programme, "{} as {spelling:?}", case.name);
        }
    }
}
