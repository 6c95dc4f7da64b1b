//! From a settlement's postings to documents: rule 11 from end to end.

use super::document::{Document, Item, Kind, Party, Reference};
use super::lines::{self, Entry};
use super::posted::Posted;
use super::register::{Change, Register, place};
use super::{due, tax};
use crate::charge::vat::Vat;
use crate::contract::invoicing::{Corrections, Invoicing};
use crate::contract::party::{Address, Payee, Payer};
use crate::contract::{Contract, SettlementPeriod};
use crate::measure::money::Total;

/// Why there are no documents. The contract's own check reports all but the last two ([`check`](crate::contract::check)).
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoDocument {
    /// The contract does not say how it is invoiced.
    #[error("the contract has no `[invoicing]`")]
    NoTerms,
    /// A party is not described.
    #[error("the contract does not say all that documents need of `{0}`")]
    Party(String),
    /// Nothing says how a charge is taxed.
    #[error("the contract does not say how the charge `{0}` is taxed")]
    Untaxed(String),
    /// A payer who had documents is gone.
    #[error("`{0}` has had documents and is no longer a payer: keep it, with a share of \"0\" if need be")]
    PayerGone(String),
}

/// Makes the documents of a settlement and notes them in the register: one for each payer (and for each VAT treatment that may
/// not share one), none without postings (rule 11.1).
///
/// # Errors
/// What the contract does not say. The register should then not be gone on with.
pub fn issue(
    contract: &Contract,
    register: &mut Register,
    period: SettlementPeriod,
    postings: Vec<Posted>,
) -> Result<Vec<Document>, NoDocument> {
    let terms = contract.invoicing.as_ref().ok_or(NoDocument::NoTerms)?;
    let seller = contract.payee.as_ref().and_then(seller).ok_or_else(|| NoDocument::Party("payee".to_owned()))?;
    let buyers: Vec<(&Payer, Party)> = contract
        .payers
        .iter()
        .map(|payer| buyer(payer).map(|party| (payer, party)).ok_or_else(|| NoDocument::Party(payer.id.to_string())))
        .collect::<Result<_, _>>()?;
    let today: Vec<&str> = contract.payers.iter().map(|payer| payer.id.as_str()).collect();
    if let Some(gone) = register.payers_gone(&today).next() {
        return Err(NoDocument::PayerGone(gone.to_owned()));
    }
    for posted in &postings {
        vat(contract, terms, &posted.key.charge)?;
    }
    let mut changes = register.divide(contract, postings);
    // Keys of which only the shares have changed take their place among the postings (rule 9.2).
    if changes.iter().any(|change| change.posted.amount.is_zero()) {
        changes.sort_by(|a, b| {
            let (a, b) = (&a.posted, &b.posted);
            place(contract, &a.key, a.earned_on).cmp(&place(contract, &b.key, b.earned_on))
        });
    }
    let mut documents = Vec::new();
    for (nth, (payer, party)) in buyers.iter().enumerate() {
        let own: Vec<&Change> = changes.iter().filter(|change| change.payer == nth).collect();
        for group in groups(contract, terms, own)? {
            let place = register.issued.len();
            let number = format!("{}{:04}", terms.series, place + 1);
            let head = Head { contract, terms, period, payer, seller: &seller, buyer: party, number };
            let document = head.document(&group, register);
            register.note(Reference { number: document.number.clone(), issued: document.issued }, period.number);
            group.iter().for_each(|(change, _)| register.stands_on(change, payer.id.as_str(), place));
            documents.push(document);
        }
    }
    Ok(documents)
}

/// A change and how it is taxed.
type Taxed<'c> = (&'c Change, &'c Vat);

/// How a charge is taxed: as it says itself, or as the contract says for all.
fn vat<'c>(contract: &'c Contract, terms: &'c Invoicing, charge: &str) -> Result<&'c Vat, NoDocument> {
    let own = contract.charges.iter().find(|known| known.id.as_str() == charge).and_then(|known| known.vat.as_ref());
    own.or(terms.vat.as_ref()).ok_or_else(|| NoDocument::Untaxed(charge.to_owned()))
}

/// What stands on one document each: earnings apart from corrections where the contract wants it, and what is outside the
/// scope of VAT apart from all else (rule 11.1).
fn groups<'c>(
    contract: &'c Contract,
    terms: &'c Invoicing,
    changes: Vec<&'c Change>,
) -> Result<Vec<Vec<Taxed<'c>>>, NoDocument> {
    let mut groups: [Vec<Taxed<'c>>; 4] = Default::default();
    for change in changes {
        let vat = vat(contract, terms, &change.posted.key.charge)?;
        let apart = terms.corrections == Corrections::OwnDocuments && change.posted.correction;
        let outside = matches!(vat, Vat::OutsideScope { .. });
        let [earned, earned_outside, corrected, corrected_outside] = &mut groups;
        let group = match (apart, outside) {
            (false, false) => earned,
            (false, true) => earned_outside,
            (true, false) => corrected,
            (true, true) => corrected_outside,
        };
        group.push((change, vat));
    }
    Ok(groups.into_iter().filter(|group| !group.is_empty()).collect())
}

/// What is known of a document before it is added up.
struct Head<'c> {
    contract: &'c Contract,
    terms: &'c Invoicing,
    period: SettlementPeriod,
    payer: &'c Payer,
    seller: &'c Party,
    buyer: &'c Party,
    number: String,
}

impl Head<'_> {
    fn document(&self, group: &[Taxed<'_>], register: &Register) -> Document {
        let (contract, terms) = (self.contract, self.terms);
        // Signed as the settlement has it: below nothing it is a credit note (rule 11.1).
        let signed = tax::by_treatment(group.iter().map(|(change, vat)| (*vat, Total::from(change.amount))));
        let sum: i128 = signed.iter().map(|sum| sum.base.minor() + sum.tax.minor()).sum();
        let kind = if sum < 0 { Kind::CreditNote } else { Kind::Invoice };
        let entries: Vec<Entry<'_>> = group.iter().map(|(change, vat)| Entry { change, vat }).collect();
        let drawn = lines::draw(contract, terms, kind, self.period.days, &entries, register);
        let turned = |total: Total| if kind == Kind::CreditNote { Total::from_minor(-total.minor()) } else { total };
        let vat: Vec<_> = signed
            .into_iter()
            .map(|sum| super::line::VatSum { base: turned(sum.base), tax: turned(sum.tax), ..sum })
            .collect();
        let add = |sums: &mut dyn Iterator<Item = Total>| sums.fold(Total::default(), |sum, part| sum + part);
        let (net, tax) = (add(&mut vat.iter().map(|sum| sum.base)), add(&mut vat.iter().map(|sum| sum.tax)));
        Document {
            kind,
            number: self.number.clone(),
            contract: contract.id.clone(),
            title: contract.title.clone(),
            settlement: self.period.number,
            issued: self.period.cut_off,
            due: due::due(self.period.cut_off, contract.settlement.payment_days, terms.due),
            currency: contract.currency,
            language: terms.language,
            period: self.period.days,
            corrects: references(register, group),
            payer: self.payer.id.clone(),
            seller: self.seller.clone(),
            buyer: self.buyer.clone(),
            buyer_reference: self.payer.reference.clone(),
            order: self.payer.order.clone(),
            account: self.payer.account.clone(),
            // What is given back goes to the payer; the payee's account would say the opposite.
            pay_to: contract.payee.as_ref().and_then(|payee| payee.pay_to.clone()).filter(|_| kind == Kind::Invoice),
            items: entries.iter().zip(&drawn.line_of).map(|(entry, line)| item(entry, *line, register)).collect(),
            lines: drawn.lines,
            allowances: drawn.allowances,
            vat,
            net,
            tax,
            payable: net + tax,
        }
    }
}

/// The documents on which what is corrected stood before, in the order of their numbers (rule 11.3).
fn references(register: &Register, group: &[Taxed<'_>]) -> Vec<Reference> {
    let mut places: Vec<usize> = group.iter().flat_map(|(change, _)| change.documents.iter().copied()).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|place| register.issued.get(place).cloned()).collect()
}

fn item(entry: &Entry<'_>, line: u32, register: &Register) -> Item {
    let Change { posted, amount, cut, documents, .. } = entry.change;
    let by = posted.cut.as_ref().filter(|_| !posted.correction && !cut.is_zero());
    Item {
        line,
        charge: posted.key.charge.clone(),
        subject: posted.key.subject.clone(),
        unit: posted.key.unit.clone(),
        correction: posted.correction,
        earned_on: posted.earned_on,
        quantity: posted.quantity,
        rate: posted.rate,
        company: posted.company.clone(),
        posted: posted.amount,
        amount: *amount,
        cut: by.map(|(_, limit)| (*cut, limit.clone())),
        vat: entry.vat.category(),
        corrects: documents.iter().filter_map(|place| register.issued.get(*place)).map(|of| of.number.clone()).collect(),
    }
}

/// The payee as documents name it.
fn seller(payee: &Payee) -> Option<Party> {
    Some(Party {
        name: payee.name.clone()?,
        cvr: payee.cvr.clone()?,
        gln: payee.gln.clone(),
        address: payee.address.clone()?,
        contact: payee.contact.clone(),
    })
}

/// A payer as documents name it.
fn buyer(payer: &Payer) -> Option<Party> {
    let address: Address = payer.address.clone()?;
    Some(Party {
        name: payer.name.clone()?,
        cvr: payer.cvr.clone()?,
        gln: Some(payer.gln.clone()?),
        address,
        contact: payer.contact.clone(),
    })
}
