//! What a rate row can be asked about (rule 8.1): its conditions, cut to what the contract lets happen.

use super::side::{Band, Names, Side, Traits};
use crate::charge::{Charge, Conditions, Mechanism, RateCard};
use crate::contract::terms::Contract;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::timeline::outcome::{Length, Outcome};
use rust_decimal::Decimal;

/// Gives a struct of sides, one for each condition that a rate row can have, what holds for all of them.
macro_rules! sides {
    ($($(#[$doc:meta])* $side:ident: $of:ty,)*) => {
        /// Days, hours and citizens: those that have a value on each of the sides.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub(super) struct Reach<'a> {
            $($(#[$doc])* pub(super) $side: $of,)*
        }

        impl Reach<'_> {
            /// What lies in both.
            pub(super) fn meet(&self, other: &Self) -> Option<Self> {
                Some(Reach { $($side: self.$side.meet(&other.$side)?,)* })
            }

            /// What lies in this one only, in parts that do not overlap.
            pub(super) fn minus(&self, other: &Self) -> Vec<Self> {
                let Some(both) = self.meet(other) else { return vec![self.clone()] };
                let (mut parts, mut rest) = (Vec::new(), self.clone());
                $(
                    parts.extend(rest.$side.minus(&both.$side).into_iter().map(|part| Reach { $side: part, ..rest.clone() }));
                    rest.$side = both.$side;
                )*
                parts
            }

            /// As wide as can be: each side as wide as the whole's, where that is still `free`.
            pub(super) fn widened(mut self, whole: &Self, free: impl Fn(&Self) -> bool) -> Self {
                $(
                    let wide = Reach { $side: whole.$side.clone(), ..self.clone() };
                    if free(&wide) {
                        self = wide;
                    }
                )*
                self
            }

            /// Both as one, where they differ on no more than one side.
            pub(super) fn join(&self, other: &Self) -> Option<Self> {
                let mut joined = self.clone();
                let mut differ = 0;
                $(
                    if self.$side != other.$side {
                        differ += 1;
                        joined.$side = self.$side.join(&other.$side)?;
                    }
                )*
                (differ <= 1).then_some(joined)
            }
        }
    };
}

sides! {
    /// The day's kind (rule 6.3).
    kinds: Names<'a>,
    /// The participant's target group.
    groups: Names<'a>,
    /// The participant's traits.
    traits: Traits<'a>,
    /// Hours a week.
    hours: Band<Decimal>,
    /// Whole months from the anchor.
    months: Band<u32>,
    /// The milestone's step.
    steps: Band<u32>,
    /// The days.
    days: Band<Day>,
}

impl<'a> Reach<'a> {
    /// All that a card can be asked about: kinds and hours of the outcome, groups of the cohort, months of the window, days of
    /// the term. `None` where there is nothing.
    pub(super) fn whole(contract: &'a Contract, outcome: Option<&'a Outcome>, charge: &'a Charge) -> Option<Reach<'a>> {
        let card: &RateCard = &charge.rates;
        let kinds = outcome.map(|outcome| &outcome.kinds).filter(|kinds| !kinds.is_empty());
        let last_month = outcome.and_then(|outcome| outcome.window.as_ref()).and_then(|window| match window.length {
            Length::Months(months) => Some(months),
            Length::Days(_) => None,
        });
        Some(Reach {
            kinds: among(kinds, card.rows.iter().filter_map(|row| row.when.kinds.as_ref())),
            groups: among(
                contract.cohort.target_groups.as_ref(),
                card.rows.iter().filter_map(|row| row.when.target_groups.as_ref()),
            ),
            hours: Band::new(outcome.map(|outcome| outcome.min_weekly_hours).unwrap_or_default(), None)?,
            months: Band::new(0, last_month)?,
            traits: Traits::default(),
            steps: match &charge.mechanism {
                Mechanism::Milestone(milestone) => Band::new(1, milestone.last_step().checked_add(1))?,
                _ => Band::new(1, Some(2))?,
            },
            days: days(contract.term())?,
        })
    }

    /// What of it a row applies to. A new condition of a row is a side of its own.
    pub(super) fn of(&self, row: &'a Conditions) -> Option<Reach<'a>> {
        let Conditions { kinds, target_groups, traits, hours, elapsed, steps, valid } = row;
        let named = |names: &'a Option<Vec<Id>>, all: &Names<'a>| match names {
            Some(names) => Names(names.iter().map(Some).collect()).meet(all),
            None => Some(all.clone()),
        };
        Some(Reach {
            kinds: named(kinds, &self.kinds)?,
            groups: named(target_groups, &self.groups)?,
            traits: traits.as_ref().map_or(Some(self.traits.clone()), |traits| Traits::all(traits).meet(&self.traits))?,
            hours: hours.map_or(Some(self.hours), |band| Band::new(band.from, Some(band.below))?.meet(&self.hours))?,
            months: elapsed
                .map_or(Some(self.months), |band| Band::new(band.from_month, Some(band.below_month))?.meet(&self.months))?,
            steps: steps.map_or(Some(self.steps), |band| Band::new(band.from, Some(band.below))?.meet(&self.steps))?,
            days: valid.map_or(Some(self.days), |span| days(span)?.meet(&self.days))?,
        })
    }

    /// Whether the other one lies in this one.
    pub(super) fn covers(&self, other: &Self) -> bool {
        other.meet(self).as_ref() == Some(other)
    }
}

/// The names that there can be: those that are listed or, where all may come, those that a row names and all others.
fn among<'a>(listed: Option<&'a Vec<Id>>, named: impl Iterator<Item = &'a Vec<Id>>) -> Names<'a> {
    match listed {
        Some(listed) => Names(listed.iter().map(Some).collect()),
        None => Names(named.flatten().map(Some).chain([None]).collect()),
    }
}

fn days(span: Span) -> Option<Band<Day>> {
    Band::new(span.first, Some(span.last.next()))
}
