//! A participant's course over time: the days that count, the units paid, the steps reached.

use super::account::Account;
use crate::charge::{Mechanism, Unit};
use crate::contract::Contract;
use crate::entitlement::{Assessment, Plan};
use crate::explain::tree::Whom;
use crate::ledger::resume::parse_unit;
use crate::measure::day::{Day, Span};
use crate::measure::grid::{Cell, Grid};
use crate::timeline::Stretch;
use std::collections::BTreeMap;

/// What there is to see over time, track by track.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Course {
    /// The tracks: outcomes in the contract's order, then charges.
    pub tracks: Vec<Track>,
}

/// One thing over time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Track {
    /// What.
    pub what: What,
    /// The company that is looked at apart (rule 6.6).
    pub company: Option<String>,
    /// When, in order.
    pub bars: Vec<Bar>,
}

/// What a track shows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
    /// The days that count for an outcome (rule 6).
    Counting(String),
    /// The units of a period charge that are paid (rule 7.3).
    Units(String),
    /// The steps of a milestone that are paid (rule 7.2).
    Steps(String),
}

/// Days of which the same is to be said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// From the first to the last.
    pub days: Span,
    /// How many units.
    pub units: u32,
    /// The step, of a milestone.
    pub step: Option<u32>,
    /// Whether a limit took something.
    pub cut: bool,
}

/// A unit that is paid: which, the day earned, and whether a limit took something.
type Paid = (Unit, Day, bool);

impl Course {
    /// The course of a participant: the days that count as known, as far as it is settled, and what is paid for it so far.
    #[must_use]
    pub fn new(plan: &Plan<'_>, assessment: &Assessment<'_>, account: &Account, whom: &Whom, until: Day) -> Course {
        let mut tracks = counting(plan, assessment, until);
        let mut paid: BTreeMap<(usize, Option<&str>), Vec<Paid>> = BTreeMap::new();
        for ((_, charge, unit), kept) in account.of(whom).filter(|(_, kept)| !kept.sum.is_zero()) {
            let Some(place) = plan.contract.charges.iter().position(|known| known.id == **charge) else { continue };
            let (company, unit) =
                unit.split_once('/').map_or((None, unit.as_str()), |(company, unit)| (Some(company), unit));
            let mechanism = plan.contract.charges.get(place).map(|charge| &charge.mechanism);
            if let Some(unit) = mechanism.and_then(|mechanism| parse_unit(mechanism, unit)) {
                paid.entry((place, company)).or_default().push((unit, kept.earned_on, kept.cut));
            }
        }
        tracks.extend(paid.into_iter().filter_map(|((place, company), units)| track(plan.contract, place, company, units)));
        Course { tracks }
    }
}

impl Track {
    /// Adds days that count elsewhere.
    fn add(&mut self, bars: Vec<Bar>) {
        let mut all: Vec<Span> = self.bars.drain(..).chain(bars).map(|bar| bar.days).collect();
        all.sort_unstable_by_key(|days| (days.first, days.last));
        for days in all {
            match self.bars.last_mut().filter(|bar| days.first <= bar.days.last.next()) {
                Some(bar) => bar.days.last = bar.days.last.max(days.last),
                None => self.bars.push(Bar { days, units: 0, step: None, cut: false }),
            }
        }
    }

    /// How many of its days lie in a period.
    #[must_use]
    pub fn days_in(&self, period: Span) -> i64 {
        self.bars.iter().filter_map(|bar| bar.days.overlap(period)).map(Span::days).sum()
    }
}

/// The days that count, outcome by outcome.
fn counting(plan: &Plan<'_>, assessment: &Assessment<'_>, until: Day) -> Vec<Track> {
    let mut tracks: Vec<Track> = Vec::new();
    for (measure, outcome) in assessment.measures() {
        let company = measure.line.company.and_then(|number| plan.company(number)).map(str::to_owned);
        let what = What::Counting(outcome.id.to_string());
        let bars = joined(&measure.line.stretches, until);
        match tracks.iter_mut().find(|track| track.what == what && track.company == company) {
            None => tracks.push(Track { what, company, bars }),
            // Each place of work has days of its own (mechanisms 3.1).
            Some(track) if outcome.same_employer => track.add(bars),
            Some(_) => {}
        }
    }
    tracks
}

/// Stretches that follow one another without a gap, as one.
fn joined(stretches: &[Stretch], until: Day) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for days in stretches.iter().filter_map(|stretch| Span::new(stretch.days.first, stretch.days.last.min(until))) {
        match bars.last_mut().filter(|bar| bar.days.last.next() == days.first) {
            Some(bar) => bar.days.last = days.last,
            None => bars.push(Bar { days, units: 0, step: None, cut: false }),
        }
    }
    bars
}

/// What is paid for one charge; neighbouring units as one.
fn track(contract: &Contract, place: usize, company: Option<&str>, mut units: Vec<Paid>) -> Option<Track> {
    let charge = contract.charges.get(place)?;
    units.sort_unstable_by_key(|(unit, _, _)| *unit);
    let mut bars: Vec<Bar> = Vec::new();
    let mut last: Option<Cell> = None;
    for (unit, earned_on, cut) in units {
        match unit {
            // Which days a piece has is not known here, but how long it is, and mostly when it ends (mechanisms 3.4).
            Unit::Cell(cell @ Cell { grid: Grid::Parts { .. }, .. }) => {
                let first = earned_on.plus_days(1 - i64::from(cell.grid.most_days()));
                bars.push(Bar { days: Span { first, last: earned_on }, units: 1, step: None, cut });
            }
            Unit::Cell(cell) => {
                match bars.last_mut().filter(|bar| last.is_some_and(|last| last.next() == cell) && bar.cut == cut) {
                    Some(bar) => (bar.days.last, bar.units) = (cell.last(), bar.units.saturating_add(1)),
                    None => bars.push(Bar { days: cell.span(), units: 1, step: None, cut }),
                }
                last = Some(cell);
            }
            Unit::Step(step) => {
                let days = Span { first: earned_on, last: earned_on };
                bars.push(Bar { days, units: 1, step: Some(step), cut });
            }
            Unit::Date(_) => {}
        }
    }
    let id = charge.id.to_string();
    let what = match &charge.mechanism {
        Mechanism::Fixed(_) | Mechanism::Measured(_) => return None,
        Mechanism::Milestone(_) => What::Steps(id),
        Mechanism::Period(_) => What::Units(id),
    };
    Some(Track { what, company: company.map(str::to_owned), bars })
}
