//! OIOUBL 2.1, the Danish profile of UBL that is older than EN 16931.
//!
//! It differs from Peppol in its codes and in what sums mean: `TaxExclusiveAmount` is the *tax*; nothing is exempt, so that what
//! is not taxed stands as zero rated with the reason in words; every line says its own tax; the person that the buyer wants named
//! is the `ID` of its contact; a credit note does not say how or when it is paid.

use super::element::{Element, group, optional, text};
use super::figures::Figures;
use super::kind::Names;
use super::references::{earned, object, references};
use super::unwritable::Unwritable;
use super::{payment, vat};
use crate::charge::vat::Vat;
use crate::contract::party::{Contact, PayTo};
use crate::documents::line::{Allowance, Line};
use crate::documents::tax::tax;
use crate::documents::{Attachment, Document, Kind, Party};
use crate::measure::money::Total;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The agency of the Danish code lists.
const AGENCY: &str = "320";
/// The longest text that goes with a payment from account to account (F-LIB129, F-LIB133).
const NOTE: usize = 20;

/// A document and the files that go with it, as OIOUBL 2.1 in the profile of simple billing. The period of a line is an element
/// of UBL 2.1, which is the version that the document names.
///
/// # Errors
/// [`Unwritable`] says what the format cannot hold.
pub fn oioubl(document: &Document, attachments: &[Attachment]) -> Result<String, Unwritable> {
    let figures = Figures::of(document.currency)?;
    if document.buyer_reference.is_none() {
        return Err(Unwritable::Reference);
    }
    let names = Names::of(document.kind);
    let taxed = !document.vat.iter().any(|sum| matches!(sum.vat, Vat::OutsideScope { .. }));
    let seller_contact = document.seller.contact.as_ref().and_then(|asked| contact(None, Some(asked)));
    let buyer_contact = contact(document.buyer_reference.as_deref(), document.buyer.contact.as_ref());
    let payment = if document.kind == Kind::Invoice { payment(figures, document)? } else { Vec::new() };
    let parts = head(document, names)
        .chain(references(document))
        .chain(attachments.iter().map(attachment))
        .chain([
            group("cac:AccountingSupplierParty", [party(&document.seller, taxed, seller_contact)]),
            group("cac:AccountingCustomerParty", [party(&document.buyer, false, buyer_contact)]),
        ])
        .chain(payment)
        .chain(document.allowances.iter().map(|cut| allowance(figures, cut)))
        .chain([tax_total(figures, document)?, figures.totals(document, document.tax)])
        .chain(document.lines.iter().map(|line| self::line(figures, names, document, line)));
    names.document(parts).document()
}

/// A code of one of the Danish lists.
fn coded(element: Element, list: &str) -> Element {
    element.with("listAgencyID", AGENCY).with("listID", format_args!("urn:oioubl:codelist:{list}"))
}

/// A value of one of the Danish schemes.
fn schemed(element: Element, scheme: &str) -> Element {
    element.with("schemeAgencyID", AGENCY).with("schemeID", format_args!("urn:oioubl:id:{scheme}"))
}

/// What stands before the references.
fn head<'a>(document: &'a Document, names: &'static Names) -> impl Iterator<Item = Element> + 'a {
    let (code, kind) = names.code;
    let kind = (document.kind == Kind::Invoice).then(|| coded(text(code, kind), "invoicetypecode-1.1"));
    [
        text("cbc:UBLVersionID", "2.1"),
        text("cbc:CustomizationID", "OIOUBL-2.1"),
        schemed(text("cbc:ProfileID", "Procurement-BilSim-1.0"), "profileid-1.2"),
        text("cbc:ID", &document.number),
        text("cbc:IssueDate", document.issued),
    ]
    .into_iter()
    .chain(kind)
    .chain(optional("cbc:Note", document.title.as_deref()))
    .chain([text("cbc:DocumentCurrencyCode", document.currency.code())])
    .chain(optional("cbc:AccountingCost", document.account.as_deref()))
}

/// A file. What it is stands as its type, which is required (F-LIB092).
fn attachment(file: &Attachment) -> Element {
    let bytes = text("cbc:EmbeddedDocumentBinaryObject", STANDARD.encode(&file.bytes))
        .with("mimeCode", file.mime)
        .with("filename", &file.name);
    let what = if file.description.trim().is_empty() { &file.name } else { &file.description };
    group(
        "cac:AdditionalDocumentReference",
        [text("cbc:ID", &file.name), text("cbc:DocumentType", what), group("cac:Attachment", [bytes])],
    )
}

/// Seller or buyer. Registration numbers have `DK` before them (F-LIB180, F-LIB190); a street and its number stand together,
/// which the lax form of an address allows.
fn party(party: &Party, vat_number: bool, contact: Option<Element>) -> Element {
    let number = format!("DK{}", party.cvr);
    let identify = |name| match &party.gln {
        Some(gln) => text(name, gln).with("schemeAgencyID", "9").with("schemeID", "GLN"),
        None => text(name, &number).with("schemeID", "DK:CVR"),
    };
    let address = group(
        "cac:PostalAddress",
        [
            coded(text("cbc:AddressFormatCode", "StructuredLax"), "addressformatcode-1.1"),
            text("cbc:StreetName", &party.address.street),
            text("cbc:CityName", &party.address.city),
            text("cbc:PostalZone", &party.address.postcode),
            group("cac:Country", [text("cbc:IdentificationCode", "DK")]),
        ],
    );
    let taxed = || {
        let number = text("cbc:CompanyID", &number).with("schemeID", "DK:SE");
        group("cac:PartyTaxScheme", [number, tax_scheme()])
    };
    let registered = group(
        "cac:PartyLegalEntity",
        [text("cbc:RegistrationName", &party.name), text("cbc:CompanyID", &number).with("schemeID", "DK:CVR")],
    );
    let named = group("cac:PartyName", [text("cbc:Name", &party.name)]);
    let parts = [identify("cbc:EndpointID"), group("cac:PartyIdentification", [identify("cbc:ID")]), named, address];
    group("cac:Party", parts).all(vat_number.then(taxed)).and(registered).all(contact)
}

/// Whom to ask; of the buyer the person or unit that it wants named, which is required (F-INV051).
fn contact(reference: Option<&str>, contact: Option<&Contact>) -> Option<Element> {
    let asked = |part: fn(&Contact) -> &Option<String>| contact.and_then(|contact| part(contact).as_deref());
    let parts: Vec<Element> = [
        optional("cbc:ID", reference),
        optional("cbc:Name", asked(|contact| &contact.name)),
        optional("cbc:Telephone", asked(|contact| &contact.phone)),
        optional("cbc:ElectronicMail", asked(|contact| &contact.email)),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| group("cac:Contact", parts))
}

/// How an invoice is paid, when, and that all of it is (F-INV134).
fn payment(figures: Figures, document: &Document) -> Result<Vec<Element>, Unwritable> {
    let code = document.pay_to.as_ref().map_or(payment::NOT_SAID, payment::code);
    let means = group(
        "cac:PaymentMeans",
        [text("cbc:ID", 1), text("cbc:PaymentMeansCode", code), text("cbc:PaymentDueDate", document.due)],
    );
    let channel = |name| coded(text("cbc:PaymentChannelCode", name), "paymentchannelcode-1.1");
    let note = (document.number.chars().count() <= NOTE).then(|| text("cbc:PaymentNote", &document.number));
    let account = |id: &str| group("cac:PayeeFinancialAccount", [text("cbc:ID", id)]).all(note);
    let means = match &document.pay_to {
        None => means,
        Some(PayTo::Iban(iban)) => means.and(channel("IBAN")).and(account(iban)),
        Some(PayTo::Account { registration, account: number }) => {
            let bank = group("cac:FinancialInstitutionBranch", [text("cbc:ID", registration)]);
            means.and(channel("DK:BANK")).and(account(number).and(bank))
        }
        Some(PayTo::Fik { creditor, prefix }) => means
            .and(channel("DK:FIK"))
            .and(text("cbc:InstructionID", payment::slip_id(prefix, &document.number)?))
            .and(text("cbc:PaymentID", 71))
            .and(group("cac:CreditAccount", [text("cbc:AccountID", creditor)])),
        Some(PayTo::NemKonto) => means.and(channel("DK:NEMKONTO")),
    };
    let terms = group(
        "cac:PaymentTerms",
        [text("cbc:ID", 1), text("cbc:PaymentMeansID", 1), figures.amount("cbc:Amount", document.payable)],
    );
    Ok(vec![means, terms])
}

/// What a limit cut.
fn allowance(figures: Figures, cut: &Allowance) -> Element {
    group(
        "cac:AllowanceCharge",
        [
            text("cbc:ChargeIndicator", false),
            text("cbc:AllowanceChargeReason", &cut.reason),
            figures.amount("cbc:Amount", cut.amount),
            tax_category(&cut.vat, None),
        ],
    )
}

/// The tax of the document: one sum that is taxed and one that is not (F-LIB315).
fn tax_total(figures: Figures, document: &Document) -> Result<Element, Unwritable> {
    let taxed = |vat: &Vat| matches!(vat, Vat::Standard { .. });
    let rates = || document.vat.iter().map(|sum| &sum.vat).filter(|vat| taxed(vat)).map(Vat::percent);
    if rates().zip(rates().skip(1)).any(|(one, next)| one != next) {
        return Err(Unwritable::Rates);
    }
    let sums = vat::parts(&document.vat, |one, other| taxed(one) == taxed(other)).into_iter().map(|part| {
        let why = optional("cbc:TaxExemptionReason", Some(&part.reason()));
        tax_subtotal(figures, part.base, part.tax, tax_category(part.vat, why))
    });
    Ok(group("cac:TaxTotal", [figures.amount("cbc:TaxAmount", document.tax)]).all(sums))
}

fn tax_subtotal(figures: Figures, base: Total, tax: Total, category: Element) -> Element {
    let amounts = [figures.amount("cbc:TaxableAmount", base), figures.amount("cbc:TaxAmount", tax)];
    group("cac:TaxSubtotal", amounts).and(category)
}

/// How something is taxed. There is no code for what is exempt or outside the scope of the tax: both are zero rated, and the
/// reason says why.
fn tax_category(vat: &Vat, why: Option<Element>) -> Element {
    let code = if matches!(vat, Vat::Standard { .. }) { "StandardRated" } else { "ZeroRated" };
    let id = schemed(text("cbc:ID", code), "taxcategoryid-1.1");
    group("cac:TaxCategory", [id, text("cbc:Percent", vat.percent())]).all(why).and(tax_scheme())
}

/// Danish VAT.
fn tax_scheme() -> Element {
    group("cac:TaxScheme", [schemed(text("cbc:ID", 63), "taxschemeid-1.1"), text("cbc:Name", "Moms")])
}

/// A line, with its own tax (F-INV138). What is owed is the tax on the sum (rule 11.4), from which those of the lines together may
/// differ by some øre.
fn line(figures: Figures, names: &Names, document: &Document, line: &Line) -> Element {
    let tax = tax(&line.vat, line.net);
    let subtotal = tax_subtotal(figures, line.net, tax, tax_category(&line.vat, None));
    let item = group("cac:Item", optional("cbc:Description", line.description.as_deref()))
        .and(text("cbc:Name", &line.name))
        .and(group("cac:SellersItemIdentification", [text("cbc:ID", &line.charge)]));
    let one = text("cbc:BaseQuantity", 1).with("unitCode", line.unit.code());
    group(names.line, [text("cbc:ID", line.number)])
        .all(optional("cbc:Note", line.note.as_deref()))
        .and(names.quantity(line))
        .and(figures.amount("cbc:LineExtensionAmount", line.net))
        .all(earned(document, line))
        .all(object(line))
        .and(group("cac:TaxTotal", [figures.amount("cbc:TaxAmount", tax), subtotal]))
        .and(item)
        .and(group("cac:Price", [figures.price(line.price), one]))
}
