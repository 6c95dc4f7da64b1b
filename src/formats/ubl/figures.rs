//! Amounts and prices as UBL writes them, and the sums of a document.

use super::element::{Element, group, text};
use super::unwritable::Unwritable;
use crate::documents::Document;
use crate::measure::money::{Currency, Shown, Total};
use rust_decimal::Decimal;

/// The decimals of every amount: no more are allowed (BR-DEC-09 and its neighbours), and OIOUBL wants all (F-LIB014).
const DECIMALS: u32 = 2;

/// Writes amounts in one currency.
#[derive(Clone, Copy)]
pub(super) struct Figures(Currency);

impl Figures {
    /// In that currency.
    ///
    /// # Errors
    /// It has more than two decimals.
    pub fn of(currency: Currency) -> Result<Figures, Unwritable> {
        if currency.decimals() > DECIMALS { Err(Unwritable::Decimals(currency)) } else { Ok(Figures(currency)) }
    }

    /// An amount, with two decimals.
    pub fn amount(self, name: &'static str, amount: Total) -> Element {
        let cents = 10_i128.saturating_pow(DECIMALS.saturating_sub(self.0.decimals()));
        let shown = Shown::new(amount.minor().saturating_mul(cents), DECIMALS);
        text(name, shown).with("currencyID", self.0.code())
    }

    /// The price of one (BT-146), with two decimals or as many more as it has.
    pub fn price(self, price: Decimal) -> Element {
        let mut price = price.normalize();
        price.rescale(price.scale().max(DECIMALS));
        text("cbc:PriceAmount", price).with("currencyID", self.0.code())
    }

    /// The sums of a document (BG-22). What UBL calls `TaxExclusiveAmount` is not the same in both formats.
    pub fn totals(self, document: &Document, tax_exclusive: Total) -> Element {
        let lines = document.lines.iter().fold(Total::default(), |sum, line| sum + line.net);
        let cut = document.allowances.iter().fold(Total::default(), |sum, allowance| sum + allowance.amount);
        let parts = group(
            "cac:LegalMonetaryTotal",
            [
                self.amount("cbc:LineExtensionAmount", lines),
                self.amount("cbc:TaxExclusiveAmount", tax_exclusive),
                self.amount("cbc:TaxInclusiveAmount", document.net + document.tax),
            ],
        );
        let cut = (!document.allowances.is_empty()).then(|| self.amount("cbc:AllowanceTotalAmount", cut));
        parts.all(cut).and(self.amount("cbc:PayableAmount", document.payable))
    }
}
