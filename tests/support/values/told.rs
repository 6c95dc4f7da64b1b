//! Suspensions and checks as the library's values.

use super::{day, id, open, p};
use effekt::facts::validation::Checked;
use effekt::facts::{Suspension, Validation};

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
