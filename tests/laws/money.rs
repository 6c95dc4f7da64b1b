//! Laws of money: what more work, other rates, other people and other charges do to what is owed.

use super::form::fixed_charges;
use super::rewrite::*;
use super::sums::{Key, Owed, lines, minor, owed_at_last, standings};
use super::time::unit_days;
use super::trial::{Verdict, equal, files, holds, law, settle};
use crate::support::oracle::minor_units;
use crate::support::output::Output;
use crate::support::programme::*;
use std::collections::BTreeMap;

/// What is owed by charge and subject.
fn by_subject(owed: &BTreeMap<Key, Owed>) -> BTreeMap<(String, String, String), i128> {
    let mut sums = BTreeMap::new();
    for ((contract, charge, subject, _), one) in owed {
        *sums.entry((contract.clone(), charge.clone(), subject.clone())).or_default() += one.granted;
    }
    sums
}

/// Nothing has become less.
fn none_less<K: Ord + std::fmt::Debug>(
    before: &BTreeMap<K, i128>,
    after: &BTreeMap<K, i128>,
    changed: &Programme,
) -> Verdict {
    for (key, amount) in before {
        let now = after.get(key).copied().unwrap_or(0);
        holds(now >= *amount, || format!("{key:?}: {amount}, then {now}\nafter:\n{}", files(changed)))?;
    }
    Ok(())
}

fn granted(owed: &BTreeMap<Key, Owed>) -> BTreeMap<Key, i128> {
    owed.iter().map(|(key, one)| (key.clone(), one.granted)).collect()
}

/// 6, 7. Holds with flat amounts, without limits, without windows from the first day or from a charge (which work moves),
/// without `max_gap_total` (which an earlier day uses up), without `max_units` on prorated units (of which an earlier, smaller
/// one takes the place of a later one), without `except_kinds` (of which the work may be) and without variants; all
/// constructed. The work is a job of its own, outside the programme.
#[test]
fn more_work_never_lowers_what_is_owed() {
    law(50, &[("more is owed", 120)], |trial| {
        without_limits(&mut trial.programme);
        for outcome in outcomes(&mut trial.programme) {
            (outcome.max_gap_total, outcome.except_kinds) = (None, None);
            outcome.window = outcome.window.take().filter(|window| window.from != Anchor::FirstDay);
        }
        for charge in charges(&mut trial.programme) {
            if let Price::Card(rows) = &charge.price {
                charge.price = Price::Amount(rows[0].amount.clone());
            }
            if let What::Period { prorate: true, max_units, .. } = &mut charge.what {
                *max_units = None;
            }
        }
        without_variants(&mut trial.programme);
        without_ladders(&mut trial.programme);
        let mut changed = trial.programme.clone();
        for contract in &trial.programme.contracts {
            let people = trial.programme.participants.iter().filter(|row| row.record.contract == contract.id);
            let people: Vec<&ParticipantRow> = people.collect();
            for nth in 0..3 {
                let Some(person) = trial.dice.of_list(&people) else { continue };
                let (id, place) = (format!("more{nth}"), format!("place{nth}"));
                let mut job = outside_spell(&contract.id, &id, &person.record.id, &place, contract.starts);
                let outcome = trial.dice.of_list(&contract.outcomes).unwrap();
                job.kind = trial.dice.of_list(&outcome.kinds).unwrap();
                let first = contract.starts.plus(trial.dice.between(0, contract.ends.0 - contract.starts.0));
                job.first_day = first.to_string();
                job.last_day = first.plus(trial.dice.between(0, 60)).to_string();
                changed.spells.push(job);
            }
        }
        let before = by_subject(&owed_at_last(&trial.programme, trial.end()));
        let after = by_subject(&owed_at_last(&changed, trial.end()));
        trial.tally.met("more is owed", before != after);
        none_less(&before, &after, &changed)
    });
}

/// 7, 8. Holds without limits and variants, and without `max_units`, for a rate raised from nothing makes a unit count; without measured
/// charges, whose figures may be below 0 (constructed).
#[test]
fn a_higher_rate_lowers_no_key() {
    law(51, &[("more is owed", 300)], |trial| {
        without_limits(&mut trial.programme);
        without_variants(&mut trial.programme);
        without_measured(&mut trial.programme);
        for charge in charges(&mut trial.programme) {
            if let What::Period { max_units, .. } = &mut charge.what {
                *max_units = None;
            }
        }
        let mut changed = trial.programme.clone();
        let mut texts = amounts(&mut changed);
        let chosen = trial.dice.below(texts.len());
        *texts[chosen] = format!("9{}", texts[chosen]);
        let before = granted(&owed_at_last(&trial.programme, trial.end()));
        let after = granted(&owed_at_last(&changed, trial.end()));
        trial.tally.met("more is owed", before != after);
        none_less(&before, &after, &changed)
    });
}

fn places(currency: &str) -> u32 {
    effekt::Currency::parse(currency).unwrap().decimals()
}

/// An amount in minor units as a contract writes it.
pub fn written(minor: i128, currency: &str) -> String {
    let places = places(currency) as usize;
    let digits = format!("{minor:0width$}", width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    if places == 0 { whole.into() } else { format!("{whole}.{part}") }
}

fn times(output: &Output, k: i128, contracts: &[Contract]) -> Output {
    let mut output = output.clone();
    let currency = |id: &str| contracts.iter().find(|contract| contract.id == id).unwrap().currency.clone();
    let scale = |text: &mut String, currency: &str| {
        if !text.is_empty() {
            let scaled = minor(text) * k;
            let sign = if scaled < 0 { "-" } else { "" };
            *text = format!("{sign}{}", written(scaled.abs(), currency));
        }
    };
    output.settlements.iter_mut().for_each(|row| scale(&mut row.total, &currency(&row.contract)));
    for row in &mut output.postings {
        let currency = currency(&row.contract);
        scale(&mut row.amount, &currency);
        scale(&mut row.cut, &currency);
        if !row.rate.is_empty() {
            row.rate = (row.rate.parse::<i128>().unwrap() * k).to_string();
        }
    }
    output
}

/// 2.2, 9.2. Holds where nothing is rounded: whole rates, no `prorate`, no figures (constructed).
#[test]
fn rates_and_limits_scaled_scale_every_posting() {
    law(52, &[("a posting", 300), ("a cut", 100)], |trial| {
        without_measured(&mut trial.programme);
        for charge in charges(&mut trial.programme) {
            if let What::Period { prorate, .. } = &mut charge.what {
                *prorate = false;
            }
        }
        for amount in amounts(&mut trial.programme) {
            *amount = amount.split('.').next().unwrap().to_string();
        }
        let before = trial.settle();
        let k = trial.dice.between(2, 9);
        let mut changed = trial.programme.clone();
        for amount in amounts(&mut changed) {
            *amount = (amount.parse::<i64>().unwrap() * k).to_string();
        }
        for contract in &mut changed.contracts {
            let (terms, currency) = (contract.clone(), contract.currency.clone());
            for limit in &mut contract.limits {
                limit.amount = written(minor_units(&terms, &limit.amount) * i128::from(k), &currency);
            }
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        trial.tally.met("a cut", before.postings.iter().any(|row| !row.cut.is_empty()));
        let expected = times(&before, k.into(), &changed.contracts);
        super::trial::same(&expected, &settle(&changed, trial.end()), &changed)
    });
}

/// 5.3, 9.1. Holds without what participants share: limits per company or contract, `max_participants`, and what the
/// contract's own charges require of anybody (constructed).
#[test]
fn every_participant_alone_earns_what_it_earns_among_others() {
    law(53, &[("several earn", 90)], |trial| {
        for contract in &mut trial.programme.contracts {
            contract.limits.retain(|limit| limit.scope == Scope::Participant);
            if let Some(cohort) = &mut contract.cohort {
                cohort.max_participants = None;
            }
        }
        without_own_requirements(&mut trial.programme);
        let whole = trial.settle();
        let fixed = fixed_charges(&trial.programme);
        let is_fixed = |line: &str| {
            let mut fields = line.split(',').map(str::to_string);
            let (contract, charge) = (fields.next().unwrap(), fields.nth(1).unwrap());
            fixed.contains(&(contract, charge))
        };
        let mut people: Vec<String> = trial.programme.participants.iter().map(|row| row.record.id.clone()).collect();
        people.sort();
        people.dedup();
        let mut parts: Vec<String> = lines(&whole).into_iter().filter(|line| is_fixed(line)).collect();
        let mut earn = 0;
        for person in &people {
            let mut alone = trial.programme.clone();
            alone.participants.retain(|row| row.record.id == *person);
            let of_person = lines(&settle(&alone, trial.end())).into_iter().filter(|line| !is_fixed(line));
            let before = parts.len();
            parts.extend(of_person);
            earn += usize::from(parts.len() > before);
        }
        parts.sort();
        trial.tally.met("several earn", earn > 1);
        equal(&parts, &lines(&whole), &trial.programme)
    });
}

/// 7, 10. Holds without limits and without names of other charges, the only things that charges share (constructed).
#[test]
fn every_charge_alone_earns_what_it_earns_among_others() {
    law(54, &[("several earn", 250)], |trial| {
        without_limits(&mut trial.programme);
        untied(&mut trial.programme);
        let whole = lines(&trial.settle());
        let mut parts = Vec::new();
        let mut earn = 0;
        let most = trial.programme.contracts.iter().map(|contract| contract.charges.len()).max().unwrap_or(0);
        for nth in 0..most {
            let mut alone = trial.programme.clone();
            for contract in &mut alone.contracts {
                contract.charges = contract.charges.drain(..).skip(nth).take(1).collect();
            }
            let of_charge = lines(&settle(&alone, trial.end()));
            earn += usize::from(!of_charge.is_empty());
            parts.extend(of_charge);
        }
        parts.sort();
        trial.tally.met("several earn", earn > 1);
        equal(&parts, &whole, &trial.programme)
    });
}

/// A decimal as a whole number of 10⁻⁶.
fn micro(text: &str) -> i128 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<6}").parse().unwrap()
}

/// `number / divisor`, rounded once as the contract says (2.2).
fn rounded(number: i128, divisor: i128, rounding: Option<Rounding>) -> i128 {
    let (whole, rest) = (number / divisor, 2 * (number % divisor));
    let up = match rounding {
        Some(Rounding::HalfEven) => rest > divisor || (rest == divisor && whole % 2 == 1),
        _ => rest >= divisor,
    };
    whole + i128::from(up)
}

/// 2.2, 7.3. Holds where the days of a unit have one rate, without variants, which take from it (constructed); so every amount is within half a minor unit of exact. A figure may
/// have more decimals than a quantity shows, so measured charges are left out.
#[test]
fn every_entitlement_is_its_rate_times_its_quantity_rounded_once() {
    law(55, &[("a prorated unit", 150), ("a tie", 80), ("rounded", 150)], |trial| {
        without_measured(&mut trial.programme);
        without_variants(&mut trial.programme);
        for standing in standings(&trial.programme, trial.end()) {
            let contract = trial.programme.contracts.iter().find(|contract| contract.id == standing.contract).unwrap();
            for (key, one) in standing.owed.iter().filter(|(_, one)| !one.rate.is_empty()) {
                let charge = contract.charges.iter().find(|charge| charge.id == key.1).unwrap();
                let prorated = matches!(charge.what, What::Period { prorate: true, .. });
                let of = match charge.what {
                    What::Period { unit: Unit::Weeks(n), .. } if prorated => 7 * n,
                    What::Period { unit, .. } if prorated && unit != Unit::Day => unit_days(&key.3),
                    _ => 1,
                };
                let of = i128::from(of);
                let days = (micro(&one.quantity) * of + 500_000) / 1_000_000;
                holds(prorated || days == 1, || format!("{key:?}: {one:?}"))?;
                let exact = micro(&one.rate) * days * 10_i128.pow(places(&contract.currency));
                let divisor = of * 1_000_000;
                trial.tally.met("a prorated unit", prorated && days < of);
                trial.tally.met("rounded", exact % divisor != 0);
                trial.tally.met("a tie", 2 * (exact % divisor) == divisor);
                let expected = rounded(exact, divisor, contract.rounding);
                holds(one.amount == expected, || format!("{key:?}: {one:?} is {expected}\n{}", files(&trial.programme)))?;
            }
        }
        Ok(())
    });
}

/// 2.2. Holds without limits, variants and `max_units`, which pass a difference on (constructed).
#[test]
fn the_two_roundings_differ_by_one_minor_unit_at_most() {
    law(56, &[("they differ", 40)], |trial| {
        without_limits(&mut trial.programme);
        without_variants(&mut trial.programme);
        for charge in charges(&mut trial.programme) {
            if let What::Period { max_units, .. } = &mut charge.what {
                *max_units = None;
            }
        }
        let mut with = |rounding| {
            trial.programme.contracts.iter_mut().for_each(|contract| contract.rounding = rounding);
            granted(&owed_at_last(&trial.programme, trial.as_of))
        };
        let (even, away) = (with(Some(Rounding::HalfEven)), with(None));
        trial.tally.met("they differ", even != away);
        for (key, amount) in &away {
            let even = even.get(key).copied().unwrap_or(0);
            let close = *amount == even || (*amount == even + 1 && even % 2 == 0);
            holds(close, || format!("{key:?}: {amount} and {even}"))?;
        }
        holds(even.keys().all(|key| away.contains_key(key)), || "a key of half-even alone".into())
    });
}

/// 11.1, formats: every settled period has its row. Constructed: nobody works, nothing is measured and there are no fixed charges.
#[test]
fn where_nothing_happens_nothing_is_owed_and_every_period_says_so() {
    law(57, &[("several settlements", 500)], |trial| {
        trial.programme.spells.clear();
        without_measured(&mut trial.programme);
        keep_charges(&mut trial.programme, |charge| !matches!(charge.what, What::Fixed { .. }));
        let output = trial.settle();
        let periods: usize = trial.programme.contracts.iter().map(|contract| cut_offs(contract).len()).sum();
        trial.tally.met("several settlements", periods > 1);
        let nil = |contract: &str| {
            let contract = trial.programme.contracts.iter().find(|terms| terms.id == contract).unwrap();
            written(0, &contract.currency)
        };
        let nothing = output.postings.is_empty() && output.settlements.iter().all(|row| row.total == nil(&row.contract));
        holds(nothing && output.settlements.len() == periods, || format!("{output:#?}"))
    });
}
