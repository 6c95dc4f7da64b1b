//! The limits and what is left of them.

use super::writer::{Writer, anchor};
use crate::contract::{Bound, Limit, LimitWindow, Scope, Units};
use crate::explain::tree::{RoomUse, Whom};
use crate::measure::money::{Money, Total};
use crate::statement::Statement;
use crate::statement::limit::LimitState;

/// A limit, or one of its windows.
pub(super) struct Row {
    pub name: String,
    pub terms: String,
    pub at_most: String,
    /// What is used and left; of a limit with many rooms how many of them are used up.
    pub meter: Option<Meter>,
    pub rooms: String,
    /// Of a limit with many rooms the least that is left in one.
    pub least: String,
    pub cut: String,
}

/// How full a room is.
pub(super) struct Meter {
    pub used: String,
    pub left: String,
    pub percent: i128,
    pub words: String,
}

/// The rooms of a limit, one by one.
pub(super) struct Rooms {
    pub caption: String,
    pub rows: Vec<Room>,
}

/// One room.
pub(super) struct Room {
    pub href: String,
    pub whom: String,
    pub window: String,
    pub meter: Meter,
    pub cut: String,
}

/// The overview: a row for each limit, and of one for the whole contract a row for each window.
pub(super) fn rows(w: &Writer<'_>, s: &Statement<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for state in &s.limits {
        let row = Row {
            name: state.limit.id.to_string(),
            terms: terms(w, state.limit),
            at_most: match &state.limit.bound {
                Bound::Amount(most) => w.money(*most),
                Bound::Floor(least) => w.say(w.t.not_below, &[&w.money(*least)]),
                Bound::Units(Units::Number(most)) => w.say(w.t.number_of_payments, &[&most.to_string()]),
                Bound::Units(Units::Share { share, of }) => w.say(w.t.share_of_payments, &[&share.to_string(), of.as_str()]),
            },
            meter: None,
            rooms: String::new(),
            least: String::new(),
            cut: w.total(state.cut()),
        };
        let Bound::Amount(most) = state.limit.bound else {
            rows.push(row);
            continue;
        };
        if state.limit.scope != Scope::Contract {
            let (up, all) = (state.used_up().to_string(), state.rooms.len().to_string());
            let rooms =
                if state.rooms.is_empty() { w.t.nobody_used.to_owned() } else { w.say(w.t.rooms_used_up, &[&up, &all]) };
            let least = state.rooms.iter().filter_map(|room| state.left(room)).min().unwrap_or(most);
            rows.push(Row { rooms, least: w.say(w.t.least_left, &[&w.money(least)]), ..row });
            continue;
        }
        for room in &state.rooms {
            let name = match window(w, state.limit, room) {
                window if window.is_empty() => row.name.clone(),
                window => format!("{}, {window}", row.name),
            };
            let (terms, at_most) = (row.terms.clone(), row.at_most.clone());
            let (meter, cut) = (Some(meter(w, state, room)), w.total(room.cut));
            rows.push(Row { name, terms, at_most, meter, rooms: String::new(), least: String::new(), cut });
        }
    }
    rows
}

/// Limits that everybody has for himself.
pub(super) fn rooms(w: &Writer<'_>, s: &Statement<'_>) -> Vec<Rooms> {
    let amounts = s.limits.iter().filter(|state| matches!(state.limit.bound, Bound::Amount(_)));
    let many = amounts.filter(|state| state.limit.scope != Scope::Contract && !state.rooms.is_empty());
    many.map(|state| Rooms {
        caption: w.say(w.t.rooms_table, &[state.limit.id.as_str()]),
        rows: state.rooms.iter().map(|room| one(w, state, room)).collect(),
    })
    .collect()
}

fn one(w: &Writer<'_>, state: &LimitState<'_>, room: &RoomUse) -> Room {
    let href = if matches!(room.whose, Whom::Participant(_)) { anchor(&room.whose) } else { String::new() };
    Room {
        href,
        whom: w.whom(&room.whose),
        window: window(w, state.limit, room),
        meter: meter(w, state, room),
        cut: w.total(room.cut),
    }
}

fn meter(w: &Writer<'_>, state: &LimitState<'_>, room: &RoomUse) -> Meter {
    let left = state.left(room).unwrap_or_default();
    let percent = percent(room.used, room.used + left);
    Meter {
        used: w.total(Total::from(room.used)),
        left: w.money(left),
        percent,
        words: if left.is_zero() { w.t.used_up.to_owned() } else { w.say(w.t.share_used, &[&percent.to_string()]) },
    }
}

/// Whole per cent, downwards: only what is used up is 100.
fn percent(used: Money, amount: Money) -> i128 {
    let (used, amount) = (i128::from(used.minor()), i128::from(amount.minor()));
    if amount <= 0 { 100 } else { (used.max(0) * 100 / amount).min(100) }
}

/// For whom, over which days and over what it is counted.
fn terms(w: &Writer<'_>, limit: &Limit) -> String {
    let scope = match limit.scope {
        Scope::Contract => w.t.for_contract,
        Scope::Participant => w.t.for_participant,
        Scope::Company => w.t.for_company,
    };
    let window = match limit.window {
        LimitWindow::Total => w.t.in_all,
        LimitWindow::CalendarYear => w.t.in_year,
        LimitWindow::SettlementPeriod => w.t.in_period,
    };
    let over = match &limit.charges {
        None => w.t.over_all.to_owned(),
        Some(charges) => {
            let names: Vec<String> = charges.iter().map(|id| w.charge(id.as_str())).collect();
            w.say(w.t.over_charges, &[&w.all_of(&names)])
        }
    };
    format!("{scope}, {window}, {over}")
}

fn window(w: &Writer<'_>, limit: &Limit, room: &RoomUse) -> String {
    let number = room.window_number.to_string();
    match limit.window {
        LimitWindow::Total => String::new(),
        LimitWindow::CalendarYear => number,
        LimitWindow::SettlementPeriod => w.say(w.t.settlement_window, &[&number]),
    }
}
