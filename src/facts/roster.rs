//! Which rows can concern whom: an index over the facts, and one participant's facts as known on a day (rules 3.2, 3.6).

use super::benefit::Benefit;
use super::company::Company;
use super::history::{Facts, History};
use super::participant::Participant;
use super::placement::Placement;
use super::record::{Fact, Row};
use super::report::Report;
use super::spell::{Job, Spell};
use crate::measure::day::Day;
use crate::measure::id::Id;

/// Lists of numbers, one list for each participant, packed.
#[derive(Clone, Debug, Default)]
struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Sorts pairs (list, item) into lists; an item is in a list once.
    fn new(mut pairs: Vec<(u32, u32)>, lists: usize) -> Lists {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0; lists + 1];
        for (list, _) in &pairs {
            if let Some(start) = starts.get_mut(*list as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Lists { starts, items: pairs.into_iter().map(|(_, item)| item).collect() }
    }

    fn of(&self, list: usize) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).map(|start| *start as usize);
        bound(list).zip(bound(list + 1)).and_then(|(from, to)| self.items.get(from..to)).unwrap_or_default()
    }
}

/// For each participant the placements, spells and reports that any row, whenever recorded, ties to it. A row may move a spell
/// to another placement, and a placement to another participant; then both have it in their lists.
#[derive(Clone, Debug)]
pub struct Roster<'a> {
    facts: &'a Facts,
    placements: Lists,
    spells: Lists,
    reports: Lists,
    benefits: Lists,
    /// After those of the participants the ones that are of nobody.
    measurements: Lists,
}

impl<'a> Roster<'a> {
    /// Indexes the facts; linear in the rows but for the look-up of ids.
    #[must_use]
    pub fn new(facts: &'a Facts) -> Roster<'a> {
        let mut by_participant = Vec::new();
        for nth in 0..facts.placements.len() {
            for placement in facts.placements.rows_of(nth).iter().filter_map(|row| row.fact.as_ref()) {
                by_participant.extend(facts.participants.find(placement.participant.as_str()).map(|owner| pair(owner, nth)));
            }
        }
        let placements = Lists::new(by_participant, facts.participants.len());
        let spells = in_jobs(facts, &placements, &facts.spells, |spell| &spell.job);
        let reports = in_jobs(facts, &placements, &facts.reports, |report| &report.job);
        let benefits = benefits(facts);
        Roster { facts, placements, spells, reports, benefits, measurements: measurements(facts) }
    }

    /// The measurements that any row, whenever recorded, ties to the participant, by number (mechanisms 4.3).
    #[must_use]
    pub fn measurements_of(&self, participant: usize) -> &[u32] {
        self.measurements.of(participant)
    }

    /// The measurements that some row ties to no participant, by number.
    #[must_use]
    pub fn general_measurements(&self) -> &[u32] {
        self.measurements.of(self.facts.participants.len())
    }

    /// The placements that any row, whenever recorded, ties to the participant, by number.
    #[must_use]
    pub fn placements_of(&self, participant: usize) -> &[u32] {
        self.placements.of(participant)
    }

    /// The spells that any row, whenever recorded, ties to the participant, by number.
    #[must_use]
    pub fn spells_of(&self, participant: usize) -> &[u32] {
        self.spells.of(participant)
    }

    /// The reports of paid hours that any row, whenever recorded, ties to the participant, by number.
    #[must_use]
    pub fn reports_of(&self, participant: usize) -> &[u32] {
        self.reports.of(participant)
    }

    /// The benefits that any row, whenever recorded, ties to the participant, by number (saving 1).
    #[must_use]
    pub fn benefits_of(&self, participant: usize) -> &[u32] {
        self.benefits.of(participant)
    }

    /// The days on which a row was recorded that can concern the participant: its own, its placements', their companies',
    /// its spells', its reports', its measurements' and its benefits'.
    pub fn recorded_on(&self, participant: usize) -> impl Iterator<Item = Day> + '_ {
        let facts = self.facts;
        let own = facts.participants.rows_of(participant).iter().map(|row| row.recorded_on);
        let placed = self.placements.of(participant).iter().flat_map(|nth| facts.placements.rows_of(*nth as usize));
        let companies =
            placed.clone().filter_map(|row| row.fact.as_ref()).filter_map(|p| facts.companies.find(p.company.as_str()));
        let at_companies = companies.flat_map(|nth| facts.companies.rows_of(nth)).map(|row| row.recorded_on);
        let spells = self.spells.of(participant).iter().flat_map(|nth| facts.spells.rows_of(*nth as usize));
        let reports = self.reports.of(participant).iter().flat_map(|nth| facts.reports.rows_of(*nth as usize));
        let measured = self.measurements.of(participant).iter().flat_map(|nth| facts.measurements.rows_of(*nth as usize));
        let jobs = spells.map(|row| row.recorded_on).chain(reports.map(|row| row.recorded_on));
        let benefits = self.benefits.of(participant).iter().flat_map(|nth| facts.benefits.rows_of(*nth as usize));
        let later = jobs.chain(measured.map(|row| row.recorded_on)).chain(benefits.map(|row| row.recorded_on));
        own.chain(placed.map(|row| row.recorded_on)).chain(at_companies).chain(later)
    }

    /// What is known of the participant on `day`; `None` if it is not known itself. A placement whose company is not known
    /// waits, and so does a spell or report whose placement is not known or waits: they are left out (rule 3.6).
    #[must_use]
    pub fn known(&self, participant: usize, day: Day) -> Option<Known<'a>> {
        let facts = self.facts;
        let (row, terms) = facts.participants.known(participant, day)?;
        let placements: Vec<KnownPlacement<'a>> = self
            .placements
            .of(participant)
            .iter()
            .filter_map(|nth| {
                let (placed, terms) = facts.placements.known(*nth as usize, day)?;
                let company = facts.companies.find(terms.company.as_str()).filter(|_| terms.participant == row.id)?;
                let (_, at) = facts.companies.known(company, day)?;
                Some(KnownPlacement { id: &placed.id, terms, company: u32::try_from(company).ok()?, at })
            })
            .collect();
        let in_job = |job: &'a Job| match job {
            Job::Placement(id) => Some(KnownJob::Placement(placements.iter().position(|placement| placement.id == id)?)),
            Job::Outside { participant, employer } => (*participant == row.id).then_some(KnownJob::Outside(employer)),
        };
        let spell = |nth: &u32| {
            let (row, terms) = facts.spells.known(*nth as usize, day)?;
            Some(KnownSpell { number: *nth, row, terms, job: in_job(&terms.job)? })
        };
        let after_spells = u32::try_from(facts.spells.len()).ok()?;
        let report = |nth: &u32| {
            let (row, terms) = facts.reports.known(*nth as usize, day)?;
            Some(KnownReport { number: after_spells.checked_add(*nth)?, row, terms, job: in_job(&terms.job)? })
        };
        let spells = self.spells.of(participant).iter().filter_map(spell).collect();
        let reports = self.reports.of(participant).iter().filter_map(report).collect();
        let benefit = |nth: &u32| {
            let (row, terms) = facts.benefits.known(*nth as usize, day)?;
            Some(KnownBenefit { id: &row.id, terms })
        };
        let mine = |benefit: &KnownBenefit<'_>| benefit.terms.participant == row.id;
        let benefits = self.benefits.of(participant).iter().filter_map(benefit).filter(mine).collect();
        Some(Known { day, id: &row.id, terms, placements, spells, reports, benefits })
    }
}

/// For each participant the spells, or the reports, that any row ties to it.
fn in_jobs<T: Fact>(facts: &Facts, placements: &Lists, rows: &History<T>, job: impl Fn(&T) -> &Job) -> Lists {
    if rows.is_empty() {
        return Lists::default();
    }
    let (mut by_placement, mut direct) = (Vec::new(), Vec::new());
    for nth in 0..rows.len() {
        for fact in rows.rows_of(nth).iter().filter_map(|row| row.fact.as_ref()) {
            match job(fact) {
                Job::Placement(id) => {
                    by_placement.extend(facts.placements.find(id.as_str()).map(|owner| pair(owner, nth)));
                }
                Job::Outside { participant, .. } => {
                    direct.extend(facts.participants.find(participant.as_str()).map(|owner| pair(owner, nth)));
                }
            }
        }
    }
    let in_placements = Lists::new(by_placement, facts.placements.len());
    for owner in 0..facts.participants.len() {
        for placement in placements.of(owner) {
            direct.extend(in_placements.of(*placement as usize).iter().map(|nth| pair(owner, *nth as usize)));
        }
    }
    Lists::new(direct, facts.participants.len())
}

fn measurements(facts: &Facts) -> Lists {
    let (all, nobody) = (&facts.measurements, facts.participants.len());
    let mut owners = Vec::new();
    for nth in 0..all.len() {
        for measured in all.rows_of(nth).iter().filter_map(|row| row.fact.as_ref()) {
            let owner = match &measured.participant {
                Some(id) => facts.participants.find(id.as_str()),
                None => Some(nobody),
            };
            owners.extend(owner.map(|owner| pair(owner, nth)));
        }
    }
    Lists::new(owners, nobody + 1)
}

fn benefits(facts: &Facts) -> Lists {
    let all = &facts.benefits;
    if all.is_empty() {
        return Lists::default();
    }
    let mut owners = Vec::new();
    for nth in 0..all.len() {
        for benefit in all.rows_of(nth).iter().filter_map(|row| row.fact.as_ref()) {
            owners.extend(facts.participants.find(benefit.participant.as_str()).map(|owner| pair(owner, nth)));
        }
    }
    Lists::new(owners, facts.participants.len())
}

fn pair(owner: usize, item: usize) -> (u32, u32) {
    (u32::try_from(owner).unwrap_or(u32::MAX), u32::try_from(item).unwrap_or(u32::MAX))
}

/// One participant's facts as known on a day.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The day.
    pub day: Day,
    /// The participant's id.
    pub id: &'a Id,
    /// What is known of it.
    pub terms: &'a Participant,
    /// Its placements, by id.
    pub placements: Vec<KnownPlacement<'a>>,
    /// Its spells, by id.
    pub spells: Vec<KnownSpell<'a>>,
    /// The reports of its paid hours, by id.
    pub reports: Vec<KnownReport<'a>>,
    /// Its benefits, by id.
    pub benefits: Vec<KnownBenefit<'a>>,
}

/// A benefit that is known.
#[derive(Clone, Copy, Debug)]
pub struct KnownBenefit<'a> {
    /// Its id.
    pub id: &'a Id,
    /// What is known of it.
    pub terms: &'a Benefit,
}

/// A placement and its company, both known.
#[derive(Clone, Debug)]
pub struct KnownPlacement<'a> {
    /// The placement's id.
    pub id: &'a Id,
    /// What is known of it.
    pub terms: &'a Placement,
    /// The company's number.
    pub company: u32,
    /// What is known of the company.
    pub at: &'a Company,
}

/// A spell whose job is known.
#[derive(Clone, Debug)]
pub struct KnownSpell<'a> {
    /// The spell's number: lower ids have lower numbers.
    pub number: u32,
    /// The row that is known.
    pub row: &'a Row<Spell>,
    /// What it says.
    pub terms: &'a Spell,
    /// The job it is a stretch of.
    pub job: KnownJob<'a>,
}

/// A report of paid hours whose job is known.
#[derive(Clone, Debug)]
pub struct KnownReport<'a> {
    /// The report's number: reports follow the spells, and lower ids have lower numbers.
    pub number: u32,
    /// The row that is known.
    pub row: &'a Row<Report>,
    /// What it says.
    pub terms: &'a Report,
    /// The job that it is of.
    pub job: KnownJob<'a>,
}

/// The job of a known spell or report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum KnownJob<'a> {
    /// In the placement at that place of [`Known::placements`].
    Placement(usize),
    /// At an employer outside the programme.
    Outside(&'a Id),
}

impl<'a> Known<'a> {
    /// The placement of a spell, if it is in one.
    #[must_use]
    pub fn placement(&self, spell: &KnownSpell<'a>) -> Option<&KnownPlacement<'a>> {
        self.placed(spell.job)
    }

    /// The placement of a job, if it is one in the programme.
    #[must_use]
    pub fn placed(&self, job: KnownJob<'a>) -> Option<&KnownPlacement<'a>> {
        match job {
            KnownJob::Placement(nth) => self.placements.get(nth),
            KnownJob::Outside(_) => None,
        }
    }
}
