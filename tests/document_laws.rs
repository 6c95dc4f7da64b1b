//! Laws of documents (rule 11): what must hold of all that the command `invoice` writes, whatever the programme is. Each is
//! tried on random programmes from a fixed seed (EFFEKT_LAW_CASES says how many times as many) and counts how often it met
//! what makes it interesting. "Constructed" means that the test brings the precondition about.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "common/invoice.rs"]
mod invoice;
#[path = "laws/rewrite.rs"]
#[allow(dead_code)]
mod rewrite;
mod support;
#[path = "laws/trial.rs"]
#[allow(dead_code)]
mod trial;

use invoice::{Invoiced, invoice};
use rewrite::{amounts, blind_to_recording, charges, cut_offs, first_day, known_at_once, records};
use std::collections::{BTreeMap, BTreeSet};
use support::arbitrary::invoiced;
use support::day::Day;
use support::oracle::{documents::shares_of, minor_units};
use support::output::{DocumentPostingRow, DocumentRow, PostingRow};
use support::programme::*;
use trial::{Trial, Verdict, cases, equal, files, holds, law_of};

/// Tries a law on random programmes with terms of documents: a fifth as many as a law of settlements, which needs no files.
fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(invoiced(), cases() / 5, seed, least, look);
}

/// All settlements and their documents.
fn run(trial: &Trial) -> Result<Invoiced, String> {
    run_on(&trial.programme, trial.end())
}

fn run_on(programme: &Programme, as_of: Day) -> Result<Invoiced, String> {
    invoice(programme, &as_of.to_string(), None)
}

fn terms<'p>(programme: &'p Programme, id: &str) -> &'p Contract {
    programme.contracts.iter().find(|contract| contract.id == id).unwrap()
}

/// An amount in minor units.
fn minor(programme: &Programme, contract: &str, amount: &str) -> i128 {
    if amount.is_empty() { 0 } else { minor_units(terms(programme, contract), amount) }
}

type Key<'r> = (&'r str, &'r str, &'r str, &'r str);

fn key(row: &PostingRow) -> Key<'_> {
    (&row.contract, &row.charge, &row.subject, &row.unit)
}

fn key_of(row: &DocumentPostingRow) -> Key<'_> {
    (&row.contract, &row.charge, &row.subject, &row.unit)
}

fn document<'r>(run: &'r Invoiced, row: &DocumentPostingRow) -> &'r DocumentRow {
    run.documents.documents.iter().find(|one| (&one.contract, &one.document) == (&row.contract, &row.document)).unwrap()
}

fn postings<'r>(run: &'r Invoiced, row: &'r DocumentRow) -> impl Iterator<Item = &'r DocumentPostingRow> {
    run.documents.postings.iter().filter(|one| (&one.contract, &one.document) == (&row.contract, &row.document))
}

/// 11.1, 11.2. Always: the parts of a posting, each on one document of its payer and none of nothing, add up to it, and
/// nothing else stands on documents.
#[test]
fn every_posting_stands_once_with_each_payer_and_its_parts_add_up() {
    law(101, &[("several payers", 300), ("a payer without a part", 60)], |trial| {
        let run = run(trial)?;
        let mut told = 0;
        for row in &run.output.postings {
            let parts: Vec<_> = run
                .documents
                .postings
                .iter()
                .filter(|part| key_of(part) == key(row) && part.settlement == row.settlement)
                .collect();
            let payers: BTreeSet<&str> = parts.iter().map(|part| part.payer.as_str()).collect();
            holds(payers.len() == parts.len(), || format!("twice with one payer: {row:?}"))?;
            let sum: i128 = parts.iter().map(|part| minor(&trial.programme, &part.contract, &part.amount)).sum();
            let posted = minor(&trial.programme, &row.contract, &row.amount);
            holds(sum == posted, || format!("parts of {sum}: {row:?}"))?;
            for part in &parts {
                let same = part.posted == row.amount
                    && (&part.posting, &part.earned_on, &part.quantity) == (&row.posting, &row.earned_on, &row.quantity)
                    && part.rate == row.rate
                    && document(&run, part).payer == part.payer
                    && document(&run, part).settlement == row.settlement;
                holds(same && minor(&trial.programme, &part.contract, &part.amount) != 0, || format!("{part:?} of {row:?}"))?;
            }
            told += parts.len();
            trial.tally.met("several payers", parts.len() > 1);
            trial.tally.met("a payer without a part", parts.len() < terms(&trial.programme, &row.contract).payers.len());
        }
        holds(told == run.documents.postings.len(), || "a document has a posting of no settlement".into())
    });
}

/// 11.1. Always: the net sums of a settlement's documents add up to its total, and a settlement without postings has none.
#[test]
fn the_documents_of_a_settlement_add_up_to_it() {
    law(102, &[("a document", 500), ("a settlement without documents", 300)], |trial| {
        let run = run(trial)?;
        for settlement in &run.output.settlements {
            let its = |row: &&DocumentRow| {
                (&row.contract, row.settlement) == (&settlement.contract, settlement.settlement)
            };
            let net: Vec<i128> = run
                .documents
                .documents
                .iter()
                .filter(its)
                .map(|row| minor(&trial.programme, &row.contract, &row.net))
                .collect();
            let posted = run.output.postings.iter().any(|row| {
                (&row.contract, row.settlement) == (&settlement.contract, settlement.settlement)
            });
            trial.tally.met("a document", !net.is_empty());
            trial.tally.met("a settlement without documents", net.is_empty());
            let total = minor(&trial.programme, &settlement.contract, &settlement.total);
            holds(net.iter().sum::<i128>() == total && net.is_empty() != posted, || format!("{settlement:?}: {net:?}"))?;
        }
        Ok(())
    });
}

/// 11.2. Always, after every settlement: what a payer was posted for a key is within one minor unit of its share of the whole,
/// payers with the same share are within one minor unit of one another, and where nothing is owed any more every payer is back
/// at nothing.
#[test]
fn every_payer_has_its_share_of_every_key_and_no_oere_is_lost() {
    let least = [("a remainder", 300), ("back at nothing", 150), ("corrected", 150)];
    law(103, &least, |trial| {
        let run = run(trial)?;
        for row in &run.output.postings {
            let contract = terms(&trial.programme, &row.contract);
            let now = |settlement: u32| settlement <= row.settlement;
            let posted = run.output.postings.iter().filter(|one| key(one) == key(row) && now(one.settlement));
            let owed: i128 = posted.map(|one| minor(&trial.programme, &one.contract, &one.amount)).sum();
            let had = |payer: &Payer| -> i128 {
                let parts = run.documents.postings.iter().filter(|one| key_of(one) == key(row) && now(one.settlement));
                parts.filter(|one| one.payer == payer.id).map(|one| minor_units(contract, &one.amount)).sum()
            };
            trial.tally.met("corrected", row.posting == "correction");
            trial.tally.met("back at nothing", owed == 0);
            let by_share: BTreeMap<i128, Vec<i128>> = contract.payers.iter().fold(BTreeMap::new(), |mut all, payer| {
                all.entry(millionths(payer.share.as_deref().unwrap())).or_default().push(had(payer));
                all
            });
            for (share, parts) in &by_share {
                let quota = share * owed;
                trial.tally.met("a remainder", quota % MILLION != 0);
                for part in parts {
                    let near = (part * MILLION - quota).abs() < MILLION && (owed != 0 || *part == 0);
                    holds(near, || format!("{part} of {owed} at {share} millionths: {row:?}"))?;
                }
                let (least, most) = (parts.iter().min().unwrap(), parts.iter().max().unwrap());
                holds(most - least <= 1, || format!("{parts:?} for the same share: {row:?}"))?;
            }
        }
        Ok(())
    });
}

const MILLION: i128 = 1_000_000;

/// The shares of random contracts have at most six decimals.
fn millionths(text: &str) -> i128 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<6}").parse().unwrap()
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
            let before = run.documents.postings[..nth].iter().filter(|one| {
                key_of(one) == key_of(row) && one.payer == row.payer && one.settlement < row.settlement
            });
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
/// Constructed: all is known at once and withdrawn on the day after the first cut-off; corrections have documents of their own.
#[test]
fn what_is_withdrawn_is_credited_as_it_was_invoiced() {
    law(108, &[("credited", 300), ("several payers", 200)], |trial| {
        let start = first_day(&trial.programme);
        let mut programme = known_at_once(&trial.programme, trial.as_of, start.plus(-2000));
        blind_to_recording(&mut programme);
        for contract in &mut programme.contracts {
            contract.settlement.tail_periods = Some(1);
            contract.invoicing.as_mut().unwrap().own_documents = true;
            let fixed_per_contract = |charge: &Charge| matches!(charge.what, What::Fixed { per_company: false, .. });
            for charge in contract.charges.iter_mut().filter(|charge| fixed_per_contract(charge)) {
                charge.what = What::Fixed { on: vec![contract.starts], per_company: true };
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
            holds(now.get(name) == Some(bytes), || format!("{name} is another on the later day\n{}", files(&trial.programme)))?;
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

/// Always: payers keep their places, so that ties of 11.2 and numbers stay.
#[test]
fn payers_renamed_are_renamed_in_the_lists_and_change_nothing_else() {
    law(111, &[("several payers", 300)], |trial| {
        let before = run(trial)?;
        let mut changed = trial.programme.clone();
        let turned = |id: &str| format!("{}-z", id.chars().rev().collect::<String>());
        for payer in changed.contracts.iter_mut().flat_map(|contract| &mut contract.payers) {
            payer.id = turned(&payer.id);
            payer.name = Some(format!("{} and others", payer.name.as_ref().unwrap()));
        }
        let after = run_on(&changed, trial.end())?;
        let mut wanted = before.documents.clone();
        wanted.documents.iter_mut().for_each(|row| row.payer = turned(&row.payer));
        wanted.postings.iter_mut().for_each(|row| row.payer = turned(&row.payer));
        trial.tally.met("several payers", wanted.documents.windows(2).any(|pair| pair[0].payer != pair[1].payer));
        let differences = wanted.differences(&after.documents, "renamed", "after");
        holds(differences.is_empty(), || differences.join("\n"))
    });
}

/// The lists say what is posted and to whom; what makes a line (`detail`) is of no account to them.
#[test]
fn what_makes_a_line_changes_no_sum() {
    law(112, &[("a document", 500)], |trial| {
        let before = run(trial)?;
        for detail in [None, Some(Detail::Company), Some(Detail::Participant)] {
            let mut changed = trial.programme.clone();
            for contract in &mut changed.contracts {
                contract.invoicing.as_mut().unwrap().detail = detail;
            }
            let after = run_on(&changed, trial.end())?;
            let differences = before.documents.differences(&after.documents, "before", "after");
            holds(differences.is_empty(), || format!("{detail:?}:\n{}", differences.join("\n")))?;
        }
        trial.tally.met("a document", !before.documents.documents.is_empty());
        Ok(())
    });
}

/// 11.1. Always: on documents of their own corrections are the same parts for the same payers, so each payer's net of a
/// settlement stays, of what is outside the scope and of the rest.
#[test]
fn corrections_on_documents_of_their_own_move_no_money() {
    law(113, &[("more documents", 80)], |trial| {
        let together = |own_documents: bool| {
            let mut changed = trial.programme.clone();
            for contract in &mut changed.contracts {
                contract.invoicing.as_mut().unwrap().own_documents = own_documents;
            }
            run_on(&changed, trial.end())
        };
        let sums = |run: &Invoiced| {
            let mut sums: BTreeMap<(String, u32, String, bool), i128> = BTreeMap::new();
            for row in &run.documents.documents {
                let outside = postings(run, row).any(|part| part.vat == "O");
                let net = minor(&trial.programme, &row.contract, &row.net);
                *sums.entry((row.contract.clone(), row.settlement, row.payer.clone(), outside)).or_default() += net;
            }
            sums
        };
        let (one, two) = (together(false)?, together(true)?);
        trial.tally.met("more documents", two.documents.documents.len() > one.documents.documents.len());
        for row in &two.documents.documents {
            let kinds: BTreeSet<&str> = postings(&two, row).map(|part| part.posting.as_str()).collect();
            holds(kinds.len() == 1, || format!("earnings and corrections: {row:?}"))?;
        }
        equal(&sums(&one), &sums(&two), &trial.programme)
    });
}

/// 2.2, 11.2, 11.4. Holds where nothing is rounded or split unevenly (constructed): shares of at most six decimals and percents
/// of at most one, of multiples of 200 million; no `prorate`.
#[test]
fn amounts_and_limits_scaled_scale_every_document() {
    law(114, &[("a document", 400), ("tax", 200), ("several payers", 200)], |trial| {
        let mut programme = trial.programme.clone();
        for charge in charges(&mut programme) {
            if let What::Period { prorate, .. } = &mut charge.what {
                *prorate = false;
            }
        }
        let whole = |text: &str| text.split('.').next().unwrap().parse::<i128>().unwrap().min(99);
        let scaled = |k: i128| {
            let mut changed = programme.clone();
            for amount in amounts(&mut changed) {
                *amount = (whole(amount) * 200 * MILLION * k).to_string();
            }
            for limit in changed.contracts.iter_mut().flat_map(|contract| &mut contract.limits) {
                limit.amount = (whole(&limit.amount) * 200 * MILLION * k).to_string();
            }
            changed
        };
        let k = i128::from(trial.dice.between(2, 7) as i32);
        let (one, many) = (run_on(&scaled(1), trial.end())?, run_on(&scaled(k), trial.end())?);
        let sums = |run: &Invoiced, k: i128| -> Vec<(String, String, [i128; 3])> {
            let rows = run.documents.documents.iter();
            rows.map(|row| {
                let amount = |text: &str| minor(&programme, &row.contract, text) * k;
                (row.document.clone(), row.kind.clone(), [amount(&row.net), amount(&row.vat), amount(&row.payable)])
            })
            .collect()
        };
        trial.tally.met("a document", !one.documents.documents.is_empty());
        trial.tally.met("tax", sums(&one, 1).iter().any(|(_, _, [_, tax, _])| *tax != 0));
        trial.tally.met("several payers", one.documents.documents.windows(2).any(|pair| pair[0].payer != pair[1].payer));
        equal(&sums(&one, k), &sums(&many, 1), &programme)
    });
}

/// 11.2. What a single posting of a key's first settlement is split into are the shares of its amount: the oracle's split, on
/// its own.
#[test]
fn an_earning_is_split_by_the_shares_of_its_own_amount() {
    law(115, &[("several payers", 300)], |trial| {
        let run = run(trial)?;
        for row in run.output.postings.iter().filter(|row| row.posting == "earning") {
            let contract = terms(&trial.programme, &row.contract);
            let parts = run.documents.postings.iter().filter(|part| key_of(part) == key(row) && part.settlement == row.settlement);
            let mut had = vec![0; contract.payers.len()];
            for part in parts {
                had[contract.payers.iter().position(|payer| payer.id == part.payer).unwrap()] = minor_units(contract, &part.amount);
            }
            trial.tally.met("several payers", had.len() > 1);
            equal(&shares_of(contract, &row.amount), &had, &trial.programme)?;
        }
        Ok(())
    });
}
