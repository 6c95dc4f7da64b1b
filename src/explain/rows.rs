//! Which rows an answer rests on, and which are new since the settlement before (rules 3.1, 3.2, 5).

use super::own::Own;
use super::source::{Deed, FieldChange, JobTerms, KnownSpell, MonthTerms, RowSince, Source, SpellTerms, Value};
use super::tell;
use super::tree::Standing;
use crate::contract::Contract;
use crate::entitlement::cohort::{NotEligible, eligible};
use crate::facts::benefit::Pay;
use crate::facts::roster::Roster;
use crate::facts::{
    Benefit, Company, Fact, Facts, History, Job, Measurement, Offer, Participant, Placement, Report, Row, Shown, Spell,
    Suspension, Validation,
};
use crate::figure::Metric;
use crate::measure::day::{Day, Span};
use crate::measure::grid::{Cell, Grid};
use crate::measure::id::Id;
use rust_decimal::Decimal;

pub(super) fn source<T: Fact>(row: &Row<T>) -> Source {
    Source { file: T::FILE, line: row.line, recorded_on: row.recorded_on }
}

/// Whether a participant counts on a cut-off, and why not (rule 5); `places` are the places in the queue.
pub(super) fn standing(contract: &Contract, facts: &Facts, number: usize, cut_off: Day, places: &[Option<u32>]) -> Standing {
    let participants = &facts.participants;
    let rows = participants.rows_of(number);
    let Some((_, terms)) = participants.known(number, cut_off) else {
        return match (rows.iter().rfind(|row| row.recorded_on <= cut_off), rows.first()) {
            (Some(void), _) => Standing::Withdrawn { line: void.line, recorded_on: void.recorded_on },
            (None, first) => Standing::NotYetRecorded { recorded_on: first.map_or(Day::FAR, |row| row.recorded_on) },
        };
    };
    match eligible(contract, terms) {
        Err(NotEligible::TargetGroup) => Standing::OtherTargetGroup {
            target_group: terms.target_group.to_string(),
            allowed: contract.cohort.target_groups.iter().flatten().map(ToString::to_string).collect(),
        },
        Err(NotEligible::Enrolment) => {
            Standing::EnrolledOutside { enrolled_on: terms.enrolled_on, cohort: contract.enrolment() }
        }
        Ok(()) => match (contract.cohort.max_participants, places.get(number).copied().flatten()) {
            (Some(most), Some(place)) if place > most => Standing::BeyondCohort { place, most },
            _ => Standing::Counts {
                target_group: terms.target_group.to_string(),
                enrolled_on: terms.enrolled_on,
                eligible_until: terms.eligible_until,
            },
        },
    }
}

/// The places, from 1, of the eligible participants in the queue for a contract with a maximum: by (day of the id's first row,
/// `enrolled_on`, id) (rule 5.3). Empty where there is no maximum.
pub(super) fn places(contract: &Contract, facts: &Facts, cut_off: Day) -> Vec<Option<u32>> {
    let participants = &facts.participants;
    if contract.cohort.max_participants.is_none() {
        return Vec::new();
    }
    let rank = |nth: usize| {
        let (row, terms) = participants.known(nth, cut_off).filter(|(_, terms)| eligible(contract, terms).is_ok())?;
        Some(((participants.rows_of(nth).first()?.recorded_on, terms.enrolled_on, &row.id), nth))
    };
    let mut queue: Vec<_> = (0..participants.len()).filter_map(rank).collect();
    queue.sort();
    let mut places = vec![None; participants.len()];
    for (place, (_, nth)) in (1..).zip(queue) {
        if let Some(slot) = places.get_mut(nth) {
            *slot = Some(place);
        }
    }
    places
}

/// The participant's spells on a cut-off, as the last row says, in the order of their first days; withdrawn ones come last.
pub(super) fn known_spells(
    facts: &Facts,
    roster: &Roster<'_>,
    number: usize,
    cut_off: Day,
    own: Option<&Own<'_>>,
) -> Vec<KnownSpell> {
    let known = Listing { facts, participant: number, cut_off, own };
    let mut spells: Vec<KnownSpell> = roster.spells_of(number).iter().filter_map(|nth| known.spell(*nth as usize)).collect();
    spells.extend(roster.reports_of(number).iter().filter_map(|nth| known.report(*nth as usize)));
    spells.sort_by_key(|spell| {
        spell.terms.as_ref().map_or((Day::FAR, String::new()), |terms| (terms.first_day, spell.id.clone()))
    });
    spells
}

/// Whose rows are listed, and as of when.
struct Listing<'l, 'a> {
    facts: &'l Facts,
    participant: usize,
    cut_off: Day,
    own: Option<&'l Own<'a>>,
}

impl Listing<'_, '_> {
    fn spell(&self, nth: usize) -> Option<KnownSpell> {
        let row = self.facts.spells.rows_of(nth).iter().rfind(|row| row.recorded_on <= self.cut_off)?;
        let id = row.id.to_string();
        let Some(terms) = row.fact.as_ref() else {
            return Some(KnownSpell { id, row: source(row), terms: None, cut: None });
        };
        let terms = SpellTerms {
            kind: terms.kind.to_string(),
            weekly_hours: terms.weekly_hours,
            first_day: terms.first_day,
            last_day: terms.last_day,
            job: self.job(&terms.job)?,
            evidence: terms.evidence.as_deref().map(str::to_owned),
            month: None,
        };
        Some(KnownSpell { id, row: source(row), terms: Some(terms), cut: self.own.and_then(|own| cut(own, row)) })
    }

    fn report(&self, nth: usize) -> Option<KnownSpell> {
        let row = self.facts.reports.rows_of(nth).iter().rfind(|row| row.recorded_on <= self.cut_off)?;
        let id = row.id.to_string();
        let Some(terms) = row.fact.as_ref() else {
            return Some(KnownSpell { id, row: source(row), terms: None, cut: None });
        };
        let terms = SpellTerms {
            kind: terms.kind.to_string(),
            weekly_hours: Decimal::ZERO,
            first_day: terms.month.first,
            last_day: Some(terms.month.last),
            job: self.job(&terms.job)?,
            evidence: terms.evidence.as_deref().map(str::to_owned),
            month: Some(MonthTerms { hours: terms.hours, earnings: terms.earnings }),
        };
        let cut = self.own.and_then(|own| waits(own, &row.id, true));
        Some(KnownSpell { id, row: source(row), terms: Some(terms), cut })
    }

    /// Where it is worked; `None` if that is another participant's.
    fn job(&self, job: &Job) -> Option<JobTerms> {
        let (facts, cut_off) = (self.facts, self.cut_off);
        let who = facts.participants.rows_of(self.participant).first().map(|row| &row.id)?;
        Some(match job {
            Job::Outside { participant, employer } if participant == who => {
                JobTerms::Outside { employer: employer.to_string() }
            }
            Job::Outside { .. } => return None,
            Job::Placement(placement) => {
                let known = facts.placements.find(placement.as_str()).and_then(|nth| facts.placements.known(nth, cut_off));
                if known.is_some_and(|(_, placed)| placed.participant != *who) {
                    return None;
                }
                let known = known.map(|(_, placed)| placed);
                let at =
                    known.and_then(|placed| facts.companies.known(facts.companies.find(placed.company.as_str())?, cut_off));
                let at = at.map(|(_, company)| company);
                JobTerms::Placement {
                    joined_on: at.and_then(|company| company.joined_on),
                    left_on: at.and_then(|company| company.left_on),
                    id: placement.to_string(),
                    company: known.map(|placed| placed.company.to_string()),
                    placed_on: known.map(|placed| placed.placed_on),
                }
            }
        })
    }
}

/// Why a spell is shorter than reported, or waits.
fn cut(own: &Own<'_>, row: &Row<Spell>) -> Option<super::reason::Why> {
    if let Some(why) = waits(own, &row.id, false) {
        return Some(why);
    }
    let nth = own.known.spells.iter().position(|spell| spell.row.id == row.id)?;
    tell::taken(own, nth, own.fates.get(nth)?.cut?)
}

/// What a spell or report waits for, if it does.
fn waits(own: &Own<'_>, id: &Id, is_report: bool) -> Option<super::reason::Why> {
    let waiting = own.waiting.iter().find(|waiting| waiting.is_report == is_report && waiting.waits == id)?;
    Some(super::reason::Why::Waits { fact: waiting.fact, id: waiting.id.to_owned() })
}

/// The rows that were recorded after `since` up to `until` and can concern a participant: of each id the last one.
pub(super) fn of_participant(facts: &Facts, roster: &Roster<'_>, number: usize, since: Day, until: Day) -> Vec<RowSince> {
    let between = Between { since, until };
    let mut rows: Vec<RowSince> = between.row(&facts.participants, number, participant).into_iter().collect();
    let mut companies: Vec<usize> = Vec::new();
    for nth in roster.placements_of(number).iter().map(|nth| *nth as usize) {
        rows.extend(between.row(&facts.placements, nth, placement));
        let named = facts.placements.rows_of(nth).iter().filter_map(|row| row.fact.as_ref());
        companies.extend(named.filter_map(|placed| facts.companies.find(placed.company.as_str())));
    }
    companies.sort_unstable();
    companies.dedup();
    rows.extend(companies.into_iter().filter_map(|nth| between.row(&facts.companies, nth, company)));
    rows.extend(roster.spells_of(number).iter().filter_map(|nth| between.row(&facts.spells, *nth as usize, spell)));
    rows.extend(roster.benefits_of(number).iter().filter_map(|nth| between.row(&facts.benefits, *nth as usize, benefit)));
    rows.extend(roster.reports_of(number).iter().filter_map(|nth| between.row(&facts.reports, *nth as usize, report)));
    rows
}

/// The row of a company that was recorded after `since` up to `until`.
pub(super) fn of_company(facts: &Facts, number: u32, since: Day, until: Day) -> Vec<RowSince> {
    Between { since, until }.row(&facts.companies, number as usize, company).into_iter().collect()
}

/// The rows of measurements that any of some metrics looks at, recorded after `since` up to `until`.
pub(super) fn of_metrics(facts: &Facts, metrics: &[&Metric], since: Day, until: Day) -> Vec<RowSince> {
    let (all, between) = (&facts.measurements, Between { since, until });
    let asked = |nth: &usize| {
        let mut terms = all.rows_of(*nth).iter().filter_map(|row| row.fact.as_ref());
        terms.any(|terms| metrics.iter().any(|metric| metric.covers(terms)))
    };
    (0..all.len()).filter(asked).filter_map(|nth| between.row(all, nth, measurement)).collect()
}

/// The checks of some samples that were recorded after `since` up to `until`.
pub(super) fn of_samples(facts: &Facts, samples: &[&Id], since: Day, until: Day) -> Vec<RowSince> {
    let (all, between) = (&facts.validations, Between { since, until });
    let asked = |nth: &usize| {
        let mut terms = all.rows_of(*nth).iter().filter_map(|row| row.fact.as_ref());
        terms.any(|terms| samples.contains(&&terms.sample))
    };
    (0..all.len()).filter(asked).filter_map(|nth| between.row(all, nth, check)).collect()
}

/// The entries of some goals that were recorded after `since` up to `until`.
pub(super) fn of_goals(facts: &Facts, goals: &[&Id], since: Day, until: Day) -> Vec<RowSince> {
    let (all, between) = (&facts.shown, Between { since, until });
    let asked = |nth: &usize| {
        let mut terms = all.rows_of(*nth).iter().filter_map(|row| row.fact.as_ref());
        terms.any(|terms| goals.contains(&&terms.goal))
    };
    (0..all.len()).filter(asked).filter_map(|nth| between.row(all, nth, entry)).collect()
}

/// The suspensions that were recorded after `since` up to `until`.
pub(super) fn of_suspensions(facts: &Facts, since: Day, until: Day) -> Vec<RowSince> {
    let (all, between) = (&facts.suspensions, Between { since, until });
    (0..all.len()).filter_map(|nth| between.row(all, nth, suspension)).collect()
}

/// The measurements of a metric that were recorded after `since` up to `until`, of these months if any are named.
pub(super) fn of_metric(facts: &Facts, metric: &Id, months: &[Cell], since: Day, until: Day) -> Vec<RowSince> {
    let all = &facts.measurements;
    let fits = |nth: &usize| {
        let said = all.rows_of(*nth).iter().filter_map(|row| row.fact.as_ref());
        let of_month = |days: Span| months.is_empty() || months.iter().any(|month| month.span() == days);
        said.into_iter().any(|terms| terms.metric == *metric && of_month(terms.days))
    };
    let between = Between { since, until };
    (0..all.len()).filter(fits).filter_map(|nth| between.row(all, nth, measurement)).collect()
}

/// Whether the days of a spell or report, as its last row by `since` or by `until` says, reach into `days`.
pub(super) fn touches(facts: &Facts, row: &RowSince, since: Day, until: Day, days: Span) -> bool {
    let spell = |nth: usize, day: Day| facts.spells.known(nth, day).map(|(_, terms)| super::own::reported(terms));
    let report = |nth: usize, day: Day| facts.reports.known(nth, day).map(|(_, terms)| terms.month);
    let reported: Vec<Option<Span>> = match row.fact {
        Spell::NAME => {
            let Some(nth) = facts.spells.find(&row.id) else { return true };
            [since, until].map(|day| spell(nth, day)).to_vec()
        }
        Report::NAME => {
            let Some(nth) = facts.reports.find(&row.id) else { return true };
            [since, until].map(|day| report(nth, day)).to_vec()
        }
        _ => return true,
    };
    reported.into_iter().flatten().any(|reported| reported.overlap(days).is_some())
}

/// The days between two cut-offs.
struct Between {
    since: Day,
    until: Day,
}

impl Between {
    /// The last row of an id in between, if there is one and it does something; `fields` tells what may have changed.
    fn row<T: Fact>(
        &self,
        history: &History<T>,
        nth: usize,
        fields: fn(&T) -> Vec<(&'static str, Value)>,
    ) -> Option<RowSince> {
        let row = history.rows_of(nth).iter().rfind(|row| row.recorded_on <= self.until)?;
        if row.recorded_on <= self.since {
            return None;
        }
        let before = history.known(nth, self.since).map(|(_, terms)| terms);
        let deed = match (before, row.fact.as_ref()) {
            (None, None) => return None,
            (None, Some(_)) if history.rows_of(nth).first().is_some_and(|first| first.recorded_on <= self.since) => {
                Deed::Again
            }
            (None, Some(_)) => Deed::New,
            (Some(_), None) => Deed::Withdrawn,
            (Some(was), Some(now)) => {
                let pairs = fields(was).into_iter().zip(fields(now)).filter(|((_, was), (_, now))| was != now);
                Deed::Changed(pairs.map(|((field, was), (_, now))| FieldChange { field, was, now }).collect())
            }
        };
        Some(RowSince { fact: T::NAME, id: row.id.to_string(), row: source(row), deed })
    }
}

fn participant(terms: &Participant) -> Vec<(&'static str, Value)> {
    vec![
        ("target_group", Value::Text(terms.target_group.to_string())),
        ("enrolled_on", Value::Day(Some(terms.enrolled_on))),
        ("eligible_until", Value::Day(terms.eligible_until)),
        ("traits", Value::Text(terms.traits.iter().map(Id::as_str).collect::<Vec<_>>().join(" "))),
    ]
}

fn measurement(terms: &Measurement) -> Vec<(&'static str, Value)> {
    vec![
        ("metric", Value::Text(terms.metric.to_string())),
        ("first_day", Value::Day(Some(terms.days.first))),
        ("last_day", Value::Day(Some(terms.days.last))),
        ("value", Value::Number(terms.value.normalize())),
    ]
}

fn check(terms: &Validation) -> Vec<(&'static str, Value)> {
    let result = if terms.valid { "valid" } else { "invalid" };
    vec![("sample", Value::Text(terms.sample.to_string())), ("result", Value::Text(result.to_owned()))]
}

fn entry(terms: &Shown) -> Vec<(&'static str, Value)> {
    vec![
        ("goal", Value::Text(terms.goal.to_string())),
        ("requirement", Value::Text(terms.requirement.to_string())),
        ("shown_on", Value::Day(Some(terms.shown_on))),
        ("result", Value::Number(terms.result.normalize())),
        ("evidence", Value::Text(terms.evidence.to_string())),
    ]
}

fn benefit(terms: &Benefit) -> Vec<(&'static str, Value)> {
    let (weekly, monthly) = match terms.amount {
        None => (String::new(), String::new()),
        Some(Pay::Weekly(amount)) => (amount.normalize().to_string(), String::new()),
        Some(Pay::Monthly(amount)) => (String::new(), amount.normalize().to_string()),
    };
    vec![
        ("participant", Value::Text(terms.participant.to_string())),
        ("type", Value::Text(terms.kind.to_string())),
        ("first_day", Value::Day(Some(terms.first_day))),
        ("last_day", Value::Day(terms.last_day)),
        ("weekly", Value::Text(weekly)),
        ("monthly", Value::Text(monthly)),
        ("clock", Value::Text(terms.clock.map(|weeks| weeks.to_string()).unwrap_or_default())),
    ]
}

/// The rows of benefits, of whomever, that were recorded after `since` up to `until`.
pub(super) fn of_benefits(facts: &Facts, since: Day, until: Day) -> Vec<RowSince> {
    let (all, between) = (&facts.benefits, Between { since, until });
    (0..all.len()).filter_map(|nth| between.row(all, nth, benefit)).collect()
}

fn offer(terms: &Offer) -> Vec<(&'static str, Value)> {
    let companies = terms.companies.iter().map(Id::as_str).collect::<Vec<_>>().join(" ");
    vec![
        ("centre", Value::Text(terms.centre.to_string())),
        ("companies", Value::Text(companies)),
        ("places", Value::Number(Decimal::from(terms.places))),
        ("first_day", Value::Day(Some(terms.first_day))),
        ("last_day", Value::Day(terms.last_day)),
    ]
}

/// The offers of a centre, or of all, that were recorded after `since` up to `until`.
pub(super) fn of_offers(facts: &Facts, centre: Option<&Id>, since: Day, until: Day) -> Vec<RowSince> {
    let (all, between) = (&facts.offers, Between { since, until });
    let asked = |nth: &usize| {
        let mut terms = all.rows_of(*nth).iter().filter_map(|row| row.fact.as_ref());
        terms.any(|terms| centre.is_none_or(|centre| terms.centre == *centre))
    };
    (0..all.len()).filter(asked).filter_map(|nth| between.row(all, nth, offer)).collect()
}

fn suspension(terms: &Suspension) -> Vec<(&'static str, Value)> {
    vec![("first_day", Value::Day(Some(terms.first_day))), ("last_day", Value::Day(terms.last_day))]
}

fn company(terms: &Company) -> Vec<(&'static str, Value)> {
    vec![("joined_on", Value::Day(terms.joined_on)), ("left_on", Value::Day(terms.left_on))]
}

fn placement(terms: &Placement) -> Vec<(&'static str, Value)> {
    vec![
        ("participant", Value::Text(terms.participant.to_string())),
        ("company", Value::Text(terms.company.to_string())),
        ("placed_on", Value::Day(Some(terms.placed_on))),
    ]
}

fn job(job: &Job) -> Vec<(&'static str, Value)> {
    let (placement, participant, employer) = match job {
        Job::Placement(id) => (id.to_string(), String::new(), String::new()),
        Job::Outside { participant, employer } => (String::new(), participant.to_string(), employer.to_string()),
    };
    vec![
        ("placement", Value::Text(placement)),
        ("participant", Value::Text(participant)),
        ("employer", Value::Text(employer)),
    ]
}

fn spell(terms: &Spell) -> Vec<(&'static str, Value)> {
    let own = [
        ("kind", Value::Text(terms.kind.to_string())),
        ("first_day", Value::Day(Some(terms.first_day))),
        ("last_day", Value::Day(terms.last_day)),
        ("weekly_hours", Value::Number(terms.weekly_hours.normalize())),
    ];
    job(&terms.job).into_iter().chain(own).collect()
}

fn report(terms: &Report) -> Vec<(&'static str, Value)> {
    let number =
        |number: Option<Decimal>| number.map_or(Value::Text(String::new()), |number| Value::Number(number.normalize()));
    let own = [
        ("kind", Value::Text(terms.kind.to_string())),
        ("month", Value::Text(Grid::Month.cell(terms.month.first).to_string())),
        ("hours", number(terms.hours)),
        ("earnings", number(terms.earnings)),
        ("evidence", Value::Text(terms.evidence.as_deref().unwrap_or_default().to_owned())),
    ];
    job(&terms.job).into_iter().chain(own).collect()
}
