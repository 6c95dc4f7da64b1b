//! Adjustments: what changes a rate before anything is paid by it (mechanisms 7.1).

use super::conditions::Conditions;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Round;
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;

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
    pub(super) rows: u64,
    /// The first day of the reference day's month.
    pub(super) reference: Day,
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
