//! Whether rate cards leave holes, and whether `check` says so (mechanisms 14.3): the sweep takes every contract of the fixtures
//! through every day of its life; random contracts are held to what random facts, and facts made for the purpose, come to.
#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use crate::support;

use effekt::charge::{Charge, Measured, Mechanism, Milestone, RateRow, milestone::Mode};
use effekt::contract::check::{Hole, check, holes};
use effekt::entitlement::{Assessment, Plan, cohort::admitted};
use effekt::facts::roster::Roster;
use effekt::figure::{Figure, Form};
use effekt::formats::{Source, read_contract};
use effekt::measure::ratio::Ratio;
use effekt::timeline::outcome::{Anchor, Length, Outcome};
use effekt::timeline::tally::Needed;
use effekt::{Code, Contract, Day, Facts, Id};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::arbitrary::{Settled, settled};
use support::{programme as p, runs, values};

/// The holes that contracts of the fixtures have on purpose: contract, charge, why. Contracts written from now on declare
/// theirs by a row of amount 0.
const DECLARED: [(&str, &str, &str); 72] = [
    ("c22", "card", "shows a date of a fixed charge to which no row applies"),
    ("c25", "retention", "shows a step reached in a kind without a rate"),
    ("c25", "start", "shows a step reached on a day without a rate"),
    ("c26", "daily", "shows that a day without a rate is not paid"),
    ("c30", "monthly", "shows that a month without a rate uses up no unit"),
    ("c31", "weekly", "shows what each condition leaves out"),
    ("c32", "weekly", "shows that days without a rate stand together against a row"),
    ("c33", "pay", "shows prorated days without a rate"),
    ("enrol", "daily", "shows the month in which the last row is over"),
    ("c39", "weekly", "shows a reference day after days without a rate"),
    ("c39", "share", "shows a reference day after days without a rate"),
    ("vsb-glostrup", "weekly", "an internship is paid for three months, then nothing"),
    ("vsb-glostrup", "kept-13-26", "wage subsidy counts on the way, but a step reached in it pays nothing"),
    ("vsb-glostrup", "kept-52", "wage subsidy counts on the way, but a step reached in it pays nothing"),
    ("vsb-horsens", "weekly", "internships are paid until the end of 2018"),
    ("vsb-ikast-brande", "weekly", "less than one hour a week pays nothing"),
    ("c53", "low", "shows values in no band"),
    ("c55", "marginal", "shows a first band that begins above 0"),
    ("c55", "accelerator", "pays from the 1,001st on"),
    ("m05", "seasonal", "shows that an event in a season without a rate is spent"),
    ("m18", "jobs", "all or nothing"),
    ("m18", "growth", "all or nothing"),
    ("m18", "fall", "all or nothing"),
    ("m18", "complaints", "all or nothing"),
    ("m19", "coupon", "below its first step nothing is paid"),
    ("m19", "exits", "up to its first step nothing is paid"),
    ("m20", "coupon", "below its first line nothing is paid"),
    ("m20", "short", "below its first line nothing is paid"),
    ("m20", "wait", "shows a value in no band"),
    ("m21", "points", "all or nothing"),
    ("m21", "relative", "all or nothing"),
    ("m43", "cohort-a", "below its first rung nothing is paid"),
    ("m43", "cohort-b", "below its first rung nothing is paid"),
    ("m43", "cohort-c", "below its first rung nothing is paid"),
    ("work-programme-ladder", "job-outcome", "each claimant group has charges of its own"),
    ("work-programme-ladder", "job-outcome-13", "each claimant group has charges of its own"),
    ("work-programme-ladder", "sustained", "each claimant group has charges of its own"),
    ("work-programme-ladder", "sustained-longer", "each claimant group has charges of its own"),
    ("work-programme-ladder", "sustained-hardest", "each claimant group has charges of its own"),
    ("m22a", "first", "all or nothing"),
    ("m22a", "second", "all or nothing"),
    ("m22a", "pooled", "all or nothing"),
    ("m22b", "first", "all or nothing"),
    ("m22b", "second", "all or nothing"),
    ("m22b", "pooled", "all or nothing"),
    ("m22c", "first", "all or nothing"),
    ("m22c", "second", "all or nothing"),
    ("m22c", "pooled", "all or nothing"),
    ("m22d", "first", "all or nothing"),
    ("m22d", "second", "all or nothing"),
    ("m22d", "pooled", "all or nothing"),
    ("m22e", "first", "all or nothing"),
    ("m22e", "second", "all or nothing"),
    ("m22e", "pooled", "all or nothing"),
    ("m22f", "first", "all or nothing"),
    ("m22f", "second", "all or nothing"),
    ("m22f", "pooled", "all or nothing"),
    ("m22g", "first", "all or nothing"),
    ("m22g", "second", "all or nothing"),
    ("m22g", "pooled", "all or nothing"),
    ("m22h", "first", "all or nothing"),
    ("m22h", "second", "all or nothing"),
    ("m22h", "pooled", "all or nothing"),
    ("m34", "bonus", "all or nothing"),
    ("m41", "banded", "shows that what falls into a hole is owed back"),
    ("m42a", "claims", "nothing stands where all is wrong"),
    ("m42b", "claims", "nothing stands where all is wrong"),
    ("m42c", "claims", "nothing stands where all is wrong"),
    ("m42d", "claims", "nothing stands where all is wrong"),
    ("duo", "bonus", "below the threshold nothing is paid"),
    ("m01-places", "bonus", "below the threshold nothing is paid"),
    ("ljr-adult", "reinvestment", "what is reinvested has an upper end"),
];

// ---- The sweep: nothing of the check's is used but its warnings ----

/// One thing that a card is asked: kind, target group, traits, hours, whole months since the anchor, step, day.
struct Asked<'a> {
    kind: &'a Id,
    group: Option<&'a Id>,
    traits: &'a [&'a Id],
    hours: Decimal,
    months: u32,
    step: u32,
    on: Day,
}

fn holds(row: &RateRow, asked: &Asked) -> bool {
    let row = &row.when;
    row.traits.as_ref().is_none_or(|traits| traits.iter().all(|one| asked.traits.contains(&one)))
        && row.steps.is_none_or(|band| band.from <= asked.step && asked.step < band.below)
        && row.kinds.as_ref().is_none_or(|kinds| kinds.contains(asked.kind))
        && row.target_groups.as_ref().is_none_or(|groups| asked.group.is_some_and(|group| groups.contains(group)))
        && row.hours.is_none_or(|band| band.from <= asked.hours && asked.hours < band.below)
        && row.elapsed.is_none_or(|band| band.from_month <= asked.months && asked.months < band.below_month)
        && row.valid.is_none_or(|valid| valid.contains(asked.on))
}

fn days(first: Day, last: Day) -> impl Iterator<Item = Day> + Clone {
    (first.number()..=last.number()).map(Day::from_number)
}

/// Whether a step is reached when the outcome has lasted just so long, whatever else is the case. Of others the check says
/// nothing, and here any day will do.
fn simple(milestone: &Milestone, step: u32) -> bool {
    let counted = milestone.mode == Mode::Cumulative && !matches!(milestone.after, Needed::Time(Length::Days(_)));
    milestone.mode != Mode::OnDay && !counted && milestone.within.is_none() && (milestone.repeat == 0 || step == 1)
}

/// Whether the check looks at all that a charge can be asked.
fn looked_at(charge: &Charge, outcome: &Outcome) -> bool {
    let steps = match &charge.mechanism {
        Mechanism::Milestone(milestone) => (1..=milestone.last_step()).all(|step| simple(milestone, step)),
        _ => true,
    };
    steps && outcome.skip_days == 0 && outcome.follows().is_none() && outcome.payroll.is_none()
}

/// Every day on which the outcome can be asked for a price, with the whole months since the anchor that it can then be, and the
/// step: each day of enrolment or placement is tried, and for each the days after it.
fn occasions(contract: &Contract, charge: &Charge, outcome: &Outcome) -> BTreeSet<(Day, u32, u32)> {
    let (enrolment, ends) = (contract.enrolment(), contract.ends);
    let first = contract.starts.max(enrolment.first);
    let window = outcome.window.as_ref();
    let (from, length) = window.map_or((&Anchor::Enrolment, None), |window| (&window.from, Some(window.length)));
    let anchors = match from {
        Anchor::Charge { .. } => days(first, ends),
        Anchor::Enrolment => days(enrolment.first, enrolment.last),
        Anchor::FirstDay => days(first, ends),
        // Whoever was placed earlier has no day of the window left.
        Anchor::Placement => days(
            match length {
                Some(Length::Months(months)) => first.plus_days(-31 * i64::from(months)),
                Some(Length::Days(days)) => first.plus_days(-i64::from(days)),
                None => first,
            },
            ends,
        ),
    };
    let mut found = BTreeSet::new();
    for anchor in anchors {
        let last = length.map_or(ends, |length| ends.min(length.after(anchor).previous()));
        let mut add = |on: Day, step: u32| {
            if on <= last {
                found.insert((on, on.whole_months_since(anchor), step));
            }
        };
        let starts = days(first.max(anchor), last);
        match &charge.mechanism {
            Mechanism::Fixed(_) | Mechanism::Measured(_) => {}
            Mechanism::Period(_) => starts.for_each(|on| add(on, 1)),
            Mechanism::Milestone(milestone) => {
                let (cumulative, gap) = (milestone.mode == Mode::Cumulative, i64::from(outcome.max_gap_days));
                for step in (1..=milestone.last_step()).filter(|step| !simple(milestone, *step)) {
                    starts.clone().for_each(|on| add(on, step));
                }
                for (step, needed) in (1..).zip(milestone.steps()).filter(|(step, _)| simple(milestone, *step)) {
                    let Needed::Time(length) = needed else { continue };
                    for since in starts.clone() {
                        // The first day that qualifies begins a run; another one is not joined with it.
                        let apart = since.days_since(anchor) > gap + 1 || cumulative;
                        let again = apart && length != Length::Days(1);
                        if *from != Anchor::FirstDay || since == anchor || again {
                            add(length.after(since).previous(), step);
                        }
                    }
                }
            }
        }
    }
    found
}

/// A value in no band: of those that the bands name, those between them, and one above all; or the one that is printed.
fn unbanded(contract: &Contract, measured: &Measured) -> Option<String> {
    let bands = &measured.scale.bands;
    let mut edges: BTreeSet<Decimal> =
        bands.iter().flat_map(|band| [band.lower, band.upper]).flatten().map(|edge| edge.at).collect();
    edges.insert(Decimal::ZERO);
    let edges: Vec<Decimal> = edges.into_iter().collect();
    let between = edges.windows(2).map(|edges| (edges[0] + edges[1]) / Decimal::TWO);
    let above = edges[edges.len() - 1] + Decimal::ONE;
    let mut values: Vec<Ratio> = between.chain(edges.iter().copied()).chain([above]).map(Ratio::of).collect();
    if let Some((_, Figure { form: Form::Value(printed), .. })) = contract.figure(&measured.figure) {
        values = vec![printed.value];
    }
    values.iter().find(|value| !bands.iter().any(|band| band.holds(**value))).map(|value| format!("the value {value}"))
}

/// What no row of the card applies to, as it is found first; the dates of a fixed charge are found by themselves.
fn unpriced(contract: &Contract, charge: &Charge) -> Option<String> {
    let rows = &charge.rates.rows;
    if let Mechanism::Fixed(fixed) = &charge.mechanism {
        let priced = |on: &Day| rows.iter().any(|row| row.when.valid.is_none_or(|valid| valid.contains(*on)));
        let missing = fixed.dates.until(contract.term(), Day::FAR).into_iter().find(|on| !priced(on));
        return missing.map(|on| on.to_string());
    }
    if let Mechanism::Measured(measured) = &charge.mechanism {
        return unbanded(contract, measured);
    }
    let outcome = contract.outcome(charge.mechanism.outcome().unwrap()).unwrap();
    let mut groups: BTreeSet<Option<&Id>> =
        rows.iter().flat_map(|row| row.when.target_groups.iter().flatten().map(Some)).collect();
    match &contract.cohort.target_groups {
        Some(listed) => groups = listed.iter().map(Some).collect(),
        None => drop(groups.insert(None)),
    }
    let bands = rows.iter().filter_map(|row| row.when.hours).flat_map(|band| [band.from, band.below]);
    let least = outcome.min_weekly_hours;
    let hours: BTreeSet<Decimal> =
        bands.filter(|hours| *hours >= least && *hours < Decimal::from(168)).chain([least]).collect();
    let people = people(rows, &groups);
    for (on, months, step) in occasions(contract, charge, outcome) {
        for kind in &outcome.kinds {
            for (group, traits) in &people {
                for hours in &hours {
                    let asked = Asked { kind, group: *group, traits, hours: *hours, months, step, on };
                    if !rows.iter().any(|row| holds(row, &asked)) {
                        return Some(format!(
                            "{kind}, {group:?} {traits:?}, {hours} hours, {months} months, step {step}, {on}"
                        ));
                    }
                }
            }
        }
    }
    None
}

/// Citizens of each target group, with all sets of traits that a card names.
fn people<'a>(rows: &'a [RateRow], groups: &BTreeSet<Option<&'a Id>>) -> Vec<(Option<&'a Id>, Vec<&'a Id>)> {
    let traits: BTreeSet<&Id> = rows.iter().flat_map(|row| row.when.traits.iter().flatten()).collect();
    let of = |set: usize| (0..).zip(&traits).filter(|(nth, _)| set >> nth & 1 == 1).map(|(_, one)| *one).collect::<Vec<_>>();
    groups.iter().flat_map(|group| (0..1 << traits.len()).map(|set| (*group, of(set)))).collect()
}

fn contracts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if folder.ends_with("contracts") && path.extension().is_some_and(|end| end == "toml" || end == "json") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every contract of the fixtures through every day of its life: what can be priced and is not is declared, by a row of amount
/// 0 or here; and `check` warns of exactly these cards.
#[test]
fn no_contract_of_the_fixtures_has_a_hole_that_is_not_declared() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let (mut wrong, mut met, mut swept) = (Vec::new(), BTreeSet::new(), 0);
    for folder in ["sound", "rules", "mechanisms", "contracts", "vsb", "impact60"] {
        for path in contracts(&fixtures.join(folder)) {
            let file = read_contract(&Source::new(path.to_string_lossy(), std::fs::read(&path).unwrap()));
            let contract = file.contract.unwrap_or_else(|| panic!("{}: {:?}", path.display(), file.diagnostics));
            for (nth, charge) in contract.charges.iter().enumerate() {
                let warned = file.diagnostics.iter().any(|found| {
                    let field = found.place.field.as_deref().unwrap_or_default();
                    [Code::RateCardHole, Code::DateWithoutRate, Code::BandHole].contains(&found.code)
                        && field.starts_with(&format!("charge[{nth}]."))
                });
                let hole = unpriced(&contract, charge);
                let here = format!("{}: charge {}", path.strip_prefix(&fixtures).unwrap().display(), charge.id);
                let outcome = charge.mechanism.outcome().map(|id| contract.outcome(id).unwrap());
                if warned || outcome.is_none_or(|outcome| looked_at(charge, outcome)) {
                    assert_eq!(warned, hole.is_some(), "{here}: the check and the sweep differ: {hole:?}");
                }
                swept += 1;
                let is = |(at, id, _): &(&str, &str, &str)| contract.id == **at && charge.id == **id;
                let declared = DECLARED.iter().position(is);
                met.extend(declared);
                match hole {
                    Some(hole) if declared.is_none() => wrong.push(format!("{here}: {hole}")),
                    None if declared.is_some() => wrong.push(format!("{here} has no hole any more")),
                    _ => {}
                }
            }
        }
    }
    assert!(swept > 150, "only {swept} charges were swept");
    assert!(wrong.is_empty(), "declare by a last row of amount 0:\n{}", wrong.join("\n"));
    assert_eq!(met.len(), DECLARED.len(), "a charge that is declared is not there");
}

// ---- Random contracts ----

/// A charge of a participant: the rows that price its days, or the days on which its steps are reached, with their hours.
struct Priced {
    charge: usize,
    days: Vec<(Day, Decimal, Option<u16>)>,
    /// How many steps were reached.
    steps: usize,
}

/// What the engine prices for those who count, by what is known on a day.
fn priced(contract: &Contract, facts: &Facts, known_on: Day) -> Vec<Priced> {
    let (plan, roster) = (Plan::new(contract, facts), Roster::new(facts));
    let counts = admitted(contract, facts, known_on);
    let mut found = Vec::new();
    for participant in (0..facts.participants.len()).filter(|nth| counts[*nth]) {
        let Some(known) = roster.known(participant, known_on) else { continue };
        for (measure, outcome) in Assessment::new(&plan, &known, &Arc::default(), None).measures() {
            let (charge, clause) = (usize::from(measure.charge), plan.clause(measure.charge).unwrap());
            let on = |step: u32, day: Day| {
                let priced = measure.step(clause, step, day).unwrap();
                (day, measure.line.stretches[priced.stretch].hours, priced.row)
            };
            let (days, steps) = match &contract.charges[charge].mechanism {
                // Of places that are looked at apart each is tried by itself.
                Mechanism::Milestone(milestone) => {
                    let reached = milestone.reached(&[&measure.line], outcome, &|_| None);
                    (reached.iter().map(|step| on(step.step, step.on)).collect(), reached.len())
                }
                _ => (measure.priced.iter().map(|priced| on(1, priced.days.first)).collect(), 0),
            };
            found.push(Priced { charge, days, steps });
        }
    }
    found
}

/// The programme of one citizen whose day is not priced, as a hole's example says.
fn example(terms: &p::Contract, contract: &Contract, outcome: &Outcome, hole: &Hole) -> p::Programme {
    let occasion = hole.occasion;
    let from = outcome.window.as_ref().map_or(&Anchor::Enrolment, |window| &window.from);
    let record = |id: &str| p::Record {
        contract: terms.id.clone(),
        id: id.into(),
        recorded_on: "2000-01-01".into(),
        ..p::Record::default()
    };
    let enrolled_on = if *from == Anchor::Enrolment { occasion.anchor } else { contract.enrolment().first };
    let placed_on = if *from == Anchor::Enrolment { occasion.since } else { occasion.anchor };
    let spell = |id: &str, first: Day, last: Day| p::SpellRow {
        record: record(id),
        placement: "there".into(),
        kind: hole.kind.to_string(),
        first_day: first.to_string(),
        last_day: last.to_string(),
        weekly_hours: hole.hours.to_string(),
        evidence: "payslip".into(),
        ..p::SpellRow::default()
    };
    let mut spells = vec![spell("s2", occasion.since, occasion.on)];
    if *from == Anchor::FirstDay && occasion.anchor < occasion.since {
        spells.push(spell("s1", occasion.anchor, occasion.anchor));
    }
    p::Programme {
        contracts: vec![terms.clone()],
        participants: vec![p::ParticipantRow {
            record: record("anna"),
            target_group: hole.target_group.as_ref().map_or("nobody-else", Id::as_str).into(),
            enrolled_on: enrolled_on.to_string(),
            traits: hole.traits.iter().map(Id::as_str).collect::<Vec<_>>().join(" "),
            ..p::ParticipantRow::default()
        }],
        companies: vec![p::CompanyRow {
            record: record("bakery"),
            joined_on: "0001-01-01".into(),
            ..p::CompanyRow::default()
        }],
        placements: vec![p::PlacementRow {
            record: record("there"),
            participant: "anna".into(),
            company: "bakery".into(),
            placed_on: placed_on.to_string(),
        }],
        spells,
        ..p::Programme::default()
    }
}

fn number(text: &str) -> usize {
    text.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// Every hole that is told is one: facts made after its example have a day, or reach a step, that no row prices.
#[test]
fn every_hole_that_is_told_can_be_fallen_into() {
    let mut told = BTreeMap::new();
    runs::each(runs::count(20_000) / 4, 21, settled(), |Settled { programme, .. }| {
        for terms in &programme.contracts {
            let contract = values::contract(terms);
            for (nth, charge) in contract.charges.iter().enumerate() {
                for hole in holes(&contract, charge) {
                    let outcome = contract.outcome(charge.mechanism.outcome().unwrap()).unwrap();
                    let made = example(terms, &contract, outcome, &hole);
                    let facts = values::facts(&made, &terms.id, Day::LAST_WRITTEN);
                    let fallen = priced(&contract, &facts, Day::LAST_WRITTEN).into_iter().any(|priced| {
                        let mut unpriced =
                            priced.days.iter().filter(|(_, hours, row)| row.is_none() && *hours == hole.hours);
                        priced.charge == nth && unpriced.any(|(day, ..)| *day <= hole.occasion.on)
                    });
                    assert!(fallen, "{}: {hole:?} is none", charge.id);
                    let side =
                        ["kind", "group", "hour", "month", "citizens", "step", "20"].map(|word| hole.words.contains(word));
                    *told.entry(side).or_insert(0) += 1;
                }
            }
        }
    });
    println!("{told:?}");
    assert!(told.len() > 10 && told.values().sum::<u32>() > runs::count(20_000) / 16, "{told:?}");
}

/// Where no hole is told, every day of every citizen is priced; a row of which `check` says that it can never apply never
/// applies; a step that can never be reached never is.
#[test]
fn what_check_says_of_rates_and_steps_is_so_whatever_the_facts() {
    let mut met = BTreeMap::new();
    runs::each(runs::count(20_000), 22, settled(), |Settled { programme, as_of }| {
        for terms in &programme.contracts {
            let contract = values::contract(terms);
            let facts = values::facts(programme, &terms.id, Day::parse(as_of).unwrap());
            let found = check(&contract);
            let of = |code: Code, start: &str| {
                let starts = |field: &str| field.strip_prefix(start).map(str::to_owned);
                let of_code = found.iter().filter(move |finding| finding.code == code);
                of_code
                    .filter_map(|finding| Some((starts(finding.place.field.as_deref()?)?, finding.message.clone())))
                    .collect::<Vec<(String, String)>>()
            };
            for priced in priced(&contract, &facts, Day::LAST_WRITTEN) {
                let start = format!("charge[{}].", priced.charge);
                let hole = !of(Code::RateCardHole, &start).is_empty();
                let unpriced =
                    priced.days.iter().filter(|(_, hours, row)| row.is_none() && *hours < Decimal::from(168)).count();
                let charge = &contract.charges[priced.charge];
                let outcome = contract.outcome(charge.mechanism.outcome().unwrap()).unwrap();
                assert!(hole || unpriced == 0 || !looked_at(charge, outcome), "{start}: nobody told of a hole");
                *met.entry(if unpriced > 0 { "unpriced" } else { "priced" }).or_insert(0) += 1;
                for code in [Code::RateRowCovered, Code::RateRowsCover, Code::RateRowNever] {
                    for (rest, message) in of(code, &format!("{start}rate[")) {
                        let row = number(&rest);
                        let applies = priced.days.iter().any(|(.., applied)| applied.map(usize::from) == Some(row));
                        assert!(!applies, "{start}rate[{row}] applies: {message}");
                        *met.entry(code.id()).or_insert(0) += 1;
                    }
                }
                for (_, message) in of(Code::StepNever, &start) {
                    let step = number(message.strip_prefix("step ").unwrap());
                    assert!(priced.steps < step, "{start} {message}, and {} were reached", priced.steps);
                    *met.entry("W411").or_insert(0) += 1;
                }
            }
        }
    });
    println!("{met:?}");
    let each = [("unpriced", 2_000), ("priced", 40_000), ("W401", 5_000), ("W471", 200), ("W405", 3_000), ("W411", 8_000)];
    for (what, least) in each {
        let enough = met.get(what).is_some_and(|met| *met >= least * runs::count(20_000) / 20_000);
        assert!(enough, "{what} is met too seldom: {met:?}");
    }
}

/// A window, a `max_units` or a limit of which `check` says that it can have no effect may be taken away.
#[test]
fn what_can_have_no_effect_has_none() {
    let mut met = BTreeMap::new();
    runs::each(runs::count(20_000) / 4, 23, settled(), |Settled { programme, as_of }| {
        let mut without = programme.clone();
        for terms in &mut without.contracts {
            for finding in check(&values::contract(terms)).iter().rev() {
                let path = finding.place.field.as_deref().unwrap_or_default();
                let nth = || number(path.split_once('[').unwrap().1);
                match finding.code {
                    Code::WindowIdle => terms.outcomes[nth()].window = None,
                    Code::MaxUnitsIdle => match &mut terms.charges[nth()].what {
                        p::What::Period { max_units, .. } => *max_units = None,
                        _ => panic!("{path} has no units"),
                    },
                    Code::LimitIdle => drop(terms.limits.remove(nth())),
                    _ => continue,
                }
                *met.entry(finding.code.id()).or_insert(0) += 1;
            }
        }
        let settle = |programme| values::settle(programme, as_of, None);
        let differences = settle(programme).differences(&settle(&without), "with", "without");
        assert!(differences.is_empty(), "{}", differences.join("\n"));
    });
    println!("{met:?}");
    for code in ["W472", "W473", "W474"] {
        let enough = met.get(code).is_some_and(|met| *met >= runs::count(20_000) / 400);
        assert!(enough, "{code} is met too seldom: {met:?}");
    }
}
