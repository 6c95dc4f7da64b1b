//! The keys of a figure.

use super::charge::{of_participants, valid};
use super::goal::asked;
use super::node::{Key, Node, count, decimal, keys, maybe, text, texts};
use crate::support::programme::*;

pub fn figure(figure: &Figure) -> Vec<Key> {
    let mut all = keys([("id", text(&figure.id))]);
    match &figure.form {
        Form::Metric { metric, cohort, window, per_participant } => {
            let (window, per) = (figure_window(*window), of_participants(*per_participant));
            let cohort = maybe(cohort.as_ref());
            all.extend(keys([("metric", text(metric)), ("cohort", cohort), ("window", window), ("per", per)]));
        }
        Form::Count { of, among: who, window } => {
            all.extend(count_keys(of));
            all.extend(among(who));
            all.extend(keys([("window", figure_window(*window))]));
        }
        Form::Tally { outcome, among: who, window, per_participant } => {
            all.extend(keys([("tally", text("days")), ("outcome", text(outcome))]));
            all.extend(among(who));
            all.extend(keys([("window", figure_window(*window)), ("per", of_participants(*per_participant))]));
        }
        Form::Granted { charges, window } => {
            all.extend(keys([("granted", Some(texts(charges))), ("window", figure_window(*window))]));
        }
        Form::Saving { of, among: who, window, per_participant } => {
            let of = match of {
                Saved::Net => "net",
                Saved::Gross => "gross",
                Saved::Weeks => "weeks",
            };
            all.extend(keys([("saving", text(of))]));
            all.extend(among(who));
            all.extend(keys([("window", figure_window(*window)), ("per", of_participants(*per_participant))]));
        }
        Form::Goal { goal, by } => all.extend(asked(goal, *by)),
        Form::Places { of, by, centre, outcome, among: who, window } => {
            all.extend(places(*of, *by));
            all.extend(keys([("centre", maybe(centre.as_ref())), ("outcome", maybe(outcome.as_ref()))]));
            all.extend(among(who));
            all.extend(keys([("window", figure_window(*window))]));
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

/// The keys that choose among participants.
fn among(among: &Among) -> Vec<Key> {
    let enrolled = among.enrolled.map(|(from, until)| valid(from, until));
    keys([
        ("target_groups", among.target_groups.as_deref().map(texts)),
        ("traits", among.traits.as_deref().map(texts)),
        ("enrolled", enrolled),
    ])
}

fn count_keys(of: &Counted) -> Vec<Key> {
    let (count_of, charge, step) = match of {
        Counted::Participants => ("participants", None, None),
        Counted::Companies => ("companies", None, None),
        Counted::Reached { charge, step } => ("reached", text(charge), *step),
        Counted::Units { charge } => ("units", text(charge), None),
    };
    keys([("count", text(count_of)), ("charge", charge), ("step", count(step))])
}

/// `days` is what is meant where nothing is said.
fn places(of: Seats, by: PlacesBy) -> Vec<Key> {
    let of = match of {
        Seats::Available => "available",
        Seats::Centres => "centres",
        Seats::Occupied => "occupied",
    };
    let by = match by {
        PlacesBy::Days => None,
        PlacesBy::Months => text("months"),
        PlacesBy::LastDay => text("last-day"),
    };
    keys([("places", text(of)), ("by", by)])
}
