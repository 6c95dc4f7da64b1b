//! Mechanisms 7.1: what adjusts a rate.

use super::facts::Facts;
use super::fraction::{Fraction, ZERO};
use super::money;
use super::rate::{Conditions, On};
use super::{Law, Misreading, Situation, delay, index};
use crate::support::day::Day;
use crate::support::programme::{By, Charge, Contract};

/// Whether any row holds on the reference day.
pub fn any(law: &Law, charge: &Charge, reference: On) -> bool {
    charge.adjust.iter().any(|row| Conditions::of(&row.when).hold(law, reference))
}

/// The rate as the rows adjust it that hold on the reference day, one after the other. Nothing while an index is not known: the
/// entitlement waits.
pub fn rate(
    law: &Law,
    (contract, facts): (&Contract, &Facts),
    charge: &Charge,
    rate: Fraction,
    (reference, own_day): (On, Day),
) -> Option<Fraction> {
    let mut on = reference;
    if law.reads(Misreading::AdjustedOnTheDayEarned) {
        on.day = delay::over(law, contract, charge, own_day);
    }
    let rows = charge.adjust.iter().filter(|row| Conditions::of(&row.when).hold(law, on));
    let mut held = 0;
    let mut sum = ZERO;
    let mut adjusted = rate;
    for row in rows {
        let by = match &row.by {
            Some(By::Factor(factor)) => Fraction::of(factor),
            Some(By::Index(id)) => index::factor(law, contract, facts, id, on.day)?,
            None => Fraction::of("1"),
        };
        held += 1;
        if held > 1 && law.reads(Misreading::FirstAdjustmentOnly) {
            break;
        }
        adjusted = adjusted.times(by);
        if law.reads(Misreading::AdjustmentsAddUp) {
            sum = sum.plus(by.minus(Fraction::of("1")));
            adjusted = rate.times(sum.plus(Fraction::of("1"))).max(ZERO);
        }
        let round = row.round.as_ref().filter(|_| !law.reads(Misreading::RoundOfTheRateIgnored));
        if round.is_some() || law.reads(Misreading::EveryRateRounded) {
            let minor = 10i128.pow(money::decimals(&contract.currency));
            let printed = money::multiple(law, contract, round, adjusted);
            let printed = Fraction::of(&printed.to_string()).over(Fraction::of(&minor.to_string()));
            law.saw_if(printed != adjusted, Situation::RateRounded);
            adjusted = printed;
        }
    }
    law.saw_if(held > 0, Situation::Adjusted);
    law.saw_if(held > 1, Situation::AdjustedTwice);
    law.saw_if(held < charge.adjust.len(), Situation::AdjustmentPassedOver);
    law.saw_if(held > 0 && money::rate_text(adjusted).is_empty(), Situation::RateNotWritten);
    Some(adjusted)
}
