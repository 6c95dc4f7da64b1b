//! Rate cards (rules 8.1, 8.2 and 8.4): rows that may not stand there, and rows that never apply.

use super::coverage::{Card, Hole, Idle};
use super::{Findings, OR_NONE, is_kind, listed, unknown_kinds};
use crate::charge::{Charge, Conditions, Mechanism};
use crate::contract::calendar::Calendar;
use crate::contract::terms::Contract;
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::Code;
use crate::measure::id::Id;
use crate::timeline::outcome::{Length, Outcome};

/// So many holes of a card are told in words.
const MOST_TOLD: usize = 3;

pub(super) fn check(contract: &Contract, path: &str, charge: &Charge, found: &mut Findings) {
    let rows = &charge.rates.rows;
    if rows.is_empty() {
        let help = "add a row, or an `amount` in its place";
        found.say(Code::EmptyList, &format!("{path}.rate"), "the rate card has no rows").help(help);
    }
    let card = Card::new(contract, charge);
    let mut idle = card.as_ref().map(Card::idle).unwrap_or_default().into_iter();
    for (nth, row) in rows.iter().enumerate() {
        let (card_path, path) = (path, format!("{path}.rate[{nth}]"));
        let before = found.0.len();
        when(contract, charge, &path, &row.when, found);
        let why = idle.next().flatten().filter(|_| found.0.len() == before);
        if let Some(why) = why.filter(|why| matches!(why, Idle::Covered(_)) || !mistaken(card_path, found)) {
            say_idle(&path, why, found);
        }
    }
    if let Some(card) = card.filter(|_| !mistaken(path, found)) {
        say_holes(path, &card.holes(), found);
    }
}

/// Whether there is an error of which what is odd about the rates may be a mere consequence.
fn mistaken(path: &str, found: &Findings) -> bool {
    let rests = ["starts", "ends", "cohort", "kinds", "outcome", path];
    let wrong = found.0.iter().map(|finding| &finding.diagnostic).filter(|wrong| wrong.is_error());
    wrong.filter_map(|wrong| wrong.place.field.as_deref()).any(|field| rests.iter().any(|rest| field.starts_with(rest)))
}

/// A row to which nothing is left (rule 8.4).
fn say_idle(path: &str, why: Idle, found: &mut Findings) {
    let first = "the first row whose conditions all hold counts, so put the narrower row first";
    let (code, message, help) = match why {
        Idle::Covered(earlier) => {
            let message = format!("the row can never apply: row {} above it applies to all that it applies to", earlier + 1);
            (Code::RateRowCovered, message, first)
        }
        Idle::CoveredTogether => {
            let message = "the row can never apply: the rows above it together apply to all that it applies to";
            (Code::RateRowsCover, message.to_owned(), first)
        }
        Idle::Never(words) => {
            let message = format!("the row can never apply: nothing is ever priced {words}");
            (Code::RateRowNever, message, "correct the condition, or remove the row")
        }
    };
    let card = path.split(".rate").next().unwrap_or_default();
    let finding = found.say(code, path, message).help(help);
    finding.rests(format!("{card}.rate")).rests(format!("{card}.outcome")).rests("outcome").rests("cohort");
    finding.rests("starts").rests("ends").rests(format!("{card}.after")).rests(format!("{card}.on"));
}

/// What is not priced, and not declared by a row of amount 0 either (mechanisms 14.3).
fn say_holes(path: &str, holes: &[Hole], found: &mut Findings) {
    if holes.is_empty() {
        return;
    }
    let told: Vec<&str> = holes.iter().take(MOST_TOLD).map(|hole| hole.words.as_str()).collect();
    let more = match holes.len().saturating_sub(MOST_TOLD) {
        0 => String::new(),
        1 => "; nor in 1 more case".to_owned(),
        more => format!("; nor in {more} more cases"),
    };
    let message = format!("no rate row applies {}{more}", told.join("; nor "));
    let help = "add a row for what is missing; where nothing is to be paid, say so by a last row with `amount = 0`";
    let finding = found.say(Code::RateCardHole, &format!("{path}.rate"), message).help(help);
    finding.rests(format!("{path}.outcome")).rests("outcome").rests("cohort").rests("kinds");
    finding.rests("starts").rests("ends").rests(format!("{path}.after")).rests(format!("{path}.then"));
}

/// What a rate row or an adjustment asks of a day.
pub(super) fn when(contract: &Contract, charge: &Charge, path: &str, row: &Conditions, found: &mut Findings) {
    let outcome = charge.mechanism.outcome().and_then(|id| contract.outcome(id));
    conditions(contract, path, row, found);
    match dates(contract, charge) {
        Some((type_of, dates)) => {
            if charge.is_dated() {
                let groups = (row.target_groups.as_ref(), contract.cohort.target_groups.as_ref());
                strangers(contract, &format!("{path}.target_groups"), groups, "the cohort", found);
            }
            fixed_row(path, row, (type_of, charge.is_dated()), dates.as_deref(), found);
        }
        None => {
            names(contract, outcome, path, row, found);
            never(contract, outcome, path, row, found);
            steps(charge, path, row, found);
        }
    }
}

/// Steps are those of a milestone (mechanisms 5.1).
fn steps(charge: &Charge, path: &str, row: &Conditions, found: &mut Findings) {
    let Some(band) = row.steps else { return };
    let (table, path) = (path.rsplit_once('.').map_or(path, |(table, _)| table), format!("{path}.steps"));
    let Mechanism::Milestone(milestone) = &charge.mechanism else {
        let help = "remove it: only a charge of type \"milestone\" has steps";
        found.say(Code::StepsOfNone, &path, "`steps` has no meaning for a charge without steps").help(help);
        return;
    };
    let most = milestone.then.map_or(1, |then| then.times.saturating_add(1));
    if band.from >= band.below {
        let message = format!("no step is {} or more and below {}", band.from, band.below);
        found.say(Code::RateRowNever, &path, message).help("correct the condition, or remove the row");
    } else if band.from > most {
        let message = format!("the milestone has no step {}: its last one is {most}", band.from);
        let finding = found.say(Code::RateRowNever, &path, message).help("correct the condition, or remove the row");
        finding.rests(format!("{table}.then"));
    } else {
        found.at_least_1(&format!("{path}.from"), band.from);
    }
}

/// The days on which a fixed or measured charge may be priced, if they are known, and what it is called.
fn dates(contract: &Contract, charge: &Charge) -> Option<(&'static str, Option<Vec<Day>>)> {
    let (type_of, dates, until) = match &charge.mechanism {
        Mechanism::Fixed(fixed) => ("fixed", &fixed.dates, Day::FAR),
        Mechanism::Measured(measured) => ("measured", &measured.dates, Calendar::with_tail(contract).last),
        Mechanism::Milestone(_) | Mechanism::Period(_) => return None,
    };
    Some((type_of, (!dates.are_own()).then(|| dates.until(contract.term(), until))))
}

/// What no row may say, whatever its charge.
fn conditions(contract: &Contract, path: &str, row: &Conditions, found: &mut Findings) {
    if let Some(kinds) = &row.kinds {
        found.list(&format!("{path}.kinds"), kinds, OR_NONE);
        unknown_kinds(contract, &format!("{path}.kinds"), kinds, found);
    }
    if let Some(groups) = &row.target_groups {
        found.list(&format!("{path}.target_groups"), groups, OR_NONE);
    }
    if let Some(traits) = &row.traits {
        found.list(&format!("{path}.traits"), traits, OR_NONE);
    }
    if let Some(valid) = row.valid.filter(|valid| valid.last < valid.first) {
        let message = format!("`valid` goes until {}, before it begins on {}", valid.last, valid.first);
        found.say(Code::DaysBackwards, &format!("{path}.valid"), message).help("`until` is the last day");
    }
}

/// Rule 8.2: a fixed charge knows its date and nothing else, nor does a measured one (mechanisms 7.1); one that each participant
/// has knows the participant too (mechanisms 3.5).
fn fixed_row(path: &str, row: &Conditions, (type_of, of_people): (&str, bool), dates: Option<&[Day]>, found: &mut Findings) {
    let given = [
        ("kinds", row.kinds.is_some()),
        ("target_groups", row.target_groups.is_some() && !of_people),
        ("traits", row.traits.is_some() && !of_people),
        ("hours", row.hours.is_some()),
        ("elapsed", row.elapsed.is_some()),
        ("steps", row.steps.is_some()),
    ];
    for (key, _) in given.into_iter().filter(|(_, given)| *given) {
        let message = format!("`{key}` has no meaning for a {type_of} charge");
        let help = match of_people {
            true => "only `valid`, `target_groups` and `traits` may be used there",
            false => "only `valid` may be used there",
        };
        found.say(Code::FixedCondition, &format!("{path}.{key}"), message).help(help);
    }
    let falls_in = |valid: &Span| dates.is_none_or(|dates| dates.iter().any(|day| valid.contains(*day)));
    if let Some(valid) = row.valid.filter(|valid| valid.first <= valid.last && !falls_in(valid)) {
        let message = format!("none of the charge's dates lies in {} to {}", valid.first, valid.last);
        let card = path.split(".rate").next().unwrap_or_default().to_owned();
        found
            .say(Code::RateRowNever, &format!("{path}.valid"), message)
            .help("remove the row, or correct its days")
            .rests(card + ".on");
    }
}

/// Names in a row that the outcome or the cohort never lets through (formats).
fn names(contract: &Contract, outcome: Option<&Outcome>, path: &str, row: &Conditions, found: &mut Findings) {
    let counted = outcome.map(|outcome| &outcome.kinds).filter(|kinds| !kinds.is_empty());
    let kinds = (row.kinds.as_ref(), counted);
    strangers(contract, &format!("{path}.kinds"), kinds, "the charge's outcome", found);
    let groups = (row.target_groups.as_ref(), contract.cohort.target_groups.as_ref());
    strangers(contract, &format!("{path}.target_groups"), groups, "the cohort", found);
}

/// Names that are not among those that are known.
pub(super) fn strangers(
    contract: &Contract,
    path: &str,
    (named, known): (Option<&Vec<Id>>, Option<&Vec<Id>>),
    whose: &str,
    found: &mut Findings,
) {
    let (Some(named), Some(known)) = (named, known) else { return };
    let of_kinds = path.ends_with(".kinds");
    // A kind that is none at all is reported as such.
    let odd = |name: &Id| !known.contains(name) && (!of_kinds || is_kind(contract, name));
    let rests = if of_kinds { "outcome" } else { "cohort" };
    for (nth, name) in named.iter().enumerate().filter(|(_, name)| odd(name)) {
        let message = format!("{whose} does not have {}", listed(std::iter::once(name.as_str())));
        let help = format!("it has {}", listed(known.iter().map(Id::as_str)));
        found.say(Code::RateNamesNever, &format!("{path}[{nth}]"), message).help(help).rests(rests).rests("kinds");
    }
}

/// Conditions that cannot hold.
fn never(contract: &Contract, outcome: Option<&Outcome>, path: &str, row: &Conditions, found: &mut Findings) {
    let mut say = |key: &str, message: String, rests: &[&str]| {
        let help = "correct the condition, or remove the row";
        let finding = found.say(Code::RateRowNever, &format!("{path}.{key}"), message).help(help);
        rests.iter().for_each(|path| {
            finding.rests(*path);
        });
    };
    let least = outcome.map(|outcome| outcome.min_weekly_hours).unwrap_or_default();
    match row.hours {
        Some(band) if band.from >= band.below => {
            say("hours", format!("no hours are {} or more and below {}", band.from, band.below), &[]);
        }
        Some(band) if band.below <= least => {
            say("hours", format!("the outcome has only days with {least} hours a week or more"), &["outcome"]);
        }
        _ => {}
    }
    let window = outcome.and_then(|outcome| outcome.window.as_ref()).map(|window| window.length);
    match (row.elapsed, window) {
        (Some(band), _) if band.from_month >= band.below_month => {
            say("elapsed", format!("no month is {} or more and below {}", band.from_month, band.below_month), &[]);
        }
        (Some(band), Some(Length::Months(months))) if band.from_month >= months => {
            say("elapsed", format!("the outcome's window is over after {months} months"), &["outcome"]);
        }
        _ => {}
    }
    let term = contract.term();
    let backwards = |span: Span| span.last < span.first;
    if let Some(valid) = row.valid.filter(|valid| !backwards(*valid) && !backwards(term) && valid.overlap(term).is_none()) {
        let message = format!("{} to {} lies outside the contract's term", valid.first, valid.last);
        say("valid", message, &["starts", "ends"]);
    }
}
