//! The charges and their rate cards.

use super::dates::dates;
use super::invoicing::vat;
use super::measured::measured;
use super::parts::{length, owed_by};
use super::party::of_charge;
use super::price::{adjust, delay, rates, round};
use crate::charge::fixed::FixedPer;
use crate::charge::milestone::{Mode, Then};
use crate::charge::period::Pay;
use crate::charge::{Charge, Dates, Fixed, Mechanism, Milestone, Period, RateCard, Requirement};
use crate::formats::hints::listed;
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::{Node, Value};
use crate::measure::diagnostic::{Code, quote};
use crate::measure::grid::Grid;
use crate::measure::id::Id;
use crate::measure::money::Currency;
use crate::timeline::outcome::Length;
use crate::timeline::payroll::Tallied;
use crate::timeline::tally::Needed;

#[derive(Clone, Copy)]
enum Type {
    Fixed,
    Measured,
    Milestone,
    Period,
}

/// The keys that belong to some types of charge only, and what to say where they do not belong.
const ELSEWHERE: [(&str, &str); 23] = [
    ("amount", "a measured charge is priced by `each`, or by the `amount` of its bands"),
    ("rate", "a measured charge is priced by `each`, or by its bands"),
    ("on", "`on` belongs to a charge of type \"fixed\" or \"measured\""),
    ("every", "`every` belongs to a charge of type \"fixed\" or \"measured\""),
    ("figure", "`figure` belongs to a charge of type \"measured\""),
    ("each", "`each` belongs to a charge of type \"measured\""),
    ("band", "`band` belongs to a charge of type \"measured\""),
    ("pricing", "`pricing` belongs to a charge of type \"measured\""),
    ("times", "`times` belongs to a charge of type \"measured\""),
    ("cumulative", "`cumulative` belongs to a charge of type \"measured\""),
    ("per", "`per` belongs to a charge of type \"fixed\" or \"measured\"; for the others the outcome's `per` decides"),
    ("outcome", "`outcome` belongs to a charge of type \"milestone\" or \"period\""),
    ("mode", "`mode` belongs to a charge of type \"milestone\""),
    ("after", "`after` belongs to a charge of type \"milestone\""),
    ("then", "`then` belongs to a charge of type \"milestone\""),
    ("unit", "`unit` belongs to a charge of type \"period\""),
    ("repeat", "`repeat` belongs to a charge of type \"milestone\""),
    ("within", "`within` belongs to a charge of type \"milestone\""),
    ("min_days", "`min_days` belongs to a charge of type \"period\" or \"milestone\""),
    ("by", "`by` belongs to a charge of type \"period\""),
    ("prorate", "`prorate` belongs to a charge of type \"period\""),
    ("max_units", "`max_units` belongs to a charge of type \"period\""),
    ("variant", "`variant` belongs to a charge of type \"milestone\" or \"period\""),
];

pub(super) fn charge<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, currency: Option<Currency>) -> Charge {
    let id = reader.required(fields, "id", Reader::id).unwrap_or_default();
    let clause = reader.optional(fields, "clause", Reader::string);
    let types =
        [("fixed", Type::Fixed), ("measured", Type::Measured), ("milestone", Type::Milestone), ("period", Type::Period)];
    let kind = reader.required(fields, "type", |r, node, path| r.word(node, path, &types));
    let card = if matches!(kind, Some(Type::Measured)) { RateCard { rows: Vec::new() } } else { rates(reader, fields) };
    let mechanism = match kind {
        Some(Type::Fixed) => Mechanism::Fixed(fixed(reader, fields)),
        Some(Type::Measured) => Mechanism::Measured(measured(reader, fields)),
        Some(Type::Milestone) => Mechanism::Milestone(milestone(reader, fields)),
        Some(Type::Period) => Mechanism::Period(period(reader, fields)),
        None => {
            // Of what type it is meant to be is not known, and so neither which keys belong to it.
            for (key, _) in ELSEWHERE.into_iter().filter(|(key, _)| !matches!(*key, "amount" | "rate")) {
                fields.get(key);
            }
            Mechanism::Fixed(Fixed { dates: Dates::On(Vec::new()), per: FixedPer::Contract })
        }
    };
    let rates = match &mechanism {
        Mechanism::Measured(terms) => terms.rates(),
        _ => card,
    };
    let owed_by = reader.optional(fields, "owed_by", owed_by).unwrap_or_default();
    let requires =
        reader.optional(fields, "requires", |r, node, path| r.list(node, path, Requirement::default, requirement));
    let variant = match kind {
        Some(Type::Milestone | Type::Period) => reader.optional(fields, "variant", Reader::id),
        _ => None,
    };
    let row = |r: &mut Reader<'a>, fields: &mut Fields<'a>| adjust(r, fields, currency);
    let adjust = reader.optional(fields, "adjust", |r, node, path| r.tables(node, path, row)).unwrap_or_default();
    let round = reader.optional(fields, "round", |r, node, path| round(r, node, path, currency));
    let delay = reader.optional(fields, "delay", delay);
    let payers = reader.optional(fields, "payers", of_charge);
    let text = reader.optional(fields, "text", Reader::string);
    let vat = reader.optional(fields, "vat", vat);
    let account = reader.optional(fields, "account", Reader::string);
    reader.finish(fields, &ELSEWHERE);
    let requires = requires.unwrap_or_default();
    Charge { id, clause, rates, adjust, mechanism, owed_by, requires, variant, round, delay, payers, text, vat, account }
}

fn fixed<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Fixed {
    let words = [("contract", FixedPer::Contract), ("company", FixedPer::Company), ("participant", FixedPer::Participant)];
    Fixed {
        dates: dates(reader, fields),
        per: reader.optional(fields, "per", |r, node, path| r.word(node, path, &words)).unwrap_or_default(),
    }
}

/// A charge or a gate by its id, or a step of a charge: `13-weeks/step-02` (mechanisms 6.1).
fn requirement<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Requirement> {
    let Value::Text(text) = &node.value else { return reader.wrong(node, path, "a text", "a text stands in quotes") };
    let (charge, step) = text.split_once('/').map_or((text.as_str(), None), |(charge, step)| (charge, Some(step)));
    let number = step.map(|step| step.strip_prefix("step-").and_then(|number| number.parse::<u32>().ok()));
    let named = Id::new(charge).ok().map(|charge| Requirement { charge, step: number.flatten() });
    let named = named.filter(|named| named.to_string() == *text);
    if named.is_none() {
        let message = format!("{} names neither a charge, a step of one nor a gate", quote(text));
        let help = "write the id of a charge or gate, or behind a charge's a step: \"retention/step-02\"";
        reader.report(Code::ContractName, &node.span, path, &message, help);
    }
    named
}

fn milestone<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Milestone {
    let modes = [("continuous", Mode::Continuous), ("cumulative", Mode::Cumulative), ("on-day", Mode::OnDay)];
    Milestone {
        outcome: reader.required(fields, "outcome", Reader::id).unwrap_or_default(),
        mode: reader.required(fields, "mode", |r, node, path| r.word(node, path, &modes)).unwrap_or(Mode::Continuous),
        after: reader.required(fields, "after", needed).unwrap_or(Length::Days(1).into()),
        then: reader.optional(fields, "then", |reader, node, path| {
            let mut fields = reader.fields(node, path);
            let every = reader.required(&mut fields, "every", span_of_time);
            let times = reader.required(&mut fields, "times", Reader::count);
            reader.finish(&fields, &[]);
            Some(Then { every: every?, times: times? })
        }),
        repeat: reader.optional(fields, "repeat", Reader::count).unwrap_or_default(),
        within: reader.optional(fields, "within", span_of_time),
        min_days: reader.optional(fields, "min_days", Reader::count),
    }
}

fn span_of_time<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Length> {
    let mut fields = reader.fields(node, path);
    let length = length(reader, &mut fields, &["days", "weeks", "months"]);
    reader.finish(&fields, &[]);
    length
}

/// How long something has to last, or how many hours or how much earned has to come together (mechanisms 3.3).
fn needed<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Needed> {
    const KEYS: [&str; 5] = ["days", "weeks", "months", "hours", "earnings"];
    let mut fields = reader.fields(node, path);
    let sums = [("hours", Tallied::Hours), ("earnings", Tallied::Earnings)];
    let given: Vec<&str> = KEYS.into_iter().filter(|key| fields.has(key)).collect();
    let needed = match sums.into_iter().find(|(key, _)| given.contains(key)) {
        None => length(reader, &mut fields, &["days", "weeks", "months"]).map(Needed::Time),
        Some((key, what)) if given.len() == 1 => {
            reader.required(&mut fields, key, Reader::decimal).map(|least| Needed::Sum(what, least))
        }
        Some(_) => {
            for key in KEYS {
                fields.get(key);
            }
            let both = listed(given, "and");
            let message = format!("`after` says both {both}");
            let help = format!("keep one of {}", listed(KEYS, "or"));
            reader.report(Code::KeysTogether, &node.span, path, &message, &help);
            None
        }
    };
    reader.finish(&fields, &[]);
    needed
}

/// A unit of the calendar, or pieces of so many weeks: `{ weeks = 4 }` (mechanisms 3.4).
fn unit<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Grid> {
    if let Value::Table(_) = node.value {
        let mut fields = reader.fields(node, path);
        let weeks = reader.required(&mut fields, "weeks", Reader::count);
        reader.finish(&fields, &[]);
        // More weeks than a term has are told by `check`.
        return weeks.map(|weeks| Grid::pieces(u16::try_from(weeks).unwrap_or(u16::MAX)));
    }
    let units = [
        ("day", Grid::Day),
        ("week", Grid::Week),
        ("month", Grid::Month),
        ("quarter", Grid::Quarter),
        ("half-year", Grid::HalfYear),
        ("year", Grid::Year),
    ];
    reader.word(node, path, &units)
}

fn period<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Period {
    let outcome = reader.required(fields, "outcome", Reader::id).unwrap_or_default();
    let unit = reader.required(fields, "unit", unit).unwrap_or(Grid::Day);
    let sums = [("hours", Tallied::Hours), ("earnings", Tallied::Earnings)];
    let by = reader.optional(fields, "by", |r, node, path| r.word(node, path, &sums));
    let prorate = reader.optional(fields, "prorate", Reader::bool).unwrap_or_default();
    let min_days = reader.optional(fields, "min_days", Reader::count);
    if prorate && fields.has("min_days") {
        let (path, span) = (fields.path_of("min_days"), reader.tree.find(&fields.path_of("min_days")));
        let message = "a prorated charge pays for every qualifying day, so that `min_days` has no place there";
        reader.report(Code::KeysTogether, &span, &path, message, "keep either `prorate = true` or `min_days`");
    }
    for key in ["min_days", "prorate"].into_iter().filter(|key| fields.has("by") && fields.has(key)) {
        let (path, span) = (fields.path_of(key), reader.tree.find(&fields.path_of(key)));
        let message = format!("`by` pays for what is tallied on every qualifying day, so that `{key}` has no place there");
        reader.report(Code::KeysTogether, &span, &path, &message, &format!("keep either `by` or `{key}`"));
    }
    let pay = match (by, prorate) {
        (Some(what), _) => Pay::By(what),
        (None, true) => Pay::Prorated,
        (None, false) => Pay::Full { min_days: min_days.unwrap_or(1) },
    };
    Period { outcome, unit, pay, max_units: reader.optional(fields, "max_units", Reader::count) }
}
