//! Floor 7, limits: how much of an entitlement is granted (rule 9).

pub mod load;
pub mod room;

pub use load::{Load, Loads};
pub use room::Rooms;

use crate::charge::Entitlement;
use crate::contract::{Calendar, Contract, Limit, LimitWindow, Scope};
use crate::measure::day::{Day, Span};
use crate::measure::money::Money;

/// An entitlement and what the limits left of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Granted {
    /// What was owed before limits.
    pub entitlement: Entitlement,
    /// What is owed.
    pub amount: Money,
    /// The limit that took the rest, by its place in the contract: the one with the least room, of equal ones the first
    /// (rule 9.2).
    pub cut_by: Option<u16>,
}

impl Granted {
    /// What was taken.
    #[must_use]
    pub fn cut(&self) -> Money {
        self.entitlement.amount - self.amount
    }
}

/// A contract's limits, and what falls under which.
#[derive(Debug)]
pub struct Limits<'a> {
    limits: Vec<&'a Limit>,
    /// For each charge the limits that cover it, by their place in the contract.
    covering: Vec<Vec<u16>>,
    /// The contract's first day.
    starts: Day,
    /// The last day of each settlement period of the term and its tail: measured and delayed charges may be earned there too
    /// (mechanisms 5.2).
    period_ends: Vec<Day>,
}

/// One room: a limit and, for a limit per company, whose.
pub type RoomOf = (u16, Option<u32>);

impl<'a> Limits<'a> {
    /// The contract's limits.
    #[must_use]
    pub fn new(contract: &'a Contract) -> Limits<'a> {
        let numbered = || (0_u16..).zip(&contract.limits);
        let covering = contract.charges.iter().map(|charge| {
            let covers = |limit: &Limit| limit.charges.as_ref().is_none_or(|charges| charges.contains(&charge.id));
            numbered().filter(|(_, limit)| covers(limit)).map(|(number, _)| number).collect()
        });
        Limits {
            limits: contract.limits.iter().collect(),
            covering: covering.collect(),
            starts: contract.starts,
            period_ends: Calendar::new(contract).map(|period| period.days.last).collect(),
        }
    }

    /// Whether some limit is shared by several participants.
    #[must_use]
    pub fn any_shared(&self) -> bool {
        self.limits.iter().any(|limit| limit.scope != Scope::Participant)
    }

    /// The limit at that place.
    #[must_use]
    pub fn limit(&self, number: u16) -> Option<&'a Limit> {
        self.limits.get(usize::from(number)).copied()
    }

    /// The settlement period of a day, from 0.
    #[must_use]
    pub fn period(&self, day: Day) -> usize {
        self.period_ends.partition_point(|last| *last < day)
    }

    /// The first day of a settlement period, from 0.
    #[must_use]
    pub fn first_day(&self, period: usize) -> Option<Day> {
        match period.checked_sub(1) {
            None => Some(self.starts),
            Some(before) => self.period_ends.get(before).map(|last| last.next()),
        }
    }

    /// The days of the settlement periods from number `from` (counted from 0) that begin on or before `last`.
    pub fn periods(&self, from: usize, last: Day) -> impl Iterator<Item = Span> {
        let first = move |period: usize| self.first_day(period);
        let days =
            (from..self.period_ends.len()).map_while(move |period| Some((first(period)?, *self.period_ends.get(period)?)));
        days.take_while(move |(first, _)| *first <= last).filter_map(move |(first, end)| Span::new(first, end.min(last)))
    }

    /// The window of the limit that a settlement period lies in; no period straddles two (rule 4.2).
    fn window_of_period(&self, limit: &Limit, period: usize) -> Option<i32> {
        self.period_ends.get(period).map(|last| self.window(limit, *last))
    }

    /// The window of the limit that a day earned lies in, as a number (rule 9.1).
    fn window(&self, limit: &Limit, earned_on: Day) -> i32 {
        match limit.window {
            LimitWindow::Total => 0,
            LimitWindow::CalendarYear => earned_on.year(),
            LimitWindow::SettlementPeriod => i32::try_from(self.period(earned_on)).unwrap_or(i32::MAX),
        }
    }

    /// The rooms that an entitlement needs, in the contract's order (rule 9.1). The company is that of its reference day: what
    /// has none falls under no limit per company. A fixed charge has no participant and falls under no limit per participant.
    fn rooms(&self, entitlement: &Entitlement, of_participant: bool) -> impl Iterator<Item = (RoomOf, &'a Limit)> {
        let reference = entitlement.reference;
        self.covering(entitlement).filter_map(move |(number, limit)| match limit.scope {
            Scope::Participant => of_participant.then_some(((number, None), limit)),
            Scope::Company => reference.map(|company| ((number, Some(company)), limit)),
            Scope::Contract => Some(((number, None), limit)),
        })
    }

    /// Those of them that are shared with others.
    fn shared(&self, entitlement: &Entitlement) -> impl Iterator<Item = (RoomOf, &'a Limit)> {
        self.rooms(entitlement, false)
    }

    fn covering(&self, entitlement: &Entitlement) -> impl Iterator<Item = (u16, &'a Limit)> {
        let covering = self.covering.get(usize::from(entitlement.charge)).map(Vec::as_slice).unwrap_or_default();
        covering.iter().filter_map(|number| Some((*number, self.limit(*number)?)))
    }

    /// Grants an entitlement the least of its amount and the room left in every limit that covers it, and takes that much
    /// room from each (rule 9.2). Entitlements must come in the order of rule 9.2. `shared` is left out where no shared
    /// limit can cut.
    #[must_use]
    pub fn grant(&self, entitlement: Entitlement, own: Option<&mut Rooms>, shared: Option<&mut Rooms>) -> Granted {
        let window = |limit: &Limit| self.window(limit, entitlement.earned_on);
        let of_participant = own.is_some();
        let mut books = [own, shared];
        let mut least: Option<(Money, u16)> = None;
        for (of, limit) in self.rooms(&entitlement, of_participant) {
            let Some(Some(rooms)) = books.get(usize::from(limit.scope != Scope::Participant)) else { continue };
            let left = rooms.left(of, window(limit), limit.amount);
            // The limits come in the contract's order: of equal rooms the first one stays.
            if least.is_none_or(|(least, _)| left < least) {
                least = Some((left, of.0));
            }
        }
        let (amount, cut_by) = match least {
            Some((left, by)) if left < entitlement.amount => (left, Some(by)),
            _ => (entitlement.amount, None),
        };
        for (of, limit) in self.rooms(&entitlement, of_participant) {
            if let Some(Some(rooms)) = books.get_mut(usize::from(limit.scope != Scope::Participant)) {
                rooms.take(of, window(limit), limit.amount, amount);
            }
        }
        Granted { entitlement, amount, cut_by }
    }
}
