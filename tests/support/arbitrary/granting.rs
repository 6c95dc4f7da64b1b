//! Random figures of what was granted so far, and charges that rest on them: minimums, shares of fees, true-ups.

use super::Settled;
use super::figures::dates;
use super::genes::Genes;
use crate::support::programme::*;

const WINDOWS: [FigureWindow; 3] = [FigureWindow::Total, FigureWindow::SinceLast, FigureWindow::CalendarYear];
const LEAST: [&str; 6] = ["1000", "350", "12000", "100", "50", "35"];
const SHARES: [&str; 5] = ["0.1", "0.5", "0.05", "1", "0.33"];

/// The same programme with one or two charges more in each contract.
pub fn granting(mut settled: Settled, genes: &mut Genes) -> Settled {
    for contract in &mut settled.programme.contracts {
        for id in ["top", "Trim"].into_iter().take(genes.of_list(&[1, 2, 1])) {
            add(genes, contract, id);
        }
    }
    settled
}

fn add(genes: &mut Genes, contract: &mut Contract, id: &str) {
    let ids: Vec<String> = contract.charges.iter().map(|charge| charge.id.clone()).collect();
    let granted = format!("granted-{id}");
    // A later one may name an earlier one.
    let form = Form::Granted { charges: genes.some_of(&ids[..ids.len().min(7)]), window: genes.of_list(&WINDOWS) };
    figure(genes, contract, &granted, form);
    let plain = ["top", "Trim"];
    let own: Vec<String> = contract
        .charges
        .iter()
        .filter(|one| !plain.contains(&one.id.as_str()) && alone(one))
        .map(|one| one.id.clone())
        .collect();
    let (figure, times, price) = priced(genes, contract, (id, granted));
    let dates = dates(contract, genes);
    let what = What::Measured { figure, times, dates, per_participant: false, cumulative: false };
    let mut charge = Charge::of(id, what, price);
    if matches!(charge.price, Price::Each(_)) && genes.chance(30) {
        charge.owed_back = true;
    }
    if genes.chance(25) {
        charge.delay = Some(genes.of_list(&[Delay::Of(Length::Days(20)), Delay::Weekdays(5), Delay::Of(Length::Months(1))]));
    }
    if !own.is_empty() && genes.chance(15) {
        charge.requires = vec![genes.of_list(&own)];
    }
    let place = genes.below(contract.charges.len() + 1);
    contract.charges.insert(place, charge);
}

/// Of the contract, and not of a participant.
fn alone(charge: &Charge) -> bool {
    charge.what.is_the_contracts()
}

fn figure(genes: &mut Genes, contract: &mut Contract, id: &str, form: Form) {
    let place = genes.below(contract.figures.len() + 1);
    contract.figures.insert(place, Figure { id: id.into(), form, decimals: genes.of_list(&[None, None, None, Some(0)]) });
}

/// What is measured, with what it is multiplied, and its price.
fn priced(genes: &mut Genes, contract: &mut Contract, (id, granted): (&str, String)) -> (String, Vec<String>, Price) {
    let share = Price::Each(genes.of_list(&SHARES).into());
    match genes.below(5) {
        0 => (granted, Vec::new(), share),
        1 | 2 => {
            let least = genes.of_list(&LEAST).to_string();
            let up = Band {
                from: Some("0".into()),
                below: Some(least.clone()),
                amount: Some(least.clone()),
                to_amount: Some("0".into()),
                ..Band::default()
            };
            let beyond = Band { from: Some(least), each: Some(genes.of_list(&["0", "0.1"]).into()), ..Band::default() };
            (granted, Vec::new(), Price::Bands { pricing: None, bands: vec![up, beyond] })
        }
        3 => {
            let (worth, short) = (format!("worth-{id}"), format!("short-{id}"));
            let value = genes.of_list(&["700", "1000", "5/6", "18.6", "12000"]);
            figure(genes, contract, &worth, Form::Value(value.into()));
            figure(genes, contract, &short, Form::Compare { of: worth, with: granted, by: Comparison::Difference });
            let one = || Some("1".to_string());
            let back = Band { below: Some("0".into()), each: one(), owed_back: true, ..Band::default() };
            let more = Band { from: Some("0".into()), each: one(), ..Band::default() };
            (short, Vec::new(), Price::Bands { pricing: None, bands: vec![back, more] })
        }
        _ => {
            let rate = format!("rate-{id}");
            let value = genes.of_list(&["0.8", "12", "3"]);
            figure(genes, contract, &rate, Form::Value(value.into()));
            (rate, vec![granted], share)
        }
    }
}
