//! Mechanisms 4: what a figure says on a day.

use super::count::{self, Days};
use super::facts::Facts;
use super::fraction::{Fraction, ZERO};
use super::goal;
use super::granted;
use super::limit::Granted;
use super::places;
use super::saving;
use super::tally;
use super::walk::Walk;
use super::{Law, Misreading, Situation, told};
use crate::support::day::Day;
use crate::support::programme::{Comparison, Contract, FigureWindow, Form};

/// A measurement that is known, with the day of the row that says it.
#[derive(Clone, Debug)]
pub struct Measurement<'a> {
    pub id: &'a str,
    pub metric: &'a str,
    pub cohort: &'a str,
    /// Empty where it is nobody's alone.
    pub participant: &'a str,
    pub first: Day,
    pub last: Day,
    pub value: Fraction,
    pub recorded_on: Day,
}

/// A figure's value, and when the measurement that says it was recorded.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub value: Fraction,
    pub recorded_on: Option<Day>,
}

/// The day on which a figure is asked, and the asker's date before it, if there is one.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'q> {
    pub day: Day,
    pub before: Option<Day>,
    /// The participant that asks, by its place among those that count.
    pub whose: Option<usize>,
    /// Of everything so far, whatever the window (mechanisms 5.4).
    pub so_far: bool,
    /// For the misreading that parts are not rounded.
    pub exact: bool,
    /// What stands before the asker in the queue.
    pub queue: &'q [Granted<'q>],
}

impl Asked<'_> {
    /// By nobody in particular, who has no date before.
    pub fn on(day: Day) -> Asked<'static> {
        Asked { day, before: None, whose: None, so_far: false, exact: false, queue: &[] }
    }
}

/// The value of a figure on a day, or nothing: then it is not known.
pub fn on(walk: &Walk, figure: &str, asked: Asked) -> Option<Said> {
    let (law, contract, facts) = (walk.law, walk.contract, walk.facts);
    let named = contract.figures.iter().find(|one| one.id == figure).expect("the figure is one of the contract's");
    let mut said = match &named.form {
        Form::Value(value) => Some(Said { value: Fraction::of(value), recorded_on: None }),
        Form::Metric { metric, cohort, window, per_participant } => {
            let days = (window_from(law, contract, *window, asked), asked.day);
            let own = asked.whose.filter(|_| *per_participant).map_or("", |person| walk.people[person].participant.id);
            latest(law, facts, (metric, cohort.as_deref().unwrap_or(""), own), *window, days)
                .map(|one| Said { value: one.value, recorded_on: Some(one.recorded_on) })
        }
        Form::Granted { charges, window } => {
            let from = window_from(law, contract, *window, asked);
            Some(Said { value: granted::sum(law, contract, charges, from, asked), recorded_on: None })
        }
        Form::Count { of, among, window } => {
            let days = Days { from: window_from(law, contract, *window, asked), until: asked.day };
            Some(Said { value: count::count(walk, of, among, days), recorded_on: None })
        }
        Form::Tally { outcome, among, window, per_participant } => {
            let days = Days { from: window_from(law, contract, *window, asked), until: asked.day };
            let outcome = contract.outcomes.iter().find(|one| one.id == *outcome).expect("an outcome of the contract's");
            let own = asked.whose.filter(|_| *per_participant);
            Some(Said { value: tally::days(walk, outcome, among, (days, own)), recorded_on: None })
        }
        Form::Saving { of, among, window, per_participant } => {
            let days = Days { from: window_from(law, contract, *window, asked), until: asked.day };
            let own = asked.whose.filter(|_| *per_participant);
            saving::saved(walk, *of, among, (days, own)).map(|value| Said { value, recorded_on: None })
        }
        Form::Compare { of, with, by } => {
            let says = |id: &String| part(walk, id, asked);
            let (a, b) = (says(of), says(with));
            law.saw_if(a.is_some() != b.is_some(), Situation::PartNotKnown);
            a.zip(b).and_then(|(a, b)| {
                let value = compared(law, *by, a.value, b.value)?;
                Some(Said { value, recorded_on: a.recorded_on.max(b.recorded_on) })
            })
        }
        Form::Places { of, by, centre, outcome, among, window } => {
            let days = Days { from: window_from(law, contract, *window, asked), until: asked.day };
            let seats = places::Asked { of: *of, by: *by, centre: centre.as_deref(), outcome: outcome.as_deref(), among };
            Some(Said { value: places::on(walk, seats, days), recorded_on: None })
        }
        Form::Goal { goal, by } => goal::on(walk, goal, *by, asked.day).map(|value| Said { value, recorded_on: None }),
        Form::Sample(sample) => told::share(law, facts, sample).map(|value| Said { value, recorded_on: None }),
        Form::Sum(parts) => {
            let says = |(id, weight): &(String, Option<String>)| {
                let said = part(walk, id, asked)?;
                let weight = weight.as_deref().filter(|_| !law.reads(Misreading::WeightsIgnored)).unwrap_or("1");
                Some(Said { value: said.value.times(Fraction::of(weight)), ..said })
            };
            summed(law, parts.iter().map(says).collect())
        }
    };
    if let (Form::Count { .. } | Form::Tally { .. } | Form::Saving { .. }, Some(one)) = (&named.form, &said) {
        let what = format!("{} {figure} {} {:?} {:?}", contract.id, asked.day, asked.before, asked.whose);
        law.saw_if(law.told_otherwise(what, one.value.shown(0)), Situation::CountRevised);
    }
    if let (Some(decimals), Some(one)) = (named.decimals.filter(|_| !asked.exact), &mut said) {
        one.value = printed(law, one.value, decimals);
    }
    law.saw_if(said.is_none(), Situation::FigureNotKnown);
    if law.reads(Misreading::UnknownFigureIsZero) {
        said = said.or(Some(Said { value: ZERO, recorded_on: None }));
    }
    if law.reads(Misreading::FigureRounded) {
        said = said.map(|said| Said { value: Fraction::of(&said.value.shown(0)), ..said });
    }
    said
}

/// What a figure is made of is seen as anybody sees it: rounded, where it says so.
fn part(walk: &Walk, figure: &str, asked: Asked) -> Option<Said> {
    let exact = walk.law.reads(Misreading::DecimalsOfPartsIgnored);
    on(walk, figure, Asked { exact: asked.exact || exact, ..asked })
}

/// What comes of a held against b; nothing where b is 0 and divides.
fn compared(law: &Law, by: Comparison, a: Fraction, b: Fraction) -> Option<Fraction> {
    let hundred = Fraction::of("100");
    law.saw(match by {
        Comparison::Difference => Situation::ComparedByDifference,
        Comparison::Ratio => Situation::ComparedByRatio,
        Comparison::Percent => Situation::ComparedByPercent,
        Comparison::PercentChange => Situation::ComparedByChange,
        Comparison::PercentFall => Situation::ComparedByFall,
    });
    if by == Comparison::Difference {
        let turned = law.reads(Misreading::DifferenceWithoutSign) && a < b;
        return Some(if turned { b.minus(a) } else { a.minus(b) });
    }
    let base = if law.reads(Misreading::ChangeOfTheFigureItself)
        && matches!(by, Comparison::PercentChange | Comparison::PercentFall)
    {
        a
    } else {
        b
    };
    law.saw_if(base == ZERO, Situation::DividedByZero);
    if base == ZERO {
        return None;
    }
    let rise = match by {
        Comparison::Difference => unreachable!("nothing divides a difference"),
        Comparison::Ratio => return Some(a.over(base)),
        Comparison::Percent => a,
        Comparison::PercentFall if !law.reads(Misreading::FallIsChange) => b.minus(a),
        Comparison::PercentChange | Comparison::PercentFall => a.minus(b),
    };
    Some(rise.over(base).times(hundred))
}

/// The parts added up; nothing where one is not known.
fn summed(law: &Law, mut parts: Vec<Option<Said>>) -> Option<Said> {
    let known = parts.iter().flatten().count();
    law.saw_if(known > 0 && known < parts.len(), Situation::PartNotKnown);
    if law.reads(Misreading::UnknownPartsLeftOut) && known > 0 {
        parts.retain(Option::is_some);
    }
    let parts: Vec<Said> = parts.into_iter().collect::<Option<_>>()?;
    let value = parts.iter().fold(ZERO, |sum, one| sum.plus(one.value));
    Some(Said { value, recorded_on: parts.iter().filter_map(|one| one.recorded_on).max() })
}

/// Mechanisms 4.2: a printed figure.
fn printed(law: &Law, exact: Fraction, decimals: u32) -> Fraction {
    let value = exact.rounded(decimals, law.reads(Misreading::DecimalsHalfEven));
    law.saw_if(value != exact, Situation::FigureIsRounded);
    law.saw_if(exact.rounded(decimals, true) != exact.rounded(decimals, false), Situation::FigureRoundingTie);
    if law.reads(Misreading::DecimalsIgnored) { exact } else { value }
}

/// The first day of a window, found by going back from the day that is asked for; none: nothing is too old.
fn window_from(law: &Law, contract: &Contract, window: FigureWindow, asked: Asked) -> Option<Day> {
    law.saw_if(asked.so_far && window != FigureWindow::Total, Situation::CumulativeOverAWindow);
    match window {
        _ if asked.so_far && !law.reads(Misreading::CumulativeInItsWindows) => None,
        FigureWindow::SinceLast if !law.reads(Misreading::SinceLastIsTotal) => Some(match asked.before {
            Some(before) if law.reads(Misreading::SinceLastFromTheDateBefore) => before,
            Some(before) => before.next(),
            None => contract.starts,
        }),
        FigureWindow::CalendarYear if !law.reads(Misreading::CalendarYearIsTotal) => {
            let mut first = asked.day;
            while first.before().civil().0 == asked.day.civil().0 {
                first = first.before();
            }
            Some(first)
        }
        _ => None,
    }
}

/// The measurement in the window with the latest last day up to `day`; of several the latest first day, then the lowest id. All rows are
/// looked through backwards, day by day.
fn latest<'f, 'a>(
    law: &Law,
    facts: &'f Facts<'a>,
    (metric, cohort, own): (&str, &str, &str),
    window: FigureWindow,
    (from, day): (Option<Day>, Day),
) -> Option<&'f Measurement<'a>> {
    let of_metric: Vec<&Measurement> = facts.measurements.iter().filter(|one| one.metric == metric).collect();
    law.saw_if(of_metric.iter().any(|one| one.cohort != cohort), Situation::OtherCohort);
    law.saw_if(of_metric.iter().any(|one| one.participant != own), Situation::MeasuredOfSomebodyElse);
    let anybodys = law.reads(Misreading::ParticipantOfAMeasurementIgnored);
    let of_metric = of_metric.into_iter().filter(|one| anybodys || one.participant == own);
    let any = law.reads(Misreading::CohortOfAFigureIgnored);
    let mut ours: Vec<&Measurement> = of_metric.filter(|one| any || one.cohort == cohort).collect();
    if let Some(from) = from {
        let known =
            |since: Option<Day>| ours.iter().any(|one| one.last <= day && since.is_none_or(|since| one.last >= since));
        let too_old = known(None) && !known(Some(from));
        law.saw_if(too_old && window == FigureWindow::SinceLast, Situation::NotSinceLast);
        law.saw_if(too_old && window == FigureWindow::CalendarYear, Situation::NotInTheYear);
        ours.retain(|one| one.last >= from);
    }
    law.saw_if(ours.iter().any(|one| one.last > day), Situation::MeasuredAfterTheDate);
    if law.reads(Misreading::LastRecordedMeasurement) {
        let so_far = ours.into_iter().filter(|one| one.last <= day);
        return so_far.max_by_key(|one| (one.recorded_on, one.last, one.first));
    }
    let earliest = ours.iter().map(|one| one.last).min()?;
    let mut at = day;
    if law.reads(Misreading::MeasuredAfterTheDateCounts) {
        at = at.max(ours.iter().map(|one| one.last).max()?);
    }
    if law.reads(Misreading::MeasurementsOfTheDateNotYet) {
        at = at.before();
    }
    while at >= earliest {
        let on_day: Vec<&Measurement> = ours.iter().copied().filter(|one| one.last == at).collect();
        if !on_day.is_empty() {
            return Some(of_one_last_day(law, &on_day));
        }
        at = at.before();
    }
    None
}

/// Of measurements with one last day the one with the latest first day; of those the lowest id.
fn of_one_last_day<'f, 'a>(law: &Law, all: &[&'f Measurement<'a>]) -> &'f Measurement<'a> {
    law.saw_if(all.len() > 1, Situation::MeasurementsEndTogether);
    let first = match law.reads(Misreading::LongestMeasurement) {
        true => all.iter().map(|one| one.first).min().unwrap(),
        false => all.iter().map(|one| one.first).max().unwrap(),
    };
    let mut same: Vec<&Measurement> = all.iter().copied().filter(|one| one.first == first).collect();
    law.saw_if(same.len() > 1, Situation::MeasurementsOfTheSameDays);
    same.sort_by_key(|one| one.id.as_bytes());
    if law.reads(Misreading::HighestIdOfMeasurements) { same[same.len() - 1] } else { same[0] }
}
