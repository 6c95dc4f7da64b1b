//! The parts of an explanation in words, line by line, for a page that sets them in its own way.

use super::page::Page;
use super::pen::Pen;
use super::reason::Why;
use super::render::{job as job_in_words, standing as standing_line, unpaid_body};
use super::render_item::{body, cause as cause_in_words};
use super::render_reason::why as why_in_words;
use super::render_row::{rows as row_lines, source};
use super::render_version;
use super::source::{JobTerms, RowSince, Source};
use super::tree::{Correction, Followed, Item, Standing, Unpaid};

pub use super::page::Line;

/// How an amount comes about: the days, the arithmetic, the limits, and of a correction what was posted before.
#[must_use]
pub fn item(pen: &Pen, item: &Item) -> Vec<Line> {
    lines(pen, |page| body(page, item))
}

/// Why something is not paid.
#[must_use]
pub fn unpaid(pen: &Pen, unpaid: &Unpaid) -> Vec<Line> {
    lines(pen, |page| unpaid_body(page, 4, unpaid))
}

/// Whether a participant counts, and why not (rule 5).
#[must_use]
pub fn standing(pen: &Pen, standing: &Standing) -> Vec<Line> {
    lines(pen, |page| standing_line(page, standing))
}

/// Which version of the contract is followed, and what is new in it, one sentence or term a line (mechanisms 9.2).
#[must_use]
pub fn version(pen: &Pen, told: &Followed) -> Vec<Line> {
    lines(pen, |page| render_version::put(page, Some(told)))
}

/// Why an amount is another one than before, in a sentence (rule 10.2), and in another one if the contract is (mechanisms 9.2).
#[must_use]
pub fn cause(pen: &Pen, told: &Correction) -> Vec<Line> {
    lines(pen, |page| {
        let text = cause_in_words(page, &told.cause);
        page.line(0, &text);
        render_version::since(page, 0, told.version);
    })
}

/// The rows that are new since the settlement before, one a line.
#[must_use]
pub fn rows(pen: &Pen, rows: &[RowSince]) -> Vec<Line> {
    lines(pen, |page| row_lines(page, 0, rows))
}

/// Where a row stands, and when it was recorded.
#[must_use]
pub fn row(pen: &Pen, row: &Source) -> Vec<Line> {
    lines(pen, |page| {
        let text = source(page, row);
        page.line(0, &text);
    })
}

/// Where a spell is worked.
#[must_use]
pub fn job(pen: &Pen, job: &JobTerms) -> Vec<Line> {
    lines(pen, |page| {
        let text = job_in_words(page, job);
        page.line(0, &text);
    })
}

/// Why a spell does not count as reported.
#[must_use]
pub fn why(pen: &Pen, why: &Why) -> Vec<Line> {
    lines(pen, |page| {
        let text = why_in_words(page, why);
        page.line(0, &text);
    })
}

fn lines(pen: &Pen, write: impl FnOnce(&mut Page)) -> Vec<Line> {
    let mut page = Page::new(*pen, false);
    write(&mut page);
    page.lines()
}
