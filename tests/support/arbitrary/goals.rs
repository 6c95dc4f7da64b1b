//! Random goals: requirements by entries, figures and other goals, met just so, in part and not at all; evidence that comes late.

use super::contract::landmarks;
use super::counting::on;
use super::genes::Genes;
use super::history::{entries, record};
use super::places;
use super::{Resettled, Settled};
use crate::support::day::Day;
use crate::support::programme::*;

const EVERY: [Every; 4] = [Every::Month, Every::Quarter, Every::HalfYear, Every::Year];
const TARGETS: [&str; 7] = ["1", "7", "2", "0.5", "3", "5/3", "50"];
const RESULTS: [&str; 9] = ["1", "0.5", "2", "3", "7", "0", "1.666667", "49.99", "0.25"];

/// The same programme with goals, what was shown of them, and charges and gates that ask for them.
pub fn aimed(mut settled: Settled, terms: &mut Genes, rows: &mut Genes) -> Settled {
    for contract in &mut settled.programme.contracts {
        let (days, _) = landmarks(contract);
        figures(terms, contract);
        goals(terms, contract);
        ask(terms, contract);
        pay(terms, contract, &days);
    }
    places::offers(&mut settled, rows);
    shown(&mut settled, rows);
    settled
}

/// Another row of an entry, recorded on or before the day of the first run.
pub fn back_dated(mut case: Resettled, genes: &mut Genes) -> Resettled {
    let early = Day::parse(&case.first.as_of).unwrap();
    let shown = &mut case.then.programme.shown;
    let known = |row: &&ShownRow| row.record.void != "true" && Day::parse(&row.record.recorded_on).unwrap() <= early;
    let rows: Vec<ShownRow> = shown.iter().filter(known).cloned().collect();
    if !rows.is_empty() && genes.chance(60) {
        let mut row = genes.of_list(&rows);
        row.record.revision = "77".into();
        row.result = genes.of_list(&["0", "1", "12"]).into();
        shown.push(row);
    }
    case
}

/// What requirements look at: measured, counted, offered.
fn figures(genes: &mut Genes, contract: &mut Contract) {
    let window = genes.of_list(&[FigureWindow::Total, FigureWindow::CalendarYear]);
    let metric =
        Form::Metric { metric: "satisfaction".into(), cohort: None, window: FigureWindow::Total, per_participant: false };
    let count = Form::Count { of: Counted::Participants, among: Among::default(), window };
    let places = |of, by| Form::Places { of, by, centre: None, outcome: None, among: Among::default(), window };
    let at_last = |of| Form::Places {
        of,
        by: PlacesBy::LastDay,
        centre: None,
        outcome: None,
        among: Among::default(),
        window: FigureWindow::Total,
    };
    let all = [
        ("content", metric),
        ("people", count),
        ("rooms", if genes.chance(50) { at_last(Seats::Available) } else { places(Seats::Available, PlacesBy::Months) }),
        ("centres", at_last(Seats::Centres)),
        ("people-per-room", Form::Compare { of: "people".into(), with: "rooms".into(), by: Comparison::Percent }),
    ];
    for (id, form) in all {
        contract.figures.push(Figure { id: id.into(), form, decimals: genes.of_list(&[None, Some(1), None]) });
    }
}

/// Two to four goals; a later one may ask for an earlier one.
fn goals(genes: &mut Genes, contract: &mut Contract) {
    let mut goals: Vec<Goal> = Vec::new();
    for id in ["model", "enough", "Goal-1", "all"].into_iter().take(genes.of_list(&[3, 2, 4, 3])) {
        let mut requirements = Vec::new();
        for name in ["west", "east", "report", "in-work"].into_iter().take(genes.of_list(&[2, 3, 1, 4, 2])) {
            requirements.push(requirement(genes, name, &goals));
        }
        let has_target = |one: &Requirement| one.at_least.is_some() || matches!(one.from, ShownBy::Goal(_));
        if !requirements.iter().any(has_target) {
            requirements[0].at_least = Some("1".into());
        }
        let most = requirements.iter().filter(|one| has_target(one)).count();
        let needs = genes.chance(55).then(|| genes.between(1, most as i64));
        goals.push(Goal {
            id: id.into(),
            title: genes.chance(30).then(|| "A model, \"agreed\"".into()),
            clause: None,
            needs,
            requirements,
        });
    }
    if genes.chance(30) {
        goals.reverse();
    }
    contract.goals = goals;
}

fn requirement(genes: &mut Genes, name: &str, goals: &[Goal]) -> Requirement {
    let from = match genes.below(8) {
        0 | 1 => {
            let ids = ["content", "people", "rooms", "centres", "people-per-room", "content"];
            ShownBy::Figure(genes.of_list(&ids).into())
        }
        2 | 3 if !goals.is_empty() => ShownBy::Goal(genes.of_list(goals).id),
        _ => ShownBy::Entries,
    };
    let at_least = match &from {
        ShownBy::Goal(_) => None,
        ShownBy::Figure(_) => Some(genes.of_list(&["20", "2", "1", "3", "90", "61.5"]).to_string()),
        ShownBy::Entries => Some(genes.of_list(&TARGETS).to_string()),
    };
    let at_least = at_least.filter(|_| !genes.chance(10));
    Requirement { id: name.into(), title: None, clause: genes.chance(20).then(|| "§ 3".into()), from, at_least }
}

/// What figures ask of the goals.
fn ask(genes: &mut Genes, contract: &mut Contract) {
    let goals: Vec<String> = contract.goals.iter().map(|goal| goal.id.clone()).collect();
    let bys = [GoalBy::Met, GoalBy::Degree, GoalBy::Requirements];
    for (nth, id) in ["met", "how-far", "how-many", "one-more", "another"].into_iter().enumerate() {
        let by = if nth < 3 { bys[nth] } else { genes.of_list(&bys) };
        let decimals = genes.of_list(&[None, None, Some(1), Some(0)]);
        contract.figures.push(Figure { id: id.into(), form: Form::Goal { goal: genes.of_list(&goals), by }, decimals });
    }
    let part = |id: &str, weight: Option<&str>| (id.to_string(), weight.map(str::to_string));
    let sum = Form::Sum(vec![part("met", None), part("one-more", Some("0.5"))]);
    contract.figures.push(Figure { id: "points".into(), form: sum, decimals: Some(2) });
}

const ASKED: [&str; 7] = ["met", "how-far", "how-many", "one-more", "how-far", "another", "points"];

/// Measured charges, and gates before what is there.
fn pay(genes: &mut Genes, contract: &mut Contract, days: &[Day]) {
    let of_a_year = |figure: &Figure| match figure.form {
        Form::Count { window, .. } | Form::Places { window, .. } => window == FigureWindow::CalendarYear,
        _ => false,
    };
    let whole = !contract.figures.iter().any(of_a_year);
    for id in ["for-goals", "For-goals", "third"].into_iter().take(genes.of_list(&[2, 3, 1])) {
        let figure: String = genes.of_list(&ASKED).into();
        let dates = match genes.below(3) {
            0 => Dates::Every(genes.of_list(&EVERY)),
            1 => Dates::Every(Every::Month),
            _ => on(genes, contract, days),
        };
        let price =
            if genes.chance(60) { Price::Each(genes.of_list(&["12", "0.5", "1000"]).into()) } else { bands(genes, &figure) };
        let cumulative = whole && genes.chance(35);
        let what = What::Measured { figure, times: Vec::new(), dates, per_participant: false, cumulative };
        let place = genes.below(contract.charges.len() + 1);
        contract.charges.insert(place, Charge::of(id, what, price));
    }
    for id in ["by-goal", "By-goal"].into_iter().take(genes.of_list(&[1, 2, 0])) {
        let figure: String = genes.of_list(&ASKED).into();
        let of = match figure.as_str() {
            "how-far" => genes.of_list(&["100", "50", "71.4"]),
            _ => genes.of_list(&["1", "1", "2", "0.5"]),
        };
        let side = genes.of_list(&[Side::AtLeast, Side::AtLeast, Side::Below, Side::Above]);
        let tests = vec![Test::Figure { figure, side, of: of.into(), tolerance: None }];
        let dates = match genes.below(3) {
            0 => None,
            1 => Some(Dates::Every(genes.of_list(&EVERY))),
            _ => Some(on(genes, contract, days)),
        };
        contract.gates.push(Gate { id: id.into(), needs: None, dates, tests });
        for _ in 0..genes.between(1, 2) {
            let place = genes.below(contract.charges.len());
            let charge = &mut contract.charges[place];
            if !charge.requires.iter().any(|name| name == id) {
                charge.requires.push(id.into());
            }
        }
    }
}

/// A part for what is partly met; for a degree the steps of a staircase.
fn bands(genes: &mut Genes, figure: &str) -> Price {
    let edges = if ["how-far", "another"].contains(&figure) { ["50", "100"] } else { ["1", "2"] };
    let band = |from: &str, below: Option<&str>, amount: &str| Band {
        from: Some(from.into()),
        below: below.map(str::to_string),
        amount: Some(amount.into()),
        ..Band::default()
    };
    let bands = vec![
        band(edges[0], Some(edges[1]), genes.of_list(&["500", "35.035"])),
        band(edges[1], None, genes.of_list(&["1000", "1500.50"])),
    ];
    Price::Bands { pricing: None, bands }
}

/// What was shown of each requirement, and what was measured.
fn shown(settled: &mut Settled, genes: &mut Genes) {
    let as_of = Day::parse(&settled.as_of).unwrap();
    let Programme { contracts, shown, measurements, .. } = &mut settled.programme;
    for contract in contracts.iter() {
        let (days, cut_offs) = landmarks(contract);
        let mut nth = 0;
        for goal in &contract.goals {
            for requirement in goal.requirements.iter().filter(|one| one.from == ShownBy::Entries) {
                for _ in 0..genes.of_list(&[2, 1, 3, 0, 2]) {
                    let about = (goal.id.as_str(), requirement);
                    entry(genes, (contract, nth), about, (&cut_offs, &days), shown);
                    nth += 1;
                }
            }
        }
        for nth in 0..genes.of_list(&[1, 2, 0, 3]) {
            measured(genes, (contract, nth), (&cut_offs, &days), measurements);
        }
    }
    if genes.chance(30) {
        for row in shown.iter_mut().filter(|row| Day::parse(&row.record.recorded_on).unwrap() > as_of) {
            row.result = "most of it".into();
        }
    }
    if !shown.is_empty() {
        let by = genes.below(shown.len());
        shown.rotate_left(by);
    }
}

fn entry(
    genes: &mut Genes,
    (contract, nth): (&Contract, usize),
    (goal, requirement): (&str, &Requirement),
    (cut_offs, days): (&[Day], &[Day]),
    shown: &mut Vec<ShownRow>,
) {
    let shown_on = match genes.below(6) {
        0 => contract.starts.plus(-genes.between(1, 90)),
        1 => contract.starts,
        _ => genes.day_near(days),
    };
    // Often just what was asked for, or a little less.
    let target = requirement.at_least.as_deref().filter(|target| !target.contains('/'));
    let near: Vec<&str> = match target {
        Some("7") => vec!["7", "6", "6.999999", "5"],
        Some("50") => vec!["50", "49.99", "25", "49.98"],
        Some(target) => vec![target, "0.5"],
        None => vec!["1.666667", "1"],
    };
    let result = if genes.chance(50) { genes.of_list(&near) } else { genes.of_list(&RESULTS) };
    let row = ShownRow {
        record: Record::default(),
        goal: goal.into(),
        requirement: requirement.id.clone(),
        shown_on: shown_on.to_string(),
        result: result.into(),
        evidence: genes.of_list(&["letter", "list, \"of June\""]).into(),
    };
    let recorded = shown_on.plus(genes.of_list(&[0, 3, 60, 20]));
    let more = genes.of_list(&[0, 1, 0, 2, 0]);
    for (n, told) in entries(genes, recorded, cut_offs, more).iter().enumerate() {
        let mut row = ShownRow { record: record(genes, &contract.id, &format!("e{nth}"), told), ..row.clone() };
        if n > 0 {
            match genes.below(3) {
                0 => row.result = genes.of_list(&RESULTS).into(),
                1 => row.shown_on = genes.day_near(days).to_string(),
                _ => row.result = genes.of_list(&near).into(),
            }
        }
        shown.push(if told.void { ShownRow { record: row.record, ..ShownRow::default() } } else { row });
    }
}

fn measured(
    genes: &mut Genes,
    (contract, nth): (&Contract, usize),
    (cut_offs, days): (&[Day], &[Day]),
    measurements: &mut Vec<MeasurementRow>,
) {
    let last = genes.day_near(days);
    let row = MeasurementRow {
        record: Record::default(),
        metric: "satisfaction".into(),
        last_day: last.to_string(),
        first_day: last.plus(-30).to_string(),
        value: genes.of_list(&["90", "61.5", "89.99", "20", "-4"]).into(),
        ..MeasurementRow::default()
    };
    let recorded = last.plus(genes.of_list(&[0, 20, 3]));
    for entry in entries(genes, recorded, cut_offs, nth.min(1)) {
        let record = record(genes, &contract.id, &format!("sat-{nth}"), &entry);
        measurements.push(match entry.void {
            true => MeasurementRow { record, ..MeasurementRow::default() },
            false => MeasurementRow { record, ..row.clone() },
        });
    }
}
