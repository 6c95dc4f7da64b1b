//! Whether a shared limit can cut at all. Where none can, every participant is settled apart; a late fact then touches
//! nobody else.
//!
//! The argument: grant everything as if there were only the limits of each participant. As long as these grants, summed up
//! to some settlement period, stay within every limit per company and contract, no shared limit cuts anything in that
//! period or before: each grant finds at least that room. So only from the first period on in which one is used up must
//! entitlements be taken one by one in the order of rule 9.2. That holds for amounts that only add up: where a shared limit
//! covers a charge that can be negative, everything is taken one by one (mechanisms 10.2).

use super::{Granted, Limits, RoomOf, Rooms};
use crate::contract::Bound;
use crate::measure::money::{Money, Total};
use std::collections::BTreeMap;

/// What one member would take from each shared room if no shared limit cut: amounts by settlement period.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Load(Vec<(RoomOf, u32, Money)>);

/// The loads of all members together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Loads(BTreeMap<RoomOf, Vec<Total>>);

impl Load {
    /// Adds what was granted.
    pub fn add(&mut self, limits: &Limits<'_>, granted: &Granted) {
        let period = u32::try_from(limits.period(granted.entitlement.earned_on)).unwrap_or(u32::MAX);
        for (of, _) in limits.shared(&granted.entitlement) {
            self.put(of, period, granted.amount);
        }
    }
}

impl Load {
    /// Adds what was earned later.
    pub fn join(&mut self, later: Load) {
        for (of, period, amount) in later.0 {
            self.put(of, period, amount);
        }
    }

    fn put(&mut self, of: RoomOf, period: u32, amount: Money) {
        match self.0.iter_mut().rev().find(|(known, at, _)| (*known, *at) == (of, period)) {
            Some((_, _, sum)) => *sum += amount,
            None => self.0.push((of, period, amount)),
        }
    }
}

impl Loads {
    /// Adds a member's load, or takes it away again.
    pub fn add(&mut self, load: &Load, sign: i64) {
        for (of, period, amount) in &load.0 {
            self.put(*of, *period as usize, Total::from_minor(i128::from(amount.minor()).saturating_mul(i128::from(sign))));
        }
    }

    /// Adds the loads of other members, or what has changed of them.
    pub fn join(&mut self, others: &Loads) {
        for (of, periods) in &others.0 {
            periods.iter().enumerate().for_each(|(period, amount)| self.put(*of, period, *amount));
        }
    }

    fn put(&mut self, of: RoomOf, period: usize, amount: Total) {
        let periods = self.0.entry(of).or_default();
        if periods.len() <= period {
            periods.resize(period + 1, Total::default());
        }
        if let Some(total) = periods.get_mut(period) {
            *total = *total + amount;
        }
    }

    /// The first settlement period, from 0, in which some shared limit is used up. One that is used up to the øre cuts nothing,
    /// but it may be the limit that is named where another one with the same room cuts (rule 9.2).
    #[must_use]
    pub fn first_tight(&self, limits: &Limits<'_>) -> Option<usize> {
        if limits.together {
            return Some(0);
        }
        let overflows = |(of, periods): (&RoomOf, &Vec<Total>)| {
            let limit = limits.limit(of.0)?;
            // Nothing is owed back under a shared limit, so that no floor cuts; and no shared limit counts keys.
            let Bound::Amount(most) = limit.bound else { return None };
            let mut so_far = (None, Total::default());
            periods.iter().enumerate().position(|(period, amount)| {
                let window = limits.window_of_period(limit, period);
                let before = if so_far.0 == window { so_far.1 } else { Total::default() };
                so_far = (window, before + *amount);
                so_far.1 >= Total::from(most)
            })
        };
        self.0.iter().filter_map(overflows).min()
    }

    /// What is left of the shared rooms when settlement period `period` begins, if no shared limit cut before.
    #[must_use]
    pub fn rooms_before(&self, limits: &Limits<'_>, period: usize) -> Rooms {
        let mut rooms = Rooms::default();
        for (of, periods) in &self.0 {
            let Some(limit) = limits.limit(of.0) else { continue };
            let Some(window) = limits.window_of_period(limit, period) else { continue };
            for (_, amount) in
                periods.iter().enumerate().take(period).filter(|(at, _)| limits.window_of_period(limit, *at) == Some(window))
            {
                // Within the limit, so it fits an amount.
                let amount = Money::from_minor(i64::try_from(amount.minor()).unwrap_or(i64::MAX));
                let whole = rooms.whole(of.0, &limit.bound);
                rooms.take(*of, window, whole, limit.bound.taken(amount));
            }
        }
        rooms
    }
}
