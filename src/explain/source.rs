//! The rows that an amount rests on, as plain values (rule 3).

use super::reason::Why;
use crate::measure::day::Day;
use rust_decimal::Decimal;
use serde::Serialize;

/// A row of a fact file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Source {
    /// The file.
    pub file: &'static str,
    /// The line, 0 if the row comes from no file.
    pub line: u32,
    /// When it was recorded.
    pub recorded_on: Day,
}

/// A spell of the participant on the cut-off, or a report of paid hours.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct KnownSpell {
    /// Its id.
    pub id: String,
    /// The last row.
    pub row: Source,
    /// What it says; none if it was withdrawn.
    pub terms: Option<SpellTerms>,
    /// Why it is shorter than reported or not looked at, if so.
    pub cut: Option<Why>,
}

/// What the row of a spell says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SpellTerms {
    /// Its kind.
    pub kind: String,
    /// Hours a week.
    pub weekly_hours: Decimal,
    /// Its first day.
    pub first_day: Day,
    /// Its last day; none = still running.
    pub last_day: Option<Day>,
    /// Where.
    pub job: JobTerms,
    /// What the report rests on.
    pub evidence: Option<String>,
    /// The hours and earnings of the month, of a report of paid hours (mechanisms 12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<MonthTerms>,
}

/// What a payroll says of a month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MonthTerms {
    /// Its hours, if they were reported.
    pub hours: Option<Decimal>,
    /// What was earned in it, if that was reported.
    pub earnings: Option<Decimal>,
}

/// Where a spell is worked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobTerms {
    /// In a placement.
    Placement {
        /// The placement.
        id: String,
        /// The company, if the placement is known.
        company: Option<String>,
        /// The first day of the placement, if it is known.
        placed_on: Option<Day>,
        /// The company's first day in the programme, if it is known and has joined.
        joined_on: Option<Day>,
        /// The company's last day in the programme.
        left_on: Option<Day>,
    },
    /// At an employer outside the programme.
    Outside {
        /// The employer.
        employer: String,
    },
}

/// A row that was recorded between two cut-offs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RowSince {
    /// `participant`, `company`, `placement`, `spell`, `report`, `measurement`, `suspension`, `check` or `benefit`.
    pub fact: &'static str,
    /// The id.
    pub id: String,
    /// The row.
    pub row: Source,
    /// What it does.
    pub deed: Deed,
}

/// What a row does to the fact.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// The fact was not known before.
    New,
    /// It had been withdrawn and is entered again.
    Again,
    /// It is withdrawn.
    Withdrawn,
    /// It says something else.
    Changed(Vec<FieldChange>),
}

/// A field that is another one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FieldChange {
    /// The column.
    pub field: &'static str,
    /// What it was.
    pub was: Value,
    /// What it is.
    pub now: Value,
}

/// What stands in a field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A day; none = empty.
    Day(Option<Day>),
    /// Hours.
    Number(Decimal),
    /// A name.
    Text(String),
}
