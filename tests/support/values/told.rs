//! Suspensions, checks, offers and what was shown as the library's values.

use super::{day, decimal, id, open, p};
use effekt::facts::indicator::Indicator;
use effekt::facts::offer::Offer;
use effekt::facts::shown::Shown;
use effekt::facts::validation::Checked;
use effekt::facts::{Suspension, Validation};
use effekt::measure::number;
use effekt::{Id, Span};
use std::collections::BTreeSet;

pub fn suspension(row: &p::SuspensionRow) -> Suspension {
    Suspension {
        first_day: day(&row.first_day),
        last_day: open(&row.last_day),
        reason: (!row.reason.is_empty()).then(|| row.reason.as_str().into()),
    }
}

/// Whose key was checked is for the charge to say.
pub fn check(programme: &p::Programme, row: &p::CheckRow) -> Validation {
    let of_contract = programme.contracts.iter().filter(|contract| contract.id == row.record.contract);
    let charge = of_contract.flat_map(|contract| &contract.charges).find(|charge| charge.id == row.charge);
    let subject = id(if row.subject == "-" { "none" } else { &row.subject });
    Validation {
        sample: id(&row.sample),
        charge: id(&row.charge),
        subject: match charge.map(|charge| &charge.what) {
            _ if row.subject == "-" => Checked::Contract,
            Some(what) if what.is_the_contracts() => Checked::Company(subject),
            _ => Checked::Participant(subject),
        },
        unit: row.unit.as_str().into(),
        valid: row.result == "valid",
    }
}

/// A company named twice is named once.
pub fn offer(row: &p::OfferRow) -> Offer {
    let companies: BTreeSet<Id> = row.companies.split(' ').filter(|one| !one.is_empty()).map(id).collect();
    Offer {
        centre: id(&row.centre),
        companies: companies.into_iter().collect(),
        places: row.places.parse().unwrap(),
        first_day: day(&row.first_day),
        last_day: open(&row.last_day),
    }
}

pub fn shown(row: &p::ShownRow) -> Shown {
    Shown {
        goal: id(&row.goal),
        requirement: id(&row.requirement),
        shown_on: day(&row.shown_on),
        result: decimal(&row.result),
        evidence: row.evidence.as_str().into(),
    }
}

pub fn indicator(row: &p::IndicatorRow) -> Indicator {
    let text = |text: &str| (!text.is_empty()).then(|| text.into());
    Indicator {
        name: row.name.as_str().into(),
        about: id(&row.about),
        days: Span { first: day(&row.first_day), last: day(&row.last_day) },
        value: (!row.value.is_empty()).then(|| number::parse_signed(&row.value).unwrap()),
        respondents: row.respondents.parse().ok(),
        text: text(&row.text),
        source: row.source.as_str().into(),
    }
}
