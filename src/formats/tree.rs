//! A contract file as a tree in which everything knows its place: the one form of TOML and JSON.

use crate::measure::day::Day;
use crate::measure::diagnostic::Code;
use std::ops::Range;

/// How the file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Notation {
    /// Dates stand without quotes.
    Toml,
    /// Dates are strings.
    Json,
}

/// A whole contract file.
#[derive(Debug)]
pub(super) struct Tree {
    pub notation: Notation,
    pub root: Node,
    /// What its grammar does not allow.
    pub faults: Vec<Fault>,
    /// Whether a fault may have hidden keys: then none is reported as missing.
    pub loose: bool,
}

/// A place where the file breaks its grammar.
#[derive(Debug)]
pub(super) struct Fault {
    pub code: Code,
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

/// A value and its bytes.
#[derive(Debug)]
pub(super) struct Node {
    pub span: Range<usize>,
    pub value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Table(Vec<Entry>),
    Array(Vec<Node>),
    Text(String),
    Integer(i128),
    /// A number with a point or an exponent, as written.
    Float,
    Bool(bool),
    Day(Day),
    /// A day with a time, or a time alone.
    Time,
    /// JSON's `null`.
    Null,
    /// A fault says what is wrong with it.
    Broken,
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub key: String,
    pub key_span: Range<usize>,
    pub node: Node,
}

impl Tree {
    /// The bytes of what stands at a path such as `charge[2].rate[0].valid` (items counted from 0), or of the nearest thing
    /// around it that is there.
    pub fn find(&self, path: &str) -> Range<usize> {
        let mut here = &self.root;
        for step in steps(path) {
            let next = match (&here.value, step) {
                (Value::Table(entries), Step::Key(key)) => entries.iter().find(|entry| entry.key == key).map(|e| &e.node),
                (Value::Array(items), Step::Item(nth)) => items.get(nth),
                _ => None,
            };
            match next {
                Some(node) => here = node,
                None => break,
            }
        }
        here.span.clone()
    }
}

/// One step of a key path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Item(usize),
    /// `[*]`: any item.
    Any,
}

/// The steps of a key path.
pub(super) fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '[']).filter(|part| !part.is_empty()).map(|part| match part.strip_suffix(']') {
        Some("*") => Step::Any,
        Some(digits) => digits.parse().map_or(Step::Key(part), Step::Item),
        None => Step::Key(part),
    })
}

#[cfg(test)]
mod tests {

    #[test]
    fn a_path_leads_to_its_bytes_or_as_near_as_there_are_any() {
        let text = "[[charge]]\nid = 'a'\n[[charge]]\nrate = [{ amount = 7 }]\n";
        let tree = super::super::tree_toml::parse(text);
        let at = |path| text.get(tree.find(path)).unwrap();
        assert_eq!(at("charge[0].id"), "'a'");
        assert_eq!(at("charge[1].rate[0].amount"), "7");
        assert_eq!(at("charge[1].rate[0].valid.from"), "{ amount = 7 }");
        assert_eq!(at("charge[0].outcome"), "[[charge]]");
    }
}
