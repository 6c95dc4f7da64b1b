//! Mechanisms 8.1: limits of so many keys.

use super::calendar::Period;
use super::charge::Entitlement;
use super::facts::Facts;
use super::figure;
use super::fraction::{Fraction, ZERO};
use super::limit::{Granted, RoomOf};
use super::walk::Walk;
use super::{Law, Misreading, Situation};
use crate::support::programme::{Contract, Limit, Units};
use std::collections::BTreeMap;

/// How many keys a limit grants, by its place in the contract.
pub type Most = BTreeMap<usize, i128>;

/// A number as it is written, or a share of a figure as it stands on the period's last day.
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
                let asked = figure::Asked::on(day);
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

/// The keys that limits of units have granted so far.
#[derive(Default)]
pub struct Keys(BTreeMap<RoomOf, i128>);

/// More room than any amount takes.
const FREE: i128 = i128::MAX / 4;

impl Keys {
    /// A full limit has no room; what the payee owes has all.
    pub fn room(&self, law: &Law, most: &Most, key: &RoomOf, one: &Entitlement) -> i128 {
        let granted = self.0.get(&whose(law, key)).copied().unwrap_or(0);
        if granted >= most[&key.0] && one.amount > 0 { 0 } else { FREE }
    }

    /// A key granted anything takes one; what is owed back takes none.
    pub fn take(&mut self, law: &Law, contract: &Contract, covering: &[(&Limit, RoomOf)], of: &Granted) {
        let (one, granted) = (&of.one, of.granted);
        for (limit, key) in covering.iter().filter(|(limit, _)| limit.units.is_some()) {
            law.saw_if(granted == 0 && of.cut_by != limit.id, Situation::UnitNotTakenByWhatIsCut);
            let counts = one.amount > 0 || law.reads(Misreading::UnitsOfWhatIsOwedBack);
            if counts && (granted != 0 || law.reads(Misreading::UnitsOfWhatIsCut)) {
                *self.0.entry(whose(law, key)).or_default() += 1;
            }
            let what = format!("{} {} {} {} {}", contract.id, limit.id, one.charge, one.subject, one.unit);
            law.saw_if(granted == 0 && of.cut_by == limit.id, Situation::UnitRefused);
            law.saw_if(granted < 0, Situation::OwedBackUnderUnits);
            let changed = law.told_otherwise(what, (granted != 0).to_string());
            law.saw_if(changed && granted > 0, Situation::UnitRefusedThenGranted);
            law.saw_if(changed && granted == 0, Situation::UnitGrantedThenRefused);
        }
    }
}

fn whose(law: &Law, key: &RoomOf) -> RoomOf {
    let all = law.reads(Misreading::UnitsOfTheWholeContract);
    if all { (key.0, String::new(), key.2.clone()) } else { key.clone() }
}
