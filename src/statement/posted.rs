//! A posting by its names, wherever it comes from.

use crate::charge::Mechanism;
use crate::contract::Contract;
use crate::explain::tree::Whom;
use crate::facts::Facts;
use crate::ledger::earlier::Made;
use crate::ledger::{Ledger, Posting};
use crate::measure::day::Day;
use crate::measure::money::Money;

/// A posting of a settlement that was made just now or stands in a ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Posted {
    /// The charge.
    pub charge: String,
    /// A participant, a company, or `-`.
    pub subject: String,
    /// What is paid for.
    pub unit: String,
    /// The day earned.
    pub earned_on: Day,
    /// The change posted, signed.
    pub amount: Money,
    /// Whether the key was posted before (rule 10.2).
    pub correction: bool,
    /// Whether a limit took something from it.
    pub cut: bool,
}

/// What names a key across settlements (rule 7), with the subject first.
pub type Key = (Whom, String, String);

impl Posted {
    /// A posting as a ledger has it.
    #[must_use]
    pub fn of_ledger(ledger: &Ledger, made: &Made) -> Posted {
        Posted {
            charge: ledger.text(made.charge).to_owned(),
            subject: ledger.text(made.subject).to_owned(),
            unit: ledger.text(made.unit).to_owned(),
            earned_on: made.earned_on,
            amount: made.amount,
            correction: made.corrects > 0,
            cut: made.cut.is_some(),
        }
    }

    /// Its key. Of a charge that is gone the subject is taken to be a participant if there is one of that name.
    #[must_use]
    pub fn key(&self, contract: &Contract, facts: &Facts) -> Key {
        let fixed = match contract.charges.iter().find(|charge| charge.id == *self.charge) {
            Some(charge) => matches!(charge.mechanism, Mechanism::Fixed(_)),
            None => facts.participants.find(&self.subject).is_none() && facts.companies.find(&self.subject).is_some(),
        };
        let whom = match (self.subject.as_str(), fixed) {
            ("-", _) => Whom::Contract,
            (id, true) => Whom::Company(id.to_owned()),
            (id, false) => Whom::Participant(id.to_owned()),
        };
        (whom, self.charge.clone(), self.unit.clone())
    }
}

impl From<&Posting<'_>> for Posted {
    fn from(posting: &Posting<'_>) -> Posted {
        Posted {
            charge: posting.charge.to_owned(),
            subject: posting.subject.to_owned(),
            unit: posting.unit.to_string(),
            earned_on: posting.earned_on,
            amount: posting.amount,
            correction: posting.corrects.is_some(),
            cut: posting.cut.is_some(),
        }
    }
}
