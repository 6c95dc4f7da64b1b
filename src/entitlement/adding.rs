//! What a participant adds to counts, tallies, places and savings (mechanisms 4.1, 4.3; places 2; saving 5).

use super::plan::Plan;
use super::seats;
use crate::charge::walk::{Held, Walked};
use crate::facts::roster::Known;
use crate::figure::saving::avoided;
use crate::figure::{Adds, Count, Counted};
use crate::timeline::job::Fate;
use crate::timeline::timelines;

/// What a participant that counts adds: itself, what it reached, and its days that qualify.
#[must_use]
pub fn adds(plan: &Plan<'_>, known: &Known<'_>, fates: &[Fate], walked: Option<&Walked>) -> Adds {
    let (mut adds, terms) = (Adds::default(), known.terms);
    for (figure, count) in &plan.counts {
        if let Count { of: Counted::Participants, among, .. } = count
            && among.includes(terms)
        {
            adds.one(*figure, terms.enrolled_on);
        }
    }
    let among = |figure: u16| plan.counts.iter().find(|(number, _)| *number == figure).map(|(_, count)| &count.among);
    let counted = walked.iter().flat_map(|walked| &walked.counted);
    for (figure, on) in counted.filter(|(figure, _)| among(*figure).is_some_and(|among| among.includes(terms))) {
        adds.one(*figure, *on);
    }
    let nothing = Held::new();
    let held = walked.map_or(&nothing, |walked| &walked.held);
    for (figure, _, outcome) in plan.tallies.iter().filter(|(_, tally, _)| tally.among.includes(terms)) {
        let follows = plan.ties.as_ref().and_then(|ties| ties.follows_of(&outcome.id, held));
        for line in timelines(known, fates, outcome, plan.contract.term(), follows) {
            line.stretches.iter().for_each(|stretch| adds.days(*figure, stretch.days));
        }
    }
    seats::people(plan, known, fates, held, &mut adds);
    saved(plan, known, fates, &mut adds);
    adds
}

/// What its weeks without benefit save.
fn saved(plan: &Plan<'_>, known: &Known<'_>, fates: &[Fate], adds: &mut Adds) {
    let Some((_, _, terms)) = plan.savings.first() else { return };
    let weeks = avoided(terms, known, fates, plan.contract.term());
    for (figure, saving, _) in plan.savings.iter().filter(|(_, saving, _)| saving.among.includes(known.terms)) {
        weeks.iter().for_each(|week| adds.week(*figure, week.days.last, week.adds(saving.of).ok()));
    }
}
