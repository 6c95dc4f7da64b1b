//! What is told of the limits that cover an entitlement (rule 9, mechanisms 8.1).

use super::room::Grant;
use super::tree::{Payments, Room};
use crate::contract::{Bound, Scope, Units};
use crate::entitlement::Plan;
use crate::measure::money::{Money, Shown};

/// The rooms of the limits that cover an entitlement, as it found them and left them.
pub(super) fn rooms(plan: &Plan<'_>, grant: &Grant) -> Vec<Room> {
    let contract = plan.contract;
    let currency = contract.currency;
    let room = |(number, window, before): &(u16, i32, Money)| {
        let limit = contract.limits.get(usize::from(*number))?;
        let company = grant.claim.reference.filter(|_| limit.scope == Scope::Company);
        let (floor, amount, after) = match limit.bound {
            Bound::Amount(most) => (false, most.display(currency), *before - grant.granted),
            Bound::Floor(least) => (true, least.display(currency), *before + grant.granted),
            Bound::Units(_) => {
                let counted = Money::from_minor(i64::from(grant.granted > Money::ZERO));
                (false, keys(grant.keys(*number)), *before - counted)
            }
        };
        let payments = match &limit.bound {
            Bound::Amount(_) | Bound::Floor(_) => None,
            Bound::Units(Units::Number(_)) => Some(Payments::Number),
            Bound::Units(Units::Share { share, of }) => {
                Some(Payments::Share { share: share.to_string(), of: of.to_string() })
            }
        };
        let shown = |room: Money| if payments.is_some() { keys(room) } else { room.display(currency) };
        let (before, after) = (shown(*before), shown(after));
        Some(Room {
            limit: limit.id.to_string(),
            scope: limit.scope,
            company: company.and_then(|company| plan.company(company)).map(str::to_owned),
            window: limit.window,
            window_number: *window,
            floor,
            payments,
            amount,
            before,
            after,
        })
    };
    grant.rooms.iter().filter_map(room).collect()
}

/// A number of keys, which are whole.
fn keys(number: Money) -> Shown {
    Shown::new(number.minor().into(), 0)
}
