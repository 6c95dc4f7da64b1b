//! How savings are reckoned: the table `[saving]` (saving 2).

use super::parts::length;
use crate::facts::benefit::Pay;
use crate::figure::Reckoned;
use crate::figure::reckoned::{Cost, Rate};
use crate::figure::refund::{Reset, Step, Valid};
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::Node;
use crate::measure::day::Day;
use crate::measure::diagnostic::Code;
use crate::measure::ratio::Ratio;
use crate::timeline::outcome::Length;

pub(super) fn saving<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Reckoned> {
    let mut fields = reader.fields(node, path);
    let during = reader.required(&mut fields, "during", during).unwrap_or(Length::Days(0));
    let months_to_weeks = reader.optional(&mut fields, "months_to_weeks", Reader::ratio);
    let amounts = [("rates", false), ("rows", true)];
    let own_amounts = reader.optional(&mut fields, "amounts", |r, node, path| r.word(node, path, &amounts));
    let supported_kinds = reader.optional(&mut fields, "supported_kinds", Reader::names).unwrap_or_default();
    let reset = reader.optional(&mut fields, "reset", reset);
    let refund = reader.required(&mut fields, "refund", |r, node, path| r.tables(node, path, step)).unwrap_or_default();
    let rates = reader.optional(&mut fields, "rate", |r, node, path| r.tables(node, path, rate)).unwrap_or_default();
    let costs = reader.optional(&mut fields, "cost", |r, node, path| r.tables(node, path, cost)).unwrap_or_default();
    reader.finish(&fields, &[]);
    let own_amounts = own_amounts.unwrap_or_default();
    Some(Reckoned { during, months_to_weeks, own_amounts, supported_kinds, reset, refund, rates, costs })
}

/// How long after enrolment weeks can be avoided.
fn during<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Length> {
    let mut fields = reader.fields(node, path);
    reader.required(&mut fields, "from", |r, node, path| r.word(node, path, &[("enrolment", ())]));
    let length = length(reader, &mut fields, &["days", "weeks", "months"]);
    reader.finish(&fields, &[]);
    length
}

fn reset<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Reset> {
    let mut fields = reader.fields(node, path);
    let weeks = reader.required(&mut fields, "weeks", Reader::count);
    let within_months = reader.required(&mut fields, "within_months", Reader::count);
    reader.finish(&fields, &[]);
    Some(Reset { weeks: weeks?, within_months: within_months? })
}

/// A step of the staircase.
fn step<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Step {
    let weeks = reader.optional(fields, "weeks", |reader, node, path| {
        let mut fields = reader.fields(node, path);
        if !fields.has("from") && !fields.has("below") {
            reader.missing(&mut fields, &["from", "below"], "add `from`, `below` or both, or leave the key out");
        }
        let from = reader.optional(&mut fields, "from", Reader::count);
        let below = reader.optional(&mut fields, "below", Reader::count);
        reader.finish(&fields, &[]);
        Some((from.unwrap_or(1), below))
    });
    let (from, below) = weeks.unwrap_or((1, None));
    let step = Step {
        from,
        below,
        valid: valid(reader, fields),
        share: reader.required(fields, "share", Reader::decimal).map_or(Ratio::ZERO, Ratio::of),
        source: source(reader, fields),
    };
    reader.finish(fields, &[]);
    step
}

/// What a benefit pays.
fn rate<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Rate {
    let rate = Rate {
        benefit: reader.required(fields, "benefit", Reader::id).unwrap_or_default(),
        valid: valid(reader, fields),
        pay: pay(reader, fields),
        source: source(reader, fields),
    };
    reader.finish(fields, &[]);
    rate
}

/// What is paid in place of a benefit.
fn cost<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Cost {
    let cost = Cost {
        kinds: reader.required(fields, "kinds", Reader::names).unwrap_or_default(),
        valid: valid(reader, fields),
        pay: pay(reader, fields),
        refunded: reader.required(fields, "refunded", Reader::bool).unwrap_or_default(),
        source: source(reader, fields),
    };
    reader.finish(fields, &[]);
    cost
}

/// The days on which a row applies; the last one may be left out.
fn valid<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Option<Valid> {
    reader.optional(fields, "valid", |reader, node, path| {
        let mut fields = reader.fields(node, path);
        let from = reader.required(&mut fields, "from", Reader::day);
        let until: Option<Day> = reader.optional(&mut fields, "until", Reader::day);
        reader.finish(&fields, &[]);
        Some(Valid { from: from?, until })
    })
}

/// So much a week, or so much a month.
fn pay<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Pay {
    let (has_weekly, has_monthly) = (fields.has("weekly"), fields.has("monthly"));
    let weekly = reader.optional(fields, "weekly", Reader::decimal);
    let monthly = reader.optional(fields, "monthly", Reader::decimal);
    match (has_weekly, has_monthly) {
        (true, true) => {
            let path = fields.path_of("monthly");
            let span = reader.tree.find(&path);
            let message = "the row has both a `weekly` and a `monthly` amount";
            reader.report(Code::KeysTogether, &span, &path, message, "keep one of them");
        }
        (false, false) => reader.missing(fields, &["weekly", "monthly"], "add what is paid `weekly` or `monthly`"),
        _ => {}
    }
    monthly.map_or_else(|| Pay::Weekly(weekly.unwrap_or_default()), Pay::Monthly)
}

/// Where the number stands.
fn source<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> String {
    reader.required(fields, "source", Reader::string).unwrap_or_default()
}
