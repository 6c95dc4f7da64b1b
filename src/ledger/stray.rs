//! What a ledger has posted for a key that nobody knows any more, posted back (rule 10.4).

use super::posting::{Posting, UnitName};
use crate::entitlement::Plan;
use crate::measure::day::Day;
use crate::measure::money::Money;
use rust_decimal::Decimal;

/// A key of the ledger that today's contract and facts do not know: its charge is gone, its unit is of another kind, or no
/// row of its participant or company is left. What was posted for it is posted back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stray {
    /// The charge's place in the contract, if it is still there. Keys whose charge is gone come last (rule 10.4).
    pub place: Option<u16>,
    /// The charge's id.
    pub charge: String,
    /// The subject's id.
    pub subject: String,
    /// The unit.
    pub unit: String,
    /// Of the key's last posting.
    pub earned_on: Day,
    /// Of the key's last posting.
    pub quantity: Decimal,
    /// Of the key's last posting.
    pub rate: Option<Decimal>,
    /// The sum posted.
    pub sum: Money,
    /// The settlement in which it was first posted.
    pub since: u32,
}

impl Stray {
    /// The order of rule 9.2, and of rule 10.4 for keys whose charge is gone: last, by day earned, charge id, subject, unit.
    #[must_use]
    pub fn order(&self) -> impl Ord + '_ {
        let gone = self.place.is_none().then_some(self.charge.as_str());
        (self.place.is_none(), self.earned_on, self.place, gone, self.subject.as_str(), self.unit.as_str())
    }

    /// Whether it stands before an entry in the order of rule 9.2.
    #[must_use]
    pub fn comes_before(&self, entry: &Posting<'_>, plan: &Plan<'_>) -> bool {
        let place = plan.clauses.iter().find(|clause| clause.charge.id == *entry.charge).map(|clause| clause.number);
        let unit = entry.unit.to_string();
        (self.earned_on, self.place, self.subject.as_str(), self.unit.as_str())
            < (entry.earned_on, place, entry.subject, unit.as_str())
    }

    /// What is posted back: all that was posted for it.
    #[must_use]
    pub fn posting(&self, settlement: u32) -> Posting<'_> {
        Posting {
            settlement,
            charge: &self.charge,
            subject: &self.subject,
            unit: UnitName::Text(&self.unit),
            corrects: Some(self.since),
            earned_on: self.earned_on,
            quantity: self.quantity.normalize(),
            rate: self.rate.map(|rate| rate.normalize()),
            amount: -self.sum,
            cut: None,
            company: None,
            ground: None,
        }
    }
}
