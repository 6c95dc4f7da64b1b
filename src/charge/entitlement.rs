//! What a charge turns facts into: a key, the day it is earned, a quantity, a rate, an amount and its evidence (rule 7).

use super::adjust::Adjusted;
use crate::figure::Seen;
use crate::measure::day::Day;
use crate::measure::grid::Cell;
use crate::measure::money::Money;
use crate::measure::ratio::Ratio;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;
use std::sync::Arc;

/// Something owed, before limits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entitlement {
    /// The charge's place in the contract.
    pub charge: u16,
    /// What is paid for.
    pub unit: Unit,
    /// The company that the unit is paid for apart: with `per = "company"` (rules 6.6, 7.1).
    pub company: Option<u32>,
    /// The day it is earned.
    pub earned_on: Day,
    /// How much of the unit is paid.
    pub quantity: Quantity,
    /// The rate row that priced it; none where the rates of a prorated unit's days differ.
    pub row: Option<u16>,
    /// What became of its rate, where an adjustment holds (mechanisms 7.1).
    pub adjusted: Option<Arc<Adjusted>>,
    /// The amount, rounded once (rule 2.2); never zero.
    pub amount: Money,
    /// The company of the reference day (rule 8.3), under whose limits it falls.
    pub reference: Option<u32>,
    /// How many qualifying days were counted.
    pub days: u32,
    /// The spells or reports that were counted, by number; shared between the units of a stretch.
    pub spells: Arc<[u32]>,
    /// What the figures said, each by its place in the contract; of a measured charge (mechanisms 5.5). Nothing while it waits for
    /// its turn.
    pub seen: Option<Arc<[(u16, Seen)]>>,
    /// The entitlement beyond whose amount this one is paid, of the ways to one payment (mechanisms 6.2).
    pub tops_up: Option<Box<TopUp>>,
}

impl Entitlement {
    /// Whether it is a mere place in the order of rule 9.2: what it comes to is worked out at its turn (mechanisms 4.1).
    #[must_use]
    pub fn is_place(&self) -> bool {
        self.seen.as_ref().is_some_and(|seen| seen.is_empty())
    }
}

/// An entitlement that a better one tops up (mechanisms 6.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TopUp {
    /// Its charge's place in the contract.
    pub charge: u16,
    /// What it is paid for.
    pub unit: Unit,
}

/// What is paid for, as the key names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    /// A date of a fixed or measured charge.
    Date(Day),
    /// A step of a milestone, from 1.
    Step(u32),
    /// A day, week, month or longer.
    Cell(Cell),
}

impl Unit {
    /// The unit's place among the units of its charge.
    #[must_use]
    pub fn number(self) -> i32 {
        match self {
            Unit::Date(day) => day.number(),
            Unit::Step(step) => i32::try_from(step).unwrap_or(i32::MAX),
            Unit::Cell(cell) => cell.number,
        }
    }
}

/// `2018-04-01`, `step-02`, `2018-W07`.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::Date(day) => day.fmt(f),
            Unit::Step(step) => write!(f, "step-{step:02}"),
            Unit::Cell(cell) => cell.fmt(f),
        }
    }
}

/// How much is paid for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Quantity {
    /// So many of so many: one of one, or for a prorated unit its days with a rate of its days (rule 7.3).
    Days {
        /// Days with a rate.
        days: u16,
        /// Days in the unit.
        of: u16,
    },
    /// The value of a figure, or a tally, in millionths (mechanisms 3.4, 5.5).
    Millionths(i64),
}

impl Quantity {
    /// The whole of it.
    pub const WHOLE: Quantity = Quantity::Days { days: 1, of: 1 };

    /// A figure's value, with at most six decimals.
    #[must_use]
    pub fn of(value: Ratio) -> Quantity {
        let mut shown = value.shown(6);
        shown.rescale(6);
        Quantity::Millionths(i64::try_from(shown.mantissa()).unwrap_or(i64::MAX))
    }

    /// With at most six decimals, half away from zero, without trailing zeros (formats, `postings.csv`).
    #[must_use]
    pub fn decimal(self) -> Decimal {
        match self {
            Quantity::Days { days, of } if days == of => Decimal::ONE,
            Quantity::Days { days, of } => {
                let quotient = Decimal::from(days).checked_div(Decimal::from(of)).unwrap_or(Decimal::ONE);
                quotient.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero).normalize()
            }
            Quantity::Millionths(millionths) => Decimal::new(millionths, 6).normalize(),
        }
    }
}
