//! Digests of what a settlement rests on: the contract file and the rows used (rule 10.4).

use crate::contract::SettlementPeriod;
use crate::facts::benefit::{Benefit, Pay};
use crate::facts::validation::Checked;
use crate::facts::{Fact, Facts, History, Job, Report, Row, Spell};
use crate::measure::day::Day;
use crate::measure::id::Id;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The SHA-256 of bytes, as `sha256sum` prints it.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// For each settlement the digest of the rows used, each resting on the one before: SHA-256 over the former digest and the
/// rows recorded since, one a line, by file, id, `recorded_on` and revision. The order of the rows in their files and the
/// spelling of their numbers do not matter.
#[must_use]
pub fn of_rows(facts: &Facts, periods: &[SettlementPeriod]) -> Vec<String> {
    let mut hashers: Vec<Sha256> = periods.iter().map(|_| Sha256::new()).collect();
    let mut note = |recorded_on: Day, line: &str| {
        let settlement = periods.partition_point(|period| period.cut_off < recorded_on);
        if let Some(hasher) = hashers.get_mut(settlement) {
            hasher.update(line.as_bytes());
        }
    };
    each(&facts.participants, &mut note, |line, fact| {
        let _ = write!(line, "{},{},{}", fact.target_group, fact.enrolled_on, Open(fact.eligible_until));
        for one in &fact.traits {
            let _ = write!(line, ",{one}");
        }
    });
    each(&facts.companies, &mut note, |line, fact| {
        let text = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
        let _ = write!(line, "{:?},{:?},{},{}", text(&fact.cvr), text(&fact.name), Open(fact.joined_on), Open(fact.left_on));
    });
    each(&facts.placements, &mut note, |line, fact| {
        let _ = write!(line, "{},{},{}", fact.participant, fact.company, fact.placed_on);
    });
    each(&facts.spells, &mut note, spell);
    each(&facts.reports, &mut note, report);
    each(&facts.measurements, &mut note, |line, fact| {
        let (cohort, source) = (fact.cohort.as_ref().map_or("", Id::as_str), fact.source.as_deref().unwrap_or_default());
        let (days, value) = (fact.days, fact.value.normalize());
        let _ = write!(line, "{},{cohort},{},{},{value},{source:?}", fact.metric, days.first, days.last);
        if let Some(participant) = &fact.participant {
            let _ = write!(line, ",{participant}");
        }
    });
    each(&facts.suspensions, &mut note, |line, fact| {
        let reason = fact.reason.as_deref().unwrap_or_default();
        let _ = write!(line, "{},{},{reason:?}", fact.first_day, Open(fact.last_day));
    });
    each(&facts.validations, &mut note, |line, fact| {
        let subject = match &fact.subject {
            Checked::Contract => "-",
            Checked::Company(id) | Checked::Participant(id) => id.as_str(),
        };
        let _ = write!(line, "{},{},{subject},{:?},{}", fact.sample, fact.charge, fact.unit, fact.valid);
    });
    each(&facts.benefits, &mut note, benefit);
    each(&facts.offers, &mut note, |line, fact| {
        let _ = write!(line, "{},{},{},{}", fact.centre, fact.places, fact.first_day, Open(fact.last_day));
        for company in &fact.companies {
            let _ = write!(line, ",{company}");
        }
    });
    each(&facts.shown, &mut note, |line, fact| {
        let (result, evidence) = (fact.result.normalize(), &fact.evidence);
        let _ = write!(line, "{},{},{},{result},{evidence:?}", fact.goal, fact.requirement, fact.shown_on);
    });
    let mut former = String::new();
    let chained = hashers.into_iter().map(|hasher| {
        former = sha256(format!("{former}{}", hex(&hasher.finalize())).as_bytes());
        former.clone()
    });
    chained.collect()
}

fn job(line: &mut String, job: &Job) {
    let _ = match job {
        Job::Placement(placement) => write!(line, "{placement},,"),
        Job::Outside { participant, employer } => write!(line, ",{participant},{:?}", employer.as_str()),
    };
}

fn report(line: &mut String, fact: &Report) {
    job(line, &fact.job);
    let amount = |amount: Option<Decimal>| amount.map(|amount| amount.normalize().to_string()).unwrap_or_default();
    let (hours, earnings, evidence) = (amount(fact.hours), amount(fact.earnings), fact.evidence.as_deref());
    let _ = write!(line, ",{},{},{hours},{earnings},{:?}", fact.kind, fact.month.first, evidence.unwrap_or_default());
}

fn benefit(line: &mut String, fact: &Benefit) {
    let (unit, amount) = match fact.amount {
        None => ("", Decimal::ZERO),
        Some(Pay::Weekly(amount)) => ("weekly", amount.normalize()),
        Some(Pay::Monthly(amount)) => ("monthly", amount.normalize()),
    };
    let (last, clock) = (Open(fact.last_day), fact.clock.map(|weeks| weeks.to_string()).unwrap_or_default());
    let _ = write!(line, "{},{},{},{last},{unit},{amount},{clock}", fact.participant, fact.kind, fact.first_day);
}

fn spell(line: &mut String, fact: &Spell) {
    job(line, &fact.job);
    let (hours, evidence) = (fact.weekly_hours.normalize(), fact.evidence.as_deref().unwrap_or_default());
    let _ = write!(line, ",{},{},{},{hours},{evidence:?}", fact.kind, fact.first_day, Open(fact.last_day));
}

fn each<T: Fact>(history: &History<T>, note: &mut impl FnMut(Day, &str), write: impl Fn(&mut String, &T)) {
    let mut line = String::new();
    for row in history.rows() {
        let Row { id, recorded_on, revision, fact, .. } = row;
        line.clear();
        let _ = write!(line, "{},{id},{recorded_on},{revision},", T::NAME);
        match fact {
            Some(fact) => write(&mut line, fact),
            None => line.push_str("void"),
        }
        line.push('\n');
        note(*recorded_on, &line);
    }
}

/// A day that may be open.
struct Open(Option<Day>);

impl std::fmt::Display for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.map_or(Ok(()), |day| day.fmt(f))
    }
}
