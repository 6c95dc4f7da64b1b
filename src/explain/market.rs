//! Rates and what is published: adjustments once more, one after the other, with every figure that goes in (mechanisms 7.1, 7.2).

use super::fraction::Fraction;
use super::reckoning::{AdjustTold, ByTold, IndexTold, Published, Verdict};
use crate::charge::adjust::By;
use crate::charge::{Adjust, Charge, Conditions, Index};
use crate::contract::Contract;
use crate::facts::{Facts, Participant};
use crate::measure::day::{Day, Span};
use crate::measure::grid::{Every, Grid};
use rust_decimal::Decimal;

/// Where published numbers are looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Market<'a> {
    pub contract: &'a Contract,
    pub facts: &'a Facts,
    pub cut_off: Day,
}

/// The adjustments that hold for an entitlement, with its reference day.
#[derive(Clone, Debug)]
pub(super) struct Held<'a> {
    pub charge: &'a Charge,
    pub rows: Vec<(usize, &'a Adjust)>,
    pub day: Day,
    pub anchor: Option<Day>,
}

/// An index that is not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Waits {
    index: String,
    month: String,
}

impl From<Waits> for Verdict {
    fn from(waits: Waits) -> Verdict {
        Verdict::Waits { index: waits.index, month: waits.month }
    }
}

/// A rate that was adjusted, and how.
#[derive(Clone, Debug)]
pub(super) struct Adjusted {
    pub exact: Fraction,
    pub told: Vec<AdjustTold>,
}

impl Adjusted {
    /// The rate as postings show it.
    pub fn rate(&self, written: Decimal) -> Option<Decimal> {
        if self.told.is_empty() {
            Some(written.normalize())
        } else {
            self.exact.ends_within(8).then(|| self.exact.rounded(8))
        }
    }
}

/// Those that hold on a date of the contract, or of a participant (mechanisms 3.5, 7.1).
pub(super) fn held_on<'a>(charge: &'a Charge, date: Day, whose: Option<&Participant>) -> Held<'a> {
    let rows = charge.adjust.iter().enumerate().filter(|(_, row)| holds_on_date(&row.when, date, whose));
    Held { charge, rows: rows.collect(), day: date, anchor: None }
}

impl Held<'_> {
    /// Whether anything changes the rate.
    pub fn any(&self) -> bool {
        !self.rows.is_empty()
    }
}

impl<'a> Market<'a> {
    /// A rate after its adjustments; an error says for which index it waits.
    pub fn adjusted(&self, rate: Decimal, held: &Held<'a>) -> Result<Adjusted, Waits> {
        let plain = if held.any() { Fraction::of(rate) } else { Fraction::over(1).plus(rate, 1) };
        self.adjust(plain, held)
    }

    /// The same of any price.
    pub fn adjust(&self, price: Fraction, held: &Held<'a>) -> Result<Adjusted, Waits> {
        let mut adjusted = Adjusted { exact: price, told: Vec::new() };
        for (nth, row) in &held.rows {
            self.row(*nth, row, held, &mut adjusted)?;
        }
        Ok(adjusted)
    }

    /// One adjustment more.
    fn row(&self, nth: usize, row: &'a Adjust, held: &Held<'a>, so_far: &mut Adjusted) -> Result<(), Waits> {
        let by = match &row.by {
            None => ByTold::Nothing,
            Some(By::Factor(factor)) => {
                let product = Fraction::of_ratio(*factor).and_then(|factor| so_far.exact.times(factor));
                so_far.exact = product.ok_or_else(Waits::default)?;
                ByTold::Factor(factor.to_string())
            }
            Some(By::Index(id)) => {
                let index = self.contract.indices.iter().find(|index| index.id == *id);
                let seen = index.map_or_else(|| Err(Waits::default()), |index| self.look(index, held.day))?;
                let (month, base) = (Fraction::of(seen.month.value), Fraction::of(seen.base.value));
                let product = so_far.exact.times(month).and_then(|product| product.by(base));
                so_far.exact = product.ok_or_else(Waits::default)?;
                ByTold::Index(Box::new(seen))
            }
        };
        let (before, currency) = (so_far.exact, self.contract.currency);
        let round = match row.round {
            None => None,
            Some(round) => {
                let (mode, to) = (round.mode.unwrap_or(self.contract.rounding), round.to);
                let printed = before.amount(currency, mode, to).ok_or_else(Waits::default)?;
                so_far.exact = Fraction::of(printed.decimal(currency));
                Some((mode, Some(to).filter(|to| to.minor() > 1).map(|to| to.display(currency))))
            }
        };
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let elapsed_since = held.anchor.filter(|_| row.when.elapsed.is_some());
        let (number, of, when) = (number(nth + 1), number(held.charge.adjust.len()), row.when.clone());
        so_far.told.push(AdjustTold { number, of, when, elapsed_since, by, exact: before, round, result: so_far.exact });
        Ok(())
    }

    /// The numbers of an index for a day (mechanisms 7.2).
    fn look(&self, index: &Index, day: Day) -> Result<IndexTold, Waits> {
        // The first day of the year, quarter or month, and then month by month back.
        let month = u32::try_from(day.month_number().rem_euclid(12)).unwrap_or_default();
        let begins = match index.every {
            Every::Year => 0,
            Every::HalfYear => month / 6 * 6,
            Every::Quarter => month / 3 * 3,
            Every::Month => month,
        };
        let mut first = Day::from_ymd(day.year(), begins + 1, 1).unwrap_or(day);
        for _ in 0..index.lag_months {
            first = Grid::Month.cell(first.previous()).first();
        }
        let waits = |first: Day| Waits { index: index.id.to_string(), month: Grid::Month.cell(first).to_string() };
        let seen = |first: Day| self.published(index, first).ok_or_else(|| waits(first));
        Ok(IndexTold { id: index.id.to_string(), month: seen(first)?, base: seen(index.base.first())? })
    }

    /// The measurement of the month that begins on that day; of several the one with the lowest id.
    fn published(&self, index: &Index, first: Day) -> Option<Published> {
        let days = Span { first, last: first.plus_months(1).previous() };
        let all = &self.facts.measurements;
        let mut known = (0..all.len()).filter_map(|nth| all.known(nth, self.cut_off));
        let (row, terms) = known
            .find(|(_, terms)| {
                terms.metric == index.metric && terms.cohort.is_none() && terms.participant.is_none() && terms.days == days
            })
            .filter(|(_, terms)| terms.value > Decimal::ZERO)?;
        let month = Grid::Month.cell(first).to_string();
        Some(Published { month, value: terms.value.normalize(), measurement: row.id.to_string() })
    }
}

/// What a charge pays for one unit in full: the exact amount is the adjusted rate.
pub(super) fn amount_of(charge: &Charge, row: usize) -> Decimal {
    charge.rates.rows.get(row).map_or(Decimal::ZERO, |row| row.amount)
}

/// Whether conditions hold on a date, of the contract or of a participant.
pub(super) fn holds_on_date(when: &Conditions, date: Day, whose: Option<&Participant>) -> bool {
    let other = |terms: &Participant| {
        when.target_groups.iter().any(|groups| !groups.contains(&terms.target_group))
            || when.traits.iter().flatten().any(|one| !terms.traits.contains(one))
    };
    when.valid.is_none_or(|valid| valid.contains(date)) && !whose.is_some_and(other)
}
