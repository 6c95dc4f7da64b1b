//! Participants that do not count (rule 5).

use super::View;
use crate::contract::Contract;
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
                    "participant `{}` does not count: target group `{}` is not one of the cohort's",
                    row.id, terms.target_group
                );
                let help = format!("the cohort takes {}; if the row is wrong, correct it", groups(contract));
                Diagnostic::new(Code::OtherTargetGroup, row.place("target_group"), message).help(help)
            }
            Err(NotEligible::Enrolment) => {
                let days = contract.enrolment();
                let message = format!(
                    "participant `{}` does not count: enrolled on {}, where the cohort enrols from {} to {}",
                    row.id, terms.enrolled_on, days.first, days.last
                );
                Diagnostic::new(Code::EnrolledOutside, row.place("enrolled_on"), message)
                    .help("if the day is wrong, correct the row")
            }
            Ok(()) if !counts => {
                let most = contract.cohort.max_participants.unwrap_or_default();
                let message = format!("participant `{}` does not count: the cohort takes the first {most} only", row.id);
                let help = "the first by the day they were first recorded, then by `enrolled_on`, then by id";
                Diagnostic::new(Code::BeyondCohort, row.place("participant"), message).help(help)
            }
            Ok(()) => continue,
        };
        found.push(finding);
    }
}

/// The cohort's target groups, as they are shown.
fn groups(contract: &Contract) -> String {
    let groups = contract.cohort.target_groups.iter().flatten();
    groups.map(|group| format!("`{group}`")).collect::<Vec<_>>().join(", ")
}
