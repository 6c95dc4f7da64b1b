//! Neighbouring units of which the same is to be said are told as one.

use super::reckoning::{Counted, Reckoning, UnitSheet, Verdict};
use super::study::Local;
use super::tree::{Item, Room, Units, Unpaid};
use crate::charge::Unit;
use crate::measure::day::Span;
use crate::measure::money::{Money, Shown, Total};

/// Something told of one unit, or of several neighbours.
pub(super) struct Piece<T> {
    pub first: Local,
    pub last: Local,
    /// What is posted in all.
    pub sum: Total,
    pub told: T,
}

/// The days of units, from the first to the last.
pub(super) fn hull(first: Unit, last: Unit) -> Option<Span> {
    match (first, last) {
        (Unit::Cell(first), Unit::Cell(last)) => Span::new(first.first(), last.last()),
        _ => None,
    }
}

fn neighbours(a: Local, b: Local) -> bool {
    let next = match (a.2, b.2) {
        (Unit::Cell(a), Unit::Cell(b)) => a.next() == b,
        _ => false,
    };
    (a.0, a.1) == (b.0, b.1) && next
}

/// Adds a posting, as part of the last one where the same is to be said.
pub(super) fn push_item(items: &mut Vec<Piece<Item>>, key: Local, amount: Money, item: Item, in_full: bool) {
    match items.last_mut().filter(|last| !in_full && neighbours(last.last, key) && alike(&last.told, &item)) {
        Some(last) => {
            last.last = key;
            last.sum += amount;
            extend(&mut last.told.units, item.units);
            for (room, next) in last.told.limits.iter_mut().zip(item.limits) {
                room.after = next.after;
            }
        }
        None => items.push(Piece { first: key, last: key, sum: amount.into(), told: item }),
    }
}

/// Adds something unpaid, as part of the last one where the same is to be said.
pub(super) fn push_unpaid(pieces: &mut Vec<Piece<Unpaid>>, key: Local, unpaid: Unpaid, in_full: bool) {
    let same = |last: &Unpaid| match (&last.reckoning, &unpaid.reckoning) {
        (Reckoning::Unit(a), Reckoning::Unit(b)) => match (&a.verdict, &b.verdict) {
            (Verdict::NoDays, Verdict::NoDays) => true,
            (Verdict::UnitsUsedUp { .. }, Verdict::UnitsUsedUp { .. }) => !in_full,
            (Verdict::NoRate, Verdict::NoRate) => !in_full && a.left_out.is_empty() && b.left_out.is_empty(),
            _ => !in_full && same_sheet(a, b),
        },
        _ => false,
    };
    let same = |last: &Unpaid| last.gates == unpaid.gates && same(last);
    match pieces.last_mut().filter(|last| neighbours(last.last, key) && same(&last.told)) {
        Some(last) => {
            last.last = key;
            extend(&mut last.told.units, unpaid.units);
        }
        None => pieces.push(Piece { first: key, last: key, sum: Total::default(), told: unpaid }),
    }
}

fn extend(units: &mut Units, next: Units) {
    units.last = next.last;
    units.earned_last = next.earned_last;
    units.count += 1;
}

fn alike(a: &Item, b: &Item) -> bool {
    let same_reckoning = match (&a.reckoning, &b.reckoning) {
        (Reckoning::Unit(a), Reckoning::Unit(b)) => same_sheet(a, b),
        (a, b) => a == b,
    };
    let figures = |item: &Item| -> (Shown, Shown) { (item.amount, item.granted) };
    let rooms = a.limits.len() == b.limits.len() && a.limits.iter().zip(&b.limits).all(|(a, b)| same_room(a, b));
    figures(a) == figures(b) && a.tied == b.tied && a.cut == b.cut && a.change == b.change && rooms && same_reckoning
}

/// The same limit, company and window, the room aside.
fn same_room(a: &Room, b: &Room) -> bool {
    (&a.limit, &a.company, a.window_number) == (&b.limit, &b.company, b.window_number)
}

/// The same result from the same pattern of days; where every day of both counts, their lengths may differ.
fn same_sheet(a: &UnitSheet, b: &UnitSheet) -> bool {
    let whole = |sheet: &UnitSheet| sheet.left_out.is_empty() && sheet.counted.len() == 1;
    let lengths = !(whole(a) && whole(b));
    let day = |a: &Counted, b: &Counted| {
        (!lengths || a.days.days() == b.days.days()) && Counted { days: b.days, ..a.clone() } == *b
    };
    let counted = a.counted.len() == b.counted.len() && a.counted.iter().zip(&b.counted).all(|(a, b)| day(a, b));
    let out = a.left_out.len() == b.left_out.len()
        && a.left_out.iter().zip(&b.left_out).all(|(a, b)| a.reason == b.reason && a.days.days() == b.days.days());
    a.verdict == b.verdict && a.chosen == b.chosen && a.by == b.by && counted && out
}
