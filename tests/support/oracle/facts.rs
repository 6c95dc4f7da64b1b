//! Chapter 3: facts, and what was known when.

use super::figure::Measurement;
use super::fraction::Fraction;
use super::goal::Entry;
use super::money::exact;
use super::places::Offer;
use super::told::{Check, Suspension};
use super::{Law, Misreading, Situation, payroll};
use crate::support::day::Day;
use crate::support::programme::*;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// One row of a file with the columns that every row has.
pub struct Dated<'a, R> {
    row: &'a R,
    record: &'a Record,
    recorded_on: Day,
    revision: u64,
    void: bool,
}

/// The rows of one contract that had been recorded by the as-of day.
pub struct Rows<'a> {
    as_of: Day,
    participants: Vec<Dated<'a, ParticipantRow>>,
    companies: Vec<Dated<'a, CompanyRow>>,
    placements: Vec<Dated<'a, PlacementRow>>,
    spells: Vec<Dated<'a, SpellRow>>,
    reports: Vec<Dated<'a, ReportRow>>,
    measurements: Vec<Dated<'a, MeasurementRow>>,
    suspensions: Vec<Dated<'a, SuspensionRow>>,
    checks: Vec<Dated<'a, CheckRow>>,
    benefits: Vec<Dated<'a, BenefitRow>>,
    offers: Vec<Dated<'a, OfferRow>>,
    shown: Vec<Dated<'a, ShownRow>>,
    /// What the charges of the contract pay for, by id.
    charges: BTreeMap<&'a str, &'a What>,
}

/// The facts as known on one day, without those that wait.
pub struct Facts<'a> {
    pub participants: BTreeMap<&'a str, Participant<'a>>,
    pub companies: BTreeMap<&'a str, Company>,
    pub placements: BTreeMap<&'a str, Placement<'a>>,
    pub spells: Vec<Spell<'a>>,
    pub reports: Vec<Report<'a>>,
    pub measurements: Vec<Measurement<'a>>,
    pub suspensions: Vec<Suspension>,
    pub checks: Vec<Check<'a>>,
    pub benefits: Vec<Benefit<'a>>,
    pub offers: Vec<Offer<'a>>,
    pub shown: Vec<Entry<'a>>,
}

#[derive(Clone, Debug)]
pub struct Participant<'a> {
    pub id: &'a str,
    pub target_group: &'a str,
    pub enrolled_on: Day,
    pub eligible_until: Option<Day>,
    pub traits: Vec<&'a str>,
    /// The day of the id's first row (5.3), and of the row that stands.
    pub first_row: Day,
    pub last_row: Day,
}

#[derive(Clone, Debug)]
pub struct Company {
    pub joined_on: Option<Day>,
    pub left_on: Option<Day>,
}

#[derive(Clone, Debug)]
pub struct Placement<'a> {
    pub participant: &'a str,
    pub company: &'a str,
    pub placed_on: Day,
}

#[derive(Clone, Debug)]
pub struct Spell<'a> {
    pub id: &'a str,
    pub participant: &'a str,
    pub job: Job<'a>,
    pub kind: &'a str,
    pub first: Day,
    pub last: Option<Day>,
    pub hours: i128,
    /// Whether its `evidence` says anything.
    pub proven: bool,
    pub recorded_on: Day,
}

/// Mechanisms 3.2: what a payroll says of one job and month.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    pub id: &'a str,
    pub participant: &'a str,
    pub job: Job<'a>,
    pub kind: &'a str,
    /// Its first day.
    pub month: Day,
    /// Nothing where nothing was reported.
    pub hours: Fraction,
    pub earnings: Fraction,
    pub proven: bool,
    pub recorded_on: Day,
}

/// A stretch of days with a benefit.
#[derive(Clone, Debug)]
pub struct Benefit<'a> {
    pub id: &'a str,
    pub participant: &'a str,
    pub kind: &'a str,
    pub first: Day,
    pub last: Option<Day>,
    pub weekly: Option<Fraction>,
    pub monthly: Option<Fraction>,
    pub clock: Option<i64>,
}

/// 3.4: a job is a placement or, outside the programme, a participant's employer.
#[derive(Clone, Debug, PartialEq)]
pub enum Job<'a> {
    Placement { id: &'a str, company: &'a str, placed_on: Day },
    Outside { employer: &'a str },
}

impl<'a> Job<'a> {
    pub fn company(&self) -> Option<&'a str> {
        match self {
            Job::Placement { company, .. } => Some(company),
            Job::Outside { .. } => None,
        }
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or_else(|| panic!("{text:?} is no date"))
}

/// An empty day is no day.
fn maybe_day(text: &str) -> Option<Day> {
    (!text.is_empty()).then(|| day(text))
}

fn day_or_never(text: &str) -> Day {
    Day::parse(text).unwrap_or(Day(i64::MAX))
}

/// 3.9: rows recorded after the as-of day are as if not there.
fn dated<'a, R>(rows: &'a [R], record: fn(&R) -> &Record, contract: &str, as_of: Day) -> Vec<Dated<'a, R>> {
    let mut dated = Vec::new();
    for row in rows {
        let record = record(row);
        if record.contract != contract || day(&record.recorded_on) > as_of {
            continue;
        }
        dated.push(Dated {
            row,
            record,
            recorded_on: day(&record.recorded_on),
            // 3.1: digits, empty = 0.
            revision: if record.revision.is_empty() { 0 } else { record.revision.parse().unwrap() },
            void: record.void == "true",
        });
    }
    dated
}

impl<R> Dated<'_, R> {
    /// 3.1: a row replaces another of its id by (`recorded_on`, `revision`).
    fn against(&self, law: &Law, other: &Self) -> Ordering {
        let same_day = match () {
            () if law.reads(Misreading::RevisionIgnored) => other.revision.cmp(&self.revision),
            () if law.reads(Misreading::RevisionAsText) => self.record.revision.cmp(&other.record.revision),
            () => self.revision.cmp(&other.revision),
        };
        self.recorded_on.cmp(&other.recorded_on).then(same_day)
    }
}

/// 3.2: for each id the last row recorded on or before c; left out if it is void.
fn last_rows<'m, 'a, R>(law: &Law, rows: &'m [Dated<'a, R>], c: Day) -> BTreeMap<&'a str, &'m Dated<'a, R>> {
    let mut last: BTreeMap<&str, &Dated<R>> = BTreeMap::new();
    for row in rows {
        law.saw_if(row.recorded_on == c, Situation::RecordedOnTheCutOff);
        law.saw_if(row.recorded_on == c.next(), Situation::RecordedTheDayAfter);
        let too_late = if law.reads(Misreading::CutOffExclusive) { row.recorded_on >= c } else { row.recorded_on > c };
        if too_late || (row.void && law.reads(Misreading::VoidIgnored)) {
            continue;
        }
        let standing = last.get(row.record.id.as_str());
        law.saw_if(standing.is_some_and(|old| old.recorded_on == row.recorded_on), Situation::RevisionDecides);
        law.saw_if(standing.is_some_and(|old| old.void != row.void), Situation::VoidedOrReentered);
        if standing.is_none_or(|standing| row.against(law, standing) == Ordering::Greater) {
            last.insert(&row.record.id, row);
        }
    }
    last.retain(|_, row| !row.void);
    last
}

impl<'a> Rows<'a> {
    pub fn of(_law: &Law, programme: &'a Programme, contract: &str, as_of: Day) -> Rows<'a> {
        Rows {
            as_of,
            participants: dated(&programme.participants, |row| &row.record, contract, as_of),
            companies: dated(&programme.companies, |row| &row.record, contract, as_of),
            placements: dated(&programme.placements, |row| &row.record, contract, as_of),
            spells: dated(&programme.spells, |row| &row.record, contract, as_of),
            reports: dated(&programme.reports, |row| &row.record, contract, as_of),
            measurements: dated(&programme.measurements, |row| &row.record, contract, as_of),
            suspensions: dated(&programme.suspensions, |row| &row.record, contract, as_of),
            checks: dated(&programme.checks, |row| &row.record, contract, as_of),
            benefits: dated(&programme.benefits, |row| &row.record, contract, as_of),
            offers: dated(&programme.offers, |row| &row.record, contract, as_of),
            shown: dated(&programme.shown, |row| &row.record, contract, as_of),
            charges: programme
                .contracts
                .iter()
                .filter(|one| one.id == contract)
                .flat_map(|one| &one.charges)
                .map(|charge| (charge.id.as_str(), &charge.what))
                .collect(),
        }
    }

    /// 3.2 and 3.6: the facts as known on `c`, those that name one not known left out.
    pub fn known_on(&self, law: &Law, c: Day) -> Facts<'a> {
        let c = if law.reads(Misreading::LateFactsLeak) { self.as_of } else { c };
        let mut facts = Facts {
            participants: self.participants(law, c),
            companies: last_rows(law, &self.companies, c).into_iter().map(|(id, row)| (id, company(row))).collect(),
            placements: BTreeMap::new(),
            spells: Vec::new(),
            reports: Vec::new(),
            measurements: Vec::new(),
            suspensions: last_rows(law, &self.suspensions, c).into_values().map(suspension).collect(),
            checks: Vec::new(),
            benefits: Vec::new(),
            offers: Vec::new(),
            shown: self.shown(law, c),
        };
        if law.reads(Misreading::WaitingIgnored) {
            self.add_what_is_named(law, &mut facts);
        }
        facts.placements = self.placements(law, c, &facts);
        facts.spells = self.spells(law, c, &facts);
        facts.measurements = self.measurements(law, c, &facts);
        facts.checks = self.checks(law, c, &facts);
        facts.benefits = self.benefits(law, c, &facts);
        facts.offers = self.offers(law, c, &facts);
        facts.reports = self.reports(law, c, &facts);
        facts
    }

    fn participants(&self, law: &Law, c: Day) -> BTreeMap<&'a str, Participant<'a>> {
        let mut participants = BTreeMap::new();
        for (id, row) in last_rows(law, &self.participants, c) {
            let of_id = self.participants.iter().filter(|row| row.record.id == id);
            participants.insert(
                id,
                Participant {
                    id,
                    target_group: &row.row.target_group,
                    enrolled_on: day(&row.row.enrolled_on),
                    eligible_until: maybe_day(&row.row.eligible_until),
                    traits: row.row.traits.split(' ').filter(|one| !one.is_empty()).collect(),
                    first_row: of_id.map(|row| row.recorded_on).min().unwrap(),
                    last_row: row.recorded_on,
                },
            );
        }
        participants
    }

    /// The misreading that a fact need not wait: what is named counts if there was ever a row of it.
    fn add_what_is_named(&self, law: &Law, facts: &mut Facts<'a>) {
        for row in self.participants.iter().filter(|row| !row.void) {
            let ever = self.participants(law, row.recorded_on);
            if let Some(participant) = ever.get(row.record.id.as_str()) {
                facts.participants.entry(&row.record.id).or_insert(participant.clone());
            }
        }
        for row in self.companies.iter().filter(|row| !row.void) {
            facts.companies.entry(&row.record.id).or_insert(company(row));
        }
    }

    /// 3.6: a placement waits for its participant and its company.
    fn placements(&self, law: &Law, c: Day, facts: &Facts<'a>) -> BTreeMap<&'a str, Placement<'a>> {
        let mut placements = BTreeMap::new();
        for (id, row) in last_rows(law, &self.placements, c) {
            let row = row.row;
            let named = facts.participants.contains_key(row.participant.as_str())
                && facts.companies.contains_key(row.company.as_str());
            law.saw_if(!named, Situation::FactWaits);
            if named {
                let placed_on = day(&row.placed_on);
                placements.insert(id, Placement { participant: &row.participant, company: &row.company, placed_on });
            }
        }
        placements
    }

    /// Mechanisms 12: a check waits for its subject, unless that is the contract.
    fn checks(&self, law: &Law, c: Day, facts: &Facts<'a>) -> Vec<Check<'a>> {
        let mut checks = Vec::new();
        let rows: Vec<&CheckRow> = match law.reads(Misreading::EveryCheckEverTold) {
            true => self.checks.iter().filter(|row| row.recorded_on <= c && !row.void).map(|row| row.row).collect(),
            false => last_rows(law, &self.checks, c).into_values().map(|row| row.row).collect(),
        };
        for row in rows {
            let subject = row.subject.as_str();
            let there = match self.charges.get(row.charge.as_str()) {
                _ if subject == "-" => true,
                Some(what) if what.is_the_contracts() => facts.companies.contains_key(subject),
                _ => facts.participants.contains_key(subject),
            };
            law.saw_if(!there, Situation::CheckWaits);
            if there || law.reads(Misreading::ChecksNeedNotWait) {
                checks.push(Check { sample: &row.sample, invalid: row.result == "invalid" });
            }
        }
        checks
    }

    /// A benefit waits for its participant. In the order of their ids.
    fn benefits(&self, law: &Law, c: Day, facts: &Facts<'a>) -> Vec<Benefit<'a>> {
        let mut benefits = Vec::new();
        for (id, last) in last_rows(law, &self.benefits, c) {
            let known = facts.participants.contains_key(last.row.participant.as_str());
            law.saw_if(!known, Situation::BenefitWaits);
            let of_id = || self.benefits.iter().filter(|row| row.record.id == id && row.recorded_on <= c);
            law.saw_if(of_id().any(|row| row.void), Situation::BenefitVoidedOnce);
            law.saw_if(of_id().count() > 1, Situation::BenefitRevised);
            if known {
                benefits.push(benefit(id, last.row));
            }
        }
        benefits
    }

    /// Places 1: an offer waits until all of its companies are known. In the order of their ids.
    fn offers(&self, law: &Law, c: Day, facts: &Facts<'a>) -> Vec<Offer<'a>> {
        let mut offers = Vec::new();
        for (id, last) in last_rows(law, &self.offers, c) {
            let of_id = || self.offers.iter().filter(|row| row.record.id == id && row.recorded_on <= c);
            law.saw_if(of_id().count() > 1, Situation::OfferRevised);
            law.saw_if(of_id().any(|row| row.void), Situation::OfferVoidedOnce);
            let offer = Offer::of(last.row);
            let known = offer.companies.iter().all(|company| facts.companies.contains_key(company));
            let some = offer.companies.iter().any(|company| facts.companies.contains_key(company));
            law.saw_if(!known, Situation::OfferWaits);
            law.saw_if(some && !known, Situation::OfferWaitsForOneOfItsCompanies);
            let enough =
                known || law.reads(Misreading::OffersNeedNotWait) || some && law.reads(Misreading::OneKnownCompanyIsEnough);
            if enough {
                offers.push(offer);
            }
        }
        offers
    }

    /// Goals 1: entries wait for nothing.
    fn shown(&self, law: &Law, c: Day) -> Vec<Entry<'a>> {
        let mut shown = Vec::new();
        let late = self.shown.iter().any(|row| row.recorded_on > c && day_or_never(&row.row.shown_on) <= c);
        law.saw_if(late, Situation::EvidenceComesLate);
        let c = if law.reads(Misreading::LateEvidenceIsBackDated) { self.as_of } else { c };
        for (id, last) in last_rows(law, &self.shown, c) {
            let of_id = || self.shown.iter().filter(|row| row.record.id == id && row.recorded_on <= c);
            law.saw_if(of_id().count() > 1, Situation::EntryRevised);
            law.saw_if(of_id().any(|row| row.void), Situation::EntryVoidedOnce);
            shown.push(Entry::of(id, last.row, last.recorded_on));
        }
        if law.reads(Misreading::VoidedEntriesCount) || law.reads(Misreading::EveryRowOfAnEntryCounts) {
            let every = law.reads(Misreading::EveryRowOfAnEntryCounts);
            let told = |row: &&Dated<'a, ShownRow>| !row.void && row.recorded_on <= c;
            for row in self.shown.iter().filter(told) {
                if every || !shown.iter().any(|entry| entry.id == row.record.id) {
                    shown.push(Entry::of(&row.record.id, row.row, row.recorded_on));
                }
            }
        }
        shown
    }

    /// A measurement of a participant waits for it (mechanisms 12).
    fn measurements(&self, law: &Law, c: Day, facts: &Facts<'a>) -> Vec<Measurement<'a>> {
        let mut measurements = Vec::new();
        for (id, last) in last_rows(law, &self.measurements, c) {
            let of = last.row.participant.as_str();
            let known = of.is_empty() || facts.participants.contains_key(of);
            law.saw_if(!known, Situation::MeasurementWaits);
            if known {
                measurements.push(measurement(id, last));
            }
        }
        measurements
    }

    /// 3.6: a spell waits for its placement or its participant. In the order of their ids.
    fn spells(&self, law: &Law, c: Day, facts: &Facts<'a>) -> Vec<Spell<'a>> {
        let mut spells = Vec::new();
        for (id, last) in last_rows(law, &self.spells, c) {
            let row = last.row;
            let Some((participant, job)) = job(facts, [&row.placement, &row.participant, &row.employer]) else {
                law.saw(Situation::FactWaits);
                continue;
            };
            spells.push(Spell {
                id,
                participant,
                job,
                kind: &row.kind,
                first: day(&row.first_day),
                last: maybe_day(&row.last_day),
                hours: exact(&row.weekly_hours),
                proven: !row.evidence.is_empty(),
                recorded_on: last.recorded_on,
            });
        }
        spells
    }

    /// Mechanisms 12: a report waits as a spell does. In the order of their ids.
    fn reports(&self, law: &Law, c: Day, facts: &Facts<'a>) -> Vec<Report<'a>> {
        let mut reports = Vec::new();
        for (id, last) in last_rows(law, &self.reports, c) {
            let row = last.row;
            let Some((participant, job)) = job(facts, [&row.placement, &row.participant, &row.employer]) else {
                law.saw(Situation::ReportWaits);
                continue;
            };
            law.saw_if(self.reports.iter().any(|row| row.record.id == id && row.void), Situation::ReportVoidedOnce);
            law.saw_if(self.reports.iter().filter(|row| row.record.id == id).count() > 1, Situation::ReportRevised);
            reports.push(Report {
                id,
                participant,
                job,
                kind: &row.kind,
                month: day(&format!("{}-01", row.month)),
                hours: payroll::amount(&row.hours),
                earnings: payroll::amount(&row.earnings),
                proven: !row.evidence.is_empty(),
                recorded_on: last.recorded_on,
            });
        }
        reports
    }
}

/// 3.4: whose job it is; nothing while the placement or the participant is not known.
fn job<'a>(facts: &Facts<'a>, [placement, participant, employer]: [&'a str; 3]) -> Option<(&'a str, Job<'a>)> {
    let (participant, job) = if placement.is_empty() {
        (participant, Job::Outside { employer })
    } else {
        let Placement { participant, company, placed_on } = *facts.placements.get(placement)?;
        (participant, Job::Placement { id: placement, company, placed_on })
    };
    facts.participants.contains_key(participant).then_some((participant, job))
}

fn benefit<'a>(id: &'a str, row: &'a BenefitRow) -> Benefit<'a> {
    let amount = |text: &str| (!text.is_empty()).then(|| Fraction::of(text));
    Benefit {
        id,
        participant: &row.participant,
        kind: &row.kind,
        first: day(&row.first_day),
        last: maybe_day(&row.last_day),
        weekly: amount(&row.weekly),
        monthly: amount(&row.monthly),
        clock: (!row.clock.is_empty()).then(|| row.clock.parse().unwrap()),
    }
}

fn suspension(row: &Dated<'_, SuspensionRow>) -> Suspension {
    Suspension { first: day(&row.row.first_day), last: maybe_day(&row.row.last_day) }
}

fn measurement<'a>(id: &'a str, last: &Dated<'a, MeasurementRow>) -> Measurement<'a> {
    let row = last.row;
    Measurement {
        id,
        metric: &row.metric,
        cohort: &row.cohort,
        participant: &row.participant,
        first: day(&row.first_day),
        last: day(&row.last_day),
        value: Fraction::of(&row.value),
        recorded_on: last.recorded_on,
    }
}

fn company(row: &Dated<'_, CompanyRow>) -> Company {
    Company { joined_on: maybe_day(&row.row.joined_on), left_on: maybe_day(&row.row.left_on) }
}
