//! Milestones: an amount when an outcome has lasted (rule 7.2).

use super::clause::{Clause, Measure};
use super::entitlement::{Entitlement, Quantity, Unit};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::timeline::Timeline;
use crate::timeline::outcome::{Length, Outcome};
use crate::timeline::run::{first_from, runs};
use crate::timeline::stretch::{Stretch, union};
use crate::timeline::tally::{Needed, Tally};
use rust_decimal::Decimal;
use serde::Serialize;
use std::cmp::Reverse;

/// Paid when the outcome has lasted `after`, and again at each further step (rule 7.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Milestone {
    /// The outcome that has to last.
    pub outcome: Id,
    /// What "lasted" means.
    pub mode: Mode,
    /// How long until the first step, or how much has to come together (mechanisms 3.3).
    pub after: Needed,
    /// The steps after the first.
    pub then: Option<Then>,
    /// How many further steps are counted anew (mechanisms 3.3).
    pub repeat: u32,
    /// Of the days up to one only those less than so long before it are looked at (mechanisms 3.3).
    pub within: Option<Length>,
    /// The fewest qualifying days with which a month counts (mechanisms 3.3).
    pub min_days: Option<u32>,
}

/// What "lasted" means (rule 7.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Calendar time from a run's first day, bridged gaps included.
    Continuous,
    /// Qualifying days, counted over all runs.
    Cumulative,
    /// The one day that lies so long after the anchor (mechanisms 3.3).
    OnDay,
}

/// Further steps, at `after + j × every` (rule 7.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Then {
    /// The time from one step to the next; in months if and only if `after` is.
    pub every: Length,
    /// How many further steps, 1 to 98.
    pub times: u32,
}

/// A step on the day it is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reached {
    /// The step, from 1.
    pub step: u32,
    /// The day.
    pub on: Day,
    /// The first day that was looked at for it: that of the run or, with `cumulative`, of all.
    pub since: Day,
    /// The place of the timeline on which it is reached, where several are looked at.
    pub line: usize,
}

/// Of the spell that leads a stretch: more hours come first, then the kind named first, then the lower id (rule 6.3).
pub type Rank = (Reverse<Decimal>, usize, u32);

/// The rank by which one of two places of work reaches a step that both reach on one day: the lowest (mechanisms 3.1).
pub type Lead<'l> = &'l dyn Fn(&Stretch) -> Option<Rank>;

impl Milestone {
    /// The number of its last step.
    #[must_use]
    pub fn last_step(&self) -> u32 {
        self.then.map_or(self.repeat, |then| then.times).saturating_add(1)
    }

    /// The steps that are reached, in their order, each on the earliest day any run reaches it (rule 7.2), at any of the
    /// places that are looked at apart (mechanisms 3.1).
    #[must_use]
    pub fn reached(&self, lines: &[&Timeline], outcome: &Outcome, lead: Lead<'_>) -> Vec<Reached> {
        if let ([line], 0) = (lines, self.repeat) {
            return self.along(&line.stretches, line.anchor, outcome);
        }
        let mut reached: Vec<Reached> = Vec::new();
        for round in 0..=self.repeat {
            // All days up to the one on which the step before was reached are used up.
            let from = reached.last().filter(|_| round > 0).map(|before| before.on.next());
            let found = lines.iter().enumerate().flat_map(|(nth, line)| {
                let left = after(&line.stretches, from);
                let found = self.along(&left, line.anchor, outcome).into_iter();
                found.map(move |step| Reached { step: step.step.saturating_add(round), line: nth, ..step })
            });
            let rank = |step: &Reached| {
                let lines = lines.get(step.line).map(|line| line.stretches.as_slice()).unwrap_or_default();
                (step.step, step.on, lines.iter().find(|stretch| stretch.days.contains(step.on)).and_then(lead))
            };
            let mut found: Vec<Reached> = found.collect();
            found.sort_by_key(rank);
            found.dedup_by_key(|step| step.step);
            if found.is_empty() {
                break;
            }
            reached.extend(found);
        }
        reached
    }

    /// The steps that are reached along one timeline.
    fn along(&self, stretches: &[Stretch], anchor: Day, outcome: &Outcome) -> Vec<Reached> {
        let mut reached: Vec<Reached> = Vec::new();
        match self.mode {
            Mode::Continuous => {
                for run in runs(stretches, outcome) {
                    let Some(first) = run.first().map(|stretch| stretch.days.first) else { continue };
                    // The first step that no earlier run reached, and those after it.
                    for (step, needed) in (1..).zip(self.steps()).skip(reached.len()) {
                        let Needed::Time(length) = needed else { break };
                        // Reached on the first qualifying day d ≥ r + length − 1 day.
                        let Some(on) = first_from(run, length.after(first).previous()) else { break };
                        reached.push(Reached { step, on, since: first, line: 0 });
                    }
                }
            }
            Mode::Cumulative => {
                for (step, needed) in (1..).zip(self.steps()) {
                    let tally = Tally { needed, min_days: self.min_days, within: self.within };
                    let Some(days) = tally.reached(stretches) else { break };
                    reached.push(Reached { step, on: days.last, since: days.first, line: 0 });
                }
            }
            Mode::OnDay => {
                let Needed::Time(after) = self.after else { return reached };
                let on = after.after(anchor);
                let qualifies = stretches.iter().any(|stretch| stretch.days.contains(on));
                reached.extend(qualifies.then_some(Reached { step: 1, on, since: on, line: 0 }));
            }
        }
        reached
    }

    /// How long the outcome must have lasted for each step: `after + j × every`, summed before it is applied (rule 7.2).
    pub fn steps(&self) -> impl Iterator<Item = Needed> + use<> {
        let milestone = self.clone();
        (0..=self.then.map_or(0, |then| then.times)).map(move |j| milestone.needed(j))
    }

    /// How long it must have lasted for step `j + 1`, `repeat` aside.
    #[must_use]
    pub fn needed(&self, j: u32) -> Needed {
        match (self.after, self.then.map(|then| then.every)) {
            (Needed::Time(Length::Months(after)), Some(Length::Months(every))) => {
                Length::Months(after.saturating_add(every.saturating_mul(j))).into()
            }
            (Needed::Time(Length::Days(after)), Some(Length::Days(every))) => {
                Length::Days(after.saturating_add(every.saturating_mul(j))).into()
            }
            (after, _) => after,
        }
    }

    /// A step is priced on the day it is reached (rule 8.2); where no rate applies it is spent without payment. Of an outcome
    /// that looks at each place of work apart there are several measures (mechanisms 3.1).
    pub fn accrue(
        &self,
        clause: &Clause<'_>,
        measures: &[&Measure<'_>],
        outcome: &Outcome,
        earned: Span,
        lead: Lead<'_>,
        out: &mut Vec<Entitlement>,
    ) {
        let reached = match measures {
            [measure] => self.reached(&[&measure.line], outcome, lead),
            _ => self.reached(&measures.iter().map(|measure| &*measure.line).collect::<Vec<_>>(), outcome, lead),
        };
        for step in reached.iter().filter(|step| earned.contains(step.on)) {
            let Some(measure) = measures.get(step.line) else { continue };
            let Some(priced) = measure.step(clause, step.step, step.on) else { continue };
            let Some(row) = priced.row else { continue };
            let held = measure.held(clause, priced.stretch, Some(step.step), step.on);
            // What waits for an index is reached, whatever it will be worth.
            let (amount, adjusted) = clause.worth(row, held, &measure.indices).unwrap_or_default();
            if amount.is_zero() && !clause.is_required {
                continue;
            }
            let looked_at = Span { first: step.since, last: step.on };
            let counted = measure.line.stretches.iter().filter(|stretch| stretch.days.overlap(looked_at).is_some());
            let days: i64 = counted.clone().filter_map(|stretch| stretch.days.overlap(looked_at)).map(Span::days).sum();
            out.push(Entitlement {
                charge: clause.number,
                unit: Unit::Step(step.step),
                company: measure.line.company,
                earned_on: step.on,
                quantity: Quantity::WHOLE,
                row: Some(row),
                adjusted,
                amount,
                reference: measure.line.stretches.get(priced.stretch).and_then(|stretch| stretch.company),
                days: u32::try_from(days).unwrap_or(u32::MAX),
                spells: union(counted),
                seen: None,
                tops_up: None,
            });
        }
    }
}

/// What is left of the stretches from a day on; everything if there is none.
fn after(stretches: &[Stretch], from: Option<Day>) -> Vec<Stretch> {
    let from = from.unwrap_or(Day::from_number(i32::MIN));
    let left = |stretch: &Stretch| {
        Some(Stretch { days: Span::new(stretch.days.first.max(from), stretch.days.last)?, ..stretch.clone() })
    };
    stretches.iter().filter_map(left).collect()
}
