//! How goals stand when a period is settled (goals 4).

use super::plan::Plan;
use crate::figure::{Adds, Asked, Asking};
use crate::measure::day::Day;

/// Figures and goals asked for a day by what is known on a cut-off and what participants add, and by nobody's date.
#[must_use]
pub fn asking<'p>(plan: &'p Plan<'_>, adds: &'p Adds, (on, known_on): (Day, Day)) -> Asking<'p> {
    let asked = Asked { on, since: plan.contract.starts, known_on, whole: false };
    Asking::new(plan.contract.named(), plan.facts, asked).adding(adds)
}
