//! Random outcomes, charges, rate cards and limits.

use super::Parts;
use super::contract::{GROUPS, texts};
use super::genes::Genes;
use crate::support::day::{Day, days_in_month};
use crate::support::programme::*;

/// Amounts that make ties, vanish, or are simply odd.
const AMOUNTS: [&str; 22] = [
    "1000", "1500.50", "100.35", "35.035", "0.15", "0.125", "2500.00", "0.04", "99999.99", "0", "33.333", "7.5", "10.05",
    "900.015", "0100.50", "600", "0.0155", "2.5", "1200", "70", "300.00", "31",
];

/// Hours that add up to one another.
pub const HOURS: [&str; 18] =
    ["37", "20", "10", "9.5", "0.5", "30", "0", "18.5", "8.5", "5", "20.00", "37", "30", "37.0", "37", "30", "20", "37"];

pub const KINDS: [&str; 4] = ["ordinary", "flex-job", "wage-subsidy", "internship"];

pub fn make(parts: &Parts, landmarks: &[Day], contract: &mut Contract) {
    for (n, strand) in parts.outcomes.iter().enumerate() {
        let mut genes = Genes::of(strand);
        let mut outcome = outcome(contract, &mut genes, n);
        ask_more(contract, &mut genes, &mut outcome);
        contract.outcomes.push(outcome);
    }
    for (n, strand) in parts.charges.iter().enumerate() {
        let charge = charge(contract, landmarks, &mut Genes::of(strand), n);
        contract.charges.push(charge);
    }
    for (n, strand) in parts.limits.iter().enumerate() {
        let limit = limit(contract, &mut Genes::of(strand), n);
        contract.limits.push(limit);
    }
}

fn kinds_of(contract: &Contract) -> Vec<String> {
    let mut kinds = texts(&KINDS[..3]);
    kinds.extend(contract.kinds.iter().cloned());
    kinds
}

fn outcome(contract: &Contract, genes: &mut Genes, number: usize) -> Outcome {
    let window = genes.chance(45).then(|| {
        let from = genes.of_list(&[Anchor::Enrolment, Anchor::FirstDay, Anchor::Placement, Anchor::Placement]);
        let length =
            if genes.chance(40) { Length::Days(genes.between(1, 120)) } else { Length::Months(genes.between(1, 5)) };
        Window { from, length }
    });
    let max_gap_days = genes.chance(75).then(|| genes.of_list(&[1, 3, 7, 14, 2, 0]));
    let max_gap_total = genes.chance(40).then(|| genes.of_list(&[4, 3, 10, 20, 1]));
    Outcome {
        id: ["work", "Work"][number].into(),
        kinds: genes.some_of(&kinds_of(contract)),
        min_weekly_hours: genes.chance(55).then(|| genes.of_list(&["10", "5", "20", "18.5", "30", "0", "9.5"]).into()),
        participating: genes.chance(33),
        per_company: genes.chance(30),
        max_gap_days,
        max_gap_total,
        new_jobs: if genes.chance(25) { genes.of_list(&[NewJobs::Only, NewJobs::OrMoreHours]) } else { NewJobs::OrOld },
        window,
        ..Outcome::default()
    }
}

/// What else an outcome may ask (mechanisms 3.1).
fn ask_more(contract: &Contract, genes: &mut Genes, outcome: &mut Outcome) {
    outcome.evidence_required = genes.chance(9);
    outcome.skip_days = genes.chance(12).then(|| genes.of_list(&[3, 1, 7, 14]));
    outcome.same_employer = !outcome.per_company && genes.chance(14);
    let mut others = texts(&KINDS);
    others.extend(contract.kinds.iter().cloned());
    others.retain(|kind| !outcome.kinds.contains(kind));
    if genes.chance(16) && !others.is_empty() {
        outcome.except_kinds = Some(genes.some_of(&others));
    }
    if outcome.new_jobs == NewJobs::OrMoreHours && outcome.min_weekly_hours.is_none() {
        outcome.min_weekly_hours = Some(genes.of_list(&["20", "30", "18.5"]).into());
    }
}

fn charge(contract: &Contract, landmarks: &[Day], genes: &mut Genes, number: usize) -> Charge {
    let outcome = genes.of_list(&contract.outcomes);
    let what = match genes.below(10) {
        0..=3 if !outcome.same_employer => period(genes, outcome.id.clone()),
        0..=7 => milestone(genes, outcome.id.clone()),
        _ => {
            let mut on: Vec<Day> = Vec::new();
            for _ in 0..genes.between(1, 3) {
                let day = genes.day_near(landmarks).max(contract.starts).min(contract.ends);
                if !on.contains(&day) {
                    on.push(day);
                }
            }
            What::Fixed { dates: Dates::On(on), per: if genes.chance(75) { Per::Company } else { Per::Contract } }
        }
    };
    let fixed = matches!(what, What::Fixed { .. });
    let price = if genes.chance(30) {
        Price::Card(split(genes, contract, landmarks))
    } else if !fixed && genes.chance(20) {
        Price::Card(by_kind(genes, &outcome))
    } else if genes.chance(40) {
        let rates = genes.between(1, 3);
        let mut rates: Vec<Rate> = (0..rates).map(|_| rate(genes, landmarks, (!fixed).then_some(&outcome))).collect();
        if genes.chance(50) {
            rates.push(Rate { amount: genes.of_list(&AMOUNTS).into(), ..Rate::default() });
        }
        Price::Card(rates)
    } else {
        Price::Amount(genes.of_list(&AMOUNTS).into())
    };
    // Neither by id nor by length do the charges stand in the contract's order.
    let id = ["pay", "Bonus", "a-1", "a"][number].to_string();
    Charge { clause: genes.chance(50).then(|| "§ 6.1, \"a\"".into()), ..Charge::of(&id, what, price) }
}

fn period(genes: &mut Genes, outcome: String) -> What {
    let mut unit = genes.of_list(&[Unit::Week, Unit::Month, Unit::Week, Unit::Month, Unit::Day]);
    if genes.chance(16) {
        unit = genes.of_list(&[Unit::Quarter, Unit::HalfYear, Unit::Year, Unit::Weeks(4), Unit::Weeks(2), Unit::Weeks(1)]);
    }
    let prorate = genes.chance(45);
    let min_days = (!prorate && genes.chance(70)).then(|| match unit {
        Unit::Day => 1,
        Unit::Week => genes.between(1, 7),
        Unit::Weeks(n) => genes.between(1, 7 * n),
        Unit::Month => genes.of_list(&[14, 15, 1, 20, 28, 29, 31]),
        Unit::Quarter | Unit::HalfYear | Unit::Year => genes.of_list(&[30, 1, 20, 45, 60, 90]),
    });
    What::Period { outcome, unit, min_days, prorate, by: None, max_units: genes.chance(30).then(|| genes.between(1, 5)) }
}

fn milestone(genes: &mut Genes, outcome: String) -> What {
    let mode = match genes.below(20) {
        0..=10 => Mode::Continuous,
        11..=18 => Mode::Cumulative,
        _ => Mode::OnDay,
    };
    let after = match genes.below(if mode == Mode::Cumulative { 3 } else { 4 }) {
        0 => Length::Days(genes.between(1, 45)),
        1 => Length::Weeks(genes.between(1, 6)),
        _ => Length::Months(genes.between(1, 4)),
    };
    let mut terms = Milestone::new(outcome, mode, after);
    if mode == Mode::OnDay {
        return What::Milestone(terms);
    }
    if mode == Mode::Cumulative {
        count_up(genes, after, &mut terms);
    }
    if terms.within.is_none() && genes.chance(50) {
        let every = match after {
            Length::Months(_) => Length::Months(genes.between(1, 2)),
            _ if genes.chance(50) => Length::Weeks(genes.between(1, 3)),
            _ => Length::Days(genes.between(1, 20)),
        };
        terms.then = Some(Then { every, times: genes.of_list(&[1, 2, 3, 5, 98]) });
    } else if genes.chance(60) {
        terms.repeat = Some(genes.of_list(&[1, 2, 12, 3, 98]));
    }
    What::Milestone(terms)
}

/// Of a cumulative milestone: what makes a month count, and how far back is looked.
fn count_up(genes: &mut Genes, mut after: Length, terms: &mut Milestone) {
    if let Length::Months(n) = after {
        after = Length::Months(n.min(2));
        terms.after = After::Lasting(after);
        terms.min_days = Some(genes.of_list(&[15, 20, 28, 10, 1, 25]));
    }
    if genes.chance(50) {
        terms.within = Some(match after {
            Length::Months(n) => Length::Months(n + genes.of_list(&[0, 0, 1])),
            Length::Days(n) if genes.chance(60) => Length::Days(n + genes.of_list(&[2, 0, 1, 5, 20])),
            Length::Days(n) => Length::Months(n / 30 + genes.between(1, 2)),
            Length::Weeks(n) if genes.chance(60) => Length::Days(7 * n + genes.of_list(&[2, 0, 1, 7, 30])),
            Length::Weeks(n) => Length::Months(n / 4 + genes.between(1, 2)),
        });
    }
}

/// One rate up to a day, from the next day on another, or none. The middle of a month makes ties.
fn split(genes: &mut Genes, contract: &Contract, landmarks: &[Day]) -> Vec<Rate> {
    let day = if genes.chance(70) {
        let (year, month, _) = Day(genes.between(contract.starts.0, contract.ends.0)).civil();
        Day::from_civil(year, month, days_in_month(year, month) / 2)
    } else {
        genes.day_near(landmarks)
    };
    let row = |genes: &mut Genes, from: Day, until: Day| Rate {
        amount: genes.of_list(&AMOUNTS).into(),
        when: When { valid: Some((Some(from), Some(until))), ..When::default() },
    };
    let (long_ago, far_off) = (contract.starts.plus(-1000), contract.ends.plus(1000));
    let mut rows = vec![row(genes, long_ago, day)];
    if genes.chance(60) {
        let from = if genes.chance(20) { day } else { day.next() };
        rows.push(row(genes, from, far_off));
    }
    if genes.chance(50) {
        rows.reverse();
    }
    rows
}

/// A rate for each of some kinds.
fn by_kind(genes: &mut Genes, outcome: &Outcome) -> Vec<Rate> {
    let rate = |kind: &String, genes: &mut Genes| Rate {
        amount: genes.of_list(&AMOUNTS).into(),
        when: When { kinds: Some(vec![kind.clone()]), ..When::default() },
    };
    genes.some_of(&outcome.kinds).iter().map(|kind| rate(kind, genes)).collect()
}

/// A row with a few conditions; a fixed charge's row may have `valid` only.
pub fn rate(genes: &mut Genes, landmarks: &[Day], outcome: Option<&Outcome>) -> Rate {
    let mut rate = Rate { amount: genes.of_list(&AMOUNTS).into(), ..Rate::default() };
    for _ in 0..genes.of_list(&[1, 1, 0, 2]) {
        match (outcome, genes.below(6)) {
            (None, _) | (_, 0 | 1) => {
                let (one, two) = (genes.day_near(landmarks), genes.day_near(landmarks));
                rate.when.valid = Some((Some(one.min(two)), Some(one.max(two))));
            }
            (Some(outcome), 2) => rate.when.kinds = Some(genes.some_of(&outcome.kinds)),
            (_, 3) => rate.when.target_groups = Some(genes.some_of(&texts(&GROUPS))),
            (_, 4) => {
                let (from, below) = genes.of_list(&[("0", "20"), ("10", "37"), ("5", "18.5"), ("0.5", "30"), ("20", "100")]);
                rate.when.hours = Some((Some(from.into()), Some(below.into())));
            }
            _ => {
                let from = genes.between(0, 2);
                rate.when.elapsed = Some((Some(from), Some(from + genes.between(1, 3))));
            }
        }
    }
    rate
}

fn limit(contract: &Contract, genes: &mut Genes, number: usize) -> Limit {
    let ids: Vec<String> = contract.charges.iter().map(|charge| charge.id.clone()).collect();
    let priced = genes.of_list(&contract.charges);
    let amount = match &priced.price {
        Price::Amount(amount) => amount.clone(),
        Price::Card(rates) => rates[rates.len() - 1].amount.clone(),
        Price::Each(_) | Price::Bands { .. } => unreachable!("figures come after"),
    };
    let amount = if amount.starts_with('0') && !genes.chance(20) { "1000".to_string() } else { amount };
    let decimals = match contract.currency.as_str() {
        "JPY" => 0,
        "KWD" => 3,
        _ => 2,
    };
    let scopes = [Scope::Contract, Scope::Participant, Scope::Company, Scope::Company];
    let windows = [LimitWindow::Total, LimitWindow::CalendarYear, LimitWindow::SettlementPeriod];
    let halves = genes.of_list(&[3, 5, 2, 8, 1, 15, 4, 7]);
    Limit {
        id: ["all", "Cap-2", "cap"][number].into(),
        scope: genes.of_list(&scopes),
        window: genes.of_list(&windows),
        amount: halves_of(&amount, halves, decimals),
        floor: false,
        charges: genes.chance(45).then(|| genes.some_of(&ids)),
        units: None,
    }
}

/// So many halves of an amount, cut to the currency's decimals.
fn halves_of(amount: &str, halves: i64, decimals: usize) -> String {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    let part: String = part.chars().chain("000".chars()).take(decimals).collect();
    let minor: i64 = format!("{whole}{part}").parse().unwrap();
    let digits = format!("{:0width$}", minor * halves / 2, width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { whole.into() } else { format!("{whole}.{part}") }
}
