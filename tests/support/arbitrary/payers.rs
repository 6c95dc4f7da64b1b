//! Random payers of single charges, and payers that pay at most so much.

use super::Settled;
use super::genes::Genes;
use crate::support::programme::*;

const MOST: [&str; 12] = ["1000", "50.05", "2500.5", "333", "100.01", "7.5", "31", "1500", "0.05", "0", "12000", "600"];

/// By how many they are.
const SHARES: [&[&[&str]]; 4] = [
    &[&["1"]],
    &[&["0.5", "0.5"], &["1", "0"], &["0.3333", "0.6667"], &["0", "1"]],
    &[&["0.25", "0.25", "0.5"], &["0.7", "0.3", "0"], &["0.334", "0.333", "0.333"]],
    &[&["0.25", "0.25", "0.25", "0.25"], &["0.4", "0.3", "0.2", "0.1"]],
];

/// Of programmes that have terms of documents.
pub fn shared(mut settled: Settled, genes: &mut Genes) -> Settled {
    for contract in &mut settled.programme.contracts {
        let whole = contract.currency == "JPY";
        let free = genes.below(contract.payers.len());
        for (nth, payer) in contract.payers.iter_mut().enumerate() {
            if nth != free && genes.chance(75) {
                let most = genes.of_list(&MOST);
                let cut = if whole { most.split('.').next().unwrap() } else { most };
                payer.at_most = Some(cut.into());
            }
        }
        let free: Vec<&Payer> = contract.payers.iter().filter(|payer| payer.at_most.is_none()).collect();
        for charge in &mut contract.charges {
            if genes.chance(40) {
                let mut own = genes.some_of(&contract.payers);
                // Each charge has a payer without an end.
                if own.iter().all(|payer| payer.at_most.is_some()) {
                    own[0] = genes.of_list(&free).clone();
                }
                let shares = genes.of_list(SHARES[own.len() - 1]);
                let payer = |(payer, share): (&Payer, &&str)| ChargePayer { id: payer.id.clone(), share: (*share).into() };
                charge.payers = own.iter().zip(shares).map(payer).collect();
            }
        }
    }
    settled
}
