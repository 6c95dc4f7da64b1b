//! Mechanisms 4.1 and 4.3: figures that count participants, companies, and what was reached.

use super::cohort;
use super::delay;
use super::facts::Participant;
use super::fraction::Fraction;
use super::rate::traits_hold;
use super::walk::Walk;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Among, Counted};

/// The days that count: from the first, if there is one, up to the day that is asked.
#[derive(Clone, Copy)]
pub struct Days {
    pub from: Option<Day>,
    pub until: Day,
}

impl Days {
    pub fn hold(self, law: &Law, day: Day) -> bool {
        law.saw_if(day == self.until || Some(day) == self.from, Situation::CountedOnTheEdge);
        law.saw_if(day == self.until.next() || Some(day.next()) == self.from, Situation::CountMissedByADay);
        let begun = self.from.is_none_or(|from| from <= day);
        begun && (day <= self.until && !(law.reads(Misreading::CountsBeforeTheDate) && day == self.until))
    }
}

pub fn count(walk: &Walk, of: &Counted, among: &Among, days: Days) -> Fraction {
    let law = walk.law;
    let counted = match of {
        Counted::Participants => participants(walk, among, days),
        Counted::Companies => {
            let left = |left_on: Option<Day>| law.reads(Misreading::LeaversAreNotCounted) && left_on < Some(days.until);
            let companies = walk.facts.companies.values().filter(|one| one.left_on.is_none() || !left(one.left_on));
            companies.filter_map(|one| one.joined_on).filter(|day| days.hold(law, *day)).count()
        }
        Counted::Reached { charge, step } => {
            let step = step.filter(|_| !law.reads(Misreading::CountOfAnyStep));
            let name = step.map_or_else(|| charge.clone(), |step| format!("{charge}/step-{step:02}"));
            let people = chosen(walk, among);
            let first = |person: &usize| walk.reached(&name, Some(*person)).filter(|day| days.hold(law, *day));
            people.iter().filter_map(first).count()
        }
        Counted::Units { charge } => {
            let people = chosen(walk, among);
            let all = people.iter().flat_map(|person| units(walk, charge, *person));
            let held: Vec<Day> = all.filter(|day| days.hold(law, *day)).collect();
            law.saw_if(held.len() > people.len(), Situation::SeveralUnitsOfOne);
            held.len()
        }
    };
    law.saw_if(counted == 0, Situation::CountOfNobody);
    Fraction::of(&counted.to_string())
}

/// Those that count, or in the misreading all that are known.
fn participants(walk: &Walk, among: &Among, days: Days) -> usize {
    let law = walk.law;
    if law.reads(Misreading::CountsTheIneligible) {
        let all = walk.facts.participants.values().filter(|one| is_chosen(law, among, one));
        return all.filter(|one| days.hold(law, one.enrolled_on)).count();
    }
    let all = cohort::counted(law, walk.contract, walk.facts).len();
    law.saw_if(all < walk.facts.participants.len(), Situation::IneligibleNotCounted);
    let people = chosen(walk, among);
    people.iter().filter(|person| days.hold(law, walk.people[**person].participant.enrolled_on)).count()
}

/// The days on which a participant's units, steps or dates of a charge were reached.
fn units(walk: &Walk, charge: &str, person: usize) -> Vec<Day> {
    let law = walk.law;
    let place = walk.place(charge);
    let Some(holds) = walk.holds_from(place, Some(person)) else { return Vec::new() };
    let mut days = Vec::new();
    for one in walk.found(place, Some(person)).iter() {
        law.saw_if(one.amount == 0, Situation::MarkerCounted);
        if one.amount == 0 && law.reads(Misreading::CountsWhatIsPaid) {
            continue;
        }
        let own = match law.reads(Misreading::CountedAfterTheDelay) {
            true => delay::over(law, walk.contract, &walk.contract.charges[place], one.earned_on),
            false => one.earned_on,
        };
        law.saw_if(holds > own, Situation::CountedWhenRequiredHolds);
        days.push(if law.reads(Misreading::CountedOnItsOwnDay) { own } else { own.max(holds) });
    }
    days
}

/// The participants that a figure looks at, by their places among those that count.
pub fn chosen(walk: &Walk, among: &Among) -> Vec<usize> {
    let all = 0..walk.people.len();
    let chosen: Vec<usize> = all.filter(|n| is_chosen(walk.law, among, walk.people[*n].participant)).collect();
    walk.law.saw_if(chosen.len() < walk.people.len(), Situation::CountedAmongSome);
    chosen
}

fn is_chosen(law: &Law, among: &Among, participant: &Participant) -> bool {
    let groups = among.target_groups.as_ref().filter(|_| !law.reads(Misreading::GroupsOfAFigureIgnored));
    let group = groups.is_none_or(|groups| groups.iter().any(|group| group == participant.target_group));
    let traits = among.traits.as_deref().is_none_or(|asked| traits_hold(law, asked, &participant.traits));
    let (from, until) = among.enrolled.unwrap_or((None, None));
    let on = participant.enrolled_on;
    law.saw_if(from == Some(on) || until == Some(on), Situation::EnrolledOnTheEdge);
    let late = until.is_some_and(|until| on > until || (on == until && law.reads(Misreading::EnrolledUntilExclusive)));
    let in_time = (from.is_none_or(|from| from <= on) && !late) || law.reads(Misreading::EnrolledOfAFigureIgnored);
    group && traits && in_time
}
