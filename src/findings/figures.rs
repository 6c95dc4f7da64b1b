//! Figures that are not known, and measurements that nobody asks for (mechanisms 5.3, 12).

use super::View;
use crate::charge::{Indices, Mechanism, Reading};
use crate::entitlement::{Plan, Readings};
use crate::facts::{Fact, Measurement};
use crate::figure::Form;
use crate::ledger::settle::last_readings;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn look(view: &View<'_>, plan: &Plan<'_>, found: &mut Vec<Diagnostic>) {
    let Some(last) = view.settled.last() else { return };
    let readings = if plan.at_their_turn.is_empty() {
        Readings::new(plan, view.known_on, last.days.last)
    } else {
        last_readings(view.whole, view.facts, view.known_on)
    };
    not_known(view, &readings, found);
    let indices = Indices::new(&view.contract.indices, view.facts, view.known_on);
    too_large(plan, &readings, &indices, found);
    unnamed(view, found);
}

/// An amount that is too large to be settled: some value must be wrong.
fn too_large(plan: &Plan<'_>, readings: &Readings, indices: &Indices, found: &mut Vec<Diagnostic>) {
    for clause in &plan.clauses {
        let Mechanism::Measured(terms) = &clause.charge.mechanism else { continue };
        let too_large =
            |reading: &&Reading| terms.owed(clause, reading, indices).is_none() && !terms.waits(clause, reading, indices);
        for reading in readings.of(clause.number).iter().filter(too_large) {
            let named = reading.seen.iter().take(terms.figures().count());
            let values: Vec<String> = named.map(|(_, seen)| seen.value.to_string()).collect();
            let message = format!(
                "charge `{}` owes nothing on {}: an amount worked out from {} would have more than 18 digits",
                clause.charge.id,
                reading.on,
                values.join(" and ")
            );
            let measurement = reading.seen.iter().find_map(|(_, seen)| seen.measurement);
            let rows = measurement.map(|number| plan.facts.measurements.rows_of(number as usize)).unwrap_or_default();
            let place = rows.last().map_or(Place::file(Measurement::FILE), |row| row.place("value"));
            let help = "correct the value; the next settlement works it out again";
            found.push(Diagnostic::new(Code::AmountTooLarge, place, message).help(help));
        }
    }
}

/// One notice for each charge and figure, with all the dates on which it was not known by the last cut-off.
fn not_known(view: &View<'_>, readings: &Readings, found: &mut Vec<Diagnostic>) {
    let mut dates: BTreeMap<(u16, u16), BTreeSet<Day>> = BTreeMap::new();
    for (charge, figure, on) in &readings.unknown {
        dates.entry((*charge, *figure)).or_default().insert(*on);
    }
    let contract = view.contract;
    for ((charge, figure), dates) in dates {
        let charge = contract.charges.get(usize::from(charge));
        let figure = contract.figures.get(usize::from(figure));
        let (Some(charge), Some(figure), Some(first)) = (charge, figure, dates.first()) else { continue };
        let when = match (dates.len(), dates.last()) {
            (2.., Some(last)) => format!("on {} dates from {first} to {last}", dates.len()),
            _ => format!("on {first}"),
        };
        let message = format!("charge `{}` owes nothing {when}: figure `{}` is not known", charge.id, figure.id);
        let help = match &figure.form {
            Form::Metric(metric) => {
                let cohort = metric.cohort.as_ref().map(|cohort| format!(" and cohort `{cohort}`")).unwrap_or_default();
                let metric = &metric.metric;
                format!(
                    "a measurement of metric `{metric}`{cohort} with its last day by then makes it known; the next settlement asks again"
                )
            }
            Form::Compare(compare) => format!("figure `{}` is 0 there, and nothing can be divided by 0", compare.with),
            Form::Sample(sample) => {
                format!("a check of sample `{}` makes it known; the next settlement asks again", sample.sample)
            }
            Form::Granted(_) | Form::Sum(_) | Form::Value(_) => String::new(),
        };
        let place = Place { field: Some("metric".to_owned()), ..Place::file(Measurement::FILE) };
        found.push(Diagnostic::new(Code::FigureNotKnown, place, message).help(help));
    }
}

/// A measurement whose metric and cohort no figure of the contract names.
fn unnamed(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.measurements;
    for (row, terms) in (0..all.len()).filter_map(|number| all.known(number, view.known_on)) {
        let metrics = || view.whole.all().flat_map(|version| &version.figures).filter_map(|figure| figure.form.metric());
        let mut indices = view.whole.all().flat_map(|version| &version.indices);
        let followed = indices.any(|index| index.metric == terms.metric && terms.cohort.is_none());
        if followed || metrics().any(|metric| metric.covers(terms)) {
            continue;
        }
        let metric = metrics().any(|metric| metric.metric == terms.metric);
        let (field, what) = match (&terms.cohort, metric) {
            (Some(cohort), true) => ("cohort", format!("metric `{}` of cohort `{cohort}`", terms.metric)),
            (None, true) => ("cohort", format!("metric `{}` without a cohort", terms.metric)),
            (_, false) => ("metric", format!("metric `{}`", terms.metric)),
        };
        let message = format!("measurement `{}` is of {what}, which no figure of the contract asks for", row.id);
        let help = "nothing rests on it; correct the name, or add a `[[figure]]` to the contract";
        found.push(Diagnostic::new(Code::MetricUnnamed, row.place(field), message).help(help));
    }
}
