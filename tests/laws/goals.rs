//! Laws of goals, and of indicators, on which nothing rests.

use super::corrections::{from_any_settlement, in_any_batches};
use super::form::any_order;
use super::places::{by_date, pay_for};
use super::time::later_rows_have_no_say;
use super::trial::{Trial, Verdict, cases, equal, files, holds, law_of, same, settle};
use crate::support::arbitrary::aimed;
use crate::support::programme::*;
use rust_decimal::Decimal;

fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(aimed(), cases(), seed, least, look);
}

fn goals(programme: &mut Programme) -> impl Iterator<Item = &mut Goal> {
    programme.contracts.iter_mut().flat_map(|contract| &mut contract.goals)
}

/// Requirements look at entries alone, so that all of them are known.
fn by_entries(programme: &mut Programme) {
    for requirement in goals(programme).flat_map(|goal| &mut goal.requirements) {
        if matches!(requirement.from, ShownBy::Figure(_)) {
            requirement.from = ShownBy::Entries;
        }
    }
}

/// Whether each goal is met, its degree, and how many of its requirements are met.
fn asked(contract: &Contract, _: &str) -> Vec<(String, Form)> {
    let bys = [("met", GoalBy::Met), ("degree", GoalBy::Degree), ("requirements", GoalBy::Requirements)];
    let of =
        |goal: &Goal| bys.map(|(by, asked)| (format!("{}.{by}", goal.id), Form::Goal { goal: goal.id.clone(), by: asked }));
    contract.goals.iter().flat_map(of).collect()
}

/// Every charge that one programme has pays on no date less than in the other.
fn no_less(lower: &Programme, higher: &Programme, trial: &Trial) -> Result<bool, String> {
    let (less, more) = (settle(lower, trial.end()), settle(higher, trial.end()));
    for charge in lower.contracts.iter().flat_map(|contract| &contract.charges) {
        let (less, more) = (by_date(&less, &charge.id), by_date(&more, &charge.id));
        let wrong = less.iter().find(|(key, sum)| **sum > more.get(*key).copied().unwrap_or(0));
        holds(wrong.is_none(), || format!("{}: {wrong:?}\n{}", charge.id, files(higher)))?;
    }
    Ok(less != more)
}

/// Goals 2. Constructed: entries, so that everything is known.
#[test]
fn a_goal_is_met_exactly_if_its_degree_is_a_hundred() {
    law(221, &[("met", 250), ("not met", 250)], |trial| {
        by_entries(&mut trial.programme);
        pay_for(&mut trial.programme, asked, false);
        let mut dates = 0;
        for charge in trial.programme.contracts.iter_mut().flat_map(|contract| &mut contract.charges) {
            dates += 1;
            if charge.id.ends_with(".degree") {
                let band = Band { from: Some("100".into()), amount: Some("10".into()), ..Band::default() };
                charge.price = Price::Bands { pricing: None, bands: vec![band] };
            }
        }
        let output = trial.settle();
        let ids: Vec<String> = goals(&mut trial.programme).map(|goal| goal.id.clone()).collect();
        trial.tally.met("not met", dates > 0 && ids.iter().any(|id| by_date(&output, &format!("{id}.met")).is_empty()));
        for id in ids {
            let [met, degree] = ["met", "degree"].map(|by| by_date(&output, &format!("{id}.{by}")));
            trial.tally.met("met", !met.is_empty());
            equal(&met, &degree, &trial.programme)?;
        }
        Ok(())
    });
}

/// Goals 2. Constructed: entries, so that everything is known (where something is not, a goal that was not met may become one of
/// which nobody knows). One more entry lowers no degree, and no goal that is met is met no more.
#[test]
fn more_evidence_lowers_nothing() {
    law(222, &[("more", 100)], |trial| {
        by_entries(&mut trial.programme);
        pay_for(&mut trial.programme, asked, false);
        let mut more = trial.programme.clone();
        for contract in &trial.programme.contracts {
            let requirements = contract.goals.iter().flat_map(|goal| goal.requirements.iter().map(move |one| (goal, one)));
            let all: Vec<_> = requirements.filter(|(_, one)| one.from == ShownBy::Entries).collect();
            let Some((goal, requirement)) = trial.dice.of_list(&all) else { continue };
            let on = contract.starts.plus(trial.dice.between(-30, contract.ends.0 - contract.starts.0));
            more.shown.push(ShownRow {
                record: Record {
                    contract: contract.id.clone(),
                    id: "one-more".into(),
                    recorded_on: on.plus(trial.dice.between(0, 40)).to_string(),
                    ..Record::default()
                },
                goal: goal.id.clone(),
                requirement: requirement.id.clone(),
                shown_on: on.to_string(),
                result: "2.5".into(),
                evidence: "another letter".into(),
            });
        }
        let moved = no_less(&trial.programme, &more, trial)?;
        trial.tally.met("more", moved);
        Ok(())
    });
}

/// Goals 2. Constructed as before: to need more of its requirements never raises a goal's degree, nor meets it.
#[test]
fn to_need_more_meets_no_goal() {
    law(223, &[("less", 60)], |trial| {
        by_entries(&mut trial.programme);
        pay_for(&mut trial.programme, asked, false);
        let more = trial.programme.clone();
        for goal in goals(&mut trial.programme) {
            let has_target = |one: &&Requirement| one.at_least.is_some() || matches!(one.from, ShownBy::Goal(_));
            let most = goal.requirements.iter().filter(has_target).count() as i64;
            goal.needs = Some(trial.dice.between(goal.needs.unwrap_or(most), most));
        }
        let moved = no_less(&trial.programme, &more, trial)?;
        trial.tally.met("less", moved);
        Ok(())
    });
}

/// Goals 1. Always: an entry told as two halves.
#[test]
fn an_entry_told_in_two_halves_changes_nothing() {
    law(224, &[("a posting", 250), ("told in halves", 500)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let mut seconds = Vec::new();
        for row in &mut changed.shown {
            let record = Record { id: format!("{}.2nd", row.record.id), ..row.record.clone() };
            let mut rest = String::new();
            if let Ok(result) = row.result.parse::<Decimal>() {
                let half = (result / Decimal::TWO).trunc_with_scale(2);
                (row.result, rest) = (half.to_string(), (result - half).to_string());
                trial.tally.met("told in halves", !result.is_zero());
            }
            seconds.push(ShownRow { record, result: rest, ..row.clone() });
        }
        changed.shown.extend(seconds);
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Goals 2. Always: what was asked for and what came, both three times as much.
#[test]
fn targets_and_results_scaled_change_nothing() {
    law(225, &[("a posting", 250)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let three = |text: &str| (text.parse::<Decimal>().unwrap() * Decimal::from(3)).normalize().to_string();
        for row in changed.shown.iter_mut().filter(|row| !row.result.is_empty()) {
            row.result = three(&row.result);
        }
        for requirement in goals(&mut changed).flat_map(|goal| &mut goal.requirements) {
            if let (ShownBy::Entries, Some(target)) = (&requirement.from, &mut requirement.at_least) {
                *target = match target.split_once('/') {
                    Some((number, divisor)) => format!("{}/{divisor}", three(number)),
                    None => three(target),
                };
            }
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Goals 2. Always, but for how many requirements are met: a goal that asks for another alone is that goal.
#[test]
fn a_goal_of_one_goal_is_that_goal() {
    law(226, &[("a posting", 250)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let around: Vec<Goal> = contract
                .goals
                .iter()
                .map(|goal| Goal {
                    id: format!("around.{}", goal.id),
                    title: None,
                    clause: None,
                    needs: None,
                    requirements: vec![Requirement {
                        id: "it".into(),
                        title: None,
                        clause: None,
                        from: ShownBy::Goal(goal.id.clone()),
                        at_least: None,
                    }],
                })
                .collect();
            contract.goals.extend(around);
            for figure in &mut contract.figures {
                if let Form::Goal { goal, by: GoalBy::Met | GoalBy::Degree } = &mut figure.form {
                    *goal = format!("around.{goal}");
                }
            }
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Goals 5. Always: no amount rests on an indicator.
#[test]
fn what_is_told_and_never_paid_changes_no_amount() {
    law(227, &[("a posting", 250)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &trial.programme.contracts {
            for nth in 0..trial.dice.between(1, 5) {
                let on = contract.starts.plus(trial.dice.between(0, contract.ends.0 - contract.starts.0));
                changed.indicators.push(IndicatorRow {
                    record: Record {
                        contract: contract.id.clone(),
                        id: format!("i{nth}"),
                        recorded_on: on.plus(trial.dice.between(0, 30)).to_string(),
                        ..Record::default()
                    },
                    name: "WHO-5".into(),
                    about: "citizens".into(),
                    first_day: on.to_string(),
                    last_day: on.to_string(),
                    value: trial.dice.between(-10, 100).to_string(),
                    respondents: "12".into(),
                    text: String::new(),
                    source: "survey".into(),
                });
            }
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 12.3, with goals. Always.
#[test]
fn with_goals_too_the_order_of_rows_and_lists_says_nothing() {
    law_of(aimed(), cases(), 228, &[("a posting", 350)], any_order);
}

/// 10.3, with goals. Constructed as there.
#[test]
fn with_goals_too_any_batches_are_paid_the_same_in_the_end() {
    law_of(aimed(), cases(), 229, &[("other postings, same sums", 150)], in_any_batches);
}

/// 10.4, with goals. Always.
#[test]
fn with_goals_too_going_on_from_a_ledger_gives_what_a_replay_gives() {
    law_of(aimed(), cases(), 230, &[("a correction after the ledger", 100)], from_any_settlement);
}

/// 3.2, with goals. Always.
#[test]
fn with_goals_too_what_is_recorded_later_has_no_say() {
    law_of(aimed(), cases(), 231, &[("later rows", 300)], later_rows_have_no_say);
}
