//! The chart of payments over time: where its columns stand. Everything is counted in whole points.

use super::summary::full_span;
use super::writer::Writer;
use crate::measure::money::Total;
use crate::statement::Statement;
use crate::statement::account::Point;

/// The drawing area, its margins aside.
const WIDTH: i128 = 680;
const HEIGHT: i128 = 200;
const LEFT: i128 = 60;
const TOP: i128 = 24;

/// A chart with a column for each settlement.
pub(super) struct Chart {
    pub title: String,
    pub desc: String,
    pub width: i128,
    pub height: i128,
    pub left: i128,
    pub right: i128,
    pub zero: i128,
    pub bottom: i128,
    pub grid: Vec<(i128, String)>,
    pub columns: Vec<Column>,
    pub corrections: bool,
    pub rows: Vec<Row>,
}

/// A settlement's column: what was earned; on top of it what corrections add, below the line what they take back.
pub(super) struct Column {
    pub middle: i128,
    pub earned: Bar,
    pub corrected: Bar,
    pub number: String,
    pub label: String,
    pub label_y: i128,
    pub current: bool,
    pub frame: Bar,
}

/// A rectangle.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    pub x: i128,
    pub y: i128,
    pub width: i128,
    pub height: i128,
}

/// The same in the table.
pub(super) struct Row {
    pub number: String,
    pub period: String,
    pub earned: String,
    pub corrected: String,
    pub total: String,
    pub so_far: String,
    pub current: bool,
}

/// From amounts to heights.
struct Scale {
    top: i128,
    bottom: i128,
    step: i128,
}

impl Scale {
    /// With room for every point, its borders on whole steps of 1, 2 or 5 times a power of ten.
    fn new(points: &[Point]) -> Scale {
        let ends = || points.iter().map(ends);
        let low = ends().map(|(low, _)| low).min().unwrap_or(0);
        let high = ends().map(|(_, high)| high).max().unwrap_or(0).max(1);
        let range = high.saturating_sub(low);
        let mut step: i128 = 1;
        let mut factors = [2, 5, 10].into_iter().cycle();
        let mut power: i128 = 1;
        while step.saturating_mul(5) < range {
            let Some(factor) = factors.next() else { break };
            step = power.saturating_mul(factor);
            if factor == 10 {
                power = step;
            }
        }
        let up = |amount: i128| amount.div_euclid(step) + i128::from(amount.rem_euclid(step) != 0);
        Scale { top: up(high) * step, bottom: low.div_euclid(step) * step, step }
    }

    fn y(&self, amount: i128) -> i128 {
        TOP + HEIGHT * (self.top - amount) / (self.top - self.bottom).max(1)
    }

    fn bar(&self, x: i128, width: i128, from: i128, to: i128) -> Bar {
        let (from_y, to_y) = (self.y(from), self.y(to));
        let height = (from_y - to_y).abs().max(i128::from(from != to));
        Bar { x, y: from_y.min(to_y), width, height }
    }
}

/// The lower and the upper end of a settlement's column.
fn ends(point: &Point) -> (i128, i128) {
    let (earned, corrected) = (point.earned.amount.minor(), point.corrected.amount.minor());
    (earned.min(0) + corrected.min(0), earned.max(0) + corrected.max(0))
}

impl Chart {
    pub fn new(w: &Writer<'_>, s: &Statement<'_>) -> Chart {
        let scale = Scale::new(&s.points);
        let unit = unit(w, &scale);
        let step = WIDTH / i128::try_from(s.points.len().max(1)).unwrap_or(1);
        let columns = (0..).zip(&s.points).map(|(nth, point)| column(w, s, &scale, unit, (LEFT + nth * step, step), point));
        let mut so_far = Total::default();
        let rows = s.points.iter().map(|point| {
            so_far = so_far + point.total();
            row(w, s, point, so_far)
        });
        let marks = (0..=10).map(|nth| scale.bottom + nth * scale.step).take_while(|amount| *amount <= scale.top);
        let code = s.contract.currency.code();
        let name = if unit == 1 { code.to_owned() } else { w.say(w.t.thousands, &[code]) };
        Chart {
            title: w.say(w.t.chart_title, &[&name]),
            desc: desc(w, s),
            width: LEFT + WIDTH + 10,
            height: TOP + HEIGHT + 34,
            left: LEFT,
            right: LEFT + WIDTH,
            zero: scale.y(0),
            bottom: TOP + HEIGHT,
            grid: marks.map(|amount| (scale.y(amount), short(w, amount, unit))).collect(),
            corrections: s.points.iter().any(|point| !point.corrected.is_empty()),
            rows: rows.collect(),
            columns: columns.collect(),
        }
    }
}

/// Thousands, unless the amounts are small.
fn unit(w: &Writer<'_>, scale: &Scale) -> i128 {
    let one = 10_i128.saturating_pow(w.contract.currency.decimals());
    if scale.step >= 1_000 * one && scale.step % (1_000 * one) == 0 { 1_000 } else { 1 }
}

/// An amount in major units or thousands of them, rounded for the eye; the table has it whole.
fn short(w: &Writer<'_>, amount: i128, unit: i128) -> String {
    let one = 10_i128.saturating_pow(w.contract.currency.decimals()) * unit;
    let rounded = (amount.abs() * 2 + one) / (2 * one);
    w.pen.digits(&(rounded * amount.signum()).to_string())
}

fn column(w: &Writer<'_>, s: &Statement<'_>, scale: &Scale, unit: i128, (x, step): (i128, i128), point: &Point) -> Column {
    let wide = (step * 6 / 10).clamp(4, 44);
    let first = x + (step - wide) / 2;
    let (amount, corrected) = (point.earned.amount.minor(), point.corrected.amount.minor());
    let earned = scale.bar(first, wide, 0, amount);
    let from = if (corrected < 0) == (amount < 0) { amount } else { 0 };
    let corrected = scale.bar(first, wide, from, from + corrected);
    let highest = earned.y.min(corrected.y);
    let lowest = (earned.y + earned.height).max(corrected.y + corrected.height);
    Column {
        middle: x + step / 2,
        frame: Bar { x: first - 4, y: highest - 4, width: wide + 8, height: lowest - highest + 8 },
        earned,
        corrected,
        number: point.period.number.to_string(),
        label: if step < 26 { String::new() } else { short(w, point.total().minor(), unit) },
        label_y: highest - 9,
        current: point.period == s.period,
    }
}

fn row(w: &Writer<'_>, s: &Statement<'_>, point: &Point, so_far: Total) -> Row {
    Row {
        number: point.period.number.to_string(),
        period: w.pen.dates(point.period.days),
        earned: w.bare(point.earned.amount),
        corrected: w.bare(point.corrected.amount),
        total: w.bare(point.total()),
        so_far: w.bare(so_far),
        current: point.period == s.period,
    }
}

/// The chart in a sentence.
fn desc(w: &Writer<'_>, s: &Statement<'_>) -> String {
    let highest = s.points.iter().rev().max_by_key(|point| point.total());
    let (number, most) = highest.map(|point| (point.period.number, point.total())).unwrap_or_default();
    let count = s.points.len().to_string();
    let text = w.say(w.t.chart_desc, &[&count, &w.total(most), &number.to_string(), &w.total(s.total())]);
    format!("{}: {text}", full_span(w, s.axis()))
}
