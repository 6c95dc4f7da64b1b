//! Charges, one function for each mechanism (rule 7), and the limits over them.

use super::dates::own_dates;
use super::{Findings, adjust, delay, ids_twice, listed, measured, milestone, rates};
use crate::charge::fixed::FixedPer;
use crate::charge::milestone::Mode;
use crate::charge::period::Pay;
use crate::charge::{Charge, Dates, Fixed, Mechanism, Milestone, Period};
use crate::contract::limit::{Limit, Scope};
use crate::contract::terms::Contract;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::grid::Grid;
use crate::measure::id::Id;
use crate::timeline::outcome::{Length, Outcome};
use crate::timeline::payroll::Tallied;
use crate::timeline::tally::Needed;
use std::collections::BTreeSet;

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    if contract.charges.is_empty() && contract.goals.is_empty() {
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
        adjust::check(contract, &path, charge, found);
        delay::check(contract, &path, charge, found);
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
        Mechanism::Measured(terms) => measured::check(contract, path, charge, terms, found),
        Mechanism::Milestone(terms) => lasting(contract, path, charge, terms, found),
        Mechanism::Period(terms) => period(contract, path, terms, outcome, found),
    }
}

fn unknown_outcome(contract: &Contract, path: &str, id: &Id, found: &mut Findings) {
    let message = format!("the contract has no outcome {}", quote(id.as_str()));
    let known = listed(contract.outcomes.iter().map(|outcome| outcome.id.as_str()));
    let help = if known.is_empty() { "add an `[[outcome]]`".to_owned() } else { format!("its outcomes are {known}") };
    found.say(Code::UnknownName, &format!("{path}.outcome"), message).help(help).rests("outcome[*].id");
}

/// Rule 7.1, mechanisms 3.5.
fn fixed(contract: &Contract, path: &str, charge: &Charge, terms: &Fixed, found: &mut Findings) {
    let term = contract.term();
    own_dates(contract, path, charge, &terms.dates, found);
    let Dates::On(on) = &terms.dates else { return };
    if on.is_empty() {
        let help = "name at least one date";
        found.say(Code::EmptyList, &format!("{path}.on"), "`on` is an empty list").help(help);
    }
    let mut seen = BTreeSet::new();
    for (nth, day) in on.iter().enumerate() {
        let path_of_day = format!("{path}.on[{nth}]");
        if !term.contains(*day) && term.first <= term.last {
            let message = format!("the date {day} lies outside the contract's term");
            let help = format!("the contract runs from {} to {}", term.first, term.last);
            found.say(Code::FixedDate, &path_of_day, message).help(help).rests("starts").rests("ends");
        } else if !seen.insert(*day) {
            let message = format!("the date {day} is named twice");
            let help = "remove one of the two; what falls due twice on a day is a charge of its own";
            found.say(Code::FixedDate, &path_of_day, message).help(help).rests(format!("{path}.on"));
        } else if !charge.rates.rows.iter().any(|row| row.when.valid.is_none_or(|valid| valid.contains(*day))) {
            let message = format!("no rate row applies on {day}, so that nothing is paid on it");
            let help = "widen the `valid` of a rate row, or remove the date";
            found.say(Code::DateWithoutRate, &path_of_day, message).help(help).rests(format!("{path}.rate"));
        }
    }
}

/// Rule 7.2.
fn lasting(contract: &Contract, path: &str, charge: &Charge, terms: &Milestone, found: &mut Findings) {
    let months = |length: Length| matches!(length, Length::Months(_));
    let length = |found: &mut Findings, key: &str, length: Length| match length {
        Length::Days(count) | Length::Months(count) => found.at_least_1(&format!("{path}.{key}"), count),
    };
    match terms.after {
        Needed::Time(after) => length(found, "after", after),
        Needed::Sum(what, least) => {
            milestone::sum(path, terms.mode, contract.outcome(&terms.outcome), (what, least), found);
        }
    }
    let in_months = |needed: Needed| matches!(needed, Needed::Time(Length::Months(_)));
    if terms.mode == Mode::Cumulative && in_months(terms.after) && terms.min_days.is_none() {
        let message = "a cumulative milestone counts days, so that its length cannot be in months";
        let help = "write it in days or weeks, or choose `mode = \"continuous\"`; with `min_days` months are counted";
        let finding = found.say(Code::StepLengths, &format!("{path}.after"), message).help(help);
        finding.rests(format!("{path}.mode")).rests(format!("{path}.min_days"));
    }
    milestone::keys(path, terms, found);
    if let Some(then) = terms.then {
        length(found, "then.every", then.every);
        let summed = matches!(terms.after, Needed::Sum(..));
        if summed || months(then.every) != in_months(terms.after) {
            let message = "`after` and `then.every` are not in the same unit";
            let help = if summed {
                "`then` counts on in time only: use `repeat`, or write the further steps as charges of their own"
            } else {
                "write both in months, or both in days or weeks"
            };
            found.say(Code::StepLengths, &format!("{path}.then.every"), message).help(help).rests(format!("{path}.after"));
        }
        if !(1..=98).contains(&then.times) {
            let message = format!("`times` is {}", then.times);
            let help = "there are 1 to 98 further steps";
            found.say(Code::CountRange, &format!("{path}.then.times"), message).help(help);
        }
    }
    milestone::unreachable_step(contract, path, charge, terms, found);
}

/// Rules 7.3 and 8.4.
fn period(contract: &Contract, path: &str, terms: &Period, outcome: Option<&Outcome>, found: &mut Findings) {
    if let Some(most) = terms.max_units {
        found.at_least_1(&format!("{path}.max_units"), most);
    }
    if let Pay::Full { min_days } = terms.pay {
        let key = format!("{path}.min_days");
        let (unit, most, fewest) = (unit_name(terms.unit), terms.unit.most_days(), terms.unit.fewest_days());
        found.at_least_1(&key, min_days);
        if min_days > most {
            let message = format!("`min_days` is {min_days}, more than a {unit} has");
            found.say(Code::CountRange, &key, message).help(format!("it is 1 to {most}")).rests(format!("{path}.unit"));
        } else if min_days > fewest {
            let shortest = if terms.unit == Grid::Month { "a February" } else { &format!("the shortest {unit}") };
            let message = format!("`min_days` is {min_days}, more than {shortest} has");
            let help = format!("with {fewest} {shortest} can be paid too");
            found.say(Code::MinDaysAbove28, &key, message).help(help).rests(format!("{path}.unit"));
        }
    }
    if terms.pay == Pay::By(Tallied::Earnings) {
        milestone::earnings_of_spells(&format!("{path}.by"), outcome, found);
    }
    if let Grid::Parts { weeks, .. } = terms.unit {
        pieces(contract, path, weeks, found);
    }
    let many = matches!(terms.pay, Pay::Full { min_days } if min_days < 15);
    let window = outcome.and_then(|outcome| outcome.window.as_ref()).map(|window| window.length);
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

/// What a unit is called.
fn unit_name(unit: Grid) -> &'static str {
    match unit {
        Grid::Day => "day",
        Grid::Week => "week",
        Grid::Month => "month",
        Grid::Quarter => "quarter",
        Grid::HalfYear => "half-year",
        Grid::Year => "year",
        Grid::Parts { .. } => "piece",
    }
}

/// Pieces of so many weeks: at most 999 in the term, so that their names stand in their order (mechanisms 3.4).
fn pieces(contract: &Contract, path: &str, weeks: u16, found: &mut Findings) {
    let key = format!("{path}.unit.weeks");
    found.at_least_1(&key, u32::from(weeks));
    let days = contract.ends.days_since(contract.starts);
    if weeks > 520 {
        let message = format!("a piece of {weeks} weeks is longer than ten years");
        found.say(Code::CountRange, &key, message).help("it is 1 to 520 weeks");
    } else if weeks > 0 && days / (7 * i64::from(weeks)) >= 999 {
        let message = format!("more than 999 pieces of {weeks} weeks fit into the term");
        let finding = found.say(Code::CountRange, &key, message).help("write more weeks, or `unit = \"week\"`");
        finding.rests("starts").rests("ends");
    }
}

/// A limit under which none of its charges can fall (rule 9.1): what has no participant (company) does not fall under a
/// participant (company) limit.
pub(super) fn limit_of_nothing(contract: &Contract, nth: usize, limit: &Limit, found: &mut Findings) {
    let covers = |charge: &Charge| limit.charges.as_ref().is_none_or(|names| names.contains(&charge.id));
    let falls = |charge: &Charge| match (&charge.mechanism, limit.scope) {
        (_, Scope::Contract) | (Mechanism::Milestone(_) | Mechanism::Period(_), _) => true,
        (Mechanism::Fixed(_) | Mechanism::Measured(_), Scope::Participant) => charge.is_dated(),
        (Mechanism::Fixed(fixed), Scope::Company) => fixed.per == FixedPer::Company,
        (Mechanism::Measured(_), Scope::Company) => false,
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
