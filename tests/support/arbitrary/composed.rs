//! Random figures made of figures: comparisons, weighted sums, rounded at times, and one that is made of a rounded one.

use super::genes::Genes;
use crate::support::programme::*;

/// Prices that stay exact beside everything that is made here (mechanisms 2.4).
const SHORT: [&str; 6] = ["0.5", "12", "2", "0.33", "100", "0.1"];
const SHORTEST: [&str; 5] = ["0.5", "12", "2", "0.33", "0.1"];
const BY: [Comparison; 5] =
    [Comparison::PercentChange, Comparison::PercentFall, Comparison::Difference, Comparison::Ratio, Comparison::Percent];

/// Metrics whose measurements may be too old.
pub fn windows(genes: &mut Genes, figures: &mut [Figure]) {
    for figure in figures {
        if let Form::Metric { window, .. } = &mut figure.form {
            let all = [FigureWindow::Total, FigureWindow::SinceLast, FigureWindow::Total, FigureWindow::CalendarYear];
            *window = genes.of_list(&all);
        }
    }
}

/// Figures of those that are there: before, behind and between them. They come back with their names.
pub fn make(genes: &mut Genes, contract: &mut Contract) -> Vec<String> {
    let named = |figure: &Figure| figure.id.clone();
    let metrics: Vec<String> =
        contract.figures.iter().filter(|figure| matches!(figure.form, Form::Metric { .. })).map(named).collect();
    let all: Vec<String> = contract.figures.iter().map(named).collect();
    let of = metrics[genes.of_list(&[0, 0, 1, 0, 2])].clone();
    let numbers: Vec<String> = all.iter().filter(|id| !metrics.contains(id)).cloned().collect();
    let others = if genes.chance(50) { &metrics } else { &numbers };
    let with = genes.of_list(others);
    let effect = Form::Compare { of, with, by: genes.of_list(&BY) };
    let pool = Form::Sum(sum(genes, &all));
    let deep = match genes.chance(60) {
        true => {
            // The rounded one may divide: it is 0 at times.
            let (one, other) = ("effect".to_string(), metrics[genes.of_list(&[0, 0, 1, 2])].clone());
            let (of, with) = if genes.chance(60) { (other, one) } else { (one, other) };
            Form::Compare { of, with, by: genes.of_list(&BY) }
        }
        false => Form::Sum(vec![("effect".into(), genes.of_list(&[None, weight("0.8")])), (genes.of_list(&metrics), None)]),
    };
    let deepens = genes.chance(50);
    let effect_decimals = genes.of_list(&[Some(0), Some(1), Some(2), None]);
    // What is divided twice is rounded between.
    let effect_decimals = if deepens { effect_decimals.or(Some(1)) } else { effect_decimals };
    let mut made = vec![
        Figure { id: "effect".into(), form: effect, decimals: effect_decimals },
        Figure { id: "pool".into(), form: pool, decimals: genes.of_list(&[Some(0), None, Some(0), Some(3)]) },
    ];
    if deepens {
        made.push(Figure { id: "deep".into(), form: deep, decimals: genes.of_list(&[None, Some(1), Some(0)]) });
    }
    let names = made.iter().map(named).collect();
    for figure in made {
        let place = genes.below(contract.figures.len() + 1);
        contract.figures.insert(place, figure);
    }
    names
}

fn weight(text: &str) -> Option<String> {
    Some(text.into())
}

/// Two parts, or three with decimals for weights. One figure may come twice.
fn sum(genes: &mut Genes, all: &[String]) -> Vec<(String, Option<String>)> {
    let more = genes.chance(30);
    let weights = if more { ["0.5", "0.8", "1", "0.2"] } else { ["0.5", "0.8", "1/3", "1.5"] };
    let mut parts = Vec::new();
    for _ in 0..if more { 3 } else { 2 } {
        let of = if genes.chance(25) { None } else { weight(genes.of_list(&weights)) };
        parts.push((genes.of_list(all), of));
    }
    parts
}

/// A charge that pays for a figure made of others: short prices alone, unless two measurements are compared.
pub fn price(genes: &mut Genes, contract: &Contract, figure: &str, bands: Price) -> Price {
    let form = |id: &str| &contract.figures.iter().find(|one| one.id == id).unwrap().form;
    let metric = |id: &str| matches!(form(id), Form::Metric { .. });
    match form(figure) {
        Form::Compare { of, with, .. } if metric(of) && metric(with) && genes.chance(75) => bands,
        // Of what is divided twice, a price of three digits may be one too many.
        Form::Compare { of, with, .. } if [of, with].contains(&&"effect".to_string()) => {
            Price::Each(genes.of_list(&SHORTEST).into())
        }
        _ => Price::Each(genes.of_list(&SHORT).into()),
    }
}
