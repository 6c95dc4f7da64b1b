//! Laws of payrolls and tallies (mechanisms 3.2 to 3.4).

use super::corrections::{from_any_settlement, in_any_batches};
use super::form::any_order;
use super::rewrite::*;
use super::sums::owed_at_last;
use super::time::later_rows_have_no_say;
use super::trial::{Dice, Trial, Verdict, cases, equal, files, holds, law_of, same, settle};
use crate::support::arbitrary::payrolled;
use crate::support::programme::*;
use std::collections::{BTreeMap, BTreeSet};

fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(payrolled(), cases(), seed, least, look);
}

/// Two decimals that add up to one; a field without a number stays so.
fn cut(text: &str, dice: &mut Dice) -> (String, String) {
    if text.is_empty() {
        return (String::new(), String::new());
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let units: i64 = format!("{whole}{part}").parse().unwrap();
    let first = dice.between(0, units);
    let written = |units: i64| {
        let digits = format!("{units:0width$}", width = part.len() + 1);
        let (whole, part) = digits.split_at(digits.len() - part.len());
        if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") }
    };
    (written(first), written(units - first))
}

/// 3.2: reports of one job, month and kind add up first. Holds with the same evidence on both (constructed); the second half has the
/// higher id, for ties go to the lower one.
#[test]
fn a_report_cut_in_two_changes_nothing() {
    law(150, &[("a report cut", 600), ("a posting", 250)], |trial| {
        let before = trial.settle();
        let ids: BTreeSet<String> = trial.programme.reports.iter().map(|row| row.record.id.clone()).collect();
        let chosen: BTreeSet<String> = ids.into_iter().filter(|_| trial.dice.below(2) == 0).collect();
        let mut changed = trial.programme.clone();
        changed.reports.clear();
        for row in &trial.programme.reports {
            if !chosen.contains(&row.record.id) {
                changed.reports.push(row.clone());
                continue;
            }
            let (mut one, mut two) = (row.clone(), row.clone());
            (one.hours, two.hours) = cut(&row.hours, &mut trial.dice);
            (one.earnings, two.earnings) = cut(&row.earnings, &mut trial.dice);
            two.record.id.push_str("_2");
            trial.tally.met("a report cut", row.record.void != "true");
            changed.reports.extend([two, one]);
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Every charge becomes a step for so many hours, one for each outcome.
fn steps_for_hours(programme: &mut Programme, hours: &str) {
    for contract in &mut programme.contracts {
        contract.limits.clear();
        let step = |outcome: &Outcome| {
            let mut terms = Milestone::new(&outcome.id, Mode::Cumulative, Length::Days(1));
            terms.after = After::Tallied(Tally::Hours, hours.into());
            Charge::of(&format!("step.{}", outcome.id), What::Milestone(terms), Price::Amount("10".into()))
        };
        contract.charges = contract.outcomes.iter().map(step).collect();
    }
    without_ladders(programme);
}

/// 3.3. Holds without `within`, `repeat`, a window from the first day, and where no job is old for its hours (constructed). There is
/// one more hour, or several, on every report: a spell with more hours may set another aside (3.5).
#[test]
fn one_more_hour_never_delays_a_step() {
    law(151, &[("a step", 200), ("an earlier step", 10), ("a step more", 5)], |trial| {
        let hours = trial.dice.of_list(&["20", "86.67", "104", "130", "200"]).unwrap();
        steps_for_hours(&mut trial.programme, hours);
        for outcome in outcomes(&mut trial.programme) {
            outcome.window = outcome.window.take().filter(|window| window.from != Anchor::FirstDay);
            outcome.new_jobs = if outcome.new_jobs == NewJobs::OrMoreHours { NewJobs::Only } else { outcome.new_jobs };
        }
        let hours = trial.dice.between(1, 30);
        let mut changed = trial.programme.clone();
        for row in changed.reports.iter_mut().filter(|row| row.record.void != "true") {
            let (whole, part) = row.hours.split_once('.').unwrap_or((&row.hours, "0"));
            let more = if whole.is_empty() { hours } else { whole.parse::<i64>().unwrap() + hours };
            row.hours = format!("{more}.{part}");
        }
        let (before, after) = (owed_at_last(&trial.programme, trial.end()), owed_at_last(&changed, trial.end()));
        trial.tally.met("a step", !before.is_empty());
        trial.tally.met("a step more", after.len() > before.len());
        for (key, one) in &before {
            let now = after.get(key).map(|one| one.earned_on);
            trial.tally.met("an earlier step", now.is_some_and(|day| day < one.earned_on));
            holds(now.is_some_and(|day| day <= one.earned_on), || {
                format!("{key:?}: {one:?}, then {now:?}\n{}", files(&changed))
            })?;
        }
        Ok(())
    });
}

/// Every charge pays one flat price by a tally of an outcome, unit by unit.
fn paid_by(programme: &mut Programme, unit: Unit, by: Tally) {
    for contract in &mut programme.contracts {
        contract.limits.clear();
        let charge = |outcome: &Outcome| {
            let what = What::Period {
                outcome: outcome.id.clone(),
                unit,
                min_days: None,
                prorate: false,
                by: Some(by),
                max_units: None,
            };
            Charge::of(&format!("by.{}", outcome.id), what, Price::Amount("0.25".into()))
        };
        contract.charges = contract.outcomes.iter().map(charge).collect();
    }
    without_ladders(programme);
}

/// 3.2, 3.4: what lies on the last day of a month is paid by the day as by the month. Holds for a flat price without limits, month-end
/// and months that are whole in the term and for everybody (constructed).
#[test]
fn what_is_laid_at_the_months_end_is_paid_by_the_day_as_by_the_month() {
    law(152, &[("hours", 150), ("earnings", 100)], |trial| {
        let by = if trial.dice.below(2) == 0 { Tally::Hours } else { Tally::Earnings };
        for contract in &mut trial.programme.contracts {
            contract.payroll = contract.payroll.map(|terms| Payroll { spread: Spread::MonthEnd, ..terms });
        }
        for outcome in outcomes(&mut trial.programme) {
            (outcome.payroll, outcome.same_employer) = (true, false);
        }
        let sums = |unit| {
            let mut programme = trial.programme.clone();
            paid_by(&mut programme, unit, by);
            let mut sums: BTreeMap<_, i128> = BTreeMap::new();
            for (key, one) in owed_at_last(&programme, trial.end()) {
                *sums.entry((key.0, key.1, key.2)).or_default() += one.granted;
            }
            sums
        };
        let (days, months) = (sums(Unit::Day), sums(Unit::Month));
        trial.tally.met(if by == Tally::Hours { "hours" } else { "earnings" }, !days.is_empty());
        equal(&days, &months, &trial.programme)
    });
}

/// 3.1: an outcome looks at spells, unless it says otherwise.
#[test]
fn where_spells_are_looked_at_reports_change_nothing() {
    law(153, &[("reports", 600), ("a posting", 250)], |trial| {
        outcomes(&mut trial.programme).for_each(|outcome| outcome.payroll = false);
        for charge in charges(&mut trial.programme) {
            match &mut charge.what {
                What::Milestone(Milestone { after: After::Tallied(of, _), .. }) => *of = Tally::Hours,
                What::Period { by: Some(of), .. } => *of = Tally::Hours,
                _ => {}
            }
        }
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        changed.reports.clear();
        trial.tally.met("reports", !trial.programme.reports.is_empty());
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 3.1: and where payrolls are looked at, spells change nothing but through `except_kinds`.
#[test]
fn where_payrolls_are_looked_at_spells_change_nothing() {
    law(154, &[("spells", 700), ("a posting", 250)], |trial| {
        outcomes(&mut trial.programme).for_each(|outcome| (outcome.payroll, outcome.except_kinds) = (true, None));
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        changed.spells.clear();
        trial.tally.met("spells", !trial.programme.spells.is_empty());
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Laws 1, 13, 36 and 38 with payrolls.
#[test]
fn with_payrolls_too_the_order_of_rows_and_lists_says_nothing() {
    law(155, &[], any_order);
}

#[test]
fn with_payrolls_too_what_is_recorded_after_a_cut_off_has_no_say_in_it() {
    law(156, &[], later_rows_have_no_say);
}

#[test]
fn with_payrolls_too_batches_end_in_the_same_sums() {
    law(157, &[], in_any_batches);
}

#[test]
fn with_payrolls_too_any_earlier_settlement_may_be_gone_on_from() {
    law(158, &[], from_any_settlement);
}
