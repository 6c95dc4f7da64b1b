//! Mechanisms 4.1, `granted`: the queue walked once, with a list of what was granted so far.

use super::charge::Entitlement;
use super::figure::Asked;
use super::fraction::{Fraction, ZERO};
use super::limit::Granted;
use super::measured;
use super::money::decimals;
use super::walk::Walk;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::output::PostingRow;
use crate::support::programme::{Contract, Form, What};

/// Whether a charge rests on what is granted: one of its figures does, or one that they are made of.
pub fn rests(contract: &Contract, what: &What) -> bool {
    let What::Measured { figure, times, .. } = what else { return false };
    [figure].into_iter().chain(times).any(|id| asks(contract, id))
}

fn asks(contract: &Contract, figure: &str) -> bool {
    let named = contract.figures.iter().find(|one| one.id == figure).expect("the figure is one of the contract's");
    match &named.form {
        Form::Granted { .. } => true,
        Form::Compare { of, with, .. } => asks(contract, of) || asks(contract, with),
        Form::Sum(parts) => parts.iter().any(|(part, _)| asks(contract, part)),
        Form::Metric { .. }
        | Form::Count { .. }
        | Form::Tally { .. }
        | Form::Sample(_)
        | Form::Value(_)
        | Form::Goal { .. }
        | Form::Places { .. }
        | Form::Saving { .. } => false,
    }
}

/// The sum granted under these charges, of what stands before the asker, for days earned from the first day of the window to the
/// day on which it is asked.
pub fn sum(law: &Law, contract: &Contract, charges: &[String], from: Option<Day>, asked: Asked) -> Fraction {
    let mut sum = 0;
    for one in asked.queue {
        let named = charges.contains(&one.one.charge);
        if !named && !law.reads(Misreading::GrantedOverAllCharges) {
            continue;
        }
        let earned_on = one.one.earned_on;
        law.saw_if(earned_on > asked.day && one.granted != 0, Situation::GrantedAfterTheDate);
        let too_late = earned_on > asked.day && !law.reads(Misreading::GrantedUpToTheTurn);
        let too_old = from.is_some_and(|from| earned_on < from);
        law.saw_if(too_old && one.granted != 0, Situation::GrantedBeforeTheWindow);
        if too_late || too_old || (earned_on == asked.day && law.reads(Misreading::GrantedOfTheDayNotYet)) {
            continue;
        }
        law.saw_if(one.cut > 0, Situation::GrantedAfterACut);
        law.saw_if(one.granted < 0, Situation::GrantedLessWhatIsOwedBack);
        law.saw_if(one.granted > 0, Situation::GrantedSomething);
        sum += match () {
            () if law.reads(Misreading::GrantedBeforeLimits) => one.granted + one.cut,
            () if law.reads(Misreading::GrantedWithoutWhatIsOwedBack) => one.granted.max(0),
            () => one.granted,
        };
    }
    let minor = 10i128.pow(decimals(&contract.currency));
    if sum == 0 { ZERO } else { Fraction::of(&sum.to_string()).over(Fraction::of(&minor.to_string())) }
}

/// An entitlement whose turn has come: worked out, if it was still to be.
pub fn at_its_turn<'a>(
    walk: &Walk<'_, 'a>,
    one: Entitlement<'a>,
    (before, after): (&[Granted<'a>], &[Entitlement<'a>]),
    posted: &[PostingRow],
) -> Option<Entitlement<'a>> {
    let (law, contract) = (walk.law, walk.contract);
    let Some((day, last)) = one.at_its_turn else { return Some(one) };
    law.saw(Situation::WorkedOutAtItsTurn);
    law.saw_if(
        after.iter().any(|other| other.earned_on <= day && other.charge != one.charge),
        Situation::OthersOfTheDayAfter,
    );
    let (posted_so_far, whole_day) = (posted_as_granted(law, &one, posted), whole_day(law, day, before, after));
    let queue = match () {
        () if law.reads(Misreading::GrantedIsWhatWasPosted) => &posted_so_far[..],
        () if law.reads(Misreading::GrantedOfTheWholeDay) => &whole_day[..],
        () => before,
    };
    let place = contract.charges.iter().position(|charge| charge.id == one.charge)?;
    let mut worked = Vec::new();
    measured::on_a_date(walk, place, Asked { before: last, queue, ..Asked::on(day) }, &mut worked);
    let worked = worked.pop().filter(|worked| worked.amount != 0)?;
    Some(Entitlement { earned_on: one.earned_on, ..worked })
}

/// The misreading that what stands behind the asker counts too, if it is earned by the date.
fn whole_day<'a>(law: &Law, day: Day, before: &[Granted<'a>], after: &[Entitlement<'a>]) -> Vec<Granted<'a>> {
    if !law.reads(Misreading::GrantedOfTheWholeDay) {
        return Vec::new();
    }
    let behind = after.iter().filter(|one| one.at_its_turn.is_none() && one.earned_on <= day);
    let granted = |one: &Entitlement<'a>| Granted { one: one.clone(), granted: one.amount, cut: 0, cut_by: String::new() };
    before.iter().cloned().chain(behind.map(granted)).collect()
}

/// The misreading that what earlier settlements posted is what was granted.
fn posted_as_granted<'a>(law: &Law, like: &Entitlement<'a>, posted: &[PostingRow]) -> Vec<Granted<'a>> {
    if !law.reads(Misreading::GrantedIsWhatWasPosted) {
        return Vec::new();
    }
    let amount = |row: &PostingRow| row.amount.replace('.', "").parse::<i128>().unwrap();
    let one = |row: &PostingRow| Entitlement {
        charge: row.charge.clone(),
        earned_on: Day::parse(&row.earned_on).unwrap(),
        ..like.clone()
    };
    posted.iter().map(|row| Granted { one: one(row), granted: amount(row), cut: 0, cut_by: String::new() }).collect()
}
