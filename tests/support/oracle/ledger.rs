//! Chapter 10: postings and corrections.

use super::calendar::Period;
use super::limit::Granted;
use super::money::{amount_text, minor_units};
use super::{Law, Misreading, Situation};
use crate::support::output::{PostingRow, SettlementRow};
use crate::support::programme::Contract;
use std::collections::{BTreeMap, BTreeSet};

type Key = (String, String, String);

/// What has been posted for a key.
struct Posted<'p> {
    sum: i128,
    first: &'p PostingRow,
    last: &'p PostingRow,
}

fn posted_by_key<'p>(contract: &Contract, posted: &'p [PostingRow]) -> BTreeMap<Key, Posted<'p>> {
    let mut by_key: BTreeMap<Key, Posted> = BTreeMap::new();
    for row in posted {
        let key = (row.charge.clone(), row.subject.clone(), row.unit.clone());
        let of_key = by_key.entry(key).or_insert(Posted { sum: 0, first: row, last: row });
        of_key.sum += minor_units(contract, &row.amount);
        of_key.last = row;
    }
    by_key
}

/// 10.2: for each key E(k) minus the sum already posted, where that is not zero.
pub fn post(law: &Law, contract: &Contract, period: &Period, granted: &[Granted], posted: &[PostingRow]) -> Vec<PostingRow> {
    let before = posted_by_key(contract, posted);
    let mut now: BTreeMap<Key, &Granted> = BTreeMap::new();
    for one in granted {
        let key = (one.one.charge.clone(), one.one.subject.clone(), one.one.unit.clone());
        assert!(now.insert(key, one).is_none(), "a key is earned once");
    }
    let keys: BTreeSet<&Key> = now.keys().chain(before.keys()).collect();
    let mut postings = Vec::new();
    for key in keys {
        let (entitlement, earlier) = (now.get(key).copied(), before.get(key));
        let due = entitlement.map_or(0, |one| one.granted) - earlier.map_or(0, |earlier| earlier.sum);
        let due = match earlier {
            Some(_) if law.reads(Misreading::ChangesNotPosted) => 0,
            Some(_) if entitlement.is_none() && law.reads(Misreading::FallenAwayNotTakenBack) => 0,
            _ => due,
        };
        if due != 0 {
            look(law, period, entitlement, earlier, due);
            postings.push(posting(law, contract, period, key, (entitlement, earlier), due));
        }
    }
    postings.sort_by_key(|row| order(law, contract, row));
    postings
}

/// One posting: an earning if the key was never posted, else a correction.
fn posting(
    law: &Law,
    contract: &Contract,
    period: &Period,
    (charge, subject, unit): &Key,
    (entitlement, earlier): (Option<&Granted>, Option<&Posted>),
    due: i128,
) -> PostingRow {
    let mut correction = earlier.is_some();
    if law.reads(Misreading::ReEarnedIsAnEarning) && earlier.is_some_and(|earlier| earlier.sum == 0) {
        correction = false;
    }
    let named = earlier.filter(|_| correction && !law.reads(Misreading::CorrectionWithoutCorrects));
    let corrects = named.map(|earlier| {
        let last = law.reads(Misreading::CorrectsTheLastPosting);
        if last { earlier.last.settlement } else { earlier.first.settlement }
    });
    let earning = !correction || law.reads(Misreading::CorrectionIsAnEarning);
    // Of the entitlement in E(k); of one that fell away, of the key's last posting.
    let (earned_on, quantity, rate) = match (entitlement, earlier) {
        (Some(one), _) => (one.one.earned_on.to_string(), one.one.quantity.clone(), one.one.rate.clone()),
        (None, Some(earlier)) => {
            let first = law.reads(Misreading::FallenAwayAsFirstPosted);
            let row = if first { earlier.first } else { earlier.last };
            (row.earned_on.clone(), row.quantity.clone(), row.rate.clone())
        }
        (None, None) => unreachable!("a key is earned now or was posted before"),
    };
    let cut = entitlement.filter(|one| one.cut != 0);
    PostingRow {
        contract: contract.id.clone(),
        settlement: period.number,
        charge: charge.clone(),
        subject: subject.clone(),
        unit: unit.clone(),
        posting: if earning { "earning" } else { "correction" }.into(),
        earned_on,
        quantity,
        rate,
        amount: amount_text(contract, due),
        corrects: corrects.map(|number| number.to_string()).unwrap_or_default(),
        cut: cut.map(|one| amount_text(contract, one.cut)).unwrap_or_default(),
        cut_by: cut.map(|one| one.cut_by.clone()).unwrap_or_default(),
    }
}

/// Rule 9.2's order; 10.4: keys whose charge is gone come last, by charge id.
fn order(law: &Law, contract: &Contract, row: &PostingRow) -> (bool, String, usize, String, String, String) {
    let place = contract.charges.iter().position(|charge| charge.id == row.charge);
    law.saw_if(place.is_none(), Situation::ChargeGone);
    let gone = place.is_none() && !law.reads(Misreading::GoneChargesNotLast);
    let charge = row.charge.clone();
    (gone, row.earned_on.clone(), place.unwrap_or(0), charge, row.subject.clone(), row.unit.clone())
}

/// Notes what is interesting about a posting.
fn look(law: &Law, period: &Period, entitlement: Option<&Granted>, earlier: Option<&Posted>, due: i128) {
    law.saw(Situation::Posting);
    law.saw_if(due < 0, Situation::NegativePosting);
    law.saw_if(period.tail, Situation::PostedInTail);
    let Some(earlier) = earlier else {
        let late = entitlement.is_some_and(|one| one.one.earned_on < period.first);
        law.saw_if(late, Situation::LateEarning);
        return;
    };
    law.saw(Situation::Correction);
    law.saw_if(entitlement.is_none(), Situation::FellAway);
    law.saw_if(earlier.sum == 0, Situation::ReEarned);
    law.saw_if(earlier.first.settlement != earlier.last.settlement, Situation::CorrectedAgain);
    let changed = |one: &Granted| {
        let row = earlier.last;
        let now = one.one.earned_on.to_string();
        now != row.earned_on || one.one.quantity != row.quantity || one.one.rate != row.rate
    };
    law.saw_if(entitlement.is_some_and(changed), Situation::CorrectedInOtherTerms);
    let pruned = |one: &Granted| one.cut > 0;
    law.saw_if(entitlement.is_some_and(pruned), Situation::CorrectedAndCut);
}

/// The settlement's own row; its total is `0.00` if nothing was posted.
pub fn settlement(contract: &Contract, period: &Period, postings: &[PostingRow]) -> SettlementRow {
    let total: i128 = postings.iter().map(|row| minor_units(contract, &row.amount)).sum();
    SettlementRow {
        contract: contract.id.clone(),
        settlement: period.number,
        first_day: period.first.to_string(),
        last_day: period.last.to_string(),
        cut_off: period.cut_off.to_string(),
        total: amount_text(contract, total),
    }
}
