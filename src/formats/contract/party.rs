//! The parties: who pays, who is paid, and where the money goes.

use super::parts::amount;
use crate::charge::ChargePayer;
use crate::contract::party::{Address, Contact, PayTo};
use crate::contract::{Payee, Payer};
use crate::formats::hints;
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::{Node, Value};
use crate::measure::diagnostic::Code;
use crate::measure::money::Currency;
use rust_decimal::Decimal;

/// The payers; the share of a single one is 1, of several each says its own.
pub(super) fn payers<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    path: &str,
    currency: Option<Currency>,
) -> Option<Vec<Payer>> {
    let several = matches!(&node.value, Value::Array(items) if items.len() > 1);
    reader.tables(node, path, |reader, fields| {
        let payer = Payer {
            id: reader.required(fields, "id", Reader::id).unwrap_or_default(),
            name: reader.optional(fields, "name", Reader::string),
            cvr: reader.optional(fields, "cvr", Reader::string),
            gln: reader.optional(fields, "gln", Reader::string),
            share: match several {
                true => reader.required(fields, "share", Reader::decimal).unwrap_or_default(),
                false => reader.optional(fields, "share", Reader::decimal).unwrap_or(Decimal::ONE),
            },
            at_most: reader.optional(fields, "at_most", |r, node, path| amount(r, node, path, currency)),
            reference: reader.optional(fields, "reference", Reader::string),
            order: reader.optional(fields, "order", Reader::string),
            account: reader.optional(fields, "account", Reader::string),
            address: reader.optional(fields, "address", address),
            contact: reader.optional(fields, "contact", contact),
        };
        reader.finish(fields, &[]);
        payer
    })
}

/// The payers of one charge (mechanisms 8.2); as in the contract, the share of a single one is 1.
pub(super) fn of_charge<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Vec<ChargePayer>> {
    let several = matches!(&node.value, Value::Array(items) if items.len() > 1);
    reader.tables(node, path, |reader, fields| {
        let payer = ChargePayer {
            id: reader.required(fields, "id", Reader::id).unwrap_or_default(),
            share: match several {
                true => reader.required(fields, "share", Reader::decimal).unwrap_or_default(),
                false => reader.optional(fields, "share", Reader::decimal).unwrap_or(Decimal::ONE),
            },
        };
        reader.finish(fields, &[]);
        payer
    })
}

pub(super) fn payee<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Payee {
    let mut fields = reader.fields(node, path);
    let payee = Payee {
        id: reader.required(&mut fields, "id", Reader::id).unwrap_or_default(),
        name: reader.required(&mut fields, "name", Reader::string),
        cvr: reader.required(&mut fields, "cvr", Reader::string),
        gln: reader.optional(&mut fields, "gln", Reader::string),
        address: reader.optional(&mut fields, "address", address),
        contact: reader.optional(&mut fields, "contact", contact),
        pay_to: reader.optional(&mut fields, "pay_to", pay_to),
    };
    reader.finish(&fields, &[]);
    payee
}

fn address<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Address> {
    let mut fields = reader.fields(node, path);
    let street = reader.required(&mut fields, "street", Reader::string);
    let postcode = reader.required(&mut fields, "postcode", Reader::string);
    let city = reader.required(&mut fields, "city", Reader::string);
    reader.finish(&fields, &[]);
    Some(Address { street: street?, postcode: postcode?, city: city? })
}

fn contact<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Contact> {
    let mut fields = reader.fields(node, path);
    let contact = Contact {
        name: reader.optional(&mut fields, "name", Reader::string),
        phone: reader.optional(&mut fields, "phone", Reader::string),
        email: reader.optional(&mut fields, "email", Reader::string),
    };
    let keys = ["name", "phone", "email"];
    if !keys.iter().any(|key| fields.has(key)) {
        reader.missing(&mut fields, &keys, "add at least one of them, or leave `contact` out");
    }
    reader.finish(&fields, &[]);
    Some(contact)
}

/// Where the money goes: exactly one of the four ways.
fn pay_to<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<PayTo> {
    let mut fields = reader.fields(node, path);
    let bank = fields.has("registration") || fields.has("account");
    let ways = [
        ("iban", fields.has("iban")),
        ("registration", bank),
        ("fik", fields.has("fik")),
        ("nemkonto", fields.has("nemkonto")),
    ];
    let given: Vec<&'static str> = ways.into_iter().filter(|(_, given)| *given).map(|(way, _)| way).collect();
    let iban = reader.optional(&mut fields, "iban", Reader::string);
    let account = match bank {
        true => {
            let registration = reader.required(&mut fields, "registration", Reader::string);
            let account = reader.required(&mut fields, "account", Reader::string);
            registration.zip(account)
        }
        false => {
            fields.get("registration");
            fields.get("account");
            None
        }
    };
    let creditor = reader.optional(&mut fields, "fik", Reader::string);
    let prefix = if fields.has("fik") { reader.optional(&mut fields, "prefix", Reader::string) } else { None };
    let nemkonto = reader.optional(&mut fields, "nemkonto", yes);
    if given.is_empty() {
        let keys = ways.map(|(way, _)| way);
        reader.missing(&mut fields, &keys, "add `iban`, `registration` and `account`, `fik`, or `nemkonto = true`");
    }
    several_ways(reader, &fields, &given, node);
    reader.finish(&fields, &[("prefix", "`prefix` goes with `fik`: payment ids begin with it")]);
    match given.as_slice() {
        ["iban"] => iban.map(PayTo::Iban),
        ["registration"] => account.map(|(registration, account)| PayTo::Account { registration, account }),
        ["fik"] => creditor.map(|creditor| PayTo::Fik { creditor, prefix: prefix.unwrap_or_default() }),
        ["nemkonto"] => nemkonto.map(|()| PayTo::NemKonto),
        _ => None,
    }
}

fn several_ways(reader: &mut Reader<'_>, fields: &Fields<'_>, given: &[&'static str], node: &Node) {
    if given.len() > 1 {
        let both = hints::listed(given.iter().copied(), "and");
        let message = format!("`pay_to` says both {both}");
        let help = "money goes one way: keep one of them";
        reader.report(Code::KeysTogether, &node.span, &fields.path, &message, help);
    }
}

/// A switch that can only be on.
fn yes<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<()> {
    let on = reader.bool(node, path)?;
    if !on {
        let key = path.rsplit('.').next().unwrap_or(path);
        let help = "leave the key out, and say where the money goes";
        reader.report(Code::UnknownWord, &node.span, path, &format!("`{key}` cannot be `false`"), help);
    }
    on.then_some(())
}
