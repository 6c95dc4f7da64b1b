//! The indices (mechanisms 7.2).

use crate::charge::Index;
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::Node;
use crate::measure::day::Day;
use crate::measure::diagnostic::Code;
use crate::measure::grid::{Cell, Every, Grid};

pub(super) fn index<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Index {
    let every = [("month", Every::Month), ("quarter", Every::Quarter), ("year", Every::Year)];
    let index = Index {
        id: reader.required(fields, "id", Reader::id).unwrap_or_default(),
        metric: reader.required(fields, "metric", Reader::id).unwrap_or_default(),
        base: reader.required(fields, "base", month).unwrap_or(Grid::Month.cell(Day::FAR)),
        every: reader.required(fields, "every", |r, node, path| r.word(node, path, &every)).unwrap_or(Every::Year),
        lag_months: reader.optional(fields, "lag_months", Reader::count).unwrap_or_default(),
    };
    reader.finish(fields, &[]);
    index
}

/// A month, such as `"2017-10"`.
fn month<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Cell> {
    let text = reader.string(node, path)?;
    let month = Day::parse(&format!("{text}-01")).map(|day| Grid::Month.cell(day));
    if month.is_none() {
        let message = format!("{} is not a month of the calendar, written year-month", reader.written(node));
        reader.report(Code::ContractDate, &node.span, path, &message, "write it like \"2017-10\"");
    }
    month
}
