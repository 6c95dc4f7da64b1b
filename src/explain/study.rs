//! One subject on one cut-off, worked out from the facts: its days, its keys, and what the limits leave of them.

use super::line::Line;
use super::own::Own;
use super::reckoning::Reckoning;
use super::room::{Claim, Grant, Rooms};
use super::sheet::Sheet;
use super::tree::Standing;
use super::unit::Case;
use super::{fixed, measured, rows, step, unit};
use crate::charge::{Entitlement, Mechanism, Unit};
use crate::contract::{Calendar, SettlementPeriod};
use crate::entitlement::{Assessment, Plan, cohort};
use crate::facts::roster::Roster;
use crate::ledger::entry::Subject;
use crate::measure::day::{Day, Span};
use crate::measure::parallel;
use crate::timeline::outcome::Per;
use std::collections::{BTreeMap, BTreeSet};

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
    pub period: SettlementPeriod,
}

impl<'a> Study<'a> {
    /// Works out everything that is earned on or before the period's last day, by the facts known on its cut-off (rule 4.4).
    /// `places` are the participants' places in the queue ([`rows::places`]).
    pub fn new(desk: &Desk<'a>, member: Member, period: SettlementPeriod, places: &[Option<u32>]) -> Study<'a> {
        let mut study = Study { member, standing: None, own: None, lines: Vec::new(), sheets: BTreeMap::new(), period };
        let sheets = match member {
            Member::Contract => study.contract(desk),
            Member::Participant(number) => study.participant(desk, number as usize, places),
        };
        study.sheets = sheets.into_iter().map(|sheet| ((sheet.charge, sheet.company, sheet.unit), sheet)).collect();
        study
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
                    let case = measured::Case { contract, facts, charge, terms, cut_off };
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
        // Units at the borders of the term reach beyond it by less than a month.
        let until = self.period.days.last;
        let days = Span { first: contract.starts.plus_days(-31), last: contract.ends.min(until).plus_days(31) };
        let measured = |outcome: &crate::timeline::Outcome| {
            contract.charges.iter().any(|charge| charge.mechanism.outcome() == Some(&outcome.id))
        };
        for outcome in contract.outcomes.iter().filter(|outcome| measured(outcome)) {
            let companies: Vec<Option<u32>> = match outcome.per {
                Per::Participant => vec![None],
                Per::Company => {
                    let all: BTreeSet<u32> = own.known.placements.iter().map(|placement| placement.company).collect();
                    all.into_iter().map(Some).collect()
                }
            };
            self.lines.extend(companies.into_iter().map(|company| Line::new(&own, outcome, company, days)));
        }
        let mut sheets = Vec::new();
        for (number, charge) in (0_u16..).zip(&contract.charges) {
            let lines = self.lines.iter().enumerate();
            for (at, line) in lines.filter(|(_, line)| charge.mechanism.outcome() == Some(&line.outcome.id)) {
                let case = Case { own: &own, line, charge, number, at };
                match &charge.mechanism {
                    Mechanism::Fixed(_) | Mechanism::Measured(_) => {}
                    Mechanism::Milestone(terms) => sheets.extend(step::sheets(case, terms, until)),
                    Mechanism::Period(terms) => sheets.extend(unit::sheets(case, terms, until)),
                }
            }
        }
        self.own = Some(own);
        sheets
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
            let owed = sheet.owed?;
            Some(Claim {
                subject: self.subject(sheet.company),
                charge: sheet.charge,
                company: sheet.company.filter(|_| self.member != Member::Contract),
                unit: sheet.unit,
                earned_on: sheet.earned_on,
                amount: owed.amount,
                reference: owed.reference,
            })
        })
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
            let facts = desk.plan.facts;
            return Reckoning::Fixed(Box::new(fixed::told(facts, charge, company, self.period.cut_off, date, verdict)));
        }
        if let (Mechanism::Measured(terms), Unit::Date(date)) = (&charge.mechanism, unit) {
            let (contract, facts, cut_off) = (desk.plan.contract, desk.plan.facts, self.period.cut_off);
            return Reckoning::Measured(Box::new(measured::told(
                measured::Case { contract, facts, charge, terms, cut_off },
                date,
            )));
        }
        let line = sheet.line.and_then(|at| Some((at, self.lines.get(at)?)));
        let (Some(own), Some((at, line))) = (&self.own, line) else { return Reckoning::NotCounted };
        let case = Case { own, line, charge, number, at };
        match (&charge.mechanism, unit) {
            (Mechanism::Milestone(terms), Unit::Step(step)) => {
                Reckoning::Step(Box::new(step::told(case, terms, step, self.period.days.last, verdict)))
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
        let lines = self.lines.iter().enumerate();
        let mut lines =
            lines.filter(|(_, line)| charge.mechanism.outcome() == Some(&line.outcome.id) && line.company == company);
        let Some((at, line)) = lines.next() else { return Reckoning::NoPlacement };
        let case = Case { own, line, charge, number, at };
        let not_yet = |earned_on: Day| super::reckoning::Verdict::NotYet { earned_on };
        match (&charge.mechanism, unit) {
            (Mechanism::Milestone(terms), Unit::Step(step)) => {
                let verdict = super::reckoning::Verdict::NotReached;
                Reckoning::Step(Box::new(step::told(case, terms, step, self.period.days.last, verdict)))
            }
            (Mechanism::Period(terms), Unit::Cell(cell)) => {
                Reckoning::Unit(Box::new(unit::told(case, terms, cell, not_yet(cell.last().min(line.last)))))
            }
            _ => Reckoning::NotCounted,
        }
    }
}

/// What the limits leave of everything that the studies owe, taken from rooms that are still whole. Where a limit is shared with others, everybody else's
/// entitlements take their turn too, as the engine assesses them.
pub(super) fn grants(
    desk: &Desk<'_>,
    studies: &[Study<'_>],
    period: SettlementPeriod,
    shared: bool,
    rooms: &mut Rooms<'_>,
) -> BTreeMap<(Subject, Local), Grant> {
    let mut grants = BTreeMap::new();
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
            let grant = rooms.grant(claim);
            if ours {
                let company = match claim.subject {
                    Subject::Company(number) => Some(number),
                    _ => claim.company,
                };
                grants.insert((claim.subject, (claim.charge, company, claim.unit)), grant);
            }
        }
    }
    grants
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
        let assess = |number: u32| {
            let known = desk.roster.known(number as usize, period.cut_off)?;
            Some((number, Assessment::new(&desk.plan, &known), Vec::new()))
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
                unit: owed.unit,
                earned_on: owed.earned_on,
                amount: owed.amount,
                reference: owed.reference,
            };
            assessment.entitlements(&desk.plan, days, used).into_iter().map(claim).collect()
        };
        claims.extend(parallel::map(&mut self.assessed, |_, other| owed(other)).into_iter().flatten());
        claims
    }
}
