//! One participant through the settlements of a contract, or the contract itself: a member of the contract.

use super::account::{Account, Session};
use crate::charge::conditions::Of;
use crate::charge::fixed::KnownOn;
use crate::charge::measured::By;
use crate::charge::walk::{Held, Stopped, Walked};
use crate::charge::{Clause, Entitlement, Indices, Measured, Mechanism, Unit};
use crate::contract::SettlementPeriod;
use crate::entitlement::{Asker, Assessment, Plan, Readings};
use crate::facts::roster::Roster;
use crate::figure::{Adds, Grants};
use crate::limits::{Granted, Limits, Load, Loads, Rooms, Shares};
use crate::measure::day::{Day, Span};
use std::sync::Arc;

/// What settlements need beside the member itself.
#[derive(Debug)]
pub struct Books<'a> {
    /// The contract and its facts.
    pub plan: Plan<'a>,
    /// The contract's limits.
    pub limits: Limits<'a>,
    /// Whose facts are whose.
    pub roster: Roster<'a>,
}

/// Who is settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// The participant with that number.
    Participant(u32),
    /// The contract, with what has no participant: fixed and measured charges (rule 7.1, mechanisms 5.2).
    Contract,
}

/// A member with what has been posted for it and where it stands after the last settlement.
#[derive(Debug)]
pub struct Member<'a> {
    /// Who it is.
    pub who: Who,
    /// What has been posted.
    pub account: Account,
    /// The facts as known, assessed; of a participant.
    assessment: Assessment<'a>,
    /// What the figures say by the facts as known; of the contract.
    readings: Readings,
    /// What is known of the contract's indices; of the contract.
    indices: Arc<Indices>,
    /// What participants add to counts and tallies, all of them together; of the contract.
    of_all: Adds,
    /// What it adds to counts and tallies as far as that is in the sums of all.
    pub added: Adds,
    /// Counted on from settlement to settlement while the facts stay the same, as if no shared limit cut.
    standing: Standing,
    /// What it takes from shared limits if none of them cuts.
    pub load: Load,
    /// Where it stood the last time that shared limits cut, unless its facts are new.
    pub kept: Option<Box<Kept>>,
    /// What holds for anybody, of the fixed charges if one of them requires what participants reach (mechanisms 6.1).
    pub anybody: Held,
}

/// Where a member stood the last time that shared limits cut. It holds while its facts stay the same.
#[derive(Clone, Debug)]
pub struct Kept {
    /// At the beginning of a settlement period before which no shared limit cut.
    pub before: (usize, Standing),
    /// Where shared limits were used up for good when a period began, and everything up to a day was taken since: at its end.
    pub since: Option<(usize, Day, Standing)>,
}

/// How far a member has come: units used of `max_units`, room left in its own limits.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    used: Vec<u32>,
    rooms: Rooms,
}

impl Standing {
    /// Nothing is used yet; limits say by shares how many keys they grant (mechanisms 8.1).
    #[must_use]
    pub fn sharing(shares: &Arc<Shares>) -> Standing {
        Standing { used: Vec::new(), rooms: Rooms::default().sharing(shares) }
    }
}

impl<'a> Member<'a> {
    /// A member of whom nothing has been posted.
    #[must_use]
    pub fn new(who: Who) -> Member<'a> {
        Member {
            who,
            account: Account::default(),
            assessment: Assessment::default(),
            readings: Readings::default(),
            indices: Arc::default(),
            of_all: Adds::default(),
            added: Adds::default(),
            standing: Standing::default(),
            load: Load::default(),
            kept: None,
            anybody: Held::new(),
        }
    }

    /// What holds for a participant, by the facts as known.
    #[must_use]
    pub fn held(&self) -> Option<&Held> {
        self.assessment.held()
    }

    /// What it adds to counts and tallies, by the facts as known (mechanisms 4.1).
    #[must_use]
    pub const fn adds(&self) -> &Adds {
        &self.assessment.adds
    }

    /// Looks at the facts as known on the period's cut-off and begins anew. `admitted` says whether the participant counts
    /// (rule 5); without `adds` what is measured of it is left out.
    pub fn reassess(
        &mut self,
        books: &Books<'a>,
        indices: &Arc<Indices>,
        period: SettlementPeriod,
        adds: Option<&Adds>,
        admitted: impl FnOnce(usize) -> bool,
    ) {
        let (known_on, last) = (period.cut_off, period.days.last);
        let asker = adds.map(|adds| Asker { adds, roster: &books.roster, known_on, last });
        (self.standing, self.kept) = (Standing::default(), None);
        match self.who {
            Who::Participant(number) => {
                let known = books.roster.known(number as usize, period.cut_off).filter(|_| admitted(number as usize));
                self.assessment =
                    known.map(|known| Assessment::new(&books.plan, &known, indices, asker.as_ref())).unwrap_or_default();
            }
            Who::Contract => {
                self.readings = asker.map(|asker| Readings::new(&books.plan, &asker)).unwrap_or_default();
                self.indices = Arc::clone(indices);
                self.of_all = adds.cloned().unwrap_or_default();
            }
        }
    }

    /// What is earned on the days `earned` and granted if no shared limit cuts, each with the account as it still stands:
    /// `each` takes them, and what they change of the loads of all goes into `change`.
    pub fn draft(
        &mut self,
        books: &Books<'a>,
        (earned, cut_off, complete): (Span, Day, bool),
        change: &mut Loads,
        mut each: impl FnMut(&Account, Granted),
    ) {
        let mut standing = std::mem::take(&mut self.standing);
        let mut load = Load::default();
        for owed in self.owed(books, earned, cut_off, &mut standing).into_iter().filter(|owed| !owed.is_place()) {
            let granted = self.grant(&books.limits, owed, &mut standing);
            load.add(&books.limits, &granted);
            each(&self.account, granted);
        }
        self.standing = standing;
        change.add(&load, 1);
        if complete {
            change.add(&std::mem::replace(&mut self.load, load), -1);
        } else {
            self.load.join(load);
        }
    }

    /// What is granted by the member's own limits alone, of what need not wait for its turn.
    pub fn granted(&self, books: &Books<'a>, earned: Span, cut_off: Day, standing: &mut Standing) -> Vec<Granted> {
        let owed = self.owed(books, earned, cut_off, standing);
        let owed = owed.into_iter().filter(|owed| !owed.is_place());
        owed.map(|owed| self.grant(&books.limits, owed, standing)).collect()
    }

    /// What is owed before limits, in the order of rule 9.2.
    pub fn owed(&self, books: &Books<'a>, earned: Span, cut_off: Day, standing: &mut Standing) -> Vec<Entitlement> {
        match self.who {
            Who::Participant(_) => self.assessment.entitlements(&books.plan, earned, &mut standing.used),
            Who::Contract => {
                let mut all = self.contracts(books, earned.last, cut_off).owed;
                all.retain(|owed| earned.contains(owed.earned_on));
                all
            }
        }
    }

    /// What the contract's own charges come to up to a day, in the order of rule 9.2; one that requires others after them
    /// (mechanisms 6.1).
    fn contracts(&self, books: &Books<'a>, until: Day, cut_off: Day) -> Walked {
        let plan = &books.plan;
        let known = KnownOn { on: cut_off, facts: plan.facts, indices: &self.indices, term: plan.contract.term() };
        let by = By { of: Of::Contract, indices: &self.indices };
        let accrue = |clause: &Clause<'a>, out: &mut Vec<Entitlement>| match &clause.charge.mechanism {
            Mechanism::Fixed(fixed) => fixed.accrue(clause, &known, until, out),
            Mechanism::Measured(_) if plan.at_their_turn.contains(&clause.number) => {
                out.extend(self.readings.waiting(clause.number).map(|on| Measured::place(clause, on)));
            }
            Mechanism::Measured(measured) => measured.accrue(clause, self.readings.of(clause.number), by, out),
            Mechanism::Milestone(_) | Mechanism::Period(_) => {}
        };
        let Some(ties) = &plan.ties else {
            let mut all = Vec::new();
            for clause in &plan.clauses {
                let from = all.len();
                accrue(clause, &mut all);
                clause.postpone(all.get_mut(from..).unwrap_or_default());
            }
            all.sort_unstable_by_key(|owed| (owed.earned_on, owed.charge, owed.company, owed.unit.number()));
            return Walked { owed: all, ..Walked::default() };
        };
        let mut walk = ties.walk(self.anybody.clone(), plan.judge(cut_off, Some((&self.of_all, None))));
        for clause in ties.order.iter().filter_map(|number| plan.clause(*number)) {
            let mut reached = Vec::new();
            accrue(clause, &mut reached);
            walk.take(clause.number, reached, clause.charge.delay);
        }
        walk.finish(|owed| (owed.company, owed.unit))
    }

    /// What gates stop, or make wait, of what is settled (mechanisms 6.3).
    #[must_use]
    pub fn stopped(&self, books: &Books<'a>, period: SettlementPeriod) -> Vec<Stopped> {
        match self.who {
            Who::Participant(_) => self.assessment.stopped().cloned().collect(),
            Who::Contract => self.contracts(books, period.days.last, period.cut_off).stopped,
        }
    }

    /// What is owed at its turn in the order of rule 9.2: where it rests on what is granted before it, it is worked out now
    /// (mechanisms 4.1).
    pub fn at_its_turn(&mut self, plan: &Plan<'a>, owed: Entitlement, grants: &Grants) -> Option<Entitlement> {
        if !owed.is_place() {
            return Some(owed);
        }
        let clause = plan.clause(owed.charge)?;
        let (Mechanism::Measured(terms), Unit::Date(on)) = (&clause.charge.mechanism, owed.unit) else { return None };
        let reading = self.readings.at_its_turn(plan, clause, on, (grants, &self.of_all))?;
        let by = By { of: Of::Contract, indices: &self.indices };
        let worked_out = terms.entitlement(clause, reading, by)?;
        Some(Entitlement { earned_on: owed.earned_on, ..worked_out })
    }

    /// What the figures say; of the contract.
    pub fn into_readings(self) -> Readings {
        self.readings
    }

    /// Grants one entitlement by the member's own limits alone.
    fn grant(&self, limits: &Limits<'_>, owed: Entitlement, standing: &mut Standing) -> Granted {
        limits.grant(owed, self.own(standing), None)
    }

    /// Grants one entitlement at its turn (rule 9.2).
    pub fn grant_at_its_turn(&self, limits: &Limits<'_>, owed: &mut Granted, standing: &mut Standing, shared: &mut Rooms) {
        let own = self.own(standing);
        (owed.amount, owed.cut_by) = limits.leave(&owed.entitlement, own.as_deref(), Some(shared));
        limits.take(&owed.entitlement, owed.amount, own, Some(shared));
    }

    /// Grants one entitlement where nothing under a shared limit is granted any more.
    pub fn grant_used_up(&self, limits: &Limits<'_>, owed: &mut Granted, standing: &mut Standing, shared: &Rooms) {
        let own = self.own(standing);
        (owed.amount, owed.cut_by) = limits.leave(&owed.entitlement, own.as_deref(), Some(shared));
        limits.take(&owed.entitlement, owed.amount, own, None);
    }

    /// The rooms of its own limits: a participant has some.
    fn own<'s>(&self, standing: &'s mut Standing) -> Option<&'s mut Rooms> {
        matches!(self.who, Who::Participant(_)).then_some(&mut standing.rooms)
    }

    /// Opens the member's account for a settlement.
    #[must_use]
    pub fn open<'p>(&self, plan: &'p Plan<'a>, settlement: u32, complete: bool) -> Session<'p, 'a> {
        let participant = match self.who {
            Who::Participant(number) => Some(number),
            Who::Contract => None,
        };
        Session::open(plan, settlement, participant, complete)
    }
}
