//! The dates of fixed and measured charges, of the contract or of a participant (mechanisms 3.5, 5.2).

use super::gate::Bench;
use super::own::Own;
use super::reckoning::CountedFrom;
use super::sheet::Sheet;
use super::tie::{Loose, tie};
use crate::charge::dates::After;
use crate::charge::{Charge, Dates, Mechanism, Unit};
use crate::contract::Contract;
use crate::measure::day::Day;
use crate::timeline::outcome::{Anchor, Length};

/// The dates of a charge up to a day: of the contract, or of a participant from its anchor.
pub(super) fn dates(
    contract: &Contract,
    charge: &Charge,
    own: Option<(&Own<'_>, Option<Day>)>,
    until: Day,
) -> Vec<(Unit, Day)> {
    let Some(dates) = charge.mechanism.dates() else { return Vec::new() };
    let regular = || dates.until(contract.term(), until).into_iter().map(|date| (Unit::Date(date), date)).collect();
    let Some((own, anchor)) = own else { return regular() };
    let mut all: Vec<(Unit, Day)> = match dates {
        Dates::On(_) | Dates::Every(_) => regular(),
        Dates::After(After { length: Length::Days(days), .. }) => {
            anchor.map(|anchor| (Unit::Step(1), anchor.plus_days(i64::from(*days)))).into_iter().collect()
        }
        Dates::After(After { length: Length::Months(months), .. }) => {
            anchor.map(|anchor| (Unit::Step(1), anchor.plus_months(*months))).into_iter().collect()
        }
    };
    let terms = own.known.terms;
    let fixed = matches!(charge.mechanism, Mechanism::Fixed(_));
    let last = if fixed { terms.eligible_until.unwrap_or(contract.ends).min(contract.ends) } else { until };
    all.retain(|(_, date)| {
        let begun = terms.enrolled_on <= *date && (!fixed || contract.starts <= *date);
        begun && *date <= last.min(until)
    });
    all
}

/// From what the date of a participant's own is counted.
pub(super) fn counted_from(charge: &Charge, anchor: Option<Day>) -> Option<CountedFrom> {
    let Some(Dates::After(after)) = charge.mechanism.dates() else { return None };
    Some(CountedFrom { from: after.from.clone(), on: anchor?, length: after.length })
}

/// Of each charge the day from which the dates of the participant's own count: enrolment, the first placement, or the day on which
/// it reached a step of another (mechanisms 3.5).
pub(super) fn anchors(bench: Bench<'_>, own: &Own<'_>, sheets: &[Sheet]) -> Vec<Option<Day>> {
    let contract = bench.at.contract;
    let follows = |charge: &Charge| charge.mechanism.dates().is_some_and(|dates| dates.follows().is_some());
    let loose = Loose { contract, bench, sheets, others: &|_| None };
    let tied = if contract.charges.iter().any(follows) { tie(&loose) } else { Vec::new() };
    let anchor = |charge: &Charge| match charge.mechanism.dates() {
        Some(Dates::After(After { from: Anchor::Enrolment, .. })) => Some(own.known.terms.enrolled_on),
        Some(Dates::After(After { from: Anchor::Placement, .. })) => {
            own.known.placements.iter().map(|placement| placement.terms.placed_on).min()
        }
        Some(Dates::After(After { from: Anchor::Charge { charge: id, step }, .. })) => {
            let place = contract.charges.iter().position(|known| known.id == *id)?;
            let mine = tied.iter().filter(|sheet| usize::from(sheet.charge) == place && sheet.unit == Unit::Step(*step));
            mine.filter(|sheet| sheet.is_reached()).map(Sheet::reached_on).min()
        }
        _ => None,
    };
    contract.charges.iter().map(anchor).collect()
}
