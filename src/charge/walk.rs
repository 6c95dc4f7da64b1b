//! The walk over one participant, or over what has none: charge after charge, each after those that it requires and through
//! its gates, and of the ways to one payment the best (mechanisms 6.1 to 6.4).

use super::delay::Delay;
use super::entitlement::{Entitlement, TopUp, Unit};
use super::gate::{self, Gate};
use super::judge::{Judge, Judged};
use super::requirement::Requirement;
use super::{Charge, Dates, Mechanism};
use crate::figure::{Count, Counted, Figure, Form};
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;
use crate::timeline::Outcome;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How the charges of a contract are tied to one another.
#[derive(Clone, Debug)]
pub struct Ties {
    /// The charges by their places in the contract, each after those that it requires or that its gates test.
    pub order: Vec<u16>,
    /// Everything that any charge requires, that a gate tests, or that a window counts from.
    required: Vec<(u16, Requirement)>,
    /// For each charge what it requires, by place in `required`.
    asks: Vec<Vec<usize>>,
    /// For each charge what its gates test, by place in `required`.
    tests: Vec<Vec<usize>>,
    /// For each charge the gates that it requires, by their places in the contract.
    gates: Vec<Vec<u16>>,
    /// For each charge what the window of its outcome counts from, by place in `required`.
    follows: Vec<Option<usize>>,
    /// For each charge its variant.
    variants: Vec<Option<Id>>,
    /// The counts of those who reached something, each with its place in `required` (mechanisms 4.1).
    reached: Vec<(u16, usize)>,
    /// The counts of units, each with its charge.
    units: Vec<(u16, u16)>,
    /// The outcomes of tallies whose windows count from a charge, each with its place in `required`.
    tallied: Vec<(Id, usize)>,
}

/// The outcome that a charge measures.
fn measured<'o>(charge: &Charge, outcomes: &'o [Outcome]) -> Option<&'o Outcome> {
    let id = charge.mechanism.outcome()?;
    outcomes.iter().find(|outcome| outcome.id == *id)
}

/// The outcome whose days a figure tallies.
fn tallied<'o>(figure: &Figure, outcomes: &'o [Outcome]) -> Option<&'o Outcome> {
    let id = figure.form.outcome()?;
    outcomes.iter().find(|outcome| outcome.id == *id)
}

/// Whether a charge looks at another, or at more than one timeline.
fn is_tied(charge: &Charge, outcomes: &[Outcome]) -> bool {
    let dated = charge.mechanism.dates().is_some_and(|dates| dates.follows().is_some());
    let apart = |outcome: &Outcome| outcome.follows().is_some() || outcome.same_employer;
    !charge.requires.is_empty() || charge.variant.is_some() || dated || measured(charge, outcomes).is_some_and(apart)
}

/// Whether a figure counts what a charge comes to, or days that count from one.
fn counts(figure: &Figure, outcomes: &[Outcome]) -> bool {
    match &figure.form {
        Form::Count(count) => count.of.charge().is_some(),
        _ => tallied(figure, outcomes).is_some_and(|outcome| outcome.follows().is_some()),
    }
}

/// For each thing that any charge requires the day from which it holds, if it does (mechanisms 6.1).
pub type Held = Vec<Option<Day>>;

impl Ties {
    /// The ties of a contract's charges to one another and to what counts them; `None` where each stands by itself and looks at
    /// one timeline.
    #[must_use]
    pub fn new(charges: &[Charge], gates: &[Gate], outcomes: &[Outcome], figures: &[Figure]) -> Option<Ties> {
        if !charges.iter().any(|charge| is_tied(charge, outcomes)) && !figures.iter().any(|figure| counts(figure, outcomes))
        {
            return None;
        }
        let place = |id: &Id| charges.iter().position(|charge| charge.id == *id).and_then(|at| u16::try_from(at).ok());
        let mut required: Vec<(u16, Requirement)> = Vec::new();
        let mut ask = |named: &Requirement| {
            let wanted = (place(&named.charge)?, named.clone());
            let known = required.iter().position(|known| *known == wanted);
            Some(known.unwrap_or_else(|| {
                required.push(wanted);
                required.len() - 1
            }))
        };
        let asks = charges.iter().map(|charge| charge.requires.iter().filter_map(&mut ask).collect()).collect();
        let named = |charge: &Charge| gate::with_inner(gates, charge.requires.iter().map(|named| &named.charge));
        let tested = |charge: &Charge| named(charge).into_iter().flat_map(Gate::charges);
        let tests = charges.iter().map(|charge| tested(charge).filter_map(&mut ask).collect()).collect();
        let opened = |charge: &Charge| {
            let found = charge.requires.iter().filter_map(|named| gate::find(gates, &named.charge));
            found.map(|(place, _)| place).collect()
        };
        let follow = |charge: &Charge| {
            let dates = charge.mechanism.dates().and_then(Dates::follows);
            let (id, step) = dates.or_else(|| measured(charge, outcomes)?.follows())?;
            ask(&Requirement { charge: id.clone(), step: Some(step) })
        };
        let follows = charges.iter().map(follow).collect();
        let gates = charges.iter().map(opened).collect();
        let variants = charges.iter().map(|charge| charge.variant.clone()).collect();
        let (mut reached, mut units, mut follows_of) = (Vec::new(), Vec::new(), Vec::new());
        for (number, figure) in (0_u16..).zip(figures) {
            match &figure.form {
                Form::Count(Count { of: Counted::Reached { charge, step }, .. }) => {
                    reached.extend(ask(&Requirement { charge: charge.clone(), step: *step }).map(|nth| (number, nth)));
                }
                Form::Count(Count { of: Counted::Units { charge }, .. }) => {
                    units.extend(place(charge).map(|charge| (number, charge)));
                }
                _ => {}
            }
            let tallied = tallied(figure, outcomes);
            if let Some((outcome, (id, step))) = tallied.and_then(|outcome| Some((outcome, outcome.follows()?))) {
                let nth = ask(&Requirement { charge: id.clone(), step: Some(step) });
                follows_of.extend(nth.map(|nth| (outcome.id.clone(), nth)));
            }
        }
        let (order, tallied) = (Vec::new(), follows_of);
        let mut ties = Ties { order, required, asks, tests, gates, follows, variants, reached, units, tallied };
        ties.order = ties.sorted(charges.len());
        Some(ties)
    }

    /// The charges in the contract's order, but each after those that it requires or that its gates test.
    fn sorted(&self, charges: usize) -> Vec<u16> {
        let (mut order, mut left): (Vec<u16>, Vec<u16>) = (Vec::new(), (0_u16..).take(charges).collect());
        while !left.is_empty() {
            let ready = |charge: &u16| {
                let follows = self.follows.get(usize::from(*charge)).copied().flatten();
                let follows = follows.and_then(|nth| self.required.get(nth)).map(|(before, _)| before);
                self.looked_at_by(*charge).chain(follows).all(|before| order.contains(before))
            };
            // A circle is an input error (mechanisms 6.4); here it is merely cut open.
            let next = left.iter().position(ready).unwrap_or_default();
            order.push(left.remove(next));
        }
        order
    }

    fn asked_by(&self, charge: u16) -> impl Iterator<Item = (usize, &(u16, Requirement))> {
        let asks = self.asks.get(usize::from(charge)).map(Vec::as_slice).unwrap_or_default();
        asks.iter().filter_map(|nth| Some((*nth, self.required.get(*nth)?)))
    }

    /// The charges that it requires and that its gates test.
    fn looked_at_by(&self, charge: u16) -> impl Iterator<Item = &u16> {
        let tests = self.tests.get(usize::from(charge)).map(Vec::as_slice).unwrap_or_default();
        let tested = tests.iter().filter_map(|nth| self.required.get(*nth));
        self.asked_by(charge).map(|(_, asked)| asked).chain(tested).map(|(charge, _)| charge)
    }

    /// Whether something requires or counts that charge, or a gate tests it, so that reaching it has a say even where nothing is
    /// paid for it
    /// (mechanisms 4.4).
    #[must_use]
    pub fn is_required(&self, charge: u16) -> bool {
        self.required.iter().any(|(required, _)| *required == charge)
            || self.units.iter().any(|(_, counted)| *counted == charge)
    }

    /// The day that the window of a tally's outcome follows, where it follows one that holds (mechanisms 3.1).
    #[must_use]
    pub fn follows_of(&self, outcome: &Id, held: &Held) -> Option<Day> {
        let (_, nth) = self.tallied.iter().find(|(id, _)| id == outcome)?;
        held.get(*nth).copied().flatten()
    }

    /// Whether one of these charges requires one that is not among them, or has a gate that tests one: what has no participant
    /// looks at what participants reach (mechanisms 6.1).
    #[must_use]
    pub fn looks_outside(&self, mut among: impl FnMut(u16) -> bool) -> bool {
        let charges: Vec<u16> = self.order.iter().copied().filter(|charge| among(*charge)).collect();
        charges.iter().any(|charge| self.looked_at_by(*charge).any(|required| !charges.contains(required)))
    }

    /// What holds for anybody: the earliest day for any of those.
    pub fn earliest<'h>(&self, all: impl Iterator<Item = &'h Held>) -> Held {
        all.fold(vec![None; self.required.len()], |earliest, held| {
            earliest.into_iter().zip(held).map(|(a, b)| [a, *b].into_iter().flatten().min()).collect()
        })
    }

    /// Sets out, with what holds already and who judges gates, if there are any.
    #[must_use]
    pub fn walk<'t>(&'t self, held: Held, judge: Option<Judge<'t>>) -> Walk<'t> {
        let held = if held.is_empty() { vec![None; self.required.len()] } else { held };
        Walk { ties: self, held, judge, owed: Vec::new(), unmet: Vec::new(), stopped: Vec::new(), units: Vec::new() }
    }
}

/// On the way through the charges.
#[derive(Debug)]
pub struct Walk<'t> {
    ties: &'t Ties,
    held: Held,
    judge: Option<Judge<'t>>,
    owed: Vec<Entitlement>,
    unmet: Vec<Unmet>,
    stopped: Vec<Stopped>,
    /// What is counted unit by unit: the count and the day reached.
    units: Vec<(u16, Day)>,
}

/// What is reached by itself, but requires what does not hold (mechanisms 6.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unmet {
    /// The charge's place in the contract.
    pub charge: u16,
    /// The first of its units.
    pub unit: Unit,
    /// The company that the unit is for, if it is for one apart.
    pub company: Option<u32>,
    /// The unit's own day.
    pub own_day: Day,
    /// What does not hold.
    pub requires: Requirement,
}

/// What is reached, but stopped by a gate or kept waiting there (mechanisms 6.3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stopped {
    /// The charge's place in the contract.
    pub charge: u16,
    /// The first of its units.
    pub unit: Unit,
    /// The company that the unit is for, if it is for one apart.
    pub company: Option<u32>,
    /// The unit's own day.
    pub own_day: Day,
    /// The gate's place in the contract.
    pub gate: u16,
    /// How it was judged.
    pub judged: Judged,
}

/// What a walk ends with.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// What is owed, in the order of rule 9.2.
    pub owed: Vec<Entitlement>,
    /// What holds, and from which day.
    pub held: Held,
    /// Of each charge that requires what does not hold the first unit.
    pub unmet: Vec<Unmet>,
    /// Of each charge and gate the first unit that it stops, and the first that waits for it; of dates each.
    pub stopped: Vec<Stopped>,
    /// What it adds to counts of those who reached something and of units: the figure and the day reached (mechanisms 4.1).
    pub counted: Vec<(u16, Day)>,
}

impl Walk<'_> {
    /// The day from which everything that the charge requires holds; `None` while something does not. A charge that requires
    /// nothing may be owed from any day (mechanisms 6.1).
    #[must_use]
    pub fn holds_from(&self, charge: u16) -> Option<Day> {
        let mut days = self.ties.asked_by(charge).map(|(nth, _)| self.held.get(nth).copied().flatten());
        days.try_fold(Day::from_number(i32::MIN), |latest, day| Some(latest.max(day?)))
    }

    /// The day on which the participant reached what the window of the charge's outcome counts from (mechanisms 3.1).
    #[must_use]
    pub fn follows(&self, charge: u16) -> Option<Day> {
        let nth = self.ties.follows.get(usize::from(charge)).copied().flatten()?;
        self.held.get(nth).copied().flatten()
    }

    /// Takes what a charge comes to by itself: it is earned on the latest of its own day with the delay and the days from which
    /// what it requires holds and its gates are open; what never holds is never owed (mechanisms 6.1). It is reached whatever
    /// the delay and the gates, and an amount of zero is reached, and not owed (mechanisms 4.4).
    pub fn take(&mut self, charge: u16, reached: Vec<Entitlement>, delay: Option<Delay>) {
        let Some(from) = self.holds_from(charge) else { return self.leave(charge, &reached) };
        for owed in reached {
            let reached_on = owed.earned_on.max(from);
            for (held, (required, named)) in self.held.iter_mut().zip(&self.ties.required) {
                if *required == charge && named.is_met_by(owed.unit) {
                    *held = Some(held.map_or(reached_on, |day| day.min(reached_on)));
                }
            }
            let counts = self.ties.units.iter().filter(|(_, counted)| *counted == charge);
            self.units.extend(counts.map(|(figure, _)| (*figure, reached_on)));
            if !owed.amount.is_zero() || owed.is_place() {
                let own = owed.earned_on;
                let earned_on = delay.map_or(own, |delay| delay.after(own)).max(from);
                let through = self.through(Entitlement { earned_on, ..owed }, own);
                self.owed.extend(through);
            }
        }
    }

    /// Leads an entitlement with that own day through the gates that its charge requires: it is earned once all are open. What
    /// their figures said goes into its ground.
    fn through(&mut self, owed: Entitlement, own_day: Day) -> Option<Entitlement> {
        let gates = self.ties.gates.get(usize::from(owed.charge)).map(Vec::as_slice).unwrap_or_default();
        let Some(judge) = self.judge.as_mut().filter(|_| !gates.is_empty()) else { return Some(owed) };
        let (held, required) = (&self.held, &self.ties.required);
        let reached = |named: &Requirement| {
            let nth = required.iter().position(|(_, known)| known == named)?;
            held.get(nth).copied().flatten()
        };
        let (mut earned_on, mut seen) = (owed.earned_on, owed.seen.as_deref().unwrap_or_default().to_vec());
        for gate in gates {
            let mut judged = judge.judge(*gate, own_day, &reached);
            let Some(opens) = judged.opens else {
                judged.seen.clear();
                let Entitlement { charge, unit, company, .. } = owed;
                self.stop(Stopped { charge, unit, company, own_day, gate: *gate, judged });
                return None;
            };
            earned_on = earned_on.max(opens);
            let new: Vec<_> = judged.seen.into_iter().filter(|one| !seen.contains(one)).collect();
            seen.extend(new);
        }
        let seen: Option<Arc<[_]>> = (!seen.is_empty()).then(|| seen.into());
        Some(Entitlement { earned_on, seen, ..owed })
    }

    /// Keeps the first unit that a gate stops, and the first that waits for it; of dates each.
    fn stop(&mut self, stopped: Stopped) {
        let alike = |known: &&mut Stopped| {
            let same = (known.charge, known.gate, known.judged.waits);
            let dates = matches!(stopped.unit, Unit::Date(_)) && known.unit != stopped.unit;
            same == (stopped.charge, stopped.gate, stopped.judged.waits) && !dates
        };
        match self.stopped.iter_mut().find(alike) {
            Some(known) if (known.own_day, known.unit) <= (stopped.own_day, stopped.unit) => {}
            Some(known) => *known = stopped,
            None => self.stopped.push(stopped),
        }
    }

    fn leave(&mut self, charge: u16, reached: &[Entitlement]) {
        let unmet = |(nth, (_, named)): (usize, &(u16, Requirement))| {
            self.held.get(nth).is_none_or(Option::is_none).then(|| named.clone())
        };
        let requires = self.ties.asked_by(charge).find_map(unmet);
        let first = reached.iter().min_by_key(|owed| (owed.earned_on, owed.unit));
        self.unmet.extend(requires.zip(first).map(|(requires, first)| Unmet {
            charge,
            unit: first.unit,
            company: first.company,
            own_day: first.earned_on,
            requires,
        }));
    }

    /// What it comes to; `key` gives the order of the units of a day and charge.
    #[must_use]
    pub fn finish<K: Ord>(mut self, key: impl Fn(&Entitlement) -> K) -> Walked {
        self.owed.sort_by_key(|owed| (owed.earned_on, owed.charge, key(owed)));
        let reached = self.ties.reached.iter().filter_map(|(figure, nth)| Some((*figure, (*self.held.get(*nth)?)?)));
        let counted = reached.chain(self.units).collect();
        let owed = best(self.owed, &self.ties.variants);
        Walked { owed, held: self.held, unmet: self.unmet, stopped: self.stopped, counted }
    }
}

/// One payment to which there are several ways: the variant, the company, of period charges the unit.
type Payment<'v> = (&'v Id, Option<u32>, Option<i32>);

/// Of the ways to one payment each is owed its amount less the largest before it, in the order of day earned, place in the
/// contract and unit; what is left with nothing is no entitlement (mechanisms 6.2).
fn best(owed: Vec<Entitlement>, variants: &[Option<Id>]) -> Vec<Entitlement> {
    let mut largest: BTreeMap<Payment<'_>, (Money, TopUp)> = BTreeMap::new();
    let top_up = |owed: Entitlement| {
        let Some(Some(variant)) = variants.get(usize::from(owed.charge)) else { return Some(owed) };
        let same_unit = matches!(owed.unit, Unit::Cell(_)).then(|| owed.unit.number());
        let (whole, this) = (owed.amount, TopUp { charge: owed.charge, unit: owed.unit });
        match largest.get_mut(&(variant, owed.company, same_unit)) {
            None => {
                largest.insert((variant, owed.company, same_unit), (whole, this));
                Some(owed)
            }
            Some((before, _)) if whole <= *before => None,
            Some(best) => {
                let (before, tops_up) = std::mem::replace(best, (whole, this));
                Some(Entitlement { amount: whole - before, tops_up: Some(Box::new(tops_up)), ..owed })
            }
        }
    };
    owed.into_iter().filter_map(top_up).collect()
}

impl Mechanism {
    /// Whether it pays for units of time.
    #[must_use]
    pub fn is_period(&self) -> bool {
        matches!(self, Mechanism::Period(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charge::fixed::{Fixed, FixedPer};
    use crate::charge::{OwedBy, Quantity, RateCard};

    fn charge(id: &str, requires: &[&str], variant: Option<&str>) -> Charge {
        let named = |text: &&str| {
            let (charge, step) = text.split_once('/').map_or((*text, None), |(charge, step)| (charge, step.parse().ok()));
            Requirement { charge: Id::name(charge), step }
        };
        Charge {
            id: Id::name(id),
            clause: None,
            rates: RateCard::flat(1.into()),
            adjust: Vec::new(),
            round: None,
            delay: None,
            payers: None,
            owed_by: OwedBy::Payers,
            mechanism: Mechanism::Fixed(Fixed { dates: Dates::On(Vec::new()), per: FixedPer::Contract }),
            requires: requires.iter().map(named).collect(),
            variant: variant.map(Id::name),
            text: None,
            vat: None,
            account: None,
        }
    }

    fn owed(charge: u16, step: u32, day: i32, amount: i64) -> Entitlement {
        Entitlement {
            charge,
            unit: Unit::Step(step),
            company: None,
            earned_on: Day::from_number(day),
            quantity: Quantity::WHOLE,
            row: Some(0),
            adjusted: None,
            amount: Money::from_minor(amount),
            reference: None,
            days: 1,
            spells: [].into(),
            seen: None,
            tops_up: None,
        }
    }

    fn figures(walked: &Walked) -> Vec<(u16, i32, i64)> {
        walked.owed.iter().map(|owed| (owed.charge, owed.earned_on.number(), owed.amount.minor())).collect()
    }

    #[test]
    fn charges_without_ties_are_not_walked() {
        assert!(Ties::new(&[charge("a", &[], None), charge("b", &[], None)], &[], &[], &[]).is_none());
    }

    #[test]
    fn what_is_required_comes_first_and_a_circle_ends() {
        let ties = Ties::new(&[charge("a", &["c"], None), charge("b", &[], None), charge("c", &["b"], None)], &[], &[], &[])
            .unwrap();
        assert_eq!(ties.order, [1, 2, 0]);
        let round = Ties::new(&[charge("a", &["b"], None), charge("b", &["a"], None)], &[], &[], &[]).unwrap();
        assert_eq!(round.order, [0, 1]);
    }

    #[test]
    fn the_last_of_all_that_is_required_counts_and_a_marker_is_never_owed() {
        let ties =
            Ties::new(&[charge("a", &["b", "c/2"], None), charge("b", &[], None), charge("c", &[], None)], &[], &[], &[])
                .unwrap();
        let walk = |steps: Vec<Entitlement>| {
            let mut walk = ties.walk(Held::new(), None);
            walk.take(1, vec![owed(1, 1, 30, 0), owed(1, 2, 40, 7)], None);
            walk.take(2, steps, None);
            walk.take(0, vec![owed(0, 1, 10, 5), owed(0, 2, 60, 5)], None);
            walk.finish(|owed| owed.unit)
        };
        let met = walk(vec![owed(2, 1, 20, 3), owed(2, 2, 50, 3)]);
        assert_eq!(figures(&met), [(2, 20, 3), (1, 40, 7), (0, 50, 5), (2, 50, 3), (0, 60, 5)]);
        assert_eq!(met.held, [Some(Day::from_number(30)), Some(Day::from_number(50))]);
        let unmet = walk(vec![owed(2, 1, 20, 3)]);
        assert_eq!(figures(&unmet), [(2, 20, 3), (1, 40, 7)]);
        assert_eq!(unmet.unmet.iter().map(|unmet| unmet.requires.to_string()).collect::<Vec<_>>(), ["c/step-02"]);
    }

    #[test]
    fn each_way_is_owed_what_it_is_worth_more_than_the_largest_before_it() {
        let ties =
            Ties::new(&[charge("a", &[], Some("v")), charge("b", &[], Some("v")), charge("c", &[], None)], &[], &[], &[])
                .unwrap();
        let mut walk = ties.walk(Held::new(), None);
        walk.take(0, vec![owed(0, 1, 10, 300), owed(0, 2, 30, 300), owed(0, 3, 40, 700)], None);
        walk.take(1, vec![owed(1, 1, 20, 450), owed(1, 2, 20, 460)], None);
        walk.take(2, vec![owed(2, 1, 20, 9)], None);
        let walked = walk.finish(|owed| owed.unit);
        assert_eq!(figures(&walked), [(0, 10, 300), (1, 20, 150), (1, 20, 10), (2, 20, 9), (0, 40, 240)]);
        let topped = walked.owed.iter().map(|owed| owed.tops_up.as_ref().map(|topped| (topped.charge, topped.unit)));
        let topped: Vec<_> = topped.collect();
        assert_eq!(topped, [None, Some((0, Unit::Step(1))), Some((1, Unit::Step(1))), None, Some((1, Unit::Step(2)))]);
    }

    #[test]
    fn the_earliest_day_of_anybody_holds() {
        let ties =
            Ties::new(&[charge("a", &["b", "c"], None), charge("b", &[], None), charge("c", &[], None)], &[], &[], &[])
                .unwrap();
        let (day, none) = (|n| Some(Day::from_number(n)), None);
        assert_eq!(ties.earliest([vec![day(5), none], vec![day(3), none]].iter()), [day(3), none]);
        assert_eq!(ties.earliest([].iter()), [none, none]);
    }
}
