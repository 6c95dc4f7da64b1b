//! Laws of the form of the input, continued: facts said again, in pieces, or beside the point.

use super::rewrite::*;
use super::trial::{Dice, cases, holds, law, recorded_by, same, settle};
use crate::support::arbitrary::settled;
use crate::support::day::Day;
use crate::support::programme::*;
use crate::support::runs;
use effekt::facts::{History, Row, Spell};

/// Says the last row of a fact again: on its day with a higher revision, or `after` days later. Of another contract's
/// calendar it may be too late; it never says anything else.
fn say_again<R: Clone>(rows: &mut Vec<R>, record: impl Fn(&mut R) -> &mut Record, after: i64, dice: &mut Dice) -> bool {
    let Some(mut chosen) = dice.of_list(rows) else { return false };
    let one = record(&mut chosen).clone();
    let of_id =
        |row: &mut R| (record(row).contract.clone(), record(row).id.clone()) == (one.contract.clone(), one.id.clone());
    let newest = rows.iter_mut().filter_map(|row| of_id(row).then(|| age(record(row)))).max().unwrap();
    let newest_of_id = |row: &mut R| of_id(row) && age(record(row)) == newest;
    let mut last = rows.iter_mut().find_map(|row| newest_of_id(row).then(|| row.clone())).unwrap();
    record(&mut last).recorded_on = newest.0.plus(after).to_string();
    record(&mut last).revision = (newest.1 + 1).to_string();
    rows.push(last);
    true
}

fn say_some_again(programme: &mut Programme, after: i64, dice: &mut Dice) -> bool {
    match dice.below(6) {
        5 if !programme.measurements.is_empty() => {
            say_again(&mut programme.measurements, |row| &mut row.record, after, dice)
        }
        0 => say_again(&mut programme.participants, |row| &mut row.record, after, dice),
        1 => say_again(&mut programme.companies, |row| &mut row.record, after, dice),
        2 => say_again(&mut programme.placements, |row| &mut row.record, after, dice),
        _ => say_again(&mut programme.spells, |row| &mut row.record, after, dice),
    }
}

/// 3.1. On the same day always; later only without `confirm_days`, for then it confirms (constructed).
#[test]
fn a_row_said_again_changes_nothing() {
    law(10, &[("said again later", 300), ("said again on its day", 200)], |trial| {
        let after = [0, 1, 20, 90][trial.dice.below(4)];
        if after > 0 {
            trial.programme.contracts.iter_mut().for_each(|contract| contract.settlement.confirm_days = None);
        }
        let mut changed = trial.programme.clone();
        let said = say_some_again(&mut changed, after, &mut trial.dice);
        trial.tally.met("said again on its day", said && after == 0);
        trial.tally.met("said again later", said && after > 0);
        same(&trial.settle(), &settle(&changed, trial.end()), &changed)
    });
}

/// 3.3. Always, whatever the two rows say.
#[test]
fn two_rows_of_one_id_day_and_revision_are_refused() {
    law(11, &[("a history", 600)], |trial| {
        let day = |text: &str| effekt::Day::parse(text).unwrap();
        let as_of = day(&trial.end().to_string());
        for contract in &trial.programme.contracts {
            let facts = crate::support::values::facts(&trial.programme, &contract.id, as_of);
            let mut rows: Vec<Row<Spell>> = facts.spells.rows().to_vec();
            let Some(mut twice) = trial.dice.of_list(&rows) else { continue };
            if trial.dice.below(2) == 0 {
                twice.fact = None;
            }
            twice.line = 99;
            rows.push(twice);
            trial.dice.shuffle(&mut rows);
            trial.tally.met("a history", true);
            holds(History::new(rows).is_err_and(|errors| errors.len() == 1), || "taken in".into())?;
        }
        Ok(())
    });
}

fn same_job(one: &SpellRow, other: &SpellRow) -> bool {
    let job =
        |row: &SpellRow| (row.record.contract.clone(), row.placement.clone(), row.participant.clone(), row.employer.clone());
    job(one) == job(other)
}

/// Where a row may be cut in two without a word changing: its second part's first day, if there is one. No other spell of
/// the job may begin from the row's first day to the cut (3.5), and `confirm_days` must leave the first part whole (6.1).
fn cut(row: &SpellRow, programme: &Programme, dice: &mut Dice) -> Option<Day> {
    let (first, day) = (Day::parse(&row.first_day)?, Day::parse);
    let last = day(&row.last_day).unwrap_or(first.plus(200));
    let contract = programme.contracts.iter().find(|contract| contract.id == row.record.contract)?;
    let confirmed = contract.settlement.confirm_days.filter(|_| row.last_day.is_empty());
    let latest = confirmed.map_or(last, |days| last.min(recorded_on(&row.record).plus(days + 1)));
    if latest <= first {
        return None;
    }
    let cut = first.plus(dice.between(1, latest.0 - first.0));
    let others = programme.spells.iter().filter(|other| other.record.id != row.record.id && same_job(row, other));
    let mut begins = others.filter_map(|other| day(&other.first_day));
    (!begins.any(|begins| first <= begins && begins <= cut)).then_some(cut)
}

/// 3.4, 3.5: a stretch of constant terms may be told in two parts, and two such parts in one. The second part is named so
/// that it stands next to the first in every tie (`s-` follows `s` with no id between them).
#[test]
fn a_spell_told_in_two_parts_changes_nothing() {
    law(12, &[("told in two parts", 700), ("and paid", 300)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        changed.spells.clear();
        let mut parted = false;
        for row in &trial.programme.spells {
            let two = if row.record.void == "true" { None } else { cut(row, &trial.programme, &mut trial.dice) };
            parted |= two.is_some();
            let (mut one, mut other) = (row.clone(), row.clone());
            other.record.id = format!("{}-", row.record.id);
            match two {
                Some(cut) => (one.last_day, other.first_day) = (cut.before().to_string(), cut.to_string()),
                None => other.record.void = "true".into(),
            }
            changed.spells.extend([one, other]);
        }
        trial.tally.met("told in two parts", parted);
        trial.tally.met("and paid", parted && !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// A second job on some days of a row's spell; a row of which there is none takes it back.
fn second_job(row: &SpellRow, programme: &Programme, dice: &mut Dice) -> SpellRow {
    let mut inner = row.clone();
    inner.record.id = format!("{}-", row.record.id);
    inner.employer = format!("other-{}", row.record.id);
    let followed = programme.spells.iter().any(|other| other.record.id != row.record.id && same_job(row, other));
    if row.record.void == "true" || !row.placement.is_empty() || followed {
        inner.record.void = "true".into();
        return inner;
    }
    let first = Day::parse(&row.first_day).unwrap();
    let last = Day::parse(&row.last_day);
    let begins = first.plus(dice.between(0, last.map_or(30, |last| last.0 - first.0)));
    let ends = last.map(|last| begins.plus(dice.between(0, last.0 - begins.0)));
    inner.first_day = begins.to_string();
    inner.last_day = ends.map(|day| day.to_string()).unwrap_or_default();
    inner
}

/// Constructed: no condition asks for hours, new jobs or one place of work; spells are not shortened (`confirm_days`, other spells of the
/// job). The second job has the same kind and hours and the id next to the first, and lies outside the programme as it does.
#[test]
fn where_no_hours_are_asked_a_second_job_within_a_job_changes_nothing() {
    law(13, &[("a second job", 300)], |trial| {
        trial.programme.contracts.iter_mut().for_each(|contract| contract.settlement.confirm_days = None);
        for outcome in outcomes(&mut trial.programme) {
            (outcome.min_weekly_hours, outcome.new_jobs, outcome.same_employer) = (None, NewJobs::OrOld, false);
        }
        rates(&mut trial.programme).for_each(|rate| rate.when.hours = None);
        let mut changed = trial.programme.clone();
        for row in &trial.programme.spells {
            let inner = second_job(row, &trial.programme, &mut trial.dice);
            trial.tally.met("a second job", inner.record.void != "true");
            changed.spells.push(inner);
        }
        same(&trial.settle(), &settle(&changed, trial.end()), &changed)
    });
}

/// 4.1. After the term in any job; before it in a job of its own, for 3.5 and `new_jobs_only` look back (constructed).
#[test]
fn a_spell_outside_the_term_changes_nothing() {
    law(14, &[("after the term", 300), ("before the term", 300)], |trial| {
        let mut changed = trial.programme.clone();
        for contract in &trial.programme.contracts {
            let recorded = contract.starts.plus(-trial.dice.between(0, 9));
            let mut rows = trial.programme.spells.clone();
            rows.retain(|row| row.record.contract == contract.id && row.record.void != "true");
            let Some(like) = trial.dice.of_list(&rows) else { continue };
            let mut row = like.clone();
            row.record = Record { id: "outside".into(), contract: contract.id.clone(), ..Record::default() };
            row.record.recorded_on = recorded.to_string();
            let away = trial.dice.between(1, 40);
            if trial.dice.below(2) == 0 {
                row.first_day = contract.ends.plus(away).to_string();
                row.last_day = String::new();
                trial.tally.met("after the term", true);
            } else {
                let Some(person) = trial.dice.of_list(&trial.programme.participants) else { continue };
                let job = outside_spell(&contract.id, "outside", &person.record.id, "former", recorded);
                row = SpellRow { kind: like.kind, ..job };
                row.first_day = contract.starts.plus(-away - 100).to_string();
                row.last_day = contract.starts.plus(-away).to_string();
                trial.tally.met("before the term", true);
            }
            changed.spells.push(row);
        }
        same(&trial.settle(), &settle(&changed, trial.end()), &changed)
    });
}

/// 5.1, and 5.3 counts only those. Always.
#[test]
fn somebody_who_is_not_eligible_changes_nothing() {
    law(15, &[("a cohort cap", 80), ("a posting", 350)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &trial.programme.contracts {
            let cohort = contract.cohort.clone().unwrap_or_default();
            let recorded = contract.starts.plus(-1000);
            let enrolled = match trial.dice.below(2) {
                0 => cohort.enrol_from.unwrap_or(contract.starts).before(),
                _ => cohort.enrol_until.unwrap_or(contract.ends).next(),
            };
            let mut job = outside_spell(&contract.id, "new", "0", "e", recorded);
            job.kind = contract.outcomes[0].kinds[0].clone();
            job.first_day = enrolled.to_string();
            let record = Record { id: "0".into(), ..job.record.clone() };
            let target_group = "youth".into();
            changed.participants.push(ParticipantRow {
                record,
                target_group,
                enrolled_on: enrolled.to_string(),
                ..ParticipantRow::default()
            });
            changed.spells.push(job);
            trial.tally.met("a cohort cap", cohort.max_participants.is_some());
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 3.6: on that cut-off it is as if not known, and so is what names it. Always: the names are known nowhere.
#[test]
fn a_fact_that_waits_changes_nothing() {
    law(17, &[("a posting", 350), ("a waiting placement", 150)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &trial.programme.contracts {
            let first = contract.starts.plus(trial.dice.between(-60, 40));
            let mut job = outside_spell(&contract.id, "w1", "nobody", "e", contract.starts);
            job.kind = contract.outcomes[0].kinds[0].clone();
            job.first_day = first.to_string();
            let people: Vec<&ParticipantRow> =
                trial.programme.participants.iter().filter(|row| row.record.contract == contract.id).collect();
            let whose = trial.dice.of_list(&people).map_or("nobody".into(), |row| row.record.id.clone());
            trial.tally.met("a waiting placement", !people.is_empty());
            let placed = |id: &str, placement: &str| SpellRow {
                record: Record { id: id.into(), ..job.record.clone() },
                placement: placement.into(),
                participant: String::new(),
                employer: String::new(),
                ..job.clone()
            };
            changed.spells.extend([placed("w2", "no-placement"), placed("w3", "waiting"), job.clone()]);
            changed.placements.push(PlacementRow {
                record: Record { id: "waiting".into(), ..job.record.clone() },
                participant: whose,
                company: "no-company".into(),
                placed_on: first.to_string(),
            });
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// The first n eligible participants of a contract by day of enrolment and id; all rows are recorded on one day.
fn admitted(contract: &Contract, programme: &Programme, most: usize) -> Vec<String> {
    let cohort = contract.cohort.clone().unwrap_or_default();
    let eligible = programme.participants.iter().filter(|row| {
        let enrolled = Day::parse(&row.enrolled_on).unwrap();
        row.record.contract == contract.id
            && cohort.target_groups.as_ref().is_none_or(|groups| groups.contains(&row.target_group))
            && cohort.enrol_from.unwrap_or(contract.starts) <= enrolled
            && enrolled <= cohort.enrol_until.unwrap_or(contract.ends)
    });
    let mut queue: Vec<(String, String)> = eligible.map(|row| (row.enrolled_on.clone(), row.record.id.clone())).collect();
    queue.sort();
    queue.into_iter().take(most).map(|(_, id)| id).collect()
}

/// 5.3. Holds where everything is known from the first day on (constructed); else who counts may change.
#[test]
fn a_cohort_cap_pays_as_if_the_others_were_not_there() {
    law(18, &[("somebody is left out", 150)], |trial| {
        let mut capped = known_at_once(&trial.programme, trial.end(), first_day(&trial.programme));
        let mut changed = capped.clone();
        for contract in &mut capped.contracts {
            let most = trial.dice.between(1, 2);
            contract.cohort.get_or_insert_default().max_participants = Some(most);
            let admitted = admitted(contract, &changed, most as usize);
            let people = changed.participants.len();
            changed.participants.retain(|row| row.record.contract != contract.id || admitted.contains(&row.record.id));
            trial.tally.met("somebody is left out", changed.participants.len() < people);
        }
        for contract in &mut changed.contracts {
            contract.cohort.iter_mut().for_each(|cohort| cohort.max_participants = None);
        }
        same(&settle(&capped, trial.end()), &settle(&changed, trial.end()), &changed)
    });
}

/// 3.8: an id is one within its contract. Always; ids of people, companies and jobs are the same in both.
#[test]
fn another_contract_changes_nothing() {
    let mut both = 0;
    let told = runs::try_each(cases(), 16, (settled(), settled()), |(one, other)| {
        let as_of = Day::parse(&one.as_of).unwrap().max(Day::parse(&other.as_of).unwrap());
        let clean =
            |case: &crate::support::arbitrary::Settled| recorded_by(&case.programme, Day::parse(&case.as_of).unwrap());
        let (one, mut other) = (clean(one), clean(other));
        other.contracts.iter_mut().for_each(|contract| contract.id = format!("0{}", contract.id));
        records(&mut other).into_iter().for_each(|record| record.contract = format!("0{}", record.contract));
        let mut together = other.clone();
        together.contracts.extend(one.contracts.clone());
        together.participants.extend(one.participants.clone());
        together.companies.extend(one.companies.clone());
        together.placements.extend(one.placements.clone());
        together.spells.extend(one.spells.clone());
        together.reports.extend(one.reports.clone());
        together.measurements.extend(one.measurements.clone());
        together.suspensions.extend(one.suspensions.clone());
        together.checks.extend(one.checks.clone());
        together.benefits.extend(one.benefits.clone());
        together.offers.extend(one.offers.clone());
        together.shown.extend(one.shown.clone());
        together.indicators.extend(one.indicators.clone());
        let (alone, mut expected) = (settle(&one, as_of), settle(&other, as_of));
        both += usize::from(!alone.postings.is_empty() && !expected.postings.is_empty());
        expected.settlements.extend(alone.settlements);
        expected.postings.extend(alone.postings);
        same(&expected, &settle(&together, as_of), &together)
    });
    if let Err(error) = told {
        panic!("{error}");
    }
    println!("both post in {both}");
    assert!(both * 5 > cases() as usize);
}
