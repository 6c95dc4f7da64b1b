//! The sums of a document by VAT, as a format can tell them apart.

use crate::charge::vat::Vat;
use crate::documents::line::VatSum;
use crate::measure::money::Total;

/// One sum of the breakdown (BG-23).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part<'a> {
    /// How it is taxed, as the first of the treatments in it.
    pub vat: &'a Vat,
    /// BT-116.
    pub base: Total,
    /// BT-117.
    pub tax: Total,
    /// Why nothing is taxed, each reason once (BT-120).
    reasons: Vec<&'a str>,
    /// The same as codes (BT-121), those that are missing too.
    codes: Vec<Option<&'a str>>,
}

impl<'a> Part<'a> {
    fn of(sum: &'a VatSum) -> Part<'a> {
        let (reasons, codes) = match &sum.vat {
            Vat::Standard { .. } => (Vec::new(), Vec::new()),
            Vat::Exempt { reason, code } => (vec![reason.as_str()], vec![code.as_deref()]),
            Vat::OutsideScope { reason } => (vec![reason.as_str()], vec![Some("VATEX-EU-O")]),
        };
        Part { vat: &sum.vat, base: sum.base, tax: sum.tax, reasons, codes }
    }

    fn add(&mut self, other: Part<'a>) {
        self.base = self.base + other.base;
        self.tax = self.tax + other.tax;
        let new: Vec<&str> = other.reasons.into_iter().filter(|reason| !self.reasons.contains(reason)).collect();
        self.reasons.extend(new);
        self.codes.extend(other.codes);
    }

    /// Why nothing is taxed, in words (BT-120): one text (UBL-SR-32), which is empty where something is.
    pub fn reason(&self) -> String {
        self.reasons.join("; ")
    }

    /// The code for that (BT-121), if all that stands in the sum has the same one.
    pub fn code(&self) -> Option<&'a str> {
        let (first, rest) = self.codes.split_first()?;
        first.filter(|_| rest.iter().all(|code| code == first))
    }
}

/// The sums with those joined that are the `same` to a format, in the document's order.
pub(super) fn parts(sums: &[VatSum], same: impl Fn(&Vat, &Vat) -> bool) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for sum in sums {
        match parts.iter_mut().find(|part| same(part.vat, &sum.vat)) {
            Some(part) => part.add(Part::of(sum)),
            None => parts.push(Part::of(sum)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(vat: Vat, base: i128) -> VatSum {
        VatSum { vat, base: Total::from_minor(base), tax: Total::default() }
    }

    #[test]
    fn a_code_is_said_only_if_it_holds_for_all() {
        let exempt =
            |reason: &str, code: Option<&str>| Vat::Exempt { reason: reason.to_owned(), code: code.map(str::to_owned) };
        let one = [sum(exempt("A", Some("VATEX-EU-132")), 1), sum(exempt("B", Some("VATEX-EU-132")), 2)];
        let parts = parts(&one, |_, _| true);
        assert_eq!((parts.len(), parts[0].base.minor(), parts[0].code()), (1, 3, Some("VATEX-EU-132")));
        assert_eq!(parts[0].reason(), "A; B");
        let two = [sum(exempt("A", Some("VATEX-EU-132")), 1), sum(exempt("A", None), 2)];
        let parts = super::parts(&two, |_, _| true);
        assert_eq!((parts[0].reason().as_str(), parts[0].code()), ("A", None));
    }
}
