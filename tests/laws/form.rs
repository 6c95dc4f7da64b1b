//! Laws of the form of the input: order, names, and other words for the same thing.

use super::rewrite::*;
use super::sums::lines;
use super::trial::{Dice, Trial, Verdict, equal, law, same, settle};
use crate::support::output::Output;
use crate::support::programme::*;
use std::collections::{BTreeMap, BTreeSet};

/// Puts every list that says nothing by its order into another order: rows, contracts, outcomes, payers, dates, groups.
pub fn shuffle(programme: &mut Programme, dice: &mut Dice) {
    dice.shuffle(&mut programme.participants);
    dice.shuffle(&mut programme.companies);
    dice.shuffle(&mut programme.placements);
    dice.shuffle(&mut programme.spells);
    dice.shuffle(&mut programme.reports);
    dice.shuffle(&mut programme.measurements);
    dice.shuffle(&mut programme.suspensions);
    dice.shuffle(&mut programme.checks);
    dice.shuffle(&mut programme.benefits);
    dice.shuffle(&mut programme.offers);
    dice.shuffle(&mut programme.shown);
    dice.shuffle(&mut programme.indicators);
    dice.shuffle(&mut programme.contracts);
    for contract in &mut programme.contracts {
        dice.shuffle(&mut contract.outcomes);
        dice.shuffle(&mut contract.payers);
        dice.shuffle(&mut contract.figures);
        contract.outcomes.iter_mut().filter_map(|outcome| outcome.except_kinds.as_mut()).for_each(|kinds| kinds.reverse());
        dice.shuffle(&mut contract.indices);
        if let Some(table) = &mut contract.saving {
            table.supported_kinds.iter_mut().for_each(|kinds| kinds.reverse());
            table.costs.iter_mut().for_each(|cost| cost.kinds.reverse());
        }
        dice.shuffle(&mut contract.gates);
        contract.gates.iter_mut().for_each(|gate| gate.tests.reverse());
        if let Some(groups) = contract.cohort.as_mut().and_then(|cohort| cohort.target_groups.as_mut()) {
            groups.reverse();
        }
        contract.limits.iter_mut().filter_map(|limit| limit.charges.as_mut()).for_each(|charges| charges.reverse());
    }
    for charge in charges(programme) {
        charge.requires.reverse();
        match &mut charge.what {
            What::Fixed { dates: Dates::On(on), .. } | What::Measured { dates: Dates::On(on), .. } => on.reverse(),
            What::Fixed { .. } | What::Measured { .. } | What::Milestone { .. } | What::Period { .. } => {}
        }
    }
    for when in conditions(programme) {
        [&mut when.kinds, &mut when.target_groups, &mut when.traits].into_iter().flatten().for_each(|list| list.reverse());
    }
}

/// 12.3. Always. (The order of charges, limits, rate rows and an outcome's kinds does say something.)
#[test]
fn the_order_of_rows_and_lists_says_nothing() {
    law(1, &[("a posting", 350)], any_order);
}

/// Everything that has no order in another one.
pub fn any_order(trial: &mut Trial) -> Verdict {
    let before = trial.settle();
    let mut changed = trial.programme.clone();
    shuffle(&mut changed, &mut trial.dice);
    for charge in charges(&mut changed) {
        // Grounds name figures in the order of the contract, so this says nothing of amounts alone.
        if let What::Measured { times, .. } = &mut charge.what {
            times.reverse();
        }
    }
    trial.tally.met("a posting", !before.postings.is_empty());
    same(&before, &settle(&changed, trial.end()), &changed)
}

/// 9.2: the order of charges decides whom a limit cuts, mechanisms 6.2: and which of a variant comes first on a day. Holds
/// without limits and variants (constructed).
#[test]
fn the_order_of_charges_moves_lines_and_nothing_else() {
    law(2, &[("lines moved", 100)], |trial| {
        without_limits(&mut trial.programme);
        without_variants(&mut trial.programme);
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        changed.contracts.iter_mut().for_each(|contract| contract.charges.reverse());
        let after = settle(&changed, trial.end());
        trial.tally.met("lines moved", before != after);
        equal(&lines(&before), &lines(&after), &changed)
    });
}

/// 9.2: every limit that covers an entitlement cuts it and is used by it; of equal ones the first is named. Always.
#[test]
fn the_order_of_limits_decides_only_which_is_named() {
    law(3, &[("a cut by one of several limits", 80), ("another is named", 1)], |trial| {
        let mut before = trial.settle();
        let mut changed = trial.programme.clone();
        changed.contracts.iter_mut().for_each(|contract| contract.limits.reverse());
        let mut after = settle(&changed, trial.end());
        trial.tally.met("another is named", before != after);
        let several = changed.contracts.iter().any(|contract| contract.limits.len() > 1);
        let cut = before.postings.iter().any(|row| !row.cut_by.is_empty());
        trial.tally.met("a cut by one of several limits", several && cut);
        let nameless = |output: &mut Output| output.postings.iter_mut().for_each(|row| row.cut_by.clear());
        nameless(&mut before);
        nameless(&mut after);
        same(&before, &after, &changed)
    });
}

fn prefixed(text: &str) -> String {
    format!("x{text}")
}

/// The names that the parts of contracts get: in another order than before.
fn term_names(programme: &Programme) -> BTreeMap<String, String> {
    let mut ids = BTreeSet::new();
    for contract in &programme.contracts {
        ids.extend(contract.charges.iter().map(|charge| charge.id.clone()));
        ids.extend(contract.outcomes.iter().map(|outcome| outcome.id.clone()));
        ids.extend(contract.limits.iter().map(|limit| limit.id.clone()));
    }
    ids.into_iter().enumerate().map(|(n, id)| (id, format!("T{:02}", 99 - n))).collect()
}

fn rename_terms(programme: &mut Programme, names: &BTreeMap<String, String>) {
    let put = |id: &mut String| *id = names[id.as_str()].clone();
    for contract in &mut programme.contracts {
        contract.id = prefixed(&contract.id);
        for outcome in &mut contract.outcomes {
            put(&mut outcome.id);
            if let Some(Window { from: Anchor::Charge { charge, .. }, .. }) = &mut outcome.window {
                put(charge);
            }
        }
        contract.limits.iter_mut().for_each(|limit| put(&mut limit.id));
        contract.limits.iter_mut().flat_map(|limit| limit.charges.iter_mut().flatten()).for_each(put);
        for charge in &mut contract.charges {
            put(&mut charge.id);
            for name in &mut charge.requires {
                let (id, step) = name.split_once('/').map_or((name.as_str(), None), |(id, step)| (id, Some(step)));
                *name = step.map_or_else(|| names[id].clone(), |step| format!("{}/{step}", names[id]));
            }
            charge.variant = charge.variant.as_deref().map(prefixed);
            match &mut charge.what {
                What::Milestone(Milestone { outcome, .. }) | What::Period { outcome, .. } => put(outcome),
                What::Fixed { .. } | What::Measured { .. } => {}
            }
        }
    }
    records(programme).into_iter().for_each(|record| record.contract = prefixed(&record.contract));
}

/// An output with the new names in place of the old ones.
fn renamed(
    output: &Output,
    contract: impl Fn(&str) -> String,
    term: impl Fn(&str) -> String,
    participant: impl Fn(&str) -> String,
    company: impl Fn(&str) -> String,
    fixed: &BTreeSet<(String, String)>,
) -> Output {
    let mut output = output.clone();
    output.settlements.iter_mut().for_each(|row| row.contract = contract(&row.contract));
    for row in &mut output.postings {
        row.subject = match row.subject.as_str() {
            "-" => "-".into(),
            subject if fixed.contains(&(row.contract.clone(), row.charge.clone())) => company(subject),
            subject => participant(subject),
        };
        if let Some((of, unit)) = row.unit.split_once('/') {
            row.unit = format!("{}/{unit}", company(of));
        }
        row.contract = contract(&row.contract);
        row.charge = term(&row.charge);
        row.cut_by = if row.cut_by.is_empty() { String::new() } else { term(&row.cut_by) };
    }
    output
}

/// The charges that nobody's work earns: fixed and measured ones.
pub fn fixed_charges(programme: &Programme) -> BTreeSet<(String, String)> {
    let fixed = |charge: &&Charge| matches!(charge.what, What::Fixed { .. } | What::Measured { .. });
    let of = |contract: &Contract| {
        let charges = contract.charges.iter().filter(fixed);
        charges.map(|charge| (contract.id.clone(), charge.id.clone())).collect::<Vec<_>>()
    };
    programme.contracts.iter().flat_map(of).collect()
}

/// Ids of facts decide ties (3.5, 5.3, 6.3) and stand in rule 9.2's order, so they keep their order here (constructed).
/// Charges, outcomes, limits, placements and employers may be called anything.
#[test]
fn ids_renamed_in_their_order_rename_the_output_and_change_nothing_else() {
    law(4, &[("a posting", 350)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let terms = term_names(&changed);
        rename_terms(&mut changed, &terms);
        let backwards = |text: &str| format!("x{}", text.chars().rev().collect::<String>());
        let facts = Names {
            participant: &prefixed,
            company: &prefixed,
            placement: &backwards,
            spell: &prefixed,
            employer: &backwards,
        };
        rename_facts(&mut changed, &facts);
        let fixed = fixed_charges(&trial.programme);
        let expected = renamed(&before, prefixed, |id| terms[id].clone(), prefixed, prefixed, &fixed);
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&expected, &settle(&changed, trial.end()), &changed)
    });
}

/// The same names given out the other way round.
fn turned<'r>(ids: impl Iterator<Item = &'r Record>) -> BTreeMap<String, String> {
    let ids: BTreeSet<String> = ids.map(|record| record.id.clone()).collect();
    ids.iter().cloned().zip(ids.iter().rev().cloned()).collect()
}

/// Holds where ids order nothing but lines: no limits, no `max_participants` (constructed). Spells keep their names, which
/// decide ties.
#[test]
fn without_limits_and_cohort_caps_other_ids_only_move_lines() {
    law(5, &[("lines moved", 80)], |trial| {
        without_limits(&mut trial.programme);
        blind_to_recording(&mut trial.programme);
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let people = turned(changed.participants.iter().map(|row| &row.record));
        let companies = turned(changed.companies.iter().map(|row| &row.record));
        // What is named may be known nowhere.
        let name = |names: &BTreeMap<String, String>, id: &str| names.get(id).cloned().unwrap_or_else(|| id.into());
        let (participant, company) = (|id: &str| name(&people, id), |id: &str| name(&companies, id));
        let same_name = |id: &str| id.to_string();
        let facts = Names {
            participant: &participant,
            company: &company,
            placement: &same_name,
            spell: &same_name,
            employer: &same_name,
        };
        rename_facts(&mut changed, &facts);
        let fixed = fixed_charges(&changed);
        let expected = renamed(&before, same_name, same_name, participant, company, &fixed);
        let after = settle(&changed, trial.end());
        trial.tally.met("lines moved", expected != after);
        equal(&lines(&expected), &lines(&after), &changed)
    });
}

/// Writes out what is so anyway, and gives every rate row the conditions that always hold.
fn spell_out(programme: &mut Programme, far: i64) {
    let people = programme.participants.len() as i64 + 1;
    for contract in &mut programme.contracts {
        let (starts, ends, kinds) = (contract.starts, contract.ends, contract.kinds.clone());
        contract.rounding = contract.rounding.or(Some(Rounding::HalfAwayFromZero));
        contract.kinds = kinds.into_iter().chain(["never-used".to_string()]).collect();
        contract.settlement.tail_periods = contract.settlement.tail_periods.or(Some(0));
        let cohort = contract.cohort.get_or_insert_default();
        cohort.enrol_from = cohort.enrol_from.or(Some(starts));
        // An early last day of enrolment is lawful only with a first one.
        cohort.enrol_until = cohort.enrol_until.or(Some(ends));
        cohort.max_participants = cohort.max_participants.or(Some(people));
        for outcome in &mut contract.outcomes {
            outcome.min_weekly_hours.get_or_insert("0.0".into());
            outcome.max_gap_days.get_or_insert(0);
            outcome.max_gap_total.get_or_insert(far);
        }
        let ids: Vec<String> = contract.charges.iter().map(|charge| charge.id.clone()).collect();
        contract.limits.iter_mut().for_each(|limit| _ = limit.charges.get_or_insert_with(|| ids.clone()));
        let outcomes = contract.outcomes.clone();
        contract.charges.iter_mut().for_each(|charge| spell_charge_out(charge, &outcomes, (starts, ends), far));
    }
}

fn spell_charge_out(
    charge: &mut Charge,
    outcomes: &[Outcome],
    term: (crate::support::day::Day, crate::support::day::Day),
    far: i64,
) {
    let in_days = |length: &mut Length| {
        if let Length::Weeks(n) = *length {
            *length = Length::Days(7 * n);
        }
    };
    let mut kinds = None;
    match &mut charge.what {
        What::Fixed { .. } => {}
        What::Measured { .. } => return spell_bands_out(&mut charge.price),
        What::Milestone(Milestone { outcome, after, then, .. }) => {
            kinds = outcomes.iter().find(|one| one.id == *outcome).map(|one| one.kinds.clone());
            if let After::Lasting(after) = after {
                in_days(after);
            }
            then.iter_mut().for_each(|then| in_days(&mut then.every));
        }
        What::Period { outcome, min_days, prorate, max_units, .. } => {
            kinds = outcomes.iter().find(|one| one.id == *outcome).map(|one| one.kinds.clone());
            *min_days = min_days.or((!*prorate).then_some(1));
            max_units.get_or_insert(far);
        }
    }
    if let Price::Amount(amount) = &charge.price {
        charge.price = Price::Card(vec![Rate { amount: amount.clone(), ..Rate::default() }]);
    }
    let Price::Card(rates) = &mut charge.price else { return };
    for rate in rates {
        rate.when.valid.get_or_insert((Some(term.0.plus(-far)), Some(term.1.plus(far))));
        if let Some(kinds) = &kinds {
            rate.when.kinds.get_or_insert_with(|| kinds.clone());
            rate.when.hours.get_or_insert((Some("0".into()), Some("100000".into())));
            rate.when.elapsed.get_or_insert((Some(0), Some(far)));
        }
        rate.amount = if rate.amount.contains('.') { format!("0{}0", rate.amount) } else { format!("{}.0", rate.amount) };
    }
}

/// `each` is short for a `whole` band without edges (mechanisms 5.2); what a band does not say is 0.
fn spell_bands_out(price: &mut Price) {
    if let Price::Each(each) = price {
        let band = Band { each: Some(each.clone()), ..Band::default() };
        *price = Price::Bands { pricing: Some(Pricing::Whole), bands: vec![band] };
    }
    let Price::Bands { pricing, bands } = price else { return };
    pricing.get_or_insert(Pricing::Level);
    for band in bands {
        band.amount.get_or_insert("0".into());
        if band.to_amount.is_none() {
            band.each.get_or_insert("0.0".into());
        }
    }
}

/// Always.
#[test]
fn what_is_so_anyway_may_be_written_out() {
    law(6, &[("a posting", 350)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        spell_out(&mut changed, 5_000);
        for record in records(&mut changed) {
            record.revision = format!("0{}", record.revision);
            record.void = if record.void == "true" { "true".into() } else { "false".into() };
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// 7.2: steps are summed before they are applied. Holds without limits, and where nothing names a charge: they look at the
/// charge (constructed); at most four further steps.
#[test]
fn further_steps_are_milestones_of_their_own() {
    law(7, &[("a further step is paid", 60)], |trial| {
        without_limits(&mut trial.programme);
        untied(&mut trial.programme);
        for charge in charges(&mut trial.programme) {
            if let What::Milestone(Milestone { then: Some(then), .. }) = &mut charge.what {
                then.times = then.times.min(4);
            }
        }
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            contract.charges = contract.charges.iter().flat_map(apart).collect();
        }
        let mut after = settle(&changed, trial.end());
        for row in &mut after.postings {
            if let Some((charge, step)) = row.charge.clone().split_once("_step_") {
                row.charge = charge.into();
                row.unit = row.unit.replace("step-01", &format!("step-{step}"));
            }
        }
        trial.tally.met("a further step is paid", before.postings.iter().any(|row| row.unit.ends_with("step-02")));
        equal(&lines(&before), &lines(&after), &changed)
    });
}

/// A milestone with further steps as one milestone for each step.
fn apart(charge: &Charge) -> Vec<Charge> {
    let What::Milestone(milestone) = &charge.what else { return vec![charge.clone()] };
    let Milestone { after, then, .. } = milestone;
    let days = |length: Length| match length {
        Length::Days(n) | Length::Months(n) => n,
        Length::Weeks(n) => 7 * n,
    };
    let (times, every) = then.map_or((0, 0), |then| (then.times, days(then.every)));
    let After::Lasting(after) = after else { return vec![charge.clone()] };
    let step = |step: i64| {
        let n = days(*after) + step * every;
        let after = After::Lasting(if matches!(after, Length::Months(_)) { Length::Months(n) } else { Length::Days(n) });
        let what = What::Milestone(Milestone { after, then: None, ..milestone.clone() });
        Charge { id: format!("{}_step_{:02}", charge.id, step + 1), what, ..charge.clone() }
    };
    (0..=times).map(step).collect()
}

/// 6.6. Holds where there is one company and no job outside (constructed).
#[test]
fn with_one_company_each_company_apart_is_the_participant_as_a_whole() {
    law(8, &[("a unit of the company", 120)], |trial| {
        let programme = &mut trial.programme;
        let only = programme.companies.iter().map(|row| row.record.id.clone()).min().unwrap_or_default();
        programme.companies.retain(|row| row.record.id == only);
        // A row that makes a job outside the programme of it withdraws the spell.
        for row in programme.spells.iter_mut().filter(|row| row.placement.is_empty()) {
            row.record.void = "true".into();
        }
        for outcome in outcomes(programme) {
            (outcome.per_company, outcome.same_employer) = (false, false);
        }
        let mut whole = trial.settle();
        let mut changed = trial.programme.clone();
        outcomes(&mut changed).for_each(|outcome| outcome.per_company = true);
        let fixed = fixed_charges(&changed);
        for row in whole.postings.iter_mut().filter(|row| !fixed.contains(&(row.contract.clone(), row.charge.clone()))) {
            row.unit = format!("{only}/{}", row.unit);
        }
        let apart = settle(&changed, trial.end());
        trial.tally.met("a unit of the company", apart.postings.iter().any(|row| row.unit.contains('/')));
        same(&whole, &apart, &changed)
    });
}
