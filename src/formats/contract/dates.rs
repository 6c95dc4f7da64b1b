//! The dates of fixed and measured charges (mechanisms 3.5, 5.2).

use super::parts::{EVERY, WITH_CHARGE, length, together};
use crate::charge::Dates;
use crate::charge::dates::After;
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::{Node, Value};
use crate::measure::day::Day;
use crate::timeline::outcome::{Anchor, Length};

/// `on` or `every` of a charge.
pub(super) fn dates<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Dates {
    let dates = of_any(reader, fields, on);
    if dates.is_none() {
        reader.missing(fields, &["on", "every"], "add `on` with dates, or `every`");
    }
    dates.unwrap_or(Dates::On(Vec::new()))
}

/// `on` or `every` of a gate, which no participant has for itself; `None` where neither stands there.
pub(super) fn of_gate<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Option<Dates> {
    of_any(reader, fields, listed)
}

fn of_any<'a>(
    reader: &mut Reader<'a>,
    fields: &mut Fields<'a>,
    on: impl Fn(&mut Reader<'a>, &'a Node, &str) -> Option<Dates>,
) -> Option<Dates> {
    let (named, regular) = (fields.has("on"), fields.has("every"));
    let on = reader.optional(fields, "on", on);
    let every = reader.optional(fields, "every", |r, node, path| r.word(node, path, &EVERY));
    if named && regular {
        let table = fields.path.split('[').next().unwrap_or_default().to_owned();
        let message = format!("the {table} has both `on` and `every`");
        together(reader, fields, "every", &message, "keep one of the two");
    }
    match every {
        _ if !named && !regular => None,
        Some(every) if !named => Some(Dates::Every(every)),
        _ => Some(on.unwrap_or(Dates::On(Vec::new()))),
    }
}

fn listed<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Dates> {
    reader.list(node, path, || Day::FAR, Reader::day).map(Dates::On)
}

/// Dates, or one that each participant has for itself.
fn on<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Dates> {
    if let Value::Table(_) = node.value {
        return after(reader, node, path).map(Dates::After);
    }
    listed(reader, node, path)
}

/// What a participant's date may be counted from.
#[derive(Clone, Copy)]
enum From {
    Enrolment,
    Placement,
    Charge,
}

/// The keys that say how long after it.
const UNITS: [&str; 3] = ["days", "weeks", "months"];

/// So long after the anchor; by default the anchor itself.
fn after<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<After> {
    let mut fields = reader.fields(node, path);
    let words = [("enrolment", From::Enrolment), ("placement", From::Placement), ("charge", From::Charge)];
    let from = reader.required(&mut fields, "from", |r, node, path| r.word(node, path, &words));
    let from = from.and_then(|from| match from {
        From::Enrolment => Some(Anchor::Enrolment),
        From::Placement => Some(Anchor::Placement),
        From::Charge => {
            let charge = reader.required(&mut fields, "charge", Reader::id);
            let step = reader.optional(&mut fields, "step", Reader::count);
            Some(Anchor::Charge { charge: charge?, step: step.unwrap_or(1) })
        }
    });
    let written = UNITS.iter().any(|unit| fields.has(unit));
    let length = if written { length(reader, &mut fields, &UNITS) } else { Some(Length::Days(0)) };
    reader.finish(&fields, &WITH_CHARGE);
    Some(After { from: from?, length: length? })
}
