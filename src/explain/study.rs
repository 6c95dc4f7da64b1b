//! One subject on one cut-off, worked out from the facts: its days, its keys, and what the limits leave of them.

use super::delay::{Delayed, earned_on};
use super::figures::Counted;
use super::gate::Bench;
use super::line::{At, Line, where_it_is};
use super::market::Market;
use super::own::Own;
use super::reckoning::{MeasuredSheet, Reckoning, Verdict};
use super::room::{Claim, Grant, Rooms};
use super::sheet::{Owed, Sheet};
use super::tie::{Loose, tie};
use super::tree::Standing;
use super::unit::Case;
use super::{figures, fixed, measured, rows, step, unit};
use crate::charge::{Charge, Entitlement, Indices, Mechanism, Requirement, Unit};
use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::entitlement::{Assessment, Plan, cohort};
use crate::facts::roster::Roster;
use crate::figure::Form;
use crate::ledger::entry::Subject;
use crate::measure::day::{Day, Span};
use crate::measure::grid::Cell;
use crate::measure::id::Id;
use crate::measure::money::Money;
use crate::measure::parallel;
use crate::timeline::Outcome;
use crate::timeline::outcome::Per;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A key within one study: charge, company, unit.
pub(super) type Local = (u16, Option<u32>, Unit);

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
}

impl<'a> Study<'a> {
    /// Works out everything that is earned on or before the period's last day, by the facts known on its cut-off (rule 4.4).
    /// `places` are the participants' places in the queue ([`rows::places`]).
    pub fn new(desk: &Desk<'a>, member: Member, period: SettlementPeriod, places: &[Option<u32>]) -> Study<'a> {
        let (lines, sheets, worked_out) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut study = Study { member, standing: None, own: None, lines, sheets, worked_out, period };
        let sheets = match member {
            Member::Contract => study.contract(desk),
            Member::Participant(number) => study.participant(desk, number as usize, places),
        };
        let sheets = if desk.plan.ties.is_some() { study.tied(desk, &sheets) } else { sheets };
        study.sheets = sheets.into_iter().map(|sheet| ((sheet.charge, sheet.company, named(sheet.unit)), sheet)).collect();
        study
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
        let everybody = if looks { everybody(desk, self.period) } else { Vec::new() };
        let others = |named: &Requirement| everybody.iter().filter_map(|study| study.holds(contract, named)).min();
        tie(&Loose { contract, bench: self.bench(desk), sheets, others: &others })
    }

    fn bench(&self, desk: &Desk<'a>) -> Bench<'a> {
        let (contract, facts) = (desk.plan.contract, desk.plan.facts);
        Bench { contract, facts, cut_off: self.period.cut_off, until: self.period.days.last }
    }

    /// The day from which something holds for the participant (mechanisms 6.1).
    fn holds(&self, contract: &Contract, named: &Requirement) -> Option<Day> {
        let place = contract.charges.iter().position(|charge| charge.id == named.charge)?;
        let mine = self.sheets.values().filter(|sheet| usize::from(sheet.charge) == place && named.is_met_by(sheet.unit));
        mine.filter(|sheet| sheet.is_reached()).map(Sheet::reached_on).min()
    }

    /// What has no participant: fixed and measured charges.
    fn contract(&self, desk: &Desk<'a>) -> Vec<Sheet> {
        let (contract, facts) = (desk.plan.contract, desk.plan.facts);
        let (cut_off, until) = (self.period.cut_off, self.period.days.last);
        let mut sheets = Vec::new();
        for (number, charge) in (0_u16..).zip(&contract.charges) {
            match &charge.mechanism {
                Mechanism::Fixed(terms) => {
                    sheets.extend(fixed::sheets(contract, facts, number, charge, terms, cut_off, until));
                }
                Mechanism::Measured(terms) => {
                    let case = figures::Case { contract, facts, charge, terms, cut_off, granted: None };
                    sheets.extend(measured::sheets(case, number, until));
                }
                Mechanism::Milestone(_) | Mechanism::Period(_) => {}
            }
        }
        sheets
    }

    fn participant(&mut self, desk: &Desk<'a>, number: usize, places: &[Option<u32>]) -> Vec<Sheet> {
        let (contract, facts) = (desk.plan.contract, desk.plan.facts);
        let standing = rows::standing(contract, facts, number, self.period.cut_off, places);
        let counts = matches!(standing, Standing::Counts { .. });
        self.standing = Some(standing);
        let own = Own::new(contract, facts, &desk.roster, number, self.period.cut_off).filter(|_| counts);
        let Some(own) = own else { return Vec::new() };
        // What follows a charge is asked anew until the days on which these charges are reached no longer move.
        let mut reached: Vec<Option<Day>> = contract.outcomes.iter().map(|_| None).collect();
        let mut sheets = Vec::new();
        for _ in 0..=contract.outcomes.len() {
            self.lines = lines(contract, &own, self.period.days.last, &reached);
            sheets = self.measured(contract, &own);
            let next = self.followed(desk, &sheets);
            if next == reached {
                break;
            }
            reached = next;
        }
        self.own = Some(own);
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
    fn claims(&self) -> impl Iterator<Item = Claim> + '_ {
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
        let (number, company, unit) = key;
        let Some(charge) = desk.plan.contract.charges.get(usize::from(number)) else { return Reckoning::NotCounted };
        let Some(sheet) = self.sheets.get(&key) else {
            return self.without_sheet(desk, key);
        };
        let verdict = sheet.verdict.clone();
        if let (Mechanism::Fixed(_), Unit::Date(date)) = (&charge.mechanism, unit) {
            let (contract, facts) = (desk.plan.contract, desk.plan.facts);
            let market = Market { contract, facts, cut_off: self.period.cut_off };
            return Reckoning::Fixed(Box::new(fixed::told(market, charge, company, date, verdict)));
        }
        if let (Mechanism::Measured(terms), Unit::Date(date)) = (&charge.mechanism, unit) {
            let (contract, facts, cut_off) = (desk.plan.contract, desk.plan.facts, self.period.cut_off);
            if let Some(told) = self.worked_out.get(&key) {
                return Reckoning::Measured(Box::new(told.clone()));
            }
            let told = measured::told(figures::Case { contract, facts, charge, terms, cut_off, granted: None }, date);
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
    let measured = |outcome: &Outcome| contract.charges.iter().any(|charge| charge.mechanism.outcome() == Some(&outcome.id));
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

/// Every participant on a cut-off.
fn everybody<'a>(desk: &Desk<'a>, period: SettlementPeriod) -> Vec<Study<'a>> {
    let (contract, facts) = (desk.plan.contract, desk.plan.facts);
    let places = rows::places(contract, facts, period.cut_off);
    let mut numbers: Vec<u32> = (0..u32::try_from(facts.participants.len()).unwrap_or(u32::MAX)).collect();
    parallel::map(&mut numbers, |_, number| Study::new(desk, Member::Participant(*number), period, &places))
}

/// What came of a place in the order of rule 9.2 at its turn.
pub(super) type WorkedOut = (Local, MeasuredSheet, Option<Owed>);

/// Everybody's turn, one after the other.
#[derive(Default)]
pub(super) struct Queue {
    pub grants: BTreeMap<(Subject, Local), Grant>,
    pub worked_out: Vec<WorkedOut>,
}

/// What the limits leave of everything that the studies owe, taken from rooms that are still whole. Where a limit is shared with others, everybody else's
/// entitlements take their turn too, as the engine assesses them.
pub(super) fn grants(
    desk: &Desk<'_>,
    studies: &[Study<'_>],
    period: SettlementPeriod,
    shared: bool,
    rooms: &mut Rooms<'_>,
) -> Queue {
    let mut done = Queue::default();
    let mut counted: Vec<Counted<'_>> = Vec::new();
    let named = named_by_figures(desk.plan.contract);
    let own: Vec<Claim> = studies.iter().flat_map(Study::claims).collect();
    let last = own.iter().map(|claim| claim.earned_on).max();
    let mut others = if shared { Others::new(desk, studies, period) } else { Others::default() };
    for days in slices(desk, period.days.last).take_while(|days| last.is_some_and(|last| days.first <= last)) {
        let mut queue: Vec<(bool, Claim)> = others.claims(desk, days).into_iter().map(|claim| (false, claim)).collect();
        queue.extend(own.iter().filter(|claim| days.contains(claim.earned_on)).map(|claim| (true, *claim)));
        // The order of rule 9.2.
        let key = |(_, claim): &(bool, Claim)| {
            (claim.earned_on, claim.charge, claim.subject, desk.plan.unit_order(claim.company, claim.unit))
        };
        parallel::sort_by(&mut queue, |a, b| key(a).cmp(&key(b)));
        for (ours, claim) in queue {
            let Some(claim) = at_its_turn(desk, claim, period, &counted, &mut done.worked_out) else { continue };
            let grant = rooms.grant(claim);
            let charge = desk.plan.contract.charges.get(usize::from(claim.charge)).map(|charge| &charge.id);
            if let Some(charge) = charge.filter(|id| named.contains(id)) {
                counted.push(Counted { charge, earned_on: claim.earned_on, amount: grant.granted });
            }
            if ours {
                let company = match claim.subject {
                    Subject::Company(number) => Some(number),
                    _ => claim.company,
                };
                done.grants.insert((claim.subject, (claim.charge, company, claim.unit)), grant);
            }
        }
    }
    done
}

/// The charges whose grants a figure looks at (mechanisms 4.1).
fn named_by_figures(contract: &Contract) -> BTreeSet<&Id> {
    let charges = contract.figures.iter().filter_map(|figure| match &figure.form {
        Form::Granted(granted) => Some(&granted.charges),
        _ => None,
    });
    charges.flatten().collect()
}

/// A claim at its turn: what rests on what was granted before it is worked out now; nothing may come of it.
fn at_its_turn(
    desk: &Desk<'_>,
    claim: Claim,
    period: SettlementPeriod,
    counted: &[Counted<'_>],
    worked_out: &mut Vec<WorkedOut>,
) -> Option<Claim> {
    if !claim.at_its_turn {
        return Some(claim);
    }
    let (contract, facts) = (desk.plan.contract, desk.plan.facts);
    let charge = contract.charges.get(usize::from(claim.charge))?;
    let (Mechanism::Measured(terms), Unit::Date(date)) = (&charge.mechanism, claim.unit) else { return None };
    let granted = Some(counted);
    let case = figures::Case { contract, facts, charge, terms, cut_off: period.cut_off, granted };
    let (told, owed) = measured::worth(case, date);
    worked_out.push(((claim.charge, claim.company, claim.unit), told, owed));
    Some(Claim { amount: owed?.amount, at_its_turn: false, ..claim })
}

/// The settlement periods up to a day: so much is held at once.
fn slices(desk: &Desk<'_>, until: Day) -> impl Iterator<Item = Span> {
    let periods = Calendar::new(desk.plan.contract).map(|period| period.days).take_while(move |days| days.first <= until);
    periods.filter_map(move |days| Span::new(days.first, days.last.min(until)))
}

/// Those who are not studied but share a limit with those who are.
#[derive(Default)]
struct Others<'a> {
    assessed: Vec<(u32, Assessment<'a>, Vec<u32>)>,
    fixed: Vec<Claim>,
}

impl<'a> Others<'a> {
    fn new(desk: &Desk<'a>, studies: &[Study<'a>], period: SettlementPeriod) -> Others<'a> {
        let studied: BTreeSet<Member> = studies.iter().map(|study| study.member).collect();
        let admitted = cohort::admitted(desk.plan.contract, desk.plan.facts, period.cut_off);
        let numbers =
            (0_u32..).zip(admitted).filter(|(number, yes)| *yes && !studied.contains(&Member::Participant(*number)));
        let indices = Arc::new(Indices::new(&desk.plan.contract.indices, desk.plan.facts, period.cut_off));
        let assess = |number: u32| {
            let known = desk.roster.known(number as usize, period.cut_off)?;
            Some((number, Assessment::new(&desk.plan, &known, &indices), Vec::new()))
        };
        let mut numbers: Vec<u32> = numbers.map(|(number, _)| number).collect();
        let assessed = parallel::map(&mut numbers, |_, number| assess(*number)).into_iter().flatten().collect();
        let fixed = (!studied.contains(&Member::Contract)).then(|| Study::new(desk, Member::Contract, period, &[]));
        Others { assessed, fixed: fixed.iter().flat_map(Study::claims).collect() }
    }

    /// What they are entitled to on some days; the days must come in order.
    fn claims(&mut self, desk: &Desk<'a>, days: Span) -> Vec<Claim> {
        let mut claims: Vec<Claim> = self.fixed.iter().filter(|claim| days.contains(claim.earned_on)).copied().collect();
        let owed = |(number, assessment, used): &mut (u32, Assessment<'a>, Vec<u32>)| -> Vec<Claim> {
            let claim = |owed: Entitlement| Claim {
                subject: Subject::Participant(*number),
                charge: owed.charge,
                company: owed.company,
                unit: named(owed.unit),
                earned_on: owed.earned_on,
                amount: owed.amount,
                reference: owed.reference,
                at_its_turn: false,
            };
            assessment.entitlements(&desk.plan, days, used).into_iter().map(claim).collect()
        };
        claims.extend(parallel::map(&mut self.assessed, |_, other| owed(other)).into_iter().flatten());
        claims
    }
}
