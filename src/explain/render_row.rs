//! The rows that an explanation rests on, in words.

use super::page::Page;
use super::source::{Deed, FieldChange, RowSince, Source, Value};
use super::words::Phrase;

/// Where a row stands, and when it was recorded.
pub(super) fn source(page: &Page, row: &Source) -> String {
    let day = page.day(row.recorded_on);
    match row.line {
        0 => page.say(Phrase::RowNoLine, &[row.file, &day]),
        line => page.say(Phrase::Row, &[row.file, &line.to_string(), &day]),
    }
}

/// The rows that are new since the settlement before, one a line.
pub(super) fn rows(page: &mut Page, indent: usize, rows: &[RowSince]) {
    for row in rows {
        let fact = page.say(fact(row.fact), &[&row.id]);
        let what = match &row.deed {
            Deed::New => page.say(Phrase::RowNew, &[]),
            Deed::Again => page.say(Phrase::RowAgain, &[]),
            Deed::Withdrawn => page.say(Phrase::RowWithdrawn, &[]),
            Deed::Changed(fields) if fields.is_empty() => page.say(Phrase::RowRepeated, &[]),
            Deed::Changed(fields) => {
                let field = |change: &FieldChange| {
                    let (was, now) = (value(page, change.field, &change.was), value(page, change.field, &change.now));
                    page.say(Phrase::FieldChanged, &[&field_name(page, change.field), &was, &now])
                };
                fields.iter().map(field).collect::<Vec<String>>().join("; ")
            }
        };
        let from = source(page, &row.row);
        page.put(indent, Phrase::RowSince, &[&fact, &what, &from]);
    }
}

/// What a fact is called.
pub(super) fn fact(name: &str) -> Phrase {
    match name {
        "participant" => Phrase::Participant,
        "company" => Phrase::Company,
        "placement" => Phrase::Placement,
        "measurement" => Phrase::Measurement,
        "report" => Phrase::Report,
        "suspension" => Phrase::Suspension,
        "check" => Phrase::Check,
        "benefit" => Phrase::Benefit,
        "offer" => Phrase::Offer,
        "entry" => Phrase::Entry,
        _ => Phrase::Spell,
    }
}

fn field_name(page: &Page, field: &'static str) -> String {
    let phrase = match field {
        "target_group" => Phrase::FieldTargetGroup,
        "enrolled_on" => Phrase::FieldEnrolledOn,
        "eligible_until" => Phrase::FieldEligibleUntil,
        "traits" => Phrase::FieldTraits,
        "joined_on" => Phrase::FieldJoinedOn,
        "left_on" => Phrase::FieldLeftOn,
        "participant" => Phrase::FieldParticipant,
        "company" => Phrase::FieldCompany,
        "placed_on" => Phrase::FieldPlacedOn,
        "placement" => Phrase::FieldPlacement,
        "employer" => Phrase::FieldEmployer,
        "kind" => Phrase::FieldKind,
        "first_day" => Phrase::FieldFirstDay,
        "last_day" => Phrase::FieldLastDay,
        "metric" => Phrase::FieldMetric,
        "cohort" => Phrase::FieldCohort,
        "value" => Phrase::FieldValue,
        "month" => Phrase::FieldMonth,
        "hours" => Phrase::FieldHours,
        "earnings" => Phrase::FieldEarnings,
        "evidence" => Phrase::FieldEvidence,
        "sample" => Phrase::FieldSample,
        "result" => Phrase::FieldResult,
        "goal" => Phrase::FieldGoal,
        "requirement" => Phrase::FieldRequirement,
        "shown_on" => Phrase::FieldShownOn,
        "type" => Phrase::FieldType,
        "weekly" => Phrase::FieldWeekly,
        "monthly" => Phrase::FieldMonthly,
        "clock" => Phrase::FieldClock,
        "centre" => Phrase::FieldCentre,
        "companies" => Phrase::FieldCompanies,
        "places" => Phrase::FieldPlaces,
        _ => Phrase::FieldWeeklyHours,
    };
    page.say(phrase, &[])
}

fn value(page: &Page, field: &str, value: &Value) -> String {
    match value {
        Value::Day(Some(day)) => page.day(*day),
        Value::Number(number) => page.number(*number),
        Value::Text(text) if field == "kind" => page.kind(text),
        Value::Text(text) if !text.is_empty() => text.clone(),
        Value::Day(None) | Value::Text(_) => page.say(Phrase::Empty, &[]),
    }
}
