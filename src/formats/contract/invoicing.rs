//! How a contract is invoiced, taxed and booked.

use crate::charge::Vat;
use crate::contract::invoicing::{Bookkeeping, Corrections, DayCount, Detail, DueDay, Invoicing, Language};
use crate::formats::reader::Reader;
use crate::formats::tree::Node;

pub(super) fn invoicing<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Invoicing> {
    let details = [("charge", Detail::Charge), ("company", Detail::Company), ("participant", Detail::Participant)];
    let corrections = [("lines", Corrections::Lines), ("own-documents", Corrections::OwnDocuments)];
    let due = [("stays", DueDay::Stays), ("next-banking-day", DueDay::Next), ("previous-banking-day", DueDay::Previous)];
    let languages = [("da", Language::Danish), ("en", Language::English)];
    let interest = [("both-days", DayCount::BothDays), ("difference", DayCount::Difference)];
    let mut fields = reader.fields(node, path);
    let terms = Invoicing {
        series: reader.required(&mut fields, "series", Reader::string).unwrap_or_default(),
        detail: reader.optional(&mut fields, "detail", |r, node, path| r.word(node, path, &details)).unwrap_or_default(),
        corrections: reader
            .optional(&mut fields, "corrections", |r, node, path| r.word(node, path, &corrections))
            .unwrap_or_default(),
        vat: reader.optional(&mut fields, "vat", vat),
        due: reader.optional(&mut fields, "due", |r, node, path| r.word(node, path, &due)).unwrap_or_default(),
        language: reader
            .optional(&mut fields, "language", |r, node, path| r.word(node, path, &languages))
            .unwrap_or_default(),
        interest: reader.optional(&mut fields, "interest", |r, node, path| r.word(node, path, &interest)),
    };
    reader.finish(&fields, &[]);
    (!fields.is_unknown()).then_some(terms)
}

pub(super) fn bookkeeping<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Bookkeeping {
    let mut fields = reader.fields(node, path);
    let usual = Bookkeeping::default();
    let books = Bookkeeping {
        receivable: reader.optional(&mut fields, "receivable", Reader::string).unwrap_or(usual.receivable),
        bank: reader.optional(&mut fields, "bank", Reader::string).unwrap_or(usual.bank),
        income: reader.optional(&mut fields, "income", Reader::string).unwrap_or(usual.income),
        vat: reader.optional(&mut fields, "vat", Reader::string).unwrap_or(usual.vat),
        dimensions: reader.optional(&mut fields, "dimensions", |r, node, path| r.map(node, path)).unwrap_or_default(),
    };
    reader.finish(&fields, &[]);
    books
}

#[derive(Clone, Copy)]
enum Treatment {
    Standard,
    Exempt,
    OutsideScope,
}

/// The keys that belong to some treatments only, and what to say where they do not belong.
const ELSEWHERE: [(&str, &str); 3] = [
    ("percent", "`percent` belongs to the treatment \"standard\""),
    ("reason", "`reason` belongs to the treatments \"exempt\" and \"outside-scope\""),
    ("code", "`code` belongs to the treatment \"exempt\""),
];

/// How a charge is taxed (rule 11.4).
pub(super) fn vat<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Vat> {
    let words =
        [("standard", Treatment::Standard), ("exempt", Treatment::Exempt), ("outside-scope", Treatment::OutsideScope)];
    let mut fields = reader.fields(node, path);
    let treatment = reader.required(&mut fields, "treatment", |r, node, path| r.word(node, path, &words));
    let vat = match treatment {
        Some(Treatment::Standard) => {
            let percent = reader.required(&mut fields, "percent", Reader::decimal);
            percent.map(|percent| Vat::Standard { percent })
        }
        Some(Treatment::Exempt) => {
            let reason = reader.required(&mut fields, "reason", Reader::string);
            let code = reader.optional(&mut fields, "code", Reader::string);
            reason.map(|reason| Vat::Exempt { reason, code })
        }
        Some(Treatment::OutsideScope) => {
            let reason = reader.required(&mut fields, "reason", Reader::string);
            reason.map(|reason| Vat::OutsideScope { reason })
        }
        None => {
            // Which treatment is meant is not known, and so neither which keys belong to it.
            for (key, _) in ELSEWHERE {
                fields.get(key);
            }
            None
        }
    };
    reader.finish(&fields, &ELSEWHERE);
    vat
}
