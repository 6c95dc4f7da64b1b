//! The bounds of charges that limits tie together (the book on forecasts, "Why the bounds hold").

use super::bound::{Most, Unbounded, least, more, plus, times};
use super::causal::Group;
use super::made::{Key, Used, Windows, whole};
use super::most::open;
use super::open::Open;
use super::people::{People, to_come};
use super::person::Person;
use super::start::Start;
use crate::charge::{Charge, Mechanism, adjust::By, fixed::FixedPer};
use crate::contract::{Bound, Contract, Limit, Scope};
use crate::measure::day::Day;
use crate::measure::money::Money;
use std::collections::{BTreeMap, BTreeSet};

/// What each charge may still come to for somebody.
type Opens = BTreeMap<u16, Open>;

/// Somebody for whom something may be earned, and how many of the kind there are.
struct Somebody<'a> {
    id: Option<&'a str>,
    count: Most,
    opens: Opens,
}

/// The bounds of a group while they are worked out.
pub(super) struct Sums<'a> {
    contract: &'a Contract,
    windows: &'a Windows<'a>,
    told: Option<Day>,
    charges: BTreeSet<u16>,
    /// What is made, by charge.
    made: BTreeMap<u16, i128>,
    /// What is certain beside it, by charge.
    certain: BTreeMap<u16, i128>,
    used: Used,
    people: Vec<Somebody<'a>>,
    /// What each charge may come to for everybody and the contract itself.
    all: Opens,
}

impl<'a> Sums<'a> {
    /// Takes a group up by the keys that the last settlement owes as facts stand.
    pub fn new(
        windows: &'a Windows<'a>,
        contract: &'a Contract,
        people: &'a People<'a>,
        group: &Group,
        told: Option<Day>,
        keys: &[Key],
    ) -> Sums<'a> {
        let told = told.filter(|_| group.is_causal);
        let mine = || keys.iter().filter(|key| group.charges.contains(&key.charge));
        let is_made = |key: &&Key| told.is_some_and(|told| key.earned_on <= told);
        let made: Vec<&Key> = mine().filter(is_made).collect();
        let start = Start::new(contract, told, &made);
        let mut sums = Sums {
            contract,
            windows,
            told,
            charges: group.charges.clone(),
            made: BTreeMap::new(),
            certain: BTreeMap::new(),
            used: windows.used(made.iter().copied()),
            people: Vec::new(),
            all: sums_of(&start, &group.charges, None),
        };
        for key in &made {
            *sums.made.entry(key.charge).or_default() += i128::from(key.granted.minor());
        }
        for key in mine().filter(|key| !is_made(key) && key.amount > Money::ZERO) {
            if contract.charges.get(usize::from(key.charge)).is_some_and(is_certain) {
                *sums.certain.entry(key.charge).or_default() += i128::from(key.amount.minor());
            }
        }
        let somebody = |person: &Person<'a>| Somebody {
            id: person.id,
            count: Ok(1),
            opens: sums_of(&start, &group.charges, Some(person)),
        };
        sums.people = people.known.iter().map(somebody).collect();
        sums.people.push(newcomers(&start, &group.charges, people));
        for somebody in &sums.people {
            for (charge, open) in &somebody.opens {
                let all = sums.all.entry(*charge).or_insert(Open::NONE);
                *all = all.and(open.times(somebody.count));
            }
        }
        sums
    }

    /// The lowest and the highest sum of all its charges.
    pub fn bounds(&self) -> (Most, Most) {
        let each = self.charges.iter().map(|charge| self.of(*charge));
        let (lowest, highest) = each.fold((Ok(0), Ok(0)), |sum, one| (plus(sum.0, one.0), plus(sum.1, one.1)));
        let together = self.lowest(&self.charges);
        let lowest = if lowest.is_err() { together } else { more(lowest, together) };
        (lowest, least(highest, self.highest(&self.charges)))
    }

    /// The lowest and the highest sum of one charge.
    pub fn of(&self, charge: u16) -> (Most, Most) {
        let charges = BTreeSet::from([charge]);
        (self.lowest(&charges), self.highest(&charges))
    }

    fn made(&self, charges: &BTreeSet<u16>) -> i128 {
        charges.iter().filter_map(|charge| self.made.get(charge)).sum()
    }

    /// What is made and what is certain, less all that may be owed back. Where floors stand under all that, it is not below 0.
    fn lowest(&self, charges: &BTreeSet<u16>) -> Most {
        let back = self.sum(charges, |open| open.back);
        let lowest = back.map(|back| self.made(charges) + self.certain(charges) - back);
        let floored = charges.iter().filter(|charge| self.sum(&BTreeSet::from([**charge]), |open| open.back) != Ok(0));
        let floored: Vec<u16> = floored.copied().collect();
        let holds = |limit: &&Limit| {
            let covers = |charge: &u16| super::causal::covers(self.contract, limit, *charge);
            let theirs =
                |charge: &u16| self.contract.charges.get(usize::from(*charge)).is_some_and(Charge::is_the_contracts);
            let scope = match limit.scope {
                Scope::Contract => true,
                Scope::Participant => !floored.iter().any(theirs),
                Scope::Company => false,
            };
            let mut all = (0_u16..).zip(&self.contract.charges).map(|(charge, _)| charge).filter(covers);
            matches!(limit.bound, Bound::Floor(_))
                && scope
                && floored.iter().all(covers)
                && all.all(|one| charges.contains(&one))
        };
        let is_floored = !floored.is_empty() && self.contract.limits.iter().any(|limit| holds(&limit));
        if is_floored { Ok(lowest.unwrap_or(0).max(0)) } else { lowest }
    }

    /// What is certain, as far as the least room of the limits over it goes. What others share may be taken by them.
    fn certain(&self, charges: &BTreeSet<u16>) -> i128 {
        let mut sum: i128 = 0;
        let mut room = i128::MAX;
        for (charge, amount) in self.certain.iter().filter(|(charge, _)| charges.contains(charge)) {
            let limits: Vec<(u16, &Limit)> =
                self.windows.covering(*charge).filter(|(_, limit)| limit.scope == Scope::Contract).collect();
            let shared = |(_, limit): &(u16, &Limit)| {
                matches!(limit.bound, Bound::Units(_))
                    || (0_u16..)
                        .zip(&self.contract.charges)
                        .any(|(other, _)| super::causal::covers(self.contract, limit, other) && !charges.contains(&other))
            };
            let cuts = |(_, limit): &&(u16, &Limit)| !matches!(limit.bound, Bound::Floor(_));
            if limits.iter().filter(cuts).any(shared) {
                continue;
            }
            sum += amount;
            let rooms = limits.iter().filter(cuts).flat_map(|(number, limit)| self.rooms(*number, limit, None));
            room = rooms.fold(room, i128::min);
        }
        sum.min(room)
    }

    /// What is made and the most of the rest: for every choice of limits, the room in them and what none of them covers.
    fn highest(&self, charges: &BTreeSet<u16>) -> Most {
        let usable: Vec<(u16, &Limit)> =
            (0_u16..).zip(&self.contract.limits).filter(|(_, limit)| self.can_bound(limit)).collect();
        let usable: Vec<(u16, &Limit)> = usable.into_iter().take(10).collect();
        let rooms: Vec<(BTreeSet<u16>, Most)> =
            usable.iter().map(|(number, limit)| self.room(charges, *number, limit)).collect();
        let mut best = self.sum(charges, |open| open.most);
        for choice in 1_u32..(1 << rooms.len()) {
            let chosen = || rooms.iter().zip(0..).filter(move |(_, nth)| choice >> nth & 1 == 1).map(|(room, _)| room);
            let covered: BTreeSet<u16> = chosen().flat_map(|(covered, _)| covered.iter().copied()).collect();
            let rest: BTreeSet<u16> = charges.difference(&covered).copied().collect();
            let rest = self.sum(&rest, |open| open.most);
            best = least(best, chosen().map(|(_, room)| *room).fold(rest, plus));
        }
        plus(Ok(self.made(charges)), best)
    }

    /// Limits per company, floors and shares bound nothing here.
    fn can_bound(&self, limit: &Limit) -> bool {
        limit.scope != Scope::Company && whole(limit).is_some()
    }

    /// Which of the charges a limit covers, and the most that they can come to in its rooms. What its other charges may owe back
    /// gives room.
    fn room(&self, charges: &BTreeSet<u16>, number: u16, limit: &Limit) -> (BTreeSet<u16>, Most) {
        let theirs = |charge: &u16| {
            let own = self.contract.charges.get(usize::from(*charge)).is_some_and(Charge::is_the_contracts);
            super::causal::covers(self.contract, limit, *charge) && !(own && limit.scope == Scope::Participant)
        };
        let (mine, others): (BTreeSet<u16>, BTreeSet<u16>) =
            self.charges.iter().copied().filter(theirs).partition(|charge| charges.contains(charge));
        let units = matches!(limit.bound, Bound::Units(_));
        let most = |opens: &Opens, whose: Option<&str>| {
            let all = |of: fn(&Open) -> Most, set: &BTreeSet<u16>| total(opens, set, of);
            let left = self.rooms(number, limit, whose).fold(0_i128, i128::saturating_add);
            let room = if units {
                let singles = mine.iter().filter_map(|charge| opens.get(charge));
                times(singles.map(|open| open.single).fold(Ok(0), more), Ok(left))
            } else {
                plus(Ok(left), all(|open| open.back, &others))
            };
            least(all(|open| open.most, &mine), room)
        };
        let room = match limit.scope {
            Scope::Participant => {
                let each = self.people.iter().map(|one| times(most(&one.opens, one.id), one.count));
                each.fold(Ok(0), plus)
            }
            Scope::Contract | Scope::Company => most(&self.all, None),
        };
        (mine, room)
    }

    /// What is left in each of a limit's rooms in which something can still be earned; without an owner, of the contract or of
    /// somebody who is still to come.
    fn rooms(&self, number: u16, limit: &Limit, owner: Option<&str>) -> impl Iterator<Item = i128> {
        let whole = whole(limit).unwrap_or(i128::MAX);
        let windows = self.windows.after(limit, self.told.unwrap_or(self.contract.starts.previous()));
        let owner = owner.map(str::to_owned);
        let left =
            move |window| whole.saturating_sub(self.used.get(&(number, owner.clone(), window)).copied().unwrap_or_default());
        windows.into_iter().map(left).map(|left| left.max(0))
    }

    /// The sum over everybody.
    fn sum(&self, charges: &BTreeSet<u16>, of: fn(&Open) -> Most) -> Most {
        total(&self.all, charges, of)
    }
}

/// The sum over some charges.
fn total(opens: &Opens, charges: &BTreeSet<u16>, of: fn(&Open) -> Most) -> Most {
    charges.iter().filter_map(|charge| opens.get(charge)).map(of).fold(Ok(0), plus)
}

/// Those who may still come: each as the one for whom most may be earned.
fn newcomers<'a>(start: &Start<'_>, charges: &BTreeSet<u16>, people: &People<'_>) -> Somebody<'a> {
    let mut opens = Opens::new();
    for person in to_come(start.contract, start.told).filter(|_| people.more != Some(0)) {
        for (charge, open) in sums_of(start, charges, Some(&person)) {
            let best = opens.entry(charge).or_insert(Open::NONE);
            *best = best.or(open);
        }
    }
    Somebody { id: None, count: people.more.map(i128::from).ok_or(Unbounded::Participants), opens }
}

fn sums_of(start: &Start<'_>, charges: &BTreeSet<u16>, person: Option<&Person<'_>>) -> Opens {
    let clauses = start.clauses.iter().filter(|clause| charges.contains(&clause.number));
    clauses.map(|clause| (clause.number, open(start, clause, person))).collect()
}

/// Whether the dates of a charge come whatever is reported: fixed, the contract's own, and nothing gates or indexes it.
fn is_certain(charge: &Charge) -> bool {
    let own = matches!(&charge.mechanism, Mechanism::Fixed(fixed) if fixed.per == FixedPer::Contract);
    let indexed = charge.adjust.iter().any(|row| matches!(row.by, Some(By::Index(_))));
    own && charge.requires.is_empty() && !indexed
}
