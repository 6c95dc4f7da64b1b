//! How a charge is taxed (rule 11.4). A tax adviser decides it and the contract says it; nothing is presumed.

use rust_decimal::Decimal;

/// The VAT treatment of a charge.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Vat {
    /// Taxed at so many percent (category S).
    Standard {
        /// The rate, such as 25.
        percent: Decimal,
    },
    /// Exempt from tax (category E).
    Exempt {
        /// The provision that exempts it, in words (BT-120).
        reason: String,
        /// The same as a code of the VATEX list (BT-121).
        code: Option<String>,
    },
    /// Outside the scope of the tax (category O). It shares a document with no other treatment (rule 11.1).
    OutsideScope {
        /// Why, in words (BT-120).
        reason: String,
    },
}

impl Vat {
    /// The category's code in EN 16931 (BT-118).
    #[must_use]
    pub fn category(&self) -> &'static str {
        match self {
            Vat::Standard { .. } => "S",
            Vat::Exempt { .. } => "E",
            Vat::OutsideScope { .. } => "O",
        }
    }

    /// The rate in percent; 0 where nothing is taxed.
    #[must_use]
    pub fn percent(&self) -> Decimal {
        match self {
            Vat::Standard { percent } => percent.normalize(),
            Vat::Exempt { .. } | Vat::OutsideScope { .. } => Decimal::ZERO,
        }
    }
}
