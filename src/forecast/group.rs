//! The bounds of charges that limits tie together (the book on forecasts, "Why the bounds hold").

use super::bound::{Highest, Most, Unbounded, least, more, plus, times};
use super::causal::Group;
use super::made::{Key, Used, Windows, whole};
use super::most::open;
use super::open::Open;
use super::people::{People, to_come};
use super::person::Person;
use super::start::Start;
use crate::charge::{Charge, Mechanism, adjust::By, fixed::FixedPer};
use crate::contract::{Bound, Contract, Limit, LimitWindow, Scope};
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
    /// What each charge may owe back at any time, where a year alone is looked at.
    back: Opens,
}

/// The bounds of a group while they are worked out.
pub(super) struct Sums<'a> {
    contract: &'a Contract,
    windows: &'a Windows<'a>,
    told: Option<Day>,
    /// The calendar year in which it has to be earned; `None` = whenever.
    year: Option<i32>,
    charges: BTreeSet<u16>,
    /// What is made, by charge.
    made: BTreeMap<u16, i128>,
    /// How many amounts that are.
    count: BTreeMap<u16, i128>,
    /// What is certain beside it, by charge: before limits, and what they grant as facts stand.
    certain: BTreeMap<u16, (i128, i128)>,
    used: Used,
    people: Vec<Somebody<'a>>,
    /// What each charge may come to for everybody and the contract itself.
    all: Opens,
    /// What each may owe back at any time, where a year alone is looked at.
    back: Opens,
}

/// What is looked at: the terms, the participants, the days that are told, the keys as facts stand, and the year.
pub(super) struct Look<'a> {
    /// The version that the last settlement follows.
    pub contract: &'a Contract,
    /// The windows of its limits.
    pub windows: &'a Windows<'a>,
    /// For whom something can still be earned.
    pub people: &'a People<'a>,
    /// The last day that is told; `None` = nothing is.
    pub told: Option<Day>,
    /// What the last settlement owes as facts stand.
    pub keys: &'a [Key],
}

impl<'a> Sums<'a> {
    /// Takes a group up, as a whole or as far as it is earned in a year.
    pub fn new(look: &Look<'a>, group: &Group, year: Option<i32>) -> Sums<'a> {
        let Look { contract, windows, people, keys, .. } = *look;
        let told = look.told.filter(|_| group.is_causal);
        let mine = || keys.iter().filter(|key| group.charges.contains(&key.charge));
        let is_made = |key: &&Key| told.is_some_and(|told| key.earned_on <= told);
        let asked = |key: &&Key| year.is_none_or(|year| key.earned_on.year() == year);
        let made: Vec<&Key> = mine().filter(is_made).collect();
        let start = Start::new(contract, told, &made, year);
        let ever = Start::new(contract, told, &made, None);
        let owing: BTreeSet<u16> =
            group.charges.iter().copied().filter(|charge| year.is_some() && owes(contract, *charge)).collect();
        let mut sums = Sums {
            contract,
            windows,
            told,
            year,
            charges: group.charges.clone(),
            made: BTreeMap::new(),
            count: BTreeMap::new(),
            certain: BTreeMap::new(),
            used: windows.used(made.iter().copied()),
            people: Vec::new(),
            all: sums_of(&start, &group.charges, None),
            back: sums_of(&ever, &owing, None),
        };
        for key in made.iter().copied().filter(|key| asked(key)) {
            *sums.made.entry(key.charge).or_default() += i128::from(key.granted.minor());
            *sums.count.entry(key.charge).or_default() += 1;
        }
        for key in mine().filter(|key| !is_made(key) && asked(key) && key.amount > Money::ZERO) {
            if contract.charges.get(usize::from(key.charge)).is_some_and(is_certain) {
                let certain = sums.certain.entry(key.charge).or_default();
                certain.0 += i128::from(key.amount.minor());
                certain.1 += i128::from(key.granted.minor());
            }
        }
        let somebody = |person: &Person<'a>| Somebody {
            id: person.id,
            count: Ok(1),
            opens: sums_of(&start, &group.charges, Some(person)),
            back: sums_of(&ever, &owing, Some(person)),
        };
        sums.people = people.known.iter().map(somebody).collect();
        sums.people.push(Somebody {
            id: None,
            count: people.more.map(i128::from).ok_or(Unbounded::Participants),
            opens: newcomers(&start, &group.charges, people),
            back: newcomers(&ever, &owing, people),
        });
        for somebody in &sums.people {
            add(&mut sums.all, &somebody.opens, somebody.count);
            add(&mut sums.back, &somebody.back, somebody.count);
        }
        sums
    }

    /// The lowest and the highest sum of all its charges.
    pub fn bounds(&self) -> (Most, Highest) {
        let each = self.charges.iter().map(|charge| self.of(*charge));
        let none = (Ok(0), Highest { sum: Ok(0), by: BTreeSet::new() });
        let (lowest, highest) = each.fold(none, |sum, one| (plus(sum.0, one.0), sum.1.and(one.1)));
        let together = self.lowest(&self.charges);
        let lowest = if lowest.is_err() { together } else { more(lowest, together) };
        (lowest, self.highest(&self.charges).or(highest))
    }

    /// The lowest and the highest sum of one charge.
    pub fn of(&self, charge: u16) -> (Most, Highest) {
        let charges = BTreeSet::from([charge]);
        (self.lowest(&charges), self.highest(&charges))
    }

    /// How many amounts a charge can have: those that are made, and those that may come.
    pub fn keys(&self, charge: u16) -> Most {
        let made = self.count.get(&charge).copied().unwrap_or_default();
        self.all.get(&charge).map_or(Ok(0), |open| open.keys).map(|open| open.saturating_add(made))
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
                && (self.year.is_none() || limit.window != LimitWindow::Total)
                && floored.iter().all(covers)
                && all.all(|one| charges.contains(&one))
        };
        let is_floored = !floored.is_empty() && self.contract.limits.iter().any(|limit| holds(&limit));
        if is_floored { Ok(lowest.unwrap_or(0).max(0)) } else { lowest }
    }

    /// What is certain, as far as the least room of the limits over it goes. What others share may be taken by them.
    fn certain(&self, charges: &BTreeSet<u16>) -> i128 {
        let (mut sum, mut granted): (i128, i128) = (0, 0);
        let mut room = i128::MAX;
        for (charge, (amount, stands)) in self.certain.iter().filter(|(charge, _)| charges.contains(charge)) {
            let limits = self.windows.covering(*charge).filter(|(_, limit)| limit.scope == Scope::Contract);
            let limits: Vec<(u16, &Limit)> = limits.filter(|(_, limit)| !matches!(limit.bound, Bound::Floor(_))).collect();
            let counted = |limit: &Limit| matches!(limit.bound, Bound::Units(_));
            let with = |limit: &Limit, apart: &dyn Fn(u16) -> bool| {
                let mut others = (0_u16..).zip(&self.contract.charges).map(|(other, _)| other);
                others.any(|other| super::causal::covers(self.contract, limit, other) && apart(other))
            };
            if limits.iter().any(|(_, limit)| self.spans(limit)) {
                // Earlier years take of its room: what they take has to be certain too.
                let open = |other: u16| !self.contract.charges.get(usize::from(other)).is_some_and(is_certain);
                let is_certain = !limits.iter().any(|(_, limit)| counted(limit) || with(limit, &open));
                granted += if is_certain { *stands } else { 0 };
            } else if !limits.iter().any(|(_, limit)| counted(limit) || with(limit, &|other| !charges.contains(&other))) {
                sum += amount;
                let rooms = limits.iter().flat_map(|(number, limit)| self.rooms(*number, limit, None));
                room = rooms.fold(room, i128::min);
            }
        }
        sum.min(room) + granted
    }

    /// Whether a limit's room is shared with other years than the one that is looked at.
    fn spans(&self, limit: &Limit) -> bool {
        self.year.is_some() && limit.window == LimitWindow::Total
    }

    /// What is made and the most of the rest: for every choice of limits, the room in them and what none of them covers.
    fn highest(&self, charges: &BTreeSet<u16>) -> Highest {
        let usable = (0_u16..).zip(&self.contract.limits).filter(|(_, limit)| self.can_bound(limit)).take(10);
        let rooms: Vec<(u16, BTreeSet<u16>, Most)> = usable
            .map(|(number, limit)| {
                let (covered, room) = self.room(charges, number, limit);
                (number, covered, room)
            })
            .collect();
        let mut best = Highest { sum: self.sum(charges, |open| open.most), by: BTreeSet::new() };
        for choice in 1_u32..(1 << rooms.len()) {
            let chosen = || rooms.iter().zip(0..).filter(move |(_, nth)| choice >> nth & 1 == 1).map(|(room, _)| room);
            let covered: BTreeSet<u16> = chosen().flat_map(|(_, covered, _)| covered.iter().copied()).collect();
            let rest: BTreeSet<u16> = charges.difference(&covered).copied().collect();
            let rest = self.sum(&rest, |open| open.most);
            let sum = chosen().map(|(_, _, room)| *room).fold(rest, plus);
            best = best.or(Highest { sum, by: chosen().map(|(number, ..)| *number).collect() });
        }
        Highest { sum: plus(Ok(self.made(charges)), best.sum), by: best.by }
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
        let most = |opens: &Opens, back: &Opens, whose: Option<&str>| {
            let all = |of: fn(&Open) -> Most, set: &BTreeSet<u16>| total(opens, set, of);
            let left = self.rooms(number, limit, whose).fold(0_i128, i128::saturating_add);
            let room = if units {
                let singles = mine.iter().filter_map(|charge| opens.get(charge));
                times(singles.map(|open| open.single).fold(Ok(0), more), Ok(left))
            } else if self.spans(limit) {
                let given = |set| total(back, set, |open| open.back);
                plus(Ok(left), plus(given(&mine), given(&others)))
            } else {
                plus(Ok(left), all(|open| open.back, &others))
            };
            least(all(|open| open.most, &mine), room)
        };
        let room = match limit.scope {
            Scope::Participant => {
                let each = self.people.iter().map(|one| times(most(&one.opens, &one.back, one.id), one.count));
                each.fold(Ok(0), plus)
            }
            Scope::Contract | Scope::Company => most(&self.all, &self.back, None),
        };
        (mine, room)
    }

    /// What is left in each of a limit's rooms in which something can still be earned; without an owner, of the contract or of
    /// somebody who is still to come.
    fn rooms(&self, number: u16, limit: &Limit, owner: Option<&str>) -> impl Iterator<Item = i128> {
        let whole = whole(limit).unwrap_or(i128::MAX);
        let windows = self.windows.after(limit, self.told.unwrap_or(self.contract.starts.previous()), self.year);
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
fn newcomers(start: &Start<'_>, charges: &BTreeSet<u16>, people: &People<'_>) -> Opens {
    let mut opens = Opens::new();
    if charges.is_empty() || people.more == Some(0) {
        return opens;
    }
    for person in to_come(start.contract, start.told) {
        for (charge, open) in sums_of(start, charges, Some(&person)) {
            let best = opens.entry(charge).or_insert(Open::NONE);
            *best = best.or(open);
        }
    }
    opens
}

/// Adds what so many of a kind may come to.
fn add(all: &mut Opens, opens: &Opens, count: Most) {
    for (charge, open) in opens {
        let sum = all.entry(*charge).or_insert(Open::NONE);
        *sum = sum.and(open.times(count));
    }
}

/// Whether a charge may owe something back.
fn owes(contract: &Contract, charge: u16) -> bool {
    contract.charges.get(usize::from(charge)).is_some_and(Charge::may_be_negative)
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
