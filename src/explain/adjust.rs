//! Which adjustments hold for an entitlement of a participant, and how a rate is told with them (mechanisms 7.1).

use super::market::{Adjusted, Held};
use super::price::{Asked, holds};
use super::reckoning::Rate;
use crate::charge::Charge;

/// Those that hold on a reference day that counts (rule 8.3).
pub(super) fn held<'a>(charge: &'a Charge, asked: Asked<'_, '_>) -> Held<'a> {
    let rows = charge.adjust.iter().enumerate().filter(|(_, row)| holds(&row.when, asked)).collect();
    Held { charge, rows, day: asked.day, anchor: asked.line.anchor }
}

/// A row as it is told, with its adjustments.
pub(super) fn told(rate: Option<Rate>, adjusted: Option<Adjusted>) -> Option<Rate> {
    rate.map(|rate| Rate { adjusted: adjusted.map(|adjusted| adjusted.told).unwrap_or_default(), ..rate })
}
