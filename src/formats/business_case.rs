//! `business-case.csv`: what was saved against what was paid, quarter by quarter (saving 6).

use crate::contract::Contract;
use crate::measure::money::Total;
use crate::statement::business_case::BusinessCase;

/// The header of `business-case.csv`.
pub const BUSINESS_CASE: [&str; 8] =
    ["contract", "quarter", "weeks", "saving", "cumulative_saving", "payment", "cumulative_payment", "balance"];

/// The rows of a contract, in the order of the quarters.
#[must_use]
pub fn rows(contract: &Contract, case: &BusinessCase) -> Vec<[String; 8]> {
    let shown = |amount: Total| amount.display(contract.currency).to_string();
    let maybe = |amount: Option<Total>| amount.map(shown).unwrap_or_default();
    let row = |(quarter, before): (&crate::statement::business_case::Quarter, _)| {
        [
            contract.id.to_string(),
            quarter.quarter.to_string(),
            quarter.weeks.to_string(),
            maybe(quarter.saving(before)),
            maybe(quarter.saved),
            shown(quarter.payment(before)),
            shown(quarter.paid),
            maybe(quarter.balance()),
        ]
    };
    case.pairs().map(row).collect()
}

/// The file: no field of it needs quotes.
#[must_use]
pub fn file(rows: &[[String; 8]]) -> String {
    let lines = std::iter::once(BUSINESS_CASE.join(",")).chain(rows.iter().map(|row| row.join(",")));
    lines.map(|line| line + "\n").collect()
}
