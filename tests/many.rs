//! More participants than are settled as one group: the order is that of rule 9.2 over all of them, each is settled as if the
//! others were not there, and a settlement made in the memory of another one says the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "../benches/programme.rs"]
mod programme;

use effekt::formats::{Programme, Source, Sources, read};
use effekt::{Day, Settlement, settle};

const MANY: usize = 700;

/// Of a programme of many participants those with certain numbers; the contract pays at most `limit`.
fn programme(numbers: std::ops::Range<usize>, limit: u64) -> Programme {
    let texts = programme::programme(MANY, limit);
    let is_in = |row: &str| row[5..12].parse().is_ok_and(|number| numbers.contains(&number));
    let file = |name: &str, text: String| Source { name: name.to_owned(), bytes: text.into_bytes() };
    let rows = |name: &str, text: String| {
        let header = text.lines().next().unwrap();
        let rows: Vec<&str> = [header].into_iter().chain(text.lines().skip(1).filter(|row| is_in(row))).collect();
        file(name, rows.join("\n"))
    };
    let sources = Sources {
        contracts: vec![file("contracts/big.toml", texts.contract)],
        participants: Some(rows("participants.csv", texts.participants)),
        companies: Some(file("companies.csv", texts.companies)),
        placements: Some(rows("placements.csv", texts.placements)),
        spells: Some(rows("spells.csv", texts.spells)),
        ..Sources::default()
    };
    let programme = read(&sources, None, &[]);
    assert!(!programme.diagnostics.iter().any(effekt::Diagnostic::is_error));
    programme
}

/// The entries of a settlement, each whole, led by what orders it and by its subject.
fn entries(settlement: &Settlement<'_>) -> Vec<Said> {
    let whole = |entry: effekt::Posting<'_>| {
        let order = (entry.earned_on, entry.charge != "weekly", entry.subject.to_owned(), entry.unit.to_string());
        let spells: Vec<&str> =
            entry.ground.iter().flat_map(|ground| ground.spells.iter()).map(|number| settlement.spell(*number)).collect();
        (order, format!("{} {:?} {:?} {spells:?}", entry.amount.minor(), entry.corrects, entry.cut))
    };
    settlement.entries().map(whole).collect()
}

/// What an entry is sorted by, and what is said of it.
type Said = ((Day, bool, String, String), String);

/// What is said of each settlement, each made in the memory of the one before or not.
fn settled(programme: &Programme, takes_back: bool) -> Vec<Vec<Said>> {
    let case = &programme.cases[0];
    let mut settlements = settle(case.contract.as_ref().unwrap(), &case.facts, Day::parse("2021-12-31").unwrap());
    let mut all = Vec::new();
    while let Some(settlement) = settlements.next() {
        assert_eq!(settlement.posting_count(), settlement.postings().count());
        assert_eq!(settlement.total(), settlement.postings().map(|posting| posting.amount).sum());
        all.push(entries(&settlement));
        if takes_back {
            settlements.take_back(settlement);
        }
    }
    all
}

#[test]
fn the_order_is_one_over_all_participants() {
    // A contract limit that is never reached, and one that is reached on the way.
    for limit in [1_000_000, 60_000] {
        let programme = programme(0..MANY, limit * MANY as u64);
        let all = settled(&programme, false);
        assert!(all.iter().all(|entries| entries.is_sorted_by(|(a, _), (b, _)| a < b)), "{limit}");
        assert!(all.iter().map(Vec::len).sum::<usize>() > 50_000);
        assert!(settled(&programme, true) == all, "{limit}");
    }
}

#[test]
fn each_participant_is_settled_as_if_the_others_were_not_there() {
    let limit = 1_000_000 * MANY as u64;
    let all = settled(&programme(0..MANY, limit), true);
    let some = settled(&programme(250..350, limit), true);
    let numbers = |subject: &str| (250..350).contains(&subject[1..].parse().unwrap());
    let of_some = all.into_iter().map(|entries| entries.into_iter().filter(|((_, _, who, _), _)| numbers(who)).collect());
    assert!(of_some.collect::<Vec<Vec<_>>>() == some);
}
