//! What is left of each limit (rule 9), as facts stand.

use super::made::{Used, Windows, whole};
use crate::contract::{Bound, Contract, LimitWindow, Scope};
use crate::measure::money::Total;

/// One room of a limit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Room {
    /// The limit's place in the contract.
    pub limit: u16,
    /// The participant or company whose it is.
    pub owner: Option<String>,
    /// The calendar year, or the number of the settlement period; none where there is one window.
    pub window: Option<i32>,
    /// What is taken: an amount, or keys.
    pub used: Total,
    /// What is left of an amount, or of keys; under a floor what can still be owed back. None of a share of a figure.
    pub left: Option<Total>,
}

/// The rooms of a contract's limits from which something is taken, and all those of the contract as a whole.
pub(super) fn rooms(contract: &Contract, windows: &Windows<'_>, used: &Used) -> Vec<Room> {
    let mut all = used.clone();
    for (number, limit) in (0_u16..).zip(&contract.limits).filter(|(_, limit)| limit.scope == Scope::Contract) {
        for window in windows.after(limit, contract.starts.previous(), None) {
            all.entry((number, None, window)).or_default();
        }
    }
    let room = |((number, owner, window), used): ((u16, Option<String>, i32), i128)| {
        let limit = contract.limits.get(usize::from(number))?;
        let left = match limit.bound {
            // Under a floor, what is owed back is what takes room.
            Bound::Floor(least) => Some(-used - i128::from(least.minor())),
            Bound::Amount(_) | Bound::Units(_) => whole(limit).map(|whole| whole - used),
        };
        let window = match limit.window {
            LimitWindow::Total => None,
            LimitWindow::CalendarYear => Some(window),
            LimitWindow::SettlementPeriod => Some(window + 1),
        };
        let used = if matches!(limit.bound, Bound::Floor(_)) { -used } else { used };
        Some(Room { limit: number, owner, window, used: Total::from_minor(used), left: left.map(Total::from_minor) })
    };
    all.into_iter().filter_map(room).collect()
}
