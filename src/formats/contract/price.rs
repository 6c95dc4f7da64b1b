//! What a charge costs: its amount or rate card, and how its amounts are rounded and put off.

use super::parts::{length, multiple};
use crate::charge::adjust::By;
use crate::charge::conditions::{ElapsedBand, HoursBand, StepBand};
use crate::charge::{Adjust, Conditions, Delay, RateCard, RateRow};
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::Node;
use crate::measure::day::Span;
use crate::measure::diagnostic::Code;
use crate::measure::money::{Currency, Money, Round, Rounding};
use crate::timeline::outcome::Length;

/// The words for rounding (mechanisms 2.3).
pub(super) const ROUNDING: [(&str, Rounding); 4] = [
    ("half-away-from-zero", Rounding::HalfAwayFromZero),
    ("half-even", Rounding::HalfEven),
    ("up", Rounding::Up),
    ("down", Rounding::Down),
];

/// One amount or a rate card, never both (rule 8.1).
pub(super) fn rates<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> RateCard {
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
    let amount = reader.required(fields, "amount", Reader::decimal).unwrap_or_default();
    let row = RateRow { amount, when: conditions(reader, fields) };
    reader.finish(fields, &[]);
    row
}

/// What a row asks of a day (rule 8.1, mechanisms 5.1).
fn conditions<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Conditions {
    Conditions {
        kinds: reader.optional(fields, "kinds", Reader::names),
        target_groups: reader.optional(fields, "target_groups", Reader::names),
        traits: reader.optional(fields, "traits", Reader::ids),
        hours: reader.optional(fields, "hours", |r, node, path| {
            let (from, below) = band(r, node, path, ["from", "below"], Reader::decimal)?;
            Some(HoursBand { from, below })
        }),
        elapsed: reader.optional(fields, "elapsed", |r, node, path| {
            let (from_month, below_month) = band(r, node, path, ["from_month", "below_month"], Reader::count)?;
            Some(ElapsedBand { from_month, below_month })
        }),
        steps: reader.optional(fields, "steps", |r, node, path| {
            let (from, below) = band(r, node, path, ["from", "below"], Reader::count)?;
            Some(StepBand { from, below })
        }),
        valid: reader.optional(fields, "valid", |r, node, path| {
            let (first, last) = band(r, node, path, ["from", "until"], Reader::day)?;
            Some(Span { first, last })
        }),
    }
}

/// A table of two keys, both of which have to be there.
fn band<'a, T>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    path: &str,
    [first, last]: [&'static str; 2],
    read: fn(&mut Reader<'a>, &'a Node, &str) -> Option<T>,
) -> Option<(T, T)> {
    let mut fields = reader.fields(node, path);
    let first = reader.required(&mut fields, first, read);
    let last = reader.required(&mut fields, last, read);
    reader.finish(&fields, &[]);
    Some((first?, last?))
}

/// What changes a rate (mechanisms 7.1): a factor, an index or a rounding alone.
pub(super) fn adjust<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, currency: Option<Currency>) -> Adjust {
    let both = fields.has("factor") && fields.has("index");
    let factor = reader.optional(fields, "factor", Reader::ratio).map(By::Factor);
    let index = reader.optional(fields, "index", Reader::id).map(By::Index);
    let printed = reader.optional(fields, "round", |r, node, path| round(r, node, path, currency));
    let keys = ["factor", "index", "round"];
    if both {
        let path = fields.path_of("index");
        let span = reader.tree.find(&path);
        let help = "write a row for each: they apply in their order";
        reader.report(Code::KeysTogether, &span, &path, "the adjustment has both `factor` and `index`", help);
    } else if !keys.iter().any(|key| fields.has(key)) {
        reader.missing(fields, &keys, "add `factor`, `index` or `round`");
    }
    let adjust = Adjust { by: factor.or(index), round: printed, when: conditions(reader, fields) };
    reader.finish(fields, &[]);
    adjust
}

/// How a charge's amounts are rounded (mechanisms 2.3): to a multiple of the minor unit.
pub(super) fn round<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str, currency: Option<Currency>) -> Option<Round> {
    let mut fields = reader.fields(node, path);
    if !fields.has("to") && !fields.has("mode") {
        reader.missing(&mut fields, &["to", "mode"], "add `to`, `mode` or both, or leave the key out");
    }
    let to = reader.optional(&mut fields, "to", |r, node, path| multiple(r, node, path, currency));
    let mode = reader.optional(&mut fields, "mode", |r, node, path| r.word(node, path, &ROUNDING));
    reader.finish(&fields, &[]);
    Some(Round { to: to.unwrap_or(Money::from_minor(1)), mode })
}

/// How long after their own day a charge's entitlements are earned (mechanisms 7.3): exactly one length.
pub(super) fn delay<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Delay> {
    let mut fields = reader.fields(node, path);
    let units = ["days", "weeks", "months", "weekdays", "bank_days"];
    let given: Vec<&'static str> = units.into_iter().filter(|unit| fields.has(unit)).collect();
    // Of these two a length knows nothing but the number.
    let length = length(reader, &mut fields, &units);
    reader.finish(&fields, &[]);
    match (given.as_slice(), length?) {
        (["weekdays"], Length::Days(count)) => Some(Delay::Weekdays(count)),
        (["bank_days"], Length::Days(count)) => Some(Delay::BankDays(count)),
        (_, Length::Days(count)) => Some(Delay::Days(count)),
        (_, Length::Months(count)) => Some(Delay::Months(count)),
    }
}
