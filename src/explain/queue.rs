//! Everything that is owed in its turn: what the limits leave of it (rule 9.2, mechanisms 8.1).

use super::figures::{self, Noted};
use super::fraction::Fraction;
use super::measured;
use super::room::{Claim, Grant, Rooms};
use super::study::{Desk, Local, Member, Study, WorkedOut, named};
use crate::charge::{Entitlement, Indices, Mechanism, Unit};
use crate::contract::{Calendar, Contract, Limit, SettlementPeriod};
use crate::entitlement::{Asker, Assessment, census, cohort};
use crate::figure::Form;
use crate::ledger::entry::Subject;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::measure::parallel;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

/// Everybody's turn, one after the other.
#[derive(Default)]
pub(super) struct Queue {
    pub grants: BTreeMap<(Subject, Local), Grant>,
    pub worked_out: Vec<WorkedOut>,
}

/// What the limits leave of everything that the studies owe, taken from rooms that are still whole. Where a limit is shared with
/// others, everybody else's entitlements take their turn too, as the engine assesses them.
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
        let adds = census::of_all(&desk.plan, &desk.roster, period.cut_off);
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
