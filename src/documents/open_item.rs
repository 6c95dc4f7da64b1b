//! What is open on each document: payable, paid, how long overdue, and what late payment costs so far.
//!
//! Every document is an item of its own. A credit note is open with what it gives back, below zero, until a refund of it is
//! reported; it reduces what a payer owes in all, not what is open on the invoice that it corrects, because only the parties can
//! say which claim they set it off against. They say it with two payments ([`Payment`](super::payment::Payment)).

use super::document::Kind;
use super::interest::{self, Part, UnknownRate};
use super::issued::Issued;
use super::payment::Paid;
use crate::contract::Contract;
use crate::measure::day::Day;
use crate::measure::money::Total;

/// A document as of a day. Amounts are signed as in the settlement; those of a credit note are below zero.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenItem {
    /// The document.
    pub document: Issued,
    /// What is to be paid.
    pub payable: Total,
    /// What was paid by then.
    pub paid: Total,
    /// What is left; it goes against the document where too much was paid.
    pub open: Total,
    /// Days from the due date to the as-of day, of an invoice on which something is left.
    pub overdue_days: i64,
    /// What late payment of an invoice costs, up to the payment of each part or else the as-of day; `None` where the contract
    /// works out no interest.
    pub late: Option<Late>,
}

/// What late payment costs by the Interest Act. It is no part of what is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Late {
    /// The interest so far, rounded once.
    pub interest: Result<Total, UnknownRate>,
    /// The compensation, if any part was paid late or is overdue.
    pub compensation: Total,
}

impl OpenItem {
    /// How much too much was paid.
    #[must_use]
    pub fn overpaid(&self) -> Total {
        let left = self.open.minor() * sign(&self.document);
        Total::from_minor(-left.min(0))
    }
}

/// The open items of a contract's documents, in their order. Payments are those known on the as-of day
/// ([`known`](super::payment::known)); one that names another document is passed over here, and reported elsewhere.
#[must_use]
pub fn open_items(contract: &Contract, documents: &[Issued], payments: &[Paid], as_of: Day) -> Vec<OpenItem> {
    documents.iter().map(|document| open_item(contract, document, payments, as_of)).collect()
}

fn open_item(contract: &Contract, document: &Issued, payments: &[Paid], as_of: Day) -> OpenItem {
    let own = payments.iter().filter(|paid| paid.payment.document.as_str() == document.number);
    let mut own: Vec<&Paid> = own.filter(|paid| paid.payment.paid_on <= as_of).collect();
    own.sort_by_key(|paid| (paid.payment.paid_on, &paid.id));
    let payable = document.payable();
    let received: Total = own.iter().map(|paid| paid.payment.amount).sum();
    let paid = Total::from_minor(received.minor() * sign(document));
    let open = Total::from_minor(payable.minor() - paid.minor());
    let overdue = document.kind == Kind::Invoice && open.minor() > 0;
    OpenItem {
        document: document.clone(),
        payable,
        paid,
        open,
        overdue_days: if overdue { as_of.days_since(document.due).max(0) } else { 0 },
        late: late(contract, document, &own, as_of),
    }
}

/// What late payment of an invoice costs. Payments beyond what is payable bear no interest.
fn late(contract: &Contract, document: &Issued, payments: &[&Paid], as_of: Day) -> Option<Late> {
    let count = contract.invoicing.as_ref()?.interest?;
    let mut left = if document.kind == Kind::Invoice { document.payable().minor() } else { 0 };
    let mut parts = Vec::new();
    for paid in payments {
        let amount = i128::from(paid.payment.amount.minor()).min(left);
        parts.push(Part { amount: Total::from_minor(amount), until: paid.payment.paid_on });
        left -= amount;
    }
    parts.push(Part { amount: Total::from_minor(left), until: as_of });
    parts.retain(|part| part.amount.minor() > 0 && part.until > document.due);
    let compensation = match parts.is_empty() {
        true => Total::default(),
        false => interest::compensation(document.due, contract.currency),
    };
    Some(Late { interest: interest::interest(document.due, &parts, count), compensation })
}

/// Whether money paid on a document comes in or goes out.
fn sign(document: &Issued) -> i128 {
    match document.kind {
        Kind::Invoice => 1,
        Kind::CreditNote => -1,
    }
}
