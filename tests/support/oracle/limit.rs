//! Chapter 9: limits.

use super::calendar::Period;
use super::charge::Entitlement;
use super::money::minor_units;
use super::units::{Keys, Most};
use super::walk::Walk;
use super::{Law, Misreading, Situation, floor, granted};
use crate::support::day::Day;
use crate::support::output::PostingRow;
use crate::support::programme::{Contract, Limit, LimitWindow, Scope, What};
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
pub type RoomOf = (usize, String, String);

/// 9.2: entitlements are taken once, in order; each gets the least of its amount and the room left.
pub fn grant<'a>(
    walk: &Walk<'_, 'a>,
    calendar: (&[Period], &Most),
    earned: Vec<Entitlement<'a>>,
    posted: &[PostingRow],
) -> Vec<Granted<'a>> {
    let (law, contract) = (walk.law, walk.contract);
    let granted = in_order(walk, calendar, earned.clone(), posted);
    let unpaid: Vec<bool> = earned.iter().map(|one| rests_on_cut(contract, one, &granted)).collect();
    law.saw_if(unpaid.contains(&true), Situation::RequiredWasCut);
    if !law.reads(Misreading::RequiresPaidAfterLimits) || !unpaid.contains(&true) {
        return granted;
    }
    let paid = earned.into_iter().zip(unpaid).filter(|(_, unpaid)| !unpaid).map(|(one, _)| one).collect();
    in_order(walk, calendar, paid, posted)
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

/// What has been granted so far under a limit.
#[derive(Clone, Copy, Default)]
pub struct Sum {
    /// Less what was owed back: a limit's room is its amount less this.
    pub net: i128,
    gross: i128,
}

pub type Sums = BTreeMap<RoomOf, Sum>;

fn in_order<'a>(
    walk: &Walk<'_, 'a>,
    (calendar, most): (&[Period], &Most),
    earned: Vec<Entitlement<'a>>,
    posted: &[PostingRow],
) -> Vec<Granted<'a>> {
    let (law, contract) = (walk.law, walk.contract);
    let mut sums = Sums::new();
    let mut keys = Keys::default();
    let mut earned = earned;
    if law.reads(Misreading::LimitsLookAtWhatWasPosted) {
        earned.sort_by_key(|one| !posted.iter().any(|row| same_key(row, one)));
    }
    if law.reads(Misreading::OwedBackComesLast) {
        earned.sort_by_key(|one| one.amount < 0);
    }
    if law.reads(Misreading::CapRoomNotReleased) {
        charge_what_fell_away(law, contract, calendar, &earned, posted, &mut sums);
    }
    if law.reads(Misreading::OwedBackGivesRoomFromTheStart) {
        give_back_at_once(law, contract, calendar, &earned, &mut sums);
    }
    let mut units: BTreeMap<(usize, String, String), i64> = BTreeMap::new();
    let mut granted = Vec::new();
    for nth in 0..earned.len() {
        let (one, after) = (earned[nth].clone(), &earned[nth + 1..]);
        let turn = granted::at_its_turn(walk, one, (&granted, after), posted);
        let Some(one) = turn else { continue };
        if law.reads(Misreading::MaxUnitsAfterLimits) && units_used_up(contract, &one, &units) {
            continue;
        }
        let covering = covering(law, contract, calendar, &one);
        let one = if one.amount < 0 && !law.reads(Misreading::OwedBackIsCutByAmounts) {
            floor::owed_back(law, contract, &covering, one, &mut sums)
        } else {
            owed(law, contract, (&covering, &keys, most), one, &mut sums)
        };
        keys.take(law, contract, &covering, &one);
        if one.granted != 0 {
            *units.entry(unit_group(&one.one)).or_default() += 1;
        }
        granted.push(one);
    }
    granted
}

/// The least of the amount and the room that is left. (A misreading asks it of the size of what is owed back.)
fn owed<'a>(
    law: &Law,
    contract: &Contract,
    (covering, keys, most): (&[(&Limit, RoomOf)], &Keys, &Most),
    one: Entitlement<'a>,
    sums: &mut Sums,
) -> Granted<'a> {
    let (sign, mut least) = (one.amount.signum(), one.amount.abs());
    let mut cut_by = String::new();
    let cuts = |limit: &Limit| !limit.floor || law.reads(Misreading::FloorCutsWhatIsEarned);
    for (limit, key) in covering.iter().filter(|(limit, _)| cuts(limit)) {
        let left = match limit.units {
            Some(_) => keys.room(law, most, key, &one),
            None => (minor_units(contract, &limit.amount) - net(sums, key)).max(0),
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
    for (limit, key) in covering {
        let used = sums.entry(key.clone()).or_default();
        let whole = minor_units(contract, &limit.amount);
        used.net += sign * least;
        used.gross += least;
        law.saw_if(!limit.floor && limit.units.is_none() && least > 0 && used.gross > whole, Situation::RoomGivenBackIsUsed);
    }
    law.saw_if(sign > 0 && least < one.amount && least > 0, Situation::CapCutsPartly);
    law.saw_if(least == 0, Situation::CapCutsWholly);
    Granted { granted: sign * least, cut: one.amount - sign * least, cut_by, one }
}

pub fn net(sums: &Sums, key: &RoomOf) -> i128 {
    sums.get(key).map_or(0, |sum| sum.net)
}

/// The misreading that what is owed back makes room for what was earned before.
fn give_back_at_once(law: &Law, contract: &Contract, calendar: &[Period], earned: &[Entitlement], sums: &mut Sums) {
    for one in earned.iter().filter(|one| one.amount < 0) {
        for (limit, key) in covering(law, contract, calendar, one) {
            if !limit.floor {
                sums.entry(key).or_default().net += one.amount;
            }
        }
    }
}

fn same_key(row: &PostingRow, one: &Entitlement) -> bool {
    row.charge == one.charge && row.subject == one.subject && row.unit == one.unit
}

/// 9.1: the limits that cover an entitlement, in the contract's order.
fn covering<'c>(law: &Law, contract: &'c Contract, calendar: &[Period], one: &Entitlement) -> Vec<(&'c Limit, RoomOf)> {
    let mut covering = Vec::new();
    for (place, limit) in contract.limits.iter().enumerate() {
        let all = limit.floor && law.reads(Misreading::FloorOverAllCharges);
        let covers = all || limit.charges.as_ref().is_none_or(|charges| charges.contains(&one.charge));
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
            let by_settlement = limit.floor && law.reads(Misreading::FloorBySettlement);
            let stretch = if by_settlement { LimitWindow::SettlementPeriod } else { limit.window };
            let when = window(law, stretch, calendar, one.earned_on);
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
    sums: &mut Sums,
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
            at_its_turn: None,
            participant: Some(&row.subject),
            company: None,
        };
        for (limit, key) in covering(law, contract, calendar, &gone) {
            let used = sums.entry(key).or_default();
            used.net = (used.net + amount).min(minor_units(contract, &limit.amount));
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
