//! Why a contract owes nothing for what another one pays for, by the same facts: for a comparison.

use super::line::Line;
use super::own::Own;
use super::reason::LeftOut;
use super::reckoning::{Reckoning, Verdict};
use super::study::{Desk, Local, Member, Study, named};
use super::tree::{Standing, Whom};
use super::{rows, tell};
use crate::charge::milestone::Mode;
use crate::contract::{Contract, SettlementPeriod};
use crate::entitlement::Plan;
use crate::facts::Facts;
use crate::facts::roster::Roster;
use crate::ledger::resume::parse_unit;
use crate::measure::day::{Day, Span};

/// A contract that is asked, by the facts known on the cut-off of one settlement.
pub struct Inquiry<'a> {
    desk: Desk<'a>,
    places: Vec<Option<u32>>,
    period: SettlementPeriod,
}

/// A key that the other contract pays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked<'q> {
    /// The charge.
    pub charge: &'q str,
    /// What is paid for.
    pub unit: &'q str,
    /// The day earned, by the other contract.
    pub earned_on: Day,
}

/// Why it is not owed.
#[derive(Clone, PartialEq, Debug)]
pub enum Absent {
    /// The participant does not count (rule 5).
    OutOfCohort(Standing),
    /// The charge has no such unit, step or date.
    NoSuchUnit,
    /// The participant has no known placement at the company (rule 6.6).
    NoPlacement,
    /// It was looked at, and this is what came of it.
    Looked {
        /// What comes of it.
        verdict: Verdict,
        /// The days that the other contract counts for it and this one does not, each range with its reason (rule 6).
        left_out: Vec<LeftOut>,
    },
}

impl<'a> Inquiry<'a> {
    /// Asks the version of a contract that the settlement follows.
    #[must_use]
    pub fn new(contract: &'a Contract, facts: &'a Facts, period: SettlementPeriod) -> Inquiry<'a> {
        let contract = contract.in_force(period.cut_off);
        let desk = Desk::new(Plan::new(contract, facts), Roster::new(facts));
        Inquiry { desk, places: rows::places(contract, facts, period.cut_off), period }
    }

    /// Why keys of one subject are not owed that `other` pays; an answer for each, in their order.
    #[must_use]
    pub fn absent(&self, other: &Inquiry<'_>, whom: &Whom, asked: &[Asked<'_>]) -> Vec<Absent> {
        let none = |absent: Absent| asked.iter().map(|_| absent.clone()).collect();
        let Some(member) = self.member(whom) else { return none(Absent::NoSuchUnit) };
        let study = self.study(member);
        match &study.standing {
            Some(Standing::Counts { .. }) | None => {}
            Some(standing) => return none(Absent::OutOfCohort(standing.clone())),
        }
        let theirs = matches!(member, Member::Participant(_)).then(|| other.study(member));
        asked.iter().map(|asked| self.one(&study, (other, theirs.as_ref()), whom, *asked)).collect()
    }

    fn member(&self, whom: &Whom) -> Option<Member> {
        let Whom::Participant(id) = whom else { return Some(Member::Contract) };
        let number = self.desk.plan.facts.participants.find(id)?;
        Some(Member::Participant(u32::try_from(number).ok()?))
    }

    fn study(&self, member: Member) -> Study<'a> {
        Study::new(&self.desk, member, self.period, &self.places)
    }

    /// The key by numbers; none if the charge has no such unit.
    fn local(&self, whom: &Whom, asked: Asked<'_>) -> Option<Local> {
        let charges = &self.desk.plan.contract.charges;
        let place = charges.iter().position(|charge| charge.id.as_str() == asked.charge)?;
        let (company, unit) = match (whom, asked.unit.split_once('/')) {
            (Whom::Company(company), _) => (Some(company.as_str()), asked.unit),
            (_, Some((company, unit))) => (Some(company), unit),
            (_, None) => (None, asked.unit),
        };
        let company = match company {
            Some(id) => Some(u32::try_from(self.desk.plan.facts.companies.find(id)?).ok()?),
            None => None,
        };
        let unit = parse_unit(&charges.get(place)?.mechanism, unit)?;
        Some((u16::try_from(place).ok()?, company, named(unit)))
    }

    fn one(
        &self,
        study: &Study<'a>,
        (other, theirs): (&Inquiry<'_>, Option<&Study<'_>>),
        whom: &Whom,
        asked: Asked<'_>,
    ) -> Absent {
        let Some(key) = self.local(whom, asked) else { return Absent::NoSuchUnit };
        let (verdict, days) = match study.told(&self.desk, key) {
            Reckoning::Fixed(sheet) => (sheet.verdict, None),
            Reckoning::Measured(sheet) => (sheet.verdict, None),
            Reckoning::Step(sheet) => (sheet.verdict, None),
            Reckoning::Unit(sheet) => (sheet.verdict, Some(sheet.days)),
            Reckoning::NotCounted => return Absent::NoSuchUnit,
            Reckoning::NoPlacement => return Absent::NoPlacement,
        };
        let counted: Vec<Span> = match (theirs, other.local(whom, asked)) {
            (Some(theirs), Some(key)) => {
                let days = days.unwrap_or_else(|| other.lasting(theirs, key, asked.earned_on));
                other.counted(theirs, key, days)
            }
            _ => Vec::new(),
        };
        let mine = self.lines(study, key);
        let left_out = study.own.as_ref().map(|own| not_counted(own, &mine, &counted)).unwrap_or_default();
        Absent::Looked { verdict, left_out }
    }

    /// The days on which a step rests: of a run those up to the day on which it was reached, else all until it was earned.
    fn lasting(&self, study: &Study<'a>, key: Local, earned_on: Day) -> Span {
        let run = match study.told(&self.desk, key) {
            Reckoning::Step(sheet) if sheet.mode == Mode::Continuous => {
                sheet.runs.last().and_then(|run| Span::new(run.first, run.last))
            }
            _ => None,
        };
        run.unwrap_or(Span { first: self.desk.plan.contract.starts.min(earned_on), last: earned_on })
    }

    /// The lines of the charge's outcome.
    fn lines<'s>(&self, study: &'s Study<'a>, (charge, company, _): Local) -> Vec<&'s Line<'a>> {
        let outcome = self.desk.plan.contract.charges.get(usize::from(charge)).and_then(|charge| charge.mechanism.outcome());
        study.lines.iter().filter(|line| Some(&line.outcome.id) == outcome && line.company == company).collect()
    }

    /// The days among `days` that count for the charge.
    fn counted(&self, study: &Study<'a>, key: Local, days: Span) -> Vec<Span> {
        let lines = self.lines(study, key);
        let mut counted: Vec<Span> =
            lines.iter().flat_map(|line| line.counting()).filter_map(|range| range.days.overlap(days)).collect();
        counted.sort_unstable_by_key(|days| (days.first, days.last));
        counted.dedup();
        counted
    }
}

/// The days among `counted` that none of the lines counts, each range with the reason that a line gives.
fn not_counted(own: &Own<'_>, lines: &[&Line<'_>], counted: &[Span]) -> Vec<LeftOut> {
    let counts = |days: Span| lines.iter().flat_map(|line| line.counting()).any(|range| range.days.overlap(days).is_some());
    let left_out = lines.iter().flat_map(|line| counted.iter().flat_map(|days| tell::left_out(own, line, *days)));
    left_out.filter(|left_out| !counts(left_out.days)).collect()
}
