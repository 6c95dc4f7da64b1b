//! Everything in a world of eight days: all sets of up to three spells in two jobs, for people that are eligible on some of
//! the days, under terms that meet at every edge. What the engine finds is held against plain counting by the day, written
//! for this world alone: eight days in which a week, a month and a leap day end.
//!
//! EFFEKT_LAW_CASES above 1 tries all spans of eligibility with three spells too, not only a few.

#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use effekt::charge::Unit as Paid;
use effekt::entitlement::{Assessment, Plan};
use effekt::facts::roster::{Known, KnownJob, KnownPlacement, KnownSpell};
use effekt::facts::{Company, Job, Participant, Placement, Row};
use effekt::{Facts, Id};
use std::collections::BTreeSet;
use support::day::Day;
use support::programme::*;
use support::values;

const DAYS: usize = 8;
/// Saturday 24 February 2024. Its week ends on the next day, February on day 5, and the second week and March after the term.
const FIRST: (i64, i64, i64) = (2024, 2, 24);
const WEEK_ENDS: [i64; 2] = [1, 8];
const MONTH_ENDS: [(i64, i64); 2] = [(5, 29), (36, 31)];

/// The spells have their own kinds and hours: two of them alone, all together, and ties.
const TERMS: [(&str, i64); 3] = [("ordinary", 15), ("flex-job", 10), ("ordinary", 10)];
/// The placement's company takes part from day 2 to day 6; the placement begins on day 1.
const PLACED: usize = 1;
const IN_PROGRAMME: (usize, usize) = (2, 6);

/// A spell in the world of eight days.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    first: usize,
    last: usize,
    placed: bool,
    kind: &'static str,
    hours: i64,
}

/// Charge, unit (a step's number or the last day of a week or month, counted from the first day), day earned, amount.
type Found = BTreeSet<(u16, i64, i64, i64)>;

fn day(n: i64) -> Day {
    Day::from_civil(FIRST.0, FIRST.1, FIRST.2).plus(n)
}

fn outcome(id: &str) -> Outcome {
    let kinds = vec!["ordinary".into(), "flex-job".into()];
    Outcome { id: id.into(), kinds, ..Outcome::default() }
}

fn milestone(outcome: &str, cumulative: bool, after: i64, every: i64, times: i64) -> Charge {
    let then = Some(Then { every: Length::Days(every), times });
    let mode = if cumulative { Mode::Cumulative } else { Mode::Continuous };
    let what = What::Milestone(Milestone { then, ..Milestone::new(outcome, mode, Length::Days(after)) });
    Charge::of(&format!("{outcome}-{cumulative}-{after}"), what, Price::Amount("500".into()))
}

fn period(outcome: &str, unit: Unit, min_days: Option<i64>, max_units: Option<i64>, price: Price) -> Charge {
    let prorate = min_days.is_none();
    let id = format!("{outcome}-{unit:?}-{prorate}");
    Charge::of(&id, What::Period { outcome: outcome.into(), unit, min_days, prorate, by: None, max_units }, price)
}

fn flat(amount: &str) -> Price {
    Price::Amount(amount.into())
}

/// A rate for one kind, then one for many hours of any kind.
fn card() -> Price {
    let flex = When { kinds: Some(vec!["flex-job".into()]), ..When::default() };
    let of_kind = Rate { amount: "620".into(), when: flex };
    let part_time = When { hours: Some((Some("15".into()), Some("25".into()))), ..When::default() };
    let of_hours = Rate { amount: "99".into(), when: part_time };
    Price::Card(vec![of_kind, of_hours])
}

fn outcomes() -> Vec<Outcome> {
    let any = outcome("any");
    let hours = Outcome { min_weekly_hours: Some("20".into()), max_gap_days: Some(1), ..outcome("hours") };
    let gaps = Outcome { max_gap_days: Some(2), max_gap_total: Some(2), ..outcome("gaps") };
    let window = |from, n| Some(Window { from, length: Length::Days(n) });
    let first = Outcome { window: window(Anchor::FirstDay, 4), max_gap_days: Some(1), ..outcome("first") };
    let kinds = vec!["flex-job".into(), "ordinary".into()];
    let enrolled = Outcome { window: window(Anchor::Enrolment, 5), kinds, ..outcome("enrolled") };
    let placed = Outcome { participating: true, max_gap_days: Some(1), ..outcome("placed") };
    let flex = Outcome { kinds: vec!["flex-job".into()], window: window(Anchor::Placement, 5), ..outcome("flex") };
    vec![any, hours, gaps, first, enrolled, placed, flex]
}

fn charges() -> Vec<Charge> {
    vec![
        milestone("any", false, 3, 2, 2),
        milestone("any", true, 4, 1, 2),
        period("any", Unit::Week, Some(3), None, flat("700")),
        period("any", Unit::Month, None, None, flat("870")),
        period("any", Unit::Day, Some(1), Some(3), card()),
        milestone("hours", false, 3, 2, 1),
        period("hours", Unit::Week, None, Some(1), flat("701")),
        milestone("gaps", false, 4, 1, 3),
        milestone("first", false, 2, 2, 1),
        milestone("first", true, 3, 1, 1),
        period("first", Unit::Week, Some(2), None, card()),
        period("enrolled", Unit::Month, None, None, card()),
        period("enrolled", Unit::Week, Some(1), None, card()),
        milestone("placed", false, 3, 1, 2),
        period("placed", Unit::Month, Some(2), None, flat("310")),
        period("flex", Unit::Week, None, None, card()),
    ]
}

fn contract() -> Contract {
    let settlement =
        Settlement { every: Every::Year, reporting_days: 0, tail_periods: None, payment_days: None, confirm_days: None };
    Contract {
        id: "small".into(),
        agreed_on: None,
        title: None,
        currency: "JPY".into(),
        starts: day(0),
        ends: day(DAYS as i64 - 1),
        rounding: None,
        kinds: Vec::new(),
        settlement,
        cohort: None,
        payroll: None,
        saving: None,
        payers: vec![Payer {
            id: "town".into(),
            name: None,
            cvr: None,
            gln: None,
            share: None,
            at_most: None,
            reference: None,
            address: None,
        }],
        payee: None,
        outcomes: outcomes(),
        figures: Vec::new(),
        gates: Vec::new(),
        goals: Vec::new(),
        indices: Vec::new(),
        charges: charges(),
        limits: Vec::new(),
        invoicing: None,
    }
}

/// A day that qualifies, by its kind and hours.
#[derive(Clone, Copy, Debug)]
struct Qualifies {
    kind: &'static str,
    hours: i64,
}

/// 3.5: what is left of the spells, job by job.
fn left(spells: &[Stretch]) -> Vec<Stretch> {
    let mut left = Vec::new();
    for (n, spell) in spells.iter().enumerate() {
        let others = || spells.iter().enumerate().filter(|(m, other)| *m != n && other.placed == spell.placed);
        let set_aside = others().any(|(m, other)| other.first == spell.first && (-other.hours, m) < (-spell.hours, n));
        let next = others().map(|(_, other)| other.first).filter(|first| *first > spell.first).min();
        if !set_aside {
            left.push(Stretch { last: next.map_or(spell.last, |next| spell.last.min(next - 1)), ..*spell });
        }
    }
    left
}

/// 6.1 to 6.4, day by day. The spells stand in the order of their ids.
fn qualifying(outcome: &Outcome, left: &[Stretch], eligible: (usize, usize)) -> [Option<Qualifies>; DAYS] {
    let mut days = [None; DAYS];
    for (d, slot) in days.iter_mut().enumerate().filter(|(d, _)| eligible.0 <= *d && *d <= eligible.1) {
        let active = left.iter().filter(|spell| {
            let in_time = spell.first <= d && d <= spell.last && outcome.kinds.iter().any(|kind| kind == spell.kind);
            let in_programme = spell.placed && IN_PROGRAMME.0 <= d && d <= IN_PROGRAMME.1;
            in_time && (!spell.placed || d >= PLACED) && (!outcome.participating || in_programme)
        });
        let place = |kind: &str| outcome.kinds.iter().position(|one| one == kind);
        let top = active.clone().min_by_key(|spell| (-spell.hours, place(spell.kind)));
        let hours: i64 = active.map(|spell| spell.hours).sum();
        let enough = outcome.min_weekly_hours.as_ref().is_none_or(|least| hours >= least.parse().unwrap());
        *slot = top.filter(|_| enough).map(|top| Qualifies { kind: top.kind, hours });
    }
    let (begins, ends) = window(outcome, &days, eligible);
    for (d, slot) in days.iter_mut().enumerate() {
        if d < begins || d > ends {
            *slot = None;
        }
    }
    days
}

/// The first and the last day of the window, of the term where there is none.
fn window(outcome: &Outcome, days: &[Option<Qualifies>], eligible: (usize, usize)) -> (usize, usize) {
    let Some(Window { from, length: Length::Days(n) }) = &outcome.window else { return (0, DAYS - 1) };
    let anchor = match from {
        Anchor::Enrolment => eligible.0,
        Anchor::Placement => PLACED,
        Anchor::FirstDay => days.iter().position(Option::is_some).unwrap_or(0),
        Anchor::Charge { .. } => panic!("this world has no ladders"),
    };
    (anchor, anchor + *n as usize - 1)
}

/// 8.1: the row that applies to a day, and its amount.
fn rate(price: &Price, day: Qualifies) -> Option<(usize, i64)> {
    let rows = match price {
        Price::Amount(amount) => return Some((0, amount.parse().unwrap())),
        Price::Card(rows) => rows,
        Price::Each(_) | Price::Bands { .. } => panic!("nothing is measured in this world"),
    };
    let holds = |row: &&Rate| {
        let in_band = |(from, below): &(Option<String>, Option<String>)| {
            let bound = |text: &Option<String>| text.as_ref().unwrap().parse::<i64>().unwrap();
            bound(from) <= day.hours && day.hours < bound(below)
        };
        row.when.kinds.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| kind == day.kind))
            && row.when.hours.as_ref().is_none_or(in_band)
    };
    let row = rows.iter().position(|row| holds(&row))?;
    Some((row, rows[row].amount.parse().unwrap()))
}

/// 6.5, 7.2: on which day each step is reached.
fn steps(outcome: &Outcome, days: &[Option<Qualifies>], cumulative: bool, lengths: &[i64]) -> Vec<Option<usize>> {
    let mut reached = vec![None; lengths.len()];
    let (longest, most) = (outcome.max_gap_days.unwrap_or(0), outcome.max_gap_total.unwrap_or(i64::MAX));
    let (mut begins, mut before, mut bridged, mut counted) = (None, 0, 0, 0);
    for d in (0..DAYS).filter(|d| days[*d].is_some()) {
        let gap = if begins.is_some() { (d - before - 1) as i64 } else { 0 };
        bridged += gap;
        if begins.is_none() || gap > longest || bridged > most {
            (begins, bridged) = (Some(d), 0);
        }
        (before, counted) = (d, counted + 1);
        let lasted = if cumulative { counted } else { (d - begins.unwrap()) as i64 + 1 };
        for (slot, length) in reached.iter_mut().zip(lengths) {
            if slot.is_none() && lasted >= *length {
                *slot = Some(d);
            }
        }
    }
    reached
}

/// The units of a grid: first day, last day (both may lie outside the term) and length.
fn units(unit: Unit) -> Vec<(i64, i64, i64)> {
    match unit {
        Unit::Day => (0..DAYS as i64).map(|d| (d, d, 1)).collect(),
        Unit::Week => WEEK_ENDS.iter().map(|end| (end - 6, *end, 7)).collect(),
        Unit::Month => MONTH_ENDS.iter().map(|(end, length)| (end - length + 1, *end, *length)).collect(),
        other => panic!("this world has no {other:?}"),
    }
}

/// 7.3, 8.2: what a unit is worth.
fn worth(price: &Price, days: &[Qualifies], min_days: Option<i64>, length: i64) -> i64 {
    let rates: Vec<Option<(usize, i64)>> = days.iter().map(|day| rate(price, *day)).collect();
    let Some(least) = min_days else {
        let sum: i64 = rates.iter().flatten().map(|(_, amount)| amount).sum();
        return (2 * sum + length) / (2 * length);
    };
    if (days.len() as i64) < least {
        return 0;
    }
    let count = |candidate: Option<usize>| rates.iter().filter(|rate| rate.map(|(row, _)| row) == candidate).count();
    let candidates = [Some(0), Some(1), None];
    // Of equal ones the first: rows in their order, then none.
    let most = candidates.iter().map(|candidate| count(*candidate)).max().unwrap();
    let wins = candidates.into_iter().find(|candidate| count(*candidate) == most).unwrap();
    rates.iter().flatten().find(|(row, _)| Some(*row) == wins).map_or(0, |(_, amount)| *amount)
}

/// All that is earned, counted by the day.
fn counted(terms: &Contract, spells: &[Stretch], eligible: (usize, usize)) -> Found {
    let left = left(spells);
    let mut found = Found::new();
    for outcome in &terms.outcomes {
        let days = qualifying(outcome, &left, eligible);
        let last = eligible.1.min(window(outcome, &unwindowed(outcome, &left, eligible), eligible).1) as i64;
        for (n, charge) in terms.charges.iter().enumerate() {
            let n = n as u16;
            match &charge.what {
                What::Milestone(Milestone {
                    outcome: of,
                    mode,
                    after: After::Lasting(Length::Days(after)),
                    then: Some(then),
                    ..
                }) if *of == outcome.id => {
                    let Length::Days(every) = then.every else { panic!("steps in days") };
                    let lengths: Vec<i64> = (0..=then.times).map(|step| after + step * every).collect();
                    for (step, day) in steps(outcome, &days, *mode == Mode::Cumulative, &lengths).into_iter().enumerate() {
                        let priced = day.and_then(|day| Some((day, rate(&charge.price, days[day]?)?.1)));
                        found.extend(priced.map(|(day, amount)| (n, step as i64 + 1, day as i64, amount)));
                    }
                }
                What::Period { outcome: of, unit, min_days, max_units, .. } if *of == outcome.id => {
                    let paid = units(*unit).into_iter().filter_map(|(first, end, length)| {
                        let inside = |d: &usize| first <= *d as i64 && *d as i64 <= end;
                        let inside: Vec<Qualifies> = (0..DAYS).filter(inside).filter_map(|d| days[d]).collect();
                        let amount = if inside.is_empty() { 0 } else { worth(&charge.price, &inside, *min_days, length) };
                        (amount > 0).then_some((n, end, end.min(last), amount))
                    });
                    found.extend(paid.take(max_units.unwrap_or(99) as usize));
                }
                _ => {}
            }
        }
    }
    found
}

/// The days that qualify but for the window: its anchor may be the first of them.
fn unwindowed(outcome: &Outcome, left: &[Stretch], eligible: (usize, usize)) -> [Option<Qualifies>; DAYS] {
    qualifying(&Outcome { window: None, ..outcome.clone() }, left, eligible)
}

/// The parts of the world as the engine's values, made once.
struct World {
    terms: Contract,
    contract: effekt::Contract,
    facts: Facts,
    person: Id,
    placement: (Id, Placement),
    company: Company,
    /// By nth spell, first day, last day and whether it is in the placement.
    spells: Vec<(Stretch, Row<effekt::facts::Spell>)>,
    spans: Vec<(usize, usize)>,
}

impl World {
    fn new() -> World {
        let terms = contract();
        let at = |d: usize| effekt::Day::parse(&day(d as i64).to_string()).unwrap();
        let (person, company) = (Id::name("p"), Id::name("c"));
        let spans: Vec<(usize, usize)> = (0..DAYS).flat_map(|first| (first..DAYS).map(move |last| (first, last))).collect();
        let mut spells = Vec::new();
        for (nth, (kind, hours)) in TERMS.into_iter().enumerate() {
            for (first, last) in spans.iter().copied() {
                for placed in [false, true] {
                    let outside = Job::Outside { participant: person.clone(), employer: Id::name("e") };
                    let fact = effekt::facts::Spell {
                        job: if placed { Job::Placement(Id::name("j")) } else { outside },
                        kind: Id::name(kind),
                        first_day: at(first),
                        last_day: Some(at(last)),
                        weekly_hours: hours.into(),
                        evidence: None,
                    };
                    let id = Id::name(["s1", "s2", "s3"][nth]);
                    let row = Row { id, recorded_on: at(0), revision: 0, fact: Some(fact), line: 0 };
                    spells.push((Stretch { first, last, placed, kind, hours }, row));
                }
            }
        }
        World {
            contract: values::contract(&terms),
            terms,
            facts: Facts::default(),
            placement: (
                Id::name("j"),
                Placement { participant: person.clone(), company: company.clone(), placed_on: at(PLACED) },
            ),
            company: Company {
                cvr: None,
                name: None,
                joined_on: Some(at(IN_PROGRAMME.0)),
                left_on: Some(at(IN_PROGRAMME.1)),
            },
            person,
            spells,
            spans,
        }
    }

    /// The nth spell with each span and job.
    fn nth(&self, nth: usize) -> &[(Stretch, Row<effekt::facts::Spell>)] {
        let each = self.spells.len() / TERMS.len();
        &self.spells[nth * each..(nth + 1) * each]
    }

    /// All that is earned, as the engine finds it.
    fn found(&self, plan: &Plan, spells: &[&(Stretch, Row<effekt::facts::Spell>)], person: &Participant) -> Found {
        let known_spells = spells.iter().zip(0..).map(|((stretch, row), number)| KnownSpell {
            number,
            row,
            terms: row.fact.as_ref().unwrap(),
            job: if stretch.placed { KnownJob::Placement(0) } else { KnownJob::Outside(&self.person) },
        });
        let placement = KnownPlacement { id: &self.placement.0, terms: &self.placement.1, company: 0, at: &self.company };
        let known = Known {
            day: self.contract.ends,
            id: &self.person,
            terms: person,
            placements: vec![placement],
            spells: known_spells.collect(),
            reports: Vec::new(),
            benefits: Vec::new(),
        };
        let owed = Assessment::new(plan, &known, &std::sync::Arc::default(), None).entitlements(
            plan,
            self.contract.term(),
            &mut Vec::new(),
        );
        let first = self.contract.starts.number();
        let tell = |owed: &effekt::charge::Entitlement| {
            let unit = match owed.unit {
                Paid::Step(step) => i64::from(step),
                Paid::Cell(cell) => i64::from(cell.last().number() - first),
                Paid::Date(day) => i64::from(day.number() - first),
            };
            (owed.charge, unit, i64::from(owed.earned_on.number() - first), owed.amount.minor())
        };
        owed.iter().map(tell).collect()
    }

    fn person(&self, (first, last): (usize, usize)) -> Participant {
        let at = |d: usize| effekt::Day::parse(&day(d as i64).to_string()).unwrap();
        Participant {
            target_group: Id::name("youth"),
            enrolled_on: at(first),
            eligible_until: Some(at(last)),
            traits: Vec::new(),
        }
    }

    /// Tries one set of spells for everybody; gives how much was found.
    fn agree(
        &self,
        plan: &Plan,
        people: &[((usize, usize), Participant)],
        set: &[&(Stretch, Row<effekt::facts::Spell>)],
    ) -> usize {
        let spells: Vec<Stretch> = set.iter().map(|(stretch, _)| *stretch).collect();
        let mut all = 0;
        for (eligible, person) in people {
            let (counted, found) = (counted(&self.terms, &spells, *eligible), self.found(plan, set, person));
            assert!(counted == found, "{spells:?}, eligible {eligible:?}: counted {counted:?}, found {found:?}");
            all += found.len();
        }
        all
    }

    fn people(&self, spans: &[(usize, usize)]) -> Vec<((usize, usize), Participant)> {
        spans.iter().map(|span| (*span, self.person(*span))).collect()
    }
}

#[test]
fn one_and_two_spells_for_every_span_of_eligibility() {
    let world = World::new();
    let plan = Plan::new(&world.contract, &world.facts);
    let people = world.people(&world.spans);
    assert_eq!(world.agree(&plan, &people, &[]), 0);
    let (mut sets, mut found) = (0, 0);
    for one in world.nth(0) {
        found += world.agree(&plan, &people, &[one]);
        for two in world.nth(1) {
            found += world.agree(&plan, &people, &[one, two]);
            sets += 1;
        }
    }
    println!("{sets} pairs of spells, {found} entitlements");
    assert!(sets == 72 * 72 && found > 1_000_000);
}

#[test]
fn three_spells_for_some_spans_of_eligibility() {
    let world = World::new();
    let plan = Plan::new(&world.contract, &world.facts);
    let every = std::env::var("EFFEKT_LAW_CASES").is_ok_and(|times| times != "1");
    let people = if every { world.people(&world.spans) } else { world.people(&[(0, 7)]) };
    let (mut sets, mut found) = (0_u64, 0_u64);
    for one in world.nth(0) {
        for two in world.nth(1) {
            for three in world.nth(2) {
                found += world.agree(&plan, &people, &[one, two, three]) as u64;
                sets += 1;
            }
        }
    }
    println!("{sets} sets of three spells, {found} entitlements");
    assert!(sets == 72 * 72 * 72 && found > 2_000_000);
}
