//! Measured charges: their figures, dates and digits (mechanisms 2.4, 5.2).

use super::dates::own_dates;
use super::{Finding, Findings, bands, digits, granted, listed};
use crate::charge::{Charge, Dates, Measured};
use crate::contract::calendar::Calendar;
use crate::contract::terms::Contract;
use crate::figure::{Figure, Window};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use std::collections::BTreeSet;

pub(super) fn check(contract: &Contract, path: &str, charge: &Charge, terms: &Measured, found: &mut Findings) {
    let times = terms.times.iter().enumerate().map(|(nth, id)| (format!("{path}.times[{nth}]"), id));
    for (path_of_figure, id) in std::iter::once((format!("{path}.figure"), &terms.figure)).chain(times) {
        named(contract, &path_of_figure, id, found);
        if !terms.per_participant {
            of_everybody(contract, &path_of_figure, id, found).iter_mut().for_each(|finding| {
                finding.rests(format!("{path}.per"));
            });
        }
        not_granted(contract, path, (&path_of_figure, id), terms, found);
    }
    own_dates(contract, path, charge, &terms.dates, found);
    if terms.cumulative {
        windows(contract, path, terms, found);
    }
    if let Dates::On(dates) = &terms.dates {
        days(contract, path, dates, found);
    }
    bands::check(contract, path, terms, charge.owed_by, found);
    digits::measured(contract, path, charge, terms, found);
    granted::turns(contract, path, charge, terms, found);
}

/// What is granted is asked once for the contract, each date by itself (mechanisms 4.1).
fn not_granted(contract: &Contract, path: &str, (key, id): (&str, &Id), terms: &Measured, found: &mut Findings) {
    let each = ("no participant can be asked for it", "leave `per` out, or ask what is measured, counted or tallied");
    let whole = ("no running total can be made of it", "it is one already: leave `cumulative` out");
    for (given, word, why) in [(terms.per_participant, "per", each), (terms.cumulative, "cumulative", whole)] {
        if given {
            granted::not_yet(contract, key, id, why, found).into_iter().for_each(|finding| {
                finding.rests(format!("{path}.{word}"));
            });
        }
    }
}

pub(super) fn named(contract: &Contract, path: &str, id: &Id, found: &mut Findings) {
    if contract.figure(id).is_none() {
        let message = format!("the contract has no figure {}", quote(id.as_str()));
        let known = listed(contract.figures.iter().map(|figure| figure.id.as_str()));
        let help = if known.is_empty() { "add a `[[figure]]`".to_owned() } else { format!("its figures are {known}") };
        found.say(Code::UnknownName, path, message).help(help).rests("figure[*].id");
    }
}

/// A figure that no participant has for itself (mechanisms 4.3).
pub(super) fn of_everybody<'f>(
    contract: &Contract,
    path: &str,
    id: &Id,
    found: &'f mut Findings,
) -> Option<&'f mut Finding> {
    let parts = contract.named().with_parts([id]);
    let own = |figure: &&Figure| figure.form.is_own() && parts.contains(&figure.id);
    let own = contract.figures.iter().find(own)?;
    let message = match own.id == *id {
        true => format!("the figure {} is each participant's own", quote(id.as_str())),
        false => format!(
            "the figure {} is made of {}, which is each participant's own",
            quote(id.as_str()),
            quote(own.id.as_str())
        ),
    };
    let help =
        "it is asked by charges with `per = \"participant\"` only; leave `per` out in the figure to ask it of all together";
    Some(found.say(Code::OwnFigure, path, message).help(help).rests("figure"))
}

/// What is measured of everything so far sets the figures' own windows aside (mechanisms 5.4); those of what a goal asks for it
/// cannot, for a goal stands in one way, whoever asks (goals 3).
fn windows(contract: &Contract, path: &str, terms: &Measured, found: &mut Findings) {
    let named = contract.named();
    let asked = named.with_parts(terms.figures());
    let goals = asked.iter().filter_map(|id| Some(named.find(id)?.1)).filter(|figure| figure.form.goal().is_some());
    let of_goals = named.with_parts(goals.flat_map(|figure| named.parts(&figure.form)));
    let shorter = |figure: &&Figure| figure.form.window().is_some_and(|window| window != Window::Total);
    let shorter_of = |ids: &BTreeSet<&Id>| contract.figures.iter().filter(|figure| ids.contains(&figure.id)).find(shorter);
    if let Some(figure) = shorter_of(&of_goals) {
        let message = format!(
            "`cumulative` asks for everything so far, and a goal asks the figure {} for the days of its `window`",
            quote(figure.id.as_str())
        );
        let help = "leave `cumulative` out, or the figure's `window`: a goal stands in one way, whoever asks";
        found.say(Code::GoalSoFar, &format!("{path}.cumulative"), message).help(help).rests("figure").rests("goal");
    } else if let Some(figure) = shorter_of(&asked) {
        let message = format!(
            "`cumulative` asks the figure {} for everything so far: its own `window` has no say here",
            quote(figure.id.as_str())
        );
        let help = "leave `cumulative` out to pay for each window by itself, or the figure's `window`";
        found.say(Code::WindowSetAside, &format!("{path}.cumulative"), message).help(help).rests("figure");
    }
}

/// The dates lie in the term or its tail periods, and none is named twice.
pub(super) fn days(contract: &Contract, path: &str, dates: &[Day], found: &mut Findings) {
    if dates.is_empty() {
        found.say(Code::EmptyList, &format!("{path}.on"), "`on` is an empty list").help("name at least one date");
    }
    let term = contract.term();
    if term.first > term.last {
        return;
    }
    let whole = Calendar::with_tail(contract);
    let mut seen = BTreeSet::new();
    for (nth, day) in dates.iter().enumerate() {
        let path_of_day = format!("{path}.on[{nth}]");
        if *day < whole.first {
            let message = format!("the date {day} lies before the contract's first day");
            let help = format!("the contract starts on {}", whole.first);
            found.say(Code::FixedDate, &path_of_day, message).help(help).rests("starts").rests("ends");
        } else if *day > whole.last {
            let message = format!("the date {day} lies after the contract's last period, so that it is never settled");
            let help = format!("the last period ends on {}; add `tail_periods`, or correct the date", whole.last);
            let finding = found.say(Code::DateAfterTail, &path_of_day, message).help(help);
            finding.rests("ends").rests("settlement").rests("starts");
        } else if !seen.insert(*day) {
            let message = format!("the date {day} is named twice");
            let help = match path.starts_with("gate") {
                true => "remove one of the two",
                false => "remove one of the two; what falls due twice on a day is a charge of its own",
            };
            found.say(Code::FixedDate, &path_of_day, message).help(help).rests(format!("{path}.on"));
        }
    }
}
