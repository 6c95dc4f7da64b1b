//! What all participants together add to counts and tallies (mechanisms 4.1, 4.3).

use super::assessment::Assessment;
use super::cohort::admitted;
use super::plan::Plan;
use crate::charge::Indices;
use crate::facts::roster::Roster;
use crate::figure::Adds;
use crate::measure::day::Day;
use crate::measure::parallel;
use std::sync::Arc;

/// What all participants that count add, by what is known on a day.
#[must_use]
pub fn of_all(plan: &Plan<'_>, roster: &Roster<'_>, known_on: Day) -> Adds {
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
