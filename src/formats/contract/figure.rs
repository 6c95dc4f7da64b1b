//! The figures (mechanisms 4.1).

use crate::figure::{By, Compare, Figure, Form, Granted, Metric, Part, Sample, Sum, Value, Window};
use crate::formats::reader::{Fields, Reader};
use crate::measure::diagnostic::Code;
use crate::measure::ratio::Ratio;

/// The keys of which exactly one says what form a figure has.
const FORMS: [&str; 6] = ["compare", "granted", "metric", "sample", "sum", "value"];

/// The keys that belong to some forms only, and what to say where they do not belong.
const ELSEWHERE: [(&str, &str); 4] = [
    ("cohort", "`cohort` belongs to a figure with a `metric`"),
    ("window", "`window` belongs to a figure with a `metric` or with `granted`"),
    ("with", "`with` belongs to a figure with `compare`"),
    ("by", "`by` belongs to a figure with `compare`"),
];

const WINDOWS: [(&str, Window); 3] =
    [("total", Window::Total), ("calendar-year", Window::CalendarYear), ("since-last", Window::SinceLast)];

const BY: [(&str, By); 5] = [
    ("difference", By::Difference),
    ("ratio", By::Ratio),
    ("percent", By::Percent),
    ("percent-change", By::PercentChange),
    ("percent-fall", By::PercentFall),
];

pub(super) fn figure<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Figure {
    let id = reader.required(fields, "id", Reader::id).unwrap_or_default();
    let given: Vec<&str> = FORMS.into_iter().filter(|form| fields.has(form)).collect();
    let form = match given.as_slice() {
        ["compare"] => Form::Compare(compare(reader, fields)),
        ["granted"] => Form::Granted(Granted {
            charges: reader.optional(fields, "granted", Reader::ids).unwrap_or_default(),
            window: window(reader, fields),
        }),
        ["metric"] => Form::Metric(metric(reader, fields)),
        ["sample"] => Form::Sample(Sample { sample: reader.optional(fields, "sample", Reader::id).unwrap_or_default() }),
        ["sum"] => {
            let parts = reader.optional(fields, "sum", |r, node, path| r.tables(node, path, part));
            Form::Sum(Sum { parts: parts.unwrap_or_default() })
        }
        ["value"] => {
            let value = reader.optional(fields, "value", Reader::ratio).unwrap_or(Ratio::ZERO);
            Form::Value(Value { value })
        }
        _ => {
            // What form is meant is not known, and so neither which keys belong to it.
            for key in FORMS.into_iter().chain(ELSEWHERE.map(|(key, _)| key)) {
                fields.get(key);
            }
            one_form(reader, fields, &given);
            Form::Value(Value { value: Ratio::ZERO })
        }
    };
    let decimals = reader.optional(fields, "decimals", Reader::count);
    reader.finish(fields, &ELSEWHERE);
    form_known(reader, fields, &given);
    Figure { id, form, decimals }
}

fn metric<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Metric {
    Metric {
        metric: reader.optional(fields, "metric", Reader::id).unwrap_or_default(),
        cohort: reader.optional(fields, "cohort", Reader::id),
        window: window(reader, fields),
    }
}

fn window<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Window {
    reader.optional(fields, "window", |r, node, path| r.word(node, path, &WINDOWS)).unwrap_or_default()
}

fn compare<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Compare {
    Compare {
        of: reader.optional(fields, "compare", Reader::id).unwrap_or_default(),
        with: reader.required(fields, "with", Reader::id).unwrap_or_default(),
        by: reader.required(fields, "by", |r, node, path| r.word(node, path, &BY)).unwrap_or(By::Difference),
    }
}

fn part<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Part {
    let part = Part {
        figure: reader.required(fields, "figure", Reader::id).unwrap_or_default(),
        weight: reader.optional(fields, "weight", Reader::ratio).unwrap_or(Ratio::ONE),
    };
    reader.finish(fields, &[]);
    part
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
