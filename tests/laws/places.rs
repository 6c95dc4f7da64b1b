//! Laws of places: the same offers said otherwise, and what can be no more than something else.

use super::corrections::{from_any_settlement, in_any_batches};
use super::form::any_order;
use super::rewrite::blind_to_recording;
use super::sums::{minor, sums};
use super::time::later_rows_have_no_say;
use super::trial::{Trial, Verdict, cases, equal, files, holds, law_of, same, settle};
use crate::support::arbitrary::placed;
use crate::support::day::Day;
use crate::support::output::Output;
use crate::support::programme::*;
use std::collections::BTreeMap;

const CENTRES: [&str; 3] = ["nyb-1", "Nyb", "nyb-10"];

fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(placed(), cases(), seed, least, look);
}

fn places(of: Seats, centre: Option<&str>, outcome: Option<&str>) -> Form {
    let (centre, outcome) = (centre.map(str::to_string), outcome.map(str::to_string));
    Form::Places { of, by: PlacesBy::Days, centre, outcome, among: Among::default(), window: FigureWindow::Total }
}

/// In place of all other charges and figures: for each figure one charge of the same dates, at 1 each; no limits and no gates. The
/// figures are made of an outcome, of which there is one.
pub fn pay_for(programme: &mut Programme, figures: impl Fn(&Contract, &str) -> Vec<(String, Form)>, cumulative: bool) {
    for contract in &mut programme.contracts {
        let mut outcomes = contract.outcomes.iter_mut();
        let outcome = outcomes.next().unwrap();
        outcome.same_employer = false;
        let outcome = outcome.id.clone();
        contract.charges.clear();
        contract.limits.clear();
        contract.gates.clear();
        contract.forget(|_| true);
        contract.figures = Vec::new();
        for (id, form) in figures(contract, &outcome) {
            contract.figures.push(Figure { id: id.clone(), form, decimals: None });
            let dates = Dates::Every(Every::Quarter);
            let what = What::Measured { figure: id.clone(), times: Vec::new(), dates, per_participant: false, cumulative };
            contract.charges.push(Charge::of(&id, what, Price::Each("10".into())));
        }
    }
}

/// The sums of one charge by contract and date.
pub fn by_date(output: &Output, charge: &str) -> BTreeMap<(String, String), i128> {
    let mut sums = BTreeMap::new();
    for row in output.postings.iter().filter(|row| row.charge == charge) {
        *sums.entry((row.contract.clone(), row.unit.clone())).or_default() += minor(&row.amount);
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

/// No date of a charge comes to more than that of another.
fn no_more(output: &Output, less: &str, more: &str, programme: &Programme) -> Verdict {
    let (less, more) = (by_date(output, less), by_date(output, more));
    let wrong = less.iter().find(|(key, sum)| **sum > more.get(*key).copied().unwrap_or(0));
    holds(wrong.is_none(), || format!("{wrong:?}\n{}", files(programme)))
}

/// Places 2. Always (constructed: 10 for each).
#[test]
fn no_more_is_occupied_than_there_is_and_than_people_fill() {
    law(210, &[("occupied", 200), ("less than there is", 150), ("less than people", 60)], |trial| {
        let all = |_: &Contract, outcome: &str| {
            let days = Form::Tally {
                outcome: outcome.into(),
                among: Among::default(),
                window: FigureWindow::Total,
                per_participant: false,
            };
            vec![
                ("seats".into(), places(Seats::Available, None, None)),
                ("open".into(), places(Seats::Centres, None, None)),
                ("filled".into(), places(Seats::Occupied, None, Some(outcome))),
                ("days".into(), days),
            ]
        };
        pay_for(&mut trial.programme, all, false);
        let output = trial.settle();
        let [filled, seats, days] = ["filled", "seats", "days"].map(|charge| by_date(&output, charge));
        trial.tally.met("occupied", !filled.is_empty());
        trial.tally.met("less than there is", filled.iter().any(|(key, sum)| seats.get(key) > Some(sum)));
        trial.tally.met("less than people", filled.iter().any(|(key, sum)| days.get(key) > Some(sum)));
        no_more(&output, "filled", "seats", &trial.programme)?;
        no_more(&output, "filled", "days", &trial.programme)?;
        no_more(&output, "open", "seats", &trial.programme)
    });
}

/// Places 1. Always: two offers of the same centre, companies and days have together what one has.
#[test]
fn an_offer_told_as_two_of_its_places_changes_nothing() {
    law(211, &[("a posting", 250), ("places in both", 250)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let mut seconds = Vec::new();
        for row in &mut changed.offers {
            let all: i64 = row.places.parse().unwrap_or(0);
            let some = trial.dice.between(0, all);
            trial.tally.met("places in both", some > 0 && some < all);
            let record = Record { id: format!("{}.2nd", row.record.id), ..row.record.clone() };
            seconds.push(OfferRow { record, places: (all - some).to_string(), ..row.clone() });
            row.places = some.to_string();
        }
        changed.offers.extend(seconds);
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Places 1. Always: an offer of more than one day told as two that meet.
#[test]
fn an_offer_told_in_two_parts_that_meet_changes_nothing() {
    law(212, &[("a posting", 250), ("told in parts", 500)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let mut seconds = Vec::new();
        for row in &mut changed.offers {
            let record = Record { id: format!("{}.2nd", row.record.id), ..row.record.clone() };
            let first = Day::parse(&row.first_day).filter(|_| row.record.void != "true");
            let most = first.map_or(-1, |first| Day::parse(&row.last_day).map_or(60, |last| last.0 - first.0 - 1));
            let void = Record { void: "true".into(), ..record.clone() };
            let mut second = OfferRow { record: void, ..OfferRow::default() };
            if let Some(first) = first.filter(|_| most >= 0) {
                let border = first.plus(trial.dice.between(0, most));
                second = OfferRow { record, first_day: border.next().to_string(), ..row.clone() };
                row.last_day = border.to_string();
                trial.tally.met("told in parts", true);
            }
            seconds.push(second);
        }
        changed.offers.extend(seconds);
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

fn filled(_: &Contract, outcome: &str) -> Vec<(String, Form)> {
    vec![("filled".into(), places(Seats::Occupied, None, Some(outcome)))]
}

/// Places 2. Holds where nobody is one too many (constructed): somebody more never lowers what is occupied.
#[test]
fn nobody_drives_others_out_of_their_places() {
    law(213, &[("less", 40)], |trial| {
        pay_for(&mut trial.programme, filled, false);
        blind_to_recording(&mut trial.programme);
        let all: Vec<Record> = trial.programme.participants.iter().map(|row| row.record.clone()).collect();
        let Some(one) = trial.dice.of_list(&all) else { return Ok(()) };
        let mut fewer = trial.programme.clone();
        fewer.participants.retain(|row| (&row.record.contract, &row.record.id) != (&one.contract, &one.id));
        let (all, without) = (trial.settle(), settle(&fewer, trial.end()));
        let (all, without) = (by_date(&all, "filled"), by_date(&without, "filled"));
        trial.tally.met("less", without != all);
        let wrong = without.iter().find(|(key, sum)| **sum > all.get(*key).copied().unwrap_or(0));
        holds(wrong.is_none(), || format!("{}: {wrong:?}\n{}", one.id, files(&trial.programme)))
    });
}

/// Places 2. Always: one place more lowers nothing.
#[test]
fn one_place_more_lowers_nothing() {
    law(214, &[("more are occupied", 35)], |trial| {
        let all = |_: &Contract, outcome: &str| {
            vec![
                ("seats".into(), places(Seats::Available, None, None)),
                ("open".into(), places(Seats::Centres, None, None)),
                ("filled".into(), places(Seats::Occupied, None, Some(outcome))),
            ]
        };
        pay_for(&mut trial.programme, all, false);
        let mut more = trial.programme.clone();
        let ids: Vec<String> = more.offers.iter().map(|row| row.record.id.clone()).collect();
        let Some(one) = trial.dice.of_list(&ids) else { return Ok(()) };
        for row in more.offers.iter_mut().filter(|row| row.record.id == one && row.record.void != "true") {
            row.places = (row.places.parse::<i64>().unwrap() + 1).to_string();
        }
        let (before, after) = (trial.settle(), settle(&more, trial.end()));
        trial.tally.met("more are occupied", by_date(&before, "filled") != by_date(&after, "filled"));
        for charge in ["seats", "open", "filled"] {
            let (before, after) = (by_date(&before, charge), by_date(&after, charge));
            let wrong = before.iter().find(|(key, sum)| **sum > after.get(*key).copied().unwrap_or(0));
            holds(wrong.is_none(), || format!("{charge}: {wrong:?}\n{}", files(&more)))?;
        }
        Ok(())
    });
}

/// Places 2. Always: what each centre has adds up to what all have.
#[test]
fn the_centres_add_up() {
    law(215, &[("of several", 60), ("occupied", 200)], |trial| {
        let all = |_: &Contract, outcome: &str| {
            let mut all = vec![
                ("seats".into(), places(Seats::Available, None, None)),
                ("filled".into(), places(Seats::Occupied, None, Some(outcome))),
            ];
            for (nth, centre) in CENTRES.into_iter().enumerate() {
                all.push((format!("seats-{nth}"), places(Seats::Available, Some(centre), None)));
                all.push((format!("filled-{nth}"), places(Seats::Occupied, Some(centre), Some(outcome))));
            }
            all
        };
        pay_for(&mut trial.programme, all, false);
        let output = trial.settle();
        trial.tally.met("occupied", !by_date(&output, "filled").is_empty());
        for what in ["seats", "filled"] {
            let mut parts: BTreeMap<(String, String), i128> = BTreeMap::new();
            let mut several = 0;
            for nth in 0..CENTRES.len() {
                let one = by_date(&output, &format!("{what}-{nth}"));
                several += usize::from(!one.is_empty());
                one.into_iter().for_each(|(key, sum)| *parts.entry(key).or_default() += sum);
            }
            trial.tally.met("of several", what == "filled" && several > 1);
            equal(&by_date(&output, what), &parts, &trial.programme)?;
        }
        Ok(())
    });
}

/// Mechanisms 4.2. Constructed: days, at a whole price. What is occupied since the last date adds up to all so far.
#[test]
fn place_days_since_the_last_date_add_up_to_all_so_far() {
    law(216, &[("a posting", 200)], |trial| {
        let mut totals = trial.programme.clone();
        let since = |contract: &Contract, outcome: &str| {
            let mut all = filled(contract, outcome);
            if let Form::Places { window, .. } = &mut all[0].1 {
                *window = FigureWindow::SinceLast;
            }
            all
        };
        pay_for(&mut trial.programme, since, false);
        pay_for(&mut totals, filled, true);
        let (since, so_far) = (trial.settle(), settle(&totals, trial.end()));
        trial.tally.met("a posting", !since.postings.is_empty());
        equal(&sums(&since), &sums(&so_far), &totals)
    });
}

/// 12.3, with offers. Always.
#[test]
fn with_places_too_the_order_of_rows_and_lists_says_nothing() {
    law_of(placed(), cases(), 217, &[("a posting", 350)], any_order);
}

/// 10.3, with offers. Constructed as there.
#[test]
fn with_places_too_any_batches_are_paid_the_same_in_the_end() {
    law_of(placed(), cases(), 218, &[("other postings, same sums", 150)], in_any_batches);
}

/// 10.4, with offers. Always.
#[test]
fn with_places_too_going_on_from_a_ledger_gives_what_a_replay_gives() {
    law_of(placed(), cases(), 219, &[("a correction after the ledger", 100)], from_any_settlement);
}

/// 3.2, with offers. Always.
#[test]
fn with_places_too_what_is_recorded_later_has_no_say() {
    law_of(placed(), cases(), 220, &[("later rows", 300)], later_rows_have_no_say);
}
