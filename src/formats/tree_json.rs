//! JSON in its strict form: no comments, no trailing commas, no key twice.

use super::tree::{Entry, Fault, Node, Notation, Tree, Value};
use crate::measure::diagnostic::{Code, quote};
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use std::collections::BTreeSet;
use std::ops::Range;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

const GRAMMAR: &str = "JSON is written { \"key\": value, … }: with double quotation marks, without comments, and without a comma \
                       after the last value";

/// Reads JSON. Its grammar stops at the first fault; what does not fit the contract is all found afterwards.
pub(super) fn parse(text: &str) -> Tree {
    let broken = |span: Range<usize>, message: String| Tree {
        notation: Notation::Json,
        root: Node { span: 0..0, value: Value::Broken },
        faults: vec![Fault { code: Code::Syntax, span, message, help: Some(GRAMMAR.to_owned()) }],
        loose: true,
    };
    match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(result) => match result.value {
            Some(value @ ast::Value::Object(_)) => {
                let mut faults = Vec::new();
                let root = node(text, value, &mut faults);
                Tree { notation: Notation::Json, root, faults, loose: false }
            }
            Some(other) => broken(range(&other), "a contract is an object: it begins with `{` and ends with `}`".to_owned()),
            None => broken(0..0, "the file is empty".to_owned()),
        },
        Err(error) => {
            let mut message = error.kind().to_string();
            if let Some(first) = message.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            let (span, said) = (error.range(), crate::measure::cpr::redact(&message));
            broken(span.start..span.end, format!("this is not JSON: {}", said.trim_end_matches('.')))
        }
    }
}

fn range(of: &impl Ranged) -> Range<usize> {
    of.start()..of.end()
}

fn node(text: &str, value: ast::Value<'_>, faults: &mut Vec<Fault>) -> Node {
    let span = range(&value);
    let value = match value {
        ast::Value::StringLit(literal) => {
            if text.get(span.clone()).is_some_and(|raw| raw.bytes().any(|byte| byte < 0x20)) {
                let message = "a text holds a line break or another control character".to_owned();
                let help = Some("in JSON a line break inside quotes is written `\\n`".to_owned());
                faults.push(Fault { code: Code::Syntax, span: span.clone(), message, help });
                Value::Broken
            } else {
                Value::Text(literal.value.into_owned())
            }
        }
        ast::Value::NumberLit(literal) if literal.value.contains(['.', 'e', 'E']) => Value::Float,
        ast::Value::NumberLit(literal) => match literal.value.parse() {
            Ok(number) => Value::Integer(number),
            Err(_) => {
                let message = format!("{} is too large a number", quote(literal.value));
                let help = Some("a number has at most 12 digits".to_owned());
                faults.push(Fault { code: Code::ContractNumber, span: span.clone(), message, help });
                Value::Broken
            }
        },
        ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::Array(array) => {
            Value::Array(array.elements.into_iter().map(|element| node(text, element, faults)).collect())
        }
        ast::Value::Object(object) => Value::Table(entries(text, object, faults)),
    };
    Node { span, value }
}

fn entries(text: &str, object: ast::Object<'_>, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for property in object.properties {
        let key_span = range(&property.name);
        let key = property.name.into_string();
        let node = node(text, property.value, faults);
        if seen.insert(key.clone()) {
            entries.push(Entry { key, key_span, node });
        } else {
            let message = format!("the key {} is there twice", quote(&key));
            let help = Some("keep the one that holds and remove the other".to_owned());
            faults.push(Fault { code: Code::KeyTwice, span: key_span, message, help });
        }
    }
    entries
}
