//! Adjustments: what changes a rate before anything is paid by it (mechanisms 7.1).

use super::clause::Clause;
use super::conditions::{Conditions, Instance};
use super::index::Indices;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::{Money, Round};
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use std::sync::Arc;

/// A row that changes the rate where its conditions hold on the reference day (mechanisms 7.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Adjust {
    /// What the rate so far is multiplied with; nothing if it is only rounded.
    pub by: Option<By>,
    /// The rate so far becomes this printed number.
    pub round: Option<Round>,
    /// On which days it applies.
    pub when: Conditions,
}

/// The roll: everything that a rate can be multiplied with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
    /// A printed number: uplift, deadweight, region.
    Factor(Ratio),
    /// A published index, by its name in the contract (mechanisms 7.2).
    Index(Id),
}

/// The adjustments that hold for one entitlement, each a bit by its place, and what decides on their factors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    rows: u64,
    /// The first day of the reference day's month.
    reference: Day,
}

/// The most adjustments that a charge has.
pub const MOST: usize = 64;

/// A rate as it is after its adjustments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Adjusted {
    /// As postings show it: none where it has more than 8 decimals, or where the rates of a prorated unit's days differ.
    pub rate: Option<Decimal>,
    /// The measurements that it rests on, by number: for each index, by its place in the contract, that of the month and that
    /// of the base (mechanisms 7.2).
    pub measurements: Vec<(u16, u32, u32)>,
}

impl Clause<'_> {
    /// The adjustments that hold on a reference day (rule 8.3); none where none does.
    #[must_use]
    pub fn held(&self, asked: &Instance<'_>) -> Option<Held> {
        let rows = self.charge.adjust.iter().take(MOST).enumerate().filter(|(_, row)| row.when.hold(asked));
        let rows = rows.fold(0, |rows, (place, _)| rows | 1_u64.rotate_left(u32::try_from(place).unwrap_or_default()));
        // An index changes with the month at most, so that all days of a month are as its first one.
        (rows != 0).then(|| Held { rows, reference: Day::first_of_month(asked.day.month_number()) })
    }

    /// What a whole unit is worth by a rate row and the adjustments that hold; none where it waits for an index.
    #[must_use]
    pub fn worth(&self, row: u16, held: Option<Held>, indices: &Indices) -> Option<(Money, Option<Arc<Adjusted>>)> {
        let Some(held) = held else { return Some((self.whole(row), None)) };
        let rate = self.adjusted(Ratio::of(self.rate(row)?), held, indices)?;
        Some((self.money(rate)?, Some(self.told(Some(rate), held, indices))))
    }

    /// A rate after adjustments; none where an index is not known, so that the entitlement waits (mechanisms 7.2). No amount is
    /// too large: the contract was refused if one could be (mechanisms 2.4).
    #[must_use]
    pub fn adjusted(&self, rate: Ratio, held: Held, indices: &Indices) -> Option<Ratio> {
        let mut rate = rate;
        for row in self.rows(held) {
            rate = match &row.by {
                None => rate,
                Some(By::Factor(factor)) => rate.times(*factor)?,
                Some(By::Index(id)) => rate.times(indices.of(id, held.reference)?.factor)?,
            };
            if let Some(round) = row.round {
                rate = self.printed(rate, round)?;
            }
        }
        Some(rate)
    }

    /// What is to be said of a rate that was adjusted.
    #[must_use]
    pub fn told(&self, rate: Option<Ratio>, held: Held, indices: &Indices) -> Arc<Adjusted> {
        let of = |row: &Adjust| match &row.by {
            Some(By::Index(id)) => indices.of(id, held.reference).map(|seen| (seen.index, seen.month, seen.base)),
            _ => None,
        };
        let mut measurements: Vec<(u16, u32, u32)> = self.rows(held).filter_map(of).collect();
        measurements.sort_unstable();
        measurements.dedup();
        Arc::new(Adjusted { rate: rate.and_then(|rate| rate.decimal(8)), measurements })
    }

    /// Whether one of them follows an index that is not known (mechanisms 7.2).
    #[must_use]
    pub fn waits(&self, held: Held, indices: &Indices) -> bool {
        self.rows(held).any(|row| matches!(&row.by, Some(By::Index(id)) if indices.of(id, held.reference).is_none()))
    }

    fn rows(&self, held: Held) -> impl Iterator<Item = &Adjust> {
        self.charge.adjust.iter().take(MOST).zip(0..).filter_map(move |(row, place)| {
            let holds = held.rows.rotate_right(place) & 1 == 1;
            holds.then_some(row)
        })
    }
}
