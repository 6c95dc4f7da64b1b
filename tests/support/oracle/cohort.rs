//! Chapter 5: who counts.

use super::facts::{Facts, Participant};
use super::{Law, Misreading, Situation};
use crate::support::programme::{Cohort, Contract};

/// The participants that count, by id.
pub fn counted<'f, 'a>(law: &Law, contract: &Contract, facts: &'f Facts<'a>) -> Vec<&'f Participant<'a>> {
    let absent = Cohort::default();
    let cohort = contract.cohort.as_ref().unwrap_or(&absent);
    let mut counted: Vec<&Participant> = facts.participants.values().collect();

    if law.reads(Misreading::CohortCapBeforeEligibility) {
        cap(law, cohort, &mut counted);
    }
    counted.retain(|participant| eligible(law, contract, cohort, participant));
    if !law.reads(Misreading::CohortCapBeforeEligibility) {
        cap(law, cohort, &mut counted);
    }
    counted.sort_by_key(|participant| participant.id);
    counted
}

/// 5.1: the group and the day of enrolment.
fn eligible(law: &Law, contract: &Contract, cohort: &Cohort, participant: &Participant) -> bool {
    let in_group = match &cohort.target_groups {
        Some(groups) => groups.iter().any(|group| group == participant.target_group),
        None => true,
    };
    law.saw_if(!in_group, Situation::GroupIneligible);
    let from = cohort.enrol_from.unwrap_or(contract.starts);
    let until = cohort.enrol_until.unwrap_or(contract.ends);
    let in_time = from <= participant.enrolled_on && participant.enrolled_on <= until;
    law.saw_if(!in_time, Situation::EnrolledOutside);
    (in_group || law.reads(Misreading::TargetGroupIgnored)) && (in_time || law.reads(Misreading::EnrolmentWindowIgnored))
}

/// 5.3: the first n by (day of the id's first row, `enrolled_on`, id).
fn cap(law: &Law, cohort: &Cohort, counted: &mut Vec<&Participant>) {
    counted.sort_by(|a, b| {
        let by_id = a.id.cmp(b.id);
        let by_enrolment = a.enrolled_on.cmp(&b.enrolled_on).then(by_id);
        match () {
            () if law.reads(Misreading::CohortCapById) => by_id,
            () if law.reads(Misreading::CohortCapByEnrolment) => by_enrolment,
            () if law.reads(Misreading::CohortCapByStandingRow) => a.last_row.cmp(&b.last_row).then(by_enrolment),
            () => a.first_row.cmp(&b.first_row).then(by_enrolment),
        }
    });
    if let Some(most) = cohort.max_participants {
        law.saw_if(counted.len() > most as usize, Situation::CohortCapExcludes);
        counted.truncate(most as usize);
    }
}
