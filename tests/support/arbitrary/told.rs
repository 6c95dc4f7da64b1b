//! Random suspensions and samples: told late, again and differently, of days that begin and end with something.

use super::contract::landmarks;
use super::cut_offs;
use super::genes::Genes;
use super::history::{entries, record};
use crate::support::day::Day;
use crate::support::programme::*;

/// Stretches that begin and end near the days on which something happens; some are not over yet.
pub fn suspend(genes: &mut Genes, contract: &Contract, suspensions: &mut Vec<SuspensionRow>) {
    let (days, _) = landmarks(contract);
    let cut_offs: Vec<Day> = cut_offs(contract).into_iter().map(|(_, cut_off)| cut_off).collect();
    for number in 0..genes.between(0, 2) {
        let first = genes.day_near(&days);
        let last = match genes.below(4) {
            0 => None,
            1 => Some(first),
            2 => Some(genes.day_near(&days).max(first)),
            _ => Some(first.plus(genes.between(1, 60))),
        };
        let recorded = first.plus(genes.of_list(&[0, 5, -10, 60]));
        for (nth, entry) in entries(genes, recorded, &cut_offs, number as usize).iter().enumerate() {
            let record = record(genes, &contract.id, &format!("f{number}"), entry);
            let last = if nth == 0 { last } else { last.or(Some(first)).map(|last| last.plus(genes.of_list(&[0, 1, 30]))) };
            suspensions.push(match entry.void {
                true => SuspensionRow { record, ..SuspensionRow::default() },
                false => SuspensionRow {
                    record,
                    first_day: first.to_string(),
                    last_day: last.map(|last| last.to_string()).unwrap_or_default(),
                    reason: genes.of_list(&["", "flood, second of May"]).into(),
                },
            });
        }
    }
}

/// Units that were checked, some of another sample, some of people that are not known yet or any more.
pub fn check(
    genes: &mut Genes,
    contract: &Contract,
    (people, companies): (&[String], &[String]),
    checks: &mut Vec<CheckRow>,
) {
    let cut_offs: Vec<Day> = cut_offs(contract).into_iter().map(|(_, cut_off)| cut_off).collect();
    for number in 0..genes.of_list(&[2, 0, 4, 6, 3]) {
        let charge = genes.of_list(&contract.charges);
        let subject = match &charge.what {
            what if !what.is_the_contracts() => genes.of_list(people),
            What::Fixed { per: Per::Company, .. } if !companies.is_empty() => genes.of_list(companies),
            What::Fixed { per: Per::Company, .. } => continue,
            _ => "-".into(),
        };
        let more = genes.of_list(&[0, 1, 0, 2]);
        let recorded = contract.starts.plus(genes.between(0, 90));
        for entry in entries(genes, recorded, &cut_offs, more) {
            let record = record(genes, &contract.id, &format!("c{number}"), &entry);
            checks.push(match entry.void {
                true => CheckRow { record, ..CheckRow::default() },
                false => CheckRow {
                    record,
                    sample: genes.of_list(&["audit", "audit", "audit", "other"]).into(),
                    charge: charge.id.clone(),
                    subject: subject.clone(),
                    unit: "step-01".into(),
                    result: genes.of_list(&["valid", "invalid", "valid"]).into(),
                },
            });
        }
    }
}
