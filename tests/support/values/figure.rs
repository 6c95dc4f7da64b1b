//! Figures as the library's values.

use super::{count, days, goal, id, ids, p, saving};
use effekt::figure::{
    self as figures, Among, Compare, Count, Counted, Figure, Form, Metric, Part, Sample, Sum, Tally, Value,
};
use effekt::measure::ratio::Ratio;

pub fn figure(terms: &p::Figure) -> Figure {
    let form = match &terms.form {
        p::Form::Metric { metric, cohort, window, per_participant } => Form::Metric(Metric {
            metric: id(metric),
            cohort: cohort.as_deref().map(id),
            window: figure_window(*window),
            per_participant: *per_participant,
        }),
        p::Form::Count { of, among: who, window } => {
            let of = match of {
                p::Counted::Participants => Counted::Participants,
                p::Counted::Companies => Counted::Companies,
                p::Counted::Reached { charge, step } => Counted::Reached { charge: id(charge), step: step.map(count) },
                p::Counted::Units { charge } => Counted::Units { charge: id(charge) },
            };
            Form::Count(Count { of, among: among(who), window: figure_window(*window) })
        }
        p::Form::Granted { charges, window } => {
            Form::Granted(figures::Granted { charges: ids(charges), window: figure_window(*window) })
        }
        p::Form::Tally { outcome, among: who, window, per_participant } => Form::Tally(Tally {
            of: figures::Tallied::Days,
            outcome: id(outcome),
            among: among(who),
            window: figure_window(*window),
            per_participant: *per_participant,
        }),
        p::Form::Saving { of, among: who, window, per_participant } => {
            Form::Saving(saving::figure(*of, (among(who), figure_window(*window), *per_participant)))
        }
        p::Form::Value(value) => Form::Value(Value { value: Ratio::parse(value).unwrap() }),
        p::Form::Compare { of, with, by } => {
            let by = match by {
                p::Comparison::Difference => figures::By::Difference,
                p::Comparison::Ratio => figures::By::Ratio,
                p::Comparison::Percent => figures::By::Percent,
                p::Comparison::PercentChange => figures::By::PercentChange,
                p::Comparison::PercentFall => figures::By::PercentFall,
            };
            Form::Compare(Compare { of: id(of), with: id(with), by })
        }
        p::Form::Goal { goal: of, by } => Form::Goal(goal::asked(of, *by)),
        p::Form::Places { of, by, centre, outcome, among: who, window } => Form::Places(figures::Places {
            of: goal::seats(*of),
            by: goal::per(*by),
            centre: centre.as_deref().map(id),
            outcome: outcome.as_deref().map(id),
            among: among(who),
            window: figure_window(*window),
        }),
        p::Form::Sample(sample) => Form::Sample(Sample { sample: id(sample) }),
        p::Form::Sum(parts) => {
            let weight = |weight: &Option<String>| Ratio::parse(weight.as_deref().unwrap_or("1")).unwrap();
            let part = |(figure, of): &(String, Option<String>)| Part { figure: id(figure), weight: weight(of) };
            Form::Sum(Sum { parts: parts.iter().map(part).collect() })
        }
    };
    Figure { id: id(&terms.id), form, decimals: terms.decimals }
}

fn figure_window(window: p::FigureWindow) -> figures::Window {
    match window {
        p::FigureWindow::Total => figures::Window::Total,
        p::FigureWindow::CalendarYear => figures::Window::CalendarYear,
        p::FigureWindow::SinceLast => figures::Window::SinceLast,
    }
}

fn among(terms: &p::Among) -> Among {
    Among {
        target_groups: terms.target_groups.as_deref().map(ids),
        traits: terms.traits.as_deref().map(ids),
        enrolled: terms.enrolled.map(days),
    }
}
