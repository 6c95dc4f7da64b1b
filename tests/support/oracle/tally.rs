//! Mechanisms 4.1 and 4.3: figures that tally the qualifying days of participants.

use super::count::{Days, chosen};
use super::fraction::Fraction;
use super::walk::Walk;
use super::{Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Among, Outcome};
use std::collections::BTreeSet;

/// The qualifying days in the window: of one participant, or of all that the figure looks at, one after the other.
pub fn days<'f>(walk: &Walk<'f, '_>, outcome: &'f Outcome, among: &Among, (window, own): (Days, Option<usize>)) -> Fraction {
    let law = walk.law;
    let mut people = chosen(walk, among);
    let one_alone = own.filter(|_| !law.reads(Misreading::TallyOfEverybody));
    people.retain(|person| one_alone.is_none_or(|own| own == *person));
    let mut tallied = 0;
    let mut seen: BTreeSet<Day> = BTreeSet::new();
    for person in people {
        // An outcome per company sums its companies.
        for assessment in walk.assessed(outcome, person).iter().flatten() {
            for good in assessment.days.iter().filter(|good| window.hold(law, good.day)) {
                tallied += 1;
                law.saw_if(!seen.insert(good.day), Situation::TalliedTwiceOnADay);
            }
        }
    }
    law.saw_if(tallied > 0, Situation::Tallied);
    let tallied = if law.reads(Misreading::TallyOfDaysNotPeople) { seen.len() } else { tallied };
    Fraction::of(&tallied.to_string())
}
