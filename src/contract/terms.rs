//! A contract as a value.

use super::change::TermChange;
use super::invoicing::{Bookkeeping, Invoicing};
use super::limit::Limit;
use super::party::{Payee, Payer};
use crate::charge::gate::{self, Gate};
use crate::charge::{Charge, Index, Mechanism};
use crate::figure::{Figure, Figures, Form, Goal, Reckoned, Seats};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Every;
use crate::measure::id::Id;
use crate::measure::money::{Currency, Rounding};
use crate::timeline::outcome::Outcome;
use serde::Serialize;

/// A payment-by-results contract, complete in itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contract {
    /// Its id; rows of facts name it.
    pub id: Id,
    /// The day on which this version of it was agreed; `None` = it is the first one (mechanisms 9.2).
    pub agreed_on: Option<Day>,
    /// The later versions, in the order of the days on which they were agreed (mechanisms 9.2).
    pub versions: Vec<Version>,
    /// What the parties call it.
    pub title: Option<String>,
    /// The one currency of all its amounts (rule 2.1).
    pub currency: Currency,
    /// The first day that can earn anything (rule 4.1).
    pub starts: Day,
    /// The last day that can earn anything (rule 4.1).
    pub ends: Day,
    /// How entitlements are rounded (rule 2.2).
    pub rounding: Rounding,
    /// Kinds of spell beside the standard ones.
    pub kinds: Vec<Id>,
    /// When it is settled.
    pub settlement: SettlementTerms,
    /// Who counts.
    pub cohort: Cohort,
    /// Who pays, at least one.
    pub payers: Vec<Payer>,
    /// Who is paid.
    pub payee: Option<Payee>,
    /// The conditions that charges measure.
    pub outcomes: Vec<Outcome>,
    /// The numbers that charges rest on (mechanisms 4).
    pub figures: Vec<Figure>,
    /// What was agreed on as what was to come (goals 2).
    pub goals: Vec<Goal>,
    /// How savings are reckoned; `None` = nothing says it (saving 2).
    pub saving: Option<Reckoned>,
    /// The tests that decide whether something is owed (mechanisms 6.3).
    pub gates: Vec<Gate>,
    /// The published numbers that rates follow (mechanisms 7.2).
    pub indices: Vec<Index>,
    /// What is paid, in the contract's order.
    pub charges: Vec<Charge>,
    /// What is paid at most, in the contract's order.
    pub limits: Vec<Limit>,
    /// How it is invoiced; `None` = it cannot be.
    pub invoicing: Option<Invoicing>,
    /// The payee's books.
    pub bookkeeping: Bookkeeping,
}

/// A later version: the whole contract as it was agreed anew (mechanisms 9.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Its terms. It has an `agreed_on`, and no versions of its own.
    pub terms: Contract,
    /// What its file says otherwise than that of the version before.
    pub changes: Vec<TermChange>,
}

/// The settlement calendar's terms (rules 4.2, 4.3, 6.1, 11.3).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SettlementTerms {
    /// Month, quarter, half-year or year.
    pub every: Every,
    /// Days from a period's last day to its cut-off.
    pub reporting_days: u32,
    /// Periods for corrections after the term.
    pub tail_periods: u32,
    /// Days from the cut-off to the due date.
    pub payment_days: u32,
    /// The most days that an open spell lasts after its row was recorded.
    pub confirm_days: Option<u32>,
}

/// Who counts (rules 5.1, 5.3).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Cohort {
    /// The target groups; `None` = all.
    pub target_groups: Option<Vec<Id>>,
    /// The first day of enrolment; `None` = the term's.
    pub enrol_from: Option<Day>,
    /// The last day of enrolment; `None` = the term's.
    pub enrol_until: Option<Day>,
    /// The most participants.
    pub max_participants: Option<u32>,
}

impl Contract {
    /// All versions, the first one first.
    pub fn all(&self) -> impl Iterator<Item = &Contract> {
        std::iter::once(self).chain(self.versions.iter().map(|version| &version.terms))
    }

    /// The version that a settlement with this cut-off follows: the last one agreed on or before it (mechanisms 9.2).
    #[must_use]
    pub fn in_force(&self, cut_off: Day) -> &Contract {
        let agreed = |version: &&Version| version.terms.agreed_on <= Some(cut_off);
        self.versions.iter().rev().find(agreed).map_or(self, |version| &version.terms)
    }

    /// The days that can earn anything (rule 4.1).
    #[must_use]
    pub fn term(&self) -> Span {
        Span { first: self.starts, last: self.ends }
    }

    /// The days on which a participant must have enrolled to be eligible (rule 5.1).
    #[must_use]
    pub fn enrolment(&self) -> Span {
        Span { first: self.cohort.enrol_from.unwrap_or(self.starts), last: self.cohort.enrol_until.unwrap_or(self.ends) }
    }

    /// All figures and goals, as they name one another.
    #[must_use]
    pub fn named(&self) -> Figures<'_> {
        Figures { all: &self.figures, goals: &self.goals }
    }

    /// The goal of that name.
    #[must_use]
    pub fn goal(&self, id: &Id) -> Option<&Goal> {
        self.named().goal(id)
    }

    /// The figure of that name and its place.
    #[must_use]
    pub fn figure(&self, id: &Id) -> Option<(u16, &Figure)> {
        self.named().find(id)
    }

    /// Whether what a charge comes to rests on what is granted before it: it is worked out at its turn (mechanisms 4.1, 11).
    #[must_use]
    pub fn rests_on_granted(&self, charge: &Charge) -> bool {
        match &charge.mechanism {
            Mechanism::Measured(terms) => self.named().rest_on_granted(terms.figures()),
            Mechanism::Fixed(_) | Mechanism::Milestone(_) | Mechanism::Period(_) => false,
        }
    }

    /// The gate of that name and its place.
    #[must_use]
    pub fn gate(&self, id: &Id) -> Option<(u16, &Gate)> {
        gate::find(&self.gates, id)
    }

    /// The gates that a charge requires, and those that they test (mechanisms 6.3).
    #[must_use]
    pub fn gates_of(&self, charge: &Charge) -> Vec<&Gate> {
        if self.gates.is_empty() {
            return Vec::new();
        }
        gate::with_inner(&self.gates, charge.requires.iter().map(|named| &named.charge))
    }

    /// Whether figures or suspensions decide what participants are owed: then a row that is no participant's may concern any of
    /// them (mechanisms 12).
    #[must_use]
    pub fn gates_participants(&self) -> bool {
        let theirs = self.charges.iter().filter(|charge| !charge.is_the_contracts());
        theirs.flat_map(|charge| self.gates_of(charge)).any(Gate::asks_for_rows)
    }

    /// Whether what a participant is owed may rest on figures of its own, or on what all add to them: something is measured of
    /// each, or a gate tests what is counted or tallied (mechanisms 4.4, 5.2, 6.3).
    #[must_use]
    pub fn measures_each(&self) -> bool {
        let theirs = || self.charges.iter().filter(|charge| !charge.is_the_contracts());
        let gates = |charge| self.gates_of(charge).into_iter().flat_map(Gate::figures).collect::<Vec<&Id>>();
        let tested = self.named().with_parts(theirs().flat_map(gates));
        let added_up = |figure: &Figure| figure.form.is_added_up() && tested.contains(&figure.id);
        theirs().any(|charge| matches!(charge.mechanism, Mechanism::Measured(_))) || self.figures.iter().any(added_up)
    }

    /// Whether a figure looks at the people in company centres: whose these are can change with any offer (places 2).
    #[must_use]
    pub fn looks_at_people_in_places(&self) -> bool {
        self.figures.iter().any(|figure| matches!(&figure.form, Form::Places(places) if places.of == Seats::Occupied))
    }

    /// The outcome of that name.
    #[must_use]
    pub fn outcome(&self, id: &Id) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == *id)
    }
}
