//! Gates, judged once more: test by test, each figure looked up on the day that counts (mechanisms 6.3).

use super::figures::{Desktop, Lookup};
use super::fraction::Fraction;
use super::gated::{AskedTold, GateTold, TestTold};
use crate::charge::test::{Bound, Than};
use crate::charge::{Gate, Requirement, Test};
use crate::contract::Calendar;
use crate::figure::asking::DEEPEST;
use crate::measure::day::Day;
use crate::measure::id::Id;
use std::cmp::Ordering;

/// Where gates are judged.
#[derive(Clone, Copy)]
pub(super) struct Bench<'b> {
    pub at: Desktop<'b>,
    /// The last day that is settled: what comes later is not waited for yet.
    pub until: Day,
}

/// What is being judged.
#[derive(Clone, Copy)]
struct Asked<'r> {
    /// That of the entitlement, also where a gate is judged on a date.
    own_day: Day,
    reached: Reached<'r>,
    /// How deep gates may still test gates.
    deep: usize,
}

/// The day on which a charge, or a step of it, was reached.
pub(super) type Reached<'r> = &'r dyn Fn(&Requirement) -> Option<Day>;

impl Bench<'_> {
    /// How a gate is judged for what has that own day.
    pub(super) fn judge(&self, id: &Id, own: Day, reached: Reached<'_>) -> GateTold {
        self.judged(id, own, Asked { own_day: own, reached, deep: DEEPEST })
    }

    fn judged(&self, id: &Id, day: Day, asked: Asked<'_>) -> GateTold {
        let mut told = GateTold { gate: id.to_string(), ..GateTold::default() };
        let gate = self.at.contract.gates.iter().find(|gate| gate.id == *id);
        let (Some(gate), Some(deep)) = (gate, asked.deep.checked_sub(1)) else { return told };
        told.needed = gate.needed();
        let Some((since, on)) = self.days(gate, day) else { return told };
        told.judged = Some(on);
        for test in &gate.tests {
            let mut tested = self.test(test, (since, on), Asked { deep, ..asked });
            // On a date nothing is waited for.
            tested.met = tested.met.filter(|day| gate.dates.is_none() || *day <= on);
            told.tests.push(tested);
        }
        // Day after day until enough of them are met.
        let met: Vec<Day> = told.tests.iter().filter_map(|test| test.met).collect();
        let enough = |day: &Day| met.iter().filter(|met| *met <= day).count() >= told.needed;
        told.opens = met.iter().copied().filter(enough).min();
        told
    }

    /// The day on which it is judged, and the first one since its date before.
    fn days(&self, gate: &Gate, own: Day) -> Option<(Day, Day)> {
        let starts = self.at.contract.starts;
        if gate.dates.is_none() {
            return Some((starts, own));
        }
        let last = Calendar::with_tail(self.at.contract).last.max(self.at.contract.last_earned());
        let dates = gate.until(self.at.contract.term(), last)?;
        let on = dates.iter().copied().find(|date| *date >= own)?;
        let since = dates.iter().copied().rfind(|date| *date < on).map_or(starts, |date| date.next());
        Some((since, on))
    }

    fn test(&self, test: &Test, (since, on): (Day, Day), asked: Asked<'_>) -> TestTold {
        match test {
            Test::Charge(reach) => {
                let day = (asked.reached)(&reach.charge);
                let by_then = day.is_some_and(|day| day <= on);
                let met = match reach.reached {
                    false => (!by_then).then_some(on),
                    true if by_then => Some(on),
                    true => day,
                };
                let asked = AskedTold::Charge { what: reach.charge.to_string(), reached: reach.reached, on: day };
                TestTold { asked, met }
            }
            Test::Figure(bound) => self.figure(bound, (since, on)),
            Test::Gate(id) => {
                let told = self.judged(id, on, asked);
                TestTold { met: told.opens, asked: AskedTold::Gate(told) }
            }
            Test::Suspended(wanted) => {
                let (all, own_day) = (&self.at.facts.suspensions, asked.own_day);
                let mut known = (0..all.len()).filter_map(|nth| all.known(nth, self.at.cut_off));
                let lies =
                    known.find(|(_, terms)| own_day >= terms.first_day && terms.last_day.is_none_or(|last| own_day <= last));
                let suspension = lies.map(|(row, _)| row.id.to_string());
                let met = (suspension.is_some() == *wanted).then_some(on);
                TestTold { asked: AskedTold::Suspended { own_day, suspension }, met }
            }
        }
    }

    /// A figure on the day; one that can only rise is looked up day after day until it is enough.
    fn figure(&self, bound: &Bound, (since, on): (Day, Day)) -> TestTold {
        let fraction = |ratio| Fraction::of_ratio(ratio).unwrap_or(Fraction::over(1));
        let (number, tolerance) = (fraction(bound.number), fraction(bound.tolerance));
        let enough = number.times(tolerance).unwrap_or(number);
        let look = |day: Day| {
            let told = Lookup::on(self.at, (since, day)).look_up(&bound.figure);
            let holds = told.value.is_some_and(|value| stands(value, bound.than, enough));
            (told, holds.then_some(day))
        };
        let figure = self.at.contract.figures.iter().find(|figure| figure.id == bound.figure);
        let (mut told, mut met) = look(on);
        if figure.is_some_and(|figure| bound.is_waited_for(&figure.form)) {
            let mut day = on;
            while met.is_none() && day < self.until {
                day = day.next();
                (told, met) = look(day);
            }
        }
        let tolerance = (number != enough).then_some(tolerance);
        let told = Box::new(told);
        TestTold { asked: AskedTold::Figure { told, than: bound.than, number, tolerance, enough }, met }
    }
}

/// Whether a value stands as it should to a number: what is left of it once the number is taken away says so.
fn stands(value: Fraction, than: Than, number: Fraction) -> bool {
    let Some(rest) = value.less(number) else { return false };
    let order = match (rest.is_0(), rest.is_below_0()) {
        (true, _) => Ordering::Equal,
        (_, true) => Ordering::Less,
        _ => Ordering::Greater,
    };
    match than {
        Than::AtLeast => order != Ordering::Less,
        Than::Above => order == Ordering::Greater,
        Than::AtMost => order != Ordering::Greater,
        Than::Below => order == Ordering::Less,
    }
}
