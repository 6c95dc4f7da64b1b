//! Laws of what rests on what was granted so far (mechanisms 4.1, 11, 14.2). Each adds a charge that stands last in the contract,
//! on its last day, with limits that leave it alone.

use super::money::written;
use super::rewrite::charges;
use super::sums::{Key, Owed, owed_at_last};
use super::trial::{Trial, Verdict, cases, files, holds, law_of, same, settle};
use crate::support::arbitrary::{granting, owing};
use crate::support::oracle::minor_units;
use crate::support::programme::*;
use std::collections::BTreeMap;

const ADDED: &str = "at-last";

/// Everything that is granted so far, asked by one more charge, behind all others.
fn add(contract: &mut Contract, (form, price): (Form, Price)) {
    let all: Vec<String> = contract.charges.iter().map(|charge| charge.id.clone()).collect();
    for limit in &mut contract.limits {
        limit.charges.get_or_insert(all.clone());
    }
    let so_far = Form::Granted { charges: all, window: FigureWindow::Total };
    contract.figures.push(Figure { id: "so-far".into(), form: so_far, decimals: None });
    contract.figures.push(Figure { id: "asked".into(), form, decimals: None });
    let dates = Dates::On(vec![contract.ends]);
    let (figure, times) = ("asked".into(), Vec::new());
    let what = What::Measured { figure, times, dates, per_participant: false, cumulative: false };
    contract.charges.push(Charge::of(ADDED, what, price));
}

fn so_far() -> Form {
    Form::Sum(vec![("so-far".into(), None)])
}

/// What is granted of a contract for days of its term: of the added charge, and of all others.
fn in_term(owed: &BTreeMap<Key, Owed>, contract: &Contract) -> (i128, i128) {
    let (mut added, mut others) = (0, 0);
    for (key, one) in owed.iter().filter(|(key, one)| key.0 == contract.id && one.earned_on <= contract.ends) {
        *(if key.1 == ADDED { &mut added } else { &mut others }) += one.granted;
    }
    (added, others)
}

/// Adds such a charge to every contract with one number of the dice, and looks at what comes of it.
fn law(
    seed: u8,
    least: &[(&'static str, usize)],
    terms: impl Fn(&str) -> (Form, Price),
    looks: impl Fn(&mut Trial, (i128, i128), i128) -> Verdict,
) {
    law_of(owing(), cases(), seed, least, |trial| {
        let contracts = trial.programme.contracts.len();
        let ids: std::collections::BTreeSet<&String> = trial.programme.contracts.iter().map(|one| &one.id).collect();
        if ids.len() < contracts {
            return Ok(());
        }
        let number = ["1000", "35", "250", "12000", "7"][trial.dice.below(5)];
        for contract in &mut trial.programme.contracts {
            add(contract, terms(number));
        }
        let owed = owed_at_last(&trial.programme, trial.end());
        for contract in trial.programme.contracts.clone() {
            looks(trial, in_term(&owed, &contract), minor_units(&contract, number))?;
        }
        Ok(())
    });
}

fn bands(lower: Band, upper: Band) -> Price {
    Price::Bands { pricing: None, bands: vec![lower, upper] }
}

fn text(text: &str) -> Option<String> {
    Some(text.into())
}

/// Holds where the sum is not below 0 before (checked): a minimum is a straight line from itself at nothing to nothing at itself.
#[test]
fn a_top_up_brings_every_sum_to_the_minimum() {
    let minimum = |least: &str| {
        let lower =
            Band { from: text("0"), below: text(least), amount: text(least), to_amount: text("0"), ..Band::default() };
        (so_far(), bands(lower, Band { from: text(least), amount: text("0"), ..Band::default() }))
    };
    law(130, &[("topped up", 200), ("enough by itself", 100)], minimum, |trial, (added, others), least| {
        trial.tally.met("topped up", added > 0 && others > 0);
        trial.tally.met("enough by itself", added == 0 && others >= least);
        let right = if others < 0 { added == 0 } else { added + others == others.max(least) };
        holds(right, || format!("{others} and {added}, at least {least}\n{}", files(&trial.programme)))
    });
}

/// Always: paid or owed back, the difference brings the sum to what all was worth.
#[test]
fn a_true_up_brings_every_sum_to_its_worth() {
    let worth = |worth: &str| {
        let lower = Band { below: text(worth), each: text("1"), ..Band::default() };
        let upper = Band { from: text(worth), each: text("1"), owed_back: true, ..Band::default() };
        (so_far(), bands(lower, upper))
    };
    law(131, &[("paid", 200), ("owed back", 80)], worth, |trial, (added, others), worth| {
        trial.tally.met("paid", added > 0 && others != 0);
        trial.tally.met("owed back", added < 0);
        holds(added + others == worth, || format!("{others} and {added}, worth {worth}\n{}", files(&trial.programme)))
    });
}

/// Always: 1 for each pays as much again, and nothing where the sum is below 0.
#[test]
fn one_for_each_pays_what_was_granted_again() {
    let again = |_: &str| (so_far(), Price::Each("1".into()));
    law(132, &[("again", 250), ("below 0", 80)], again, |trial, (added, others), _| {
        trial.tally.met("again", added > 0);
        trial.tally.met("below 0", others < 0);
        holds(added == others.max(0), || format!("{others} and {added}\n{}", files(&trial.programme)))
    });
}

/// Mechanisms 4.2. Holds for an asker behind all others of its day, where nothing is owed back (constructed): what was granted since
/// the last date adds up, over the dates, to all that was granted.
#[test]
fn what_was_granted_since_the_last_date_adds_up() {
    law_of(owing(), cases(), 133, &[("on two dates", 100)], |trial| {
        for charge in charges(&mut trial.programme) {
            charge.owed_back = false;
            if let Price::Bands { bands, .. } = &mut charge.price {
                bands.iter_mut().for_each(|band| band.owed_back = false);
            }
        }
        let with = |trial: &Trial, window: FigureWindow, dates: Dates| {
            let mut programme = trial.programme.clone();
            for contract in &mut programme.contracts {
                add(contract, (so_far(), Price::Each("1".into())));
                for figure in contract.figures.iter_mut().filter(|figure| figure.id == "so-far") {
                    let Form::Granted { window: own, .. } = &mut figure.form else { panic!("it is what was granted") };
                    *own = window;
                }
                if let Some(What::Measured { dates: own, .. }) = contract.charges.last_mut().map(|charge| &mut charge.what) {
                    *own = if let Dates::Every(_) = dates { dates.clone() } else { own.clone() };
                }
            }
            let mut sums: BTreeMap<String, (i128, usize)> = BTreeMap::new();
            for (key, one) in owed_at_last(&programme, trial.end()).into_iter().filter(|(key, _)| key.1 == ADDED) {
                let sum = sums.entry(key.0).or_default();
                *sum = (sum.0 + one.granted, sum.1 + 1);
            }
            sums
        };
        let parts = with(trial, FigureWindow::SinceLast, Dates::Every(Every::Month));
        let whole = with(trial, FigureWindow::Total, Dates::On(Vec::new()));
        trial.tally.met("on two dates", parts.values().any(|(_, dates)| *dates > 1));
        for contract in &trial.programme.contracts {
            let of = |sums: &BTreeMap<String, (i128, usize)>| sums.get(&contract.id).map_or(0, |sum| sum.0);
            let why = || format!("{parts:?}, {whole:?}\n{}", files(&trial.programme));
            holds(of(&parts) == of(&whole), why)?;
        }
        Ok(())
    });
}

/// Mechanisms 11. Always: what was posted is not asked, so a later as-of day, or a ledger, changes nothing; and a limit of the
/// added charge's own that is exactly enough leaves no trace.
#[test]
fn a_limit_on_the_asker_that_is_enough_leaves_no_trace() {
    law_of(granting(), cases(), 134, &[("a posting of the asker", 150)], |trial| {
        let before = trial.settle();
        let asker = |charge: &str| ["top", "Trim"].contains(&charge);
        trial.tally.met("a posting of the asker", before.postings.iter().any(|row| asker(&row.charge)));
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let askers = contract.charges.iter().map(|charge| charge.id.clone()).filter(|id| asker(id));
            let askers: Vec<String> = askers.collect();
            contract.limits.push(Limit {
                id: "enough".into(),
                scope: Scope::Contract,
                window: LimitWindow::Total,
                amount: written(900_000_000_000, &contract.currency),
                floor: false,
                charges: Some(askers),
                units: None,
            });
        }
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}
