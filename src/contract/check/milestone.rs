//! The keys of milestones (mechanisms 3.3), and steps that are never reached.

use super::Findings;
use super::coverage::Card;
use super::occasion::shortest;
use crate::charge::milestone::Mode;
use crate::charge::{Charge, Milestone};
use crate::contract::terms::Contract;
use crate::measure::day::Span;
use crate::measure::diagnostic::{Code, quote};
use crate::timeline::outcome::{Length, Outcome};
use crate::timeline::payroll::Tallied;
use crate::timeline::tally::Needed;
use rust_decimal::Decimal;

/// Which keys go together (mechanisms 3.3).
pub(super) fn keys(path: &str, terms: &Milestone, found: &mut Findings) {
    let months = |needed: Needed| matches!(needed, Needed::Time(Length::Months(_)));
    let cumulative = terms.mode == Mode::Cumulative;
    let mut odd = |key: &str, message: &str, help: &str| {
        let finding = found.say(Code::MilestoneKeys, &format!("{path}.{key}"), message).help(help);
        finding.rests(format!("{path}.mode")).rests(format!("{path}.after")).rests(format!("{path}.then"));
    };
    if terms.within.is_some() && !cumulative {
        odd(
            "within",
            "`within` goes with `mode = \"cumulative\"` only",
            "a run has no gaps but those that the outcome bridges",
        );
    } else if terms.within.is_some() && terms.then.is_some() {
        odd(
            "within",
            "`within` does not go with `then`",
            "write the further steps as charges of their own, or use `repeat`",
        );
    } else if terms.within.is_some_and(|within| months(terms.after) && !months(within.into())) {
        odd("within", "`within` is not in months, as `after` is", "write both in months: they are calendar months then");
    }
    if terms.repeat > 0 && terms.then.is_some() {
        odd("repeat", "`repeat` does not go with `then`", "`then` counts on, `repeat` counts anew: keep one of them");
    }
    if terms.mode == Mode::OnDay && (terms.repeat > 0 || terms.then.is_some()) {
        let key = if terms.repeat > 0 { "repeat" } else { "then" };
        odd(key, "with `mode = \"on-day\"` there is one step only", "write further days as charges of their own");
    }
    if terms.min_days.is_some() && !(cumulative && months(terms.after)) {
        let help = "without it each day counts by itself";
        odd("min_days", "`min_days` goes with `mode = \"cumulative\"` and `after` in months only", help);
    }
    ranges(path, terms, found);
}

/// So many hours, or so much earned (mechanisms 3.3).
pub(super) fn sum(
    path: &str,
    mode: Mode,
    outcome: Option<&Outcome>,
    (what, least): (Tallied, Decimal),
    found: &mut Findings,
) {
    let key = match what {
        Tallied::Hours => format!("{path}.after.hours"),
        Tallied::Earnings => format!("{path}.after.earnings"),
    };
    if mode != Mode::Cumulative {
        let message = "hours and earnings come together only with `mode = \"cumulative\"`";
        let help = "write `mode = \"cumulative\"`, or a length of time";
        found.say(Code::StepLengths, &key, message).help(help).rests(format!("{path}.mode"));
    }
    if least.is_zero() {
        let name = key.rsplit('.').next().unwrap_or_default();
        found.say(Code::CountRange, &key, format!("`{name}` is 0")).help("it is above 0");
    }
    if what == Tallied::Earnings {
        earnings_of_spells(&key, outcome, found);
    }
}

/// Only reports of paid hours say what was earned (mechanisms 3.3).
pub(super) fn earnings_of_spells(path: &str, outcome: Option<&Outcome>, found: &mut Findings) {
    let Some(outcome) = outcome.filter(|outcome| outcome.payroll.is_none()) else { return };
    let message = format!("the outcome {} looks at spells, which say nothing of earnings", quote(outcome.id.as_str()));
    let help = "write `source = \"payroll\"` in the outcome, or count hours";
    let finding = found.say(Code::EarningsOfSpells, path, message).help(help);
    finding.rests("outcome").rests("payroll");
}

fn ranges(path: &str, terms: &Milestone, found: &mut Findings) {
    if let Some(Length::Days(count) | Length::Months(count)) = terms.within {
        found.at_least_1(&format!("{path}.within"), count);
    }
    if terms.repeat > 98 {
        let message = format!("`repeat` is {}", terms.repeat);
        found.say(Code::CountRange, &format!("{path}.repeat"), message).help("there are 1 to 98 further steps");
    }
    let Some(min_days) = terms.min_days else { return };
    let key = format!("{path}.min_days");
    found.at_least_1(&key, min_days);
    if min_days > 31 {
        let message = format!("`min_days` is {min_days}, more than a month has");
        found.say(Code::CountRange, &key, message).help("it is 1 to 31");
    } else if min_days > 28 {
        let message = format!("`min_days` is {min_days}, more than a February has");
        found.say(Code::MinDaysAbove28, &key, message).help("with 28 a February can count too");
    }
}

/// A step longer than the term or the window, or than what is looked at for it, is never reached, nor is one for which the days of
/// enrolment leave no time: one finding, for the first such step.
pub(super) fn unreachable_step(contract: &Contract, path: &str, charge: &Charge, terms: &Milestone, found: &mut Findings) {
    let outcome = contract.outcome(&terms.outcome);
    let window = outcome.and_then(|outcome| outcome.window.as_ref()).map(|window| window.length);
    let card = Card::new(contract, charge);
    for step in 1..=terms.last_step().min(99) {
        let Some(length) = shortest(terms, step, outcome) else { return };
        // The one day so long after the anchor is the first that a window as long no longer has; when the anchor is, is open.
        let on_day = terms.mode == Mode::OnDay;
        let too_long = if !on_day && beyond_term(contract, length) {
            "it is longer than the contract's term".to_owned()
        } else if window.is_some_and(|window| longer(length, window) || (on_day && length == window)) {
            "it is longer than the outcome's window".to_owned()
        } else if terms.within.is_some_and(|within| beyond_reach(terms, outcome, within)) {
            "it is longer than `within`".to_owned()
        } else if card.as_ref().is_some_and(|card| card.never_reached(step)) {
            let Span { first, last } = contract.enrolment();
            format!(
                "citizens enrol from {first} to {last}, which leaves it no time before the window or the contract is over"
            )
        } else {
            continue;
        };
        let message = format!("step {step} can never be reached: {too_long}");
        let help = "shorten the milestone, or ask for fewer steps";
        let key = match (step, terms.then) {
            (1, _) => "after",
            (_, Some(_)) => "then",
            (_, None) => "repeat",
        };
        let finding = found.say(Code::StepNever, &format!("{path}.{key}"), message);
        finding.help(help).rests(format!("{path}.after")).rests(format!("{path}.mode")).rests(format!("{path}.within"));
        finding.rests("cohort").rests("starts").rests("ends").rests(format!("{path}.outcome")).rests("outcome");
        return;
    }
}

/// Whether more is needed than can lie within reach of one day.
fn beyond_reach(terms: &Milestone, outcome: Option<&Outcome>, within: Length) -> bool {
    let needed = match terms.after {
        Needed::Time(after) => Some(after),
        Needed::Sum(..) => shortest(terms, 1, outcome),
    };
    needed.is_some_and(|needed| longer(needed, within))
}

/// Whether a length that begins with the term goes beyond it.
fn beyond_term(contract: &Contract, length: Length) -> bool {
    let last = match length {
        Length::Days(days) => contract.starts.plus_days(i64::from(days)),
        Length::Months(months) => contract.starts.plus_months(months),
    };
    contract.starts <= contract.ends && last.previous() > contract.ends
}

/// Whether one length is longer than another, whatever day they begin on.
fn longer(one: Length, other: Length) -> bool {
    match (one, other) {
        (Length::Days(one), Length::Days(other)) | (Length::Months(one), Length::Months(other)) => one > other,
        (Length::Days(days), Length::Months(months)) => u64::from(days) > u64::from(months) * 31,
        (Length::Months(months), Length::Days(days)) => u64::from(months) * 28 > u64::from(days),
    }
}
