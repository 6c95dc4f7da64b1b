//! A document as it is read back from XML: by the names of its elements, knowing nothing of how it was written.

use roxmltree::{Document as Xml, Node};
use rust_decimal::Decimal;

/// What a UBL document says about money. Amounts are in hundredths.
#[derive(PartialEq, Eq, Debug)]
pub struct Read {
    pub number: String,
    pub currency: String,
    pub lines: Vec<ReadLine>,
    /// Amount, category and rate.
    pub allowances: Vec<(i128, String, Decimal)>,
    pub tax: i128,
    /// Base, tax, category and rate.
    pub sums: Vec<(i128, i128, String, Decimal)>,
    pub line_total: i128,
    pub tax_exclusive: i128,
    pub tax_inclusive: i128,
    pub allowance_total: Option<i128>,
    pub payable: i128,
    /// What the terms of payment ask for; only OIOUBL has them.
    pub asked: Option<i128>,
}

#[derive(PartialEq, Eq, Debug)]
pub struct ReadLine {
    pub name: String,
    pub quantity: (Decimal, String),
    pub price: Decimal,
    /// What the price is for; only OIOUBL says that it is one.
    pub priced: Option<(Decimal, String)>,
    pub net: i128,
    pub category: String,
    pub rate: Decimal,
    /// The tax of the line, twice, and what it is taken of; only OIOUBL says it.
    pub tax: Option<(i128, i128, i128)>,
}

/// The elements below one along a path of local names.
pub fn all<'a, 'b>(node: Node<'a, 'b>, path: &str) -> Vec<Node<'a, 'b>> {
    path.split('/').fold(vec![node], |nodes, name| {
        let named = |node: &Node| node.is_element() && node.tag_name().name() == name;
        nodes.into_iter().flat_map(|node| node.children().filter(named).collect::<Vec<_>>()).collect()
    })
}

/// The text of the one element along a path.
pub fn one(node: Node, path: &str) -> String {
    let found = all(node, path);
    assert_eq!(found.len(), 1, "{path}");
    found[0].text().unwrap_or_default().to_owned()
}

/// An amount with two decimals.
fn hundredths(node: Node, path: &str) -> i128 {
    let text = one(node, path);
    let (whole, cents) = text.split_once('.').unwrap_or_else(|| panic!("{path}: {text}"));
    assert_eq!(cents.len(), 2, "{path}: {text}");
    format!("{whole}{cents}").parse().unwrap()
}

fn decimal(node: Node, path: &str) -> Decimal {
    one(node, path).parse().unwrap()
}

fn quantity(node: Node, path: &str) -> (Decimal, String) {
    (decimal(node, path), all(node, path)[0].attribute("unitCode").unwrap().to_owned())
}

/// Category and rate; no rate is a rate of 0.
fn category(node: Node, path: &str) -> (String, Decimal) {
    let found = all(node, path)[0];
    let rate = all(found, "Percent").first().map_or(Decimal::ZERO, |rate| rate.text().unwrap().parse().unwrap());
    (one(found, "ID"), rate)
}

fn maybe<T>(node: Node, path: &str, read: impl Fn(Node, &str) -> T) -> Option<T> {
    (!all(node, path).is_empty()).then(|| read(node, path))
}

fn line(line: Node, counted: &str) -> ReadLine {
    let in_item = !all(line, "Item/ClassifiedTaxCategory").is_empty();
    let place = if in_item { "Item/ClassifiedTaxCategory" } else { "TaxTotal/TaxSubtotal/TaxCategory" };
    let (category, rate) = category(line, place);
    ReadLine {
        name: one(line, "Item/Name"),
        quantity: quantity(line, counted),
        price: decimal(line, "Price/PriceAmount"),
        priced: maybe(line, "Price/BaseQuantity", quantity),
        net: hundredths(line, "LineExtensionAmount"),
        category,
        rate,
        tax: all(line, "TaxTotal").first().map(|tax| {
            let sums = ["TaxSubtotal/TaxableAmount", "TaxSubtotal/TaxAmount"].map(|path| hundredths(*tax, path));
            (hundredths(*tax, "TaxAmount"), sums[0], sums[1])
        }),
    }
}

/// Reads a document.
pub fn read(xml: &str) -> Read {
    let xml = Xml::parse(xml).unwrap();
    let root = xml.root_element();
    let currency = one(root, "DocumentCurrencyCode");
    for node in root.descendants().filter(|node| node.attribute("currencyID").is_some()) {
        assert_eq!(node.attribute("currencyID"), Some(currency.as_str()));
    }
    let (lines, counted) = match root.tag_name().name() {
        "Invoice" => ("InvoiceLine", "InvoicedQuantity"),
        "CreditNote" => ("CreditNoteLine", "CreditedQuantity"),
        other => panic!("{other}"),
    };
    let sums = all(root, "TaxTotal/TaxSubtotal").into_iter().map(|sum| {
        let (category, rate) = category(sum, "TaxCategory");
        (hundredths(sum, "TaxableAmount"), hundredths(sum, "TaxAmount"), category, rate)
    });
    let allowances = all(root, "AllowanceCharge").into_iter().map(|cut| {
        assert_eq!(one(cut, "ChargeIndicator"), "false");
        let (category, rate) = category(cut, "TaxCategory");
        (hundredths(cut, "Amount"), category, rate)
    });
    Read {
        number: one(root, "ID"),
        lines: all(root, lines).into_iter().map(|node| line(node, counted)).collect(),
        allowances: allowances.collect(),
        tax: hundredths(root, "TaxTotal/TaxAmount"),
        sums: sums.collect(),
        line_total: hundredths(root, "LegalMonetaryTotal/LineExtensionAmount"),
        tax_exclusive: hundredths(root, "LegalMonetaryTotal/TaxExclusiveAmount"),
        tax_inclusive: hundredths(root, "LegalMonetaryTotal/TaxInclusiveAmount"),
        allowance_total: maybe(root, "LegalMonetaryTotal/AllowanceTotalAmount", hundredths),
        payable: hundredths(root, "LegalMonetaryTotal/PayableAmount"),
        asked: maybe(root, "PaymentTerms/Amount", hundredths),
        currency,
    }
}
