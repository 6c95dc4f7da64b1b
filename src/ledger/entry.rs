//! A posting as the engine holds it: by number, small, ordered as rule 9.2 says.

use crate::charge::entitlement::TopUp;
use crate::charge::{Quantity, Unit};
use crate::entitlement::Plan;
use crate::figure::Seen;
use crate::measure::day::Day;
use crate::measure::money::Money;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Whom a key is about (rule 7). The numbers follow the ids.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// The contract: `-`.
    Contract,
    /// A company, by number.
    Company(u32),
    /// A participant, by number.
    Participant(u32),
}

/// What a settlement says of one key: the change it posts, if there is one, and the entitlement's ground as known now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The charge's place in the contract.
    pub charge: u16,
    /// Whom it is about.
    pub subject: Subject,
    /// The company whose unit it is, with `per = "company"` of an outcome.
    pub company: Option<u32>,
    /// What is paid for.
    pub unit: Unit,
    /// The day earned: of the entitlement or, where it fell away, of the key's last posting (formats, `postings.csv`).
    pub earned_on: Day,
    /// The quantity, of the same.
    pub quantity: Quantity,
    /// The rate, of the same; none where the days' rates differ.
    pub rate: Option<Decimal>,
    /// The change posted; zero where only the ground is new.
    pub amount: Money,
    /// The settlement in which the key was first posted; 0 for an earning (rule 10.2).
    pub corrects: u32,
    /// The ground, unless the entitlement fell away.
    pub ground: Option<Ground>,
}

/// Why a key stands in E(k): kept with it, posted or not (rule 9.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ground {
    /// What was owed before limits.
    pub amount: Money,
    /// What was granted.
    pub granted: Money,
    /// The limit that took the rest, by its place in the contract.
    pub cut_by: Option<u16>,
    /// The company of the reference day (rule 8.3).
    pub reference: Option<u32>,
    /// How many qualifying days were counted.
    pub days: u32,
    /// The spells that were counted, by number.
    pub spells: Arc<[u32]>,
    /// What the figures said, each by its place in the contract; of a measured charge (mechanisms 5.5).
    pub seen: Option<Arc<[(u16, Seen)]>>,
    /// The entitlement beyond whose amount this one is paid (mechanisms 6.2).
    pub tops_up: Option<Box<TopUp>>,
}

impl Entry {
    /// The order of rule 9.2: day earned, the charge's place in the contract, subject id, unit.
    #[must_use]
    pub fn order(&self, plan: &Plan<'_>) -> impl Ord + use<> {
        (self.earned_on, self.charge, self.subject, plan.unit_order(self.company, self.unit))
    }
}
