//! The keys of a contract, its parties, indices and limits.

use super::charge::{charge, vat};
use super::figure::figure;
use super::gate::gate;
use super::goal::goal;
use super::node::{Key, Node, count, decimal, keys, maybe, text, texts};
use super::outcome::outcome;
use super::saving::saving;
use crate::support::programme::*;

pub fn tree(contract: &Contract) -> Vec<Key> {
    let tables = |tables: Vec<Vec<Key>>| (!tables.is_empty()).then_some(Node::Tables(tables));
    keys([
        ("id", text(&contract.id)),
        ("agreed_on", contract.agreed_on.map(Node::Date)),
        ("title", maybe(contract.title.as_ref())),
        ("currency", text(&contract.currency)),
        ("starts", Some(Node::Date(contract.starts))),
        ("ends", Some(Node::Date(contract.ends))),
        ("rounding", contract.rounding.map(rounding)),
        ("kinds", (!contract.kinds.is_empty()).then(|| texts(&contract.kinds))),
        ("settlement", Some(Node::Table(settlement(&contract.settlement)))),
        ("cohort", contract.cohort.as_ref().map(|cohort| Node::Table(cohort_keys(cohort)))),
        ("payroll", contract.payroll.map(|terms| Node::Table(payroll(terms)))),
        ("saving", contract.saving.as_ref().map(|terms| Node::Table(saving(terms)))),
        ("payer", tables(contract.payers.iter().map(payer).collect())),
        ("payee", contract.payee.as_ref().map(|payee| Node::Table(payee_keys(payee)))),
        ("outcome", tables(contract.outcomes.iter().map(outcome).collect())),
        ("figure", tables(contract.figures.iter().map(figure).collect())),
        ("index", tables(contract.indices.iter().map(index).collect())),
        ("gate", tables(contract.gates.iter().map(gate).collect())),
        ("goal", tables(contract.goals.iter().map(goal).collect())),
        ("charge", tables(contract.charges.iter().map(charge).collect())),
        ("limit", tables(contract.limits.iter().map(limit).collect())),
        ("invoicing", contract.invoicing.as_ref().map(|terms| Node::Table(invoicing(terms)))),
    ])
}

fn rounding(rounding: Rounding) -> Node {
    let word = match rounding {
        Rounding::HalfAwayFromZero => "half-away-from-zero",
        Rounding::HalfEven => "half-even",
        Rounding::Up => "up",
        Rounding::Down => "down",
    };
    Node::Text(word.into())
}

pub fn round(round: &Round) -> Node {
    Node::Inline(keys([("to", round.to.as_deref().map(decimal)), ("mode", round.mode.map(rounding))]))
}

pub fn every(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::HalfYear => "half-year",
        Every::Year => "year",
    }
}

fn index(index: &Index) -> Vec<Key> {
    keys([
        ("id", text(&index.id)),
        ("metric", text(&index.metric)),
        ("base", text(&index.base)),
        ("every", text(every(index.every))),
        ("lag_months", count(index.lag_months)),
    ])
}

fn settlement(settlement: &Settlement) -> Vec<Key> {
    keys([
        ("every", text(every(settlement.every))),
        ("reporting_days", Some(Node::Number(settlement.reporting_days))),
        ("tail_periods", count(settlement.tail_periods)),
        ("payment_days", count(settlement.payment_days)),
        ("confirm_days", count(settlement.confirm_days)),
    ])
}

fn cohort_keys(cohort: &Cohort) -> Vec<Key> {
    keys([
        ("target_groups", cohort.target_groups.as_deref().map(texts)),
        ("enrol_from", cohort.enrol_from.map(Node::Date)),
        ("enrol_until", cohort.enrol_until.map(Node::Date)),
        ("max_participants", count(cohort.max_participants)),
    ])
}

fn payroll(payroll: Payroll) -> Vec<Key> {
    let weekly = match payroll.weekly {
        Weekly::Average => "average",
        Weekly::CalendarDays => "calendar-days",
    };
    let spread = match payroll.spread {
        Spread::MonthEnd => "month-end",
        Spread::CalendarDays => "calendar-days",
        Spread::Weekdays => "weekdays",
    };
    keys([("weekly", text(weekly)), ("spread", text(spread))])
}

fn payer(payer: &Payer) -> Vec<Key> {
    keys([
        ("id", text(&payer.id)),
        ("name", maybe(payer.name.as_ref())),
        ("cvr", maybe(payer.cvr.as_ref())),
        ("gln", maybe(payer.gln.as_ref())),
        ("share", payer.share.as_deref().map(decimal)),
        ("at_most", payer.at_most.as_deref().map(decimal)),
        ("reference", maybe(payer.reference.as_ref())),
        ("address", payer.address.as_ref().map(address)),
    ])
}

fn address(address: &Address) -> Node {
    let Address { street, postcode, city } = address;
    Node::Inline(keys([("street", text(street)), ("postcode", text(postcode)), ("city", text(city))]))
}

fn invoicing(terms: &Invoicing) -> Vec<Key> {
    let detail = terms.detail.map(|detail| match detail {
        Detail::Charge => "charge",
        Detail::Company => "company",
        Detail::Participant => "participant",
    });
    let due = terms.due.map(|due| match due {
        Due::Stays => "stays",
        Due::Next => "next-banking-day",
        Due::Previous => "previous-banking-day",
    });
    keys([
        ("series", text(&terms.series)),
        ("detail", detail.and_then(text)),
        ("corrections", terms.own_documents.then_some("own-documents").and_then(text)),
        ("vat", terms.vat.as_ref().map(vat)),
        ("due", due.and_then(text)),
    ])
}

fn payee_keys(payee: &Payee) -> Vec<Key> {
    keys([
        ("id", text(&payee.id)),
        ("name", maybe(payee.name.as_ref())),
        ("cvr", maybe(payee.cvr.as_ref())),
        ("address", payee.address.as_ref().map(address)),
    ])
}

fn limit(limit: &Limit) -> Vec<Key> {
    let scope = match limit.scope {
        Scope::Participant => "participant",
        Scope::Company => "company",
        Scope::Contract => "contract",
    };
    let window = match limit.window {
        LimitWindow::Total => "total",
        LimitWindow::CalendarYear => "calendar-year",
        LimitWindow::SettlementPeriod => "settlement-period",
    };
    keys([
        ("id", text(&limit.id)),
        ("scope", text(scope)),
        ("window", text(window)),
        (if limit.floor { "floor" } else { "amount" }, limit.units.is_none().then(|| decimal(&limit.amount))),
        ("units", limit.units.as_ref().map(units)),
        ("charges", limit.charges.as_deref().map(texts)),
    ])
}

fn units(units: &Units) -> Node {
    match units {
        Units::Keys(most) => Node::Number(*most),
        Units::Share { share, of } => Node::Inline(keys([("share", text(share)), ("of", text(of))])),
    }
}
