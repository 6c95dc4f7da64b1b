//! Random terms of what the payee owes: charges and bands that turn round, floors under them, and limits that hold the net.

use super::Settled;
use super::genes::Genes;
use crate::support::programme::*;

const SCOPES: [Scope; 4] = [Scope::Contract, Scope::Participant, Scope::Contract, Scope::Company];
const WINDOWS: [LimitWindow; 3] = [LimitWindow::Total, LimitWindow::CalendarYear, LimitWindow::SettlementPeriod];
const FLOORS: [&str; 8] = ["0", "0", "100", "0", "1000", "7", "0", "35"];
const MOST: [&str; 6] = ["1000", "2500", "100", "12000", "35", "600"];

/// The same programme with some of its money owed the other way.
pub fn owing(mut settled: Settled, genes: &mut Genes) -> Settled {
    for contract in &mut settled.programme.contracts {
        let amounts = contract.charges.iter().filter_map(|charge| match &charge.price {
            Price::Amount(amount) => Some(amount.clone()),
            _ => None,
        });
        let amounts: Vec<String> = amounts.collect();
        for charge in &mut contract.charges {
            turn(genes, charge, &amounts);
        }
        for id in ["floor", "Ground"].into_iter().take(genes.of_list(&[1, 0, 2, 1])) {
            limit(genes, contract, (id, &FLOORS, true));
        }
        if genes.chance(50) {
            limit(genes, contract, ("net", &MOST, false));
        }
    }
    settled
}

/// What the payee owes is no way to a payment (mechanisms 6.2), and a band's sign is not turned twice.
/// As much is owed back, at times, as another charge pays.
fn turn(genes: &mut Genes, charge: &mut Charge, amounts: &[String]) {
    match &mut charge.price {
        Price::Bands { pricing, bands } if *pricing != Some(Pricing::Marginal) && genes.chance(70) => {
            bands.iter_mut().for_each(|band| band.owed_back = genes.chance(50));
        }
        price if genes.chance(40) => {
            (charge.owed_back, charge.variant) = (true, None);
            if let Price::Amount(amount) = price
                && genes.chance(40)
            {
                *amount = genes.of_list(amounts);
            }
        }
        _ => {}
    }
}

/// One more limit, over some charges or all, before, behind or between the others.
fn limit(genes: &mut Genes, contract: &mut Contract, (id, amounts, floor): (&str, &[&str], bool)) {
    let ids: Vec<String> = contract.charges.iter().map(|charge| charge.id.clone()).collect();
    let limit = Limit {
        id: id.into(),
        scope: genes.of_list(&SCOPES),
        window: genes.of_list(&WINDOWS),
        amount: genes.of_list(amounts).into(),
        floor,
        charges: genes.chance(30).then(|| genes.some_of(&ids)),
        units: None,
    };
    let place = genes.below(contract.limits.len() + 1);
    contract.limits.insert(place, limit);
}
