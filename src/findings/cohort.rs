//! Participants that do not count (rule 5).

use super::View;
use crate::entitlement::cohort::{NotEligible, admitted, eligible};
use crate::measure::diagnostic::{Code, Diagnostic};

pub(super) fn look(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let (contract, participants) = (view.contract, &view.facts.participants);
    let admitted = admitted(contract, view.facts, view.known_on);
    for nth in 0..participants.len() {
        let Some((row, terms)) = participants.known(nth, view.known_on) else { continue };
        let counts = admitted.get(nth) == Some(&true);
        let finding = match eligible(contract, terms) {
            Err(NotEligible::TargetGroup) => {
                let message = format!(
                    "participant `{}` has target group `{}`, which is not one of the cohort's",
                    row.id, terms.target_group
                );
                Diagnostic::new(Code::OtherTargetGroup, row.place("target_group"), message)
            }
            Err(NotEligible::Enrolment) => {
                let days = contract.enrolment();
                let message = format!(
                    "participant `{}` enrolled on {}; the cohort enrols from {} to {}",
                    row.id, terms.enrolled_on, days.first, days.last
                );
                Diagnostic::new(Code::EnrolledOutside, row.place("enrolled_on"), message)
            }
            Ok(()) if !counts => {
                let most = contract.cohort.max_participants.unwrap_or_default();
                let message =
                    format!("participant `{}` comes after the first {most}, which is as many as the contract takes", row.id);
                Diagnostic::new(Code::BeyondCohort, row.place("participant"), message)
            }
            Ok(()) => continue,
        };
        found.push(finding);
    }
}
