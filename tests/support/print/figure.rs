//! The keys of a figure.

use super::node::{Key, Node, count, decimal, keys, maybe, text, texts};
use crate::support::programme::*;

pub fn figure(figure: &Figure) -> Vec<Key> {
    let mut all = keys([("id", text(&figure.id))]);
    match &figure.form {
        Form::Metric { metric, cohort, window } => {
            let of = [("metric", text(metric)), ("cohort", maybe(cohort.as_ref())), ("window", figure_window(*window))];
            all.extend(keys(of));
        }
        Form::Granted { charges, window } => {
            all.extend(keys([("granted", Some(texts(charges))), ("window", figure_window(*window))]));
        }
        Form::Sample(sample) => all.extend(keys([("sample", text(sample))])),
        Form::Value(value) => all.extend(keys([("value", text(value))])),
        Form::Compare { of, with, by } => {
            let by = match by {
                Comparison::Difference => "difference",
                Comparison::Ratio => "ratio",
                Comparison::Percent => "percent",
                Comparison::PercentChange => "percent-change",
                Comparison::PercentFall => "percent-fall",
            };
            all.extend(keys([("compare", text(of)), ("with", text(with)), ("by", text(by))]));
        }
        Form::Sum(parts) => {
            let weight = |weight: &Option<String>| weight.as_deref().map(decimal);
            let part = |(figure, of): &(String, Option<String>)| {
                Node::Inline(keys([("figure", text(figure)), ("weight", weight(of))]))
            };
            all.extend(keys([("sum", Some(Node::List(parts.iter().map(part).collect())))]));
        }
    }
    all.extend(keys([("decimals", count(figure.decimals.map(i64::from)))]));
    all
}

fn figure_window(window: FigureWindow) -> Option<Node> {
    match window {
        FigureWindow::Total => None,
        FigureWindow::CalendarYear => text("calendar-year"),
        FigureWindow::SinceLast => text("since-last"),
    }
}
