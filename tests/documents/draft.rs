//! Documents made by hand: the sums are worked out here, exactly and apart from the engine.

use effekt::charge::vat::Vat;
use effekt::contract::invoicing::Language;
use effekt::contract::party::{Address, Contact, PayTo};
use effekt::documents::document::Item;
use effekt::documents::line::LineUnit;
use effekt::documents::{Allowance, Document, Kind, Line, Party, Reference, VatSum};
use effekt::measure::money::Total;
use effekt::{Currency, Day, Id, Span};
use rust_decimal::Decimal;

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn days(first: &str, last: &str) -> Span {
    Span::new(day(first), day(last)).unwrap()
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The amount of so many whole and hundredth parts of a currency with two decimals.
pub fn total(text: &str) -> Total {
    Total::from_minor((decimal(text) * Decimal::ONE_HUNDRED).try_into().unwrap())
}

pub fn standard() -> Vat {
    Vat::Standard { percent: Decimal::from(25) }
}

pub fn exempt() -> Vat {
    let reason = "Momsfri social forsorg og bistand, momslovens § 13, stk. 1, nr. 2".to_owned();
    Vat::Exempt { reason, code: Some("VATEX-EU-132-1G".to_owned()) }
}

pub fn outside() -> Vat {
    Vat::OutsideScope { reason: "Uden for momslovens anvendelsesområde: betaling for en effekt".to_owned() }
}

pub fn seller() -> Party {
    Party {
        name: "Den Sociale Effektfond ApS".to_owned(),
        cvr: "13748136".to_owned(),
        gln: None,
        address: Address {
            street: "Fondsvej 1, 2. tv.".to_owned(),
            postcode: "8000".to_owned(),
            city: "Aarhus C".to_owned(),
        },
        contact: None,
    }
}

pub fn buyer() -> Party {
    Party {
        name: "Herning Kommune".to_owned(),
        cvr: "29189919".to_owned(),
        gln: Some("5790001353858".to_owned()),
        address: Address { street: "Torvet 5".to_owned(), postcode: "7400".to_owned(), city: "Herning".to_owned() },
        contact: None,
    }
}

pub fn contact(name: &str, phone: &str, email: &str) -> Contact {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Contact { name: said(name), phone: said(phone), email: said(email) }
}

pub fn reference(number: &str, issued: &str) -> Reference {
    Reference { number: number.to_owned(), issued: day(issued) }
}

pub fn fik(prefix: &str) -> PayTo {
    PayTo::Fik { creditor: "89990000".to_owned(), prefix: prefix.to_owned() }
}

pub fn iban() -> PayTo {
    PayTo::Iban("DK5000400440116243".to_owned())
}

pub fn account() -> PayTo {
    PayTo::Account { registration: "9570".to_owned(), account: "0012345678".to_owned() }
}

/// A line of so many at that price; its amount is their product.
pub fn line(name: &str, quantity: &str, price: &str, vat: Vat) -> Line {
    let net = decimal(quantity) * decimal(price) * Decimal::ONE_HUNDRED;
    assert!(net.is_integer(), "{name}: not a whole number of øre");
    Line {
        number: 0,
        charge: Id::new("weekly").unwrap(),
        of: None,
        name: name.to_owned(),
        description: None,
        note: None,
        quantity: decimal(quantity),
        unit: LineUnit::One,
        price: decimal(price),
        net: Total::from_minor(net.try_into().unwrap()),
        vat,
        earned: None,
        corrects: Vec::new(),
    }
}

pub fn allowance(limit: &str, reason: &str, amount: &str, vat: Vat) -> Allowance {
    Allowance { limit: Id::new(limit).unwrap(), reason: reason.to_owned(), amount: total(amount), vat }
}

/// The tax on an amount in minor units, rounded half away from zero.
pub fn tax(base: i128, percent: Decimal) -> i128 {
    let exact = Decimal::from(base) * percent / Decimal::ONE_HUNDRED;
    let up = (exact.abs() * Decimal::TWO + Decimal::ONE) / Decimal::TWO;
    let size: i128 = up.floor().try_into().unwrap();
    if base < 0 { -size } else { size }
}

/// A document of these lines and allowances. The lines are numbered and everything is added up.
pub fn document(kind: Kind, number: &str, lines: Vec<Line>, allowances: Vec<Allowance>) -> Document {
    let mut lines = lines;
    (1..).zip(&mut lines).for_each(|(number, line)| line.number = number);
    let mut vat: Vec<VatSum> = Vec::new();
    let parts = lines.iter().map(|line| (&line.vat, line.net.minor()));
    for (treatment, amount) in parts.chain(allowances.iter().map(|cut| (&cut.vat, -cut.amount.minor()))) {
        match vat.iter_mut().find(|sum| sum.vat == *treatment) {
            Some(sum) => sum.base = Total::from_minor(sum.base.minor() + amount),
            None => vat.push(VatSum { vat: treatment.clone(), base: Total::from_minor(amount), tax: Total::default() }),
        }
    }
    for sum in &mut vat {
        sum.tax = Total::from_minor(tax(sum.base.minor(), sum.vat.percent()));
    }
    let net: i128 = vat.iter().map(|sum| sum.base.minor()).sum();
    let tax: i128 = vat.iter().map(|sum| sum.tax.minor()).sum();
    Document {
        kind,
        number: number.to_owned(),
        contract: Id::new("vsb-herning").unwrap(),
        title: None,
        settlement: 3,
        issued: day("2018-01-30"),
        due: day("2018-03-01"),
        currency: Currency::DKK,
        language: Language::Danish,
        period: days("2017-10-01", "2017-12-31"),
        corrects: Vec::new(),
        payer: Id::new("herning").unwrap(),
        seller: seller(),
        buyer: buyer(),
        buyer_reference: Some("Jobcenter Herning, att. Anne Holm".to_owned()),
        order: None,
        account: None,
        pay_to: None,
        lines,
        allowances,
        vat,
        net: Total::from_minor(net),
        tax: Total::from_minor(tax),
        payable: Total::from_minor(net + tax),
        items: Vec::<Item>::new(),
    }
}
