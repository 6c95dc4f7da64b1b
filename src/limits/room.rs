//! The room that is left in limits (rule 9.1).

use super::RoomOf;
use crate::contract::{Bound, Units};
use crate::measure::money::Money;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is left of each limit, for one participant or for the contract and its companies, in the window of the last day
/// asked about. Days are asked about in their order, so an earlier window never comes back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rooms {
    /// In the order of limits and companies: of a participant they are few.
    rooms: Vec<(RoomOf, Room)>,
    shares: Option<Arc<Shares>>,
}

/// How many keys the limits grant that say it by a share, by their places in the contract (mechanisms 8.1).
pub type Shares = BTreeMap<u16, i64>;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Room {
    window: i32,
    left: Money,
}

impl Rooms {
    /// The same, where limits say by shares how many keys they grant.
    #[must_use]
    pub fn sharing(self, shares: &Arc<Shares>) -> Rooms {
        Rooms { shares: Some(Arc::clone(shares)), ..self }
    }

    /// The room of a limit before anything is granted. Keys are counted as units of money are.
    #[must_use]
    pub fn whole(&self, number: u16, bound: &Bound) -> Money {
        match bound {
            Bound::Amount(most) => *most,
            Bound::Floor(least) => -*least,
            Bound::Units(Units::Number(most)) => Money::from_minor(i64::from(*most)),
            Bound::Units(Units::Share { .. }) => {
                let share = self.shares.as_ref().and_then(|shares| shares.get(&number));
                Money::from_minor(share.copied().unwrap_or_default())
            }
        }
    }

    /// What is left of a room in a window; `whole` if nobody has used it.
    #[must_use]
    pub fn left(&self, of: RoomOf, window: i32, whole: Money) -> Money {
        let known = self.place(of).ok().and_then(|place| self.rooms.get(place));
        known.filter(|(_, room)| room.window == window).map_or(whole, |(_, room)| room.left)
    }

    /// Takes an amount from a room.
    pub fn take(&mut self, of: RoomOf, window: i32, whole: Money, amount: Money) {
        let place = self.place(of).unwrap_or_else(|place| {
            self.rooms.insert(place, (of, Room { window, left: whole }));
            place
        });
        if let Some((_, room)) = self.rooms.get_mut(place) {
            if room.window != window {
                *room = Room { window, left: whole };
            }
            room.left -= amount;
        }
    }

    fn place(&self, of: RoomOf) -> Result<usize, usize> {
        self.rooms.binary_search_by_key(&of, |(known, _)| *known)
    }
}
