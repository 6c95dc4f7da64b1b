//! The rows of `hours.csv` (mechanisms 12).

use super::header::{Column, digits, empty, filled};
use super::rows::{Cells, FromRow, job, kind};
use crate::facts::{Fact, Report};
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::{Code, quote};
use crate::measure::grid::Grid;
use crate::measure::number;
use rust_decimal::Decimal;

const MONTH: usize = 6;
const HOURS: usize = 7;
const EARNINGS: usize = 8;
const EVIDENCE: usize = 9;

impl FromRow for Report {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("report"),
        empty("placement"),
        empty("participant"),
        empty("employer"),
        filled("kind"),
        filled("month"),
        digits(empty("hours")),
        digits(empty("earnings")),
        empty("evidence"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Report> {
        let (job, kind, month) = (job(cells, Self::NAME), kind(cells), month(cells));
        if cells.maybe(HOURS).is_none() && cells.maybe(EARNINGS).is_none() && !cells.header.faulty {
            let help = "fill in what the payroll says of the month, or withdraw the report with a row that is void";
            cells.report(Code::EmptyReport, HOURS, "the report has neither `hours` nor `earnings`", help);
        }
        let (hours, earnings) = (amount(cells, HOURS), amount(cells, EARNINGS));
        if let (Some(month), Some(Some(hours))) = (month, hours)
            && hours > Decimal::from(month.days().saturating_mul(24))
        {
            let message = format!("`hours` is {hours}, and the month has {}", month.days() * 24);
            cells.report(Code::HoursAboveMonth, HOURS, &message, "write the hours of one month, in one job");
        }
        let evidence = cells.text(EVIDENCE);
        Some(Report { job: job?, kind: kind?, month: month?, hours: hours?, earnings: earnings?, evidence })
    }
}

/// A number without a sign, which may be left out; `None` where what stands there cannot be read.
fn amount(cells: &mut Cells<'_>, column: usize) -> Option<Option<Decimal>> {
    if cells.maybe(column).is_none() {
        return Some(None);
    }
    cells.number(column, number::parse_amount).map(Some)
}

/// The days of a month written as `2018-02`.
fn month(cells: &mut Cells<'_>) -> Option<Span> {
    let text = cells.filled(MONTH)?;
    let first = Day::parse(&format!("{text}-01"));
    if first.is_none() {
        let message = format!("{} is not a month, written year-month", quote(text));
        let help = match Day::parse(text) {
            Some(day) => format!("write `{}`", Grid::Month.cell(day)),
            None => "write year and month, such as `2018-02`".to_owned(),
        };
        cells.report(Code::ReportMonth, MONTH, &message, &help);
    }
    first.map(|day| Grid::Month.cell(day).span())
}
