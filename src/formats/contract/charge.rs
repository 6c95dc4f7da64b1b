//! The charges and their rate cards.

use super::invoicing::vat;
use super::measured::measured;
use super::parts::{length, owed_by};
use crate::charge::fixed::FixedPer;
use crate::charge::milestone::{Mode, Then};
use crate::charge::period::Pay;
use crate::charge::rate::{ElapsedBand, HoursBand};
use crate::charge::{Charge, Fixed, Mechanism, Milestone, Period, RateCard, RateRow};
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::Node;
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::Code;
use crate::measure::grid::Grid;
use crate::timeline::outcome::Length;

#[derive(Clone, Copy)]
enum Type {
    Fixed,
    Measured,
    Milestone,
    Period,
}

/// The keys that belong to some types of charge only, and what to say where they do not belong.
const ELSEWHERE: [(&str, &str); 18] = [
    ("amount", "a measured charge is priced by `each`, or by the `amount` of its bands"),
    ("rate", "a measured charge is priced by `each`, or by its bands"),
    ("on", "`on` belongs to a charge of type \"fixed\" or \"measured\""),
    ("every", "`every` belongs to a charge of type \"measured\""),
    ("figure", "`figure` belongs to a charge of type \"measured\""),
    ("each", "`each` belongs to a charge of type \"measured\""),
    ("band", "`band` belongs to a charge of type \"measured\""),
    ("pricing", "`pricing` belongs to a charge of type \"measured\""),
    ("times", "`times` belongs to a charge of type \"measured\""),
    ("per", "`per` belongs to a charge of type \"fixed\"; for the others the outcome's `per` decides"),
    ("outcome", "`outcome` belongs to a charge of type \"milestone\" or \"period\""),
    ("mode", "`mode` belongs to a charge of type \"milestone\""),
    ("after", "`after` belongs to a charge of type \"milestone\""),
    ("then", "`then` belongs to a charge of type \"milestone\""),
    ("unit", "`unit` belongs to a charge of type \"period\""),
    ("min_days", "`min_days` belongs to a charge of type \"period\""),
    ("prorate", "`prorate` belongs to a charge of type \"period\""),
    ("max_units", "`max_units` belongs to a charge of type \"period\""),
];

pub(super) fn charge<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Charge {
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
            Mechanism::Fixed(Fixed { on: Vec::new(), per: FixedPer::Contract })
        }
    };
    let rates = match &mechanism {
        Mechanism::Measured(terms) => terms.rates(),
        _ => card,
    };
    let owed_by = reader.optional(fields, "owed_by", owed_by).unwrap_or_default();
    let text = reader.optional(fields, "text", Reader::string);
    let vat = reader.optional(fields, "vat", vat);
    let account = reader.optional(fields, "account", Reader::string);
    reader.finish(fields, &ELSEWHERE);
    Charge { id, clause, rates, mechanism, owed_by, text, vat, account }
}

fn fixed<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Fixed {
    let words = [("contract", FixedPer::Contract), ("company", FixedPer::Company)];
    let days = |r: &mut Reader<'a>, node, path: &str| r.list(node, path, || Day::FAR, Reader::day);
    Fixed {
        on: reader.required(fields, "on", days).unwrap_or_default(),
        per: reader.optional(fields, "per", |r, node, path| r.word(node, path, &words)).unwrap_or_default(),
    }
}

fn milestone<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Milestone {
    let modes = [("continuous", Mode::Continuous), ("cumulative", Mode::Cumulative)];
    Milestone {
        outcome: reader.required(fields, "outcome", Reader::id).unwrap_or_default(),
        mode: reader.required(fields, "mode", |r, node, path| r.word(node, path, &modes)).unwrap_or(Mode::Continuous),
        after: reader.required(fields, "after", span_of_time).unwrap_or(Length::Days(1)),
        then: reader.optional(fields, "then", |reader, node, path| {
            let mut fields = reader.fields(node, path);
            let every = reader.required(&mut fields, "every", span_of_time);
            let times = reader.required(&mut fields, "times", Reader::count);
            reader.finish(&fields, &[]);
            Some(Then { every: every?, times: times? })
        }),
    }
}

fn span_of_time<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Length> {
    let mut fields = reader.fields(node, path);
    let length = length(reader, &mut fields, &["days", "weeks", "months"]);
    reader.finish(&fields, &[]);
    length
}

fn period<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Period {
    let units = [("day", Grid::Day), ("week", Grid::Week), ("month", Grid::Month)];
    let outcome = reader.required(fields, "outcome", Reader::id).unwrap_or_default();
    let unit = reader.required(fields, "unit", |r, node, path| r.word(node, path, &units)).unwrap_or(Grid::Day);
    let prorate = reader.optional(fields, "prorate", Reader::bool).unwrap_or_default();
    let min_days = reader.optional(fields, "min_days", Reader::count);
    if prorate && fields.has("min_days") {
        let path = fields.path_of("min_days");
        let span = reader.tree.find(&path);
        let message = "a prorated charge pays for every qualifying day, so that `min_days` has no place there";
        reader.report(Code::KeysTogether, &span, &path, message, "keep either `prorate = true` or `min_days`");
    }
    let pay = if prorate { Pay::Prorated } else { Pay::Full { min_days: min_days.unwrap_or(1) } };
    Period { outcome, unit, pay, max_units: reader.optional(fields, "max_units", Reader::count) }
}

/// One amount or a rate card, never both (rule 8.1).
fn rates<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> RateCard {
    let (single, card) = (fields.has("amount"), fields.has("rate"));
    let amount = reader.optional(fields, "amount", Reader::decimal);
    let rows = reader.optional(fields, "rate", |r, node, path| r.tables(node, path, row));
    match (single, card) {
        (true, true) => {
            let path = fields.path_of("amount");
            let span = reader.tree.find(&path);
            let message = "the charge has both an `amount` and a rate card";
            let help = "keep the `amount`, or put it into a last `[[charge.rate]]` row without conditions";
            reader.report(Code::KeysTogether, &span, &path, message, help);
        }
        (false, false) => {
            reader.missing(fields, &["amount", "rate"], "add `amount`, or a rate card of `[[charge.rate]]` rows");
        }
        _ => {}
    }
    rows.map_or_else(|| RateCard::flat(amount.unwrap_or_default()), |rows| RateCard { rows })
}

fn row<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> RateRow {
    let row = RateRow {
        amount: reader.required(fields, "amount", Reader::decimal).unwrap_or_default(),
        kinds: reader.optional(fields, "kinds", Reader::names),
        target_groups: reader.optional(fields, "target_groups", Reader::names),
        hours: reader.optional(fields, "hours", |reader, node, path| {
            let mut fields = reader.fields(node, path);
            let from = reader.required(&mut fields, "from", Reader::decimal);
            let below = reader.required(&mut fields, "below", Reader::decimal);
            reader.finish(&fields, &[]);
            Some(HoursBand { from: from?, below: below? })
        }),
        elapsed: reader.optional(fields, "elapsed", |reader, node, path| {
            let mut fields = reader.fields(node, path);
            let from_month = reader.required(&mut fields, "from_month", Reader::count);
            let below_month = reader.required(&mut fields, "below_month", Reader::count);
            reader.finish(&fields, &[]);
            Some(ElapsedBand { from_month: from_month?, below_month: below_month? })
        }),
        valid: reader.optional(fields, "valid", |reader, node, path| {
            let mut fields = reader.fields(node, path);
            let first = reader.required(&mut fields, "from", Reader::day);
            let last = reader.required(&mut fields, "until", Reader::day);
            reader.finish(&fields, &[]);
            Some(Span { first: first?, last: last? })
        }),
    };
    reader.finish(fields, &[]);
    row
}
