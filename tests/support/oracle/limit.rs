//! Chapter 9: limits.

use super::calendar::Period;
use super::charge::Entitlement;
use super::facts::Facts;
use super::figure;
use super::fraction::{Fraction, ZERO};
use super::money::minor_units;
use super::walk::Walk;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::output::PostingRow;
use crate::support::programme::{Contract, Limit, LimitWindow, Scope, Units, What};
use std::collections::BTreeMap;

/// An entitlement with what limits left of it.
#[derive(Clone, Debug)]
pub struct Granted<'a> {
    pub one: Entitlement<'a>,
    pub granted: i128,
    pub cut: i128,
    pub cut_by: String,
}

/// Which room of which limit: its place in the contract, whose, and in which stretch of time.
type RoomOf = (usize, String, String);

/// 9.2: entitlements are taken once, in order; each gets the least of its amount and the room left.
pub fn grant<'a>(
    law: &Law,
    contract: &Contract,
    calendar: (&[Period], &Most),
    earned: Vec<Entitlement<'a>>,
    posted: &[PostingRow],
) -> Vec<Granted<'a>> {
    let granted = in_order(law, contract, calendar, earned.clone(), posted);
    let unpaid: Vec<bool> = earned.iter().map(|one| rests_on_cut(contract, one, &granted)).collect();
    law.saw_if(unpaid.contains(&true), Situation::RequiredWasCut);
    if !law.reads(Misreading::RequiresPaidAfterLimits) || !unpaid.contains(&true) {
        return granted;
    }
    let paid = earned.into_iter().zip(unpaid).filter(|(_, unpaid)| !unpaid).map(|(one, _)| one).collect();
    in_order(law, contract, calendar, paid, posted)
}

/// Whether limits took all of something that is required.
fn rests_on_cut(contract: &Contract, one: &Entitlement, granted: &[Granted]) -> bool {
    contract.charges[one.place].requires.iter().any(|name| {
        let (charge, step) = name.split_once('/').map_or((name.as_str(), None), |(charge, step)| (charge, Some(step)));
        let mut of_it = granted.iter().filter(|other| {
            let step = step.is_none_or(|step| other.one.unit_alone() == step);
            other.one.charge == charge && step && (other.one.participant.is_none() || other.one.subject == one.subject)
        });
        of_it.clone().next().is_some() && of_it.all(|other| other.granted == 0)
    })
}

fn in_order<'a>(
    law: &Law,
    contract: &Contract,
    (calendar, most): (&[Period], &Most),
    earned: Vec<Entitlement<'a>>,
    posted: &[PostingRow],
) -> Vec<Granted<'a>> {
    let mut keys = Keys::default();
    let mut room: BTreeMap<RoomOf, i128> = BTreeMap::new();
    let mut earned = earned;
    if law.reads(Misreading::LimitsLookAtWhatWasPosted) {
        earned.sort_by_key(|one| !posted.iter().any(|row| same_key(row, one)));
    }
    if law.reads(Misreading::CapRoomNotReleased) {
        charge_what_fell_away(law, contract, calendar, &earned, posted, &mut room);
    }
    let mut units: BTreeMap<(usize, String, String), i64> = BTreeMap::new();
    let mut granted = Vec::new();
    for one in earned {
        if law.reads(Misreading::MaxUnitsAfterLimits) && units_used_up(contract, &one, &units) {
            continue;
        }
        let mut least = one.amount;
        let mut cut_by = String::new();
        let covering = covering(law, contract, calendar, &one);
        for (limit, key) in &covering {
            let left = match limit.units {
                Some(_) => keys.room(law, most[&key.0], key, &one),
                None => *room.entry(key.clone()).or_insert_with(|| minor_units(contract, &limit.amount)),
            };
            let first = law.reads(Misreading::CutByTheFirstLimit) && !cut_by.is_empty();
            law.saw_if(!cut_by.is_empty() && left == least, Situation::TwoLimitsEquallyTight);
            law.saw_if(!cut_by.is_empty() && left < least, Situation::TighterLimitLater);
            if left < least {
                least = left;
                if !first {
                    cut_by.clone_from(&limit.id);
                }
            }
        }
        for (limit, key) in &covering {
            match limit.units {
                Some(_) => keys.take(law, (contract, limit), key, (&one, least)),
                None => *room.get_mut(key).unwrap() -= least,
            }
        }
        law.saw_if(least < one.amount && least > 0, Situation::CapCutsPartly);
        law.saw_if(least == 0, Situation::CapCutsWholly);
        if least > 0 {
            *units.entry(unit_group(&one)).or_default() += 1;
        }
        granted.push(Granted { granted: least, cut: one.amount - least, cut_by, one });
    }
    granted
}

/// How many keys a limit grants, by its place in the contract.
pub type Most = BTreeMap<usize, i128>;

/// 8.1: a number as it is written, or a share of a figure as it stands on the period's last day.
pub fn most(law: &Law, contract: &Contract, facts: &Facts, period: &Period) -> Most {
    let mut most = Most::new();
    for (place, limit) in contract.limits.iter().enumerate() {
        match &limit.units {
            None => {}
            Some(Units::Keys(keys)) => drop(most.insert(place, i128::from(*keys))),
            Some(Units::Share { share, of }) => {
                let walk = Walk::of(law, contract, facts, period);
                let ends = law.reads(Misreading::ShareAtTheTermsEnd);
                let day = if ends { contract.ends } else { period.last };
                let asked = figure::Asked { day, before: None, whose: None, so_far: true, exact: false };
                let value = figure::on(&walk, of, asked).map(|said| said.value.times(Fraction::of(share)));
                law.saw_if(value.is_none(), Situation::ShareNotKnown);
                let value = value.unwrap_or(ZERO).max(ZERO);
                law.saw_if(value.divisor > 1, Situation::ShareOfUnits);
                let up = i128::from(value.divisor > 1 && law.reads(Misreading::ShareRoundedUp));
                most.insert(place, value.number / value.divisor + up);
            }
        }
    }
    most
}

/// The keys that unit limits have granted so far.
#[derive(Default)]
struct Keys(BTreeMap<RoomOf, i128>);

/// More room than any amount takes.
const FREE: i128 = i128::MAX / 4;

impl Keys {
    /// A full limit has no room; what the payee owes has all.
    fn room(&self, law: &Law, most: i128, key: &RoomOf, one: &Entitlement) -> i128 {
        let granted = self.0.get(&self.whose(law, key)).copied().unwrap_or(0);
        if granted >= most && one.amount > 0 { 0 } else { FREE }
    }

    fn take(
        &mut self,
        law: &Law,
        (contract, limit): (&Contract, &Limit),
        key: &RoomOf,
        (one, granted): (&Entitlement, i128),
    ) {
        law.saw_if(granted == 0, Situation::UnitNotTakenByWhatIsCut);
        if granted > 0 || (one.amount > 0 && law.reads(Misreading::UnitsOfWhatIsCut)) {
            *self.0.entry(self.whose(law, key)).or_default() += 1;
        }
        let what = format!("{} {} {} {} {}", contract.id, limit.id, one.charge, one.subject, one.unit);
        let now = if granted > 0 { "granted" } else { "refused" };
        law.saw_if(granted == 0, Situation::UnitRefused);
        let changed = law.told_otherwise(what, now.into());
        law.saw_if(changed && granted > 0, Situation::UnitRefusedThenGranted);
        law.saw_if(changed && granted == 0, Situation::UnitGrantedThenRefused);
    }

    fn whose(&self, law: &Law, key: &RoomOf) -> RoomOf {
        let all = law.reads(Misreading::UnitsOfTheWholeContract);
        if all { (key.0, String::new(), key.2.clone()) } else { key.clone() }
    }
}

fn same_key(row: &PostingRow, one: &Entitlement) -> bool {
    row.charge == one.charge && row.subject == one.subject && row.unit == one.unit
}

/// 9.1: the limits that cover an entitlement, in the contract's order.
fn covering<'c>(law: &Law, contract: &'c Contract, calendar: &[Period], one: &Entitlement) -> Vec<(&'c Limit, RoomOf)> {
    let mut covering = Vec::new();
    for (place, limit) in contract.limits.iter().enumerate() {
        let covers = limit.charges.as_ref().is_none_or(|charges| charges.contains(&one.charge));
        let scope = if law.reads(Misreading::ContractLimitPerParticipant) && limit.scope == Scope::Contract {
            Scope::Participant
        } else {
            limit.scope
        };
        let whose = match scope {
            Scope::Participant => one.participant,
            Scope::Company => one.company,
            Scope::Contract => Some(""),
        };
        law.saw_if(covers && whose.is_none(), Situation::NotUnderTheLimitsScope);
        if let Some(whose) = whose.filter(|_| covers) {
            let when = window(law, limit.window, calendar, one.earned_on);
            covering.push((limit, (place, whose.to_string(), when)));
        }
    }
    covering
}

/// The stretch of time of the day earned.
fn window(law: &Law, window: LimitWindow, calendar: &[Period], earned_on: Day) -> String {
    let period = || {
        let all = calendar.iter().filter(|period| period.first <= earned_on);
        let term = |period: &&Period| !period.tail || !law.reads(Misreading::TailIsNoWindow);
        all.filter(term).last().expect("every day earned lies in a period")
    };
    law.saw_if(calendar.iter().any(|one| one.tail && one.first <= earned_on), Situation::LimitInTheTail);
    match window {
        LimitWindow::Total if law.reads(Misreading::TotalPerSettlementPeriod) => period().number.to_string(),
        LimitWindow::CalendarYear if law.reads(Misreading::YearLimitOverTheWholeTerm) => String::new(),
        LimitWindow::Total => String::new(),
        LimitWindow::CalendarYear => earned_on.civil().0.to_string(),
        LimitWindow::SettlementPeriod => period().number.to_string(),
    }
}

/// The misreading that what has been paid and fell away still takes room.
fn charge_what_fell_away(
    law: &Law,
    contract: &Contract,
    calendar: &[Period],
    earned: &[Entitlement],
    posted: &[PostingRow],
    room: &mut BTreeMap<RoomOf, i128>,
) {
    for row in posted.iter().filter(|row| !earned.iter().any(|one| same_key(row, one))) {
        let amount = minor_units(contract, &row.amount).max(0);
        let gone = Entitlement {
            place: 0,
            charge: row.charge.clone(),
            subject: row.subject.clone(),
            unit: row.unit.clone(),
            earned_on: Day::parse(&row.earned_on).unwrap(),
            quantity: String::new(),
            rate: String::new(),
            amount,
            participant: Some(&row.subject),
            company: None,
        };
        for (limit, key) in covering(law, contract, calendar, &gone).into_iter().filter(|(limit, _)| limit.units.is_none()) {
            let left = room.entry(key).or_insert_with(|| minor_units(contract, &limit.amount));
            *left = (*left - amount).max(0);
        }
    }
}

/// For the misreading that `max_units` counts what limits have granted.
fn unit_group(one: &Entitlement) -> (usize, String, String) {
    let company = one.unit.split_once('/').map_or("", |(company, _)| company);
    (one.place, one.subject.clone(), company.to_string())
}

fn units_used_up(contract: &Contract, one: &Entitlement, units: &BTreeMap<(usize, String, String), i64>) -> bool {
    let What::Period { max_units: Some(most), .. } = &contract.charges[one.place].what else { return false };
    units.get(&unit_group(one)).is_some_and(|used| used >= most)
}
