//! When a charge can be priced at all: on which days, and how long after the anchor (rules 5.1, 6.4, 7.2 and 8.2).

use super::reach::Reach;
use crate::charge::milestone::Mode;
use crate::charge::{Charge, Mechanism, Milestone};
use crate::contract::terms::Contract;
use crate::measure::day::{Day, Span};
use crate::timeline::outcome::{Anchor, Length, Outcome};
use crate::timeline::payroll::Tallied;
use crate::timeline::tally::Needed;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Further than this no day is tried; then nothing is said.
const MOST_DAYS: usize = 20_000;

/// Every occasion that some facts give.
#[derive(Clone, Debug)]
pub(super) struct Occasions {
    /// The days that the anchor can be.
    anchors: Span,
    /// The days that can qualify: of the term, not before anybody enrols.
    days: Span,
    window: Option<Length>,
    /// How long the outcome has lasted on the day, or longer: for each step of a milestone, else a day.
    lasted: Vec<Length>,
    /// The steps for which it has lasted just so long, so that an example can be made.
    certain: u32,
    /// Of a milestone whose anchor is the first qualifying day.
    again: Option<Again>,
}

/// How a milestone is reached that does not begin to last with the first qualifying day.
#[derive(Clone, Copy, Debug)]
enum Again {
    /// In another run, which begins so many days after it or later.
    After(i64),
    /// With the first day as one of those that are counted.
    Counted,
}

/// A day that is priced, and what has to happen for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Occasion {
    /// The day that `elapsed` counts from (rule 8.1).
    pub anchor: Day,
    /// From this day on the outcome lasts without a break.
    pub since: Day,
    /// The day that is priced.
    pub on: Day,
}

impl Occasions {
    /// Those of a charge that measures an outcome. `None` where the term or the days of enrolment are none.
    pub(super) fn new(contract: &Contract, charge: &Charge, outcome: &Outcome) -> Option<Occasions> {
        let (term, enrolment) = (contract.term(), contract.enrolment());
        let days = Span::new(term.first.max(enrolment.first), term.last)?;
        Span::new(enrolment.first, enrolment.last)?;
        let from = outcome.window.as_ref().map_or(&Anchor::Enrolment, |window| &window.from);
        let anchors = match from {
            Anchor::Enrolment => enrolment,
            // The day after the charge was reached, if it ever was.
            Anchor::Charge { .. } => Span { first: days.first, last: days.last.next() },
            // A citizen may have been placed long before.
            Anchor::Placement => Span { first: Day::from_number(1), last: days.last },
            Anchor::FirstDay => days,
        };
        let (lasted, certain, again) = match &charge.mechanism {
            Mechanism::Milestone(milestone) => {
                let again = match milestone.mode {
                    Mode::Continuous => Again::After(i64::from(outcome.max_gap_days) + 2),
                    Mode::Cumulative | Mode::OnDay => Again::Counted,
                };
                let (lasted, certain) = lasting(milestone, outcome);
                (lasted, certain, (*from == Anchor::FirstDay).then_some(again))
            }
            Mechanism::Period(_) => (vec![Length::Days(1)], 1, None),
            Mechanism::Fixed(_) | Mechanism::Measured(_) => return None,
        };
        // Days that are skipped come first; what another charge comes to, and what payrolls say, is not looked at here.
        let simple = outcome.skip_days == 0 && outcome.follows().is_none() && outcome.payroll.is_none();
        let certain = if simple { certain } else { 0 };
        let window = outcome.window.as_ref().map(|window| window.length);
        Some(Occasions { anchors, days, window, lasted, certain, again })
    }

    /// How long the outcome has lasted at the steps of a reach, and whether that is certain.
    fn lasted<'r>(&'r self, reach: &'r Reach<'_>) -> impl Iterator<Item = (Length, bool)> + 'r {
        let steps = (1..).zip(&self.lasted).filter(|(step, _)| reach.steps.contains(*step));
        steps.map(|(step, length)| (*length, step <= self.certain))
    }

    /// An occasion within a reach. It needs no bridged gap, so that there is one for certain.
    pub(super) fn example(&self, reach: &Reach<'_>) -> Option<Occasion> {
        let certain: Vec<Length> = self.lasted(reach).filter_map(|(length, certain)| certain.then_some(length)).collect();
        if certain.is_empty() {
            return None;
        }
        self.tried(reach).take(MOST_DAYS).find_map(|on| {
            let anchors = self.anchors_of(on, reach)?;
            certain.iter().find_map(|length| self.reached(on, *length, anchors))
        })
    }

    /// Whether there is no occasion within a reach, whatever happens.
    pub(super) fn never(&self, reach: &Reach<'_>) -> bool {
        let mut tried = self.tried(reach);
        let none = tried.by_ref().take(MOST_DAYS).all(|on| self.anchors_of(on, reach).is_none());
        none && tried.next().is_none()
    }

    /// The days that can be those of an occasion, as far as the earliest and the latest anchor tell.
    fn tried(&self, reach: &Reach<'_>) -> impl Iterator<Item = Day> + use<> {
        let (early, late) = (self.anchors.first, self.anchors.last);
        let firsts = [reach.days.from, self.days.first, self.earliest(early, reach), after_months(early, reach.months.from)];
        let ends = [
            reach.days.below,
            Some(self.days.last.next()),
            self.window.map(|length| length.after(late)),
            reach.months.below.map(|months| late.plus_months(months)),
        ];
        let first = firsts.into_iter().fold(self.days.first, Day::max);
        let end = ends.into_iter().flatten().fold(Day::FAR, Day::min);
        (first.number()..end.number()).map(Day::from_number)
    }

    /// The first day on which anything can have lasted long enough, for an anchor.
    fn earliest(&self, anchor: Day, reach: &Reach<'_>) -> Day {
        let first = anchor.max(self.days.first);
        self.lasted(reach).map(|(length, _)| length.after(first).previous()).min().unwrap_or(Day::FAR)
    }

    /// The anchors by which a day is one of the reach: all from the first to the last.
    fn anchors_of(&self, on: Day, reach: &Reach<'_>) -> Option<Span> {
        let over = |anchor: Day| {
            self.window.is_some_and(|length| length.after(anchor) <= on)
                || reach.months.below.is_some_and(|months| anchor.plus_months(months) <= on)
        };
        let in_time = |anchor: Day| self.earliest(anchor, reach) <= on && after_months(anchor, reach.months.from) <= on;
        let first = first_not(self.anchors, over);
        let end = first_not(self.anchors, in_time);
        Span::new(first, end.previous())
    }

    /// How a day comes to be the one on which something has lasted so long, by one of the anchors.
    fn reached(&self, on: Day, length: Length, anchors: Span) -> Option<Occasion> {
        let since = start(length, on).filter(|since| *since >= self.days.first)?;
        let (latest, since) = match self.again {
            None => (since, since),
            Some(_) if anchors.contains(since) => (since, since),
            Some(_) if length == Length::Days(1) => return None,
            Some(Again::After(days)) => (since.plus_days(-days), since),
            Some(Again::Counted) => (since.previous(), since.next()),
        };
        let anchor = anchors.last.min(latest);
        (anchors.first <= anchor).then_some(Occasion { anchor, since, on })
    }
}

/// How long at least an outcome has lasted at each step of a milestone, and of how many of the first steps that is the whole
/// story: of calendar months, of the one day, of what is counted anew and of what is looked at only so far back it is not.
fn lasting(milestone: &Milestone, outcome: &Outcome) -> (Vec<Length>, u32) {
    let last = milestone.last_step().min(99);
    // What is asked on one day need not have lasted.
    if milestone.mode == Mode::OnDay {
        return ((1..=last).map(|_| Length::Days(1)).collect(), 0);
    }
    let lasted = (1..=last).map(|step| shortest(milestone, step, Some(outcome)).unwrap_or(Length::Days(1))).collect();
    let counted = match (milestone.mode, milestone.after) {
        (_, Needed::Sum(..)) | (Mode::Cumulative, Needed::Time(Length::Months(_))) => 0,
        _ if milestone.within.is_some() => 0,
        _ if milestone.repeat > 0 => 1,
        _ => last,
    };
    (lasted, counted)
}

/// The shortest time in which a step can be reached; `None` if its lengths do not go together, which is told elsewhere. The
/// first and the last month that count may be nearly over and hardly begun.
pub(super) fn shortest(terms: &Milestone, step: u32, outcome: Option<&Outcome>) -> Option<Length> {
    let before = step - 1;
    let after = match terms.after {
        Needed::Time(after) => after,
        Needed::Sum(Tallied::Hours, least) => return hours(least, step, outcome?),
        Needed::Sum(Tallied::Earnings, _) => return None,
    };
    let length = match (after, terms.then.map(|then| then.every)) {
        (Length::Months(after), Some(Length::Months(every))) => {
            Length::Months(after.saturating_add(every.saturating_mul(before)))
        }
        (Length::Days(after), Some(Length::Days(every))) => Length::Days(after.saturating_add(every.saturating_mul(before))),
        (after, _) if step == 1 => after,
        (Length::Days(after), None) => Length::Days(after.saturating_mul(step)),
        (Length::Months(after), None) if terms.mode == Mode::Continuous => Length::Months(after.saturating_mul(step)),
        _ => return None,
    };
    match (length, terms.mode) {
        (Length::Months(months), Mode::Cumulative) => months.checked_sub(2).filter(|left| *left > 0).map(Length::Months),
        (length, _) => Some(length),
    }
}

/// A day has 24 hours; of reports those of the month before may lie on its last day, each time that they are counted anew
/// (mechanisms 3.2).
fn hours(least: Decimal, step: u32, outcome: &Outcome) -> Option<Length> {
    let all = least.checked_mul(Decimal::from(step))?;
    let days = all.checked_div(Decimal::from(24))?.ceil().to_u32()?;
    let spared = if outcome.payroll.is_some() { 31 * step } else { 0 };
    days.checked_sub(spared).filter(|days| *days > 0).map(Length::Days)
}

/// The day from which on so many whole months have gone by; month 0 has no beginning.
fn after_months(anchor: Day, months: u32) -> Day {
    if months == 0 { Day::from_number(0) } else { anchor.plus_months(months) }
}

/// The day from which something has to last to have lasted so long on a day, if there is one.
fn start(length: Length, on: Day) -> Option<Day> {
    let since = match length {
        Length::Days(days) => on.next().plus_days(-i64::from(days)),
        Length::Months(months) => {
            let month = on.next().month_number();
            let day = on.next().days_since(Day::first_of_month(month));
            Day::first_of_month(month.checked_sub_unsigned(months)?).plus_days(day)
        }
    };
    (length.after(since) == on.next()).then_some(since)
}

/// The first day for which something does not hold that holds for all earlier ones; the day after the last if it holds for all.
fn first_not(days: Span, holds: impl Fn(Day) -> bool) -> Day {
    let (mut low, mut high) = (days.first.number(), days.last.number() + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(Day::from_number(middle)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Day::from_number(low)
}
