//! The difference of each key in parts, each with its reason: first what is owed, then what limits take of it.

use super::Pair;
use super::account::{Account, Held};
use super::why::{Cause, Why};
use crate::explain::absent::{Asked, Inquiry};
use crate::explain::tree::Whom;
use crate::facts::Facts;
use crate::measure::money::{Money, Total};
use crate::measure::parallel;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// Why two contracts do not pay the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// They do pay the same.
    Equal,
    /// Not owed under one of them.
    NotOwed {
        /// Under which.
        under: Under,
        /// Why.
        why: Why,
    },
    /// Owed under both, at different rates.
    Rate,
    /// Owed under both, for more or fewer of its days or of what is measured.
    Quantity,
    /// Owed under both, otherwise not the same: rounded or multiplied otherwise, or what it tops up is.
    Amount,
    /// A limit takes more or less.
    Limit {
        /// Under which; none where a limit of that name takes something under both.
        under: Option<Under>,
        /// The limit.
        limit: String,
    },
}

/// One of the two contracts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Under {
    /// The contract that the facts are of.
    A,
    /// The other one.
    B,
}

impl Under {
    /// Both, in order.
    pub const BOTH: [Under; 2] = [Under::A, Under::B];

    /// The letter of the contract in tables.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Under::A => "A",
            Under::B => "B",
        }
    }
}

/// `equal`, `b:kind:internship`, `a:limit:per-citizen`, `limit:per-citizen`.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |under: &Under| under.letter().to_ascii_lowercase();
        match self {
            Reason::Equal => f.write_str("equal"),
            Reason::NotOwed { under, why } => write!(f, "{}:{why}", letter(under)),
            Reason::Rate => f.write_str("rate"),
            Reason::Quantity => f.write_str("quantity"),
            Reason::Amount => f.write_str("amount"),
            Reason::Limit { under: Some(under), limit } => write!(f, "{}:limit:{limit}", letter(under)),
            Reason::Limit { under: None, limit } => write!(f, "limit:{limit}"),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A part of what both pay for a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub reason: Reason,
    pub amounts: [Total; 2],
}

/// The parts of every key, in their order.
pub(super) fn reasons(accounts: [&Account<'_>; 2], pairs: &[Pair<'_>], facts: &Facts) -> Vec<Vec<Part>> {
    let mut whys = whys(accounts, pairs, facts);
    pairs.iter().enumerate().map(|(nth, pair)| parts(pair, || whys.remove(&nth))).collect()
}

fn parts(pair: &Pair<'_>, why: impl FnOnce() -> Option<Reason>) -> Vec<Part> {
    let paid = pair.paid();
    let part = |reason: Reason, amounts: [Money; 2]| Part { reason, amounts: amounts.map(Total::from) };
    if alike(paid) {
        return vec![part(Reason::Equal, paid)];
    }
    let owed = pair.held.map(|held| held.map(Held::owed).unwrap_or_default());
    let reason = if alike(owed) { Reason::Equal } else { why().unwrap_or(Reason::Amount) };
    let mut parts = vec![part(reason, owed)];
    let cut = pair.held.map(|held| held.and_then(|held| held.cut.clone()));
    let took = |cut: &Option<(Money, String)>| cut.as_ref().map_or(Money::ZERO, |(cut, _)| -*cut);
    match &cut {
        [one @ Some((_, a)), other @ Some((_, b))] if a == b => {
            let took = [took(one), took(other)];
            let limit = Reason::Limit { under: None, limit: a.clone() };
            parts.push(part(if alike(took) { Reason::Equal } else { limit }, took));
        }
        [a, b] => {
            let limit = |under: Under, cut: &Option<(Money, String)>| {
                cut.as_ref().map(|(_, limit)| Reason::Limit { under: Some(under), limit: limit.clone() })
            };
            parts.extend(limit(Under::A, a).map(|reason| part(reason, [took(a), Money::ZERO])));
            parts.extend(limit(Under::B, b).map(|reason| part(reason, [Money::ZERO, took(b)])));
        }
    }
    parts
}

fn alike([a, b]: [Money; 2]) -> bool {
    a == b
}

/// Why what is owed is not the same, by the places of the keys.
fn whys(accounts: [&Account<'_>; 2], pairs: &[Pair<'_>], facts: &Facts) -> BTreeMap<usize, Reason> {
    let mut found = BTreeMap::new();
    let mut asked: BTreeMap<(Under, &Whom), Vec<usize>> = BTreeMap::new();
    for (nth, pair) in pairs.iter().enumerate() {
        let [a, b] = pair.held.map(|held| held.filter(|held| !held.owed().is_zero()));
        let under = match (a, b) {
            (Some(a), Some(b)) => {
                if let Some(reason) = unlike(a, b) {
                    found.insert(nth, reason);
                }
                continue;
            }
            (None, _) => Under::A,
            (_, None) => Under::B,
        };
        let [account, _] = two(accounts, under);
        match at_once(account, pair) {
            Some(cause) => drop(found.insert(nth, Reason::NotOwed { under, why: cause.into() })),
            None => asked.entry((under, &pair.key.whom)).or_default().push(nth),
        }
    }
    found.extend(inquire(accounts, pairs, facts, asked));
    found
}

/// The contract that owes nothing, and the other one.
fn two<T>([a, b]: [T; 2], under: Under) -> [T; 2] {
    match under {
        Under::A => [a, b],
        Under::B => [b, a],
    }
}

/// Why two entitlements of one key are not the same; none if they are.
fn unlike(a: &Held, b: &Held) -> Option<Reason> {
    if a.owed() == b.owed() {
        return None;
    }
    Some(match (a.rate == b.rate, a.quantity == b.quantity) {
        (false, true) => Reason::Rate,
        (true, false) => Reason::Quantity,
        (true, true) | (false, false) => Reason::Amount,
    })
}

/// Why something is not owed, where that needs no facts: the charge is not there, or its days are not settled.
fn at_once(account: &Account<'_>, pair: &Pair<'_>) -> Option<Cause> {
    let Some(last) = account.last else { return Some(Cause::NotSettled) };
    let version = account.contract.in_force(last.cut_off);
    if version.charges.iter().all(|charge| charge.id != *pair.key.charge) {
        return Some(Cause::NoCharge);
    }
    let owed = pair.held.iter().flatten().find(|held| !held.owed().is_zero());
    owed.is_some_and(|held| held.earned_on > last.days.last).then_some(Cause::NotSettled)
}

/// Asks the explanation, subject by subject.
fn inquire(
    accounts: [&Account<'_>; 2],
    pairs: &[Pair<'_>],
    facts: &Facts,
    asked: BTreeMap<(Under, &Whom), Vec<usize>>,
) -> BTreeMap<usize, Reason> {
    let inquiries = accounts.map(|account| Some(Inquiry::new(account.contract, facts, account.last?)));
    let [Some(a), Some(b)] = &inquiries else { return BTreeMap::new() };
    let mut asked: Vec<((Under, &Whom), Vec<usize>)> = asked.into_iter().collect();
    let answers = parallel::map_big(&mut asked, |((under, whom), places)| {
        let keys: Vec<Asked<'_>> = places.iter().filter_map(|nth| question(pairs.get(*nth)?)).collect();
        let [mine, other] = two([a, b], *under);
        let answers = mine.absent(other, whom, &keys).into_iter();
        let reasons = answers.map(|absent| Reason::NotOwed { under: *under, why: absent.into() });
        places.iter().copied().zip(reasons).collect::<Vec<(usize, Reason)>>()
    });
    answers.into_iter().flatten().collect()
}

fn question<'p>(pair: &Pair<'p>) -> Option<Asked<'p>> {
    let held = pair.held.iter().flatten().find(|held| !held.owed().is_zero())?;
    Some(Asked { charge: &pair.key.charge, unit: &pair.key.unit, earned_on: held.earned_on })
}
