//! The figures (mechanisms 4.1).

use super::goal;
use crate::figure::{
    Among, By, Compare, Count, Counted, Figure, Form, Granted, Metric, Part, Per, Places, Sample, Saved, Saving, Seats, Sum,
    Tallied, Tally, Value, Window,
};
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::{Node, Value as Given};
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::{Code, quote};
use crate::measure::ratio::Ratio;

/// The keys of which exactly one says what form a figure has.
const FORMS: [&str; 11] =
    ["compare", "count", "goal", "granted", "metric", "places", "sample", "saving", "sum", "tally", "value"];

/// The keys that belong to some forms only, and what to say where they do not belong.
const ELSEWHERE: [(&str, &str); 12] = [
    ("centre", "`centre` belongs to a figure with `places`"),
    (
        "cohort",
        "`cohort` belongs to a figure with a `metric`; who is counted or tallied is chosen by `target_groups`, `traits` and `enrolled`",
    ),
    (
        "window",
        "`window` belongs to a figure with a `metric`, a `count`, a `tally`, a `saving`, with `granted`, or with `places` by days or months",
    ),
    ("with", "`with` belongs to a figure with `compare`"),
    ("by", "`by` belongs to a figure with `compare`, with `places` or with a `goal`"),
    ("charge", "`charge` belongs to a count of \"reached\" or \"units\""),
    ("step", "`step` belongs to a count of \"reached\""),
    ("outcome", "`outcome` belongs to a figure with a `tally` or with `places = \"occupied\"`"),
    (
        "per",
        "`per` belongs to a figure with a `metric`, a `tally` or a `saving`; what is made of them is each participant's own too",
    ),
    ("target_groups", WHOSE),
    ("traits", WHOSE),
    ("enrolled", WHOSE),
];

/// Who is looked at.
const WHOSE: &str = "it chooses among participants: it belongs to a `tally`, a `saving`, to `places = \"occupied\"`, or to a count of participants, \"reached\" or \"units\"";

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
        ["count"] => Form::Count(count(reader, fields)),
        ["goal"] => Form::Goal(goal::met(reader, fields)),
        ["granted"] => Form::Granted(Granted {
            charges: reader.optional(fields, "granted", Reader::ids).unwrap_or_default(),
            window: window(reader, fields),
        }),
        ["metric"] => Form::Metric(metric(reader, fields)),
        ["places"] => Form::Places(places(reader, fields)),
        ["sample"] => Form::Sample(Sample { sample: reader.optional(fields, "sample", Reader::id).unwrap_or_default() }),
        ["saving"] => Form::Saving(saving(reader, fields)),
        ["sum"] => {
            let parts = reader.optional(fields, "sum", |r, node, path| r.tables(node, path, part));
            Form::Sum(Sum { parts: parts.unwrap_or_default() })
        }
        ["tally"] => Form::Tally(tally(reader, fields)),
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
        per_participant: per(reader, fields),
    }
}

fn window<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Window {
    reader.optional(fields, "window", |r, node, path| r.word(node, path, &WINDOWS)).unwrap_or_default()
}

/// Whether it is each participant's own.
fn per<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> bool {
    let words = [("contract", false), ("participant", true)];
    reader.optional(fields, "per", |r, node, path| r.word(node, path, &words)).unwrap_or_default()
}

/// What may be counted.
#[derive(Clone, Copy)]
enum What {
    Participants,
    Companies,
    Reached,
    Units,
}

fn count<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Count {
    let words = [
        ("participants", What::Participants),
        ("companies", What::Companies),
        ("reached", What::Reached),
        ("units", What::Units),
    ];
    let what = reader.optional(fields, "count", |r, node, path| r.word(node, path, &words));
    let of = match what {
        Some(What::Participants) => Counted::Participants,
        Some(What::Companies) => Counted::Companies,
        Some(What::Reached) => {
            let charge = reader.required(fields, "charge", Reader::id).unwrap_or_default();
            Counted::Reached { charge, step: reader.optional(fields, "step", Reader::count) }
        }
        Some(What::Units) => Counted::Units { charge: reader.required(fields, "charge", Reader::id).unwrap_or_default() },
        None => {
            // What is meant to be counted is not known, and so neither which keys belong to it.
            fields.get("charge");
            fields.get("step");
            Counted::Participants
        }
    };
    let among = if of == Counted::Companies { Among::default() } else { among(reader, fields) };
    Count { of, among, window: window(reader, fields) }
}

/// What of places, by what, and of whom.
fn places<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Places {
    let words = [("available", Seats::Available), ("centres", Seats::Centres), ("occupied", Seats::Occupied)];
    let of = reader.optional(fields, "places", |r, node, path| r.word(node, path, &words));
    let ways = [("days", Per::Days), ("months", Per::Months), ("last-day", Per::LastDay)];
    let by = if fields.has("by") {
        reader.optional(fields, "by", |r, node, path| r.word(node, path, &ways))
    } else {
        Some(Per::Days)
    };
    let (mut outcome, mut whom) = (None, Among::default());
    match of {
        Some(Seats::Occupied) => {
            outcome = Some(reader.required(fields, "outcome", Reader::id).unwrap_or_default());
            whom = among(reader, fields);
        }
        Some(Seats::Available | Seats::Centres) => {}
        // What is meant is not known, and so neither which keys belong to it.
        None => {
            for key in ["outcome", "target_groups", "traits", "enrolled"] {
                fields.get(key);
            }
        }
    }
    let window = match by {
        Some(Per::LastDay) => Window::Total,
        _ => window(reader, fields),
    };
    let centre = reader.optional(fields, "centre", Reader::id);
    Places { of: of.unwrap_or(Seats::Available), by: by.unwrap_or_default(), centre, outcome, among: whom, window }
}

fn tally<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Tally {
    Tally {
        of: reader.optional(fields, "tally", tallied).unwrap_or(Tallied::Days),
        outcome: reader.required(fields, "outcome", Reader::id).unwrap_or_default(),
        among: among(reader, fields),
        window: window(reader, fields),
        per_participant: per(reader, fields),
    }
}

/// What is added up: days, and nothing else.
fn tallied<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Tallied> {
    match &node.value {
        Given::Text(text) if ["hours", "earnings"].contains(&text.as_str()) => {
            let message = format!("`tally` cannot be {}: figures tally days only", quote(text));
            let help = format!(
                "a period charge pays `by = \"{text}\"`, a milestone is reached `after = {{ {text} = \"…\" }}`; a sum of \
                 all is reported as a `metric`"
            );
            reader.report(Code::UnknownWord, &node.span, path, &message, &help);
            None
        }
        _ => reader.word(node, path, &[("days", Tallied::Days)]),
    }
}

fn saving<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Saving {
    let words = [("gross", Saved::Gross), ("net", Saved::Net), ("weeks", Saved::Weeks)];
    Saving {
        of: reader.optional(fields, "saving", |r, node, path| r.word(node, path, &words)).unwrap_or(Saved::Net),
        among: among(reader, fields),
        window: window(reader, fields),
        per_participant: per(reader, fields),
    }
}

/// Who is looked at.
fn among<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Among {
    Among {
        target_groups: reader.optional(fields, "target_groups", Reader::names),
        traits: reader.optional(fields, "traits", Reader::ids),
        enrolled: reader.optional(fields, "enrolled", |reader, node, path| {
            let mut fields = reader.fields(node, path);
            let given = fields.has("from") || fields.has("until");
            let from = reader.optional(&mut fields, "from", Reader::day);
            let until = reader.optional(&mut fields, "until", Reader::day);
            if !given {
                reader.missing(&mut fields, &["from", "until"], "add the first day, the last day or both");
            }
            reader.finish(&fields, &[]);
            let first = from.unwrap_or(Day::from_number(i32::MIN));
            Some(Span { first, last: until.unwrap_or(Day::FAR) })
        }),
    }
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
