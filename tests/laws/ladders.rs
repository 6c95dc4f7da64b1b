//! Laws of what comes first, of ways to one payment, and of what is counted anew or only so far back (mechanisms 3.3, 6.1, 6.2).

use super::rewrite::*;
use super::sums::{Key, Owed, lines, owed_at_last};
use super::trial::{equal, holds, law, same, settle};
use crate::support::programme::*;
use std::collections::BTreeMap;

/// 3.3. Always, but not with `then`.
#[test]
fn a_within_as_long_as_the_term_leaves_no_trace() {
    law(90, &[("a cumulative step", 80)], |trial| {
        let mut cumulative = Vec::new();
        for charge in charges(&mut trial.programme) {
            if let What::Milestone(terms) = &mut charge.what {
                terms.within = None;
                cumulative.extend((terms.mode == Mode::Cumulative).then(|| charge.id.clone()));
            }
        }
        let mut changed = trial.programme.clone();
        for charge in charges(&mut changed) {
            let What::Milestone(terms) = &mut charge.what else { continue };
            if terms.mode == Mode::Cumulative && terms.then.is_none() {
                let months = matches!(terms.after, After::Lasting(Length::Months(_))) || trial.dice.below(2) == 0;
                terms.within = Some(if months { Length::Months(40) } else { Length::Days(1_000) });
            }
        }
        let before = trial.settle();
        trial.tally.met("a cumulative step", before.postings.iter().any(|row| cumulative.contains(&row.charge)));
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 3.1, 3.3: n further steps are n charges, each with its window from the one before. Holds where the outcome has no other
/// window, no `skip_days`, no `max_gap_total` and is not per company, where every day has one rate, and where nothing else
/// names the charge (all constructed); at most three further steps.
#[test]
fn to_repeat_is_to_begin_a_window_with_the_day_after() {
    law(91, &[("a step is repeated", 40)], |trial| {
        let programme = &mut trial.programme;
        without_limits(programme);
        untied(programme);
        rates(programme).for_each(|rate| rate.when.elapsed = None);
        for outcome in outcomes(programme) {
            (outcome.window, outcome.skip_days, outcome.max_gap_total, outcome.per_company) = (None, None, None, false);
        }
        for charge in charges(programme) {
            if let What::Milestone(terms) = &mut charge.what {
                terms.repeat = terms.repeat.map(|times| times.min(3));
                charge.price = Price::Amount("70".into());
            }
        }
        let mut changed = trial.programme.clone();
        changed.contracts.iter_mut().for_each(chain);
        let mut after = settle(&changed, trial.end());
        for row in &mut after.postings {
            if let Some((charge, step)) = row.charge.clone().split_once("_anew_") {
                (row.charge, row.unit) = (charge.into(), format!("step-{step}"));
                trial.tally.met("a step is repeated", true);
            }
        }
        let before = trial.settle();
        equal(&lines(&before), &lines(&after), &changed)
    });
}

/// A charge for each step of those that repeat, and an outcome for each that counts from the step before.
fn chain(contract: &mut Contract) {
    let mut charges = Vec::new();
    for charge in std::mem::take(&mut contract.charges) {
        let What::Milestone(Milestone { repeat: Some(times), outcome, .. }) = &charge.what else {
            charges.push(charge);
            continue;
        };
        let of = contract.outcomes.iter().find(|one| one.id == *outcome).unwrap().clone();
        for step in 1..=times + 1 {
            let mut one = charge.clone();
            let What::Milestone(terms) = &mut one.what else { panic!("it is a milestone") };
            terms.repeat = None;
            if step > 1 {
                one.id = format!("{}_anew_{step:02}", charge.id);
                terms.outcome.clone_from(&one.id);
                let before = if step == 2 { charge.id.clone() } else { format!("{}_anew_{:02}", charge.id, step - 1) };
                let from = Anchor::Charge { charge: before, step: None };
                let window = Some(Window { from, length: Length::Days(1_000) });
                contract.outcomes.push(Outcome { id: one.id.clone(), window, ..of.clone() });
            }
            charges.push(one);
        }
    }
    contract.charges = charges;
}

fn granted(owed: &BTreeMap<Key, Owed>) -> BTreeMap<Key, i128> {
    owed.iter().map(|(key, one)| (key.clone(), one.granted)).collect()
}

/// 6.1: it never raises a sum, nor does a longer list. Holds without variants, limits and windows from a charge (constructed),
/// settled to the end: every key is owed what it was, or nothing.
#[test]
fn to_require_more_never_raises_a_sum() {
    law(92, &[("less is owed", 60), ("the day moves", 15)], |trial| {
        without_limits(&mut trial.programme);
        without_variants(&mut trial.programme);
        without_ladders(&mut trial.programme);
        let changed = trial.programme.clone();
        for charge in charges(&mut trial.programme) {
            charge.requires.truncate(trial.dice.below(2));
        }
        let before = owed_at_last(&trial.programme, trial.end());
        let after = owed_at_last(&changed, trial.end());
        trial.tally.met("less is owed", after.len() < before.len());
        let moved = |(key, one): (&Key, &Owed)| before[key].earned_on < one.earned_on;
        let (granted_before, granted_after) = (granted(&before), granted(&after));
        let kept = granted_after.iter().all(|(key, amount)| granted_before.get(key) == Some(amount));
        trial.tally.met("the day moves", kept && after.iter().any(moved));
        holds(kept, || format!("{granted_before:#?}\n{granted_after:#?}\n{}", super::trial::files(&changed)))
    });
}

/// Contract, variant, subject, company and, of periods, the unit.
type Payment = (String, String, String, String, String);

/// What is owed under variants, by payment: each entitlement's amount.
fn by_payment(programme: &Programme, owed: &BTreeMap<Key, Owed>) -> BTreeMap<Payment, Vec<i128>> {
    let mut payments: BTreeMap<Payment, Vec<i128>> = BTreeMap::new();
    for (key, one) in owed {
        let contract = programme.contracts.iter().find(|contract| contract.id == key.0).unwrap();
        let charge = contract.charges.iter().find(|charge| charge.id == key.1).unwrap();
        let Some(variant) = charge.variant.clone() else { continue };
        let (company, unit) = key.3.split_once('/').unwrap_or(("", &key.3));
        let unit = if matches!(charge.what, What::Period { .. }) { unit } else { "" };
        let payment = (key.0.clone(), variant, key.2.clone(), company.into(), unit.into());
        payments.entry(payment).or_default().push(one.granted);
    }
    payments
}

/// 6.2: the sum is the largest of its members alone. Holds without limits (constructed), per participant, of periods per unit.
#[test]
fn of_a_variant_the_best_is_owed_and_no_more() {
    law(93, &[("a payment in two ways", 25), ("topped up", 10)], |trial| {
        without_limits(&mut trial.programme);
        let owed = owed_at_last(&trial.programme, trial.end());
        let together = by_payment(&trial.programme, &owed);
        let mut apart = trial.programme.clone();
        without_variants(&mut apart);
        let alone = by_payment(&trial.programme, &owed_at_last(&apart, trial.end()));
        trial.tally.met("a payment in two ways", alone.values().any(|ways| ways.len() > 1));
        trial.tally.met("topped up", together.values().any(|ways| ways.len() > 1));
        let sums: BTreeMap<&Payment, i128> = together.iter().map(|(payment, ways)| (payment, ways.iter().sum())).collect();
        let best: BTreeMap<&Payment, i128> =
            alone.iter().map(|(payment, ways)| (payment, *ways.iter().max().unwrap())).collect();
        holds(sums == best, || format!("{sums:#?}\n{best:#?}\n{}", super::trial::files(&trial.programme)))
    });
}

/// 3.1: the first n days that would qualify do not, the others are as they were. Constructed: each day is paid by itself, and
/// no rate looks at anything but the day.
#[test]
fn days_skipped_are_the_first_that_would_be_paid() {
    law(94, &[("days skipped", 250), ("all skipped", 60)], |trial| {
        for contract in &mut trial.programme.contracts {
            contract.limits.clear();
            let by_day = |outcome: &Outcome| {
                let outcome_id = outcome.id.clone();
                let what = What::Period {
                    outcome: outcome_id,
                    unit: Unit::Day,
                    min_days: None,
                    prorate: false,
                    by: None,
                    max_units: None,
                };
                Charge::of(&format!("day.{}", outcome.id), what, Price::Amount("10".into()))
            };
            contract.charges = contract.outcomes.iter().map(by_day).collect();
        }
        without_ladders(&mut trial.programme);
        for outcome in outcomes(&mut trial.programme) {
            (outcome.skip_days, outcome.same_employer) = (None, false);
        }
        let n = trial.dice.between(1, 40);
        let mut changed = trial.programme.clone();
        outcomes(&mut changed).for_each(|outcome| outcome.skip_days = Some(n));
        let mut paid: BTreeMap<_, Vec<(Key, i128)>> = BTreeMap::new();
        for (key, amount) in granted(&owed_at_last(&trial.programme, trial.end())) {
            let company = key.3.split_once('/').map_or("", |(company, _)| company).to_string();
            paid.entry((key.0.clone(), key.1.clone(), key.2.clone(), company)).or_default().push((key, amount));
        }
        trial.tally.met("days skipped", paid.values().any(|days| days.len() as i64 > n));
        trial.tally.met("all skipped", paid.values().any(|days| (days.len() as i64) < n));
        // Days are named in their order.
        let left: BTreeMap<Key, i128> = paid.into_values().flat_map(|days| days.into_iter().skip(n as usize)).collect();
        equal(&left, &granted(&owed_at_last(&changed, trial.end())), &changed)
    });
}
