//! The statements of a contract, one settlement after the other.

use super::account::Account;
use super::beside::beside;
use super::business_case::BusinessCase;
use super::change::Change;
use super::course::Course;
use super::key::{Key, key};
use super::limit;
use super::made::{Section, Statement, Unlike};
use super::summary::{Sum, by_charge};
use super::targets::targets;
use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::documents::Posted;
use crate::entitlement::{Assessment, Plan};
use crate::explain::ExplainError;
use crate::explain::telling::{Telling, Told};
use crate::explain::tree::{Part, Whom};
use crate::facts::Facts;
use crate::facts::roster::Roster;
use crate::measure::day::Day;
use crate::measure::money::{Money, Total};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Why there is no statement. Both are faults in the program, never in the input.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StatementError {
    /// An amount cannot be confirmed.
    #[error(transparent)]
    Explain(Box<ExplainError>),
    /// What is told does not add up to what is posted.
    #[error("contract `{contract}`, settlement {settlement}: what is told comes to {told}, but {posted} is posted")]
    DoesNotAddUp {
        /// The contract.
        contract: String,
        /// The settlement.
        settlement: u32,
        /// The sum of what is told.
        told: String,
        /// The sum of the postings.
        posted: String,
    },
}

impl From<ExplainError> for StatementError {
    fn from(error: ExplainError) -> StatementError {
        StatementError::Explain(Box::new(error))
    }
}

/// Makes the statements of a contract. It is given each settlement as it was made, the first one first; what the facts and the
/// contract give today is worked out beside it.
pub struct Statements<'a> {
    /// With all its versions.
    whole: &'a Contract,
    /// By the version that the settlement taken in last follows.
    plan: Plan<'a>,
    roster: Roster<'a>,
    as_of: Day,
    telling: Telling<'a>,
    account: Account,
    /// The postings of the settlement before.
    last: Vec<Posted>,
    /// For each key what was really posted less what the replay posts, where that is not zero.
    apart: BTreeMap<Key, Money>,
}

/// Where a settlement and its replay do not post the same for a key, or did not before.
type Unequal = BTreeMap<Key, Unlike>;

impl<'a> Statements<'a> {
    /// Begins with the first settlement.
    #[must_use]
    pub fn new(contract: &'a Contract, facts: &'a Facts, as_of: Day) -> Statements<'a> {
        Statements {
            whole: contract,
            plan: Plan::new(contract, facts),
            roster: Roster::new(facts),
            as_of,
            telling: Telling::new(contract, facts, as_of),
            account: Account::default(),
            last: Vec::new(),
            apart: BTreeMap::new(),
        }
    }

    /// Takes in the next settlement as it was made; with `tell` gives its statement.
    ///
    /// # Errors
    /// An amount cannot be confirmed, or what is told does not add up.
    pub fn take(
        &mut self,
        period: SettlementPeriod,
        postings: Vec<Posted>,
        tell: bool,
    ) -> Result<Option<Statement<'a>>, StatementError> {
        let (contract, facts) = (self.whole.in_force(period.cut_off), self.plan.facts);
        if !std::ptr::eq(contract, self.plan.contract) {
            self.plan = Plan::new(contract, facts);
        }
        let keyed: Vec<(Key, &Posted)> = postings.iter().map(|posted| (key(posted, contract, facts), posted)).collect();
        let Some(heard) = self.telling.hear() else { return Ok(None) };
        let replayed: Vec<Posted> = heard.postings().map(|posting| Posted::new(&posting)).collect();
        let mut unequal = compare(&mut self.apart, &self.account, &keyed, &replayed, |posted| key(posted, contract, facts));
        let told = if tell { Some(heard.tell(!unequal.is_empty())?) } else { None };
        let before = self.account.total();
        self.account.take(period, &keyed);
        for (key, unlike) in &mut unequal {
            unlike.owed = self.account.sum(key) - self.apart.get(key).copied().unwrap_or_default();
        }
        let statement = told.map(|told| self.statement(period, &keyed, before, told, unequal)).transpose()?;
        drop(keyed);
        self.last = postings;
        Ok(statement)
    }

    fn statement(
        &self,
        period: SettlementPeriod,
        keyed: &[(Key, &Posted)],
        before: Total,
        told: Told,
        unequal: Unequal,
    ) -> Result<Statement<'a>, StatementError> {
        let (contract, facts) = (self.plan.contract, self.plan.facts);
        let last: Vec<Key> =
            self.last.iter().filter(|posted| !posted.correction).map(|posted| key(posted, contract, facts)).collect();
        let now = keyed.iter().filter(|(_, posted)| !posted.correction).map(|(key, _)| key);
        let now_posted: Vec<Posted> = keyed.iter().map(|(_, posted)| (*posted).clone()).collect();
        let point = self.account.points.last();
        let statement = Statement {
            contract,
            as_of: self.as_of,
            period,
            version: told.chapter.version,
            settlements: u32::try_from(Calendar::new(self.whole).count()).unwrap_or(u32::MAX),
            earned: point.map(|point| point.earned).unwrap_or_default(),
            corrected: point.map(|point| point.corrected).unwrap_or_default(),
            before,
            charges: by_charge(contract, &now_posted, &self.last),
            change: Change::new(now, last.iter()),
            limits: limit::states(contract, period, &told.rooms),
            points: self.account.points.clone(),
            business_case: BusinessCase::new(contract, facts, &self.roster, period, &self.account.points),
            targets: targets(&self.plan, &self.roster, period),
            beside: beside(facts, period),
            sections: self.sections(period, told.chapter.parts, keyed, unequal),
        };
        let told = statement.sections.iter().fold(Total::default(), |sum, section| sum + section.told());
        if told != statement.total() {
            return Err(StatementError::DoesNotAddUp {
                contract: contract.id.to_string(),
                settlement: period.number,
                told: told.display(contract.currency).to_string(),
                posted: statement.total().display(contract.currency).to_string(),
            });
        }
        Ok(statement)
    }

    fn sections(
        &self,
        period: SettlementPeriod,
        parts: Vec<Part>,
        keyed: &[(Key, &Posted)],
        mut unequal: Unequal,
    ) -> Vec<Section> {
        let mut totals: BTreeMap<&Whom, Total> = BTreeMap::new();
        for ((whom, _, _), posted) in keyed {
            *totals.entry(whom).or_default() += posted.amount;
        }
        let mut parts: BTreeMap<Whom, Part> = parts.into_iter().map(|part| (part.subject.clone(), part)).collect();
        // Whom nobody knows any more, but the ledger does.
        for (whom, _, _) in unequal.keys() {
            let zero = Total::default().display(self.plan.contract.currency);
            let (items, unpaid) = (Vec::new(), Vec::new());
            let empty = || Part { subject: whom.clone(), standing: None, spells: None, total: zero, items, unpaid };
            parts.entry(whom.clone()).or_insert_with(empty);
        }
        let section = |(whom, part): (Whom, Part)| {
            let total = totals.get(&whom).copied().unwrap_or_default();
            let paid = self.account.paid(&whom).minor().saturating_sub(total.minor());
            let mut section = Section {
                name: self.name(&whom, period),
                total,
                before: Total::from_minor(paid),
                unlike: Vec::new(),
                course: self.course(&whom, &part, period),
                part,
            };
            let keys: Vec<Key> = section.part.items.iter().map(|item| section.key(item)).collect();
            let mut keys = keys.iter();
            section.part.items.retain(|_| keys.next().is_none_or(|key| !unequal.contains_key(key)));
            let mine: Vec<Key> = unequal.keys().filter(|(whose, _, _)| *whose == whom).cloned().collect();
            section.unlike = mine.iter().filter_map(|key| unequal.remove(key)).collect();
            section
        };
        parts.into_iter().map(section).collect()
    }

    /// What a company is called, as known on the cut-off.
    fn name(&self, whom: &Whom, period: SettlementPeriod) -> Option<String> {
        let Whom::Company(id) = whom else { return None };
        let companies = &self.plan.facts.companies;
        let (_, company) = companies.known(companies.find(id)?, period.cut_off)?;
        company.name.as_deref().map(str::to_owned)
    }

    /// The course of a participant that counts.
    fn course(&self, whom: &Whom, part: &Part, period: SettlementPeriod) -> Option<Course> {
        let Whom::Participant(id) = whom else { return None };
        let number = self.plan.facts.participants.find(id).filter(|_| part.counts())?;
        let known = self.roster.known(number, period.cut_off)?;
        let assessment = Assessment::new(&self.plan, &known, &Arc::default(), None);
        Some(Course::new(&self.plan, &assessment, &self.account, whom, period.days.last))
    }
}

/// Compares a settlement with its replay, and counts on by how much they are apart.
fn compare(
    apart: &mut BTreeMap<Key, Money>,
    account: &Account,
    made: &[(Key, &Posted)],
    replayed: &[Posted],
    key: impl Fn(&Posted) -> Key,
) -> Unequal {
    let amounts = |posted: &Posted| (posted.key.clone(), posted.amount);
    if apart.is_empty() && made.iter().map(|(_, posted)| amounts(posted)).eq(replayed.iter().map(amounts)) {
        return Unequal::new();
    }
    let mut amounts: BTreeMap<Key, (Money, Money)> = BTreeMap::new();
    for (key, posted) in made {
        amounts.entry(key.clone()).or_default().0 += posted.amount;
    }
    for posted in replayed {
        amounts.entry(key(posted)).or_default().1 += posted.amount;
    }
    let mut unequal = Unequal::new();
    let gone: BTreeSet<Key> = apart.keys().cloned().collect();
    for (key, (made, replayed)) in amounts {
        if made == replayed && !gone.contains(&key) {
            continue;
        }
        let before = account.sum(&key);
        let sum = apart.entry(key.clone()).or_default();
        *sum += made - replayed;
        unequal.insert(key.clone(), Unlike { key, amount: made, before, owed: Money::ZERO });
    }
    apart.retain(|_, sum| !sum.is_zero());
    unequal
}

impl Sum {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}
