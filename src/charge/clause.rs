//! A charge made ready to be applied, and what it is applied to.

use super::adjust::{Adjust, Adjusted, By, Held, MOST};
use super::conditions::{Holding, Instance, Of};
use super::index::Indices;
use super::rate::Priced;
use super::{Charge, Entitlement};
use crate::facts::Participant;
use crate::measure::day::{Day, Span};
use crate::measure::money::{Currency, Exact, Money, Round, Rounding};
use crate::measure::ratio::Ratio;
use crate::timeline::{Outcome, Timeline};
use rust_decimal::Decimal;
use std::sync::Arc;

/// A charge in its contract: its place, and how its amounts are rounded.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    /// Its place in the contract, from 0.
    pub number: u16,
    /// Its terms.
    pub charge: &'a Charge,
    /// Whether something requires it: then what it comes to is told even where the amount is zero (mechanisms 4.4).
    pub is_required: bool,
    currency: Currency,
    rounding: Rounding,
    contract_rounding: Rounding,
    /// Of what its amounts are multiples.
    to: Money,
    /// Whether its rates depend on the step.
    pub by_step: bool,
    /// The amount of each rate row, rounded, with the sign of who owes it: what a whole unit is worth.
    whole: Vec<Money>,
    /// The amount of each rate row, exact.
    rates: Vec<Decimal>,
}

impl<'a> Clause<'a> {
    /// The charge at that place.
    #[must_use]
    pub fn new(number: u16, charge: &'a Charge, currency: Currency, rounding: Rounding) -> Clause<'a> {
        let contract_rounding = rounding;
        let own = charge.round.unwrap_or(Round::minor(rounding));
        let (to, rounding) = (own.to, own.mode.unwrap_or(rounding));
        let round = |amount: Decimal| charge.owed_by.signed(Exact::of(amount).round_to(currency, to, rounding));
        let whole = charge.rates.rows.iter().map(|row| round(row.amount)).collect();
        let rates = charge.rates.rows.iter().map(|row| row.amount.normalize()).collect();
        let by_step = charge.rates.by_step();
        Clause { number, charge, is_required: false, currency, rounding, contract_rounding, to, by_step, whole, rates }
    }

    /// The rate of that row, without trailing zeros as postings show it.
    #[must_use]
    pub fn rate(&self, row: u16) -> Option<Decimal> {
        self.rates.get(usize::from(row)).copied()
    }

    /// What a whole unit is worth by that rate row.
    #[must_use]
    pub fn whole(&self, row: u16) -> Money {
        self.whole.get(usize::from(row)).copied().unwrap_or_default()
    }

    /// The one rounding of an exact amount, and then the sign of who owes it (rule 2.2, mechanisms 2.2, 2.3).
    #[must_use]
    pub fn round(&self, exact: Exact) -> Money {
        self.charge.owed_by.signed(exact.round_to(self.currency, self.to, self.rounding))
    }

    /// The same of a fraction; `None` = it is too large (mechanisms 2.2).
    #[must_use]
    pub fn money(&self, exact: Ratio) -> Option<Money> {
        exact.multiple(self.currency, self.to, self.rounding).map(|amount| self.charge.owed_by.signed(amount))
    }

    /// A rate that becomes a printed number (mechanisms 7.1).
    #[must_use]
    pub fn printed(&self, rate: Ratio, round: Round) -> Option<Ratio> {
        let printed = rate.multiple(self.currency, round.to, round.mode.unwrap_or(self.contract_rounding))?;
        Some(Ratio::of(printed.decimal(self.currency)))
    }

    /// The rate that postings show of what it owes (formats, `postings.csv`).
    #[must_use]
    pub fn rate_of(&self, owed: &Entitlement) -> Option<Decimal> {
        match &owed.adjusted {
            Some(adjusted) => adjusted.rate,
            None => self.rate(owed.row?),
        }
    }

    /// The own days of which everything is earned on those days (mechanisms 7.3).
    #[must_use]
    pub fn own_days(&self, earned: Span) -> Option<Span> {
        self.charge.delay.map_or(Some(earned), |delay| delay.own_days(earned))
    }

    /// Moves entitlements from their own days to the days on which they are earned (mechanisms 7.3).
    pub fn postpone(&self, owed: &mut [Entitlement]) {
        if let Some(delay) = self.charge.delay {
            owed.iter_mut().for_each(|owed| owed.earned_on = delay.after(owed.earned_on));
        }
    }
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

/// A timeline priced by one charge.
#[derive(Clone, Debug)]
pub struct Measure<'a> {
    /// The charge's place in the contract.
    pub charge: u16,
    /// Whose days they are.
    pub terms: &'a Participant,
    /// The outcome.
    pub outcome: &'a Outcome,
    /// What is known of the contract's indices.
    pub indices: Arc<Indices>,
    /// The qualifying days.
    pub line: Arc<Timeline>,
    /// Their rates.
    pub priced: Vec<Priced>,
}

impl<'a> Measure<'a> {
    /// The price of a step on the day on which it is reached (rule 8.2, mechanisms 5.1).
    #[must_use]
    pub fn step(&self, clause: &Clause<'_>, step: u32, on: Day) -> Option<Priced> {
        let priced = *self.priced.iter().find(|priced| priced.days.contains(on))?;
        if !clause.by_step {
            return Some(priced);
        }
        let row = clause.charge.rates.row_on(&self.instance(priced.stretch, Some(step), on)?);
        Some(Priced { row, ..priced })
    }

    /// The adjustments that hold on a reference day (mechanisms 7.1).
    #[must_use]
    pub fn held(&self, clause: &Clause<'_>, stretch: usize, step: Option<u32>, day: Day) -> Option<Held> {
        if clause.charge.adjust.is_empty() {
            return None;
        }
        clause.held(&self.instance(stretch, step, day)?)
    }

    /// A day of a stretch, with all that conditions may ask of it.
    #[must_use]
    pub fn instance(&self, stretch: usize, step: Option<u32>, day: Day) -> Option<Instance<'_>> {
        let stretch = self.line.stretches.get(stretch)?;
        let of = Holding { terms: self.terms, outcome: self.outcome, stretch, anchor: self.line.anchor };
        Some(Instance { day, of: Of::Day(of), step })
    }
}
