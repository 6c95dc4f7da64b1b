//! Suspensions that no gate asks about, and checks of samples that no figure asks for (mechanisms 9.1, 12).

use super::View;
use crate::charge::Gate;
use crate::measure::diagnostic::{Code, Diagnostic};

pub(super) fn look(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    unasked(view, found);
    unnamed(view, found);
}

/// A suspension does nothing by itself: a gate says what stops.
fn unasked(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    if view.whole.all().flat_map(|version| &version.gates).any(Gate::asks_for_suspensions) {
        return;
    }
    let all = &view.facts.suspensions;
    for (row, _) in (0..all.len()).filter_map(|nth| all.known(nth, view.known_on)) {
        let message = format!("suspension `{}` stops nothing: no gate of the contract asks for suspensions", row.id);
        let help = "let a `[[gate]]` test `suspended`, and name it in the `requires` of what stops";
        found.push(Diagnostic::new(Code::SuspensionUnasked, row.place("first_day"), message).help(help));
    }
}

fn unnamed(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.validations;
    for (row, terms) in (0..all.len()).filter_map(|nth| all.known(nth, view.known_on)) {
        let mut figures = view.whole.all().flat_map(|version| &version.figures);
        if figures.any(|figure| figure.form.sample() == Some(&terms.sample)) {
            continue;
        }
        let message =
            format!("check `{}` is of sample `{}`, which no figure of the contract asks for", row.id, terms.sample);
        let help = "nothing rests on it; correct the name, or add a `[[figure]]` to the contract";
        found.push(Diagnostic::new(Code::SampleUnnamed, row.place("sample"), message).help(help));
    }
}
