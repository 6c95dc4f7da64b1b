//! Mechanisms 9.1 and 12: suspensions, and units that were checked.

use super::facts::Facts;
use super::fraction::Fraction;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;

/// A stretch of days; without a last day it still runs.
#[derive(Clone, Debug)]
pub struct Suspension {
    pub first: Day,
    pub last: Option<Day>,
}

/// A unit that was checked.
#[derive(Clone, Debug)]
pub struct Check<'a> {
    pub sample: &'a str,
    pub invalid: bool,
}

/// Whether a day lies in a suspension.
pub fn is_suspended(law: &Law, facts: &Facts, day: Day) -> bool {
    let mut suspended = false;
    for one in &facts.suspensions {
        let last = one.last.unwrap_or(day.max(one.first));
        law.saw_if(day == one.first || one.last == Some(day), Situation::SuspensionsFirstOrLastDay);
        law.saw_if(one.last.is_some_and(|last| last.next() == day), Situation::DayAfterASuspension);
        let mut on = one.first;
        if law.reads(Misreading::SuspendedFromTheDayAfter) {
            on = on.next();
        }
        while on <= last {
            suspended |= on == day && !(law.reads(Misreading::SuspensionsLastDayIsFree) && one.last == Some(day));
            on = on.next();
        }
        if one.last.is_none() && law.reads(Misreading::OpenSuspensionIsOneDay) && day != one.first {
            suspended = false;
        }
    }
    law.saw_if(suspended, Situation::Suspended);
    suspended
}

/// Of what was checked the share that is invalid; nothing was checked: not known.
pub fn share(law: &Law, facts: &Facts, sample: &str) -> Option<Fraction> {
    let (mut checked, mut invalid) = (0_u32, 0_u32);
    for check in facts.checks.iter().filter(|check| check.sample == sample || law.reads(Misreading::AnySampleCounts)) {
        checked += 1;
        invalid += u32::from(check.invalid);
    }
    law.saw_if(checked == 0, Situation::NothingChecked);
    law.saw_if(checked > 0 && invalid == 0, Situation::AllValid);
    law.saw_if(invalid > 0, Situation::SomeInvalid);
    if law.reads(Misreading::InvalidOfTheValid) {
        checked -= invalid;
    }
    if law.reads(Misreading::ShareOfTheValid) {
        invalid = checked - invalid;
    }
    (checked > 0).then(|| Fraction::of(&format!("{invalid}/{checked}")))
}
