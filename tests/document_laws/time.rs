//! Laws of days, references and what is kept (11.3, 12.3).

use super::{key_of, law, postings, run, run_on, terms};
use crate::invoice::{invoice, settle};
use crate::laws::rewrite::without_measured;
use crate::laws::rewrite::{blind_to_recording, cut_offs, first_day, known_at_once, records};
use crate::laws::trial::{equal, files, holds};
use crate::support::day::Day;
use crate::support::output::DocumentRow;
use crate::support::programme::{Charge, Dates, Due, Per, Programme, What};
use std::collections::{BTreeMap, BTreeSet};

/// 11.3. Always: issued on the cut-off, due `payment_days` later, or beside it, up to a week, as the contract says; never
/// before it is issued, and where it is moved never at a weekend.
#[test]
fn documents_are_issued_on_the_cut_off_and_due_when_the_contract_says() {
    law(106, &[("moved on", 60), ("moved back", 50), ("stays", 300)], |trial| {
        let run = run(trial)?;
        for row in &run.documents.documents {
            let contract = terms(&trial.programme, &row.contract);
            let settlement = run
                .output
                .settlements
                .iter()
                .find(|one| (&one.contract, one.settlement) == (&row.contract, row.settlement))
                .unwrap();
            let (issued, due) = (Day::parse(&row.issued_on).unwrap(), Day::parse(&row.due_on).unwrap());
            let moved = due.0 - issued.plus(contract.settlement.payment_days.unwrap_or(30)).0;
            let range = match contract.invoicing.as_ref().unwrap().due.unwrap_or(Due::Stays) {
                Due::Stays => 0..=0,
                Due::Next => 0..=7,
                Due::Previous => -7..=0,
            };
            let weekend = (due.0 + 3).rem_euclid(7) >= 5;
            let sound = moved == 0 || !weekend || due == issued;
            let right = row.issued_on == settlement.cut_off && range.contains(&moved) && due >= issued && sound;
            holds(right && row.currency == contract.currency, || format!("{row:?}"))?;
            trial.tally.met("moved on", moved > 0);
            trial.tally.met("moved back", moved < 0);
            trial.tally.met("stays", moved == 0);
        }
        Ok(())
    });
}

/// 11.3. Always: a correction names exactly the documents of its payer on which its key stood before, an earning none, and a
/// document those that its corrections name.
#[test]
fn corrections_name_the_documents_on_which_their_keys_stood() {
    let least = [("a correction", 150), ("several named", 50)];
    law(107, &least, |trial| {
        let run = run(trial)?;
        for (nth, row) in run.documents.postings.iter().enumerate() {
            let before = run.documents.postings[..nth]
                .iter()
                .filter(|one| key_of(one) == key_of(row) && one.payer == row.payer && one.settlement < row.settlement);
            let numbers: Vec<&str> = before.map(|one| one.document.as_str()).collect();
            holds(row.corrects == numbers.join(" "), || format!("{numbers:?}: {row:?}"))?;
            holds(row.posting == "correction" || numbers.is_empty(), || format!("an earning: {row:?}"))?;
            trial.tally.met("a correction", row.posting == "correction");
            trial.tally.met("several named", numbers.len() > 1);
            trial.tally.met("a correction of nothing before", row.posting == "correction" && numbers.is_empty());
        }
        for row in &run.documents.documents {
            let named: BTreeSet<&str> = postings(&run, row).flat_map(|one| one.corrects.split_whitespace()).collect();
            let named: Vec<&str> = named.into_iter().collect();
            holds(row.corrects == named.join(" "), || format!("{named:?}: {row:?}"))?;
        }
        Ok(())
    });
}

/// 11.1, 11.2. What is withdrawn whole is credited whole: each credit note is its invoice with the signs turned, and names it.
/// Constructed: all is known at once and withdrawn on the day after the first cut-off; corrections have documents of their own;
/// no figures, for what the contract prints is not withdrawn.
#[test]
fn what_is_withdrawn_is_credited_as_it_was_invoiced() {
    law(108, &[("credited", 300), ("several payers", 200)], |trial| {
        let start = first_day(&trial.programme);
        let mut programme = known_at_once(&trial.programme, trial.as_of, start.plus(-2000));
        blind_to_recording(&mut programme);
        without_measured(&mut programme);
        for contract in &mut programme.contracts {
            contract.settlement.tail_periods = Some(1);
            contract.invoicing.as_mut().unwrap().own_documents = true;
            let fixed_per_contract = |charge: &Charge| matches!(charge.what, What::Fixed { per: Per::Contract, .. });
            for charge in contract.charges.iter_mut().filter(|charge| fixed_per_contract(charge)) {
                charge.what = What::Fixed { dates: Dates::On(vec![contract.starts]), per: Per::Company };
            }
        }
        let cut_off: BTreeMap<String, Day> =
            programme.contracts.iter().map(|contract| (contract.id.clone(), cut_offs(contract)[0])).collect();
        withdraw(&mut programme, &|contract| cut_off[contract].next());
        let end = programme.contracts.iter().flat_map(cut_offs).max().unwrap();
        let run = run_on(&programme, end)?;
        let (invoices, credits): (Vec<_>, Vec<_>) = run.documents.documents.iter().partition(|row| row.settlement == 1);
        let turned = |row: &DocumentRow| -> DocumentRow {
            let turn = |text: &String| {
                if text.trim_matches(['0', '.']).is_empty() { text.clone() } else { format!("-{text}") }
            };
            DocumentRow {
                settlement: 2,
                kind: "credit-note".into(),
                net: turn(&row.net),
                vat: turn(&row.vat),
                payable: turn(&row.payable),
                corrects: row.document.clone(),
                ..row.clone()
            }
        };
        let wanted: Vec<DocumentRow> = invoices.into_iter().map(turned).collect();
        let undated = |row: &DocumentRow| DocumentRow {
            document: String::new(),
            issued_on: String::new(),
            due_on: String::new(),
            ..row.clone()
        };
        let wanted: Vec<DocumentRow> = wanted.iter().map(undated).collect();
        let credits: Vec<DocumentRow> = credits.into_iter().map(undated).collect();
        trial.tally.met("credited", !credits.is_empty());
        trial.tally.met("several payers", credits.windows(2).any(|pair| pair[0].payer != pair[1].payer));
        equal(&wanted, &credits, &programme)
    });
}

/// Every fact withdrawn on a day of its contract.
fn withdraw(programme: &mut Programme, on: &dyn Fn(&str) -> Day) {
    fn voids<R: Clone>(rows: &mut Vec<R>) -> std::ops::Range<usize> {
        let before = rows.len();
        rows.extend(rows.to_vec());
        before..rows.len()
    }
    let voids = [
        voids(&mut programme.participants),
        voids(&mut programme.companies),
        voids(&mut programme.placements),
        voids(&mut programme.spells),
    ];
    let mut at = 0;
    let mut wanted: BTreeSet<usize> = BTreeSet::new();
    for range in voids {
        wanted.extend(range.clone().map(|nth| at + nth));
        at += range.end;
    }
    for (nth, record) in records(programme).into_iter().enumerate() {
        if wanted.contains(&nth) {
            record.recorded_on = on(&record.contract).to_string();
            record.revision = String::new();
            record.void = "true".into();
        }
    }
}

/// The files of documents.
const OF_DOCUMENTS: [&str; 3] = ["peppol/", "oioubl/", "evidence/"];

/// 12.3 for documents. Always: an as-of day further on keeps every document, byte for byte, and the lists begin with them; and
/// from the earlier run as ledger all files are the same as from no ledger.
#[test]
fn a_later_day_and_a_ledger_keep_every_document_byte_for_byte() {
    law(109, &[("kept", 300), ("more", 200)], |trial| {
        let days: Vec<Day> = trial.programme.contracts.iter().flat_map(cut_offs).collect();
        let early = trial.dice.of_list(&days).unwrap().plus(trial.dice.between(0, 5));
        let (before, after) = (run_on(&trial.programme, early)?, run(trial)?);
        let (kept, now) = (before.files(), after.files());
        for (name, bytes) in kept.iter().filter(|(name, _)| OF_DOCUMENTS.iter().any(|folder| name.starts_with(folder))) {
            holds(now.get(name) == Some(bytes), || {
                format!("{name} is another on the later day\n{}", files(&trial.programme))
            })?;
        }
        for row in &before.documents.documents {
            holds(after.documents.documents.contains(row), || format!("{row:?} is gone on the later day"))?;
        }
        trial.tally.met("kept", !before.documents.documents.is_empty());
        trial.tally.met("more", after.documents.documents.len() > before.documents.documents.len());
        let resumed = invoice(&trial.programme, &trial.end().to_string(), Some(&before))?.files();
        holds(resumed.keys().eq(now.keys()), || format!("{:?} and {:?}", resumed.keys(), now.keys()))?;
        for (name, bytes) in resumed.iter().filter(|(name, _)| *name != "settlements.json") {
            let told = || format!("{name} is another after a ledger as of {early}\n{}", String::from_utf8_lossy(bytes));
            holds(now.get(name) == Some(bytes), told)?;
        }
        Ok(())
    });
}

/// 12.3. Always.
#[test]
fn the_same_programme_gives_the_same_bytes() {
    law(110, &[("a document", 500)], |trial| {
        let (one, two) = (run(trial)?, run(trial)?);
        trial.tally.met("a document", !one.documents.documents.is_empty());
        holds(one.files() == two.files(), || "other bytes the second time".into())
    });
}

/// 10.4, 11.1. Settlements that were made without documents get theirs, the same as if they had been invoiced at once. Holds
/// where no ledger has other documents yet (constructed: it has none).
#[test]
fn settlements_of_a_ledger_without_documents_get_theirs() {
    law(116, &[("a document for a settlement of the ledger", 300)], |trial| {
        let days: Vec<Day> = trial.programme.contracts.iter().flat_map(cut_offs).collect();
        let early = trial.dice.of_list(&days).unwrap();
        let ledger = settle(&trial.programme, &early.to_string())?;
        let (at_once, resumed) = (run(trial)?, invoice(&trial.programme, &trial.end().to_string(), Some(&ledger))?);
        let of_ledger = |row: &DocumentRow| Day::parse(&row.issued_on).unwrap() <= early;
        trial.tally.met("a document for a settlement of the ledger", at_once.documents.documents.iter().any(of_ledger));
        let (wanted, now) = (at_once.files(), resumed.files());
        holds(wanted.keys().eq(now.keys()), || format!("{:?} and {:?}", wanted.keys(), now.keys()))?;
        let other = now.iter().find(|(name, bytes)| *name != "settlements.json" && wanted.get(*name) != Some(bytes));
        holds(other.is_none(), || format!("{} is another\n{}", other.unwrap().0, files(&trial.programme)))
    });
}
