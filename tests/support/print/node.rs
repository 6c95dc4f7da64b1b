//! A contract as a tree of keys, and its two spellings.

use super::contract::tree;
use crate::support::day::Day;
use crate::support::programme::Contract;
use std::fmt::Write as _;

/// A contract as a tree of keys, before it is spelled out.
pub enum Node {
    Text(String),
    Number(i64),
    Yes,
    No,
    Date(Day),
    List(Vec<Node>),
    Inline(Vec<Key>),
    Table(Vec<Key>),
    Tables(Vec<Vec<Key>>),
}

pub type Key = (&'static str, Node);

pub fn toml(contract: &Contract) -> String {
    let mut text = String::new();
    toml_table("", &tree(contract), &mut text);
    text
}

pub fn json(contract: &Contract) -> String {
    json_table(&tree(contract)) + "\n"
}

fn toml_table(path: &str, keys: &[Key], text: &mut String) {
    for (key, node) in keys {
        if !matches!(node, Node::Table(_) | Node::Tables(_)) {
            writeln!(text, "{key} = {}", toml_value(node)).unwrap();
        }
    }
    for (key, node) in keys {
        let path = if path.is_empty() { (*key).to_string() } else { format!("{path}.{key}") };
        match node {
            Node::Table(keys) => {
                writeln!(text, "\n[{path}]").unwrap();
                toml_table(&path, keys, text);
            }
            Node::Tables(tables) => {
                for keys in tables {
                    writeln!(text, "\n[[{path}]]").unwrap();
                    toml_table(&path, keys, text);
                }
            }
            _ => {}
        }
    }
}

fn toml_value(node: &Node) -> String {
    match node {
        Node::Text(text) => quoted(text),
        Node::Number(number) => number.to_string(),
        Node::Yes => "true".into(),
        Node::No => "false".into(),
        Node::Date(day) => day.to_string(),
        Node::List(nodes) => format!("[{}]", nodes.iter().map(toml_value).collect::<Vec<_>>().join(", ")),
        Node::Inline(keys) => {
            let keys: Vec<_> = keys.iter().map(|(key, node)| format!("{key} = {}", toml_value(node))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
        Node::Table(_) | Node::Tables(_) => unreachable!("tables have their own headings"),
    }
}

fn json_table(keys: &[Key]) -> String {
    let keys: Vec<_> = keys.iter().map(|(key, node)| format!("{}: {}", quoted(key), json_value(node))).collect();
    format!("{{{}}}", keys.join(", "))
}

fn json_value(node: &Node) -> String {
    let list = |values: Vec<String>| format!("[{}]", values.join(", "));
    match node {
        Node::Text(text) => quoted(text),
        Node::Number(number) => number.to_string(),
        Node::Yes => "true".into(),
        Node::No => "false".into(),
        Node::Date(day) => quoted(&day.to_string()),
        Node::List(nodes) => list(nodes.iter().map(json_value).collect()),
        Node::Inline(keys) | Node::Table(keys) => json_table(keys),
        Node::Tables(tables) => list(tables.iter().map(|keys| json_table(keys)).collect()),
    }
}

/// TOML and JSON quote the texts of the tests in the same way.
fn quoted(text: &str) -> String {
    assert!(text.chars().all(|c| !c.is_control()), "no control characters in the tests' contracts");
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A whole number stands bare, as people write it; with a point or leading zeros it must be quoted.
pub fn decimal(text: &str) -> Node {
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => Node::Number(number),
        _ => Node::Text(text.into()),
    }
}

pub fn texts(list: &[String]) -> Node {
    Node::List(list.iter().map(|text| Node::Text(text.clone())).collect())
}

/// The keys that are there, in order.
pub fn keys<const N: usize>(keys: [(&'static str, Option<Node>); N]) -> Vec<Key> {
    keys.into_iter().filter_map(|(key, node)| Some((key, node?))).collect()
}

pub fn text(text: &str) -> Option<Node> {
    Some(Node::Text(text.into()))
}

pub fn maybe(text: Option<&String>) -> Option<Node> {
    text.map(|text| Node::Text(text.clone()))
}

pub fn count(number: Option<i64>) -> Option<Node> {
    number.map(Node::Number)
}

pub fn flag(yes: bool) -> Option<Node> {
    yes.then_some(Node::Yes)
}
