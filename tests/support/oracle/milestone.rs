//! Rule 7.2 and mechanisms 3.3: milestones.

use super::charge::{Entitlement, Own, push};
use super::days::{add_months, month_last};
use super::fraction::{Fraction, ZERO};
use super::outcome::Good;
use super::rate::On;
use super::{Law, Misreading, Situation, delay, payroll};
use crate::support::day::Day;
use crate::support::programme::{After, Length, Milestone, Mode, Tally, Then};
use std::collections::BTreeMap;

/// One step: the length after which it is reached, in days or in months, or the tally.
#[derive(Clone, Copy, Debug)]
struct Step {
    number: i64,
    after: Length,
    /// In place of a length.
    tally: Option<(Tally, Fraction)>,
    /// For the misreading that adds the steps one by one.
    parts: (Length, Length),
}

/// `after` and, with `then`, `after + j × every`, summed before they are applied; with `repeat` the same again.
fn lengths(law: &Law, terms: &Milestone) -> Vec<Step> {
    let (after, tally) = match &terms.after {
        After::Lasting(time) => (*time, None),
        After::Tallied(of, amount) => (Length::Days(0), Some((*of, Fraction::of(amount)))),
    };
    let mut steps = vec![Step { number: 1, after, tally, parts: (after, Length::Days(0)) }];
    let mut then = terms.then;
    if let Some(times) = terms.repeat {
        if !law.reads(Misreading::RepeatCountsOn) {
            return (1..=times + 1).map(|number| Step { number, ..steps[0] }).collect();
        }
        if let Some((of, amount)) = tally {
            let times_over = |n: i64| Some((of, amount.times(Fraction::of(&n.to_string()))));
            return (1..=times + 1).map(|number| Step { number, tally: times_over(number), ..steps[0] }).collect();
        }
        then = Some(Then { every: after, times });
    }
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
            steps.push(Step { number: j + 1, after: sum, tally, parts: (after, later) });
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

/// Where a step is reached: which of the assessments, and the day.
type Reached<'a> = (usize, Good<'a>);

/// The steps reached in any of the assessments that stand together.
pub fn steps<'a>(law: &Law, owns: &[Own<'_, '_, 'a>], terms: &Milestone, earned: &mut Vec<Entitlement<'a>>) {
    let steps = lengths(law, terms);
    // Up to and including this day all days are used up (`repeat`).
    let mut used: Option<Day> = None;
    for step in &steps {
        let mut reached: Vec<Reached> = Vec::new();
        for (n, own) in owns.iter().enumerate() {
            reached.extend(reached_by(law, own, terms, *step, used).into_iter().map(|good| (n, good)));
        }
        in_order(law, &mut reached);
        law.saw_if(reached.len() > 1, Situation::StepReachedTwice);
        if terms.repeat.is_some() && !law.reads(Misreading::RepeatCountsOn) {
            let Some((n, good)) = reached.first() else { break };
            look_at_repeat(law, &owns[*n], used, good.day);
            used = Some(good.day);
        }
        if law.reads(Misreading::UnpricedStepRetried) {
            reached.retain(|(n, good)| row(law, &owns[*n], good, step.number).is_some());
        }
        // A step is paid at most once, on the earliest day any run reaches it.
        let times = if law.reads(Misreading::MilestonePerRun) { reached.len() } else { 1 };
        for (nth, (n, good)) in reached.iter().take(times).enumerate() {
            let own = &owns[*n];
            let unit = format!("step-{:02}", step.number + nth as i64 * steps.len() as i64);
            // 8.2: priced on the day it is reached; without a row it is spent unpaid.
            match row(law, own, good, step.number) {
                Some(row) => {
                    let on = on(law, own, good, step.number);
                    let one = own.at_rate(law, &unit, good.day, row, on);
                    push(law, own.contract, one.unwrap_or_else(|| own.waiting(&unit, good.day)), earned);
                }
                None => law.saw(Situation::StepWithoutRate),
            }
        }
    }
}

/// The earliest first; of two places of work on one day the one whose spell rule 6.3 takes: the most hours, then the kind
/// named first, then the lower id.
fn in_order(law: &Law, reached: &mut [Reached]) {
    reached.sort_by(|(a_place, a), (b_place, b)| {
        let ((a_hours, a_kind, a_id), (b_hours, b_kind, b_id)) = (a.lead, b.lead);
        let by_spell = b_hours.cmp(&a_hours).then(a_kind.cmp(&b_kind)).then(a_id.cmp(b_id));
        let by_name = law.reads(Misreading::PlacesByName).then(|| a_place.cmp(b_place));
        a.day.cmp(&b.day).then(by_name.unwrap_or(by_spell))
    });
    let at_once = reached.len() > 1 && reached[0].0 != reached[1].0 && reached[0].1.day == reached[1].1.day;
    law.saw_if(at_once, Situation::TwoPlacesReachAtOnce);
}

fn look_at_repeat(law: &Law, own: &Own, used: Option<Day>, day: Day) {
    let Some(used) = used else { return };
    let run = |on: Day| own.assessment.runs.iter().position(|run| run[0].day <= on && on <= run[run.len() - 1].day);
    law.saw_if(run(used) == run(day), Situation::RepeatedInOneRun);
    law.saw_if(run(used) != run(day), Situation::RepeatedAfterABreak);
}

fn row<'a>(law: &Law, own: &Own<'_, '_, 'a>, good: &Good<'a>, step: i64) -> Option<usize> {
    own.card.row_on(law, on(law, own, good, step))
}

fn on<'x, 'f, 'a>(law: &Law, own: &'x Own<'_, 'f, 'a>, good: &'x Good<'a>, step: i64) -> On<'x, 'f, 'a> {
    let day = delay::pricing_day(law, own.charge, good.day);
    On { day, good: Some((good, own.assessment)), step: Some(step), participant: None }
}

/// The days on which an assessment reaches a step: one at most for each run.
fn reached_by<'a>(law: &Law, own: &Own<'_, '_, 'a>, terms: &Milestone, step: Step, used: Option<Day>) -> Vec<Good<'a>> {
    let (days, runs) = own.assessment.later_than(law, used);
    match terms.mode {
        Mode::Continuous => lasted(law, &runs, step),
        Mode::OnDay => on_day(law, own, step.after, &days),
        Mode::Cumulative if step.tally.is_some() => tallied(law, terms, step, &days),
        Mode::Cumulative => match step.after {
            Length::Months(wanted) => months(law, own, terms, wanted, &days),
            after => counted(law, terms, self::days(after), &days, &runs),
        },
    }
}

/// Continuous: in each run the first qualifying day d ≥ r + after − 1 day, bridged gaps included.
fn lasted<'a>(law: &Law, runs: &[Vec<Good<'a>>], step: Step) -> Vec<Good<'a>> {
    let mut reached = Vec::new();
    for run in runs {
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

/// `on-day`: the one day anchor + `after`, if it qualifies.
fn on_day<'a>(law: &Law, own: &Own<'_, '_, 'a>, after: Length, days: &[Good<'a>]) -> Vec<Good<'a>> {
    let mut asked = plus(law, own.assessment.elapsed_from, after);
    if law.reads(Misreading::OnDayOneDayEarly) {
        asked = asked.before();
    }
    let good = if law.reads(Misreading::OnDayOrLater) {
        days.iter().find(|good| good.day >= asked)
    } else {
        days.iter().find(|good| good.day == asked)
    };
    law.saw_if(good.is_some(), Situation::OnDayHit);
    law.saw_if(good.is_none() && !days.is_empty(), Situation::OnDayMissed);
    good.into_iter().cloned().collect()
}

/// Cumulative: the qualifying day that makes the count over all runs equal to `after`, of those that `within` looks at.
fn counted<'a>(law: &Law, terms: &Milestone, wanted: i64, days: &[Good<'a>], runs: &[Vec<Good<'a>>]) -> Vec<Good<'a>> {
    let wanted = wanted as usize;
    if law.reads(Misreading::CumulativePerRun) {
        return runs.iter().filter(|run| run.len() >= wanted).map(|run| run[wanted - 1].clone()).collect();
    }
    for (n, good) in days.iter().enumerate() {
        let looked_at = days[..=n].iter().filter(|day| within(law, terms, day.day, good.day)).count();
        law.saw_if(n + 1 >= wanted && looked_at < wanted, Situation::DayLeavesWithin);
        if looked_at >= wanted {
            law.saw_if(n + 1 > wanted, Situation::ReachedOnlyWithin);
            let first = runs.first().is_some_and(|run| run.iter().any(|day| day.day == good.day));
            law.saw_if(!first, Situation::CumulativeOverRuns);
            return vec![good.clone()];
        }
    }
    Vec::new()
}

/// Cumulative in hours or earnings: the first qualifying day by which so much is tallied, of the days that `within` looks at.
fn tallied<'a>(law: &Law, terms: &Milestone, step: Step, days: &[Good<'a>]) -> Vec<Good<'a>> {
    let Some((tally, wanted)) = step.tally else { return Vec::new() };
    let mut whole = ZERO;
    for (n, good) in days.iter().enumerate() {
        whole = whole.plus(payroll::of(good, tally));
        let looked_at = days[..=n].iter().filter(|day| within(law, terms, day.day, good.day));
        let sum = match terms.within {
            Some(_) => looked_at.fold(ZERO, |sum, day| sum.plus(payroll::of(day, tally))),
            None => whole,
        };
        law.saw_if(sum == wanted, Situation::TallyExactlyMet);
        law.saw_if(sum < wanted && whole >= wanted, Situation::TallyLeavesWithin);
        if sum > wanted || (sum == wanted && !law.reads(Misreading::TallyMustBeExceeded)) {
            law.saw(Situation::TallyReached);
            return vec![good.clone()];
        }
    }
    law.saw_if(whole > ZERO, Situation::TallyNotReached);
    Vec::new()
}

/// Whether on day d, `within` looks at day e: e + within > d.
fn within(law: &Law, terms: &Milestone, e: Day, d: Day) -> bool {
    let Some(within) = terms.within.filter(|_| !law.reads(Misreading::WithinIgnored)) else { return true };
    let end = match within {
        Length::Months(n) if law.reads(Misreading::WithinMonthsAsDays) => e.plus(30 * n),
        other => plus(law, e, other),
    };
    end > d || (end == d && law.reads(Misreading::WithinInclusive))
}

/// Cumulative in months: a calendar month counts once `min_days` of its days qualify; reached on the day that makes the
/// last month count. `within` means calendar months.
fn months<'a>(law: &Law, own: &Own<'_, '_, 'a>, terms: &Milestone, wanted: i64, days: &[Good<'a>]) -> Vec<Good<'a>> {
    let least = if law.reads(Misreading::MonthsNeedOneDay) { 1 } else { terms.min_days.unwrap() };
    for (n, good) in days.iter().enumerate() {
        let mut in_month: BTreeMap<i64, i64> = BTreeMap::new();
        for day in days[..=n].iter().filter(|day| month_within(law, terms, day.day, good.day)) {
            *in_month.entry(month_number(day.day)).or_default() += 1;
        }
        let enough = in_month.values().filter(|count| **count >= least).count() as i64;
        law.saw_if(least > 1 && in_month.get(&month_number(good.day)) == Some(&least), Situation::MonthCountsOnTheDay);
        if enough >= wanted {
            let mut good = good.clone();
            if law.reads(Misreading::MonthCountsAtItsEnd) {
                good.day = month_last(good.day).min(own.contract.ends);
            }
            return vec![good];
        }
        let mut ever: BTreeMap<i64, i64> = BTreeMap::new();
        days[..=n].iter().for_each(|day| *ever.entry(month_number(day.day)).or_default() += 1);
        let ever = ever.values().filter(|count| **count >= least).count() as i64;
        law.saw_if(ever >= wanted, Situation::MonthLeavesWithin);
    }
    Vec::new()
}

fn month_number(day: Day) -> i64 {
    let (year, month, _) = day.civil();
    12 * year + month
}

/// The month of e is one of the `within` months that end with that of d.
fn month_within(law: &Law, terms: &Milestone, e: Day, d: Day) -> bool {
    let Some(within) = terms.within.filter(|_| !law.reads(Misreading::WithinIgnored)) else { return true };
    let Length::Months(n) = within else { panic!("with months, `within` is in months") };
    if law.reads(Misreading::WithinMonthsAsDays) {
        return e.plus(30 * n) > d;
    }
    let n = if law.reads(Misreading::WithinInclusive) { n + 1 } else { n };
    month_number(d) - month_number(e) < n
}
