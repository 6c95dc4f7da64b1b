//! The room that is left in limits (rule 9.1).

use super::RoomOf;
use crate::measure::money::Money;
use std::collections::BTreeMap;

/// What is left of each limit, for one participant or for the contract and its companies, in the window of the last day
/// asked about. Days are asked about in their order, so an earlier window never comes back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rooms(BTreeMap<RoomOf, Room>);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Room {
    window: i32,
    left: Money,
}

impl Rooms {
    /// What is left of a room in a window; `whole` if nobody has used it.
    #[must_use]
    pub fn left(&self, of: RoomOf, window: i32, whole: Money) -> Money {
        self.0.get(&of).filter(|room| room.window == window).map_or(whole, |room| room.left)
    }

    /// Takes an amount from a room.
    pub fn take(&mut self, of: RoomOf, window: i32, whole: Money, amount: Money) {
        let room = self.0.entry(of).or_insert(Room { window, left: whole });
        if room.window != window {
            *room = Room { window, left: whole };
        }
        room.left -= amount;
    }

    /// Starts anew.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
