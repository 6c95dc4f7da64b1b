//! Payers, and the terms of documents.

use super::Keys;
use crate::support::programme::*;

pub fn payer(keys: &Keys) -> Payer {
    Payer {
        id: keys.need("id"),
        name: keys.text("name"),
        cvr: keys.text("cvr"),
        gln: keys.text("gln"),
        share: keys.text("share"),
        at_most: keys.text("at_most"),
        reference: keys.text("reference"),
        address: keys.table("address").map(|keys| address(&keys)),
    }
}

pub fn address(keys: &Keys) -> Address {
    Address { street: keys.need("street"), postcode: keys.need("postcode"), city: keys.need("city") }
}

pub fn invoicing(keys: &Keys) -> Invoicing {
    Invoicing {
        series: keys.need("series"),
        detail: keys.text("detail").map(|text| match text.as_str() {
            "charge" => Detail::Charge,
            "company" => Detail::Company,
            "participant" => Detail::Participant,
            other => panic!("detail {other}"),
        }),
        own_documents: keys.is("corrections", "own-documents"),
        vat: keys.table("vat").map(|keys| vat(&keys)),
        due: keys.text("due").map(|text| match text.as_str() {
            "stays" => Due::Stays,
            "next-banking-day" => Due::Next,
            "previous-banking-day" => Due::Previous,
            other => panic!("due {other}"),
        }),
    }
}

pub fn vat(keys: &Keys) -> Vat {
    match keys.need("treatment").as_str() {
        "standard" => Vat::Standard { percent: keys.need("percent") },
        "exempt" => Vat::Exempt { reason: keys.need("reason"), code: keys.text("code") },
        "outside-scope" => Vat::OutsideScope { reason: keys.need("reason") },
        other => panic!("treatment {other}"),
    }
}
