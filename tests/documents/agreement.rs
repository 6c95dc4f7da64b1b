//! What a document in XML should say, and whether it adds up. The official rules are slack here: a tax may be wrong by almost a
//! krone, a line by two øre. These are exact.

use super::draft;
use super::reading::{Read, ReadLine};
use effekt::charge::vat::Vat;
use effekt::documents::{Document, Kind};
use effekt::measure::money::Total;
use rust_decimal::Decimal;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Peppol,
    Oioubl,
}

impl Format {
    fn category(self, vat: &Vat) -> String {
        let name = match (self, vat) {
            (Format::Oioubl, Vat::Standard { .. }) => "StandardRated",
            (Format::Oioubl, _) => "ZeroRated",
            (Format::Peppol, Vat::Standard { .. }) => "S",
            (Format::Peppol, Vat::Exempt { .. }) => "E",
            (Format::Peppol, Vat::OutsideScope { .. }) => "O",
        };
        name.to_owned()
    }
}

/// What should be read of a document in a format.
pub fn said(document: &Document, format: Format) -> Read {
    let cents = |total: Total| total.minor() * 10_i128.pow(2 - document.currency.decimals());
    let oioubl = format == Format::Oioubl;
    let mut sums: Vec<(i128, i128, String, Decimal)> = Vec::new();
    for sum in &document.vat {
        let (category, rate) = (format.category(&sum.vat), sum.vat.percent());
        let at = sums.iter().position(|sum| (&sum.2, sum.3) == (&category, rate)).unwrap_or(sums.len());
        if at == sums.len() {
            sums.push((0, 0, category, rate));
        }
        sums[at].0 += cents(sum.base);
        sums[at].1 += cents(sum.tax);
    }
    let lines = document.lines.iter().map(|line| {
        let (net, tax) = (cents(line.net), draft::tax(cents(line.net), line.vat.percent()));
        ReadLine {
            name: line.name.clone(),
            quantity: (line.quantity, line.unit.code().to_owned()),
            price: line.price,
            priced: oioubl.then(|| (Decimal::ONE, line.unit.code().to_owned())),
            net,
            category: format.category(&line.vat),
            rate: line.vat.percent(),
            tax: oioubl.then_some((tax, net, tax)),
        }
    });
    let cuts = document.allowances.iter().map(|cut| (cents(cut.amount), format.category(&cut.vat), cut.vat.percent()));
    let (lines, allowances): (Vec<_>, Vec<_>) = (lines.collect(), cuts.collect());
    let (net, tax) = (cents(document.net), cents(document.tax));
    Read {
        number: document.number.clone(),
        currency: document.currency.code().to_owned(),
        line_total: lines.iter().map(|line| line.net).sum(),
        allowance_total: (!allowances.is_empty()).then(|| allowances.iter().map(|cut| cut.0).sum()),
        lines,
        allowances,
        tax,
        sums,
        tax_exclusive: if oioubl { tax } else { net },
        tax_inclusive: net + tax,
        payable: cents(document.payable),
        asked: (oioubl && document.kind == Kind::Invoice).then(|| cents(document.payable)),
    }
}

/// Holds a document in XML to its own figures.
pub fn adds_up(read: &Read) {
    for line in &read.lines {
        let product = line.quantity.0 * line.price * Decimal::ONE_HUNDRED;
        assert_eq!(product, Decimal::from(line.net), "{}: quantity times price", line.name);
    }
    assert_eq!(read.line_total, read.lines.iter().map(|line| line.net).sum::<i128>());
    let net = read.line_total - read.allowances.iter().map(|cut| cut.0).sum::<i128>();
    assert_eq!(read.tax_inclusive, net + read.tax);
    assert_eq!(read.payable, net + read.tax);
    for (base, tax, category, rate) in &read.sums {
        let lines = read.lines.iter().filter(|line| (&line.category, line.rate) == (category, *rate)).map(|line| line.net);
        let cuts = read.allowances.iter().filter(|cut| (&cut.1, cut.2) == (category, *rate)).map(|cut| -cut.0);
        assert_eq!(*base, lines.chain(cuts).sum::<i128>(), "{category}");
        assert_eq!(*tax, draft::tax(*base, *rate), "{category}");
    }
    assert_eq!(read.sums.iter().map(|sum| sum.0).sum::<i128>(), net);
    assert_eq!(read.sums.iter().map(|sum| sum.1).sum::<i128>(), read.tax);
}
