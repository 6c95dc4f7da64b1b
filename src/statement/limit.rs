//! What is left of the limits (rule 9).

use crate::contract::{Bound, Contract, Limit, LimitWindow, Scope, SettlementPeriod};
use crate::explain::tree::{RoomUse, Whom};
use crate::measure::money::{Money, Total};

/// A limit and its rooms as they are once everything earned so far has taken its turn (rule 10.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LimitState<'a> {
    /// Its terms.
    pub limit: &'a Limit,
    /// Its rooms from which something was taken, by owner and window; of a limit for the whole contract also that of the window
    /// that is settled.
    pub rooms: Vec<RoomUse>,
}

impl LimitState<'_> {
    /// What is left of a room; under a floor what can still be owed back. Keys leave no amount.
    #[must_use]
    pub fn left(&self, room: &RoomUse) -> Option<Money> {
        match self.limit.bound {
            Bound::Amount(most) => Some(most - room.used),
            Bound::Floor(least) => Some(room.used - least),
            Bound::Units(_) => None,
        }
    }

    /// How many rooms are used up.
    #[must_use]
    pub fn used_up(&self) -> usize {
        self.rooms.iter().filter(|room| self.left(room).is_some_and(Money::is_zero)).count()
    }

    /// What it took away in all.
    #[must_use]
    pub fn cut(&self) -> Total {
        self.rooms.iter().fold(Total::default(), |sum, room| sum + room.cut)
    }
}

/// The contract's limits with what was taken from each.
#[must_use]
pub fn states<'a>(contract: &'a Contract, period: SettlementPeriod, rooms: &[RoomUse]) -> Vec<LimitState<'a>> {
    let state = |limit: &'a Limit| {
        let mut rooms: Vec<RoomUse> = rooms.iter().filter(|room| limit.id == *room.limit).cloned().collect();
        let window_number = window(contract, limit.window, period);
        if limit.scope == Scope::Contract && rooms.iter().all(|room| room.window_number != window_number) {
            let (limit, whose) = (limit.id.to_string(), Whom::Contract);
            rooms.push(RoomUse { limit, whose, window_number, used: Money::ZERO, cut: Total::default() });
        }
        rooms.sort_by(|a, b| (&a.whose, a.window_number).cmp(&(&b.whose, b.window_number)));
        LimitState { limit, rooms }
    };
    contract.limits.iter().map(state).collect()
}

/// The window that the settled period lies in; after the last day that can earn anything the last one.
fn window(contract: &Contract, window: LimitWindow, period: SettlementPeriod) -> i32 {
    match window {
        LimitWindow::Total => 0,
        LimitWindow::CalendarYear => period.days.last.min(contract.last_earned()).year(),
        LimitWindow::SettlementPeriod => {
            let within = crate::contract::Calendar::new(contract)
                .take_while(|known| known.days.first <= contract.last_earned())
                .count();
            i32::try_from(within).unwrap_or(i32::MAX).min(i32::try_from(period.number).unwrap_or(i32::MAX))
        }
    }
}
