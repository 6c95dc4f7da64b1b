//! What is counted and tallied, day by day: each key and each day that counts by itself (mechanisms 4.1).

use super::line::{Line, State};
use super::sheet::Sheet;
use crate::charge::{Requirement, Unit};
use crate::contract::Contract;
use crate::facts::Participant;
use crate::figure::{Counted, Form};
use crate::measure::day::Day;
use std::collections::BTreeMap;

/// For each count and tally, by its place in the contract, how much each day adds.
#[derive(Clone, Debug, Default)]
pub(super) struct Census(BTreeMap<usize, BTreeMap<Day, i64>>);

/// What one participant adds from.
#[derive(Clone, Copy)]
pub(super) struct Counting<'c> {
    pub contract: &'c Contract,
    pub terms: &'c Participant,
    pub lines: &'c [Line<'c>],
    pub sheets: &'c BTreeMap<(u16, Option<u32>, Unit), Sheet>,
}

impl Census {
    /// Takes in what one participant adds. Nothing that is counted rests on what is measured of participants.
    pub fn take(&mut self, from: Counting<'_>) {
        let Counting { contract, terms, lines, .. } = from;
        for (place, figure) in contract.figures.iter().enumerate() {
            let (among, days) = match &figure.form {
                Form::Count(count) => (&count.among, from.counted(&count.of)),
                Form::Tally(tally) => {
                    let lines = lines.iter().filter(|line| line.outcome.id == tally.outcome);
                    let ranges = lines.flat_map(|line| &line.ranges).filter(|range| range.state == State::Counts);
                    let days = ranges.flat_map(|range| (0..range.days.days()).map(|nth| range.days.first.plus_days(nth)));
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

impl Counting<'_> {
    /// The days on which a participant adds one to a count.
    fn counted(&self, what: &Counted) -> Vec<Day> {
        let reached = |named: &Requirement| -> Vec<Day> {
            let place = self.contract.charges.iter().position(|known| known.id == named.charge);
            let mine = self.sheets.values().filter(|sheet| Some(usize::from(sheet.charge)) == place && sheet.is_reached());
            mine.filter(|sheet| named.is_met_by(sheet.unit)).map(Sheet::reached_on).collect()
        };
        match what {
            Counted::Participants => vec![self.terms.enrolled_on],
            Counted::Companies => Vec::new(),
            Counted::Reached { charge, step } => {
                let all = reached(&Requirement { charge: charge.clone(), step: *step });
                all.into_iter().min().into_iter().collect()
            }
            Counted::Units { charge } => reached(&Requirement { charge: charge.clone(), step: None }),
        }
    }
}
