//! Laws of comparisons, on random programmes: each against the same one amended, with further terms changed at random.

use crate::support;

use effekt::charge::Mechanism;
use effekt::compare::{By, Comparison, Line, Of, Reason, compare};
use effekt::measure::grid::{Every, Grid};
use effekt::{Contract, Day, Facts, settle};
use proptest::prelude::{Strategy, any, prop_oneof};
use std::collections::{BTreeMap, BTreeSet};
use support::arbitrary::{
    Resettled, readjusted, recounted, regated, regranting, reowing, repayrolled, resettled, reversioned,
};
use support::{runs, values};

/// Two contracts and the facts of the first.
struct Two {
    a: Contract,
    b: Contract,
    facts: Facts,
    as_of: Day,
}

/// Programmes of all kinds with an amendment, and which terms change besides.
fn pairs() -> impl Strategy<Value = (Resettled, u8)> {
    let programmes = prop_oneof![
        4 => resettled().boxed(),
        2 => readjusted().boxed(),
        2 => regated().boxed(),
        2 => recounted().boxed(),
        1 => repayrolled().boxed(),
        1 => reversioned().boxed(),
        1 => reowing().boxed(),
        1 => regranting().boxed(),
    ];
    (programmes, any::<u8>())
}

/// The contract as it was first, and as it was amended with more terms changed, on the later facts.
fn two((programmes, changes): &(Resettled, u8)) -> Option<Two> {
    let Resettled { first, then } = programmes;
    let id = then.programme.contracts.first()?.id.clone();
    if first.programme.contracts.iter().all(|contract| contract.id != id) {
        return None;
    }
    let as_of = Day::parse(&then.as_of)?;
    let (a, mut b) = (values::in_versions(&first.programme, &id), values::in_versions(&then.programme, &id));
    change(&mut b, *changes);
    let mut versions = std::mem::take(&mut b.versions);
    versions.iter_mut().for_each(|version| change(&mut version.terms, *changes));
    b.versions = versions;
    Some(Two { a, b, facts: values::facts(&then.programme, &id, as_of), as_of })
}

fn change(contract: &mut Contract, changes: u8) {
    if changes & 1 != 0 {
        contract.limits.clear();
    }
    if changes & 6 == 2 {
        contract.outcomes.iter_mut().for_each(|outcome| outcome.kinds.truncate(1));
    }
    if changes & 6 == 4 {
        contract.outcomes.iter_mut().for_each(|outcome| outcome.min_weekly_hours = 20.into());
    }
    if changes & 24 == 8 {
        contract.settlement.every = Every::Year;
    }
    if changes & 96 == 32 {
        contract.cohort.max_participants = Some(1);
    }
    for charge in contract.charges.iter_mut().filter(|_| changes & 128 != 0) {
        if let Mechanism::Period(period) = &mut charge.mechanism {
            period.unit = if period.unit == Grid::Week { Grid::Month } else { period.unit };
        }
    }
}

type Sums = BTreeMap<(String, String), (i128, i128)>;

fn minor(line: &Line) -> (i128, i128) {
    (line.a.map_or(0, |a| a.minor()), line.b.map_or(0, |b| b.minor()))
}

fn name(of: &Of) -> String {
    match of {
        Of::Total | Of::Key => String::new(),
        Of::Contract => "-".to_owned(),
        Of::Companies => "(companies)".to_owned(),
        Of::Name(name) | Of::Quarter(name) => name.clone(),
        Of::Reason(reason) => reason.to_string(),
    }
}

/// Every line of a comparison by breakdown and name.
fn lines(comparison: &Comparison) -> Sums {
    let of = comparison.breakdowns.iter().flat_map(|breakdown| {
        breakdown.lines.iter().map(|line| ((breakdown.by.code().to_owned(), name(&line.of)), minor(line)))
    });
    of.chain([((String::new(), String::new()), minor(&comparison.total))]).collect()
}

fn equal<T: PartialEq + std::fmt::Debug>(found: &T, wanted: &T, what: &str) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what}: {found:?}, not {wanted:?}")) }
}

/// Tries something on each of so many pairs.
fn law(seed: u8, mut holds: impl FnMut(&Two) -> Result<(), String>) {
    let tried = runs::try_each(runs::count(1_000), seed, pairs(), |made| two(made).map_or(Ok(()), |two| holds(&two)));
    if let Err(error) = tried {
        panic!("{error}");
    }
}

/// Nothing is paid otherwise by a contract than by itself.
#[test]
fn a_contract_compared_with_itself_differs_nowhere() {
    law(31, |Two { b, facts, as_of, .. }| {
        let same = compare(b, b, facts, *as_of);
        for (line, (a, b)) in lines(&same) {
            equal(&a, &b, &format!("{line:?}"))?;
        }
        let reasons = same.breakdowns.iter().find(|breakdown| breakdown.by == By::Reason).unwrap();
        let others = reasons.lines.iter().filter(|line| line.of != Of::Reason(Reason::Equal)).count();
        equal(&(others, same.keys.iter().filter(|key| !key.reasons.is_empty()).count()), &(0, 0), "reasons")
    });
}

/// The parts of every breakdown, and the keys, add up to the total on both sides; a key has a reason if it differs, and only then.
#[test]
fn every_breakdown_adds_up_to_the_total() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    law(32, |Two { a, b, facts, as_of }| {
        let compared = compare(a, b, facts, *as_of);
        let total = minor(&compared.total);
        let sum =
            |lines: &mut dyn Iterator<Item = &Line>| lines.map(minor).fold((0, 0), |sum, (a, b)| (sum.0 + a, sum.1 + b));
        equal(&compared.breakdowns.len(), &By::ALL.len(), "breakdowns")?;
        for breakdown in &compared.breakdowns {
            equal(&sum(&mut breakdown.lines.iter()), &total, breakdown.by.code())?;
        }
        equal(&sum(&mut compared.keys.iter().map(|key| &key.amounts)), &total, "keys")?;
        for key in &compared.keys {
            let differs = key.amounts.difference.minor() != 0;
            equal(&!key.reasons.is_empty(), &differs, &format!("{key:?}"))?;
        }
        let all = compared.keys.iter().flat_map(|key| &key.reasons);
        let words: BTreeSet<String> = all.map(|reason| word(reason).to_owned()).collect();
        words.into_iter().for_each(|word| *met.entry(word).or_default() += 1);
        Ok(())
    });
    println!("{met:?}");
    let wanted = ["kind", "hours", "cohort", "limit", "rate", "not-settled", "no-charge", "no-unit", "quantity", "amount"];
    let missing: Vec<&str> = wanted.into_iter().filter(|word| met.get(*word).is_none_or(|met| *met < 2)).collect();
    assert!(missing.is_empty() || runs::count(1_000) < 1_000, "too seldom: {missing:?}");
}

/// The word of a reason, without its side and what it is about.
fn word(reason: &Reason) -> &'static str {
    match reason {
        Reason::Equal => "equal",
        Reason::NotOwed { why, .. } => why.cause.code(),
        Reason::Rate => "rate",
        Reason::Quantity => "quantity",
        Reason::Amount => "amount",
        Reason::Limit { .. } => "limit",
    }
}

/// Compared the other way round, everything changes sides and nothing else does.
#[test]
fn the_other_way_round_every_difference_is_turned() {
    law(33, |Two { a, b, facts, as_of }| {
        let (there, back) = (compare(a, b, facts, *as_of), compare(b, a, facts, *as_of));
        let other = |of: &str| match of.split_at_checked(2) {
            Some(("a:", rest)) => format!("b:{rest}"),
            Some(("b:", rest)) => format!("a:{rest}"),
            _ => of.to_owned(),
        };
        let turned = |((by, of), (a, b)): ((String, String), (i128, i128))| {
            let of = if by == "reason" { other(&of) } else { of };
            ((by, of), (b, a))
        };
        equal(&lines(&back).into_iter().map(turned).collect(), &lines(&there), "turned")
    });
}

/// A wrong reading of what a comparison is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    Nothing,
    /// Only first postings, without what corrects them.
    WithoutCorrections,
    /// Only the last settlement.
    LastSettlement,
    /// By the quarter of the period that posted it.
    QuarterOfThePeriod,
    /// B only as far as A is settled.
    AsFarAsA,
    /// Only keys that both pay.
    OfBoth,
    /// Only what is a participant's.
    ParticipantsOnly,
    /// A charge stands where its place in the contract is, not its id.
    ByPlace,
}

const WRONG: [Wrong; 7] = [
    Wrong::WithoutCorrections,
    Wrong::LastSettlement,
    Wrong::QuarterOfThePeriod,
    Wrong::AsFarAsA,
    Wrong::OfBoth,
    Wrong::ParticipantsOnly,
    Wrong::ByPlace,
];

/// What a key comes to, and when it is earned.
type Key = (String, String, String);

fn owed(contract: &Contract, facts: &Facts, as_of: Day, until: Option<Day>, wrong: Wrong) -> BTreeMap<Key, (i128, String)> {
    let mut owed: BTreeMap<Key, (i128, String)> = BTreeMap::new();
    let settlements: Vec<_> = settle(contract, facts, as_of).collect();
    let last = settlements.len();
    for (nth, settlement) in settlements.iter().enumerate() {
        let missed = wrong == Wrong::LastSettlement && nth + 1 < last;
        if missed || until.is_some_and(|until| settlement.period.days.last > until) {
            continue;
        }
        for entry in settlement.entries() {
            let whose = if contract
                .all()
                .any(|version| version.charges.iter().any(|charge| charge.id == *entry.charge && charge.is_the_contracts()))
            {
                if entry.subject == "-" { "-" } else { "(companies)" }
            } else {
                "participant"
            };
            let subject = format!("{whose}/{}", entry.subject);
            let key = (entry.charge.to_owned(), subject, entry.unit.to_string());
            let day = if wrong == Wrong::QuarterOfThePeriod { settlement.period.days.last } else { entry.earned_on };
            let one = owed.entry(key).or_default();
            if !(wrong == Wrong::WithoutCorrections && entry.corrects.is_some()) {
                one.0 += i128::from(entry.amount.minor());
            }
            one.1 = Grid::Quarter.cell(day).to_string();
        }
    }
    owed.retain(|_, (amount, _)| *amount != 0);
    owed
}

/// The breakdowns by charge, group, quarter and participant, reckoned once more from the settlements of both.
fn reckoned(Two { a, b, facts, as_of }: &Two, wrong: Wrong) -> Sums {
    let until = settle(a, facts, *as_of).last().map(|settlement| settlement.period.days.last);
    let until = (wrong == Wrong::AsFarAsA).then_some(until.unwrap_or(Day::parse("1900-01-01").unwrap()));
    let both = [owed(a, facts, *as_of, None, wrong), owed(b, facts, *as_of, until, wrong)];
    let mut sums = Sums::new();
    for (side, (contract, keys)) in [a, b].into_iter().zip(&both).enumerate() {
        for ((charge, subject, unit), (amount, quarter)) in keys {
            let key = (charge.clone(), subject.clone(), unit.clone());
            let participant = subject.strip_prefix("participant/");
            let skip = (wrong == Wrong::OfBoth && !both[1 - side].contains_key(&key))
                || (wrong == Wrong::ParticipantsOnly && participant.is_none());
            if skip {
                continue;
            }
            let place = contract.charges.iter().position(|known| known.id == **charge);
            let charge = match place.and_then(|place| a.charges.get(place)) {
                Some(at) if wrong == Wrong::ByPlace => at.id.to_string(),
                _ => charge.clone(),
            };
            let other = subject.split('/').next().unwrap();
            let group = participant.map_or(other.to_owned(), |id| {
                let rows = facts.participants.rows_of(facts.participants.find(id).unwrap());
                rows.iter().rev().find_map(|row| row.fact.as_ref()).unwrap().target_group.to_string()
            });
            let participant = participant.unwrap_or(other).to_owned();
            let names = [("", String::new()), ("charge", charge), ("target-group", group), ("quarter", quarter.clone())];
            for (by, of) in names.into_iter().chain([("participant", participant)]) {
                let sum = sums.entry((by.to_owned(), of)).or_default();
                if side == 0 { sum.0 += amount } else { sum.1 += amount }
            }
        }
    }
    sums.retain(|_, sums| *sums != (0, 0));
    sums
}

/// What `settle` gives for each contract alone, added up another way, is what the comparison says; and each of seven wrong ways of
/// adding it up is told from it by some programmes.
#[test]
fn both_sides_are_what_each_contract_pays_alone() {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    law(34, |two| {
        let mut compared = lines(&compare(&two.a, &two.b, &two.facts, two.as_of));
        compared.retain(|(by, _), sums| !["reason", "payer"].contains(&by.as_str()) && *sums != (0, 0));
        equal(&compared, &reckoned(two, Wrong::Nothing), "reckoned")?;
        for wrong in WRONG.iter().filter(|wrong| reckoned(two, **wrong) != compared) {
            *told.entry(format!("{wrong:?}")).or_default() += 1;
        }
        Ok(())
    });
    println!("{told:?}");
    let least = runs::count(1_000) / 200;
    for wrong in WRONG {
        let told = told.get(&format!("{wrong:?}")).copied().unwrap_or(0);
        assert!(told >= least as usize, "{wrong:?} is told from what is right by {told} programmes only");
    }
}
