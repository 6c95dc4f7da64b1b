//! What is counted and tallied, day by day over everybody: each key and each day that counts by itself (mechanisms 4.1).

use super::line::State;
use super::study::{Desk, Study, everybody};
use crate::charge::Requirement;
use crate::contract::{Contract, SettlementPeriod};
use crate::figure::{Counted, Form};
use crate::measure::day::Day;
use std::collections::BTreeMap;

/// For each count and tally, by its place in the contract, how much each day adds.
#[derive(Clone, Debug, Default)]
pub(super) struct Census(BTreeMap<usize, BTreeMap<Day, i64>>);

impl Census {
    /// What everybody adds on a cut-off. Nothing that is counted rests on what is measured of participants.
    pub fn new(desk: &Desk<'_>, period: SettlementPeriod) -> Census {
        let mut census = Census::default();
        for study in everybody(desk, period, false) {
            census.take(desk.plan.contract, &study);
        }
        census
    }

    /// What one participant adds.
    pub fn of(contract: &Contract, study: &Study<'_>) -> Census {
        let mut census = Census::default();
        census.take(contract, study);
        census
    }

    fn take(&mut self, contract: &Contract, study: &Study<'_>) {
        let Some(own) = &study.own else { return };
        let terms = own.known.terms;
        for (place, figure) in contract.figures.iter().enumerate() {
            let (among, days) = match &figure.form {
                Form::Count(count) => (&count.among, counted(contract, study, &count.of)),
                Form::Tally(tally) => {
                    let lines = study.lines.iter().filter(|line| line.outcome.id == tally.outcome);
                    let ranges = lines.flat_map(|line| &line.ranges).filter(|range| range.state == State::Counts);
                    let day = |nth: i64, first: Day| first.plus_days(nth);
                    let days = ranges.flat_map(|range| (0..range.days.days()).map(move |nth| day(nth, range.days.first)));
                    (&tally.among, days.collect())
                }
                _ => continue,
            };
            let other = |names: &Vec<_>| !names.contains(&terms.target_group);
            let lacks = |names: &Vec<_>| names.iter().any(|one| !terms.traits.contains(one));
            let left_out = among.target_groups.as_ref().is_some_and(other)
                || among.traits.as_ref().is_some_and(lacks)
                || among.enrolled.is_some_and(|days| terms.enrolled_on < days.first || days.last < terms.enrolled_on);
            let sums = self.0.entry(place).or_default();
            for day in days.into_iter().filter(|_| !left_out) {
                *sums.entry(day).or_default() += 1;
            }
        }
    }

    /// The sum over the days from the first one, if there is one, to the last.
    pub fn over(&self, place: usize, first: Option<Day>, last: Day) -> i64 {
        let days = self.0.get(&place).into_iter().flatten();
        days.filter(|(day, _)| first.is_none_or(|first| first <= **day) && **day <= last).map(|(_, adds)| adds).sum()
    }
}

/// The days on which a participant adds one to a count.
fn counted(contract: &Contract, study: &Study<'_>, what: &Counted) -> Vec<Day> {
    match what {
        Counted::Participants => study.own.iter().map(|own| own.known.terms.enrolled_on).collect(),
        Counted::Companies => Vec::new(),
        Counted::Reached { charge, step } => {
            let named = Requirement { charge: charge.clone(), step: *step };
            study.holds(contract, &named).into_iter().collect()
        }
        Counted::Units { charge } => {
            let place = contract.charges.iter().position(|known| known.id == *charge);
            let mine = study.sheets.values().filter(|sheet| Some(usize::from(sheet.charge)) == place && sheet.is_reached());
            mine.map(|sheet| sheet.reached_on()).collect()
        }
    }
}
