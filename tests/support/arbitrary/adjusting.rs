//! Random adjustments, roundings, delays, traits and conditions on steps, and indices that are told late or not at all.

use super::contract::landmarks;
use super::genes::Genes;
use super::history::{entries, record};
use super::{Settled, charges};
use crate::support::day::{Day, days_in_month};
use crate::support::programme::*;

const FACTORS: [&str; 14] = ["0.67", "5/6", "1.40", "1/3", "1.1", "0.5", "1", "2", "0", "7/9", "1.25", "0.999", "2/3", "10"];
pub const TRAITS: [&str; 3] = ["under-30", "Under-30", "lone"];
const METRICS: [&str; 2] = ["prices", "wages"];

/// The same programme with what adjusts its charges.
pub fn adjusted(mut settled: Settled, genes: &mut Genes) -> Settled {
    let Programme { contracts, participants, measurements, .. } = &mut settled.programme;
    for contract in contracts {
        if genes.chance(45) {
            contract.rounding = Some(genes.of_list(&[Rounding::Up, Rounding::Down, Rounding::HalfEven]));
        }
        let (days, cut_offs) = landmarks(contract);
        indices(genes, contract, &cut_offs, measurements);
        let terms = contract.clone();
        for charge in &mut contract.charges {
            adjust(genes, &terms, &days, charge);
        }
        for row in participants.iter_mut().filter(|row| row.record.contract == contract.id && row.record.void != "true") {
            row.traits = genes.some_of(&TRAITS).join(" ");
            if genes.chance(30) {
                row.traits = String::new();
            }
        }
    }
    settled
}

fn adjust(genes: &mut Genes, contract: &Contract, days: &[Day], charge: &mut Charge) {
    if genes.chance(20) {
        charge.round = Some(round(genes, contract));
    }
    if genes.chance(40) {
        charge.delay = Some(delay(genes));
    }
    match &mut charge.price {
        Price::Card(rates) if outcome_of(&charge.what).is_some() => {
            let nth = genes.below(rates.len());
            if genes.chance(35) {
                rates[nth].when.traits = Some(genes.some_of(&texts(&TRAITS)));
            }
        }
        Price::Amount(amount) if genes.chance(60) => {
            if let What::Milestone(Milestone { then: Some(_), .. }) = charge.what {
                let from = genes.between(2, 4);
                let of = |amount: String, from, below| Rate {
                    amount,
                    when: When { steps: Some((from, below)), ..When::default() },
                };
                charge.price = Price::Card(vec![of(amount.clone(), 1, from), of(format!("1{amount}"), from, from + 2)]);
            }
        }
        _ => {}
    }
    for _ in 0..genes.of_list(&[1, 0, 2, 1, 3, 0]) {
        let row = row(genes, contract, days, charge);
        charge.adjust.push(row);
    }
}

/// Its outcome, if it has one.
fn outcome_of(what: &What) -> Option<&String> {
    match what {
        What::Milestone(Milestone { outcome, .. }) | What::Period { outcome, .. } => Some(outcome),
        What::Fixed { .. } | What::Measured { .. } => None,
    }
}

fn row(genes: &mut Genes, contract: &Contract, days: &[Day], charge: &Charge) -> Adjust {
    let outcome = outcome_of(&charge.what).and_then(|id| contract.outcomes.iter().find(|one| one.id == *id));
    let indexed = !contract.indices.is_empty() && !charge.adjust.iter().any(|row| matches!(row.by, Some(By::Index(_))));
    let by = match genes.below(10) {
        0..=3 if indexed => Some(By::Index(genes.of_list(&contract.indices).id)),
        9 => None,
        _ => Some(By::Factor(genes.of_list(&FACTORS).into())),
    };
    let mut when = if genes.chance(60) { charges::rate(genes, days, outcome).when } else { When::default() };
    if outcome.is_some() && genes.chance(25) {
        when.traits = Some(genes.some_of(&texts(&TRAITS)));
    }
    if matches!(charge.what, What::Milestone { .. }) && genes.chance(25) {
        let from = genes.between(1, 3);
        when.steps = Some((from, from + genes.between(1, 2)));
    }
    let round = (by.is_none() || genes.chance(30)).then(|| round(genes, contract));
    Adjust { by, when, round }
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_string()).collect()
}

/// A multiple of the minor unit, or none, and a mode, or none; not neither.
fn round(genes: &mut Genes, contract: &Contract) -> Round {
    let multiples = match contract.currency.as_str() {
        "JPY" => ["1", "10", "5", "100"],
        "KWD" => ["0.005", "1", "0.25", "10"],
        _ => ["1", "0.05", "10", "0.01"],
    };
    let modes = [Rounding::Up, Rounding::Down, Rounding::HalfEven, Rounding::HalfAwayFromZero];
    let (to, mode) = (genes.chance(70), genes.chance(70));
    Round { to: (to || !mode).then(|| genes.of_list(&multiples).into()), mode: mode.then(|| genes.of_list(&modes)) }
}

fn delay(genes: &mut Genes) -> Delay {
    match genes.below(5) {
        0 => Delay::Weekdays(genes.between(1, 20)),
        1 => Delay::BankDays(genes.between(1, 20)),
        2 => Delay::Of(Length::Days(genes.between(1, 40))),
        3 => Delay::Of(Length::Weeks(genes.between(1, 5))),
        _ => Delay::Of(Length::Months(genes.between(1, 3))),
    }
}

/// Two indices and what is measured for them, month by month, from before the term on.
fn indices(genes: &mut Genes, contract: &mut Contract, cut_offs: &[Day], measurements: &mut Vec<MeasurementRow>) {
    if !genes.chance(60) {
        return;
    }
    let mut first = month_before(contract.starts, 16);
    let (year, month, _) = month_before(contract.starts, genes.between(1, 9)).civil();
    let every = [Every::Month, Every::Quarter, Every::Year, Every::Month, Every::Quarter];
    for (id, metric) in ["by-prices", "I"].into_iter().zip(METRICS) {
        contract.indices.push(Index {
            id: id.into(),
            metric: metric.into(),
            base: format!("{year:04}-{month:02}"),
            every: genes.of_list(&every),
            lag_months: genes.of_list(&[None, Some(1), Some(3), Some(2), Some(0)]),
        });
    }
    let mut number = 0;
    while first <= contract.ends {
        let last = month_end(first);
        for metric in METRICS {
            number += 1;
            measurements.extend(month_of(genes, contract, cut_offs, metric, (first, last), number));
        }
        first = last.next();
    }
}

/// The rows of one month: often one of its own time, sometimes later or revised, told twice, or of a cohort or part of it.
fn month_of(
    genes: &mut Genes,
    contract: &Contract,
    cut_offs: &[Day],
    metric: &str,
    (first, last): (Day, Day),
    number: usize,
) -> Vec<MeasurementRow> {
    let mut rows = Vec::new();
    let values = ["100", "103.4", "82", "120.5", "99.999", "100.0", "250", "1"];
    let plain = MeasurementRow {
        record: Record::default(),
        metric: metric.into(),
        cohort: String::new(),
        participant: String::new(),
        first_day: first.to_string(),
        last_day: last.to_string(),
        value: values[number * 5 % 7].into(),
        source: String::new(),
    };
    let odd = genes.below(12);
    if odd == 11 {
        return rows;
    }
    let more = if odd == 10 { genes.between(1, 2) as usize } else { 0 };
    let recorded = if odd == 9 { genes.of_list(cut_offs).next() } else { last.plus(10).min(contract.starts.plus(40)) };
    for (nth, entry) in entries(genes, recorded, cut_offs, more).iter().enumerate() {
        let mut row = MeasurementRow { record: record(genes, &contract.id, &format!("x{number}"), entry), ..plain.clone() };
        if nth > 0 {
            row.value = genes.of_list(&values).into();
        }
        rows.push(if entry.void { MeasurementRow { record: row.record, ..Default::default() } } else { row });
    }
    if odd >= 7 {
        let mut beside = rows[0].clone();
        if beside.record.void == "true" {
            return rows;
        }
        beside.record.id = genes.of_list(&["a", "y"]).to_string() + &number.to_string();
        beside.value = genes.of_list(&["200", "0", "-5", "90"]).into();
        match genes.below(3) {
            0 => {}
            1 => beside.cohort = "women".into(),
            _ => beside.last_day = last.before().to_string(),
        }
        rows.push(beside);
    }
    rows
}

/// The first day of the month so many months before a day's.
fn month_before(day: Day, months: i64) -> Day {
    let (year, month, _) = day.civil();
    let counted = year * 12 + month - 1 - months;
    Day::from_civil(counted.div_euclid(12), counted.rem_euclid(12) + 1, 1)
}

fn month_end(first: Day) -> Day {
    let (year, month, _) = first.civil();
    Day::from_civil(year, month, days_in_month(year, month))
}
