//! One subject on one cut-off, worked out from the facts: its days, its keys, and what the limits leave of them.

use super::census::Census;
use super::delay::{Delayed, earned_on};
use super::figures::Noted;
use super::fraction::Fraction;
use super::gate::Bench;
use super::line::{At, Line, where_it_is};
use super::market::Market;
use super::own::Own;
use super::reckoning::{CountedFrom, MeasuredSheet, Reckoning, Verdict};
use super::room::{Claim, Grant, Rooms};
use super::sheet::{Owed, Sheet};
use super::tie::{Loose, tie};
use super::tree::Standing;
use super::unit::Case;
use super::{figures, fixed, measured, rows, step, unit};
use crate::charge::dates::After;
use crate::charge::{Charge, Dates, Entitlement, Indices, Mechanism, Requirement, Unit};
use crate::contract::{Calendar, Contract, Limit, SettlementPeriod};
use crate::entitlement::{Asker, Assessment, Plan, adding, cohort};
use crate::facts::roster::Roster;
use crate::figure::{Figure, Form};
use crate::ledger::entry::Subject;
use crate::measure::day::{Day, Span};
use crate::measure::grid::Cell;
use crate::measure::id::Id;
use crate::measure::money::Money;
use crate::measure::parallel;
use crate::timeline::Outcome;
use crate::timeline::outcome::{Anchor, Length, Per};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

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
            let census = Arc::new(Census::new(self, period));
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
            study.mine = Census::of(desk.plan.contract, &Study::unmeasured(desk, member, period, places));
        }
        study.census = census;
        study.work(desk, places, true)
    }

    /// The same without what is measured of participants: all that counts and tallies rest on.
    fn unmeasured(desk: &Desk<'a>, member: Member, period: SettlementPeriod, places: &[Option<u32>]) -> Study<'a> {
        Study::begun(member, period).work(desk, places, false)
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
    pub fn holds(&self, contract: &Contract, named: &Requirement) -> Option<Day> {
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
                    let dates = self.dates(contract, number, charge);
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

    /// The dates of a charge up to the period's last day, of the contract or of the participant (mechanisms 3.5, 5.2).
    fn dates(&self, contract: &Contract, number: u16, charge: &Charge) -> Vec<(Unit, Day)> {
        let (term, until) = (contract.term(), self.period.days.last);
        let Some(dates) = charge.mechanism.dates() else { return Vec::new() };
        let Some(own) = &self.own else {
            return dates.until(term, until).into_iter().map(|date| (Unit::Date(date), date)).collect();
        };
        let anchor = self.anchors.get(usize::from(number)).copied().flatten();
        let mut all: Vec<(Unit, Day)> = match dates {
            Dates::On(_) | Dates::Every(_) => {
                dates.until(term, until).into_iter().map(|date| (Unit::Date(date), date)).collect()
            }
            Dates::After(After { length: Length::Days(days), .. }) => {
                anchor.map(|anchor| (Unit::Step(1), anchor.plus_days(i64::from(*days)))).into_iter().collect()
            }
            Dates::After(After { length: Length::Months(months), .. }) => {
                anchor.map(|anchor| (Unit::Step(1), anchor.plus_months(*months))).into_iter().collect()
            }
        };
        let terms = own.known.terms;
        let fixed = matches!(charge.mechanism, Mechanism::Fixed(_));
        let last = if fixed { terms.eligible_until.unwrap_or(contract.ends).min(contract.ends) } else { until };
        all.retain(|(_, date)| {
            terms.enrolled_on <= *date && *date <= last.min(until) && (!fixed || contract.starts <= *date)
        });
        all
    }

    /// From what the date of the participant's own is counted.
    fn counted_from(&self, number: u16, charge: &Charge) -> Option<CountedFrom> {
        let Some(Dates::After(after)) = charge.mechanism.dates() else { return None };
        let on = self.anchors.get(usize::from(number)).copied().flatten()?;
        Some(CountedFrom { from: after.from.clone(), on, length: after.length })
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
            let dates = self.dates(contract, number, charge);
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
        let (number, company, _) = key;
        let Some(charge) = desk.plan.contract.charges.get(usize::from(number)) else { return Reckoning::NotCounted };
        let Some(sheet) = self.sheets.get(&key) else {
            return self.without_sheet(desk, key);
        };
        let verdict = sheet.verdict.clone();
        let counted_from = self.counted_from(number, charge);
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
            let dates = self.dates(desk.plan.contract, number, charge);
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
    let tallied =
        |outcome: &Outcome, figure: &Figure| matches!(&figure.form, Form::Tally(tally) if tally.outcome == outcome.id);
    let measured = |outcome: &Outcome| {
        contract.charges.iter().any(|charge| charge.mechanism.outcome() == Some(&outcome.id))
            || contract.figures.iter().any(|figure| tallied(outcome, figure))
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

/// Of each charge the day from which the dates of the participant's own count: enrolment, the first placement, or the day on which
/// it reached a step of another (mechanisms 3.5).
fn anchors(bench: Bench<'_>, own: &Own<'_>, sheets: &[Sheet]) -> Vec<Option<Day>> {
    let contract = bench.at.contract;
    let follows = |charge: &Charge| charge.mechanism.dates().is_some_and(|dates| dates.follows().is_some());
    let loose = Loose { contract, bench, sheets, others: &|_| None };
    let tied = if contract.charges.iter().any(follows) { tie(&loose) } else { Vec::new() };
    let anchor = |charge: &Charge| match charge.mechanism.dates() {
        Some(Dates::After(After { from: Anchor::Enrolment, .. })) => Some(own.known.terms.enrolled_on),
        Some(Dates::After(After { from: Anchor::Placement, .. })) => {
            own.known.placements.iter().map(|placement| placement.terms.placed_on).min()
        }
        Some(Dates::After(After { from: Anchor::Charge { charge: id, step }, .. })) => {
            let place = contract.charges.iter().position(|known| known.id == *id)?;
            let mine = tied.iter().filter(|sheet| usize::from(sheet.charge) == place && sheet.unit == Unit::Step(*step));
            mine.filter(|sheet| sheet.is_reached()).map(Sheet::reached_on).min()
        }
        _ => None,
    };
    contract.charges.iter().map(anchor).collect()
}

/// Every participant on a cut-off, with what is measured of it or without.
pub(super) fn everybody<'a>(desk: &Desk<'a>, period: SettlementPeriod, measuring: bool) -> Vec<Study<'a>> {
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

/// How many keys limits grant that are shares of figures, as these stand on the period's last day (mechanisms 8.1).
pub(super) fn shares(desk: &Desk<'_>, period: SettlementPeriod) -> BTreeMap<u16, i64> {
    let contract = desk.plan.contract;
    if contract.limits.iter().all(|limit| limit.bound.share().is_none()) {
        return BTreeMap::new();
    }
    let (census, cut_off) = (desk.census(period), period.cut_off);
    let at = figures::Desktop { contract, facts: desk.plan.facts, cut_off, census: census.as_deref(), mine: None };
    let share = |(number, limit): (u16, &Limit)| {
        let (share, figure) = limit.bound.share()?;
        let figure = contract.figures.iter().find(|known| known.id == *figure)?;
        let value = figures::Lookup::on(at, (contract.starts, period.days.last)).look_up(&figure.id).value;
        let keys = value.and_then(|value| value.times(Fraction::of_ratio(share)?));
        Some((number, keys.filter(|keys| !keys.is_below_0()).map_or(0, whole)))
    };
    (0_u16..).zip(&contract.limits).filter_map(share).collect()
}

/// Cut down to a whole number.
fn whole(keys: Fraction) -> i64 {
    let near = keys.rounded(0);
    let down = if keys.against(near).is_lt() { near - Decimal::ONE } else { near };
    i64::try_from(down).unwrap_or(i64::MAX)
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
    let mut counted: Vec<Noted<'_>> = Vec::new();
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
                counted.push(Noted { charge, earned_on: claim.earned_on, amount: grant.granted });
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
    counted: &[Noted<'_>],
    worked_out: &mut Vec<WorkedOut>,
) -> Option<Claim> {
    if !claim.at_its_turn {
        return Some(claim);
    }
    let (contract, facts) = (desk.plan.contract, desk.plan.facts);
    let charge = contract.charges.get(usize::from(claim.charge))?;
    let (Mechanism::Measured(terms), Unit::Date(date)) = (&charge.mechanism, claim.unit) else { return None };
    let (granted, census, cut_off) = (Some(counted), desk.census(period), period.cut_off);
    let at = figures::Desktop { contract, facts, cut_off, census: census.as_deref(), mine: None };
    let case = figures::Case { at, charge, terms, dates: &[], granted };
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
        let adds = adding::of_all(&desk.plan, &desk.roster, period.cut_off);
        let asker = Asker { adds: &adds, roster: &desk.roster, known_on: period.cut_off, last: period.days.last };
        let assess = |number: u32| {
            let known = desk.roster.known(number as usize, period.cut_off)?;
            Some((number, Assessment::new(&desk.plan, &known, &indices, Some(&asker)), Vec::new()))
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
