//! A contract file: from its tree to a [`Contract`], with every fault at its place.

mod charge;
mod dates;
mod figure;
mod gate;
mod goal;
mod index;
mod invoicing;
mod measured;
mod parts;
mod party;
mod payroll;
mod price;
mod said;
mod saving;

use super::reader::Reader;
use super::source::{Lines, Source};
use super::tree::{Node, Tree, Value};
use super::{tree_json, tree_toml};
pub(super) use parts::amount;
pub(super) use said::Said;

use crate::contract::party::PayTo;
use crate::contract::{Contract, check};
use crate::measure::cpr;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::grid::Every;
use crate::measure::id::Id;
use crate::measure::money::Currency;

/// What a contract file says.
#[derive(Clone, Debug)]
pub struct ContractFile {
    /// Its id, if that much can be read.
    pub id: Option<Id>,
    /// Where the id stands.
    pub id_place: Place,
    /// The day on which this version was agreed, if that can be read; the first one names none (mechanisms 9.2).
    pub agreed_on: Option<Option<Day>>,
    /// The contract, if the file has no error.
    pub contract: Option<Contract>,
    /// Everything that it says, to be compared with another version.
    pub said: Said,
    /// The kinds of spell that it lists, if they can be read; known even where the contract as a whole is not.
    pub kinds: Option<Vec<Id>>,
    /// What no other contract of a programme may have.
    pub own: Vec<Own>,
    /// What is wrong or odd, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a contract has to itself, since its documents or payments bear numbers made from it.
#[derive(Clone, Debug)]
pub struct Own {
    /// What two contracts may not have in common.
    pub mark: String,
    /// Where it stands.
    pub place: Place,
    /// What to say where another has it too, after that contract's id, and what to do.
    shared: (String, &'static str),
}

impl Own {
    /// What is wrong where another contract has the same, and what would be right.
    #[must_use]
    pub fn shared(&self, other: &Id) -> (String, &'static str) {
        let (message, help) = &self.shared;
        (format!("{message} {}", quote(other.as_str())), help)
    }
}

/// Reads a contract file, TOML or (by its name's ending) JSON, and checks what it says (rules 2 to 9).
#[must_use]
pub fn read(source: &Source) -> ContractFile {
    let mut file = match source.text() {
        Ok(text) => read_text(&source.name, text),
        Err(wrong) => {
            let text = source.lossy();
            let mut place = Place::file(&source.name);
            if let Some(at) = wrong.at {
                let (line, column) = Lines::of(&text).locate(&text, at);
                (place.line, place.column, place.span) = (Some(line), Some(column), Some((at, at)));
            }
            let found = Diagnostic::new(Code::NotUtf8, place.clone(), wrong.message).help("save the contract as UTF-8");
            ContractFile {
                id: salvage(&text),
                id_place: place,
                agreed_on: None,
                contract: None,
                said: Said::default(),
                kinds: None,
                own: Vec::new(),
                diagnostics: vec![found],
            }
        }
    };
    file.id = file.id.filter(|id| !cpr::contains(id.as_str()));
    file.diagnostics.sort_by(|a, b| a.rank().cmp(&b.rank()));
    if let Some(id) = &file.id {
        file.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.contract = Some(id.clone()));
    }
    file
}

fn read_text(name: &str, text: &str) -> ContractFile {
    let tree = parse(name, text);
    let mut reader = Reader::new(name, text, &tree);
    find_cpr(&mut reader, &tree.root, &mut Vec::new());
    let contract = contract(&mut reader);
    let mut found = std::mem::take(&mut reader.found);
    for finding in check::findings(&contract).into_iter().filter(|_| !tree.loose) {
        let mut diagnostic = finding.diagnostic;
        let path = diagnostic.place.field.clone().unwrap_or_default();
        if finding.rests_on.iter().all(|path| reader.knows(path)) && reader.knows(&path) {
            diagnostic.place = reader.place(&tree.find(&path), &path);
            found.push(diagnostic);
        }
    }
    // Where a CPR number stands, nothing else is said about it.
    let cpr: Vec<_> = found.iter().filter(|d| d.code == Code::CprNumber).filter_map(|d| d.place.span).collect();
    let within = |span: (usize, usize)| cpr.iter().any(|(start, end)| *start <= span.0 && span.1 <= *end);
    found.retain(|d| d.code == Code::CprNumber || !d.place.span.is_some_and(within));
    let id = if reader.knows("id") { Some(contract.id.clone()) } else { salvage(text) };
    let kinds = reader.knows("kinds").then(|| contract.kinds.clone());
    let sound = !found.iter().any(Diagnostic::is_error);
    let id_place = reader.place(&tree.find("id"), "id");
    let own = own(&reader, &contract);
    let agreed_on = (reader.knows("agreed_on") && !tree.loose).then_some(contract.agreed_on);
    let said = Said::of(&tree.root);
    ContractFile { id, id_place, agreed_on, contract: sound.then_some(contract), said, kinds, own, diagnostics: found }
}

/// Where a key of a contract file stands.
pub(super) fn place(source: &Source, path: &str) -> Place {
    let text = source.text().unwrap_or_default();
    let tree = parse(&source.name, text);
    Reader::new(&source.name, text, &tree).place(&tree.find(path), path)
}

pub(super) fn parse(name: &str, text: &str) -> Tree {
    let json = name.len() >= 5 && name.to_ascii_lowercase().ends_with(".json");
    if json { tree_json::parse(text) } else { tree_toml::parse(text) }
}

/// The series of document numbers, which is also the beginning of file names, so that capitals do not tell two apart; and
/// the beginning of payment ids, which zeros follow up to the document's number, so that its own last zeros do not either.
fn own(reader: &Reader<'_>, contract: &Contract) -> Vec<Own> {
    let mut own = Vec::new();
    let mut add = |path: &str, mark: String, message: String, help: &'static str| {
        if reader.knows(path) {
            let place = reader.place(&reader.tree.find(path), path);
            own.push(Own { mark, place, shared: (message, help) });
        }
    };
    let Some(terms) = &contract.invoicing else { return own };
    let mark = format!("series {}", terms.series.to_ascii_lowercase());
    let message = format!("document numbers begin with {} here and in the contract", quote(&terms.series));
    add(
        "invoicing.series",
        mark,
        message,
        "give one of them another `series`; small letters and capitals count as the same",
    );
    if let Some(PayTo::Fik { creditor, prefix }) = contract.payee.as_ref().and_then(|payee| payee.pay_to.as_ref()) {
        let mark = format!("payments to {creditor} by {}", prefix.trim_end_matches('0'));
        let message = "payment ids would be the same here and in the contract".to_owned();
        let help = "give one of them another `prefix` for its payment ids; zeros at its end do not tell two apart";
        add("payee.pay_to.prefix", mark, message, help);
    }
    own
}

/// Reads all that can be read; what cannot is reported, marked as not known and filled up.
fn contract<'a>(reader: &mut Reader<'a>) -> Contract {
    let mut root = reader.root();
    let id = reader.required(&mut root, "id", Reader::id);
    let agreed_on = reader.optional(&mut root, "agreed_on", Reader::day);
    let title = reader.optional(&mut root, "title", Reader::string);
    let currency = reader.required(&mut root, "currency", currency);
    let starts = reader.required(&mut root, "starts", Reader::day).unwrap_or(Day::FAR);
    let ends = reader.required(&mut root, "ends", Reader::day).unwrap_or(Day::FAR);
    let rounding = reader.optional(&mut root, "rounding", |r, node, path| r.word(node, path, &price::ROUNDING));
    let kinds = reader.optional(&mut root, "kinds", Reader::names);
    if kinds.as_ref().is_some_and(Vec::is_empty) {
        let span = reader.tree.find("kinds");
        reader.report(Code::EmptyList, &span, "kinds", "`kinds` is an empty list", "leave the key out");
    }
    let settlement = reader.required(&mut root, "settlement", |r, node, path| Some(parts::settlement(r, node, path)));
    let cohort = reader.optional(&mut root, "cohort", |r, node, path| Some(parts::cohort(r, node, path)));
    let payers = reader.required(&mut root, "payer", |r, node, path| party::payers(r, node, path, currency));
    let payee = reader.optional(&mut root, "payee", |r, node, path| Some(party::payee(r, node, path)));
    let payroll = payroll::payroll(reader, &mut root);
    let outcome = |r: &mut Reader<'a>, fields: &mut _| parts::outcome(r, fields, payroll);
    let outcomes = reader.optional(&mut root, "outcome", |r, node, path| r.tables(node, path, outcome));
    payroll::unused(reader, &root, outcomes.as_deref());
    let figures = reader.optional(&mut root, "figure", |r, node, path| r.tables(node, path, figure::figure));
    let goals = reader.optional(&mut root, "goal", |r, node, path| r.tables(node, path, goal::goal));
    let saving = reader.optional(&mut root, "saving", saving::saving);
    let gates = reader.optional(&mut root, "gate", |r, node, path| r.tables(node, path, gate::gate));
    let indices = reader.optional(&mut root, "index", |r, node, path| r.tables(node, path, index::index));
    let charge = |r: &mut Reader<'a>, fields: &mut _| charge::charge(r, fields, currency);
    let charges = reader.optional(&mut root, "charge", |r, node, path| r.tables(node, path, charge));
    let limit = |r: &mut Reader<'a>, fields: &mut _| parts::limit(r, fields, currency);
    let limits = reader.optional(&mut root, "limit", |r, node, path| r.tables(node, path, limit));
    let invoicing = reader.optional(&mut root, "invoicing", invoicing::invoicing);
    let bookkeeping = reader.optional(&mut root, "bookkeeping", |r, node, path| Some(invoicing::bookkeeping(r, node, path)));
    reader.finish(&root, &[]);
    Contract {
        id: id.unwrap_or_default(),
        agreed_on,
        versions: Vec::new(),
        title,
        currency: currency.unwrap_or(Currency::DKK),
        starts,
        ends,
        rounding: rounding.unwrap_or_default(),
        kinds: kinds.unwrap_or_default(),
        settlement: settlement.unwrap_or(parts::settlement_terms(Every::Month)),
        cohort: cohort.unwrap_or_default(),
        payers: payers.unwrap_or_default(),
        payee,
        outcomes: outcomes.unwrap_or_default(),
        figures: figures.unwrap_or_default(),
        goals: goals.unwrap_or_default(),
        saving,
        gates: gates.unwrap_or_default(),
        indices: indices.unwrap_or_default(),
        charges: charges.unwrap_or_default(),
        limits: limits.unwrap_or_default(),
        invoicing,
        bookkeeping: bookkeeping.unwrap_or_default(),
    }
}

pub(super) fn currency<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Currency> {
    let text = reader.string(node, path)?;
    let currency = Currency::parse(&text);
    if currency.is_none() {
        let message = format!("{} is no currency of ISO 4217", reader.written(node));
        let help = match Currency::parse(&text.to_ascii_uppercase()) {
            Some(upper) => format!("write it in capitals: \"{}\"", upper.code()),
            None => "it is a code of three letters, such as \"DKK\" or \"EUR\"".to_owned(),
        };
        reader.report(Code::UnknownCurrency, &node.span, path, &message, &help);
    }
    currency
}

/// Keys whose texts are company numbers or decimals, wherever they stand.
const NUMBERS: [&str; 23] = [
    "cvr",
    "amount",
    "share",
    "percent",
    "min_weekly_hours",
    "value",
    "each",
    "to_amount",
    "to",
    "factor",
    "at_most",
    "hours",
    "earnings",
    "floor",
    "at_least",
    "tolerance",
    "weekly",
    "monthly",
    "months_to_weeks",
    "committed",
    "covers",
    "rate",
    "weights",
];

/// Looks for CPR numbers in every text but company numbers and decimals (rule 3.7), and in the keys.
pub(super) fn find_cpr(reader: &mut Reader<'_>, node: &Node, path: &mut Vec<String>) {
    let report = |reader: &mut Reader<'_>, span: &std::ops::Range<usize>, path: &[String]| {
        let field = cpr::redact(&path.join(".").replace(".[", "["));
        reader.report(Code::CprNumber, span, &field, "a text holds what may be a CPR number", CPR_HELP);
    };
    match &node.value {
        Value::Text(text) if cpr::contains(text) => {
            let named = path.iter().rev().find(|step| !step.starts_with('[')).map_or("", String::as_str);
            let hours = path.iter().any(|step| step == "hours");
            let edges = path.iter().any(|step| step == "band" || step == "test");
            let tier = path.iter().any(|step| step == "tier");
            let other = (NUMBERS.contains(&named) && !(tier && named == "to"))
                || (tier && named == "times")
                || ((hours || edges) && matches!(named, "from" | "below" | "above" | "up_to"));
            if !other {
                report(reader, &node.span, path);
            }
        }
        Value::Array(items) => {
            for (nth, item) in items.iter().enumerate() {
                path.push(format!("[{nth}]"));
                find_cpr(reader, item, path);
                path.pop();
            }
        }
        Value::Table(entries) => {
            for entry in entries {
                path.push(quote(&entry.key).trim_matches('`').to_owned());
                if cpr::contains(&entry.key) {
                    report(reader, &entry.key_span, path);
                }
                find_cpr(reader, &entry.node, path);
                path.pop();
            }
        }
        _ => {}
    }
}

/// What to do about a CPR number.
pub(super) const CPR_HELP: &str =
    "civil registration numbers may not stand in these files: erase it here and wherever the file is kept";

/// The id of a contract file that is broken: what stands after `id` before the first table (TOML) or in the outermost
/// object (JSON).
fn salvage(text: &str) -> Option<Id> {
    let toml = || {
        let head = text.lines().map(str::trim).take_while(|line| !line.starts_with('['));
        let value = head.filter_map(|line| line.strip_prefix("id")?.trim_start().strip_prefix('=')).next()?.trim();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    };
    let json = || {
        let (mut depth, mut parts) = (0_i64, text.split('"'));
        let mut key = "";
        while let Some(outside) = parts.next() {
            let colon = outside.trim() == ":";
            depth += outside.chars().map(|c| i64::from(c == '{' || c == '[') - i64::from(c == '}' || c == ']')).sum::<i64>();
            let inside = parts.next()?;
            if depth == 1 && key == "id" && colon {
                return Some(inside);
            }
            key = inside;
        }
        None
    };
    let text = if text.trim_start().starts_with('{') { json() } else { toml() };
    Id::new(text?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_broken_file_is_found() {
        let id = |text| salvage(text).map(|id| id.to_string());
        assert_eq!(id("# x\nid = \"a-1\" # y\n[payer\nid = 'b'").as_deref(), Some("a-1"));
        assert_eq!(id("[payer]\nid = 'b'"), None);
        assert_eq!(id("{\"payer\": [{\"id\": \"b\"}], \"id\" : \"a\", x").as_deref(), Some("a"));
        assert_eq!(id("{\"payer\": {\"id\": \"b\""), None);
    }
}
