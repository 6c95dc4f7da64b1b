//! What is counted, tallied, filled and saved, day by day: each key, each day that counts and each week by itself (mechanisms 4.1).

use super::line::{Line, State};
use super::own::Own;
use super::places::{People, centre_of, offers};
use super::saved::WeekTold;
use super::saving::weeks;
use super::sheet::Sheet;
use crate::charge::{Requirement, Unit};
use crate::contract::Contract;
use crate::facts::Offer;
use crate::figure::{Counted, Form};
use crate::measure::day::Day;
use crate::measure::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// What everybody, or one participant, adds to figures, by their places in the contract.
#[derive(Clone, Debug, Default)]
pub(super) struct Census {
    /// For each count and tally how much each day adds.
    sums: BTreeMap<usize, BTreeMap<Day, i64>>,
    /// For each figure of filled places who is in which centre.
    people: BTreeMap<usize, People>,
    /// For each saving the weeks.
    weeks: BTreeMap<usize, Vec<WeekTold>>,
}

/// What one participant adds from.
#[derive(Clone, Copy)]
pub(super) struct Counting<'c> {
    pub contract: &'c Contract,
    pub own: &'c Own<'c>,
    pub lines: &'c [Line<'c>],
    pub sheets: &'c BTreeMap<(u16, Option<u32>, Unit), Sheet>,
}

impl Census {
    /// Takes in what one participant adds. Nothing that is counted rests on what is measured of participants.
    pub fn take(&mut self, from: Counting<'_>) {
        let Counting { contract, own, lines, .. } = from;
        let terms = own.known.terms;
        for (place, figure) in contract.figures.iter().enumerate() {
            let (among, days) = match &figure.form {
                Form::Count(count) => (&count.among, from.counted(&count.of)),
                Form::Tally(tally) => {
                    let lines = lines.iter().filter(|line| line.outcome.id == tally.outcome);
                    let ranges = lines.flat_map(|line| &line.ranges).filter(|range| range.state == State::Counts);
                    let days = ranges.flat_map(|range| (0..range.days.days()).map(|nth| range.days.first.plus_days(nth)));
                    (&tally.among, days.collect())
                }
                Form::Places(places) => (&places.among, Vec::new()),
                Form::Saving(saving) => (&saving.among, Vec::new()),
                _ => continue,
            };
            let other = |names: &Vec<_>| !names.contains(&terms.target_group);
            let lacks = |names: &Vec<_>| names.iter().any(|one| !terms.traits.contains(one));
            let left_out = among.target_groups.as_ref().is_some_and(other)
                || among.traits.as_ref().is_some_and(lacks)
                || among.enrolled.is_some_and(|days| terms.enrolled_on < days.first || days.last < terms.enrolled_on);
            if let (Form::Saving(saving), false) = (&figure.form, left_out) {
                self.weeks.entry(place).or_default().extend(weeks(own, saving.of));
            }
            if let (Form::Places(places), false) = (&figure.form, left_out) {
                let people = self.people.entry(place).or_default();
                for stay in places.outcome.iter().flat_map(|outcome| from.stays(outcome)) {
                    *people.entry(stay).or_default() += 1;
                }
            }
            let sums = self.sums.entry(place).or_default();
            for day in days.into_iter().filter(|_| !left_out) {
                *sums.entry(day).or_default() += 1;
            }
        }
    }

    /// The sum over the days from the first one, if there is one, to the last.
    pub fn over(&self, place: usize, first: Option<Day>, last: Day) -> i64 {
        let days = self.sums.get(&place).into_iter().flatten();
        days.filter(|(day, _)| first.is_none_or(|first| first <= **day) && **day <= last).map(|(_, adds)| adds).sum()
    }

    /// Who is in which centre.
    pub fn people(&self, place: usize) -> Option<&People> {
        self.people.get(&place)
    }

    /// The weeks whose Sundays lie on the days from the first one, if there is one, to the last.
    pub fn weeks(&self, place: usize, (first, last): (Option<Day>, Day)) -> Vec<WeekTold> {
        let within = |week: &&WeekTold| first.is_none_or(|first| first <= week.days.last) && week.days.last <= last;
        self.weeks.get(&place).into_iter().flatten().filter(within).cloned().collect()
    }
}

impl Counting<'_> {
    /// The centres in which the participant is on which days, each once (places 2).
    fn stays(&self, outcome: &Id) -> BTreeSet<(String, Day)> {
        let market = self.own.market;
        let (offers, mut stays) = (offers(market.facts, market.cut_off), BTreeSet::new());
        for line in self.lines.iter().filter(|line| line.outcome.id == *outcome) {
            for range in line.ranges.iter().filter(|range| range.state == State::Counts) {
                let job = range.top.and_then(|top| line.work.get(top)).map(|work| work.job);
                let placement = job.and_then(|job| self.own.known.placed(job)).map(|placement| &placement.terms.company);
                let Some(company) = placement else { continue };
                let naming: Vec<&Offer> = offers.iter().copied().filter(|offer| offer.companies.contains(company)).collect();
                let days = (0..range.days.days()).map(|nth| range.days.first.plus_days(nth));
                stays.extend(days.filter_map(|day| Some((centre_of(&naming, day)?.to_string(), day))));
            }
        }
        stays
    }

    /// The days on which a participant adds one to a count.
    fn counted(&self, what: &Counted) -> Vec<Day> {
        let reached = |named: &Requirement| -> Vec<Day> {
            let place = self.contract.charges.iter().position(|known| known.id == named.charge);
            let mine = self.sheets.values().filter(|sheet| Some(usize::from(sheet.charge)) == place && sheet.is_reached());
            mine.filter(|sheet| named.is_met_by(sheet.unit)).map(Sheet::reached_on).collect()
        };
        match what {
            Counted::Participants => vec![self.own.known.terms.enrolled_on],
            Counted::Companies => Vec::new(),
            Counted::Reached { charge, step } => {
                let all = reached(&Requirement { charge: charge.clone(), step: *step });
                all.into_iter().min().into_iter().collect()
            }
            Counted::Units { charge } => reached(&Requirement { charge: charge.clone(), step: None }),
        }
    }
}
