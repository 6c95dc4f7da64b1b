//! Diagnostics as people and as programs read them.
//!
//! Nothing that is shown holds a CPR number (rule 3.7), a control character that a terminal would obey, or more than a
//! window of a long line.

use crate::formats::Sources;
use crate::formats::source::{Lines, Source, with_line_feeds};
use crate::measure::cpr;
use crate::measure::diagnostic::{Code, Diagnostic, Severity};
use codespan_reporting::diagnostic as shown;
use codespan_reporting::files;
use codespan_reporting::term::{self, Styles, StylesWriter, termcolor};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

/// Writes diagnostics for people: the message, the line with the offending text underlined, and what would be right.
///
/// # Errors
/// Those of the writer.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, colours: bool, out: &mut impl Write) -> io::Result<()> {
    let config = term::Config::default();
    let styles = Styles::default();
    let mut pages: BTreeMap<&str, Option<Page<'_>>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let file = diagnostic.place.file.as_str();
        let page = pages.entry(file).or_insert_with(|| sources.find(file).map(|source| Page::new(source, diagnostics)));
        let excerpt = page.as_ref().and_then(|page| page.excerpt(diagnostic));
        let report = report(diagnostic, excerpt.as_ref());
        let excerpt = excerpt.unwrap_or_default();
        let written = if colours {
            let mut ansi = termcolor::Ansi::new(&mut *out);
            term::emit_to_write_style(&mut StylesWriter::new(&mut ansi, &styles), &config, &excerpt, &report)
        } else {
            term::emit_to_io_write(&mut *out, &config, &excerpt, &report)
        };
        match written {
            Err(files::Error::Io(error)) => return Err(error),
            Err(other) => return Err(io::Error::other(other)),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// Writes diagnostics for programs: one JSON object a line.
///
/// # Errors
/// Those of the writer.
pub fn json(diagnostics: &[Diagnostic], out: &mut impl Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        code: &'a str,
        severity: Severity,
        file: String,
        line: Option<u32>,
        column: Option<u32>,
        field: Option<&'a str>,
        contract: Option<&'a str>,
        message: &'a str,
        help: Option<&'a str>,
    }
    for diagnostic in diagnostics {
        let line = Line {
            code: diagnostic.code.id(),
            severity: diagnostic.code.severity(),
            file: cpr::redact(&diagnostic.place.file),
            line: diagnostic.place.line,
            column: diagnostic.place.column,
            field: diagnostic.place.field.as_deref(),
            contract: diagnostic.contract.as_ref().map(crate::measure::id::Id::as_str),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn report(diagnostic: &Diagnostic, excerpt: Option<&Excerpt>) -> shown::Diagnostic<()> {
    let severity = match diagnostic.code.severity() {
        Severity::Error => shown::Severity::Error,
        Severity::Warning => shown::Severity::Warning,
        Severity::Notice => shown::Severity::Note,
    };
    let mut report =
        shown::Diagnostic::new(severity).with_code(diagnostic.code.id()).with_message(plain(&diagnostic.message));
    match excerpt {
        Some(excerpt) => {
            let label = shown::Label::primary((), excerpt.marked.clone()).with_message(&excerpt.label);
            report = report.with_label(label);
        }
        None => report = report.with_note(place(diagnostic)),
    }
    match &diagnostic.help {
        Some(help) => report.with_note(format!("help: {}", plain(help))),
        None => report,
    }
}

/// The place in words, where no line of a file can be shown.
fn place(diagnostic: &Diagnostic) -> String {
    let place = &diagnostic.place;
    let mut text = if place.file.is_empty() { "the programme".to_owned() } else { cpr::redact(&plain(&place.file)) };
    if let Some(line) = place.line {
        text += &format!(":{line}");
    }
    if let Some(contract) = &diagnostic.contract {
        text += &format!(", contract {contract}");
    }
    if let Some(field) = &place.field {
        text += &format!(", {}", plain(field));
    }
    text
}

/// The same number of bytes, without anything that a terminal would obey.
fn plain(text: &str) -> Cow<'_, str> {
    let obeyed =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) && c != '\t' {
            clean.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            clean.push(c);
        }
    }
    Cow::Owned(clean)
}

/// A file from which lines are shown.
struct Page<'a> {
    text: Cow<'a, str>,
    lines: Lines,
}

impl<'a> Page<'a> {
    /// CPR numbers are overwritten by stars; in a contract also those that its notation hides behind escapes.
    fn new(source: &'a Source, diagnostics: &[Diagnostic]) -> Page<'a> {
        let mut text = with_line_feeds(source.lossy());
        let here = diagnostics.iter().filter(|d| d.code == Code::CprNumber && d.place.file == source.name);
        for (start, end) in here.filter_map(|d| d.place.span) {
            if let Some(number) = text.get(start..end) {
                let stars: String =
                    number.chars().map(|c| if c == '\n' { "\n".to_owned() } else { "*".repeat(c.len_utf8()) }).collect();
                text.to_mut().replace_range(start..end, &stars);
            }
        }
        Page { lines: Lines::of(&text), text }
    }

    /// The line that a diagnostic is about, with the place in it.
    fn excerpt(&self, diagnostic: &Diagnostic) -> Option<Excerpt> {
        let place = &diagnostic.place;
        let line = place.line?;
        let range = self.lines.range(&self.text, line)?;
        let text = self.text.get(range.clone())?;
        let within = |at: usize| at.clamp(range.start, range.end) - range.start;
        let (marked, label) = match place.span {
            Some((start, end)) => (within(start)..within(end.max(start)), ""),
            None => {
                let nth = place.column.map_or(0, |column| column.saturating_sub(1));
                let field = place.field.as_deref().unwrap_or_default();
                (cell(text, usize::try_from(nth).unwrap_or(0)), field)
            }
        };
        let clean = plain(&cpr::blot(text)).into_owned();
        let mut excerpt = window(&clean, marked);
        excerpt.name = cpr::redact(&plain(&place.file));
        excerpt.label = plain(label).into_owned();
        excerpt.line = usize::try_from(line).unwrap_or(0);
        excerpt.column = place.column.and_then(|column| usize::try_from(column).ok()).unwrap_or(1);
        Some(excerpt)
    }
}

/// The bytes of a field, counted from 0, in a row of a CSV file.
fn cell(row: &str, nth: usize) -> Range<usize> {
    let (mut start, mut field, mut quoted) = (0, 0, false);
    for (at, byte) in row.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted && field == nth => return start..at,
            b',' if !quoted => (field, start) = (field + 1, at + 1),
            _ => {}
        }
    }
    if field == nth { start..row.len() } else { row.len()..row.len() }
}

/// A line and a place in it; of a long line a window around the place.
fn window(line: &str, marked: Range<usize>) -> Excerpt {
    const MOST: usize = 160;
    const BEFORE: usize = 60;
    let back = |at: usize| (0..=at.min(line.len())).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
    let (from, to) = if line.len() <= MOST {
        (0, line.len())
    } else {
        let from = back(marked.start.saturating_sub(BEFORE));
        (from, back(from + MOST))
    };
    let (left, right) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
    let text = format!("{left}{}{right}", line.get(from..to).unwrap_or_default());
    let place = |at: usize| back(at.clamp(from, to)) - from + left.len();
    Excerpt { marked: place(marked.start)..place(marked.end), text, ..Excerpt::default() }
}

/// One line of a file, under its own number.
#[derive(Debug, Default)]
struct Excerpt {
    name: String,
    text: String,
    marked: Range<usize>,
    label: String,
    line: usize,
    column: usize,
}

impl<'a> files::Files<'a> for Excerpt {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, files::Error> {
        Ok(&self.name)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, files::Error> {
        Ok(&self.text)
    }

    fn line_index(&'a self, (): (), _: usize) -> Result<usize, files::Error> {
        Ok(0)
    }

    fn line_number(&'a self, (): (), _: usize) -> Result<usize, files::Error> {
        Ok(self.line)
    }

    fn column_number(&'a self, (): (), _: usize, _: usize) -> Result<usize, files::Error> {
        Ok(self.column)
    }

    fn line_range(&'a self, (): (), _: usize) -> Result<Range<usize>, files::Error> {
        Ok(0..self.text.len())
    }
}
