//! Laws of what weeks without benefit save: the same benefits, tables and clocks said otherwise.

use super::corrections::{from_any_settlement, in_any_batches};
use super::form::any_order;
use super::rewrite::*;
use super::sums::{key, minor, sums};
use super::time::later_rows_have_no_say;
use super::trial::{Dice, Trial, Verdict, cases, equal, files, holds, law_of, same, settle};
use crate::support::arbitrary::saving;
use crate::support::day::Day;
use crate::support::output::Output;
use crate::support::programme::*;
use std::collections::BTreeMap;

/// Tries a law on contracts that pay for what is saved and for nothing else, with no limits or gates.
fn law(seed: u8, least: &[(&'static str, usize)], mut look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(saving(), cases(), seed, least, |trial| {
        let ids = ["share", "Share", "third", "own-share"];
        keep_charges(&mut trial.programme, |charge| ids.contains(&charge.id.as_str()));
        without_limits(&mut trial.programme);
        charges(&mut trial.programme).for_each(|charge| charge.requires.clear());
        trial.programme.contracts.iter_mut().for_each(|contract| contract.gates.clear());
        look(trial)
    });
}

fn tables(programme: &mut Programme) -> impl Iterator<Item = &mut Saving> {
    programme.contracts.iter_mut().filter_map(|contract| contract.saving.as_mut())
}

/// The texts of every amount that a benefit or what stands in its place is worth.
fn worths(programme: &mut Programme) -> Vec<&mut String> {
    let mut all: Vec<&mut String> = Vec::new();
    let Programme { contracts, benefits, .. } = programme;
    for table in contracts.iter_mut().filter_map(|contract| contract.saving.as_mut()) {
        all.extend(table.rates.iter_mut().map(|row| row.amount.text()));
        all.extend(table.costs.iter_mut().map(|row| row.amount.text()));
    }
    all.extend(benefits.iter_mut().flat_map(|row| [&mut row.weekly, &mut row.monthly]).filter(|text| !text.is_empty()));
    all
}

/// In place of all other charges and figures: for each figure one charge of the contract of the same dates.
fn pay_for(programme: &mut Programme, figures: &[(&str, Saved, bool)], every: Every, each: &str) {
    for contract in &mut programme.contracts {
        contract.charges.clear();
        contract.figures.clear();
        for (id, of, own) in figures {
            let (window, among) = (FigureWindow::Total, Among::default());
            let form = Form::Saving { of: *of, among, window, per_participant: *own };
            contract.figures.push(Figure { id: (*id).into(), form, decimals: None });
            let (figure, times, dates) = ((*id).into(), Vec::new(), Dates::Every(every));
            let what = What::Measured { figure, times, dates, per_participant: *own, cumulative: false };
            contract.charges.push(Charge::of(id, what, Price::Each(each.into())));
        }
    }
}

/// The sums of one charge by contract and date.
fn by_date(output: &Output, charge: &str) -> BTreeMap<(String, String), i128> {
    let mut sums = BTreeMap::new();
    for row in output.postings.iter().filter(|row| row.charge == charge) {
        *sums.entry((row.contract.clone(), row.unit.clone())).or_default() += minor(&row.amount);
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

/// Each row of the table is cut in two days that follow one another.
fn cut_in_two<R: Clone>(rows: &mut Vec<R>, valid: fn(&mut R) -> &mut Valid, dice: &mut Dice, days: (Day, Day)) {
    let mut cut = Vec::new();
    for mut row in std::mem::take(rows) {
        let (from, until) = valid(&mut row).unwrap_or((None, None));
        let from = from.unwrap_or(Day::from_civil(2000, 1, 1));
        let border = Day(dice.between(days.0.0, days.1.0)).max(from);
        if until.is_some_and(|until| border >= until) {
            cut.push(row);
            continue;
        }
        let mut rest = row.clone();
        *valid(&mut row) = Some((Some(from), Some(border)));
        *valid(&mut rest) = Some((Some(border.next()), until));
        cut.extend([row, rest]);
    }
    *rows = cut;
}

/// Saving 1, 3. Holds where no two benefits end on one day; the second part has a higher id, and its clock is empty.
#[test]
fn a_benefit_told_in_two_parts_that_meet_changes_nothing() {
    law(190, &[("a posting", 150), ("told in parts", 600)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let ends: Vec<(String, String)> =
            changed.benefits.iter().map(|row| (row.record.id.clone(), row.last_day.clone())).collect();
        let mut seconds = Vec::new();
        for row in &mut changed.benefits {
            let record = Record { id: format!("{}.2nd", row.record.id), ..row.record.clone() };
            let id = &row.record.id;
            let own_ends: Vec<&String> = ends.iter().filter(|(other, _)| other == id).map(|(_, last)| last).collect();
            let alone = !ends.iter().any(|(other, last)| other != id && own_ends.contains(&last));
            let mut second =
                BenefitRow { record: Record { void: "true".into(), ..record.clone() }, ..BenefitRow::default() };
            if let Some(first) = Day::parse(&row.first_day).filter(|_| alone && row.record.void != "true") {
                let most = Day::parse(&row.last_day).map_or(40, |last| last.0 - first.0 - 1);
                if most >= 0 {
                    let border = first.plus(trial.dice.between(0, most));
                    let first_day = border.next().to_string();
                    second = BenefitRow { record, first_day, clock: String::new(), ..row.clone() };
                    row.last_day = border.to_string();
                    trial.tally.met("told in parts", true);
                }
            }
            seconds.push(second);
        }
        changed.benefits.extend(seconds);
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Saving 5. Constructed: costs are never below 0, so what is left of the gross saving is no more than that.
#[test]
fn no_more_is_saved_than_the_benefit() {
    law(191, &[("less", 80), ("gross", 250)], |trial| {
        pay_for(&mut trial.programme, &[("gross", Saved::Gross, false), ("net", Saved::Net, false)], Every::Month, "1");
        let output = trial.settle();
        let (gross, net) = (by_date(&output, "gross"), by_date(&output, "net"));
        let of = |key| gross.get(key).copied().unwrap_or(0);
        let wrong = net.iter().find(|(key, net)| **net > of(*key));
        trial.tally.met("gross", !gross.is_empty());
        trial.tally.met("less", net.iter().any(|(key, net)| *net < of(key)));
        holds(wrong.is_none(), || format!("{wrong:?}\n{}", files(&trial.programme)))
    });
}

/// Saving 5. Constructed: one rate for every benefit, all of it the municipality's, no costs, and a clock that is known: what is
/// saved is the weeks times the rate.
#[test]
fn at_one_rate_and_without_refund_weeks_are_money() {
    law(192, &[("a posting", 250)], |trial| {
        for row in &mut trial.programme.benefits {
            row.clock = "0".into();
        }
        for table in tables(&mut trial.programme) {
            table.amounts_of_rows = false;
            table.costs.clear();
            table.refunds.truncate(1);
            (table.refunds[0].weeks, table.refunds[0].valid, table.refunds[0].share) = (None, None, "0".into());
            for benefit in ["sick", "cash", "Cash"] {
                let (amount, source) = (Pays::Weekly("7".into()), "agreed".into());
                table.rates.insert(0, BenefitRate { benefit: benefit.into(), valid: None, amount, source });
            }
        }
        let mut weeks = trial.programme.clone();
        pay_for(&mut trial.programme, &[("saved", Saved::Net, false), ("own", Saved::Gross, true)], Every::Month, "1");
        pay_for(&mut weeks, &[("saved", Saved::Weeks, false), ("own", Saved::Weeks, true)], Every::Month, "7");
        let (saved, counted) = (trial.settle(), settle(&weeks, trial.end()));
        trial.tally.met("a posting", !saved.postings.is_empty());
        equal(&sums(&saved), &sums(&counted), &weeks)
    });
}

/// Saving 2. Always.
#[test]
fn a_row_of_a_table_cut_in_two_by_valid_changes_nothing() {
    law(193, &[("a posting", 150)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for contract in &mut changed.contracts {
            let days = (contract.starts, contract.ends);
            let Some(table) = &mut contract.saving else { continue };
            cut_in_two(&mut table.refunds, |row| &mut row.valid, &mut trial.dice, days);
            cut_in_two(&mut table.rates, |row| &mut row.valid, &mut trial.dice, days);
            cut_in_two(&mut table.costs, |row| &mut row.valid, &mut trial.dice, days);
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Saving 2. Always, but for whether a week is counted: a row of costs keeps its `refunded`.
#[test]
fn a_row_of_a_table_behind_one_that_covers_it_is_never_reached() {
    law(194, &[("a posting", 150)], |trial| {
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for table in tables(&mut changed) {
            let refund = Refund { share: "0.99".into(), ..trial.dice.of_list(&table.refunds).unwrap() };
            table.refunds.push(refund);
            if let Some(rate) = trial.dice.of_list(&table.rates) {
                table.rates.push(BenefitRate { amount: Pays::Weekly("1".into()), ..rate });
            }
            if let Some(cost) = trial.dice.of_list(&table.costs) {
                table.costs.push(Cost { amount: Pays::Weekly("1".into()), ..cost });
            }
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Saving 5. Constructed: charges with one `each` for what is money. All amounts three times as high are a price three times as high.
#[test]
fn amounts_scaled_scale_what_is_saved() {
    law(195, &[("a posting", 100)], |trial| {
        let weeks = |charge: &Charge| matches!(&charge.what, What::Measured { figure, .. } if figure.contains("avoided") || figure.contains("both"));
        keep_charges(&mut trial.programme, |charge| matches!(charge.price, Price::Each(_)) && !weeks(charge));
        trial.programme.contracts.iter_mut().flat_map(|contract| &mut contract.figures).for_each(|one| one.decimals = None);
        let mut dearer = trial.programme.clone();
        for each in amounts(&mut dearer) {
            *each = match each.as_str() {
                "1" => "3",
                "0.5" => "1.5",
                "0.1" => "0.3",
                "12" => "36",
                other => panic!("each {other}"),
            }
            .into();
        }
        let mut changed = trial.programme.clone();
        for worth in worths(&mut changed) {
            *worth = match worth.as_str() {
                "100" => "300",
                "35.05" => "105.15",
                "35" => "105",
                "0.05" => "0.15",
                "1" => "3",
                "70" => "210",
                "1500.50" => "4501.50",
                "1500" => "4500",
                "9.99" => "29.97",
                "9" => "27",
                "250" => "750",
                other => panic!("an amount {other}"),
            }
            .into();
        }
        let (one, other) = (settle(&dearer, trial.end()), settle(&changed, trial.end()));
        trial.tally.met("a posting", !one.postings.is_empty());
        equal(&sums(&one), &sums(&other), &changed)
    });
}

/// Saving 4, 5. Constructed: one share of the state for all weeks. Then where a clock stands says nothing, if it is known.
#[test]
fn where_all_weeks_are_refunded_alike_no_clock_matters() {
    law(196, &[("a posting", 150)], |trial| {
        for table in tables(&mut trial.programme) {
            table.refunds.truncate(1);
            (table.refunds[0].weeks, table.refunds[0].valid) = (None, None);
        }
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        for row in changed.benefits.iter_mut().filter(|row| !row.clock.is_empty()) {
            row.clock = trial.dice.between(0, 80).to_string();
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Saving 4. Constructed: no clock starts again. Clocks that are told and the steps of the state's share moved by as many weeks.
#[test]
fn clocks_and_steps_moved_together_change_nothing() {
    law(197, &[("a posting", 150)], |trial| {
        tables(&mut trial.programme).for_each(|table| table.reset = None);
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let by = trial.dice.between(1, 60);
        for row in changed.benefits.iter_mut().filter(|row| !row.clock.is_empty()) {
            row.clock = (row.clock.parse::<i64>().unwrap() + by).to_string();
        }
        for refund in tables(&mut changed).flat_map(|table| &mut table.refunds) {
            refund.weeks = refund.weeks.map(|(from, below)| (from.map(|week| week + by), below.map(|week| week + by)));
        }
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Saving 2. Always: a clock that needs more self-supporting weeks than there are never starts again.
#[test]
fn a_reset_that_is_never_reached_leaves_no_trace() {
    law(198, &[("a posting", 150)], |trial| {
        tables(&mut trial.programme).for_each(|table| table.reset = None);
        let before = trial.settle();
        let mut changed = trial.programme.clone();
        let weeks = trial.dice.between(600, 900);
        tables(&mut changed).for_each(|table| table.reset = Some(Reset { weeks, within_months: 120 }));
        trial.tally.met("a posting", !before.postings.is_empty());
        same(&before, &settle(&changed, trial.end()), &changed)
    });
}

/// Mechanisms 4.3. Constructed: weeks, at a whole price. What each participant avoids adds up to what all do.
#[test]
fn what_each_avoids_adds_up_to_what_all_do() {
    law(199, &[("of several", 30), ("a posting", 250)], |trial| {
        pay_for(&mut trial.programme, &[("all", Saved::Weeks, false), ("own", Saved::Weeks, true)], Every::Month, "7");
        let output = trial.settle();
        trial.tally.met("a posting", !output.postings.is_empty());
        let mut of: BTreeMap<_, usize> = BTreeMap::new();
        for key in sums(&output).keys().filter(|key| key.1 == "own") {
            *of.entry((key.0.clone(), key.3.clone())).or_default() += 1;
        }
        trial.tally.met("of several", of.values().any(|people| *people > 1));
        equal(&by_date(&output, "all"), &by_date(&output, "own"), &trial.programme)
    });
}

/// Mechanisms 4.2. Constructed: weeks, at a whole price. What is avoided since the last date adds up to all so far.
#[test]
fn weeks_since_the_last_date_add_up_to_all_so_far() {
    law(200, &[("a posting", 250)], |trial| {
        let mut totals = trial.programme.clone();
        for (programme, window, cumulative) in
            [(&mut trial.programme, FigureWindow::SinceLast, false), (&mut totals, FigureWindow::Total, true)]
        {
            pay_for(programme, &[("all", Saved::Weeks, false)], Every::Quarter, "7");
            for contract in &mut programme.contracts {
                if let Form::Saving { window: of, .. } = &mut contract.figures[0].form {
                    *of = window;
                }
                if let What::Measured { cumulative: of, .. } = &mut contract.charges[0].what {
                    *of = cumulative;
                }
            }
        }
        let (since, so_far) = (trial.settle(), settle(&totals, trial.end()));
        trial.tally.met("a posting", !since.postings.is_empty());
        equal(&sums(&since), &sums(&so_far), &totals)
    });
}

/// Saving 3. Always: the benefits of one participant say nothing of another.
#[test]
fn the_benefits_of_others_say_nothing_of_ones_own() {
    law(201, &[("a posting", 60)], |trial| {
        let figures = [("own", Saved::Net, true), ("weeks", Saved::Weeks, true)];
        pay_for(&mut trial.programme, &figures, Every::Month, "1");
        let before = trial.settle();
        let mut ids: Vec<String> = trial.programme.benefits.iter().map(|row| row.participant.clone()).collect();
        ids.retain(|id| !id.is_empty());
        let Some(one) = trial.dice.of_list(&ids) else { return Ok(()) };
        // A row that was told of somebody else before or after is nobody's alone, and stays.
        let others: Vec<String> = trial
            .programme
            .benefits
            .iter()
            .filter(|row| row.participant != one && !row.participant.is_empty())
            .map(|row| row.record.id.clone())
            .collect();
        let mut changed = trial.programme.clone();
        changed.benefits.retain(|row| row.participant != one || others.contains(&row.record.id));
        let after = settle(&changed, trial.end());
        let of_others = |output: &Output| {
            let rows = output.postings.iter().filter(|row| row.subject != one);
            rows.map(|row| (key(row), row.settlement, row.amount.clone())).collect::<Vec<_>>()
        };
        trial.tally.met("a posting", !of_others(&before).is_empty());
        equal(&of_others(&before), &of_others(&after), &changed)
    });
}

/// 12.3, with benefits. Always.
#[test]
fn with_benefits_too_the_order_of_rows_and_lists_says_nothing() {
    law_of(saving(), cases(), 202, &[("a posting", 350)], any_order);
}

/// 10.3, with benefits. Constructed as there.
#[test]
fn with_benefits_too_any_batches_are_paid_the_same_in_the_end() {
    law_of(saving(), cases(), 203, &[("other postings, same sums", 200)], in_any_batches);
}

/// 10.4, with benefits. Always.
#[test]
fn with_benefits_too_going_on_from_a_ledger_gives_what_a_replay_gives() {
    law_of(saving(), cases(), 204, &[("a correction after the ledger", 100)], from_any_settlement);
}

/// 3.2, with benefits. Always.
#[test]
fn with_benefits_too_what_is_recorded_later_has_no_say() {
    law_of(saving(), cases(), 205, &[("later rows", 300)], later_rows_have_no_say);
}
