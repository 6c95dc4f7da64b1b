//! Random benefits, and contracts that pay for what weeks without them save. The numbers are small, so that edges are frequent.

use super::contract::{landmarks, texts};
use super::counting::{after, among, on};
use super::genes::Genes;
use super::history::{entries, record};
use super::{Resettled, Settled, charges};
use crate::support::day::Day;
use crate::support::oracle::minor_decimals;
use crate::support::programme::*;

const TYPES: [&str; 3] = ["cash", "Cash", "sick"];
const EVERY: [Every; 4] = [Every::Month, Every::Quarter, Every::HalfYear, Every::Year];
const SOURCE: &str = "rates, \"§ 5\"";

/// The same programme with a table of what is saved, charges that pay for it, and benefits.
pub fn saving(mut settled: Settled, terms: &mut Genes, rows: &mut Genes) -> Settled {
    let as_of = Day::parse(&settled.as_of).unwrap();
    let Programme { contracts, participants, benefits, .. } = &mut settled.programme;
    for contract in contracts {
        let (days, cut_offs) = landmarks(contract);
        contract.saving = Some(reckoned(terms, contract, &days));
        figures(terms, contract);
        pay(terms, contract, &days);
        let mut people: Vec<(String, Day)> = Vec::new();
        for row in participants.iter().filter(|row| row.record.contract == contract.id && row.record.void != "true") {
            let known = people.iter().any(|(id, _)| *id == row.record.id);
            if let Some(enrolled_on) = Day::parse(&row.enrolled_on).filter(|_| !known) {
                people.push((row.record.id.clone(), enrolled_on));
            }
        }
        for (nth, (id, enrolled_on)) in people.iter().enumerate() {
            if !rows.chance(8) {
                history(rows, contract, (nth, id, *enrolled_on), (&people, &cut_offs, &days), benefits);
            }
        }
    }
    if rows.chance(30) {
        for row in benefits.iter_mut().filter(|row| Day::parse(&row.record.recorded_on).unwrap() > as_of) {
            row.weekly = "-1".into();
        }
    }
    if !benefits.is_empty() {
        let by = rows.below(benefits.len());
        benefits.rotate_left(by);
    }
    settled
}

/// What the command accepts: a price of few enough digits to be exact (mechanisms 2.4).
pub fn short(mut settled: Settled, genes: &mut Genes) -> Settled {
    for contract in &mut settled.programme.contracts {
        let rounded = genes.chance(60);
        for figure in contract.figures.iter_mut().filter(|figure| matches!(figure.form, Form::Saving { .. })) {
            figure.decimals = if rounded { figure.decimals.or(Some(2)) } else { figure.decimals };
        }
        for charge in contract.charges.iter_mut().filter(|_| !rounded) {
            let What::Measured { figure, cumulative, .. } = &mut charge.what else { continue };
            if ["costs", "half-of-both"].contains(&figure.as_str()) {
                *figure = "saved".into();
            }
            if ["saved", "gross", "avoided", "own-saved", "own-avoided"].contains(&figure.as_str()) {
                (*cumulative, charge.price) = (false, Price::Each("0.5".into()));
            }
        }
    }
    settled
}

/// Another row of a benefit, recorded on or before the day of the first run.
pub fn back_dated(mut case: Resettled, genes: &mut Genes) -> Resettled {
    let early = Day::parse(&case.first.as_of).unwrap();
    let benefits = &mut case.then.programme.benefits;
    let known = |row: &&BenefitRow| row.record.void != "true" && Day::parse(&row.record.recorded_on).unwrap() <= early;
    let rows: Vec<BenefitRow> = benefits.iter().filter(known).cloned().collect();
    if !rows.is_empty() && genes.chance(60) {
        let mut row = genes.of_list(&rows);
        row.record.revision = "77".into();
        row.last_day = Day::parse(&row.first_day).unwrap().plus(genes.of_list(&[6, 0, 20, 60])).to_string();
        benefits.push(row);
    }
    case
}

/// An amount with no more decimals than the currency.
fn amount(genes: &mut Genes, contract: &Contract) -> String {
    let amount = genes.of_list(&["100", "35.05", "0.05", "70", "1500.50", "9.99", "250"]);
    match minor_decimals(&contract.currency) {
        0 if amount.starts_with("0.") => "1".into(),
        0 => amount.split('.').next().unwrap_or_default().into(),
        _ => amount.into(),
    }
}

fn pays(genes: &mut Genes, contract: &Contract) -> Pays {
    let amount = amount(genes, contract);
    if genes.chance(35) { Pays::Monthly(amount) } else { Pays::Weekly(amount) }
}

fn reckoned(genes: &mut Genes, contract: &Contract, days: &[Day]) -> Saving {
    let kinds: Vec<String> = texts(&charges::KINDS).into_iter().chain(contract.kinds.iter().cloned()).collect();
    let during = match genes.below(4) {
        0 => Length::Weeks(genes.between(6, 30)),
        1 => Length::Months(genes.between(2, 12)),
        2 => Length::Days(genes.between(30, 150)),
        _ => Length::Weeks(genes.between(1, 8)),
    };
    let reset = genes
        .chance(65)
        .then(|| Reset { weeks: genes.of_list(&[2, 1, 3, 4, 3, 5]), within_months: genes.of_list(&[1, 2, 1, 3, 36]) });
    let mut rates = Vec::new();
    for benefit in TYPES.into_iter().take(genes.of_list(&[3, 3, 3, 3, 2])) {
        for valid in stretches(genes, days) {
            let (amount, source) = (pays(genes, contract), SOURCE.into());
            rates.push(BenefitRate { benefit: benefit.into(), valid, amount, source });
        }
    }
    if genes.chance(25) {
        rates.reverse();
    }
    let mut costs = Vec::new();
    for _ in 0..genes.of_list(&[1, 2, 1, 3, 0]) {
        let of = genes.some_of(&kinds);
        for valid in stretches(genes, days) {
            let (amount, refunded, source) = (pays(genes, contract), genes.chance(60), SOURCE.into());
            costs.push(Cost { kinds: of.clone(), valid, amount, refunded, source });
        }
    }
    Saving {
        during,
        months_to_weeks: Some(genes.of_list(&["12/52", "3/13", "7/30", "1/4"]).into()),
        amounts_of_rows: genes.chance(25),
        supported_kinds: genes.chance(50).then(|| genes.some_of(&kinds)),
        reset,
        refunds: refunds(genes, days),
        rates,
        costs,
    }
}

/// Without an end, or one after the other from days on which something happens; at times with a gap or days that both have.
fn stretches(genes: &mut Genes, days: &[Day]) -> Vec<Valid> {
    if genes.chance(55) {
        return vec![None];
    }
    let border = genes.day_near(days);
    let next = border.plus(1 + genes.of_list(&[0, 0, 0, 0, 7, -7, -40, 21]));
    let begins = days.iter().min().unwrap().plus(-400);
    let last = if genes.chance(20) { Some(next.plus(genes.between(20, 120))) } else { None };
    vec![Some((Some(begins), Some(border))), Some((Some(next), last))]
}

/// A staircase of shares: of the law, or a shorter one; at times of two stretches of time.
fn refunds(genes: &mut Genes, days: &[Day]) -> Vec<Refund> {
    let mut refunds = Vec::new();
    let edges = match genes.below(5) {
        0 => vec![5, 27, 53],
        1 => vec![2, 4],
        2 => vec![3, 5, 8],
        3 => vec![4],
        _ => vec![2, 3, 6],
    };
    for valid in stretches(genes, days) {
        let mut shares = ["0.80", "0.40", "0.30", "0.2", "0.333", "0", "1"].to_vec();
        let by = genes.below(shares.len());
        shares.rotate_left(by);
        let all = edges.len() + 1 - usize::from(genes.chance(8));
        for (nth, share) in shares.into_iter().enumerate().take(all) {
            let from = if nth == 0 { genes.of_list(&[Some(1), None]) } else { Some(edges[nth - 1]) };
            let below = edges.get(nth).copied();
            let weeks = (from.is_some() || below.is_some()).then_some((from, below));
            refunds.push(Refund { weeks, valid, share: share.into(), source: SOURCE.into() });
        }
    }
    if genes.chance(15) {
        let valid = stretches(genes, days).pop().flatten();
        let weeks = genes.chance(50).then_some((Some(3), Some(6)));
        let place = genes.below(refunds.len() + 1);
        refunds.insert(place, Refund { weeks, valid, share: "0.55".into(), source: SOURCE.into() });
    }
    refunds
}

/// What is saved of each kind, and what is made of it.
fn figures(genes: &mut Genes, contract: &mut Contract) {
    let windows = [FigureWindow::Total, FigureWindow::SinceLast, FigureWindow::Total, FigureWindow::CalendarYear];
    let mut all = Vec::new();
    for (id, of, per_participant) in [
        ("saved", Saved::Net, false),
        ("gross", Saved::Gross, false),
        ("own-saved", genes.of_list(&[Saved::Net, Saved::Gross, Saved::Net]), true),
        ("avoided", Saved::Weeks, false),
        ("own-avoided", Saved::Weeks, true),
    ] {
        let among = if per_participant || genes.chance(70) { Among::default() } else { among(genes, contract) };
        all.push((id, Form::Saving { of, among, window: genes.of_list(&windows), per_participant }));
    }
    let weight = Some("0.5".to_string());
    all.push(("costs", Form::Compare { of: "gross".into(), with: "saved".into(), by: Comparison::Difference }));
    all.push(("half-of-both", Form::Sum(vec![("saved".into(), weight.clone()), ("avoided".into(), weight)])));
    for (id, form) in all {
        let decimals = genes.of_list(&[None, None, Some(2), None, Some(0)]);
        contract.figures.push(Figure { id: id.into(), form, decimals });
    }
}

/// Charges of the contract and of participants, and at times a gate, that ask what is saved.
fn pay(genes: &mut Genes, contract: &mut Contract, days: &[Day]) {
    for id in ["share", "Share", "third"].into_iter().take(genes.of_list(&[2, 1, 3])) {
        let figure = genes.of_list(&["saved", "saved", "gross", "avoided", "costs", "half-of-both", "saved"]).to_string();
        let charge = charge(genes, contract, (id, figure, false), days);
        let place = genes.below(contract.charges.len() + 1);
        contract.charges.insert(place, charge);
    }
    if genes.chance(60) {
        let figure = genes.of_list(&["own-saved", "own-saved", "own-avoided"]).to_string();
        let charge = charge(genes, contract, ("own-share", figure, true), days);
        let place = genes.below(contract.charges.len() + 1);
        contract.charges.insert(place, charge);
    }
    if genes.chance(15) {
        let side = genes.of_list(&[Side::AtLeast, Side::Above, Side::Below, Side::AtMost]);
        let (figure, of): (String, String) =
            (genes.of_list(&["saved", "avoided"]).into(), genes.of_list(&["1", "100", "3"]).into());
        // A gate without dates has no last one to look back to.
        let since_last =
            |of: &Figure| of.id == figure && matches!(of.form, Form::Saving { window: FigureWindow::SinceLast, .. });
        if contract.figures.iter().any(since_last) {
            return;
        }
        let tests = vec![Test::Figure { figure, side, of, tolerance: None }];
        contract.gates.push(Gate { id: "it-saves".into(), needs: None, dates: None, tests });
        let place = genes.below(contract.charges.len());
        contract.charges[place].requires.push("it-saves".into());
    }
}

fn charge(genes: &mut Genes, contract: &Contract, (id, figure, own): (&str, String, bool), days: &[Day]) -> Charge {
    let dates = match genes.below(5) {
        0 | 1 => Dates::Every(genes.of_list(&EVERY)),
        2 if own => after(genes, contract),
        3 => Dates::Every(Every::Month),
        _ => on(genes, contract, days),
    };
    let price = if genes.chance(75) {
        Price::Each(genes.of_list(&["1", "0.5", "0.1", "12"]).into())
    } else {
        let band = |from: Option<&str>, below: Option<&str>, each: &str| Band {
            from: from.map(str::to_string),
            below: below.map(str::to_string),
            each: Some(each.into()),
            ..Band::default()
        };
        let bands = vec![band(None, Some("100"), "0.5"), band(Some("100"), None, "0.25")];
        Price::Bands { pricing: Some(genes.of_list(&[Pricing::Marginal, Pricing::Whole])), bands }
    };
    let cumulative = genes.chance(35);
    Charge::of(id, What::Measured { figure, times: Vec::new(), dates, per_participant: own, cumulative }, price)
}

/// The benefits of one participant, one after the other.
fn history(
    genes: &mut Genes,
    contract: &Contract,
    (whose, id, enrolled_on): (usize, &str, Day),
    (people, cut_offs, days): (&[(String, Day)], &[Day], &[Day]),
    benefits: &mut Vec<BenefitRow>,
) {
    let mut first = enrolled_on.plus(-genes.of_list(&[20, 7, 45, 90, 200, 1, 14, 30]));
    let low = contract.saving.as_ref().is_some_and(|terms| terms.refunds.iter().all(|row| edge(row) < 10));
    let mut kind = genes.of_list(&TYPES);
    let parts = genes.between(1, 4);
    for part in 0..parts {
        let last = match genes.below(8) {
            0 => first.plus(genes.of_list(&[6, 13, 0, 20])),
            1 => first,
            2 => genes.day_near(days).max(first),
            _ if part == 0 => enrolled_on.plus(genes.of_list(&[-1, 3, 10, -8, 20])).max(first),
            _ => first.plus(genes.between(0, 30)),
        };
        let open = part + 1 == parts && part > 0 && genes.chance(20);
        let clock = match (part, genes.below(20)) {
            (0, 0..=17) | (_, 0..=1) if low => Some(genes.of_list(&[0, 1, 2, 3, 0, 5])),
            (0, 0..=17) | (_, 0..=1) => Some(genes.of_list(&[0, 2, 22, 23, 24, 48, 49, 50, 3, 60])),
            _ => None,
        };
        let mut row = BenefitRow {
            record: Record::default(),
            participant: id.into(),
            kind: kind.into(),
            first_day: first.to_string(),
            last_day: if open { String::new() } else { last.to_string() },
            weekly: String::new(),
            monthly: String::new(),
            clock: clock.map(|clock: i64| clock.to_string()).unwrap_or_default(),
        };
        say_amount(genes, contract, &mut row);
        let name = format!("{}{whose}.{part}", genes.of_list(&["b", "B", "c-"]));
        enter(genes, contract, (&name, &row), (people, cut_offs), benefits);
        if genes.chance(12) {
            // One beside it, with the same last day; at times with the same first day, too.
            row.first_day = first.plus(-genes.of_list(&[0, 0, 7, 3])).to_string();
            row.kind = genes.of_list(&TYPES).into();
            row.clock = if genes.chance(35) { genes.of_list(&["1", "4"]).into() } else { String::new() };
            say_amount(genes, contract, &mut row);
            let beside = format!("{name}.{}", genes.of_list(&["x", "1"]));
            enter(genes, contract, (&beside, &row), (people, cut_offs), benefits);
        }
        first = last.plus(1 + genes.of_list(&[14, 7, 28, 0, 60, 21, -4, 9, 45]));
        kind = if genes.chance(40) { genes.of_list(&TYPES) } else { kind };
    }
}

fn edge(row: &Refund) -> i64 {
    row.weeks.and_then(|(_, below)| below).unwrap_or(0)
}

fn say_amount(genes: &mut Genes, contract: &Contract, row: &mut BenefitRow) {
    (row.weekly, row.monthly) = match genes.below(8) {
        0..=3 => (amount(genes, contract), String::new()),
        4..=6 => (String::new(), amount(genes, contract)),
        _ => (String::new(), String::new()),
    };
}

/// The rows of one benefit: mostly soon, at times late, revised or withdrawn.
fn enter(
    genes: &mut Genes,
    contract: &Contract,
    (id, one): (&str, &BenefitRow),
    (people, cut_offs): (&[(String, Day)], &[Day]),
    benefits: &mut Vec<BenefitRow>,
) {
    let first = Day::parse(&one.first_day).unwrap();
    let more = genes.of_list(&[0, 0, 1, 0, 0, 2]);
    let recorded = first.plus(genes.of_list(&[3, 0, 10, -30]));
    for (nth, entry) in entries(genes, recorded, cut_offs, more).iter().enumerate() {
        let mut row = BenefitRow { record: record(genes, &contract.id, id, entry), ..one.clone() };
        if nth > 0 {
            match genes.below(6) {
                0 | 1 => row.last_day = first.plus(genes.between(0, 40)).to_string(),
                2 => row.first_day = first.plus(-genes.of_list(&[7, 1, 14])).to_string(),
                3 => row.clock = genes.of_list(&["0", "3", "", "4"]).into(),
                4 => say_amount(genes, contract, &mut row),
                _ if genes.chance(25) => row.participant = genes.of_list(people).0,
                _ => row.kind = genes.of_list(&TYPES).into(),
            }
        }
        let gone = BenefitRow { record: row.record.clone(), kind: "n/a".into(), ..BenefitRow::default() };
        benefits.push(if entry.void { gone } else { row });
    }
}
