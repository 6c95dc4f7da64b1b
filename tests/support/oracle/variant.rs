//! Mechanisms 6.2: several ways to the same payment.

use super::charge::Entitlement;
use super::{Law, Misreading, Situation};
use crate::support::programme::{Contract, What};
use std::collections::BTreeMap;

/// One payment: the variant, whose it is, at which company where those stand apart, and for periods the unit.
type Payment = (String, String, Option<String>, String);

/// Of each payment the best is owed, in time order: every entitlement less the largest amount before it.
pub fn topped_up<'a>(law: &Law, contract: &Contract, earned: Vec<Entitlement<'a>>) -> Vec<Entitlement<'a>> {
    let (mut owed, mut ways): (Vec<Entitlement>, BTreeMap<Payment, Vec<Entitlement>>) = Default::default();
    for one in earned {
        let charge = &contract.charges[one.place];
        let Some(variant) = charge.variant.clone() else {
            owed.push(one);
            continue;
        };
        let period = matches!(charge.what, What::Period { .. });
        let unit = if period { one.unit_alone() } else { "" };
        let unit = if law.reads(Misreading::VariantOverAllUnits) { "" } else { unit };
        let payment = (variant, one.subject.clone(), one.apart().map(str::to_string), unit.to_string());
        ways.entry(payment).or_default().push(one);
    }
    for (payment, mut ways) in ways {
        // In the order of (day earned, place in the contract), steps of one charge by name.
        ways.sort_by(|a, b| (a.earned_on, a.place, &a.unit).cmp(&(b.earned_on, b.place, &b.unit)));
        look(law, &payment, &ways);
        owed.extend(differences(law, ways));
    }
    owed
}

fn differences<'a>(law: &Law, ways: Vec<Entitlement<'a>>) -> Vec<Entitlement<'a>> {
    let mut owed = Vec::new();
    let mut largest = 0;
    let best = ways.iter().map(|one| one.amount).max();
    for (n, one) in ways.iter().enumerate() {
        let due = match () {
            () if law.reads(Misreading::BetterVariantInFull) && one.amount > largest => one.amount,
            () if law.reads(Misreading::FirstVariantTakesAll) && n > 0 => 0,
            () if law.reads(Misreading::BestVariantOnly) => {
                if Some(one.amount) == best {
                    one.amount
                } else {
                    0
                }
            }
            () => (one.amount - largest).max(0),
        };
        largest = if law.reads(Misreading::VariantLessTheOneBefore) { one.amount } else { largest.max(one.amount) };
        if due != 0 {
            owed.push(Entitlement { amount: due, ..one.clone() });
        }
    }
    owed
}

fn look(law: &Law, payment: &Payment, ways: &[Entitlement]) {
    let mut largest = 0;
    for one in ways {
        law.saw_if(largest > 0 && one.amount > largest, Situation::VariantTopsUp);
        law.saw_if(one.amount <= largest, Situation::VariantOwesNothing);
        largest = largest.max(one.amount);
    }
    law.saw_if(ways.len() > 1 && !payment.3.is_empty(), Situation::VariantOverUnits);
    law.saw_if(ways.windows(2).any(|pair| pair[0].earned_on == pair[1].earned_on), Situation::VariantTie);
}
