//! Reads values out of a contract's tree. Every fault is reported once, at its bytes, and reading goes on.

use super::hints;
use super::source::Lines;
use super::tree::{Entry, Node, Notation, Step, Tree, Value, steps};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use crate::measure::number::{self, BadNumber};
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads one contract file.
pub(super) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    lines: Lines,
    pub tree: &'a Tree,
    pub found: Vec<Diagnostic>,
    /// The key paths whose values are not known: what rests on them is not judged.
    unknown: Vec<String>,
    /// What the file is.
    pub whole: &'static str,
}

/// A table being read: what was asked for is what may stand in it.
pub(super) struct Fields<'a> {
    pub path: String,
    span: Range<usize>,
    entries: Option<&'a [Entry]>,
    asked: Vec<&'static str>,
    /// The keys that are not there but have to be (one of those named together), with what to do about it.
    missing: Vec<(Vec<&'static str>, String)>,
}

impl<'a> Fields<'a> {
    /// Whether nothing is known of the table, for a fault that is reported already.
    pub fn is_unknown(&self) -> bool {
        self.entries.is_none()
    }

    /// The value of a key, which from then on counts as one that may stand here.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        self.entries?.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.entries.is_some_and(|entries| entries.iter().any(|entry| entry.key == key))
    }

    /// The path of one of its keys.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a str, text: &'a str, tree: &'a Tree) -> Reader<'a> {
        let (lines, whole) = (Lines::of(text), "the contract");
        let mut reader = Reader { file, text, lines, tree, found: Vec::new(), unknown: Vec::new(), whole };
        for fault in &tree.faults {
            let place = reader.place(&fault.span, "");
            let mut diagnostic = Diagnostic::new(fault.code, place, &fault.message);
            diagnostic.help = fault.help.as_deref().map(crate::measure::cpr::redact);
            reader.found.push(diagnostic);
        }
        reader
    }

    /// Where some bytes of the file stand.
    pub fn place(&self, span: &Range<usize>, path: &str) -> Place {
        let (line, column) = self.lines.locate(self.text, span.start);
        Place {
            file: self.file.to_owned(),
            line: Some(line),
            column: Some(column),
            field: (!path.is_empty()).then(|| path.to_owned()),
            span: Some((span.start, span.end)),
        }
    }

    /// What was written there.
    pub fn written(&self, node: &Node) -> String {
        quote(self.text.get(node.span.clone()).unwrap_or_default())
    }

    /// Reports a fault.
    pub fn report(&mut self, code: Code, span: &Range<usize>, path: &str, message: &str, help: &str) {
        let diagnostic = Diagnostic::new(code, self.place(span, path), message);
        self.found.push(if help.is_empty() { diagnostic } else { diagnostic.help(help) });
    }

    /// Marks the value at a path as not known.
    pub fn poison(&mut self, path: String) {
        self.unknown.push(path);
    }

    /// Whether the value at a path (where `[*]` is any item) was read without fault, together with all that is in it.
    pub fn knows(&self, path: &str) -> bool {
        let same = |a: &Step<'_>, b: &Step<'_>| a == b || matches!((a, b), (Step::Any, Step::Item(_)));
        !self.unknown.iter().any(|unknown| steps(path).zip(steps(unknown)).all(|(a, b)| same(&a, &b)))
    }

    /// The file's outermost table.
    pub fn root(&mut self) -> Fields<'a> {
        match &self.tree.root.value {
            Value::Table(entries) => {
                Fields { path: String::new(), span: 0..0, entries: Some(entries), asked: Vec::new(), missing: Vec::new() }
            }
            _ => {
                self.unknown.push(String::new());
                Fields { path: String::new(), span: 0..0, entries: None, asked: Vec::new(), missing: Vec::new() }
            }
        }
    }

    /// A value that may be left out.
    pub fn optional<T>(
        &mut self,
        fields: &mut Fields<'a>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &'a Node, &str) -> Option<T>,
    ) -> Option<T> {
        let path = fields.path_of(key);
        let node = fields.get(key)?;
        let value = match node.value {
            Value::Broken => None,
            _ => read(self, node, &path),
        };
        if value.is_none() {
            self.poison(path);
        }
        value
    }

    /// A value that has to be there.
    pub fn required<T>(
        &mut self,
        fields: &mut Fields<'a>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &'a Node, &str) -> Option<T>,
    ) -> Option<T> {
        if fields.entries.is_some() && !fields.has(key) {
            let help = missing_help(&fields.path, key);
            self.missing(fields, &[key], &help);
        }
        self.optional(fields, key, read)
    }

    /// Notes that one of some keys has to be there and none is. It is reported when the table is finished, unless a
    /// misspelt key was meant to be it.
    pub fn missing(&mut self, fields: &mut Fields<'a>, keys: &[&'static str], help: &str) {
        for key in keys {
            self.poison(fields.path_of(key));
        }
        if fields.is_unknown() {
            return;
        }
        fields.missing.push((keys.to_vec(), help.to_owned()));
    }

    /// Reports the keys that nobody asked for and those that are missing. `elsewhere` knows keys that belong to a table of
    /// another type.
    pub fn finish(&mut self, fields: &Fields<'a>, elsewhere: &[(&str, &str)]) {
        let mut meant = Vec::new();
        for entry in fields.entries.unwrap_or_default() {
            if fields.asked.iter().any(|asked| *asked == entry.key) {
                continue;
            }
            let path = fields.path_of(quote(&entry.key).trim_matches('`'));
            let help = match elsewhere.iter().find(|(key, _)| *key == entry.key) {
                Some((_, why)) => (*why).to_owned(),
                None => match hints::nearest(&entry.key, fields.asked.iter().copied()) {
                    Some((word, true)) => {
                        meant.push(word);
                        if !fields.has(word) {
                            self.poison(fields.path_of(word));
                        }
                        format!("did you mean `{word}`?")
                    }
                    Some((word, false)) => {
                        let known = hints::listed(fields.asked.iter().copied(), "and");
                        format!("the nearest known key is `{word}`; those known here are {known}")
                    }
                    None => String::new(),
                },
            };
            let message = format!("the key {} is not known here", quote(&entry.key));
            self.report(Code::UnknownKey, &entry.key_span, &path, &message, &help);
        }
        let missing =
            fields.missing.iter().filter(|(keys, _)| !self.tree.loose && !keys.iter().any(|key| meant.contains(key)));
        for (keys, help) in missing {
            // What is underlined says which of several it is.
            let table = fields.path.rsplit('.').next().and_then(|table| table.split('[').next()).unwrap_or_default();
            let whose = if table.is_empty() { self.whole.to_owned() } else { format!("`{table}`") };
            let message = format!("{whose} has no {}", hints::listed(keys.iter().copied(), "or"));
            let path = keys.first().map_or_else(String::new, |key| fields.path_of(key));
            self.report(Code::MissingKey, &fields.span.clone(), &path, &message, help);
        }
    }

    /// A value of the wrong type.
    pub fn wrong<T>(&mut self, node: &Node, path: &str, wanted: &str, help: &str) -> Option<T> {
        let is = match &node.value {
            Value::Table(_) => "a table".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            Value::Null => "`null`".to_owned(),
            _ => self.written(node),
        };
        let help = if matches!(node.value, Value::Null) { "leave the key out" } else { help };
        let key = path.rsplit('.').next().unwrap_or(path);
        self.report(Code::WrongType, &node.span, path, &format!("`{key}` is {wanted}, not {is}"), help);
        None
    }

    pub fn string(&mut self, node: &'a Node, path: &str) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Integer(_) => {
                let help = format!("write it in quotes: \"{}\"", self.text.get(node.span.clone()).unwrap_or_default());
                self.wrong(node, path, "a text", &help)
            }
            _ => self.wrong(node, path, "a text", "a text stands in quotes"),
        }
    }

    pub fn id(&mut self, node: &'a Node, path: &str) -> Option<Id> {
        let text = self.string(node, path)?;
        match Id::new(&text) {
            Ok(id) => Some(id),
            Err(wrong) => {
                let message = format!("{} cannot be an id: {wrong}", quote(&text));
                let help = hints::id_like(&text);
                self.report(Code::ContractName, &node.span, path, &message, &help);
                None
            }
        }
    }

    /// A free name, compared byte by byte.
    pub fn name(&mut self, node: &'a Node, path: &str) -> Option<Id> {
        let text = self.string(node, path)?;
        match hints::bad_name(&text) {
            None => Some(Id::name(&text)),
            Some(wrong) => {
                let message = format!("{} cannot be a name: {wrong}", quote(&text));
                let help = "names are compared letter by letter: write it as the facts do";
                self.report(Code::ContractName, &node.span, path, &message, help);
                None
            }
        }
    }

    pub fn decimal(&mut self, node: &'a Node, path: &str) -> Option<Decimal> {
        self.number(node, path, number::parse)
    }

    /// A decimal or a fraction (mechanisms 2.1).
    pub fn ratio(&mut self, node: &'a Node, path: &str) -> Option<Ratio> {
        self.number(node, path, Ratio::parse)
    }

    /// A number without a sign, by its grammar.
    fn number<T>(&mut self, node: &'a Node, path: &str, parse: impl FnOnce(&str) -> Result<T, BadNumber>) -> Option<T> {
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        let text = match &node.value {
            Value::Integer(number) if *number < 0 => {
                let message = format!("{} is negative", quote(written));
                self.report(Code::ContractNumber, &node.span, path, &message, "amounts, hours and shares are 0 or more");
                return None;
            }
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Float => {
                let plain = number::parse(written).is_ok();
                let help = if plain { format!("write it in quotes: \"{written}\"") } else { FLOAT_HELP.to_owned() };
                let message = format!("the decimal {} is not in quotes", quote(written));
                self.report(Code::Float, &node.span, path, &message, &help);
                return None;
            }
            _ => return self.wrong(node, path, "a number", FLOAT_HELP),
        };
        match parse(&text) {
            Ok(number) => Some(number),
            Err(wrong) => {
                let help = hints::other_number(&text).map_or(FLOAT_HELP.to_owned(), |plain| format!("write \"{plain}\""));
                let message = format!("{} cannot be read: {wrong}", quote(written));
                self.report(Code::ContractNumber, &node.span, path, &message, &help);
                None
            }
        }
    }

    /// A whole number.
    pub fn count(&mut self, node: &'a Node, path: &str) -> Option<u32> {
        let Value::Integer(number) = node.value else {
            let help = match &node.value {
                Value::Text(text) if text.parse::<u32>().is_ok() => format!("write it without quotes: {text}"),
                _ => "write a number without decimals and without quotes".to_owned(),
            };
            return self.wrong(node, path, "a whole number", &help);
        };
        if let Ok(count) = u32::try_from(number) {
            return Some(count);
        }
        let message = match number < 0 {
            true => format!("{number} is negative"),
            false => format!("{} is too large a number", self.written(node)),
        };
        self.report(Code::ContractNumber, &node.span, path, &message, "write 0 or more, and at most 4294967295");
        None
    }

    pub fn bool(&mut self, node: &'a Node, path: &str) -> Option<bool> {
        match node.value {
            Value::Bool(value) => Some(value),
            _ => self.wrong(node, path, "`true` or `false`", "write it without quotes"),
        }
    }

    pub fn day(&mut self, node: &'a Node, path: &str) -> Option<Day> {
        let toml = self.tree.notation == Notation::Toml;
        let (text, help) = match &node.value {
            Value::Day(day) => return Some(*day),
            Value::Text(text) => match (Day::parse(text), toml) {
                (Some(day), false) => return Some(day),
                (Some(day), true) => (text.as_str(), format!("write it without quotes: {day}")),
                (None, _) => {
                    let day = hints::other_date(text).unwrap_or("2017-12-31".to_owned());
                    (text.as_str(), if toml { format!("write {day}, without quotes") } else { format!("write \"{day}\"") })
                }
            },
            Value::Time => {
                (self.text.get(node.span.clone()).unwrap_or_default(), "write a day alone, like 2017-12-31".to_owned())
            }
            _ => {
                return self.wrong(
                    node,
                    path,
                    "a day",
                    if toml { "write it like 2017-12-31" } else { "write it like \"2017-12-31\"" },
                );
            }
        };
        let message = match (toml, Day::parse(text)) {
            (true, Some(_)) => format!("the day {} stands in quotes", quote(text)),
            _ => format!("{} is not a day of the calendar, written year-month-day", quote(text)),
        };
        self.report(Code::ContractDate, &node.span, path, &message, &help);
        None
    }

    /// One of a few words.
    pub fn word<T: Copy>(&mut self, node: &'a Node, path: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.string(node, path)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let known = || words.iter().map(|(word, _)| *word);
            let listed = hints::listed(known(), "or");
            let help = match hints::did_you_mean(&text, known()) {
                Some(meant) => format!("{meant} It may be {listed}"),
                None => format!("it may be {listed}"),
            };
            let key = path.rsplit('.').next().unwrap_or(path);
            let message = format!("`{key}` cannot be {}", quote(&text));
            self.report(Code::UnknownWord, &node.span, path, &message, &help);
        }
        found.map(|(_, value)| *value)
    }

    /// A table within; where there is none, one of which nothing is known.
    pub fn fields(&mut self, node: &'a Node, path: &str) -> Fields<'a> {
        let entries = match &node.value {
            Value::Table(entries) => Some(entries.as_slice()),
            Value::Broken => None,
            _ => self.wrong(node, path, "a table", "write it like { key = value }, or below its own header"),
        };
        if entries.is_none() {
            self.poison(path.to_owned());
        }
        Fields { path: path.to_owned(), span: node.span.clone(), entries, asked: Vec::new(), missing: Vec::new() }
    }

    /// A list of tables.
    pub fn tables<T>(
        &mut self,
        node: &'a Node,
        path: &str,
        read: impl Fn(&mut Self, &mut Fields<'a>) -> T,
    ) -> Option<Vec<T>> {
        let nodes = self.items(node, path)?;
        let read_one = |(nth, node): (usize, &'a Node)| {
            let mut fields = self.fields(node, &format!("{path}[{nth}]"));
            read(self, &mut fields)
        };
        Some(nodes.iter().enumerate().map(read_one).collect())
    }

    fn items(&mut self, node: &'a Node, path: &str) -> Option<&'a [Node]> {
        if let Value::Array(nodes) = &node.value {
            return Some(nodes);
        }
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        let help = match (&node.value, path.rsplit('.').next()) {
            // What stands in the file itself is a table of its own for each.
            (Value::Table(_), Some(key)) if key == path => format!("write `[[{key}]]` in double brackets"),
            (Value::Table(_), Some("band")) => "write `[[charge.band]]` in double brackets".to_owned(),
            (Value::Table(_), Some("adjust")) => "write `[[charge.adjust]]` in double brackets".to_owned(),
            (Value::Table(_), Some("requirement")) => "write `[[goal.requirement]]` in double brackets".to_owned(),
            (Value::Table(_), Some("rate")) => "write `[[charge.rate]]` in double brackets".to_owned(),
            _ => format!("write it in square brackets: [{}]", quote(written).trim_matches('`')),
        };
        self.wrong(node, path, "a list", &help)
    }

    /// A list. An item that cannot be read is kept as its type's placeholder, so that the others keep their places.
    pub fn list<T>(
        &mut self,
        node: &'a Node,
        path: &str,
        placeholder: impl Fn() -> T,
        read: impl Fn(&mut Self, &'a Node, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let nodes = self.items(node, path)?;
        let mut items = Vec::with_capacity(nodes.len());
        for (nth, node) in nodes.iter().enumerate() {
            let path = format!("{path}[{nth}]");
            let item = if matches!(node.value, Value::Broken) { None } else { read(self, node, &path) };
            items.push(item.unwrap_or_else(|| {
                self.poison(path);
                placeholder()
            }));
        }
        Some(items)
    }

    /// A table whose keys are ids of the user's own choice and whose values are texts.
    pub fn map(&mut self, node: &'a Node, path: &str) -> Option<BTreeMap<Id, String>> {
        let mut texts = BTreeMap::new();
        for entry in self.fields(node, path).entries? {
            let within = format!("{path}.{}", quote(&entry.key).trim_matches('`'));
            let key = match Id::new(&entry.key) {
                Ok(id) => Some(id),
                Err(wrong) => {
                    let message = format!("the key {} cannot be an id: {wrong}", quote(&entry.key));
                    self.report(Code::ContractName, &entry.key_span, &within, &message, &hints::id_like(&entry.key));
                    None
                }
            };
            let broken = matches!(entry.node.value, Value::Broken);
            let text = if broken { None } else { self.string(&entry.node, &within) };
            match key.zip(text) {
                Some((key, text)) => drop(texts.insert(key, text)),
                None => self.poison(within),
            }
        }
        Some(texts)
    }

    /// A list of free names.
    pub fn names(&mut self, node: &'a Node, path: &str) -> Option<Vec<Id>> {
        self.list(node, path, Id::default, Self::name)
    }

    /// A list of ids.
    pub fn ids(&mut self, node: &'a Node, path: &str) -> Option<Vec<Id>> {
        self.list(node, path, Id::default, Self::id)
    }
}

const FLOAT_HELP: &str = "write a decimal in quotes, as digits with a point: \"900.50\"";

/// How a key that has to be there is filled in where it seems to have no bound.
fn missing_help(path: &str, key: &'static str) -> String {
    let inner = path.rsplit('.').next().unwrap_or(path);
    match (inner, key) {
        ("hours", "below") => "where there is no upper end, write `below = 1000`".to_owned(),
        ("hours", "from") => "where there is no lower end, write `from = 0`".to_owned(),
        ("elapsed", "below_month") => "where there is no upper end, write `below_month = 1200`".to_owned(),
        ("elapsed", "from_month") => "where there is no lower end, write `from_month = 0`".to_owned(),
        ("valid", "until") => "where there is no last day, write the last day of the contract".to_owned(),
        ("valid", "from") => "where there is no first day, write the first day of the contract".to_owned(),
        _ => format!("add `{key}`"),
    }
}
