//! Programmes whose facts change from cut-off to cut-off, so that nearly every settlement corrects earlier ones.

use super::genes::{Genes, Strand};
use super::{Settled, cut_offs};
use crate::support::day::Day;
use crate::support::programme::*;

const AMOUNTS: [&str; 8] = ["1000", "31", "0.31", "100.35", "7.5", "33.333", "900.015", "620"];

/// One contract settled by the month, its work, and reports of it that change.
pub fn make(frame: &Strand, people: &[Strand]) -> Settled {
    let mut genes = Genes::of(frame);
    let (year, month) = genes.of_list(&[(2023, 1), (2024, 1), (2022, 10), (2018, 3), (2020, 11), (2023, 3)]);
    let starts = Day::from_civil(year, month, 1);
    let contract = contract(&mut genes, starts);
    let mut programme = Programme::default();
    let cut_offs: Vec<Day> = cut_offs(&contract).iter().map(|(_, cut_off)| *cut_off).collect();
    for (strand, id) in people.iter().zip(["b", "a", "æ", "B"]) {
        person(&mut Genes::of(strand), id, &contract, &cut_offs, &mut programme);
    }
    programme.contracts.push(contract);
    let as_of = if genes.chance(20) { genes.of_list(&cut_offs) } else { cut_offs[cut_offs.len() - 1].plus(9) };
    Settled { programme, as_of: as_of.to_string() }
}

fn contract(genes: &mut Genes, starts: Day) -> Contract {
    let outcome = |id: &str, kind: &str| Outcome { id: id.into(), kinds: vec![kind.into()], ..Outcome::default() };
    let mut contract = Contract {
        id: "changing".into(),
        agreed_on: None,
        title: None,
        currency: genes.of_list(&["DKK", "EUR", "JPY", "DKK"]).into(),
        starts,
        ends: starts.plus(genes.of_list(&[88, 58, 120, 40])),
        rounding: genes.of_list(&[None, Some(Rounding::HalfEven)]),
        kinds: Vec::new(),
        settlement: Settlement {
            every: genes.of_list(&[Every::Month, Every::Month, Every::Quarter]),
            reporting_days: genes.of_list(&[5, 0, 10, 21, 30]),
            tail_periods: genes.of_list(&[Some(1), Some(2), Some(3), None]),
            payment_days: None,
            confirm_days: None,
        },
        cohort: None,
        payroll: None,
        saving: None,
        payers: Vec::new(),
        payee: None,
        outcomes: vec![outcome("work", "ordinary"), outcome("flex", "flex-job")],
        figures: Vec::new(),
        indices: Vec::new(),
        gates: Vec::new(),
        goals: Vec::new(),
        charges: Vec::new(),
        limits: Vec::new(),
        invoicing: None,
    };
    for id in ["fee", "pay", "Bonus", "a"].into_iter().take(2 + genes.below(3)) {
        contract.charges.push(charge(genes, id, &contract));
    }
    if genes.chance(50) {
        contract.limits.push(limit(genes));
    }
    contract
}

fn charge(genes: &mut Genes, id: &str, contract: &Contract) -> Charge {
    let outcome: String = genes.of_list(&["work", "flex"]).into();
    let period =
        |unit, prorate| What::Period { outcome: outcome.clone(), unit, min_days: None, prorate, by: None, max_units: None };
    let what = match genes.below(7) {
        0..=2 => period(Unit::Month, true),
        3 => period(Unit::Week, false),
        4 => period(Unit::Month, false),
        5 => What::Milestone(Milestone::new(outcome, Mode::Continuous, Length::Weeks(2))),
        _ => What::Fixed { dates: Dates::On(vec![contract.starts.plus(genes.between(0, 40))]), per: Per::Contract },
    };
    Charge::of(id, what, Price::Amount(genes.of_list(&AMOUNTS).into()))
}

fn limit(genes: &mut Genes) -> Limit {
    Limit {
        id: "cap".into(),
        scope: genes.of_list(&[Scope::Contract, Scope::Participant]),
        window: genes.of_list(&[LimitWindow::Total, LimitWindow::SettlementPeriod]),
        amount: genes.of_list(&["1000", "50", "333", "2500", "7"]).into(),
        floor: false,
        charges: None,
        units: None,
    }
}

/// Somebody with one job, and what is reported of it.
fn person(genes: &mut Genes, id: &str, contract: &Contract, cut_offs: &[Day], programme: &mut Programme) {
    let record = |id: &str, on: Day, revision: String| Record {
        contract: contract.id.clone(),
        id: id.into(),
        recorded_on: on.to_string(),
        revision,
        void: String::new(),
    };
    programme.participants.push(ParticipantRow {
        record: record(id, contract.starts, String::new()),
        target_group: "any".into(),
        enrolled_on: contract.starts.to_string(),
        ..ParticipantRow::default()
    });
    let first = contract.starts.plus(genes.between(0, 30));
    let length = genes.between(0, 70);
    let kind = genes.of_list(&["ordinary", "ordinary", "flex-job"]);
    let mut on = contract.starts;
    for revision in 0..=genes.of_list(&[2, 3, 4, 5, 1, 6]) {
        let change = genes.of_list(&[0, 1, -1, 2, -2, 7, -20, 3]);
        let mut row = SpellRow {
            record: record(&format!("s.{id}"), on, revision.to_string()),
            participant: id.into(),
            employer: "shop".into(),
            kind: if genes.chance(12) { "flex-job" } else { kind }.into(),
            first_day: first.to_string(),
            last_day: first.plus((length + change).max(0)).to_string(),
            weekly_hours: "37".into(),
            ..SpellRow::default()
        };
        if revision > 0 && genes.chance(14) {
            row.record.void = "true".into();
        }
        programme.spells.push(row);
        on = on.max(genes.of_list(cut_offs).plus(genes.of_list(&[0, 1])));
    }
}
