//! Reports of paid hours: months outside the term, and reports that no outcome looks at (rule 12.2, mechanisms 3.2, 12).

use super::View;
use crate::facts::{Report, Row};
use crate::measure::diagnostic::{Code, Diagnostic};
use crate::measure::grid::Grid;

pub(super) fn look(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.reports;
    let known = (0..all.len()).filter_map(|nth| all.known(nth, view.known_on));
    let looked_at = view.whole.all().flat_map(|version| &version.outcomes).any(|outcome| outcome.payroll.is_some());
    if looked_at {
        found.extend(known.filter_map(|(row, terms)| outside_term(view, row, terms)));
        return;
    }
    let mut known = known.map(|(row, _)| row);
    let Some(first) = known.next() else { return };
    let which = match known.count() {
        0 => format!("report `{}` is", first.id),
        more => format!("report `{}` and {more} more are", first.id),
    };
    let message = format!("{which} of paid hours, which no outcome of the contract looks at");
    let help = "nothing rests on them; write `source = \"payroll\"` in an outcome, or leave the rows to another contract";
    found.push(Diagnostic::new(Code::UnusedReports, first.place("report"), message).help(help));
}

/// A month with no day in the term can earn nothing (rule 12.2).
fn outside_term(view: &View<'_>, row: &Row<Report>, terms: &Report) -> Option<Diagnostic> {
    let term = view.contract.term();
    if terms.month.overlap(term).is_some() {
        return None;
    }
    let month = Grid::Month.cell(terms.month.first);
    let message =
        format!("report `{}` ({month}) has no day in the contract's term, {} to {}", row.id, term.first, term.last);
    let help = "nothing is paid for this month; if it is wrong, correct the row";
    Some(Diagnostic::new(Code::ReportOutsideTerm, row.place("month"), message).help(help))
}
