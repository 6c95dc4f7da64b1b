//! A whole programme as plain values: the contracts key by key, the fact files row by row, as text.

mod charge;
mod figure;
mod gate;
mod goal;
mod limit;
mod milestone;
mod outcome;
mod payer;
mod places;
mod price;
mod rows;
mod saving;
mod told;

pub use charge::{Adjust, By, Charge, Dates, Delay, Index, Per, Tally, Unit, What};
pub use figure::{Among, Comparison, Counted, Figure, FigureWindow, Form};
pub use gate::{Gate, Side, Test};
pub use goal::{Goal, GoalBy, IndicatorRow, Requirement, ShownBy, ShownRow};
pub use limit::{Limit, LimitWindow, Scope, Units};
pub use milestone::{After, Milestone, Mode, Then};
pub use outcome::{Anchor, Length, NewJobs, Outcome, Window};
pub use payer::{Address, ChargePayer, Detail, Due, Invoicing, Payee, Payer, Vat};
pub use places::{OfferRow, PlacesBy, Seats};
pub use price::{Band, Price, Pricing, Rate, When};
pub use rows::{CompanyRow, MeasurementRow, ParticipantRow, PlacementRow, Record, ReportRow, SpellRow};
pub use saving::{BenefitRate, BenefitRow, Cost, Pays, Refund, Reset, Saved, Saving, Valid};
pub use told::{CheckRow, SuspensionRow};

use super::day::Day;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    pub contracts: Vec<Contract>,
    pub participants: Vec<ParticipantRow>,
    pub companies: Vec<CompanyRow>,
    pub placements: Vec<PlacementRow>,
    pub spells: Vec<SpellRow>,
    pub reports: Vec<ReportRow>,
    pub measurements: Vec<MeasurementRow>,
    pub suspensions: Vec<SuspensionRow>,
    pub checks: Vec<CheckRow>,
    pub benefits: Vec<BenefitRow>,
    pub offers: Vec<OfferRow>,
    pub shown: Vec<ShownRow>,
    pub indicators: Vec<IndicatorRow>,
}

/// Decimals are kept as they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    pub id: String,
    /// Of a version that is not the first.
    pub agreed_on: Option<Day>,
    pub title: Option<String>,
    pub currency: String,
    pub starts: Day,
    pub ends: Day,
    pub rounding: Option<Rounding>,
    pub kinds: Vec<String>,
    pub settlement: Settlement,
    pub cohort: Option<Cohort>,
    pub payroll: Option<Payroll>,
    pub saving: Option<Saving>,
    pub payers: Vec<Payer>,
    pub payee: Option<Payee>,
    pub outcomes: Vec<Outcome>,
    pub figures: Vec<Figure>,
    pub indices: Vec<Index>,
    pub gates: Vec<Gate>,
    pub goals: Vec<Goal>,
    pub charges: Vec<Charge>,
    pub limits: Vec<Limit>,
    pub invoicing: Option<Invoicing>,
}

impl Contract {
    /// Takes the names of charges that are gone out of whatever names them.
    pub fn forget(&mut self, is_gone: impl Fn(&str) -> bool) {
        self.forget_in_gates(&is_gone);
        for charge in &mut self.charges {
            charge.requires.retain(|name| !is_gone(name.split('/').next().unwrap_or_default()));
        }
        for outcome in &mut self.outcomes {
            outcome.window = outcome.window.take().filter(|window| match &window.from {
                Anchor::Charge { charge, .. } => !is_gone(charge),
                _ => true,
            });
        }
        for figure in &mut self.figures {
            let Form::Granted { charges, .. } = &mut figure.form else { continue };
            charges.retain(|id| !is_gone(id));
            if charges.is_empty() {
                figure.form = Form::Value("0".into());
            }
        }
        let counts_it = |figure: &Figure| match &figure.form {
            Form::Count { of: Counted::Reached { charge, .. } | Counted::Units { charge }, .. } => is_gone(charge),
            _ => false,
        };
        for figure in self.figures.iter_mut().filter(|figure| counts_it(figure)) {
            figure.form = Form::Count { of: Counted::Participants, among: Among::default(), window: FigureWindow::Total };
        }
        let after_it = |what: &What| match what {
            What::Fixed { dates: Dates::After { from: Anchor::Charge { charge, .. }, .. }, .. }
            | What::Measured { dates: Dates::After { from: Anchor::Charge { charge, .. }, .. }, .. } => is_gone(charge),
            _ => false,
        };
        for charge in self.charges.iter_mut().filter(|charge| after_it(&charge.what)) {
            if let What::Fixed { dates, .. } | What::Measured { dates, .. } = &mut charge.what {
                *dates = Dates::After { from: Anchor::Enrolment, length: None };
            }
        }
        for charges in self.limits.iter_mut().filter_map(|limit| limit.charges.as_mut()) {
            charges.retain(|id| !is_gone(id));
        }
        self.limits.retain(|limit| limit.charges.as_ref().is_none_or(|charges| !charges.is_empty()));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    HalfAwayFromZero,
    HalfEven,
    Up,
    Down,
}

/// `round = { to = "1", mode = "up" }`, of a charge or of an adjustment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    pub to: Option<String>,
    pub mode: Option<Rounding>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    pub every: Every,
    pub reporting_days: i64,
    pub tail_periods: Option<i64>,
    pub payment_days: Option<i64>,
    pub confirm_days: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    Month,
    Quarter,
    HalfYear,
    Year,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cohort {
    pub target_groups: Option<Vec<String>>,
    pub enrol_from: Option<Day>,
    pub enrol_until: Option<Day>,
    pub max_participants: Option<i64>,
}

/// How the months of a payroll become weeks and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payroll {
    pub weekly: Weekly,
    pub spread: Spread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekly {
    Average,
    CalendarDays,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    MonthEnd,
    CalendarDays,
    Weekdays,
}
