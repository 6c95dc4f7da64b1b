//! What has been posted for each key of one participant (or of the contract itself), and the next posting of each (rule 10.2).
//!
//! Weeks of steady work are alike, so what is said of neighbouring units is kept once for the whole streak: an account grows
//! with the facts and the settlements, not with the postings.

use super::entry::{Entry, Ground, Subject};
use crate::charge::{Quantity, Unit};
use crate::entitlement::Plan;
use crate::limits::Granted;
use crate::measure::day::Day;
use crate::measure::grid::{Cell, Grid};
use crate::measure::money::Money;
use rust_decimal::Decimal;
use std::hash::{Hash, Hasher};

/// What has been posted for the keys of one subject; keys are charge, company and unit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// In the order of charge and company.
    lines: Vec<Line>,
}

/// The units of one charge (and company), by number.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Line {
    charge: u16,
    company: Option<u32>,
    streaks: Vec<Streak>,
}

/// Neighbouring units of which the same is to be said.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Streak {
    first: i32,
    last: i32,
    state: State,
}

impl Streak {
    /// Whether another one follows at once and says the same.
    fn is_continued_by(&self, next: &Streak) -> bool {
        self.last.checked_add(1) == Some(next.first) && self.state == next.state
    }
}

/// What is to be said of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
struct State {
    /// The sum posted.
    posted: Money,
    /// The settlement in which it was first posted; 0 = never.
    since: u32,
    /// Of its last posting: how long before the unit's own last day it was earned.
    early: i32,
    /// Of its last posting.
    quantity: Quantity,
    /// Of its last posting.
    rate: Option<Decimal>,
    /// Tells whether the ground has changed since it was last stated; 0 = there is none, the entitlement fell away.
    ground: u64,
}

impl State {
    /// Of a key that was never seen.
    const NONE: State = State { posted: Money::ZERO, since: 0, early: 0, quantity: Quantity::WHOLE, rate: None, ground: 0 };

    /// A ground that was stated under another version of the contract: no fingerprint is this one.
    const OTHER_GROUND: u64 = 1;

    /// Whether there is something to take back: an amount, or a ground that was stated.
    fn stands(&self) -> bool {
        !self.posted.is_zero() || self.ground != 0
    }
}

/// One settlement of one account: entitlements are fed in the order of rule 9.2, then it is closed. Until then the account
/// stands as it was.
#[derive(Debug)]
pub struct Session<'p, 'a> {
    plan: &'p Plan<'a>,
    settlement: u32,
    /// The participant; none for the contract itself.
    participant: Option<u32>,
    /// Whether everything that is owed is fed, not only what was earned since the settlement before.
    pub complete: bool,
    /// What is to be said of the keys fed, by charge and company.
    fresh: Vec<(u16, Option<u32>, Streak)>,
}

impl<'p, 'a> Session<'p, 'a> {
    /// Opens a settlement of the account of a participant, or of the contract itself.
    #[must_use]
    pub fn open(plan: &'p Plan<'a>, settlement: u32, participant: Option<u32>, complete: bool) -> Session<'p, 'a> {
        Session { plan, settlement, participant, complete, fresh: Vec::new() }
    }

    /// Posts the amount granted minus the sum already posted for the key, where that is not zero (rule 10.2). What it returns
    /// has the amount zero where only the ground is new.
    pub fn feed(&mut self, account: &Account, granted: Granted) -> Option<Entry> {
        let owed = &granted.entitlement;
        let rate = self.plan.clause(owed.charge).and_then(|clause| clause.rate_of(owed));
        let early = natural_day(owed.unit).wrapping_sub(owed.earned_on.number());
        let number = owed.unit.number();
        let old = account.state(owed.charge, owed.company, number);
        let amount = granted.amount - old.posted;
        let ground = fingerprint(&granted, early, rate);
        let state = if amount.is_zero() {
            State { ground, ..old.clone() }
        } else {
            let since = if old.since == 0 { self.settlement } else { old.since };
            State { posted: granted.amount, since, early, quantity: owed.quantity, rate, ground }
        };
        let (since, is_new) = (old.since, !amount.is_zero() || ground != old.ground);
        // Of a part only what is new: the rest stands as it was.
        if is_new || self.complete {
            self.note(owed.charge, owed.company, Streak { first: number, last: number, state });
        }
        is_new.then(|| self.entry(granted, rate, amount, since))
    }

    /// Notes what is to be said of a unit; of neighbouring ones the same is said once.
    fn note(&mut self, charge: u16, company: Option<u32>, streak: Streak) {
        // The unit before is among the last ones, or it is looked for again when the session is closed.
        let before = self.fresh.iter_mut().rev().take(8).find(|(line, of, _)| (*line, *of) == (charge, company));
        match before {
            Some((_, _, before)) if before.is_continued_by(&streak) => before.last = streak.last,
            _ => self.fresh.push((charge, company, streak)),
        }
    }

    fn entry(&self, granted: Granted, rate: Option<Decimal>, amount: Money, since: u32) -> Entry {
        let owed = granted.entitlement;
        Entry {
            charge: owed.charge,
            subject: self.subject(owed.company),
            company: owed.company.filter(|_| self.participant.is_some()),
            unit: owed.unit,
            earned_on: owed.earned_on,
            quantity: owed.quantity,
            rate,
            amount,
            corrects: if amount.is_zero() { 0 } else { since },
            ground: Some(Ground {
                amount: owed.amount,
                granted: granted.amount,
                cut_by: granted.cut_by,
                reference: owed.reference,
                days: owed.days,
                spells: owed.spells,
                seen: owed.seen,
                tops_up: owed.tops_up,
            }),
        }
    }

    /// Closes the session. If it is complete, a key that was not fed has fallen away, and what was posted for it is posted back
    /// (rule 10.2); otherwise it stands as it was.
    #[must_use]
    pub fn close(mut self, account: &mut Account) -> Vec<Entry> {
        let mut fallen = Vec::new();
        if !self.complete && self.fresh.is_empty() {
            return fallen;
        }
        let complete = self.complete;
        let keep =
            |old: &State| if complete { State { posted: Money::ZERO, ground: 0, ..old.clone() } } else { old.clone() };
        let mut fresh = Account::default();
        for (charge, company, streak) in std::mem::take(&mut self.fresh) {
            fresh.change(charge, company, |streaks| put(streaks, streak));
        }
        for Line { charge, company, streaks } in &mut account.lines {
            let new = fresh.take(*charge, *company);
            if !complete && comes_after(&new, streaks) {
                new.into_iter().for_each(|streak| push(streaks, streak));
                continue;
            }
            let merged = merge(std::mem::take(streaks), new, keep);
            *streaks = merged.streaks;
            for left in merged.left.iter().filter(|left| complete && left.state.stands()) {
                fallen.extend(
                    (left.first..=left.last).filter_map(|number| self.fallen(*charge, *company, number, &left.state)),
                );
            }
        }
        for Line { charge, company, streaks } in fresh.lines.into_iter().filter(|line| !line.streaks.is_empty()) {
            account.change(charge, company, |units| *units = streaks);
        }
        fallen
    }

    fn fallen(&self, charge: u16, company: Option<u32>, number: i32, last: &State) -> Option<Entry> {
        let unit = self.plan.clause(charge)?.charge.mechanism.unit(number)?;
        Some(Entry {
            charge,
            subject: self.subject(company),
            company: company.filter(|_| self.participant.is_some()),
            unit,
            earned_on: Day::from_number(natural_day(unit).wrapping_sub(last.early)),
            quantity: last.quantity,
            rate: last.rate,
            amount: -last.posted,
            corrects: last.since,
            ground: None,
        })
    }

    fn subject(&self, company: Option<u32>) -> Subject {
        match (self.participant, company) {
            (Some(participant), _) => Subject::Participant(participant),
            (None, Some(company)) => Subject::Company(company),
            (None, None) => Subject::Contract,
        }
    }
}

/// The sum posted for a key by earlier settlements, with the values of its last posting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Posted {
    /// The charge's place in the contract.
    pub charge: u16,
    /// The company of the unit, or of a fixed charge.
    pub company: Option<u32>,
    /// What was paid for.
    pub unit: Unit,
    /// The sum.
    pub sum: Money,
    /// The settlement in which it was first posted.
    pub since: u32,
    /// Of its last posting.
    pub earned_on: Day,
    /// Of its last posting.
    pub quantity: Quantity,
    /// Of its last posting.
    pub rate: Option<Decimal>,
}

impl Account {
    /// The account of what a ledger has posted, in the order of charge, company and unit (rule 10.4).
    #[must_use]
    pub fn from_ledger(posted: impl IntoIterator<Item = Posted>) -> Account {
        let mut account = Account::default();
        for key in posted {
            let early = natural_day(key.unit).wrapping_sub(key.earned_on.number());
            let state =
                State { posted: key.sum, since: key.since, early, quantity: key.quantity, rate: key.rate, ground: 0 };
            let number = key.unit.number();
            let streak = Streak { first: number, last: number, state };
            account.change(key.charge, key.company, |streaks| push(streaks, streak));
        }
        account
    }

    /// The account with the charges' places in another version of the contract. Every ground is to be stated anew.
    #[must_use]
    pub fn renumbered(&self, place: impl Fn(u16) -> Option<u16>) -> Account {
        let stated = |streak: &Streak| {
            let ground = if streak.state.ground == 0 { 0 } else { State::OTHER_GROUND };
            Streak { state: State { ground, ..streak.state.clone() }, ..*streak }
        };
        let mut account = Account::default();
        for Line { charge, company, streaks } in &self.lines {
            if let Some(charge) = place(*charge) {
                account.change(charge, *company, |units| *units = streaks.iter().map(stated).collect());
            }
        }
        account
    }

    fn state(&self, charge: u16, company: Option<u32>, number: i32) -> &State {
        let line = self.place(charge, company).ok().and_then(|place| self.lines.get(place));
        let streak = line.and_then(|line| {
            let after = line.streaks.partition_point(|streak| streak.last < number);
            line.streaks.get(after).filter(|streak| streak.first <= number)
        });
        streak.map_or(&State::NONE, |streak| &streak.state)
    }

    fn place(&self, charge: u16, company: Option<u32>) -> Result<usize, usize> {
        self.lines.binary_search_by_key(&(charge, company), |line| (line.charge, line.company))
    }

    /// Changes the units of a charge (and company).
    fn change(&mut self, charge: u16, company: Option<u32>, change: impl FnOnce(&mut Vec<Streak>)) {
        match self.place(charge, company) {
            Ok(place) => {
                if let Some(line) = self.lines.get_mut(place) {
                    change(&mut line.streaks);
                }
            }
            Err(place) => {
                let mut streaks = Vec::new();
                change(&mut streaks);
                self.lines.insert(place, Line { charge, company, streaks });
            }
        }
    }

    /// Takes the units of a charge (and company) out.
    fn take(&mut self, charge: u16, company: Option<u32>) -> Vec<Streak> {
        let line = self.place(charge, company).ok().and_then(|place| self.lines.get_mut(place));
        line.map(|line| std::mem::take(&mut line.streaks)).unwrap_or_default()
    }
}

/// Whether all of the new units are later than the old ones.
fn comes_after(new: &[Streak], old: &[Streak]) -> bool {
    new.first().zip(old.last()).is_none_or(|(new, old)| old.last < new.first)
}

/// Adds a streak behind the others, as part of the last one where it says the same.
fn push(streaks: &mut Vec<Streak>, streak: Streak) {
    match streaks.last_mut() {
        Some(last) if last.is_continued_by(&streak) => last.last = streak.last,
        _ => streaks.push(streak),
    }
}

/// Adds the streak of one unit. Units mostly come in their order; one that a gate held back comes after later ones (mechanisms
/// 6.3).
fn put(streaks: &mut Vec<Streak>, streak: Streak) {
    match streaks.last() {
        Some(last) if last.last >= streak.first => {
            let place = streaks.partition_point(|other| other.last < streak.first);
            streaks.insert(place, streak);
        }
        _ => push(streaks, streak),
    }
}

/// Old and new streaks together, and the parts of the old ones that no new one replaces.
struct Merged {
    streaks: Vec<Streak>,
    left: Vec<Streak>,
}

/// Lays new streaks over old ones; what is left of the old ones is kept as `keep` says.
fn merge(old: Vec<Streak>, new: Vec<Streak>, keep: impl Fn(&State) -> State) -> Merged {
    let mut merged = Merged { streaks: Vec::with_capacity(old.len().max(new.len())), left: Vec::new() };
    let mut new = new.into_iter().peekable();
    for old in old {
        let mut from = old.first;
        let left = |merged: &mut Merged, first: i32, last: i32| {
            if first <= last {
                push(&mut merged.streaks, Streak { first, last, state: keep(&old.state) });
                merged.left.push(Streak { first, last, state: old.state.clone() });
            }
        };
        while let Some(over) = new.peek().filter(|over| over.first <= old.last) {
            left(&mut merged, from, over.first.saturating_sub(1));
            from = from.max(over.last.saturating_add(1));
            if over.last > old.last {
                break;
            }
            if let Some(over) = new.next() {
                push(&mut merged.streaks, over);
            }
        }
        left(&mut merged, from, old.last);
    }
    new.for_each(|streak| push(&mut merged.streaks, streak));
    merged
}

/// The day from which an account counts a unit's day earned: a cell's last day, which most cells are earned on.
fn natural_day(unit: Unit) -> i32 {
    match unit {
        // Where pieces begin can change with the facts.
        Unit::Cell(Cell { grid: Grid::Parts { .. }, .. }) => 0,
        Unit::Cell(cell) => cell.last().number(),
        Unit::Date(_) | Unit::Step(_) => 0,
    }
}

/// A number that changes when the ground does. It is compared within one run only and never written.
fn fingerprint(granted: &Granted, early: i32, rate: Option<Decimal>) -> u64 {
    let owed = &granted.entitlement;
    let mut mixed = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |part: u64| mixed = (mixed.rotate_left(5) ^ part).wrapping_mul(0x517c_c1b7_2722_0a95);
    mix(owed.amount.minor().cast_unsigned());
    mix(granted.amount.minor().cast_unsigned());
    mix(granted.cut_by.map_or(u64::MAX, u64::from));
    match owed.quantity {
        Quantity::Days { days, of } => mix(u64::from(days) << 48 | u64::from(of) << 32 | u64::from(owed.days)),
        Quantity::Millionths(millionths) => {
            mix(millionths.cast_unsigned());
            mix(u64::from(owed.days));
        }
    }
    mix(u64::from(early.cast_unsigned()));
    let rate = rate.map_or(u128::MAX, |rate| rate.mantissa().cast_unsigned());
    mix((rate >> 64) as u64);
    mix(rate as u64);
    owed.spells.iter().for_each(|spell| mix(u64::from(*spell)));
    if let Some(seen) = &owed.seen {
        // Neither where it runs nor when has a say in this hasher.
        let mut hasher = std::hash::DefaultHasher::new();
        seen.hash(&mut hasher);
        mix(hasher.finish());
    }
    if let Some(topped) = &owed.tops_up {
        mix(u64::from(topped.charge) << 32 | u64::from(topped.unit.number().cast_unsigned()));
    }
    mixed.max(State::OTHER_GROUND + 1)
}
