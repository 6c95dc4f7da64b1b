//! What a rate card leaves without a price (mechanisms 14.3): days that some facts give and to which no row applies. A row of
//! amount 0 says that nothing is paid, and so declares a hole.

use super::occasion::{Occasion, Occasions};
use super::reach::Reach;
use super::side::Band;
use crate::charge::{Charge, Mechanism};
use crate::contract::terms::Contract;
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::quote;
use crate::measure::id::Id;
use crate::timeline::outcome::{Anchor, Outcome};
use rust_decimal::Decimal;

/// A week has so many hours; what a card says of more is nobody's concern.
const WEEK: Decimal = Decimal::from_parts(168, 0, 0, false, 0);
/// So many parts of what is not priced are followed; what lies in others is not told.
const MOST_PARTS: usize = 200;

/// Something that a card does not price, and an example of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hole {
    /// Where nothing is priced: `in a spell of kind …, from … to …`.
    pub words: String,
    /// The kind of a day that is not priced.
    pub kind: Id,
    /// The citizen's target group; `None` = one that the contract does not name.
    pub target_group: Option<Id>,
    /// Traits that the citizen has, and no others.
    pub traits: Vec<Id>,
    /// The milestone's step, from 1.
    pub step: u32,
    /// The day's hours a week.
    pub hours: Decimal,
    /// The day, and how it comes about.
    pub occasion: Occasion,
}

/// What is priced by none of the rows so far.
struct Left<'a> {
    parts: Vec<Reach<'a>>,
    /// Whether these are all parts.
    all: bool,
}

impl<'a> Left<'a> {
    fn new(whole: &Reach<'a>) -> Left<'a> {
        Left { parts: vec![whole.clone()], all: true }
    }

    /// Whether there is nothing more for a row to price, as far as `never` knows.
    fn nothing_for(&self, row: &Reach<'a>, never: impl Fn(&Reach<'a>) -> bool) -> bool {
        self.all && self.parts.iter().filter_map(|part| part.meet(row)).all(|part| never(&part))
    }

    fn price(&mut self, row: &Reach<'a>) {
        self.parts = self.parts.iter().flat_map(|part| part.minus(row)).take(MOST_PARTS + 1).collect();
        self.all &= self.parts.len() <= MOST_PARTS;
        self.parts.truncate(MOST_PARTS);
    }

    /// Joins what differs on one side only, so that a hole is told as one.
    fn joined(mut self) -> Vec<Reach<'a>> {
        let mut done: Vec<Reach<'a>> = Vec::new();
        while let Some(part) = self.parts.pop() {
            match done.iter().enumerate().find_map(|(at, other)| Some((at, part.join(other)?))) {
                Some((at, both)) => {
                    done.remove(at);
                    self.parts.push(both);
                }
                None => done.push(part),
            }
        }
        done.reverse();
        done
    }
}

/// Why a row never applies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Idle {
    /// The earlier row at that place applies to all that it applies to.
    Covered(usize),
    /// Earlier rows together do.
    CoveredTogether,
    /// The charge is never priced where it applies.
    Never(String),
}

/// A rate card before all that it can be asked about.
pub(super) struct Card<'a> {
    charge: &'a Charge,
    outcome: Option<&'a Outcome>,
    term: Span,
    whole: Reach<'a>,
    /// What each row applies to, wherever it stands; `None` = nothing.
    rows: Vec<Option<Reach<'a>>>,
    occasions: Option<Occasions>,
}

impl<'a> Card<'a> {
    pub(super) fn new(contract: &'a Contract, charge: &'a Charge) -> Option<Card<'a>> {
        let outcome = charge.mechanism.outcome().and_then(|id| contract.outcome(id));
        let whole = Reach::whole(contract, outcome, charge)?;
        let rows = charge.rates.rows.iter().map(|row| whole.of(&row.when)).collect();
        let occasions = outcome.and_then(|outcome| Occasions::new(contract, charge, outcome));
        Some(Card { charge, outcome, term: contract.term(), whole, rows, occasions })
    }

    /// Whether the charge is never priced there, whatever happens.
    fn never(&self, reach: &Reach<'_>) -> bool {
        match &self.charge.mechanism {
            // On which days participants have dates of their own is not looked at.
            Mechanism::Fixed(fixed) if fixed.dates.are_own() => false,
            Mechanism::Fixed(fixed) => !fixed.dates.until(self.term, Day::FAR).iter().any(|day| reach.days.contains(*day)),
            Mechanism::Measured(_) => false,
            _ => self.occasions.as_ref().is_some_and(|occasions| occasions.never(reach)),
        }
    }

    /// Whether a step of a milestone can never be reached, whatever happens.
    pub(super) fn never_reached(&self, step: u32) -> bool {
        let Some(steps) = Band::new(step, step.checked_add(1)) else { return false };
        self.occasions.as_ref().is_some_and(|occasions| occasions.never(&Reach { steps, ..self.whole.clone() }))
    }

    /// For each row why it never applies, if so. Where nothing is ever priced at all, that is no fault of the rows.
    pub(super) fn idle(&self) -> Vec<Option<Idle>> {
        if self.never(&self.whole) {
            return Vec::new();
        }
        let mut left = Left::new(&self.whole);
        let why = |(nth, row): (usize, &Option<Reach<'a>>)| {
            let row = row.as_ref()?;
            let cover = |earlier: &Option<Reach<'a>>| earlier.as_ref().is_some_and(|earlier| earlier.covers(row));
            let why = if let Some(earlier) = self.rows.iter().take(nth).position(cover) {
                Some(Idle::Covered(earlier))
            } else if self.never(row) {
                Some(Idle::Never(self.words(row)))
            } else {
                left.nothing_for(row, |part| self.never(part)).then_some(Idle::CoveredTogether)
            };
            left.price(row);
            why
        };
        self.rows.iter().enumerate().map(why).collect()
    }

    /// What no row applies to. A day with more hours than a week has is not looked at, nor are the dates of a fixed charge.
    pub(super) fn holes(&self) -> Vec<Hole> {
        let Some(occasions) = &self.occasions else { return Vec::new() };
        let mut left = Left::new(&self.whole);
        self.rows.iter().flatten().for_each(|row| left.price(row));
        left.parts.retain(|part| part.hours.from < WEEK && occasions.example(part).is_some());
        let hole = |part: Reach<'_>| {
            Some(Hole {
                words: self.words(&part),
                kind: part.kinds.0.iter().flatten().next().map(|kind| (*kind).clone())?,
                target_group: part.groups.0.iter().flatten().next().map(|group| (*group).clone()),
                traits: part.traits.has.iter().map(|id| (*id).clone()).collect(),
                step: part.steps.from,
                hours: part.hours.from,
                occasion: occasions.example(&part)?,
            })
        };
        let free = |part: &Reach<'_>| self.rows.iter().flatten().all(|row| row.meet(part).is_none());
        let mut wide: Vec<Reach<'_>> = Vec::new();
        for part in left.joined().into_iter().map(|part| part.widened(&self.whole, free)) {
            if !wide.iter().any(|other| other.covers(&part)) {
                wide.retain(|other| !part.covers(other));
                wide.push(part);
            }
        }
        wide.into_iter().filter_map(hole).collect()
    }
}

/// The holes of a charge's rate card, each with an example of what is not priced; those of a fixed charge are single dates and
/// told apart (`W412`).
#[must_use]
pub fn holes(contract: &Contract, charge: &Charge) -> Vec<Hole> {
    Card::new(contract, charge).map(|card| card.holes()).unwrap_or_default()
}

impl Card<'_> {
    /// What a part is, as far as it is not the whole.
    fn words(&self, part: &Reach<'_>) -> String {
        let whole = &self.whole;
        let mut words = Vec::new();
        if part.kinds != whole.kinds {
            words.push(format!("in a spell of kind {}", names(part.kinds.0.iter().copied())));
        }
        if part.groups != whole.groups {
            words.push(match part.groups.0.contains(&None) {
                true => {
                    format!("in a target group other than {}", names(whole.groups.0.difference(&part.groups.0).copied()))
                }
                false => format!("in target group {}", names(part.groups.0.iter().copied())),
            });
        }
        if part.traits != whole.traits {
            let [has, lacks] = [&part.traits.has, &part.traits.lacks].map(|traits| traits.iter().map(|one| Some(*one)));
            let has = (has.len() > 0).then(|| format!("with {}", names(has)));
            let lacks = (lacks.len() > 0).then(|| format!("without {}", names(lacks)));
            words.push(format!("for citizens {}", has.into_iter().chain(lacks).collect::<Vec<_>>().join(" and ")));
        }
        if part.steps != whole.steps {
            let last = part.steps.below.map_or(part.steps.from, |below| below.saturating_sub(1));
            words.push(match last == part.steps.from {
                true => format!("at step {last}"),
                false => format!("at steps {} to {last}", part.steps.from),
            });
        }
        if part.hours != whole.hours {
            let least = Some(part.hours.from).filter(|least| *least > whole.hours.from);
            words.push(format!("with {} a week", between(least, part.hours.below, "hour")));
        }
        if part.months != whole.months {
            let least = Some(part.months.from).filter(|least| *least > whole.months.from);
            let below = part.months.below.filter(|_| part.months.below != whole.months.below);
            let from = match self.outcome.and_then(|outcome| outcome.window.as_ref()).map(|window| &window.from) {
                None | Some(Anchor::Enrolment) => "enrolment".to_owned(),
                Some(Anchor::Placement) => "the first placement".to_owned(),
                Some(Anchor::FirstDay) => "the first day that qualifies".to_owned(),
                Some(Anchor::Charge { charge, .. }) => format!("{} was reached", quote(charge.as_str())),
            };
            words.push(format!("{} after {from}", between(least, below, "month")));
        }
        if part.days != whole.days {
            let last = part.days.below.map(|below| below.previous());
            let until = last.filter(|last| *last != part.days.from).map(|last| format!(" to {last}")).unwrap_or_default();
            let from = if until.is_empty() { "on" } else { "from" };
            words.push(format!("{from} {}{until}", part.days.from));
        }
        if words.is_empty() { "at all".to_owned() } else { words.join(", ") }
    }
}

/// `38 hours or more`, `less than 30 hours`, `10 to less than 20 hours`.
fn between<T: ToString>(from: Option<T>, below: Option<T>, of: &str) -> String {
    let count = |n: String| if n == "1" { format!("1 {of}") } else { format!("{n} {of}s") };
    match (from.map(|from| from.to_string()), below.map(|below| below.to_string())) {
        (Some(from), Some(below)) => format!("{from} to less than {}", count(below)),
        (Some(from), None) => format!("{} or more", count(from)),
        (None, Some(below)) => format!("less than {}", count(below)),
        (None, None) => format!("any {of}s"),
    }
}

/// `a`, `a or b`, `a, b or c`, each in backticks.
fn names<'a>(names: impl Iterator<Item = Option<&'a Id>>) -> String {
    let names: Vec<String> = names.flatten().map(|name| quote(name.as_str())).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => names.concat(),
    }
}
