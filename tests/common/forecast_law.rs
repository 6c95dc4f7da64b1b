//! The law of forecasts: whatever future of a contract is played out, what is paid in the end lies between the bounds.

use super::future::{Busy, Earned, Future, agreed, earned, paid};
use effekt::documents::payers::Payers;
use effekt::facts::{Facts, History, Row, Spell};
use effekt::forecast::{Bounds, Forecast, Line, Part, forecast};
use effekt::measure::money::Total;
use effekt::{Contract, Day};
use std::collections::BTreeMap;

/// How often something that makes the law worth holding came up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Met {
    /// Futures that were played out.
    pub futures: usize,
    /// Those that paid something after the as-of day.
    pub more: usize,
    /// Sums of charges, and those that had a lowest and a highest.
    pub sums: usize,
    pub lowest: usize,
    pub highest: usize,
    /// Those that were paid exactly the lowest, not 0, or the highest, and not both.
    pub at_lowest: usize,
    pub at_highest: usize,
}

/// What makes a forecast; the wrong engines are others.
pub type Maker = dyn for<'c> Fn(&'c Contract, &Facts, Day, Option<Day>) -> Forecast<'c>;

/// The forecast of the engine.
pub fn right<'c>(contract: &'c Contract, facts: &Facts, as_of: Day, told: Option<Day>) -> Forecast<'c> {
    forecast(contract, facts, as_of, told)
}

/// Plays futures of a contract out after a day, and says what does not hold.
pub fn holds(
    make: &Maker,
    contract: &Contract,
    facts: &Facts,
    as_of: Day,
    told: Option<Day>,
    met: &mut Met,
) -> Result<(), String> {
    let contract = agreed(contract, as_of);
    let said = make(&contract, facts, as_of, told);
    stands(&said, &contract, facts, as_of)?;
    let is_over = as_of >= said.last;
    let busy = [(0, 37), (1, 20), (2, 37), (3, 12)].map(|(kind, hours)| Some(Busy { kind, hours }));
    for (until, what) in [(Some(said.told), "told"), (None, "wide")] {
        for busy in [None].into_iter().chain(busy).take(if is_over { 1 } else { 5 }) {
            let future = Future { contract: &contract, facts, as_of, told: until };
            let facts = future.facts(busy);
            let paid = paid(&contract, &facts);
            met.futures += 1;
            let bounds = |line: &Line| if until.is_some() { line.told.clone() } else { line.wide.clone() };
            let sums = said.contract.charges.iter().zip(&said.charges).map(|(charge, line)| {
                let sum = paid.get(charge.id.as_str()).copied().unwrap_or_default();
                (charge.id.to_string(), bounds(line), sum, line.settled)
            });
            let all = ("all".to_owned(), bounds(&said.total), paid.values().sum(), said.total.settled);
            met.more += usize::from(all.2 != all.3.minor());
            let earned = earned(&contract, &facts);
            let apart = by_year(&said, &earned).into_iter().chain(by_payer(&said, &earned));
            let apart = apart.map(|(what, line, sum)| (what, bounds(line), sum, line.settled));
            for (id, bounds, sum, _) in sums.chain([all]).chain(apart) {
                met.note(&bounds, sum);
                if !bounds.hold(Total::from_minor(sum)) {
                    let told = until.map(|day| day.to_string());
                    return Err(format!(
                        "{what} {told:?}, as of {as_of}, {busy:?}: {id} is paid {sum}, said was {bounds:?}"
                    ));
                }
            }
        }
    }
    Ok(())
}

/// What was earned in each year, by charge and in all, beside what was said of it.
fn by_year<'f>(said: &'f Forecast<'_>, earned: &[Earned]) -> Vec<(String, &'f Line, i128)> {
    let all: i128 = earned.iter().map(|key| i128::from(key.amount.minor())).sum();
    let of = |year: i32, charge: Option<&str>| -> i128 {
        let asked = |key: &&Earned| key.year == year && charge.is_none_or(|charge| key.charge == charge);
        earned.iter().filter(asked).map(|key| i128::from(key.amount.minor())).sum()
    };
    let in_years: i128 = said.years.iter().map(|year| of(year.year, None)).sum();
    assert_eq!(all, in_years, "something is earned in no year");
    let lines = said.years.iter().flat_map(|year| {
        let charges = said.contract.charges.iter().zip(&year.charges);
        let charges = charges.map(|(charge, line)| (Some(charge.id.as_str()), line)).chain([(None, &year.total)]);
        charges.map(|(charge, line)| {
            let what = format!("{} of {}", charge.unwrap_or("all"), year.year);
            (what, line, of(year.year, charge))
        })
    });
    lines.collect()
}

/// What each payer pays of it.
fn by_payer<'f>(said: &'f Forecast<'_>, earned: &[Earned]) -> Vec<(String, &'f Line, i128)> {
    let payers = Payers::new(said.contract);
    let part = |part: &'f Part| {
        let place = usize::from(part.payer);
        let of = |key: &Earned| i128::from(payers.parts(&key.charge, key.amount)[place].minor());
        (format!("payer {}", said.contract.payers[place].id), &part.line, earned.iter().map(of).sum())
    };
    said.payers.iter().map(part).collect()
}

impl Met {
    fn note(&mut self, bounds: &Bounds, sum: i128) {
        let at = |bound: Result<Total, _>| bound.is_ok_and(|bound: Total| bound.minor() == sum);
        let apart = bounds.lowest != bounds.highest;
        self.sums += 1;
        self.lowest += usize::from(bounds.lowest.is_ok());
        self.highest += usize::from(bounds.highest.is_ok());
        self.at_lowest += usize::from(apart && sum != 0 && at(bounds.lowest));
        self.at_highest += usize::from(apart && at(bounds.highest));
    }
}

/// What stands, and what goes on, is what is settled on such facts.
fn stands(said: &Forecast<'_>, contract: &Contract, facts: &Facts, as_of: Day) -> Result<(), String> {
    let known = Future { contract, facts: &nothing_later(facts, as_of), as_of, told: Some(as_of) }.facts(None);
    let settled = paid(contract, &known);
    let going_on = paid(contract, &going_on(contract, known.clone(), as_of));
    for (what, sums, of) in
        [("stands", &settled, (|line| line.stands) as fn(&Line) -> Total), ("goes on", &going_on, |line| line.goes_on)]
    {
        let each: BTreeMap<String, i128> = said
            .contract
            .charges
            .iter()
            .map(|charge| charge.id.to_string())
            .zip(said.charges.iter().map(|line| of(line).minor()))
            .filter(|(_, sum)| *sum != 0)
            .collect();
        let sums: BTreeMap<String, i128> = sums.clone().into_iter().filter(|(_, sum)| *sum != 0).collect();
        if each != sums || of(&said.total).minor() != sums.values().sum::<i128>() {
            return Err(format!("as of {as_of}: what {what} is {sums:?}, said was {each:?}"));
        }
    }
    Ok(())
}

fn nothing_later(facts: &Facts, as_of: Day) -> Facts {
    fn until<T: effekt::facts::Fact + Clone>(history: &History<T>, as_of: Day) -> History<T> {
        History::new(history.rows().iter().filter(|row| row.recorded_on <= as_of).cloned().collect()).unwrap()
    }
    Facts {
        participants: until(&facts.participants, as_of),
        companies: until(&facts.companies, as_of),
        placements: until(&facts.placements, as_of),
        spells: until(&facts.spells, as_of),
        reports: until(&facts.reports, as_of),
        measurements: until(&facts.measurements, as_of),
        suspensions: until(&facts.suspensions, as_of),
        validations: until(&facts.validations, as_of),
        benefits: until(&facts.benefits, as_of),
        offers: until(&facts.offers, as_of),
        shown: until(&facts.shown, as_of),
        indicators: until(&facts.indicators, as_of),
    }
}

/// Every open spell is confirmed on each day until the last cut-off.
fn going_on(contract: &Contract, mut facts: Facts, as_of: Day) -> Facts {
    let ended = |row: &Row<Spell>| {
        let days = contract.in_force(Day::FAR).settlement.confirm_days;
        days.is_some_and(|days| row.recorded_on.plus_days(i64::from(days)) < as_of)
    };
    let mut rows = facts.spells.rows().to_vec();
    for nth in 0..facts.spells.len() {
        let Some((row, spell)) = facts.spells.known(nth, as_of) else { continue };
        if spell.last_day.is_none() && !ended(row) {
            let last = effekt::contract::Calendar::new(contract).last().map_or(as_of, |period| period.cut_off);
            let days =
                std::iter::successors(Some(as_of.next()), |day| Some(day.plus_days(9))).take_while(|day| *day <= last);
            rows.extend(days.map(|recorded_on| Row { recorded_on, revision: 0, ..row.clone() }));
        }
    }
    facts.spells = History::new(rows).unwrap();
    facts
}
