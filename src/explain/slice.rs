//! The rows that can concern one participant: a contract without shared limits can be settled for it alone.

use crate::contract::{Contract, Scope};
use crate::facts::roster::Roster;
use crate::facts::{Facts, History, Row};

/// Whether what one participant is granted depends on others: a limit per company or contract (rule 9.1), or a charge that rests
/// on what is granted (mechanisms 4.1), in any version.
pub(super) fn shares(contract: &Contract) -> bool {
    contract.all().any(|version| {
        version.limits.iter().any(|limit| limit.scope != Scope::Participant)
            || version.charges.iter().any(|charge| version.rests_on_granted(charge))
    })
}

/// Whether what one participant is granted rests on its own rows alone: no limit is shared, none is a share of a figure, no check
/// waits for a subject that may be another, and nothing that is asked of it is counted over all (mechanisms 4.1, 8.1, 12).
pub(super) fn is_enough(contract: &Contract) -> bool {
    let share = |version: &Contract| version.limits.iter().any(|limit| limit.bound.share().is_some());
    let counts =
        |version: &Contract| version.measures_each() && version.figures.iter().any(|figure| figure.form.is_added_up());
    let checks = |version: &Contract| version.figures.iter().any(|figure| figure.form.sample().is_some());
    !shares(contract) && !contract.all().any(|version| share(version) || counts(version) || checks(version))
}

/// The participant's rows, those of its placements, spells, reports and benefits, and all companies. Where the cohort has a maximum
/// the other participants' own rows stay too, for they stand in the same queue (rule 5.3).
pub(super) fn of_participant(contract: &Contract, facts: &Facts, id: &str) -> Facts {
    let Some(number) = facts.participants.find(id) else { return Facts::default() };
    let roster = Roster::new(facts);
    let capped = contract.all().any(|version| version.cohort.max_participants.is_some());
    let participants = if capped { facts.participants.clone() } else { history(facts.participants.rows_of(number).iter()) };
    let placements = roster.placements_of(number).iter().flat_map(|nth| facts.placements.rows_of(*nth as usize));
    let spells = roster.spells_of(number).iter().flat_map(|nth| facts.spells.rows_of(*nth as usize));
    let benefits = roster.benefits_of(number).iter().flat_map(|nth| facts.benefits.rows_of(*nth as usize));
    let reports = roster.reports_of(number).iter().flat_map(|nth| facts.reports.rows_of(*nth as usize));
    Facts {
        participants,
        companies: facts.companies.clone(),
        placements: history(placements),
        spells: history(spells),
        reports: history(reports),
        measurements: facts.measurements.clone(),
        suspensions: facts.suspensions.clone(),
        validations: facts.validations.clone(),
        benefits: history(benefits),
        offers: facts.offers.clone(),
        shown: facts.shown.clone(),
        indicators: History::default(),
    }
}

/// Rows of one history are never twice the same, so some of them are not either.
fn history<'r, T: crate::facts::Fact + Clone + 'r>(rows: impl Iterator<Item = &'r Row<T>>) -> History<T> {
    History::new(rows.cloned().collect()).unwrap_or_default()
}
