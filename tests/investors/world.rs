//! Random fundings, as plain numbers: amounts in minor units, parts in millionths, days from 0.

use effekt::investors::funding::{Funder, Guarantee, PaidIn, Pays, Rate, Share, Shared, Tier};
use effekt::investors::{Funding, Receipt, Settled, receipts};
use effekt::{Currency, Day, Id, Money};
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rust_decimal::Decimal;

/// A funding and what its contracts owe.
#[derive(Clone, Debug)]
pub struct World {
    pub funders: Vec<F>,
    pub tiers: Vec<T>,
    pub guarantees: Vec<G>,
    pub contracts: Vec<C>,
    pub surplus: Option<usize>,
    pub as_of: i32,
}

#[derive(Clone, Debug)]
pub struct F {
    pub committed: i64,
    pub paid: Vec<(i32, i64)>,
}

#[derive(Clone, Debug)]
pub struct T {
    pub to: Vec<usize>,
    pub principal: bool,
    pub rate: Option<(i64, u32)>,
    pub times: Option<i64>,
    pub at_most: Option<i64>,
    pub by: By,
}

#[derive(Clone, Debug, PartialEq)]
pub enum By {
    Due,
    PaidIn,
    Committed,
    Weights(Vec<i64>),
}

#[derive(Clone, Debug)]
pub struct G {
    pub by: usize,
    pub to: Vec<usize>,
    pub covers: i64,
    pub at_most: Option<i64>,
    pub on: i32,
}

#[derive(Clone, Debug)]
pub struct C {
    pub share: i64,
    pub owes: Vec<(i32, i64)>,
}

/// Days on which things happen; few, so that several fall on one.
fn day() -> impl Strategy<Value = i32> {
    prop_oneof![3 => (0..12_i32).prop_map(|n| n * 30), 1 => 0..360_i32]
}

fn funder() -> impl Strategy<Value = F> {
    let paid = prop::collection::vec((day(), 0..4_000_i64), 0..3);
    (paid, prop_oneof![Just(0), 0..3_000_i64]).prop_map(|(paid, more)| {
        let committed = paid.iter().map(|(_, amount)| amount).sum::<i64>() + more;
        F { committed, paid }
    })
}

fn some(n: usize) -> impl Strategy<Value = Vec<usize>> {
    subsequence((0..n).collect::<Vec<_>>(), 1..=n).prop_shuffle()
}

fn tier(n: usize) -> impl Strategy<Value = T> {
    let parts = (
        some(n),
        any::<bool>(),
        prop::option::of((1..1_000_000_i64, prop_oneof![Just(365_u32), Just(360)])),
        prop::option::weighted(0.6, 1..2_000_000_i64),
        prop::option::weighted(0.3, 1..3_000_i64),
        0..6_u8,
        prop::collection::vec(1..7_i64, n),
    );
    parts.prop_map(|(to, principal, rate, times, at_most, by, weights)| {
        let (rate, times) = if principal { (None, None) } else { (rate, times) };
        let unbounded = !principal && rate.is_none() && times.is_none();
        let by = match by {
            0..=2 if !unbounded => By::Due,
            0 | 3 => By::PaidIn,
            1 | 4 => By::Committed,
            _ => By::Weights(weights[..to.len()].to_vec()),
        };
        T { to, principal, rate, times, at_most, by }
    })
}

fn guarantee(n: usize) -> impl Strategy<Value = G> {
    let parts = (0..n, some(n), 1..=1_000_000_i64, prop::option::of(1..2_000_i64), day());
    parts.prop_map(move |(by, mut to, covers, at_most, on)| {
        to.retain(|one| *one != by);
        if to.is_empty() {
            to.push((by + 1) % n);
        }
        G { by, to, covers, at_most, on }
    })
}

fn contract() -> impl Strategy<Value = C> {
    let share = prop_oneof![2 => Just(1_000_000), 1 => 1..1_000_000_i64];
    let owes = prop::collection::vec((day(), prop_oneof![4 => 0..3_000_i64, 1 => -2_500..0_i64]), 1..7);
    (share, owes).prop_map(|(share, mut owes)| {
        // Settlements come in order, and so do their due dates.
        owes.sort_by_key(|(day, _)| *day);
        C { share, owes }
    })
}

/// Any funding.
pub fn worlds() -> impl Strategy<Value = World> {
    (2..5_usize).prop_flat_map(|n| {
        let parts = (
            prop::collection::vec(funder(), n),
            prop::collection::vec(tier(n), 1..6),
            prop::collection::vec(guarantee(n), 0..3),
            prop::collection::vec(contract(), 1..3),
            prop::option::of(0..n),
            200..400_i32,
        );
        parts.prop_map(|(funders, tiers, guarantees, contracts, surplus, as_of)| World {
            funders,
            tiers,
            guarantees,
            contracts,
            surplus,
            as_of,
        })
    })
}

/// Tries something on so many worlds, always the same ones.
pub fn try_on(cases: u32, mut each: impl FnMut(&World)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    for _ in 0..cases {
        let tree = worlds().new_tree(&mut runner).unwrap();
        each(&proptest::strategy::ValueTree::current(&tree));
    }
}

/// A world's day 0 is a Sunday in a leap year, of no importance.
pub fn on(day: i32) -> Day {
    Day::parse("2020-02-09").unwrap().plus_days(i64::from(day))
}

pub fn who(nth: usize) -> Id {
    Id::new(&format!("f{nth}")).unwrap()
}

pub fn contract_id(nth: usize) -> Id {
    Id::new(&format!("c{nth}")).unwrap()
}

fn millionths(units: i64) -> Decimal {
    Decimal::new(units, 6)
}

/// The same as the engine has it.
pub fn funding(world: &World) -> Funding {
    let money = Money::from_minor;
    let all = |list: &[usize]| list.iter().map(|nth| who(*nth)).collect::<Vec<Id>>();
    let funder = |(nth, funder): (usize, &F)| Funder {
        id: who(nth),
        name: None,
        committed: money(funder.committed),
        paid_in: funder.paid.iter().map(|(day, amount)| PaidIn { on: on(*day), amount: money(*amount) }).collect(),
    };
    let tier = |(nth, tier): (usize, &T)| Tier {
        id: Id::new(&format!("t{nth}")).unwrap(),
        to: all(&tier.to),
        pays: match tier.principal {
            true => Pays::Principal,
            false => Pays::Return {
                rate: tier.rate.map(|(rate, year)| Rate { rate: millionths(rate), year }),
                times: tier.times.map(millionths),
            },
        },
        at_most: tier.at_most.map(money),
        shared: match &tier.by {
            By::Due => Shared::Due,
            By::PaidIn => Shared::PaidIn,
            By::Committed => Shared::Committed,
            By::Weights(weights) => Shared::Weights(weights.iter().map(|weight| Decimal::from(*weight)).collect()),
        },
    };
    let guarantee = |(nth, guarantee): (usize, &G)| Guarantee {
        id: Id::new(&format!("g{nth}")).unwrap(),
        by: who(guarantee.by),
        to: all(&guarantee.to),
        covers: millionths(guarantee.covers),
        at_most: guarantee.at_most.map(money),
        on: on(guarantee.on),
    };
    let share = |(nth, one): (usize, &C)| Share { contract: contract_id(nth), share: millionths(one.share) };
    Funding {
        id: Id::new("fund").unwrap(),
        title: None,
        currency: Currency::DKK,
        surplus: world.surplus.map(who),
        contracts: world.contracts.iter().enumerate().map(share).collect(),
        funders: world.funders.iter().enumerate().map(funder).collect(),
        tiers: world.tiers.iter().enumerate().map(tier).collect(),
        guarantees: world.guarantees.iter().enumerate().map(guarantee).collect(),
    }
}

/// What the fund receives, as the engine works it out.
pub fn received(world: &World, funding: &Funding) -> Vec<Receipt> {
    let settled = |one: &C| {
        let owed = (1..).zip(&one.owes);
        let settled =
            owed.map(|(settlement, (day, total))| Settled { settlement, on: on(*day), total: Money::from_minor(*total) });
        settled.collect::<Vec<_>>()
    };
    let pairs = funding.contracts.iter().zip(&world.contracts);
    pairs.flat_map(|(share, one)| receipts(share, &settled(one))).collect()
}
