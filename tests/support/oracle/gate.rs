//! Mechanisms 6.3: gates. Every day from the own day on is tried.

use super::dates;
use super::figure::{self, Asked};
use super::fraction::Fraction;
use super::walk::{Walk, Whose};
use super::{Law, Misreading, Situation, told};
use crate::support::day::Day;
use crate::support::programme::{FigureWindow, Form, Gate, Side, Test};

/// What asks a gate: whose entitlement it is, the day on which it asks, and its own day (a gate within one with dates is asked on
/// the date).
#[derive(Clone, Copy)]
pub struct Asker {
    pub whose: Whose,
    pub own: Day,
    pub lies_on: Day,
}

/// The day from which a gate holds for an entitlement; never, if it stays shut.
pub fn opens(walk: &Walk, gate: &Gate, asker: Asker) -> Option<Day> {
    let law = walk.law;
    if law.reads(Misreading::GatesIgnored) {
        return Some(asker.own);
    }
    law.saw_if(asker.whose.is_none(), Situation::GateOfTheContract);
    let opens = if gate.dates.is_some() { on_its_dates(walk, gate, asker) } else { from_the_own_day(walk, gate, asker) };
    law.saw_if(opens.is_some(), Situation::GateOpens);
    law.saw_if(opens.is_none(), Situation::GateStaysShut);
    if law.reads(Misreading::GateMovesNoDay) { opens.map(|_| asker.own) } else { opens }
}

/// With dates: the first date on or after the own day, if the gate is open on it.
fn on_its_dates(walk: &Walk, gate: &Gate, asker: Asker) -> Option<Day> {
    let law = walk.law;
    let days = dates::named(law, walk.contract, gate.dates.as_ref()?);
    let last = days.iter().copied().max()?;
    let mut day = asker.own;
    if law.reads(Misreading::GateDateOfTheOwnDayIsOver) {
        day = day.next();
    }
    law.saw_if(day > last, Situation::GateHasNoDateLeft);
    while day <= last {
        if days.contains(&day) {
            law.saw_if(day == asker.own, Situation::GateJudgedOnTheOwnDay);
            law.saw_if(day > walk.contract.ends, Situation::GatePastTheTerm);
            if is_open_on(walk, gate, &days, asker, day) {
                law.saw_if(day > asker.own, Situation::GateMovesTheDay);
                return Some(day);
            }
            let later = days.iter().any(|later| *later > day && is_open_on(walk, gate, &days, asker, *later));
            law.saw_if(later, Situation::GateShutBeforeItOpens);
            if !law.reads(Misreading::GateTriedAgain) {
                return None;
            }
        }
        day = day.next();
    }
    None
}

/// Whether so many of a gate's tests hold on one of its dates.
fn is_open_on(walk: &Walk, gate: &Gate, days: &[Day], asker: Asker, date: Day) -> bool {
    let law = walk.law;
    let before = days.iter().copied().filter(|day| *day < date).max();
    let day = if law.reads(Misreading::GateAskedOnTheOwnDay) { asker.own } else { date };
    let asked = Asked { before, whose: asker.whose, ..Asked::on(day) };
    let holds = |test: &Test| match test {
        Test::Figure { .. } => figure_holds(walk, test, asked),
        Test::Charge { charge, step, reached: true } => {
            reached_on(walk, charge, *step, asker).is_some_and(|day| day <= date)
        }
        Test::Charge { charge, step, reached: false } => is_not_reached(law, reached_on(walk, charge, *step, asker), date),
        Test::Suspended(wanted) => is_suspended(walk, asker, date) == *wanted,
        // It has to open on this very date.
        Test::Gate(id) => nested(walk, id, Asker { own: date, ..asker }) == Some(date),
    };
    let met = gate.tests.iter().filter(|test| holds(test)).count();
    enough(law, gate, met)
}

/// Without dates: the first day by which so many tests are met. What can only turn true is waited for; all else is asked on the
/// own day alone.
fn from_the_own_day(walk: &Walk, gate: &Gate, asker: Asker) -> Option<Day> {
    let law = walk.law;
    let met: Vec<Day> = gate.tests.iter().filter_map(|test| met_from(walk, test, asker)).collect();
    let last = if law.reads(Misreading::GatesNeverWait) { asker.own } else { walk.last_day().max(asker.own) };
    let mut day = asker.own;
    while day <= last {
        if enough(law, gate, met.iter().filter(|from| **from <= day).count()) {
            law.saw_if(day > asker.own, Situation::GateIsWaitedFor);
            return Some(day);
        }
        day = day.next();
    }
    None
}

/// The day from which a test is met that is asked on the own day.
fn met_from(walk: &Walk, test: &Test, asker: Asker) -> Option<Day> {
    let law = walk.law;
    match test {
        Test::Figure { .. } => figure_holds_from(walk, test, asker),
        Test::Charge { charge, step, reached: true } => reached_on(walk, charge, *step, asker),
        Test::Charge { charge, step, reached: false } => {
            let day = reached_on(walk, charge, *step, asker);
            is_not_reached(law, day, asker.own).then_some(asker.own)
        }
        Test::Suspended(wanted) => (is_suspended(walk, asker, asker.own) == *wanted).then_some(asker.own),
        Test::Gate(id) => nested(walk, id, asker),
    }
}

/// It is the own day that lies in a suspension, whenever the gate is judged.
fn is_suspended(walk: &Walk, asker: Asker, judged: Day) -> bool {
    walk.law.saw_if(judged > asker.lies_on, Situation::SuspensionAskedLater);
    let day = if walk.law.reads(Misreading::SuspendedOnTheDateJudged) { judged } else { asker.lies_on };
    told::is_suspended(walk.law, walk.facts, day)
}

/// Whether what was reached on a day, if ever, was not by the day on which it is asked.
fn is_not_reached(law: &Law, reached: Option<Day>, asked: Day) -> bool {
    let by_then = reached.is_some_and(|day| day <= asked);
    law.saw_if(by_then, Situation::ReachedFails);
    law.saw_if(reached.is_some_and(|day| day > asked), Situation::ReachedTooLateToFail);
    !(by_then || reached.is_some() && law.reads(Misreading::NeverReachedAtAll))
}

/// `needs` of the tests; by default all of them.
fn enough(law: &Law, gate: &Gate, met: usize) -> bool {
    let all = gate.tests.len();
    let needs = match gate.needs {
        _ if law.reads(Misreading::NeedsAllTests) => all,
        _ if law.reads(Misreading::NeedsOneTest) => 1,
        Some(needs) => needs as usize,
        None => all,
    };
    law.saw_if(met == needs && needs < all, Situation::JustEnoughTests);
    law.saw_if(met + 1 == needs, Situation::OneTestTooFew);
    met >= needs
}

fn nested(walk: &Walk, id: &str, asker: Asker) -> Option<Day> {
    let opens = opens(walk, walk.gate(id).expect("a gate of the contract"), asker);
    walk.law.saw_if(opens.is_some(), Situation::NestedGateOpens);
    walk.law.saw_if(opens.is_none(), Situation::NestedGateShut);
    if walk.law.reads(Misreading::NestedGatesStandOpen) { opens.or(Some(asker.own)) } else { opens }
}

/// Where `requires` looks (6.1).
fn reached_on(walk: &Walk, charge: &str, step: Option<i64>, asker: Asker) -> Option<Day> {
    let name = match step {
        Some(step) => format!("{charge}/step-{step:02}"),
        None => charge.to_string(),
    };
    let whose = asker.whose.filter(|_| !walk.law.reads(Misreading::GateOfAnybody));
    walk.reached(&name, whose)
}

/// The day on which a tested figure is enough: the own day, or for what only rises the first after it.
fn figure_holds_from(walk: &Walk, test: &Test, asker: Asker) -> Option<Day> {
    let holds = |day: Day| figure_holds(walk, test, Asked { whose: asker.whose, ..Asked::on(day) });
    if holds(asker.own) {
        return Some(asker.own);
    }
    if !only_turns_true(walk, test) {
        return None;
    }
    let mut day = asker.own.next();
    while day <= walk.last_day() {
        if holds(day) {
            return Some(day);
        }
        day = day.next();
    }
    None
}

/// A count or a tally of everything so far only rises.
fn only_turns_true(walk: &Walk, test: &Test) -> bool {
    let Test::Figure { figure, side: Side::AtLeast | Side::Above, .. } = test else { return false };
    let named = walk.contract.figures.iter().find(|one| one.id == *figure);
    named.is_some_and(|one| match one.form {
        Form::Count { window, .. } | Form::Tally { window, .. } => window == FigureWindow::Total,
        _ => false,
    })
}

/// A figure that is not known fails.
fn figure_holds(walk: &Walk, test: &Test, asked: Asked) -> bool {
    let (law, Test::Figure { figure, side, of, tolerance }) = (walk.law, test) else { return false };
    let said = figure::on(walk, figure, asked);
    law.saw_if(said.is_none(), Situation::TestedFigureNotKnown);
    let Some(said) = said else { return law.reads(Misreading::UnknownFigurePasses) };
    let whole = Fraction::of(of);
    let enough = match tolerance {
        Some(share) if law.reads(Misreading::ToleranceAsPoints) => whole.minus(Fraction::of("1").minus(Fraction::of(share))),
        Some(share) if !law.reads(Misreading::ToleranceIgnored) => whole.times(Fraction::of(share)),
        _ => whole,
    };
    law.saw_if(said.value == enough, Situation::TestOnTheEdge);
    law.saw_if(said.value < whole && said.value >= enough, Situation::ToleranceLetsPass);
    let side = match side {
        Side::AtLeast if law.reads(Misreading::AtLeastIsAbove) => Side::Above,
        Side::Above if law.reads(Misreading::AboveIsAtLeast) => Side::AtLeast,
        Side::AtMost if law.reads(Misreading::AtMostIsBelow) => Side::Below,
        Side::Below if law.reads(Misreading::BelowIsAtMost) => Side::AtMost,
        side => *side,
    };
    match side {
        Side::AtLeast => said.value >= enough,
        Side::Above => said.value > enough,
        Side::AtMost => said.value <= enough,
        Side::Below => said.value < enough,
    }
}
