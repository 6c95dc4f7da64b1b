//! What a funding may not say, and what is odd about it, as far as its terms alone tell (investors 1).

use super::funding::{Funding, Pays, Shared, Tier};
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use crate::measure::money::Money;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// A finding, and the key paths (`[*]` = any item) whose values it was drawn from, beside its own place.
#[derive(Debug)]
pub struct Finding {
    /// What is wrong; the place is a key path such as `tier[2].rate`, items counted from 0.
    pub diagnostic: Diagnostic,
    /// Where one of these could not be read, the finding may be a mere consequence of that.
    pub rests_on: Vec<String>,
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn say(&mut self, code: Code, path: String, message: impl AsRef<str>, help: impl AsRef<str>, rests_on: &[&str]) {
        let place = Place { field: Some(path), ..Place::default() };
        let diagnostic = Diagnostic::new(code, place, message).help(help);
        self.0.push(Finding { diagnostic, rests_on: rests_on.iter().map(|path| (*path).to_owned()).collect() });
    }
}

/// Everything that is wrong or odd about the terms.
#[must_use]
pub fn findings(funding: &Funding) -> Vec<Finding> {
    let mut found = Findings::default();
    tables(funding, &mut found);
    ids(funding, &mut found);
    for (nth, share) in funding.contracts.iter().enumerate() {
        part(&mut found, format!("contract[{nth}].share"), share.share);
    }
    funders(funding, &mut found);
    for (nth, tier) in funding.tiers.iter().enumerate() {
        names(funding, &mut found, &format!("tier[{nth}].to"), &tier.to);
        returns(&mut found, nth, tier);
        weights(&mut found, nth, tier);
    }
    guarantees(funding, &mut found);
    if let Some(surplus) = &funding.surplus {
        known(funding, &mut found, "surplus".to_owned(), surplus);
    }
    idle(funding, &mut found);
    found.0
}

/// There is at least one of each.
fn tables(funding: &Funding, found: &mut Findings) {
    let (contracts, funders, tiers) = (funding.contracts.len(), funding.funders.len(), funding.tiers.len());
    for (table, count) in [("contract", contracts), ("funder", funders), ("tier", tiers)] {
        if count == 0 {
            let message = format!("`{table}` is an empty list");
            found.say(Code::EmptyList, table.to_owned(), message, format!("add at least one `[[{table}]]`"), &[]);
        }
    }
}

fn ids(funding: &Funding, found: &mut Findings) {
    twice(found, "contract", funding.contracts.iter().map(|share| &share.contract).enumerate(), "");
    twice(found, "funder", funding.funders.iter().map(|funder| &funder.id).enumerate(), "");
    let tiers = || funding.tiers.iter().map(|tier| &tier.id);
    twice(found, "tier", tiers().enumerate(), "");
    // Entries name a tier or a guarantee in one column.
    let guarantees = funding.guarantees.iter().map(|guarantee| &guarantee.id).enumerate();
    let taken: BTreeSet<&Id> = tiers().collect();
    for (nth, id) in guarantees.clone().filter(|(_, id)| taken.contains(id)) {
        let message = format!("there are a tier and a guarantee with the id {}", quote(id.as_str()));
        let path = format!("guarantee[{nth}].id");
        found.say(Code::SameIdTwice, path, message, "give one of them another id", &["tier[*].id"]);
    }
    twice(found, "guarantee", guarantees, "");
}

/// Ids that are there twice, in tables or in a list.
fn twice<'a>(found: &mut Findings, table: &str, ids: impl Iterator<Item = (usize, &'a Id)>, list: &str) {
    let mut seen = BTreeSet::new();
    for (nth, id) in ids.filter(|(_, id)| !seen.insert((*id).clone())) {
        let id = quote(id.as_str());
        match list {
            "" => {
                let message = format!("there are two {table}s with the id {id}");
                let (path, every) = (format!("{table}[{nth}].id"), format!("{table}[*].id"));
                found.say(Code::SameIdTwice, path, message, "give one of them another id", &[&every]);
            }
            _ => {
                let message = format!("`{table}` names {id} twice");
                found.say(Code::SameIdTwice, format!("{list}[{nth}]"), message, "remove one of the two", &[list]);
            }
        }
    }
}

/// A list of funders: not empty, nobody twice, all known.
fn names(funding: &Funding, found: &mut Findings, path: &str, list: &[Id]) {
    if list.is_empty() {
        found.say(Code::EmptyList, path.to_owned(), "`to` is an empty list", "name at least one funder", &[]);
    }
    twice(found, "to", list.iter().enumerate(), path);
    for (nth, id) in list.iter().enumerate() {
        known(funding, found, format!("{path}[{nth}]"), id);
    }
}

fn known(funding: &Funding, found: &mut Findings, path: String, id: &Id) {
    if funding.funder(id).is_none() {
        let funders: Vec<String> = funding.funders.iter().take(20).map(|funder| quote(funder.id.as_str())).collect();
        let message = format!("there is no funder {}", quote(id.as_str()));
        let help = format!("the funders are {}; whoever gets or pays anything is one", funders.join(", "));
        found.say(Code::UnknownName, path, message, help, &["funder"]);
    }
}

/// A part of a whole: above 0, at most 1.
fn part(found: &mut Findings, path: String, part: Decimal) {
    if part.is_zero() || part > Decimal::ONE {
        let key = path.rsplit('.').next().unwrap_or_default().to_owned();
        let help = "write a part of the whole, such as \"0.5\"";
        found.say(Code::PartOfWhole, path, format!("`{key}` is not above 0 and at most 1"), help, &[]);
    }
}

fn funders(funding: &Funding, found: &mut Findings) {
    for (nth, funder) in funding.funders.iter().enumerate() {
        let paid_in = funder.paid_in.iter().fold(Money::ZERO, |sum, paid| sum + paid.amount);
        let show = |amount: Money| amount.display(funding.currency);
        if paid_in > funder.committed {
            let (committed, path) = (show(funder.committed), format!("funder[{nth}].committed"));
            let message = format!("{} paid in {}, more than it committed", quote(funder.id.as_str()), show(paid_in));
            let help = format!("raise `committed`, which is {committed}, or correct `paid_in`");
            found.say(Code::CommittedLess, path, message, help, &[&format!("funder[{nth}].paid_in"), "currency"]);
        }
    }
}

/// How a return comes about.
fn returns(found: &mut Findings, nth: usize, tier: &Tier) {
    let Pays::Return { rate, times } = tier.pays else { return };
    let mut say = |key: &str, message: &str, help: &str| {
        let pays = [&*format!("tier[{nth}].pays"), &*format!("tier[{nth}].rate"), &*format!("tier[{nth}].times")];
        found.say(Code::TierKeys, format!("tier[{nth}].{key}"), message, help, &pays);
    };
    if rate.is_some_and(|rate| rate.rate > Decimal::ONE || rate.rate.scale() > 6) {
        say("rate", "`rate` is above 1 or has more than 6 decimals", "write 4 percent a year as \"0.04\"");
    }
    if rate.is_some_and(|rate| ![360, 365].contains(&rate.year)) {
        say("year", "`year` is neither 365 nor 360", "write how many days a year of the return has");
    }
    if times.is_some_and(|times| times > Decimal::from(100) || times.scale() > 6) {
        say(
            "times",
            "`times` is above 100 or has more than 6 decimals",
            "write a cap of a quarter of the principal as \"0.25\"",
        );
    }
    if tier.is_unbounded() && tier.shared == Shared::Due {
        let message = "nothing says how much is due in this tier, so it cannot be shared by what is due";
        say("shared", message, "add `rate` or `times`, or share it by \"paid-in\", \"committed\" or `weights`");
    }
}

fn weights(found: &mut Findings, nth: usize, tier: &Tier) {
    let Shared::Weights(weights) = &tier.shared else { return };
    let path = format!("tier[{nth}].weights");
    if weights.len() != tier.to.len() {
        let message = format!("`weights` has {} of them, `to` has {}", weights.len(), tier.to.len());
        found.say(Code::TierKeys, path, message, "write one for each of `to`, in its order", &[&format!("tier[{nth}].to")]);
    } else if weights.iter().any(Decimal::is_zero) {
        found.say(Code::TierKeys, path, "a weight is 0", "leave out of `to` who gets nothing", &[]);
    }
}

fn guarantees(funding: &Funding, found: &mut Findings) {
    for (nth, guarantee) in funding.guarantees.iter().enumerate() {
        let path = |key: &str| format!("guarantee[{nth}].{key}");
        known(funding, found, path("by"), &guarantee.by);
        names(funding, found, &path("to"), &guarantee.to);
        part(found, path("covers"), guarantee.covers);
        if guarantee.to.contains(&guarantee.by) {
            let message = format!("{} guarantees its own principal", quote(guarantee.by.as_str()));
            let help = "a guarantor covers others: leave it out of `to`";
            found.say(Code::GuaranteesItself, path("to"), message, help, &[&path("by"), &path("to"), "funder"]);
        }
    }
}

/// What can never come to anything.
fn idle(funding: &Funding, found: &mut Findings) {
    let back: BTreeSet<&Id> =
        funding.tiers.iter().filter(|tier| tier.pays == Pays::Principal).flat_map(|tier| &tier.to).collect();
    let rests = ["tier", "funder"];
    for (nth, funder) in funding.funders.iter().enumerate() {
        if !funder.paid_in.is_empty() && !back.contains(&funder.id) {
            let message = format!("no tier pays the principal of {} back", quote(funder.id.as_str()));
            let help = "add it to a tier with `pays = \"principal\"`, unless it is a gift";
            found.say(Code::NotPaidBack, format!("funder[{nth}].id"), message, help, &rests);
        }
    }
    let all = |tier: &Tier| tier.is_unbounded() && tier.at_most.is_none() && matches!(tier.shared, Shared::Weights(_));
    let last = funding.tiers.iter().position(all).unwrap_or(funding.tiers.len());
    for (nth, tier) in funding.tiers.iter().enumerate().skip(last.saturating_add(1)) {
        let message = format!("the tier {} never gets anything: one before it takes all", quote(tier.id.as_str()));
        let help = "move it up, or give the tier before it `times` or `at_most`";
        found.say(Code::TierIdle, format!("tier[{nth}].id"), message, help, &rests);
    }
}
