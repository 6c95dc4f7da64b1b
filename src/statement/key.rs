//! Keys with the subject first: whom something is posted for.

use crate::contract::Contract;
use crate::documents::Posted;
use crate::explain::tree::Whom;
use crate::facts::Facts;

/// What names a key across settlements (rule 7): whom it is for, the charge, the unit.
pub type Key = (Whom, String, String);

/// The key of a posting. Of a charge that is gone the subject is taken to be a participant, unless only a company has that id.
#[must_use]
pub fn key(posted: &Posted, contract: &Contract, facts: &Facts) -> Key {
    let (charge, subject) = (posted.key.charge.as_str(), posted.key.subject.as_str());
    let contracts = match contract.charges.iter().find(|known| known.id == *charge) {
        Some(charge) => charge.is_the_contracts(),
        None => facts.participants.find(subject).is_none() && facts.companies.find(subject).is_some(),
    };
    let whom = match (subject, contracts) {
        ("-", _) => Whom::Contract,
        (id, true) => Whom::Company(id.to_owned()),
        (id, false) => Whom::Participant(id.to_owned()),
    };
    (whom, posted.key.charge.clone(), posted.key.unit.clone())
}
