//! The business case: two lines, what was saved and what was paid so far, and the same as a table (saving 6).

use super::writer::Writer;
use crate::measure::money::Total;
use crate::statement::business_case::{BusinessCase, Quarter};

/// The drawing area, its margins aside.
const WIDTH: i128 = 680;
const HEIGHT: i128 = 200;
const LEFT: i128 = 60;
const TOP: i128 = 24;

/// A chart with a point for each quarter on each line.
pub(super) struct Business {
    pub sentence: String,
    pub title: String,
    pub width: i128,
    pub height: i128,
    pub left: i128,
    pub right: i128,
    pub bottom: i128,
    pub grid: Vec<(i128, String)>,
    pub saved: String,
    pub paid: String,
    pub labels: Vec<(i128, String)>,
    pub rows: Vec<Row>,
}

/// A quarter in the table.
pub(super) struct Row {
    pub quarter: String,
    pub weeks: String,
    pub saving: String,
    pub saved: String,
    pub payment: String,
    pub paid: String,
    pub balance: String,
}

impl Business {
    pub fn new(w: &Writer<'_>, case: &BusinessCase) -> Business {
        let amounts = case.quarters.iter().flat_map(|one| [Some(one.paid), one.saved]).flatten().map(Total::minor);
        let (low, high) = amounts.fold((0, 1), |(low, high), amount| (amount.min(low), amount.max(high)));
        let y = |amount: Total| TOP + HEIGHT * (high - amount.minor()) / (high - low).max(1);
        let step = WIDTH / i128::try_from(case.quarters.len().max(1)).unwrap_or(1);
        let x = |nth: i128| LEFT + nth * step + step / 2;
        let line = |of: fn(&Quarter) -> Option<Total>| {
            let points = (0..).zip(&case.quarters).filter_map(|(nth, one)| Some(format!("{},{}", x(nth), y(of(one)?))));
            points.collect::<Vec<String>>().join(" ")
        };
        let grid = [high, 0, low].map(Total::from_minor).map(|amount| (y(amount), w.bare(amount)));
        let mut grid = grid.to_vec();
        grid.dedup();
        Business {
            sentence: sentence(w, case),
            title: w.say(w.t.business_title, &[w.contract.currency.code()]),
            width: LEFT + WIDTH + 10,
            height: TOP + HEIGHT + 34,
            left: LEFT,
            right: LEFT + WIDTH,
            bottom: TOP + HEIGHT,
            grid,
            saved: line(|one| one.saved),
            paid: line(|one| Some(one.paid)),
            labels: (0..).zip(&case.quarters).map(|(nth, one)| (x(nth), label(one, step))).collect(),
            rows: case.pairs().map(|(one, before)| row(w, one, before)).collect(),
        }
    }
}

/// The quarter, where there is room for it.
fn label(one: &Quarter, step: i128) -> String {
    if step < 50 { String::new() } else { one.quarter.to_string() }
}

fn row(w: &Writer<'_>, one: &Quarter, before: Option<&Quarter>) -> Row {
    let maybe = |amount: Option<Total>| amount.map_or_else(|| w.t.not_known.to_owned(), |amount| w.bare(amount));
    Row {
        quarter: one.quarter.to_string(),
        weeks: one.weeks.to_string(),
        saving: maybe(one.saving(before)),
        saved: maybe(one.saved),
        payment: w.bare(one.payment(before)),
        paid: w.bare(one.paid),
        balance: maybe(one.balance()),
    }
}

/// What was saved and paid so far, and whether it is paid back.
fn sentence(w: &Writer<'_>, case: &BusinessCase) -> String {
    let Some(last) = case.quarters.last() else { return String::new() };
    let (day, paid) = (w.pen.date(last.last), w.total(last.paid));
    let so_far = match last.saved {
        Some(saved) => w.say(w.t.business_so_far, &[&day, &w.total(saved), &paid]),
        None => w.say(w.t.business_unknown, &[&day, &paid]),
    };
    let payback = match case.payback() {
        Some(day) => w.say(w.t.paid_back, &[&w.pen.date(day)]),
        None => w.t.not_paid_back.to_owned(),
    };
    format!("{so_far} {payback}")
}
