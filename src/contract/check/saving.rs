//! How savings are reckoned: nothing that a week needs may be left to be guessed (saving 2).

use super::{Findings, counted, unknown_kinds};
use crate::contract::terms::Contract;
use crate::facts::benefit::Pay;
use crate::figure::reckoned::Rate;
use crate::figure::refund::Valid;
use crate::figure::{Form, Reckoned, Saving};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use crate::timeline::outcome::Length;
use rust_decimal::Decimal;

/// The most decimals of a share, and the most digits of what makes weeks of months.
const MOST_DIGITS: u32 = 3;

/// What an amount has to stay below: it has at most seven digits before the point.
const TOO_MUCH: u32 = 10_000_000;

/// A figure that is a saving.
pub(super) fn figure(contract: &Contract, path: &str, terms: &Saving, found: &mut Findings) {
    counted::among(contract, path, &terms.among, found);
    if contract.saving.is_none() {
        let message = "nothing says how the saving is reckoned: the contract has no `[saving]`";
        let help = "add `[saving]` with what benefits pay and what the state refunds, dated and with sources";
        found.say(Code::SavingUnsaid, &format!("{path}.saving"), message).help(help).rests("saving");
    }
}

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    let Some(terms) = &contract.saving else { return };
    if !contract.figures.iter().any(|figure| matches!(figure.form, Form::Saving(_))) {
        let help = "add a `[[figure]]` with `saving`, or remove the table";
        let finding = found.say(Code::UnusedSaving, "saving", "no figure of the contract is a saving").help(help);
        finding.rests("figure").rests("figure[*]");
    }
    let (Length::Days(length) | Length::Months(length)) = terms.during;
    if length == 0 {
        found.say(Code::CountRange, "saving.during", "`during` has no length").help("it is 1 or more");
    }
    months_to_weeks(terms, found);
    unknown_kinds(contract, "saving.supported_kinds", &terms.supported_kinds, found);
    if let Some(reset) = terms.reset {
        found.at_least_1("saving.reset.weeks", reset.weeks);
        found.at_least_1("saving.reset.within_months", reset.within_months);
    }
    steps(terms, found);
    for (nth, rate) in terms.rates.iter().enumerate() {
        row(contract, &format!("saving.rate[{nth}]"), (rate.valid, rate.pay), found);
    }
    for (nth, cost) in terms.costs.iter().enumerate() {
        let path = format!("saving.cost[{nth}]");
        row(contract, &path, (cost.valid, cost.pay), found);
        found.list(&format!("{path}.kinds"), &cost.kinds, "name at least one");
        unknown_kinds(contract, &format!("{path}.kinds"), &cost.kinds, found);
    }
    holes(terms, found);
}

/// What makes weeks of months has to be written where there are months, and short enough to be exact.
fn months_to_weeks(terms: &Reckoned, found: &mut Findings) {
    let monthly = |pay: Pay| matches!(pay, Pay::Monthly(_));
    let asked = terms.own_amounts
        || terms.rates.iter().any(|rate| monthly(rate.pay))
        || terms.costs.iter().any(|cost| monthly(cost.pay));
    match terms.months_to_weeks {
        None if asked => {
            let message = "nothing says what a monthly amount is a week";
            let help = "write the rule that the parties agreed on, such as `months_to_weeks = \"12/52\"`";
            let finding = found.say(Code::SavingUnsaid, "saving", message).help(help);
            finding.rests("saving.months_to_weeks").rests("saving.rate").rests("saving.cost").rests("saving.amounts");
        }
        Some(ratio) if too_long(ratio) || ratio.is_zero() => {
            let message = "`months_to_weeks` is 0 or has too many digits to be exact";
            let help = "write a fraction of two numbers of at most 3 digits, such as \"12/52\"";
            found.say(Code::SavingNumber, "saving.months_to_weeks", message).help(help);
        }
        _ => {}
    }
}

fn too_long(ratio: Ratio) -> bool {
    let (dividend, divisor) = ratio.parts();
    dividend >= 10_i128.pow(MOST_DIGITS) || divisor >= 10_i128.pow(MOST_DIGITS)
}

/// The staircase.
fn steps(terms: &Reckoned, found: &mut Findings) {
    if terms.refund.is_empty() {
        let help = "where the state refunds nothing, write one row with a share of 0";
        found.say(Code::EmptyList, "saving.refund", "`refund` is an empty list").help(help);
    }
    for (nth, step) in terms.refund.iter().enumerate() {
        let path = format!("saving.refund[{nth}]");
        let fits = step.share.rounded(MOST_DIGITS) == Some(step.share);
        if step.share > Ratio::ONE || !fits {
            let message = "the state's share is above 1 or has more than 3 decimals";
            found.say(Code::SavingNumber, &format!("{path}.share"), message).help("80 % is \"0.80\"");
        }
        if step.below.is_some_and(|below| below <= step.from) {
            let message = format!("the step is for no week: it begins with {} and ends before", step.from);
            found.say(Code::SavingNumber, &format!("{path}.weeks"), message).help("`from` ≤ number < `below`");
        }
        backwards(&path, step.valid, found);
    }
}

/// What stands in every row that pays.
fn row(contract: &Contract, path: &str, (valid, pay): (Option<Valid>, Pay), found: &mut Findings) {
    backwards(path, valid, found);
    let (key, amount) = match pay {
        Pay::Weekly(amount) => ("weekly", amount),
        Pay::Monthly(amount) => ("monthly", amount),
    };
    if amount.scale() > contract.currency.decimals() || amount >= Decimal::from(TOO_MUCH) {
        let message = format!(
            "`{key}` has more than the {} decimals of {}, or more than 7 digits before the point",
            contract.currency.decimals(),
            contract.currency.code()
        );
        let help = "write what is paid, no finer than it can be paid";
        found.say(Code::SavingNumber, &format!("{path}.{key}"), message).help(help).rests("currency");
    }
}

fn backwards(path: &str, valid: Option<Valid>, found: &mut Findings) {
    if let Some(Valid { from, until: Some(until) }) =
        valid.filter(|valid| valid.until.is_some_and(|until| until < valid.from))
    {
        let message = format!("`valid` goes until {until}, before it begins on {from}");
        found.say(Code::DaysBackwards, &format!("{path}.valid"), message).help("`until` is the last day");
    }
}

/// Days between the rates of one benefit that none of them is for: weeks that begin there save nothing that is known.
fn holes(terms: &Reckoned, found: &mut Findings) {
    let mut benefits: Vec<&Id> = terms.rates.iter().map(|rate| &rate.benefit).collect();
    benefits.sort_unstable();
    benefits.dedup();
    for benefit in benefits {
        let mut rows: Vec<(usize, &Rate)> =
            terms.rates.iter().enumerate().filter(|(_, rate)| rate.benefit == *benefit).collect();
        rows.sort_by_key(|(_, rate)| rate.valid.map_or(Day::from_number(i32::MIN), |valid| valid.from));
        let mut covered: Option<Day> = None;
        for (nth, rate) in rows {
            let from = rate.valid.map_or(Day::from_number(i32::MIN), |valid| valid.from);
            if let Some(until) = covered.filter(|until| until.next() < from) {
                let message = format!(
                    "nothing says what {} pays from {} to {}",
                    quote(benefit.as_str()),
                    until.next(),
                    from.previous()
                );
                let help = "add the rate with its source; the saving of a week that begins there is not known";
                let finding = found.say(Code::SavingHole, &format!("saving.rate[{nth}].valid"), message).help(help);
                finding.rests("saving.rate");
            }
            let until = rate.valid.and_then(|valid| valid.until).unwrap_or(Day::FAR);
            covered = Some(covered.map_or(until, |covered| covered.max(until)));
        }
    }
}
