//! Measured charges: their figures and bands (mechanisms 5.2, 5.3).

use super::dates::dates;
use super::parts::{owed_by, together};
use crate::charge::Measured;
use crate::charge::band::{Band, Edge, Pricing, Rise, Scale};
use crate::formats::reader::{Fields, Reader};
use crate::measure::diagnostic::Code;

pub(super) fn measured<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Measured {
    let figure = reader.required(fields, "figure", Reader::id).unwrap_or_default();
    let times = reader.optional(fields, "times", Reader::ids);
    if times.as_ref().is_some_and(Vec::is_empty) {
        let path = fields.path_of("times");
        let span = reader.tree.find(&path);
        reader.report(Code::EmptyList, &span, &path, "`times` is an empty list", "name at least one, or leave the key out");
    }
    let scale = scale(reader, fields);
    let dates = dates(reader, fields);
    let per = [("contract", false), ("participant", true)];
    Measured {
        figure,
        scale,
        times: times.unwrap_or_default(),
        dates,
        per_participant: reader.optional(fields, "per", |r, node, path| r.word(node, path, &per)).unwrap_or_default(),
        cumulative: reader.optional(fields, "cumulative", Reader::bool).unwrap_or_default(),
    }
}

/// `each`, or bands with their pricing.
fn scale<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Scale {
    let words = [("level", Pricing::Level), ("whole", Pricing::Whole), ("marginal", Pricing::Marginal)];
    let (single, several) = (fields.has("each"), fields.has("band"));
    let each = reader.optional(fields, "each", Reader::decimal);
    let bands = reader.optional(fields, "band", |r, node, path| r.tables(node, path, band));
    let pricing = reader.optional(fields, "pricing", |r, node, path| r.word(node, path, &words));
    match (single, several) {
        (true, true) => together(reader, fields, "each", "the charge has both `each` and bands", EACH_OR_BANDS),
        (true, false) if fields.has("pricing") => {
            let message = "`each` prices the whole figure alike, so that `pricing` has no place there";
            together(reader, fields, "pricing", message, "leave `pricing` out, or write bands");
        }
        (false, false) => reader.missing(fields, &["each", "band"], "add `each`, or `[[charge.band]]` rows"),
        _ => {}
    }
    match bands {
        Some(bands) => Scale { pricing: pricing.unwrap_or_default(), bands },
        None => Scale::each(each.unwrap_or_default()),
    }
}

const EACH_OR_BANDS: &str = "keep `each`, or put it into a `[[charge.band]]` row";

fn band<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Band {
    let lower = edge(reader, fields, "from", "above");
    let upper = edge(reader, fields, "up_to", "below");
    let (by_each, by_line) = (fields.has("each"), fields.has("to_amount"));
    let amount = reader.optional(fields, "amount", Reader::decimal);
    let each = reader.optional(fields, "each", Reader::decimal);
    let to = reader.optional(fields, "to_amount", Reader::decimal);
    let rise = match (by_each, by_line) {
        (true, true) => {
            let message = "`each` and `to_amount` both say how the price rises";
            together(reader, fields, "to_amount", message, "keep one of the two");
            Rise::None
        }
        (true, false) => each.map_or(Rise::None, Rise::Each),
        (false, true) => to.map_or(Rise::None, Rise::To),
        (false, false) => Rise::None,
    };
    if !fields.has("amount") && !by_each {
        reader.missing(fields, &["amount", "each"], "add `amount`; for values that pay nothing write `amount = 0`");
    }
    let owed_by = reader.optional(fields, "owed_by", owed_by).unwrap_or_default();
    reader.finish(fields, &[]);
    Band { lower, upper, amount: amount.unwrap_or_default(), rise, owed_by }
}

/// One end of a band, by the key whose value lies in it or by the one whose value does not.
fn edge<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, within: &'static str, without: &'static str) -> Option<Edge> {
    let both = fields.has(within) && fields.has(without);
    let inner = reader.optional(fields, within, Reader::decimal).map(|at| Edge { at, within: true });
    let outer = reader.optional(fields, without, Reader::decimal).map(|at| Edge { at, within: false });
    if both {
        let message = format!("the band has both `{within}` and `{without}`");
        together(reader, fields, without, &message, "keep one of the two");
    }
    inner.or(outer)
}
