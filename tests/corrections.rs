//! Sequences of corrections as a state machine: facts recorded, corrected, withdrawn and entered again, contracts amended as
//! rule 10.5 allows, and settlements made on from the ledger so far. After each settlement the ledger is held to rule 10 and
//! to the oracle. EFFEKT_LAW_CASES says how many times 4,000 sequences are tried.

#![cfg(all(feature = "formats", feature = "parallel"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use crate::laws::sums::{self, key, minor};
use proptest::prelude::*;
use proptest::test_runner::Config;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use support::arbitrary::{Settled, settled};
use support::day::Day;
use support::oracle::{self, Misreading, calendar_of};
use support::output::Output;
use support::programme::*;
use support::{runs, values};

/// A contract with its rows and how far it has been settled.
#[derive(Clone)]
struct World {
    programme: Programme,
    /// So many settlements are made.
    settled: usize,
    /// The day on which the next row is recorded, or as of which was just settled.
    today: Day,
    step: u32,
}

#[derive(Clone, Debug)]
enum Transition {
    /// Days go by, never past the next cut-off.
    Wait(i64),
    /// A new spell in an old job, or in one outside the programme.
    Record {
        like: usize,
        outside: bool,
        begins: i64,
        length: Option<i64>,
    },
    /// Another row of a fact, that says something else.
    Correct {
        file: usize,
        fact: usize,
        days: i64,
    },
    Withdraw {
        file: usize,
        fact: usize,
    },
    /// The last words on a fact that was withdrawn.
    Reenter {
        file: usize,
    },
    AddCharge {
        outcome: usize,
        period: bool,
    },
    /// A rate that is valid from a day on goes before the others.
    AddRate {
        charge: usize,
        from: i64,
    },
    RaiseTail,
    /// The next settlements, from the ledger so far.
    Settle(usize),
}

impl World {
    fn new(case: Settled) -> World {
        let as_of = Day::parse(&case.as_of).unwrap();
        let mut programme = case.programme;
        programme.contracts.truncate(1);
        let id = programme.contracts[0].id.clone();
        let there = |record: &Record| record.contract == id && Day::parse(&record.recorded_on).unwrap() <= as_of;
        programme.participants.retain(|row| there(&row.record));
        programme.companies.retain(|row| there(&row.record));
        programme.placements.retain(|row| there(&row.record));
        programme.spells.retain(|row| there(&row.record));
        programme.reports.retain(|row| there(&row.record));
        programme.measurements.retain(|row| there(&row.record));
        programme.suspensions.retain(|row| there(&row.record));
        programme.checks.retain(|row| there(&row.record));
        programme.benefits.retain(|row| there(&row.record));
        programme.offers.retain(|row| there(&row.record));
        programme.shown.retain(|row| there(&row.record));
        programme.indicators.retain(|row| there(&row.record));
        let today = programme.contracts[0].starts;
        World { programme, settled: 0, today, step: 0 }
    }

    fn contract(&self) -> &Contract {
        &self.programme.contracts[0]
    }

    fn cut_offs(&self) -> Vec<Day> {
        calendar_of(self.contract()).into_iter().map(|(_, cut_off)| cut_off).collect()
    }

    fn wait(&mut self, days: i64) {
        let next = self.cut_offs().get(self.settled).copied();
        self.today = next.map_or(self.today.plus(days), |next| self.today.plus(days).min(next));
    }

    fn settle(&mut self, periods: usize) {
        let cut_offs = self.cut_offs();
        self.settled = (self.settled + periods).min(cut_offs.len());
        self.today = cut_offs[self.settled - 1];
    }

    /// The record of a row written today. What is written on the as-of day itself is back-dated into its settlement.
    fn record(&self, id: &str) -> Record {
        Record {
            contract: self.contract().id.clone(),
            id: id.into(),
            recorded_on: self.today.to_string(),
            revision: (1_000 + self.step).to_string(),
            void: String::new(),
        }
    }

    fn record_spell(&mut self, like: usize, outside: bool, begins: i64, length: Option<i64>) {
        let spoken: Vec<&SpellRow> = self.programme.spells.iter().filter(|row| row.record.void != "true").collect();
        let mut row = match spoken.get(like % spoken.len().max(1)) {
            Some(row) => (*row).clone(),
            None => SpellRow { weekly_hours: "37".into(), ..SpellRow::default() },
        };
        if outside || (row.placement.is_empty() && row.participant.is_empty()) {
            let people = &self.programme.participants;
            if people.is_empty() {
                return;
            }
            row.placement.clear();
            row.participant = people[like % people.len()].record.id.clone();
            row.employer = "new".into();
        }
        let contract = self.contract();
        let first = contract.starts.plus(begins).min(contract.ends);
        row.record = self.record(&format!("new{}", self.step));
        row.kind = contract.outcomes[like % contract.outcomes.len()].kinds[0].clone();
        row.first_day = first.to_string();
        row.last_day = length.map(|days| first.plus(days).to_string()).unwrap_or_default();
        self.programme.spells.push(row);
    }

    fn amend(&mut self, transition: &Transition) {
        let step = self.step;
        let contract = &mut self.programme.contracts[0];
        match transition {
            Transition::AddCharge { outcome, period } => {
                let outcome = &contract.outcomes[outcome % contract.outcomes.len()];
                // What is looked at place by place is measured by milestones only (mechanisms 3.1).
                let (outcome, period) = (outcome.id.clone(), *period && !outcome.same_employer);
                let what = if period {
                    What::Period { outcome, unit: Unit::Month, min_days: None, prorate: true, by: None, max_units: None }
                } else {
                    let then = Some(Then { every: Length::Days(9), times: 3 });
                    What::Milestone(Milestone { then, ..Milestone::new(outcome, Mode::Continuous, Length::Days(10)) })
                };
                let price = Price::Amount("99.99".into());
                contract.charges.push(Charge::of(&format!("new{step}"), what, price));
            }
            Transition::AddRate { charge, from } => {
                let place = charge % contract.charges.len();
                let from = contract.starts.plus(*from).min(contract.ends);
                let new = Rate {
                    amount: (100 + step).to_string(),
                    when: When { valid: Some((Some(from), None)), ..When::default() },
                };
                let charge = &mut contract.charges[place];
                match &mut charge.price {
                    Price::Card(rates) => rates.insert(0, new),
                    // What is measured has no rate rows.
                    Price::Each(_) | Price::Bands { .. } => {}
                    Price::Amount(amount) => {
                        let flat = Rate { amount: amount.clone(), ..Rate::default() };
                        charge.price = Price::Card(vec![new, flat]);
                    }
                }
            }
            _ => contract.settlement.tail_periods = Some(contract.settlement.tail_periods.unwrap_or(0) + 1),
        }
    }

    /// Writes another row of a fact known today, if `of` says so of its newest row: `change` makes it of the last row that was
    /// not void.
    fn write<R: Clone>(
        &mut self,
        rows: fn(&mut Programme) -> &mut Vec<R>,
        record: fn(&mut R) -> &mut Record,
        nth: usize,
        of: impl Fn(&Record) -> bool,
        change: impl Fn(&mut R),
    ) {
        let today = self.today;
        let mut facts: BTreeMap<String, Vec<R>> = BTreeMap::new();
        for row in rows(&mut self.programme).iter_mut() {
            if Day::parse(&record(row).recorded_on).unwrap() <= today {
                facts.entry(record(row).id.clone()).or_default().push(row.clone());
            }
        }
        for rows in facts.values_mut() {
            rows.sort_by_key(|row| {
                let record = record(&mut row.clone()).clone();
                (Day::parse(&record.recorded_on).unwrap(), record.revision.parse::<u64>().unwrap_or(0))
            });
        }
        facts.retain(|_, rows| of(record(rows.last_mut().unwrap())));
        let Some((id, mut rows_of)) = facts.clone().into_iter().nth(nth % facts.len().max(1)) else { return };
        let spoken = rows_of.iter_mut().rev().find_map(|row| (record(row).void != "true").then(|| row.clone()));
        let Some(mut row) = spoken else { return };
        change(&mut row);
        let void = record(&mut row).void.clone();
        *record(&mut row) = Record { void, ..self.record(&id) };
        rows(&mut self.programme).push(row);
    }

    fn correct(&mut self, file: usize, fact: usize, days: i64) {
        let stands = |record: &Record| record.void != "true";
        let later = |text: &str, days: i64| Day::parse(text).map(|day| day.plus(days).to_string()).unwrap_or_default();
        match file {
            0 => self.write(
                |p| &mut p.participants,
                |row| &mut row.record,
                fact,
                stands,
                |row| {
                    row.eligible_until = later(&row.enrolled_on, 3 * days);
                },
            ),
            1 => self.write(
                |p| &mut p.companies,
                |row| &mut row.record,
                fact,
                stands,
                |row| {
                    row.left_on = later(&row.joined_on, 3 * days);
                },
            ),
            2 => self.write(
                |p| &mut p.placements,
                |row| &mut row.record,
                fact,
                stands,
                |row| {
                    row.placed_on = later(&row.placed_on, days / 2 - 10);
                },
            ),
            _ => self.write(
                |p| &mut p.spells,
                |row| &mut row.record,
                fact,
                stands,
                |row| {
                    row.last_day = if days % 5 == 0 { String::new() } else { later(&row.first_day, 2 * days) };
                    if days % 3 == 0 {
                        row.weekly_hours = if days % 2 == 0 { "10" } else { "37" }.into();
                    }
                },
            ),
        }
    }

    fn mark(&mut self, file: usize, fact: usize, was: &'static str, now: &'static str) {
        let of = move |record: &Record| (record.void == "true") == (was == "true");
        match file {
            0 => self.write(|p| &mut p.participants, |row| &mut row.record, fact, of, |row| row.record.void = now.into()),
            1 => self.write(|p| &mut p.companies, |row| &mut row.record, fact, of, |row| row.record.void = now.into()),
            2 => self.write(|p| &mut p.placements, |row| &mut row.record, fact, of, |row| row.record.void = now.into()),
            _ => self.write(|p| &mut p.spells, |row| &mut row.record, fact, of, |row| row.record.void = now.into()),
        }
    }
}

/// The sequences that are tried.
struct Sequences;

impl ReferenceStateMachine for Sequences {
    type State = World;
    type Transition = Transition;

    fn init_state() -> BoxedStrategy<World> {
        settled().prop_map(World::new).boxed()
    }

    fn transitions(_: &World) -> BoxedStrategy<Transition> {
        let file = prop_oneof![1 => Just(0_usize), 1 => Just(1), 1 => Just(2), 5 => Just(3)];
        let fact = (file, 0..9_usize);
        prop_oneof![
            2 => (1..40_i64).prop_map(Transition::Wait),
            2 => (0..20_usize, any::<bool>(), 0..120_i64, prop::option::of(0..90_i64))
                .prop_map(|(like, outside, begins, length)| Transition::Record { like, outside, begins, length }),
            4 => (fact.clone(), 0..60_i64).prop_map(|((file, fact), days)| Transition::Correct { file, fact, days }),
            2 => fact.clone().prop_map(|(file, fact)| Transition::Withdraw { file, fact }),
            1 => fact.prop_map(|(file, _)| Transition::Reenter { file }),
            1 => (0..2_usize, any::<bool>()).prop_map(|(outcome, period)| Transition::AddCharge { outcome, period }),
            1 => (0..4_usize, 0..120_i64).prop_map(|(charge, from)| Transition::AddRate { charge, from }),
            1 => Just(Transition::RaiseTail),
            7 => (1..3_usize).prop_map(Transition::Settle),
        ]
        .boxed()
    }

    fn preconditions(world: &World, transition: &Transition) -> bool {
        !matches!(transition, Transition::Settle(_)) || world.settled < world.cut_offs().len()
    }

    fn apply(mut world: World, transition: &Transition) -> World {
        world.step += 1;
        match transition {
            Transition::Wait(days) => world.wait(*days),
            Transition::Record { like, outside, begins, length } => world.record_spell(*like, *outside, *begins, *length),
            Transition::Correct { file, fact, days } => world.correct(*file, *fact, *days),
            Transition::Withdraw { file, fact } => world.mark(*file, *fact, "", "true"),
            Transition::Reenter { file } => world.mark(*file, 0, "true", ""),
            Transition::Settle(periods) => world.settle(*periods),
            amendment => world.amend(amendment),
        }
        world
    }
}

/// What came up, for the health of the sequences.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    settlements: usize,
    corrections: usize,
    taken_back: usize,
    corrected_again: usize,
    amended: usize,
}

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::new(Seen::default());
}

/// The engine with what it has settled so far.
struct Engine {
    ledger: Output,
    amended: bool,
}

impl StateMachineTest for Engine {
    type SystemUnderTest = Engine;
    type Reference = Sequences;

    fn init_test(_: &World) -> Engine {
        Engine { ledger: Output::default(), amended: false }
    }

    fn apply(engine: Engine, world: &World, transition: Transition) -> Engine {
        let amendment = matches!(transition, Transition::AddCharge { .. } | Transition::AddRate { .. });
        if !matches!(transition, Transition::Settle(_)) {
            return Engine { amended: engine.amended || amendment, ..engine };
        }
        let as_of = world.today.to_string();
        let settle = |ledger: &Output| values::settle(&world.programme, &as_of, Some(ledger));
        let now = settle(&engine.ledger);
        let law = oracle::settle(&world.programme, &as_of, Some(&engine.ledger), Misreading::None);
        let differences = law.differences(&now, "oracle", "engine");
        assert!(differences.is_empty(), "{}", differences.join("\n"));
        stands(&engine.ledger, &now);
        well_formed(&now, engine.ledger.postings.len(), engine.amended);
        adds_up(&now, world);
        assert_eq!(settle(&now), now, "settled again on {as_of} it adds something");
        Engine { ledger: now, amended: false }
    }
}

/// 10.3: the postings of settlements 1 to k add up to what is owed by the facts known on k's cut-off and today's contract.
fn adds_up(ledger: &Output, world: &World) {
    let contract = world.contract();
    let owed = oracle::owed(&world.programme, contract, ledger.settlements.len() as u32);
    let owed: BTreeMap<sums::Key, i128> = owed
        .into_iter()
        .map(|((charge, subject, unit), amount)| ((contract.id.clone(), charge, subject, unit), amount))
        .collect();
    assert_eq!(sums::sums(ledger), owed, "the sums posted are not what is owed");
}

/// What was settled stands as it was, to the byte.
fn stands(earlier: &Output, now: &Output) {
    let (settlements, postings) = (earlier.settlements.len(), earlier.postings.len());
    assert_eq!(now.settlements[..settlements], earlier.settlements, "an earlier settlement has changed");
    assert_eq!(now.postings[..postings], earlier.postings, "an earlier posting has changed");
    let made = settlements as u32;
    assert!(now.postings[postings..].iter().all(|row| row.settlement > made), "posted into a closed settlement");
}

/// A key is posted once a settlement; what was posted before is corrected and names its first settlement.
fn well_formed(now: &Output, earlier: usize, amended: bool) {
    let mut first = BTreeMap::new();
    let mut posted = BTreeSet::new();
    let mut seen = Seen { settlements: 1, ..Seen::default() };
    let mut times: BTreeMap<_, usize> = BTreeMap::new();
    for (at, row) in now.postings.iter().enumerate() {
        assert!(posted.insert((row.settlement, key(row))), "posted twice: {}", row.text());
        let since = first.get(&key(row)).map(u32::to_string).unwrap_or_default();
        assert_eq!(row.corrects, since, "{}", row.text());
        assert_eq!(row.posting, if since.is_empty() { "earning" } else { "correction" }, "{}", row.text());
        first.entry(key(row)).or_insert(row.settlement);
        let times = times.entry(key(row)).or_default();
        *times += 1;
        if at >= earlier {
            seen.corrections += usize::from(!since.is_empty());
            seen.taken_back += usize::from(minor(&row.amount) < 0);
            seen.corrected_again += usize::from(*times > 2);
            seen.amended += usize::from(amended);
        }
    }
    SEEN.with_borrow_mut(|all| {
        all.settlements += seen.settlements;
        all.corrections += usize::from(seen.corrections > 0);
        all.taken_back += usize::from(seen.taken_back > 0);
        all.corrected_again += usize::from(seen.corrected_again > 0);
        all.amended += usize::from(seen.amended > 0);
    });
}

#[test]
fn any_sequence_of_corrections_keeps_the_ledger_right() {
    let times: u32 = std::env::var("EFFEKT_LAW_CASES").map_or(1, |text| text.parse().expect("EFFEKT_LAW_CASES is a number"));
    SEEN.set(Seen::default());
    runs::each(4_000 * times, 90, Sequences::sequential_strategy(4..=12), |(world, transitions, seen)| {
        Engine::test_sequential(Config::default(), world.clone(), transitions.clone(), seen.clone());
    });
    let seen = SEEN.take();
    println!("{seen:?}");
    let per_thousand = |count: usize| count * 1000 / seen.settlements.max(1);
    assert!(seen.settlements > 7_000 * times as usize, "{seen:?}");
    assert!(per_thousand(seen.corrections) > 80 && per_thousand(seen.taken_back) > 60, "{seen:?}");
    assert!(per_thousand(seen.corrected_again) > 10 && per_thousand(seen.amended) > 20, "{seen:?}");
}

impl std::fmt::Debug for World {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let case = Settled { programme: self.programme.clone(), as_of: self.today.to_string() };
        write!(out, "{case:?}")
    }
}
