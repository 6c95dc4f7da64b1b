//! Laws of figures and bands (mechanisms 14.2): the same said otherwise, and what higher values and prices do.

use super::rewrite::*;
use super::sums::{Key, minor, owed_at_last, sums};
use super::trial::{Dice, Trial, Verdict, cases, equal, files, holds, law_of, same, settle};
use crate::support::arbitrary::measured;
use crate::support::programme::*;
use std::collections::BTreeMap;

/// Tries a law on programmes whose contracts pay for what figures say, and for nothing else.
fn law(seed: u8, least: &[(&'static str, usize)], mut look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(measured(), cases(), seed, least, |trial| {
        keep_charges(&mut trial.programme, |charge| matches!(charge.what, What::Measured { .. }));
        look(trial)
    });
}

fn bands_of(charge: &mut Charge) -> Option<(Option<Pricing>, &mut Vec<Band>)> {
    match &mut charge.price {
        Price::Bands { pricing, bands } => Some((*pricing, bands)),
        _ => None,
    }
}

/// Mechanisms 4.1. Holds for the same days and cohort and a higher id; each row of the one is told again by the other (`-` is
/// lower than any other letter of an id, but comes after its end).
#[test]
fn a_metric_told_in_a_second_row_changes_nothing() {
    law(80, &[("a posting", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for row in &trial.programme.measurements {
            let mut again = row.clone();
            again.record.id = format!("{}-", row.record.id);
            changed.measurements.push(again);
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 4.1. Always: of metrics and cohorts that no figure names, and of days after every date.
#[test]
fn a_measurement_that_no_date_asks_for_changes_nothing() {
    law(81, &[("a posting", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for (nth, row) in trial.programme.measurements.iter().enumerate() {
            let mut other = row.clone();
            other.record.id = format!("other-{nth}");
            match trial.dice.below(3) {
                0 => other.metric = "never-asked".into(),
                1 => other.cohort = "nobody".into(),
                _ => {
                    let contract = changed.contracts.iter().find(|contract| contract.id == row.record.contract).unwrap();
                    let after = cut_offs(contract).last().unwrap().plus(trial.dice.between(1, 40));
                    (other.first_day, other.last_day) = (after.to_string(), after.to_string());
                }
            }
            changed.measurements.push(other);
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 4.1. Constructed: the values are decimals, measured once, known and ended before the first date.
#[test]
fn a_value_is_a_metric_that_was_measured_once_for_all() {
    law(82, &[("a posting", 300)], |trial| {
        for figure in trial.programme.contracts.iter_mut().flat_map(|contract| &mut contract.figures) {
            if let Form::Value(value) = &mut figure.form {
                *value = ["700", "0.5", "18.6", "65"][trial.dice.below(4)].into();
            }
        }
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let long_ago = contract.starts.plus(-trial.dice.between(0, 400)).to_string();
            for figure in &mut contract.figures {
                let Form::Value(value) = figure.form.clone() else { continue };
                let metric = format!("value-of-{}", figure.id);
                let record = Record { contract: contract.id.clone(), id: metric.clone(), ..Record::default() };
                changed.measurements.push(MeasurementRow {
                    record: Record { recorded_on: long_ago.clone(), ..record },
                    metric: metric.clone(),
                    first_day: long_ago.clone(),
                    last_day: long_ago.clone(),
                    value,
                    ..MeasurementRow::default()
                });
                figure.form = Form::Metric { metric, cohort: None, window: FigureWindow::Total, per_participant: false };
            }
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 3.5. Always: `every` is short for its dates.
#[test]
fn every_so_often_is_the_list_of_those_dates() {
    law(83, &[("every", 140)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let mut terms = contract.clone();
            for charge in &mut contract.charges {
                let What::Measured { dates, .. } = &mut charge.what else { continue };
                let Dates::Every(every) = dates.clone() else { continue };
                // The periods of a calendar that is cut so end on those dates, and on the contract's last day.
                (terms.settlement.every, terms.settlement.tail_periods) = (every, None);
                let lasts = crate::support::oracle::calendar_of(&terms).into_iter().map(|(last, _)| last);
                *dates = Dates::On(lasts.collect());
                let posted = before.postings.iter().any(|row| row.charge == charge.id);
                trial.tally.met("every", posted);
            }
        }
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// A number with three decimals between two others that are written with at most one.
fn between(low: &str, high: &str, dice: &mut Dice) -> String {
    let thousandths = |text: &str| {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{part:0<3}").parse::<i64>().unwrap()
    };
    let cut = dice.between(thousandths(low) + 1, thousandths(high) - 1);
    format!("{}.{:03}", cut / 1000, cut % 1000)
}

/// Mechanisms 5.3. Holds for marginal bands without an `amount` in the band that is cut (constructed).
#[test]
fn a_marginal_band_cut_in_two_changes_nothing() {
    law(84, &[("cut and paid", 200)], |trial| {
        for charge in charges(&mut trial.programme) {
            let price = std::mem::replace(&mut charge.price, Price::Each("0".into()));
            charge.price = match price {
                Price::Bands { mut bands, .. } => {
                    for band in &mut bands {
                        let each = band.each.take().or(band.amount.take()).or(band.to_amount.take());
                        (band.amount, band.to_amount, band.each) = (None, None, each);
                    }
                    Price::Bands { pricing: Some(Pricing::Marginal), bands }
                }
                other => other,
            };
        }
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for charge in charges(&mut changed) {
            let id = charge.id.clone();
            let Some((_, bands)) = bands_of(charge) else { continue };
            let n = trial.dice.below(bands.len());
            let edge = |one: &Option<String>, other: &Option<String>| one.clone().or(other.clone());
            let low = edge(&bands[n].from, &bands[n].above).unwrap_or("0".into());
            let high = edge(&bands[n].below, &bands[n].up_to).unwrap_or("2000".into());
            let cut = between(&low, &high, &mut trial.dice);
            let mut upper = Band { from: None, above: None, ..bands[n].clone() };
            (bands[n].below, bands[n].up_to) = (None, None);
            if trial.dice.below(2) == 0 {
                (bands[n].below, upper.from) = (Some(cut.clone()), Some(cut));
            } else {
                (bands[n].up_to, upper.above) = (Some(cut.clone()), Some(cut));
            }
            bands.insert(n + 1, upper);
            trial.tally.met("cut and paid", before.postings.iter().any(|row| row.charge == id));
        }
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 5.3. Holds for one band from 0 (constructed).
#[test]
fn one_whole_band_from_nothing_is_a_marginal_one_and_a_level_one() {
    law(85, &[("a posting", 250)], |trial| {
        let price = |trial: &mut Trial, pricing: Pricing| {
            for charge in charges(&mut trial.programme) {
                let (amount, each) = match &charge.price {
                    Price::Each(each) => (None, Some(each.clone())),
                    Price::Bands { bands, .. } => (bands[0].amount.clone(), bands[0].each.clone()),
                    other => panic!("{other:?} prices no figure"),
                };
                let each = each.or((amount.is_none()).then(|| "1".into()));
                let band = Band { from: Some("0".into()), amount, each, ..Band::default() };
                charge.price = Price::Bands { pricing: Some(pricing), bands: vec![band] };
            }
            trial.settle()
        };
        let whole = price(trial, Pricing::Whole);
        trial.tally.met("a posting", !whole.postings.is_empty());
        let marginal = price(trial, Pricing::Marginal);
        same(&whole, &marginal, &trial.programme)?;
        let level = price(trial, Pricing::Level);
        same(&whole, &level, &trial.programme)
    });
}

fn granted(programme: &Programme, trial: &Trial) -> BTreeMap<Key, i128> {
    owed_at_last(programme, trial.end()).into_iter().map(|(key, one)| (key, one.granted)).collect()
}

/// Mechanisms 5.3. Holds without limits, for marginal bands, which never fall, and at most one figure to multiply with, for two
/// that are below 0 make more than two that are less so (constructed).
#[test]
fn higher_values_never_lower_what_is_owed() {
    law(86, &[("more is owed", 200)], |trial| {
        without_limits(&mut trial.programme);
        without_composed(&mut trial.programme);
        for charge in charges(&mut trial.programme) {
            if let What::Measured { times, .. } = &mut charge.what {
                times.truncate(1);
            }
            if let Price::Bands { pricing, bands } = &mut charge.price {
                *pricing = Some(Pricing::Marginal);
                bands.iter_mut().for_each(|band| band.to_amount = None);
            }
        }
        let mut changed = trial.programme.clone();
        let more = ["1", "7", "50"][trial.dice.below(3)];
        for row in changed.measurements.iter_mut().filter(|row| row.record.void != "true") {
            // A digit more before the point, or a size less.
            row.value = row.value.strip_prefix('-').map_or(format!("{more}{}", row.value), |_| "-0.25".into());
        }
        let (before, after) = (granted(&trial.programme, trial), granted(&changed, trial));
        trial.tally.met("more is owed", before != after);
        for (key, amount) in &before {
            let now = after.get(key).copied().unwrap_or(0);
            holds(now >= *amount, || format!("{key:?}: {amount}, then {now}\n{}", files(&changed)))?;
        }
        Ok(())
    });
}

fn whole_number(text: &mut String) {
    let number: i64 = text.split(['.', '/']).next().unwrap().parse().unwrap();
    *text = number.to_string();
}

/// Mechanisms 5.3. Holds where nothing is rounded: whole prices, values and edges, no straight lines; and without limits
/// (constructed).
#[test]
fn prices_scaled_scale_what_is_owed() {
    law(87, &[("a posting", 300)], |trial| {
        without_limits(&mut trial.programme);
        without_composed(&mut trial.programme);
        for row in trial.programme.measurements.iter_mut().filter(|row| row.record.void != "true") {
            whole_number(&mut row.value);
        }
        for figure in trial.programme.contracts.iter_mut().flat_map(|contract| &mut contract.figures) {
            if let Form::Value(value) = &mut figure.form {
                whole_number(value);
            }
        }
        for charge in charges(&mut trial.programme) {
            let Some((_, bands)) = bands_of(charge) else { continue };
            for band in bands {
                band.to_amount = None;
                let edges = [&mut band.from, &mut band.above, &mut band.below, &mut band.up_to];
                edges.into_iter().flatten().for_each(whole_number);
            }
        }
        amounts(&mut trial.programme).into_iter().for_each(whole_number);
        let k = trial.dice.between(2, 9);
        let mut changed = trial.programme.clone();
        for amount in amounts(&mut changed) {
            *amount = (amount.parse::<i64>().unwrap() * k).to_string();
        }
        let before = trial.settle();
        trial.tally.met("a posting", !before.postings.is_empty());
        let scaled: BTreeMap<Key, i128> = sums(&before).into_iter().map(|(key, sum)| (key, sum * i128::from(k))).collect();
        equal(&scaled, &sums(&settle(&changed, trial.end())), &changed)
    });
}

/// Mechanisms 5.3, 5.5. Always: a figure of 1 is no factor; each key keeps all but the rate that it shows.
#[test]
fn a_factor_of_one_changes_no_amount() {
    law(88, &[("a posting", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            contract.figures.push(Figure { id: "one".into(), form: Form::Value("1".into()), decimals: None });
            for charge in &mut contract.charges {
                if let What::Measured { times, .. } = &mut charge.what {
                    times.insert(trial.dice.below(times.len() + 1), "one".into());
                }
            }
        }
        let mut after = settle(&changed, trial.end());
        trial.tally.met("a posting", before.postings.iter().any(|row| minor(&row.amount) > 0));
        let mut expected = before;
        for row in expected.postings.iter_mut().chain(&mut after.postings) {
            row.rate.clear();
        }
        same(&expected, &after, &changed)
    });
}
