//! What a document refers to, said alike in both formats.

use super::element::{Element, group, optional, text};
use crate::documents::line::Line;
use crate::documents::{Document, Reference};
use crate::measure::day::Span;

/// The settlement period (BG-14), the order (BT-13), the documents corrected (BG-3, one element each: UBL-SR-06), and the
/// contract (BT-12).
pub(super) fn references(document: &Document) -> impl Iterator<Item = Element> + '_ {
    let order = optional("cbc:ID", document.order.as_deref()).map(|id| group("cac:OrderReference", [id]));
    let contract = group("cac:ContractDocumentReference", [text("cbc:ID", &document.contract)]);
    [period(document.period)].into_iter().chain(order).chain(document.corrects.iter().map(billing)).chain([contract])
}

/// An earlier document (BT-25, BT-26).
fn billing(earlier: &Reference) -> Element {
    let named = [text("cbc:ID", &earlier.number), text("cbc:IssueDate", earlier.issued)];
    group("cac:BillingReference", [group("cac:InvoiceDocumentReference", named)])
}

fn period(days: Span) -> Element {
    group("cac:InvoicePeriod", [text("cbc:StartDate", days.first), text("cbc:EndDate", days.last)])
}

/// The days in which a line was earned (BG-26). Only where they lie within the document's period may they be said
/// (PEPPOL-EN16931-R110, R111).
pub(super) fn earned(document: &Document, line: &Line) -> Option<Element> {
    line.earned.filter(|days| document.period.overlap(*days) == Some(*days)).map(period)
}

/// The company or participant of a line, as the object it is invoiced for (BT-128; type 130: PEPPOL-EN16931-R101). `-` is none.
pub(super) fn object(line: &Line) -> Option<Element> {
    let id = optional("cbc:ID", line.of.as_deref().filter(|of| *of != "-"))?;
    Some(group("cac:DocumentReference", [id, text("cbc:DocumentTypeCode", 130)]))
}
