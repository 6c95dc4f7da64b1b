//! Floor 4, charges: what is paid (rule 7), one file for each mechanism, and the rate card that prices it (rule 8).

pub mod adjust;
pub mod band;
pub mod clause;
pub mod conditions;
pub mod dates;
pub mod delay;
pub mod entitlement;
pub mod fixed;
pub mod gate;
pub mod index;
pub mod judge;
pub mod measured;
pub mod milestone;
pub mod owed_by;
pub mod period;
pub mod rate;
pub mod requirement;
pub mod test;
pub mod vat;
pub mod walk;

pub use adjust::Adjust;
pub use band::{Band, Pricing, Scale};
pub use clause::{Clause, Measure};
pub use conditions::Conditions;
pub use dates::{Dates, Life};
pub use delay::Delay;
pub use entitlement::{Entitlement, Quantity, Unit};
pub use fixed::Fixed;
pub use gate::Gate;
pub use index::{Index, Indices};
pub use judge::{Gates, Judge, Judged};
pub use measured::{Measured, Reading};
pub use milestone::Milestone;
pub use owed_by::OwedBy;
pub use period::Period;
pub use rate::{RateCard, RateRow};
pub use requirement::Requirement;
pub use test::Test;
pub use vat::Vat;
pub use walk::Ties;

use crate::measure::grid::Cell;
use crate::measure::id::Id;
use crate::measure::money::Round;
use rust_decimal::Decimal;

/// A clause that turns facts into entitlements (rule 7).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Charge {
    /// Its name in the contract; part of every key it pays under.
    pub id: Id,
    /// The clause of the paper contract that it stands for.
    pub clause: Option<String>,
    /// What it costs.
    pub rates: RateCard,
    /// What changes its rates, in this order (mechanisms 7.1).
    pub adjust: Vec<Adjust>,
    /// How it is earned.
    pub mechanism: Mechanism,
    /// Who owes it (mechanisms 7.4).
    pub owed_by: OwedBy,
    /// What has to be reached before it is owed (mechanisms 6.1).
    pub requires: Vec<Requirement>,
    /// The payment that it is one of several ways to (mechanisms 6.2).
    pub variant: Option<Id>,
    /// How its entitlements are rounded, if not as the contract rounds to the minor unit (mechanisms 2.3).
    pub round: Option<Round>,
    /// How long after its own day each of them is earned (mechanisms 7.3).
    pub delay: Option<Delay>,
    /// Who pays it, in place of the contract's payers and their shares (mechanisms 8.2).
    pub payers: Option<Vec<ChargePayer>>,
    /// What documents call it.
    pub text: Option<String>,
    /// How it is taxed, if not as the contract says for all (rule 11.4).
    pub vat: Option<Vat>,
    /// The account that its income is booked on.
    pub account: Option<String>,
}

/// A payer of one charge (mechanisms 8.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChargePayer {
    /// One of the contract's payers.
    pub id: Id,
    /// Its part; the parts of a charge sum to 1.
    pub share: Decimal,
}

impl Charge {
    /// Whether an amount of it can be negative (mechanisms 10.1).
    #[must_use]
    pub fn may_be_negative(&self) -> bool {
        let by_price = match &self.mechanism {
            Mechanism::Measured(terms) => {
                terms.cumulative || terms.scale.bands.iter().any(|band| band.owed_by == OwedBy::Payee)
            }
            Mechanism::Fixed(_) | Mechanism::Milestone(_) | Mechanism::Period(_) => false,
        };
        self.owed_by == OwedBy::Payee || by_price
    }
}

/// The roll: everything that this engine can pay for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mechanism {
    /// An amount on named dates (rule 7.1).
    Fixed(Fixed),
    /// What a figure says on dates, priced by bands (mechanisms 5.2).
    Measured(Measured),
    /// An amount when an outcome has lasted (rule 7.2).
    Milestone(Milestone),
    /// An amount for each day, week or month with qualifying days (rule 7.3).
    Period(Period),
}

impl Mechanism {
    /// The outcome it measures, if it measures one.
    #[must_use]
    pub fn outcome(&self) -> Option<&Id> {
        match self {
            Mechanism::Fixed(_) | Mechanism::Measured(_) => None,
            Mechanism::Milestone(milestone) => Some(&milestone.outcome),
            Mechanism::Period(period) => Some(&period.outcome),
        }
    }

    /// The dates on which it falls due, if it does so on dates.
    #[must_use]
    pub fn dates(&self) -> Option<&Dates> {
        match self {
            Mechanism::Fixed(fixed) => Some(&fixed.dates),
            Mechanism::Measured(measured) => Some(&measured.dates),
            Mechanism::Milestone(_) | Mechanism::Period(_) => None,
        }
    }

    /// The unit that has that number ([`Unit::number`]).
    #[must_use]
    pub fn unit(&self, number: i32) -> Option<Unit> {
        match self {
            Mechanism::Fixed(Fixed { dates, .. }) | Mechanism::Measured(Measured { dates, .. }) => dates.unit(number),
            Mechanism::Milestone(_) => Some(Unit::Step(u32::try_from(number).ok()?)),
            Mechanism::Period(period) => Some(Unit::Cell(Cell { grid: period.unit, number })),
        }
    }
}
