//! What a rate row or an adjustment asks of a day (rule 8.1, mechanisms 5.1).

use crate::facts::Participant;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::timeline::{Outcome, Stretch};
use rust_decimal::Decimal;
use serde::Serialize;

/// Conditions on a day; one that is not there always holds (rule 8.1).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Conditions {
    /// The day's kind is one of these.
    pub kinds: Option<Vec<Id>>,
    /// The participant's target group is one of these.
    pub target_groups: Option<Vec<Id>>,
    /// The participant has all of these (mechanisms 5.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traits: Option<Vec<Id>>,
    /// `from` ≤ hours a week on the day < `below`.
    pub hours: Option<HoursBand>,
    /// `from_month` ≤ whole months from the anchor to the day < `below_month`.
    pub elapsed: Option<ElapsedBand>,
    /// `from` ≤ the milestone's step < `below` (mechanisms 5.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<StepBand>,
    /// The day is one of these.
    pub valid: Option<Span>,
}

/// Hours a week, from the first up to, not including, the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct HoursBand {
    /// The fewest.
    pub from: Decimal,
    /// Fewer than this.
    pub below: Decimal,
}

/// Whole months since the window's anchor or, without a window, since `enrolled_on` (rule 8.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ElapsedBand {
    /// The first month, from 0.
    pub from_month: u32,
    /// The first month that no longer counts.
    pub below_month: u32,
}

/// Steps of a milestone, from the first up to, not including, the second (mechanisms 5.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct StepBand {
    /// The first step, from 1.
    pub from: u32,
    /// The first step that no longer counts.
    pub below: u32,
}

/// A day that is asked about, with all that a condition may look at.
#[derive(Clone, Copy, Debug)]
pub struct Instance<'i> {
    /// The day.
    pub day: Day,
    /// Of whom.
    pub of: Of<'i>,
    /// The milestone's step.
    pub step: Option<u32>,
}

/// Of whom a day is asked about.
#[derive(Clone, Copy, Debug)]
pub enum Of<'i> {
    /// The contract itself: there is nothing but the day (rule 8.2).
    Contract,
    /// A participant on a date: who it is, and the day (mechanisms 3.5).
    Participant(&'i Participant),
    /// A participant on a day that qualifies.
    Day(Holding<'i>),
}

/// What holds of a participant on a day that qualifies.
#[derive(Clone, Copy, Debug)]
pub struct Holding<'i> {
    /// The participant.
    pub terms: &'i Participant,
    /// The outcome that is measured.
    pub outcome: &'i Outcome,
    /// The stretch that the day lies in.
    pub stretch: &'i Stretch,
    /// The day that months are counted from.
    pub anchor: Day,
}

impl Conditions {
    /// Whether all of them hold on a day.
    #[must_use]
    pub fn hold(&self, asked: &Instance<'_>) -> bool {
        let of_participant = match asked.of {
            Of::Day(of) => {
                self.hold_throughout(of.stretch, of.outcome, of.terms)
                    && self.days(of.anchor).is_some_and(|days| days.contains(asked.day))
            }
            Of::Participant(terms) => self.hold_of(terms) && self.hold_on(asked.day),
            Of::Contract => self.hold_on(asked.day),
        };
        of_participant && self.hold_at(asked.step)
    }

    /// Those that cannot change within a stretch: kind, target group, traits, hours.
    #[must_use]
    pub fn hold_throughout(&self, stretch: &Stretch, outcome: &Outcome, terms: &Participant) -> bool {
        let kind = outcome.kinds.get(stretch.kind);
        self.kinds.as_ref().is_none_or(|kinds| kind.is_some_and(|kind| kinds.contains(kind)))
            && self.hours.is_none_or(|band| band.from <= stretch.hours && stretch.hours < band.below)
            && self.hold_of(terms)
    }

    /// Those on the participant alone: target group and traits.
    fn hold_of(&self, terms: &Participant) -> bool {
        self.target_groups.as_ref().is_none_or(|groups| groups.contains(&terms.target_group))
            && self.traits.as_ref().is_none_or(|traits| traits.iter().all(|one| terms.traits.contains(one)))
    }

    /// The one on the day alone.
    fn hold_on(&self, day: Day) -> bool {
        self.valid.is_none_or(|valid| valid.contains(day))
    }

    /// The one on the step; without a step it does not hold.
    fn hold_at(&self, step: Option<u32>) -> bool {
        self.steps.is_none_or(|band| step.is_some_and(|step| band.from <= step && step < band.below))
    }

    /// The days on which `valid` and `elapsed` hold, counted from the anchor. At least `n` whole months have gone by on a day
    /// if and only if `anchor + n months` is not after it (rule 1.3).
    #[must_use]
    pub fn days(&self, anchor: Day) -> Option<Span> {
        let elapsed = match self.elapsed {
            None => Span { first: Day::from_number(i32::MIN), last: Day::FAR },
            Some(band) => {
                // Whole months are never fewer than 0, so month 0 has no beginning.
                let first =
                    if band.from_month == 0 { Day::from_number(i32::MIN) } else { anchor.plus_months(band.from_month) };
                Span::new(first, anchor.plus_months(band.below_month).previous())?
            }
        };
        elapsed.overlap(self.valid.unwrap_or(elapsed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::outcome::{Companies, NewJobs, Per};

    #[test]
    fn a_row_asks_for_all_its_traits_and_for_its_steps() {
        let day = |text| Day::parse(text).unwrap();
        let outcome = Outcome {
            id: Id::name("work"),
            kinds: vec![Id::name("ordinary")],
            min_weekly_hours: Decimal::ZERO,
            companies: Companies::Any,
            per: Per::Participant,
            max_gap_days: 0,
            max_gap_total: None,
            new_jobs_only: NewJobs::Any,
            payroll: None,
            evidence_required: false,
            except_kinds: Vec::new(),
            skip_days: 0,
            same_employer: false,
            window: None,
        };
        let days = Span { first: day("2018-01-01"), last: day("2018-12-31") };
        let stretch = Stretch { days, hours: Decimal::from(37), kind: 0, company: None, spells: [].into(), laid: None };
        let traits = ["alone", "under-30"].map(Id::name).to_vec();
        let terms = Participant {
            target_group: Id::name("cash-benefit"),
            enrolled_on: day("2018-01-01"),
            eligible_until: None,
            traits,
        };
        let of = Holding { terms: &terms, outcome: &outcome, stretch: &stretch, anchor: days.first };
        let hold = |when: Conditions, step| when.hold(&Instance { day: day("2018-06-01"), of: Of::Day(of), step });
        let asks = |names: &[&str]| Conditions {
            traits: Some(names.iter().map(|name| Id::name(name)).collect()),
            ..Conditions::default()
        };
        assert!(hold(asks(&["under-30"]), None) && hold(asks(&["under-30", "alone"]), None));
        assert!(!hold(asks(&["under-30", "abroad"]), None));
        let from_2_below_4 = Conditions { steps: Some(StepBand { from: 2, below: 4 }), ..Conditions::default() };
        let held = [1, 2, 3, 4].map(|step| hold(from_2_below_4.clone(), Some(step)));
        assert_eq!(held, [false, true, true, false]);
        assert!(!hold(from_2_below_4, None));
        // On a date of the participant's there are no hours and no kinds, but the participant.
        let of = Of::Participant(&terms);
        let on = |when: Conditions| when.hold(&Instance { day: days.first, of, step: None });
        assert!(on(asks(&["under-30"])) && !on(asks(&["abroad"])));
        // Of the contract's own entitlements only the day is asked.
        let valid = Conditions { valid: Some(days), ..Conditions::default() };
        assert!(valid.hold(&Instance { day: days.last, of: Of::Contract, step: None }));
        assert!(!valid.hold(&Instance { day: days.last.next(), of: Of::Contract, step: None }));
    }
}
