//! Laws of what stands on a document: sums, tax, kind, number (11.1, 11.4).

use super::{MILLION, key, key_of, law, millionths, minor, postings, run, terms};
use crate::laws::trial::holds;
use crate::support::oracle::minor_units;
use crate::support::output::{DocumentPostingRow, DocumentRow};
use crate::support::programme::{Contract, Vat};
use std::collections::BTreeMap;

/// 11.1. Always: the net sums of a settlement's documents add up to its total, and a settlement without postings has none.
#[test]
fn the_documents_of_a_settlement_add_up_to_it() {
    law(102, &[("a document", 500), ("a settlement without documents", 300)], |trial| {
        let run = run(trial)?;
        for settlement in &run.output.settlements {
            let its = |row: &&DocumentRow| (&row.contract, row.settlement) == (&settlement.contract, settlement.settlement);
            let net: Vec<i128> = run
                .documents
                .documents
                .iter()
                .filter(its)
                .map(|row| minor(&trial.programme, &row.contract, &row.net))
                .collect();
            let posted = run
                .output
                .postings
                .iter()
                .any(|row| (&row.contract, row.settlement) == (&settlement.contract, settlement.settlement));
            trial.tally.met("a document", !net.is_empty());
            trial.tally.met("a settlement without documents", net.is_empty());
            let total = minor(&trial.programme, &settlement.contract, &settlement.total);
            holds(net.iter().sum::<i128>() == total && net.is_empty() != posted, || format!("{settlement:?}: {net:?}"))?;
        }
        Ok(())
    });
}

/// 11.1, 11.4. Always: a document's net is the sum of its postings, its tax is within half a minor unit for each rate of its
/// postings' tax, what is to be paid is both; what is outside the scope stands alone and bears no tax; it is a credit note
/// exactly if what is to be paid is negative.
#[test]
fn sums_and_tax_are_those_of_the_postings_and_the_sign_says_the_kind() {
    let least = [("a credit note", 150), ("tax", 300), ("outside the scope", 150)];
    law(104, &least, |trial| {
        let run = run(trial)?;
        for row in &run.documents.documents {
            let contract = terms(&trial.programme, &row.contract);
            let amount = |text: &str| minor_units(contract, text);
            let (net, tax, payable) = (amount(&row.net), amount(&row.vat), amount(&row.payable));
            let mut rates: BTreeMap<i128, i128> = BTreeMap::new();
            for part in postings(&run, row) {
                *rates.entry(percent(contract, part)).or_default() += amount(&part.amount);
            }
            let exact: i128 = rates.iter().map(|(rate, base)| rate * base).sum();
            let near = 2 * (tax * 100 * MILLION - exact).abs() <= 100 * MILLION * rates.len() as i128;
            holds(near && payable == net + tax && net == rates.values().sum::<i128>(), || format!("{row:?}: {rates:?}"))?;
            let outside = postings(&run, row).filter(|part| part.vat == "O").count();
            let alone = outside == 0 || (outside == postings(&run, row).count() && tax == 0);
            let kind = if payable < 0 { "credit-note" } else { "invoice" };
            holds(alone && row.kind == kind, || format!("{row:?}"))?;
            trial.tally.met("a credit note", payable < 0);
            trial.tally.met("nothing to pay", payable == 0);
            trial.tally.met("tax", tax != 0);
            trial.tally.met("outside the scope", outside > 0);
        }
        Ok(())
    });
}

/// In millionths of a percent.
fn percent(contract: &Contract, part: &DocumentPostingRow) -> i128 {
    let charge = contract.charges.iter().find(|charge| charge.id == part.charge).unwrap();
    match charge.vat.as_ref().or(contract.invoicing.as_ref().unwrap().vat.as_ref()).unwrap() {
        Vat::Standard { percent } => millionths(percent),
        Vat::Exempt { .. } | Vat::OutsideScope { .. } => 0,
    }
}

/// 11.1 and the form of the files. Always: numbers run from 1 without a gap in the contract's series, settlement by settlement,
/// and within one payer by payer in the contract's order; every document holds a posting, in the settlement's order.
#[test]
fn numbers_run_without_a_gap_in_the_order_of_settlements_and_payers() {
    law(105, &[("several settlements", 200), ("several payers", 300)], |trial| {
        let run = run(trial)?;
        for contract in &trial.programme.contracts {
            let its: Vec<_> = run.documents.documents.iter().filter(|row| row.contract == contract.id).collect();
            let series = &contract.invoicing.as_ref().unwrap().series;
            let place = |row: &DocumentRow| contract.payers.iter().position(|payer| payer.id == row.payer).unwrap();
            for (nth, row) in its.iter().enumerate() {
                holds(row.document == format!("{series}{:04}", nth + 1), || format!("number {nth}: {row:?}"))?;
                holds(postings(&run, row).count() > 0, || format!("nothing stands on {row:?}"))?;
            }
            for pair in its.windows(2) {
                let order = |row: &DocumentRow| (row.settlement, place(row));
                holds(order(pair[0]) <= order(pair[1]), || format!("{pair:?}"))?;
                trial.tally.met("several settlements", pair[0].settlement != pair[1].settlement);
                trial.tally.met("several payers", pair[0].payer != pair[1].payer);
            }
        }
        let at = |row: &DocumentPostingRow| {
            run.output.postings.iter().position(|one| key(one) == key_of(row) && one.settlement == row.settlement)
        };
        for row in &run.documents.documents {
            let places: Vec<_> = postings(&run, row).map(at).collect();
            holds(places.is_sorted(), || format!("out of the settlement's order: {row:?}"))?;
        }
        let listed: Vec<_> = run.documents.postings.iter().map(|row| (&row.contract, &row.document)).collect();
        holds(listed.is_sorted(), || "postings are not listed by document".into())
    });
}
