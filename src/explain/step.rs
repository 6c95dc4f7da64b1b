//! Milestones, worked out day by day (rules 6.5 and 7.2).

use super::line::{Line, Range, State};
use super::price::{rate, row_on};
use super::reckoning::{Gap, RunTold, StepSheet, Verdict};
use super::sheet::{Owed, Sheet, settle, whole};
use super::tell;
use super::unit::{Case, company};
use crate::charge::milestone::Mode;
use crate::charge::{Milestone, Unit};
use crate::measure::day::{Day, Span};
use crate::timeline::outcome::Length;
use rust_decimal::Decimal;

/// A chain of qualifying days with short gaps (rule 6.5).
#[derive(Clone, Debug)]
struct Run {
    first: Day,
    last: Day,
    bridged: Vec<Span>,
    ended_by: Option<Span>,
    /// The days bridged with that gap, where it is short enough by itself.
    would_bridge: Option<i64>,
}

/// A step, from 1, and how it stands.
#[derive(Clone, Copy, Debug)]
struct Step {
    step: u32,
    length: Length,
    /// The day on which it was reached, and in which run.
    reached: Option<(Day, usize)>,
}

/// The steps that are reached on or before `until`, then the next one as not reached.
pub(super) fn sheets(case: Case<'_, '_>, milestone: &Milestone, until: Day) -> Vec<Sheet> {
    let runs = runs(case.line);
    let mut sheets = Vec::new();
    for step in steps(case.line, milestone, &runs) {
        let day = step.reached.map(|(day, _)| day).filter(|day| *day <= until);
        let (verdict, owed) = day.map_or((Verdict::NotReached, None), |day| worth(case, day));
        sheets.push(Sheet {
            charge: case.number,
            line: Some(case.at),
            company: case.line.company,
            unit: Unit::Step(step.step),
            earned_on: day.unwrap_or(until),
            verdict,
            owed: owed.map(|owed| Owed { days: counted(case.line, milestone, &runs, step), ..owed }),
        });
        if day.is_none() {
            break;
        }
    }
    sheets
}

/// A step is priced on the day it is reached; without a rate it is spent (rules 7.2, 8.2).
fn worth(case: Case<'_, '_>, day: Day) -> (Verdict, Option<Owed>) {
    let range = on(case.line, day);
    let row = range.and_then(|range| row_on(case.own, case.line, case.charge, range, day));
    let Some(row) = row else { return (Verdict::NoRate, None) };
    let (verdict, amount) = settle(case.own.contract, case.charge, whole(case.charge, row), Decimal::ONE);
    let owed = amount.map(|amount| Owed {
        amount,
        quantity: Decimal::ONE,
        rate: case.charge.rates.rows.get(row).map(|row| row.amount.normalize()),
        reference: range.and_then(|range| company(case.own, range)),
        days: 0,
    });
    (verdict, owed)
}

fn on<'l>(line: &'l Line<'_>, day: Day) -> Option<&'l Range> {
    line.within(Span { first: day, last: day }).next().map(|(_, range)| range)
}

/// How many qualifying days were counted for a step that was reached: those of its run or, with `cumulative`, all.
fn counted(line: &Line<'_>, milestone: &Milestone, runs: &[Run], step: Step) -> u32 {
    let Some((day, run)) = step.reached else { return 0 };
    let first = match milestone.mode {
        Mode::Continuous => runs.get(run),
        Mode::Cumulative => runs.first(),
    };
    first.map_or(0, |run| qualifying(line, Span { first: run.first, last: day }))
}

fn qualifying(line: &Line<'_>, days: Span) -> u32 {
    let counting = line.within(days).filter(|(_, range)| range.state == State::Counts);
    u32::try_from(counting.map(|(days, _)| days.days()).sum::<i64>()).unwrap_or(u32::MAX)
}

/// The runs, from the first qualifying day on, one day after the other (rule 6.5).
fn runs(line: &Line<'_>) -> Vec<Run> {
    let longest = i64::from(line.outcome.max_gap_days);
    let most = line.outcome.max_gap_total.map(i64::from);
    let mut runs: Vec<Run> = Vec::new();
    for range in line.counting() {
        let day = range.days.first;
        let first = match runs.last_mut() {
            Some(run) => match Span::new(run.last.next(), day.previous()) {
                None => false,
                Some(gap) => {
                    let bridged: i64 = run.bridged.iter().map(|gap| gap.days()).sum();
                    let held = gap.days() <= longest && most.is_none_or(|most| bridged + gap.days() <= most);
                    if held {
                        run.bridged.push(gap);
                    } else {
                        run.ended_by = Some(gap);
                        run.would_bridge = (gap.days() <= longest).then_some(bridged + gap.days());
                    }
                    !held
                }
            },
            None => true,
        };
        if first {
            runs.push(Run { first: day, last: day, bridged: Vec::new(), ended_by: None, would_bridge: None });
        }
        if let Some(run) = runs.last_mut() {
            run.last = range.days.last;
        }
    }
    runs
}

/// after + j × every, summed before it is applied (rule 7.2).
fn length(milestone: &Milestone, j: u32) -> Length {
    match (milestone.after, milestone.then.map(|then| then.every)) {
        (Length::Months(after), Some(Length::Months(every))) => {
            Length::Months(after.saturating_add(every.saturating_mul(j)))
        }
        (Length::Days(after), Some(Length::Days(every))) => Length::Days(after.saturating_add(every.saturating_mul(j))),
        (after, _) => after,
    }
}

/// The first day on which a run from `first` can reach a step: first day + length − 1 day (rule 7.2).
fn due(first: Day, length: Length) -> Day {
    length.after(first).previous()
}

/// Each step with the earliest day that reaches it, asked of one qualifying day after the other (rule 7.2).
fn steps(line: &Line<'_>, milestone: &Milestone, runs: &[Run]) -> Vec<Step> {
    let further = milestone.then.map_or(0, |then| then.times);
    let mut steps: Vec<Step> =
        (0..=further).map(|j| Step { step: j + 1, length: length(milestone, j), reached: None }).collect();
    let mut so_far: i64 = 0;
    for (at, run) in runs.iter().enumerate() {
        for (days, _) in
            line.within(Span { first: run.first, last: run.last }).filter(|(_, range)| range.state == State::Counts)
        {
            let mut day = days.first;
            while day <= days.last {
                so_far += 1;
                let reaches = |length: Length| match (milestone.mode, length) {
                    (Mode::Continuous, length) => day >= due(run.first, length),
                    (Mode::Cumulative, Length::Days(n)) => so_far == i64::from(n),
                    (Mode::Cumulative, Length::Months(_)) => false,
                };
                for step in steps.iter_mut().filter(|step| step.reached.is_none() && reaches(step.length)) {
                    step.reached = Some((day, at));
                }
                day = day.next();
            }
        }
    }
    steps
}

/// The arithmetic of one step, in full.
pub(super) fn told(case: Case<'_, '_>, milestone: &Milestone, number: u32, until: Day, verdict: Verdict) -> StepSheet {
    let runs = runs(case.line);
    let steps = steps(case.line, milestone, &runs);
    let step = steps.iter().find(|step| step.step == number).copied();
    let step = step.unwrap_or(Step { step: number, length: milestone.after, reached: None });
    let reached = step.reached.filter(|(day, _)| *day <= until);
    let last_run = reached.map_or(runs.len().saturating_sub(1), |(_, run)| run);
    let up_to = reached.map_or(until, |(day, _)| day);
    let told: Vec<RunTold> = runs.iter().take(last_run + 1).map(|run| run_told(case, run, up_to)).collect();
    let run = runs.get(last_run);
    let range = reached.and_then(|(day, _)| on(case.line, day).map(|range| (day, range)));
    let row = range.and_then(|(day, range)| row_on(case.own, case.line, case.charge, range, day));
    let after = run.map_or(case.own.contract.starts, |run| run.last.next());
    let left_out = Span::new(after, until).filter(|_| reached.is_none());
    StepSheet {
        step: number,
        mode: milestone.mode,
        after: milestone.after,
        every: milestone.then.map(|then| then.every).filter(|_| number > 1),
        length: step.length,
        gaps_allowed: (case.line.outcome.max_gap_days, case.line.outcome.max_gap_total),
        due: run.filter(|_| milestone.mode == Mode::Continuous).map(|run| due(run.first, step.length)),
        count: match (reached, run) {
            (Some(_), _) => counted(case.line, milestone, &runs, step),
            (None, Some(run)) => {
                let first = if milestone.mode == Mode::Cumulative {
                    runs.first().map_or(run.first, |run| run.first)
                } else {
                    run.first
                };
                Span::new(first, until).map_or(0, |days| qualifying(case.line, days))
            }
            (None, None) => 0,
        },
        runs: told,
        reached: range.map(|(day, range)| tell::counted(case.own, case.line, range, day)),
        rate: row.and_then(|row| rate(case.charge, row, case.line.anchor)),
        left_out: left_out.map(|days| tell::left_out(case.own, case.line, days)).unwrap_or_default(),
        verdict,
    }
}

fn run_told(case: Case<'_, '_>, run: &Run, until: Day) -> RunTold {
    let gap = |days: &Span| Gap { days: *days, left_out: tell::left_out(case.own, case.line, *days) };
    let last = run.last.min(until);
    let days = Span { first: run.first, last };
    let mut spells: Vec<String> = Vec::new();
    for (_, range) in case.line.within(days).filter(|(_, range)| range.state == State::Counts) {
        for spell in tell::active(case.own, range) {
            if !spells.contains(&spell) {
                spells.push(spell);
            }
        }
    }
    RunTold {
        first: run.first,
        last,
        spells,
        count: qualifying(case.line, days),
        bridged: run.bridged.iter().filter(|gap| gap.last < last).map(gap).collect(),
        ended_by: run.ended_by.as_ref().filter(|gap| gap.last < until).map(gap),
        would_bridge: run.would_bridge.and_then(|days| u32::try_from(days).ok()),
    }
}
