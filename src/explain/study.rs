//! One subject on one cut-off, worked out from the facts: its days and its keys.

use super::census::{Census, Counting};
use super::dates::{anchors, counted_from, dates};
use super::delay::{Delayed, earned_on};
use super::gate::Bench;
use super::line::{At, Line, where_it_is};
use super::market::Market;
use super::own::Own;
use super::reckoning::{MeasuredSheet, Reckoning, Verdict};
use super::room::Claim;
use super::sheet::{Owed, Sheet};
use super::tie::{Loose, tie};
use super::tree::Standing;
use super::unit::Case;
use super::{figures, fixed, measured, rows, step, unit};
use crate::charge::{Charge, Mechanism, Requirement, Unit};
use crate::contract::{Contract, SettlementPeriod};
use crate::entitlement::Plan;
use crate::facts::roster::Roster;
use crate::ledger::entry::Subject;
use crate::measure::day::{Day, Span};
use crate::measure::grid::Cell;
use crate::measure::money::Money;
use crate::measure::parallel;
use crate::timeline::Outcome;
use crate::timeline::outcome::Per;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// A key within one study: charge, company, unit.
pub(super) type Local = (u16, Option<u32>, Unit);

/// What came of a place in the order of rule 9.2 at its turn.
pub(super) type WorkedOut = (Local, MeasuredSheet, Option<Owed>);

/// Who is studied: a participant, or everything that has none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Member {
    Contract,
    Participant(u32),
}

/// What every study of a contract needs.
pub(super) struct Desk<'a> {
    pub plan: Plan<'a>,
    pub roster: Roster<'a>,
    /// What everybody adds to counts and tallies in the settlement with that number.
    census: Mutex<Option<(u32, Arc<Census>)>>,
}

impl<'a> Desk<'a> {
    pub fn new(plan: Plan<'a>, roster: Roster<'a>) -> Desk<'a> {
        Desk { plan, roster, census: Mutex::new(None) }
    }

    /// What everybody adds to counts and tallies, where there are any; worked out once for each settlement.
    pub fn census(&self, period: SettlementPeriod) -> Option<Arc<Census>> {
        if !self.plan.adds_up() {
            return None;
        }
        let known = |(number, census): &(u32, Arc<Census>)| (*number == period.number).then(|| Arc::clone(census));
        let kept = self.census.lock().ok().and_then(|kept| kept.as_ref().and_then(known));
        kept.or_else(|| {
            let mut census = Census::default();
            everybody(self, period, false).iter().for_each(|study| study.count(self.plan.contract, &mut census));
            let census = Arc::new(census);
            if let Ok(mut kept) = self.census.lock() {
                *kept = Some((period.number, Arc::clone(&census)));
            }
            Some(census)
        })
    }
}

/// One member on one cut-off.
pub(super) struct Study<'a> {
    pub member: Member,
    pub standing: Option<Standing>,
    pub own: Option<Own<'a>>,
    pub lines: Vec<Line<'a>>,
    pub sheets: BTreeMap<Local, Sheet>,
    /// The arithmetic of what was worked out at its turn (mechanisms 4.1).
    worked_out: BTreeMap<Local, MeasuredSheet>,
    pub period: SettlementPeriod,
    /// What everybody adds to counts and tallies, if it is asked.
    census: Option<Arc<Census>>,
    /// What the participant adds.
    mine: Census,
    /// Of each charge the day from which the dates of the participant's own count.
    anchors: Vec<Option<Day>>,
}

impl<'a> Study<'a> {
    /// Works out everything that is earned on or before the period's last day, by the facts known on its cut-off (rule 4.4).
    /// `places` are the participants' places in the queue ([`rows::places`]).
    pub fn new(desk: &Desk<'a>, member: Member, period: SettlementPeriod, places: &[Option<u32>]) -> Study<'a> {
        let asks = member == Member::Contract || desk.plan.measures_each();
        let census = if asks { desk.census(period) } else { None };
        let mut study = Study::begun(member, period);
        if let (Some(_), Member::Participant(_)) = (&census, member) {
            Study::unmeasured(desk, member, period, places).count(desk.plan.contract, &mut study.mine);
        }
        study.census = census;
        study.work(desk, places, true)
    }

    /// The same without what is measured of participants: all that counts and tallies rest on.
    fn unmeasured(desk: &Desk<'a>, member: Member, period: SettlementPeriod, places: &[Option<u32>]) -> Study<'a> {
        Study::begun(member, period).work(desk, places, false)
    }

    /// What it adds to counts and tallies.
    fn count(&self, contract: &Contract, census: &mut Census) {
        if let Some(own) = &self.own {
            census.take(Counting { contract, own, lines: &self.lines, sheets: &self.sheets });
        }
    }

    fn begun(member: Member, period: SettlementPeriod) -> Study<'a> {
        Study {
            member,
            standing: None,
            own: None,
            lines: Vec::new(),
            sheets: BTreeMap::new(),
            worked_out: BTreeMap::new(),
            period,
            census: None,
            mine: Census::default(),
            anchors: Vec::new(),
        }
    }

    fn work(mut self, desk: &Desk<'a>, places: &[Option<u32>], measuring: bool) -> Study<'a> {
        let study = &mut self;
        let member = study.member;
        let sheets = match member {
            Member::Contract => study.contract(desk),
            Member::Participant(number) => study.participant(desk, number as usize, places, measuring),
        };
        let sheets = if desk.plan.ties.is_some() { study.tied(desk, &sheets) } else { sheets };
        study.sheets = sheets.into_iter().map(|sheet| ((sheet.charge, sheet.company, named(sheet.unit)), sheet)).collect();
        self
    }

    /// What is left once each key has waited for what its charge requires, and of the ways to one payment (mechanisms 6).
    fn tied(&self, desk: &Desk<'a>, sheets: &[Sheet]) -> Vec<Sheet> {
        let contract = desk.plan.contract;
        let of_people = |named: &Requirement| {
            contract.charges.iter().any(|charge| charge.id == named.charge && !charge.is_the_contracts())
        };
        let fixed = contract.charges.iter().filter(|charge| charge.is_the_contracts());
        let required = |charge: &'a Charge| {
            let tested = contract.gates_of(charge).into_iter().flat_map(|gate| gate.charges());
            charge.requires.iter().chain(tested.collect::<Vec<&Requirement>>())
        };
        let looks = self.member == Member::Contract && fixed.flat_map(required).any(of_people);
        let everybody = if looks { everybody(desk, self.period, true) } else { Vec::new() };
        let others = |named: &Requirement| everybody.iter().filter_map(|study| study.holds(contract, named)).min();
        tie(&Loose { contract, bench: self.bench(desk), sheets, others: &others })
    }

    fn bench<'s>(&'s self, desk: &Desk<'a>) -> Bench<'s> {
        Bench { at: self.desktop(desk), until: self.period.days.last }
    }

    /// The day from which something holds for the participant (mechanisms 6.1).
    fn holds(&self, contract: &Contract, named: &Requirement) -> Option<Day> {
        let place = contract.charges.iter().position(|charge| charge.id == named.charge)?;
        let mine = self.sheets.values().filter(|sheet| usize::from(sheet.charge) == place && named.is_met_by(sheet.unit));
        mine.filter(|sheet| sheet.is_reached()).map(Sheet::reached_on).min()
    }

    /// What has no participant: fixed and measured charges.
    fn contract(&self, desk: &Desk<'a>) -> Vec<Sheet> {
        let contract = desk.plan.contract;
        let until = self.period.days.last;
        let mut sheets = Vec::new();
        for (number, charge) in (0_u16..).zip(&contract.charges).filter(|(_, charge)| charge.is_the_contracts()) {
            match &charge.mechanism {
                Mechanism::Fixed(terms) => {
                    sheets.extend(fixed::sheets(self.market(desk), number, charge, terms, until));
                }
                Mechanism::Measured(terms) => {
                    let dates = self.dates(number, charge, contract);
                    let case = figures::Case { at: self.desktop(desk), charge, terms, dates: &dates, granted: None };
                    sheets.extend(measured::sheets(case, number, until));
                }
                Mechanism::Milestone(_) | Mechanism::Period(_) => {}
            }
        }
        sheets
    }

    fn market(&self, desk: &Desk<'a>) -> Market<'a> {
        Market { contract: desk.plan.contract, facts: desk.plan.facts, cut_off: self.period.cut_off }
    }

    fn desktop<'s>(&'s self, desk: &Desk<'a>) -> figures::Desktop<'s> {
        let mine = self.own.as_ref().map(|own| (own.known.terms, own.known.id, &self.mine));
        let Market { contract, facts, cut_off } = self.market(desk);
        figures::Desktop { contract, facts, cut_off, census: self.census.as_deref(), mine }
    }

    /// The dates of a charge up to the period's last day.
    fn dates(&self, number: u16, charge: &Charge, contract: &Contract) -> Vec<(Unit, Day)> {
        dates(contract, charge, self.own.as_ref().map(|own| (own, self.anchor(number))), self.period.days.last)
    }

    fn anchor(&self, number: u16) -> Option<Day> {
        self.anchors.get(usize::from(number)).copied().flatten()
    }

    fn participant(&mut self, desk: &Desk<'a>, number: usize, places: &[Option<u32>], measuring: bool) -> Vec<Sheet> {
        let (contract, facts) = (desk.plan.contract, desk.plan.facts);
        let standing = rows::standing(contract, facts, number, self.period.cut_off, places);
        let counts = matches!(standing, Standing::Counts { .. });
        self.standing = Some(standing);
        self.own = Own::new(contract, facts, &desk.roster, number, self.period.cut_off).filter(|_| counts);
        let Some(own) = self.own.take() else { return Vec::new() };
        // What follows a charge is asked anew until the days on which these charges are reached no longer move.
        let mut reached: Vec<Option<Day>> = contract.outcomes.iter().map(|_| None).collect();
        self.anchors = anchors(self.bench(desk), &own, &[]);
        let mut sheets = Vec::new();
        let mut own = Some(own);
        for _ in 0..=contract.outcomes.len() + contract.charges.len() {
            let Some(known) = own.take() else { break };
            self.lines = lines(contract, &known, self.period.days.last, &reached);
            sheets = self.measured(contract, &known);
            self.own = Some(known);
            sheets.extend(self.dated(desk, measuring));
            own = self.own.take();
            let next = (self.followed(desk, &sheets), own.as_ref().map(|own| anchors(self.bench(desk), own, &sheets)));
            let steady = next.0 == reached && next.1.as_ref() == Some(&self.anchors);
            reached = next.0;
            self.anchors = next.1.unwrap_or_default();
            if steady {
                break;
            }
        }
        self.own = own;
        sheets
    }

    /// The participant's dates (mechanisms 3.5, 5.2).
    fn dated(&self, desk: &Desk<'a>, measuring: bool) -> Vec<Sheet> {
        let (contract, until) = (desk.plan.contract, self.period.days.last);
        let Some(own) = &self.own else { return Vec::new() };
        let mut sheets = Vec::new();
        for (number, charge) in (0_u16..).zip(&contract.charges).filter(|(_, charge)| charge.is_dated()) {
            let dates = self.dates(number, charge, contract);
            match &charge.mechanism {
                Mechanism::Fixed(_) => {
                    let whose = fixed::Whose::Participant(own.known.terms);
                    let sheet = |date| fixed::sheet(self.market(desk), (number, charge), date, whose, until);
                    sheets.extend(dates.into_iter().map(sheet));
                }
                Mechanism::Measured(terms) if measuring => {
                    let case = figures::Case { at: self.desktop(desk), charge, terms, dates: &dates, granted: None };
                    sheets.extend(measured::sheets(case, number, until));
                }
                _ => {}
            }
        }
        sheets
    }

    /// What each charge comes to by itself.
    fn measured(&self, contract: &'a Contract, own: &Own<'a>) -> Vec<Sheet> {
        let until = self.period.days.last;
        let mut sheets = Vec::new();
        for (number, charge) in (0_u16..).zip(&contract.charges) {
            let cases = self.cases(own, number, charge, |_| true);
            match &charge.mechanism {
                Mechanism::Fixed(_) | Mechanism::Measured(_) => {}
                Mechanism::Milestone(terms) => {
                    together(&cases).for_each(|cases| sheets.extend(step::sheets(cases, terms, until)));
                }
                Mechanism::Period(terms) => {
                    cases.iter().for_each(|case| sheets.extend(unit::sheets(*case, terms, until)));
                }
            }
        }
        sheets
    }

    /// The charge on each line of its outcome.
    fn cases<'s>(
        &'s self,
        own: &'s Own<'a>,
        number: u16,
        charge: &'a Charge,
        on: impl Fn(&Line<'a>) -> bool,
    ) -> Vec<Case<'s, 'a>> {
        let lines = self.lines.iter().enumerate();
        let lines = lines.filter(|(_, line)| charge.mechanism.outcome() == Some(&line.outcome.id) && on(line));
        lines.map(|(at, line)| Case { own, line, charge, number, at }).collect()
    }

    /// For each outcome the day on which the charge was reached that its window counts from (mechanisms 3.1).
    fn followed(&self, desk: &Desk<'a>, sheets: &[Sheet]) -> Vec<Option<Day>> {
        let contract = desk.plan.contract;
        if contract.outcomes.iter().all(|outcome| outcome.follows().is_none()) {
            return contract.outcomes.iter().map(|_| None).collect();
        }
        let tied = tie(&Loose { contract, bench: self.bench(desk), sheets, others: &|_| None });
        let holds = |outcome: &Outcome| {
            let (id, step) = outcome.follows()?;
            let place = contract.charges.iter().position(|charge| charge.id == *id)?;
            let steps = tied.iter().filter(|sheet| usize::from(sheet.charge) == place && sheet.unit == Unit::Step(step));
            steps.filter(|sheet| sheet.is_reached()).map(Sheet::reached_on).min()
        };
        contract.outcomes.iter().map(holds).collect()
    }

    /// Whom a key is about.
    pub fn subject(&self, company: Option<u32>) -> Subject {
        match (self.member, company) {
            (Member::Participant(number), _) => Subject::Participant(number),
            (Member::Contract, Some(company)) => Subject::Company(company),
            (Member::Contract, None) => Subject::Contract,
        }
    }

    /// What is owed before limits.
    pub fn claims(&self) -> impl Iterator<Item = Claim> + '_ {
        self.sheets.values().filter_map(|sheet| {
            let at_its_turn = sheet.verdict == Verdict::AtItsTurn;
            let (amount, reference) = match sheet.owed {
                Some(owed) => (owed.amount, owed.reference),
                None if at_its_turn => (Money::ZERO, None),
                None => return None,
            };
            Some(Claim {
                subject: self.subject(sheet.company),
                charge: sheet.charge,
                company: sheet.company.filter(|_| self.member != Member::Contract),
                unit: named(sheet.unit),
                earned_on: sheet.earned_on,
                amount,
                reference,
                at_its_turn,
            })
        })
    }

    /// Takes in what was worked out at its turn, if it is of this member.
    pub fn take_in(&mut self, worked_out: &[WorkedOut]) {
        for (key, told, owed) in worked_out {
            if let Some(sheet) = self.sheets.get_mut(key).filter(|_| self.member == Member::Contract) {
                (sheet.verdict, sheet.owed) = (told.verdict.clone(), *owed);
                self.worked_out.insert(*key, told.clone());
            }
        }
    }

    /// Why a key is earned later than on its own day (mechanisms 7.3).
    pub fn delayed(&self, desk: &Desk<'a>, key: Local) -> Option<Delayed> {
        let delay = desk.plan.contract.charges.get(usize::from(key.0))?.delay?;
        Some(Delayed { own_day: self.sheets.get(&key).filter(|sheet| sheet.owed.is_some())?.own_day, delay })
    }

    /// The arithmetic of a key, in full.
    pub fn told(&self, desk: &Desk<'a>, key: Local) -> Reckoning {
        let (number, company, _) = key;
        let Some(charge) = desk.plan.contract.charges.get(usize::from(number)) else { return Reckoning::NotCounted };
        let Some(sheet) = self.sheets.get(&key) else {
            return self.without_sheet(desk, key);
        };
        let verdict = sheet.verdict.clone();
        let counted_from = counted_from(charge, self.anchor(number));
        if let Mechanism::Fixed(_) = &charge.mechanism {
            let whose = match (&self.own, company) {
                (Some(own), _) => fixed::Whose::Participant(own.known.terms),
                (None, Some(company)) => fixed::Whose::Company(company),
                (None, None) => fixed::Whose::Contract,
            };
            let date = (sheet.own_day, counted_from);
            return Reckoning::Fixed(Box::new(fixed::told(self.market(desk), charge, whose, date, verdict)));
        }
        if let Mechanism::Measured(terms) = &charge.mechanism {
            if let Some(told) = self.worked_out.get(&key) {
                return Reckoning::Measured(Box::new(told.clone()));
            }
            let dates = self.dates(number, charge, desk.plan.contract);
            let case = figures::Case { at: self.desktop(desk), charge, terms, dates: &dates, granted: None };
            let told = measured::told(case, sheet.own_day, counted_from);
            // What it waits for is not the figure's.
            let own = sheet.tied.waits_for_nothing() && told.verdict != Verdict::AtItsTurn;
            let verdict = if own { told.verdict } else { verdict };
            return Reckoning::Measured(Box::new(MeasuredSheet { verdict, ..told }));
        }
        let line = sheet.line.and_then(|at| Some((at, self.lines.get(at)?)));
        let (Some(own), Some((at, line))) = (&self.own, line) else { return Reckoning::NotCounted };
        let case = Case { own, line, charge, number, at };
        match (&charge.mechanism, sheet.unit) {
            (Mechanism::Milestone(terms), Unit::Step(step)) => {
                let cases = self.cases(own, number, charge, |line| line.company == company);
                let told = step::told(&cases, terms, step, self.period.days.last, verdict);
                told.map_or(Reckoning::NotCounted, |told| Reckoning::Step(Box::new(told)))
            }
            (Mechanism::Period(terms), Unit::Cell(cell)) => {
                Reckoning::Unit(Box::new(unit::told(case, terms, cell, verdict)))
            }
            _ => Reckoning::NotCounted,
        }
    }

    /// A key that is not even looked at any more: the participant does not count, has no placement at the company, the step
    /// comes after one that is not reached, or the unit is earned later than before.
    fn without_sheet(&self, desk: &Desk<'a>, (number, company, unit): Local) -> Reckoning {
        let charge = desk.plan.contract.charges.get(usize::from(number));
        let (Some(own), Some(charge)) = (&self.own, charge) else { return Reckoning::NotCounted };
        let cases = self.cases(own, number, charge, |line| line.company == company);
        let Some(case) = cases.first().copied() else { return Reckoning::NoPlacement };
        match (&charge.mechanism, unit) {
            (Mechanism::Milestone(terms), Unit::Step(step)) => {
                let told = step::told(&cases, terms, step, self.period.days.last, Verdict::NotReached);
                told.map_or(Reckoning::NotCounted, |told| Reckoning::Step(Box::new(told)))
            }
            (Mechanism::Period(terms), Unit::Cell(cell)) => {
                let grid = cell.grid.counted_from(case.line.anchor.unwrap_or(case.own.contract.starts));
                let cell = Cell { grid, ..cell };
                let verdict = Verdict::NotYet { earned_on: earned_on(charge, cell.last().min(case.line.last)) };
                Reckoning::Unit(Box::new(unit::told(case, terms, cell, verdict)))
            }
            _ => Reckoning::NotCounted,
        }
    }
}

/// A unit as keys name it: of pieces only the number, for where they begin can change with the facts (mechanisms 3.4).
pub(super) fn named(unit: Unit) -> Unit {
    match unit {
        Unit::Cell(cell) => Unit::Cell(Cell { grid: cell.grid.named(), ..cell }),
        other => other,
    }
}

/// The cases that are looked at together: all places of work, or each by itself (mechanisms 3.1).
fn together<'c, 's, 'a>(cases: &'c [Case<'s, 'a>]) -> impl Iterator<Item = &'c [Case<'s, 'a>]> {
    let apart = cases.first().is_some_and(|case| !case.line.outcome.same_employer);
    cases.chunks(if apart { 1 } else { cases.len().max(1) })
}

/// Every outcome that a charge measures, on each company or at each place of work that is looked at by itself.
fn lines<'a>(contract: &'a Contract, own: &Own<'a>, until: Day, reached: &[Option<Day>]) -> Vec<Line<'a>> {
    // Units at the borders of the term reach beyond it by less than their length.
    let length = |charge: &Charge| match &charge.mechanism {
        Mechanism::Period(period) => period.unit.most_days(),
        _ => 0,
    };
    let longest = i64::from(contract.charges.iter().map(length).max().unwrap_or_default().max(31));
    let first = contract.starts.plus_days(-longest);
    let days = Span { first, last: contract.ends.min(until).plus_days(longest) };
    let measured = |outcome: &Outcome| {
        contract.charges.iter().any(|charge| charge.mechanism.outcome() == Some(&outcome.id))
            || contract.figures.iter().any(|figure| figure.form.outcome() == Some(&outcome.id))
    };
    let mut lines = Vec::new();
    for (outcome, reached) in contract.outcomes.iter().zip(reached).filter(|(outcome, _)| measured(outcome)) {
        let places: BTreeSet<(Option<u32>, At<'a>)> = match outcome.per {
            Per::Participant if outcome.same_employer => {
                let spells = own.known.spells.iter().map(|spell| spell.job).filter(|_| outcome.payroll.is_none());
                let reports = own.known.reports.iter().map(|one| one.job).filter(|_| outcome.payroll.is_some());
                spells.chain(reports).map(|job| (None, where_it_is(own, job))).collect()
            }
            Per::Participant => BTreeSet::from([(None, At::Anywhere)]),
            Per::Company => {
                let companies = own.known.placements.iter().map(|placement| placement.company);
                companies.map(|company| (Some(company), At::Company(company))).collect()
            }
        };
        lines.extend(places.into_iter().map(|place| Line::new(own, outcome, place, days, *reached)));
    }
    lines
}

/// Every participant on a cut-off, with what is measured of it or without.
fn everybody<'a>(desk: &Desk<'a>, period: SettlementPeriod, measuring: bool) -> Vec<Study<'a>> {
    let (contract, facts) = (desk.plan.contract, desk.plan.facts);
    if measuring {
        // Once, and not in each thread.
        desk.census(period);
    }
    let places = rows::places(contract, facts, period.cut_off);
    let mut numbers: Vec<u32> = (0..u32::try_from(facts.participants.len()).unwrap_or(u32::MAX)).collect();
    let study = |number: u32| match measuring {
        true => Study::new(desk, Member::Participant(number), period, &places),
        false => Study::unmeasured(desk, Member::Participant(number), period, &places),
    };
    parallel::map(&mut numbers, |_, number| study(*number))
}
