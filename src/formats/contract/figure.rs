//! The figures (mechanisms 4.1).

use crate::figure::{Figure, Form, Metric, Value};
use crate::formats::reader::{Fields, Reader};
use crate::measure::diagnostic::Code;
use crate::measure::ratio::Ratio;

/// The keys of which exactly one says what form a figure has.
const FORMS: [&str; 2] = ["metric", "value"];

/// The keys that belong to some forms only, and what to say where they do not belong.
const ELSEWHERE: [(&str, &str); 1] = [("cohort", "`cohort` belongs to a figure with a `metric`")];

pub(super) fn figure<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Figure {
    let id = reader.required(fields, "id", Reader::id).unwrap_or_default();
    let given: Vec<&str> = FORMS.into_iter().filter(|form| fields.has(form)).collect();
    let metric = reader.optional(fields, "metric", Reader::id);
    let value = reader.optional(fields, "value", Reader::ratio);
    let form = match given.as_slice() {
        ["metric"] => {
            let cohort = reader.optional(fields, "cohort", Reader::id);
            Form::Metric(Metric { metric: metric.unwrap_or_default(), cohort })
        }
        ["value"] => Form::Value(Value { value: value.unwrap_or(Ratio::ZERO) }),
        _ => {
            // What form is meant is not known, and so neither which keys belong to it.
            for (key, _) in ELSEWHERE {
                fields.get(key);
            }
            one_form(reader, fields, &given);
            Form::Value(Value { value: Ratio::ZERO })
        }
    };
    reader.finish(fields, &ELSEWHERE);
    form_known(reader, fields, &given);
    Figure { id, form }
}

/// A figure is one thing: exactly one key says what.
fn one_form<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, given: &[&str]) {
    let listed = crate::formats::hints::listed(FORMS, "or");
    if given.is_empty() {
        reader.missing(fields, &FORMS, &format!("add one of {listed}"));
    } else {
        let span = reader.tree.find(&fields.path);
        let both = crate::formats::hints::listed(given.iter().copied(), "and");
        let path = fields.path.clone();
        let message = format!("the figure says both {both}");
        reader.report(Code::KeysTogether, &span, &path, &message, &format!("keep one of {listed}"));
    }
}

/// Of a figure without one form nothing is judged that rests on its form.
fn form_known(reader: &mut Reader<'_>, fields: &Fields<'_>, given: &[&str]) {
    if given.len() != 1 {
        FORMS.into_iter().for_each(|form| reader.poison(fields.path_of(form)));
    }
}
