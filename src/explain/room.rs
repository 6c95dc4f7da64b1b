//! The limits once more: every entitlement in its turn, every room kept by itself (rule 9).

use crate::charge::Unit;
use crate::contract::{Bound, Calendar, Contract, LimitWindow, Scope};
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
}

/// The rooms of all limits while entitlements are taken in the order of rule 9.2.
#[derive(Debug)]
pub(super) struct Rooms<'a> {
    contract: &'a Contract,
    /// The days of each settlement period, those of the tail too (mechanisms 5.2).
    periods: Vec<Span>,
    taken: BTreeMap<(u16, Whose, i32), Taken>,
}

impl<'a> Rooms<'a> {
    pub fn new(contract: &'a Contract) -> Rooms<'a> {
        let periods = Calendar::new(contract).map(|period| period.days);
        Rooms { contract, periods: periods.collect(), taken: BTreeMap::new() }
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

    /// What was taken from each room, by limit, owner and window.
    pub fn taken(&self) -> impl Iterator<Item = ((u16, Whose, i32), Taken)> {
        self.taken.iter().map(|(room, taken)| (*room, *taken))
    }

    /// Grants the least of the amount and the room in every limit that covers it, and takes it from each (rule 9.2).
    pub fn grant(&mut self, claim: Claim) -> Grant {
        let Some(charge) = self.contract.charges.get(usize::from(claim.charge)) else {
            return Grant { claim, granted: claim.amount, cut_by: None, rooms: Vec::new() };
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
                covering.push((number, whose, window, limit.bound, taken.used));
            }
        }
        let mut granted = claim.amount;
        let mut cut_by = None;
        for (number, _, _, bound, net) in &covering {
            // The most or, of what is owed back, the least that keeps the sum within the bound.
            let (within, nearer) = match bound {
                Bound::Amount(most) => (*most - *net, granted > Money::ZERO),
                Bound::Floor(least) => ((*least - *net).min(Money::ZERO), granted < Money::ZERO),
            };
            if nearer && within.size() < granted.size() {
                (granted, cut_by) = (within, Some(*number));
            }
        }
        for (number, whose, window, ..) in &covering {
            let taken = self.taken.entry((*number, *whose, *window)).or_default();
            taken.used += granted;
            if cut_by == Some(*number) {
                taken.cut += claim.amount - granted;
            }
        }
        Grant {
            claim,
            granted,
            cut_by,
            rooms: covering.iter().map(|(number, _, window, bound, net)| (*number, *window, before(*bound, *net))).collect(),
        }
    }
}

/// What is told of a bound before an entitlement: the room that is left or, of a floor, the sum.
fn before(bound: Bound, net: Money) -> Money {
    match bound {
        Bound::Amount(most) => most - net,
        Bound::Floor(_) => net,
    }
}
