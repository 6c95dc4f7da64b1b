//! Rate cards: the first row whose conditions all hold on a day is that day's rate (rule 8.1).

use super::conditions::{Conditions, Instance};
use crate::facts::Participant;
use crate::measure::day::{Day, Span};
use crate::timeline::{Outcome, Timeline};
use rust_decimal::Decimal;
use serde::Serialize;

/// The rows of a charge's rate card, in their order; a charge with a single `amount` has one row without conditions
/// (rule 8.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RateCard {
    /// The rows; the first that applies counts.
    pub rows: Vec<RateRow>,
}

/// An amount and the conditions under which it applies (rule 8.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RateRow {
    /// In the contract's currency, exact.
    pub amount: Decimal,
    /// On which days it applies.
    #[serde(flatten)]
    pub when: Conditions,
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
        RateRow { amount, when: Conditions::default() }
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
    /// Prices each qualifying day of a timeline: the first row whose conditions all hold on it (rule 8.1). Conditions on steps
    /// are not asked ([`RateCard::row_on`]).
    #[must_use]
    pub fn price(&self, line: &Timeline, outcome: &Outcome, terms: &Participant) -> Vec<Priced> {
        let mut priced = Vec::with_capacity(line.stretches.len());
        for (at, stretch) in line.stretches.iter().enumerate() {
            let rows = self.rows.iter().zip(0_u16..);
            let rows = rows.filter(|(row, _)| row.when.hold_throughout(stretch, outcome, terms));
            let dated: Vec<(Option<Span>, u16)> = rows.map(|(row, number)| (row.when.days(line.anchor), number)).collect();
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

    /// The row that applies to a single day, its step included; of a date only what is known of it is asked (rule 8.2).
    #[must_use]
    pub fn row_on(&self, asked: &Instance<'_>) -> Option<u16> {
        (0_u16..).zip(&self.rows).find(|(_, row)| row.when.hold(asked)).map(|(number, _)| number)
    }

    /// Whether a row asks which step it is (mechanisms 5.1).
    #[must_use]
    pub fn by_step(&self) -> bool {
        self.rows.iter().any(|row| row.when.steps.is_some())
    }

    /// The row at that place.
    #[must_use]
    pub fn row(&self, number: u16) -> Option<&RateRow> {
        self.rows.get(usize::from(number))
    }
}
