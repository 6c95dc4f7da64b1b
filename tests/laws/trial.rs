//! How a law is tried: on random programmes, from a fixed seed, with a count of how often it had something to say.

use crate::support::arbitrary::{Settled, settled};
use crate::support::day::Day;
use crate::support::oracle::calendar_of;
use crate::support::output::Output;
use crate::support::print::{self, Spelling};
use crate::support::programme::Programme;
use crate::support::{runs, values};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a law says of one random programme: nothing, or what breaks it.
pub type Verdict = Result<(), String>;

/// 1,000 programmes a law; EFFEKT_LAW_CASES says how many times as many.
pub fn cases() -> u32 {
    let times = std::env::var("EFFEKT_LAW_CASES").map_or(1, |text| text.parse().expect("EFFEKT_LAW_CASES is a number"));
    1_000 * times
}

/// Random choices of a law, besides the programme. When they are used up, all are 0.
#[derive(Clone)]
pub struct Dice(Vec<u16>);

impl std::fmt::Debug for Dice {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Dice{:?}", self.0)
    }
}

impl Dice {
    /// A number below n.
    pub fn below(&mut self, n: usize) -> usize {
        self.0.pop().map_or(0, usize::from) % n.max(1)
    }

    /// A number from `from` to `to`, both inclusive.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1).max(1) as usize) as i64
    }

    pub fn of_list<T: Clone>(&mut self, list: &[T]) -> Option<T> {
        if list.is_empty() { None } else { Some(list[self.below(list.len())].clone()) }
    }

    /// Any order of a list.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

pub fn dice() -> impl Strategy<Value = Dice> {
    prop::collection::vec(any::<u16>(), 48).prop_map(Dice)
}

/// How often a law met what makes it interesting.
#[derive(Debug, Default)]
pub struct Tally {
    programmes: usize,
    met: BTreeMap<&'static str, usize>,
    /// What has come up in the programme at hand.
    now: BTreeMap<&'static str, bool>,
}

impl Tally {
    /// Counts a programme if something came up in it.
    pub fn met(&mut self, what: &'static str, came_up: bool) {
        *self.now.entry(what).or_default() |= came_up;
    }

    fn end_programme(&mut self) {
        self.programmes += 1;
        for (what, came_up) in std::mem::take(&mut self.now) {
            *self.met.entry(what).or_default() += usize::from(came_up);
        }
    }

    /// Everything counted must have come up in so many of a thousand programmes.
    fn check(&self, least: &[(&'static str, usize)]) {
        for (what, met) in &self.met {
            println!("{what}: {met} of {}", self.programmes);
        }
        for (what, least) in least {
            let met = self.met.get(what).copied().unwrap_or(0);
            assert!(met * 1000 >= least * self.programmes, "{what}: in {met} of {} programmes", self.programmes);
        }
    }
}

/// A random programme to try a law on. No row is recorded after the as-of day.
pub struct Trial<'t> {
    /// As it was made, with whatever stands in rows recorded after the as-of day.
    pub case: &'t Settled,
    pub programme: Programme,
    pub as_of: Day,
    pub dice: Dice,
    pub tally: &'t mut Tally,
}

impl Trial<'_> {
    /// A day by which everything of every contract is settled, tail and all.
    pub fn end(&self) -> Day {
        let last = self.programme.contracts.iter().flat_map(calendar_of).map(|(_, cut_off)| cut_off).max();
        last.unwrap_or(self.as_of).max(self.as_of)
    }

    pub fn settle(&self) -> Output {
        settle(&self.programme, self.end())
    }
}

/// Tries a law on random programmes. `least` says of what it meets in how many of a thousand programmes it must.
pub fn law(seed: u8, least: &[(&'static str, usize)], look: impl FnMut(&mut Trial) -> Verdict) {
    law_of(settled(), cases(), seed, least, look);
}

/// As `law`, on so many programmes of some kind.
pub fn law_of(
    programmes: impl Strategy<Value = Settled>,
    cases: u32,
    seed: u8,
    least: &[(&'static str, usize)],
    mut look: impl FnMut(&mut Trial) -> Verdict,
) {
    let mut tally = Tally::default();
    let told = runs::try_each(cases, seed, (programmes, dice()), |(case, dice)| {
        let as_of = Day::parse(&case.as_of).unwrap();
        let programme = recorded_by(&case.programme, as_of);
        look(&mut Trial { case, programme, as_of, dice: dice.clone(), tally: &mut tally })?;
        tally.end_programme();
        Ok(())
    });
    if let Err(error) = told {
        panic!("{error}");
    }
    tally.check(least);
}

/// Without the rows recorded after a day.
pub fn recorded_by(programme: &Programme, day: Day) -> Programme {
    let mut programme = programme.clone();
    let there = |recorded_on: &str| Day::parse(recorded_on).unwrap() <= day;
    programme.participants.retain(|row| there(&row.record.recorded_on));
    programme.companies.retain(|row| there(&row.record.recorded_on));
    programme.placements.retain(|row| there(&row.record.recorded_on));
    programme.spells.retain(|row| there(&row.record.recorded_on));
    programme.reports.retain(|row| there(&row.record.recorded_on));
    programme.measurements.retain(|row| there(&row.record.recorded_on));
    programme.suspensions.retain(|row| there(&row.record.recorded_on));
    programme.checks.retain(|row| there(&row.record.recorded_on));
    programme.benefits.retain(|row| there(&row.record.recorded_on));
    programme.offers.retain(|row| there(&row.record.recorded_on));
    programme.shown.retain(|row| there(&row.record.recorded_on));
    programme.indicators.retain(|row| there(&row.record.recorded_on));
    programme
}

pub fn settle(programme: &Programme, as_of: Day) -> Output {
    values::settle(programme, &as_of.to_string(), None)
}

pub fn settle_on(programme: &Programme, as_of: Day, ledger: &Output) -> Output {
    values::settle(programme, &as_of.to_string(), Some(ledger))
}

/// Two outputs must be equal; `changed` is the programme of the second one, told if they are not.
pub fn same(first: &Output, second: &Output, changed: &Programme) -> Verdict {
    let differences = first.differences(second, "before", "after");
    holds(differences.is_empty(), || format!("{}\nafter:\n{}", differences.join("\n"), files(changed)))
}

/// As `same`, for what is not an output.
pub fn equal<T: PartialEq + std::fmt::Debug>(first: &T, second: &T, changed: &Programme) -> Verdict {
    holds(first == second, || format!("before: {first:#?}\nafter: {second:#?}\nafter:\n{}", files(changed)))
}

pub fn holds(holds: bool, why: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(why()) }
}

/// A programme as the files that a person would read.
pub fn files(programme: &Programme) -> String {
    let texts = print::programme(programme, Spelling::Toml);
    let contracts: Vec<String> =
        texts.contracts.iter().map(|(name, text)| format!("--- contracts/{name}\n{text}\n")).collect();
    format!(
        "{}--- participants.csv\n{}--- companies.csv\n{}--- placements.csv\n{}--- spells.csv\n{}--- hours.csv\n{}--- measurements.csv\n{}--- suspensions.csv\n{}\
         --- validation.csv\n{}--- benefits.csv\n{}--- places.csv\n{}--- goals.csv\n{}--- indicators.csv\n{}",
        contracts.concat(),
        texts.participants,
        texts.companies,
        texts.placements,
        texts.spells,
        texts.reports,
        texts.measurements,
        texts.suspensions,
        texts.checks,
        texts.benefits,
        texts.offers,
        texts.shown,
        texts.indicators
    )
}
