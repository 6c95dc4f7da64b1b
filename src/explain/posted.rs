//! What the engine says: the entries of those who are asked about, settlement by settlement.

use super::check::OwedFigures;
use super::study::{Desk, Local, Member, named};
use crate::ledger::{Posting, UnitName};
use crate::measure::day::Day;
use crate::measure::money::Money;
use std::collections::BTreeMap;

/// Everything that was said of a key.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    /// The postings: settlement and amount.
    pub postings: Vec<(u32, Money)>,
    /// The figures of the entitlement as last stated; none if it fell away.
    pub owed: Option<OwedFigures>,
    /// What was stated before that.
    pub before: Option<OwedFigures>,
}

impl History {
    /// The sum of the postings.
    pub fn paid(&self) -> Money {
        self.postings.iter().map(|(_, amount)| *amount).sum()
    }
}

/// An entry of the settlement that is being told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub key: Local,
    pub amount: Money,
    pub earned_on: Day,
}

/// What was said of each key, member by member.
pub(super) type Histories = BTreeMap<Member, BTreeMap<Local, History>>;

/// Takes in an entry; `None` if the desk does not know its key.
pub(super) fn take(desk: &Desk<'_>, histories: &mut Histories, posting: &Posting<'_>) -> Option<(Member, Said)> {
    let (member, key) = place(desk, posting)?;
    let history = histories.entry(member).or_default().entry(key).or_default();
    if !posting.amount.is_zero() {
        history.postings.push((posting.settlement, posting.amount));
    }
    history.before = history.owed.take();
    history.owed = posting.ground.map(|ground| OwedFigures {
        earned_on: posting.earned_on,
        amount: ground.amount,
        granted: ground.granted,
        cut_by: posting.cut.map(|(_, by)| by.to_owned()),
        quantity: posting.quantity,
        rate: posting.rate,
        days: ground.days,
    });
    Some((member, Said { key, amount: posting.amount, earned_on: posting.earned_on }))
}

/// Whose key it is, by number.
fn place(desk: &Desk<'_>, posting: &Posting<'_>) -> Option<(Member, Local)> {
    let UnitName::Made(company, unit) = posting.unit else { return None };
    let unit = named(unit);
    let clause = desk.plan.clauses.iter().find(|clause| clause.charge.id == *posting.charge)?;
    let facts = desk.plan.facts;
    let number = |found: Option<usize>| found.and_then(|number| u32::try_from(number).ok());
    let company_number = |id: &str| number(facts.companies.find(id));
    if clause.charge.is_the_contracts() {
        let company = if posting.subject == "-" { None } else { Some(company_number(posting.subject)?) };
        return Some((Member::Contract, (clause.number, company, unit)));
    }
    let company = match company {
        Some(id) => Some(company_number(id)?),
        None => None,
    };
    Some((Member::Participant(number(facts.participants.find(posting.subject))?), (clause.number, company, unit)))
}
