//! Laws of time: the same in another century, by another calendar of settlements, as of another day, in other pieces.

use super::rewrite::*;
use super::sums::{Key, Owed, minor, owed_at_last, sums};
use super::trial::{Trial, Verdict, equal, holds, law, recorded_by, same, settle};
use crate::support::day::{Day, days_in_month};
use crate::support::output::Output;
use crate::support::programme::*;
use std::collections::BTreeMap;

/// The Gregorian calendar repeats itself after so many days, and they are whole weeks.
const FOUR_CENTURIES: i64 = 146_097;

fn four_centuries_later(output: &Output) -> Output {
    let mut output = output.clone();
    let later = |text: &mut String| *text = Day::parse(text).unwrap().plus(FOUR_CENTURIES).to_string();
    for row in &mut output.settlements {
        [&mut row.first_day, &mut row.last_day, &mut row.cut_off].into_iter().for_each(later);
    }
    for row in &mut output.postings {
        later(&mut row.earned_on);
        let (company, unit) = row.unit.rsplit_once('/').map_or(("", row.unit.as_str()), |(company, unit)| (company, unit));
        let slash = if company.is_empty() { "" } else { "/" };
        if let Ok(year) = unit[..4].parse::<i64>() {
            row.unit = format!("{company}{slash}{}{}", year + 400, &unit[4..]);
        }
    }
    output
}

/// 1.1 to 1.3. Always: nothing in a contract hangs on the year's number.
#[test]
fn four_hundred_years_later_all_is_the_same() {
    law(20, &[("a week", 80), ("a month", 80)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        move_days(&mut changed, &|day| day.plus(FOUR_CENTURIES));
        let unit_with = |text: &str| before.postings.iter().any(|row| row.unit.contains(text));
        trial.tally.met("a week", unit_with("-W"));
        trial.tally.met(
            "a month",
            before.postings.iter().any(|row| row.unit.rsplit('/').next().unwrap().len() == 7 && !row.unit.contains("step")),
        );
        let later = settle(&changed, trial.end().plus(FOUR_CENTURIES));
        same(&four_centuries_later(&before), &later, &changed)
    });
}

fn cut_off_by(output: &Output, day: Day) -> Output {
    let mut early = output.clone();
    early.settlements.retain(|row| Day::parse(&row.cut_off).unwrap() <= day);
    let settled =
        |contract: &str, k: u32| early.settlements.iter().any(|row| row.contract == contract && row.settlement == k);
    early.postings.retain(|row| settled(&row.contract, row.settlement));
    early
}

/// 3.2, 3.9, 4.3. Always, whatever stands in the later rows.
#[test]
fn what_is_recorded_after_a_cut_off_has_no_say_in_its_settlement() {
    law(21, &[("later rows", 300)], later_rows_have_no_say);
}

/// Settles on every cut-off with the rows known by then.
pub fn later_rows_have_no_say(trial: &mut Trial) -> Verdict {
    let whole = &trial.case.programme;
    let output = settle(whole, trial.as_of);
    for row in &output.settlements {
        let cut_off = Day::parse(&row.cut_off).unwrap();
        let known = recorded_by(whole, cut_off);
        trial.tally.met("later rows", known != *whole && !output.postings.is_empty());
        same(&cut_off_by(&output, cut_off), &settle(&known, cut_off), &known)?;
    }
    Ok(())
}

/// 12.3. Always.
#[test]
fn an_as_of_day_further_on_only_adds_settlements() {
    law(22, &[("fewer settlements", 200), ("on a cut-off or the day before", 200)], |trial| {
        let output = settle(&trial.programme, trial.as_of);
        let cut_offs: Vec<Day> = trial.programme.contracts.iter().flat_map(cut_offs).collect();
        let near = trial.dice.of_list(&cut_offs).unwrap().plus(-trial.dice.between(0, 1)).min(trial.as_of);
        let first = first_day(&trial.programme);
        let any = first.plus(trial.dice.between(-5, trial.as_of.0 - first.0));
        for day in [near, any] {
            let early = settle(&trial.programme, day);
            trial.tally.met("fewer settlements", early.settlements.len() < output.settlements.len());
            trial.tally.met("on a cut-off or the day before", cut_offs.contains(&day) || cut_offs.contains(&day.next()));
            same(&cut_off_by(&output, day), &early, &trial.programme)?;
        }
        Ok(())
    });
}

/// 4.2, 10.1. Holds where everything is known from the first day on, no limit counts by settlement period, and no date lies in
/// the tail (constructed).
#[test]
fn how_often_is_settled_changes_no_sum() {
    law(23, &[("other settlements, same sums", 300)], |trial| {
        let mut programme = known_at_once(&trial.programme, trial.end(), first_day(&trial.programme));
        measured_in_the_term(&mut programme);
        for contract in &mut programme.contracts {
            contract.limits.retain(|limit| limit.window != LimitWindow::SettlementPeriod);
        }
        let mut changed = programme.clone();
        for terms in changed.contracts.iter_mut().map(|contract| &mut contract.settlement) {
            let every = [Every::Month, Every::Quarter, Every::HalfYear, Every::Year];
            terms.every = trial.dice.of_list(&every).unwrap();
            terms.reporting_days = trial.dice.between(0, 400);
            terms.tail_periods = Some(trial.dice.between(0, 2));
        }
        let long_after = trial.end().plus(3_000);
        let (before, after) = (settle(&programme, long_after), settle(&changed, long_after));
        let other = !before.postings.is_empty() && before.settlements != after.settlements;
        trial.tally.met("other settlements, same sums", other);
        equal(&sums(&before), &sums(&after), &changed)
    });
}

/// 4.4, 10.2. Holds where everything is known by the first cut-off (constructed).
#[test]
fn what_is_known_in_time_is_posted_in_its_period_and_never_corrected() {
    law(24, &[("postings in several settlements", 150)], |trial| {
        let programme = known_at_once(&trial.programme, trial.end(), first_day(&trial.programme));
        let output = settle(&programme, trial.end());
        let mut settlements: Vec<u32> = output.postings.iter().map(|row| row.settlement).collect();
        settlements.dedup();
        trial.tally.met("postings in several settlements", settlements.len() > 1);
        for row in &output.postings {
            let of =
                |s: &&crate::support::output::SettlementRow| (&s.contract, s.settlement) == (&row.contract, row.settlement);
            let settlement = output.settlements.iter().find(of).unwrap();
            let in_period = settlement.first_day <= row.earned_on && row.earned_on <= settlement.last_day;
            let why = || format!("{} in {}\n{}", row.text(), settlement.text(), super::trial::files(&programme));
            holds(in_period && row.posting == "earning", why)?;
        }
        Ok(())
    });
}

/// Whether a charge pays for weeks or months in full: there rows compete by their days (8.2).
fn rows_compete(charge: &Charge) -> bool {
    matches!(charge.what, What::Period { unit, prorate: false, .. } if unit != Unit::Day)
}

/// 8.1. Holds where each day is priced by itself: not for weeks and months paid in full (8.2).
#[test]
fn a_rate_row_cut_in_two_by_valid_changes_nothing() {
    law(25, &[("cut", 700), ("cut and paid", 300)], |trial| {
        let mut changed = trial.programme.clone();
        let mut cut = false;
        for contract in &mut changed.contracts {
            let (starts, ends) = (contract.starts, contract.ends);
            for charge in contract.charges.iter_mut().filter(|charge| !rows_compete(charge)) {
                if let Price::Amount(amount) = &charge.price {
                    charge.price = Price::Card(vec![Rate { amount: amount.clone(), ..Rate::default() }]);
                }
                let Price::Card(rows) = &mut charge.price else { continue };
                let n = trial.dice.below(rows.len());
                let (from, until) = rows[n].when.valid.unwrap_or((None, None));
                let (first, last) = (from.unwrap_or(starts.plus(-9)), until.unwrap_or(ends.plus(9)));
                if first < last {
                    let border = first.plus(trial.dice.between(0, last.0 - first.0 - 1));
                    let mut second = rows[n].clone();
                    rows[n].when.valid = Some((from, Some(border)));
                    second.when.valid = Some((Some(border.next()), until));
                    rows.insert(n + 1, second);
                    cut = true;
                }
            }
        }
        let before = trial.settle();
        trial.tally.met("cut", cut);
        trial.tally.met("cut and paid", cut && !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 8.1, 8.4. Always: a row whose days an earlier row has already is never reached, nor does it compete (8.2).
#[test]
fn a_rate_row_behind_one_that_covers_it_is_never_reached() {
    law(26, &[("a posting", 350)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for charge in charges(&mut changed) {
            if let Price::Amount(amount) = &charge.price {
                charge.price = Price::Card(vec![Rate { amount: amount.clone(), ..Rate::default() }]);
            }
            let Price::Card(rows) = &mut charge.price else { continue };
            let n = trial.dice.below(rows.len());
            let mut covered = Rate { amount: "777".into(), ..rows[n].clone() };
            if covered.when.valid.is_none() && trial.dice.below(2) == 0 {
                covered.when.valid = Some((Some(Day::from_civil(2018, 1, 1)), None));
            }
            rows.insert(trial.dice.between(n as i64 + 1, rows.len() as i64) as usize, covered);
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Charges that tell which days qualify for each outcome, day by day and as shares of weeks and months; nothing else. Only
/// milestones may look at each place of work apart, or at a window from another charge.
fn measuring(programme: &mut Programme, more: impl Fn(&Outcome) -> Vec<Charge>) {
    without_ladders(programme);
    outcomes(programme).for_each(|outcome| outcome.same_employer = false);
    for contract in &mut programme.contracts {
        contract.limits.clear();
        let measure = |outcome: &Outcome| {
            let period = |id: &str, unit: Unit| {
                let outcome_id = outcome.id.clone();
                let prorate = unit != Unit::Day;
                let what = What::Period { outcome: outcome_id, unit, min_days: None, prorate, by: None, max_units: None };
                let price = Price::Amount("100000".into());
                Charge::of(&format!("{id}.{}", outcome.id), what, price)
            };
            let measures = [period("day", Unit::Day), period("week", Unit::Week), period("month", Unit::Month)];
            measures.into_iter().chain(more(outcome)).collect::<Vec<Charge>>()
        };
        contract.charges = contract.outcomes.iter().flat_map(measure).collect();
    }
}

/// The ISO week of a day: it belongs to the year of its Thursday.
fn week_of(day: Day) -> String {
    let thursday = day.plus(3 - (day.0 + 3).rem_euclid(7));
    let year = thursday.civil().0;
    format!("{year:04}-W{:02}", (thursday.0 - Day::from_civil(year, 1, 1).0) / 7 + 1)
}

/// Contract, outcome, subject and company.
type Line = (String, String, String, String);

/// The days that qualify, by the units of the day charges.
fn days_paid(owed: &BTreeMap<Key, Owed>) -> BTreeMap<Line, Vec<Day>> {
    let mut lines: BTreeMap<Line, Vec<Day>> = BTreeMap::new();
    for ((contract, charge, subject, unit), one) in owed {
        let Some(outcome) = charge.strip_prefix("day.") else { continue };
        let company = unit.split_once('/').map_or("", |(company, _)| company);
        let line = (contract.clone(), outcome.into(), subject.clone(), company.into());
        lines.entry(line).or_default().push(one.earned_on);
    }
    lines.values_mut().for_each(|days| days.sort());
    lines
}

/// 7.3: a share of a week or month is its days that qualify, wherever it is cut. Constructed charges, no limits.
#[test]
fn a_prorated_week_or_month_counts_the_days_that_a_charge_by_the_day_pays() {
    law(27, &[("a day that qualifies", 350), ("a part of a month", 300)], |trial| {
        measuring(&mut trial.programme, |_| Vec::new());
        let owed = owed_at_last(&trial.programme, trial.end());
        let mut counted: BTreeMap<Key, i64> = BTreeMap::new();
        for ((contract, outcome, subject, company), days) in days_paid(&owed) {
            let slash = if company.is_empty() { "" } else { "/" };
            for day in days {
                let (year, month, _) = day.civil();
                for (charge, unit) in [("week", week_of(day)), ("month", format!("{year:04}-{month:02}"))] {
                    let key = (
                        contract.clone(),
                        format!("{charge}.{outcome}"),
                        subject.clone(),
                        format!("{company}{slash}{unit}"),
                    );
                    *counted.entry(key).or_default() += 1;
                }
            }
        }
        trial.tally.met("a day that qualifies", !counted.is_empty());
        let prorated = owed.iter().filter(|((_, charge, ..), _)| !charge.starts_with("day."));
        holds(prorated.clone().map(|(key, _)| key).eq(counted.keys()), || format!("{counted:#?}\n{owed:#?}"))?;
        for (key, one) in prorated {
            let (days, of) = (counted[key], unit_days(&key.3));
            trial.tally.met("a part of a month", of > 7 && days < of);
            let written = (days * 2_000_000 + of) / (2 * of);
            holds(one.quantity == millionths(written), || format!("{key:?}: {days} of {of} is not {}", one.quantity))?;
        }
        Ok(())
    });
}

/// The days of a week, month, quarter, half-year or year by its name.
pub fn unit_days(unit: &str) -> i64 {
    let unit = unit.rsplit('/').next().unwrap();
    let year: i64 = unit[..4].parse().unwrap();
    let months = |of: i64, nth: i64| (of * nth - of + 1..=of * nth).map(|month| days_in_month(year, month)).sum();
    match unit.get(5..6) {
        Some("W") => 7,
        Some("Q") => months(3, unit[6..].parse().unwrap()),
        Some("H") => months(6, unit[6..].parse().unwrap()),
        Some(_) => months(1, unit[5..].parse().unwrap()),
        None => months(12, 1),
    }
}

fn millionths(number: i64) -> String {
    let text = format!("{}.{:06}", number / 1_000_000, number % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').into()
}

/// The first day of a run on which it has lasted that long, by 6.5 and 7.2 from the days that qualify.
fn reached(days: &[Day], outcome: &Outcome, cumulative: bool, after: i64) -> Option<Day> {
    if cumulative {
        return days.get(after as usize - 1).copied();
    }
    let (longest, most) = (outcome.max_gap_days.unwrap_or(0), outcome.max_gap_total.unwrap_or(i64::MAX));
    let (mut begins, mut bridged, mut before) = (*days.first()?, 0, *days.first()?);
    for day in days.iter().copied() {
        let gap = (day.0 - before.0 - 1).max(0);
        bridged += gap;
        if gap > longest || bridged > most {
            (begins, bridged) = (day, 0);
        }
        if day.0 >= begins.0 + after - 1 {
            return Some(day);
        }
        before = day;
    }
    None
}

/// 6.5, 7.2, from the days that a charge by the day pays. Constructed charges, no limits; steps in days.
#[test]
fn a_milestone_is_earned_on_the_day_that_completes_it() {
    law(28, &[("a step", 200), ("a later step", 100)], |trial| {
        let (after, every) = (trial.dice.between(1, 30), trial.dice.between(1, 20));
        let milestone = |id: &str, cumulative: bool, outcome: &Outcome| {
            let then = Some(Then { every: Length::Days(every), times: 3 });
            let mode = if cumulative { Mode::Cumulative } else { Mode::Continuous };
            let what = What::Milestone(Milestone { then, ..Milestone::new(&outcome.id, mode, Length::Days(after)) });
            Charge::of(&format!("{id}.{}", outcome.id), what, Price::Amount("5".into()))
        };
        measuring(&mut trial.programme, |outcome| vec![milestone("run", false, outcome), milestone("sum", true, outcome)]);
        let owed = owed_at_last(&trial.programme, trial.end());
        let mut expected: BTreeMap<Key, Day> = BTreeMap::new();
        for ((contract, outcome, subject, company), days) in days_paid(&owed) {
            let terms = trial.programme.contracts.iter().find(|terms| terms.id == contract).unwrap();
            let terms = terms.outcomes.iter().find(|terms| terms.id == outcome).unwrap();
            let slash = if company.is_empty() { "" } else { "/" };
            for (charge, cumulative) in [("run", false), ("sum", true)] {
                for step in 0..4 {
                    let unit = format!("{company}{slash}step-{:02}", step + 1);
                    let key = (contract.clone(), format!("{charge}.{outcome}"), subject.clone(), unit);
                    let day = reached(&days, terms, cumulative, after + step * every);
                    expected.extend(day.map(|day| (key, day)));
                }
            }
        }
        let steps = owed.iter().filter(|((_, _, _, unit), _)| unit.contains("step-"));
        let steps: BTreeMap<Key, Day> = steps.map(|(key, one)| (key.clone(), one.earned_on)).collect();
        trial.tally.met("a step", !steps.is_empty());
        trial.tally.met("a later step", steps.keys().any(|key| key.3.ends_with("step-02")));
        equal(&expected, &steps, &trial.programme)
    });
}

/// 6.4. From enrolment always; from the first day only without what counts from the anchor: `elapsed`, `on-day`, pieces of
/// weeks (constructed).
#[test]
fn a_window_as_long_as_the_term_leaves_no_trace() {
    law(29, &[("a posting", 350)], |trial| {
        let from = [Anchor::Enrolment, Anchor::FirstDay][trial.dice.below(2)].clone();
        outcomes(&mut trial.programme).for_each(|outcome| outcome.window = None);
        if from == Anchor::FirstDay {
            rates(&mut trial.programme).for_each(|rate| rate.when.elapsed = None);
            keep_charges(&mut trial.programme, |charge| {
                !matches!(
                    charge.what,
                    What::Milestone(Milestone { mode: Mode::OnDay, .. }) | What::Period { unit: Unit::Weeks(_), .. }
                )
            });
        }
        let length = if trial.dice.below(2) == 0 { Length::Days(3_000) } else { Length::Months(100) };
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        outcomes(&mut changed).for_each(|outcome| outcome.window = Some(Window { from: from.clone(), length }));
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 7.3: the same dates of work in a leap year and in a common one. Constructed: somebody works from January or February to
/// March and is paid by the day.
#[test]
fn a_leap_day_is_paid_as_one_day_more() {
    law(30, &[("over the leap day", 400), ("beside it", 50)], |trial| {
        let dice = &mut trial.dice;
        let leap = [2000, 2004, 2016, 2020, 2096][dice.below(5)];
        let (from, until) = ((dice.between(1, 3), dice.between(1, 28)), (3, dice.between(1, 31)));
        if from > until {
            return Ok(());
        }
        let days = |year: i64| -> Result<i128, String> {
            let programme =
                at_work(&trial.programme, Day::from_civil(year, from.0, from.1), Day::from_civil(year, 3, until.1));
            let output = settle(&programme, Day::from_civil(year + 1, 12, 31));
            let total: i128 = output.postings.iter().map(|row| minor(&row.amount)).sum();
            Ok(total / minor(&output.postings[0].amount))
        };
        let more = i128::from(from.0 < 3);
        trial.tally.met("over the leap day", more == 1);
        trial.tally.met("beside it", more == 0);
        let (in_leap, in_common) = (days(leap)?, days(leap + 1)?);
        holds(in_leap == in_common + more, || format!("{leap}: {in_leap}, else {in_common}, from {from:?} to {until:?}"))
    });
}

/// The first contract with one participant at work from day to day, paid by the day.
fn at_work(programme: &Programme, first: Day, last: Day) -> Programme {
    let mut contract = programme.contracts[0].clone();
    let year = first.civil().0;
    (contract.starts, contract.ends) = (Day::from_civil(year, 1, 1), Day::from_civil(year, 12, 31));
    (contract.cohort, contract.settlement.confirm_days) = (None, None);
    contract.outcomes.truncate(1);
    let outcome = &mut contract.outcomes[0];
    (outcome.per_company, outcome.participating, outcome.window) = (false, false, None);
    (outcome.evidence_required, outcome.skip_days) = (false, None);
    let mut job = outside_spell(&contract.id, "s", "p", "e", contract.starts);
    job.kind = outcome.kinds[0].clone();
    (job.first_day, job.last_day) = (first.to_string(), last.to_string());
    let record = Record { id: "p".into(), ..job.record.clone() };
    let enrolled_on = contract.starts.to_string();
    let person = ParticipantRow { record, target_group: "youth".into(), enrolled_on, ..ParticipantRow::default() };
    let mut one =
        Programme { contracts: vec![contract], participants: vec![person], spells: vec![job], ..Programme::default() };
    measuring(&mut one, |_| Vec::new());
    one.contracts[0].charges.truncate(1);
    one
}
