//! Engine and oracle, side by side.

use super::oracle::{Line, Today, Wrong, distributions};
use super::world::{World, funding, on, received, try_on, who};
use effekt::investors::{Distribution, Entry, distribute};
use std::collections::BTreeMap;

fn engine(world: &World) -> Vec<Distribution> {
    let funding = funding(world);
    distribute(&funding, &received(world, &funding), &[], on(world.as_of))
}

/// What the engine made, as the oracle says it.
fn told(world: &World, made: &[Distribution]) -> Vec<Today> {
    let nth = |entry: &Entry| entry.funder.as_ref().map(|id| (0..world.funders.len()).find(|nth| who(*nth) == *id).unwrap());
    let line = |entry: &Entry| Line {
        who: nth(entry),
        place: entry.tier.as_ref().map_or("-".to_owned(), ToString::to_string),
        kind: entry.kind.word(),
        amount: entry.amount.minor().into(),
        outstanding: entry.outstanding.minor().into(),
    };
    let today = |made: &Distribution| Today {
        day: i32::try_from(made.on.days_since(on(0))).unwrap(),
        received: made.received().minor().into(),
        carried: made.carried.minor().into(),
        lines: made.entries.iter().map(line).collect(),
    };
    made.iter().map(today).collect()
}

/// What makes a world worth trying.
fn seen(world: &World, days: &[Today], seen: &mut BTreeMap<&'static str, u32>) {
    let mut note = |what: &'static str, is: bool| *seen.entry(what).or_default() += u32::from(is);
    let lines = || days.iter().flat_map(|today| &today.lines);
    note("something is carried", days.iter().any(|today| today.carried < 0));
    note("a debt is made good", days.windows(2).any(|two| two[0].carried < 0 && two[1].carried == 0));
    note("a guarantee pays", lines().any(|line| line.kind == "guarantee"));
    note(
        "a guarantor is paid back",
        world.guarantees.iter().any(|guarantee| {
            let paid =
                lines().position(|line| line.kind == "guarantee" && line.who == Some(guarantee.by) && line.amount < 0);
            paid.is_some_and(|at| lines().skip(at).any(|line| line.kind == "principal" && line.who == Some(guarantee.by)))
        }),
    );
    note("there is a surplus", lines().any(|line| line.kind == "surplus"));
    note("a return is paid", lines().any(|line| line.kind == "return"));
    note(
        "a tier is shared by several",
        days.iter()
            .any(|today| today.lines.windows(2).any(|two| two[0].place == two[1].place && two[0].kind != "guarantee")),
    );
    note("principal stays outstanding", lines().last().is_some_and(|line| line.outstanding > 0));
    note(
        "several contracts on one day",
        world.contracts.len() > 1 && {
            let mut due: Vec<i32> = world.contracts.iter().flat_map(|one| one.owes.iter().map(|(day, _)| *day)).collect();
            due.sort_unstable();
            due.windows(2).any(|two| two[0] == two[1])
        },
    );
}

#[test]
fn the_engine_and_the_oracle_share_alike() {
    let mut counts = BTreeMap::new();
    try_on(20_000, |world| {
        let wanted = distributions(world, None);
        assert_eq!(told(world, &engine(world)), wanted, "{world:#?}");
        seen(world, &wanted, &mut counts);
    });
    let seldom: Vec<_> = counts.iter().filter(|(_, count)| **count < 400).collect();
    assert!(seldom.is_empty(), "of 20,000: {seldom:?}");
}

/// Each wrong reading of the page gives something else, and not by a single lucky world.
#[test]
fn every_wrong_reading_is_caught() {
    let mut caught: BTreeMap<String, u32> = Wrong::ALL.iter().map(|wrong| (format!("{wrong:?}"), 0)).collect();
    try_on(3_000, |world| {
        let right = told(world, &engine(world));
        for wrong in Wrong::ALL {
            *caught.get_mut(&format!("{wrong:?}")).unwrap() += u32::from(distributions(world, Some(wrong)) != right);
        }
    });
    let missed: Vec<_> = caught.iter().filter(|(_, count)| **count < 10).collect();
    assert!(missed.is_empty(), "of 3,000: {missed:?}");
}
