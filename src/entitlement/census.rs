//! What all participants together add to counts, tallies, places and savings (mechanisms 4.1, 4.3; places 2; saving 5, 6).

use super::assessment::Assessment;
use super::cohort::admitted;
use super::plan::Plan;
use super::seats;
use crate::charge::Indices;
use crate::contract::Contract;
use crate::facts::Facts;
use crate::facts::roster::Roster;
use crate::figure::saving::avoided;
use crate::figure::{Adds, Saved};
use crate::measure::day::Day;
use crate::measure::parallel;
use crate::timeline::job::fates;
use std::sync::Arc;

/// What all participants that count add, by what is known on a day, and what there is of places.
#[must_use]
pub fn of_all(plan: &Plan<'_>, roster: &Roster<'_>, known_on: Day) -> Adds {
    let mut all = people(plan, roster, known_on);
    seats::fill(plan, known_on, &mut all);
    all
}

fn people(plan: &Plan<'_>, roster: &Roster<'_>, known_on: Day) -> Adds {
    let mut all = Adds::default();
    if !plan.adds_up() {
        return all;
    }
    let indices = Arc::new(Indices::new(&plan.contract.indices, plan.facts, known_on));
    let mut numbers: Vec<usize> =
        (0..).zip(admitted(plan.contract, plan.facts, known_on)).filter(|(_, yes)| *yes).map(|(nth, _)| nth).collect();
    let each = parallel::map(&mut numbers, |_, number| {
        let known = roster.known(*number, known_on)?;
        Some(Assessment::new(plan, &known, &indices, None).adds)
    });
    each.iter().flatten().for_each(|adds| all.add(adds, 1));
    all
}

/// The number under which [`savings`] are added up.
pub const SAVINGS: u16 = 0;

/// What all participants that count save, net, week by week, by what is known on a day; none where nothing says how that is
/// reckoned (saving 6).
#[must_use]
pub fn savings(contract: &Contract, facts: &Facts, roster: &Roster<'_>, known_on: Day) -> Option<Adds> {
    let terms = contract.saving.as_ref()?;
    let admitted = admitted(contract, facts, known_on);
    let mut numbers: Vec<usize> = (0..).zip(admitted).filter(|(_, yes)| *yes).map(|(nth, _)| nth).collect();
    let each = parallel::map(&mut numbers, |_, number| {
        let (known, mut adds) = (roster.known(*number, known_on)?, Adds::default());
        let fates = fates(&known, contract.settlement.confirm_days);
        for week in avoided(terms, &known, &fates, contract.term()) {
            adds.week(SAVINGS, week.days.last, week.adds(Saved::Net).ok());
        }
        Some(adds)
    });
    let mut all = Adds::default();
    each.iter().flatten().for_each(|adds| all.add(adds, 1));
    Some(all)
}
