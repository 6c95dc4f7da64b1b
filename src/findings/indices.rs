//! Indices that are not known: what follows them waits (mechanisms 7.2).

use super::View;
use crate::charge::Indices;
use crate::charge::adjust::By;
use crate::facts::{Fact, Measurement};
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use std::collections::BTreeSet;

/// One notice for each index and month whose measurement is not known though a year (quarter, month) has begun by the last
/// settled day that follows it.
pub(super) fn look(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let (contract, Some(last)) = (view.contract, view.settled.last()) else { return };
    let until = last.days.last.min(contract.ends);
    let indices = Indices::new(&contract.indices, view.facts, view.known_on);
    let followed = |index: &&crate::charge::Index| {
        let rows = contract.charges.iter().flat_map(|charge| &charge.adjust);
        rows.filter_map(|row| row.by.as_ref()).any(|by| *by == By::Index(index.id.clone()))
    };
    for index in contract.indices.iter().filter(followed) {
        let mut missing = BTreeSet::new();
        let mut day = contract.starts;
        while day <= until {
            let months = [index.base, index.month(day)];
            missing.extend(months.into_iter().filter(|month| !indices.knows(&index.id, *month)));
            day = index.every.last_day(day).next();
        }
        for month in missing {
            let message = format!("index `{}` is not known for {month}: what follows it waits", index.id);
            let help = format!(
                "a measurement of metric `{}` whose first and last day are the month's makes it known; the next settlement asks again",
                index.metric
            );
            let place = Place { field: Some("metric".to_owned()), ..Place::file(Measurement::FILE) };
            found.push(Diagnostic::new(Code::IndexNotKnown, place, message).help(help));
        }
    }
}
