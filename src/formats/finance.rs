//! `finance.csv`: documents for a payer's finance system, one row for each charge of a document and one for its VAT. Amounts are
//! the payer's: a cost is above zero, what it gets back below. The rows of a document sum to what is payable.

use super::table;
use crate::contract::invoicing::Language;
use crate::contract::{Calendar, Contract};
use crate::documents::document::Kind;
use crate::documents::issued::{Issued, IssuedLine};
use crate::documents::words;
use crate::measure::day::Span;
use crate::measure::grid::Every;
use crate::measure::money::Total;

/// The header.
pub const FINANCE: [&str; 16] = [
    "account",
    "amount",
    "currency",
    "text",
    "period",
    "document",
    "kind",
    "issued_on",
    "due_on",
    "payer",
    "contract",
    "settlement",
    "row",
    "charge",
    "vat",
    "corrects",
];

/// Writes contracts' documents, in their order. `account` is the payer's account string, `row` is `charge` or `vat`, `vat` the
/// category.
#[must_use]
pub fn write<'a>(books: impl IntoIterator<Item = (&'a Contract, &'a [Issued])>) -> String {
    let documents = books.into_iter().flat_map(|(contract, all)| all.iter().map(move |document| (contract, document)));
    let rows = documents.flat_map(|(contract, document)| {
        let tax = (document.tax.minor() != 0).then(|| row(contract, document, None, document.tax));
        document.lines.iter().map(move |line| row(contract, document, Some(line), line.net)).chain(tax)
    });
    table::text(&FINANCE, rows)
}

/// The row of a line, or of the tax.
fn row(contract: &Contract, document: &Issued, line: Option<&IssuedLine>, amount: Total) -> [String; 16] {
    let payer = contract.payers.iter().find(|payer| payer.id == document.payer);
    let language = contract.invoicing.as_ref().map_or(Language::Danish, |terms| terms.language);
    let period = Calendar::new(contract).find(|period| period.number == document.settlement);
    let kind = match document.kind {
        Kind::Invoice => "invoice",
        Kind::CreditNote => "credit-note",
    };
    [
        payer.and_then(|payer| payer.account.clone()).unwrap_or_default(),
        amount.display(contract.currency).to_string(),
        contract.currency.code().to_owned(),
        line.map_or_else(|| words::tax(language), |line| text(contract, line, language)),
        period.map(|period| name(contract.settlement.every, period.days)).unwrap_or_default(),
        document.number.clone(),
        kind.to_owned(),
        document.issued.to_string(),
        document.due.to_string(),
        document.payer.to_string(),
        contract.id.to_string(),
        document.settlement.to_string(),
        if line.is_some() { "charge" } else { "vat" }.to_owned(),
        line.map(|line| line.charge.clone()).unwrap_or_default(),
        line.map_or_else(|| "S".to_owned(), |line| line.vat.clone()),
        line.map(|line| line.corrects.join(" ")).unwrap_or_default(),
    ]
}

/// What the document calls the charge.
fn text(contract: &Contract, line: &IssuedLine, language: Language) -> String {
    let charge = contract.charges.iter().find(|charge| charge.id.as_str() == line.charge);
    let name = charge.and_then(|charge| charge.text.as_deref()).unwrap_or(&line.charge);
    if line.correction { words::correction(language, name) } else { name.to_owned() }
}

/// The calendar's name of a settlement period, also of a short one: `2018-02`, `2018-Q1`, `2018-H1`, `2018`.
fn name(every: Every, days: Span) -> String {
    let (year, month) = (days.last.year(), days.last.month_number().rem_euclid(12));
    match every {
        Every::Month => format!("{year}-{:02}", month + 1),
        Every::Quarter => format!("{year}-Q{}", month / 3 + 1),
        Every::HalfYear => format!("{year}-H{}", month / 6 + 1),
        Every::Year => year.to_string(),
    }
}
