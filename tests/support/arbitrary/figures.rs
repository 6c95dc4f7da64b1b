//! Random figures, measured charges and measurements: values on edges, in holes and below 0, told late, again and differently.

use super::composed;
use super::contract::Made;
use super::genes::{Genes, Strand};
use super::history::{entries, record};
use crate::support::day::Day;
use crate::support::oracle;
use crate::support::programme::*;

/// Edges of bands. Values are drawn from them, from what lies beside them, and from below 0.
const EDGES: [&str; 6] = ["5", "10", "18.6", "60", "65", "70"];
const VALUES: [&str; 16] =
    ["5", "10", "18.6", "60", "65", "70", "62", "4.999999", "7.5", "0", "-3", "-0.5", "1200", "65.17", "18.61", "20"];
const PRICES: [&str; 10] = ["100", "0.075", "7.5", "0.33", "1000", "0", "33.333", "0.125", "12", "2.5"];

const METRICS: [&str; 2] = ["rate", "fall"];
const COHORTS: [&str; 2] = ["2019", "b"];

pub fn make(charges: &[Strand], contract: &mut Contract) {
    if charges.is_empty() {
        return;
    }
    let mut genes = Genes::of(&charges[0]);
    let metric = |metric: &str, cohort: Option<&str>| Form::Metric {
        metric: metric.into(),
        cohort: cohort.map(str::to_string),
        window: FigureWindow::Total,
        per_participant: false,
    };
    let forms = [
        metric(METRICS[0], None),
        metric(METRICS[genes.below(2)], Some(COHORTS[0])),
        Form::Value(genes.of_list(&["700", "5/6", "0.5", "18.6", "1/3", "65"]).into()),
        metric(METRICS[1], genes.of_list(&[None, Some(COHORTS[1])])),
        Form::Value(genes.of_list(&["0.8", "1/7", "12"]).into()),
    ];
    for (id, form) in ["reached", "Saved", "principal", "a", "share"].into_iter().zip(forms) {
        contract.figures.push(Figure { id: id.into(), form, decimals: None });
    }
    let plain: Vec<String> = contract.figures.iter().map(|figure| figure.id.clone()).collect();
    if genes.chance(35) {
        composed::windows(&mut genes, &mut contract.figures);
    }
    let made = if genes.chance(60) { composed::make(&mut genes, contract) } else { Vec::new() };
    for (strand, id) in charges.iter().zip(["score", "Z", "0"]) {
        let mut genes = Genes::of(strand);
        let charge = charge(contract, &mut genes, id, (&plain, &made));
        // Before, behind and between the others.
        let place = genes.below(contract.charges.len() + 1);
        contract.charges.insert(place, charge);
    }
    // One more limit that charges of the contract alone can meet.
    if genes.chance(40) {
        let windows = [LimitWindow::SettlementPeriod, LimitWindow::Total, LimitWindow::CalendarYear];
        contract.limits.push(Limit {
            id: "score-cap".into(),
            scope: Scope::Contract,
            window: genes.of_list(&windows),
            amount: genes.of_list(&["500", "40", "1200", "7"]).to_string()
                + if contract.currency == "KWD" { ".000" } else { "" },
            floor: false,
            charges: Some(charges.iter().zip(["score", "Z", "0"]).map(|(_, id)| id.into()).collect()),
            units: None,
        });
    }
}

/// Pays for one of the `plain` figures, perhaps times others, or for one that is `made` of them.
fn charge(contract: &Contract, genes: &mut Genes, id: &str, (figures, made): (&[String], &[String])) -> Charge {
    let named = figures[genes.of_list(&[0, 0, 1, 3, 1, 2, 0])].clone();
    let dates = dates(contract, genes);
    let price = if genes.chance(25) { Price::Each(genes.of_list(&PRICES).into()) } else { bands(genes) };
    let clause = genes.chance(50).then(|| "§ 7".into());
    if !made.is_empty() && genes.chance(60) {
        let named = genes.of_list(made);
        let price = composed::price(genes, contract, &named, price);
        let what = measured(named, Vec::new(), dates);
        return Charge { clause, ..Charge::of(id, what, price) };
    }
    // Two measurements and a short price are all that is exact (mechanisms 2.4).
    let mut times = Vec::new();
    match genes.below(4) {
        0 | 1 => {}
        2 if matches!(price, Price::Each(_)) => times.push(figures[genes.of_list(&[3, 1])].clone()),
        _ => times.push(figures[2].clone()),
    }
    if genes.chance(20) && times.contains(&figures[2]) {
        times.push(figures[4].clone());
    }
    Charge { clause, ..Charge::of(id, measured(named, times, dates), price) }
}

fn measured(figure: String, times: Vec<String>, dates: Dates) -> What {
    What::Measured { figure, times, dates, per_participant: false, cumulative: false }
}

/// Days of the term, of the tail, and the last of both; or every so often.
pub fn dates(contract: &Contract, genes: &mut Genes) -> Dates {
    if genes.chance(35) {
        return Dates::Every(genes.of_list(&[Every::Month, Every::Quarter, Every::HalfYear, Every::Year]));
    }
    let last = oracle::calendar_of(contract).last().unwrap().0;
    let mut on = Vec::new();
    for _ in 0..genes.between(1, 3) {
        let day = match genes.below(5) {
            0 => Day(genes.between(contract.starts.0, contract.ends.0)),
            1 => contract.ends,
            2 => last,
            3 => contract.ends.next().min(last),
            _ => Day(genes.between(contract.starts.0, last.0)),
        };
        if !on.contains(&day) {
            on.push(day);
        }
    }
    Dates::On(on)
}

fn bands(genes: &mut Genes) -> Price {
    let pricing = genes.of_list(&[None, Some(Pricing::Marginal), Some(Pricing::Whole), Some(Pricing::Level), None]);
    // The edges in rising order, some left out; between two of them a hole, sometimes.
    let mut edges: Vec<&str> = EDGES.iter().copied().filter(|_| genes.chance(55)).collect();
    if edges.is_empty() {
        edges = vec![EDGES[genes.below(EDGES.len())]];
    }
    edges.truncate(4);
    let open_below = genes.chance(35);
    let open_above = genes.chance(55);
    let mut lowers: Vec<Option<&str>> = edges.iter().copied().map(Some).collect();
    let mut uppers: Vec<Option<&str>> = edges[1..].iter().copied().map(Some).collect();
    uppers.push(None);
    if open_below {
        lowers.insert(0, None);
        uppers.insert(0, Some(edges[0]));
    }
    let mut bands: Vec<Band> = Vec::new();
    for (lower, upper) in lowers.into_iter().zip(uppers) {
        if upper.is_none() && !open_above && !bands.is_empty() {
            continue;
        }
        let above = bands.last().is_some_and(|band| band.up_to.is_some()) || (bands.is_empty() && genes.chance(30));
        bands.push(band(genes, pricing, (lower, above), upper));
    }
    if bands.len() > 2 && genes.chance(25) {
        bands.remove(1);
    }
    if pricing == Some(Pricing::Whole) && genes.chance(20) {
        bands = vec![Band { each: Some(genes.of_list(&PRICES).into()), ..Band::default() }];
    }
    Price::Bands { pricing, bands }
}

fn band(genes: &mut Genes, pricing: Option<Pricing>, (lower, above): (Option<&str>, bool), upper: Option<&str>) -> Band {
    let mut band = Band::default();
    let text = |edge: &str| Some(edge.to_string());
    match lower {
        Some(edge) if above => band.above = text(edge),
        Some(edge) => band.from = text(edge),
        None => {}
    }
    match upper {
        Some(edge) if genes.chance(40) => band.up_to = text(edge),
        Some(edge) => band.below = text(edge),
        None => {}
    }
    let price = |genes: &mut Genes| Some(genes.of_list(&PRICES).to_string());
    let line = lower.is_some() && upper.is_some() && !matches!(pricing, Some(Pricing::Marginal | Pricing::Whole));
    match genes.below(4) {
        0 => band.amount = price(genes),
        1 => band.each = price(genes),
        2 if line => (band.amount, band.to_amount) = (price(genes), price(genes)),
        _ => (band.amount, band.each) = (price(genes), price(genes)),
    }
    band
}

/// Rows of `measurements.csv`. Several measurements end on one day, or cover the same days.
pub fn measurements(strands: &[Strand], made: &Made, programme: &mut Programme) {
    let contract = &made.contract;
    if contract.figures.is_empty() {
        return;
    }
    let dates: Vec<Day> = contract.charges.iter().flat_map(|charge| asked_on(contract, charge)).collect();
    let mut ended: Vec<(Day, Day)> = Vec::new();
    for (strand, id) in strands.iter().zip(["m", "M", "m-1", "m.1", "a", "ø", "n"]) {
        let mut genes = Genes::of(strand);
        let mut last = genes.of_list(&dates).plus(genes.of_list(&[0, 0, -30, 1, -1, 0, -90]));
        let mut first = last.plus(-genes.of_list(&[30, 90, 364, 0]));
        if let Some(before) = ended.last().filter(|_| genes.chance(35)) {
            last = before.1;
            first = if genes.chance(50) { before.0 } else { first.min(last) };
        }
        ended.push((first, last));
        let row = MeasurementRow {
            record: Record::default(),
            participant: String::new(),
            metric: genes.of_list(&[METRICS[0], METRICS[0], METRICS[1]]).into(),
            cohort: genes.of_list(&["", "", COHORTS[0], "", COHORTS[1]]).into(),
            first_day: first.to_string(),
            last_day: last.to_string(),
            value: genes.of_list(&VALUES).into(),
            source: genes.of_list(&["", "Evaluator, report 2"]).into(),
        };
        let more = genes.of_list(&[0, 1, 0, 2]);
        let recorded = last.plus(genes.of_list(&[3, 0, 20, -60, 100]));
        for (n, entry) in entries(&mut genes, recorded, &made.cut_offs, more).iter().enumerate() {
            let mut row = MeasurementRow { record: record(&mut genes, &contract.id, id, entry), ..row.clone() };
            if n > 0 {
                row.value = genes.of_list(&VALUES).into();
                row.last_day = last.plus(genes.of_list(&[0, 0, 0, 1, 31])).to_string();
            }
            programme.measurements.push(if entry.void {
                MeasurementRow { record: row.record, ..MeasurementRow::default() }
            } else {
                row
            });
        }
    }
}

/// The days on which a charge asks its figures, as far as they need be known here.
fn asked_on(contract: &Contract, charge: &Charge) -> Vec<Day> {
    match &charge.what {
        What::Measured { dates: Dates::On(on), .. } => on.clone(),
        What::Measured { dates: Dates::Every(_), .. } => {
            let term = oracle::calendar_of(contract).into_iter().map(|(last, _)| last).filter(|last| *last <= contract.ends);
            term.collect()
        }
        _ => Vec::new(),
    }
}
