//! Milestones, worked out day by day (rules 6.5 and 7.2, mechanisms 3.3).

use super::adjust::{held, told as told_rate};
use super::delay::earned_on;
use super::fraction::Fraction;
use super::line::{At, Line, Range, State};
use super::market::amount_of;
use super::price::{Asked, rate, row_on};
use super::reckoning::{StepSheet, Verdict};
use super::run::{Gap, RunTold};
use super::sheet::{Owed, Sheet, by, settle};
use super::tally::on_day;
use super::tell;
use super::tied::Tied;
use super::unit::{Case, company};
use crate::charge::milestone::Mode;
use crate::charge::{Milestone, Unit};
use crate::measure::day::{Day, Span};
use crate::timeline::outcome::Length;
use crate::timeline::payroll::Tallied;
use crate::timeline::tally::Needed;
use rust_decimal::Decimal;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

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
    length: Needed,
    /// The first day that is not used up by the step before (mechanisms 3.3).
    from: Day,
    reached: Option<ReachedOn>,
}

/// The day on which a step was reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct ReachedOn {
    day: Day,
    /// The first day that was looked at for it.
    since: Day,
    /// The place of its line among those that are looked at.
    line: usize,
}

const EVER: Day = Day::from_number(i32::MIN);

/// The steps that are reached on or before `until`, then the next one as not reached. There are several cases where each
/// place of work is looked at by itself (mechanisms 3.1).
pub(super) fn sheets(cases: &[Case<'_, '_>], milestone: &Milestone, until: Day) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for step in steps(cases, milestone) {
        let reached = step.reached.filter(|reached| reached.day <= until);
        let Some(case) = cases.get(reached.map_or(0, |reached| reached.line)).copied() else { break };
        let delayed = reached.map(|reached| earned_on(case.charge, reached.day));
        let worth = |reached: ReachedOn| worth(case, step.step, reached.day);
        let (verdict, owed) = reached.map_or((Verdict::NotReached, None), worth);
        let (verdict, owed) = by(until, delayed.unwrap_or(until), (verdict, owed));
        let days = reached.map_or(0, |reached| qualifying(case.line, Span { first: reached.since, last: reached.day }));
        sheets.push(Sheet {
            charge: case.number,
            line: Some(case.at),
            company: case.line.company,
            unit: Unit::Step(step.step),
            earned_on: delayed.unwrap_or(until),
            own_day: reached.map_or(until, |reached| reached.day),
            verdict,
            owed: owed.map(|owed| Owed { days, ..owed }),
            tied: Tied::default(),
        });
        if reached.is_none() {
            break;
        }
    }
    sheets
}

/// A step is priced on the day it is reached; without a rate it is spent (rules 7.2, 8.2).
fn worth(case: Case<'_, '_>, step: u32, day: Day) -> (Verdict, Option<Owed>) {
    let range = on(case.line, day);
    let row = range.and_then(|range| row_on(case.charge, asked(case, range, step, day)));
    let (Some(range), Some(row)) = (range, row) else { return (Verdict::NoRate, None) };
    let written = amount_of(case.charge, row);
    let adjusted = match case.own.market.adjusted(written, &held(case.charge, asked(case, range, step, day))) {
        Ok(adjusted) => adjusted,
        Err(waits) => return (waits.into(), None),
    };
    let (verdict, amount) = settle(case.own.contract, case.charge, adjusted.exact, Decimal::ONE);
    let owed = amount.map(|amount| Owed {
        amount,
        quantity: Decimal::ONE,
        rate: adjusted.rate(written),
        reference: company(case.own, case.line, range),
        days: 0,
    });
    (verdict, owed)
}

fn asked<'c, 'a>(case: Case<'c, 'a>, range: &'c Range, step: u32, day: Day) -> Asked<'c, 'a> {
    Asked { own: case.own, line: case.line, range, day, step: Some(step) }
}

fn on<'l>(line: &'l Line<'_>, day: Day) -> Option<&'l Range> {
    line.within(Span { first: day, last: day }).next().map(|(_, range)| range)
}

fn qualifying(line: &Line<'_>, days: Span) -> u32 {
    let counting = line.within(days).filter(|(_, range)| range.state == State::Counts);
    u32::try_from(counting.map(|(days, _)| days.days()).sum::<i64>()).unwrap_or(u32::MAX)
}

/// Each qualifying day from a day on.
fn days<'l>(line: &'l Line<'_>, from: Day) -> impl Iterator<Item = Day> + 'l {
    let spans = line.counting().filter_map(move |range| Span::new(range.days.first.max(from), range.days.last));
    spans.flat_map(|span| std::iter::successors(Some(span.first), move |day| (*day < span.last).then(|| day.next())))
}

/// The runs, from the first qualifying day on or after `from`, one range after the other (rule 6.5).
fn runs(line: &Line<'_>, from: Day) -> Vec<Run> {
    let longest = i64::from(line.outcome.max_gap_days);
    let most = line.outcome.max_gap_total.map(i64::from);
    let mut runs: Vec<Run> = Vec::new();
    for days in line.counting().filter_map(|range| Span::new(range.days.first.max(from), range.days.last)) {
        let day = days.first;
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
            run.last = days.last;
        }
    }
    runs
}

/// after + j × every, summed before it is applied (rule 7.2).
fn length(milestone: &Milestone, j: u32) -> Needed {
    match (milestone.after, milestone.then.map(|then| then.every)) {
        (Needed::Time(Length::Months(after)), Some(Length::Months(every))) => {
            Length::Months(after.saturating_add(every.saturating_mul(j))).into()
        }
        (Needed::Time(Length::Days(after)), Some(Length::Days(every))) => {
            Length::Days(after.saturating_add(every.saturating_mul(j))).into()
        }
        (after, _) => after,
    }
}

/// The first day on which a run from `first` can reach a step: first day + length − 1 day (rule 7.2).
fn due(first: Day, length: Needed) -> Option<Day> {
    time(length).map(|length| length.after(first).previous())
}

/// A length of time, if that is what is needed.
fn time(needed: Needed) -> Option<Length> {
    match needed {
        Needed::Time(length) => Some(length),
        Needed::Sum(..) => None,
    }
}

/// Each step with the earliest day on which any place reaches it; with `repeat` each from the day after the one before.
fn steps(cases: &[Case<'_, '_>], milestone: &Milestone) -> Vec<Step> {
    let further = milestone.then.map_or(milestone.repeat, |then| then.times);
    let (mut steps, mut from): (Vec<Step>, Option<Day>) = (Vec::new(), Some(EVER));
    for j in 0..=further {
        let length = length(milestone, j);
        let ways = from.map(|from| ways(cases, milestone, length, from)).unwrap_or_default();
        let reached =
            ways.into_iter().min_by_key(|way| (way.day, cases.get(way.line).and_then(|case| lead(*case, way.day))));
        steps.push(Step { step: j + 1, length, from: from.unwrap_or(EVER), reached });
        if milestone.repeat > 0 {
            from = reached.map(|reached| reached.day.next());
        }
    }
    steps
}

/// Where and when the step is reached, at each place by itself.
fn ways(cases: &[Case<'_, '_>], milestone: &Milestone, length: Needed, from: Day) -> Vec<ReachedOn> {
    let at = |(line, case): (usize, &Case<'_, '_>)| {
        let (since, day) = match milestone.mode {
            Mode::Continuous => along_runs(case.line, length, from)?,
            Mode::Cumulative => counting_up(case.line, milestone, length, from)?,
            Mode::OnDay => {
                let day = time(milestone.after)?.after(case.line.anchor?);
                days(case.line, from).find(|qualifying| *qualifying == day).map(|day| (day, day))?
            }
        };
        Some(ReachedOn { day, since, line })
    };
    cases.iter().enumerate().filter_map(at).collect()
}

/// Of two places on one day the one whose spell rule 6.3 would take: more hours, the kind named first, the lower id.
fn lead(case: Case<'_, '_>, day: Day) -> Option<(Reverse<Decimal>, Option<usize>, u32)> {
    case.line.rank(on(case.line, day)?.top?)
}

/// The first qualifying day on which a run has lasted so long, and the run's first day.
fn along_runs(line: &Line<'_>, length: Needed, from: Day) -> Option<(Day, Day)> {
    let reach = |run: &Run| {
        let day = days(line, run.first)
            .take_while(|day| *day <= run.last)
            .find(|day| due(run.first, length).is_some_and(|due| *day >= due));
        day.map(|day| (run.first, day))
    };
    runs(line, from).iter().find_map(reach)
}

/// The first qualifying day by which enough days or months have counted, and the first day that was looked at on it.
fn counting_up(line: &Line<'_>, milestone: &Milestone, needed: Needed, from: Day) -> Option<(Day, Day)> {
    let length = match needed {
        Needed::Time(length) => length,
        Needed::Sum(what, least) => return summing_up(line, milestone.within, (what, least), from),
    };
    let first = days(line, from).next()?;
    let mut so_far: Vec<Day> = Vec::new();
    let mut months: BTreeMap<i32, u32> = BTreeMap::new();
    for day in days(line, from) {
        so_far.push(day);
        *months.entry(day.month_number()).or_default() += 1;
        match (length, milestone.within, milestone.min_days) {
            (Length::Days(n), None, _) if so_far.len() == n as usize => return Some((first, day)),
            (Length::Days(n), Some(within), _) => {
                let near = so_far.iter().filter(|early| within.after(**early) > day);
                if near.clone().count() >= n as usize {
                    return near.min().map(|early| (*early, day));
                }
            }
            (Length::Months(n), within, Some(min_days)) => {
                let opens = match within {
                    Some(Length::Months(within)) => day.month_number() - i32::try_from(within).unwrap_or(i32::MAX) + 1,
                    _ => i32::MIN,
                };
                let full = months.iter().filter(|(month, days)| **month >= opens && **days >= min_days).count();
                if full >= n as usize {
                    return so_far.iter().find(|day| day.month_number() >= opens).map(|first| (*first, day));
                }
            }
            _ => {}
        }
    }
    None
}

/// The same for hours or earnings: each day's own are added, and taken away again once they lie too far back.
fn summing_up(line: &Line<'_>, within: Option<Length>, (what, least): (Tallied, Decimal), from: Day) -> Option<(Day, Day)> {
    let mut near: Vec<(Day, Fraction)> = Vec::new();
    let mut sum = Fraction::of(Decimal::ZERO);
    for day in days(line, from) {
        let here = on_day(line, on(line, day)?, day, what)?;
        near.push((day, here));
        sum = sum.and(here)?;
        if let Some(within) = within {
            let gone = near.iter().take_while(|(early, _)| within.after(*early) <= day).count();
            for (_, amount) in near.drain(..gone) {
                sum = sum.less(amount)?;
            }
        }
        if sum.against(least) != Ordering::Less {
            return near.first().map(|(first, _)| (*first, day));
        }
    }
    None
}

/// What lies on the days that count among `days`, where hours or earnings are counted.
fn tallied(line: &Line<'_>, needed: Needed, days: Span) -> Option<Fraction> {
    let Needed::Sum(what, _) = needed else { return None };
    let mut sum = Fraction::of(Decimal::ZERO);
    for day in self::days(line, days.first).take_while(|day| *day <= days.last) {
        sum = sum.and(on_day(line, on(line, day)?, day, what)?)?;
    }
    Some(sum)
}

/// The arithmetic of one step, in full.
pub(super) fn told(
    cases: &[Case<'_, '_>],
    milestone: &Milestone,
    number: u32,
    until: Day,
    verdict: Verdict,
) -> Option<StepSheet> {
    let steps = steps(cases, milestone);
    let step = steps.iter().find(|step| step.step == number).copied();
    let step = step.unwrap_or(Step { step: number, length: milestone.after, from: EVER, reached: None });
    let reached = step.reached.filter(|reached| reached.day <= until);
    let case = *cases.get(reached.map_or(0, |reached| reached.line))?;
    let runs = runs(case.line, step.from);
    let up_to = reached.map_or(until, |reached| reached.day);
    let last_run = match reached {
        Some(reached) => runs.iter().position(|run| run.last >= reached.day).unwrap_or_default(),
        None => runs.len().saturating_sub(1),
    };
    let told: Vec<RunTold> = runs.iter().take(last_run + 1).map(|run| run_told(case, run, up_to)).collect();
    let run = runs.get(last_run);
    let range = reached.and_then(|reached| on(case.line, reached.day).map(|range| (reached.day, range)));
    let row = range.and_then(|(day, range)| row_on(case.charge, asked(case, range, number, day)));
    let adjusted = range.zip(row).and_then(|((day, range), row)| {
        let held = held(case.charge, asked(case, range, number, day));
        case.own.market.adjusted(amount_of(case.charge, row), &held).ok()
    });
    let after = run.map_or(case.own.contract.starts, |run| run.last.next());
    let left_out = Span::new(after, until).filter(|_| reached.is_none());
    let counted_from = match (reached, run, milestone.mode) {
        (Some(reached), _, _) => Some(reached.since),
        (None, Some(_), Mode::Cumulative) => runs.first().map(|run| run.first),
        (None, run, _) => run.map(|run| run.first),
    };
    let counted = counted_from.and_then(|first| Span::new(first, up_to));
    Some(StepSheet {
        step: number,
        mode: milestone.mode,
        after: milestone.after,
        every: milestone.then.map(|then| then.every).filter(|_| number > 1),
        length: step.length,
        gaps_allowed: (case.line.outcome.max_gap_days, case.line.outcome.max_gap_total),
        within: milestone.within,
        min_days: milestone.min_days,
        anew_from: Some(step.from).filter(|from| *from > EVER),
        at: place(case),
        anchor: case.line.anchor.filter(|_| milestone.mode == Mode::OnDay),
        due: match milestone.mode {
            Mode::Continuous => run.and_then(|run| due(run.first, step.length)),
            Mode::Cumulative => None,
            Mode::OnDay => case.line.anchor.and_then(|anchor| Some(time(milestone.after)?.after(anchor))),
        },
        count: counted.map_or(0, |days| qualifying(case.line, days)),
        tallied: counted.and_then(|days| tallied(case.line, step.length, days)),
        runs: if milestone.mode == Mode::OnDay { Vec::new() } else { told },
        reached: range.map(|(day, range)| tell::counted(case.own, case.line, range, day)),
        rate: told_rate(row.and_then(|row| rate(case.charge, row, case.line.anchor)), adjusted),
        left_out: left_out.map(|days| tell::left_out(case.own, case.line, days)).unwrap_or_default(),
        verdict,
    })
}

/// The place of work, where each is looked at by itself (mechanisms 3.1).
fn place(case: Case<'_, '_>) -> Option<String> {
    match case.line.at {
        _ if !case.line.outcome.same_employer => None,
        At::Anywhere => None,
        At::Employer(employer) => Some(employer.to_string()),
        At::Company(number) => {
            let placement = case.own.known.placements.iter().find(|placement| placement.company == number)?;
            Some(placement.terms.company.to_string())
        }
    }
}

fn run_told(case: Case<'_, '_>, run: &Run, until: Day) -> RunTold {
    let gap = |days: &Span| Gap { days: *days, left_out: tell::left_out(case.own, case.line, *days) };
    let last = run.last.min(until);
    let days = Span { first: run.first, last };
    let mut spells: Vec<String> = Vec::new();
    for (_, range) in case.line.within(days).filter(|(_, range)| range.state == State::Counts) {
        for spell in tell::active(case.line, range) {
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
