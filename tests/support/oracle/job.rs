//! Rules 3.5 and 6.1, second paragraph: what is left of the spells of a participant's jobs.

use super::facts::{Facts, Job, Spell};
use super::payroll::Laid;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::Contract;

/// A spell with the days that are left of it. A last day of `FOREVER` means still running.
#[derive(Clone, Debug)]
pub struct Stretch<'f, 'a> {
    pub spell: &'f Spell<'a>,
    pub first: Day,
    pub last: Day,
    /// Of a month of the payroll, what is laid on its days.
    pub laid: Option<Laid>,
}

pub const FOREVER: Day = Day(i64::MAX / 2);

/// What is left of a participant's spells, by spell id.
pub fn stretches<'f, 'a>(law: &Law, contract: &Contract, facts: &'f Facts<'a>, participant: &str) -> Vec<Stretch<'f, 'a>> {
    let mut left: Vec<Stretch> = Vec::new();
    for spell in facts.spells.iter().filter(|spell| spell.participant == participant) {
        left.push(Stretch { spell, first: spell.first, last: spell.last.unwrap_or(FOREVER), laid: None });
    }
    // 3.5, the order of work: `confirm_days` shortens first, then the jobs are put in order.
    if law.reads(Misreading::ConfirmAfterJobs) {
        let mut left = in_order(law, left);
        confirm(law, contract, &mut left);
        left
    } else {
        confirm(law, contract, &mut left);
        in_order(law, left)
    }
}

/// 6.1: an open spell lasts no longer than `confirm_days` after its row was recorded. One that this leaves no
/// day does not begin.
fn confirm(law: &Law, contract: &Contract, left: &mut Vec<Stretch>) {
    let Some(days) = contract.settlement.confirm_days else { return };
    if law.reads(Misreading::ConfirmDaysIgnored) {
        return;
    }
    for stretch in left.iter_mut().filter(|stretch| stretch.spell.last.is_none()) {
        let confirmed_until = stretch.spell.recorded_on.plus(days);
        law.saw_if(confirmed_until < contract.ends, Situation::ConfirmShortens);
        stretch.last = stretch.last.min(confirmed_until);
    }
    law.saw_if(left.iter().any(|stretch| stretch.last < stretch.first), Situation::ConfirmLeavesNoDay);
    left.retain(|stretch| stretch.first <= stretch.last);
}

fn same_job(law: &Law, a: &Spell, b: &Spell) -> bool {
    let same = match (&a.job, &b.job) {
        (Job::Placement { company: a, .. }, Job::Placement { company: b, .. }) if law.reads(Misreading::JobIsACompany) => {
            a == b
        }
        (Job::Placement { id: a, .. }, Job::Placement { id: b, .. }) => a == b,
        (Job::Outside { employer: a }, Job::Outside { employer: b }) => a == b,
        _ => false,
    };
    same && (a.kind == b.kind || !law.reads(Misreading::JobsOrderedPerKind))
}

/// 3.5: the spells of one job follow one another. All of them are the same participant's.
fn in_order<'f, 'a>(law: &Law, left: Vec<Stretch<'f, 'a>>) -> Vec<Stretch<'f, 'a>> {
    if law.reads(Misreading::OverlapCountedTwice) {
        return left;
    }
    // Of those that begin on the same day only the one with the most hours counts (ties: the lower id).
    let set_aside = |one: &Stretch| {
        left.iter().any(|other| {
            let rival = other.spell.id != one.spell.id && same_job(law, one.spell, other.spell);
            let stronger = (-other.spell.hours, other.spell.id) < (-one.spell.hours, one.spell.id);
            let stronger =
                if law.reads(Misreading::SameDayLowerIdCounts) { other.spell.id < one.spell.id } else { stronger };
            law.saw_if(rival && other.first == one.first, Situation::SameDaySpells);
            rival && other.first == one.first && stronger
        })
    };
    let counted: Vec<Stretch> = left.iter().filter(|one| !set_aside(one)).cloned().collect();
    // Each ends at the latest on the day before the next one begins.
    let mut ordered = counted.clone();
    for one in &mut ordered {
        for other in counted.iter().filter(|other| other.first > one.first) {
            if same_job(law, one.spell, other.spell) && other.first <= one.last {
                law.saw(Situation::SpellShortened);
                one.last = other.first.before();
            }
        }
    }
    ordered
}
