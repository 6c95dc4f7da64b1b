//! Peppol BIS Billing 3.0, with the rules for Danish parties.

use super::element::{Element, group, optional, text};
use super::figures::Figures;
use super::kind::Names;
use super::references::{earned, object, references};
use super::unwritable::Unwritable;
use super::{payment, vat};
use crate::charge::vat::Vat;
use crate::contract::party::{Contact, PayTo};
use crate::documents::line::{Allowance, Line};
use crate::documents::{Attachment, Document, Kind, Party};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A document and the files that go with it, as Peppol BIS Billing 3.0 (release 3.0.21): an invoice (type 380) or a credit note
/// (381) whose elements stand in the order of the UBL 2.1 schema.
///
/// # Errors
/// [`Unwritable`] says what the format cannot hold.
pub fn peppol(document: &Document, attachments: &[Attachment]) -> Result<String, Unwritable> {
    let figures = Figures::of(document.currency)?;
    if document.buyer_reference.is_none() && document.order.is_none() {
        return Err(Unwritable::Reference);
    }
    let names = Names::of(document.kind);
    let taxed = !document.vat.iter().any(|sum| matches!(sum.vat, Vat::OutsideScope { .. }));
    let seller_vat = taxed.then(|| vat_number(&document.seller));
    let parts = head(document, names)
        .chain(references(document))
        .chain(attachments.iter().map(attachment))
        .chain([
            group("cac:AccountingSupplierParty", [party(&document.seller, seller_vat)]),
            group("cac:AccountingCustomerParty", [party(&document.buyer, None)]),
        ])
        .chain(payment_means(document)?)
        .chain(document.allowances.iter().map(|cut| allowance(figures, cut)))
        .chain([tax_total(figures, document), figures.totals(document, document.net)])
        .chain(document.lines.iter().map(|line| self::line(figures, names, document, line)));
    names.document(parts).document()
}

/// What stands before the references. A credit note has its day of payment elsewhere.
fn head<'a>(document: &'a Document, names: &'static Names) -> impl Iterator<Item = Element> + 'a {
    let due = (document.kind == Kind::Invoice).then(|| text("cbc:DueDate", document.due));
    let (code, kind) = names.code;
    [
        text("cbc:CustomizationID", "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"),
        text("cbc:ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
        text("cbc:ID", &document.number),
        text("cbc:IssueDate", document.issued),
    ]
    .into_iter()
    .chain(due)
    .chain([text(code, kind)])
    .chain(optional("cbc:Note", document.title.as_deref()))
    .chain([text("cbc:DocumentCurrencyCode", document.currency.code())])
    .chain(optional("cbc:AccountingCost", document.account.as_deref()))
    .chain(optional("cbc:BuyerReference", document.buyer_reference.as_deref()))
}

/// A file (BG-24). Its `ID` has no scheme, which would make it a case number (UBL-SR-43).
fn attachment(file: &Attachment) -> Element {
    let bytes = text("cbc:EmbeddedDocumentBinaryObject", STANDARD.encode(&file.bytes))
        .with("mimeCode", file.mime)
        .with("filename", &file.name);
    group("cac:AdditionalDocumentReference", [text("cbc:ID", &file.name)])
        .all(optional("cbc:DocumentDescription", Some(&file.description)))
        .and(group("cac:Attachment", [bytes]))
}

/// Seller or buyer (BG-4, BG-7). Its electronic address is its GLN, or else its registration number.
fn party(party: &Party, vat_number: Option<Element>) -> Element {
    let endpoint = match &party.gln {
        Some(gln) => text("cbc:EndpointID", gln).with("schemeID", "0088"),
        None => text("cbc:EndpointID", &party.cvr).with("schemeID", "0184"),
    };
    let address = group(
        "cac:PostalAddress",
        [
            text("cbc:StreetName", &party.address.street),
            text("cbc:CityName", &party.address.city),
            text("cbc:PostalZone", &party.address.postcode),
            group("cac:Country", [text("cbc:IdentificationCode", "DK")]),
        ],
    );
    let registered = group(
        "cac:PartyLegalEntity",
        [text("cbc:RegistrationName", &party.name), text("cbc:CompanyID", &party.cvr).with("schemeID", "0184")],
    );
    let named = group("cac:PartyName", [text("cbc:Name", &party.name)]);
    let whole = group("cac:Party", [endpoint, named, address]).all(vat_number).and(registered);
    whole.all(party.contact.as_ref().and_then(contact))
}

/// The number under which the seller is registered for VAT (BT-31): its registration number, with `DK` before it. Needed for S
/// and E (BR-S-02, BR-E-02), forbidden for O (BR-O-02). That of the buyer (BT-48) is not known and never needed.
fn vat_number(party: &Party) -> Element {
    let number = text("cbc:CompanyID", format_args!("DK{}", party.cvr));
    group("cac:PartyTaxScheme", [number, tax_scheme()])
}

/// Whom to ask (BG-6, BG-9).
fn contact(contact: &Contact) -> Option<Element> {
    let parts: Vec<Element> = [
        optional("cbc:Name", contact.name.as_deref()),
        optional("cbc:Telephone", contact.phone.as_deref()),
        optional("cbc:ElectronicMail", contact.email.as_deref()),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| group("cac:Contact", parts))
}

/// Where the money goes (BG-16), and on a credit note when (BT-9). The remittance information (BT-83) is the document's number,
/// or the payment id of the slip (DK-R-010).
fn payment_means(document: &Document) -> Result<Option<Element>, Unwritable> {
    let due = (document.kind == Kind::CreditNote).then(|| text("cbc:PaymentDueDate", document.due));
    let Some(pay_to) = &document.pay_to else {
        let unsaid = |due| group("cac:PaymentMeans", [text("cbc:PaymentMeansCode", payment::NOT_SAID), due]);
        return Ok(due.map(unsaid));
    };
    let means = group("cac:PaymentMeans", [text("cbc:PaymentMeansCode", payment::code(pay_to))]).all(due);
    let account = |id: &str| group("cac:PayeeFinancialAccount", [text("cbc:ID", id)]);
    Ok(Some(match pay_to {
        PayTo::Iban(iban) => means.and(text("cbc:PaymentID", &document.number)).and(account(iban)),
        PayTo::Account { registration, account: number } => {
            let bank = group("cac:FinancialInstitutionBranch", [text("cbc:ID", registration)]);
            means.and(text("cbc:PaymentID", &document.number)).and(account(number).and(bank))
        }
        PayTo::Fik { creditor, prefix } => {
            let id = payment::slip_id(prefix, &document.number)?;
            means.and(text("cbc:PaymentID", format_args!("71#{id}"))).and(account(creditor))
        }
        PayTo::NemKonto => means,
    }))
}

/// What a limit cut (BG-20); reason code 64 of UNTDID 5189, special agreement (BT-98).
fn allowance(figures: Figures, cut: &Allowance) -> Element {
    group(
        "cac:AllowanceCharge",
        [
            text("cbc:ChargeIndicator", false),
            text("cbc:AllowanceChargeReasonCode", 64),
            text("cbc:AllowanceChargeReason", &cut.reason),
            figures.amount("cbc:Amount", cut.amount),
            tax_category("cac:TaxCategory", &cut.vat, []),
        ],
    )
}

/// The tax and its breakdown (BG-23): one sum for each category and rate (BR-S-08, BR-E-01, BR-O-01).
fn tax_total(figures: Figures, document: &Document) -> Element {
    let same = |one: &Vat, other: &Vat| one.category() == other.category() && one.percent() == other.percent();
    let sums = vat::parts(&document.vat, same).into_iter().map(|part| {
        let reason = part.reason();
        let code = optional("cbc:TaxExemptionReasonCode", part.code());
        let why = code.into_iter().chain(optional("cbc:TaxExemptionReason", Some(&reason)));
        group(
            "cac:TaxSubtotal",
            [
                figures.amount("cbc:TaxableAmount", part.base),
                figures.amount("cbc:TaxAmount", part.tax),
                tax_category("cac:TaxCategory", part.vat, why),
            ],
        )
    });
    group("cac:TaxTotal", [figures.amount("cbc:TaxAmount", document.tax)]).all(sums)
}

/// How something is taxed. Outside the scope there is no rate (BR-O-05).
fn tax_category(name: &'static str, vat: &Vat, why: impl IntoIterator<Item = Element>) -> Element {
    let rate = (!matches!(vat, Vat::OutsideScope { .. })).then(|| text("cbc:Percent", vat.percent()));
    group(name, [text("cbc:ID", vat.category())]).all(rate).all(why).and(tax_scheme())
}

fn tax_scheme() -> Element {
    group("cac:TaxScheme", [text("cbc:ID", "VAT")])
}

/// A line (BG-25).
fn line(figures: Figures, names: &Names, document: &Document, line: &Line) -> Element {
    let item = group("cac:Item", optional("cbc:Description", line.description.as_deref()))
        .and(text("cbc:Name", &line.name))
        .and(group("cac:SellersItemIdentification", [text("cbc:ID", &line.charge)]))
        .and(tax_category("cac:ClassifiedTaxCategory", &line.vat, []));
    group(names.line, [text("cbc:ID", line.number)])
        .all(optional("cbc:Note", line.note.as_deref()))
        .and(names.quantity(line))
        .and(figures.amount("cbc:LineExtensionAmount", line.net))
        .all(earned(document, line))
        .all(object(line))
        .and(item)
        .and(group("cac:Price", [figures.price(line.price)]))
}
