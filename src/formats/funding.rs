//! A funding file: from its tree to a [`Funding`], with every fault at its place (investors 1).

use super::Programme;
use super::contract::{amount, currency, find_cpr, parse};
use super::reader::{Fields, Reader};
use super::source::{Lines, Source};
use super::tree::Node;
use crate::investors::Funding;
use crate::investors::check;
use crate::investors::funding::{Funder, Guarantee, PaidIn, Pays, Rate, Share, Shared, Tier};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use crate::measure::money::{Currency, Money};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What a funding file says.
#[derive(Clone, Debug, Default)]
pub struct FundingFile {
    /// The funding, if the file has no error.
    pub funding: Option<Funding>,
    /// What is wrong or odd, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a funding file, TOML or (by its name's ending) JSON, and checks what it says, also against the contracts of its
/// programme.
#[must_use]
pub fn read(source: &Source, programme: &Programme) -> FundingFile {
    let text = match source.text() {
        Ok(text) => text,
        Err(wrong) => {
            let (text, mut place) = (source.lossy(), Place::file(&source.name));
            if let Some(at) = wrong.at {
                let (line, column) = Lines::of(&text).locate(&text, at);
                (place.line, place.column, place.span) = (Some(line), Some(column), Some((at, at)));
            }
            let found = Diagnostic::new(Code::NotUtf8, place, wrong.message).help("save the file as UTF-8");
            return FundingFile { funding: None, diagnostics: vec![found] };
        }
    };
    let tree = parse(&source.name, text);
    let mut reader = Reader::new(&source.name, text, &tree);
    reader.whole = "the funding";
    find_cpr(&mut reader, &tree.root, &mut Vec::new());
    let funding = funding(&mut reader);
    let mut found = std::mem::take(&mut reader.found);
    let judged = check::findings(&funding).into_iter().chain(contracts(&funding, programme));
    for finding in judged.filter(|_| !tree.loose) {
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
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let sound = !found.iter().any(Diagnostic::is_error);
    FundingFile { funding: sound.then_some(funding), diagnostics: found }
}

/// Its contracts are there and in its currency. Of one that cannot be read nothing is said here.
fn contracts(funding: &Funding, programme: &Programme) -> Vec<check::Finding> {
    let say = |nth: usize, key: &str, message: String, help: String, rests_on: Vec<String>| {
        let place = Place { field: Some(format!("contract[{nth}].{key}")), ..Place::default() };
        let diagnostic = Diagnostic::new(Code::FundingContract, place, message).help(help);
        check::Finding { diagnostic, rests_on }
    };
    let broken = |found: &Diagnostic| found.is_error() && found.place.file.starts_with("contracts/");
    let all_read = !programme.diagnostics.iter().any(|found| broken(found) && found.contract.is_none());
    let mut found = Vec::new();
    for (nth, share) in funding.contracts.iter().enumerate() {
        let id = quote(share.contract.as_str());
        match programme.cases.iter().find(|case| case.id == share.contract) {
            None if all_read => {
                let known: Vec<String> = programme.cases.iter().take(20).map(|case| quote(case.id.as_str())).collect();
                let help = format!("its contracts are {}", known.join(", "));
                found.push(say(nth, "id", format!("the programme has no contract {id}"), help, Vec::new()));
            }
            None => {}
            Some(case) => {
                let other = case.contract.as_ref().map(|contract| contract.currency);
                if let Some(other) = other.filter(|other| *other != funding.currency) {
                    let message =
                        format!("the contract {id} is in {}, the funding in {}", other.code(), funding.currency.code());
                    let help = "make a funding for each currency".to_owned();
                    found.push(say(nth, "id", message, help, vec!["currency".to_owned()]));
                }
            }
        }
    }
    found
}

/// Reads all that can be read; what cannot is reported, marked as not known and filled up.
fn funding<'a>(reader: &mut Reader<'a>) -> Funding {
    let mut root = reader.root();
    let id = reader.required(&mut root, "id", Reader::id);
    let title = reader.optional(&mut root, "title", Reader::string);
    let currency = reader.required(&mut root, "currency", currency);
    let surplus = reader.optional(&mut root, "surplus", Reader::id);
    let contracts = reader.required(&mut root, "contract", |r, node, path| r.tables(node, path, share));
    let one = |r: &mut Reader<'a>, fields: &mut Fields<'a>| funder(r, fields, currency);
    let funders = reader.required(&mut root, "funder", |r, node, path| r.tables(node, path, one)).unwrap_or_default();
    let one = |r: &mut Reader<'a>, fields: &mut Fields<'a>| tier(r, fields, currency);
    let tiers = reader.required(&mut root, "tier", |r, node, path| r.tables(node, path, one));
    let one = |r: &mut Reader<'a>, fields: &mut Fields<'a>| guarantee(r, fields, currency, &funders);
    let guarantees = reader.optional(&mut root, "guarantee", |r, node, path| r.tables(node, path, one));
    reader.finish(&root, &[]);
    Funding {
        id: id.unwrap_or_default(),
        title,
        currency: currency.unwrap_or(Currency::DKK),
        surplus,
        contracts: contracts.unwrap_or_default(),
        funders,
        tiers: tiers.unwrap_or_default(),
        guarantees: guarantees.unwrap_or_default(),
    }
}

fn share<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Share {
    let share = Share {
        contract: reader.required(fields, "id", Reader::id).unwrap_or_default(),
        share: reader.optional(fields, "share", Reader::decimal).unwrap_or(Decimal::ONE),
    };
    reader.finish(fields, &[]);
    share
}

fn funder<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, currency: Option<Currency>) -> Funder {
    let money = |r: &mut Reader<'a>, node: &'a Node, path: &str| amount(r, node, path, currency);
    let paid = |r: &mut Reader<'a>, fields: &mut Fields<'a>| {
        let on = r.required(fields, "on", Reader::day).unwrap_or(Day::FAR);
        let amount = r.required(fields, "amount", money).unwrap_or_default();
        r.finish(fields, &[]);
        PaidIn { on, amount }
    };
    let id = reader.required(fields, "id", Reader::id).unwrap_or_default();
    let name = reader.optional(fields, "name", Reader::string);
    let committed = reader.optional(fields, "committed", money);
    let paid_in = reader.optional(fields, "paid_in", |r, node, path| r.tables(node, path, paid)).unwrap_or_default();
    reader.finish(fields, &[]);
    let committed = committed.unwrap_or_else(|| paid_in.iter().fold(Money::ZERO, |sum, paid| sum + paid.amount));
    Funder { id, name, committed, paid_in }
}

/// A way of sharing that a word stands for.
type Way = fn() -> Shared;

fn tier<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, currency: Option<Currency>) -> Tier {
    let id = reader.required(fields, "id", Reader::id).unwrap_or_default();
    let to = reader.required(fields, "to", Reader::ids).unwrap_or_default();
    let words = [("principal", false), ("return", true)];
    let gains = reader.required(fields, "pays", |r, node, path| r.word(node, path, &words));
    let pays = match gains {
        Some(false) => Pays::Principal,
        _ => returns(reader, fields),
    };
    let at_most = reader.optional(fields, "at_most", |r, node, path| amount(r, node, path, currency));
    let words: [(&str, Way); 3] =
        [("due", || Shared::Due), ("paid-in", || Shared::PaidIn), ("committed", || Shared::Committed)];
    let shared = reader.optional(fields, "shared", |r, node, path| r.word(node, path, &words)).map(|make| make());
    let weights = reader.optional(fields, "weights", |r, node, path| {
        r.list(node, path, || Decimal::ONE, |r, node, path| r.decimal(node, path))
    });
    if fields.has("weights") && fields.has("shared") {
        let (path, help) = (fields.path_of("weights"), "keep one of them");
        let span = reader.tree.find(&path);
        reader.report(Code::KeysTogether, &span, &path, "a tier is shared by `weights` or as `shared` says", help);
    }
    const RETURNS: &str = "it goes with `pays = \"return\"`: principal is due as it is outstanding";
    reader.finish(fields, &[("rate", RETURNS), ("year", RETURNS), ("times", RETURNS)]);
    Tier { id, to, pays, at_most, shared: weights.map(Shared::Weights).or(shared).unwrap_or_default() }
}

fn returns<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Pays {
    let rate = reader.optional(fields, "rate", Reader::decimal);
    let year = match fields.has("rate") {
        true => reader.required(fields, "year", Reader::count),
        false => None,
    };
    let times = reader.optional(fields, "times", Reader::decimal);
    // What could not be read counts as there, so that the tier is not taken for one without a bound.
    let rate = fields.has("rate").then(|| Rate { rate: rate.unwrap_or_default(), year: year.unwrap_or(365) });
    Pays::Return { rate, times }
}

fn guarantee<'a>(
    reader: &mut Reader<'a>,
    fields: &mut Fields<'a>,
    currency: Option<Currency>,
    funders: &[Funder],
) -> Guarantee {
    let id = reader.required(fields, "id", Reader::id).unwrap_or_default();
    let by = reader.required(fields, "by", Reader::id).unwrap_or_default();
    let to = reader.optional(fields, "to", Reader::ids);
    let covers = reader.required(fields, "covers", Reader::decimal).unwrap_or(Decimal::ONE);
    let at_most = reader.optional(fields, "at_most", |r, node, path| amount(r, node, path, currency));
    let on = reader.required(fields, "on", Reader::day).unwrap_or(Day::FAR);
    reader.finish(fields, &[]);
    let others = || {
        let mut seen = BTreeSet::new();
        let ids = funders.iter().map(|funder| &funder.id).filter(|id| **id != by && seen.insert(*id));
        ids.cloned().collect::<Vec<Id>>()
    };
    Guarantee { to: to.unwrap_or_else(others), id, by, covers, at_most, on }
}
