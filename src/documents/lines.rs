//! The lines of a document and what limits cut of them (rules 11.1, 11.3).

use super::document::Kind;
use super::line::{Allowance, Line, LineUnit};
use super::payers::Payers;
use super::register::{Change, Register};
use super::words;
use crate::charge::vat::Vat;
use crate::charge::{Charge, Mechanism};
use crate::contract::Contract;
use crate::contract::invoicing::{Detail, Invoicing};
use crate::measure::day::Span;
use crate::measure::grid::Grid;
use crate::measure::id::Id;
use crate::measure::money::Total;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A change on the document.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'c> {
    /// What changed.
    pub change: &'c Change,
    /// How it is taxed.
    pub vat: &'c Vat,
}

/// What a document shows of its entries.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// The lines.
    pub lines: Vec<Line>,
    /// What limits cut.
    pub allowances: Vec<Allowance>,
    /// For each entry the number of its line.
    pub line_of: Vec<u32>,
}

/// What stands on one line together, in the order of the lines: charge, company or participant, earnings before
/// corrections, rate.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Together<'c> {
    charge: usize,
    charge_id: &'c str,
    of: Option<&'c str>,
    correction: bool,
    rate: Option<Decimal>,
}

/// Draws up the lines. On an invoice earnings stand before limits, and what limits cut stands apart; on a credit note they
/// stand as they were granted.
pub fn draw(
    contract: &Contract,
    terms: &Invoicing,
    kind: Kind,
    period: Span,
    entries: &[Entry<'_>],
    register: &Register,
) -> Drawn {
    let payers = Payers::new(contract);
    let mut groups: BTreeMap<Together<'_>, Vec<usize>> = BTreeMap::new();
    for (nth, entry) in entries.iter().enumerate() {
        groups.entry(together(contract, &payers, terms, kind, entry)).or_default().push(nth);
    }
    let mut drawn = Drawn { line_of: vec![0; entries.len()], ..Drawn::default() };
    for ((number, together), members) in (1_u32..).zip(groups.keys()).zip(groups.values()) {
        for member in members {
            if let Some(line) = drawn.line_of.get_mut(*member) {
                *line = number;
            }
        }
        let members: Vec<Entry<'_>> = members.iter().filter_map(|nth| entries.get(*nth).copied()).collect();
        let group = Group { contract, payers: &payers, terms, kind, period, register, members: &members };
        drawn.lines.extend(group.line(number, together));
    }
    if kind == Kind::Invoice {
        drawn.allowances = allowances(contract, terms, entries);
    }
    drawn
}

fn together<'c>(contract: &Contract, payers: &Payers<'_>, terms: &Invoicing, kind: Kind, entry: &Entry<'c>) -> Together<'c> {
    let posted = &entry.change.posted;
    let charge_id = posted.key.charge.as_str();
    let of = match terms.detail {
        Detail::Charge => None,
        Detail::Company => Some(posted.company.as_deref().unwrap_or("-")),
        Detail::Participant => Some(posted.key.subject.as_str()),
    };
    // Whole units at one rate make quantity times price; for one of several payers they do not.
    let priced = kind == Kind::Invoice && !posted.correction && payers.alone(charge_id) && posted.quantity == Decimal::ONE;
    Together {
        charge: contract.charges.iter().position(|charge| charge.id.as_str() == charge_id).unwrap_or(usize::MAX),
        charge_id,
        of,
        correction: posted.correction,
        rate: if priced { posted.rate } else { None },
    }
}

/// The entries of one line.
struct Group<'g> {
    contract: &'g Contract,
    payers: &'g Payers<'g>,
    terms: &'g Invoicing,
    kind: Kind,
    period: Span,
    register: &'g Register,
    members: &'g [Entry<'g>],
}

impl Group<'_> {
    fn line(&self, number: u32, together: &Together<'_>) -> Option<Line> {
        let language = self.terms.language;
        let charge = self.contract.charges.get(together.charge);
        let net = self.net();
        let (quantity, unit, price) = self.quantity(together, charge, net);
        let earned = self.earned()?;
        let title = charge.and_then(|charge| charge.text.as_deref()).unwrap_or(together.charge_id);
        let name = if together.correction { words::correction(language, title) } else { title.to_owned() };
        let name = together.of.map_or_else(|| name.clone(), |of| format!("{name}, {of}"));
        let corrects = self.corrects();
        let inside = !together.correction && self.period.contains(earned.first) && self.period.contains(earned.last);
        Some(Line {
            number,
            charge: Id::name(together.charge_id),
            of: together.of.map(str::to_owned),
            name,
            description: Some(self.description(charge, earned)),
            note: (!corrects.is_empty()).then(|| words::corrects(language, &corrects.join(", "))),
            quantity,
            unit,
            price,
            net,
            vat: self.members.first()?.vat.clone(),
            earned: inside.then_some(earned),
            corrects,
        })
    }

    /// The amount, with the sign that it has on the document.
    fn net(&self) -> Total {
        let granted: Total = self.members.iter().map(|entry| entry.change.amount).sum();
        match self.kind {
            Kind::Invoice => granted + self.members.iter().map(|entry| entry.change.cut_of_earning()).sum(),
            Kind::CreditNote => Total::from_minor(-granted.minor()),
        }
    }

    /// How many at what price: so many units at their rate where that is the amount exactly, else once the amount.
    fn quantity(&self, together: &Together<'_>, charge: Option<&Charge>, net: Total) -> (Decimal, LineUnit, Decimal) {
        let decimals = self.contract.currency.decimals();
        let once = || {
            let size = Decimal::from_i128_with_scale(net.minor().saturating_abs(), decimals);
            let quantity = if net.minor() < 0 { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
            (quantity, LineUnit::One, size)
        };
        let Some(rate) = together.rate else { return once() };
        let count = Decimal::from(self.members.len());
        let exact = count.checked_mul(rate) == Some(Decimal::from_i128_with_scale(net.minor().saturating_abs(), decimals));
        // What is owed back is a negative quantity (mechanisms 10.4).
        let count = if net.minor() < 0 { -count } else { count };
        if exact { (count, unit(charge), rate) } else { once() }
    }

    fn earned(&self) -> Option<Span> {
        let days = || self.members.iter().map(|entry| entry.change.posted.earned_on);
        Some(Span { first: days().min()?, last: days().max()? })
    }

    /// The documents on which the keys stood before, in the order of their numbers.
    fn corrects(&self) -> Vec<String> {
        let places: BTreeSet<usize> = self.members.iter().flat_map(|entry| entry.change.documents.iter().copied()).collect();
        places.into_iter().filter_map(|place| self.register.issued.get(place)).map(|of| of.number.clone()).collect()
    }

    /// The clause, how many amounts there are, when they were earned, and the share.
    fn description(&self, charge: Option<&Charge>, earned: Span) -> String {
        let language = self.terms.language;
        let count = match self.members.len() {
            1 => words::one(language),
            count => words::several(language, count),
        };
        let change = self.members.first().map(|entry| entry.change).filter(|_| self.contract.payers.len() > 1);
        let share = change.and_then(|change| self.payers.share(&change.posted.key.charge, change.payer)).map(|share| {
            let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default().normalize();
            words::share(language, &percent.to_string())
        });
        let clause = charge.and_then(|charge| charge.clause.clone());
        let parts = [clause, Some(count), Some(words::days(language, earned)), share];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// What a charge counts.
fn unit(charge: Option<&Charge>) -> LineUnit {
    match charge.map(|charge| &charge.mechanism) {
        Some(Mechanism::Period(period)) => match period.unit {
            Grid::Day => LineUnit::Day,
            Grid::Week => LineUnit::Week,
            Grid::Month => LineUnit::Month,
            Grid::Quarter | Grid::HalfYear | Grid::Year | Grid::Parts { .. } => LineUnit::One,
        },
        _ => LineUnit::One,
    }
}

/// What limits cut, by limit in the contract's order and by treatment.
fn allowances(contract: &Contract, terms: &Invoicing, entries: &[Entry<'_>]) -> Vec<Allowance> {
    let place = |id: &str| contract.limits.iter().position(|limit| limit.id.as_str() == id).unwrap_or(usize::MAX);
    let mut cuts: BTreeMap<(usize, &str, &Vat), Total> = BTreeMap::new();
    for entry in entries {
        let cut = entry.change.cut_of_earning();
        if let Some((_, limit)) = entry.change.posted.cut.as_ref().filter(|_| !cut.is_zero()) {
            *cuts.entry((place(limit), limit, entry.vat)).or_default() += cut;
        }
    }
    cuts.into_iter()
        .map(|((_, limit, vat), amount)| Allowance {
            limit: Id::name(limit),
            reason: words::cut(terms.language, limit),
            amount,
            vat: vat.clone(),
        })
        .collect()
}
