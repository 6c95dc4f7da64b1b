//! How many digits a charge needs: no amount may be too large to be exact when it is settled (mechanisms 2.4).

use super::Findings;
use crate::charge::adjust::By;
use crate::charge::{Adjust, Charge, Mechanism};
use crate::measure::diagnostic::Code;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use std::collections::BTreeSet;

/// The most digits that everything multiplied may have.
pub(super) const MOST: u32 = 36;
/// What a measurement counts as.
pub(super) const MEASUREMENT: u32 = 15;
/// What the days of a prorated unit count as.
const DAYS: u32 = 2;

/// The rates of a charge and what they are multiplied with.
pub(super) fn check(path: &str, charge: &Charge, found: &mut Findings) {
    let days = match &charge.mechanism {
        _ if charge.adjust.is_empty() => return,
        // Its figures count too.
        Mechanism::Measured(_) => return,
        Mechanism::Period(_) => DAYS,
        Mechanism::Fixed(_) | Mechanism::Milestone(_) => 0,
    };
    let rate = charge.rates.rows.iter().map(|row| Ratio::of(row.amount).digits()).max().unwrap_or_default();
    let sum = rate + days + of_adjustments(&charge.adjust);
    if sum > MOST {
        let message =
            format!("a rate and what it is multiplied with may come to {sum} digits; no more than {MOST} are exact");
        let help = "an index counts as 15 digits; write the factors with fewer digits, or several of them as one";
        let finding = found.say(Code::TooManyDigits, &format!("{path}.adjust"), message).help(help);
        finding.rests(format!("{path}.rate")).rests(format!("{path}.amount"));
    }
}

/// The most digits of adjustments that can hold together. Rows that exclude one another by their target groups, or by their
/// kinds, are not all counted.
pub(super) fn of_adjustments(rows: &[Adjust]) -> u32 {
    let most = |names: fn(&Adjust) -> Option<&Vec<Id>>| {
        let named: BTreeSet<&Id> = rows.iter().filter_map(names).flatten().collect();
        let sum = |of: Option<&Id>| {
            let holds = |row: &&Adjust| names(row).is_none_or(|names| of.is_some_and(|of| names.contains(of)));
            rows.iter().filter(holds).map(of_row).fold(0, u32::saturating_add)
        };
        // One that no row names is asked too.
        named.into_iter().map(Some).chain([None]).map(sum).max().unwrap_or_default()
    };
    most(|row| row.when.target_groups.as_ref()).min(most(|row| row.when.kinds.as_ref()))
}

fn of_row(row: &Adjust) -> u32 {
    match &row.by {
        Some(By::Factor(factor)) => factor.digits(),
        Some(By::Index(_)) => MEASUREMENT,
        None => 0,
    }
}
