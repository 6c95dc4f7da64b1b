//! Figures that are not known, and measurements that nobody asks for (mechanisms 5.3, 12).

use super::View;
use crate::charge::conditions::Of;
use crate::charge::measured::By;
use crate::charge::{Clause, Indices, Mechanism, Reading};
use crate::entitlement::{Asker, Assessment, Plan, Readings, census, cohort};
use crate::facts::roster::Roster;
use crate::facts::{Benefit, Fact, Measurement};
use crate::figure::Form;
use crate::ledger::settle::last_readings;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use crate::measure::id::Id;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn look(view: &View<'_>, plan: &Plan<'_>, roster: &Roster<'_>, found: &mut Vec<Diagnostic>) {
    let Some(last) = view.settled.last() else { return };
    let adds = census::of_all(plan, roster, view.known_on);
    let asker = Asker { adds: &adds, roster, known_on: view.known_on, last: last.days.last };
    let readings = if plan.at_their_turn.is_empty() {
        Readings::new(plan, &asker)
    } else {
        last_readings(view.whole, view.facts, view.known_on)
    };
    not_known(view, readings.unknown.iter().copied(), None, found);
    let indices = Arc::new(Indices::new(&view.contract.indices, view.facts, view.known_on));
    let by = By { of: Of::Contract, indices: &indices };
    for clause in &plan.clauses {
        too_large(plan, clause, (readings.of(clause.number), by), None, found);
    }
    if plan.measures_each() {
        of_participants(view, plan, &asker, &indices, found);
    }
    unnamed(view, found);
}

/// The same of what is measured of each participant (mechanisms 5.2).
fn of_participants(
    view: &View<'_>,
    plan: &Plan<'_>,
    asker: &Asker<'_>,
    indices: &Arc<Indices>,
    found: &mut Vec<Diagnostic>,
) {
    let admitted = cohort::admitted(view.contract, view.facts, view.known_on);
    for (number, _) in admitted.iter().enumerate().filter(|(_, yes)| **yes) {
        let Some(known) = asker.roster.known(number, view.known_on) else { continue };
        let assessment = Assessment::new(plan, &known, indices, Some(asker));
        not_known(view, assessment.unknown(), Some(known.id), found);
        let by = By { of: Of::Participant(known.terms), indices };
        for clause in plan.dated.iter().filter_map(|number| plan.clause(*number)) {
            too_large(plan, clause, (assessment.readings(clause.number), by), Some(known.id), found);
        }
    }
}

/// Whose a charge is, where it is a participant's.
fn whose(id: Option<&Id>) -> String {
    id.map(|id| format!(" of participant `{id}`")).unwrap_or_default()
}

/// An amount that is too large to be settled: some value must be wrong.
fn too_large(
    plan: &Plan<'_>,
    clause: &Clause<'_>,
    (readings, by): (&[Reading], By<'_>),
    of: Option<&Id>,
    found: &mut Vec<Diagnostic>,
) {
    let Mechanism::Measured(terms) = &clause.charge.mechanism else { return };
    let too_large = |reading: &&Reading| terms.owed(clause, reading, by).is_none() && !terms.waits(clause, reading, by);
    for reading in readings.iter().filter(too_large) {
        let named = reading.seen.iter().take(terms.figures().count());
        let values: Vec<String> = named.map(|(_, seen)| seen.value.to_string()).collect();
        let message = format!(
            "charge `{}`{} owes nothing on {}: an amount worked out from {} would have more than 18 digits",
            clause.charge.id,
            whose(of),
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

/// One notice for each charge and figure, with all the dates on which it was not known by the last cut-off.
fn not_known(view: &View<'_>, unknown: impl Iterator<Item = (u16, u16, Day)>, of: Option<&Id>, found: &mut Vec<Diagnostic>) {
    let mut dates: BTreeMap<(u16, u16), BTreeSet<Day>> = BTreeMap::new();
    for (charge, figure, on) in unknown {
        dates.entry((charge, figure)).or_default().insert(on);
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
        let message =
            format!("charge `{}`{} owes nothing {when}: figure `{}` is not known", charge.id, whose(of), figure.id);
        let help = match &figure.form {
            Form::Metric(metric) => {
                let cohort = metric.cohort.as_ref().map(|cohort| format!(" and cohort `{cohort}`")).unwrap_or_default();
                let metric = &metric.metric;
                let own = of.filter(|_| figure.form.is_own()).map(|id| format!(" and participant `{id}`"));
                let own = own.unwrap_or_default();
                format!(
                    "a measurement of metric `{metric}`{cohort}{own} with its last day by then makes it known; the next settlement asks again"
                )
            }
            Form::Compare(compare) => format!("figure `{}` is 0 there, and nothing can be divided by 0", compare.with),
            Form::Sample(sample) => {
                format!("a check of sample `{}` makes it known; the next settlement asks again", sample.sample)
            }
            Form::Saving(_) => {
                "the saving of a week is not known: a warning names what is missing; the next settlement asks again"
                    .to_owned()
            }
            Form::Goal(terms) => {
                format!("the `targets.csv` of `effekt statement` tells how the goal `{}` stands", terms.goal)
            }
            Form::Count(_) | Form::Granted(_) | Form::Places(_) => String::new(),
            Form::Sum(_) | Form::Tally(_) | Form::Value(_) => String::new(),
        };
        let place = match &figure.form {
            Form::Saving(_) => Place::file(Benefit::FILE),
            _ => Place { field: Some("metric".to_owned()), ..Place::file(Measurement::FILE) },
        };
        found.push(Diagnostic::new(Code::FigureNotKnown, place, message).help(help));
    }
}

/// A measurement whose metric and cohort no figure of the contract names.
fn unnamed(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.measurements;
    for (row, terms) in (0..all.len()).filter_map(|number| all.known(number, view.known_on)) {
        let metrics = || view.whole.all().flat_map(|version| &version.figures).filter_map(|figure| figure.form.metric());
        let mut indices = view.whole.all().flat_map(|version| &version.indices);
        let nobodys = terms.cohort.is_none() && terms.participant.is_none();
        let followed = indices.any(|index| index.metric == terms.metric && nobodys);
        if followed || metrics().any(|metric| metric.covers(terms)) {
            continue;
        }
        let metric = metrics().any(|metric| metric.metric == terms.metric);
        let cohort = metrics().any(|metric| metric.metric == terms.metric && metric.cohort == terms.cohort);
        let (field, what) = match (&terms.cohort, metric) {
            _ if cohort => {
                let of = if terms.participant.is_some() { "of a participant" } else { "without a participant" };
                ("participant", format!("metric `{}` {of}", terms.metric))
            }
            (Some(cohort), true) => ("cohort", format!("metric `{}` of cohort `{cohort}`", terms.metric)),
            (None, true) => ("cohort", format!("metric `{}` without a cohort", terms.metric)),
            (_, false) => ("metric", format!("metric `{}`", terms.metric)),
        };
        let message = format!("measurement `{}` is of {what}, which no figure of the contract asks for", row.id);
        let help = "nothing rests on it; correct the name, or add a `[[figure]]` to the contract";
        found.push(Diagnostic::new(Code::MetricUnnamed, row.place(field), message).help(help));
    }
}
