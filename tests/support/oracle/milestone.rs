//! Rule 7.2: milestones.

use super::charge::{Entitlement, Own, push};
use super::days::add_months;
use super::outcome::Good;
use super::rate::On;
use super::{Law, Misreading, Situation, delay};
use crate::support::day::Day;
use crate::support::programme::{Length, Then};

/// One step: the length after which it is reached, in days or in months.
#[derive(Clone, Copy, Debug)]
struct Step {
    number: i64,
    after: Length,
    /// For the misreading that adds the steps one by one.
    parts: (Length, Length),
}

/// `after` and, with `then`, `after + j × every`, summed before they are applied.
fn lengths(after: Length, then: Option<Then>) -> Vec<Step> {
    let mut steps = vec![Step { number: 1, after, parts: (after, Length::Days(0)) }];
    if let Some(Then { every, times }) = then {
        for j in 1..=times {
            let later = match every {
                Length::Months(n) => Length::Months(j * n),
                Length::Days(n) => Length::Days(j * n),
                Length::Weeks(n) => Length::Days(7 * j * n),
            };
            let sum = match (after, later) {
                (Length::Months(a), Length::Months(b)) => Length::Months(a + b),
                (a, b) => Length::Days(days(a) + days(b)),
            };
            steps.push(Step { number: j + 1, after: sum, parts: (after, later) });
        }
    }
    steps
}

fn days(length: Length) -> i64 {
    match length {
        Length::Days(n) => n,
        Length::Weeks(n) => 7 * n,
        Length::Months(_) => panic!("months and days do not add up"),
    }
}

pub fn plus(law: &Law, day: Day, length: Length) -> Day {
    match length {
        Length::Months(n) => add_months(law, day, n),
        other => day.plus(days(other)),
    }
}

/// The steps that an assessment has reached.
pub fn steps<'a>(
    law: &Law,
    own: &Own<'_, '_, 'a>,
    cumulative: bool,
    after: Length,
    then: Option<Then>,
    earned: &mut Vec<Entitlement<'a>>,
) {
    let steps = lengths(after, then);
    for step in &steps {
        let mut reached = if cumulative { counted(law, own, *step) } else { lasted(law, own, *step) };
        reached.sort_by_key(|good| good.day);
        law.saw_if(reached.len() > 1, Situation::StepReachedTwice);
        if law.reads(Misreading::UnpricedStepRetried) {
            reached.retain(|good| row(law, own, good, step.number).is_some());
        }
        // A step is paid at most once, on the earliest day any run reaches it.
        let times = if law.reads(Misreading::MilestonePerRun) { reached.len() } else { 1 };
        for (n, good) in reached.iter().take(times).enumerate() {
            let unit = format!("step-{:02}", step.number + n as i64 * steps.len() as i64);
            // 8.2: priced on the day it is reached; without a row it is spent unpaid.
            match row(law, own, good, step.number) {
                Some(row) => {
                    let on = on(law, own, good, step.number);
                    let one = own.at_rate(law, &unit, good.day, row, on);
                    one.map(|one| push(law, own.contract, one, earned));
                }
                None => law.saw(Situation::StepWithoutRate),
            }
        }
    }
}

fn row<'a>(law: &Law, own: &Own<'_, '_, 'a>, good: &Good<'a>, step: i64) -> Option<usize> {
    own.card.row_on(law, on(law, own, good, step))
}

fn on<'x, 'f, 'a>(law: &Law, own: &'x Own<'_, 'f, 'a>, good: &'x Good<'a>, step: i64) -> On<'x, 'f, 'a> {
    let day = delay::pricing_day(law, own.charge, good.day);
    On { day, good: Some((good, own.assessment)), step: Some(step) }
}

/// Continuous: in each run the first qualifying day d ≥ r + after − 1 day, bridged gaps included.
fn lasted<'a>(law: &Law, own: &Own<'_, '_, 'a>, step: Step) -> Vec<Good<'a>> {
    let mut reached = Vec::new();
    for run in &own.assessment.runs {
        let first = run[0].day;
        let end = if law.reads(Misreading::StepsAddedOneByOne) {
            plus(law, plus(law, first, step.parts.0), step.parts.1)
        } else {
            plus(law, first, step.after)
        };
        let due = if law.reads(Misreading::MilestoneOneDayLate) { end } else { end.before() };
        let last = run[run.len() - 1].day;
        law.saw_if(due == last, Situation::MilestoneOnRunsLastDay);
        law.saw_if(due == last.next(), Situation::MilestoneMissedByOneDay);
        let day = if law.reads(Misreading::MilestoneCountsQualifyingDays) {
            run.iter().enumerate().find(|(n, _)| first.plus(*n as i64) >= due).map(|(_, good)| good)
        } else {
            run.iter().find(|good| good.day >= due)
        };
        law.saw_if(day.is_some_and(|good| good.day > due), Situation::MilestoneDueInAGap);
        if let Some(good) = day {
            let mut good = good.clone();
            if law.reads(Misreading::MilestoneReachedInGap) {
                good.day = due.min(good.day);
            }
            reached.push(good);
        }
    }
    reached
}

/// Cumulative: the qualifying day that makes the count over all runs equal to `after`.
fn counted<'a>(law: &Law, own: &Own<'_, '_, 'a>, step: Step) -> Vec<Good<'a>> {
    let wanted = days(step.after) as usize;
    if law.reads(Misreading::CumulativePerRun) {
        let runs = own.assessment.runs.iter();
        return runs.filter(|run| run.len() >= wanted).map(|run| run[wanted - 1].clone()).collect();
    }
    let mut reached = Vec::new();
    let mut count = 0;
    for (n, run) in own.assessment.runs.iter().enumerate() {
        for good in run {
            count += 1;
            if count == wanted {
                law.saw_if(n > 0, Situation::CumulativeOverRuns);
                reached.push(good.clone());
            }
        }
    }
    reached
}
