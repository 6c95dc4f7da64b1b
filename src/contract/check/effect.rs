//! What can have no effect, whatever the facts: a `max_units` above all units that there are, a window that is never over before
//! the contract, a limit above all that can be owed (mechanisms 14.3). Where that is not certain nothing is said, and what is
//! exactly as large as can be is said on paper too.

use super::Findings;
use crate::charge::fixed::FixedPer;
use crate::charge::milestone::Mode;
use crate::charge::period::Pay;
use crate::charge::{Charge, Mechanism, OwedBy, Period, RateCard};
use crate::contract::limit::{Bound, Limit, Scope};
use crate::contract::terms::Contract;
use crate::measure::day::Day;
use crate::measure::diagnostic::Code;
use crate::measure::grid::Grid;
use crate::measure::money::{Exact, Total};
use crate::timeline::outcome::{Anchor, Length, Outcome, Per};

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    if found.0.iter().any(|finding| finding.diagnostic.is_error()) {
        return;
    }
    for (nth, outcome) in contract.outcomes.iter().enumerate() {
        window(contract, nth, outcome, found);
    }
    for (nth, charge) in contract.charges.iter().enumerate() {
        max_units(contract, nth, charge, found);
    }
    for (nth, limit) in contract.limits.iter().enumerate() {
        let path = format!("limit[{nth}].");
        let odd = |path: Option<&String>, start: &str| path.is_some_and(|path| path.starts_with(start));
        if !found.0.iter().any(|finding| odd(finding.diagnostic.place.field.as_ref(), &path)) {
            never_cuts(contract, nth, limit, found);
        }
    }
}

/// A window that ends after the contract for everybody. It may still say from where `elapsed` counts.
fn window(contract: &Contract, nth: usize, outcome: &Outcome, found: &mut Findings) {
    let Some(window) = &outcome.window else { return };
    let measures = |charge: &&Charge| charge.mechanism.outcome() == Some(&outcome.id);
    // Without the window there is another anchor.
    let counts_from_it = |charge: &Charge| match &charge.mechanism {
        Mechanism::Milestone(milestone) => milestone.mode == Mode::OnDay,
        Mechanism::Period(period) => matches!(period.unit, Grid::Parts { .. }),
        Mechanism::Fixed(_) | Mechanism::Measured(_) => false,
    } || charge.rates.rows.iter().any(|row| row.when.elapsed.is_some());
    let first = match &window.from {
        Anchor::Enrolment => contract.enrolment().first,
        Anchor::FirstDay if !contract.charges.iter().filter(measures).any(counts_from_it) => {
            contract.enrolment().first.max(contract.starts)
        }
        Anchor::FirstDay | Anchor::Placement | Anchor::Charge { .. } => return,
    };
    if window.length.after(first).previous() > contract.ends {
        let message = "the window can have no effect: for everybody it ends after the contract";
        let help = "shorten the window, or leave it out";
        let finding = found.say(Code::WindowIdle, &format!("outcome[{nth}].window"), message).help(help);
        finding.rests("charge[*]").rests("cohort").rests("starts").rests("ends");
    }
}

fn max_units(contract: &Contract, nth: usize, charge: &Charge, found: &mut Findings) {
    let Mechanism::Period(period) = &charge.mechanism else { return };
    let Some(outcome) = contract.outcome(&period.outcome) else { return };
    let most = most_units(contract, outcome, period.unit);
    if let Some(max) = period.max_units.filter(|max| i64::from(*max) > most) {
        let message = format!("`max_units = {max}` can have no effect: there are no more than {most} units to be paid");
        let help = "lower it, or leave it out";
        let finding = found.say(Code::MaxUnitsIdle, &format!("charge[{nth}].max_units"), message).help(help);
        finding.rests(format!("charge[{nth}]")).rests("outcome").rests("cohort").rests("starts").rests("ends");
    }
}

/// No fewer than the units that can hold a qualifying day of one citizen.
fn most_units(contract: &Contract, outcome: &Outcome, unit: Grid) -> i64 {
    let first = contract.starts.max(contract.enrolment().first);
    let term = i64::from(unit.cell(contract.ends).number) - i64::from(unit.cell(first).number) + 1;
    let term = term.max(0);
    let touched = |days: i64| 1 + (days + i64::from(unit.fewest_days()) - 2) / i64::from(unit.fewest_days());
    match outcome.window.as_ref().map(|window| window.length) {
        None => term,
        Some(Length::Months(months)) if unit == Grid::Month => term.min(i64::from(months) + 1),
        Some(Length::Months(months)) => term.min(touched(i64::from(months) * 31)),
        Some(Length::Days(days)) => term.min(touched(i64::from(days))),
    }
}

/// A limit with room for more than can ever be owed.
fn never_cuts(contract: &Contract, nth: usize, limit: &Limit, found: &mut Findings) {
    let covered = contract.charges.iter().filter(|charge| limit.charges.as_ref().is_none_or(|ids| ids.contains(&charge.id)));
    let most =
        covered.map(|charge| most_owed(contract, charge, limit.scope)).try_fold(0_i128, |sum, most| sum.checked_add(most?));
    let Bound::Amount(room) = limit.bound else { return };
    if let Some(most) = most.filter(|most| i128::from(room.minor()) > *most) {
        let most = Total::from_minor(most).display(contract.currency);
        let message = format!("the limit can have no effect: what it covers never comes to more than {most}");
        let help = "lower it, or remove it";
        let finding = found.say(Code::LimitIdle, &format!("limit[{nth}].amount"), message).help(help);
        finding.rests(format!("limit[{nth}]")).rests("charge").rests("outcome").rests("cohort").rests("currency");
        finding.rests("rounding").rests("starts").rests("ends");
    }
}

/// No less than what one scope can be owed under a charge, in minor units; `None` = there is no end to it, or it is not known.
/// A new key of a charge may raise what is owed, so that it has to be thought of here; `requires` and `variant` only lower it.
fn most_owed(contract: &Contract, charge: &Charge, scope: Scope) -> Option<i128> {
    let Charge {
        id: _,
        clause: _,
        rates: RateCard { rows },
        adjust,
        mechanism,
        owed_by,
        requires: _,
        variant: _,
        round,
        delay: _,
        payers: _,
        text: _,
        vat: _,
        account: _,
    } = charge;
    if *owed_by == OwedBy::Payee {
        return Some(0);
    }
    if !adjust.is_empty() || round.is_some() {
        return None;
    }
    let whole = |amount| Exact::of(amount).round(contract.currency, contract.rounding).minor();
    let most = i128::from(rows.iter().map(|row| whole(row.amount)).max()?);
    // A company limit looks at one company; else the outcome at each company is one more.
    let of_one = |outcome: &Outcome, units: i64| {
        let one = scope == Scope::Company || outcome.per == Per::Participant;
        let citizens = if scope == Scope::Participant { Some(1) } else { contract.cohort.max_participants };
        i128::from(units).checked_mul(i128::from(citizens.filter(|_| one)?))
    };
    let times = match mechanism {
        Mechanism::Fixed(fixed) => match (scope, fixed.per) {
            (Scope::Participant | Scope::Company, FixedPer::Contract) | (Scope::Participant, FixedPer::Company) => 0,
            (Scope::Contract, FixedPer::Company) | (_, FixedPer::Participant) => return None,
            _ => i128::try_from(fixed.dates.until(contract.term(), Day::FAR).len()).ok()?,
        },
        Mechanism::Milestone(milestone) => of_one(contract.outcome(&milestone.outcome)?, i64::from(milestone.last_step()))?,
        Mechanism::Period(Period { pay: Pay::By(_), .. }) => return None,
        Mechanism::Period(period) => {
            let outcome = contract.outcome(&period.outcome)?;
            let units = most_units(contract, outcome, period.unit);
            of_one(outcome, period.max_units.map_or(units, |max| units.min(i64::from(max))))?
        }
        Mechanism::Measured(_) => return None,
    };
    most.checked_mul(times)
}
