//! TOML: the parser goes on after a fault, so that all of a contract's faults come at once.

use super::hints;
use super::tree::{Entry, Fault, Node, Notation, Tree, Value};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, quote};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// With more faults than this a file is no contract with slips in it, but something else.
const MOST_FAULTS: usize = 100;

/// How often a file is read again after lines were blanked out.
const MOST_REPAIRS: usize = 20;

const GRAMMAR: &str = "a line is `key = value`, `[table]` or `[[table]]`; texts stand in double quotation marks";

/// Reads TOML. After some faults the parser goes no further, or takes the rest of the file for something else: then the
/// lines at fault are blanked out and the file is read again, so that what follows is looked at too.
pub(super) fn parse(text: &str) -> Tree {
    let mut readable = text.to_owned();
    let mut passed = Vec::new();
    for _ in 0..MOST_REPAIRS {
        let Some((fault, blank)) = obstacle(text, &readable) else { break };
        readable.replace_range(blank.clone(), &" ".repeat(blank.len()));
        passed.push(fault);
    }
    let mut tree = parse_once(text, &readable);
    tree.loose |= !passed.is_empty();
    tree.faults.extend(passed);
    tree
}

/// The first fault that keeps the parser from reading on, and the lines to blank out for it.
fn obstacle(text: &str, readable: &str) -> Option<(Fault, Range<usize>)> {
    let (_, errors) = DeTable::parse_recoverable(readable);
    errors.iter().take(MOST_FAULTS).find_map(|error| {
        let said = error.message();
        let at = cut(readable, error.span()?.start);
        let here = line_around(readable, at);
        if said.starts_with("unclosed table") {
            // What stands below a header that cannot be read would seem to belong to the table above.
            let next =
                readable.get(here.end..).unwrap_or_default().find("\n[").map_or(readable.len(), |next| here.end + next);
            return Some((fault(text, at..at, said), here.start..next));
        }
        if said.starts_with("key with no value") || said.starts_with("invalid key") {
            return Some((fault(text, at..at, said), here));
        }
        let bracket = ["missing comma", "missing key for inline", "unexpected `=`", "unclosed array", "unclosed inline"];
        let bracket = bracket.iter().any(|of| said.starts_with(of));
        let opened = last_open_line(readable.get(..here.start).filter(|_| bracket)?)?;
        let from = text.get(opened.clone())?;
        let at = opened.start + from.rfind(['[', '{'])?;
        let message = format!("the bracket {} is not closed", quote(text.get(at..=at)?));
        let help = if text.get(at..=at) == Some("[") { "close the list with `]`" } else { "close it with `}`" };
        let fault = Fault { code: Code::Syntax, span: at..at + 1, message, help: Some(help.to_owned()) };
        Some((fault, opened.start..here.start.saturating_sub(1).max(opened.end)))
    })
}

/// The bytes of the line around a place.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(at..).unwrap_or_default().find('\n').map_or(text.len(), |end| at + end);
    start..end
}

/// The last line of a text that opens more brackets than it closes and is not a table's header.
fn last_open_line(text: &str) -> Option<Range<usize>> {
    let mut end = text.trim_end_matches('\n').len();
    loop {
        let line = line_around(text, end);
        let here = text.get(line.clone())?;
        let count = |signs: [char; 2]| here.matches(signs).count();
        if here.trim_start().starts_with('[') {
            return None;
        }
        if count(['[', '{']) > count([']', '}']) {
            return Some(line);
        }
        end = line.start.checked_sub(1)?;
    }
}

fn parse_once(text: &str, readable: &str) -> Tree {
    let (root, errors) = DeTable::parse_recoverable(readable);
    if errors.len() > MOST_FAULTS {
        let message = format!("this is not TOML: its grammar is broken in {} places", errors.len());
        let span = errors.first().and_then(toml::de::Error::span).map_or(0, |span| cut(text, span.start));
        let fault = Fault { code: Code::Syntax, span: span..span, message, help: Some(GRAMMAR.to_owned()) };
        let root = Node { span: 0..0, value: Value::Broken };
        return Tree { notation: Notation::Toml, root, faults: vec![fault], loose: true };
    }
    let mut broken = Vec::new();
    let mut twice = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    for error in errors {
        let said = error.message().to_owned();
        let span = error.span().unwrap_or(0..0);
        let span = cut(text, span.start)..cut(text, span.end);
        if said.contains("duplicate key") {
            let name = quote(text.get(span.clone()).unwrap_or_default());
            let message = format!("the key {name} is there twice");
            let help = Some("keep the one that holds and remove the other".to_owned());
            twice.push(span.clone());
            faults.push(Fault { code: Code::KeyTwice, span, message, help });
            continue;
        }
        broken.push((span.clone(), false));
        // One slip makes the parser stumble several times on one line; the first says what is wrong.
        let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count();
        if !faults.iter().any(|fault| fault.code != Code::KeyTwice && line(fault.span.start) == line(span.start)) {
            faults.push(fault(text, span, &said));
        }
    }
    let mut builder = Builder { text, broken, twice, faults };
    let root = Node { span: 0..0, value: Value::Table(builder.entries(root.into_inner())) };
    // A fault that touched no value may have swallowed a key, a header or half a file.
    let loose = builder.broken.iter().any(|(_, touched)| !touched);
    Tree { notation: Notation::Toml, root, faults: builder.faults, loose }
}

/// The place `at`, moved back to the border of a character if it is not at one.
fn cut(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// A fault in the user's own terms: what stands on the line tells more than the parser's expectation does.
fn fault(text: &str, span: Range<usize>, said: &str) -> Fault {
    let line = line_around(text, span.start);
    let written = text.get(line.clone()).unwrap_or_default();
    // The value: from after the equals sign (or, in a list, from the fault) to a comment or the line's end.
    let from = match written.find('=') {
        Some(at) if line.start + at < span.start && !written.contains(['[', '{']) => line.start + at + 1,
        _ => span.start,
    };
    let rest = text.get(from..line.end).unwrap_or_default();
    let rest = rest.split('#').next().unwrap_or_default();
    let start = from + rest.len() - rest.trim_start().len();
    let value = start..start + rest.trim().len();
    if let Some(fault) = misspelt(text, &span, value, said) {
        return fault;
    }
    let (message, help) = grammar(text.get(span.clone()).unwrap_or_default().trim(), said);
    Fault { code: Code::Syntax, span, message, help: Some(help) }
}

/// A day, a number or a truth that is written as elsewhere: in `value`, or in `item`, a part of it.
fn misspelt(text: &str, item: &Range<usize>, value: Range<usize>, said: &str) -> Option<Fault> {
    let at = |span: &Range<usize>| text.get(span.clone()).unwrap_or_default().trim();
    for span in [item, &value] {
        if let Some(day) = hints::other_date(at(span)) {
            let message = format!("{} is not a day as it is written here", quote(at(span)));
            let help = Some(format!("write `{day}`"));
            return Some(Fault { code: Code::ContractDate, span: span.clone(), message, help });
        }
    }
    let written = quote(at(item));
    if said.starts_with("invalid date") {
        let message = format!("{written} is not a day of the calendar");
        let help = Some("a day is written like 2017-12-31".to_owned());
        return Some(Fault { code: Code::ContractDate, span: item.clone(), message, help });
    }
    if at(&value).contains([',', ' ', '.']) && at(&value).chars().all(|c| c.is_ascii_digit() || ".,_ ".contains(c)) {
        let message = format!("{} is not a number as it is written here", quote(at(&value)));
        let help = match hints::other_number(at(&value)) {
            Some(plain) => format!("write \"{plain}\": in quotes, with a point and without separators"),
            None => "a decimal is written in quotes and with a point: \"900.50\"".to_owned(),
        };
        return Some(Fault { code: Code::ContractNumber, span: value, message, help: Some(help) });
    }
    let lower = at(item).to_ascii_lowercase();
    (lower == "true" || lower == "false").then(|| {
        let message = format!("{written} is neither `true` nor `false`");
        Fault { code: Code::WrongType, span: item.clone(), message, help: Some(format!("write `{lower}`")) }
    })
}

/// What the parser said about `item`, and what to do.
fn grammar(item: &str, said: &str) -> (String, String) {
    let begins = |with: &str| said.starts_with(with);
    let unquoted = begins("string values must be quoted") || begins("invalid boolean") || begins("invalid float");
    let (message, help) = match said {
        _ if unquoted && item.is_empty() => {
            ("there is no value after the equals sign", "write the value, or remove the key")
        }
        _ if unquoted && item.starts_with(|c: char| c.is_ascii_digit()) => {
            let help = "write a number alone, without blanks or currency, and a text in quotes";
            return (format!("{} is neither a number nor a text in quotes", quote(item)), help.to_owned());
        }
        _ if unquoted => {
            let inner = quote(item.trim_matches(['“', '”', '„', '’', '‘', '\'', '"']));
            let help = format!("write \"{}\" with straight quotation marks", inner.trim_matches('`'));
            return (format!("the text {} is not in quotes", quote(item)), help);
        }
        _ if said.contains("invalid basic string") || said.contains("invalid literal string") => {
            ("a text is not closed", "put a quotation mark at its end")
        }
        _ if begins("key with no value") => ("there is no equals sign after the key", "write `key = value`"),
        _ if begins("unclosed table") => {
            ("the square bracket is not closed", "write `[name]`, or `[[name]]` for one of several")
        }
        _ if begins("missing comma") => ("there is no comma before this", "put a comma between two items"),
        _ if begins("unexpected leading zero") => {
            ("a number does not begin with 0", "leave the zero out, or put it in quotes if it is a text")
        }
        _ if begins("unexpected key or value") => {
            ("there is something after the value", "write one key and one value on a line")
        }
        _ => return (format!("this is not TOML: {}", crate::measure::cpr::redact(said)), GRAMMAR.to_owned()),
    };
    (message.to_owned(), help.to_owned())
}

struct Builder<'a> {
    text: &'a str,
    /// Where the grammar is broken, and whether a value was found there.
    broken: Vec<(Range<usize>, bool)>,
    /// The keys that are there twice.
    twice: Vec<Range<usize>>,
    faults: Vec<Fault>,
}

impl Builder<'_> {
    fn entries(&mut self, table: DeTable<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for (key, value) in table {
            let key_span = key.span();
            let mut node = self.node(value);
            if self.twice.contains(&key_span) {
                node.value = Value::Broken;
            }
            entries.push(Entry { key: key.into_inner().into_owned(), key_span, node });
        }
        entries.sort_by_key(|entry| entry.key_span.start);
        entries
    }

    fn node(&mut self, spanned: Spanned<DeValue<'_>>) -> Node {
        let span = spanned.span();
        let value = match spanned.into_inner() {
            DeValue::Table(table) => return Node { span, value: Value::Table(self.entries(table)) },
            DeValue::Array(array) => {
                let items = array.into_iter().map(|item| self.node(item)).collect();
                return Node { span, value: Value::Array(items) };
            }
            _ if self.is_broken(&span) => Value::Broken,
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Value::Integer(number),
                Err(_) => {
                    let written = self.text.get(span.clone()).unwrap_or_default();
                    let message = format!("{} is too large a number", quote(written));
                    let help = Some("a number has at most 12 digits".to_owned());
                    self.faults.push(Fault { code: Code::ContractNumber, span: span.clone(), message, help });
                    Value::Broken
                }
            },
            DeValue::Float(_) => Value::Float,
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Datetime(moment) => match (moment.date, moment.time) {
                (Some(date), None) => {
                    let day = Day::from_ymd(i32::from(date.year), u32::from(date.month), u32::from(date.day));
                    match day.filter(|day| day.year() > 0) {
                        Some(day) => Value::Day(day),
                        None => Value::Time,
                    }
                }
                _ => Value::Time,
            },
        };
        Node { span, value }
    }

    /// Whether a fault touches these bytes.
    fn is_broken(&mut self, span: &Range<usize>) -> bool {
        let mut any = false;
        for (fault, touched) in &mut self.broken {
            if fault.start <= span.end && span.start <= fault.end {
                *touched = true;
                any = true;
            }
        }
        any
    }
}
