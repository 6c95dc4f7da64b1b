//! What has to be there for documents, and its form (rule 11). A contract without `[invoicing]` is settled without.

use super::{Findings, form};
use crate::charge::Vat;
use crate::contract::invoicing::Invoicing;
use crate::contract::party::{Payee, Payer};
use crate::contract::terms::Contract;
use crate::measure::diagnostic::{Code, quote};

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    let documents = contract.invoicing.is_some();
    for (nth, payer) in contract.payers.iter().enumerate() {
        payer_forms(&format!("payer[{nth}]"), payer, documents, found);
    }
    if let Some(payee) = &contract.payee {
        payee_forms(payee, documents, found);
    }
    charges(contract, found);
    books(contract, found);
    if let Some(terms) = &contract.invoicing {
        required(contract, found);
        taxed(contract, terms, found);
        one_rate(contract, terms, found);
        texts(contract, found);
        form::series(found, "invoicing.series", &terms.series);
        if let Some(vat) = &terms.vat {
            form::vat(found, "invoicing.vat", vat);
        }
        if !matches!(contract.currency.decimals(), 0 | 2) {
            let message = format!(
                "documents cannot be in {}, which has {} decimals",
                contract.currency.code(),
                contract.currency.decimals()
            );
            let help = "documents hold amounts of at most 2 decimals: leave `[invoicing]` out, or agree on another currency";
            found.say(Code::DocumentCurrency, "currency", message).help(help);
        }
    }
}

/// What a payer says about itself.
fn payer_forms(path: &str, payer: &Payer, documents: bool, found: &mut Findings) {
    numbers(path, payer.cvr.as_deref(), payer.gln.as_deref(), documents, found);
    let lines = [("reference", &payer.reference), ("order", &payer.order), ("account", &payer.account)];
    for (key, line) in lines.into_iter().filter_map(|(key, line)| Some((key, line.as_ref()?))) {
        form::text(found, &format!("{path}.{key}"), line, form::LINE);
    }
    if let Some(address) = &payer.address {
        form::address(found, &format!("{path}.address"), address);
    }
    if let Some(contact) = &payer.contact {
        form::contact(found, &format!("{path}.contact"), contact);
    }
}

/// What the payee says about itself.
fn payee_forms(payee: &Payee, documents: bool, found: &mut Findings) {
    numbers("payee", payee.cvr.as_deref(), payee.gln.as_deref(), documents, found);
    if let Some(address) = &payee.address {
        form::address(found, "payee.address", address);
    }
    if let Some(contact) = &payee.contact {
        form::contact(found, "payee.contact", contact);
    }
    if let Some(pay_to) = &payee.pay_to {
        form::pay_to(found, "payee.pay_to", pay_to);
    }
}

fn numbers(path: &str, cvr: Option<&str>, gln: Option<&str>, documents: bool, found: &mut Findings) {
    if let Some(cvr) = cvr {
        form::number(found, &format!("{path}.cvr"), cvr, 8, documents);
    }
    if let Some(gln) = gln {
        form::number(found, &format!("{path}.gln"), gln, 13, documents);
    }
}

/// What charges are called, how they are taxed, and where they are booked.
fn charges(contract: &Contract, found: &mut Findings) {
    for (nth, charge) in contract.charges.iter().enumerate() {
        let path = format!("charge[{nth}]");
        if let Some(text) = &charge.text {
            form::text(found, &format!("{path}.text"), text, form::CHARGE_TEXT);
        }
        if let Some(vat) = &charge.vat {
            form::vat(found, &format!("{path}.vat"), vat);
        }
        if let Some(account) = &charge.account {
            form::account(found, &format!("{path}.account"), account);
        }
    }
}

/// The payee's books.
fn books(contract: &Contract, found: &mut Findings) {
    let books = &contract.bookkeeping;
    let accounts =
        [("receivable", &books.receivable), ("bank", &books.bank), ("income", &books.income), ("vat", &books.vat)];
    for (key, account) in accounts {
        form::account(found, &format!("bookkeeping.{key}"), account);
    }
    for (name, value) in &books.dimensions {
        form::dimension(found, &format!("bookkeeping.dimensions.{name}"), value);
    }
}

/// What documents cannot do without: who pays and who is paid, each with name, number and address, and whom to ask for.
fn required(contract: &Contract, found: &mut Findings) {
    for (nth, payer) in contract.payers.iter().enumerate() {
        let there = [
            ("name", payer.name.is_some()),
            ("cvr", payer.cvr.is_some()),
            ("gln", payer.gln.is_some()),
            ("reference", payer.reference.is_some()),
            ("address", payer.address.is_some()),
        ];
        for (key, _) in there.into_iter().filter(|(_, there)| !there) {
            missing(found, &format!("payer[{nth}]"), "payer", key);
        }
    }
    let Some(payee) = &contract.payee else {
        let message = "the contract has no `payee`";
        found.say(Code::MissingKey, "payee", message).help("add a `[payee]`: documents say who is paid");
        return;
    };
    let there = [("name", payee.name.is_some()), ("cvr", payee.cvr.is_some()), ("address", payee.address.is_some())];
    for (key, _) in there.into_iter().filter(|(_, there)| !there) {
        missing(found, "payee", "payee", key);
    }
}

fn missing(found: &mut Findings, path: &str, table: &str, key: &str) {
    let message = format!("`{table}` has no `{key}`");
    let help = format!("add `{key}`: documents need it, and the contract has `[invoicing]`");
    found.say(Code::MissingKey, &format!("{path}.{key}"), message).help(help);
}

/// Documents have one VAT rate above nothing: OIOUBL knows one only.
fn one_rate(contract: &Contract, terms: &Invoicing, found: &mut Findings) {
    let own = contract.charges.iter().enumerate().map(|(nth, charge)| (format!("charge[{nth}].vat"), charge.vat.as_ref()));
    let all = std::iter::once(("invoicing.vat".to_owned(), terms.vat.as_ref())).chain(own);
    let mut rates = all.filter_map(|(path, vat)| match vat {
        Some(Vat::Standard { percent }) if form::is_rate(*percent) => Some((path, percent.normalize())),
        _ => None,
    });
    let Some((_, first)) = rates.next() else { return };
    if let Some((path, other)) = rates.find(|(_, percent)| *percent != first) {
        let message = format!("the VAT rate is {other} % here and {first} % before");
        let help = "a contract has one rate of VAT; make a contract of its own of what is taxed at another one";
        found
            .say(Code::VatRate, &format!("{path}.percent"), message)
            .help(help)
            .rests("invoicing.vat")
            .rests("charge[*].vat");
    }
}

/// Every charge has its VAT treatment: its own, or the contract's for all (rule 11.4).
fn taxed(contract: &Contract, terms: &Invoicing, found: &mut Findings) {
    let untaxed: Vec<_> = contract.charges.iter().enumerate().filter(|(_, charge)| charge.vat.is_none()).collect();
    if terms.vat.is_some() || untaxed.is_empty() {
        return;
    }
    if untaxed.len() == contract.charges.len() {
        let help = "add `vat`: how charges are taxed is decided by those who know the law, and never presumed";
        found.say(Code::MissingKey, "invoicing.vat", "`invoicing` has no `vat`").help(help).rests("charge[*].vat");
        return;
    }
    for (nth, charge) in untaxed {
        let message = format!("the charge {} has no `vat`, and `invoicing` has none for all", quote(charge.id.as_str()));
        let help = "add `vat` to the charge, or to `[invoicing]` for all that say nothing";
        found.say(Code::MissingKey, &format!("charge[{nth}].vat"), message).help(help).rests("invoicing.vat");
    }
}

/// The texts that a contract may have without documents.
fn texts(contract: &Contract, found: &mut Findings) {
    let mut text = |path: &str, written: Option<&String>| {
        if let Some(written) = written {
            form::text(found, path, written, form::LINE);
        }
    };
    text("title", contract.title.as_ref());
    for (nth, payer) in contract.payers.iter().enumerate() {
        text(&format!("payer[{nth}].name"), payer.name.as_ref());
    }
    text("payee.name", contract.payee.as_ref().and_then(|payee| payee.name.as_ref()));
    for (nth, charge) in contract.charges.iter().enumerate() {
        text(&format!("charge[{nth}].clause"), charge.clause.as_ref());
    }
}
