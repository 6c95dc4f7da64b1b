//! Where shared limits cut, a settlement takes up what the one before left: which room each limit had, and where each member
//! stood. What stands after it is what a walk from the contract's first day gives.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use effekt::contract::Calendar;
use effekt::formats::{Source, Sources, read};
use effekt::ledger::Ledger;
use effekt::ledger::settle::resume;
use effekt::measure::money::{Money, Total};
use effekt::{Contract, Day, Facts, Settlement, settle};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

const COMPANIES: [&str; 2] = ["k1", "k2"];
const KINDS: [&str; 2] = ["ordinary", "internship"];

/// A limit: scope, window, amount in hundreds, what it covers.
type Limit = (usize, usize, u32, usize);

/// A spell: company, kind, first day, length, recorded so many days after it began; and perhaps by how much it was shortened,
/// and so many days later.
type Spell = (usize, usize, u64, u64, u64, Option<(u64, u64)>);

fn day(number: u64) -> Day {
    Day::parse("2018-01-01").unwrap().plus_days(i64::try_from(number).unwrap())
}

fn contract(every: &str, limits: &[Limit]) -> String {
    let mut text = format!(
        r#"id = "c"
currency = "DKK"
starts = 2018-01-01
ends = 2018-12-31
settlement = {{ every = "{every}", reporting_days = 10, tail_periods = 2 }}
payer = [{{ id = "town" }}]
outcome = [{{ id = "work", kinds = ["ordinary", "internship"], companies = "participating" }}]

[[charge]]
id = "weekly"
type = "period"
outcome = "work"
unit = "week"
max_units = 30
  [[charge.rate]]
  kinds = ["ordinary"]
  amount = 1500
  [[charge.rate]]
  amount = "612.50"

[[charge]]
id = "retention"
type = "milestone"
outcome = "work"
mode = "cumulative"
after = {{ weeks = 6 }}
then = {{ every = {{ weeks = 6 }}, times = 3 }}
amount = 9000
"#
    );
    for (nth, (scope, window, hundreds, covers)) in limits.iter().enumerate() {
        let scope = ["participant", "company", "contract"][*scope];
        let window = ["total", "calendar-year", "settlement-period"][*window];
        let covers = ["", "charges = [\"weekly\"]\n", "charges = [\"retention\"]\n"][*covers];
        write!(
            text,
            "\n[[limit]]\nid = \"l{nth}\"\nscope = \"{scope}\"\nwindow = \"{window}\"\namount = {}\n{covers}",
            hundreds * 100
        )
        .unwrap();
    }
    text
}

fn sources(contract: String, people: &[Vec<Spell>]) -> Sources {
    let mut participants = "contract,participant,target_group,enrolled_on,recorded_on\n".to_owned();
    let mut placements = "contract,placement,participant,company,placed_on,recorded_on\n".to_owned();
    let mut spells = "contract,spell,placement,kind,first_day,last_day,weekly_hours,recorded_on,revision\n".to_owned();
    for (person, jobs) in people.iter().enumerate() {
        writeln!(participants, "c,p{person},all,2018-01-01,2018-01-01").unwrap();
        for (job, (company, kind, first, length, recorded, shortened)) in jobs.iter().enumerate() {
            let (id, kind, company) = (format!("p{person}.{job}"), KINDS[*kind], COMPANIES[*company]);
            writeln!(placements, "c,{id},p{person},{company},2018-01-01,2018-01-01").unwrap();
            let mut row = |last: u64, recorded: u64, revision: &str| {
                let (first, last, recorded) = (day(*first), day(last), day(recorded));
                writeln!(spells, "c,{id},{id},{kind},{first},{last},20,{recorded},{revision}").unwrap();
            };
            row(first + length, first + recorded, "");
            if let Some((by, later)) = shortened {
                row(first + length - by.min(length), first + recorded + later, "1");
            }
        }
    }
    let companies = COMPANIES.iter().fold("contract,company,joined_on,recorded_on\n".to_owned(), |text, company| {
        text + &format!("c,{company},2018-01-01,2018-01-01\n")
    });
    Sources {
        contracts: vec![Source::new("contracts/c.toml", contract)],
        participants: Some(Source::new("participants.csv", participants)),
        companies: Some(Source::new("companies.csv", companies)),
        placements: Some(Source::new("placements.csv", placements)),
        spells: Some(Source::new("spells.csv", spells)),
        ..Sources::default()
    }
}

/// What stands of each key: the sum posted, and what was owed, granted and cut by.
type Standing = BTreeMap<(String, String, String), (Money, Option<(Money, Money, Option<u16>)>)>;

fn post(settlement: &Settlement<'_>, standing: &mut Standing) {
    for entry in settlement.entries() {
        let key = (entry.charge.to_owned(), entry.subject.to_owned(), entry.unit.to_string());
        let stands = standing.entry(key).or_default();
        stands.0 += entry.amount;
        stands.1 = entry.ground.map(|ground| (ground.amount, ground.granted, ground.cut_by));
    }
    standing.retain(|_, (sum, ground)| !sum.is_zero() || ground.is_some());
}

/// What stands after a settlement if nothing was posted before: it is worked out from the contract's first day.
fn from_the_first_day(contract: &Contract, facts: &Facts, settlement: usize) -> Standing {
    let mut periods: Vec<_> = Calendar::new(contract).take(settlement).collect();
    let last = periods.pop().unwrap();
    let totals = vec![Total::default(); periods.len()];
    let mut nothing = Ledger::default();
    (nothing.settlements, nothing.totals, nothing.decimals) = (periods, totals, 2);
    let mut standing = Standing::new();
    let (settlements, _) = resume(contract, facts, last.cut_off, &nothing);
    settlements.for_each(|settlement| post(&settlement, &mut standing));
    standing
}

fn spell() -> impl Strategy<Value = Spell> {
    let shortened = proptest::option::weighted(0.4, (1_u64..60, 0_u64..150));
    (0..2_usize, 0..2_usize, 0_u64..300, 20_u64..200, 0_u64..90, shortened)
}

fn limit() -> impl Strategy<Value = Limit> {
    // Most often one of the contract over the whole term.
    let scope = prop_oneof![1 => Just(0_usize), 1 => Just(1), 3 => Just(2)];
    let window = prop_oneof![3 => Just(0_usize), 1 => Just(1), 1 => Just(2)];
    (scope, window, 0_u32..1_200, prop_oneof![3 => Just(0_usize), 1 => Just(1), 1 => Just(2)])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_stands_after_each_settlement_is_what_a_walk_from_the_first_day_gives(
        every in prop_oneof![Just("month"), Just("quarter")],
        limits in proptest::collection::vec(limit(), 1..4),
        people in proptest::collection::vec(proptest::collection::vec(spell(), 1..4), 1..7),
    ) {
        let sources = sources(contract(every, &limits), &people);
        let programme = read(&sources, None, &[]);
        let errors: Vec<_> = programme.diagnostics.iter().filter(|found| found.is_error()).collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
        let case = &programme.cases[0];
        let contract = case.contract.as_ref().unwrap();
        let mut standing = Standing::new();
        for (nth, settlement) in settle(contract, &case.facts, Day::parse("2020-12-31").unwrap()).enumerate() {
            post(&settlement, &mut standing);
            prop_assert_eq!(&standing, &from_the_first_day(contract, &case.facts, nth + 1), "settlement {}", nth + 1);
        }
    }
}

/// Three participants and a limit of the whole contract of 45,000. Two of them earn 12,000 in January, 30,000 in February with
/// their first steps, and use the limit up in March. The third is known in May: each week of all three is worth 4,500, so that
/// after the weeks up to 11 February 18,000 are left, which are the first steps of the first two.
#[test]
fn one_who_is_known_late_takes_from_the_others() {
    let people: Vec<Vec<Spell>> = [0, 0, 140].map(|recorded| vec![(0, 0, 0, 200, recorded, None)]).into();
    let sources = sources(contract("month", &[(2, 0, 450, 0)]), &people);
    let programme = read(&sources, None, &[]);
    let case = &programme.cases[0];
    let (mut totals, mut of_each) = (Vec::new(), BTreeMap::new());
    for settlement in settle(case.contract.as_ref().unwrap(), &case.facts, Day::parse("2018-12-31").unwrap()) {
        totals.push(settlement.total().minor() / 100);
        for posting in settlement.postings() {
            *of_each.entry(posting.subject.to_owned()).or_default() += posting.amount.minor() / 100;
        }
    }
    assert_eq!(totals, [12_000, 30_000, 3_000, 0, 0, 0, 0, 0, 0, 0, 0]);
    let expected: Vec<(String, i64)> =
        [("p0", 18_000), ("p1", 18_000), ("p2", 9_000)].map(|(id, sum)| (id.to_owned(), sum)).into();
    assert_eq!(of_each.into_iter().collect::<Vec<_>>(), expected);
}
