//! `open-items.csv`: what is open on each document as of a day.

use super::table;
use crate::documents::document::Kind;
use crate::documents::open_item::OpenItem;
use crate::measure::day::Day;
use crate::measure::money::{Currency, Total};

/// The header.
pub const OPEN_ITEMS: [&str; 15] = [
    "contract",
    "document",
    "kind",
    "payer",
    "issued_on",
    "due_on",
    "currency",
    "payable",
    "paid",
    "open",
    "as_of",
    "overdue_days",
    "interest",
    "compensation",
    "state",
];

/// Writes the items of some contracts, each with its currency, in their order. `interest` is empty where the contract works out
/// none or a reference rate is not known; `state` is `open`, `overdue`, `settled` or `overpaid`.
#[must_use]
pub fn write<'a>(contracts: impl IntoIterator<Item = (Currency, &'a [OpenItem])>, as_of: Day) -> String {
    let items = contracts.into_iter().flat_map(|(currency, items)| items.iter().map(move |item| (currency, item)));
    table::text(&OPEN_ITEMS, items.map(|(currency, item)| row(item, currency, as_of)))
}

fn row(item: &OpenItem, currency: Currency, as_of: Day) -> [String; 15] {
    let show = |total: Total| total.display(currency).to_string();
    let document = &item.document;
    let kind = match document.kind {
        Kind::Invoice => "invoice",
        Kind::CreditNote => "credit-note",
    };
    let interest = item.late.as_ref().and_then(|late| late.interest.ok());
    [
        document.contract.to_string(),
        document.number.clone(),
        kind.to_owned(),
        document.payer.to_string(),
        document.issued.to_string(),
        document.due.to_string(),
        currency.code().to_owned(),
        show(item.payable),
        show(item.paid),
        show(item.open),
        as_of.to_string(),
        item.overdue_days.to_string(),
        interest.map(show).unwrap_or_default(),
        item.late.as_ref().map(|late| show(late.compensation)).unwrap_or_default(),
        state(item).to_owned(),
    ]
}

fn state(item: &OpenItem) -> &'static str {
    match item {
        _ if item.overpaid().minor() > 0 => "overpaid",
        _ if item.open.minor() == 0 => "settled",
        _ if item.overdue_days > 0 => "overdue",
        _ => "open",
    }
}
