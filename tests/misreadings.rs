//! Wrong readings of the rules, each told from the law by random programmes and by a worked case. What tells a
//! misreading of the oracle from the law would also tell an engine that is wrong in that way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use proptest::prelude::Strategy;
use std::collections::BTreeMap;
use support::arbitrary::{
    Settled, adjusted, aimed, counted, gated, granting, invoiced, owing, owing_shared, payrolled, placed, resettled, saving,
    settled, shared, versioned,
};
use support::cases;
use support::oracle::{Misreading, documents, settle};
use support::runs;

/// More random programmes than any misreading needs.
const MOST: u32 = 12_000;
/// The same for documents.
const MOST_INVOICED: u32 = 4_800;
/// The same for what weeks without benefit save, places and goals.
const MOST_SAVED: u32 = 4_000;

#[test]
fn random_programmes_tell_every_misreading() {
    let mut told: BTreeMap<Misreading, u32> = BTreeMap::new();
    // First a few of each kind, and those in which the most comes up: what they tell needs not be asked of the others.
    for most in [MOST / 60, MOST] {
        tell_on(adjusted(), (most.min(MOST / 6), 13), &mut told);
        tell_on(versioned(), (most.min(MOST / 8), 14), &mut told);
        tell_on(counted(), (most.min(MOST / 6), 23), &mut told);
        tell_on(owing(), (most.min(MOST / 6), 16), &mut told);
        tell_on(granting(), (most.min(MOST / 6), 18), &mut told);
        tell_on(gated(), (most.min(MOST / 6), 20), &mut told);
        tell_on(payrolled(), (most.min(MOST / 12), 22), &mut told);
        tell_on(settled(), (most, 2), &mut told);
        tell_with_ledgers(most.min(MOST / 6), &mut told);
    }
    for misreading in Misreading::ALL {
        println!("{misreading:?}: told after {:?} programmes", told.get(misreading));
    }
    let untold: Vec<_> = Misreading::ALL.iter().filter(|misreading| !told.contains_key(misreading)).collect();
    assert!(untold.is_empty(), "no random programme tells {untold:?} from the law");
}

/// Tells on so many programmes of some kind those that nothing has told so far.
fn tell_on(programmes: impl Strategy<Value = Settled>, (most, seed): (u32, u8), told: &mut BTreeMap<Misreading, u32>) {
    let mut programmes_so_far = 0;
    runs::each(runs::count(most), seed, programmes, |case| {
        programmes_so_far += 1;
        if Misreading::ALL.iter().all(|misreading| told.contains_key(misreading)) {
            return;
        }
        let law = settle(&case.programme, &case.as_of, None, Misreading::None);
        for misreading in Misreading::ALL {
            if !told.contains_key(misreading) && settle(&case.programme, &case.as_of, None, *misreading) != law {
                told.insert(*misreading, programmes_so_far);
            }
        }
    });
}

/// Those that show only where there is a ledger.
fn tell_with_ledgers(most: u32, told: &mut BTreeMap<Misreading, u32>) {
    let mut programmes = 0;
    runs::each(runs::count(most), 3, resettled(), |case| {
        programmes += 1;
        if Misreading::ALL.iter().all(|misreading| told.contains_key(misreading)) {
            return;
        }
        let ledger = settle(&case.first.programme, &case.first.as_of, None, Misreading::None);
        let run = |reading| settle(&case.then.programme, &case.then.as_of, Some(&ledger), reading);
        for misreading in Misreading::ALL {
            if !told.contains_key(misreading) && run(*misreading) != run(Misreading::None) {
                told.insert(*misreading, programmes);
            }
        }
    });
}

#[test]
fn random_programmes_tell_every_misreading_of_what_is_saved() {
    all_are_told(Misreading::SAVINGS, saving(), 25);
}

#[test]
fn random_programmes_tell_every_misreading_of_places() {
    all_are_told(Misreading::PLACES, placed(), 27);
}

#[test]
fn random_programmes_tell_every_misreading_of_goals() {
    all_are_told(Misreading::GOALS, aimed(), 29);
}

/// Every one of some misreadings is told by some programme of a kind.
fn all_are_told(misreadings: &[Misreading], programmes: impl Strategy<Value = Settled>, seed: u8) {
    let mut told: BTreeMap<Misreading, u32> = BTreeMap::new();
    let mut so_far = 0;
    runs::each(runs::count(MOST_SAVED), seed, programmes, |case| {
        so_far += 1;
        let untold: Vec<_> = misreadings.iter().filter(|misreading| !told.contains_key(misreading)).collect();
        if untold.is_empty() {
            return;
        }
        let run = |reading| settle(&case.programme, &case.as_of, None, reading);
        let law = run(Misreading::None);
        told.extend(
            untold.into_iter().filter(|misreading| run(**misreading) != law).map(|misreading| (*misreading, so_far)),
        );
    });
    for misreading in misreadings {
        println!("{misreading:?}: told after {:?} programmes", told.get(misreading));
    }
    let untold: Vec<_> = misreadings.iter().filter(|misreading| !told.contains_key(misreading)).collect();
    assert!(untold.is_empty(), "no random programme tells {untold:?} from the law");
}

#[test]
fn worked_cases_tell_every_misreading() {
    let mut cases = cases::all();
    // The small ones first: most misreadings are told before a large one is settled.
    cases.sort_by_key(weight);
    let told_by = |misreading: Misreading| {
        let wrong = |case: &&cases::Case| settle(&case.programme, &case.as_of, None, misreading) != case.expected;
        cases.iter().find(wrong).map(|case| case.name.clone())
    };
    let mut untold = Vec::new();
    let all = [Misreading::ALL, Misreading::SAVINGS, Misreading::PLACES, Misreading::GOALS].concat();
    let all = all.iter();
    for misreading in all.filter(|misreading| **misreading != Misreading::GoneChargesNotLast) {
        match told_by(*misreading) {
            Some(case) => println!("{misreading:?}: told by {case}"),
            None => untold.push(*misreading),
        }
    }
    assert!(untold.is_empty(), "no worked case tells {untold:?} from the law");
}

/// About how long the oracle takes for a case: each settlement looks at every day of every participant.
fn weight(case: &cases::Case) -> i64 {
    let days: i64 = case.programme.contracts.iter().map(|contract| contract.ends.0 - contract.starts.0 + 1).sum();
    let settled = case.expected.settlements.len() * (case.programme.participants.len() + 1);
    days * i64::try_from(settled).unwrap()
}

#[test]
fn random_programmes_tell_every_misreading_of_documents() {
    let mut told: BTreeMap<Misreading, u32> = BTreeMap::new();
    let kinds = [
        (9, MOST_INVOICED, invoiced().boxed()),
        (15, MOST_INVOICED / 4, shared().boxed()),
        (17, MOST_INVOICED / 4, owing_shared().boxed()),
    ];
    for (seed, most, kind) in kinds {
        let mut programmes = 0;
        runs::each(runs::count(most), seed, kind, |case| {
            programmes += 1;
            if Misreading::DOCUMENTS.iter().all(|misreading| told.contains_key(misreading)) {
                return;
            }
            let settled = settle(&case.programme, &case.as_of, None, Misreading::None);
            let read = |reading| documents::invoice(&case.programme, &settled, None, reading).0;
            let law = read(Misreading::None);
            for misreading in Misreading::DOCUMENTS {
                if !told.contains_key(misreading) && read(*misreading) != law {
                    told.insert(*misreading, programmes);
                }
            }
        });
    }
    for misreading in Misreading::DOCUMENTS {
        println!("{misreading:?}: told after {:?} programmes", told.get(misreading));
    }
    let untold: Vec<_> = Misreading::DOCUMENTS.iter().filter(|misreading| !told.contains_key(misreading)).collect();
    assert!(untold.is_empty(), "no random programme tells {untold:?} from the law");
}

#[test]
fn worked_cases_tell_every_misreading_of_documents() {
    let mut cases = cases::all();
    cases.retain(|case| case.documents.is_some());
    let told_by = |misreading: Misreading| {
        let read = |case: &cases::Case| documents::invoice(&case.programme, &case.expected, None, misreading).0;
        let wrong = |case: &&cases::Case| Some(read(case)) != case.documents;
        cases.iter().find(wrong).map(|case| case.name.clone())
    };
    assert_eq!(told_by(Misreading::None), None, "the oracle reads every case as it was worked by hand");
    let mut untold = Vec::new();
    for misreading in Misreading::DOCUMENTS {
        match told_by(*misreading) {
            Some(case) => println!("{misreading:?}: told by {case}"),
            None => untold.push(*misreading),
        }
    }
    assert!(untold.is_empty(), "no worked case tells {untold:?} from the law");
}
