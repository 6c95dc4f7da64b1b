//! Random terms of documents: payers with odd shares, VAT of all treatments, where corrections stand, when it is due.

use super::Settled;
use super::genes::Genes;
use crate::support::programme::*;

/// Shares that leave remainders, tie, or are simply small.
const SHARES: [&[&str]; 13] = [
    &["0.5", "0.50"],
    &["0.3333", "0.6667"],
    &["0.25", "0.25", "0.25", "0.25"],
    &["0.43", "0.43", "0.14"],
    &["1"],
    &["0.334", "0.333", "0.333"],
    &["0.1", "0.2", "0.7"],
    &["0.0001", "0.4999", "0.25", "0.25"],
    &["0.6667", "0.3333"],
    &["0.125", "0.375", "0.5"],
    &["0.999999", "0.000001"],
    &["0.41", "0.41", "0.18"],
    &["0.15", "0.35", "0.15", "0.35"],
];

/// Neither by id nor by share do payers stand in the contract's order.
const PAYERS: [(&str, &str, &str); 4] = [
    ("town", "29189919", "5790001353858"),
    ("state", "29189846", "5790000000012"),
    ("Ø-fund", "13748136", "5790001902841"),
    ("a", "40056823", "5790002000126"),
];

/// The same programme with terms of documents; its currencies have at most two decimals.
pub fn invoiced(mut settled: Settled, genes: &mut Genes) -> Settled {
    add(&mut settled.programme, genes);
    settled
}

/// Terms of documents for every contract, in an order that hangs on the genes alone.
pub fn add(programme: &mut Programme, genes: &mut Genes) {
    for (number, contract) in programme.contracts.iter_mut().enumerate() {
        two_decimals(contract);
        contract.payers = payers(genes);
        contract.payee = Some(Payee {
            id: "fund".into(),
            name: Some("Fund & Sons".into()),
            cvr: Some("10000009".into()),
            address: Some(address()),
        });
        let percent = genes.of_list(&["25", "25", "12.5", "25.00"]);
        contract.settlement.payment_days = genes.of_list(&[None, Some(14), Some(0), Some(8), Some(45)]);
        contract.invoicing = Some(Invoicing {
            series: ["HER-", "B_7."][number].into(),
            detail: genes.of_list(&[None, Some(Detail::Company), Some(Detail::Participant), Some(Detail::Charge)]),
            own_documents: genes.chance(40),
            vat: Some(vat(genes, percent)),
            due: genes.of_list(&[None, Some(Due::Next), Some(Due::Previous), Some(Due::Stays)]),
        });
        charges(genes, percent, contract);
        match genes.below(8) {
            // What falls away and what comes up are more often equal if all pays the same.
            0 | 1 => flat(contract),
            // Parts of few minor units, corrected by one or two.
            2 | 3 => pennies(contract),
            _ => {}
        }
    }
}

/// One treatment for all charges, two in turn, or each charge its own.
fn charges(genes: &mut Genes, percent: &str, contract: &mut Contract) {
    let pair = [vat(genes, percent), vat(genes, percent)];
    let how = genes.below(6);
    for (nth, charge) in contract.charges.iter_mut().enumerate() {
        charge.vat = match how {
            0 => None,
            1..=3 => Some(pair[nth % 2].clone()),
            _ => genes.chance(80).then(|| vat(genes, percent)),
        };
    }
}

fn payers(genes: &mut Genes) -> Vec<Payer> {
    let shares = genes.of_list(&SHARES);
    let payer = |(share, (id, cvr, gln)): (&&str, &(&str, &str, &str))| Payer {
        id: (*id).into(),
        name: Some(format!("Kommune {id}")),
        cvr: Some((*cvr).into()),
        gln: Some((*gln).into()),
        share: Some((*share).into()),
        at_most: None,
        reference: Some("Jobcenter <Herning>, att. Anne".into()),
        address: Some(address()),
    };
    shares.iter().zip(&PAYERS).map(payer).collect()
}

fn address() -> Address {
    Address { street: "Torvet 5".into(), postcode: "7400".into(), city: "Herning".into() }
}

/// A contract has one rate.
fn vat(genes: &mut Genes, percent: &str) -> Vat {
    match genes.below(10) {
        0..=5 => Vat::Standard { percent: percent.into() },
        6 | 7 => Vat::OutsideScope { reason: "Tilbagebetaling af investering".into() },
        8 => Vat::Exempt { reason: "Momsloven § 13, stk. 1, nr. 2".into(), code: None },
        _ => Vat::Exempt { reason: "Social omsorg".into(), code: Some("VATEX-EU-132-1G".into()) },
    }
}

/// Documents are written in currencies without decimals or with two.
fn two_decimals(contract: &mut Contract) {
    if contract.currency == "KWD" {
        contract.currency = "EUR".into();
        for limit in &mut contract.limits {
            limit.amount.pop();
        }
    }
}

fn measured(charge: &Charge) -> bool {
    matches!(charge.what, What::Measured { .. })
}

fn pennies(contract: &mut Contract) {
    let amount = if contract.currency == "JPY" { "31" } else { "0.31" };
    for charge in contract.charges.iter_mut().filter(|charge| !measured(charge)) {
        charge.price = Price::Amount(amount.into());
        if let What::Period { min_days, prorate, .. } = &mut charge.what {
            (*min_days, *prorate) = (None, true);
        }
    }
}

fn flat(contract: &mut Contract) {
    for charge in contract.charges.iter_mut().filter(|charge| !measured(charge)) {
        charge.price = Price::Amount("1000.1".into());
        if let What::Period { prorate, .. } = &mut charge.what {
            *prorate = false;
        }
    }
}

/// The terms of documents of an earlier programme; sometimes the payers' shares are amended.
pub fn carry_over(earlier: &Programme, programme: &mut Programme, genes: &mut Genes) {
    for contract in &mut programme.contracts {
        let before = earlier.contracts.iter().find(|before| before.id == contract.id).unwrap();
        two_decimals(contract);
        contract.payers.clone_from(&before.payers);
        contract.payee.clone_from(&before.payee);
        contract.settlement.payment_days = before.settlement.payment_days;
        contract.invoicing.clone_from(&before.invoicing);
        for charge in &mut contract.charges {
            charge.vat = before.charges.iter().find(|before| before.id == charge.id).and_then(|before| before.vat.clone());
        }
        if genes.chance(50) {
            let shares: Vec<Option<String>> = contract.payers.iter().rev().map(|payer| payer.share.clone()).collect();
            contract.payers.iter_mut().zip(shares).for_each(|(payer, share)| payer.share = share);
        }
    }
}
