//! Mechanisms 4: what a figure says on a day.

use super::facts::Facts;
use super::fraction::{Fraction, ZERO};
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Contract, Form};

/// A measurement that is known, with the day of the row that says it.
#[derive(Clone, Debug)]
pub struct Measurement<'a> {
    pub id: &'a str,
    pub metric: &'a str,
    pub cohort: &'a str,
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

/// The value of a figure on a day, or nothing: then it is not known.
pub fn on(law: &Law, contract: &Contract, facts: &Facts, figure: &str, day: Day) -> Option<Said> {
    let named = contract.figures.iter().find(|one| one.id == figure).expect("the figure is one of the contract's");
    let mut said = match &named.form {
        Form::Value(value) => Some(Said { value: Fraction::of(value), recorded_on: None }),
        Form::Metric { metric, cohort } => latest(law, facts, metric, cohort.as_deref().unwrap_or(""), day)
            .map(|one| Said { value: one.value, recorded_on: Some(one.recorded_on) }),
    };
    law.saw_if(said.is_none(), Situation::FigureNotKnown);
    if law.reads(Misreading::UnknownFigureIsZero) {
        said = said.or(Some(Said { value: ZERO, recorded_on: None }));
    }
    if law.reads(Misreading::FigureRounded) {
        said = said.map(|said| Said { value: Fraction::of(&said.value.shown(0)), ..said });
    }
    said
}

/// The measurement with the latest last day up to `day`; of several the latest first day, then the lowest id. All rows are
/// looked through backwards, day by day.
fn latest<'f, 'a>(law: &Law, facts: &'f Facts<'a>, metric: &str, cohort: &str, day: Day) -> Option<&'f Measurement<'a>> {
    let of_metric: Vec<&Measurement> = facts.measurements.iter().filter(|one| one.metric == metric).collect();
    law.saw_if(of_metric.iter().any(|one| one.cohort != cohort), Situation::OtherCohort);
    let any = law.reads(Misreading::CohortOfAFigureIgnored);
    let ours: Vec<&Measurement> = of_metric.into_iter().filter(|one| any || one.cohort == cohort).collect();
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
