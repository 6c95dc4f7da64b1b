//! The limits once more: every entitlement in its turn, every room kept by itself (rule 9).

use crate::charge::Unit;
use crate::contract::{Bound, Calendar, Contract, LimitWindow, Scope, Units};
use crate::ledger::entry::Subject;
use crate::measure::day::{Day, Span};
use crate::measure::money::{Money, Total};
use std::collections::BTreeMap;

/// An entitlement that waits for its turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Claim {
    pub subject: Subject,
    pub charge: u16,
    /// The company of the unit, with `per = "company"` of an outcome.
    pub company: Option<u32>,
    pub unit: Unit,
    pub earned_on: Day,
    pub amount: Money,
    /// The company of the reference day (rule 8.3), or that of a fixed charge.
    pub reference: Option<u32>,
    /// Whether the amount is worked out at its turn (mechanisms 4.1).
    pub at_its_turn: bool,
}

/// What the limits leave of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Grant {
    pub claim: Claim,
    pub granted: Money,
    /// The limit that took the rest, by its place.
    pub cut_by: Option<u16>,
    /// Every limit that covers it, with its window and the room before; of a floor the sum before.
    pub rooms: Vec<(u16, i32, Money)>,
    /// Of each that counts keys how many it grants.
    pub keys: Vec<(u16, i64)>,
}

impl Grant {
    /// How many keys a limit grants.
    pub fn keys(&self, limit: u16) -> Money {
        let most = self.keys.iter().find(|(number, _)| *number == limit);
        Money::from_minor(most.map(|(_, most)| *most).unwrap_or_default())
    }
}

/// Whose room it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Whose {
    Contract,
    Participant(u32),
    Company(u32),
}

/// What was taken from one room.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Taken {
    pub used: Money,
    /// What it cut, as the limit that is named.
    pub cut: Total,
    /// How many keys were granted something that is owed to the payee.
    pub keys: i64,
}

/// The rooms of all limits while entitlements are taken in the order of rule 9.2.
#[derive(Debug)]
pub(super) struct Rooms<'a> {
    contract: &'a Contract,
    /// The days of each settlement period, those of the tail too (mechanisms 5.2).
    periods: Vec<Span>,
    /// How many keys the limits grant that are shares of figures.
    shares: BTreeMap<u16, i64>,
    taken: BTreeMap<(u16, Whose, i32), Taken>,
}

impl<'a> Rooms<'a> {
    pub fn new(contract: &'a Contract, shares: BTreeMap<u16, i64>) -> Rooms<'a> {
        let periods = Calendar::new(contract).map(|period| period.days);
        Rooms { contract, periods: periods.collect(), shares, taken: BTreeMap::new() }
    }

    /// The window of a limit that a day earned lies in, as a number: 0, the year or the settlement (rule 9.1).
    fn window(&self, window: LimitWindow, day: Day) -> i32 {
        match window {
            LimitWindow::Total => 0,
            LimitWindow::CalendarYear => day.year(),
            LimitWindow::SettlementPeriod => {
                i32::try_from(self.periods.partition_point(|days| days.first <= day)).unwrap_or(i32::MAX)
            }
        }
    }

    fn held(&self, number: u16, bound: &Bound) -> Held {
        match bound {
            Bound::Amount(most) => Held::Amount(*most),
            Bound::Floor(least) => Held::Floor(*least),
            Bound::Units(Units::Number(most)) => Held::Keys(i64::from(*most)),
            Bound::Units(Units::Share { .. }) => Held::Keys(self.shares.get(&number).copied().unwrap_or_default()),
        }
    }

    /// What was taken from each room, by limit, owner and window.
    pub fn taken(&self) -> impl Iterator<Item = ((u16, Whose, i32), Taken)> {
        self.taken.iter().map(|(room, taken)| (*room, *taken))
    }

    /// Grants the least of the amount and the room in every limit that covers it, and takes it from each (rule 9.2).
    pub fn grant(&mut self, claim: Claim) -> Grant {
        let Some(charge) = self.contract.charges.get(usize::from(claim.charge)) else {
            return Grant { claim, granted: claim.amount, cut_by: None, rooms: Vec::new(), keys: Vec::new() };
        };
        let mut covering = Vec::new();
        for (number, limit) in (0_u16..).zip(&self.contract.limits) {
            let whose = match (limit.scope, claim.subject, claim.reference) {
                (Scope::Contract, _, _) => Whose::Contract,
                (Scope::Participant, Subject::Participant(number), _) => Whose::Participant(number),
                (Scope::Company, _, Some(company)) => Whose::Company(company),
                // What has no participant (company) does not fall under its limits (rule 9.1).
                (Scope::Participant | Scope::Company, _, _) => continue,
            };
            if limit.charges.as_ref().is_none_or(|charges| charges.contains(&charge.id)) {
                let window = self.window(limit.window, claim.earned_on);
                let taken = self.taken.get(&(number, whose, window)).copied().unwrap_or_default();
                covering.push((number, whose, window, self.held(number, &limit.bound), taken));
            }
        }
        let mut granted = claim.amount;
        let mut cut_by = None;
        for (number, _, _, bound, taken) in &covering {
            // The most or, of what is owed back, the least that keeps the sum within the bound.
            let (within, nearer) = match bound {
                Held::Amount(most) => (*most - taken.used, granted > Money::ZERO),
                Held::Floor(least) => ((*least - taken.used).min(Money::ZERO), granted < Money::ZERO),
                Held::Keys(most) => (Money::ZERO, granted > Money::ZERO && taken.keys >= *most),
            };
            if nearer && within.size() < granted.size() {
                (granted, cut_by) = (within, Some(*number));
            }
        }
        for (number, whose, window, ..) in &covering {
            let taken = self.taken.entry((*number, *whose, *window)).or_default();
            taken.used += granted;
            taken.keys += i64::from(granted > Money::ZERO);
            if cut_by == Some(*number) {
                taken.cut += claim.amount - granted;
            }
        }
        Grant {
            claim,
            granted,
            cut_by,
            rooms: covering
                .iter()
                .map(|(number, _, window, held, taken)| (*number, *window, before(*held, *taken)))
                .collect(),
            keys: covering.iter().filter_map(|(number, _, _, held, _)| held.keys().map(|most| (*number, most))).collect(),
        }
    }
}

/// To what a limit holds what it covers, once shares are worked out.
#[derive(Clone, Copy)]
enum Held {
    Amount(Money),
    Floor(Money),
    Keys(i64),
}

impl Held {
    fn keys(self) -> Option<i64> {
        match self {
            Held::Keys(most) => Some(most),
            Held::Amount(_) | Held::Floor(_) => None,
        }
    }
}

/// What is told of a bound before an entitlement: the room that is left, the keys that may still be granted or, of a floor, the sum.
fn before(held: Held, taken: Taken) -> Money {
    match held {
        Held::Amount(most) => most - taken.used,
        Held::Floor(_) => taken.used,
        Held::Keys(most) => Money::from_minor((most - taken.keys).max(0)),
    }
}
