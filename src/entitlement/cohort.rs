//! Who counts (rule 5).

use crate::contract::Contract;
use crate::facts::{Facts, Participant};
use crate::measure::day::Day;

/// Why a participant is not eligible (rule 5.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotEligible {
    /// Its target group is not one of the cohort's.
    TargetGroup,
    /// It enrolled before or after the cohort's days.
    Enrolment,
}

/// Whether the participant's target group and day of enrolment are the cohort's (rule 5.1).
///
/// # Errors
/// Says which of the two is not.
pub fn eligible(contract: &Contract, participant: &Participant) -> Result<(), NotEligible> {
    let groups = contract.cohort.target_groups.as_ref();
    if groups.is_some_and(|groups| !groups.contains(&participant.target_group)) {
        return Err(NotEligible::TargetGroup);
    }
    contract.enrolment().contains(participant.enrolled_on).then_some(()).ok_or(NotEligible::Enrolment)
}

/// For each participant, by number, whether it counts by what is known on `day`: it is known, eligible, and one of the
/// first `max_participants` by (day of its id's first row, `enrolled_on`, id) (rule 5.3).
#[must_use]
pub fn admitted(contract: &Contract, facts: &Facts, day: Day) -> Vec<bool> {
    let participants = &facts.participants;
    let known = |nth: usize| participants.known(nth, day).filter(|(_, terms)| eligible(contract, terms).is_ok());
    let mut admitted: Vec<bool> = (0..participants.len()).map(|nth| known(nth).is_some()).collect();
    let Some(most) = contract.cohort.max_participants else { return admitted };
    let place = |nth: &usize| {
        let first_row = participants.rows_of(*nth).first().map(|row| row.recorded_on);
        (first_row, known(*nth).map(|(_, terms)| terms.enrolled_on), *nth)
    };
    let mut queue: Vec<usize> = admitted.iter().enumerate().filter(|(_, yes)| **yes).map(|(nth, _)| nth).collect();
    queue.sort_by_cached_key(place);
    for nth in queue.into_iter().skip(usize::try_from(most).unwrap_or(usize::MAX)) {
        if let Some(yes) = admitted.get_mut(nth) {
            *yes = false;
        }
    }
    admitted
}
