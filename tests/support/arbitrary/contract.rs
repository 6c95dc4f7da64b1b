//! The frame of a random contract: term, calendar, cohort, payers.

use super::charges;
use super::figures;
use super::genes::Genes;
use super::ladders;
use super::{Parts, cut_offs};
use crate::support::day::{Day, days_in_month, is_leap};
use crate::support::programme::*;

/// A contract with the days on which something happens to it.
pub struct Made {
    pub contract: Contract,
    /// Days around which facts like to begin and end.
    pub landmarks: Vec<Day>,
    pub cut_offs: Vec<Day>,
}

pub const GROUPS: [&str; 3] = ["cash-benefit", "youth", "Youth"];

/// Months near a leap day, an ISO week 53, a year's end, or nothing.
const STARTS: [(i64, i64); 9] =
    [(2020, 1), (2019, 12), (2020, 11), (2018, 4), (2015, 11), (2016, 1), (2023, 12), (2017, 7), (2019, 10)];

pub fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_string()).collect()
}

pub fn make(parts: &Parts, number: usize) -> Made {
    let mut genes = Genes::of(&parts.frame);
    let (year, month) = genes.of_list(&STARTS);
    let day = match genes.below(4) {
        0 | 1 => 1,
        2 => days_in_month(year, month),
        _ => genes.between(1, 28),
    };
    let starts = Day::from_civil(year, month, day);
    let length = match genes.below(6) {
        0 => genes.between(0, 40),
        1..=3 => genes.between(41, 160),
        4 => genes.between(100, 250),
        _ => genes.between(200, 460),
    };
    let ends = if genes.chance(40) { month_end(starts.plus(length)) } else { starts.plus(length) };
    let settlement = settlement(&mut genes, ends.0 - starts.0);
    let cohort = genes.chance(45).then(|| cohort(&mut genes, starts, ends));
    let id = [["m", "Å-1"], ["c1", "C1"]][genes.below(2)][number];
    let mut contract = Contract {
        id: id.into(),
        agreed_on: None,
        title: genes.chance(50).then(|| "Vækst – \"Social\" Bundlinje".into()),
        currency: genes.of_list(&["DKK", "DKK", "DKK", "EUR", "JPY", "KWD"]).into(),
        starts,
        ends,
        rounding: genes.of_list(&[None, Some(Rounding::HalfEven), Some(Rounding::HalfAwayFromZero)]),
        kinds: if genes.chance(25) { texts(&["club-house"]) } else { Vec::new() },
        settlement,
        cohort,
        payroll: None,
        saving: None,
        payers: payers(&mut genes),
        payee: genes.chance(80).then(|| Payee {
            id: "fund".into(),
            name: Some("Fund".into()),
            cvr: Some("10000009".into()),
            address: None,
        }),
        outcomes: Vec::new(),
        figures: Vec::new(),
        indices: Vec::new(),
        gates: Vec::new(),
        goals: Vec::new(),
        charges: Vec::new(),
        limits: Vec::new(),
        invoicing: None,
    };
    let (landmarks, cut_offs) = landmarks(&contract);
    charges::make(parts, &landmarks, &mut contract);
    figures::make(&parts.measured, &mut contract);
    ladders::tie(&mut Genes::of(&parts.ladder), &mut contract);
    Made { contract, landmarks, cut_offs }
}

fn month_end(day: Day) -> Day {
    let (year, month, _) = day.civil();
    Day::from_civil(year, month, days_in_month(year, month))
}

fn settlement(genes: &mut Genes, days: i64) -> Settlement {
    let every = match days {
        ..=130 => [Every::Month, Every::Month, Every::Quarter, Every::Month, Every::Year],
        131..=300 => [Every::Quarter, Every::Month, Every::HalfYear, Every::Quarter, Every::Month],
        _ => [Every::HalfYear, Every::Quarter, Every::Quarter, Every::Year, Every::Quarter],
    };
    Settlement {
        every: genes.of_list(&every),
        reporting_days: genes.of_list(&[0, 10, 1, 30, 45]),
        tail_periods: genes.of_list(&[None, Some(1), Some(2), Some(0), Some(3)]),
        payment_days: genes.of_list(&[None, Some(14)]),
        confirm_days: genes.chance(28).then(|| genes.of_list(&[30, 10, 3, 60, 90, 1])),
    }
}

fn cohort(genes: &mut Genes, starts: Day, ends: Day) -> Cohort {
    let enrol_from = genes.chance(35).then(|| starts.plus(genes.between(-20, 8)).min(ends));
    let enrol_until = genes.chance(35).then(|| starts.plus(genes.between(5, 60)).max(enrol_from.unwrap_or(starts)));
    Cohort {
        target_groups: genes.chance(35).then(|| genes.some_of(&texts(&GROUPS))),
        enrol_from,
        enrol_until,
        max_participants: genes.chance(40).then(|| genes.between(1, 3)),
    }
}

fn payers(genes: &mut Genes) -> Vec<Payer> {
    let payer = |id: &str, share: Option<&str>| Payer {
        id: id.into(),
        name: Some("Herning Kommune".into()),
        cvr: Some("29189919".into()),
        gln: Some("5790001353858".into()),
        share: share.map(str::to_string),
        at_most: None,
        reference: None,
        address: None,
    };
    match genes.below(4) {
        0 | 1 => vec![payer("town", None)],
        2 => vec![payer("town", Some("0.5")), payer("state", Some("0.50"))],
        _ => vec![payer("town", Some("1"))],
    }
}

/// Borders of the term and its periods, cut-offs, leap days, turns of the year; and the cut-offs alone.
pub fn landmarks(contract: &Contract) -> (Vec<Day>, Vec<Day>) {
    let periods = cut_offs(contract);
    let mut days = vec![contract.starts, contract.ends];
    days.extend(periods.iter().map(|(last, _)| *last).filter(|last| *last < contract.ends));
    for year in contract.starts.civil().0..=contract.ends.civil().0 {
        days.push(Day::from_civil(year, 12, 31));
        days.push(Day::from_civil(year, 2, if is_leap(year) { 29 } else { 28 }));
    }
    days.retain(|day| contract.starts <= *day && *day <= contract.ends);
    (days, periods.iter().map(|(_, cut_off)| *cut_off).collect())
}
