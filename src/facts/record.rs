//! A row of a fact file: never edited, replaced by a later one, withdrawn by a void one (rule 3.1).

use crate::measure::day::Day;
use crate::measure::diagnostic::Place;
use crate::measure::id::Id;

/// One row: an id, when it was appended, and what it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row<T> {
    /// The fact's id within its contract and kind of fact.
    pub id: Id,
    /// The day on which the row was appended.
    pub recorded_on: Day,
    /// Tells rows of one id and day apart; the highest is the last one.
    pub revision: u64,
    /// What the row says; `None` withdraws the fact (`void = true`).
    pub fact: Option<T>,
    /// The line in its file, 0 if it comes from no file. It only appears in diagnostics.
    pub line: u32,
}

impl<T: Fact> Row<T> {
    /// A row that is in no file.
    #[must_use]
    pub fn new(id: Id, recorded_on: Day, fact: T) -> Row<T> {
        Row { id, recorded_on, revision: 0, fact: Some(fact), line: 0 }
    }

    /// Where the row, or one field of it, stands.
    #[must_use]
    pub fn place(&self, field: &str) -> Place {
        Place {
            file: T::FILE.to_owned(),
            line: (self.line > 0).then_some(self.line),
            field: Some(field.to_owned()),
            ..Place::default()
        }
    }
}

/// A kind of fact.
pub trait Fact {
    /// The file that holds its rows.
    const FILE: &'static str;
    /// What one is called, and the name of its id's column.
    const NAME: &'static str;
}
