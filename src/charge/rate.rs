//! Rate cards: the first row whose conditions all hold on a day is that day's rate (rule 8.1).

use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::timeline::{Outcome, Stretch, Timeline};
use rust_decimal::Decimal;
use serde::Serialize;

/// The rows of a charge's rate card, in their order; a charge with a single `amount` has one row without conditions
/// (rule 8.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RateCard {
    /// The rows; the first that applies counts.
    pub rows: Vec<RateRow>,
}

/// An amount and the conditions under which it applies; a condition that is not there always holds (rule 8.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RateRow {
    /// In the contract's currency, exact.
    pub amount: Decimal,
    /// The day's kind is one of these.
    pub kinds: Option<Vec<Id>>,
    /// The participant's target group is one of these.
    pub target_groups: Option<Vec<Id>>,
    /// `from` ≤ hours a week on the day < `below`.
    pub hours: Option<HoursBand>,
    /// `from_month` ≤ whole months from the anchor to the day < `below_month`.
    pub elapsed: Option<ElapsedBand>,
    /// The day is one of these.
    pub valid: Option<Span>,
}

/// Hours a week, from the first up to, not including, the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct HoursBand {
    /// The fewest.
    pub from: Decimal,
    /// Fewer than this.
    pub below: Decimal,
}

/// Whole months since the window's anchor or, without a window, since `enrolled_on` (rule 8.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ElapsedBand {
    /// The first month, from 0.
    pub from_month: u32,
    /// The first month that no longer counts.
    pub below_month: u32,
}

impl RateCard {
    /// A single amount, whatever the day.
    #[must_use]
    pub fn flat(amount: Decimal) -> RateCard {
        RateCard { rows: vec![RateRow::flat(amount)] }
    }
}

impl RateRow {
    /// An amount without conditions.
    #[must_use]
    pub fn flat(amount: Decimal) -> RateRow {
        RateRow { amount, kinds: None, target_groups: None, hours: None, elapsed: None, valid: None }
    }
}

/// Qualifying days to which one row applies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Priced {
    /// The days.
    pub days: Span,
    /// The place of their stretch in the timeline.
    pub stretch: usize,
    /// The row's place in the rate card; none where no row applies: no payment (rule 8.1).
    pub row: Option<u16>,
}

impl RateCard {
    /// Prices each qualifying day of a timeline: the first row whose conditions all hold on it (rule 8.1).
    #[must_use]
    pub fn price(&self, line: &Timeline, outcome: &Outcome, target_group: &Id) -> Vec<Priced> {
        let mut priced = Vec::with_capacity(line.stretches.len());
        for (at, stretch) in line.stretches.iter().enumerate() {
            let rows = self.rows.iter().zip(0_u16..).filter(|(row, _)| row.holds_throughout(stretch, outcome, target_group));
            let dated: Vec<(Option<Span>, u16)> = rows.map(|(row, number)| (row.days(line.anchor), number)).collect();
            let mut day = stretch.days.first;
            while day <= stretch.days.last {
                let row =
                    dated.iter().find(|(days, _)| days.is_some_and(|days| days.contains(day))).map(|(_, number)| *number);
                let borders = dated.iter().filter_map(|(days, _)| *days).flat_map(|days| [days.first, days.last.next()]);
                let next = borders.filter(|border| *border > day).min().unwrap_or(Day::FAR);
                let last = stretch.days.last.min(next.previous());
                priced.push(Priced { days: Span { first: day, last }, stretch: at, row });
                day = last.next();
            }
        }
        priced
    }

    /// The row that applies on a date of a fixed charge: only `valid` is asked (rule 8.2).
    #[must_use]
    pub fn on_date(&self, date: Day) -> Option<(u16, &RateRow)> {
        let mut rows = (0_u16..).zip(&self.rows);
        rows.find(|(_, row)| row.valid.is_none_or(|valid| valid.contains(date)))
    }

    /// The row at that place.
    #[must_use]
    pub fn row(&self, number: u16) -> Option<&RateRow> {
        self.rows.get(usize::from(number))
    }
}

impl RateRow {
    /// The conditions that cannot change within a stretch: kind, target group, hours.
    fn holds_throughout(&self, stretch: &Stretch, outcome: &Outcome, target_group: &Id) -> bool {
        let kind = outcome.kinds.get(stretch.kind);
        self.kinds.as_ref().is_none_or(|kinds| kind.is_some_and(|kind| kinds.contains(kind)))
            && self.target_groups.as_ref().is_none_or(|groups| groups.contains(target_group))
            && self.hours.is_none_or(|band| band.from <= stretch.hours && stretch.hours < band.below)
    }

    /// The days on which `valid` and `elapsed` hold, counted from the anchor. At least `n` whole months have gone by on a day
    /// if and only if `anchor + n months` is not after it (rule 1.3).
    fn days(&self, anchor: Day) -> Option<Span> {
        let elapsed = match self.elapsed {
            None => Span { first: Day::from_number(i32::MIN), last: Day::FAR },
            Some(band) => {
                // Whole months are never fewer than 0, so month 0 has no beginning.
                let first =
                    if band.from_month == 0 { Day::from_number(i32::MIN) } else { anchor.plus_months(band.from_month) };
                Span::new(first, anchor.plus_months(band.below_month).previous())?
            }
        };
        elapsed.overlap(self.valid.unwrap_or(elapsed))
    }
}
