//! Milestones: an amount when an outcome has lasted (rule 7.2).

use super::clause::{Clause, Measure};
use super::entitlement::{Entitlement, Quantity, Unit};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::timeline::outcome::{Length, Outcome};
use crate::timeline::run::{first_from, runs};
use crate::timeline::stretch::{Stretch, union};
use serde::Serialize;

/// Paid when the outcome has lasted `after`, and again at each further step (rule 7.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Milestone {
    /// The outcome that has to last.
    pub outcome: Id,
    /// What "lasted" means.
    pub mode: Mode,
    /// How long until the first step.
    pub after: Length,
    /// The steps after the first.
    pub then: Option<Then>,
}

/// What "lasted" means (rule 7.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Calendar time from a run's first day, bridged gaps included.
    Continuous,
    /// Qualifying days, counted over all runs.
    Cumulative,
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
pub struct Reached<'a> {
    /// The step, from 1.
    pub step: u32,
    /// The day.
    pub on: Day,
    /// What was counted for it: the run, or with `cumulative` every stretch up to the day and beyond.
    pub run: &'a [Stretch],
}

impl Milestone {
    /// The steps that are reached, in their order, each on the earliest day any run reaches it (rule 7.2).
    #[must_use]
    pub fn reached<'a>(&self, stretches: &'a [Stretch], outcome: &Outcome) -> Vec<Reached<'a>> {
        let mut reached: Vec<Reached<'a>> = Vec::new();
        match self.mode {
            Mode::Continuous => {
                for run in runs(stretches, outcome) {
                    let Some(first) = run.first().map(|stretch| stretch.days.first) else { continue };
                    // The first step that no earlier run reached, and those after it.
                    for (step, length) in (1..).zip(self.steps()).skip(reached.len()) {
                        // Reached on the first qualifying day d ≥ r + length − 1 day.
                        let Some(on) = first_from(run, length.after(first).previous()) else { break };
                        reached.push(Reached { step, on, run });
                    }
                }
            }
            Mode::Cumulative => {
                for (step, length) in (1..).zip(self.steps()) {
                    let Some(on) = nth_day(stretches, length) else { break };
                    reached.push(Reached { step, on, run: stretches });
                }
            }
        }
        reached
    }

    /// The number of its last step.
    #[must_use]
    pub fn last_step(&self) -> u32 {
        self.then.map_or(0, |then| then.times).saturating_add(1)
    }

    /// How long the outcome must have lasted for each step: `after + j × every`, summed before it is applied (rule 7.2).
    pub fn steps(&self) -> impl Iterator<Item = Length> + use<> {
        let (after, then) = (self.after, self.then);
        let further = move |j: u32| match (after, then.map(|then| then.every)) {
            (Length::Months(after), Some(Length::Months(every))) => {
                Length::Months(after.saturating_add(every.saturating_mul(j)))
            }
            (Length::Days(after), Some(Length::Days(every))) => Length::Days(after.saturating_add(every.saturating_mul(j))),
            (after, _) => after,
        };
        (0..=then.map_or(0, |then| then.times)).map(further)
    }

    /// A step is priced on the day it is reached (rule 8.2); where no rate applies it is spent without payment.
    pub fn accrue(
        &self,
        clause: &Clause<'_>,
        measure: &Measure,
        outcome: &Outcome,
        earned: Span,
        out: &mut Vec<Entitlement>,
    ) {
        for step in self.reached(&measure.line.stretches, outcome).iter().filter(|step| earned.contains(step.on)) {
            let Some(priced) = measure.priced.iter().find(|priced| priced.days.contains(step.on)) else { continue };
            let Some((row, amount)) = priced.row.map(|row| (row, clause.whole(row))) else { continue };
            if amount.is_zero() && !clause.is_required {
                continue;
            }
            let counted = step.run.iter().filter(|stretch| stretch.days.first <= step.on);
            let days: i64 =
                counted.clone().map(|stretch| stretch.days.last.min(step.on).days_since(stretch.days.first) + 1).sum();
            out.push(Entitlement {
                charge: clause.number,
                unit: Unit::Step(step.step),
                company: measure.line.company,
                earned_on: step.on,
                quantity: Quantity::WHOLE,
                row: Some(row),
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

/// The qualifying day that makes the count equal to the length; months are an input error and never reached.
fn nth_day(stretches: &[Stretch], length: Length) -> Option<Day> {
    let Length::Days(n) = length else { return None };
    let mut left = i64::from(n);
    for stretch in stretches {
        if left <= stretch.days.days() {
            return Some(stretch.days.first.plus_days(left - 1));
        }
        left -= stretch.days.days();
    }
    None
}
