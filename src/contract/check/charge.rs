//! Charges, one function for each mechanism (rule 7), and the limits over them.

use super::{Findings, ids_twice, listed, measured, rates};
use crate::charge::fixed::FixedPer;
use crate::charge::milestone::Mode;
use crate::charge::period::Pay;
use crate::charge::{Charge, Fixed, Mechanism, Milestone, Period};
use crate::contract::limit::{Limit, Scope};
use crate::contract::terms::Contract;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::grid::Grid;
use crate::measure::id::Id;
use crate::timeline::outcome::{Length, Outcome};
use std::collections::BTreeSet;

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    if contract.charges.is_empty() {
        let help = "add a `[[charge]]` if something is to be paid";
        found.say(Code::NothingToPay, "charge", "the contract has no charges, so that nothing is ever paid").help(help);
    }
    ids_twice(found, "charge", contract.charges.iter().map(|charge| &charge.id));
    for (nth, charge) in contract.charges.iter().enumerate() {
        let path = format!("charge[{nth}]");
        let before = found.0.len();
        mechanism(contract, &path, charge, found);
        if !matches!(charge.mechanism, Mechanism::Measured(_)) {
            rates::check(contract, &path, charge, found);
        }
        for finding in found.0.iter_mut().skip(before) {
            finding.rests(format!("{path}.type"));
        }
    }
}

fn mechanism(contract: &Contract, path: &str, charge: &Charge, found: &mut Findings) {
    let outcome = charge.mechanism.outcome().and_then(|id| {
        let outcome = contract.outcome(id);
        if outcome.is_none() {
            unknown_outcome(contract, path, id, found);
        }
        outcome
    });
    match &charge.mechanism {
        Mechanism::Fixed(terms) => fixed(contract, path, charge, terms, found),
        Mechanism::Measured(terms) => measured::check(contract, path, terms, charge.owed_by, found),
        Mechanism::Milestone(terms) => milestone(contract, path, terms, outcome, found),
        Mechanism::Period(terms) => period(path, terms, outcome, found),
    }
}

fn unknown_outcome(contract: &Contract, path: &str, id: &Id, found: &mut Findings) {
    let message = format!("the contract has no outcome {}", quote(id.as_str()));
    let known = listed(contract.outcomes.iter().map(|outcome| outcome.id.as_str()));
    let help = if known.is_empty() { "add an `[[outcome]]`".to_owned() } else { format!("its outcomes are {known}") };
    found.say(Code::UnknownName, &format!("{path}.outcome"), message).help(help).rests("outcome[*].id");
}

/// Rule 7.1.
fn fixed(contract: &Contract, path: &str, charge: &Charge, terms: &Fixed, found: &mut Findings) {
    let term = contract.term();
    if terms.on.is_empty() {
        let help = "name at least one date";
        found.say(Code::EmptyList, &format!("{path}.on"), "`on` is an empty list").help(help);
    }
    let mut seen = BTreeSet::new();
    for (nth, day) in terms.on.iter().enumerate() {
        let path_of_day = format!("{path}.on[{nth}]");
        if !term.contains(*day) && term.first <= term.last {
            let message = format!("the date {day} lies outside the contract's term");
            let help = format!("the contract runs from {} to {}", term.first, term.last);
            found.say(Code::FixedDate, &path_of_day, message).help(help).rests("starts").rests("ends");
        } else if !seen.insert(*day) {
            let message = format!("the date {day} is named twice");
            let help = "remove one of the two; what falls due twice on a day is a charge of its own";
            found.say(Code::FixedDate, &path_of_day, message).help(help).rests(format!("{path}.on"));
        } else if !charge.rates.rows.iter().any(|row| row.valid.is_none_or(|valid| valid.contains(*day))) {
            let message = format!("no rate row applies on {day}, so that nothing is paid on it");
            let help = "widen the `valid` of a rate row, or remove the date";
            found.say(Code::DateWithoutRate, &path_of_day, message).help(help).rests(format!("{path}.rate"));
        }
    }
}

/// Rule 7.2.
fn milestone(contract: &Contract, path: &str, terms: &Milestone, outcome: Option<&Outcome>, found: &mut Findings) {
    let months = |length: Length| matches!(length, Length::Months(_));
    let length = |found: &mut Findings, key: &str, length: Length| match length {
        Length::Days(count) | Length::Months(count) => found.at_least_1(&format!("{path}.{key}"), count),
    };
    length(found, "after", terms.after);
    if terms.mode == Mode::Cumulative && months(terms.after) {
        let message = "a cumulative milestone counts days, so that its length cannot be in months";
        let help = "write it in days or weeks, or choose `mode = \"continuous\"`";
        found.say(Code::StepLengths, &format!("{path}.after"), message).help(help).rests(format!("{path}.mode"));
    }
    if let Some(then) = terms.then {
        length(found, "then.every", then.every);
        if months(then.every) != months(terms.after) {
            let message = "`after` and `then.every` are not in the same unit";
            let help = "write both in months, or both in days or weeks";
            found.say(Code::StepLengths, &format!("{path}.then.every"), message).help(help).rests(format!("{path}.after"));
        }
        if !(1..=98).contains(&then.times) {
            let message = format!("`times` is {}", then.times);
            let help = "there are 1 to 98 further steps";
            found.say(Code::CountRange, &format!("{path}.then.times"), message).help(help);
        }
    }
    unreachable_step(contract, path, terms, outcome, found);
}

/// A step longer than the term or the window is never reached: one finding, for the first such step.
fn unreachable_step(contract: &Contract, path: &str, terms: &Milestone, outcome: Option<&Outcome>, found: &mut Findings) {
    let steps = terms.then.map_or(0, |then| then.times.min(98));
    for step in 0..=steps {
        let every = terms.then.map_or(Length::Days(0), |then| then.every);
        let more = |every: u32| every.saturating_mul(step);
        let length = match (terms.after, every) {
            (Length::Months(after), Length::Months(every)) => Length::Months(after.saturating_add(more(every))),
            (Length::Days(after), Length::Days(every)) => Length::Days(after.saturating_add(more(every))),
            (after, _) if step == 0 => after,
            _ => return,
        };
        let too_long = if beyond_term(contract, length) {
            "the contract's term"
        } else if outcome.and_then(|outcome| outcome.window).is_some_and(|window| longer(length, window.length)) {
            "the outcome's window"
        } else {
            continue;
        };
        let message = format!("step {} can never be reached: it is longer than {too_long}", step + 1);
        let help = "shorten the milestone, or ask for fewer steps";
        let finding = found.say(Code::StepNever, &format!("{path}.{}", if step == 0 { "after" } else { "then" }), message);
        finding.help(help).rests(format!("{path}.after")).rests(format!("{path}.mode"));
        finding.rests("starts").rests("ends").rests(format!("{path}.outcome")).rests("outcome");
        return;
    }
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

/// Rules 7.3 and 8.4.
fn period(path: &str, terms: &Period, outcome: Option<&Outcome>, found: &mut Findings) {
    if let Some(most) = terms.max_units {
        found.at_least_1(&format!("{path}.max_units"), most);
    }
    if let Pay::Full { min_days } = terms.pay {
        let key = format!("{path}.min_days");
        let (unit, most) = match terms.unit {
            Grid::Day => ("day", 1),
            Grid::Week => ("week", 7),
            Grid::Month => ("month", 31),
        };
        found.at_least_1(&key, min_days);
        if min_days > most {
            let message = format!("`min_days` is {min_days}, more than a {unit} has");
            found.say(Code::CountRange, &key, message).help(format!("it is 1 to {most}")).rests(format!("{path}.unit"));
        } else if min_days > 28 {
            let message = format!("`min_days` is {min_days}, more than a February has");
            let help = "with 28 a February can be paid too";
            found.say(Code::MinDaysAbove28, &key, message).help(help).rests(format!("{path}.unit"));
        }
    }
    let many = matches!(terms.pay, Pay::Full { min_days } if min_days < 15);
    let window = outcome.and_then(|outcome| outcome.window).map(|window| window.length);
    if let (Grid::Month, true, None, Some(Length::Months(months))) = (terms.unit, many, terms.max_units, window) {
        let message = format!(
            "a window of {months} months that begins within a month touches {} months, and all are paid",
            u64::from(months) + 1
        );
        let help = format!("write `max_units = {months}`, `min_days = 15` or `prorate = true`");
        let finding = found.say(Code::MonthTooMany, &format!("{path}.unit"), message).help(help);
        finding.rests(format!("{path}.min_days")).rests(format!("{path}.prorate")).rests(format!("{path}.max_units"));
        finding.rests(format!("{path}.outcome")).rests("outcome[*].window").rests("outcome[*].id");
    }
}

/// A limit under which none of its charges can fall (rule 9.1): what has no participant (company) does not fall under a
/// participant (company) limit.
pub(super) fn limit_of_nothing(contract: &Contract, nth: usize, limit: &Limit, found: &mut Findings) {
    let covers = |charge: &Charge| limit.charges.as_ref().is_none_or(|names| names.contains(&charge.id));
    let falls = |charge: &Charge| match (&charge.mechanism, limit.scope) {
        (_, Scope::Contract) | (Mechanism::Milestone(_) | Mechanism::Period(_), _) => true,
        (Mechanism::Fixed(_), Scope::Participant) | (Mechanism::Measured(_), _) => false,
        (Mechanism::Fixed(fixed), Scope::Company) => fixed.per == FixedPer::Company,
    };
    let mut covered = contract.charges.iter().filter(|charge| covers(charge)).peekable();
    if covered.peek().is_some() && !covered.any(falls) {
        let whose = if limit.scope == Scope::Participant { "participant" } else { "company" };
        let message = format!("no charge falls under this limit: they are all without a {whose}");
        let help = "choose `scope = \"contract\"`, or other charges";
        let finding = found.say(Code::LimitOfNothing, &format!("limit[{nth}].scope"), message).help(help);
        finding.rests(format!("limit[{nth}].charges")).rests("charge");
    }
}
