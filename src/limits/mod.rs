//! Floor 7, limits: how much of an entitlement is granted (rule 9).

pub mod load;
pub mod room;

pub use load::{Load, Loads};
pub use room::{Rooms, Shares};

use crate::charge::Entitlement;
use crate::contract::{Bound, Calendar, Contract, Limit, LimitWindow, Scope};
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
    /// An entitlement whose turn has not come.
    #[must_use]
    pub const fn nothing_of(entitlement: Entitlement) -> Granted {
        Granted { entitlement, amount: Money::ZERO, cut_by: None }
    }

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
    /// For each charge the limits that cover it, with their places in the contract.
    covering: Vec<Vec<(u16, &'a Limit)>>,
    /// Whether nobody can be settled apart: a shared limit covers a charge that can be negative, or counts keys, a limit is a
    /// share of a figure, which can grow, or a charge rests on what is granted (mechanisms 8.1, 10.2, 11).
    together: bool,
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
            numbered().filter(|(_, limit)| covers(limit)).collect()
        });
        let covering: Vec<Vec<(u16, &Limit)>> = covering.collect();
        let shared = |(_, limit): &(u16, &Limit)| limit.scope != Scope::Participant;
        let together = contract.charges.iter().zip(&covering);
        let net = together.filter(|(charge, _)| charge.may_be_negative()).any(|(_, limits)| limits.iter().any(shared));
        let counts = |limit: &Limit| {
            limit.bound.share().is_some() || (limit.scope != Scope::Participant && matches!(limit.bound, Bound::Units(_)))
        };
        let turns = contract.charges.iter().any(|charge| contract.rests_on_granted(charge));
        let together = net || turns || contract.limits.iter().any(counts);
        Limits {
            limits: contract.limits.iter().collect(),
            covering,
            together,
            starts: contract.starts,
            period_ends: Calendar::new(contract).map(|period| period.days.last).collect(),
        }
    }

    /// Whether what one participant is granted can depend on others.
    #[must_use]
    pub fn looks_across(&self) -> bool {
        self.together || self.limits.iter().any(|limit| limit.scope != Scope::Participant)
    }

    /// Whether nobody can be settled apart.
    #[must_use]
    pub const fn together(&self) -> bool {
        self.together
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
        let covering = self.covering.get(usize::from(entitlement.charge)).map(Vec::as_slice);
        covering.unwrap_or_default().iter().copied()
    }

    /// Grants an entitlement what the limits leave of it, and takes that much room from each limit that covers it; what is owed
    /// back gives room to amounts (rule 9.2, mechanisms 10.2). Entitlements must come in the order of rule 9.2. `shared` is left
    /// out where no shared limit can cut.
    #[must_use]
    pub fn grant(&self, entitlement: Entitlement, own: Option<&mut Rooms>, shared: Option<&mut Rooms>) -> Granted {
        let (amount, cut_by) = self.leave(&entitlement, own.as_deref(), shared.as_deref());
        self.take(&entitlement, amount, own, shared);
        Granted { entitlement, amount, cut_by }
    }

    /// What the limits leave of an entitlement: the least of its size and the room left in every limit that covers it and can
    /// cut it; and the limit that takes the rest (rule 9.2).
    #[must_use]
    pub fn leave(&self, owed: &Entitlement, own: Option<&Rooms>, shared: Option<&Rooms>) -> (Money, Option<u16>) {
        let books = [own, shared];
        let mut least: Option<(Money, u16)> = None;
        for (of, limit) in self.rooms(owed, own.is_some()) {
            let Some(Some(rooms)) = books.get(usize::from(limit.scope != Scope::Participant)) else { continue };
            if !limit.bound.cuts(owed.amount) {
                continue;
            }
            // Below a floor that is not reached yet there is no room.
            let whole = rooms.whole(of.0, &limit.bound);
            let left = rooms.left(of, self.window(limit, owed.earned_on), whole).max(Money::ZERO);
            // A key that may still be counted may be granted whole.
            if matches!(limit.bound, Bound::Units(_)) && !left.is_zero() {
                continue;
            }
            // The limits come in the contract's order: of equal rooms the first one stays.
            if least.is_none_or(|(least, _)| left < least) {
                least = Some((left, of.0));
            }
        }
        let (size, cut_by) = match least {
            Some((left, by)) if left < owed.amount.size() => (left, Some(by)),
            _ => (owed.amount.size(), None),
        };
        (if owed.amount < Money::ZERO { -size } else { size }, cut_by)
    }

    /// Takes what is granted of an entitlement from the rooms of all limits that cover it (rule 9.2).
    pub fn take(&self, owed: &Entitlement, amount: Money, own: Option<&mut Rooms>, shared: Option<&mut Rooms>) {
        let of_participant = own.is_some();
        let mut books = [own, shared];
        for (of, limit) in self.rooms(owed, of_participant) {
            if let Some(Some(rooms)) = books.get_mut(usize::from(limit.scope != Scope::Participant)) {
                let whole = rooms.whole(of.0, &limit.bound);
                rooms.take(of, self.window(limit, owed.earned_on), whole, limit.bound.taken(amount));
            }
        }
    }

    /// Whether shared limits are used up for good: whatever falls under one falls under one of the whole contract and term that
    /// has nothing left. Then nothing under a shared limit is granted any more, no shared room changes, and each participant is
    /// settled apart again.
    #[must_use]
    pub fn used_up(&self, shared: &Rooms) -> bool {
        let is_shared = |(_, limit): &&(u16, &Limit)| limit.scope != Scope::Participant;
        let is_empty = |(number, limit): &(u16, &Limit)| {
            let whole = shared.whole(*number, &limit.bound);
            let lasts = limit.scope == Scope::Contract && limit.window == LimitWindow::Total;
            lasts && matches!(limit.bound, Bound::Amount(_)) && shared.left((*number, None), 0, whole) <= Money::ZERO
        };
        let all = |limits: &Vec<(u16, &Limit)>| !limits.iter().any(|limit| is_shared(&limit)) || limits.iter().any(is_empty);
        !self.together && self.covering.iter().all(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Units;
    use crate::measure::id::Id;
    use crate::measure::ratio::Ratio;
    use std::sync::Arc;

    /// Grants amounts one after the other under limits over everything; tells what was granted and by which limit it was cut.
    fn granted(bounds: &[Bound], amounts: &[i64]) -> Vec<(i64, Option<u16>)> {
        let limit = |bound: &Bound| Limit {
            id: Id::name("x"),
            scope: Scope::Contract,
            window: LimitWindow::Total,
            bound: bound.clone(),
            charges: None,
        };
        let terms: Vec<Limit> = bounds.iter().map(limit).collect();
        let covering = vec![(0..).zip(&terms).collect()];
        let day = Day::parse("2018-01-01").unwrap();
        let limits =
            Limits { limits: terms.iter().collect(), covering, together: true, starts: day, period_ends: vec![day] };
        let mut rooms = Rooms::default().sharing(&Arc::new(Shares::from([(0, 2)])));
        let entitlement = |amount: &i64| Entitlement {
            charge: 0,
            unit: crate::charge::Unit::Date(day),
            company: None,
            earned_on: day,
            quantity: crate::charge::Quantity::WHOLE,
            row: None,
            adjusted: None,
            amount: Money::from_minor(*amount),
            reference: None,
            days: 0,
            spells: [].into(),
            seen: None,
            tops_up: None,
        };
        let mut grant = |amount| limits.grant(entitlement(amount), None, Some(&mut rooms));
        amounts.iter().map(&mut grant).map(|granted| (granted.amount.minor(), granted.cut_by)).collect()
    }

    fn amount(minor: i64) -> Bound {
        Bound::Amount(Money::from_minor(minor))
    }

    fn floor(minor: i64) -> Bound {
        Bound::Floor(Money::from_minor(minor))
    }

    #[test]
    fn what_is_owed_back_gives_room_and_no_amount_cuts_it() {
        assert_eq!(granted(&[amount(100)], &[80, -30, 60, -500]), [(80, None), (-30, None), (50, Some(0)), (-500, None)]);
        // It may come before anything was granted: the net is what is held.
        assert_eq!(granted(&[amount(100)], &[-40, 150]), [(-40, None), (140, Some(0))]);
    }

    #[test]
    fn a_floor_cuts_what_is_owed_back_and_nothing_else() {
        assert_eq!(
            granted(&[floor(0)], &[50_000, -80_000, 10, -20]),
            [(50_000, None), (-50_000, Some(0)), (10, None), (-10, Some(0))]
        );
        assert_eq!(granted(&[floor(0)], &[-1]), [(0, Some(0))]);
        // Below a floor that is not reached yet nothing is owed back.
        assert_eq!(granted(&[floor(100)], &[90, -1, 30, -30]), [(90, None), (0, Some(0)), (30, None), (-20, Some(0))]);
    }

    #[test]
    fn of_several_floors_the_one_with_the_least_room_is_named_and_of_equal_ones_the_first() {
        assert_eq!(granted(&[floor(10), floor(20), floor(20)], &[50, -100]), [(50, None), (-30, Some(1))]);
        assert_eq!(granted(&[amount(60), floor(0)], &[100, -70, 70]), [(60, Some(0)), (-60, Some(1)), (60, Some(0))]);
    }

    #[test]
    fn so_many_keys_are_granted_and_one_beyond_is_cut_whole() {
        let two = Bound::Units(Units::Number(2));
        // What is owed back is neither counted nor cut, and what an amount leaves nothing of is not counted.
        assert_eq!(granted(std::slice::from_ref(&two), &[5, -3, 7, 9]), [(5, None), (-3, None), (7, None), (0, Some(0))]);
        assert_eq!(
            granted(&[amount(6), two], &[5, 7, 9, -3, 4]),
            [(5, None), (1, Some(0)), (0, Some(0)), (-3, None), (0, Some(1))]
        );
        let share = Bound::Units(Units::Share { share: Ratio::ONE, of: Id::name("placed") });
        assert_eq!(granted(&[share], &[5, 7, 9]), [(5, None), (7, None), (0, Some(0))]);
    }

    #[test]
    fn shared_limits_are_used_up_for_good_where_one_of_the_whole_contract_and_term_is() {
        let limit = |(scope, window): &(Scope, LimitWindow)| Limit {
            id: Id::name("x"),
            scope: *scope,
            window: *window,
            bound: amount(100),
            charges: None,
        };
        let day = Day::parse("2018-01-01").unwrap();
        let used_up = |of: &[(Scope, LimitWindow)], granted: i64| {
            let terms: Vec<Limit> = of.iter().map(limit).collect();
            let (limits, covering) = (terms.iter().collect(), vec![(0..).zip(&terms).collect()]);
            let limits = Limits { limits, covering, together: false, starts: day, period_ends: vec![day] };
            let mut shared = Rooms::default();
            let window = limits.window(&terms[0], day);
            shared.take((0, None), window, Money::from_minor(100), Money::from_minor(granted));
            limits.used_up(&shared)
        };
        let whole = (Scope::Contract, LimitWindow::Total);
        assert!(used_up(&[whole], 100) && !used_up(&[whole], 99));
        // Whatever others have left.
        assert!(used_up(&[whole, (Scope::Company, LimitWindow::Total), (Scope::Contract, LimitWindow::CalendarYear)], 100));
        // Next year there is room again, and another company may have some.
        assert!(!used_up(&[(Scope::Contract, LimitWindow::CalendarYear)], 100));
        assert!(!used_up(&[(Scope::Company, LimitWindow::Total)], 100));
    }
}
