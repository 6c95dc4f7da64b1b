//! Runs: chains of qualifying days with short gaps between them (rule 6.5).

use super::outcome::Outcome;
use super::stretch::Stretch;
use crate::measure::day::Day;

/// The runs of a timeline, each as its stretches, from the first qualifying day on. Two neighbouring qualifying days have at
/// most `max_gap_days` non-qualifying days between them; with `max_gap_total` a run ends before the gap with which its
/// non-qualifying days would exceed that many. Days in gaps never qualify themselves (rule 6.5).
pub fn runs<'a>(stretches: &'a [Stretch], outcome: &Outcome) -> impl Iterator<Item = &'a [Stretch]> {
    let (longest, most) = (i64::from(outcome.max_gap_days), outcome.max_gap_total.map(i64::from));
    let mut bridged = 0;
    stretches.chunk_by(move |before, after| {
        let gap = after.days.first.days_since(before.days.last) - 1;
        let total = bridged + gap;
        let joined = gap <= longest && most.is_none_or(|most| total <= most);
        bridged = if joined { total } else { 0 };
        joined
    })
}

/// The first qualifying day on or after `day` in a run, if there is one.
#[must_use]
pub fn first_from(run: &[Stretch], day: Day) -> Option<Day> {
    run.iter().find(|stretch| stretch.days.last >= day).map(|stretch| stretch.days.first.max(day))
}
