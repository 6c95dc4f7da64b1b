//! Mechanisms 9.2: a contract in dated versions. The whole history is worked out again for each.

use super::calendar::{self, Period};
use super::charge::{self, Entitlement};
use super::facts::Facts;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Contract, Programme};

/// One version and the periods that it draws.
pub struct Version<'p> {
    pub contract: &'p Contract,
    pub calendar: Vec<Period>,
}

impl Version<'_> {
    pub fn period(&self, number: u32) -> Option<&Period> {
        self.calendar.get(number as usize - 1)
    }

    /// Nothing of the first.
    pub fn agreed_on(&self) -> Option<Day> {
        self.contract.agreed_on
    }
}

/// The versions of a contract, the first one first.
pub fn all<'p>(law: &Law, programme: &'p Programme, id: &str) -> Vec<Version<'p>> {
    let mut versions: Vec<&Contract> = programme.contracts.iter().filter(|contract| contract.id == id).collect();
    versions.sort_by_key(|contract| contract.agreed_on);
    versions.into_iter().map(|contract| Version { contract, calendar: calendar::periods(law, contract) }).collect()
}

/// A settlement: the version that it follows, and its period in a calendar.
pub struct Followed<'v, 'p> {
    pub version: &'v Version<'p>,
    pub period: &'v Period,
    pub calendar: &'v [Period],
}

/// Settlement k follows the last version that was agreed on or before its cut-off. Where that version's own calendar has no such
/// period (the tail was prolonged after the last cut-off), the period is the next version's.
pub fn followed<'v, 'p>(law: &Law, versions: &'v [Version<'p>], k: u32, as_of: Day) -> Option<Followed<'v, 'p>> {
    let mut last = None;
    for (nth, version) in versions.iter().enumerate() {
        let Some((period, drawn)) = versions[nth..].iter().find_map(|one| Some((one.period(k)?, one))) else { continue };
        let in_force = version.agreed_on().is_none_or(|agreed_on| match () {
            () if law.reads(Misreading::FirstVersionForEver) => false,
            () if law.reads(Misreading::LastVersionFromTheStart) => agreed_on <= as_of,
            () if law.reads(Misreading::AgreedBeforeTheCutOff) => agreed_on < period.cut_off,
            () if law.reads(Misreading::AgreedByThePeriodsLastDay) => agreed_on <= period.last,
            () => agreed_on <= period.cut_off,
        });
        if in_force {
            law.saw_if(version.period(k).is_none(), Situation::PeriodOfTheNextVersion);
            last = Some(Followed { version, period, calendar: &drawn.calendar });
        }
    }
    last
}

/// What is earned under a version: it speaks for all days.
pub fn earned<'a>(
    law: &Law,
    versions: &[Version],
    version: &Version,
    facts: &Facts<'a>,
    period: &Period,
) -> Vec<Entitlement<'a>> {
    if !law.reads(Misreading::VersionsFromTheirDayOn) {
        return charge::earned(law, version.contract, facts, period);
    }
    // The misreading that each speaks for the days from its own on.
    let mut all: Vec<Entitlement> = Vec::new();
    for (nth, one) in versions.iter().enumerate().filter(|(_, one)| one.agreed_on() <= version.agreed_on()) {
        let until = versions.get(nth + 1).filter(|next| next.agreed_on() <= version.agreed_on());
        for entitlement in charge::earned(law, one.contract, facts, period) {
            let day = Some(entitlement.earned_on);
            let own = one.agreed_on() <= day && until.is_none_or(|next| day < next.agreed_on());
            let same = |other: &Entitlement| {
                (&other.charge, &other.subject, &other.unit)
                    == (&entitlement.charge, &entitlement.subject, &entitlement.unit)
            };
            if own && !all.iter().any(same) {
                all.push(entitlement);
            }
        }
    }
    all.sort_by_key(|one| one.earned_on);
    all
}
