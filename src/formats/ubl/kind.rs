//! What the two kinds of document call the same things.

use super::element::{Element, text};
use crate::documents::Kind;
use crate::documents::line::Line;

/// The names that UBL gives to an invoice's or a credit note's own parts.
pub(super) struct Names {
    /// The root element, which is also the name of its schema.
    pub root: &'static str,
    /// Its namespace.
    pub namespace: &'static str,
    /// The type code (BT-3): its element and its value in UNTDID 1001.
    pub code: (&'static str, &'static str),
    /// A line (BG-25).
    pub line: &'static str,
    /// The quantity of a line (BT-129).
    quantity: &'static str,
}

const INVOICE: Names = Names {
    root: "Invoice",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    code: ("cbc:InvoiceTypeCode", "380"),
    line: "cac:InvoiceLine",
    quantity: "cbc:InvoicedQuantity",
};

const CREDIT_NOTE: Names = Names {
    root: "CreditNote",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    code: ("cbc:CreditNoteTypeCode", "381"),
    line: "cac:CreditNoteLine",
    quantity: "cbc:CreditedQuantity",
};

impl Names {
    /// Those of a kind.
    pub fn of(kind: Kind) -> &'static Names {
        match kind {
            Kind::Invoice => &INVOICE,
            Kind::CreditNote => &CREDIT_NOTE,
        }
    }

    /// A whole document with these elements in it.
    pub fn document(&self, parts: impl IntoIterator<Item = Element>) -> Element {
        text(self.root, "")
            .with("xmlns", self.namespace)
            .with("xmlns:cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2")
            .with("xmlns:cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2")
            .all(parts)
    }

    /// How much of what (BT-129, BT-130).
    pub fn quantity(&self, line: &Line) -> Element {
        text(self.quantity, line.quantity.normalize()).with("unitCode", line.unit.code())
    }
}
