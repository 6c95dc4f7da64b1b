//! Everything that a contract file says, key by key, and what another version says otherwise (mechanisms 9.2).

use super::super::tree::{Node, Value};
use crate::contract::{TermChange, TermDeed};
use std::collections::BTreeMap;

/// What a contract file says: by the keys that lead to it, in lists of tables the id or the place counted from 1.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// The values.
    terms: BTreeMap<Vec<String>, String>,
    /// The items of lists of tables, each with its place.
    tables: BTreeMap<Vec<String>, usize>,
}

impl Said {
    /// What a file says, but for what tells one version from another.
    pub(super) fn of(root: &Node) -> Said {
        let mut said = Said::default();
        if let Value::Table(entries) = &root.value {
            for entry in entries.iter().filter(|entry| entry.key != "agreed_on" && entry.key != "id") {
                said.take(vec![entry.key.clone()], &entry.node);
            }
        }
        said
    }

    fn take(&mut self, at: Vec<String>, node: &Node) {
        let below = |step: &str| at.iter().cloned().chain([step.to_owned()]).collect::<Vec<String>>();
        match &node.value {
            Value::Table(entries) => entries.iter().for_each(|entry| self.take(below(&entry.key), &entry.node)),
            Value::Array(items) if items.iter().any(|item| matches!(item.value, Value::Table(_))) => {
                for (nth, item) in items.iter().enumerate() {
                    let name = id(item).unwrap_or_else(|| (nth + 1).to_string());
                    self.tables.insert(below(&name), nth);
                    self.take(below(&name), item);
                }
            }
            Value::Array(items) => {
                let texts: Vec<String> = items.iter().filter_map(text).collect();
                self.terms.insert(at, texts.join(", "));
            }
            _ => drop(text(node).map(|text| self.terms.insert(at, text))),
        }
    }

    /// What a later version says otherwise, by its keys.
    pub fn changes(&self, later: &Said) -> Vec<TermChange> {
        let mut changes: Vec<TermChange> = Vec::new();
        let mut tables = |one: &Said, other: &Said, deed: &TermDeed| {
            let only = one.tables.keys().filter(|at| !other.tables.contains_key(*at));
            let new: Vec<&Vec<String>> = only.collect();
            // What stands within a table that is new is new with it.
            let outermost =
                new.iter().filter(|at| !new.iter().any(|around| at.len() > around.len() && at.starts_with(around)));
            changes.extend(outermost.map(|at| TermChange { at: (*at).clone(), deed: deed.clone() }));
        };
        tables(later, self, &TermDeed::Added);
        tables(self, later, &TermDeed::Removed);
        let told: Vec<Vec<String>> = changes.iter().map(|change| change.at.clone()).collect();
        let keys: std::collections::BTreeSet<&Vec<String>> = self.terms.keys().chain(later.terms.keys()).collect();
        for at in keys.into_iter().filter(|at| !told.iter().any(|table| at.starts_with(table))) {
            let (was, now) = (self.terms.get(at).cloned(), later.terms.get(at).cloned());
            if was != now {
                changes.push(TermChange { at: at.clone(), deed: TermDeed::Changed { was, now } });
            }
        }
        changes.extend(self.moved(later));
        changes.sort();
        changes
    }

    /// Lists of tables whose items have changed places: rule 9.2 and others go by them.
    fn moved<'s>(&'s self, later: &'s Said) -> impl Iterator<Item = TermChange> + 's {
        let order = |said: &Said, other: &Said, list: &[String]| {
            let both = said.tables.iter().filter(|(at, _)| other.tables.contains_key(*at));
            let mut items: Vec<(usize, &String)> = both
                .filter_map(|(at, place)| at.split_last().filter(|(_, around)| *around == list).map(|(id, _)| (*place, id)))
                .collect();
            items.sort();
            items.into_iter().map(|(_, id)| id.clone()).collect::<Vec<String>>().join(", ")
        };
        let lists: std::collections::BTreeSet<&[String]> =
            self.tables.keys().filter_map(|at| at.split_last().map(|(_, around)| around)).collect();
        lists.into_iter().filter_map(move |list| {
            let (was, now) = (order(self, later, list), order(later, self, list));
            (was != now)
                .then(|| TermChange { at: list.to_vec(), deed: TermDeed::Changed { was: Some(was), now: Some(now) } })
        })
    }
}

/// The id of a table that has one.
fn id(node: &Node) -> Option<String> {
    let Value::Table(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == "id").and_then(|entry| text(&entry.node))
}

/// A plain value as people write it.
fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Day(day) => Some(day.to_string()),
        Value::Table(_) | Value::Array(_) | Value::Float | Value::Time | Value::Null | Value::Broken => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Said {
        Said::of(&super::super::super::tree_toml::parse(text).root)
    }

    fn changes(first: &str, later: &str) -> Vec<String> {
        let told = said(first).changes(&said(later)).into_iter().map(|change| {
            let deed = match change.deed {
                TermDeed::Added => "added".to_owned(),
                TermDeed::Removed => "removed".to_owned(),
                TermDeed::Changed { was, now } => format!("{} -> {}", was.unwrap_or_default(), now.unwrap_or_default()),
            };
            format!("{}: {deed}", change.at.join(" "))
        });
        told.collect()
    }

    #[test]
    fn what_a_version_says_otherwise_is_told_by_its_keys() {
        let first =
            "id = 'x'\nends = 2019-12-31\n[[charge]]\nid = 'a'\namount = 5\nkinds = ['p', 'q']\n[[charge]]\nid = 'b'\n";
        let later = "id = 'x'\nagreed_on = 2019-05-01\nends = 2020-12-31\n[[charge]]\nid = 'a'\nkinds = ['p']\n\
            window = { months = 6 }\n[[charge]]\nid = 'c'\n[[charge.rate]]\namount = 1\n";
        assert_eq!(
            changes(first, later),
            [
                "charge a amount: 5 -> ",
                "charge a kinds: p, q -> p",
                "charge a window months:  -> 6",
                "charge b: removed",
                "charge c: added",
                "ends: 2019-12-31 -> 2020-12-31",
            ]
        );
        assert_eq!(changes(first, first), [""; 0]);
    }

    #[test]
    fn rows_without_an_id_go_by_their_place_and_tables_with_one_may_move() {
        let first = "[[charge]]\nid = 'a'\nrate = [{ amount = 1 }, { amount = 2 }]\n[[charge]]\nid = 'b'\n";
        let later = "[[charge]]\nid = 'b'\n[[charge]]\nid = 'a'\nrate = [{ amount = 1 }, { amount = 3 }, { amount = 4 }]\n";
        assert_eq!(
            changes(first, later),
            ["charge: a, b -> b, a", "charge a rate 2 amount: 2 -> 3", "charge a rate 3: added"]
        );
    }
}
