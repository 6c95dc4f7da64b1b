//! What is odd about payments, once the documents are known (rule 12.2).

use crate::contract::Contract;
use crate::documents::open_item::OpenItem;
use crate::documents::payment::{Paid, Payment};
use crate::facts::Fact;
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use std::collections::{BTreeMap, BTreeSet};

/// Payments of documents that were not issued, documents on which more was paid than they ask for, and interest that cannot be
/// worked out; all of them warnings, for no amount of a settlement rests on a payment. `items` are those of all the contract's
/// documents, `payments` those known on the same day. A number that none of its documents can have was told when it was read.
#[must_use]
pub fn payments(contract: &Contract, items: &[OpenItem], payments: &[Paid]) -> Vec<Diagnostic> {
    let issued: BTreeSet<&str> = items.iter().map(|item| item.document.number.as_str()).collect();
    let can_number = |number: &str| contract.invoicing.as_ref().is_some_and(|terms| terms.can_number(number));
    let unknown = payments.iter().filter(|paid| {
        let number = paid.payment.document.as_str();
        !issued.contains(number) && can_number(number)
    });
    let mut found: Vec<Diagnostic> = unknown.map(|paid| not_issued(paid, items.last())).collect();
    found.extend(items.iter().filter_map(|item| overpaid(contract, item, payments)));
    found.extend(unknown_rates(items));
    let mut found: Vec<Diagnostic> = found.into_iter().map(|diagnostic| diagnostic.of(&contract.id)).collect();
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    found
}

/// The row of a payment, or one field of it.
fn place(paid: &Paid, field: &str) -> Place {
    let line = (paid.line > 0).then_some(paid.line);
    Place { line, field: Some(field.to_owned()), ..Place::file(Payment::FILE) }
}

fn not_issued(paid: &Paid, last: Option<&OpenItem>) -> Diagnostic {
    let message = format!("payment `{}` is of `{}`, which was not issued", paid.id, paid.payment.document);
    let help = match last {
        Some(last) => {
            let last = &last.document.number;
            format!("the contract's last document is `{last}`: correct the number, or withdraw the row")
        }
        None => "the contract has no documents yet: withdraw the row".to_owned(),
    };
    Diagnostic::new(Code::UnknownDocument, place(paid, "document"), message).help(help)
}

/// Told at the last payment of the document.
fn overpaid(contract: &Contract, item: &OpenItem, payments: &[Paid]) -> Option<Diagnostic> {
    let number = item.document.number.as_str();
    let last = payments.iter().rev().find(|paid| paid.payment.document == *number)?;
    let (too_much, currency) = (item.overpaid(), contract.currency);
    if too_much.minor() == 0 {
        return None;
    }
    let message = format!(
        "`{number}` asks for {} {}, and {} too much was paid",
        item.payable.display(currency),
        currency.code(),
        too_much.display(currency)
    );
    let help = "pay it back, or name the document that it was meant for in a row of its own";
    Some(Diagnostic::new(Code::Overpaid, place(last, "amount"), message).help(help))
}

/// One warning for each half-year whose rate is missing.
fn unknown_rates(items: &[OpenItem]) -> Vec<Diagnostic> {
    let mut missing = BTreeMap::new();
    for item in items {
        if let Some(Err(unknown)) = item.late.as_ref().map(|late| late.interest) {
            missing.entry(unknown).or_insert_with(Vec::new).push(item.document.number.as_str());
        }
    }
    let told = |(unknown, numbers): (crate::documents::interest::UnknownRate, Vec<&str>)| {
        let message = format!("{unknown}: the interest on {} is not worked out", numbers.join(", "));
        let help = "ask as of a day before that half-year, or work it out by hand when the rate is published";
        Diagnostic::new(Code::UnknownRate, Place::file(Payment::FILE), message).help(help)
    };
    missing.into_iter().map(told).collect()
}
