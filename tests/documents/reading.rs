//! A document as it is read back from XML: by the names of its elements, knowing nothing of how it was written.

use roxmltree::{Document as Xml, Node};
use rust_decimal::Decimal;

/// What a UBL document says about money. Amounts are in hundredths.
#[derive(PartialEq, Eq, Debug)]
pub struct Read {
    pub number: String,
    pub currency: String,
    pub lines: Vec<ReadLine>,
    /// Amount and category.
    pub allowances: Vec<(i128, String)>,
    pub tax: i128,
    /// Base, tax, category and rate.
    pub sums: Vec<(i128, i128, String, Decimal)>,
    pub line_total: i128,
    pub tax_exclusive: i128,
    pub tax_inclusive: i128,
    pub allowance_total: Option<i128>,
    pub payable: i128,
}

#[derive(PartialEq, Eq, Debug)]
pub struct ReadLine {
    pub name: String,
    pub quantity: Decimal,
    pub unit: String,
    pub price: Decimal,
    pub net: i128,
    /// The tax of the line, which only OIOUBL says.
    pub tax: Option<i128>,
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

/// Reads a document.
pub fn read(xml: &str) -> Read {
    let xml = Xml::parse(xml).unwrap();
    let root = xml.root_element();
    let currency = one(root, "DocumentCurrencyCode");
    for node in root.descendants().filter(|node| node.attribute("currencyID").is_some()) {
        assert_eq!(node.attribute("currencyID"), Some(currency.as_str()));
    }
    let (line, quantity) = match root.tag_name().name() {
        "Invoice" => ("InvoiceLine", "InvoicedQuantity"),
        "CreditNote" => ("CreditNoteLine", "CreditedQuantity"),
        other => panic!("{other}"),
    };
    let lines = all(root, line).into_iter().map(|line| ReadLine {
        name: one(line, "Item/Name"),
        quantity: decimal(line, quantity),
        unit: all(line, quantity)[0].attribute("unitCode").unwrap().to_owned(),
        price: decimal(line, "Price/PriceAmount"),
        net: hundredths(line, "LineExtensionAmount"),
        tax: all(line, "TaxTotal").first().map(|tax| hundredths(*tax, "TaxAmount")),
    });
    let category = |node: Node| {
        let rate = all(node, "TaxCategory/Percent").first().map_or("0", |rate| rate.text().unwrap());
        (one(node, "TaxCategory/ID"), rate.parse().unwrap())
    };
    let sums = all(root, "TaxTotal/TaxSubtotal").into_iter().map(|sum| {
        let (category, rate) = category(sum);
        (hundredths(sum, "TaxableAmount"), hundredths(sum, "TaxAmount"), category, rate)
    });
    let totals = all(root, "LegalMonetaryTotal")[0];
    Read {
        number: one(root, "ID"),
        currency,
        lines: lines.collect(),
        allowances: all(root, "AllowanceCharge")
            .into_iter()
            .map(|cut| (hundredths(cut, "Amount"), category(cut).0))
            .collect(),
        tax: hundredths(root, "TaxTotal/TaxAmount"),
        sums: sums.collect(),
        line_total: hundredths(totals, "LineExtensionAmount"),
        tax_exclusive: hundredths(totals, "TaxExclusiveAmount"),
        tax_inclusive: hundredths(totals, "TaxInclusiveAmount"),
        allowance_total: (!all(totals, "AllowanceTotalAmount").is_empty())
            .then(|| hundredths(totals, "AllowanceTotalAmount")),
        payable: hundredths(totals, "PayableAmount"),
    }
}
