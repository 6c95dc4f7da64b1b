//! Random gates before the charges of a contract: on figures, on charges, on suspensions and on one another, with dates and
//! without.

use super::contract::landmarks;
use super::figures::dates;
use super::genes::Genes;
use super::history::{entries, record};
use super::{Settled, cut_offs, told};
use crate::support::day::Day;
use crate::support::programme::*;

const METRICS: [&str; 2] = ["placed", "kept"];
/// Numbers to hold figures against. Of some, with a tolerance, another is just enough.
const NUMBERS: [&str; 7] = ["10", "9", "12", "20", "10", "100", "18.6"];
const TOLERANCES: [&str; 4] = ["0.9", "0.5", "5/6", "1"];
const VALUES: [&str; 14] = ["10", "20", "12", "100", "9", "18", "90", "10", "11", "18.6", "0", "-3", "10.000001", "50"];

/// Numbers to hold counts against.
const COUNTS: [&str; 8] = ["1", "2", "3", "1", "2", "30", "2.5", "0"];

/// The same programme with gates. No names run in a circle: a gate tests charges that depend on none of those that require it.
/// What participants have on days of their own is owed back at times.
pub fn gated(mut settled: Settled, genes: &mut Genes) -> Settled {
    let Programme { contracts, participants, companies, measurements, suspensions, checks, .. } = &mut settled.programme;
    for contract in contracts {
        let own = |charge: &&mut Charge| matches!(charge.what, What::Fixed { per: Per::Participant, .. });
        contract.charges.iter_mut().filter(own).for_each(|charge| charge.owed_back = genes.chance(60));
        figures(genes, contract);
        let order = in_order(contract);
        let mut made: Vec<Made> = Vec::new();
        for id in ["gate", "G-1", "g"].iter().take(genes.of_list(&[2, 1, 3])) {
            make(genes, contract, &order, id, &mut made);
        }
        measure(genes, contract, measurements);
        told::suspend(genes, contract, suspensions);
        let ids = |records: Vec<&Record>| -> Vec<String> {
            let own = records.into_iter().filter(|record| record.contract == contract.id);
            own.map(|record| record.id.clone()).collect()
        };
        let people = ids(participants.iter().map(|row| &row.record).collect());
        let places = ids(companies.iter().map(|row| &row.record).collect());
        told::check(genes, contract, (&people, &places), checks);
    }
    settled
}

/// A gate that is there: from which place of the order on charges may require it, and whether only the contract's own.
struct Made {
    id: String,
    from: usize,
    own: bool,
}

/// Two metrics, what was measured since the last date, and the two compared.
fn figures(genes: &mut Genes, contract: &mut Contract) {
    let metric = |metric: &str, cohort: Option<&str>, window| Form::Metric {
        metric: metric.into(),
        cohort: cohort.map(str::to_string),
        window,
        per_participant: false,
    };
    let windows = [FigureWindow::Total, FigureWindow::Total, FigureWindow::CalendarYear];
    let by = genes.of_list(&[Comparison::Difference, Comparison::Ratio, Comparison::PercentChange]);
    let forms = [
        ("now", metric(METRICS[0], None, genes.of_list(&windows))),
        ("kept", metric(METRICS[1], genes.of_list(&[None, Some("b")]), genes.of_list(&windows))),
        ("lately", metric(METRICS[0], None, FigureWindow::SinceLast)),
        ("beside", Form::Compare { of: "now".into(), with: "kept".into(), by }),
        ("wrong", Form::Sample("audit".into())),
    ];
    for (id, form) in forms {
        contract.figures.push(Figure { id: id.into(), form, decimals: None });
    }
}

/// The charges, each after those on which it depends.
fn in_order(contract: &Contract) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < contract.charges.len() {
        let ready = |place: &usize| {
            let needed = depends_on(contract, &contract.charges[*place]);
            !order.contains(place) && needed.iter().all(|id| order.iter().any(|one| contract.charges[*one].id == *id))
        };
        let next = (0..contract.charges.len()).find(ready).expect("no names in a circle");
        order.push(next);
    }
    order
}

fn depends_on(contract: &Contract, charge: &Charge) -> Vec<String> {
    let mut names: Vec<String> =
        charge.requires.iter().map(|name| name.split('/').next().unwrap_or_default().to_string()).collect();
    if let What::Milestone(Milestone { outcome, .. }) | What::Period { outcome, .. } = &charge.what {
        let outcome = contract.outcomes.iter().find(|one| one.id == *outcome).unwrap();
        if let Some(Window { from: Anchor::Charge { charge, .. }, .. }) = &outcome.window {
            names.push(charge.clone());
        }
    }
    if let What::Fixed { dates, .. } | What::Measured { dates, .. } = &charge.what
        && let Dates::After { from: Anchor::Charge { charge, .. }, .. } = dates
    {
        names.push(charge.clone());
    }
    names
}

/// Whether it is the contract's own: what has no participant.
fn is_own(contract: &Contract, place: usize) -> bool {
    contract.charges[place].what.is_the_contracts()
}

fn make(genes: &mut Genes, contract: &mut Contract, order: &[usize], id: &str, made: &mut Vec<Made>) {
    let mut from = genes.between(0, order.len() as i64 - 1) as usize;
    let mut own = order[from..].iter().any(|place| is_own(contract, *place)) && genes.chance(25);
    let dates = genes.chance(55).then(|| dates(contract, genes));
    let mut tests = Vec::new();
    for _ in 0..genes.of_list(&[1, 2, 1, 3, 2, 4]) {
        let before: Vec<usize> = order[..from].iter().copied().filter(|one| own || !is_own(contract, *one)).collect();
        let test = match genes.below(10) {
            8 | 9 => Test::Suspended(genes.chance(50)),
            0..=3 if !before.is_empty() => on_a_charge(genes, contract, &before),
            6 | 7 if !made.is_empty() => {
                let inner = &made[genes.below(made.len())];
                if inner.own && !own && !order[inner.from.max(from)..].iter().any(|place| is_own(contract, *place)) {
                    continue;
                }
                (from, own) = (from.max(inner.from), own || inner.own);
                Test::Gate(inner.id.clone())
            }
            _ if genes.chance(20) => {
                let side = genes.of_list(&[Side::Below, Side::AtLeast, Side::AtMost, Side::Above]);
                let of = genes.of_list(&["0.5", "0.06", "0", "0.25"]).into();
                Test::Figure { figure: "wrong".into(), side, of, tolerance: None }
            }
            _ => {
                let own = order[from..].iter().all(|place| !is_own(contract, *place));
                on_a_count(genes, contract, dates.is_some(), own).unwrap_or_else(|| on_a_figure(genes, dates.is_some()))
            }
        };
        if !tests.contains(&test) {
            tests.push(test);
        }
    }
    if tests.is_empty() {
        tests.push(on_a_figure(genes, dates.is_some()));
    }
    let may: Vec<usize> = order[from..].iter().copied().filter(|place| !own || is_own(contract, *place)).collect();
    let Some(first) = (!may.is_empty()).then(|| genes.of_list(&may)) else { return };
    for place in may {
        if place == first || genes.chance(40) {
            contract.charges[place].requires.push(id.into());
        }
    }
    let all = tests.len() as i64;
    let needs = genes.chance(70).then(|| genes.of_list(&[1, 1, 2, 3]).min(all));
    let place = genes.below(contract.gates.len() + 1);
    contract.gates.insert(place, Gate { id: id.into(), needs, dates, tests });
    made.push(Made { id: id.into(), from, own });
}

fn on_a_charge(genes: &mut Genes, contract: &Contract, before: &[usize]) -> Test {
    let charge = &contract.charges[genes.of_list(before)];
    let step = match &charge.what {
        What::Milestone(terms) if genes.chance(40) => {
            let steps = 1 + terms.then.map_or(0, |then| then.times) + terms.repeat.unwrap_or(0);
            Some(genes.between(1, steps.min(3)))
        }
        _ => None,
    };
    Test::Charge { charge: charge.id.clone(), step, reached: !genes.chance(40) }
}

/// On a count or tally, if there is one; on those of each participant only before charges of participants.
fn on_a_count(genes: &mut Genes, contract: &Contract, is_dated: bool, own: bool) -> Option<Test> {
    let may = |figure: &&Figure| match &figure.form {
        Form::Count { window, .. } | Form::Tally { window, per_participant: false, .. } => {
            is_dated || *window != FigureWindow::SinceLast
        }
        Form::Tally { window, .. } => own && (is_dated || *window != FigureWindow::SinceLast),
        _ => false,
    };
    let counts: Vec<String> = contract.figures.iter().filter(may).map(|figure| figure.id.clone()).collect();
    if counts.is_empty() || genes.chance(30) {
        return None;
    }
    let side = genes.of_list(&[Side::AtLeast, Side::Above, Side::AtLeast, Side::AtMost, Side::Below]);
    let tolerance =
        (matches!(side, Side::AtLeast | Side::Above) && genes.chance(30)).then(|| genes.of_list(&TOLERANCES).into());
    Some(Test::Figure { figure: genes.of_list(&counts), side, of: genes.of_list(&COUNTS).into(), tolerance })
}

fn on_a_figure(genes: &mut Genes, is_dated: bool) -> Test {
    let dated = ["now", "kept", "lately", "now", "beside"].as_slice();
    let figure = genes.of_list(if is_dated { dated } else { &["now", "now", "kept", "beside"] });
    let side = genes.of_list(&[Side::AtLeast, Side::Above, Side::AtLeast, Side::AtMost, Side::Below]);
    let rising = matches!(side, Side::AtLeast | Side::Above);
    let tolerance = (rising && genes.chance(60)).then(|| genes.of_list(&TOLERANCES).into());
    Test::Figure { figure: figure.into(), side, of: genes.of_list(&NUMBERS).into(), tolerance }
}

/// What is measured around the days on which gates are judged, told late, again and differently.
fn measure(genes: &mut Genes, contract: &Contract, measurements: &mut Vec<MeasurementRow>) {
    let (mut days, _) = landmarks(contract);
    for gate in &contract.gates {
        if let Some(Dates::On(on)) = &gate.dates {
            days.extend(on);
        }
    }
    let cut_offs: Vec<Day> = cut_offs(contract).into_iter().map(|(_, cut_off)| cut_off).collect();
    let cohort = contract.figures.iter().find_map(|figure| match &figure.form {
        Form::Metric { metric, cohort: Some(cohort), .. } if metric == METRICS[1] => Some(cohort.clone()),
        _ => None,
    });
    for number in 0..genes.between(4, 9) {
        let last = match number {
            // Something that was known from the first day on.
            0 | 1 => contract.starts.before(),
            _ => genes.of_list(&days).plus(genes.of_list(&[0, 0, -1, 1, -30, -90])),
        };
        let metric = if number < 2 { number as usize } else { genes.of_list(&[0, 1, 0]) };
        let own = if metric == 1 { cohort.clone().unwrap_or_default() } else { String::new() };
        let plain = MeasurementRow {
            record: Record::default(),
            metric: METRICS[metric].into(),
            cohort: if genes.chance(15) { genes.of_list(&["", "b"]).into() } else { own },
            first_day: last.plus(-genes.of_list(&[30, 0, 90])).to_string(),
            last_day: last.to_string(),
            value: String::new(),
            source: String::new(),
            participant: String::new(),
        };
        let more = genes.of_list(&[0, 1, 0, 2]);
        let recorded = last.plus(genes.of_list(&[3, 0, 20, 100]));
        for entry in entries(genes, recorded, &cut_offs, more) {
            let record = record(genes, &contract.id, &format!("g{number}"), &entry);
            let value = genes.of_list(&VALUES).into();
            measurements.push(match entry.void {
                true => MeasurementRow { record, ..MeasurementRow::default() },
                false => MeasurementRow { record, value, ..plain.clone() },
            });
        }
    }
}
